"""The command line with a fake behind it: results, notes, errors, exit codes."""

from __future__ import annotations

import inspect
import json
import os
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import summlib
from summlib.cli import commands
from summlib.errors import (
    EngineError,
    FaithfulnessWarning,
    ModelDamaged,
    TruncationWarning,
    WrongLanguage,
)
from summlib.records import (
    Document,
    Drop,
    Finding,
    Sentence,
    Span,
    Summary,
    SummarySentence,
    TranslatedSentence,
    Translation,
)

GERMAN = "Der Rat tagt.\nEr stimmt ab.\n"
ERROR = Finding("quantity", "3 became 4", "error", Span(0, 1), Span(0, 1))
WARNING = Finding("name", "Bonn is missing", "warning", Span(0, 1))


class Fake:
    """Stands for ``summlib.summarize`` and ``translate``; keeps what it was called with."""

    def __init__(self) -> None:
        self.calls: list[dict[str, Any]] = []
        self.findings: tuple[Finding, ...] = ()
        self.raises: Callable[[Document], None] = lambda doc: None

    def translate(self, docs: list[Document], **options: Any) -> list[Translation]:
        return [self.translate_one(doc, **options) for doc in docs]

    def summarize(self, docs: list[Document], **options: Any) -> list[Summary]:
        return [self.summarize_one(doc, **options) for doc in docs]

    def translate_one(self, doc: Document, **options: Any) -> Translation:
        self.calls.append({"doc": doc, "offline": os.environ.get("HF_HUB_OFFLINE"), **options})
        self.raises(doc)
        source = Sentence(doc.text, 0, len(doc.text))
        said = TranslatedSentence(doc.text, 0, len(doc.text), source, self.findings)
        return Translation(doc.text, (said,), "de", options["target_lang"], "fake")

    def summarize_one(self, doc: Document, **options: Any) -> Summary:
        self.calls.append({"doc": doc, **options})
        self.raises(doc)
        said = SummarySentence(
            "It met.", 0, 7, (Sentence("Der Rat tagt.", 0, 13),), "copied", self.findings
        )
        drop = Drop(14, 20, "navigation", "Zum Inhalt\x1b springen")
        return Summary("It met.", (said,), "de", "en", "fake", (drop,), doc.path)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Fake:
    made = Fake()
    # Straight into the namespace: reading the attribute would import the real ones.
    monkeypatch.setitem(summlib.__dict__, "translate", made.translate)
    monkeypatch.setitem(summlib.__dict__, "summarize", made.summarize)
    return made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    for name in ("a", "b"):
        Path(f"{name}.txt").write_text(GERMAN, encoding="utf-8")
    return tmp_path


def run(*args: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(commands, args, input=stdin)


# --- results -----------------------------------------------------------------


def test_one_result_is_the_text_alone(fake: Fake, here: Path) -> None:
    result = run("translate", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, GERMAN, "")


def test_a_summary_ends_with_a_line_end(fake: Fake, here: Path) -> None:
    assert run("summarize", "a.txt").stdout == "It met.\n"
    assert run("summarise", "a.txt").stdout == "It met.\n"


def test_piped_text(fake: Fake, here: Path) -> None:
    for args in (("translate",), ("translate", "-")):
        result = run(*args, stdin="Größe".encode("cp1252"))
        assert (result.exit_code, result.stdout) == (0, "Größe")


def test_several_results_have_headers(fake: Fake, here: Path) -> None:
    result = run("translate", "a.txt", "b.txt")
    assert result.stdout == f"==> a.txt <==\n{GERMAN}\n==> b.txt <==\n{GERMAN}"


def test_json_is_one_object_a_line(fake: Fake, here: Path) -> None:
    result = run("summarize", "--json", "a.txt", "b.txt")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["path"] for row in rows] == ["a.txt", "b.txt"]
    assert rows[0]["sentences"][0]["sources"][0] == {"text": "Der Rat tagt.", "start": 0, "end": 13}


def test_json_keeps_the_id_of_a_record(fake: Fake, here: Path) -> None:
    Path("x.jsonl").write_text('{"text": "Ja.", "id": "n7"}\n', encoding="utf-8")
    row = json.loads(run("translate", "x.jsonl", "--json").stdout)
    assert (row["path"], row["id"], row["text"]) == ("x.jsonl", "n7", "Ja.")


