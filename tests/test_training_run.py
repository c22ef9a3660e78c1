"""A model made from the slice in tests/data: trained, killed, resumed, exported, loaded, carded."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from summlib.errors import InputError
from summlib.training.__main__ import steps
from summlib.training.corpus import read_pairs
from summlib.training.workspace import Workspace, open_workspace

pytestmark = pytest.mark.train

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "tests" / "data" / "pairs.tsv"
LINES = [
    "Die Kinder spielen im Garten.",
    "Der Zug kommt um neun Uhr an.",
    "Das ist eine gute Idee.",
]

RECIPE = """
name = "tiny"
vocabulary = 900
[weights]
pairs = 1.0
[augment]
mask = 0.4
hint = 0.3
noise = 0.1
lexicon = 0.03
numbers = 0.05
[shape]
d_model = 48
d_ffn = 96
heads = 2
encoder_layers = 2
decoder_layers = 1
[schedule]
target_tokens = 200_000
batch_tokens = 512
muon_lr = 0.01
adam_lr = 0.01
warmup_steps = 10
candidates = 700
"""

WORDS = """Brücke bridge, Stadt city, Zug train, Markt market, Garten garden, Fluss river,
Fenster window, Bahnhof station, Schule school, Gesetz law, Regierung government, Wasser water,
Museum museum, Minister minister, Haus house, Gericht court, Studie study, Vertrag contract,
Bibliothek library, Unternehmen company, Brief letter, Kind child, Buch book, Hund dog"""


def step(*arguments: object) -> str:
    """Run a step in this process and return what it printed."""
    result = CliRunner().invoke(steps, [str(a) for a in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def options(workspace: Workspace) -> list[object]:
    return ["--recipe", workspace.model / "recipe.toml", "--work", workspace.folder]


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Everything up to the first step of training, made by the commands."""
    pytest.importorskip("torch").set_num_threads(1)
    folder = tmp_path_factory.mktemp("tiny")
    for name in ("corpus", "dev", "lists", "model"):
        (folder / name).mkdir()
    shutil.copyfile(PAIRS, folder / "corpus" / "pairs.tsv")
    (folder / "dev" / "set.de").write_text(next(read_pairs(PAIRS)).source, encoding="utf-8")
    rows = "".join("\t".join(pair.split()) + "\n" for pair in WORDS.split(","))
    (folder / "lists" / "agreed-2-sources.tsv").write_text(rows, encoding="utf-8")
    (folder / "model" / "recipe.toml").write_text(RECIPE, encoding="utf-8")
    made = open_workspace(folder / "model" / "recipe.toml", folder / "work")
    report = json.loads(
        step("collect", folder / "corpus", "--refuse", folder / "dev", *options(made))
    )
    assert report == {"pairs": 299, "refused": {"in a test set": 1}}
    step("lexicon", folder / "lists", *options(made))
    step("words", "--at-least", 2, *options(made))
    step("vocabulary", *options(made))
    step("pass", 0, *options(made))
    return made


def beside(workspace: Workspace, name: str) -> Workspace:
    """A work folder of its own with the same vocabulary and pass."""
    folder = workspace.folder.parent / name
    shutil.copytree(workspace.vocabulary, folder / "vocab")
    shutil.copyfile(workspace.cached(0), folder / "pass-0.npz")
    shutil.copyfile(workspace.corpus, folder / "corpus.tsv")
    shutil.copyfile(workspace.report, folder / "corpus.tsv.json")
    return Workspace(workspace.recipe, workspace.model, folder)


@pytest.fixture(scope="session")
def trained(workspace: Workspace) -> Workspace:
    """Past the end of the pass, so that more are made on the fly, and until lines end."""
    made = beside(workspace, "trained")
    step("run", "--steps", 200, *options(made))
    return made


@pytest.fixture(scope="session")
def model(trained: Workspace) -> Path:
    out = trained.folder.parent / "exported"
    step("export", trained.checkpoint, out, *options(trained))
    return out


def weights_of(workspace: Workspace) -> dict[str, Any]:
    from summlib.training.checkpoints import read_checkpoint

    weights: dict[str, Any] = read_checkpoint(workspace.checkpoint)["optimizer"]["weights"]
    return weights


