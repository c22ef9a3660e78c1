"""Muon that computes in float32, for machines without instructions for bf16.

torch's own orthogonalizes in bf16 whatever the weights are. Where a processor has no
instructions for that, a step of a small model takes most of a minute instead of half
a second.

Sources: Jordan et al. (2024), Muon, for the step; Liu et al. (2025), Muon is scalable
for LLM training, for a step as long as Adam's.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

_ROUNDS = 5
_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of a polynomial that pulls every singular value to about 1 within those rounds."""

_ADAM_RMS = 0.2
"""Root mean square of Adam's usual step, in units of the rate."""


class FloatMuon(torch.optim.Muon):
    """Steps as ``torch.optim.Muon`` does, in the type of the weights.

    Its state is the same, so that a run can go on with either. Rates are those of
    Adam (``match_rms_adamw``).
    """

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Take one step.

        Args:
            closure: Computes the loss anew before the step.
        """
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    self._move(weight, group["lr"], group["momentum"])
        return loss

    def _move(self, weight: Tensor, rate: float, momentum: float) -> None:
        state = self.state[weight]
        if "momentum_buffer" not in state:
            state["momentum_buffer"] = torch.zeros_like(weight)
        mean = state["momentum_buffer"].lerp_(weight.grad, 1 - momentum)
        ahead = weight.grad.lerp(mean, momentum)  # Nesterov's
        length = rate * _ADAM_RMS * math.sqrt(max(weight.shape))
        weight.add_(orthogonalize(ahead), alpha=-length)


def orthogonalize(matrix: Tensor) -> Tensor:
    """Return the matrix with its singular values near 1, its directions kept.

    Args:
        matrix: Two dimensions, any float type.

    >>> values = torch.linalg.svdvals(orthogonalize(torch.diag(torch.tensor([4.0, 1.0]))))
    >>> bool(((values > 0.6) & (values < 1.3)).all())
    True
    """
    tall = matrix.shape[0] > matrix.shape[1]
    found = matrix.T if tall else matrix
    found = found / found.norm().clamp(min=1e-7)
    one, three, five = _COEFFICIENTS
    for _ in range(_ROUNDS):
        gram = found @ found.T
        found = one * found + (three * gram + five * (gram @ gram)) @ found
    return found.T if tall else found
