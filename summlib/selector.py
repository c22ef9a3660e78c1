"""Which sentences carry a document.

Sentences are taken by salience, less what they repeat of those already taken
(maximal marginal relevance), until the length asked for is met as nearly as
whole sentences can. A sentence that leans on the one before ("Er", "Dazu",
"This") waits until that one is taken, unless it matters far more than others.

Source: Carbonell and Goldstein (1998) for maximal marginal relevance.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summlib.errors import InputError
from summlib.records import Sentence
from summlib.salience import Described, describe, finished, opening, salience

Unit = Literal["words", "sentences", "percent", "named"]

_REPEAT = 3.0  # units of salience that a full repetition costs; 2 to 6 scored alike on dev
_TOO_ALIKE = 0.7  # cosine from which a sentence is taken as said already
_LEANS = {"anaphora": 1.5, "connector": 0.5, "": 0.0}
_ENOUGH = 0.8  # share of the budget from which no lesser sentence is sought to fill the rest
_NO_STATEMENT = 8.0  # headings, questions, the title itself: more than any salience makes good
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
        if not sentences:
            return []
        if paragraphs and len(paragraphs) != len(sentences):
            raise InputError(
                f"{len(paragraphs)} paragraph numbers for {len(sentences)} sentences; "
                "give one for each or none"
            )
        texts = [" ".join(sentence.text.split()) for sentence in sentences]
        described = describe(texts, paragraphs=paragraphs, title=title, lang=lang)
        return _pick(texts, described, limit, title=" ".join(title.split()), lang=lang)


def _pick(
    texts: Sequence[str], described: Described, limit: Budget, *, title: str, lang: str
) -> list[int]:
    sizes = [len(text.split()) for text in texts]
    room = limit.words(sum(sizes))
    pool = _Pool(texts, described, title=title, lang=lang)
    taken: list[int] = []
    filled = 0
    while len(taken) < limit.sentences and filled < room:
        i = pool.pop()
        if i is None:
            break
        over = filled + sizes[i] - room
        if taken and over >= room - filled:  # further off with it than without it
            if filled >= _ENOUGH * room:
                break
            continue
        taken.append(i)
        filled += sizes[i]
        pool.take(i)
    return sorted(taken)


class _Pool:
    """Sentences waiting to be taken, the worthiest first.

    Worth only falls when a sentence like it is taken, so a heap with values
    that may be out of date serves: what comes up is valued anew and put back
    if it fell (Minoux 1978). When the sentence before one that leans is
    taken, worth rises; then it is put in a second time.
    """

    def __init__(
        self, texts: Sequence[str], described: Described, *, title: str, lang: str
    ) -> None:
        self._near = described.near
        self._worth = [
            s - _fault(t, title) for s, t in zip(salience(described), texts, strict=True)
        ]
        self._leans = [_LEANS[opening(text, lang)] if i else 0.0 for i, text in enumerate(texts)]
        self._repeats = [0.0] * len(texts)
        self._gone = [False] * len(texts)
        self._heap = [(-self._value(i), i) for i in range(len(texts))]
        heapq.heapify(self._heap)

    def _value(self, i: int) -> float:
        return self._worth[i] - self._leans[i] - _REPEAT * self._repeats[i]

    def pop(self) -> int | None:
        """Return the worthiest sentence that repeats none taken, None when all are gone."""
        while self._heap:
            value, i = heapq.heappop(self._heap)
            if self._gone[i] or self._repeats[i] > _TOO_ALIKE:
                continue
            if -self._value(i) > value + 1e-9:
                heapq.heappush(self._heap, (-self._value(i), i))
                continue
            self._gone[i] = True
            return i
        return None

    def take(self, i: int) -> None:
        """Let the others know that sentence ``i`` was taken."""
        for j, likeness in self._near[i].items():
            self._repeats[j] = max(self._repeats[j], likeness)
        if i + 1 < len(self._gone) and not self._gone[i + 1]:
            self._leans[i + 1] = 0.0
            heapq.heappush(self._heap, (-self._value(i + 1), i + 1))


def _fault(text: str, title: str) -> float:
    """Return what a sentence loses for saying nothing by itself."""
    short = text.count(" ") + 1 < _SHORTEST
    asks = text.rstrip("\"“”«»›‹')’ ").endswith(("?", ":"))
    return _NO_STATEMENT * (short or asks or not finished(text) or text == title)
