"""Adjectives from towns: "der Dresdner Zoo" is the Dresden zoo.

A small model takes their ending for one of English ("Krefelds church") or spells them as
they stand, in 248 of 622 places tried; the town itself it carries through as it does any
word told in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from summlib.text.datafiles import read_rows

_ADJECTIVE = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+er(?= (?P<noun>[A-ZÄÖÜ][\w-]*[a-zäöüß]))")
_NAME_BEFORE = re.compile(r"(?<!^)(?<![.?!:–-] )(?<![„“\"»«(])\b[A-ZÄÖÜ][\w-]* $")
"""A word written large is before it, and does not open a sentence: "Andreas Marburger sagt"."""

_NAMED = re.compile(
    r"(?:straße|allee|chaussee|zeitung|nachrichten|anzeigers?|rundschau|kuriers?|ta(?:ge|g)blatts?"
    r"|allgemeinen?|abendblatts?|morgenpost|volksblatts?|volksstimme|boten?)$"
    r"|^(?:platz|weg|ring|damm|presse)$",
    re.IGNORECASE,
)
"""Streets and newspapers keep their German names."""


@lru_cache(maxsize=1)
def _towns() -> dict[str, str]:
    return dict(row.split("\t") for row in read_rows("towns.de-en.tsv"))


def town_of(adjective: str) -> str:
    """Return the English name of the town that an adjective is made from, or an empty string.

    >>> town_of("Genfer"), town_of("Sprecher")
    ('Geneva', '')
    """
    return _towns().get(adjective, "") if adjective.endswith("er") else ""


def find_towns(sentence: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and English of the adjectives from towns that stand before their noun.

    Args:
        sentence: German, as given or prepared.

    >>> list(find_towns("Im Genfer Hafen und in der Genfer Straße"))
    [(3, 9, 'Geneva')]
    """
    for match in _ADJECTIVE.finditer(sentence):
        english = town_of(match[0])
        if not english or _NAMED.search(match["noun"]):
            continue
        if not _NAME_BEFORE.search(sentence[: match.start()]):
            yield match.start(), match.end(), english
