"""Bring a German sentence into the form the bundled models read.

The same function runs over the training text and over every sentence that is
translated: numbers are written the English way before a model sees them, so
that a small model only has to copy digits, quotation marks are plain, and
verbs have the particle that they left at the end of the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from summlib.records import Span
from summlib.text.numerals import anglicize_numbers
from summlib.text.separable import join_separated
from summlib.text.spoken import write_digits

RESERVED = "⟨⟩⟪⟫"
"""Characters that the vocabulary gives a meaning of its own (hints, tags)."""

_QUOTES = {ord(c): '"' for c in "„“”‟«»"} | {ord(c): "'" for c in "‚‘’‛‹›`´"}
_BRACKETS = {ord(c): s for c, s in zip(RESERVED, "()()", strict=True)}
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])


@lru_cache(maxsize=1)
def _table() -> dict[int, str | None]:
    return {**_QUOTES, **_BRACKETS, **_INVISIBLE, 0xA0: " ", 0x202F: " ", 0x2009: " "}


def plain(text: str) -> str:
    """Make quotation marks plain, drop invisible characters, fold white space.

    >>> plain("„So  nicht“, sagte er.")
    '"So nicht", sagte er.'
    """
    return " ".join(text.translate(_table()).split())


def prepare(sentence: str) -> str:
    """Return a German sentence as the translation model reads it.

    >>> prepare("Es kostet 1.234,5 Euro, „viel“.")
    'Es kostet 1,234.5 Euro, "viel".'
    >>> prepare("Sie kündigten den Vertrag zum 1. Mai auf.")
    'Sie aufkündigten den Vertrag zum 1 Mai.'
    """
    return join_separated(plain(anglicize_numbers(write_digits(sentence))))


def prepare_around(sentence: str, spans: Sequence[Span]) -> tuple[str, list[Span]]:
    """Prepare a sentence and leave some stretches of it as they are.

    Args:
        sentence: A German sentence.
        spans: What stays, in order and without overlap: code, addresses. Those
            past the thousandth are prepared as well.

    Returns:
        The prepared sentence, and where the stretches stand in it.

    >>> prepare_around("Mit `a+1,5` um „1,5“.", [Span(4, 11)])
    ('Mit `a+1,5` um "1.5".', [Span(start=4, end=11)])
    """
    spans = spans[:1000]
    signs = _unused(sentence, len(spans))
    parts, done = [], 0
    for span, sign in zip(spans, signs, strict=True):
        parts += [sentence[done : span.start], sign]
        done = span.end
    text = prepare("".join([*parts, sentence[done:]]))
    places = []
    for span, sign in zip(spans, signs, strict=True):
        start, original = text.index(sign), span.of(sentence)
        text = text[:start] + original + text[start + 1 :]
        places.append(Span(start, start + len(original)))
    return text, places


def _unused(sentence: str, count: int) -> str:
    """Return characters for private use that the sentence does not have."""
    free = (c for c in map(chr, range(0xE000, 0xF900)) if c not in sentence)
    return "".join(islice(free, count))
