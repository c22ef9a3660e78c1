"""Where in the original a passage stands: pages of a PDF, chapters of an e-book."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

from summlib.records import Document


class Pages:
    """Names the page or chapter of an offset, as far as the format told.

    Args:
        doc: ``meta["page_starts"]`` holds pairs of an offset and the page that
            begins or goes on there, ``meta["chapter_starts"]`` offsets. What is
            not of that form is passed over: any record's fields may be there.

    >>> pages = Pages(Document("ab", meta={"page_starts": [[0, 7], [1, 8]]}))
    >>> pages.label(0), pages.label(1), pages.begins(1)
    ('page 7', 'page 8', True)
    >>> Pages(Document("ab", meta={"chapter_starts": [0]})).label(1)
    'chapter 1'
    """

    def __init__(self, doc: Document | None) -> None:
        meta = doc.meta if doc else {}
        pairs = sorted(_pairs(meta.get("page_starts")))
        self.noun = "page" if pairs else "chapter"
        self.starts = [start for start, _ in pairs]
        self._numbers = [number for _, number in pairs]
        if not pairs:
            self.starts = sorted(filter(_is_offset, _listed(meta.get("chapter_starts"))))
            self._numbers = list(range(1, len(self.starts) + 1))

    def label(self, offset: int) -> str:
        """Return such as ``page 3``; nothing where nothing is known."""
        at = bisect_right(self.starts, offset)
        return f"{self.noun} {self._numbers[at - 1]}" if at else ""

    def begins(self, offset: int) -> bool:
        """Tell whether a page begins there."""
        at = bisect_left(self.starts, offset)
        return at < len(self.starts) and self.starts[at] == offset


def _pairs(told: Any) -> Iterator[tuple[int, int]]:
    for pair in _listed(told):
        if isinstance(pair, (list, tuple)) and len(pair) == 2 and all(map(_is_offset, pair)):
            yield pair[0], pair[1]


def _listed(told: Any) -> list[Any]:
    return list(told) if isinstance(told, (list, tuple)) else []


def _is_offset(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
