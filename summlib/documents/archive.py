"""ZIP files that hold a document: checked before anything is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from summlib.errors import UnreadableDocument

MAX_UNPACKED = 256 * 2**20
"""Bytes all files in it may unpack to, the largest plain file that is read."""

MAX_RATIO = 200
"""How many times its size a file may unpack to; XML of Word documents packs to a
tenth, in rare cases a fiftieth, while a bomb reaches a thousand (42.zip)."""

MAX_UNSUSPECTED = 2**20
"""Bytes below which any ratio is harmless."""

MAX_FILES = 10_000

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)
"""What zipfile raises for damaged and encrypted files."""


class Archive:
    """The files in a ZIP file, by their names; nothing is ever written to a disk.

    Args:
        data: The ZIP file.
        called: What messages call it.

    Raises:
        UnreadableDocument: It is damaged, or unpacks to more than it may.
    """

    def __init__(self, data: bytes, called: str) -> None:
        self.data, self.called = data, called
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise UnreadableDocument(
                f"{called} is a damaged ZIP file ({error}); fetch or save it again"
            ) from error
        self._check(self._zip.infolist())
        self.names = frozenset(self._zip.namelist())

    def _check(self, files: list[zipfile.ZipInfo]) -> None:
        """Refuse bombs by what the directory says; reading never gives more than it says."""
        total = sum(file.file_size for file in files)
        if len(files) > MAX_FILES:
            raise UnreadableDocument(
                f"{self.called} holds {len(files)} files, more than {MAX_FILES}; "
                "unpack it and name the files to read"
            )
        if total > MAX_UNPACKED or total > max(MAX_UNSUSPECTED, MAX_RATIO * len(self.data)):
            raise UnreadableDocument(
                f"{self.called} has {len(self.data)} bytes and unpacks to {total}; "
                "it is a ZIP bomb or too large, save its text in smaller files"
            )

    def read(self, name: str) -> bytes:
        """Return one file of the archive.

        Args:
            name: As it stands in ``names``.

        Raises:
            UnreadableDocument: It is missing, damaged or encrypted.
        """
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise UnreadableDocument(
                f"{self.called} has no {name} in it and is incomplete; save it again"
            ) from error
        except _DAMAGE as error:
            raise UnreadableDocument(
                f"{self.called} cannot be unpacked at {name} ({error}); save it again, "
                "without a password"
            ) from error

    def mimetype(self) -> str:
        """Return what the archive says it is, empty when it does not.

        The first file of OpenDocument and EPUB packages says it (OCF 3.3, 4.2).
        """
        if "mimetype" not in self.names:
            return ""
        return self.read("mimetype")[:100].decode("ascii", "replace").strip()
