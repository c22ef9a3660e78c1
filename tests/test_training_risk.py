"""Minimum risk training: rewards, lists, the loss, and a run that goes on where it was."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.errors import InputError
from summlib.training.choices import (
    Choice,
    Judge,
    make_choices,
    read_choices,
    references,
    write_choices,
)
from summlib.training.corpus import Pair
from summlib.training.recipe import Recipe, Risk, Shape

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.train

VOCABULARY = 40
SHAPE = Shape(d_model=16, d_ffn=32, heads=2, encoder_layers=1, decoder_layers=1, positions=64)
RISK = Risk(target_tokens=100_000, batch_tokens=60, candidates=3, rate=0.02, warmup_steps=1)
RECIPE = Recipe("tiny", vocabulary=VOCABULARY, shape=SHAPE, risk=RISK)
LISTS = [
    Choice([5, 6, 0], [[7, 8], [9, 10], [11]], [20.0, 80.0, 50.0]),
    Choice([12, 13, 14, 0], [[15, 16, 17], [18, 19]], [10.0, 60.0]),
    Choice([20, 0], [[21], [22]], [40.0, 40.5]),
]


def test_rewards_rank_what_is_closer_to_a_reference_higher() -> None:
    judge = Judge()
    wanted = ["The council met on Monday.", "On Monday the council met."]
    near, far = judge("The council met on Tuesday.", wanted), judge("A dog barks.", wanted)
    assert 100 > judge(wanted[0], wanted) > near > far >= 0


def test_references_keep_every_translation_of_a_line() -> None:
    pairs = [Pair("a", "Ja.", "Yes."), Pair("b", "Nein.", "No."), Pair("c", "Ja.", "Yeah.")]
    assert references(pairs) == {"Ja.": ["Yes.", "Yeah."], "Nein.": ["No."]}


def test_choices_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "lists.jsonl"
    assert write_choices(LISTS, path) == 3
    assert read_choices(path) == LISTS
    assert [p.name for p in tmp_path.iterdir()] == ["lists.jsonl"]


@pytest.mark.parametrize("text", ["no json", '{"source": [1]}', '{"other": 1}'])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="holds no choices"):
        read_choices(tmp_path / "x")


def test_the_bundled_models_hypotheses_become_choices() -> None:
    from summlib.store import find
    from summlib.training.vocabulary import load_processor
    from summlib.translator import Translator

    folder = find("de-en").path
    processor = load_processor(folder)
    lines = {"Der Rat tagte am Montag.": ["The council met on Monday."]}
    (choice,) = make_choices(Translator(threads=1), lines, processor, beam_size=4)
    assert choice.source[-1] == processor.eos_id()
    assert 2 <= len(choice.candidates) == len(choice.rewards) <= 4
    assert max(choice.rewards) > min(choice.rewards) >= 0
    assert "ouncil" in processor.decode(choice.candidates[0])


@given(
    st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=9),
    st.integers(2, 6),
    st.integers(0, 99),
)
def test_the_likeliest_and_the_best_are_always_chosen(
    rewards: list[float], count: int, seed: int
) -> None:
    from summlib.training.risk import choose

    choice = Choice([1, 0], [[i] for i in range(len(rewards))], rewards)
    chosen = choose(choice, count, random.Random(seed))
    assert len(chosen.rewards) == min(count, len(rewards))
    assert chosen.candidates[0] == [0]
    assert max(chosen.rewards) == max(rewards)
    assert all(
        rewards[ids[0]] == r for ids, r in zip(chosen.candidates, chosen.rewards, strict=True)
    )


def network() -> object:
    from summlib.training.model import Network

    torch.manual_seed(3)
    return Network(SHAPE, VOCABULARY)


def test_likelihoods_are_those_of_the_loss_that_models_are_trained_with() -> None:
    from summlib.training.risk import mean_log_likelihood, pad_lists

    net = network()
    lists = pad_lists(LISTS, pad=net.pad)
    found = mean_log_likelihood(net, lists, torch.arange(VOCABULARY))
    target = torch.tensor([[9, 10, 0]])
    _, plain = net(torch.tensor([[5, 6, 0]]), target, 0.0)
    assert found.shape == (7,)
    assert torch.isclose(found[1], -plain, atol=1e-5)


def test_what_is_not_scored_takes_no_probability() -> None:
    from summlib.training.risk import mean_log_likelihood, pad_lists

    net, lists = network(), pad_lists(LISTS, pad=VOCABULARY - 1)
    every = mean_log_likelihood(net, lists, torch.arange(VOCABULARY))
    some = mean_log_likelihood(net, lists, torch.arange(30))
    assert bool((some > every).all())


def test_the_risk_prefers_the_better_hypothesis() -> None:
    from summlib.training.risk import pad_lists, risk_loss

    lists = pad_lists(LISTS[:1], pad=VOCABULARY - 1)
    bad, good = torch.tensor([-0.1, -2.0, -2.0]), torch.tensor([-2.0, -0.1, -2.0])
    assert risk_loss(good, lists, RISK)[0] < risk_loss(bad, lists, RISK)[0]
    assert [float(risk_loss(x, lists, RISK)[1]) for x in (bad, good)] == [20.0, 80.0]


def open_run(folder: Path) -> object:
    from summlib.training.risk import RiskRun

    return RiskRun(
        RECIPE, folder, lambda index: LISTS, pieces=range(VOCABULARY), vocabulary=VOCABULARY
    )


def rewards_of(run: object) -> float:
    """The mean reward of what a run's network finds likeliest."""
    from summlib.training.risk import mean_log_likelihood, pad_lists, risk_loss

    lists = pad_lists(LISTS[:2], pad=VOCABULARY - 1)
    with torch.no_grad():
        scores = mean_log_likelihood(run.network.float(), lists, run.pieces)
    return float(risk_loss(scores, lists, RISK)[1])


def test_a_run_makes_the_better_hypotheses_likelier(tmp_path: Path) -> None:
    run = open_run(tmp_path)
    assert len(run._plan(LISTS)) == 1, "one line whose hypotheses are alike teaches nothing"
    run.train(stop_after_steps=60)
    assert rewards_of(run) == 70.0


def test_a_stopped_run_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    whole = open_run(tmp_path / "whole")
    whole.train(stop_after_steps=6)
    open_run(tmp_path / "parts").train(stop_after_steps=3)
    rest = open_run(tmp_path / "parts")
    rest.load(tmp_path / "parts" / "checkpoint.pt")
    assert rest.progress.step == 3
    rest.train(stop_after_steps=3)
    pairs = zip(whole.masters.weights().values(), rest.masters.weights().values(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
