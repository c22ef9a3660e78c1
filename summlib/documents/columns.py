"""The order in which a page is read: columns from left to right, each from top to bottom.

Blank stripes that run down a page part its columns; what crosses a stripe, a
headline for instance, parts what stands above it from what stands below. The
idea is the recursive X-Y cut (Nagy and Seth 1984); a table is told from
columns by its short cells.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median
from typing import NamedTuple

from summlib.documents.glyphs import Segment

MIN_LINES = 4
"""Lines on either side of a stripe that show it to part columns."""

MIN_CHARS = 12
"""Mean characters of a column's lines; cells of a table are shorter."""

FULL = 0.7
"""Share of a column's width that half of its lines fill."""

_STEP = 2.0
"""Points in which stripes are looked for; columns stand 10 to 30 apart."""

_MAX_DEPTH = 4
_MAX_BINS, _MAX_SEGMENTS = 4_000, 10_000


class Line(NamedTuple):
    """What stands on one line of a column.

    Args:
        parts: Its segments, from left to right.
        page: On which page, from 1.
        left: Left edge of the column.
        right: Right edge of the column.
        column: A number that is another for each column.
    """

    parts: tuple[Segment, ...]
    page: int
    left: float
    right: float
    column: int

    @property
    def text(self) -> str:
        """Its text."""
        return " ".join(part.text for part in self.parts)

    @property
    def start(self) -> float:
        """Where its first character begins."""
        return self.parts[0].left

    @property
    def end(self) -> float:
        """Where its last character ends."""
        return self.parts[-1].right

    @property
    def baseline(self) -> float:
        """The line it stands on."""
        return max(self.parts, key=lambda part: part.right - part.left).baseline

    @property
    def size(self) -> float:
        """Size of the type of most of it."""
        return max(self.parts, key=lambda part: len(part.text)).size

    @property
    def bold(self) -> bool:
        """Whether all of it is set in bold type."""
        return all(part.bold for part in self.parts)


class Stripe(NamedTuple):
    """A blank stripe down a page."""

    left: float
    right: float


def reading_order(pages: Sequence[tuple[int, list[Segment]]]) -> list[Line]:
    """Return the lines of a document in the order in which they are read.

    A page with too little on it to show its columns has those of the other pages.

    Args:
        pages: For each page its number and its segments, in any order.

    >>> left = [Segment(f"Der Rat tagt zum {n}. Mal.", 0, 90, 99 - 9 * n, 8) for n in range(5)]
    >>> right = [segment._replace(left=110, right=200) for segment in left]
    >>> rows = [segment for row in zip(left, right) for segment in row]
    >>> [line.text[17:18] for line in reading_order([(1, rows)])]
    ['0', '1', '2', '3', '4', '0', '1', '2', '3', '4']
    """
    stripes = [found for _, segments in pages if (found := find_stripe(segments))]
    usual = _usual(stripes)
    lines: list[Line] = []
    for number, segments in pages:
        for column in _columns(segments, usual, 0):
            left = min(s.left for row in column for s in row)
            right = max(s.right for row in column for s in row)
            place = lines[-1].column + 1 if lines else 0
            lines += [Line(tuple(row), number, left, right, place) for row in column]
    return lines


def _usual(stripes: list[Stripe]) -> Stripe | None:
    """Return the stripe that most pages have, None when hardly any has one."""
    if not stripes:
        return None
    middle = median((s.left + s.right) / 2 for s in stripes)
    same = [s for s in stripes if s.left < middle < s.right]
    if not same:
        return None
    return Stripe(max(s.left for s in same), min(s.right for s in same))


def _columns(
    segments: list[Segment], usual: Stripe | None, depth: int
) -> Iterator[list[list[Segment]]]:
    """Yield the columns as rows of segments, in order."""
    stripe = find_stripe(segments) if depth < _MAX_DEPTH else None
    if stripe is None and depth == 0 and usual and _fits(segments, usual):
        stripe = usual
    if stripe is None:
        if segments:
            yield _rows(segments)
        return
    for crossing, band in _bands(segments, stripe):
        if crossing:
            yield _rows(band)
        else:
            yield from _columns([s for s in band if s.left < stripe.left], None, depth + 1)
            yield from _columns([s for s in band if s.left >= stripe.left], None, depth + 1)


def _fits(segments: list[Segment], stripe: Stripe) -> bool:
    """Tell whether a page could have a stripe there, be it for two lines only."""
    inside = sum(s.left < stripe.right - 3 and s.right > stripe.left + 3 for s in segments)
    beside = [s for s in segments if 0 <= s.left - stripe.right + 3 <= 3 * s.size]
    return any(len(s.text) >= MIN_CHARS for s in beside) and inside <= 0.3 * len(segments)


