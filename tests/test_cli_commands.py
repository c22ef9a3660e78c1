"""The commands that need no model: check, score, models."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import summlib
from summlib.cli import commands
from summlib.records import Finding, Span

GERMAN = "Der Rat tagt.\nEr stimmt ab.\n"
WARNING = Finding("name", "Bonn is missing", "warning", Span(0, 1))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.txt").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(commands, args, input=stdin)


def test_check(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [Finding("date", "March became May", "error", Span(17, 19), Span(4, 7)), WARNING]
    monkeypatch.setitem(summlib.__dict__, "check", lambda *_, **__: found)
    result = run("check", "a.txt", "b.txt")
    assert result.exit_code == 0
    assert result.stdout == (
        'error: date: March became May\n  source 2:4 "st"\n  target 1:5 "Rat"\n'
        'warning: name: Bonn is missing\n  source 1:1 "D"\n'
    )
    assert result.stderr == "note: errors: 1, warnings: 1\n"
    assert run("check", "a.txt", "b.txt", "--strict").exit_code == 5
    rows = run("check", "a.txt", "-", "--json", stdin="Rat").stdout.splitlines()
    assert json.loads(rows[0])["source"] == {"start": 17, "end": 19}


def test_score_of_summaries(here: Path) -> None:
    result = run("score", "--task", "summarize", "a.txt", "b.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("ROUGE-1 100.0 [100.0, 100.0]  ")
    rows = run("score", "--task", "summarize", "--json", "a.txt", "b.txt").stdout.splitlines()
    assert [json.loads(row)["name"] for row in rows] == ["ROUGE-1", "ROUGE-2", "ROUGE-L"]


def test_score_of_translations(here: Path) -> None:
    pytest.importorskip("sacrebleu")
    Path("c.txt").write_bytes(b"The council meets today.\r\nIt votes on the new bridge.\r\n")
    result = run("score", "--task", "translate", "c.txt", "c.txt", "c.txt")
    assert result.exit_code == 0, result.output
    assert [line.split()[:2] for line in result.stdout.splitlines()] == [
        ["BLEU", "100.0"],
        ["chrF2", "100.0"],
    ]


def test_score_counts_segments(here: Path) -> None:
    Path("c.txt").write_text("Eins.\n", encoding="utf-8")
    result = run("score", "--task", "translate", "a.txt", "c.txt")
    assert result.exit_code == 1
    assert "a.txt has 2 segments and c.txt has 1" in result.stderr


@pytest.fixture
def model(here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = here / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "weights").write_bytes(b"1234")
    digest = "03ac674216f3e15c761ee1a5e255f067953623c8b388b4459e13f978d7c846f4"
    card = {
        **{"format": 1, "name": "tiny", "task": "translate", "languages": ["de", "en"]},
        **{
            "files": {"weights": {"sha256": digest, "bytes": 4}},
            "licence": "CC0-1.0",
            "version": 2,
        },
    }
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    monkeypatch.setenv("SUMMLIB_MODELS", str(here / "models"))
    return folder


def test_models_are_listed_and_shown(model: Path) -> None:
    (line,) = [x for x in run("models").stdout.splitlines() if x.startswith("tiny ")]
    assert "de→en" in line
    assert str(model) in line
    shown = run("models", "show", "tiny").stdout
    assert "CC0-1.0" in shown
    known = json.loads(run("models", "show", "tiny", "--json").stdout)
    assert (known["version"], known["size_bytes"], known["path"]) == (2, 4, str(model))
    assert any(json.loads(x)["name"] == "tiny" for x in run("models", "--json").stdout.splitlines())


def test_models_are_verified(model: Path) -> None:
    assert run("models", "check", "tiny").stdout == "tiny: right\n"
    (model / "weights").write_bytes(b"4321")
    result = run("models", "check", "tiny")
    assert result.exit_code == 3
    assert str(model / "weights") in result.stdout


def test_unknown_model(model: Path) -> None:
    result = run("models", "show", "nirgends")
    assert result.exit_code == 3
    assert "tiny" in result.stderr
