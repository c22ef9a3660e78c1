"""The training loop.

One pass draws its lines anew (weights, augmentation), so a run is a list of
passes, each a list of batches, all given by the seed. A checkpoint holds the
pass, the batch within it and the optimizer, so that a run that was killed
goes on at the very batch it had reached.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from summlib.errors import InputError
from summlib.training.arithmetic import quickest_type
from summlib.training.batches import REWRITING, TRANSLATION, Examples, plan_batches, stack
from summlib.training.crew import Crew, Task, split
from summlib.training.model import Network
from summlib.training.optimizer import Masters
from summlib.training.recipe import Recipe, Schedule


@dataclass
class Progress:
    """Where a run stands."""

    step: int = 0
    tokens: int = 0
    index: int = 0
    batch: int = 0


def rate(schedule: Schedule, progress: Progress, *, total: int | None = None) -> float:
    """Return the share of the peak rate: warm-up, plateau, linear decay to zero.

    >>> rate(Schedule(warmup_steps=100), Progress(step=49))
    0.5
    """
    total = total or schedule.target_tokens
    warm = (progress.step + 1) / max(1, schedule.warmup_steps)
    left = (total - progress.tokens) / max(1.0, schedule.decay_share * total)
    return max(0.0, min(1.0, warm, left))


class Run:
    """One training run in a folder of its own.

    Args:
        recipe: What to train.
        folder: Gets ``checkpoint.pt`` and ``log.jsonl``.
        examples: Gives the encoded examples of pass ``index``.
        vocabulary: Number of ids, the pad included.
        device: ``cpu`` or ``cuda``.
        processes: Processes that share the batches, this one included. With one
            the seed decides every number; with more the order of sums varies.

    Raises:
        InputError: There is no such device, or more than one process for a GPU.
    """

    def __init__(
        self,
        recipe: Recipe,
        folder: Path,
        examples: Callable[[int], Examples],
        *,
        vocabulary: int,
        device: str = "cpu",
        processes: int = 1,
    ) -> None:
        torch.manual_seed(recipe.seed)
        folder.mkdir(parents=True, exist_ok=True)
        self.recipe, self.folder, self.examples = recipe, folder, examples
        self.grid = REWRITING if recipe.task == "rewrite" else TRANSLATION
        self.device = open_device(device)
        if processes > 1 and self.device.type == "cuda":
            raise InputError(
                "several processes share the work of a CPU only; leave --processes at 1"
            )
        dropout, frozen = recipe.schedule.dropout, recipe.schedule.frozen_layers
        network = Network(recipe.shape, vocabulary, dropout=dropout, frozen=frozen)
        self.network = network.to(self.device)
        self.masters = Masters(self.network, recipe.schedule)
        self.network.to(quickest_type(self.device))
        self.masters.parameters = dict(self.network.named_parameters())
        self.progress, self.batches = Progress(), 0
        self.crew = Crew(
            self.network,
            processes - 1,
            threads=torch.get_num_threads(),
            dropout=dropout,
            frozen=frozen,
            seed=recipe.seed,
        )
        self.compiled: Any = self.network
        if self.device.type == "cuda":
            self.compiled = torch.compile(self.network, dynamic=False)

    @property
    def checkpoint(self) -> Path:
        """Where the run is saved."""
        return self.folder / "checkpoint.pt"

    def load(self, path: Path, *, weights_only: bool = False) -> None:
        """Go on from a checkpoint, or with ``weights_only`` start from its weights."""
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.masters.load_state_dict(state["optimizer"], weights_only=weights_only)
        if not weights_only:
            self.progress = Progress(**state["progress"])
            torch.set_rng_state(state["random"].cpu())
            if self.device.type == "cuda" and state.get("random_cuda") is not None:
                torch.cuda.set_rng_state(state["random_cuda"].cpu(), self.device)

    def save(self, path: Path) -> None:
        """Write a checkpoint; the file is whole or absent, never half."""
        on_gpu = self.device.type == "cuda"
        state = {
            "optimizer": self.masters.state_dict(),
            "progress": asdict(self.progress),
            "random": torch.get_rng_state(),
            "random_cuda": torch.cuda.get_rng_state(self.device) if on_gpu else None,
        }
        _write(state, path)

    def save_weights(self, path: Path) -> None:
        """Write the weights alone: enough to export or average, not to go on from."""
        weights = {name: tensor.cpu() for name, tensor in self.masters.weights().items()}
        _write({"optimizer": {"weights": weights}, "progress": asdict(self.progress)}, path)

    def train(
        self,
        *,
        save_every_s: float = 240.0,
        stop_after_s: float = float("inf"),
        stop_after_steps: int = 10**9,
        report: Callable[[str], None] = lambda line: None,
        every: int = 0,
        look: Callable[[Run], str] | None = None,
    ) -> Progress:
        """Train until the schedule's tokens are used up, or as long as allowed.

        Args:
            save_every_s: Seconds between checkpoints.
            stop_after_s: Stop cleanly after so many seconds.
            stop_after_steps: Stop cleanly after so many steps of this call.
            report: Gets one line of progress about every 20 seconds.
            every: Steps between two calls of ``look``; 0 for none but the last.
            look: Scores the run, and returns a line to report.
        """
        begin = saved = time.monotonic()
        meter, first = Meter(self.recipe.schedule, self.progress.tokens), self.progress.step
        while self.progress.tokens < self.recipe.schedule.target_tokens:
            examples = self.examples(self.progress.index)
            for lines in self._plan(examples)[self.progress.batch :]:
                if not self._learn(examples, lines, meter):
                    continue
                now = time.monotonic()
                if line := meter.line(self.progress, now):
                    report(line)
                    self._log(meter.last)
                taken = self.progress.step - first
                last = now - begin > stop_after_s or taken >= stop_after_steps or self._done()
                if last or now - saved > save_every_s:
                    self._gather(meter, wait=True)
                    self.save(self.checkpoint)
                    saved = now
                if look and (last or (every and self.progress.step % every == 0)):
                    report(self._look(look))
                    meter.begin = time.monotonic()
                if last:
                    return self.progress
            self.progress.index += 1
            self.progress.batch = 0
        return self.progress

    def _done(self) -> bool:
        return self.progress.tokens >= self.recipe.schedule.target_tokens

    def _plan(self, examples: Examples) -> list[np.ndarray]:
        seed = f"{self.recipe.seed}:{self.progress.index}"
        size = self.recipe.schedule.batch_tokens
        return plan_batches(examples, batch_tokens=size, seed=seed, grid=self.grid)

    def _learn(self, examples: Examples, lines: np.ndarray, meter: Meter) -> bool:
        """Learn from one batch, here or in another process; tell whether a step was taken."""
        schedule = self.recipe.schedule
        batch = stack(examples, lines, pad=self.network.pad, grid=self.grid)
        # The last steps see the whole vocabulary, so that rare pieces end up calibrated.
        candidates = schedule.candidates if rate(schedule, self.progress) > 0.1 else 0
        task = Task(batch, schedule.smoothing, candidates)
        self.progress.batch += 1
        if not self.crew.hand_over(task):
            source, target = batch.source.to(self.device), batch.target.to(self.device)
            loss, plain = self.compiled(source, target, task.smoothing, task.candidates)
            loss.backward()
            self.masters.collect_own(batch.tokens)
            self._count(float(plain), batch.tokens, meter)
        self._gather(meter)
        return self.batches >= schedule.accumulate and self._step(meter)

    def _gather(self, meter: Meter, *, wait: bool = False) -> None:
        """Take in what the other processes have computed."""
        for result in self.crew.results(wait=wait):
            self.masters.collect(split(result.gradient, self.network), result.tokens)
            self._count(result.loss, result.tokens, meter)

    def _count(self, loss: float, tokens: int, meter: Meter) -> None:
        self.batches += 1
        self.progress.tokens += tokens
        meter.add(loss * tokens, tokens)

    def _step(self, meter: Meter) -> bool:
        share = rate(self.recipe.schedule, self.progress)
        meter.norm, meter.share = self.masters.step(share), share
        self.progress.step += 1
        self.batches = 0
        return True

    def _look(self, look: Callable[[Run], str]) -> str:
        """Score the run; chance goes on as if nobody had looked."""
        state = torch.get_rng_state()
        line = look(self)
        torch.set_rng_state(state)
        return line

    def _log(self, record: dict[str, float]) -> None:
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")


def open_device(name: str) -> torch.device:
    """Return a device that is there.

    Args:
        name: ``cpu``, ``cuda`` or ``cuda:N``.

    Raises:
        InputError: torch knows no such device, or sees none here.
    """
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise InputError(f"device is {name!r}; use cpu, cuda or cuda:N") from error
    if device.type == "cuda" and not torch.cuda.is_available():
        raise InputError(f"device is {name!r}, but torch sees no GPU here; use --device cpu")
    return device


def _write(state: dict[str, Any], path: Path) -> None:
    """Write a file that is whole or absent, never half."""
    partial = path.with_suffix(".part")
    torch.save(state, partial)
    os.replace(partial, path)


class Meter:
    """Sums up the steps since the last line of progress."""

    def __init__(self, schedule: Schedule, tokens: int, *, every_s: float = 20.0) -> None:
        self.total, self.every_s = schedule.target_tokens, every_s
        self.begin = time.monotonic()
        self.last: dict[str, float] = {}
        self._clear()

    def _clear(self) -> None:
        self.loss, self.tokens, self.norm, self.share = 0.0, 0, 0.0, 0.0

    def add(self, loss: float, tokens: int) -> None:
        """Count one batch: summed loss in nats, target tokens."""
        self.loss += loss
        self.tokens += tokens

    def line(self, progress: Progress, now: float) -> str:
        """Return a line of progress when it is time for one, else an empty string."""
        spent = now - self.begin
        if spent < self.every_s:
            return ""
        speed = self.tokens / spent
        left_min = (self.total - progress.tokens) / max(1.0, speed) / 60
        self.last = {
            "step": progress.step,
            "tokens": progress.tokens,
            "nll": round(self.loss / max(1, self.tokens), 4),
            "tokens_per_s": round(speed),
            "rate": round(self.share, 4),
            "norm": round(self.norm, 3),
        }
        line = (
            f"step {progress.step} pass {progress.index} tokens {progress.tokens / 1e6:.2f}M "
            f"nll {self.last['nll']:.3f} {speed:.0f} tok/s rate {self.share:.3f} "
            f"norm {self.norm:.2f} left {left_min:.0f} min"
        )
        self.begin = now
        self._clear()
        return line
