"""Learn which words a summary uses: the weights and word lists of ``summlib.importance``.

A word list learnt on press releases would learn the names of those who issue
them. So a stem is listed only if it is also common in other texts, and its
odds are kept within bounds. When the weights are fitted, each half of the
documents gets its odds from the other half: a word's odds in the documents
they were counted in would look more telling than they are.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summlib.centrality import vectors
from summlib.importance import WORD_FEATURES, word_rows

MIN_DOCUMENTS = 40
"""Documents a stem must stand in before its odds are listed."""

MIN_ELSEWHERE = 4
"""Texts of other kinds it must stand in; the names of one publisher do not."""

_BOUND = 2.0  # natural-log units: no word decides alone
_PRIOR = 15  # documents' worth of belief that a word is like all others
_STEP = 0.25  # the list gives odds in these steps, which makes it short and readable


@dataclass(frozen=True, slots=True)
class Counted:
    """A document with the stems of its summary.

    Args:
        lang: ``de`` or ``en``.
        counts: For each sentence its stems.
        title: The stems of the headline.
        used: The stems of the summary.
    """

    lang: str
    counts: list[Counter[str]]
    title: Counter[str]
    used: frozenset[str]


def count(texts: Sequence[str], title: str, summary: str, lang: str) -> Counted:
    """Return a document's stems.

    >>> sorted(count(["Der Zug hält."], "", "Ein Zug", "de").used)
    ['zug']
    """
    used = vectors([summary], lang)[0]
    return Counted(lang, vectors(texts, lang), vectors([title], lang)[0], frozenset(used))


def common_stems(texts: Iterable[str], lang: str, *, least: int = MIN_ELSEWHERE) -> frozenset[str]:
    """Return the stems that stand in at least so many texts.

    >>> sorted(common_stems(["Ein Zug.", "Der Zug nach Ulm."], "de", least=2))
    ['zug']
    """
    holders: Counter[str] = Counter()
    for text in texts:
        holders.update(vectors([text], lang)[0].keys())
    return frozenset(stem for stem, n in holders.items() if n >= least)


def count_odds(
    data: Iterable[Counted], common: frozenset[str], *, least: int = MIN_DOCUMENTS
) -> dict[str, float]:
    """Return by how much summaries prefer or avoid each stem.

    Args:
        data: Documents of one language.
        common: Stems that may be listed.
        least: Documents a stem must stand in.
    """
    inside: Counter[str] = Counter()
    used: Counter[str] = Counter()
    for doc in data:
        stems = set().union(*doc.counts)
        inside.update(stems)
        used.update(stems & doc.used)
    base = sum(used.values()) / max(1, sum(inside.values()))
    if not 0 < base < 1:
        return {}
    odds = {}
    for stem, n in inside.items():
        if n >= least and stem in common:
            share = (used[stem] + _PRIOR * base) / (n + _PRIOR)
            raw = math.log(share / (1 - share)) - math.log(base / (1 - base))
            odds[stem] = max(-_BOUND, min(_BOUND, _STEP * round(raw / _STEP)))
    return odds


def fit_words(
    data: Sequence[Counted], common: Mapping[str, frozenset[str]], *, rounds: int = 8
) -> dict[str, float]:
    """Fit the weights of ``WORD_FEATURES`` by Newton's method.

    Args:
        data: The documents, both languages mixed.
        common: For each language the stems that may be listed.
        rounds: Steps; the weights stand still after six.
    """
    import numpy as np

    rows: list[list[float]] = []
    labels: list[bool] = []
    for half in (0, 1):
        for lang, allowed in common.items():
            own = [doc for doc in data[half::2] if doc.lang == lang]
            odds = count_odds([d for d in data[1 - half :: 2] if d.lang == lang], allowed)
            for doc in own:
                described = word_rows(doc.counts, doc.title, odds)
                rows.extend(described.values())
                labels.extend(stem in doc.used for stem in described)
    x, y = np.asarray(rows), np.asarray(labels, dtype=np.float64)
    weight = np.zeros(len(WORD_FEATURES))
    for _ in range(rounds):
        share = 1 / (1 + np.exp(-x @ weight))
        slope = x.T @ (share - y) + weight
        curve = (x * (share * (1 - share))[:, None]).T @ x + np.eye(len(weight))
        weight = weight - np.linalg.solve(curve, slope)
    return {name: round(float(w), 4) for name, w in zip(WORD_FEATURES, weight, strict=True)}


def write_odds(path: Path, odds: Mapping[str, float]) -> None:
    """Write a word list, grouped by odds; stems of no weight stand in it too."""
    groups: dict[float, list[str]] = {}
    for stem, value in odds.items():
        groups.setdefault(value, []).append(stem)
    lines = [
        "# Stems that summaries prefer (above 0) or avoid (below 0), in natural-log units of",
        "# odds, counted by summlib.training.salience; how that was done: salience.json.",
    ]
    for value in sorted(groups):
        lines.append(f"[{value:+g}]")
        lines.append(" ".join(sorted(groups[value])))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
