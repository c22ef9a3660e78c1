"""Both engines over tiny checkpoints of every family: equal outputs, limits, traps."""

from __future__ import annotations

import json
import multiprocessing
import pickle
import subprocess
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import tiny_checkpoints

from summlib.engines import choice, conversion, ct2, loading
from summlib.engines.base import Engine, Options
from summlib.engines.checkpoints import open_checkpoint
from summlib.engines.ct2 import ConvertedEngine, Ct2Engine
from summlib.engines.pieces import MarianPieces
from summlib.engines.plans import Plan, make_plan
from summlib.engines.seq2seq import Seq2SeqEngine
from summlib.errors import EngineError, InputError, MissingDependency, ModelDamaged

MISSING = find_spec("torch") is None or find_spec("transformers") is None
pytestmark = [pytest.mark.hub, pytest.mark.skipif(MISSING, reason="needs the extra hub")]

CONVERTIBLE = ("marian", "m2m100", "nllb", "mbart50", "t5", "flan-t5", "mt5", "bart", "pegasus")
TORCH_ONLY = ("led", "longt5")
EVERY = (*CONVERTIBLE, *TORCH_ONLY)
assert set(EVERY) == set(tiny_checkpoints.MAKERS)

TEXTS = [
    "Der Rat der Stadt hat getagt.",
    "",
    "Es kamen 35 Leute, und viele blieben bis zum Abend im Saal.",
    "Nein.",
    "  ",
    "Die Kommission hat einen Bericht vorgelegt.",
]
SHORT = 12
"""Pieces of an output: random weights hardly ever end one by themselves."""

SEARCHES = [
    Options(beam_size=1, max_pieces=SHORT),
    Options(beam_size=4, hypotheses=4, max_pieces=SHORT),
    Options(beam_size=4, max_pieces=SHORT, length_penalty=2.0),
    Options(beam_size=4, max_pieces=SHORT, min_pieces=6),
]
SCORE = 1e-3


