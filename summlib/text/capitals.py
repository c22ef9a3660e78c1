"""Capitals of English names that a small model writes in small letters: "in sicily", "the elbe".

The dictionary tells what a German name is in English; where the translation holds that in small
letters, it gets its capital.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from summlib.text.lexicon import Entry

SHORTEST = 4
"""Letters of a name from which it is no other word by chance: "May" is also "may"."""

_WORDS = frozenset(
    (
        *(
            "march",
            "august",
            "turkey",
            "china",
            "polish",
            "bill",
            "mark",
            "rose",
            "windows",
            "lord",
        ),
        *("east", "west", "north", "south", "cologne", "nice", "reading", "bath", "apple", "word"),
    )
)
"""English words that are names with a capital as well."""

_NAME = re.compile(r"(?<![\w-])[A-ZÄÖÜ][\wäöüß]{3,}")


def restore_capitals(text: str, *, source: str, lookup: Callable[[str], Entry | None]) -> str:
    r"""Return an English text with the capitals of the names that its source holds.

    Args:
        text: The translation of ``source``.
        source: A German sentence.
        lookup: Returns what a dictionary has for a German word.

    >>> sicily = Entry("Sizilien", "Sicily", 4)
    >>> restore_capitals("in sicily", source="auf Sizilien", lookup=lambda word: sicily)
    'in Sicily'
    """
    lower = text.lower()
    for match in _NAME.finditer(source):
        entry = lookup(match[0])
        name = entry.translation if entry else ""
        small = name.lower()
        if small not in lower or not _is_name(name) or small in _WORDS or name in text:
            continue
        text = re.sub(rf"(?<![\w.@/-]){small}(?=(?:s|'s)?(?![\w@/-]|\.\w))", name, text)
    return text


def _is_name(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word[0].isupper() and word[1:].islower()