def step_of(workspace: Workspace) -> int:
    from summlib.training.checkpoints import read_checkpoint

    return int(read_checkpoint(workspace.checkpoint)["progress"]["step"])


# Passes


def test_a_pass_is_the_same_in_another_process(workspace: Workspace) -> None:
    import numpy as np

    again = beside(workspace, "again")
    again.cached(0).unlink()
    command = [sys.executable, "-m", "summlib.training", "pass", "0", *map(str, options(again))]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=120)
    with np.load(workspace.cached(0)) as one, np.load(again.cached(0)) as other:
        assert all(np.array_equal(one[name], other[name]) for name in ("s", "sb", "t", "tb"))


def test_a_pass_holds_what_the_shares_say(workspace: Workspace) -> None:
    from summlib.text.lexicon import Lexicon
    from summlib.training import corpus
    from summlib.training.passes import make_pairs

    lexicon = Lexicon.open(workspace.lexicon)
    pairs = corpus.load(workspace.corpus)
    made = make_pairs(pairs, workspace.recipe, 0, lexicon=lexicon)
    names = [pair.name for pair in made]
    assert (names.count("pairs"), names.count("numbers"), names.count("lexicon")) == (299, 15, 9)
    assert sum("⟪" in pair.source for pair in made) > 5
    assert sum("⟨mask⟩1" in pair.source for pair in made) > 50
    assert all(("⟨mask⟩1" in p.source) == ("⟨mask⟩1" in p.target) for p in made)
    assert len(make_pairs(pairs, workspace.recipe, 0, lexicon=lexicon, lines=100)) == 108


def test_a_kept_pass_of_another_recipe_is_refused(workspace: Workspace) -> None:
    from summlib.training.passes import Passes

    workspace.recipe.weights["pairs"] = 0.5
    try:
        with pytest.raises(InputError, match="delete it"):
            Passes(workspace)(0)
    finally:
        workspace.recipe.weights["pairs"] = 1.0
    assert len(Passes(workspace)(0).source) == 323


# Training


def test_thirty_steps_bring_the_loss_down(workspace: Workspace) -> None:
    import torch

    from summlib.training.batches import plan_batches, stack
    from summlib.training.loop import Run
    from summlib.training.passes import Passes

    made = beside(workspace, "falling")
    examples = Passes(made)(0)
    lines = plan_batches(examples, batch_tokens=2048, seed="fixed")[0]
    run = Run(made.recipe, made.folder, lambda index: examples, vocabulary=900)
    batch = stack(examples, lines, pad=899)

    def loss() -> float:
        with torch.no_grad():
            return float(run.network(batch.source, batch.target, 0.0)[1])

    before = loss()
    run.train(stop_after_steps=30)
    assert before == pytest.approx(7.0, abs=1.5)
    assert loss() < before - 1.0
    assert run.progress.step == 30


def test_the_same_seed_gives_the_same_weights(workspace: Workspace) -> None:
    import torch

    runs = [beside(workspace, f"twin{i}") for i in range(2)]
    for made in runs:
        step("run", "--steps", 8, *options(made))
    one, other = map(weights_of, runs)
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert not one["embedding.weight"][-1].any()


