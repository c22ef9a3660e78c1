"""Split a sentence that is too long for a model, at the marks between clauses."""

from __future__ import annotations

import re

_MARKS = tuple(re.compile(p) for p in (r"(?<=[;:]) ", r"(?<= [–—-]) ", r"(?<=,) ", r" "))


def split_clauses(sentence: str, *, max_chars: int) -> list[str]:
    """Cut a sentence into parts, at the strongest marks that suffice.

    Semicolons and colons come first, then dashes, commas, and spaces last; a
    word longer than a part is cut by force. Joining the parts with a space
    gives the sentence's words again.

    Args:
        sentence: One sentence.
        max_chars: Most characters of a part, 1 or more.

    >>> split_clauses("Er kam, sah und siegte; dann ging er.", max_chars=25)
    ['Er kam, sah und siegte;', 'dann ging er.']
    """
    parts = [sentence]
    for mark in _MARKS:
        parts = [piece for part in parts for piece in _cut(part, mark, max_chars)]
    return [part[i : i + max_chars] for part in parts for i in range(0, len(part), max_chars)]


def _cut(part: str, mark: re.Pattern[str], max_chars: int) -> list[str]:
    if len(part) <= max_chars:
        return [part]
    pieces: list[str] = []
    for piece in mark.split(part):
        if pieces and len(pieces[-1]) + 1 + len(piece) <= max_chars:
            pieces[-1] += " " + piece
        else:
            pieces.append(piece)
    return pieces
