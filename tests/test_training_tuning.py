"""``summlib train``: a small model goes on learning a memory and comes out whole."""

from __future__ import annotations

import inspect
import json
import shutil
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summlib import store
from summlib.errors import InputError, MissingDependency
from summlib.text.packed import read_table, write_table
from summlib.training import tuned_card, tuning
from summlib.training.corpus import Pair, read_pairs
from summlib.training.memory import REHEARSAL, Split, rehearsal
from summlib.training.recipe import Recipe, Schedule, Shape, load_recipe
from summlib.training.tuned_lists import raise_buckets, write_lists
from summlib.training.tuning import Options, to_toml, tune

PAIRS = Path(__file__).parent / "data" / "pairs.tsv"
SHAPE = Shape(d_model=48, d_ffn=96, heads=2, encoder_layers=2, decoder_layers=1, positions=512)
SIZE = 700
FAST = Options(held_out=20, epochs=2, learning_rate=0.003, share=1.0, threads=1)


def compressed(path: Path, *lines: str) -> None:
    write_table(path, "\n".join(lines))


def lexicon_lines(path: Path) -> list[str]:
    return read_table(path).split("\n")


# What needs no torch


def test_buckets_rise_with_what_the_memory_holds(tmp_path: Path) -> None:
    compressed(tmp_path / "l.tsv.gz", "Beleg\treceipt\t2", "Haus\thouse\t12", "Stollen\tadit\t0")
    sources = ["Der Beleg fehlt.", "Ohne Belege geht es nicht."] * 6 + ["Das Haus."]
    assert raise_buckets(tmp_path / "l.tsv.gz", sources) == [
        "Beleg\treceipt\t4",
        "Haus\thouse\t12",
        "Stollen\tadit\t0",
    ]


def test_lists_of_the_new_model_know_the_memory(tmp_path: Path) -> None:
    start, out = tmp_path / "start", tmp_path / "out"
    start.mkdir()
    out.mkdir()
    compressed(start / "words.txt.gz", "Haus", "Zug")
    write_lists(start, out, [Pair("x", "Der Beleg fehlt.", "The voucher is missing.")] * 8)
    assert lexicon_lines(out / "words.txt.gz") == ["Beleg", "Der", "Haus", "Zug", "fehlt"]
    assert not (out / "lexicon.rows").exists()


def test_the_recipe_written_is_the_one_read(tmp_path: Path) -> None:
    recipe = Recipe(
        name="my-model",
        start='de-en "big"',
        weights={"tm.2024": 1.0},
        augment={"mask": 0.4},
        shape=SHAPE,
        schedule=Schedule(optimizer="adam", adam_lr=5e-5),
    )
    (tmp_path / "recipe.toml").write_text(to_toml(recipe), encoding="utf-8")
    assert load_recipe(tmp_path / "recipe.toml") == recipe


def test_the_extra_is_named_when_torch_is_absent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "find_spec", lambda name: None if name == "torch" else name)
    with pytest.raises(MissingDependency, match=r"needs torch.*pip install 'summlib\[train\]'"):
        tune("de-en", PAIRS, tmp_path / "out")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (Options(share=0.0), "share is 0.0"),
        (Options(share=1.5), "share is 1.5"),
        (Options(epochs=0), "epochs is 0"),
        (Options(minutes=-1), "minutes is -1"),
        (Options(learning_rate=0), "learning_rate is 0"),
    ],
)
def test_impossible_options_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: Options, message: str
) -> None:
    monkeypatch.setattr(tuning, "find_spec", lambda name: name)
    with pytest.raises(InputError, match=message):
        tune("de-en", PAIRS, tmp_path / "out", options=options)


def test_a_folder_that_stands_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "find_spec", lambda name: name)
    (tmp_path / "thesis.txt").write_text("work of years", encoding="utf-8")
    for force in (False, True):
        with pytest.raises(InputError, match="exists"):
            tune("de-en", PAIRS, tmp_path, force=force)
    assert (tmp_path / "thesis.txt").exists()


def test_what_was_kept_back_is_not_rehearsed(tmp_path: Path) -> None:
    pairs = list(read_pairs(PAIRS))
    parts = Split(pairs[40:], pairs[:20], pairs[20:40], 0)
    mixed = rehearsal(PAIRS, parts)
    assert {pair.name for pair in mixed} == {REHEARSAL}
    kept_back = {pair.source for pair in pairs[:40]}
    assert not kept_back & {pair.source for pair in mixed}
    assert len(mixed) > 200


