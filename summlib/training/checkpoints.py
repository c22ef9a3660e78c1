"""Weights to start from, and weights to export.

The mean of the last checkpoints of a run is often a little better than the
last one alone (Vaswani et al. 2017, section 6.1).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zipfile import is_zipfile

import torch
from torch import Tensor

from summlib.errors import InputError
from summlib.training.loop import Progress
from summlib.training.marian import from_marian, transplant_embeddings


def read_checkpoint(path: Path) -> dict[str, Any]:
    """Read what ``Run.save`` wrote, into the memory of the CPU.

    Raises:
        InputError: The file is absent or no checkpoint.
    """
    # torch's own message for a file of another kind runs over twenty lines.
    state: Any = None
    if is_zipfile(path):
        state = torch.load(path, map_location="cpu", weights_only=True)
    if not isinstance(state, dict) or "weights" not in state.get("optimizer", {}):
        raise InputError(f"{path} is no checkpoint of this package")
    return state


def average(paths: Sequence[Path]) -> tuple[dict[str, Tensor], Progress]:
    """Return the mean of the weights of checkpoints, and where the furthest one stands.

    Args:
        paths: One checkpoint or more, of one run.

    Raises:
        InputError: One cannot be read, or they differ in shape.
    """
    total: dict[str, Tensor] = {}
    furthest = Progress()
    for path in paths:
        state = read_checkpoint(path)
        weights: dict[str, Tensor] = state["optimizer"]["weights"]
        if total and {k: t.shape for k, t in total.items()} != _shapes(weights):
            raise InputError(f"{path} is of another shape than {paths[0]}")
        total = {name: total.get(name, 0) + tensor for name, tensor in weights.items()}
        furthest = max(furthest, Progress(**state["progress"]), key=lambda p: p.tokens)
    return {name: tensor / len(paths) for name, tensor in total.items()}, furthest


def _shapes(weights: dict[str, Tensor]) -> dict[str, torch.Size]:
    return {name: tensor.shape for name, tensor in weights.items()}


def read_marian(folder: Path, vocabulary: Path, expected: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the weights of a Marian folder, its embeddings moved to another vocabulary.

    Args:
        folder: Holds ``model.safetensors`` and ``source.spm``, as transformers has them.
        vocabulary: Folder with the ``spm.model`` to move to.
        expected: The network's weights by name, for their shapes.

    Raises:
        InputError: A file is missing or the shapes do not fit.
    """
    from safetensors.torch import load_file

    path = folder / "model.safetensors"
    if not path.is_file():
        raise InputError(f"{path} is missing; give a Marian folder in transformers' format")
    try:
        weights = from_marian(load_file(path), list(expected))
    except KeyError as error:
        raise InputError(f"{path} lacks {error}: it has fewer layers than the recipe") from error
    old = weights["embedding.weight"]
    weights["embedding.weight"] = transplant_embeddings(old, folder, vocabulary)
    for name, tensor in weights.items():
        if tensor.shape != expected[name].shape:
            shapes = f"{tuple(tensor.shape)}, the recipe wants {tuple(expected[name].shape)}"
            raise InputError(f"{path}: {name} has the shape {shapes}")
    return weights
