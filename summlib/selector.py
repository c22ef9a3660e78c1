"""Which sentences carry a document.

Sentences are taken by salience, less what they repeat of those already taken
(maximal marginal relevance), until the length asked for is met as nearly as
whole sentences can. A sentence that leans on the one before ("Er", "Dazu",
"This") waits until that one is taken, unless it matters far more than others.

What is to be translated is ranked once and picked from twice: first somewhat
more than the budget, then, when it is known how well each came out, those that
both matter and can be trusted.

Source: Carbonell and Goldstein (1998) for maximal marginal relevance.
"""

from __future__ import annotations

import heapq
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from summlib.coherence import is_report, leaning
from summlib.errors import InputError
from summlib.records import Sentence
from summlib.salience import Described, describe, finished, salience

Unit = Literal["words", "sentences", "percent", "named"]

_REPEAT = 3.0  # units of salience that a full repetition costs; 2 to 6 scored alike on dev
_TOO_ALIKE = 0.7  # cosine from which a sentence is taken as said already
_LEANS = {"anaphora": 3.0, "connector": 0.25, "": 0.0}
ENOUGH = 0.8  # share of the budget from which no lesser sentence is sought to fill the rest
_FILLER = 8  # words; below, a sentence that only fills the rest says hardly anything
_NO_STATEMENT = 8.0  # headings, questions, the title itself: more than any salience makes good
_REPORT = 3.0  # who told it is the least of the news
_SHORTEST = 4  # words; "Warum nicht." says nothing by itself


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a summary may be.

    A named length is a base number of words that grows slowly with the
    document: a book's summary needs more room than a news item's.

    Args:
        amount: Number of words or sentences, or per cent of the document's words.
        unit: What ``amount`` counts; ``named`` for words that grow.
    """

    amount: float
    unit: Unit

    def words(self, document_words: int) -> float:
        """Return the number of words to aim at, infinite when sentences are counted.

        A named length never asks for more than half of the document.

        Args:
            document_words: Number of words of the document, by white space.

        >>> Budget(20, "percent").words(600)
        120.0
        >>> parse_length("short").words(600), parse_length("medium").words(100)
        (55.0, 50.0)
        """
        if self.unit == "sentences":
            return float("inf")
        if self.unit == "percent":
            return self.amount * document_words / 100
        if self.unit == "words":
            return self.amount
        growth: float = max(1.0, document_words / _GROWS_FROM) ** _GROWTH
        return min(self.amount * growth, max(document_words / 2, 1))

    def times(self, factor: float) -> Budget:
        """Return a budget so many times as large.

        >>> Budget(50, "words").times(1.5)
        Budget(amount=75.0, unit='words')
        """
        amount = self.amount * factor
        if self.unit == "percent":
            return replace(self, amount=min(100.0, amount))
        return replace(self, amount=math.ceil(amount) if self.unit == "sentences" else amount)

    @property
    def sentences(self) -> float:
        """The number of sentences to take at most, infinite when words are counted."""
        return self.amount if self.unit == "sentences" else float("inf")


_NAMED = {"short": 55, "medium": 120, "long": 250}
_GROWS_FROM, _GROWTH = 2000, 0.2  # words; 10,000 words get 1.4 times the base, 100,000 2.2 times


@lru_cache(maxsize=1)
def _length() -> re.Pattern[str]:
    return re.compile(r"(\d+(?:\.\d+)?)\s*(%|percent|words?|sentences?)")


def parse_length(length: str | Budget) -> Budget:
    """Read a length such as ``short``, ``20%``, ``80 words`` or ``3 sentences``.

    Args:
        length: ``short`` (about 55 words), ``medium`` (120), ``long`` (250), a
            share of the document, or a number of words or sentences.

    Raises:
        InputError: If the length cannot be read or is not above zero.

    >>> parse_length("80 words"), parse_length("20 %").unit
    (Budget(amount=80.0, unit='words'), 'percent')
    """
    if isinstance(length, Budget):
        return length
    said = str(length).strip().lower()
    if said in _NAMED:
        return Budget(_NAMED[said], "named")
    found = _length().fullmatch(said)
    amount = float(found[1]) if found else 0.0
    unit: Unit = "percent"
    if found and found[2].startswith(("word", "sentence")):
        unit = "words" if found[2].startswith("word") else "sentences"
    whole = unit == "percent" or amount == int(amount)
    if not whole or not 0 < amount <= (100 if unit == "percent" else 10**9):
        raise InputError(
            f"length {length!r} cannot be read; give short, medium, long, a share such as "
            "20% (up to 100%), or a number such as '80 words' or '3 sentences'"
        )
    return Budget(amount, unit)


class Selector:
    """Picks the sentences that carry a document.

    Equal input gives equal picks; nothing is loaded before the first call.
    """

    def select(
        self,
        sentences: Sequence[Sentence],
        *,
        paragraphs: Sequence[int] = (),
        title: str = "",
        lang: str = "de",
        budget: str | Budget = "short",
    ) -> list[int]:
        """Return the numbers of the sentences that carry the document, in reading order.

        Whole sentences only, at least one if there are any; the words come as
        near to the budget as the next sentence allows, so that they differ
        from it by less than one sentence where the document has enough.

        Args:
            sentences: The document's sentences in reading order.
            paragraphs: For each sentence the number of its paragraph, rising.
                When empty, paragraphs are not known.
            title: The document's headline, empty for none.
            lang: ``de`` or ``en``.
            budget: How much to take, see ``parse_length``.

        Raises:
            InputError: If paragraphs and sentences differ in number or the
                budget cannot be read.

        >>> from summlib.text import split_sentences
        >>> text = "In Ulm ist ein Zug entgleist. Es war warm. Der Zug entgleiste nachts."
        >>> Selector().select(split_sentences(text), budget="1 sentence")
        [0]
        """
        limit = parse_length(budget)
        ranking = self.rank(sentences, paragraphs=paragraphs, title=title, lang=lang)
        return sorted(ranking.pick(limit))

    def rank(
        self,
        sentences: Sequence[Sentence],
        *,
        paragraphs: Sequence[int] = (),
        title: str = "",
        lang: str = "de",
        leans: Sequence[str] | None = None,
    ) -> Ranking:
        """Weigh the sentences of a document, to be picked from as often as needed.

        Args:
            sentences: As for ``select``.
            paragraphs: As for ``select``.
            title: As for ``select``.
            lang: As for ``select``.
            leans: For each sentence how it leans on the one before, as
                ``coherence.leaning`` says; None to ask that.

        Raises:
            InputError: If paragraphs and sentences differ in number.

        >>> from summlib.text import split_sentences
        >>> ranking = Selector().rank(split_sentences("In Ulm entgleist ein Zug. Es war warm."))
        >>> ranking.pick(parse_length("2 sentences"))
        [0, 1]
        """
        if paragraphs and len(paragraphs) != len(sentences):
            raise InputError(
                f"{len(paragraphs)} paragraph numbers for {len(sentences)} sentences; "
                "give one for each or none"
            )
        texts = [" ".join(sentence.text.split()) for sentence in sentences]
        described = describe(texts, paragraphs=paragraphs, title=title, lang=lang)
        return Ranking(
            texts,
            described,
            title=" ".join(title.split()),
            leans=[leaning(t, lang) for t in texts] if leans is None else leans,
        )


class Ranking:
    """A document's sentences with what each is worth.

    Args:
        texts: The sentences, each on one line.
        described: What ``salience.describe`` says of them.
        title: The headline, empty for none.
        leans: For each sentence ``anaphora``, ``connector`` or nothing.
    """

    def __init__(
        self, texts: Sequence[str], described: Described, *, title: str, leans: Sequence[str]
    ) -> None:
        self.near = described.near
        self.sizes = [len(text.split()) for text in texts]
        self.worth = [s - _fault(t, title) for s, t in zip(salience(described), texts, strict=True)]
        self.leans = [_LEANS[kind] if i else 0.0 for i, kind in enumerate(leans)]

    def pick(
        self,
        limit: Budget,
        *,
        sizes: Mapping[int, int] | None = None,
        bonus: Mapping[int, float] | None = None,
        among: Collection[int] | None = None,
    ) -> list[int]:
        """Return the numbers of the sentences that fill a budget, the worthiest first.

        Args:
            limit: How much to take.
            sizes: Words of the sentences that will be said shorter.
            bonus: What is added to the worth of sentences, in its units.
            among: Only these; None for all.
        """
        taken: list[int] = []
        sizes, filled = sizes or {}, 0
        room = limit.words(sum(self.sizes))
        pool = _Pool(self, bonus or {}, range(len(self.worth)) if among is None else among)
        while len(taken) < limit.sentences and filled < room:
            i = pool.pop()
            if i is None:
                break
            size = sizes.get(i, self.sizes[i])
            if size < _FILLER and filled >= ENOUGH * room:
                continue
            over = filled + size - room
            if taken and over >= room - filled:  # further off with it than without it
                if filled >= ENOUGH * room:
                    break
                continue
            taken.append(i)
            filled += size
            pool.take(i)
        return taken


class _Pool:
    """Sentences waiting to be taken, the worthiest first.

    Worth only falls when a sentence like it is taken, so a heap with values
    that may be out of date serves: what comes up is valued anew and put back
    if it fell (Minoux 1978). When the sentence before one that leans is
    taken, worth rises; then it is put in a second time.
    """

    def __init__(
        self, ranking: Ranking, bonus: Mapping[int, float], among: Collection[int]
    ) -> None:
        self._near, self._worth, self._bonus = ranking.near, ranking.worth, bonus
        self._leans = list(ranking.leans)
        self._waiting = set(among)
        self._repeats = [0.0] * len(self._worth)
        self._heap = [(-self._value(i), i) for i in sorted(self._waiting)]
        heapq.heapify(self._heap)

    def _value(self, i: int) -> float:
        leans = self._leans[i] + _REPEAT * self._repeats[i]
        return self._worth[i] + self._bonus.get(i, 0.0) - leans

    def pop(self) -> int | None:
        """Return the worthiest sentence that repeats none taken, None when all are gone."""
        while self._heap:
            value, i = heapq.heappop(self._heap)
            if i not in self._waiting or self._repeats[i] > _TOO_ALIKE:
                continue
            if -self._value(i) > value + 1e-9:
                heapq.heappush(self._heap, (-self._value(i), i))
                continue
            self._waiting.remove(i)
            return i
        return None

    def take(self, i: int) -> None:
        """Let the others know that sentence ``i`` was taken."""
        for j, likeness in self._near[i].items():
            self._repeats[j] = max(self._repeats[j], likeness)
        if i + 1 in self._waiting:
            self._leans[i + 1] = 0.0
            heapq.heappush(self._heap, (-self._value(i + 1), i + 1))


@lru_cache(maxsize=1)
def _speaker() -> re.Pattern[str]:
    return re.compile(r"[A-ZÄÖÜ][\w.-]*(?: [A-ZÄÖÜ][\w.-]*){0,3}: (?=\w)")


def _fault(text: str, title: str) -> float:
    """Return what a sentence loses for saying nothing by itself."""
    said = _speaker().sub("", text)
    short = said.count(" ") + 1 < _SHORTEST
    asks = text.rstrip("\"“”«»›‹')’ ").endswith(("?", ":"))
    empty = short or asks or not finished(text) or text == title
    return _NO_STATEMENT * empty + _REPORT * is_report(text)
