"""PDF documents: text in reading order, whole words, and the page each part is on.

Read by PDFium, which Chromium uses: it tells the place of each character, is
hardened against hostile files, and bears the work below at the price that
pypdf has for bare text (0.6 s of one core for 36 pages; pdfminer.six takes
twice, pdfplumber four times as long). What is a column or a paragraph no PDF
says, so that is found here.
"""

from __future__ import annotations

import re
import threading
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from summlib.documents.blocks import one_line
from summlib.documents.columns import reading_order
from summlib.documents.extras import load
from summlib.documents.glyphs import Page, read_page
from summlib.documents.margins import drop_margins
from summlib.documents.titles import plausible_title
from summlib.documents.writer import write_paragraphs
from summlib.errors import EmptyDocument, UnreadableDocument
from summlib.records import Document

MAX_PAGES = 5_000
MAX_CHARS = 12_000_000
"""Characters of all pages; the longest novels have five million."""

MAX_PAGE_CHARS = 200_000
"""Characters of a page; a page of a newspaper has 30,000."""

MAX_EXPANDED, MAX_EXPANSION, MAX_LAYERS = 2**20, 100, 3
"""Bytes that a stream of drawing commands may unpack to, unless it unpacks to less than so
many times its size; usual ones unpack to five times."""

START_S, PER_BYTE_S = 10.0, 5e-5
"""Seconds of one core that a file may take, and for each byte; usual ones take 1e-5."""

_LOCK = threading.RLock()
"""PDFium is not thread-safe (pypdfium2's documentation)."""

MAX_UNKNOWN = 0.3
"""Share of characters without a meaning from which on a text is none."""

_STREAM = re.compile(rb"<<((?:[^<>]|<(?!<)|>(?!>)|<<[^<>]{0,2000}>>){0,4000})>>\s{0,4}stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image")
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


def read_pdf(data: bytes, name: str) -> Document:
    """Read a PDF document.

    Columns are read one after the other, words that a line end cuts are joined,
    footnotes follow the paragraph they stand below. ``meta`` holds ``pages``,
    their number; ``page_starts``, pairs of an offset into the text and the page
    that begins (or goes on) there, see ``summlib.documents.page_of``; ``dropped``, with ``page``,
    ``reason`` and ``text``, for running heads, feet, page numbers, marks of
    footnotes and sideways text; ``empty_pages``, those without text, which are
    pictures mostly; and ``author`` and ``date``.

    Args:
        data: The file.
        name: What messages and the document call it.

    Raises:
        UnreadableDocument: It is damaged, locked with a password, or too long, or
            it does not tell which letters its shapes stand for.
        EmptyDocument: It holds pictures and no text, as scans do.
        MissingDependency: pypdfium2 is not installed.
    """
    called = name or "the stream"
    _refuse_bombs(data, called)
    with _LOCK, _opened(data, called) as pdf:
        count = len(pdf)
        if count > MAX_PAGES:
            raise UnreadableDocument(
                f"{called} has {count} pages, more than {MAX_PAGES}; split it into parts"
            )
        pages = list(_pages(pdf, count, called, START_S + PER_BYTE_S * len(data)))
        properties = pdf.get_metadata_dict(skip_empty=True)
    _require_text(pages, called)
    body, dropped = drop_margins(pages)
    dropped += [
        {"page": p.number, "reason": "sideways", "text": one_line(p.aside)}
        for p in pages
        if p.aside.strip()
    ]
    lines = reading_order([(p.number, s) for p, s in zip(pages, body, strict=True)])
    if not lines:
        raise EmptyDocument(
            f"{called} holds no text: its {count} page(s) show only running heads and page numbers"
        )
    text, title, starts, marks = write_paragraphs(lines)
    dropped += marks
    meta: dict[str, Any] = {"format": "pdf", "pages": count, "page_starts": starts}
    if empty := [p.number for p in pages if not p.segments]:
        meta["empty_pages"] = empty
    if dropped:
        meta["dropped"] = sorted(dropped, key=lambda drop: drop["page"])
    meta |= _told(properties)
    return Document(text, plausible_title(properties.get("Title")) or title, path=name, meta=meta)


