"""Compare Muon and Adam on the first steps of a run: same data, seed, batches and schedule.

    python benchmarks/training_optimizers.py --recipe models/de-en/recipe.toml --steps 100

Prints, for each optimizer, the mean training loss of every quarter of the steps
and the seconds they took. The work folder has to hold a pass (``pass 0``); the
run itself is made in a folder of its own, and nothing of it is kept.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import torch

from summlib.training.batches import plan_batches, stack
from summlib.training.loop import Run, rate
from summlib.training.passes import Passes
from summlib.training.recipe import OPTIMIZERS, Recipe
from summlib.training.workspace import Workspace, open_workspace

QUARTERS = 4


def losses(recipe: Recipe, workspace: Workspace, *, steps: int) -> tuple[list[float], float]:
    """Return the loss of each step, in nats per piece, and the seconds all took."""
    examples = Passes(workspace)(0)
    schedule = recipe.schedule
    plan = plan_batches(examples, batch_tokens=schedule.batch_tokens, seed=f"{recipe.seed}:0")
    with tempfile.TemporaryDirectory() as temporary:
        run = Run(recipe, Path(temporary), lambda _: examples, vocabulary=recipe.vocabulary)
        found, begin = [], time.perf_counter()
        for lines in plan[:steps]:
            batch = stack(examples, lines, pad=run.network.pad, grid=run.grid)
            loss, plain = run.network(
                batch.source, batch.target, schedule.smoothing, schedule.candidates
            )
            loss.backward()
            run.masters.step(rate(schedule, run.progress))
            run.progress.step += 1
            run.progress.tokens += batch.tokens
            found.append(float(plain))
        return found, time.perf_counter() - begin


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recipe", type=Path, default=Path("models/de-en/recipe.toml"))
    parser.add_argument("--work", type=Path)
    parser.add_argument("--steps", type=int, default=100)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--adam-lr", type=float, nargs="*", default=[0.001, 0.002])
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    workspace = open_workspace(options.recipe, options.work)
    for optimizer in OPTIMIZERS:
        for adam_lr in options.adam_lr:
            schedule = replace(
                workspace.recipe.schedule, optimizer=optimizer, adam_lr=adam_lr, warmup_steps=20
            )
            recipe = replace(workspace.recipe, schedule=schedule)
            found, seconds = losses(recipe, workspace, steps=options.steps)
            size = max(1, len(found) // QUARTERS)
            parts = [found[i : i + size] for i in range(0, len(found), size)]
            means = " ".join(f"{sum(part) / len(part):.3f}" for part in parts[:QUARTERS])
            print(f"{optimizer:5} adam_lr {adam_lr:g}: {means} nats, {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
