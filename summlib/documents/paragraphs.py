"""From the lines of PDF columns to paragraphs: what a fixed width broke is joined again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

from summlib.documents.columns import Line
from summlib.documents.glyphs import Segment
from summlib.text.lines import ends_sentence

Kind = Literal["paragraph", "heading", "item", "row", "note"]

HEADING = 1.12
"""How many times the size of the text a heading's type has, when it is not bold."""

MAX_HEADING_WORDS = 20
MAX_ASIDE = 60
"""Lines of small type, such as footnotes, over which a paragraph may go on."""

SAME_SIZE = 0.12
"""Share by which sizes of one type may differ."""

MIN_FLUSH = 3
"""Lines that end at one place in justified type; a column of figures has fewer mostly."""

NEAR = 6
"""Lines above and below that tell how far a line could have reached."""

WIDE = 1.35
"""How many times the usual distance between lines parts paragraphs."""

_BULLET = re.compile(r"[•‣▪◦●○■□·⁃∙➔►▶✓\uf000-\uf0ff]\s*|[-–—]\s+|o\s+(?=\w)")
NOTE = re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\d{1,3})[\s)]*(?=[^\W\d_„\"(])")
"""How a footnote begins."""

_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|§\s?\d+)\s+\S")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Args:
        kind: What they are.
        lines: The lines, from the first.
    """

    kind: Kind
    lines: list[Line] = field(default_factory=list)


class Type:
    """What is usual in a document: its size of type, the distance of its lines, its columns.

    Args:
        lines: All lines.
        tables: The places of those that are rows of tables.
    """

    def __init__(self, lines: Sequence[Line], tables: Collection[int] = ()) -> None:
        sizes: Counter[float] = Counter()
        gaps: defaultdict[float, list[float]] = defaultdict(list)
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
        for above, below in pairwise(lines):
            if above.column == below.column and _same_size(above, below):
                gaps[round(above.size)].append(above.baseline - below.baseline)
        self.size = sizes.most_common(1)[0][0] if sizes else 10.0
        bold = sum(len(line.text) for line in lines if line.bold)
        self.bold = bold > 0.5 * sum(sizes.values())
        self._leading = {size: median(found) for size, found in gaps.items()}
        self._rights = _right_edges(lines, tables)
        indented = sum(
            0.8 * b.size < b.start - b.left < 4 * b.size and a.start - a.left < 0.5 * a.size
            for a, b in pairwise(lines)
            if a.column == b.column
        )
        self.indents = indented >= max(3, 0.03 * len(lines))

    def leading(self, line: Line) -> float:
        """Return the usual distance from a line to the next, in points."""
        return self._leading.get(round(line.size), 1.2 * line.size)

    def right_edge(self, line: Line) -> float:
        """Return how far a line could have reached, in points from the left."""
        return self._rights.get(id(line), line.right)


def _right_edges(lines: Sequence[Line], tables: Collection[int]) -> dict[int, float]:
    """Return how far the lines around each line reach; of few lines other columns tell."""
    found: dict[int, float] = {}
    few: list[Line] = []
    known: set[tuple[float, float]] = set()
    prose = [line for place, line in enumerate(lines) if place not in tables]
    for place, line in enumerate(prose):
        near = [
            other.end
            for other in prose[max(0, place - NEAR) : place + NEAR + 1]
            if other.column == line.column and _same_size(other, line)
        ]
        found[id(line)] = max(near)
        if len(near) > NEAR:
            known.add((round(line.left), round(max(near))))
        else:
            few.append(line)
    for line in few:
        own = found[id(line)]
        wider = [right for left, right in known if abs(left - line.left) <= 3 and right >= own - 1]
        found[id(line)] = min(wider, default=own)
    return found


def _same_size(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) <= SAME_SIZE * max(above.size, below.size)


def _is_smaller(above: Line, below: Line) -> bool:
    """Tell type of another size from a word in another font; a note's may differ by little."""
    ratio = below.size / above.size
    return ratio < 1 - SAME_SIZE or (ratio < 0.95 and NOTE.match(below.text) is not None)


def find_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Return the paragraphs of a document, headings, items and rows of tables among them.

    A footnote or a caption that stands in the middle of a paragraph follows it.

    Args:
        lines: In the order in which they are read.
    """
    tables = _table_lines(lines)
    return list(_Builder(Type(lines, tables), tables).build(lines))


def _table_lines(lines: Sequence[Line]) -> set[int]:
    """Return the places of lines whose cells stand below one another.

    In narrow columns justified lines are torn apart, and two of them may agree.
    """
    ends = Counter((line.column, round(line.end)) for line in lines)
    found: set[int] = set()
    run: list[int] = []
    for place, line in enumerate(lines):
        flush = sum(ends[line.column, round(line.end) + near] for near in (-1, 0, 1)) > MIN_FLUSH
        if flush and _is_torn(line):
            continue
        if run and line.column == lines[run[-1]].column and _aligned(lines[run[-1]], line):
            run.append(place)
            continue
        found |= set(run) if len(run) > 1 else set()
        run = [place]
    return found | (set(run) if len(run) > 1 else set())


def _is_torn(line: Line) -> bool:
    """Tell a justified line of few words: all its blanks are wide, while cells hold figures."""
    return all(" " not in part.text and part.text.isalpha() for part in _inner(line))


def _inner(line: Line) -> list[Segment]:
    """Return the words of a line without signs around them."""
    return [part._replace(text=part.text.strip("„“”\"»«'().,;:!?-–")) for part in line.parts]


def _aligned(above: Line, below: Line) -> bool:
    """Tell whether each cell of the line with fewer stands at one of the other's."""
    few, many = sorted((_cells(above), _cells(below)), key=len)
    return len(few) > 1 and all(
        any(abs(a[0] - b[0]) <= 3 or abs(a[1] - b[1]) <= 3 for b in many[1:]) for a in few[1:]
    )


