"""``summlib digest``: files in, one briefing out, and an exit code that says how it went."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from summlib.cli.digest import command
from summlib.cli.failures import SOME_FAILED, Failure
from summlib.errors import EmptyDocument

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
EVENT = sorted(map(str, SEEDS.glob("hallenbad-*/de.txt")))


def run(*args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(command, args, input=text)


def test_text_goes_to_standard_output() -> None:
    done = run(*EVENT, "--target-lang", "de", "--length", "4 sentences")
    assert done.exit_code == 0
    assert done.stdout.startswith("Überblick aus 5 Texten (1 davon nachgedruckt)\n")
    assert "20 Millionen Euro [1][2][4][5], 18,5 Millionen Euro [3]" in done.stdout
    assert EVENT[0].rsplit("/", 2)[1] in done.stdout


def test_show_sources() -> None:
    done = run(*EVENT[:2], "--target-lang", "de", "--show-sources")
    text = Path(EVENT[0]).read_text(encoding="utf-8")
    assert "[1] 250:322 Die Sanierung soll" in done.stdout
    assert (
        text[250:322] == "Die Sanierung soll nach Angaben der Verwaltung 20 Millionen Euro kosten."
    )


def test_json() -> None:
    done = run(*EVENT, "--target-lang", "de", "--json")
    made = json.loads(done.stdout)
    assert done.stdout.count("\n") == 1
    assert made["figures"][0]["values"][1]["value"] == "18,5 Millionen"
    assert [s["path"] for s in made["sources"]] == EVENT


@pytest.mark.parametrize(
    ("name", "start"), [("markdown", "# Überblick"), ("html", "<!doctype html>")]
)
def test_formats_and_files(tmp_path: Path, name: str, start: str) -> None:
    place = tmp_path / "briefing"
    options = ("--target-lang", "de", "--format", name, "-o", str(place))
    assert run(*EVENT, *options).exit_code == 0
    assert place.read_text(encoding="utf-8").startswith(start)
    before = place.stat().st_mtime_ns
    again = run(*EVENT, *options)
    assert isinstance(again.exception, SystemExit | Failure)
    assert again.exit_code == 1
    assert place.stat().st_mtime_ns == before, "nothing is replaced unasked"
    assert run(*EVENT, *options, "--force").exit_code == 0


def test_a_folder_is_read_in_order(tmp_path: Path) -> None:
    for number, path in enumerate(EVENT[:3]):
        text = Path(path).read_text(encoding="utf-8")
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    made = json.loads(run(str(tmp_path), "--target-lang", "de", "--json").stdout)
    assert [Path(s["path"]).name for s in made["sources"]] == ["0.txt", "1.txt", "2.txt"]


def test_json_lines_hold_several_documents(tmp_path: Path) -> None:
    place = tmp_path / "archiv.jsonl"
    texts = [Path(path).read_text(encoding="utf-8") for path in EVENT[:2]]
    lines = [json.dumps({"text": text}) for text in texts]
    place.write_text("\n".join(lines), encoding="utf-8")
    made = json.loads(run(str(place), "--target-lang", "de", "--json").stdout)
    assert len(made["sources"]) == 2


def test_bad_files_are_reported_and_the_rest_is_written(tmp_path: Path) -> None:
    bad = tmp_path / "bild.txt"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    done = run(EVENT[0], str(bad), str(tmp_path / "nix.txt"), "--target-lang", "de")
    assert done.exit_code == SOME_FAILED
    assert "Überblick aus 1 Text (2 weggelassen)" in done.stdout
    assert "bild.txt" in done.stderr
    assert "nix.txt does not exist" in done.stderr
    assert "Traceback" not in done.output


def test_a_document_on_another_subject_is_noted() -> None:
    done = run(*EVENT, str(SEEDS / "herzstudie" / "de.txt"), "--target-lang", "de")
    assert done.exit_code == 0
    assert "[6]" in done.stderr
    assert "on another subject" in done.stderr


def test_piped_text() -> None:
    done = run("--target-lang", "de", text="Der Rat der Stadt Ulm stimmt dem Umbau zu.")
    assert done.exit_code == 0
    assert "Der Rat der Stadt Ulm stimmt dem Umbau zu. [1]" in done.stdout
    assert "[1] stdin (de, 9 Wörter)" in done.stdout


def test_nothing_usable_is_an_error() -> None:
    done = run(text="  \n")
    assert isinstance(done.exception, EmptyDocument)


@pytest.mark.parametrize(
    "options",
    [
        ("--json", "--format", "html"),
        ("--show-sources", "--json"),
        ("--length", "huge"),
        ("--target-lang", "fr"),
    ],
)
def test_options_that_do_not_fit(options: tuple[str, ...]) -> None:
    done = run(*EVENT, *options)
    assert done.exit_code == 2
    assert "Error" in done.stderr
