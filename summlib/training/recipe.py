"""The recipe of a model: one TOML file, kept beside the model it makes.

Every figure of a run stands here, so that ``model.json`` plus this file say
how the weights came to be. Unknown keys are refused: a misspelt option that
is silently ignored costs a day of training.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from summlib.errors import InputError

T = TypeVar("T")


@dataclass(frozen=True)
class Shape:
    """Size of the network (Marian: post-norm transformer, tied embeddings)."""

    d_model: int = 256
    d_ffn: int = 1024
    heads: int = 4
    encoder_layers: int = 6
    decoder_layers: int = 2
    positions: int = 512


@dataclass(frozen=True)
class Schedule:
    """How long, how fast, and how much at once.

    Args:
        target_tokens: Tokens of the target side to train on, padding excluded.
        batch_tokens: Padded tokens of one side in a batch.
        accumulate: Batches whose gradients make one step.
        optimizer: ``muon`` (for the matrices, Adam for the rest) or ``adam`` (for all).
        muon_lr: Peak rate of the matrices (Muon, Jordan et al. 2024).
        adam_lr: Peak rate of embeddings and norms, with ``adam`` of everything.
        warmup_steps: Steps from zero to the peak rate.
        decay_share: Share of the run in which the rate falls linearly to zero.
        smoothing: Label smoothing, 0 to 1.
        dropout: 0 to 1; with few passes over the data it only costs time.
        clip: Largest norm of the gradient.
        candidates: Pieces in the sum of the loss (see ``loss.py``); 0 for all.
        frozen_layers: Encoder layers from the first that stay as they were at the start: what
            they know of the language is kept, and a step costs less.
    """

    target_tokens: int = 150_000_000
    batch_tokens: int = 6144
    accumulate: int = 1
    optimizer: str = "muon"
    muon_lr: float = 0.004
    adam_lr: float = 0.0015
    warmup_steps: int = 200
    decay_share: float = 0.6
    smoothing: float = 0.1
    dropout: float = 0.0
    clip: float = 1.0
    candidates: int = 0
    frozen_layers: int = 0


@dataclass(frozen=True)
class Risk:
    """How a model learns from its own hypotheses afterwards (see ``risk.py``).

    Args:
        target_tokens: Pieces of hypotheses to learn from.
        batch_tokens: Padded pieces of the hypotheses in a step.
        candidates: Hypotheses of a line in a step, 2 or more.
        sharpness: What log-probabilities per piece are multiplied by before they are compared.
        likelihood: Weight of the best hypothesis's likelihood beside the risk.
        rate: Peak rate of Adam.
        warmup_steps: Steps from zero to the peak rate.
        decay_share: Share of the run in which the rate falls linearly to zero.
    """

    target_tokens: int = 5_000_000
    batch_tokens: int = 9000
    candidates: int = 5
    sharpness: float = 10.0
    likelihood: float = 1.0
    rate: float = 6e-5
    warmup_steps: int = 20
    decay_share: float = 0.5


OPTIMIZERS = ("muon", "adam")


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what a training run makes.

    Args:
        name: Name of the model, such as ``de-en``.
        task: ``translate`` or ``rewrite``.
        languages: Source and target.
        seed: Seed of every random choice.
        start: Where the first weights came from, in words for the card; empty
            for chance (see ``run --start``).
        vocabulary: Number of pieces.
        weights: Share of a source's lines that one pass draws; above 1 repeats.
        augment: Share of lines given each treatment (see ``augment.py``).
        shape: Size of the network.
        schedule: Length and rates.
        risk: Of what follows (``risk.py``).
    """

    name: str
    task: str = "translate"
    languages: list[str] = field(default_factory=lambda: ["de", "en"])
    seed: int = 1
    start: str = ""
    vocabulary: int = 16000
    weights: dict[str, float] = field(default_factory=dict)
    augment: dict[str, float] = field(default_factory=dict)
    shape: Shape = field(default_factory=Shape)
    schedule: Schedule = field(default_factory=Schedule)
    risk: Risk = field(default_factory=Risk)


def load_recipe(path: str | Path, *, exclude: tuple[str, ...] = ()) -> Recipe:
    """Read a recipe from a TOML file.

    Args:
        path: The file.
        exclude: Sources to leave out, whatever their weight.

    Raises:
        InputError: The file is absent or no TOML, a key or optimizer is unknown,
            or a source to leave out has no weight.
    """
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path} cannot be read as a recipe: {error}") from error
    shape = _build(Shape, table.pop("shape", {}), path)
    schedule = _build(Schedule, table.pop("schedule", {}), path)
    risk = _build(Risk, table.pop("risk", {}), path)
    if schedule.optimizer not in OPTIMIZERS:
        raise InputError(
            f"{path}: optimizer is {schedule.optimizer!r}; use " + " or ".join(OPTIMIZERS)
        )
    recipe = _build(Recipe, {**table, "shape": shape, "schedule": schedule, "risk": risk}, path)
    for name in exclude:
        if name not in recipe.weights:
            raise InputError(f"{path}: no source {name!r} to leave out; see [weights]")
        recipe.weights[name] = 0.0
    return recipe


def _build(kind: type[T], values: dict[str, Any], path: str | Path) -> T:
    known = {f.name for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - known)
    if unknown:
        raise InputError(
            f"{path}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}"
        )
    try:
        return kind(**values)
    except TypeError as error:
        raise InputError(f"{path}: {error}") from error