@contextmanager
def _opened(data: bytes, called: str) -> Iterator[Any]:
    pdfium = load("pypdfium2", package="pypdfium2", what="reading PDF documents")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                f"{called} is locked with a password; open it and save a copy without one"
            ) from error
        raise UnreadableDocument(
            f"{called} is a damaged PDF document ({error}); fetch it again, or open it in a "
            "viewer and print it into a new PDF"
        ) from error
    try:
        yield pdf
    finally:
        pdf.close()


def _pages(pdf: Any, count: int, called: str, limit_s: float) -> Iterator[Page]:
    pdfium = load("pypdfium2", package="pypdfium2", what="reading PDF documents")
    chars, started = 0, time.thread_time()
    for number in range(1, count + 1):
        try:
            page = read_page(pdf, number, MAX_PAGE_CHARS + 1)
        except pdfium.PdfiumError:
            # A page that cannot be loaded shows nothing in any viewer either.
            page = Page(number, [], 0.0, 0.0, "")
        found = sum(len(segment.text) for segment in page.segments)
        chars += found
        if found > MAX_PAGE_CHARS or chars > MAX_CHARS:
            raise UnreadableDocument(
                f"{called} holds more text than any book ({found} characters on page {number}, "
                f"{chars} up to it); split it into parts"
            )
        if time.thread_time() - started > limit_s:
            raise UnreadableDocument(
                f"{called} takes longer than {limit_s:.0f} s ({number} of {count} pages read); "
                "open it in a viewer and print it into a new PDF"
            )
        yield page


def _refuse_bombs(data: bytes, called: str) -> None:
    """Refuse streams that unpack to far more than drawing commands do.

    PDFium unpacks a stream as a whole, and nothing can stop it then. Pictures
    may unpack to any size: they are not drawn.
    """
    for match in _STREAM.finditer(data):
        layers = match[1].count(b"FlateDecode") + len(re.findall(rb"/Fl\b", match[1]))
        if not layers or _IMAGE.search(match[1]):
            continue
        packed = data[match.end() : match.end() + MAX_EXPANDED]
        used, unpacked = len(packed), packed
        for layer in range(min(layers, MAX_LAYERS)):
            unpacked, left = _unpack(unpacked)
            used -= left if layer == 0 else 0
        if len(unpacked) > max(MAX_EXPANDED, MAX_EXPANSION * used) or layers > MAX_LAYERS:
            raise UnreadableDocument(
                f"{called} unpacks to far more than it should and is a bomb; get it from elsewhere"
            )


def _unpack(data: bytes) -> tuple[bytes, int]:
    """Return what deflated data begin with, and how many bytes of them were not used."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(data, MAX_EXPANSION * MAX_EXPANDED)
    except zlib.error:
        return b"", 0
    return found, len(unpacker.unconsumed_tail) + len(unpacker.unused_data)


def _require_text(pages: Sequence[Page], called: str) -> None:
    """Refuse scans, and fonts that do not tell their letters."""
    text = "".join(segment.text for page in pages for segment in page.segments)
    if not text.strip():
        raise EmptyDocument(
            f"{called} shows pictures and no text on its {len(pages)} page(s), as a scan does; "
            "run OCR over it first (for example: ocrmypdf -l deu IN.pdf OUT.pdf)"
        )
    unknown = sum(
        char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < " " or "\x7f" <= char < "\xa0")
        for char in text
    )
    if unknown > MAX_UNKNOWN * len(text):
        raise UnreadableDocument(
            f"{called} does not tell which letters its shapes stand for ({unknown} of {len(text)} "
            "unknown); run OCR over it (for example: ocrmypdf --force-ocr -l deu IN.pdf OUT.pdf)"
        )


def _told(properties: dict[str, str]) -> dict[str, str]:
    found = {}
    if author := plausible_title(properties.get("Author")):
        found["author"] = author
    if date := _PDF_DATE.match(properties.get("CreationDate", "")):
        found["date"] = "-".join(part for part in date.groups() if part)
    return found
