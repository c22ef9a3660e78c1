"""Gradients that other processes compute."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from summlib.errors import EngineError, InputError
from summlib.training.recipe import Recipe, Schedule, Shape

if TYPE_CHECKING:
    from summlib.training.crew import Crew
    from summlib.training.model import Network

pytestmark = pytest.mark.train

TINY = Shape(d_model=32, d_ffn=64, heads=2, encoder_layers=2, decoder_layers=1, positions=64)
VOCABULARY = 90


@pytest.fixture(scope="module")
def network() -> Network:
    torch = pytest.importorskip("torch")
    from summlib.training.model import Network

    torch.set_num_threads(1)
    torch.manual_seed(3)
    return Network(TINY, VOCABULARY).bfloat16()


@pytest.fixture(scope="module")
def crew(network: Network) -> Iterator[Crew]:
    from summlib.training.crew import Crew

    made = Crew(network, 1)
    yield made
    made.close()


def task(seed: int, *, rows: int = 4) -> Any:
    import torch

    from summlib.training.batches import Batch
    from summlib.training.crew import Task

    torch.manual_seed(seed)
    source, target = torch.randint(2, 80, (rows, 12)), torch.randint(2, 80, (rows, 12))
    return Task(Batch(source, target, rows * 12), smoothing=0.1, candidates=0)


def own_gradient(network: Network, given: Any) -> Any:
    import torch

    from summlib.training.crew import compute

    gradient = torch.zeros(sum(p.numel() for p in network.parameters()), dtype=torch.bfloat16)
    return compute(network, given, gradient), gradient


def test_another_process_computes_the_same_gradient(network: Network, crew: Crew) -> None:
    import torch

    loss, gradient = own_gradient(network, task(5))
    assert crew.hand_over(task(5))
    (result,) = crew.results(wait=True)
    assert result.loss == pytest.approx(loss, rel=1e-3)
    assert result.tokens == 48
    torch.testing.assert_close(result.gradient, gradient)


def test_it_computes_with_the_weights_as_they_stand(network: Network, crew: Crew) -> None:
    import torch

    crew.hand_over(task(5))
    (before,) = crew.results(wait=True)
    old = before.gradient.clone()
    with torch.no_grad():
        network.embedding.weight.mul_(1.5)
    crew.hand_over(task(5))
    (after,) = crew.results(wait=True)
    torch.testing.assert_close(after.gradient, own_gradient(network, task(5))[1])
    assert not torch.equal(after.gradient, old)


def test_who_is_busy_gets_no_second_task(crew: Crew) -> None:
    assert crew.hand_over(task(1, rows=400))
    assert not crew.hand_over(task(2))
    assert len(list(crew.results(wait=True))) == 1
    assert not list(crew.results(wait=True))


def test_a_process_that_was_killed_is_named(network: Network) -> None:
    from summlib.training.crew import Crew

    crew = Crew(network, 1)
    os.kill(crew.workers[0].process.pid, signal.SIGKILL)
    crew.workers[0].process.join()

    def ask() -> None:
        crew.hand_over(task(1))
        list(crew.results(wait=True))

    with pytest.raises(EngineError, match="run the same command to go on"):
        ask()
    crew.close()


def test_batches_weigh_by_their_tokens(network: Network) -> None:
    import torch

    from summlib.training.optimizer import Masters

    masters = Masters(network, Schedule())
    ones = [torch.ones_like(p) for p in network.parameters()]
    masters.collect(ones, 30)
    masters.collect([3 * grad for grad in ones], 10)
    assert masters.collected == 40
    copy = masters.copies["embedding.weight"]
    assert copy.grad is not None
    assert torch.all(copy.grad == 60)


def test_two_processes_learn_as_one_does(tmp_path: Path) -> None:
    import numpy as np
    import torch

    from summlib.training.batches import Encoded, Examples
    from summlib.training.loop import Run

    torch.set_num_threads(1)
    rng = np.random.default_rng(1)
    lines = np.c_[rng.integers(2, 20, size=(600, 10)), np.zeros((600, 1), int)]
    side = Encoded(lines.flatten().astype(np.uint16), np.arange(601) * 11)
    schedule = Schedule(target_tokens=10**9, batch_tokens=512, accumulate=2, warmup_steps=5)
    losses = []
    for processes in (1, 2):
        recipe = Recipe("t", shape=TINY, schedule=schedule)
        run = Run(
            recipe,
            tmp_path / str(processes),
            lambda index: Examples(side, side),
            vocabulary=VOCABULARY,
            processes=processes,
        )
        run.train(stop_after_steps=40)
        batch = run.network(*(torch.from_numpy(lines[:50]),) * 2, 0.0)
        losses.append(float(batch[1].detach()))
        assert run.progress.step == 40
        assert run.progress.tokens >= 40 * 2 * 400
        run.crew.close()
    assert max(losses) < 3.2 < float(np.log(VOCABULARY))
    assert losses[1] == pytest.approx(losses[0], abs=0.4)


def test_several_processes_are_for_a_cpu(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    from summlib.training import loop

    monkeypatch.setattr(loop, "open_device", lambda name: torch.device("cuda"))
    with pytest.raises(InputError, match="leave --processes at 1"):
        loop.Run(Recipe("t"), tmp_path, lambda i: None, vocabulary=9, device="cuda", processes=2)
