"""How well what is known of a translation tells whether it is right, and the weights for it.

``judged-news.jsonl.xz`` holds 499 sentences of 42 news texts, written for this with the help
of a large language model, each with its translations by six states of the bundled model and
with what readers (the same kind of model, with both languages before it and blind to which
state wrote what) said of each: 2 true, 1 a detail odd or missing, 0 a fact wrong or lost. The
sentences are no training text.

    python benchmarks/trust.py

prints the shares of each state, the areas under the curve of likelihood and quality, and the
weights that ``summlib.rendering`` takes over (``SURE`` and those below it).
"""

from __future__ import annotations

import json
import lzma
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

JUDGED = Path(__file__).with_name("judged-news.jsonl.xz")
FOLDS = 10
RIDGE = 3.0
ROUNDS = 60

Array = Any


@dataclass(frozen=True)
class Judged:
    """All judgements.

    Args:
        features: Likelihood, omission and whether there is an error, of shape (judgements, 3).
        quality: ``Rendering.quality``, of shape (judgements,).
        right: Whether no fact is wrong, of shape (judgements,).
        sentences: Numbers of the sentences, of shape (judgements,).
        labels: For each state of the model how often each label was given.
    """

    features: Array
    quality: Array
    right: Array
    sentences: Array
    labels: dict[str, Counter[int]]


def read(path: Path = JUDGED) -> Judged:
    """Read the judgements."""
    rows: list[tuple[list[float], float, bool, int]] = []
    labels: dict[str, Counter[int]] = {}
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            for said in json.loads(line)["translations"]:
                labels.setdefault(said["model"], Counter())[said["labels"][0]] += 1
                known = [said["likelihood"], said["omission"], min(1, said["errors"])]
                rows += [(known, said["quality"], label > 0, number) for label in said["labels"]]
    return Judged(*(np.array(column) for column in zip(*rows, strict=True)), labels)


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
    """Return the log-odds of each judgement by weights that never saw its sentence."""
    odds = np.zeros(len(judged.right))
    for fold in range(FOLDS):
        out = judged.sentences % FOLDS == fold
        weights = fit(judged.features[~out], judged.right[~out])
        odds[out] = weights[0] + judged.features[out] @ weights[1:]
    return odds


def area(values: Array, right: Array) -> float:
    """Return the area under the curve: how often a right one lies above a wrong one."""
    above = values[right][:, None] - values[~right][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def main() -> None:
    """Print all."""
    judged = read()
    for model, counts in judged.labels.items():
        total = counts.total()
        shares = ", ".join(f"{label}: {counts[label] / total:.1%}" for label in (2, 1, 0))
        print(f"{model:<35} {shares}")
    odds = held_out(judged)
    print(f"area under the curve: quality {area(judged.quality, judged.right):.3f}", end=", ")
    print(f"likelihood {area(judged.features[:, 0], judged.right):.3f}", end=", ")
    print(f"all three, held out {area(odds, judged.right):.3f}")
    print("bias, likelihood, omission, errors:", fit(judged.features, judged.right).round(3))
    trust = 1 / (1 + np.exp(-odds))
    for low, high in ((0.0, 0.3), (0.3, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 1.0)):
        inside = (trust >= low) & (trust < high)
        print(f"trust {low:.1f} to {high:.1f}: {judged.right[inside].mean():.0%} right of", end=" ")
        print(int(inside.sum()))


if __name__ == "__main__":
    main()
