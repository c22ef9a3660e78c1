"""Verbs whose English is told to the model, since it is known to miss them.

Verbs that stand in the training text some hundred times are still lost or
mistaken by a small model, above all those that leave a particle at the end of the
clause: "zurückgewiesen", "ausschied", "umstellte". Those that mean one thing in
the news are listed with their English, and a hint behind them names it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import lru_cache

from summlib.text.compounds import lemmas, strong_infinitives
from summlib.text.datafiles import read_rows
from summlib.text.lexicon import Hint
from summlib.text.stems import CACHED_WORDS

_PARTICIPLE, _INFINITIVE = re.compile("ge"), re.compile("zu")
"""What stands inside of them: "ausgebaut", "auszubauen"."""

_ENDING = re.compile(r"e?n|e|e?st|e?t(?:e[nrstm]?|est|et)?")
_OF_PARTICIPLE, _OF_INFINITIVE = re.compile(r"e?t(?:e[nrsm]?)?"), re.compile(r"e?n")
"""No -end: "umgehend" is another word, and so is "stärkere"."""

_WORD = re.compile(r"(?<![\w⟨-])[a-zäöüß]{5,}(?![\w-])")


RARE = 4
"""Largest bucket of a verb that is told from the first decoding: up to 15 occurrences."""


@lru_cache(maxsize=1)
def _verbs() -> Mapping[str, tuple[str, int]]:
    """Return infinitives with their English and their bucket."""
    split = (row.split("\t") for row in read_rows("verbs.de-en.tsv"))
    return {infinitive: (english, int(bucket)) for infinitive, english, bucket in split}


def verb_hints(sentence: str, *, rare: int = RARE) -> list[Hint]:
    """Return what to tell of the verbs of a prepared sentence, left to right.

    Args:
        sentence: Its separable verbs joined (``summlib.text.prepare``).
        rare: Largest bucket of a verb to tell, 0 to 20; -1 for none.

    >>> [hint.translation for hint in verb_hints("Der Rat zurückwies den Antrag.", rare=20)]
    ['reject']
    """
    found = ((match, _listed(match[0])) for match in _WORD.finditer(sentence))
    return [Hint(m.start(), m.end(), e[0]) for m, e in found if e and e[1] <= rare]


def verb_gloss(word: str) -> str:
    """Return the English lemma of a listed verb in any of its forms, or an empty string.

    >>> verb_gloss("zurückgewiesen"), verb_gloss("Haus")
    ('reject', '')
    """
    found = _listed(word) if word.islower() else None
    return found[0] if found else ""


def listed_verb(word: str) -> str:
    """Return the infinitive of a listed verb in any of its forms, or an empty string.

    >>> listed_verb("zurückgewiesen"), listed_verb("schön")
    ('zurückweisen', '')
    """
    return _infinitive(word) if word.islower() else ""


def _listed(word: str) -> tuple[str, int] | None:
    return _verbs().get(_infinitive(word))


_OTHERS = frozenset(
    ("schade", "mildere", "milderen", "gefallen", "trübe", "trüben", "reife", "reifen")
)
"""Look like forms of listed verbs and are other words nearly always."""


@lru_cache(maxsize=CACHED_WORDS)
def _infinitive(word: str) -> str:
    return infinitive_among(word, _verbs())


def infinitive_among(word: str, verbs: Container[str]) -> str:
    """Return which of some infinitives a word is a form of, an empty string if none.

    >>> infinitive_among("ausgeschieden", {"ausscheiden"})
    'ausscheiden'
    """
    if word in _OTHERS:
        return ""
    listed = [lemma for lemma in dict.fromkeys(lemmas(word)) if lemma in verbs]
    if not listed:
        return ""
    strong = [v for v in strong_infinitives(word) if v in verbs]  # "geborgen" is not of "borgen"
    return next((v for v in (*strong, *listed) if v in strong or _is_regular(word, v)), "")


def _is_regular(word: str, infinitive: str) -> bool:
    """Tell a form by its stem: "schön" is none of "schonen", nor "trotz" of "trotzen"."""
    stem = infinitive.removesuffix("n").removesuffix("e")
    forms = [(word, _ENDING)]
    for infix, ending in ((_PARTICIPLE, _OF_PARTICIPLE), (_INFINITIVE, _OF_INFINITIVE)):
        forms += [(word[: m.start()] + word[m.end() :], ending) for m in infix.finditer(word)]
    return any(f.startswith(stem) and ending.fullmatch(f[len(stem) :]) for f, ending in forms)
