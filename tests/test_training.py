"""The steps that need no torch: corpus, test sets refused, recipe, word list, card, fetching."""

from __future__ import annotations

import json
import lzma
import random
import re
import struct
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib import store
from summlib.errors import InputError, MissingDependency
from summlib.scores.behaviours import read_behaviours
from summlib.scores.translation import numbers_kept
from summlib.text.masks import MARK, unmask
from summlib.text.packed import read_table, write_table
from summlib.training import card, corpus, evaluation, opus
from summlib.training.__main__ import steps
from summlib.training.contamination import NGRAM, Protected, protect_folder, protect_folders
from summlib.training.corpus import (
    Pair,
    Report,
    collect,
    draw,
    fault,
    load,
    open_text,
    read_pairs,
    rewriting_fault,
)
from summlib.training.lexicon import TRUST
from summlib.training.masking import Masker, count_forms
from summlib.training.recipe import Recipe, load_recipe
from summlib.training.wordlist import frequent_forms, write_words
from summlib.training.workspace import open_workspace, training_hours

PAIRS = Path(__file__).parent / "data" / "pairs.tsv"
ROOT = Path(__file__).resolve().parents[1]
QUICK = settings(derandomize=True, deadline=None, max_examples=60)

PLANTED = "Die Brücke am alten Hafen bleibt wegen der Bauarbeiten noch bis Ende Oktober gesperrt."
PLANTED_EN = "Because of the works the bridge at the old harbor stays closed until late October."


