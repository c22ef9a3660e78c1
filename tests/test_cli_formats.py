"""How results look: text, Markdown, JSON, HTML, two columns, citations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import summlib
from summlib.cli import commands, formats
from summlib.records import (
    Document,
    Finding,
    Sentence,
    Summary,
    SummarySentence,
    TranslatedSentence,
    Translation,
)

TEXT = "Der Rat tagt.\n\nEr stimmt ab über die *Brücke* | den Steg.\nAlle gehen."
RAT = Sentence("Der Rat tagt.", 0, 13)
ALLE = Sentence("Alle gehen.", 61, 72)
BRIDGE = Sentence("Er stimmt ab über die *Brücke* | den Steg.", 15, 57)
ERROR = Finding("quantity", "3 became 4")


def summarize(docs: list[Document], **_: Any) -> list[Summary]:
    sentences = (
        SummarySentence("The council meets.", 0, 18, (RAT,)),
        SummarySentence(
            "It votes on the *bridge*; all go.", 19, 52, (BRIDGE, RAT), findings=(ERROR,)
        ),
    )
    text = " ".join(s.text for s in sentences)
    return [Summary(text, sentences, "de", "en", "fake", (), doc.path) for doc in docs]


def translate(docs: list[Document], **_: Any) -> list[Translation]:
    said = (TranslatedSentence("The council meets.", 0, 18, RAT),)
    return [Translation("The council meets.", said, "de", "en", "fake") for _ in docs]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(summlib.__dict__, "summarize", summarize)
    monkeypatch.setitem(summlib.__dict__, "translate", translate)
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    result = CliRunner().invoke(commands, [*args, "-q"])
    assert result.exit_code == 0, result.output
    return result


def test_citations_as_text(here: Path) -> None:
    assert run("summarize", "a.txt", "--copy-citations").stdout == (
        "The council meets. [1]\n"
        "It votes on the *bridge*; all go. [2][1]\n"
        "\n"
        "[1] a.txt, 0–13: “Der Rat tagt.”\n"
        "[2] a.txt, 15–57: “Er stimmt ab über die *Brücke* | den Steg.”\n"
    )


def test_citations_name_page_and_record() -> None:
    doc = Document(TEXT, path="a.pdf", meta={"pages": [0, 14], "line": 3, "id": "n7"})
    _, passages = formats.citations(doc, summarize([doc])[0])
    assert passages[0] == "a.pdf, page 1, record n7, 0–13: “Der Rat tagt.”"
    assert passages[1].startswith("a.pdf, page 2, record n7, 15–57: ")


@pytest.mark.parametrize(
    ("pages", "offset", "page"),
    [([0, 10, 20], 9, 1), ([0, 10, 20], 10, 2), ([0, 10, 20], 99, 3), ([5], 0, 1), ([], 3, None)],
)
def test_pages(pages: list[int], offset: int, page: int | None) -> None:
    assert formats.page_of(Document("", meta={"pages": pages}), offset) == page
    assert formats.page_of(Document(""), offset) is None


def test_bilingual_text_is_two_columns(here: Path) -> None:
    lines = run("summarize", "a.txt", "--bilingual").stdout.splitlines()
    assert lines[0].split(" │ ") == [f"{'Der Rat tagt.':<47}", "The council meets."]
    assert lines[1] == ""
    assert max(map(len, lines)) <= 96


def test_bilingual_keeps_every_word() -> None:
    long = " ".join(f"Wort{n}" for n in range(60))
    said = TranslatedSentence("short", 0, 5, Sentence(long, 0, len(long)))
    shown = formats.side_by_side(Translation("short", (said,), "de", "en", "x"))
    left = " ".join(line.partition("│")[0] for line in shown.splitlines())
    assert left.split() == long.split()


def test_markdown(here: Path) -> None:
    shown = run("summarize", "a.txt", "--format", "markdown").stdout
    assert shown == (
        "# a.txt\n\n"
        "The council meets. It votes on the \\*bridge\\*; all go.\n\n"
        "- **error** quantity: 3 became 4\n"
    )


def test_markdown_with_all(here: Path) -> None:
    command = ("summarize", "a.txt", "--format", "markdown", "--bilingual", "--copy-citations")
    rows = run(*command).stdout.splitlines()
    assert rows[2:6] == [
        "| Deutsch | English |",
        "| --- | --- |",
        "| Der Rat tagt. | The council meets. [1] |",
        "| Er stimmt ab über die \\*Brücke\\* \\| den Steg. Der Rat tagt. "
        "| It votes on the \\*bridge\\*; all go. [2][1] |",
    ]
    assert rows[7] == "1. a.txt, 0–13: “Der Rat tagt.”"


def test_a_translation_of_markdown_stays_markdown(here: Path) -> None:
    assert run("translate", "a.txt", "--format", "markdown").stdout == "The council meets."


@given(st.text(st.characters(codec="utf-8"), max_size=60))
@hypothesis_settings(derandomize=True, deadline=None, max_examples=100)
def test_markdown_obeys_nothing_in_a_text(text: str) -> None:
    escaped = formats.escape(text)
    for sign in "*_`|<>[]":
        assert escaped.count(sign) == escaped.count(f"\\{sign}")
    assert not escaped.startswith(("#", "- ", "+ ", "= ", "~"))


def test_html(here: Path) -> None:
    pytest.importorskip("summlib.report")
    assert run("summarize", "a.txt", "--format", "html", "-o", "a.html").stdout == ""
    page = Path("a.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "The council meets." in page
    run("translate", "a.txt", "--format", "html", "-o", "out/")
    assert Path("out/a.en.html").exists()


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ((), "a.en.txt"),
        (("--json",), "a.en.json"),
        (("--format", "json"), "a.en.json"),
        (("--format", "markdown"), "a.en.md"),
    ],
)
def test_files_are_named_for_their_format(here: Path, options: tuple[str, ...], name: str) -> None:
    run("summarize", "a.txt", *options, "-o", "out/")
    assert Path("out", name).exists()


def test_records_carry_other_formats_along(here: Path) -> None:
    Path("r.jsonl").write_text('{"text": "Der Rat tagt.", "id": 5}\n', encoding="utf-8")
    run("summarize", "r.jsonl", "--format", "markdown", "-o", "out/")
    row = json.loads(Path("out/r.en.jsonl").read_text(encoding="utf-8"))
    assert row["id"] == 5
    assert row["markdown"].startswith("# r.jsonl\n")


@pytest.mark.parametrize(
    "options",
    [
        ("--json", "--format", "html"),
        ("--format", "html", "--bilingual"),
        ("--json", "--copy-citations"),
        ("--show-sources", "--bilingual"),
        ("--show-sources", "--format", "markdown"),
    ],
)
def test_contradictions_are_wrong_usage(here: Path, options: tuple[str, ...]) -> None:
    result = CliRunner().invoke(commands, ["summarize", "a.txt", *options])
    assert result.exit_code == 2