def test_folders_give_their_texts_in_order(fake: Fake, here: Path) -> None:
    Path("in/sub").mkdir(parents=True)
    for name in ("in/z.txt", "in/sub/y.TXT", "in/.hidden.txt", "in/x.md", "in/LIESMICH"):
        Path(name).write_text("Ja.", encoding="utf-8")
    Path("in/bild.png").write_bytes(b"\x89PNG\r\n")
    result = run("translate", "in")
    assert result.exit_code == 0
    assert result.stderr == "note: in: left out: 1 × an image\n"
    paths = [call["doc"].path for call in fake.calls]
    assert paths == ["in/LIESMICH", "in/x.md", "in/z.txt", "in/sub/y.TXT"]


def test_sources_are_shown_with_offsets_and_findings(fake: Fake, here: Path) -> None:
    fake.findings = (ERROR,)
    assert run("summarize", "a.txt", "--show-sources").stdout == (
        "It met.\n    [0:13] Der Rat tagt.\n    error: quantity: 3 became 4\n"
    )


# --- options reach the functions ------------------------------------------------


def test_translate_options(fake: Fake, here: Path) -> None:
    Path("g.tsv").write_text("# Begriffe\nKI\tAI\n", encoding="utf-8")
    result = run(
        *("translate", "a.txt", "--layout", "keep", "--source-lang", "de", "--model", "echo"),
        *("--glossary", "g.tsv", "--beam-size", "2", "--threads", "3", "--offline"),
        *("--engine", "ct2", "--device", "cpu", "--quick"),
    )
    assert result.exit_code == 0, result.output
    (call,) = fake.calls
    assert call.pop("doc").text == GERMAN
    assert call == {
        **{"offline": "1", "layout": "keep", "source_lang": "de", "target_lang": "en"},
        **{
            "detect": False,
            "glossary": {"KI": "AI"},
            "model": "echo",
            "beam_size": 2,
            "quick": True,
            "threads": 3,
            "device": "cpu",
            "engine": "ct2",
        },
    }
    assert "HF_HUB_OFFLINE" not in os.environ


def test_language_is_checked_unless_it_was_given(fake: Fake, here: Path) -> None:
    run("translate", "a.txt")
    assert (fake.calls[0]["source_lang"], fake.calls[0]["detect"]) == ("de", True)


@pytest.mark.parametrize("command", ["summarize", "translate", "check"])
def test_options_are_named_and_set_as_in_the_function(command: str) -> None:
    function = getattr(summlib, command)
    wanted = {
        name: parameter.default
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name != "detect"
    }
    found = commands.get_command(click.Context(commands), command)
    assert found is not None
    options = {p.name: p.default for p in found.params if isinstance(p, click.Option)}
    given = {name: options[name] for name in wanted}
    # Click has a marker of its own for an option without a default, also for a flag.
    unset = {k: False if v is False else None for k, v in wanted.items()}
    assert {k: v if isinstance(v, str | int) else unset[k] for k, v in given.items()} == wanted


@pytest.mark.parametrize(
    "args",
    [
        ("translate", "a.txt", "--layout", "tight"),
        ("translate", "a.txt", "--beam-size", "0"),
        ("translate", "a.txt", "--threads", "0"),
        ("translate", "a.txt", "--glossary", "gibt-es-nicht.tsv"),
        ("summarize", "a.txt", "--length", "a bit"),
        ("summarize", "a.txt", "--target-lang", "fr"),
        ("translate", "a.txt", "b.txt", "-o", "one.txt"),
        ("score", "a.txt", "b.txt"),
        ("frobnicate",),
    ],
)
def test_wrong_usage(fake: Fake, here: Path, args: tuple[str, ...]) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout, fake.calls) == (2, "", [])
    assert "Error: " in result.stderr


