"""Words that a translator left in German or garbled, for each thousand that it wrote.

A word of the output is in order when it is English (a list of common words,
the English side of the dictionary, names of places, or an inflection or
compound of these), or when it is a name of the source. What else stands in the
source was left untranslated; what stands nowhere was made up of pieces
("rator", "the algas"), as small models do with words they hardly know.

No list holds all of English, so words of the human reference are in order too
where there is one, and the figure of a good system on the same lines shows what
is still charged wrongly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summlib.text.datafiles import read_rows
from summlib.text.lexicon import Lexicon
from summlib.text.stems import CACHED_WORDS
from summlib.translator import LEXICON

_LISTS = ("common-words.en.txt", "starters.en.txt", "stopwords.en.txt", "abbreviations.en.txt")

_TOKEN = re.compile(r"(?<![\w@/.&])[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w@/]|\.\w)")
_LETTERS = re.compile(r"[^\W\d_]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_CONTRACTION = re.compile(r"(?:n['’]t|['’](?:s|m|re|ve|ll|d))$")
_ENDINGS = (
    *("s", "es", "ed", "d", "ing", "ly", "er", "ers", "or", "ors", "est", "ness"),
    *("less", "able", "ible", "ment", "ments", "al", "ally", "ity", "ize", "ized", "izing"),
    *("ise", "ised", "ising", "ization", "isation", "ion", "ions", "ive", "ful", "fully", "ish"),
    *("ist", "ists", "ism", "ian", "ians", "ship", "hood", "ward", "wards", "wise", "like", "th"),
)
_PREFIXES = (
    *("un", "re", "non", "pre", "over", "under", "mis", "dis", "inter", "sub", "co", "anti"),
    *("multi", "micro", "semi", "counter", "out", "in", "im", "ir", "self", "bio", "geo", "tele"),
)
_ACRONYM = 6
_SHORTEST_PART = 4


@dataclass(frozen=True, slots=True)
class Leftovers:
    """What was found in translations.

    Args:
        words: Words of the output.
        untranslated: Those left in German, as they stand.
        garbled: Those of no language, as they stand.
    """

    words: int
    untranslated: tuple[str, ...]
    garbled: tuple[str, ...]

    @property
    def per_thousand(self) -> float:
        """Return both kinds together for each thousand words."""
        return 1000 * (len(self.untranslated) + len(self.garbled)) / max(1, self.words)

    def __str__(self) -> str:
        return (
            f"{self.per_thousand:.1f} per 1,000 words "
            f"({len(self.untranslated)} untranslated, {len(self.garbled)} garbled of {self.words})"
        )


class WordJudge:
    """Tell English words, names of the source and everything else apart.

    Args:
        lexicon: The dictionary.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.english = _english_words() | {
            word
            for entry in lexicon
            for translation in (entry.translation, *entry.others)
            for word in re.split(r"[^\w]+", translation.lower())
        }
        self._judged: dict[str, bool] = {}

    @classmethod
    def open(cls, model: Path) -> WordJudge:
        """Use the dictionary of a model's folder."""
        return cls(Lexicon.open(model / LEXICON))

    def judge(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        references: Sequence[str] | None = None,
    ) -> Leftovers:
        """Go through translations.

        Args:
            sources: German lines.
            targets: Their translations.
            references: Human translations, whose words are in order.
        """
        count = 0
        untranslated: list[str] = []
        garbled: list[str] = []
        given = references if references is not None else [""] * len(sources)
        for source, target, reference in zip(sources, targets, given, strict=True):
            ours, theirs = _parts(source), _parts(reference)
            for word in _TOKEN.findall(target):
                count += 1
                base = _fold(_POSSESSIVE.sub("", word))
                if base in theirs or self.is_english(word) or self._is_name(word, base, ours):
                    continue
                (untranslated if base in ours else garbled).append(word)
        return Leftovers(count, tuple(untranslated), tuple(garbled))

    def is_english(self, word: str) -> bool:
        """Tell whether a word is English, as far as lists and endings can say.

        >>> WordJudge(Lexicon({})).is_english("abandoned")
        True
        """
        lower = _CONTRACTION.sub("", word.lower()) or word
        if lower not in self._judged:
            self._judged[lower] = self._derived(lower) or self._compound(lower)
        return self._judged[lower] or (word.isupper() and len(word) <= _ACRONYM)

    def _derived(self, word: str, *, deeper: bool = True) -> bool:
        if len(word) < 3 or word in self.english:
            return True
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 3:
                stem = word[: len(word) - len(ending)]
                doubled = stem[:-1] if stem[-1] == stem[-2] else stem
                changed = stem[:-1] + "y" if stem.endswith("i") else stem
                if not self.english.isdisjoint((stem, f"{stem}e", doubled, changed, f"{stem}y")):
                    return True
                if deeper and self._derived(stem, deeper=False):
                    return True
        rests = (word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + 3)
        return deeper and any(self._derived(rest, deeper=False) for rest in rests)

    def _compound(self, word: str) -> bool:
        """Tell whether two words were written as one: waterproof, railway."""
        cuts = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        return any(word[:i] in self.english and self._derived(word[i:], deeper=False) for i in cuts)

    def _is_name(self, word: str, base: str, ours: set[str]) -> bool:
        """Tell whether a word is copied from the source as a name may be.

        A word with a capital that the dictionary translates, as a whole or by
        its parts, is none; so a few names that look like compounds are charged.
        """
        if base not in ours or not word[0].isupper():
            return False
        entry = self.lexicon.gloss(_POSSESSIVE.sub("", word))
        return word.isupper() or entry is None or entry.translation in ("", entry.headword)


def _parts(source: str) -> set[str]:
    """Return the words of a line and the parts of those with hyphens, folded."""
    return {_fold(part) for part in _LETTERS.findall(source)}


@lru_cache(maxsize=CACHED_WORDS)
def _fold(word: str) -> str:
    table = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'"})
    return word.lower().translate(table)


@lru_cache(maxsize=1)
def _english_words() -> frozenset[str]:
    """Return what the package's English lists hold, place names included."""
    found: set[str] = set()
    for name in _LISTS:
        for row in read_rows(name):
            found.update(re.findall(r"[^\W\d_]+", row.lower()))
    for row in read_rows("names.de-en.tsv"):
        found.update(re.findall(r"[^\W\d_]+", row.partition("\t")[2].lower()))
    return frozenset(found)
