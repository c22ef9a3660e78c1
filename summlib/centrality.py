"""How near the sentences of a text are to each other and to its middle.

Sentences are compared by the stems of their content words, weighted by
rarity. Everything is sparse and capped, so that the time grows with the
length of the text: 100,000 words take about a second.

Sources: Radev et al. (2004) for the centroid; Erkan and Radev (2004), LexRank.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from functools import lru_cache

from summlib.text.datafiles import read_words
from summlib.text.stems import CACHED_WORDS

_NEIGHBOURS = 40  # sentences a shared word is followed to, so that long texts stay linear
_COMPARED = 1_500_000
"""Comparisons made for a whole text; reached at some 50,000 words, beyond which each sentence
is compared with fewer, by its rarest words: 50 MB would otherwise take 15 GB."""
_FEWEST = 8  # comparisons made for each sentence, however long the text
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_SHORTEST_STEM = 3

Vector = dict[str, float]


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


@lru_cache(maxsize=2)
def stopwords(lang: str) -> frozenset[str]:
    """Return the function words of a language in lower case.

    >>> "und" in stopwords("de"), "and" in stopwords("en")
    (True, True)
    """
    return read_words(f"stopwords.{lang}.txt")


@lru_cache(maxsize=2)
def _endings(lang: str) -> re.Pattern[str]:
    return re.compile(
        r"(?:innen|ungen|ung|ern|em|en|er|es|e|n|s)$"
        if lang == "de"
        else r"(?:ations?|ings?|ments?|ies|ied|ed|es|ly|s|y|e)$"
    )


@lru_cache(maxsize=CACHED_WORDS)
def stem(word: str, lang: str) -> str:
    """Cut the ending off a word so that its forms become equal.

    A stem is for comparing, not for reading: umlauts are folded because
    they come and go with the plural, and at least three letters stay.

    Args:
        word: One word.
        lang: ``de`` or ``en``.

    >>> stem("Häuser", "de") == stem("Hauses", "de")
    True
    """
    folded = word.lower()
    if lang == "de":
        folded = folded.translate(_FOLD)
    found = _endings(lang).search(folded, _SHORTEST_STEM)
    return folded[: found.start()] if found else folded


def vectors(texts: Sequence[str], lang: str) -> list[Counter[str]]:
    """Count the stems of the content words of each text.

    >>> vectors(["Die Züge und der Zug."], "de")
    [Counter({'zug': 2})]
    """
    stop = stopwords(lang)
    find = _word().findall
    return [
        Counter(stem(w, lang) for w in find(text) if w.lower() not in stop and len(w) > 1)
        for text in texts
    ]


def weighted(counts: Sequence[Counter[str]]) -> list[Vector]:
    """Weigh stems by how rare they are among the sentences; each vector has length 1.

    >>> [sorted(v) for v in weighted([Counter(a=1), Counter(a=1, b=2)])]
    [['a'], ['a', 'b']]
    """
    holders = Counter(term for count in counts for term in count)
    total = len(counts) + 1
    idf = {term: math.log(total / n) + 0.1 for term, n in holders.items()}
    found = []
    for count in counts:
        vector = {term: (1 + math.log(n)) * idf[term] for term, n in count.items()}
        norm = math.sqrt(sum(w * w for w in vector.values())) or 1.0
        found.append({term: w / norm for term, w in vector.items()})
    return found


def cosine(left: Vector, right: Vector) -> float:
    """Return the scalar product of two vectors of length 1.

    >>> cosine({"a": 0.6, "b": 0.8}, {"b": 1.0})
    0.8
    """
    if len(left) > len(right):
        left, right = right, left
    return sum(w * right[t] for t, w in left.items() if t in right)


def centroid(texts: Sequence[Vector]) -> list[float]:
    """Return how near each sentence is to the middle of the document.

    >>> centroid([{"a": 1.0}, {"a": 1.0}, {"b": 1.0}])[0] > 0.8
    True
    """
    middle: dict[str, float] = defaultdict(float)
    for vector in texts:
        for term, w in vector.items():
            middle[term] += w
    norm = math.sqrt(sum(w * w for w in middle.values())) or 1.0
    return [sum(w * middle[t] for t, w in v.items()) / norm for v in texts]


def neighbours(texts: Sequence[Vector]) -> list[dict[int, float]]:
    """Return the similarity of each sentence to those that share a word with it.

    A word that stands in many sentences is followed only to the nearest
    ``_NEIGHBOURS`` before, and in a book of many volumes the commoner words of
    a sentence are not followed at all: time and memory grow with the length of
    the text and no faster.

    >>> neighbours([{"a": 1.0}, {"b": 1.0}, {"a": 1.0}])
    [{2: 1.0}, {}, {0: 1.0}]
    """
    holders: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_NEIGHBOURS))
    near: list[dict[int, float]] = [{} for _ in texts]
    most = max(_FEWEST, _COMPARED // max(1, len(texts)))
    for i, vector in enumerate(texts):
        row, left = near[i], most
        for term in sorted(vector, key=lambda t: (-vector[t], t)):
            earlier = holders[term]
            for j in list(earlier)[-left:] if left > 0 else ():
                row[j] = row.get(j, 0.0) + vector[term] * texts[j][term]
            left -= len(earlier)
            earlier.append(i)
        for j, similarity in row.items():
            near[j][i] = similarity
    return near


def lexrank(
    near: Sequence[dict[int, float]], *, rounds: int = 12, damping: float = 0.15
) -> list[float]:
    """Return how often a walk between similar sentences comes by, 1 on average.

    Args:
        near: Similarities as ``neighbours`` gives them.
        rounds: Steps of the power iteration; 12 leave under 1 % to change.
        damping: Share of steps that jump anywhere, 0 to 1.

    >>> lexrank([{1: 1.0}, {0: 1.0}])
    [1.0, 1.0]
    """
    out = [sum(row.values()) for row in near]
    rank = [1.0] * len(near)
    for _ in range(rounds):
        flow = [r / o if o else 0.0 for r, o in zip(rank, out, strict=True)]
        rank = [damping + (1 - damping) * sum(s * flow[j] for j, s in row.items()) for row in near]
    return rank