def _cells(line: Line) -> list[tuple[float, float]]:
    """Return where the cells of a line begin and end; words of a torn line stand closer."""
    cells = [(line.parts[0].left, line.parts[0].right)]
    for before, after in pairwise(line.parts):
        if after.left - before.right > 2 * line.size:
            cells.append((after.left, after.right))
        else:
            cells[-1] = (cells[-1][0], after.right)
    return cells


class _Builder:
    """Put lines together one after another.

    Args:
        usual: What is usual in the document.
        tables: The places of lines that are rows of tables.
    """

    def __init__(self, usual: Type, tables: set[int]) -> None:
        self.usual, self.tables = usual, tables
        self.open: Paragraph | None = None
        self.aside: list[Paragraph] = []

    def build(self, lines: Sequence[Line]) -> Iterator[Paragraph]:
        for place, line in enumerate(lines):
            row = place in self.tables
            if self._goes_aside(line, row):
                self._put_aside(line)
                continue
            if (
                self.open
                and not row
                and self.open.kind != "row"
                and self._continues(self.open, line)
            ):
                self.open.lines.append(line)
                continue
            yield from self._close()
            self.open = Paragraph("row" if row else self._kind(line), [line])
        yield from self._close()

    def _close(self) -> Iterator[Paragraph]:
        if self.open:
            yield self.open
        yield from self.aside
        self.open, self.aside = None, []

    def _goes_aside(self, line: Line, row: bool) -> bool:
        """Tell small type below a paragraph that is not at its end."""
        if self.open is None or row or self.open.kind not in ("paragraph", "item"):
            return False
        last = self.open.lines[-1]
        if line.page == last.page and line.column != last.column:
            return False
        if not _is_smaller(last, line):
            return False
        waiting = sum(len(paragraph.lines) for paragraph in self.aside)
        return waiting < MAX_ASIDE and not ends_sentence(last.text, len(last.text))

    def _put_aside(self, line: Line) -> None:
        if self.aside and self._continues(self.aside[-1], line):
            self.aside[-1].lines.append(line)
        else:
            self.aside.append(Paragraph(self._kind(line), [line]))

    def _kind(self, line: Line) -> Kind:
        text = line.text
        if _BULLET.match(text):
            return "item"
        large = line.size >= HEADING * self.usual.size
        if large or (line.bold and not self.usual.bold and line.size > 0.9 * self.usual.size):
            return "heading"
        return "paragraph"

    def _continues(self, paragraph: Paragraph, line: Line) -> bool:
        """Tell whether a line belongs to the paragraph before it."""
        last = paragraph.lines[-1]
        if not _same_size(last, line) or _is_smaller(last, line) or _BULLET.match(line.text):
            return False
        if (paragraph.kind == "heading") != (self._kind(line) == "heading"):
            return False
        if last.text.endswith("-") and last.text[-2:-1].isalnum() and line.text[:1].isalnum():
            return True
        if last.column == line.column:
            return self._continues_below(paragraph, last, line)
        return self._continues_elsewhere(last, line)

    def _continues_below(self, paragraph: Paragraph, last: Line, line: Line) -> bool:
        size = line.size
        if last.baseline - line.baseline > WIDE * self.usual.leading(line):
            return False
        if paragraph.kind == "heading":
            return True
        first = len(paragraph.lines) == 1
        shift = line.start - last.start
        if shift > 0.8 * size and not (first and paragraph.kind == "item"):
            return first and _NUMBERED.match(last.text) is not None
        if shift < -0.8 * size and not first:
            return False
        return not self._ends_early(last, line)

    def _continues_elsewhere(self, last: Line, line: Line) -> bool:
        """Tell it across the end of a column or a page."""
        if line.start - line.left > 0.8 * line.size and self.usual.indents:
            return False
        ends = ends_sentence(last.text, len(last.text))
        if line.text[:1].islower():
            return not ends or not self._has_room(last, line)
        return not self._ends_early(last, line)

    def _ends_early(self, last: Line, line: Line) -> bool:
        """Tell whether the writer broke the line where the next word would have fitted."""
        if not self._has_room(last, line):
            return False
        if ends_sentence(last.text, len(last.text)):
            return True
        return not line.text[:1].islower() and not last.text.endswith((",", "-", "–"))

    def _has_room(self, last: Line, line: Line) -> bool:
        text = line.text
        word = (line.end - line.start) * len(text.split(" ", 1)[0]) / max(1, len(text))
        return self.usual.right_edge(last) - last.end > word + 0.6 * line.size


def bullet_text(text: str) -> str:
    """Return the text of an item without its bullet, and any other text as it is.

    >>> bullet_text("• ein Brunnen"), bullet_text("- ein Becken")
    ('ein Brunnen', 'ein Becken')
    """
    return _BULLET.sub("", text, count=1)
