"""A text cut into blocks, and each block into pieces that are marked alike."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summlib.records import Drop, Span


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text that a sentence on the other side belongs to.

    Args:
        start: Offset of its first character.
        end: Offset behind its last character.
        number: The number of that sentence.
    """

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that carries the same marks from end to end.

    Args:
        start: Offset of its first character.
        end: Offset behind its last character.
        numbers: The sentences it belongs to, in order.
        reason: Why cleaning left it out, empty when it did not.
    """

    start: int
    end: int
    numbers: tuple[int, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a run of lines that cleaning left out.

    Args:
        pieces: From its first character to its last.
        reasons: Why all of it was left out; empty when some of it stays.
    """

    pieces: tuple[Piece, ...]
    reasons: tuple[str, ...] = ()


def cut_blocks(
    text: str, marks: Sequence[Mark], drops: Sequence[Drop] = (), breaks: Iterable[int] = ()
) -> list[Block]:
    r"""Cut a text at blank lines, and its paragraphs where marks begin or end.

    Every character that is not white space lies in exactly one piece. The work
    grows with the length of text and marks, not with their product.

    Args:
        text: The text.
        marks: They may overlap.
        drops: What cleaning left out.
        breaks: More offsets to cut at, such as page starts.

    >>> text = "Menü\nEins. Zwei.\n\nDrei."
    >>> for block in cut_blocks(text, [Mark(5, 10, 1)], [Drop(0, 4, "navigation", "Menü")]):
    ...     print([(text[p.start : p.end], p.numbers) for p in block.pieces], block.reasons)
    [('Menü', ())] ('navigation',)
    [('Eins.', (1,)), (' Zwei.', ())] ()
    [('Drei.', ())] ()
    """
    dropped = _Dropped(drops, marks)
    lines = ((span, dropped.reasons(span)) for span in _lines(text))
    pieces = _Pieces(marks, drops, breaks)
    return [
        Block(pieces.within(span), tuple(dict.fromkeys(reasons)))
        for span, reasons in _joined(lines)
    ]


def _lines(text: str) -> Iterator[Span]:
    """Yield each line without the white space around it; blank ones are empty."""
    place = 0
    for line in text.splitlines(keepends=True):
        body = line.strip()
        start = place + (len(line) - len(line.lstrip()) if body else 0)
        yield Span(start, start + len(body))
        place += len(line)


def _joined(lines: Iterable[tuple[Span, list[str]]]) -> Iterator[tuple[Span, list[str]]]:
    """Join lines to paragraphs, and what was left out up to the next line that stays."""
    start, end, reasons = 0, 0, list[str]()
    for line, why in lines:
        blank = line.start == line.end
        if end and (not reasons if blank else bool(why) != bool(reasons)):
            yield Span(start, end), reasons
            start, end, reasons = 0, 0, []
        if not blank:
            start = start if end else line.start
            end, reasons = line.end, reasons + why
    if end:
        yield Span(start, end), reasons


class _Dropped:
    """Tells which lines were left out as a whole."""

    def __init__(self, drops: Sequence[Drop], marks: Sequence[Mark]) -> None:
        self.drops = sorted(drops, key=lambda d: d.start)
        self.starts = [d.start for d in self.drops]
        self.used = merged((m.start, m.end) for m in marks)
        self.used_ends = [end for _, end in self.used]

    def reasons(self, line: Span) -> list[str]:
        """Return why a line was left out, nothing when part of it stays."""
        at = max(0, bisect_right(self.starts, line.start) - 1)
        place, found = line.start, list[str]()
        for drop in self.drops[at:]:
            if drop.start > place or place >= line.end:
                break
            if drop.end > place:
                place, found = drop.end, [*found, drop.reason]
        return found if place >= line.end and found and not self._is_used(line) else []

    def _is_used(self, line: Span) -> bool:
        at = bisect_right(self.used_ends, line.start)
        return at < len(self.used) and self.used[at][0] < line.end


class _Pieces:
    """Cuts spans where marks, drops and pages begin or end."""

    def __init__(self, marks: Sequence[Mark], drops: Sequence[Drop], breaks: Iterable[int]) -> None:
        stretches: list[Mark | Drop] = [*marks, *drops]
        self.cuts = sorted({*breaks, *(x for s in stretches for x in (s.start, s.end))})
        self.opening: dict[int, list[Mark | Drop]] = {}
        for stretch in stretches:
            self.opening.setdefault(stretch.start, []).append(stretch)
        self.open: list[Mark | Drop] = []
        self.seen = 0

    def within(self, span: Span) -> tuple[Piece, ...]:
        """Return the pieces of a span; spans are to come in order."""
        last = bisect_left(self.cuts, span.end)
        inner = self.cuts[bisect_right(self.cuts, span.start) : last]
        edges = [span.start, *inner, span.end]
        return tuple(self._piece(a, b) for a, b in pairwise(edges))

    def _piece(self, start: int, end: int) -> Piece:
        while self.seen < len(self.cuts) and self.cuts[self.seen] <= start:
            self.open += self.opening.get(self.cuts[self.seen], [])
            self.seen += 1
        self.open = [s for s in self.open if s.end > start]
        numbers = sorted({s.number for s in self.open if isinstance(s, Mark)})
        reason = next((s.reason for s in self.open if isinstance(s, Drop)), "")
        return Piece(start, end, tuple(numbers), reason)


def merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans in order, those that overlap joined.

    >>> merged([(4, 6), (0, 2), (5, 9)])
    [(0, 2), (4, 9)]
    """
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
