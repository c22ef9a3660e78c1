"""Word documents (ECMA-376), opened by python-docx."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from summlib.documents.archive import Archive
from summlib.documents.blocks import Blocks, one_line, raised
from summlib.documents.extras import load
from summlib.documents.plain import require_visible
from summlib.documents.titles import plausible_title
from summlib.documents.xml import attribute, local, parse_xml
from summlib.errors import UnreadableDocument
from summlib.records import Document

_UNSEEN = frozenset(
    str.split(
        "del moveFrom rPr pPr instrText delText Fallback pict object footnoteRef endnoteRef "
        "commentReference annotationRef rt"
    )
)
_CORE = "docProps/core.xml"
_PROPERTIES = {"title": "title", "creator": "author", "modified": "date", "language": "language"}
_NOTES = ("footnote", "endnote")
_MARKS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_INSIDE_BLOCKS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


def read_docx(archive: Archive, name: str) -> Document:
    """Read a Word document.

    Headings, lists, tables and text boxes come in their order, footnotes last;
    what a tracked change deletes is left out. ``meta`` holds ``author`` and
    ``date``, under ``footnotes`` their number, and under ``dropped`` the running
    heads and feet, which are no part of the text.

    Args:
        archive: The package.
        name: What the document calls it.

    Raises:
        UnreadableDocument: It is damaged.
        EmptyDocument: It holds no text.
        MissingDependency: python-docx is not installed.
    """
    opened = _open(archive)
    reader = _Reader(_Styles(opened), _note_texts(opened))
    reader.read_all(opened.element.body)
    for number, note in enumerate(reader.notes, start=1):
        reader.blocks.note(note, str(number))
    text = reader.blocks.text()
    require_visible(text, archive.called)
    told = _properties(archive)
    title = plausible_title(told.pop("title", "")) or reader.title
    lang = told.pop("language", "")[:2].lower()
    meta: dict[str, Any] = {"format": "docx", **told}
    if reader.notes:
        meta["footnotes"] = len(reader.notes)
    if dropped := _running(opened):
        meta["dropped"] = [{"reason": "running-head", "text": text} for text in dropped]
    return Document(text, title, lang if lang in ("de", "en") else "", name, meta)


def _open(archive: Archive) -> Any:
    docx = load("docx", package="python-docx", what="reading Word documents")
    try:
        return docx.Document(io.BytesIO(archive.data))
    except Exception as error:
        # A damaged package makes python-docx fail with whatever its parts raise.
        raise UnreadableDocument(
            f"{archive.called} is a damaged Word document ({type(error).__name__}: {error}); "
            "open it in Word or LibreOffice and save it again"
        ) from error


def _properties(archive: Archive) -> dict[str, str]:
    """Return title, author, date and language; LibreOffice names the part its own way."""
    if _CORE not in archive.names:
        return {}
    found: dict[str, str] = {}
    for element in parse_xml(archive.read(_CORE), archive.called):
        key = _PROPERTIES.get(local(element))
        if key and key not in found and (value := one_line("".join(element.itertext()))):
            found[key] = value
    return found


def _running(opened: Any) -> list[str]:
    """Return the texts of running heads and feet, each once."""
    found: dict[str, None] = {}
    for rel in opened.part.rels.values():
        if rel.reltype.endswith(("/header", "/footer")) and not rel.is_external:
            paragraphs = (e for e in rel.target_part.element.iter() if local(e) == "p")
            text = one_line(" ".join("".join(_pieces(p, [], [])) for p in paragraphs))
            if text:
                found[text] = None
    return list(found)


def _note_texts(opened: Any) -> dict[tuple[str, str], str]:
    """Return the footnotes and endnotes by kind and number."""
    etree = load("lxml.etree", package="lxml", what="reading Word documents")
    found: dict[tuple[str, str], str] = {}
    for rel in opened.part.rels.values():
        if rel.is_external or not rel.reltype.endswith(("/footnotes", "/endnotes")):
            continue
        root = etree.fromstring(rel.target_part.blob, etree.XMLParser(resolve_entities=False))
        for note in root:
            if local(note) in _NOTES and not attribute(note, "type"):
                paragraphs = (e for e in note.iter() if local(e) == "p")
                text = " ".join("".join(_pieces(p, [], [])) for p in paragraphs)
                found[local(note), attribute(note, "id")] = one_line(text)
    return found


class _Styles:
    """What the styles and the numbering of a document say of its paragraphs.

    Args:
        opened: The document.
    """

    def __init__(self, opened: Any) -> None:
        parts = {rel.reltype.rpartition("/")[2]: rel for rel in opened.part.rels.values()}
        self.styles = {
            attribute(e, "styleId"): e for e in _children(_root(parts.get("styles")), "style")
        }
        numbering = _root(parts.get("numbering"))
        abstract = {attribute(e, "abstractNumId"): e for e in _children(numbering, "abstractNum")}
        self.formats: dict[tuple[str, str], str] = {}
        for num in _children(numbering, "num"):
            for ref in _children(num, "abstractNumId"):
                for level in _children(abstract.get(attribute(ref, "val")), "lvl"):
                    form = _value(level, "numFmt")
                    self.formats[attribute(num, "numId"), attribute(level, "ilvl")] = form

    def properties(self, paragraph: Any) -> Iterator[Any]:
        """Yield a paragraph's own properties, then those of its style and of what it rests on."""
        own = next(_children(paragraph, "pPr"), None)
        if own is not None:
            yield own
        style_id = _value(own, "pStyle") or "Normal"
        for _ in range(20):
            style = self.styles.get(style_id)
            if style is None:
                return
            yield from _children(style, "pPr")
            style_id = _value(style, "basedOn")

    def level(self, paragraph: Any) -> int:
        """Return 1 for the title, 2 for a first heading and so on, 0 for other text."""
        style_id = _value(next(_children(paragraph, "pPr"), None), "pStyle")
        name = _value(self.styles.get(style_id), "name").lower()
        if name == "title":
            return 1
        if name.startswith("heading ") and name[8:].isdecimal():
            return int(name[8:9]) + 1
        for properties in self.properties(paragraph):
            if (outline := _value(properties, "outlineLvl")) in tuple("012345678"):
                return int(outline) + 2
        return 0

    def numbering(self, paragraph: Any) -> tuple[str, str] | None:
        """Return list and level of a paragraph that is an item."""
        for properties in self.properties(paragraph):
            for found in _children(properties, "numPr"):
                number, level = _value(found, "numId"), _value(found, "ilvl") or "0"
                return (number, level) if number not in ("", "0") else None
        return None


