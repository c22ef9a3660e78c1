"""Learn the network of ``summlib.sequence`` from documents with a person's summary.

The labels and the examples are those of ``summlib.training.salience``; the weighted sum
learnt there stays, and the network learns what is to be added to it. The documents on
which the odds of words were counted are left out: their features know the answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from summlib.salience import FEATURES, weights
from summlib.sequence import FARTHEST
from summlib.training.contamination import Protected
from summlib.training.salience import Example, examples, sample

COUNTED = {"de": 8000, "en": 3000}
"""Documents of each language that ``salience.train`` counts words on, the first it draws."""

_WARM = 200  # steps


class Network(nn.Module):
    """Reads the features of a document's sentences; the values are the corrections.

    Args:
        width: Of each layer; 96 was a little better than 32, more was not.
        features: Figures of each sentence.
        dropout: Share of what the recurrent layer reads that is hidden while it learns.
    """

    def __init__(
        self, width: int = 96, *, features: int = len(FEATURES), dropout: float = 0.3
    ) -> None:
        super().__init__()
        self.read = nn.Linear(features, width)
        self.hide = nn.Dropout(dropout)
        self.forward_reader = nn.GRU(width, width, batch_first=True)
        self.backward_reader = nn.GRU(width, width, batch_first=True)
        self.out = nn.Linear(3 * width, width)
        self.worth = nn.Linear(width, 1, bias=False)

    def forward(self, features: Tensor, lengths: Tensor) -> Tensor:
        """Return a correction for each sentence.

        Args:
            features: Documents x sentences x features, standardized, padded behind.
            lengths: Sentences of each document.
        """
        states = functional.relu(self.read(features))
        turned = _turned(states, lengths)
        behind, _ = self.forward_reader(self.hide(states))
        ahead, _ = self.backward_reader(self.hide(turned))
        together = torch.cat([states, behind, _turned(ahead, lengths)], dim=-1)
        worth: Tensor = self.worth(functional.relu(self.out(together))).squeeze(-1)
        return worth


def _turned(states: Tensor, lengths: Tensor) -> Tensor:
    """Return each document back to front, its padding still behind."""
    places = torch.arange(states.shape[1]).expand(states.shape[:2])
    order = torch.where(places < lengths[:, None], lengths[:, None] - 1 - places, places)
    return states.gather(1, order[..., None].expand_as(states))


def fit(
    data: Sequence[Example],
    *,
    width: int = 96,
    epochs: int = 6,
    learning_rate: float = 1e-3,
    batch: int = 32,
    seed: int = 1,
) -> dict[str, np.ndarray]:
    """Fit the network and return its tables.

    Args:
        data: The examples, at least ``batch``.
        width: See ``Network``.
        epochs: Passes over the data.
        learning_rate: AdamW's at its highest; it warms up and falls to a fiftieth.
        batch: Documents in a step, of nearly equal length.
        seed: Start of all random draws.
    """
    torch.manual_seed(seed)
    rows = np.concatenate([np.asarray(e.rows, dtype=np.float32) for e in data])
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-3
    network = Network(width)
    optimizer = torch.optim.AdamW(network.parameters(), lr=learning_rate, weight_decay=0.05)
    steps = epochs * -(-len(data) // batch)
    drawn = _batches(data, epochs, batch, random.Random(seed))
    for step, part in enumerate(drawn):
        share = min(1.0, (step + 1) / _WARM) * max(0.02, 1 - step / steps)
        for group in optimizer.param_groups:
            group["lr"] = learning_rate * share
        loss = _loss(network, part, mean, spread)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
    return {"mean": mean, "spread": spread, **_exported(network)}


def _batches(
    data: Sequence[Example], epochs: int, batch: int, draw: random.Random
) -> Iterator[list[Example]]:
    order = sorted(range(len(data)), key=lambda i: len(data[i].rows))
    parts = [order[i : i + batch] for i in range(0, len(order), batch)]
    for _ in range(epochs):
        draw.shuffle(parts)
        for part in parts:
            yield [data[i] for i in part]


def _loss(network: Network, part: list[Example], mean: np.ndarray, spread: np.ndarray) -> Tensor:
    """Return the mean cross-entropy of choosing the oracle's sentences."""
    lengths = torch.tensor([len(e.rows) for e in part])
    longest = int(lengths.max())
    features = torch.zeros(len(part), longest, len(FEATURES))
    known = torch.full((len(part), longest), -1e9)
    linear = np.asarray(weights(), dtype=np.float32)
    for i, example in enumerate(part):
        rows = np.asarray(example.rows, dtype=np.float32)
        cut = ((rows - mean) / spread).clip(-FARTHEST, FARTHEST)
        features[i, : len(rows)] = torch.from_numpy(cut)
        known[i, : len(rows)] = torch.from_numpy(rows @ linear)
    odds = functional.log_softmax(network(features, lengths) + known, dim=-1)
    losses = [-e.weight * odds[i, e.chosen].mean() for i, e in enumerate(part)]
    return torch.stack(losses).mean()


def _exported(network: Network) -> dict[str, np.ndarray]:
    """Return the tables as ``summlib.sequence`` multiplies them."""

    def table(parameter: Any) -> np.ndarray:
        turned: np.ndarray = parameter.detach().numpy().T
        return turned

    tables = {"in": table(network.read.weight), "in_bias": table(network.read.bias)}
    for way in ("forward", "backward"):
        reader = getattr(network, f"{way}_reader")
        tables[f"{way}_in"] = table(reader.weight_ih_l0)
        tables[f"{way}_in_bias"] = table(reader.bias_ih_l0)
        tables[f"{way}_kept"] = table(reader.weight_hh_l0)
        tables[f"{way}_kept_bias"] = table(reader.bias_hh_l0)
    tables["out"], tables["out_bias"] = table(network.out.weight), table(network.out.bias)
    return {**tables, "worth": table(network.worth.weight)}


def write(tables: dict[str, np.ndarray], path: Path) -> None:
    """Write the tables in half precision, mean and spread in single.

    Args:
        tables: As ``fit`` returns them.
        path: The file to write, ``salience.npz``.
    """
    exact = ("mean", "spread")
    kept = {k: v.astype(np.float32 if k in exact else np.float16) for k, v in tables.items()}
    np.savez_compressed(path, **kept)  # type: ignore[arg-type]


def train(
    corpus: Path,
    out: Path,
    *,
    counts: dict[str, int] | None = None,
    seed: int = 1,
    protected: Protected | None = None,
) -> int:
    """Learn the network from a corpus and write it; return the number of examples.

    Takes some twenty minutes of two cores for the default number of documents.

    Args:
        corpus: JSON lines, plain or ``.xz``, as for ``summlib.training.salience.train``.
        out: The file to write, ``salience.npz``.
        counts: For each language how many documents to draw.
        seed: Start of all random draws; as in ``salience.train``, whose documents come first.
        protected: What must not be trained on, nothing by default.
    """
    wanted = counts or {"de": 26_000, "en": 5_300}
    total = {lang: n + COUNTED[lang] for lang, n in wanted.items()}
    records = sample(corpus, total, seed=seed, protected=protected or Protected())
    data = list(examples(_behind(records)))
    write(fit(data, seed=seed), out)
    return len(data)


def _behind(records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the records of each language behind those that words were counted on."""
    seen = dict.fromkeys(COUNTED, 0)
    for record in records:
        lang = record["lang"]
        seen[lang] += 1
        if seen[lang] > COUNTED[lang]:
            yield record
