"""Which sentences a generated sentence rests on: shared words, and where the model looked.

Words count by their rarity among the candidates, numbers and names twice;
where the model looked while it wrote counts beside them, so that a sentence in
wholly other words finds its sources too. The next source is taken for what it
adds to those before it.

Sources: greedy cover by overlap after Jing and McKeown (1999), who decompose
summaries that people wrote; attention as alignment after Bahdanau et al. (2015).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from summlib.centrality import stem, stopwords

MOST = 3
"""Sources of one sentence; people fuse two, seldom three (Lebanoff et al. 2019)."""

ADDS = 0.2
"""Share of a sentence's weight that a further source must add."""

LOOKED = 0.5
"""Weight of the share of attention beside the share of words."""

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|\w+")


def find_support(
    sentence: str,
    candidates: Sequence[str],
    *,
    lang: str,
    attention: Mapping[int, float] | None = None,
    most: int = MOST,
) -> list[int]:
    """Return the candidates that a sentence rests on, the strongest first.

    One is returned whenever there is any, unless neither words nor attention
    tie the sentence to any of them: then the list is empty.

    Args:
        sentence: What was generated.
        candidates: What it may have been made from, in the same language.
        lang: ``de`` or ``en``.
        attention: For a candidate's number its share of the model's attention, 0 to 1.
        most: How many to return at most.

    >>> find_support("The bridge is closed.", ["It rained.", "They closed a bridge."], lang="en")
    [1]
    """
    bags = [content(text, lang) for text in candidates]
    weights = _rarity(content(sentence, lang), bags)
    looked = attention or {}
    total = sum(weights.values()) or 1.0
    chosen: list[int] = []
    open_words = set(weights)
    while len(chosen) < most:
        gains = [
            sum(weights[w] for w in open_words & bag) / total + LOOKED * looked.get(i, 0.0)
            for i, bag in enumerate(bags)
        ]
        best = max(
            (i for i in range(len(bags)) if i not in chosen), key=gains.__getitem__, default=None
        )
        if best is None or gains[best] < (ADDS if chosen else 1e-9):
            break
        chosen.append(best)
        open_words -= bags[best]
    return chosen


def content(text: str, lang: str) -> set[str]:
    """Return the stems of a text's content words, and its numbers as they stand.

    >>> sorted(content("Die 35 Brücken", "de"))
    ['35', 'bruck']
    """
    stop = stopwords(lang)
    words = _TOKEN.findall(text)
    return {w if w[0].isdigit() else stem(w, lang) for w in words if w.lower() not in stop}


def _rarity(words: set[str], bags: Sequence[set[str]]) -> dict[str, float]:
    """Weigh words by how few candidates hold them; a number counts twice."""
    held = Counter(word for bag in bags for word in bag & words)
    return {
        word: (1 + word[0].isdigit()) * math.log1p(len(bags) / (1 + held[word])) for word in words
    }
