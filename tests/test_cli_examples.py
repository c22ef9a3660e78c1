"""Every help ends with examples, and every example runs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from hub_server import hub_environment, model_files

from summlib import hub
from summlib.cli import commands

GERMAN = """Stadtrat beschließt neues Wärmenetz

Der Stadtrat von Neustadt hat am 3. März 2025 ein neues Wärmenetz beschlossen.
Es soll 2,5 Millionen Euro kosten und im Jahr 2027 fertig sein.
Die Bürgermeisterin lobte den Beschluss als wichtigen Schritt für die Stadt.
"""
ENGLISH = "The council decided on 3 March 2025.\nIt will cost 2.5 million euros.\n"
NEED_A_MODEL = ("summarize", "translate", "digest")
ON_THE_HUB = "Helsinki-NLP/opus-mt-de-en"


def every_command(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from every_command(command, (*path, name))
        else:
            yield (*path, name)


COMMANDS = list(every_command(commands))


def help_of(path: tuple[str, ...]) -> str:
    result = CliRunner().invoke(commands, [*path, "--help"])
    assert result.exit_code == 0
    return result.stdout


def examples_of(path: tuple[str, ...]) -> list[str]:
    return [line.strip() for line in help_of(path).partition("Examples:\n")[2].splitlines()]


EXAMPLES = sorted({line for path in COMMANDS for line in examples_of(path)})


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a Hub on this machine, with the model of the examples, fetched once."""
    with hub_environment(tmp_path, monkeypatch) as running:
        running.add(ON_THE_HUB, model_files())
        hub.get(ON_THE_HUB)
        yield


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archiv").mkdir()
    for name in ("artikel.txt", "interview.txt", "archiv/eins.txt", "archiv/zwei.txt"):
        Path(name).write_text(GERMAN, encoding="utf-8")
    record = json.dumps({"text": GERMAN, "id": 1}, ensure_ascii=False)
    Path("archive.jsonl").write_text(f"{record}\n", encoding="utf-8")
    english = ("article.txt", "summary.txt", "translation.txt", "reference.txt")
    for name in (*english, "reference1.txt", "reference2.txt"):
        Path(name).write_text(ENGLISH, encoding="utf-8")
    Path("begriffe.tsv").write_text("Wärmenetz\theat network\n", encoding="utf-8")
    model = tmp_path / "models" / "de-en"
    model.mkdir(parents=True)
    card = {"format": 1, "name": "de-en", "task": "translate", "languages": ["de", "en"]}
    card |= {"files": {}, "licence": "CC0-1.0", "version": 1}
    (model / "model.json").write_text(json.dumps(card), encoding="utf-8")
    monkeypatch.setenv("SUMMLIB_MODELS", str(model.parent))
    return tmp_path


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_ends_with_examples(path: tuple[str, ...]) -> None:
    examples = examples_of(path)
    assert examples
    assert all("summlib" in line for line in examples)
    assert max(map(len, help_of(path).splitlines())) <= 80


@pytest.mark.parametrize("line", EXAMPLES)
def test_example_runs(files: Path, line: str, request: pytest.FixtureRequest) -> None:
    piped, _, command = line.rpartition(" | ")
    words = shlex.split(command)
    assert words.pop(0) == "summlib"
    text = Path(piped.removeprefix("cat ")).read_text(encoding="utf-8") if piped else None
    if ON_THE_HUB in words:
        request.getfixturevalue("server")
    if words[:2] == ["models", "convert"]:  # tests/test_cli_models.py converts a real one
        monkeypatch = request.getfixturevalue("monkeypatch")
        monkeypatch.setattr("summlib.engines.conversion.convert", lambda *_, **__: files / "ct2")
    if words[0] in NEED_A_MODEL:
        words += ["--model", "echo"]
    before = set(files.rglob("*"))
    result = CliRunner().invoke(commands, words, input=text)
    # The echo of a German text is no English one, and a strict check may say so.
    assert result.exit_code == 0 or ("--strict" in words and result.exit_code == 5), result.output
    assert result.stdout or set(files.rglob("*")) - before
