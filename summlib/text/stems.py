"""Keys that the forms of a word share, for looking up what belongs together.

A key is for comparing, not for reading: it may be no word, and now and then
two words share one. Umlauts are folded because they come and go with the
plural, British and American spellings fall together.
"""

from __future__ import annotations

import re
from functools import lru_cache

CACHED_WORDS = 1 << 11
"""Words of which a function remembers its result. New words never end (names, numbers, compounds),
so this bounds what a long run takes: some 0.6 MB a function. Functions that see a word or two of a
document went on filling for ten thousand documents at 1 << 13. Of the words of 600 press releases,
69 % are found (82 % at 1 << 13); a miss costs a microsecond or two."""

_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_CASES = re.compile(r"(?<=....)s$|(?<=...)(?:e[nmrs]?|ern|n)$")
_PERSONS = re.compile(r"(?<=....)(?:e?s?t|end)$")
_ENGLISH = (
    ("ies", "y"),
    ("ied", "y"),
    ("ings", ""),
    ("ing", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
)
_TRE = re.compile(r"(?<=..)tre(?=s?$)")
_ISE = re.compile(r"(?<=...)is(?=e$|i|ation|$)")


@lru_cache(maxsize=CACHED_WORDS)
def german_stem(word: str) -> str:
    """Return a key that the inflected forms of a German word share.

    Derived words keep keys of their own: "Zeitung" is no form of "Zeit".

    >>> german_stem("Häuser") == german_stem("Hauses"), german_stem("Zeitung")
    (True, 'zeitung')
    """
    folded = word.lower().translate(_FOLD)
    return _PERSONS.sub("", _CASES.sub("", folded))


@lru_cache(maxsize=CACHED_WORDS)
def english_stem(word: str) -> str:
    """Return a key that the regular forms of an English word share, British or American.

    >>> english_stem("centres") == english_stem("center"), english_stem("planned")
    (True, 'plan')
    """
    word = _TRE.sub("ter", word.lower())
    for ending, rest in _ENGLISH:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    word = word.replace("our", "or")
    return _ISE.sub("iz", word).removesuffix("e")