def test_a_killed_run_goes_on_where_it_was(workspace: Workspace) -> None:
    import torch

    killed, whole = beside(workspace, "killed"), beside(workspace, "whole")
    command = [sys.executable, "-m", "summlib.training", "run", "--save-every", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    child = subprocess.Popen(
        [*command, *map(str, options(killed))],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    while not killed.checkpoint.exists() or step_of(killed) < 3:
        assert child.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    child.send_signal(signal.SIGKILL)
    assert child.wait() == -signal.SIGKILL
    reached = step_of(killed)
    step("run", "--steps", 5, *options(killed))
    step("run", "--steps", reached + 5, *options(whole))
    assert step_of(killed) == step_of(whole) == reached + 5
    one, other = weights_of(killed), weights_of(whole)
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_a_run_starts_from_a_marian_folder_or_a_checkpoint(
    workspace: Workspace, trained: Workspace, model: Path
) -> None:
    import torch

    wanted = weights_of(trained)
    from_folder, from_checkpoint = beside(workspace, "folder"), beside(workspace, "checkpoint")
    # Hardly any tokens: the rate has fallen to nothing before the first step.
    step("run", "--tokens", 1, "--start", model, *options(from_folder))
    step("run", "--tokens", 1, "--init", trained.checkpoint, *options(from_checkpoint))
    for made in (from_folder, from_checkpoint):
        for name, tensor in weights_of(made).items():
            torch.testing.assert_close(tensor, wanted[name], atol=2e-2, rtol=0)
        assert step_of(made) == 1


def test_weights_of_another_shape_are_refused(workspace: Workspace, model: Path) -> None:
    import torch

    from summlib.training.checkpoints import read_checkpoint, read_marian

    with pytest.raises(InputError, match="the recipe wants"):
        read_marian(model, workspace.vocabulary, {"embedding.weight": torch.zeros(900, 64)})
    with pytest.raises(InputError, match=r"model\.safetensors is missing"):
        read_marian(workspace.folder, workspace.vocabulary, {})
    with pytest.raises(InputError, match="is no checkpoint"):
        read_checkpoint(workspace.model / "recipe.toml")


def test_checkpoints_are_averaged(trained: Workspace) -> None:
    import torch

    from summlib.training.checkpoints import average, read_checkpoint

    state = read_checkpoint(trained.checkpoint)
    state["optimizer"]["weights"] = {k: t + 1 for k, t in state["optimizer"]["weights"].items()}
    state["progress"]["tokens"] += 10
    other = trained.folder / "other.pt"
    torch.save(state, other)
    weights, progress = average([trained.checkpoint, other])
    for name, tensor in weights_of(trained).items():
        torch.testing.assert_close(weights[name], tensor + 0.5)
    assert progress.tokens == state["progress"]["tokens"]


# Optimizers


def with_optimizer(workspace: Workspace, name: str) -> list[object]:
    """Options of a run in a folder of its own, with another optimizer in the recipe."""
    made = beside(workspace, name)
    recipe = made.folder / "recipe.toml"
    recipe.write_text(RECIPE + f'optimizer = "{name}"\n', encoding="utf-8")
    return ["--recipe", recipe, "--work", made.folder]


def test_both_optimizers_learn_and_their_checkpoints_differ(workspace: Workspace) -> None:
    from summlib.training.checkpoints import read_checkpoint

    adam, muon = (with_optimizer(workspace, name) for name in ("adam", "muon"))
    for given in (adam, muon):
        (given[1].parent / "recipe.toml").touch()
        for name in ("lexicon.rows", "words.txt.gz"):
            shutil.copyfile(workspace.model / name, given[1].parent / name)
        step("run", "--steps", 4, *given)
    states = [read_checkpoint(given[3] / "checkpoint.pt")["optimizer"] for given in (adam, muon)]
    assert states[0]["muon"] is None
    assert states[1]["muon"] is not None
    assert not states[0]["weights"]["encoder.0.up.weight"].equal(
        states[1]["weights"]["encoder.0.up.weight"]
    )
    shutil.copyfile(adam[3] / "checkpoint.pt", muon[3] / "checkpoint.pt")
    with pytest.raises(InputError, match="optimizer = 'muon'"):
        _load(open_workspace(muon[1], muon[3]))
    step("run", "--steps", 1, *adam)


def _load(workspace: Workspace) -> None:
    from summlib.training.loop import Run

    run = Run(workspace.recipe, workspace.folder, lambda index: None, vocabulary=900)
    run.load(workspace.checkpoint)


# Scores meanwhile


def test_a_run_is_scored_at_intervals_and_so_is_the_mean(workspace: Workspace) -> None:
    pytest.importorskip("sacrebleu")
    import torch

    from summlib.training.checkpoints import average, read_checkpoint

    made, plain = beside(workspace, "scored"), beside(workspace, "unscored")
    dev = made.folder / "own.tsv"
    rows = "".join(f"{p.source}\t{p.target}\n" for p in list(read_pairs(PAIRS))[:4])
    dev.write_text(rows, encoding="utf-8")
    given = ["--dev", dev, "--every", 2, "--keep", 2, "--steps", 5]
    step("run", *given, *options(made))
    step("run", "--steps", 5, *options(plain))
    log = (made.folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    records = [json.loads(line) for line in log]
    assert [record["step"] for record in records] == [2, 4, 5]
    assert ["mean_of" in record for record in records] == [False, True, True]
    assert all(0 <= record[key] <= 100 for record in records for key in ("bleu", "chrf"))
    kept = sorted(made.folder.glob("weights-*.pt"))
    assert [path.name for path in kept] == ["weights-00000004.pt", "weights-00000005.pt"]
    assert not list(made.folder.glob("dev-*"))
    last, looked = weights_of(made), read_checkpoint(kept[1])["optimizer"]["weights"]
    assert all(torch.equal(last[name], looked[name]) for name in last)
    unscored = weights_of(plain)
    assert all(torch.equal(last[name], unscored[name]) for name in last)
    mean, progress = average(kept)
    assert progress.step == 5
    torch.testing.assert_close(
        mean["encoder.0.up.weight"],
        sum(read_checkpoint(p)["optimizer"]["weights"]["encoder.0.up.weight"] for p in kept) / 2,
    )
    step("export", *kept, made.folder / "exported", *options(made))
    assert (made.folder / "exported" / "ct2" / "model.bin").is_file()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "give SET.de"),
        ({"x.de": "Eins\nZwei\n"}, "give SET.de"),
        ({"x.de": "Eins\nZwei\n", "x.en": "One\n"}, "2 lines and 1 references"),
        ({"x.de": "", "x.en": ""}, "1 lines|0 lines"),
    ],
)
def test_development_lines_that_do_not_fit_are_refused(
    tmp_path: Path, files: dict[str, str], message: str
) -> None:
    from summlib.training.development import read_development

    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_development(tmp_path / "x.de")


