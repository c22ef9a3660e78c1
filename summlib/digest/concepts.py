"""What a sentence is about, as concepts that two languages share.

A content word becomes a concept with keys: its dictionary form, the English
words a dictionary gives for it, and, for a compound, its parts. Two words
mean the same when they share a key, so that "Stadtverwaltung" meets
"Verwaltung" and "Schule" meets "school". A common word weighs little, a name
or a rare word much. Without a dictionary stems have to do.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from summlib.adequacy import TranslationTable
from summlib.centrality import stem, stopwords
from summlib.comparison import Renderings
from summlib.digest.phrases import words
from summlib.text.compounds import Part, Splitter
from summlib.text.lexicon import Lexicon
from summlib.text.numberwords import classify, lexicon
from summlib.text.stems import CACHED_WORDS, english_stem
from summlib.text.units import unit_names

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_WHOLE, _HEAD, _PART = 1.0, 0.75, 0.3
"""What a shared key is worth: word with word, a word with the last part of a compound, which
says what it is ("Verwaltung" with "Stadtverwaltung"), anything with another part."""

_RENDERED = 0.9
"""What it is worth that an English word is among those by which human translators render a
German one: nearly a shared key, and now and then chance."""

_FEWEST, _MOST_RENDERINGS = 50, 16
"""Per cent in which the table's renderings of a word hold from which they tell something, and
their number from which they are a heap of those of its parts."""

_NAME, _UNKNOWN, _OTHER, _FORM = 1.0, 0.7, 0.5, 0.4
"""Weights of a word that the dictionary lacks: a name, another noun, the rest; English forms."""
_COMMONEST = 16  # bucket of a word seen 32,768 times and more; see text/lexicon.py
_LEAST = 0.15
_EVERYWHERE = 0.35
_ENDINGS = ("", "s", "es", "ed", "d", "ing")
_TITLES = ("herr", "frau", "dr", "prof", "mr", "mrs", "ms", "uhr", "nr", "ca")
_RAREST = 40  # keys of a sentence by which others like it are looked up


@dataclass(frozen=True, slots=True)
class Concept:
    """A content word by what it means.

    Args:
        word: As it stands in the sentence.
        start: Offset of its first character.
        keys: What it is called; any one of them shared means the same.
        heads: What its last part is called, for a compound.
        parts: What its other parts are called.
        english: For a German word the English ones that render it.
        itself: For an English word what it is called among these.
        weight: How much it tells, 0 to 1.
        noun: Whether it names something (a capital in German).
        name: Whether no dictionary has it.
    """

    word: str
    start: int
    keys: frozenset[str]
    heads: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    english: frozenset[str] = frozenset()
    itself: frozenset[str] = frozenset()
    weight: float = 1.0
    noun: bool = False
    name: bool = False


@dataclass(frozen=True, slots=True)
class Concepts:
    """The concepts of a stretch of text.

    Args:
        items: In the order of the text.
        keys: All their keys.
        heads: All their heads.
        parts: All their parts.
        english: All that renders any of them.
        itself: What all those that are English are called.
    """

    items: tuple[Concept, ...]
    keys: frozenset[str] = field(init=False)
    heads: frozenset[str] = field(init=False)
    parts: frozenset[str] = field(init=False)
    english: frozenset[str] = field(init=False)
    itself: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        none: frozenset[str] = frozenset()
        for name in ("keys", "heads", "parts", "english", "itself"):
            every = none.union(*[getattr(c, name) for c in self.items])
            object.__setattr__(self, name, every)

    @property
    def weight(self) -> float:
        """How much all of them tell."""
        return sum(c.weight for c in self.items)

    def within(self, start: int, end: int) -> Concepts:
        """Return the concepts that stand between two offsets."""
        return Concepts(tuple(c for c in self.items if start <= c.start < end))

    def joined(self, other: Concepts) -> Concepts:
        """Return the concepts of both."""
        return Concepts(self.items + other.items)

    def match(self, concept: Concept) -> float:
        """Return how surely one of these means the same as ``concept``, 0 to 1."""
        if not self.keys.isdisjoint(concept.keys):
            return _WHOLE
        if not (
            self.english.isdisjoint(concept.itself) and self.itself.isdisjoint(concept.english)
        ):
            return _RENDERED
        if not (self.heads.isdisjoint(concept.keys) and self.keys.isdisjoint(concept.heads)):
            return _HEAD
        own = concept.keys | concept.heads | concept.parts
        loose = self.parts.isdisjoint(own) and concept.parts.isdisjoint(self.keys | self.heads)
        return 0.0 if loose and self.heads.isdisjoint(concept.heads) else _PART


def coverage(said: Concepts, source: Concepts) -> float:
    """Return the share of what ``said`` tells that ``source`` tells as well, 0 to 1.

    >>> reader = ConceptReader()
    >>> a, b = reader.read("Das Bad schließt im Juni.", "de"), reader.read("Ein Bad im Mai", "de")
    >>> coverage(a, a), 0 < coverage(a, b) < 1
    (1.0, True)
    """
    total = said.weight
    if not total:
        return 0.0
    return matched(said, source) / total


def matched(said: Concepts, source: Concepts) -> float:
    """Return how much of what ``said`` tells ``source`` tells as well, in weight."""
    return sum(c.weight * source.match(c) for c in said.items)


class ConceptReader:
    """Finds the concepts of sentences.

    Args:
        lexicon: German words with their English; None to do with stems.
        table: Knows by which English words human translators rendered a German one.
    """

    def __init__(
        self, lexicon: Lexicon | None = None, table: TranslationTable | None = None
    ) -> None:
        self._lexicon, self._table = lexicon, table
        self._splitter = Splitter(self._part)
        self._seen: dict[tuple[str, bool, str], Concept] = {}
        self._english: dict[str, int] | None = None

    def read(self, sentence: str, lang: str) -> Concepts:
        """Return the concepts of a sentence.

        Args:
            sentence: On one line.
            lang: ``de`` or ``en``.
        """
        passed = _passed(lang)
        items = []
        for match in _WORD.finditer(sentence):
            word = match[0]
            if len(word) < 2 or word.lower() in passed or classify(word, lang):
                continue
            first = not sentence[: match.start()].strip(" \"'„“»«‚‘(–-")
            items.append(replace(self._concept(word, first, lang), start=match.start()))
        return Concepts(tuple(items))

    def _concept(self, word: str, first: bool, lang: str) -> Concept:
        key = (word, first, lang)
        if key not in self._seen:
            read = self._german if lang == "de" else self._of_english
            self._seen[key] = read(word, first)
        return self._seen[key]

    def _german(self, word: str, first: bool) -> Concept:
        entry = self._lexicon.lookup(word, first=first) if self._lexicon else None
        *parts, head = [_native(p.text) for p in self._splitter.parts(word)] or [""]
        heads = frozenset((head,)) if head else frozenset()
        english = self._renderings(word)
        if entry is None:
            unknown = self._lexicon is not None and not head and not english
            return Concept(
                word,
                0,
                frozenset((_native(word),)),
                heads,
                frozenset(parts),
                english,
                weight=_NAME if unknown else _UNKNOWN if word[0].isupper() else _OTHER,
                noun=word[0].isupper(),
                name=unknown and word[0].isupper(),
            )
        noun = entry.headword[:1].isupper()
        phrases = [t for t in (entry.translation, *entry.others[:2]) if t]
        meanings = {f"e:{stem(p, 'en')}" for p in phrases if " " not in p}
        several = [p.split() for p in phrases if " " in p]
        return Concept(
            word,
            0,
            frozenset((_native(word), _native(entry.headword), *meanings)),
            heads | {f"e:{stem(parted[-1], 'en')}" for parted in several},
            frozenset((*parts, *(f"e:{stem(w, 'en')}" for parted in several for w in parted[:-1]))),
            english,
            # A rare compound tells no more than one that no dictionary has.
            weight=min(_rarity(entry.bucket), _UNKNOWN if head else 1.0),
            noun=noun,
            name=noun and not phrases and not english,
        )

    def _renderings(self, word: str) -> frozenset[str]:
        """Return the English stems that render a German word, where that is known well."""
        found = self._table.renderings(word) if self._table else Renderings()
        if found.reliability < _FEWEST or len(found.all) > _MOST_RENDERINGS:
            return frozenset()
        return frozenset(f"t:{rendering}" for rendering in found.all)

    def _of_english(self, word: str, first: bool) -> Concept:
        base = word.removesuffix("’s").removesuffix("'s")
        key = f"e:{stem(base, 'en')}"
        bucket = self._bucket(base)
        name = word[0].isupper() and not first and bucket is None
        keys = frozenset((key, _native(base)) if word[0].isupper() else (key,))
        weight = _NAME if name else _FORM if bucket is None else _rarity(bucket)
        itself = frozenset((f"t:{english_stem(base)}",))
        return Concept(word, 0, keys, itself=itself, weight=weight, noun=True, name=name)

    def _bucket(self, word: str) -> int | None:
        """Return how common an English word is: as its commonest German counterpart."""
        if self._english is None:
            self._english = {}
            for entry in self._lexicon or ():
                for meaning in (entry.translation, *entry.others):
                    self._english[meaning] = max(entry.bucket, self._english.get(meaning, 0))
        found = [self._english[f] for f in _base_forms(word) if f in self._english]
        return max(found, default=None)

    def _part(self, headword: str) -> Part | None:
        if self._lexicon is None or headword not in self._lexicon:
            return None
        entry = self._lexicon.lookup(headword)
        return Part(headword, entry.translation, entry.bucket) if entry else None


def _rarity(bucket: int) -> float:
    return max(_LEAST, 1 - bucket / _COMMONEST)


def _base_forms(word: str) -> set[str]:
    """Return what may stand in a dictionary for an English word."""
    stems = {word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)}
    return {form for s in stems for form in (s, s + "e", s.lower(), s.lower() + "e")}


@lru_cache(maxsize=2)
def _passed(lang: str) -> frozenset[str]:
    """Return the words that tell nothing of a subject: function words, units, dates, titles."""
    counted = lexicon(lang)
    dated = (*counted["months"], *counted["months_beside_digits"], *counted["scales"])
    other = {w.lower() for w in (*unit_names(), *dated, *_TITLES)}
    return stopwords(lang) | words("attribution", "empty", lang) | other


@lru_cache(maxsize=CACHED_WORDS)
def _native(word: str) -> str:
    return f"d:{stem(word, 'de')}"


def weighted(sentences: Sequence[Concepts]) -> list[Concepts]:
    """Return the same sentences with words that stand in many of them weighing less.

    Args:
        sentences: All that is compared with each other.

    >>> reader = ConceptReader()
    >>> first, _ = weighted([reader.read(t, "de") for t in ("Die Ulmer Schule", "Ulmer Bad")])
    >>> first.items[0].weight < first.items[1].weight
    True
    """
    holders: Counter[str] = Counter()
    for concepts in sentences:
        holders.update({_least(c.keys) for c in concepts.items})
    total = math.log(1 + len(sentences))
    idf = {key: math.log(1 + len(sentences) / n) / total for key, n in holders.items()}
    return [Concepts(tuple(_reweighed(c, idf) for c in found.items)) for found in sentences]


def _reweighed(concept: Concept, idf: dict[str, float]) -> Concept:
    """Let a word that stands everywhere keep a third of its weight: it still tells something."""
    share = _EVERYWHERE + (1 - _EVERYWHERE) * idf[_least(concept.keys)]
    return replace(concept, weight=concept.weight * share)


def _least(keys: frozenset[str]) -> str:
    """Return one key that stands for all: the same word always has the same."""
    return min(keys)


def candidates(
    sentences: Sequence[Iterable[tuple[str, float]]], *, followed: int = 48, best: int = 16
) -> list[list[int]]:
    """Return for each sentence the earlier ones that share most with it.

    A key is followed only to the nearest sentences before, and a sentence by
    its most telling keys, so that the time grows with their number.

    Args:
        sentences: For each its keys with their weights.
        followed: How many earlier sentences a key is followed to.
        best: How many to return for each.

    >>> candidates([[("a", 1.0)], [("b", 1.0)], [("a", 1.0)]])
    [[], [], [0]]
    """
    holders: dict[str, list[int]] = {}
    found = []
    for number, keys in enumerate(sentences):
        shared: Counter[int] = Counter()
        for key, weight in sorted(keys, key=lambda k: (-k[1], k[0]))[:_RAREST]:
            earlier = holders.setdefault(key, [])
            for other in earlier[-followed:]:
                shared[other] += weight  # type: ignore[assignment]
            earlier.append(number)
        found.append([n for n, _ in sorted(shared.items(), key=lambda s: (-s[1], s[0]))[:best]])
    return found
