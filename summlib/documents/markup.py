"""HTML as it stands, from top to bottom: all that is to be read, nothing that is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from summlib.documents.blocks import Blocks, raised
from summlib.documents.encoding import Decoded, decode
from summlib.documents.extras import load

_DECLARED = re.compile(
    rb"""(?i)<(?:meta[^>]{0,200}?charset\s*=|\?xml[^>]{0,100}?encoding\s*=)\s*["']?([\w.:-]{1,40})"""
)
_UNSEEN = frozenset(
    str.split(
        "script style noscript template svg math head iframe object button select textarea input "
        "datalist audio video canvas map rt rp"
    )
)
_BLOCK = frozenset(
    str.split(
        "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav "
        "ol option p pre section summary table tbody td tfoot th thead tr ul"
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TAG = re.compile(r"<([A-Za-z][\w:-]{0,30})\s([^<>]{2000,}+)")
# <sup><a href="#note">[1]</a></sup> and <a href="#note"><sup>1</sup></a>, the marks of notes.
_NOTE_MARK = re.compile(
    r"<sup\b[^<>]{0,300}>\s{0,9}<a\b[^<>]{0,500}>(?:<[^<>]{1,200}>|[^<]){0,12}</a>\s{0,9}</sup>"
    r"|<a\b[^<>]{0,500}>\s{0,9}<sup\b[^<>]{0,300}>(?:<[^<>]{1,200}>|[^<]){0,12}</sup>\s{0,9}</a>",
    re.IGNORECASE,
)
_RAISED = re.compile(r"<sup(?:\s[^<>]{0,200})?>\s?([+-]?\d{1,3})\s?</sup\s?>", re.IGNORECASE)
_LOWERED = re.compile(r"<sub(?:\s[^<>]{0,200})?>\s?(\d{1,3})\s?</sub\s?>", re.IGNORECASE)
_NO_CHARACTERS = re.compile("[\0-\x08\x0b\x0e-\x1f\ufffe\uffff]")


def decode_page(data: bytes, charset: str = "") -> Decoded | None:
    """Read the bytes of a page as text: UTF-8 where they are, else as the page declares.

    Args:
        data: The page.
        charset: What was said of it from outside, which counts more than its own word.

    >>> decode_page('<meta charset="iso-8859-2"><p>Łódź'.encode("iso-8859-2")).text[-4:]
    'Łódź'
    """
    found = decode(data)
    if found is not None and found.encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        return found
    declared = _DECLARED.search(data[:2048])
    for name in (charset, declared[1].decode() if declared else ""):
        try:
            # A page that says ISO-8859-1 is in Windows-1252 (WHATWG Encoding Standard).
            latin = name.lower() in ("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii")
            return Decoded(data.decode("cp1252" if latin else name or "?"), name.lower())
        except (LookupError, UnicodeError):
            continue
    return found


MAX_ATTRIBUTES = 500
"""Words inside a tag; libxml2 compares each attribute with all before it, which takes minutes."""


def tame(text: str) -> str:
    """Return a page without what makes parsers fail and what no reader reads aloud.

    That is NUL, endless lists of attributes, and the marks of footnotes. Raised
    and lowered figures stand as such (m², CO2), since they lose their tags.

    Args:
        text: The page.

    >>> tame("<p " + "a " * 1000 + ">Ja.<sup><a href='#n1'>[1]</a></sup>")
    '<p >Ja.'
    """

    def short(match: re.Match[str]) -> str:
        many = len(match[2].split(None, MAX_ATTRIBUTES)) > MAX_ATTRIBUTES
        return f"<{match[1]} " if many else match[0]

    page = _NOTE_MARK.sub("", _TAG.sub(short, _NO_CHARACTERS.sub(" ", text)))
    return _LOWERED.sub(r"\1", _RAISED.sub(lambda match: raised(match[1]), page))


def parse_html(text: str) -> Any:
    """Return the root of a page as an lxml tree, None when there is nothing in it.

    Scripts of the page are not run, and nothing is fetched.

    Args:
        text: The page, as ``tame`` gives it.

    Raises:
        MissingDependency: lxml is not installed.
    """
    etree = load("lxml.etree", package="lxml", what="reading web pages")
    # Up to 2,048 elements in one another instead of 256; what lies deeper is left out.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    data = text.encode("utf-8", "replace")
    return etree.fromstring(data, parser) if data.strip() else None


def read_markup(root: Any, name_of: Callable[[Any], str] | None = None) -> Blocks:
    """Return everything that a browser would show, in the order of the page.

    Args:
        root: An lxml element.
        name_of: Says what HTML calls an element, for trees of another language.
    """
    etree = load("lxml.etree", package="lxml", what="reading web pages")
    reader = _Reader()
    name_of = name_of or _html_name
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if not isinstance(element.tag, str):
            reader.read(element.tail if event == "end" else "")
            continue
        tag = name_of(element)
        if event == "start":
            if tag in _UNSEEN or "hidden" in element.attrib:
                walk.skip_subtree()
                continue
            reader.open(tag)
            reader.read(element.text)
        else:
            if tag not in _UNSEEN and "hidden" not in element.attrib:
                reader.close(tag)
            if element is not root:
                reader.read(element.tail)
    reader.flush()
    return reader.blocks


def _html_name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


class _Reader:
    """Turn a stream of tags and texts into blocks."""

    def __init__(self) -> None:
        self.blocks = Blocks()
        self.text: list[str] = []
        self.heading = self.pre = 0
        self.lists: list[int] = []
        self.marker = ""
        self.tables: list[list[list[str]]] = []

    def read(self, text: str | None) -> None:
        if text:
            self.text.append(text if self.pre else text.replace("\n", " ").replace("\r", " "))

    def open(self, tag: str) -> None:
        if tag == "br":
            self.text.append("\n")
        if tag not in _BLOCK:
            return
        if tag == "table":
            self._open_table()
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
        self.flush()
        self.pre += tag == "pre"
        self.heading = _HEADINGS.get(tag, 0)
        if tag in ("ul", "ol"):
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self._open_item()

    def _open_table(self) -> None:
        """A table in a cell of another shows that the outer one only lays out."""
        self.flush()
        for rows in self.tables:
            self._put(rows)
        self.tables.append([])

    def _put(self, rows: list[list[str]]) -> None:
        self.blocks.table(rows)
        rows.clear()

    def _open_item(self) -> None:
        number = self.lists[-1] if self.lists else 0
        self.marker = f"{number}." if number else "-"
        if number:
            self.lists[-1] += 1

    def close(self, tag: str) -> None:
        if tag not in _BLOCK:
            return
        self.flush()
        self.heading = 0
        if tag == "pre":
            self.pre = max(0, self.pre - 1)
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.marker = ""
        elif tag == "table" and self.tables:
            self._put(self.tables.pop())

    def flush(self) -> None:
        """Make a block of the text gathered so far."""
        text, self.text = "".join(self.text), []
        if not text.strip():
            return
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            row = self.tables[-1][-1]
            row[-1] = f"{row[-1]}\n{text}" if row[-1] else text
        elif self.heading:
            self.blocks.heading(text, self.heading)
        elif self.marker:
            self.blocks.item(text, self.marker, max(0, len(self.lists) - 1))
            self.marker = ""
        else:
            self.blocks.paragraph(text)