def test_development_lines_are_cut_to_the_number_wanted(tmp_path: Path) -> None:
    from summlib.training.development import read_development

    (tmp_path / "x.de").write_text("Eins\nZwei\nDrei\n", encoding="utf-8")
    (tmp_path / "x.en").write_text("One\nTwo\nThree\n", encoding="utf-8")
    lines = read_development(tmp_path / "x.de", lines=2)
    assert (lines.sources, lines.references) == (["Eins", "Zwei"], ["One", "Two"])


def test_a_device_that_is_not_there_is_named() -> None:
    import torch

    from summlib.training.loop import open_device

    assert open_device("cpu").type == "cpu"
    with pytest.raises(InputError, match="use cpu, cuda"):
        open_device("toaster")
    if not torch.cuda.is_available():
        with pytest.raises(InputError, match="sees no GPU"):
            open_device("cuda")


# Precision


def test_both_precisions_are_scored_on_the_same_lines(model: Path, tmp_path: Path) -> None:
    pytest.importorskip("sacrebleu")
    from summlib.training.precision import decode_ct2, decode_transformers

    rows = "".join(f"{line}\tWhatever it is.\n" for line in LINES)
    (tmp_path / "own.tsv").write_text(rows, encoding="utf-8")
    printed = step("precision", model, "--dev", tmp_path / "own.tsv")
    assert re.match(r"own: int8 \d+\.\d\d, float32 \d+\.\d\d BLEU, .* of 3 lines equal", printed)
    texts = LINES * 7  # more than one batch, lengths mixed
    assert decode_transformers(model, texts) == decode_transformers(model, LINES) * 7
    assert decode_ct2(model, texts) == decode_ct2(model, LINES) * 7


# Export


@pytest.mark.parametrize("beam_size", [1, 4])
def test_both_forms_give_the_same_text(model: Path, tmp_path: Path, beam_size: int) -> None:
    import ctranslate2
    import torch

    transformers = pytest.importorskip("transformers")
    from summlib.training.export import write_ct2

    transformers.utils.logging.set_verbosity_error()
    write_ct2(model, tmp_path / "ct2", quantization="float32")
    tokenizer = transformers.MarianTokenizer.from_pretrained(model)
    marian = transformers.MarianMTModel.from_pretrained(model, dtype=torch.float32).eval()
    marian.generation_config.max_length = None
    marian.generation_config.forced_eos_token_id = None  # it would overwrite a piece at the limit
    batch = tokenizer(LINES, return_tensors="pt", padding=True)
    with torch.no_grad():
        theirs = marian.generate(**batch, num_beams=beam_size, max_new_tokens=30, do_sample=False)
    translator = ctranslate2.Translator(str(tmp_path / "ct2"), intra_threads=1)
    rows = [tokenizer.convert_ids_to_tokens(tokenizer(line)["input_ids"]) for line in LINES]
    results = translator.translate_batch(rows, beam_size=beam_size, max_decoding_length=30)
    ours = [tokenizer.convert_tokens_to_ids(result.hypotheses[0]) for result in results]
    decoded = tokenizer.batch_decode(ours, skip_special_tokens=True)
    assert decoded == tokenizer.batch_decode(theirs, skip_special_tokens=True)
    assert all(len(line) > 5 for line in decoded)


