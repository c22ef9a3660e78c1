"""Label-smoothed cross-entropy fused with the output layer.

The logits of a batch (6,000 x 16,000 floats) would be the largest tensor of
the step by far. They are made, used and dropped in chunks, and the gradient
is taken on the way, as in the fused losses of Liger-Kernel (Hsu et al. 2024).

The output layer is 40 % of a step of the small model. ``candidates`` bounds
it: the sum over the vocabulary runs over all pieces of the batch plus a
uniform sample of the others, whose share is scaled up to stand for the rest
(importance sampling as in Jean et al. 2015; the estimate of the sum is unbiased).
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

ROWS = 1024
"""Rows of logits alive at once; every chunk is padded to it, since oneDNN
compiles a kernel for each new shape."""


class _FusedCrossEntropy(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, states: Tensor, weight: Tensor, target: Tensor, smoothing: float, shift: Tensor
    ) -> tuple[Tensor, Tensor]:
        grad_states = torch.empty_like(states)
        grad_weight = torch.zeros(weight.shape, dtype=torch.float32, device=weight.device)
        sums = torch.zeros(2, device=states.device)
        count, size = max(1, len(target)), weight.shape[0]
        for begin in range(0, len(target), ROWS):
            end = min(begin + ROWS, len(target))
            missing = ROWS - (end - begin)
            rows = F.pad(states[begin:end], (0, 0, 0, missing))
            wanted = F.pad(target[begin:end], (0, missing))[:, None]
            real = (torch.arange(ROWS, device=states.device) < end - begin)[:, None]
            # The softmax reads bf16 and writes float32 in one go; it is half of the time here.
            logits = torch.addmm(shift.to(rows.dtype), rows, weight.t())
            share = torch.softmax(logits, dim=1, dtype=torch.float32)
            nll = -share.gather(1, wanted).clamp_min(1e-30).log()
            spread = nll + logits.gather(1, wanted) - logits.mean(dim=1, keepdim=True)
            sums[0] += (nll * real).sum()
            sums[1] += (spread * real).sum()
            share.sub_(smoothing / size)
            share.scatter_add_(1, wanted, share.new_full(wanted.shape, smoothing - 1))
            grad = share.mul_(real / count).to(weight.dtype)
            grad_states[begin:end] = (grad @ weight)[: end - begin]
            grad_weight += grad.t() @ rows
        ctx.save_for_backward(grad_states, grad_weight.to(weight.dtype))
        plain = sums[0] / count
        ctx.mark_non_differentiable(plain)
        return (1 - smoothing) * plain + smoothing * sums[1] / count, plain

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[override]
        grad_states, grad_weight = ctx.saved_tensors
        return grad_states * grads[0], grad_weight * grads[0], None, None, None


def fused_cross_entropy(
    states: Tensor, weight: Tensor, target: Tensor, smoothing: float, *, candidates: int = 0
) -> tuple[Tensor, Tensor]:
    """Return the smoothed and the plain mean loss of ``target``.

    Args:
        states: Decoder states ``(tokens, dim)``.
        weight: Output embeddings ``(vocabulary, dim)``.
        target: Ids ``(tokens,)``.
        smoothing: Share of probability spread over the vocabulary, 0 to 1.
        candidates: Pieces in the sum; 0 for all of them.
    """
    shift = torch.zeros(1, device=weight.device)
    if candidates:
        ids, shift = _choose(target, weight.shape[0], candidates)
        place = torch.zeros(weight.shape[0], dtype=torch.long, device=weight.device)
        place[ids] = torch.arange(len(ids), device=weight.device)
        weight, target = F.embedding(ids, weight), place[target]
    losses: tuple[Tensor, Tensor] = _FusedCrossEntropy.apply(  # type: ignore[no-untyped-call]
        states, weight, target, smoothing, shift
    )
    return losses


def _choose(target: Tensor, vocabulary: int, candidates: int) -> tuple[Tensor, Tensor]:
    """Return candidate ids ``(n,)`` and what to add to their logits ``(n,)``."""
    present = torch.zeros(vocabulary, dtype=torch.bool, device=target.device)
    present[target] = True
    inside = present.nonzero()[:, 0]
    outside = (~present).nonzero()[:, 0]
    sample = max(0, candidates - len(inside))
    chosen = outside[torch.randperm(len(outside), device=target.device)[:sample]]
    shift = torch.zeros(len(inside) + len(chosen), device=target.device)
    if len(chosen):
        shift[len(inside) :] = math.log(len(outside) / len(chosen))
    return torch.cat([inside, chosen]), shift
