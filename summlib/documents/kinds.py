"""What a file seems to be by its first bytes, whatever its name says."""

from __future__ import annotations

import re
from functools import lru_cache

HEAD = 4096
"""First bytes that are looked at."""


@lru_cache(maxsize=1)
def _signatures() -> tuple[tuple[re.Pattern[bytes], str], ...]:
    """Compile the signatures, the more telling first (file formats' own specifications)."""
    table = (
        (rb"%PDF-", "a PDF document"),
        (rb"PK\x03\x04.{26}(?:\[Content_Types\]|_rels/|word/|docProps/)", "an Office document"),
        (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", "an OpenDocument file"),
        (rb"PK\x03\x04.{26}mimetypeapplication/epub", "an e-book (EPUB)"),
        (rb"PK(?:\x03\x04|\x05\x06)", "a ZIP archive"),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls)"),
        (rb"\{\\rtf", "an RTF document"),
        (rb"%!PS", "a PostScript document"),
        (rb"\x89PNG|GIF8[79]a|\xff\xd8\xff|RIFF....WEBP|II\*\0|MM\0\*|BM.{4}\0\0\0\0", "an image"),
        (rb"ID3[\x02-\x04]|OggS\0|fLaC\0|RIFF....WAVE|\xff[\xfb\xf3\xf2]", "a sound recording"),
        (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "a video"),
        (
            rb"BZh[1-9]1AY|\xfd7zXZ\0|7z\xbc\xaf'\x1c|Rar!\x1a\x07|(?:\x28\xb5\x2f\xfd)",
            "an archive",
        ),
        (rb".{257}ustar", "a tar archive"),
        (rb"\x7fELF|MZ.{2}\0|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\0asm", "a program"),
        (rb"SQLite format 3\0", "a database"),
        (
            rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?i:!doctype\s+html|html)\b",
            "a web page (HTML)",
        ),
        (rb"\s*<\?xml\s", "an XML file"),
    )
    return tuple((re.compile(p, re.DOTALL), name) for p, name in table)


def foreign_kind(head: bytes) -> str:
    """Name the format when it is one that is no plain text, else return nothing.

    Args:
        head: The file's first bytes; more than ``HEAD`` are not looked at.

    >>> foreign_kind(b"%PDF-1.7 ...")
    'a PDF document'
    >>> foreign_kind(b"Guten Tag")
    ''
    """
    head = head[:HEAD].removeprefix(b"\xef\xbb\xbf")
    return next((name for pattern, name in _signatures() if pattern.match(head)), "")


def is_gzip(head: bytes) -> bool:
    """Tell whether the bytes begin as gzip data do.

    >>> is_gzip(bytes([0x1f, 0x8b, 8, 0]))
    True
    """
    return head.startswith(b"\x1f\x8b\x08")
