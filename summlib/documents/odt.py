"""OpenDocument texts (ISO/IEC 26300): LibreOffice, OpenOffice, Google Docs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from summlib.documents.archive import Archive
from summlib.documents.blocks import Blocks, one_line
from summlib.documents.plain import require_visible
from summlib.documents.titles import plausible_title
from summlib.documents.xml import attribute, local, parse_xml
from summlib.errors import UnreadableDocument
from summlib.records import Document

_UNSEEN = frozenset(
    str.split(
        "tracked-changes annotation annotation-end forms desc title ruby-text sequence-decls "
        "variable-decls user-field-decls bibliography-configuration index-title-template "
        "table-of-content-source"
    )
)
_CONTAINERS = frozenset(
    str.split(
        "text section body index-body table-of-content illustration-index table-index "
        "alphabetical-index user-index object-index bibliography index-title numbered-paragraph "
        "text-box frame"
    )
)
_MANIFEST = "META-INF/manifest.xml"
_META = {"creator": "author", "initial-creator": "author", "date": "date", "language": "language"}


def read_odt(archive: Archive, name: str) -> Document:
    """Read an OpenDocument text.

    Headings, lists, tables and text boxes come in their order, footnotes last.
    ``meta`` holds ``author`` and ``date``, and under ``footnotes`` their number.

    Args:
        archive: The package.
        name: What the document calls it.

    Raises:
        UnreadableDocument: It is damaged or locked with a password.
        EmptyDocument: It holds no text.
    """
    manifest = archive.read("META-INF/manifest.xml") if _MANIFEST in archive.names else b""
    if b"encryption-data" in manifest:
        raise UnreadableDocument(
            f"{archive.called} is locked with a password; save it without one and read it again"
        )
    content = parse_xml(archive.read("content.xml"), archive.called)
    about = [content]
    for other in ("styles.xml", "meta.xml"):
        if other in archive.names:
            about.append(parse_xml(archive.read(other), archive.called))
    return _document(content, about, archive.called, name)


def read_flat_odt(data: bytes, name: str) -> Document:
    """Read an OpenDocument text that is one XML file (``.fodt``).

    Args:
        data: The file.
        name: What messages and the document call it.

    Raises:
        UnreadableDocument: It is damaged.
        EmptyDocument: It holds no text.
    """
    called = name or "the stream"
    root = parse_xml(data, called)
    return _document(root, [root], called, name)


def _document(content: Element, about: list[Element], called: str, name: str) -> Document:
    body = next((e for e in content.iter() if local(e) == "body"), None)
    text_body = None if body is None else next((e for e in body if local(e) == "text"), None)
    if text_body is None:
        raise UnreadableDocument(
            f"{called} is an OpenDocument file without text (a table or slides?); "
            "save it as .odt or .pdf first"
        )
    reader = _Reader(about)
    reader.read_all(text_body)
    for number, note in enumerate(reader.notes, start=1):
        reader.blocks.note(note, str(number))
    text = reader.blocks.text()
    require_visible(text, called)
    meta: dict[str, Any] = {"format": "odt", **_properties(about)}
    if reader.notes:
        meta["footnotes"] = len(reader.notes)
    lang = meta.pop("language", "")[:2].lower()
    title = plausible_title(meta.pop("title", "")) or reader.title
    return Document(text, title, lang if lang in ("de", "en") else "", name, meta)


def _properties(about: list[Element]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for root in about:
        for element in root.iter():
            if local(element) != "meta":
                continue
            for entry in element:
                key = "title" if local(entry) == "title" else _META.get(local(entry), "")
                if key and (value := one_line("".join(entry.itertext()))):
                    found[key] = value
    return found


class _Reader:
    """Walk through the body of a text and gather its parts.

    Args:
        about: The XML files in which styles may be defined.
    """

    def __init__(self, about: list[Element]) -> None:
        self.blocks = Blocks()
        self.notes: list[str] = []
        self.title = ""
        self.boxes: list[Element] = []
        self.parents, self.numbered = _styles(about)

    def read_all(self, parent: Element) -> None:
        for element in parent:
            self.read(element)

    def read(self, element: Element) -> None:
        tag = local(element)
        if tag == "h":
            self.blocks.heading(self.inline(element), _level(element))
        elif tag == "p":
            self.paragraph(element)
        elif tag == "list":
            self.items(element, 0, attribute(element, "style-name"))
        elif tag == "table":
            self.blocks.table([[self.cell(c) for c in _cells(row)] for row in _rows(element)])
        elif tag in _CONTAINERS:
            self.read_all(element)
        while self.boxes:
            self.read_all(self.boxes.pop(0))

    def paragraph(self, element: Element) -> None:
        text = self.inline(element)
        style = attribute(element, "style-name")
        if "Title" in (style, self.parents.get(style)) and text.strip():
            self.title = self.title or one_line(text)
            self.blocks.heading(text)
        else:
            self.blocks.paragraph(text)

    def items(self, element: Element, depth: int, style: str) -> None:
        style = attribute(element, "style-name") or style
        number = 0
        for item in element:
            if local(item) not in ("list-item", "list-header"):
                continue
            number += 1
            marker = f"{number}." if (style, depth) in self.numbered else "-"
            for part in item:
                if local(part) == "list":
                    self.items(part, depth + 1, style)
                elif local(part) == "h":
                    self.blocks.heading(self.inline(part), _level(part))
                elif local(part) == "p" and local(item) == "list-item":
                    self.blocks.item(self.inline(part), marker, depth)
                else:
                    self.read(part)

    def cell(self, element: Element) -> str:
        """Return all paragraphs of a cell, those of lists and tables in it included."""
        texts = [self.inline(e) for e in element.iter() if local(e) in ("p", "h")]
        self.boxes.clear()
        return "\n".join(texts)

    def inline(self, element: Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: Element) -> Iterator[str]:
        if element.text:
            yield " ".join(element.text.split("\n"))
        for child in element:
            tag = local(child)
            if tag == "note":
                self.note(child)
            elif tag in ("text-box", "frame", "custom-shape"):
                self.boxes += [e for e in child.iter() if local(e) == "text-box"][:1]
            elif tag in ("s", "tab", "line-break"):
                yield "\n" if tag == "line-break" else " "
            elif tag not in _UNSEEN:
                yield from self._pieces(child)
            if child.tail:
                yield " ".join(child.tail.split("\n"))

    def note(self, element: Element) -> None:
        bodies = [e for e in element if local(e) == "note-body"]
        self.notes += [" ".join(self.inline(p) for body in bodies for p in body)]


def _level(element: Element) -> int:
    level = attribute(element, "outline-level")
    return int(level) + 1 if level.isdecimal() and len(level) < 3 else 2


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(element)


def _cells(row: Element) -> list[Element]:
    return [e for e in row if local(e) == "table-cell"]


def _styles(about: list[Element]) -> tuple[dict[str, str], set[tuple[str, int]]]:
    """Return each style's parent, and the lists and levels that are numbered."""
    parents: dict[str, str] = {}
    numbered: set[tuple[str, int]] = set()
    for root in about:
        for element in root.iter():
            tag, name = local(element), attribute(element, "name")
            if tag == "style" and attribute(element, "family") == "paragraph":
                parents[name] = attribute(element, "parent-style-name") or name
            elif tag == "list-style":
                for level in element:
                    depth = attribute(level, "level")
                    if local(level) == "list-level-style-number" and depth.isdecimal():
                        numbered.add((name, int(depth) - 1))
    return parents, numbered
