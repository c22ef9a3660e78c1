"""Records: frozen, their own text, plain as data, safe as HTML."""

from __future__ import annotations

import dataclasses
import json
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib import records
from summlib.records import (
    Document,
    Drop,
    Finding,
    Score,
    Sentence,
    Span,
    Summary,
    SummarySentence,
    TranslatedSentence,
    Translation,
)

SOURCE = Sentence("Es kamen 35 <Leute>.", 4, 24)
FINDING = Finding("quantity", '"35" became "53"', "error", Span(9, 11), Span(0, 2))
TRANSLATION = Translation(
    text="53 people & dogs came.",
    sentences=(TranslatedSentence("53 people & dogs came.", 0, 22, SOURCE, (FINDING,), -0.5),),
    source_lang="de",
    target_lang="en",
    signature="echo",
)
SUMMARY = Summary(
    text="53 people & dogs came.",
    sentences=(SummarySentence("53 people & dogs came.", 0, 22, (SOURCE,), "copied", (FINDING,)),),
    source_lang="de",
    target_lang="en",
    signature="select|short|echo",
    dropped=(Drop(0, 3, "navigation", "Top"),),
    path="a.txt",
)
DOCUMENT = Document("Es kamen Leute.", title="Fest", lang="de", path="a.txt", meta={"page": 1})
ALL = [
    *(SOURCE, FINDING, TRANSLATION, SUMMARY, DOCUMENT, Span(0, 1)),
    *(Drop(0, 1, "photo-credit", "x"), Score("BLEU", 30.0, 29.0, 31.0, "s")),
]


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_a_span_is_a_slice(text: str, start: int, end: int) -> None:
    assert Span(start, end).of(text) == text[start:end]


def test_shifting_moves_both_ends() -> None:
    assert SOURCE.shifted(10) == Sentence(SOURCE.text, 14, 34)
    assert SOURCE.start == 4


@pytest.mark.parametrize("record", [SOURCE, TRANSLATION, SUMMARY, DOCUMENT])
def test_the_text_is_the_string(record: Sentence | Translation | Summary | Document) -> None:
    assert str(record) == record.text


def test_strings_for_people() -> None:
    assert str(FINDING) == 'quantity: "35" became "53"'
    assert str(Score("BLEU", 30.04, 29.0, 31.0, "s")) == "BLEU 30.0 [29.0, 31.0]"
    assert str(TRANSLATION.sentences[0]) == TRANSLATION.text
    assert str(SUMMARY.sentences[0]) == SUMMARY.text


@pytest.mark.parametrize("record", ALL, ids=lambda record: type(record).__name__)
def test_records_are_frozen_and_pickle(record: object) -> None:
    assert pickle.loads(pickle.dumps(record)) == record
    name = dataclasses.fields(record)[0].name  # type: ignore[arg-type]
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(record, name, None)


@pytest.mark.parametrize("record", [DOCUMENT, TRANSLATION, SUMMARY])
def test_plain_data_goes_through_json(record: Document | Translation | Summary) -> None:
    plain = record.to_dict()
    assert json.loads(json.dumps(plain)) == json.loads(json.dumps(plain, sort_keys=True))
    assert set(plain) == {field.name for field in dataclasses.fields(record)}
    assert plain["text"] == record.text


def test_plain_data_keeps_provenance() -> None:
    (sentence,) = SUMMARY.to_dict()["sentences"]
    assert sentence["sources"][0] == {"text": SOURCE.text, "start": 4, "end": 24}
    assert sentence["findings"][0]["target"] == {"start": 0, "end": 2}
    assert SUMMARY.to_dict()["dropped"][0]["reason"] == "navigation"


@pytest.mark.parametrize("record", [TRANSLATION, SUMMARY])
def test_findings_are_those_of_the_sentences(record: Translation | Summary) -> None:
    assert record.findings == (FINDING,)
    assert dataclasses.replace(record, sentences=()).findings == ()


@pytest.mark.parametrize("record", [TRANSLATION, SUMMARY])
def test_html_shows_both_sides_escaped(record: Translation | Summary) -> None:
    html = record._repr_html_()
    assert "people &amp; dogs came." in html
    assert "Es kamen 35 &lt;Leute&gt;." in html
    assert "<Leute>" not in html
    assert "quantity:" in html
    assert html.count('<tr id="') == 1


def test_positions_are_documented() -> None:
    recorded: list[Callable[..., object]] = [
        value
        for value in vars(records).values()
        if dataclasses.is_dataclass(value) and isinstance(value, type)
    ]
    for record in recorded:
        documentation = record.__doc__ or ""
        for field in dataclasses.fields(record):  # type: ignore[arg-type]
            if record is not Span and "Args:" in documentation and field.name != "path":
                assert f"{field.name}:" in documentation, (record, field.name)