class Shelf:
    """Checkpoints and engines, each made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engines: dict[tuple[Any, ...], Seq2SeqEngine] = {}

    def checkpoint(self, family: str, **options: Any) -> Path:
        name = "-".join([family, *(f"{k}-{v}" for k, v in options.items())])
        path = self.folder / "".join(c if c.isalnum() else "-" for c in name)
        return path if path.is_dir() else tiny_checkpoints.make(family, path, **options)

    def plan(self, family: str, **options: Any) -> Plan:
        checkpoint = open_checkpoint(self.checkpoint(family, **options))
        task = "translate" if "translate" in checkpoint.family.tasks else "summarize"
        return make_plan(checkpoint, task, source_lang="de", target_lang="en")

    def engine(self, family: str, engine: str, *, fresh: bool = False, **options: Any) -> Any:
        key = (family, engine, *options.items())
        if fresh or key not in self.engines:
            self.engines[key] = self._open(self.plan(family, **options), engine)
        return self.engines[key]

    def _open(self, plan: Plan, engine: str) -> Seq2SeqEngine:
        root = self.folder / "converted"
        if engine == "pytorch":
            return choice.open_engine(plan, engine="pytorch", root=root)
        folder = conversion.convert(plan.checkpoint, root=root, precision="float32")
        return ConvertedEngine(plan, folder=folder, precision="float32")


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf(tmp_path_factory.mktemp("checkpoints"))


@pytest.fixture(params=["ct2", "pytorch"])
def either(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("options", SEARCHES, ids=["greedy", "beam", "penalty", "least"])
@pytest.mark.parametrize("family", CONVERTIBLE)
def test_both_engines_write_the_same(shelf: Shelf, family: str, options: Options) -> None:
    reference = shelf.engine(family, "pytorch").generate(TEXTS, options=options)
    quick = shelf.engine(family, "ct2").generate(TEXTS, options=options)
    assert [[o.text for o in row] for row in quick] == [[o.text for o in row] for row in reference]
    assert [[o.truncated for o in r] for r in quick] == [
        [o.truncated for o in r] for r in reference
    ]
    for ours, theirs in zip(quick, reference, strict=True):
        assert [o.score for o in ours] == pytest.approx([o.score for o in theirs], abs=SCORE)
    assert any(row[0].text for row in quick)
    assert len({row[0].score for row in quick}) > 2


@pytest.mark.parametrize("family", CONVERTIBLE)
def test_both_engines_look_at_the_same_pieces(shelf: Shelf, family: str) -> None:
    options = Options(beam_size=1, align=True, max_pieces=SHORT)
    pairs = zip(
        shelf.engine(family, "pytorch").generate(TEXTS, options=options),
        shelf.engine(family, "ct2").generate(TEXTS, options=options),
        strict=True,
    )
    for (reference,), (quick,) in pairs:
        assert quick.alignment == reference.alignment
        assert [target for target, _ in quick.alignment] == list(range(len(quick.alignment)))


@pytest.mark.parametrize("family", TORCH_ONLY)
def test_families_without_a_converter_run_on_torch(shelf: Shelf, family: str) -> None:
    options = Options(beam_size=2, hypotheses=2, align=True, max_pieces=SHORT)
    outputs = shelf.engine(family, "pytorch").generate(TEXTS, options=options)
    assert [len(row) for row in outputs] == [2, 1, 2, 2, 1, 2]
    pieces = shelf.engine(family, "pytorch").lengths(TEXTS)
    for row, count in zip(outputs, pieces, strict=True):
        assert all(source < count for output in row for _, source in output.alignment)


@pytest.mark.parametrize("family", EVERY)
def test_empty_texts_get_empty_outputs(shelf: Shelf, family: str) -> None:
    engine: Engine = shelf.engine(family, "pytorch", fresh=True)
    assert engine.generate([]) == []
    assert [row[0].text for row in engine.generate(["", " \n"])] == ["", ""]
    assert engine.lengths([]) == []
    assert engine._model is None  # type: ignore[attr-defined]


@pytest.mark.parametrize("family", EVERY)
def test_company_does_not_change_an_output(shelf: Shelf, family: str) -> None:
    engine = shelf.engine(family, "ct2" if family in CONVERTIBLE else "pytorch")
    options = Options(beam_size=2)
    texts = [TEXTS[0], TEXTS[3], " ".join(tiny_checkpoints.LINES[:2])[:120], TEXTS[2]]
    together = engine.generate(texts, options=options)
    alone = [engine.generate([text], options=options)[0] for text in texts]
    assert [r[0].text for r in together] == [r[0].text for r in alone]
    assert [r[0].score for r in together] == pytest.approx([r[0].score for r in alone], abs=SCORE)


@pytest.mark.parametrize("family", EVERY)
def test_text_beyond_the_window_is_marked_and_harms_nobody(shelf: Shelf, family: str) -> None:
    options = Options(beam_size=1, max_pieces=4)
    for name in ("ct2", "pytorch") if family in CONVERTIBLE else ("pytorch",):
        engine = shelf.engine(family, name)
        long = "Der Rat tagt und schweigt, " * engine.max_length
        assert engine.lengths([long])[0] > engine.max_length
        (cut,), (whole,) = engine.generate([long, TEXTS[0]], options=options)
        assert cut.truncated
        assert whole.text == engine.generate([TEXTS[0]], options=options)[0][0].text


@pytest.mark.parametrize("family", EVERY)
def test_the_last_text_that_fits_runs(shelf: Shelf, family: str) -> None:
    """Position tables end at the window: one piece more is an IndexError in torch."""
    for name in ("ct2", "pytorch") if family in CONVERTIBLE else ("pytorch",):
        engine = shelf.engine(family, name)
        words = 1
        while engine.lengths(["im " * (words + 1)])[0] <= engine.max_length:
            words += 1
        assert engine.lengths(["im " * words])[0] > engine.max_length - 4
        (row,) = engine.generate(["im " * words], options=Options(beam_size=1))
        assert row


def test_an_output_at_its_limit_is_marked(shelf: Shelf, either: str) -> None:
    """``forced_eos_token_id``, which Marian and BART prescribe, would end it as if complete."""
    for family in ("marian", "bart"):
        engine = shelf.engine(family, either)
        assert engine.plan.checkpoint.generation["forced_eos_token_id"] is not None
        (row,) = engine.generate([TEXTS[2]], options=Options(beam_size=1, max_pieces=5))
        assert row[0].truncated
        assert len(row[0].text) > 0


def eager_to_end(folder: Path, amount: float) -> None:
    """Raise the probability of the end in a saved Marian or BART."""
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    end = json.loads((folder / "config.json").read_text(encoding="utf-8"))["eos_token_id"]
    weights["final_logits_bias"][0, end] += amount
    save_file(weights, folder / "model.safetensors", {"format": "pt"})


@pytest.mark.parametrize(("family", "amount"), [("marian", 3.0), ("bart", 6.0)])
def test_outputs_that_end_by_themselves_agree(tmp_path: Path, family: str, amount: float) -> None:
    tiny_checkpoints.make(family, tmp_path / family)
    eager_to_end(tmp_path / family, amount)
    checkpoint = open_checkpoint(tmp_path / family)
    task = checkpoint.family.tasks[0]
    plan = make_plan(checkpoint, task, source_lang="de", target_lang="en")
    folder = conversion.convert(checkpoint, root=tmp_path / "root", precision="float32")
    reference = choice.open_engine(plan, engine="pytorch", root=tmp_path)
    quick = ConvertedEngine(plan, folder=folder, precision="float32")
    for options in (Options(beam_size=1), Options(beam_size=4, hypotheses=2)):
        ours, theirs = (e.generate(TEXTS, options=options) for e in (quick, reference))
        assert [[o.text for o in r] for r in ours] == [[o.text for o in r] for r in theirs]
        assert [o.score for r in ours for o in r] == pytest.approx(
            [o.score for r in theirs for o in r], abs=SCORE
        )
    assert not all(row[0].truncated for row, text in zip(ours, TEXTS, strict=True) if text.strip())


def test_hypotheses_come_best_first(shelf: Shelf, either: str) -> None:
    options = Options(beam_size=4, hypotheses=4, max_pieces=SHORT)
    for row in shelf.engine("nllb", either).generate([TEXTS[0], TEXTS[2]], options=options):
        scores = [output.score for output in row]
        assert scores == sorted(scores, reverse=True)
        assert len({(output.text, output.score) for output in row}) == 4


def test_no_more_hypotheses_than_beams(shelf: Shelf, either: str) -> None:
    options = Options(beam_size=2, hypotheses=5, max_pieces=4)
    assert len(shelf.engine("t5", either).generate(["Nein."], options=options)[0]) == 2


def test_a_banned_run_does_not_come_twice(shelf: Shelf, either: str) -> None:
    engine = shelf.engine("marian", either)
    options = Options(beam_size=1, no_repeat_ngram=1, max_pieces=SHORT)
    free, banned = (
        engine.generate(["Nein."], options=o)[0][0].text for o in (SEARCHES[0], options)
    )
    assert free != banned
    assert len(set(banned)) > len(set(free))


def test_prompts_and_languages_reach_the_model(shelf: Shelf) -> None:
    rows = {name: shelf.engine(name, "ct2")._rows(["Montag."])[0] for name in CONVERTIBLE}
    assert rows["nllb"][0] == "deu_Latn"
    assert rows["m2m100"][0] == "__de__"
    assert rows["mbart50"][0] == "de_DE"
    assert rows["bart"][0] == "<s>"
    assert all(row[-1] == "</s>" for row in rows.values())
    told = shelf.engine("t5", "ct2").pieces.decode(rows["t5"][:-1])
    assert told == "translate German to English: Montag."
    assert [shelf.engine(n, "ct2").forced for n in ("nllb", "m2m100", "mbart50", "bart")] == [
        "eng_Latn",
        "__en__",
        "en_XX",
        "<s>",
    ]


def test_a_tag_names_the_target_of_a_marian(shelf: Shelf, either: str) -> None:
    engine = shelf.engine("marian", either, tags=(">>fra<<", ">>eng<<"))
    assert engine._rows(["Nein."])[0][0] == ">>eng<<"
    assert engine.generate(["Nein."], options=SEARCHES[0])[0][0].text


def test_a_bart_that_forces_nothing_is_not_forced(shelf: Shelf) -> None:
    reference = shelf.engine("bart", "pytorch", forced=None)
    quick = shelf.engine("bart", "ct2", forced=None)
    assert quick.forced == ""
    ours, theirs = (e.generate(TEXTS, options=SEARCHES[1]) for e in (quick, reference))
    assert [[o.text for o in r] for r in ours] == [[o.text for o in r] for r in theirs]
    forced = shelf.engine("bart", "ct2").generate(TEXTS, options=SEARCHES[1])
    assert [r[0].score for r in ours] != [r[0].score for r in forced]


def test_a_language_that_the_vocabulary_lacks_is_refused(shelf: Shelf) -> None:
    checkpoint = open_checkpoint(shelf.checkpoint("nllb"))
    for languages in (("de", "it"), ("it", "de")):
        plan = make_plan(
            checkpoint, "translate", source_lang=languages[0], target_lang=languages[1]
        )
        engine = choice.open_engine(plan, engine="pytorch", root=shelf.folder)
        with pytest.raises(InputError, match="does not know the language 'ita_Latn'"):
            engine.generate(["Nein."])


@pytest.mark.parametrize("family", EVERY)
def test_special_pieces_in_a_text_are_text(shelf: Shelf, family: str) -> None:
    pieces = shelf.engine(family, "ct2" if family in CONVERTIBLE else "pytorch").pieces
    odd = "Ja </s> nein <pad> eng_Latn <unk> <s> Ende"
    (row,), (plain,) = pieces.encode([odd]), pieces.encode(["Ja"])
    for special in ("</s>", "<pad>", "<s>"):
        assert row.count(special) == plain.count(special)


def test_marian_pieces_are_those_of_transformers(shelf: Shelf) -> None:
    from transformers import MarianTokenizer

    folder = shelf.checkpoint("marian", tags=(">>eng<<",))
    pieces = MarianPieces(folder, tag=">>eng<<")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reference = MarianTokenizer.from_pretrained(folder)
    texts = [*tiny_checkpoints.LINES, "ÄÖ ß", "„Ja“ – 1.250,5 €", "日本", "a  b\tc", "😀"]
    for text, row in zip(texts, pieces.encode(texts), strict=True):
        assert pieces.ids(row) == reference(f">>eng<<{text}").input_ids
        assert pieces.decode(row) == reference.decode(
            pieces.ids(row[1:]), skip_special_tokens=True, clean_up_tokenization_spaces=False
        ) or pieces.ids(["<unk>"])[0] in pieces.ids(row)


def test_marian_needs_neither_transformers_nor_sacremoses_once_converted(shelf: Shelf) -> None:
    engine = shelf.engine("marian", "ct2")
    code = (
        "import pickle, sys; engine = pickle.loads(bytes.fromhex(sys.argv[1]));"
        "print(engine.generate(['Nein.'])[0][0].text);"
        "print(*[m for m in ('torch', 'transformers', 'sacremoses') if m in sys.modules])"
    )
    done = run(code, pickle.dumps(engine).hex())
    assert done.stdout.splitlines()[-1] == ""
    assert done.stderr == ""


@pytest.mark.parametrize("family", ["flan-t5", "mt5", "t5"])
def test_tied_embeddings_are_no_word_on_scaling(shelf: Shelf, family: str) -> None:
    """transformers 5 ties them all; the converter then scales what should not be."""
    checkpoint = open_checkpoint(shelf.checkpoint(family))
    network = loading.load_network(checkpoint, precision="float32", device="cpu")
    assert network.config.tie_word_embeddings is True
    conversion.prepare(network, checkpoint)
    assert network.config.tie_word_embeddings is (family == "t5")


def test_without_that_cure_beams_differ(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversion, "prepare", lambda *_: None)
    plan = shelf.plan("mt5")
    folder = conversion.convert(plan.checkpoint, root=tmp_path, precision="float32")
    wrong = ConvertedEngine(plan, folder=folder, precision="float32")
    right = shelf.engine("mt5", "pytorch")
    ours, theirs = (e.generate(TEXTS, options=SEARCHES[1]) for e in (wrong, right))
    differences = [
        abs(a.score - b.score)
        for r, s in zip(ours, theirs, strict=True)
        for a, b in zip(r, s, strict=True)
    ]
    assert max(differences) > 10 * SCORE


@pytest.mark.parametrize("family", ["mt5", "t5", "pegasus", "mbart50", "nllb"])
def test_a_missing_protobuf_is_named(shelf: Shelf, family: str) -> None:
    """transformers names tiktoken, which would not help."""
    code = (
        "import sys; sys.modules['google.protobuf'] = None\n"
        "from summlib.engines import checkpoints, loading\n"
        "from summlib.errors import MissingDependency\n"
        "try: loading.load_tokenizer(checkpoints.open_checkpoint(sys.argv[1])); print('loaded')\n"
        "except MissingDependency as error: print(error)"
    )
    done = run(code, str(shelf.checkpoint(family)))
    assert 'protobuf; run: pip install "summlib[hub]"' in done.stdout or done.stdout == "loaded\n"
    assert family not in ("mt5", "t5") or "protobuf" in done.stdout
    assert done.stderr == ""


def test_a_missing_torch_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(MissingDependency, match=r'pip install "summlib\[hub\]"'):
        loading.require_transformers()


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, from the root of the checkout."""
    command = [sys.executable, "-W", "default", "-c", code, *arguments]
    root = Path(loading.__file__).resolve().parents[2]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)