def _root(rel: Any) -> Any:
    return None if rel is None or rel.is_external else rel.target_part.element


def _children(element: Any, name: str) -> Iterator[Any]:
    """Yield the children of that name."""
    yield from () if element is None else (e for e in element if local(e) == name)


def _value(element: Any, name: str) -> str:
    found = next(_children(element, name), None)
    return "" if found is None else attribute(found, "val")


class _Reader:
    """Walk through the body of a document and gather its parts.

    Args:
        styles: What the styles say.
        note_texts: The footnotes.
    """

    def __init__(self, styles: _Styles, note_texts: dict[tuple[str, str], str]) -> None:
        self.styles, self.note_texts = styles, note_texts
        self.blocks = Blocks()
        self.notes: list[str] = []
        self.title = ""
        self.counts: dict[tuple[str, str], int] = {}

    def read_all(self, parent: Any) -> None:
        for element in parent:
            tag = local(element)
            if tag == "p":
                self.paragraph(element)
            elif tag == "tbl":
                self.table(element)
            elif tag in _INSIDE_BLOCKS:
                self.read_all(element)

    def paragraph(self, element: Any) -> None:
        boxes: list[Any] = []
        text = self.inline(element, boxes)
        level = self.styles.level(element)
        if level:
            if level == 1:
                self.title = self.title or one_line(text)
            self.blocks.heading(text, level)
        elif text.strip() and (place := self.styles.numbering(element)):
            depth = int(place[1]) if place[1] in tuple("012345678") else 0
            self.blocks.item(text, self.marker(place), depth)
        else:
            self.blocks.paragraph(text)
        for box in boxes:
            self.read_all(box)

    def inline(self, element: Any, boxes: list[Any]) -> str:
        references: list[tuple[str, str]] = []
        text = "".join(_pieces(element, boxes, references))
        self.notes += [self.note_texts[r] for r in references if self.note_texts.get(r)]
        return text

    def marker(self, place: tuple[str, str]) -> str:
        """Return a dash, or the number of the item; deeper lists begin anew."""
        self.counts[place] = self.counts.get(place, 0) + 1
        for other in self.counts:
            if other[0] == place[0] and other[1] > place[1]:
                self.counts[other] = 0
        bullet = self.styles.formats.get(place, "bullet") in ("bullet", "none", "")
        return "-" if bullet else f"{self.counts[place]}."

    def table(self, element: Any) -> None:
        rows = [r for r in element.iter() if local(r) == "tr" and _owner(r, "tbl") is element]
        self.blocks.table(
            [
                [self.cell(c) for c in r.iter() if local(c) == "tc" and _owner(c, "tr") is r]
                for r in rows
            ]
        )

    def cell(self, element: Any) -> str:
        """Return all paragraphs of a cell, those of tables in it included."""
        boxes: list[Any] = []
        return "\n".join(self.inline(p, boxes) for p in element.iter() if local(p) == "p")


def _owner(element: Any, name: str) -> Any:
    """Return the nearest element around this one that has the name."""
    return next((e for e in element.iterancestors() if local(e) == name), None)


def _pieces(element: Any, boxes: list[Any], references: list[tuple[str, str]]) -> Iterator[str]:
    """Yield the text of a paragraph; text boxes and notes are put aside."""
    for child in element:
        tag = local(child)
        if tag == "t":
            text = child.text or ""
            style = next(_children(element, "rPr"), None)
            yield raised(text) if _value(style, "vertAlign") == "superscript" else text
        elif tag in _MARKS:
            yield _MARKS[tag]
        elif tag in ("footnoteReference", "endnoteReference"):
            references.append((tag.removesuffix("Reference"), attribute(child, "id")))
        elif tag == "txbxContent":
            boxes.append(child)
        elif tag not in _UNSEEN:
            yield from _pieces(child, boxes, references)
