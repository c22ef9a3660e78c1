"""Summaries beside references, documents and the classic methods."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summlib.errors import InputError, MissingDependency
from summlib.scores import baselines
from summlib.scores.baselines import BASELINES, fill
from summlib.scores.summaries import extract_all, main, read_set, score_summaries, summarize_all
from summlib.translator import Translator

TEXT = (
    "In Ulm ist am Montag ein Güterzug entgleist. Der Lokführer wurde leicht verletzt. "
    "Die Strecke nach Augsburg bleibt bis Freitag gesperrt. Bei dem Güterzug war eine Achse "
    "gebrochen. Reisende von Ulm nach Augsburg müssen auf Busse umsteigen."
)


def figures(*arguments: object, **options: object) -> dict[str, float]:
    return {s.name: s.value for s in score_summaries(*arguments, **options)}  # type: ignore[arg-type]


def test_all_figures_with_documents() -> None:
    found = figures(
        ["In Ulm ist ein Zug entgleist. In Ulm ist ein Zug entgleist. Es gab 7 Tote."],
        ["In Ulm ist ein Güterzug entgleist."],
        sources=[TEXT],
        target_lang="de",
    )
    assert found["ROUGE-1"] > 40
    assert found["redundancy %"] > 20
    assert found["novel bigrams %"] > 20
    assert found["compression ratio"] == pytest.approx(43 / 16, abs=0.5)
    assert found["unsupported numbers per 100 sentences"] == pytest.approx(100 / 3)
    assert found["unsupported names per 100 sentences"] == 0


def test_a_name_from_nowhere_counts() -> None:
    found = figures(["Putin came to Ulm."], ["A train came."], sources=[TEXT])
    assert found["unsupported names per 100 sentences"] == 100
    assert "novel bigrams %" not in found  # it means nothing across languages


def test_documents_are_not_needed() -> None:
    assert not [n for n in figures(["Es regnet."], ["Es regnet."]) if "unsupported" in n]


def test_lists_must_pair_up() -> None:
    with pytest.raises(InputError):
        score_summaries(["a"], ["a"], sources=["a", "b"])
    with pytest.raises(InputError):
        score_summaries([], [])


def test_filling_comes_near_the_budget() -> None:
    sentences = ["a b c", "d e f g", "h i", "j"]
    assert fill([1, 0, 2, 3], sentences, 4) == [1]
    assert fill([1, 0, 2, 3], sentences, 7) == [0, 1]
    assert fill([], [], 7) == []


@pytest.mark.parametrize("method", sorted(BASELINES))
def test_classic_methods_order_all_sentences(method: str) -> None:
    if method != "lead":
        pytest.importorskip("sumy")
    sentences = [s.strip() + "." for s in TEXT.split(".") if s.strip()]
    assert sorted(BASELINES[method](sentences, "de")) == list(range(len(sentences)))


def test_without_sumy_the_line_to_run_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    baselines._sumy.cache_clear()
    monkeypatch.setitem(sys.modules, "sumy", None)
    with pytest.raises(MissingDependency, match=r"summlib\[eval\]"):
        BASELINES["LexRank"](["Es regnet."], "de")
    baselines._sumy.cache_clear()


@pytest.fixture
def dev(tmp_path: Path) -> Path:
    record = {"title": "Zug", "text": TEXT, "summary": "Bei Ulm ist ein Güterzug entgleist."}
    cross = {"title_de": "Zug", "lead_de": TEXT[:44], "text_de": TEXT, "lead_en": "A train."}
    for name, content in (("swiss-lead-de", record), ("swiss-cross", cross)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(content) + "\n", encoding="utf-8")
    return tmp_path


def test_sets_are_read_and_summarized(dev: Path) -> None:
    data = read_set("swiss-lead-de", dev)
    translator = Translator("echo")
    assert "Güterzug" in summarize_all(data, translator, words=20)[0]
    assert extract_all(data, "lead", translator, words=8)[0] == TEXT.split(". ")[0] + "."
    cross = read_set("swiss-cross", dev)
    assert (cross.source_lang, cross.target_lang) == ("de", "en")
    assert cross.references == (("A train.",),)
    assert len(read_set("seeds", dev, documents=3).docs) == 3
    with pytest.raises(InputError, match="no set 'swiss-lead-en'"):
        read_set("swiss-lead-en", dev)


def test_the_command_prints_a_line_for_each_system(
    dev: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--dev", str(dev), "--sets", "swiss-lead-de,swiss-lead-en"]
    assert main([*arguments, "--systems", "summlib,lead"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        "swiss-lead-de summlib",
        "swiss-lead-de lead",
        "left out",
    ]