def test_nothing_is_written_to_stderr(shelf: Shelf, tmp_path: Path) -> None:
    """Loading bars, advice on sacremoses, generation warnings: a library has no terminal."""
    code = (
        "import sys; sys.modules['sacremoses'] = None\n"
        "from summlib.engines import checkpoints, choice, plans\n"
        "for folder in sys.argv[2:]:\n"
        "  checkpoint = checkpoints.open_checkpoint(folder)\n"
        "  plan = plans.make_plan(checkpoint, checkpoint.family.tasks[0],"
        " source_lang='de', target_lang='en')\n"
        "  for name in ('auto', 'pytorch'):\n"
        "    engine = choice.open_engine(plan, engine=name, root=sys.argv[1])\n"
        "    engine.generate(['Der Rat tagt.', 'Nein. ' * 300])\n"
        "print('done')"
    ).replace("root=sys.argv[1]", "root=__import__('pathlib').Path(sys.argv[1])")
    folders = [str(shelf.checkpoint(family)) for family in EVERY]
    done = run(code, str(tmp_path), *folders)
    assert (done.stdout, done.stderr) == ("done\n", "")


def test_what_transformers_says_comes_back(shelf: Shelf) -> None:
    import transformers

    level = transformers.utils.logging.get_verbosity()
    shelf.engine("marian", "pytorch", fresh=True).generate(["Nein."], options=SEARCHES[0])
    assert transformers.utils.logging.get_verbosity() == level
    assert transformers.utils.logging.is_progress_bar_enabled()


