"""Where a text starts anew: blank lines, list items, headings.

A line break inside hard-wrapped prose means nothing; one that was made on
purpose ends a sentence. The width of the paragraph tells which is which: the
writer broke on purpose where the next word would have fitted on the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from summlib.text.tables import WordTables

BULLETS = "•⁃●▪◦‣■►*"
_MARKER = re.compile(
    rf"(?:[{BULLETS}]\s*|[-–—]\s+)?(?:\(?(?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{1,5}})[.)]{{1,2}}\s+)?"
)
_CLAUSE_END = re.compile(r"[.!?:;…][\"”“’‘»«)\]]*$")
_OPEN_END = re.compile(r"[,\-–—&/(]$")
_LAST_WORD = re.compile(r"([^\W\d_]+)$")
_NUMBER = re.compile(r"\d+")
_COUNTED = re.compile(r"([^\W\d_]{1,20}) (\d{1,3})[:.)] ")
_FIRST_WORD = re.compile(r"\S+")
# Prose is wrapped at 60 to 100 characters; a longer line was not wrapped.
_WIDEST_WRAP = 160
# The share of the width up to which a line counts as ended early.
_EARLY = 0.8

Line = tuple[int, int]


def _lines(text: str) -> Iterator[Line]:
    """Yield each line's first and last visible character, blank ones as empty spans."""
    position = 0
    for line in text.splitlines(keepends=True):
        lead = len(line) - len(line.lstrip())
        yield position + lead, position + max(lead, len(line.rstrip()))
        position += len(line)


def _paragraphs(text: str) -> Iterator[list[Line]]:
    """Yield the lines of each stretch between blank lines."""
    gathered: list[Line] = []
    for start, end in _lines(text):
        if start < end:
            gathered.append((start, end))
        elif gathered:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _marker(line: str) -> str:
    """Return the list marker that a line opens with, empty for none."""
    found = _MARKER.match(line)
    return found[0].strip() if found else ""


def _broken_early(line: str, following: str, width: int) -> bool:
    """Say whether the next word would have fitted on the line."""
    if width > _WIDEST_WRAP:
        return True
    word = _FIRST_WORD.match(following)
    return len(line) + 1 + (len(word[0]) if word else 0) <= _EARLY * width


def _item_starts(line: str, following: str, early: bool, words: WordTables) -> bool:
    """Say whether ``following`` is a list item and not prose such as "20. September"."""
    marker = _marker(following)
    if not marker:
        return False
    if marker[0] in BULLETS:
        return True
    before = _marker(line)
    if marker[0].isdigit() and before[:1].isdigit():
        return int(_NUMBER.findall(marker)[0]) == int(_NUMBER.findall(before)[0]) + 1
    return bool(before or _CLAUSE_END.search(line)) or (early and not _unfinished(line, words))


def _counts_on(line: str, following: str) -> bool:
    """Say whether two lines are entries of an agenda: ``TOP 1: Gebühren``, ``TOP 2: Bau``."""
    before, now = _COUNTED.match(line), _COUNTED.match(following)
    return bool(before and now and before[1] == now[1] and int(now[2]) == int(before[2]) + 1)


def _unfinished(line: str, words: WordTables) -> bool:
    """Say whether a line ends in a word that needs something after it."""
    last = _LAST_WORD.search(line)
    return bool(last and last[1].lower() in words.unfinished)


def _starts_anew(line: str, following: str, width: int, words: WordTables) -> bool:
    """Say whether the break between two lines ends a sentence."""
    early = _broken_early(line, following, width)
    if _item_starts(line, following, early, words) or _counts_on(line, following):
        return True
    if following[0].islower() or _OPEN_END.search(line) or len(line) < 3:
        return False
    return early and not _unfinished(line, words)


def blocks(text: str, words: WordTables) -> Iterator[Line]:
    """Yield the spans that no sentence crosses, in order, white space trimmed.

    Args:
        text: Any text.
        words: The tables of its language.

    >>> from summlib.text.tables import word_tables
    >>> text = "Titel\\n\\nEin Satz,\\nder weitergeht."
    >>> [text[start:end] for start, end in blocks(text, word_tables("de"))]
    ['Titel', 'Ein Satz,\\nder weitergeht.']
    """
    for lines in _paragraphs(text):
        width = max(end - start for start, end in lines)
        opened = lines[0][0]
        for (start, end), (after, after_end) in pairwise(lines):
            if _starts_anew(text[start:end], text[after:after_end], width, words):
                yield opened, end
                opened = after
        yield opened, lines[-1][1]
