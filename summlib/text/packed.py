"""The tables of a model's folder, packed with gzip.

They are read at every start: xz would take more than three times as long to
unpack, for files a quarter smaller.
"""

from __future__ import annotations

import zlib
from pathlib import Path

_GZIP = 31
"""``wbits`` of zlib: the largest window, with the header and the checksum of gzip."""


def read_table(path: Path) -> str:
    """Return the text of a packed table.

    Args:
        path: The file, ``.gz``, of UTF-8.

    Raises:
        OSError: There is no such file, or it is damaged.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_table(Path(folder) / "words.txt.gz", "Haus")
    ...     read_table(Path(folder) / "words.txt.gz")
    'Haus'
    """
    try:
        return zlib.decompress(path.read_bytes(), wbits=_GZIP).decode("utf-8")
    except (zlib.error, UnicodeDecodeError) as error:
        raise OSError(f"damaged: {error}") from error


def write_table(path: Path, text: str) -> None:
    """Write a table, packed; the same text gives the same bytes: no time or name is kept.

    Args:
        path: The file, ``.gz``.
        text: What to write, as UTF-8.
    """
    path.write_bytes(zlib.compress(text.encode("utf-8"), level=9, wbits=_GZIP))