@pytest.mark.parametrize("family", ["marian", "bart"])
def test_eight_threads_get_what_one_gets(shelf: Shelf, either: str, family: str) -> None:
    engine = shelf.engine(family, either, fresh=True)
    options = Options(beam_size=2, max_pieces=SHORT)
    texts = [f"Am {n}. Mai kamen {n * 3} Leute." for n in range(1, 17)]
    with ThreadPoolExecutor(8) as pool:
        parallel = list(pool.map(lambda text: engine.generate([text], options=options), texts))
    assert parallel == [engine.generate([text], options=options) for text in texts]


def test_two_spawned_processes_get_the_same(shelf: Shelf, either: str) -> None:
    engine = shelf.engine("marian", either)
    here = [engine.generate([text]) for text in TEXTS[:3]]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        futures = [pool.submit(engine.generate, [text]) for text in TEXTS[:3]]
        assert [future.result(timeout=200) for future in futures] == here


@pytest.mark.parametrize("family", EVERY)
def test_engines_pickle_without_weights(shelf: Shelf, family: str) -> None:
    engine = shelf.engine(family, "ct2" if family in CONVERTIBLE else "pytorch")
    before = engine.generate([TEXTS[0]], options=SEARCHES[0])
    pickled = pickle.dumps(engine)
    assert len(pickled) < 20_000
    assert pickle.loads(pickled).generate([TEXTS[0]], options=SEARCHES[0]) == before


