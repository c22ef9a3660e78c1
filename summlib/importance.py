"""Which words of a document a person's summary of it would use.

Every content word gets a probability from a few figures: how often it stands,
where it first does, whether the title has it, and whether such words come up
in summaries at all (``data/leadwords.LANG.txt``). A sentence full of likely
words is likely to be said again; that tells more than how near it is to the
middle of the document.

Source: Hong and Nenkova (2014), Improving the estimation of word importance
for news multi-document summarization.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from summlib.text.datafiles import DATA, read_rows

# fmt: off
WORD_FEATURES: tuple[str, ...] = (
    "log_count", "log_sentences", "share_of_sentences", "relative_count",
    "in_title", "title_roots", "in_first", "relative_first", "inverse_first",
    "lead_odds", "unlisted", "length", "digit", "log_document", "constant",
)
# fmt: on
"""What ``word_rows`` tells of a word, in its order."""


@lru_cache(maxsize=2)
def lead_odds(lang: str) -> dict[str, float]:
    """Return by how much summaries prefer or avoid a stem, in natural-log units of odds.

    >>> lead_odds("de")["damal"] < 0
    True
    """
    found: dict[str, float] = {}
    odds = 0.0
    for row in read_rows(f"leadwords.{lang}.txt"):
        if row.startswith("["):
            odds = float(row.strip("[] "))
        else:
            found.update(dict.fromkeys(row.split(), odds))
    return found


def roots(terms: Iterable[str]) -> set[str]:
    """Return all runs of five letters: they see Rechtshilfe in Rechtshilfeersuchen.

    >>> sorted(roots(["ulm", "kosten"]))
    ['koste', 'osten', 'ulm']
    """
    return {t[i : i + 5] for t in terms for i in range(max(1, len(t) - 4))}


def word_rows(
    counts: Sequence[Counter[str]], title: Counter[str], odds: Mapping[str, float]
) -> dict[str, list[float]]:
    """Describe every stem of a document in the order of ``WORD_FEATURES``.

    Args:
        counts: For each sentence its stems.
        title: The stems of the headline.
        odds: What summaries prefer, see ``lead_odds``.

    >>> rows = word_rows([Counter(zug=2), Counter(ulm=1)], Counter(zug=1), {})
    >>> len(rows["zug"]) == len(WORD_FEATURES), rows["ulm"][4]
    (True, 0.0)
    """
    times: Counter[str] = Counter()
    holders: Counter[str] = Counter()
    first: dict[str, int] = {}
    for i, count in enumerate(counts):
        times.update(count)
        holders.update(count.keys())
        for stem in count:
            first.setdefault(stem, i)
    named, total = roots(title), max(1, len(counts))
    most = max(times.values(), default=1)
    rows = {}
    for stem, n in times.items():
        own, place = roots((stem,)), first[stem]
        rows[stem] = [
            math.log(n),
            math.log(holders[stem]),
            holders[stem] / total,
            n / most,
            float(stem in title),
            len(own & named) / len(own),
            float(place == 0),
            place / total,
            1 / (1 + place),
            odds.get(stem, 0.0),
            float(stem not in odds),
            float(len(stem)),
            float(any(c.isdigit() for c in stem)),
            math.log(total),
            1.0,
        ]
    return rows


@dataclass(frozen=True, slots=True)
class WordModel:
    """What was learnt about words.

    Args:
        weights: One for each of ``WORD_FEATURES``.
        odds: By how much summaries prefer a stem, see ``lead_odds``.
    """

    weights: tuple[float, ...]
    odds: Mapping[str, float]


@lru_cache(maxsize=2)
def word_model(lang: str) -> WordModel:
    """Return the model that comes with the package.

    >>> len(word_model("en").weights) == len(WORD_FEATURES)
    True
    """
    stored = json.loads((DATA / "salience.json").read_text(encoding="utf-8"))["words"]
    return WordModel(tuple(float(stored[name]) for name in WORD_FEATURES), lead_odds(lang))


def importance(
    counts: Sequence[Counter[str]], title: Counter[str], model: WordModel
) -> dict[str, float]:
    """Return for each stem of a document how likely a summary of it uses it, 0 to 1.

    Args:
        counts: For each sentence its stems, as ``centrality.vectors`` gives them.
        title: The stems of the headline, empty for none.
        model: What was learnt about words.

    >>> counts = [Counter(zug=1, ulm=1), Counter(mail=1)]
    >>> likely = importance(counts, Counter(zug=1), word_model("de"))
    >>> likely["zug"] > likely["mail"]
    True
    """
    return {
        stem: 1 / (1 + math.exp(-sum(map(mul, model.weights, row))))
        for stem, row in word_rows(counts, title, model.odds).items()
    }
