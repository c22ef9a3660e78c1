"""Sentences of German and English text with their offsets.

Every full stop, exclamation or question mark is a candidate; the words on
both sides of it decide (``stops``). Quotations and brackets are kept whole
(``quotations``); blank lines, list items and headings always separate
(``paragraphs``). The work is linear in the length of the text: every look to
the left or right is bounded.

The idea of weighing a stop's neighbours by counts from raw text is that of
Kiss and Strunk, Unsupervised Multilingual Sentence Boundary Detection (2006).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

from summlib.errors import InputError
from summlib.records import Sentence
from summlib.text import english, german, paragraphs, quotations
from summlib.text.stops import Stop, ends_sentence

_LANGUAGES = {"de": german, "en": english}
_LOOK_BACK = 60
_LOOK_AHEAD = 60
# A quotation up to this length inside a clause is a title ("Wer wird Millionär?").
_TITLE = 60

_STOP = re.compile(r"[.!?…‼⁇⁈⁉](?:[ \xa0]?[.!?…‼⁇⁈⁉])*|[。！？．]+")
_EMOJI = r"[\U0001F000-\U0001FAFF☀-➿\uFE0F\u200D]"
_CLOSERS = re.compile(
    r"[\"”“’‘»«'›‹)\]}*_]*(?:\[\w{1,4}\])*[¹²³⁰⁴-⁹]*"
    rf"(?:[ \xa0]?{_EMOJI}{{1,20}}(?=\s|$)){{0,9}}"
)
_FOOTNOTE = re.compile(r"\d{1,3}(?=\s+[^\W\d_])")
_GAP = re.compile(r"[\s\u200b\ufeff]*")
_OPENERS = re.compile(r"[–—\-„\"“”»«›‹‚‘'’(\[{¿¡…*_ \xa0]{0,9}")
_WORD = re.compile(r"[#@§]|[^\W_][\w'’-]{0,40}")
_ITEM = re.compile(r"(?:(?<=\s)|^)\(?([a-z]|\d{1,2})\)\s|(?<=\s)([•⁃●▪◦‣■►])")

Span = tuple[int, int]


def split_sentences(text: str, lang: str = "de") -> list[Sentence]:
    """Split a text into sentences.

    ``text[s.start:s.end] == s.text`` for every sentence; sentences are in
    order, do not overlap, have no white space around them, and together hold
    every visible character. A single line break inside wrapped prose does not
    end a sentence, a blank line always does.

    Args:
        text: Any text, of any length.
        lang: ``de`` or ``en``.

    Raises:
        InputError: If the language is not one of the two.

    >>> for s in split_sentences("Das kostet ca. 5 Mio. Euro. „Wirklich?“, fragte sie."):
    ...     str(s)
    'Das kostet ca. 5 Mio. Euro.'
    '„Wirklich?“, fragte sie.'
    """
    if lang not in _LANGUAGES:
        raise InputError(f"cannot split sentences of language {lang!r}; known are 'de' and 'en'")
    language = _LANGUAGES[lang]
    return [
        Sentence(text[start:end], start, end)
        for first, last in paragraphs.blocks(text, language.words())
        for start, end in _spans(text[first:last], first, language)
    ]


def _spans(block: str, offset: int, language: ModuleType) -> Iterator[Span]:
    """Yield the sentences of a block as spans of the whole text.

    A piece without a letter or figure is no sentence; it stays with its neighbour.
    """
    opened, closed, start = 0, 0, 0
    for cut in [*_cuts(block, language), len(block)]:
        piece = block[start:cut].rstrip()
        if any(map(str.isalnum, piece)) and closed and _has_word(block, opened, closed):
            yield offset + opened, offset + closed
            opened = start
        closed, start = start + len(piece), cut
    yield offset + opened, offset + closed


def _has_word(block: str, start: int, end: int) -> bool:
    """Say whether the stretch holds a letter or figure."""
    return any(map(str.isalnum, block[start:end]))


def _cuts(block: str, language: ModuleType) -> Iterator[int]:
    """Yield where each sentence of a block begins, the first left out."""
    quoted = list(quotations.spans(block, language.MAX_QUOTATION))
    covered = quotations.inside(quoted, len(block))
    begun = {end: start for start, end in quoted}
    caseless = not any(map(str.isupper, block))
    items = [*_item_cuts(block), len(block)]
    start, item = 0, 0
    for found in _STOP.finditer(block):
        while items[item] <= found.start():
            start = items[item]
            yield start
            item += 1
        closed = _closed(block, found.end())
        if covered[closed - 1]:
            continue
        following = _past(_GAP, block, closed)
        if following == len(block):
            break
        if items[item] == following:
            continue
        stop = _stop(block, start, found, closed, following, caseless, begun)
        if ends_sentence(stop, language):
            start = following
            yield start
    yield from (cut for cut in items[item:-1])


def _past(pattern: re.Pattern[str], block: str, position: int) -> int:
    """Return where a pattern that may match nothing ends."""
    found = pattern.match(block, position)
    return found.end() if found else position


def _closed(block: str, end: int) -> int:
    """Return the end of what belongs to a mark: closing marks, footnote, emoji."""
    closed = _past(_CLOSERS, block, end)
    before = block[end - 2 : end - 1]
    if closed == end and block[end - 1] == "." and (before.isalpha() or before in ')]"”“'):
        closed = _past(_FOOTNOTE, block, end)
    return closed


def _item_cuts(block: str) -> Iterator[int]:
    """Yield where the later items of a list within a line begin: ``a) ... b) ...``."""
    expected = ""
    for found in _ITEM.finditer(block):
        if found[2]:
            yield found.start()
        elif found.start() == 0 and found[1] in "a1":
            expected = _next_item(found[1])
        elif expected and found[1] == expected:
            yield found.start()
            expected = _next_item(expected)


def _next_item(item: str) -> str:
    """Return what counts on from ``a`` or ``1``."""
    return str(int(item) + 1) if item.isdigit() else chr(ord(item) + 1)


def _embedded(block: str, end: int, closed: int, begun: dict[int, int]) -> bool:
    """Say whether a mark ends a quoted title, such as a film's, inside a clause."""
    for position in range(end + 1, closed + 1):
        start = begun.get(position, -1)
        if start > 0 and block[start] not in "([" and position - start <= _TITLE:
            return block[max(0, start - 2) : start].strip()[-1:].isalnum()
    return False


def _stop(
    block: str,
    start: int,
    mark: re.Match[str],
    closed: int,
    following: int,
    caseless: bool,
    begun: dict[int, int],
) -> Stop:
    """Gather the neighbours of a mark."""
    left = max(start, mark.start() - _LOOK_BACK)
    opening = _past(_OPENERS, block, following) if following > closed else following
    word = _WORD.match(block, opening)
    return Stop(
        head=block[start : start + 5],
        left=block[left : mark.start()],
        whole=left == start,
        mark=mark[0],
        embedded=_embedded(block, mark.end(), closed, begun),
        gap=block[closed:following],
        word=word[0] if word else "",
        ahead=block[following : following + _LOOK_AHEAD],
        caseless=caseless,
    )
