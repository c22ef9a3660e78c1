"""How well what is known of a translation tells whether it is right, and the weights for it.

``judged-news.jsonl.xz`` holds 499 sentences of 42 news texts, written for this with the help
of a large language model, each with its translations by six states of the bundled model and
with what readers (the same kind of model, with both languages before it and blind to which
state wrote what) said of each: 2 true, 1 a detail odd or missing, 0 a fact wrong or lost. The
sentences are no training text.

``judged-evidence.tsv.xz`` holds what readers of that kind said of the translations, with eight
hypotheses, of sentences of the training text (WMT news, Swiss press releases, Wikipedia), and
what was known of each (``summlib.trust.Evidence``), without the sentences themselves;
``judging.py`` gathers such.

    python benchmarks/trust.py

prints the shares of each state, the area under the curve of the trust estimated, and the
weights that ``summlib.trust`` takes over.
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from dataclasses import dataclass, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from summlib.trust import Evidence

FOLDER = Path(__file__).parent
JUDGED = FOLDER / "judged-news.jsonl.xz"
EVIDENCE = FOLDER / "judged-evidence.tsv.xz"
FOLDS = 10
RIDGE = 3.0
ROUNDS = 60

Array = Any


@dataclass(frozen=True)
class Judged:
    """Judgements with what was known of each translation.

    Args:
        features: The fields of ``Evidence``, of shape (judgements, 9).
        right: Whether no fact is wrong, of shape (judgements,).
        text: ``news``, ``releases`` or ``encyclopaedia``, of shape (judgements,).
    """

    features: Array
    right: Array
    text: Array


def read(path: Path = EVIDENCE) -> Judged:
    """Read what was known and judged.

    Raises:
        ValueError: The columns are not those of ``Evidence``.
    """
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        head, *rows = (line.rstrip("\n").split("\t") for line in lines)
    if head[2:] != [field.name for field in fields(Evidence)]:
        raise ValueError(f"{path} has the columns {', '.join(head[2:])}")
    features = np.array([[float(cell) for cell in row[2:]] for row in rows])
    right = np.array([int(row[1]) > 0 for row in rows])
    return Judged(features, right, np.array([row[0] for row in rows]))


def labels(path: Path = JUDGED) -> dict[str, Counter[int]]:
    """Return how often each label was given to each state of the model."""
    found: dict[str, Counter[int]] = {}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            for said in json.loads(line)["translations"]:
                found.setdefault(said["model"], Counter())[said["labels"][0]] += 1
    return found


def fit(features: Array, right: Array) -> Array:
    """Return bias and weights of a logistic regression with a small ridge, by Newton's method."""
    inputs = np.c_[np.ones(len(features)), features]
    weights = np.zeros(inputs.shape[1])
    ridge = RIDGE * np.diag([0.0, *features.var(axis=0)])
    for _ in range(ROUNDS):
        odds = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (odds - right) + ridge @ weights
        bend = (inputs * (odds * (1 - odds))[:, None]).T @ inputs + ridge
        weights -= np.linalg.solve(bend, slope)
    return weights


def held_out(judged: Judged) -> Array:
    """Return the log-odds of each judgement by weights that never saw it."""
    folds = np.arange(len(judged.right)) % FOLDS
    odds = np.zeros(len(judged.right))
    for fold in range(FOLDS):
        out = folds == fold
        weights = fit(judged.features[~out], judged.right[~out])
        odds[out] = weights[0] + judged.features[out] @ weights[1:]
    return odds


def area(values: Array, right: Array) -> float:
    """Return the area under the curve: how often a right one lies above a wrong one."""
    above = values[right][:, None] - values[~right][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def main() -> None:
    """Print all."""
    for model, counts in labels().items():
        total = counts.total()
        shares = ", ".join(f"{label}: {counts[label] / total:.1%}" for label in (2, 1, 0))
        print(f"{model:<35} {shares}")
    judged = read()
    odds = held_out(judged)
    print(f"{len(odds)} judgements, area under the curve, held out: {area(odds, judged.right):.3f}")
    for text in np.unique(judged.text):
        own = judged.text == text
        told, right = area(odds[own], judged.right[own]), judged.right[own].mean()
        print(f"  {text}: {told:.3f}, right {right:.0%}")
    weights = fit(judged.features, judged.right).round(3)
    names = ["bias", *(field.name for field in fields(Evidence))]
    print(", ".join(f"{name} {weight}" for name, weight in zip(names, weights, strict=True)))
    trust = 1 / (1 + np.exp(-odds))
    edges = [0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    for low, high in pairwise(edges):
        inside = (trust >= low) & (trust < high)
        print(f"trust {low:.1f} to {high:.1f}: {judged.right[inside].mean():.0%} right of", end=" ")
        print(int(inside.sum()))


if __name__ == "__main__":
    main()