def test_the_tokenizer_of_the_folder_is_the_vocabulary(model: Path) -> None:
    transformers = pytest.importorskip("transformers")
    from summlib.training.vocabulary import load_processor

    tokenizer = transformers.MarianTokenizer.from_pretrained(model)
    processor = load_processor(model)
    for line in LINES:
        assert tokenizer(line)["input_ids"] == [*processor.encode(line), 0]


def test_an_exported_model_is_evaluated_and_carded(trained: Workspace, model: Path) -> None:
    pytest.importorskip("sacrebleu")
    from summlib import store
    from summlib.translator import Translator

    info = store.find(model)
    assert (info.name, info.version, info.card["recipe"]["seed"]) == ("tiny", 1, 1)
    assert store.verify(model) == []
    mt = trained.folder.parent / "dev" / "mt"
    mt.mkdir()
    pairs = list(read_pairs(PAIRS))[-3:]
    (mt / "own.de").write_text("\n".join(pair.source for pair in pairs) + "\n", encoding="utf-8")
    (mt / "own.en").write_text("\n".join(pair.target for pair in pairs) + "\n", encoding="utf-8")
    scores = trained.folder / "scores.json"
    printed = step("evaluate", model, "--dev", mt.parent, "--output", scores)
    assert "| own | summlib |" in printed
    mistakes = trained.folder / "mistakes.toml"
    mistakes.write_text('[[mistake]]\nsource = "a"\noutput = "b"\nwrong = "c"\n', encoding="utf-8")
    more = trained.folder / "sources.toml"
    more.write_text('[pairs]\nlicence = "CC0"\nabout = "slice"\n', encoding="utf-8")
    given = ["--scores", scores, "--mistakes", mistakes, "--sources", more, "--example", LINES[0]]
    step("card", model, *given, *options(trained))
    readme = (model / "README.md").read_text(encoding="utf-8")
    assert str(model) not in readme
    assert "`tiny@1|ct2-" in readme
    assert str(Translator(str(model))(LINES[0])) in readme
    card = json.loads((model / "model.json").read_text(encoding="utf-8"))
    assert card["recipe"]["tokens"] > 1000
    assert card["parameters"] > 48 * 900
    assert card["data"]["pairs"]["licence"] == "CC0"


def test_a_second_export_has_the_next_version(trained: Workspace, model: Path) -> None:
    before = json.loads((model / "model.json").read_text(encoding="utf-8"))["version"]
    step("export", trained.checkpoint, trained.checkpoint, model, *options(trained))
    after = json.loads((model / "model.json").read_text(encoding="utf-8"))
    assert after["version"] == before + 1
    assert set(after["files"]) >= {"ct2/model.bin", "lexicon.rows", "words.txt.gz", "source.spm"}


def test_a_model_learns_from_its_own_hypotheses(trained: Workspace, model: Path) -> None:
    """The lists are made from the corpus, and the run goes on where it was stopped."""
    made = beside(trained, "risk")
    lists = [made.folder / f"{i}.jsonl" for i in range(2)]
    for index, path in enumerate(lists):
        given = ("--index", index, "--lines", 12, "--beam-size", 3, *options(made))
        assert step("choose", model, path, *given) == f"12 lines, {path}\n"
    begin = step("risk", *lists, "--start", model, "--steps", 1, *options(made))
    assert begin.startswith("step 1, ")
    end = step("risk", *lists, "--start", model, "--steps", 2, *options(made))
    assert end.startswith("step 3, ")
    out = made.folder / "out"
    step("export", made.folder / "risk" / "checkpoint.pt", out, *options(made))
    assert (out / "ct2" / "vmap.txt").is_file()
