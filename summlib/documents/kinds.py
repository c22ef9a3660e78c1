"""What a file seems to be by its first bytes; its name settles only what bytes leave open."""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.documents.encoding import decode

HEAD = 4096
"""First bytes that are looked at."""

SUFFIXES = (
    *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht"),
    *(".pdf", ".docx", ".odt", ".fodt", ".epub", ".eml"),
    *(".csv", ".tsv", ".jsonl", ".ndjson"),
)
"""Names of files that can be read; each may be packed (``.gz``)."""

TABLES = (".csv", ".tsv")
RECORDS = (".jsonl", ".ndjson")
_TEXTS = (".txt", ".text", ".md", ".markdown")
_PAGES = (".html", ".htm", ".xhtml")
_MAILS = (".eml", ".mhtml", ".mht")

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?i:!doctype\s+html|html)\b", re.DOTALL)
_HTML_PART = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*"
    rb"<(?i:head|body|title|meta|link|script|style|article|main|section|div|table|p|h1)"
    rb"(?:\s[^<>]*)?>",
    re.DOTALL,
)
_TAG = re.compile(rb"<(?:[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?|!--|!(?i:doctype))", re.DOTALL)
_FLAT_ODT = re.compile(rb"\s*<\?xml[^>]*>\s*<office:document\b")
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,70}:[ \t]*\S[^\r\n]*\r?\n")
_HEADERS = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[A-Za-z][A-Za-z0-9-]{0,70}:[^\n]*\n(?:[ \t][^\n]*\n)*)+"
)
_MAIL_ONLY = re.compile(rb"(?im)^(?:received|message-id|mime-version|return-path|dkim-signature):")


def stem_suffix(name: str) -> str:
    """Return the suffix in lower case, behind which ``.gz`` does not count.

    >>> stem_suffix("A.TXT.gz"), stem_suffix("liesmich"), stem_suffix("https://a.de/b.pdf?c=1")
    ('.txt', '', '.pdf')
    """
    lowered = name.lower()
    if lowered.startswith(("http://", "https://")):
        lowered = lowered.split("#")[0].split("?")[0]
    found = re.search(r"\.[a-z0-9]{1,10}$", lowered.removesuffix(".gz"))
    return found[0] if found else ""


def is_readable(name: str) -> bool:
    """Tell by its name whether a file is one that ``read_many`` reads.

    >>> is_readable("a.PDF"), is_readable("a.jsonl.gz"), is_readable("a.png")
    (True, True, False)
    """
    return stem_suffix(name) in SUFFIXES


def holds_several(name: str) -> bool:
    """Tell by its name whether a file holds a document on each line or row.

    >>> holds_several("a.csv"), holds_several("a.jsonl.gz"), holds_several("a.txt")
    (True, True, False)
    """
    return stem_suffix(name) in TABLES + RECORDS


def kind_of(head: bytes, name: str) -> str:
    """Return which reader takes a file: ``pdf zip odt html eml plain``.

    Args:
        head: Its first bytes; more than ``HEAD`` are not looked at.
        name: Its path; it decides only between plain text and what could be it.

    >>> kind_of(b"%PDF-1.7 ...", "artikel.txt")
    'pdf'
    >>> kind_of(b"<p>Ja.</p>", "a.html"), kind_of(b"<p>Ja.</p>", "a.txt")
    ('html', 'plain')
    """
    head = _western(head[:HEAD])
    # Readers of PDF take up to a kilobyte of rubbish before the mark.
    if head.startswith(b"%PDF-") or (stem_suffix(name) == ".pdf" and b"%PDF-" in head[:1024]):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if _FLAT_ODT.match(head):
        return "odt"
    if _HTML.match(head) or _is_part_of_html(head, stem_suffix(name)):
        return "html"
    return "eml" if _is_mail(head, stem_suffix(name)) else "plain"


def _western(head: bytes) -> bytes:
    """Return UTF-16 and UTF-32 as UTF-8, all else without a byte order mark."""
    if b"\0" in head[:64]:
        decoded = decode(head[: len(head) // 4 * 4])
        if decoded and decoded.encoding.startswith("utf-"):
            return decoded.text.encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def _is_part_of_html(head: bytes, suffix: str) -> bool:
    """Tell a page that was saved without its frame from a text with a tag in it."""
    if suffix in _PAGES:
        return bool(_TAG.search(head))
    return suffix not in _TEXTS and bool(_HTML_PART.match(head))


def _is_mail(head: bytes, suffix: str) -> bool:
    """Tell mail by headers that no writer of a text would set."""
    if suffix in _MAILS:
        return bool(_HEADER.match(head) or head.startswith(b"From "))
    headers = _HEADERS.match(head)
    if suffix in _TEXTS or headers is None:
        return False
    return bool(_MAIL_ONLY.search(headers[0]) and re.search(rb"(?im)^from:", headers[0]))


@lru_cache(maxsize=1)
def _signatures() -> tuple[tuple[re.Pattern[bytes], str], ...]:
    """Compile the signatures, the more telling first (file formats' own specifications)."""
    table = (
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
        (rb"\s*<\?xml\s", "an XML file"),
    )
    return tuple((re.compile(p, re.DOTALL), name) for p, name in table)


def foreign_kind(head: bytes) -> str:
    """Name the format when it is one that cannot be read, else return nothing.

    Args:
        head: The file's first bytes; more than ``HEAD`` are not looked at.

    >>> foreign_kind(b"SQLite format 3" + bytes(1))
    'a database'
    >>> foreign_kind(b"Guten Tag")
    ''
    """
    head = _western(head[:HEAD])
    return next((name for pattern, name in _signatures() if pattern.match(head)), "")


def is_gzip(head: bytes) -> bool:
    """Tell whether the bytes begin as gzip data do.

    >>> is_gzip(bytes([0x1f, 0x8b, 8, 0]))
    True
    """
    return head.startswith(b"\x1f\x8b\x08")
