"""Muon in float32 takes the steps of torch's own."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")

from summlib.training.muon import FloatMuon, orthogonalize  # noqa: E402

pytestmark = pytest.mark.train

RATES: dict[str, Any] = {"lr": 0.01, "adjust_lr_fn": "match_rms_adamw", "weight_decay": 0.0}


def weights(seed: int = 1) -> list[Any]:
    torch.manual_seed(seed)
    return [torch.nn.Parameter(torch.randn(shape)) for shape in ((8, 24), (24, 8), (12, 12))]


def descend(optimizer: Any, own: list[Any], steps: int) -> None:
    torch.manual_seed(2)
    for _ in range(steps):
        for weight in own:
            weight.grad = torch.randn_like(weight)
        optimizer.step()


@pytest.mark.parametrize("shape", [(8, 24), (24, 8), (12, 12)])
def test_orthogonalized_matrices_have_equal_singular_values(shape: tuple[int, int]) -> None:
    torch.manual_seed(3)
    values = torch.linalg.svdvals(orthogonalize(torch.randn(shape)))
    assert 0.5 < values.min() <= values.max() < 1.5


def test_steps_are_those_of_torch() -> None:
    mine, theirs = weights(), weights()
    descend(FloatMuon(mine, **RATES), mine, 5)
    descend(torch.optim.Muon(theirs, **RATES), theirs, 5)
    for one, other, before in zip(mine, theirs, weights(), strict=True):
        moved = (other - before).norm()
        assert (one - other).norm() < 0.05 * moved  # theirs is rounded to eight bits


def test_a_run_goes_on_with_the_other() -> None:
    whole, halves = weights(), weights()
    descend(FloatMuon(whole, **RATES), whole, 2)
    first = torch.optim.Muon(halves, **RATES)
    descend(first, halves, 2)
    second = FloatMuon(halves, **RATES)
    second.load_state_dict(first.state_dict())
    kept = [second.state[weight]["momentum_buffer"] for weight in halves]
    assert all(buffer.abs().sum() > 0 for buffer in kept)


def test_the_loss_is_computed_anew_where_asked() -> None:
    weight = torch.nn.Parameter(torch.ones(4, 4))

    def loss() -> Any:
        value = (weight**2).sum()
        weight.grad = None
        value.backward()
        return value

    optimizer = FloatMuon([weight], **RATES)
    before, after = (optimizer.step(loss).item() for _ in range(2))
    assert after < before
