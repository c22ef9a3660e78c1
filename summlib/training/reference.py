"""Find translations of single words in a human translation, in whatever form they stand there."""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.lexicon import Entry

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 18)
def english_stem(word: str) -> str:
    """Return a key that the regular forms of an English word share, British or American.

    >>> english_stem("centres") == english_stem("center"), english_stem("planned")
    (True, 'plan')
    """
    word = word.lower()
    for ending, rest in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            word = word[: len(word) - len(ending)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    word = word.replace("our", "or").replace("isation", "ization")
    word = re.sub(r"tre$|ter$", "tr", word)
    word = re.sub(r"is$|iz$|ise$|ize$", "iz", word)
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


class Reference:
    """The English side of a pair, to ask whether a translation stands in it."""

    def __init__(self, text: str) -> None:
        self.words = _WORD.findall(text)
        self.stems = [english_stem(word) for word in self.words]
        self._places: dict[str, int] = {}
        for i, key in enumerate(self.stems):
            self._places.setdefault(key, i)

    def find(self, translation: str) -> tuple[int, int] | None:
        """Return where the words of ``translation`` stand, in any form, in their order."""
        keys = _keys(translation)
        first = self._places.get(keys[0], -1) if keys else -1
        if first < 0:
            return self._resembling(keys[0]) if len(keys) == 1 else None
        for start in range(first, len(self.stems)):
            if self.stems[start : start + len(keys)] == list(keys):
                return start, start + len(keys)
        return None

    def agreed(self, entry: Entry, word: str) -> str:
        """Return the translation of ``word`` that stands here, spelled as here, or nothing."""
        for translation in (entry.translation, *entry.others):
            place = self.find(translation)
            if place is not None and translation != word:
                return self.spelled(translation, place)
        return ""

    def spelled(self, translation: str, place: tuple[int, int]) -> str:
        """Return the lemma in the spelling of the place, British or American.

        >>> Reference("one computing centre").spelled("computing center", (1, 3))
        'computing centre'
        """
        spelled = translation
        for word, other in zip(_WORD.findall(translation), self.words[slice(*place)], strict=False):
            if (
                abs(len(word) - len(other)) < 2
                and word[-2:] != other[-2:]
                and other[-1] not in "sdg"
            ):
                same = english_stem(word) == english_stem(other)
                spelled = spelled.replace(word, other) if same else spelled
        return spelled

    def _resembling(self, key: str) -> tuple[int, int] | None:
        """Find an irregular form by its beginning: four letters and most of the word."""
        if len(key) >= 5:
            share = max(4, len(key) - 2)
            for i, other in enumerate(self.stems):
                if other[:share] == key[:share] and abs(len(other) - len(key)) <= 3:
                    return i, i + 1
        return None


@lru_cache(maxsize=1 << 18)
def _keys(translation: str) -> tuple[str, ...]:
    return tuple(english_stem(word) for word in _WORD.findall(translation))
