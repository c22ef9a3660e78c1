"""The arithmetic of training: batches, loss, network, weights to and from Marian."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summlib.errors import InputError
from summlib.training.corpus import Pair, read_pairs
from summlib.training.recipe import Recipe, Schedule, Shape

pytestmark = pytest.mark.train

PAIRS = Path(__file__).parent / "data" / "pairs.tsv"
TINY = Shape(d_model=32, d_ffn=64, heads=2, encoder_layers=2, decoder_layers=1, positions=256)
VOCABULARY = 90


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)


def examples_of(lengths: list[tuple[int, int]]) -> Any:
    """Examples with the given numbers of ids on both sides, each ending in ``</s>``."""
    import numpy as np

    from summlib.training.batches import Encoded, Examples

    def side(sizes: list[int], shift: int) -> Encoded:
        begin = np.zeros(len(sizes) + 1, dtype=np.int64)
        np.cumsum(sizes, out=begin[1:])
        rows = [[*((i + shift) % 80 + 2 for _ in range(n - 1)), 0] for i, n in enumerate(sizes)]
        return Encoded(np.array([x for row in rows for x in row], dtype=np.uint16), begin)

    return Examples(side([a for a, _ in lengths], 0), side([b for _, b in lengths], 7))


def odd_lengths(count: int) -> list[tuple[int, int]]:
    return [(3 + (7 * i) % 178, 3 + (11 * i) % 170) for i in range(count)]


# Batches


@pytest.mark.parametrize(("count", "batch_tokens"), [(1, 64), (700, 512), (700, 6144), (90, 10**6)])
def test_every_line_that_fits_stands_in_exactly_one_batch(count: int, batch_tokens: int) -> None:
    from summlib.training.batches import GRID, plan_batches

    lengths = odd_lengths(count)
    batches = plan_batches(examples_of(lengths), batch_tokens=batch_tokens, seed="1:0")
    got = sorted(int(line) for batch in batches for line in batch)
    assert got == [i for i, pair in enumerate(lengths) if max(pair) <= GRID[-1]]
    assert len(got) < count or count == 1


def test_batches_stand_on_the_grid_and_within_the_budget() -> None:
    from summlib.training.batches import GRID, plan_batches, stack

    examples = examples_of(odd_lengths(900))
    batches = [
        stack(examples, lines, pad=VOCABULARY - 1)
        for lines in plan_batches(examples, batch_tokens=2048, seed="1:0")
    ]
    for batch in batches:
        assert set(batch.source.shape[1:] + batch.target.shape[1:]) <= set(GRID)
        assert len(batch.source) == len(batch.target)
        assert batch.source.numel() <= 2048
        assert batch.target.numel() <= 2048
        assert batch.tokens == int((batch.target != VOCABULARY - 1).sum())
    assert len({tuple(b.source.shape + b.target.shape) for b in batches}) <= 3 * len(GRID)


def test_a_plan_depends_on_its_seed_alone() -> None:
    from summlib.training.batches import plan_batches

    def plan(seed: str) -> list[list[int]]:
        return [b.tolist() for b in plan_batches(examples, batch_tokens=512, seed=seed)]

    examples = examples_of(odd_lengths(300))
    assert plan("1:0") == plan("1:0")
    assert plan("1:0") != plan("1:1")


def test_lines_that_are_all_too_long_are_an_error() -> None:
    from summlib.training.batches import plan_batches

    with pytest.raises(InputError, match="none of 2 lines"):
        plan_batches(examples_of([(200, 10), (10, 200)]), batch_tokens=512, seed="")


def test_stacked_ids_are_those_of_the_lines() -> None:
    from summlib.training.batches import stack

    examples = examples_of([(5, 4), (9, 3)])
    batch = stack(examples, [1, 0], pad=89)
    assert batch.source.shape == (2, 12)
    assert batch.source[0].tolist() == [*examples.source[1].tolist(), 89, 89, 89]
    assert batch.target[1].tolist() == [*examples.target[0].tolist(), *[89] * 8]
    assert batch.tokens == 7


def test_encoded_lines_end_and_decode_to_themselves(tmp_path: Path) -> None:
    from summlib.training.batches import encode_pairs
    from summlib.training.vocabulary import load_pieces, load_processor, train_vocabulary

    pairs = list(read_pairs(PAIRS))
    lines = [side for pair in pairs for side in (pair.source, pair.target)]
    train_vocabulary(lines, tmp_path, size=600, threads=1)
    processor = load_processor(tmp_path)
    assert len(load_pieces(tmp_path)) == 599
    odd = Pair("x", "Ελλάδα 2024 ⟨mask⟩1", "⟪signal box⟫ 😀")
    examples = encode_pairs([*pairs[:5], odd], processor)
    for i, pair in enumerate([*pairs[:5], odd]):
        assert examples.source[i][-1] == processor.eos_id() == 0
        assert processor.decode(examples.source[i][:-1].tolist()) == pair.source
        assert processor.decode(examples.target[i][:-1].tolist()) == pair.target
    digits = processor.encode("2024", out_type=str)
    assert [piece for piece in digits if piece != "▁"] == ["2", "0", "2", "4"]


# Loss


def loss_inputs(
    tokens: int, *, vocabulary: int = VOCABULARY, dim: int = 24
) -> tuple[Any, Any, Any]:
    import torch

    generator = torch.Generator().manual_seed(3)
    states = torch.randn(tokens, dim, generator=generator, requires_grad=True)
    weight = torch.randn(vocabulary, dim, generator=generator, requires_grad=True)
    return states, weight, torch.randint(0, vocabulary, (tokens,), generator=generator)


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("tokens", [5, 1024, 1500])
def test_the_fused_loss_is_torchs_cross_entropy(tokens: int, smoothing: float) -> None:
    import torch

    from summlib.training.loss import fused_cross_entropy

    states, weight, target = loss_inputs(tokens)
    smoothed, plain = fused_cross_entropy(states, weight, target, smoothing)
    ours = torch.autograd.grad(smoothed, [states, weight])
    logits = states @ weight.t()
    expected = torch.nn.functional.cross_entropy(logits, target, label_smoothing=smoothing)
    theirs = torch.autograd.grad(expected, [states, weight])
    torch.testing.assert_close(smoothed, expected, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(plain, torch.nn.functional.cross_entropy(logits, target))
    for one, other in zip(ours, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-4, atol=1e-6)


def test_a_sample_of_candidates_comes_close_to_all() -> None:
    import torch

    from summlib.training.loss import fused_cross_entropy

    states, weight, target = loss_inputs(40, vocabulary=2000)
    states = (states * 0.3).detach().requires_grad_()
    torch.manual_seed(5)
    exact, _ = fused_cross_entropy(states, weight, target, 0.0)
    direction = torch.autograd.grad(exact, states)[0]
    losses, grads = [], []
    for _ in range(60):
        loss, _ = fused_cross_entropy(states, weight, target, 0.0, candidates=1000)
        losses.append(loss.detach())
        grads.append(torch.autograd.grad(loss, states)[0])
    assert float(torch.stack(losses).mean() - exact.detach()) == pytest.approx(0.0, abs=0.02)
    mean = torch.stack(grads).mean(0).flatten()
    assert float(torch.cosine_similarity(mean, direction.flatten(), dim=0)) > 0.99


def test_candidates_beyond_the_vocabulary_change_nothing() -> None:
    import torch

    from summlib.training.loss import fused_cross_entropy

    states, weight, target = loss_inputs(30)
    exact, _ = fused_cross_entropy(states, weight, target, 0.1)
    all_of_them, _ = fused_cross_entropy(states, weight, target, 0.1, candidates=VOCABULARY)
    torch.testing.assert_close(exact, all_of_them)


# Network and Marian


def network_and_weights() -> tuple[Any, dict[str, Any]]:
    import torch

    from summlib.training.model import Network

    torch.manual_seed(11)
    network = Network(TINY, VOCABULARY).eval()
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            # Biases start at zero: as they are, a bias put in the wrong place would not show.
            if "embedding" not in name:
                parameter.add_(0.1 * torch.randn(parameter.shape))
    return network, {name: p.detach().clone() for name, p in network.named_parameters()}


def test_frozen_layers_get_no_gradient_and_change_no_result() -> None:
    import torch

    from summlib.training.model import Network

    network, weights = network_and_weights()
    frozen = Network(TINY, VOCABULARY, frozen=1).eval()
    frozen.load_state_dict(weights, strict=False)
    source, target = (torch.randint(1, VOCABULARY - 1, (3, 8)) for _ in range(2))
    loss, _ = frozen(source, target, 0.1)
    torch.testing.assert_close(loss, network(source, target, 0.1)[0])
    loss.backward()
    without = {name for name, p in frozen.named_parameters() if p.grad is None}
    assert without == {name for name in weights if name.startswith("encoder.0.")}


def test_the_network_computes_what_marian_computes() -> None:
    import torch

    transformers = pytest.importorskip("transformers")
    from summlib.training.export import _config
    from summlib.training.marian import to_marian

    network, weights = network_and_weights()
    config = transformers.MarianConfig(**{**_config(TINY, VOCABULARY), "dtype": "float32"})
    marian = transformers.MarianMTModel(config).eval()
    missing, unexpected = marian.load_state_dict(to_marian(weights), strict=False)
    assert unexpected == []
    assert all("embed" in name or name == "lm_head.weight" for name in missing)
    source = torch.tensor([[5, 6, 7, 0], [8, 0, 89, 89]])
    inputs = torch.tensor([[89, 3, 4], [89, 9, 10]])
    with torch.no_grad():
        memory, mask = network.encode(source)
        ours = network.decode(inputs, memory, mask) @ network.embedding.weight.t()
        theirs = marian(
            input_ids=source, attention_mask=(source != 89).long(), decoder_input_ids=inputs
        ).logits
    torch.testing.assert_close(ours, theirs, rtol=0, atol=1e-3)
    assert float(ours.std()) > 0.1


def test_weights_come_back_from_marian_unchanged() -> None:
    import torch

    from summlib.training.marian import from_marian, to_marian

    _, weights = network_and_weights()
    back = from_marian(to_marian(weights), list(weights))
    assert list(back) == list(weights)
    assert all(torch.equal(back[name], weights[name]) for name in weights)


def test_the_loss_of_a_row_does_not_depend_on_padding() -> None:
    import torch

    network, _ = network_and_weights()
    source, target = torch.tensor([[5, 6, 0]]), torch.tensor([[7, 8, 9, 0]])
    padding = torch.full((1, 5), 89)
    wide = network(torch.cat([source, padding], 1), torch.cat([target, padding], 1), 0.1)
    torch.testing.assert_close(network(source, target, 0.1), wide)


def test_shared_pieces_keep_their_embedding_in_a_new_vocabulary(tmp_path: Path) -> None:
    import torch

    from summlib.training.marian import transplant_embeddings
    from summlib.training.vocabulary import load_pieces, train_vocabulary

    pairs = list(read_pairs(PAIRS))
    old, new = tmp_path / "old", tmp_path / "new"
    train_vocabulary([p.source for p in pairs] + [p.target for p in pairs], old, size=500)
    train_vocabulary([p.target for p in pairs], new, size=450)
    table = torch.randn(500, 8)
    moved = transplant_embeddings(table, old, new)
    assert moved.shape == (450, 8)
    assert torch.equal(moved[-1], torch.zeros(8))
    places = {piece: i for i, piece in enumerate(load_pieces(old))}
    shared = [(i, places[p]) for i, p in enumerate(load_pieces(new)) if p in places]
    assert len(shared) > 280
    assert all(torch.equal(moved[i], table[j]) for i, j in shared)
    assert bool(moved[:-1].abs().sum(1).gt(0).all())


# Rates and masters


def test_the_rate_rises_stays_and_falls_to_nothing() -> None:
    from summlib.training.loop import Progress, rate

    schedule = Schedule(target_tokens=1000, warmup_steps=10, decay_share=0.5)
    shares = [rate(schedule, Progress(step=s, tokens=t)) for s, t in ((0, 0), (9, 0), (50, 500))]
    assert shares == [0.1, 1.0, 1.0]
    assert rate(schedule, Progress(step=90, tokens=750)) == 0.5
    assert rate(schedule, Progress(step=99, tokens=1000)) == 0.0


def test_masters_keep_steps_that_bf16_would_lose(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from summlib.training import loop
    from summlib.training.loop import Run

    # float32 on a machine without instructions for bf16
    monkeypatch.setattr(loop, "quickest_type", lambda device: torch.bfloat16)
    run = Run(Recipe("t", shape=TINY), tmp_path, lambda index: None, vocabulary=VOCABULARY)
    name = "encoder.0.norm.weight"
    run.masters.copies[name].data.fill_(1.0)
    run.masters.write_back()
    run.masters.adam.param_groups[0]["lr"] = 1e-4
    run.masters.schedule = Schedule(adam_lr=1e-4)
    for _ in range(8):
        for parameter in run.masters.parameters.values():
            parameter.grad = torch.ones_like(parameter)
        run.masters.step(1.0)
    moved = float(run.masters.weights()[name][0])
    assert moved == pytest.approx(1 - 8e-4, abs=1e-5)
    assert not run.masters.weights()["embedding.weight"][-1].any()
    assert float(run.masters.parameters[name][0].detach()) == 1.0