def _crosses(segment: Segment, stripe: Stripe) -> bool:
    middle = (stripe.left + stripe.right) / 2
    return segment.left < middle - 1 and segment.right > middle + 1


def _bands(segments: list[Segment], stripe: Stripe) -> Iterator[tuple[bool, list[Segment]]]:
    """Cut a page where something crosses the stripe; yield crossing bands and those in columns."""
    found: list[tuple[bool, list[Segment]]] = []
    ordered = sorted(segments, key=lambda s: -s.baseline)
    beside = sorted(s.baseline for s in segments if s.left >= stripe.right - 1)

    def parts_bands(segment: Segment) -> bool:
        """A long word that sticks out into the stripe has a line of the next column beside it."""
        place = bisect(beside, segment.baseline - 0.8 * segment.size)
        alone = place == len(beside) or beside[place] > segment.baseline + 0.8 * segment.size
        return _crosses(segment, stripe) and alone

    for crossing, group in groupby(ordered, key=parts_bands):
        band = list(group)
        # The short last line of a paragraph above both columns stands alone on its side.
        alone = len(band) <= 2 and not any(s.left >= stripe.left for s in band)
        if (crossing or alone) and found and found[-1][0]:
            found[-1][1].extend(band)
        else:
            found.append((crossing, band))
    yield from found


def _rows(segments: list[Segment]) -> list[list[Segment]]:
    """Return the segments line by line."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (-s.baseline, s.left)):
        row = rows[-1] if rows else []
        if row and abs(row[0].baseline - segment.baseline) <= 0.4 * min(row[0].size, segment.size):
            row.append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) for row in rows]


def find_stripe(segments: Sequence[Segment]) -> Stripe | None:
    """Return the stripe that parts columns best, None where there are none.

    Args:
        segments: What stands on a page or in a part of it.
    """
    if not 2 * MIN_LINES <= len(segments) <= _MAX_SEGMENTS:
        return None
    first = min(s.left for s in segments)
    bins = int((max(s.right for s in segments) - first) / _STEP) + 1
    if not 10 <= bins <= _MAX_BINS:
        return None
    covered = _coverage(segments, first, bins)
    best: tuple[int, Stripe] | None = None
    for start, end in _valleys(covered):
        stripe = Stripe(first + start * _STEP, first + end * _STEP)
        score = _score(segments, stripe)
        if score and (best is None or score > best[0]):
            best = score, stripe
    return best[1] if best else None


def _coverage(segments: Sequence[Segment], first: float, bins: int) -> list[int]:
    """Count for each bin the segments that reach over it."""
    steps = [0] * (bins + 1)
    for segment in segments:
        # Rounded inwards, so that a stripe is never wider than the blank.
        steps[max(0, int((segment.left - first) / _STEP))] += 1
        steps[min(bins, int((segment.right - first) / _STEP) + 1)] -= 1
    total, covered = 0, []
    for step in steps[:bins]:
        total += step
        covered.append(total)
    return covered


def _valleys(covered: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where far fewer segments reach than to both sides."""
    highest_after = list(covered)
    for place in range(len(covered) - 2, -1, -1):
        highest_after[place] = max(highest_after[place], highest_after[place + 1])
    highest, start = 0, -1
    for place, count in enumerate(covered):
        highest = max(highest, count)
        low = count <= 0.5 * min(highest, highest_after[place])
        if low and start < 0:
            start = place
        elif not low and start >= 0:
            yield start, place
            start = -1


def _score(segments: Sequence[Segment], stripe: Stripe) -> int:
    """Return how many lines a stripe parts, 0 when it does not part columns of prose."""
    middle = (stripe.left + stripe.right) / 2
    left = [s for s in segments if s.right <= middle + 1]
    right = [s for s in segments if s.left >= middle - 1]
    size = median(s.size for s in segments)
    if stripe.right - stripe.left < 0.6 * size or not (_is_prose(left) and _is_prose(right)):
        return 0
    crossing = len(segments) - len(left) - len(right)
    return max(0, min(len(left), len(right)) * 2 - crossing)


def _is_prose(segments: list[Segment]) -> bool:
    """Tell a column of prose from one of a table: its lines are long and mostly full."""
    rows = _rows(segments)
    if len(rows) < MIN_LINES:
        return False
    first, last = min(s.left for s in segments), max(s.right for s in segments)
    full = sum(row[-1].right - row[0].left >= FULL * (last - first) for row in rows)
    chars = sum(len(s.text) for s in segments)
    return full >= 0.5 * len(rows) and chars >= MIN_CHARS * len(rows)
