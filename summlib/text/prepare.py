"""Bring a German sentence into the form the bundled models read.

The same function runs over the training text and over every sentence that is
translated: numbers are written the English way before a model sees them, so
that a small model only has to copy digits, and quotation marks are plain.
"""

from __future__ import annotations

from functools import lru_cache

from summlib.text.numerals import anglicize_numbers

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
    """
    return plain(anglicize_numbers(sentence))