def write_tsv(path: Path, *rows: tuple[str, str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{a}\t{b}\n" for a, b in rows), encoding="utf-8")
    return path


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    folder = tmp_path / "dev"
    (folder / "mt").mkdir(parents=True)
    (folder / "mt" / "set.de").write_text(PLANTED + "\nNur kurz.\n", encoding="utf-8")
    row = {"text": ["Ein Satz, der sonst nirgends steht und lang genug ist."], "n": 3}
    (folder / "more.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


# Test sets


def test_the_sentences_of_the_behaviours_are_refused_as_well(dev: Path) -> None:
    protected = protect_folders([dev])
    cases = read_behaviours()
    assert all(protected.holds(f"„{case.source}“") for case in cases)
    assert all(protected.holds(case.references[0]) for case in cases)
    assert not protect_folder(dev).holds(cases[0].source)


def test_protected_lines_are_refused_in_every_disguise(dev: Path) -> None:
    protected = protect_folder(dev)
    assert protected.holds(PLANTED)
    assert protected.holds(PLANTED.upper().replace(" ", "  ").rstrip("."))
    assert protected.holds("Wie berichtet: " + PLANTED + " Danach nicht mehr.")
    assert protected.holds("Ein Satz, der sonst nirgends steht und lang genug ist.")
    assert not protected.holds("Nur kurz.")
    assert not protected.holds("Die Brücke am alten Hafen ist schon wieder offen.")


@given(st.integers(0, 40), st.integers(0, 40))
@QUICK
def test_a_run_of_ngram_words_is_enough_and_nothing_less(before: int, length: int) -> None:
    words = [f"w{i}" for i in range(60)]
    protected = Protected([" ".join(words)])
    shared = words[before : before + length]
    line = " ".join(["x", "y", *shared, "z"])
    assert protected.holds(line) == (len(shared) >= NGRAM)


def test_a_folder_without_lines_protects_nothing_silently_never(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line to protect"):
        protect_folder(tmp_path / "misspelt")


def test_collect_refuses_planted_lines_on_either_side(tmp_path: Path, dev: Path) -> None:
    (dev / "mt" / "set.en").write_text(PLANTED_EN + "\n", encoding="utf-8")
    write_tsv(
        tmp_path / "in" / "news.tsv",
        (PLANTED, "Anything else that is long enough to be fit, as far as lengths go, really."),
        ("Etwas ganz anderes, das lang genug ist, um von den Längen her zu passen.", PLANTED_EN),
        ("Der Markt ist heute geschlossen.", "The market is closed today."),
    )
    out = tmp_path / "corpus.tsv"
    report = collect([tmp_path / "in"], out, protected=protect_folder(dev))
    assert report.refused == {"in a test set": 2}
    assert [pair.source for pair in load(out)] == ["Der Markt ist heute geschlossen."]


# Corpus


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("Der Zug hält.", "The train stops.", ""),
        ("12, 13", "12, 13", "no words"),
        ("Wort " * 121, "word " * 100, "too long"),
        ("Open the file", "Open the file", "untranslated"),
        ("Ein kurzer Satz.", "A sentence that goes on far beyond what was said.", "lengths differ"),
        ("Siehe <a href='x'>hier</a>.", "See <a href='x'>here</a>.", "markup"),
        ("Hallo %(name)s, guten Tag.", "Hello %(name)s, good day.", "markup"),
    ],
)
def test_faults(source: str, target: str, reason: str) -> None:
    assert fault(Pair("x", source, target)) == reason


def test_lines_without_exactly_one_tab_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.b.tsv.xz"
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write("# comment\neins\tone\nzwei\ttwo\tthree\n drei  vier \tthree\u2028four\n")
    assert list(read_pairs(path)) == [
        Pair("a", "eins", "one"),
        Pair("a", "drei vier", "three four"),
    ]


def test_collect_drops_duplicates_and_excluded_sources(tmp_path: Path) -> None:
    row = ("Guten Morgen zusammen!", "Good morning everybody!")
    write_tsv(tmp_path / "a.tsv", row, (row[0].upper(), row[1].upper()))
    write_tsv(tmp_path / "b.tsv", ("Gute Nacht!", "Good night!"))
    out = tmp_path / "out" / "corpus.tsv"
    report = collect([tmp_path], out, protected=Protected(), exclude=("b",))
    assert (dict(report.pairs), dict(report.refused)) == ({"a": 1}, {"duplicate": 1})
    assert json.loads((tmp_path / "out" / "corpus.tsv.json").read_text())["german_words"] == {
        "a": 3
    }
    with pytest.raises(InputError, match="no source 'c'"):
        collect([tmp_path], out, protected=Protected(), exclude=("c",))
    with pytest.raises(InputError, match="holds no"):
        collect([tmp_path / "none"], out, protected=Protected())
    with pytest.raises(InputError, match="stands in"):
        collect([tmp_path, tmp_path], out, protected=Protected())


def many(name: str, count: int) -> list[Pair]:
    return [Pair(name, f"Satz {i}", f"Sentence {i}") for i in range(count)]


def test_draw_depends_on_seed_and_pass_alone() -> None:
    pairs = many("a", 200) + many("b", 200)
    weights = {"a": 0.5, "b": 1.0}
    first = draw(pairs, weights, seed=1, index=0)
    assert first == draw(pairs, weights, seed=1, index=0)
    assert first != draw(pairs, weights, seed=1, index=1)
    assert first != draw(pairs, weights, seed=2, index=0)


@given(st.integers(0, 3), st.integers(0, 1000))
@QUICK
def test_draw_takes_whole_weights_exactly(weight: int, seed: int) -> None:
    pairs = many("a", 20) + many("unweighted", 5)
    drawn = draw(pairs, {"a": float(weight)}, seed=seed, index=0)
    assert sorted(p.source for p in drawn) == sorted(p.source for p in pairs[:20] * weight)


def test_draw_takes_about_the_share_of_a_fraction() -> None:
    drawn = draw(many("a", 5000), {"a": 1.3}, seed=1, index=0)
    assert 6300 < len(drawn) < 6700


# Recipe


def test_the_recipe_of_the_shipped_model_can_be_read() -> None:
    recipe = load_recipe(ROOT / "models" / "de-en" / "recipe.toml")
    assert set(recipe.augment) == {
        *("mask", "nouns", "verb_masks", "hint", "swap", "front", "noise", "lexicon", "numbers")
    }
    assert set(recipe.weights) <= set(card.read_sources())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "x"\nsede = 3\n', "unknown key 'sede'"),
        ('name = "x"\n[schedule]\ntokens = 3\n', "unknown key 'tokens'"),
        ("seed = 3\n", "name"),
        ("name = \n", "cannot be read"),
    ],
)
def test_a_wrong_recipe_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_recipe(path)