def test_the_command_has_the_names_and_defaults_of_the_options() -> None:
    from summlib.cli.train import command

    given = {p.name: p.default for p in command.params}
    for field in fields(Options):
        if field.name not in ("held_out", "threads"):
            assert given[field.name] == field.default, field.name
    assert {"model", "memory", "out", "force", "rehearse"} <= {*given} & {
        *inspect.signature(tune).parameters
    }


# Training


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of random weights with everything that a folder holds."""
    torch = pytest.importorskip("torch")
    from summlib.text.prepare import plain, prepare
    from summlib.training.card import manifest, write_json
    from summlib.training.export import export
    from summlib.training.model import Network
    from summlib.training.vocabulary import train_vocabulary

    torch.set_num_threads(1)
    torch.manual_seed(3)
    folder = tmp_path_factory.mktemp("start") / "small"
    vocabulary = folder.parent / "vocab"
    pairs = list(read_pairs(PAIRS))
    lines = [side for p in pairs for side in (prepare(p.source), plain(p.target))]
    train_vocabulary(lines, vocabulary, size=SIZE, threads=1)
    weights = {k: t.detach() for k, t in Network(SHAPE, SIZE).named_parameters()}
    export(weights, vocabulary, folder, shape=SHAPE)
    compressed(folder / "lexicon.rows", "Brücke\tbridge\t2", "Zug\ttrain|pull\t3")
    compressed(folder / "words.txt.gz", "Brücke", "Der", "Zug")
    recipe = Recipe("small", shape=SHAPE, vocabulary=SIZE)
    write_json(
        folder / "model.json",
        manifest(folder, recipe=recipe, tokens=0, hours=0.0, version=7)
        | {"limits": ["It is new."]},
    )
    return folder


@pytest.fixture(scope="module")
def tuned(start: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    pytest.importorskip("sacrebleu")
    said: list[str] = []
    out = tmp_path_factory.mktemp("tuned") / "my-model"
    result = tune(start, PAIRS, out, options=FAST, report=said.append)
    return {"result": result, "said": said, "out": out}


@pytest.mark.train
def test_a_tuned_model_is_whole_and_opens(tuned: dict[str, Any]) -> None:
    from summlib.translator import Translator

    out = tuned["out"]
    assert store.verify(out) == []
    info = store.find(out)
    assert (info.name, info.version, info.source_lang, info.target_lang) == (
        *("my-model", 1),
        *("de", "en"),
    )
    wanted = "README.md ct2 lexicon.rows model.json model.safetensors recipe.toml words.txt.gz"
    assert {*wanted.split()} <= {path.name for path in out.iterdir()}
    assert [p.name for p in out.parent.iterdir()] == ["my-model"]
    assert isinstance(str(Translator(str(out))("Der Zug kommt.")), str)
    assert load_recipe(out / "recipe.toml").start == "small, version 7"


@pytest.mark.train
def test_the_loss_on_watched_lines_falls_and_is_told(tuned: dict[str, Any]) -> None:
    loss = tuned["result"].facts["loss"]
    assert loss["after"] < loss["before"] - 0.3
    assert tuned["said"][0].startswith("pairs: ")
    assert any(line.startswith("epoch 2") for line in tuned["said"])
    assert tuned["said"][-1].startswith("after: BLEU")


@pytest.mark.train
def test_the_card_tells_what_was_measured_and_no_line(tuned: dict[str, Any], start: Path) -> None:
    out, result = tuned["out"], tuned["result"]
    card = json.loads((out / "model.json").read_text(encoding="utf-8"))
    memory = card["tuned"]["memory"]
    assert (memory["reported"], memory["watched"]) == (20, 20)
    parts = ("learned", "watched", "reported", "leaked")
    assert sum(memory[part] for part in parts) == memory["pairs"]
    assert card["tuned"]["from"] == {"name": "small", "version": 7, "licence": "CC BY-SA 4.0"}
    assert card["limits"] == ["It is new."]
    assert card["recipe"]["tokens"] == result.facts["tokens"] > 1000
    readme = (out / "README.md").read_text(encoding="utf-8")
    assert tuned_card.table(card["tuned"]["scores"]) in readme
    assert f"{result.after.chrf.value:.1f}" in readme
    assert "$" not in readme
    assert str(out) not in readme + json.dumps(card)
    assert not any(p.source in readme for p in read_pairs(PAIRS) if len(p.source) > 20)


@pytest.mark.train
def test_embeddings_stay_and_the_weights_go_a_share_of_the_way(start: Path) -> None:
    import torch

    from summlib.training.adaptation import adapt, blend, measure, open_network
    from summlib.training.batches import encode_pairs
    from summlib.training.vocabulary import load_processor

    network = open_network(start)
    old = {k: t.detach().clone() for k, t in network.named_parameters()}
    examples = encode_pairs(list(read_pairs(PAIRS))[:60], load_processor(start))
    schedule = Schedule(optimizer="adam", adam_lr=0.003, batch_tokens=512)
    done = adapt(network, lambda epoch: examples, examples, schedule=schedule, epochs=3)
    assert torch.equal(done.weights["embedding.weight"], old["embedding.weight"])
    assert not torch.equal(done.weights["encoder.0.up.weight"], old["encoder.0.up.weight"])
    half = blend(old, done.weights, 0.5)
    torch.testing.assert_close(
        half["encoder.0.up.weight"],
        (old["encoder.0.up.weight"] + done.weights["encoder.0.up.weight"]) / 2,
    )
    network.float().load_state_dict(done.weights)
    assert measure(network, examples) == pytest.approx(done.loss_after, abs=0.05)


@pytest.mark.train
def test_training_that_only_harms_gives_the_old_weights_back(start: Path) -> None:
    import torch

    from summlib.training.adaptation import PATIENCE, adapt, open_network
    from summlib.training.batches import encode_pairs
    from summlib.training.vocabulary import load_processor

    processor = load_processor(start)
    pairs = list(read_pairs(PAIRS))
    learned = encode_pairs([Pair("x", p.source, "?" * 30) for p in pairs[:40]], processor)
    watched = encode_pairs(pairs[40:80], processor)
    network = open_network(start)
    old = {k: t.detach().clone() for k, t in network.named_parameters()}
    looks: list[str] = []
    done = adapt(
        network,
        lambda epoch: learned,
        watched,
        schedule=Schedule(optimizer="adam", adam_lr=0.01, batch_tokens=512),
        epochs=50,
        report=looks.append,
    )
    assert len(looks) == 1 + PATIENCE
    assert (done.steps, done.loss_after) == (0, done.loss_before)
    assert all(torch.equal(done.weights[name], old[name]) for name in old)


@pytest.mark.train
def test_a_model_without_its_full_weights_is_named(start: Path, tmp_path: Path) -> None:
    shutil.copytree(start, tmp_path / "bare")
    (tmp_path / "bare" / "model.safetensors").unlink()
    with pytest.raises(InputError, match=r"model\.safetensors is missing"):
        tune(tmp_path / "bare", PAIRS, tmp_path / "out", options=FAST)
    assert [path.name for path in tmp_path.iterdir()] == ["bare"]


@pytest.mark.train
def test_the_command_trains_and_replaces(start: Path, tmp_path: Path) -> None:
    from summlib.cli.train import command

    out = tmp_path / "again"
    given = ["--from", str(start), "--pairs", str(PAIRS), "--out", str(out), "--epochs", "1"]
    given += ["--held-out", "20", "--threads", "1", "--json", "-q", "--rehearse", str(PAIRS)]
    first = CliRunner().invoke(command, given, catch_exceptions=False)
    assert first.exit_code == 0, first.output
    assert first.stderr == ""
    told = json.loads(first.stdout)
    assert told["folder"] == str(out)
    assert {"before", "after"} == told["scores"].keys()
    assert told["memory"]["rehearsed"] > 200
    assert load_recipe(out / "recipe.toml").weights[REHEARSAL] <= 1.0
    assert "were mixed in" in (out / "README.md").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="--force"):
        CliRunner().invoke(command, given, catch_exceptions=False)
    again = CliRunner().invoke(command, [*given, "--force"], catch_exceptions=False)
    assert json.loads(again.stdout)["scores"] == told["scores"]


def test_help_loads_nothing_heavy() -> None:
    import subprocess

    code = "import summlib.cli.train, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"torch", "numpy", "ctranslate2", "summlib.training"} & {*done.stdout.split()}
