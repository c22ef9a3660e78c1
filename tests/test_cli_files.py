"""Where the command line writes: whole files, never over others, in folders by name."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import summlib
from summlib.cli import commands, outputs
from summlib.records import Document, Translation

GERMAN = "Der Rat tagt.\nEr stimmt ab.\n"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """Let translation return its input, and list the documents it was called with."""
    seen: list[Document] = []

    def translate(docs: list[Document], **_: Any) -> list[Translation]:
        seen.extend(docs)
        return [Translation(doc.text, (), "de", "en", "fake") for doc in docs]

    monkeypatch.setitem(summlib.__dict__, "translate", translate)
    return seen


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(f"{name}.txt").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(commands, args)


@pytest.mark.parametrize("text", ["Ja.", "Ja.\n", "Ja.\r\n\r\nNein.\r\n", "\n\nJa.\n\n"])
def test_a_file_is_written_exactly(calls: list[Document], here: Path, text: str) -> None:
    Path("c.txt").write_bytes(text.encode())
    assert run("translate", "c.txt", "-o", "out.txt").exit_code == 0
    assert Path("out.txt").read_bytes() == text.encode()


def test_existing_files_are_kept_without_force(calls: list[Document], here: Path) -> None:
    Path("out.txt").write_text("alt", encoding="utf-8")
    result = run("translate", "a.txt", "-o", "out.txt")
    assert (result.exit_code, calls, Path("out.txt").read_text()) == (1, [], "alt")
    assert "--force" in result.stderr
    assert run("translate", "a.txt", "-o", "out.txt", "--force").exit_code == 0
    assert Path("out.txt").read_text(encoding="utf-8") == GERMAN


def files(folder: str) -> list[str]:
    """Return what a person finds in a folder of results."""
    found = (p.relative_to(folder) for p in Path(folder).rglob("*") if p.is_file())
    return sorted(str(p) for p in found if p.parts[0] != ".summlib")


def test_a_folder_gets_a_file_for_each_input(calls: list[Document], here: Path) -> None:
    Path("in/sub").mkdir(parents=True)
    Path("in/sub/c.txt").write_text("Ja.", encoding="utf-8")
    assert run("translate", "a.txt", "in", "-o", "out/deep").exit_code == 0
    assert files("out/deep") == ["a.en.txt", "sub/c.en.txt"]
    assert run("translate", "a.txt", "--json", "-o", "out/").exit_code == 0
    assert json.loads(Path("out/a.en.json").read_text(encoding="utf-8"))["text"] == GERMAN


def test_a_folder_keeps_what_it_holds(calls: list[Document], here: Path) -> None:
    Path("out").mkdir()
    Path("out/a.en.txt").write_text("alt", encoding="utf-8")
    result = run("translate", "a.txt", "b.txt", "-o", "out")
    assert result.exit_code == 4
    assert Path("out/a.en.txt").read_text(encoding="utf-8") == "alt"
    assert Path("out/b.en.txt").exists()
    assert len(calls) == 1


def test_inputs_of_one_name_get_files_of_their_own(calls: list[Document], here: Path) -> None:
    Path("in").mkdir()
    for name in ("a.md", "A.TXT", "in/a.txt"):
        Path(name).write_text(name, encoding="utf-8")
    assert run("translate", "a.txt", "a.md", "A.TXT", "in", "-o", "out").exit_code == 0
    texts = {name: Path("out", name).read_text(encoding="utf-8") for name in files("out")}
    assert texts == {
        "a.txt.en.txt": GERMAN,
        "a.md.en.txt": "a.md",
        "A.TXT.2.en.txt": "A.TXT",
        "a.txt.3.en.txt": "in/a.txt",
    }


def test_an_input_named_twice_is_read_once(calls: list[Document], here: Path) -> None:
    assert run("translate", "a.txt", "./a.txt", ".", "-o", "out").exit_code == 0
    assert files("out") == ["a.en.txt", "b.en.txt"]


def test_records_stay_together_with_their_errors(calls: list[Document], here: Path) -> None:
    rows = ['{"text": "Eins.", "id": "../x/7"}', '{"text": "Zwei."}', '{"text": ""}']
    Path("in").mkdir()
    Path("in/r.jsonl").write_text("\n".join(rows), encoding="utf-8")
    result = run("translate", "in", "a.txt", "-o", "out")
    assert result.exit_code == 4
    assert files("out") == ["a.en.txt", "r.en.jsonl"]
    written = Path("out/r.en.jsonl").read_text(encoding="utf-8").splitlines()
    first, second, third = map(json.loads, written)
    assert (first["id"], first["text"]) == ("../x/7", "Eins.")
    assert (second["line"], second["text"]) == (2, "Zwei.")
    assert third["record"] == 3
    assert third["error"]["kind"] == "EmptyDocument"
    assert "line 3 of in/r.jsonl holds no text" in result.stderr


def test_what_failed_is_listed(calls: list[Document], here: Path) -> None:
    Path("leer.txt").touch()
    assert run("translate", "a.txt", "leer.txt", "-o", "out").exit_code == 4
    assert files("out") == ["a.en.txt", "summlib-errors.jsonl"]
    row = json.loads(Path("out/summlib-errors.jsonl").read_text(encoding="utf-8"))
    assert (row["path"], row["error"]["kind"]) == ("leer.txt", "EmptyDocument")
    Path("leer.txt").write_text("Doch etwas.", encoding="utf-8")
    assert run("translate", "a.txt", "leer.txt", "-o", "out").exit_code == 0
    assert files("out") == ["a.en.txt", "leer.en.txt"]
    assert [doc.path for doc in calls] == ["a.txt", "leer.txt"]


def test_records_in_one_file_keep_errors_in_their_place(calls: list[Document], here: Path) -> None:
    result = run("translate", "a.txt", "fehlt.txt", "b.txt", "--json", "-o", "all.jsonl")
    assert result.exit_code == 4
    rows = [json.loads(x) for x in Path("all.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["path"] for row in rows] == ["a.txt", "fehlt.txt", "b.txt"]
    assert rows[1]["error"]["kind"] == "UnreadableDocument"
    assert sorted(p.name for p in here.iterdir()) == ["a.txt", "all.jsonl", "b.txt"]


def test_a_name_of_lines_asks_for_lines(calls: list[Document], here: Path) -> None:
    Path("r.jsonl").write_text('{"text": "Eins."}\n{"text": "Zwei."}\n', encoding="utf-8")
    assert run("translate", "r.jsonl", "-o", "out.jsonl").exit_code == 0
    rows = [json.loads(x) for x in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == ["Eins.", "Zwei."]


def test_an_empty_file_of_records_is_an_error(calls: list[Document], here: Path) -> None:
    Path("r.jsonl").touch()
    result = run("translate", "r.jsonl", "-o", "out.jsonl")
    assert result.exit_code == 1
    assert "r.jsonl holds no document" in result.stderr


def test_json_of_several_inputs_goes_into_one_file(calls: list[Document], here: Path) -> None:
    assert run("translate", "a.txt", "b.txt", "--json", "-o", "all.jsonl").exit_code == 0
    assert len(Path("all.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_folder_without_texts(calls: list[Document], here: Path) -> None:
    Path("leer").mkdir()
    result = run("translate", "leer", "a.txt")
    assert result.exit_code == 4
    assert "leer holds no file that can be read" in result.stderr


def test_a_failed_write_leaves_the_old_file(
    calls: list[Document], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    Path("out.txt").write_text("alt", encoding="utf-8")
    monkeypatch.setattr(os, "replace", refuse)
    result = run("translate", "a.txt", "-o", "out.txt", "--force")
    assert (result.exit_code, Path("out.txt").read_text()) == (1, "alt")
    assert "cannot write out.txt: No space left on device" in result.stderr
    assert sorted(p.name for p in here.iterdir()) == ["a.txt", "b.txt", "out.txt"]


@pytest.mark.parametrize("place", ["gibt/es/nicht.txt", "a.txt/x.txt", "a.txt/"])
def test_impossible_places_are_refused_before_the_work(
    calls: list[Document], here: Path, place: str
) -> None:
    result = run("translate", "b.txt", "-o", place)
    assert (result.exit_code, calls) == (1, [])
    assert result.stderr.startswith("Error: ")


def test_protected_folder(
    calls: list[Document], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("translate", "a.txt", "-o", "x.txt")
    assert (result.exit_code, calls) == (1, [])
    assert "permission denied" in result.stderr


def test_a_link_stays_and_a_mode_is_kept(here: Path) -> None:
    Path("real.txt").write_text("alt", encoding="utf-8")
    Path("real.txt").chmod(0o640)
    Path("link.txt").symlink_to("real.txt")
    outputs.write_whole(Path("link.txt"), "neu")
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text(encoding="utf-8") == "neu"
    assert Path("real.txt").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to(calls: list[Document], here: Path) -> None:
    assert run("translate", "a.txt", "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


unprivileged = pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")


@unprivileged
def test_folder_without_write_permission(calls: list[Document], here: Path) -> None:
    Path("zu").mkdir(mode=0o500)
    result = run("translate", "a.txt", "-o", "zu/x.txt")
    assert (result.exit_code, calls) == (1, [])
    assert "permission denied" in result.stderr


@unprivileged
def test_input_without_read_permission(calls: list[Document], here: Path) -> None:
    Path("a.txt").chmod(0)
    Path("zu").mkdir(mode=0)
    result = run("translate", "a.txt", "b.txt", "zu")
    assert (result.exit_code, len(calls)) == (4, 1)
    assert "a.txt may not be read" in result.stderr
    assert "zu may not be listed" in result.stderr