def test_exclude_sets_a_weight_to_nothing(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text('name = "x"\n[weights]\na = 1.0\n', encoding="utf-8")
    assert load_recipe(path, exclude=("a",)).weights == {"a": 0.0}
    assert open_workspace(path).folder == Path("runs/x")
    with pytest.raises(InputError, match="no source 'b'"):
        load_recipe(path, exclude=("b",))


# Masking


def test_masks_agree_on_both_sides_and_unmask_gives_back() -> None:
    pairs = [pair for pair in read_pairs(PAIRS) if MARK not in pair.source]
    masker = Masker(count_forms(pair.source for pair in pairs), 1.0)
    masked = 0
    for seed, pair in enumerate(pairs):
        got = masker(pair, random.Random(seed))
        marks = [f"{MARK}{i}" for i in range(1, 10)]
        assert [m for m in marks if m in got.source] == [m for m in marks if m in got.target]
        originals = stand_ins(pair.source, got.source)
        masked += len(originals)
        assert unmask(got.source, originals) == pair.source
        assert unmask(got.target, originals) == pair.target
    assert masked > 50


def stand_ins(plain: str, masked: str) -> list[str]:
    """What each stand-in of ``masked`` stands for, found by walking along ``plain``."""
    originals = []
    place = 0
    before, *parts = masked.split(MARK)
    place = len(before)
    for part in parts:
        after = part[1:]
        end = len(plain) if not after else plain.index(after, place + 1)
        originals.append(plain[place:end])
        place = end + len(after)
    return originals


def test_nothing_is_masked_at_share_nothing_but_numbers() -> None:
    masker = Masker(count_forms([]), 0.0)
    pair = Pair("x", "Frau Kowalczyk kam.", "Ms Kowalczyk came.")
    assert all(masker(pair, random.Random(seed)) == pair for seed in range(30))


# Word list


def test_words_are_sorted_frequent_and_long_enough(tmp_path: Path) -> None:
    lines = ["Das Rathaus in Köln-Mülheim"] * 3 + ["Das Boot"]
    assert frequent_forms(lines, at_least=3) == ["Das", "Köln-Mülheim", "Rathaus"]
    assert write_words(lines, tmp_path / "words.txt.gz", at_least=4) == 1
    assert read_table(tmp_path / "words.txt.gz") == "Das"


# Fetching


def test_fetching_without_mtdata_names_the_pip_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "mtdata", None)
    with pytest.raises(MissingDependency, match="pip install mtdata"):
        opus.fetch(["OPUS-europarl-v8-deu-eng"], tmp_path)


def test_fetched_files_are_joined_line_by_line(tmp_path: Path) -> None:
    source, target = tmp_path / "x.deu", tmp_path / "x.eng"
    source.write_text("Ein  Haus\nZwei\n", encoding="utf-8")
    target.write_text("A house\nTwo\n", encoding="utf-8")
    out = opus.write_pairs(source, target, tmp_path / "x.tsv.xz")
    assert [(p.source, p.target) for p in read_pairs(out)] == [
        ("Ein Haus", "A house"),
        ("Zwei", "Two"),
    ]
    target.write_text("A house\n", encoding="utf-8")
    with pytest.raises(InputError, match="2 lines"):
        opus.write_pairs(source, target, out)


# Evaluation and card


