"""Continue the training of a finished network on a few lines, and stop in time.

Four things keep a handful of lines from spoiling what millions have taught: a
small rate, embeddings that stay as they are (the loss would push down every
word that the lines do not hold), stopping at the lowest loss on lines that are
not learned, and going only part of the way from the old weights to the new ones (weight-space
ensembles: Wortsman et al. 2022), which gives up a little of what was gained
and keeps most of what would have been forgotten.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from summlib.errors import InputError
from summlib.training.arithmetic import quickest_type
from summlib.training.batches import Examples, plan_batches, stack
from summlib.training.marian import from_marian
from summlib.training.model import Network
from summlib.training.optimizer import Masters
from summlib.training.recipe import Schedule, Shape

PATIENCE = 3
"""Looks at the watched lines without a lower loss, after which training stops."""

LOOK_EVERY = 100
"""Steps between two looks; small memories are looked at once an epoch."""

WARMUP = 8


@dataclass(frozen=True)
class Adapted:
    """What came of it.

    Args:
        weights: The best weights, by name.
        steps: Steps up to them.
        tokens: Target tokens learned up to them.
        loss_before: Nats per token on the watched lines at the start.
        loss_after: The same with ``weights``, not above ``loss_before``.
    """

    weights: dict[str, Tensor]
    steps: int
    tokens: int
    loss_before: float
    loss_after: float


def open_network(folder: Path, *, dropout: float = 0.0) -> Network:
    """Return the network of a model's folder, in full precision.

    Args:
        folder: Holds ``model.safetensors`` and ``config.json``, as ``export`` writes them.
        dropout: 0 to 1.

    Raises:
        InputError: A file is missing, or they do not fit together.
    """
    from safetensors.torch import load_file

    path = folder / "model.safetensors"
    if not path.is_file():
        raise InputError(
            f"{path} is missing: an installed summlib holds only what translating needs; "
            "take the model's folder from the project's repository"
        )
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        shape = read_shape(config)
        network = Network(shape, config["vocab_size"], dropout=dropout)
        weights = from_marian(load_file(path), [name for name, _ in network.named_parameters()])
        network.load_state_dict(weights)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise InputError(f"{path} and config.json beside it do not fit: {error}") from error
    return network


def read_shape(config: Mapping[str, Any]) -> Shape:
    """Return the shape that a ``config.json`` of transformers' Marian names."""
    return Shape(
        d_model=config["d_model"],
        d_ffn=config["encoder_ffn_dim"],
        heads=config["encoder_attention_heads"],
        encoder_layers=config["encoder_layers"],
        decoder_layers=config["decoder_layers"],
        positions=config["max_position_embeddings"],
    )


def measure(network: Network, examples: Examples, *, batch_tokens: int = 4096) -> float:
    """Return the mean loss of the target's pieces, in nats."""
    device = network.embedding.weight.device
    was_training = network.training
    network.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for lines in plan_batches(examples, batch_tokens=batch_tokens, seed="look"):
            batch = stack(examples, lines, pad=network.pad)
            _, plain = network(batch.source.to(device), batch.target.to(device), 0.0)
            total += float(plain) * batch.tokens
            count += batch.tokens
    network.train(was_training)
    return total / count


def adapt(
    network: Network,
    examples: Callable[[int], Examples],
    watched: Examples,
    *,
    schedule: Schedule,
    epochs: int,
    seed: int = 1,
    stop_after_s: float = float("inf"),
    report: Callable[[str], None] = lambda line: None,
) -> Adapted:
    """Train until the loss on the watched lines stops falling; return the best weights.

    Equal input and seed give equal weights on one machine, unless time runs out.

    Args:
        network: Where to start; on the device to train on.
        examples: Gives the lines of an epoch, which may differ.
        watched: Lines that say when to stop.
        schedule: Rates, batch and dropout; its tokens do not count.
        epochs: Times over the lines at most.
        seed: Seed of order and dropout.
        stop_after_s: Seconds after which the best weights so far are returned.
        report: Gets a line for each look at the watched lines.
    """
    torch.manual_seed(seed)
    network.embedding.weight.requires_grad_(False)
    masters = Masters(network, schedule)
    device = network.embedding.weight.device
    network.to(quickest_type(device))
    masters.parameters = dict(network.named_parameters())
    before = measure(network, watched)
    watch = _Watch(masters, before)
    begin, step, tokens = time.monotonic(), 0, 0
    report(f"before: {before:.3f} nats a piece on the watched lines")
    for epoch in range(epochs):
        lines_of = examples(epoch)
        plan = plan_batches(lines_of, batch_tokens=schedule.batch_tokens, seed=f"{seed}:{epoch}")
        for place, lines in enumerate(plan, start=1):
            batch = stack(lines_of, lines, pad=network.pad)
            source, target = batch.source.to(device), batch.target.to(device)
            loss, _ = network(source, target, schedule.smoothing)
            loss.backward()
            step, tokens = step + 1, tokens + batch.tokens
            masters.step(min(1.0, step / WARMUP))
            late = time.monotonic() - begin > stop_after_s
            if late or place == len(plan) or place % LOOK_EVERY == 0:
                watch.look(measure(network, watched), step, tokens)
                report(f"epoch {epoch + 1}, step {step}: {watch.last:.3f} nats a piece")
            if late or watch.patience <= 0:
                return watch.best
    return watch.best


class _Watch:
    """Keeps the best weights seen."""

    def __init__(self, masters: Masters, loss: float) -> None:
        self.masters, self.last, self.patience = masters, loss, PATIENCE
        self.best = Adapted(self._weights(), 0, 0, loss, loss)

    def _weights(self) -> dict[str, Tensor]:
        return {name: tensor.cpu().clone() for name, tensor in self.masters.weights().items()}

    def look(self, loss: float, steps: int, tokens: int) -> None:
        self.last = loss
        if loss < self.best.loss_after:
            self.patience = PATIENCE
            self.best = Adapted(self._weights(), steps, tokens, self.best.loss_before, loss)
        else:
            self.patience -= 1


def blend(old: dict[str, Tensor], new: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """Return weights that lie ``share`` of the way from ``old`` to ``new``, 0 to 1.

    >>> blend({"w": torch.zeros(1)}, {"w": torch.ones(1)}, 0.25)
    {'w': tensor([0.2500])}
    """
    return {name: torch.lerp(tensor.float(), new[name], share) for name, tensor in old.items()}
