"""Quotations and brackets: what belongs together whatever stands inside."""

from __future__ import annotations

import re
from collections.abc import Iterator

# German closes with the mark that English opens with, and »…« stands as often
# as «…»: which mark closes depends on the one that opened.
_CLOSERS = {
    "„": '“”"',
    "“": '”"',
    '"': '"“”',
    "»": '«"',
    "«": "»",
    "‚": "‘’",
    "‘": "’",
    "'": "'",
}
_SINGLE = "‚‘'"
_MARKS = re.compile(r"[„“”\"»«‚‘’'()\[\]]|,,")
_BRACKETS = {")": "(", "]": "["}
_MAX_BRACKET = 300
_BEFORE_OPENING = " \t\n\r\xa0([{—–-/"
_BEFORE_CLOSING = ".!?,…;:-–—"

Span = tuple[int, int]


def _opens(text: str, start: int, end: int) -> bool:
    """Say whether the mark at ``start`` stands where an opening mark stands."""
    free_left = start == 0 or text[start - 1] in _BEFORE_OPENING or text[start - 1] in _CLOSERS
    return free_left and end < len(text) and not text[end].isspace()


def _closes(text: str, mark: str, start: int) -> bool:
    """Say whether a mark can close; an apostrophe never stands behind punctuation."""
    if mark in "'’":
        return start > 0 and text[start - 1] in _BEFORE_CLOSING
    return start > 0 and (mark != '"' or not text[start - 1].isspace())


def spans(text: str, limit: int) -> Iterator[Span]:
    """Yield quotations and brackets that are closed again, inner ones possibly too.

    Args:
        text: One paragraph.
        limit: Longest quotation, in characters, that counts.

    >>> list(spans('Er sagte: „Nein. Nie!“ (Ende.)', 250))
    [(10, 22), (23, 30)]
    """
    quote, opened = "", 0
    brackets: list[tuple[str, int]] = []
    for found in _MARKS.finditer(text):
        mark = "„" if found[0] == ",," else found[0]
        if mark in "([":
            brackets.append((mark, found.start()))
        elif mark in _BRACKETS:
            if brackets and brackets[-1][0] == _BRACKETS[mark]:
                start = brackets.pop()[1]
                if found.end() - start <= _MAX_BRACKET:
                    yield start, found.end()
        elif quote and mark in _CLOSERS[quote] and _closes(text, mark, found.start()):
            if found.end() - opened <= limit:
                yield opened, found.end()
            quote = ""
        elif _takes_over(mark, quote) and _opens(text, found.start(), found.end()):
            quote, opened = mark, found.start()


def _takes_over(mark: str, quote: str) -> bool:
    """Say whether an opening mark counts: alone, or doubled marks over single ones."""
    if mark not in _CLOSERS:
        return False
    return not quote or mark == quote or (quote in _SINGLE and mark not in _SINGLE)


def inside(spans_: list[Span], length: int) -> bytearray:
    """Return one byte for each character, 1 where it stands inside a span.

    The last character of a span counts as outside, so that a stop behind a
    closing mark is a stop.

    >>> list(inside([(1, 4)], 5))
    [0, 1, 1, 0, 0]
    """
    covered = bytearray(length)
    for start, end in spans_:
        covered[start : end - 1] = b"\x01" * (end - 1 - start)
    return covered
