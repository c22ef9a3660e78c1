"""Turn pairs of lines into batches of fixed shapes.

oneDNN compiles a kernel for every new tensor shape, and a GPU's compiled
graph does the same; so the lengths of both sides are rounded up to a small
grid and every cell of the grid has one batch size.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sentencepiece
import torch
from torch import Tensor

from summlib.errors import InputError
from summlib.training.corpus import Pair

Ids = npt.NDArray[np.integer[Any]]

GRID = (12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 128, 160)


@dataclass(frozen=True)
class Grid:
    """The widths that batches have.

    Args:
        steps: Widths of either side, rising.
        drops: How many steps the shorter side may stand below the longer one,
            rising from 0; more of them pad less and make more shapes.
    """

    steps: tuple[int, ...] = GRID
    drops: tuple[int, ...] = (0, 1)


TRANSLATION = Grid()
REWRITING = Grid((*GRID, 192, 224, 256), (0, 1, 3, 6, 9))
"""Several sentences on one side and one on the other."""


@dataclass(frozen=True)
class Encoded:
    """Ids of many lines, end to end: line ``i`` is ``ids[begin[i]:begin[i + 1]]``."""

    ids: Ids
    begin: Ids

    def __len__(self) -> int:
        return len(self.begin) - 1

    def __getitem__(self, i: int) -> Ids:
        return self.ids[self.begin[i] : self.begin[i + 1]]


@dataclass(frozen=True)
class Examples:
    """Both sides of all pairs of a pass, as ids that end in ``</s>``."""

    source: Encoded
    target: Encoded


@dataclass(frozen=True)
class Batch:
    """Ids ``(rows, source)`` and ``(rows, target)``, padded; ``tokens`` counts the target's."""

    source: Tensor
    target: Tensor
    tokens: int


def encode_lines(
    lines: Sequence[str], processor: sentencepiece.SentencePieceProcessor, *, threads: int = 1
) -> Encoded:
    """Encode lines, each followed by ``</s>``."""
    end = processor.eos_id()
    rows = processor.encode(list(lines), num_threads=threads)
    begin = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) + 1 for row in rows], out=begin[1:])
    ids = np.full(int(begin[-1]), end, dtype=np.uint16)
    for i, row in enumerate(rows):
        ids[begin[i] : begin[i + 1] - 1] = row
    return Encoded(ids, begin)


def encode_pairs(
    pairs: Sequence[Pair], processor: sentencepiece.SentencePieceProcessor, *, threads: int = 1
) -> Examples:
    """Encode both sides of ``pairs``."""
    return Examples(
        encode_lines([p.source for p in pairs], processor, threads=threads),
        encode_lines([p.target for p in pairs], processor, threads=threads),
    )


def plan_batches(
    examples: Examples, *, batch_tokens: int, seed: str, grid: Grid = TRANSLATION
) -> list[Ids]:
    """Group line numbers into batches of one cell each, in an order given by the seed.

    Every line that is no longer than the grid's last step stands in exactly one
    batch. The rest of a cell that does not fill a batch moves to the next larger
    cell; what is left at the end makes one smaller batch, the last of the pass.

    Raises:
        InputError: No line fits the grid.
    """
    cells = _fill_cells(examples, grid)
    rng = random.Random(seed)
    batches: list[Ids] = []
    rest: list[int] = []
    for cell in sorted(cells, key=lambda c: (max(c), c)):
        lines, rows = cells[cell], batch_rows(cell, batch_tokens)
        rng.shuffle(lines)
        whole = len(lines) - len(lines) % rows
        batches.extend(np.array(lines[i : i + rows]) for i in range(0, whole, rows))
        larger = _larger(cell, grid.steps)
        (cells[larger] if larger else rest).extend(lines[whole:])
    rng.shuffle(batches)
    if rest:
        batches.append(np.array(rest))
    if not batches:
        raise InputError(f"none of {len(examples.source)} lines fits {grid.steps[-1]} pieces")
    return batches


def _fill_cells(examples: Examples, grid: Grid) -> dict[tuple[int, int], list[int]]:
    steps = grid.steps
    cells: dict[tuple[int, int], list[int]] = {(s, s): [] for s in steps}
    wide = np.searchsorted(np.array(steps), np.diff(examples.source.begin))
    high = np.searchsorted(np.array(steps), np.diff(examples.target.begin))
    for line, (w, h) in enumerate(zip(wide.tolist(), high.tolist(), strict=True)):
        if max(w, h) < len(steps):
            drop = max(d for d in grid.drops if d <= abs(w - h))
            low = max(w, h) - drop
            cells.setdefault((steps[max(w, low)], steps[max(h, low)]), []).append(line)
    return cells


def _larger(cell: tuple[int, int], steps: tuple[int, ...]) -> tuple[int, int] | None:
    """The next square cell that both sides fit in."""
    size = max(cell)
    if cell != (size, size):
        return size, size
    place = steps.index(size) + 1
    return (steps[place], steps[place]) if place < len(steps) else None


def batch_rows(cell: tuple[int, int], batch_tokens: int) -> int:
    """Number of rows of a batch of this cell."""
    return max(1, batch_tokens // max(cell))


def stack(examples: Examples, lines: Ids, *, pad: int, grid: Grid = TRANSLATION) -> Batch:
    """Put the given lines into padded tensors whose widths stand on the grid."""
    source, _ = _pad([examples.source[i] for i in lines], pad, grid.steps)
    target, tokens = _pad([examples.target[i] for i in lines], pad, grid.steps)
    return Batch(source, target, tokens)


def _pad(rows: list[Ids], pad: int, steps: tuple[int, ...]) -> tuple[Tensor, int]:
    longest = max(len(row) for row in rows)
    width = next(step for step in steps if step >= longest)
    out = np.full((len(rows), width), pad, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out), sum(len(row) for row in rows)
