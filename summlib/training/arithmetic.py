"""Which type of number a machine computes fastest in."""

from __future__ import annotations

import time

import torch

TRIALS = 5
MARGIN = 0.7


def quickest_type(device: torch.device) -> torch.dtype:
    """Return bfloat16 where this machine multiplies it clearly faster than float32.

    Processors without instructions for it are many times slower, and no public
    function tells, so both are timed for some milliseconds.
    """
    if device.type != "cpu":
        return torch.bfloat16
    spent = {t: min(_time_product(t) for _ in range(TRIALS)) for t in (torch.float, torch.bfloat16)}
    return torch.bfloat16 if spent[torch.bfloat16] < MARGIN * spent[torch.float] else torch.float


def _time_product(kind: torch.dtype) -> float:
    left, right = (torch.ones(512, 512, dtype=kind) for _ in range(2))
    begin = time.perf_counter()
    torch.matmul(left, right)
    return time.perf_counter() - begin
