"""The tables of a model's folder: packed with gzip, or as they are where few rows are looked up.

They are read at every start: xz would take more than three times as long to unpack as gzip,
for files a quarter smaller; a table that is not packed (``.rows``) is there at once.
"""

from __future__ import annotations

import zlib
from pathlib import Path

_GZIP = 31
"""``wbits`` of zlib: the largest window, with the header and the checksum of gzip."""


def read_table(path: Path) -> str:
    """Return the text of a table.

    Args:
        path: The file, of UTF-8; packed if its name ends with ``.gz``.

    Raises:
        OSError: There is no such file, or it is damaged.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_table(Path(folder) / "words.txt.gz", "Haus")
    ...     read_table(Path(folder) / "words.txt.gz")
    'Haus'
    """
    try:
        return _unpacked(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise OSError(f"damaged: {error}") from error


def read_rows(path: Path) -> bytes:
    """Return the bytes of a table of rows, which must end with a line end.

    Args:
        path: The file, of UTF-8; packed if its name ends with ``.gz``.

    Raises:
        OSError: There is no such file, or it is damaged.
    """
    data = _unpacked(path)
    if not data.endswith(b"\n"):
        raise OSError("damaged: its end is missing")
    return data


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    if path.suffix != ".gz":
        return data
    try:
        return zlib.decompress(data, wbits=_GZIP)
    except zlib.error as error:
        raise OSError(f"damaged: {error}") from error


def write_table(path: Path, text: str) -> None:
    """Write a table; the same text gives the same bytes: no time or name is kept.

    Args:
        path: The file; packed if its name ends with ``.gz``.
        text: What to write, as UTF-8.
    """
    data = text.encode("utf-8")
    packed = path.suffix == ".gz"
    path.write_bytes(zlib.compress(data, level=9, wbits=_GZIP) if packed else data)
