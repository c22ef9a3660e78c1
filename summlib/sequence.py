"""What a sentence is worth beside those around it.

The weighted sum of ``summlib.salience`` sees each sentence by itself. Whether a
sentence opens what the next three explain, or repeats what the paragraph before it
said better, only the whole shows: a small recurrent network reads the features of all
sentences forwards and backwards and says by how much to correct each sum. Learnt by
``summlib.training.sequence``; its tables take a quarter of a megabyte.

Source: SummaRuNNer (Nallapati et al. 2017), here over features in place of words.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent / "text" / "data"

LONGEST = 80
"""Sentences that are read in one go; longer texts are read in stretches of about this."""

FARTHEST = 6.0
"""Standard deviations from its mean at which a feature is cut off."""


def corrections(rows: Sequence[Sequence[float]]) -> list[float]:
    """Return what to add to the salience of each sentence, in natural-log units of odds.

    Args:
        rows: For each sentence its features, in the order of ``salience.FEATURES``.

    >>> from summlib.salience import describe
    >>> len(corrections(describe(["Der Zug entgleist.", "Es war warm."]).rows))
    2
    """
    if not rows:
        return []
    import numpy as np

    tables = _tables()
    features = (np.asarray(rows, dtype=np.float32) - tables["mean"]) / tables["spread"]
    count = math.ceil(len(rows) / LONGEST)
    size = math.ceil(len(rows) / count)
    padded = np.zeros((count * size, features.shape[1]), dtype=np.float32)
    padded[: len(rows)] = features.clip(-FARTHEST, FARTHEST)
    # All stretches go through at once; the last one is shorter by up to a sentence a stretch.
    ends = np.minimum(size, len(rows) - size * np.arange(count))
    read = np.maximum(padded.reshape(count, size, -1) @ tables["in"] + tables["in_bias"], 0)
    behind = _read(read, tables, "forward", np.full(count, size))
    ahead = _read(read[:, ::-1], tables, "backward", ends)[:, ::-1]
    hidden = np.concatenate([read, behind, ahead], axis=-1) @ tables["out"] + tables["out_bias"]
    worth = np.maximum(hidden, 0) @ tables["worth"]
    corrected: list[float] = worth.reshape(-1)[: len(rows)].tolist()
    return corrected


def _read(states: Any, tables: dict[str, Any], way: str, ends: Any) -> Any:
    """Run the gated recurrent unit (Cho et al. 2014) over stretches, one step for all at a time.

    Args:
        states: Stretches x sentences x width, in reading order.
        tables: The network's.
        way: ``forward`` or ``backward``.
        ends: How many sentences at the end of each stretch count; before, nothing is kept.
    """
    import numpy as np

    count, size, width = states.shape
    told = states @ tables[f"{way}_in"] + tables[f"{way}_in_bias"]
    kept = np.zeros((count, width), dtype=np.float32)
    found = np.empty((count, size, width), dtype=np.float32)
    for step in range(size):
        recalled = kept @ tables[f"{way}_kept"] + tables[f"{way}_kept_bias"]
        gates = 1 / (1 + np.exp(-told[:, step, : 2 * width] - recalled[:, : 2 * width]))
        reset, update = gates[:, :width], gates[:, width:]
        new = np.tanh(told[:, step, 2 * width :] + reset * recalled[:, 2 * width :])
        kept = (1 - update) * new + update * kept
        kept[size - step > ends] = 0
        found[:, step] = kept
    return found


@lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    """Return the tables of the network, read when first asked for."""
    import numpy as np

    with np.load(_DATA / "salience.npz", allow_pickle=False) as file:
        return {name: file[name].astype(np.float32) for name in file.files}
