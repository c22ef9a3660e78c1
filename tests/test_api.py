"""The four verbs, their names and defaults."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import summlib
from summlib import api
from summlib.errors import EmptyDocument, InputError, ModelNotFound, UnreadableDocument
from summlib.records import Document, Finding, Summary, Translation

ARTICLE = "Die Brücke bleibt bis Mai gesperrt. Das teilte die Stadt am Dienstag mit."


def parameters(function: Callable[..., Any]) -> dict[str, Any]:
    return {
        name: parameter.default
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self"
    }


@pytest.mark.parametrize(
    ("function", "defaults"),
    [
        (
            summlib.summarize,
            {"target_lang": "en", "length": "short", "model": None, "source_lang": None},
        ),
        (
            summlib.translate,
            {
                "source_lang": "de",
                "target_lang": "en",
                "layout": "reflow",
                "glossary": None,
                "model": None,
            },
        ),
        (summlib.check, {"source_lang": "de", "target_lang": "en"}),
    ],
)
def test_names_and_defaults_stay(function: Callable[..., Any], defaults: dict[str, Any]) -> None:
    found = parameters(function)
    assert {name: found[name] for name in defaults} == defaults


@pytest.mark.parametrize("function", [summlib.summarize, summlib.translate])
def test_only_the_text_is_positional(function: Callable[..., Any]) -> None:
    first, *others = inspect.signature(function).parameters.values()
    assert first.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert all(p.kind is inspect.Parameter.KEYWORD_ONLY for p in others)


@pytest.mark.parametrize(
    ("function", "maker", "call"),
    [
        (summlib.summarize, summlib.Summarizer.__init__, summlib.Summarizer.__call__),
        (summlib.translate, summlib.Translator.__init__, summlib.Translator.__call__),
    ],
)
def test_function_and_class_agree(
    function: Callable[..., Any], maker: Callable[..., Any], call: Callable[..., Any]
) -> None:
    known = parameters(maker) | parameters(call)
    for name, default in parameters(function).items():
        if name != "text":
            assert known[name] == default, name


def test_summarise_is_an_alias() -> None:
    assert summlib.summarise is summlib.summarize


def test_translate_one_or_many() -> None:
    one = summlib.translate(ARTICLE, model="echo")
    assert isinstance(one, Translation)
    assert summlib.translate([ARTICLE, Document(ARTICLE)], model="echo") == [one, one]
    assert str(one) == ARTICLE


def test_summarize_one_or_many() -> None:
    one = summlib.summarize(ARTICLE, model="echo", length="1 sentences")
    assert isinstance(one, Summary)
    many = summlib.summarize([ARTICLE, Document(ARTICLE)], model="echo", length="1 sentences")
    assert many == [one, one]
    assert str(one) in ARTICLE.replace(". ", ".\n").split("\n")


def test_options_reach_the_translator() -> None:
    kept = summlib.translate("Zwei\nZeilen", model="echo", layout="keep", beam_size=2, threads=1)
    assert kept.text == "Zwei\nZeilen"
    assert "beam2|" in kept.signature
    assert "beam4-quick|" in summlib.translate("Ja.", model="echo", quick=True).signature
    english = "The council has decided that the bridge will be repaired."
    assert summlib.translate(english, model="echo", detect=False).text == english


def test_options_reach_the_summarizer() -> None:
    summary = summlib.summarize(ARTICLE, target_lang="de", length="80 words", source_lang="de")
    assert (summary.target_lang, summary.source_lang) == ("de", "de")
    assert "80 words" in summary.signature


def test_translators_are_kept() -> None:
    first = api._translator((), model="echo")
    assert api._translator((), model="echo") is first
    assert api._translator((("Rat", "Council"),), model="echo") is not first


def test_errors_come_through() -> None:
    with pytest.raises(EmptyDocument):
        summlib.translate("", model="echo")
    with pytest.raises(EmptyDocument):
        summlib.summarize("", model="echo")
    with pytest.raises(ModelNotFound):
        summlib.translate(ARTICLE, model="gibt-es-nicht")
    with pytest.raises(InputError):
        summlib.summarize(ARTICLE, length="tiny")


def test_an_error_is_not_kept(monkeypatch: pytest.MonkeyPatch, make_model: Any) -> None:
    """A model that appears after the first try is found at the second."""
    with pytest.raises(ModelNotFound):
        summlib.translate(ARTICLE, model="spaet")
    folder = make_model("spaet", languages=["fr", "en"])
    monkeypatch.setenv("SUMMLIB_MODELS", str(folder.parent))
    with pytest.raises(InputError, match="translates fr to en"):
        summlib.translate(ARTICLE, model="spaet")


def test_check_finds_and_finds_not() -> None:
    (finding,) = summlib.check("Es waren 35 Euro.", "It was 53 euros.")
    assert isinstance(finding, Finding)
    assert finding.kind == "quantity"
    assert summlib.check("Es waren 35 Euro.", "It was 35 euros.") == []


def test_check_of_one_language_against_itself() -> None:
    assert summlib.check(ARTICLE, ARTICLE, target_lang="de") == []


def test_read_gives_a_document(tmp_path: Path) -> None:
    path = tmp_path / "artikel.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    doc = summlib.read(path)
    assert (doc.text, doc.path) == (ARTICLE, str(path))
    assert summlib.read(str(path)) == doc
    with pytest.raises(UnreadableDocument, match=r"fehlt\.txt"):
        summlib.read(tmp_path / "fehlt.txt")