@pytest.mark.parametrize("family", EVERY)
def test_saved_again_a_model_writes_the_same(shelf: Shelf, tmp_path: Path, family: str) -> None:
    """What transformers 5 itself saves (tokenizer.json, its own settings) loads as well."""
    plan = shelf.plan(family)
    network = loading.load_network(plan.checkpoint, precision="float32", device="cpu")
    tokenizer = loading.load_tokenizer(plan.checkpoint)
    with loading.silence():
        network.save_pretrained(tmp_path / "again")
        tokenizer.save_pretrained(tmp_path / "again")
    again = open_checkpoint(tmp_path / "again")
    assert again.family == plan.checkpoint.family
    second = choice.open_engine(
        make_plan(again, plan.task, source_lang="de", target_lang="en"),
        engine="pytorch",
        root=tmp_path,
    )
    first = shelf.engine(family, "pytorch")
    ours, theirs = (e.generate(TEXTS, options=SEARCHES[0]) for e in (second, first))
    if family == "flan-t5":  # transformers 5 forgets that its outputs are not scaled
        assert len(ours) == len(theirs)
    else:
        assert [r[0].text for r in ours] == [r[0].text for r in theirs]


@pytest.mark.parametrize("file", ["model.safetensors", "source.spm", "vocab.json"])
def test_half_a_file_is_damaged(shelf: Shelf, tmp_path: Path, file: str) -> None:
    folder = tiny_checkpoints.make("marian", tmp_path / "m")
    path = folder / file
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    plan = Plan(open_checkpoint(folder), "translate", window=64)
    engine = choice.open_engine(plan, engine="pytorch", root=tmp_path)
    with pytest.raises(ModelDamaged, match=str(folder)):
        engine.generate(["Nein."])


