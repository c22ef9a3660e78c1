"""What is read and what is not: folders with links, pipes, results and odd names in them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import summlib
from summlib.cli import commands, filenames
from summlib.cli.inputs import Input, find_inputs
from summlib.errors import InputError
from summlib.records import Document, Translation

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and names of POSIX")


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let translation return its input, and list the paths it was called with."""
    seen: list[str] = []

    def translate(docs: list[Document], **_: Any) -> list[Translation]:
        seen.extend(doc.path for doc in docs)
        return [Translation(doc.text, (), "de", "en", "fake") for doc in docs]

    monkeypatch.setitem(summlib.__dict__, "translate", translate)
    return seen


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in/sub").mkdir(parents=True)
    for name in ("in/b.txt", "in/a.txt", "in/sub/c.txt"):
        Path(name).write_text("Der Rat tagt.", encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(commands, ("translate", *args))


def test_results_inside_the_inputs_are_not_read(calls: list[str], here: Path) -> None:
    for _ in range(2):
        assert run("in", "-o", "in/out/").exit_code == 0
    assert run("in", "-o", "in/deep/out").exit_code == 0  # another place knows the first one
    assert sorted(calls) == sorted(2 * ["in/a.txt", "in/b.txt", "in/sub/c.txt"])
    assert "left out: folder in/out (results)" in run("in", "-o", "out").stderr


def test_a_folder_is_not_written_into_itself(calls: list[str], here: Path) -> None:
    Path("link").symlink_to("in", target_is_directory=True)
    for output in ("in", "in/", "./in/sub/..", "link"):
        result = run("in", "-o", output)
        assert (result.exit_code, calls) == (2, [])
        assert "cannot be read and written" in result.stderr


def test_results_can_be_read_when_they_are_named(calls: list[str], here: Path) -> None:
    run("in", "-o", "out")
    calls.clear()
    assert run("out", "-o", "again").exit_code == 0
    assert calls == ["out/a.en.txt", "out/b.en.txt", "out/sub/c.en.txt"]


@posix
def test_links_of_folders_are_not_followed(calls: list[str], here: Path) -> None:
    Path("in/loop").symlink_to("..", target_is_directory=True)
    Path("in/self").symlink_to("self")
    Path("in/d.txt").symlink_to("a.txt")
    result = run("in", "-o", "out")
    assert result.exit_code == 4
    assert calls == ["in/a.txt", "in/b.txt", "in/d.txt", "in/sub/c.txt"]
    assert "left out: folder in/loop (a link)" in result.stderr
    assert "in/self cannot be read" in result.stderr


@posix
def test_a_pipe_in_a_folder_is_not_waited_for(calls: list[str], here: Path) -> None:
    os.mkfifo("in/pipe.txt")
    result = run("in", "-o", "out")
    assert result.exit_code == 4
    assert "in/pipe.txt is no regular file" in result.stderr
    assert len(calls) == 3


@posix
def test_names_that_are_no_unicode(calls: list[str], here: Path) -> None:
    for byte in (b"\xe9", b"\xe8"):
        path = os.path.join(b"in", b"caf" + byte + b".txt")
        Path(os.fsdecode(path)).write_text("Der Kaffee ist da.", encoding="utf-8")
    Path(os.fsdecode(b"in/schlecht\xff.txt")).touch()
    result = run("in", "-o", "out")
    assert result.exit_code == 4
    written = {os.fsencode(p.name) for p in Path("out").iterdir()}
    assert {b"caf\xe9.en.txt", b"caf\xe8.en.txt"} <= written
    row = json.loads(Path("out/summlib-errors.jsonl").read_text(encoding="utf-8"))
    assert row["path"] == "in/schlecht\ufffd.txt"
    assert len(calls) == 5
    run("in", "-o", "out")
    assert len(calls) == 5  # and the journal knows them again


def test_a_name_without_suffix_is_told_by_its_content(here: Path) -> None:
    Path("in/zeilen").write_text('{"text": "Ja."}\n{"text": "Nein."}\n', encoding="utf-8")
    found = {given.name: given.several for given in find_inputs(["in"])}
    assert found == {"in/a.txt": False, "in/b.txt": False, "in/zeilen": True, "in/sub/c.txt": False}


def test_an_unreadable_record_says_which_it_is(calls: list[str], here: Path) -> None:
    Path("r.jsonl").write_text('\n{"text": "Ja.", "id": 1}\nkein JSON\n', encoding="utf-8")
    run("r.jsonl", "-o", "out.jsonl")
    rows = [json.loads(x) for x in Path("out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (rows[0]["id"], rows[1]["record"]) == (1, 2)
    assert "line 3" in rows[1]["error"]["message"]
    assert "id" not in rows[1]


@pytest.mark.parametrize("line", ['{"id": "u9", "text": " "}', '{"id": "u9", "body": "Ja."}'])
def test_a_record_that_cannot_be_used_keeps_its_id(calls: list[str], here: Path, line: str) -> None:
    Path("r.jsonl").write_text(f'{{"text": "Ja.", "id": 1}}\n{line}\n', encoding="utf-8")
    run("r.jsonl", "-o", "out.jsonl")
    row = json.loads(Path("out.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert (row["id"], row["record"], row["path"]) == ("u9", 2, "r.jsonl")


def test_a_column_is_chosen(calls: list[str], here: Path) -> None:
    Path("r.csv").write_text("id,body\n7,Der Rat tagt.\n8,\n", encoding="utf-8")
    result = run("r.csv", "--column", "body", "-o", "out/")
    assert result.exit_code == 4
    rows = [json.loads(x) for x in Path("out/r.en.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (rows[0]["id"], rows[0]["text"]) == ("7", "Der Rat tagt.")
    assert (rows[1]["record"], rows[1]["error"]["kind"]) == (2, "EmptyDocument")
    assert rows[1]["id"] == "8"


def test_a_url_needs_permission(
    calls: list[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(source: str, *, column: str | None, allow_network: bool) -> Document:
        if not allow_network:
            raise InputError("give --allow-network")
        return Document("Geholt.", path=source)

    monkeypatch.setattr("summlib.cli.inputs.read", read)
    url = "https://beispiel.de/artikel.html"
    result = run(url)
    assert (result.exit_code, calls) == (1, [])
    assert "--allow-network" in result.stderr
    assert run(url, "--allow-network", "-o", "out/").exit_code == 0
    assert Path("out/beispiel.de-artikel.en.txt").read_text(encoding="utf-8") == "Geholt."


def names(*sources: str, **options: Any) -> list[str]:
    inputs = [Input(source, stamp="1") for source in sources]
    found = filenames.name_outputs(inputs, suffix="en.txt", **options)
    return [found[given.key] for given in inputs]


def test_no_two_outputs_share_a_name() -> None:
    assert names("a.txt", "b.txt") == ["a.en.txt", "b.en.txt"]
    assert names("a.txt", "a.pdf", "A.html") == ["a.txt.en.txt", "a.pdf.en.txt", "A.html.en.txt"]
    assert names("x/a.txt", "y/a.txt") == ["a.txt.en.txt", "a.txt.2.en.txt"]
    # Composed and decomposed letters are one name to some file systems.
    assert len(set(names("ä.txt", "a\u0308.txt"))) == 2
    assert names("a.txt.gz", "https://beispiel.de/x/y?z=1") == [
        "a.en.txt",
        "beispiel.de-x-y-z-1.en.txt",
    ]


def test_a_name_that_was_given_stays() -> None:
    known = {Input("a.txt").key: "a.en.txt"}
    assert names("a.pdf", "a.txt", known=known) == ["a.pdf.en.txt", "a.en.txt"]


def test_names_are_as_long_as_files_may_be() -> None:
    first, second = names(f"{'ü' * 120}x.txt", f"{'ü' * 120}y.txt")
    assert first != second
    assert max(len(os.fsencode(name)) for name in (first, second)) <= 255


def test_the_longest_name_is_written(calls: list[str], here: Path) -> None:
    name = f"{'ü' * 125}.txt"
    Path("in", name).write_text("Der Rat tagt.", encoding="utf-8")
    assert run("in", "-o", "out").exit_code == 0
    assert len(list(Path("out").rglob("*.txt"))) == 4
