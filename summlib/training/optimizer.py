"""Muon for the matrices and Adam for the rest, or Adam for all, on fp32 masters.

Which of the two stands in the recipe (``[schedule] optimizer``), so that they
can be measured against each other. bf16, in which the network computes, keeps
eight bits of a number: steps at the end of training are smaller than that and
would be lost, so they are taken on a full-precision copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

from summlib.errors import InputError
from summlib.training.arithmetic import quickest_type
from summlib.training.muon import FloatMuon
from summlib.training.recipe import Schedule


class Masters:
    """Optimizer over full-precision copies of a network's parameters.

    Args:
        network: Its parameters may be of any float type.
        schedule: Rates and clipping.
    """

    def __init__(self, network: nn.Module, schedule: Schedule) -> None:
        self.schedule = schedule
        self.collected = 0
        self.parameters = dict(network.named_parameters())
        self.copies = {
            name: nn.Parameter(p.detach().float().clone()) for name, p in self.parameters.items()
        }
        muon = schedule.optimizer == "muon"
        matrices = [c for name, c in self.copies.items() if muon and _is_matrix(name, c)]
        others = [c for name, c in self.copies.items() if not (muon and _is_matrix(name, c))]
        self.muon: Any = None
        if muon:
            some = next(iter(self.copies.values()), None)
            short = some is None or quickest_type(some.device) == torch.bfloat16
            self.muon = (torch.optim.Muon if short else FloatMuon)(
                matrices, lr=schedule.muon_lr, adjust_lr_fn="match_rms_adamw", weight_decay=0.0
            )
        self.adam = torch.optim.AdamW(
            others, lr=schedule.adam_lr, betas=(0.9, 0.98), weight_decay=0.0, fused=True
        )

    def collect(self, gradients: Iterable[Tensor | None], tokens: int = 1) -> None:
        """Add the gradients of a batch, in the order of the parameters, to the next step.

        Args:
            gradients: Of the mean loss of the batch.
            tokens: Weight of the batch among those of the step.
        """
        for copy, grad in zip(self.copies.values(), gradients, strict=True):
            if grad is None:
                continue
            if copy.grad is None:
                copy.grad = grad.float().mul_(tokens)
            else:
                copy.grad.add_(grad, alpha=tokens)
        self.collected += tokens

    def collect_own(self, tokens: int = 1) -> None:
        """Add the gradients that the network holds, and clear them there."""
        self.collect([parameter.grad for parameter in self.parameters.values()], tokens)
        for parameter in self.parameters.values():
            parameter.grad = None

    def step(self, share: float) -> float:
        """Take one step with what was collected, or with what the network holds.

        Args:
            share: Share of the peak rates to use, 0 to 1.

        Returns:
            The norm of the gradient before clipping.
        """
        if not self.collected:
            self.collect_own()
        for copy in self.copies.values():
            if copy.grad is not None:
                copy.grad.div_(self.collected)
        norm = nn.utils.clip_grad_norm_(self.copies.values(), self.schedule.clip)
        self._set_rates(share)
        if self.muon:
            self.muon.step()
        self.adam.step()
        self.write_back()
        for copy in self.copies.values():
            copy.grad = None
        self.collected = 0
        return float(norm)

    def _set_rates(self, share: float) -> None:
        for group in self.muon.param_groups if self.muon else ():
            group["lr"] = self.schedule.muon_lr * share
        for group in self.adam.param_groups:
            group["lr"] = self.schedule.adam_lr * share

    @torch.no_grad()
    def write_back(self) -> None:
        """Copy the masters into the network."""
        # Marian starts the decoder from a pad whose embedding is zero, and so do its loaders.
        self.copies["embedding.weight"][-1].zero_()
        for name, copy in self.copies.items():
            self.parameters[name].copy_(copy)

    def weights(self) -> dict[str, Tensor]:
        """Return the masters by name."""
        return {name: copy.detach() for name, copy in self.copies.items()}

    def state_dict(self) -> dict[str, Any]:
        """Return all that is needed to go on where this stands."""
        return {
            "weights": self.weights(),
            "muon": self.muon.state_dict() if self.muon else None,
            "adam": self.adam.state_dict(),
        }

    @torch.no_grad()
    def load_state_dict(self, state: dict[str, Any], *, weights_only: bool = False) -> None:
        """Go on from ``state``; with ``weights_only`` the moments start anew.

        Raises:
            InputError: The state is of the other optimizer.
        """
        if not weights_only and bool(state["muon"]) != bool(self.muon):
            raise InputError(
                f"the checkpoint was not made with optimizer = {self.schedule.optimizer!r}; "
                "give the recipe it was made with, or start anew with --init"
            )
        for name, copy in self.copies.items():
            copy.copy_(state["weights"][name])
        if not weights_only:
            if self.muon:
                self.muon.load_state_dict(state["muon"])
            self.adam.load_state_dict(state["adam"])
        self.write_back()


def _is_matrix(name: str, parameter: Tensor) -> bool:
    return parameter.dim() == 2 and "embedding" not in name