def test_no_code_of_a_repository_is_run(tmp_path: Path) -> None:
    folder = tiny_checkpoints.make("bart", tmp_path / "m")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["auto_map"] = {"AutoModelForSeq2SeqLM": "evil.Model", "AutoConfig": "evil.Config"}
    tiny_checkpoints.write(folder / "config.json", config)
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'run')!r}, 'w')\n", encoding="utf-8")
    plan = make_plan(open_checkpoint(folder), "summarize", source_lang="en", target_lang="en")
    for name in ("pytorch", "ct2"):
        choice.open_engine(plan, engine=name, root=tmp_path).generate(["No."], options=SEARCHES[0])
    assert not (tmp_path / "run").exists()


def test_signatures_tell_engine_version_and_precision(shelf: Shelf) -> None:
    import transformers

    assert shelf.engine("bart", "ct2").signature == f"ct2-{ct2.version()}|float32"
    reference = shelf.engine("bart", "pytorch").signature
    assert reference == f"pytorch-{transformers.__version__}|float32"


def test_the_bundled_model_writes_the_same_in_both_engines(
    bundled_model: Path, tmp_path: Path
) -> None:
    checkpoint = open_checkpoint(bundled_model)
    plan = make_plan(checkpoint, "translate", source_lang="de", target_lang="en", window=192)
    folder = conversion.convert(checkpoint, root=tmp_path, precision="float32")
    quick = ConvertedEngine(plan, folder=folder, precision="float32")
    reference = choice.open_engine(plan, engine="pytorch", root=tmp_path)
    texts = [*tiny_checkpoints.LINES[:5], *TEXTS]
    for options in (Options(beam_size=1), Options(beam_size=4, hypotheses=4)):
        ours, theirs = (e.generate(texts, options=options) for e in (quick, reference))
        assert [[o.text for o in r] for r in ours] == [[o.text for o in r] for r in theirs]
        assert [o.score for r in ours for o in r] == pytest.approx(
            [o.score for r in theirs for o in r], abs=SCORE
        )
    bundled = Ct2Engine(bundled_model / "ct2")
    assert bundled.lengths(texts) == quick.lengths(texts) == reference.lengths(texts)


def cuda() -> str:
    """Return why a test on a GPU cannot run, empty where it can."""
    import torch

    if not torch.cuda.is_available():
        return "torch finds no CUDA device"
    return "" if ct2.count_gpus() else "CTranslate2 finds no CUDA device"


@pytest.fixture
def gpu() -> None:
    if reason := cuda():
        pytest.skip(reason)


@pytest.mark.usefixtures("gpu")
@pytest.mark.parametrize("family", CONVERTIBLE)
def test_both_engines_run_on_a_gpu(shelf: Shelf, tmp_path: Path, family: str) -> None:
    plan = shelf.plan(family)
    for name in ("ct2", "pytorch"):
        engine = choice.open_engine(plan, engine=name, device="cuda", root=tmp_path)
        outputs = engine.generate(TEXTS, options=SEARCHES[1])
        assert [len(row) for row in outputs] == [4, 1, 4, 4, 1, 4]
        assert engine.signature.endswith(plan.checkpoint.family.half)


@pytest.mark.usefixtures("gpu")
def test_auto_takes_the_gpu(shelf: Shelf, tmp_path: Path) -> None:
    engine = choice.open_engine(shelf.plan("marian"), device="auto", root=tmp_path)
    assert engine.signature.endswith("float16")


def test_a_device_that_is_not_there_is_told(shelf: Shelf, tmp_path: Path) -> None:
    if not cuda():
        pytest.skip("there is a CUDA device")
    for name, match in (("ct2", "cannot use cuda"), ("pytorch", "finds no cuda")):
        with pytest.raises(EngineError, match=match):
            choice.open_engine(
                shelf.plan("marian"), engine=name, device="cuda", root=tmp_path
            ).generate(["Nein."])
