"""E-books (EPUB 2 and 3): the chapters in the order in which they are read."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from summlib.documents.archive import Archive
from summlib.documents.blocks import one_line
from summlib.documents.html import page_text
from summlib.documents.markup import decode_page, tame
from summlib.documents.plain import require_visible
from summlib.documents.titles import plausible_title
from summlib.documents.xml import attribute, local, parse_xml
from summlib.errors import UnreadableDocument
from summlib.records import Document

CONTAINER = "META-INF/container.xml"
MAX_CHAPTERS = 5_000

_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document")
_META = {"creator": "author", "date": "date", "publisher": "publisher"}


def read_epub(archive: Archive, name: str) -> Document:
    """Read an e-book as one document.

    ``meta`` holds ``author``, ``date`` and ``publisher``, and under
    ``chapter_starts`` where in the text each chapter begins.

    Args:
        archive: The package.
        name: What the document calls it.

    Raises:
        UnreadableDocument: It is damaged or copy-protected.
        EmptyDocument: It holds no text.
    """
    if "META-INF/encryption.xml" in archive.names and _is_locked(archive):
        raise UnreadableDocument(
            f"{archive.called} is copy-protected (DRM); get an edition without protection"
        )
    place = _package_place(archive)
    package = parse_xml(archive.read(place), archive.called)
    chapters = [text for text in _chapters(archive, package, place) if text]
    starts, text = [], ""
    if chapters:
        lengths = [len(chapter) + 2 for chapter in chapters]
        starts = [sum(lengths[:n]) for n in range(len(lengths))]
        text = "\n\n".join(chapters)
    require_visible(text, archive.called)
    about = _properties(package)
    lang = about.pop("language", "")[:2].lower()
    meta: dict[str, Any] = {"format": "epub", "chapter_starts": starts}
    title = plausible_title(about.pop("title", ""))
    about = {key: value for key, value in about.items() if plausible_title(value)}
    return Document(text, title, lang if lang in ("de", "en") else "", name, meta | about)


def _is_locked(archive: Archive) -> bool:
    """Tell encrypted text from encrypted fonts, which any bookseller's file has."""
    root = parse_xml(archive.read("META-INF/encryption.xml"), archive.called)
    locked = (attribute(e, "URI").lower() for e in root.iter() if local(e) == "CipherReference")
    return any(place.endswith((".xhtml", ".html", ".htm", ".xml")) for place in locked)


def _package_place(archive: Archive) -> str:
    root = parse_xml(archive.read(CONTAINER), archive.called)
    for element in root.iter():
        if local(element) == "rootfile" and (place := attribute(element, "full-path")):
            return place
    raise UnreadableDocument(f"{archive.called} names no package document; fetch the book again")


def _chapters(archive: Archive, package: Element, place: str) -> Iterator[str]:
    files = {
        attribute(e, "id"): unquote(attribute(e, "href"))
        for e in package.iter()
        if local(e) == "item" and attribute(e, "media-type") in _PAGES
    }
    spine = [attribute(e, "idref") for e in package.iter() if local(e) == "itemref"]
    if len(spine) > MAX_CHAPTERS:
        raise UnreadableDocument(
            f"{archive.called} has {len(spine)} chapters, more than {MAX_CHAPTERS}; split it"
        )
    # A chapter that the spine names twice would double the text without end.
    for reference in dict.fromkeys(spine):
        if reference in files:
            # Names that climb out of the book lead to nothing: only its own files are read.
            chapter = posixpath.normpath(posixpath.join(posixpath.dirname(place), files[reference]))
            decoded = decode_page(archive.read(chapter)) if chapter in archive.names else None
            yield page_text(tame(decoded.text)) if decoded else ""


def _properties(package: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in package.iter():
        tag = local(element)
        key = tag if tag in ("title", "language") else _META.get(tag, "")
        if key and key not in found and (value := one_line("".join(element.itertext()))):
            found[key] = value
    return found
