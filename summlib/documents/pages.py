"""On which page a character stands, for formats that have pages."""

from __future__ import annotations

import bisect

from summlib.records import Document


def page_of(doc: Document, offset: int) -> int | None:
    """Return the page on which a character stands, None where the format has no pages.

    Args:
        doc: A document.
        offset: Of a character of its text.

    >>> page_of(Document("Eins. Zwei.", meta={"page_starts": [[0, 1], [6, 2]]}), 7)
    2
    """
    starts = doc.meta.get("page_starts") or []
    place = bisect.bisect_right(starts, offset, key=lambda pair: pair[0])
    return int(starts[place - 1][1]) if place else None
