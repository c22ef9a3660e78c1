"""Running heads and feet of PDF pages: what stands on page after page is no part of the text.

Looked at is only the edge of each page, line by line from the outside in; a
line goes when it, figures apart, comes back on other pages, or when it holds
a page number that counts up with the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from summlib.documents.glyphs import Page, Segment

ZONE = 0.16
"""Share of a page's height, at the top and at the bottom, where heads and feet stand."""

MAX_LINES = 4
"""Lines of a running head."""

MAX_NUMBERED_WORDS = 15

_NUMBER = re.compile(r"\d+")
_EDGE_NUMBER = re.compile(r"^\W*(\d{1,4})\b|\b(\d{1,4})\W*$|\b(?:Seite|page|S\.|p\.) ?(\d{1,4})\b")
_ONLY_NUMBER = re.compile(
    r"(?i)[\W_]*(?:(?:seite|page|s\.|p\.|blatt)\s*)?(?:\d{1,4}|[ivxl]{1,7})"
    r"(?:\s*(?:/|von|of|\|)\s*\d{1,4})?[\W_]*"
)

Row = list[Segment]

SMALL = 0.95
"""Share of the usual size of type below which a line may be a running head by its place alone."""


def drop_margins(pages: Sequence[Page]) -> tuple[list[list[Segment]], list[dict[str, Any]]]:
    """Return each page's segments without running heads, and what was dropped.

    Args:
        pages: All pages of a document.

    Returns:
        The segments that stay; and for each line dropped its ``page``, the
        ``reason`` (``running-head``, ``running-foot``, ``page-number``) and its
        ``text``.
    """
    kept: list[list[Segment]] = [list(page.segments) for page in pages]
    dropped: list[dict[str, Any]] = []
    for foot in (False, True):
        edges = [_edge_rows(page, foot) for page in pages]
        judge = _Judge(pages, edges)
        for place, rows in enumerate(edges):
            for row in rows:
                reason = judge.reason(pages[place].number, row)
                if not reason:
                    break
                text = _text(row)
                gone = {id(segment) for segment in row}
                kept[place] = [s for s in kept[place] if id(s) not in gone]
                if reason == "running":
                    reason = "running-foot" if foot else "running-head"
                dropped.append({"page": pages[place].number, "reason": reason, "text": text})
    return kept, sorted(dropped, key=lambda drop: drop["page"])


def _edge_rows(page: Page, foot: bool) -> list[Row]:
    """Return the outermost lines of a page, from the outside in."""
    height = page.top - page.bottom
    zone = [
        s
        for s in page.segments
        if (s.baseline - page.bottom if foot else page.top - s.baseline) <= ZONE * height
    ]
    rows: list[Row] = []
    for segment in sorted(zone, key=lambda s: s.baseline if foot else -s.baseline):
        if rows and abs(rows[-1][0].baseline - segment.baseline) <= 0.4 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.left) for row in rows[:MAX_LINES]]


def _text(row: Row) -> str:
    return " ".join(segment.text for segment in row)


def _key(row: Row) -> str:
    return _NUMBER.sub("#", _text(row).casefold())


class _Judge:
    """Know what comes back at one edge of the pages.

    Args:
        pages: All pages.
        edges: For each page the lines at that edge.
    """

    def __init__(self, pages: Sequence[Page], edges: list[list[Row]]) -> None:
        self.pages = len(pages)
        self.places: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        offsets: Counter[int] = Counter()
        self.size = _usual_size(pages)
        self.small: Counter[int] = Counter()
        for page, rows in zip(pages, edges, strict=True):
            for row in rows:
                self.places[_key(row)].append((page.number, row[0].baseline))
            self.small.update({round(row[0].baseline) for row in rows if self._is_small(row)})
            found = {n - page.number for row in rows for n in _edge_numbers(row)}
            offsets.update(found)
        offset, count = offsets.most_common(1)[0] if offsets else (0, 0)
        self.offset = offset if count >= max(2, 0.4 * self.pages) else None

    def reason(self, number: int, row: Row) -> str:
        """Say why a line of a page goes, nothing when it stays."""
        text = _text(row)
        counted = self.offset is not None and number + self.offset in _edge_numbers(row)
        if _ONLY_NUMBER.fullmatch(text) and (counted or self._is_page_number(number, text)):
            return "page-number"
        near = {n for n, y in self.places[_key(row)] if abs(y - row[0].baseline) <= 4}
        # Heads of left and right pages take turns, those of chapters end with them.
        if len(near) >= (2 if self.pages <= 4 else 3) and _has_letter(text):
            return "running"
        # Left and right pages of a short document have a head of each kind only.
        aligned = self._is_small(row) and self.small[round(row[0].baseline)] == self.pages > 1
        short = len(text.split()) <= MAX_NUMBERED_WORDS
        return "running" if (counted or aligned) and short and _has_letter(text) else ""

    def _is_small(self, row: Row) -> bool:
        return max(segment.size for segment in row) < SMALL * self.size

    def _is_page_number(self, number: int, text: str) -> bool:
        """Tell the number of a page that stands alone, or that says so itself."""
        if re.search(r"(?i)seite|page|blatt|s\.|p\.|von|of|/", text):
            return True
        return self.pages == 1 and (_NUMBER.sub("", text).strip() != "" or text == str(number))


def _usual_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for segment in page.segments:
            sizes[round(segment.size, 1)] += len(segment.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _edge_numbers(row: Row) -> set[int]:
    found = _EDGE_NUMBER.findall(_text(row))
    return {int(number) for match in found for number in match if number}


def _has_letter(text: str) -> bool:
    return any(char.isalpha() for char in text)