def test_nothing_to_read_on_a_terminal(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summlib.cli.inputs.sys", type("S", (), {"stdin": None}))
    result = run("translate")
    assert result.exit_code == 2
    assert "nothing to read" in result.stderr


def test_glossary_line_that_is_no_pair(fake: Fake, here: Path) -> None:
    Path("g.tsv").write_text("KI AI\n", encoding="utf-8")
    result = run("translate", "a.txt", "--glossary", "g.tsv")
    assert (result.exit_code, fake.calls) == (2, [])
    assert "line 1" in result.stderr


# --- notes -------------------------------------------------------------------


def test_findings_are_notes(fake: Fake, here: Path) -> None:
    fake.findings = (ERROR, WARNING)
    result = run("translate", "a.txt")
    assert result.stderr == (
        "note: a.txt: quantity: 3 became 4\nnote: a.txt: name: Bonn is missing\n"
    )
    assert run("translate", "a.txt", "-q").stderr == ""


def test_verbose_says_what_was_left_out_and_how_it_was_read(fake: Fake, here: Path) -> None:
    Path("l.txt").write_bytes("Größe".encode("latin-1"))
    result = run("summarize", "l.txt", "-v")
    assert "note: l.txt: read as cp1252\n" in result.stderr
    # The escape character of the page must not reach the terminal.
    assert 'left out (navigation): "Zum Inhalt\ufffd springen"' in result.stderr
    assert "left out" not in run("summarize", "l.txt").stderr


def test_unreadable_characters_are_always_mentioned(fake: Fake, here: Path) -> None:
    Path("u.txt").write_bytes("Flüsse, Bäche, T".encode() + b"\xc3ler")
    assert (
        "note: u.txt: unreadable characters, written as \ufffd: 1"
        in run("translate", "u.txt").stderr
    )


def test_warnings_of_the_library_are_notes(fake: Fake, here: Path) -> None:
    def warn(_: Document) -> None:
        warnings.warn("a sentence was cut", TruncationWarning, stacklevel=1)
        warnings.warn("printed as finding", FaithfulnessWarning, stacklevel=1)

    fake.raises = warn
    assert run("translate", "a.txt").stderr == "note: a sentence was cut\n"


def test_no_color(fake: Fake, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.findings = (ERROR,)
    runner = CliRunner()
    assert "\x1b[" in runner.invoke(commands, ["translate", "a.txt"], color=True).stderr
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in runner.invoke(commands, ["translate", "a.txt"], color=True).stderr


# --- exit codes ----------------------------------------------------------------


def test_one_failing_input_of_several(fake: Fake, here: Path) -> None:
    result = run("translate", "a.txt", "fehlt.txt", "b.txt")
    assert result.exit_code == 4
    assert result.stdout.count(GERMAN) == 2
    assert result.stderr.startswith("Error: fehlt.txt does not exist")


def test_only_input_fails(fake: Fake, here: Path) -> None:
    result = run("translate", "fehlt.txt")
    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize(
    ("error", "code"),
    [(WrongLanguage("French"), 1), (EngineError("broke"), 1), (ModelDamaged("weights"), 3)],
)
def test_errors_by_kind(fake: Fake, here: Path, error: Exception, code: int) -> None:
    def fail(_: Document) -> None:
        raise error

    fake.raises = fail
    result = run("translate", "a.txt")
    assert (result.exit_code, result.stdout) == (code, "")
    assert str(error) in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_model_ends_the_run_at_once(fake: Fake, here: Path) -> None:
    def fail(_: Document) -> None:
        raise ModelDamaged("weights")

    fake.raises = fail
    assert run("translate", "a.txt", "b.txt").exit_code == 3
    assert len(fake.calls) == 1


def test_strict(fake: Fake, here: Path) -> None:
    fake.findings = (WARNING,)
    assert run("translate", "a.txt", "--strict").exit_code == 0
    fake.findings = (ERROR,)
    assert run("translate", "a.txt").exit_code == 0
    result = run("translate", "a.txt", "--strict")
    assert (result.exit_code, result.stdout) == (5, GERMAN)


@pytest.mark.parametrize("error", [KeyError("x"), RecursionError("deep"), OSError(5, "I/O")])
def test_the_unexpected_has_no_traceback_unless_verbose(
    fake: Fake, here: Path, error: Exception
) -> None:
    def fail(_: Document) -> None:
        raise error

    fake.raises = fail
    result = run("translate", "a.txt", "b.txt")
    assert result.exit_code == 1
    assert f"Error: b.txt: unexpected {type(error).__name__}" in result.stderr
    assert "run with -v for the traceback" in result.stderr
    assert "Traceback" not in result.stderr
    assert "Traceback" in run("translate", "a.txt", "-v").stderr


def test_no_memory_is_an_error_of_the_document(fake: Fake, here: Path) -> None:
    def fail(doc: Document) -> None:
        if doc.path == "b.txt":
            raise MemoryError

    fake.raises = fail
    result = run("translate", "a.txt", "b.txt")
    assert result.exit_code == 4
    assert "Error: b.txt: no memory is left for this document" in result.stderr


def test_the_unexpected_outside_a_document(monkeypatch: pytest.MonkeyPatch, here: Path) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("here")

    monkeypatch.setitem(summlib.__dict__, "check", fail)
    result = run("check", "a.txt", "b.txt")
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: unexpected ZeroDivisionError: here; run with -v")
    assert "Traceback" in run("check", "a.txt", "b.txt", "-v").stderr


def test_interrupt(fake: Fake, here: Path) -> None:
    def interrupt(_: Document) -> None:
        raise KeyboardInterrupt

    fake.raises = interrupt
    result = run("translate", "a.txt", "-o", "x.txt")
    assert (result.exit_code, result.stderr) == (130, "Interrupted.\n")
    assert not Path("x.txt").exists()


def test_version() -> None:
    assert run("--version").stdout == f"summlib {summlib.__version__}\n"