@pytest.fixture
def scores(tmp_path: Path) -> dict[str, object]:
    pytest.importorskip("sacrebleu")
    folder = tmp_path / "sets"
    (folder / "mt").mkdir(parents=True)
    (folder / "numbers").mkdir()
    files = {
        "mt/news.de": "Es kostet 30 Euro im Monat.\nDer Zug kam am 3. Mai an.\n",
        "mt/news.en": "It costs 30 euros a month.\nThe train arrived on 3 May.\n",
        "mt/news.rival.en": "It costs 30 euros in a month.\nThe train arrived on May.\n",
        "numbers/cases.jsonl": "".join(
            json.dumps({"set": "news", "line": n, "type": kind, "accept": [number]}) + "\n"
            for n, kind, number in ((1, "plain", "30"), (2, "day_month", "3"))
        ),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    answers = {
        "Es kostet 30 Euro im Monat.": "It costs 30 euros a month.",
        "Der Zug kam am 3. Mai an.": "The train arrived on 3 May.",
    }
    return evaluation.evaluate(lambda texts: [answers[t] for t in texts], folder)


def test_evaluation_scores_ours_beside_the_others(scores: dict[str, object]) -> None:
    text = evaluation.table(scores)
    assert "| news | summlib | 100.0 | 100.0 |" in text
    assert "| news | rival |" in text
    numbers = evaluation.numbers_table(scores)
    assert "| summlib | 100.0 % of 2 | 100.0 % of 1 |" in numbers
    assert "| rival | 50.0 % of 2 | 0.0 % of 1 |" in numbers


def test_evaluation_wants_a_set(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no SET\.de"):
        evaluation.evaluate(list, tmp_path)


def made_model(folder: Path) -> Path:
    """A folder with the files of an export, empty of meaning."""
    (folder / "ct2").mkdir(parents=True)
    (folder / "ct2" / "model.bin").write_bytes(b"weights")
    write_table(folder / "words.txt.gz", "Haus")
    write_table(folder / "lexicon.rows", "Haus\thouse\t9")
    (folder / "recipe.toml").write_text('name = "de-en"\n', encoding="utf-8")
    header = json.dumps(
        {
            "model.shared.weight": {"dtype": "F16", "shape": [3, 4], "data_offsets": [0, 24]},
            "final_logits_bias": {"dtype": "F16", "shape": [1, 3], "data_offsets": [24, 30]},
        }
    ).encode()
    data = struct.pack("<Q", len(header)) + header + bytes(30)
    (folder / "model.safetensors").write_bytes(data)
    return folder


MADE = ("ct2/model.bin", "lexicon.rows", "words.txt.gz")
MISTAKES = [{"source": f"Satz {i}", "output": f"Phrase {i}", "wrong": "sense"} for i in range(5)]


def written_card(folder: Path, scores: dict[str, object], **weights: float) -> dict[str, object]:
    names = [name.replace("_", "-") for name in weights]
    report = Report()
    for name in names:
        report.pairs[name], report.words[name] = 10, 120
    report.refused["in a test set"] = 7
    card.write_card(
        made_model(folder),
        recipe=Recipe("de-en", weights=dict(zip(names, weights.values(), strict=True))),
        report=report.to_dict(),
        scores=scores,
        example=("Der Zug hält.", "The train stops."),
        mistakes=MISTAKES,
        tokens=12_300_000,
        hours=2.5,
        version=3,
    )
    return json.loads((folder / "model.json").read_text(encoding="utf-8"))


def test_a_carded_model_is_found_whole_and_described(
    tmp_path: Path, scores: dict[str, object]
) -> None:
    written = written_card(tmp_path / "m", scores, tatoeba=0.5, swiss_gov=1.0, newstest_2008_2017=0)
    info = store.find(tmp_path / "m")
    assert (info.name, info.version, info.licence) == ("de-en", 3, "CC BY-SA 4.0")
    assert store.verify(tmp_path / "m") == []
    assert written["parameters"] == 12
    assert set(written["files"]) == {*MADE, "model.safetensors"}
    assert written["files"]["model.safetensors"]["optional"] is True
    assert "optional" not in written["files"]["ct2/model.bin"]
    assert set(written["data"]) == {"swiss-gov", "tatoeba"}
    assert written["data"]["tatoeba"]["licence"] == "CC BY 2.0 FR"
    (tmp_path / "m" / "model.safetensors").unlink()
    assert store.verify(tmp_path / "m") == []
    (tmp_path / "m" / "ct2" / "model.bin").write_bytes(b"altered")
    assert len(store.verify(tmp_path / "m")) == 1


def test_the_readme_says_what_has_to_be_said(tmp_path: Path, scores: dict[str, object]) -> None:
    written_card(tmp_path / "m", scores, tatoeba=0.5, swiss_gov=1.0)
    readme = (tmp_path / "m" / "README.md").read_text(encoding="utf-8")
    assert "$" not in readme
    for mistake in MISTAKES:
        assert all(value in readme for value in mistake.values())
    assert card.SWISS in readme
    assert card.NEWSTEST not in readme
    assert "stw-economics: thesaurus of economics (ODbL 1.0)" in readme
    for words in (
        "| news | rival |",
        "12.3 million",
        "--exclude NAME",
        "The train stops.",
        "(7 of",
    ):
        assert words in readme


def test_a_source_without_licence_cannot_be_carded(
    tmp_path: Path, scores: dict[str, object]
) -> None:
    with pytest.raises(InputError, match=r"no licence is known of found-it"):
        written_card(tmp_path / "m", scores, found_it=1.0)
    extra = tmp_path / "own.toml"
    extra.write_text('[found-it]\nlicence = "CC0"\nabout = "notes"\n', encoding="utf-8")
    assert card.read_sources(extra)["found-it"]["licence"] == "CC0"


def test_every_source_has_a_licence_and_says_what_it_is() -> None:
    assert set(card.read_lists()) == set(TRUST)
    for name, row in [*card.read_sources().items(), *card.read_lists().items()]:
        assert row["licence"], name
        assert row["about"], name
        assert set(row) <= {"licence", "about", "note"}, name


def test_mistakes_are_read_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "mistakes.toml"
    path.write_text('[[mistake]]\nsource = "a"\noutput = "b"\nwrong = "c"\n', encoding="utf-8")
    assert card.read_mistakes(path) == [{"source": "a", "output": "b", "wrong": "c"}]
    path.write_text('[[mistake]]\nsource = "a"\n', encoding="utf-8")
    with pytest.raises(InputError, match="output"):
        card.read_mistakes(path)


def test_hours_are_summed_over_restarts(tmp_path: Path) -> None:
    rows = [(7200, 2), (14400, 2), (10800, 2), (18000, 2)]
    log = tmp_path / "log.jsonl"
    log.write_text("".join(f'{{"tokens": {t}, "tokens_per_s": {s}}}\n' for t, s in rows))
    assert training_hours(log) == pytest.approx(3.0)
    assert training_hours(tmp_path / "none") == 0


# Command line

COMMANDS = sorted(steps.commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_step_explains_itself(name: str) -> None:
    result = CliRunner().invoke(steps, [name, "--help"])
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: steps {name}")


def test_all_steps_are_there() -> None:
    wanted = "card choose collect drill evaluate export fetch fuse lexicon pass precision risk run "
    wanted += "separable translations vocabulary words"
    assert wanted.split() == COMMANDS


def small_recipe(folder: Path) -> Path:
    path = folder / "recipe.toml"
    path.write_text('name = "tiny"\n[weights]\nown = 1.0\n', encoding="utf-8")
    return path


def test_collect_and_words_by_command(tmp_path: Path, dev: Path) -> None:
    write_tsv(
        tmp_path / "in" / "own.tsv", *[(f"Satz Nummer {i}", f"Line no {i}") for i in range(9)]
    )
    write_tsv(tmp_path / "in" / "new.tsv", (PLANTED, PLANTED_EN))
    options = ["--recipe", str(small_recipe(tmp_path)), "--work", str(tmp_path / "work")]
    arguments = ["collect", str(tmp_path / "in"), "--refuse", str(dev), *options]
    result = CliRunner().invoke(steps, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {"pairs": 9, "refused": {"in a test set": 1}}
    assert CliRunner().invoke(steps, ["words", *options]).exit_code == 0
    assert read_table(tmp_path / "words.txt.gz") == "Nummer\nSatz"


def test_a_step_too_early_names_the_one_before(tmp_path: Path) -> None:
    options = ["--recipe", str(small_recipe(tmp_path)), "--work", str(tmp_path / "work")]
    result = CliRunner().invoke(steps, ["words", *options])
    assert result.exit_code == 1
    assert "run first: python -m summlib.training collect" in result.output


def test_the_slice_is_fit_to_learn_from() -> None:
    pairs = list(read_pairs(PAIRS))
    assert len(pairs) == 300
    assert [fault(pair) for pair in pairs if fault(pair)] == []
    assert len(set(pairs)) == 300
    assert max(len(pair.source.split()) for pair in pairs) < corpus.MAX_WORDS


def test_numbers_of_unknown_lines_do_not_count(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text(json.dumps({"set": "a", "line": 9, "type": "plain", "accept": ["1"]}) + "\n")
    assert numbers_kept(cases, {"a": ["1"]}) == {}


@pytest.mark.parametrize(("name", "least"), [("written-news", 38_000), ("written-news-2", 4_000)])
def test_the_text_written_for_the_model_is_whole_and_fit(name, least):
    path = Path(f"models/de-en/{name}.tsv.xz")
    with open_text(path) as lines:
        count = sum(1 for _ in lines)
    pairs = list(read_pairs(path))
    assert len(pairs) == count > least
    assert len({pair.source for pair in pairs}) == count
    unfit = [fault(pair) for pair in pairs if fault(pair)]
    assert len(unfit) <= count // 1000, unfit[:5]
    assert not [p for p in pairs if re.search(r"\d ?[ap]\.?m\b", p.target)]  # hours have 24


def test_the_fusions_written_for_the_rewriter_are_fit_to_learn_from():
    pairs = list(read_pairs(Path("models/rewrite/written-fusions.tsv.xz")))
    assert len(pairs) > 1500
    assert not [p for p in pairs if rewriting_fault(p)]
    assert all(p.source.startswith("⟨de⟩ ⟨title⟩ ") and "⟨sentence⟩" in p.source for p in pairs)
