"""The parts of a document in one spelling: blank lines between them, Markdown's signs before them.

Headings begin with ``#``, list items with ``-`` or a number, rows of a table
with ``|``, footnotes with ``[^1]:``; these are what ``summlib.text`` tells parts apart by, so that
every format gives a text in which the same things look the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

MAX_CELL = 300
"""A cell with more characters holds prose: the table is there for the layout."""

_BLANKS = re.compile(r"[ \t\r\f\v]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
_SPACES = re.compile(r"\s+")
_SUPERSCRIPTS = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_CLOSE = frozenset(("item", "row"))


class _Part(NamedTuple):
    kind: str
    mark: str
    text: str
    ends: bool = False


class Blocks:
    r"""Gather the parts of a document in order.

    >>> parts = Blocks()
    >>> parts.heading("Kosten", 2)
    >>> parts.item("das Geld"); parts.item("die Zeit")
    >>> parts.paragraph("So  ist es.")
    >>> parts.text()
    '## Kosten\n\n- das Geld\n- die Zeit\n\nSo ist es.'
    """

    def __init__(self) -> None:
        self._parts: list[_Part] = []

    def __len__(self) -> int:
        return len(self._parts)

    def heading(self, text: str, level: int = 1) -> None:
        """Add a heading, level 1 for the title of the whole."""
        self._add("heading", "#" * min(6, max(1, level)) + " ", one_line(text))

    def paragraph(self, text: str) -> None:
        """Add running text; a line break that the author set stays."""
        self._add("paragraph", "", lines(text))

    def item(self, text: str, marker: str = "-", depth: int = 0) -> None:
        """Add an item of a list, two blanks further in for each list around its own."""
        self._add("item", "  " * min(depth, 9) + marker + " ", one_line(text))

    def row(self, cells: Iterable[str]) -> None:
        """Add a row of a table."""
        texts = [one_line(cell).replace("|", "/") for cell in cells]
        if any(texts):
            self._add("row", "| ", f"{' | '.join(texts)} |")

    def table(self, rows: list[list[str]]) -> None:
        """Add a table, or its cells as paragraphs when it only lays out prose."""
        widest = max((len(row) for row in rows), default=0)
        longest = max((len(cell) for row in rows for cell in row), default=0)
        self.end_group()
        for row in rows:
            if widest < 2 or longest > MAX_CELL:
                for cell in row:
                    self.paragraph(cell)
            else:
                self.row(row)
        self.end_group()

    def note(self, text: str, number: str) -> None:
        """Add a footnote, written as Markdown has it: ``[^1]: Text``."""
        self._add("note", f"[^{number}]: ", one_line(text))

    def end_group(self) -> None:
        """Let a blank line follow, even between items or rows."""
        if self._parts:
            self._parts[-1] = self._parts[-1]._replace(ends=True)

    def _add(self, kind: str, mark: str, text: str) -> None:
        if text:
            self._parts.append(_Part(kind, mark, text))

    def text(self) -> str:
        """Return all parts, items of a list and rows of a table on adjacent lines."""
        return "".join(self._pieces())

    def starts(self) -> list[int]:
        """Return for each part where it begins in the text, behind its mark."""
        found, place = [], 0
        pieces = self._pieces()
        for separator, mark, text in zip(pieces, pieces, pieces, strict=True):
            place += len(separator) + len(mark)
            found.append(place)
            place += len(text)
        return found

    def _pieces(self) -> Iterator[str]:
        """Yield a separator, a mark and a text for each part."""
        before: _Part | None = None
        for part in self._parts:
            close = before and part.kind == before.kind and part.kind in _CLOSE and not before.ends
            yield "" if before is None else "\n" if close else "\n\n"
            yield part.mark
            yield part.text
            before = part


def raised(text: str) -> str:
    """Return figures as superscripts, so that a square metre does not become "m2".

    >>> raised("2"), raised("er")
    ('²', 'er')
    """
    return text.translate(_SUPERSCRIPTS)


def one_line(text: str) -> str:
    r"""Return the text with every white space a single blank.

    >>> one_line(" Der\n  Rat ")
    'Der Rat'
    """
    return _SPACES.sub(" ", text).strip()


def lines(text: str) -> str:
    r"""Return the text without blank lines and needless blanks; a no-break space stays.

    >>> lines(" 5\xa0Euro  \n\n für alle ")
    '5\xa0Euro\nfür alle'
    """
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()
