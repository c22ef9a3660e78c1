"""Sentences are parted before a subordinate clause, and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.records import Finding, Span
from summlib.rendering import Rendering, join, trusted_more
from summlib.text.halves import Half
from summlib.text.subordinate import MARGIN, Relative, That, find_clauses
from summlib.trust import FirstReading

PARTED = [
    (
        "Der Rat hat gestern den Plan gebilligt, um den Verkehr in der Stadt zu beruhigen.",
        ["Der Rat hat gestern den Plan gebilligt.", "Um den Verkehr in der Stadt zu beruhigen."],
    ),
    (
        "Die Firma schließt ihr Werk in Essen, weil die Nachfrage nach Stahl gesunken ist.",
        ["Die Firma schließt ihr Werk in Essen.", "Weil die Nachfrage nach Stahl gesunken ist."],
    ),
    (
        "Der Minister teilte am Abend mit, dass die Brücke im Herbst gesperrt werden muss.",
        ["Der Minister teilte am Abend mit.", "Dass die Brücke im Herbst gesperrt werden muss."],
    ),
    (
        "Das Museum gehört einer kleinen Stiftung, die seit 1990 alte Karten sammelt.",
        ["Das Museum gehört einer kleinen Stiftung.",
         "Einer kleinen Stiftung, die seit 1990 alte Karten sammelt."],
    ),
]  # fmt: skip

WHOLE = [
    "Der Rat hat getagt, weil es eilt.",  # too short to lose anything
    "Die Firma schließt ihr Werk in Essen, wo die Nachfrage nach Stahl gesunken ist.",
    "Der Rat hat gestern Abend den Plan gebilligt, als die Gutachten endlich vorlagen.",
    "Die Frau hat gestern in Bonn erzählt, dass er den Wagen nicht gesehen habe.",  # er: who?
    "Der Minister sagte, dass „die Brücke im Herbst gesperrt werden muss, komme was wolle“.",
    "Den Preis erhielt eine Forscherin aus Bonn, der haben alle in der Stadt gratuliert.",
    "Das Amt (es prüft noch, weil die Unterlagen unvollständig sind) wird bald entscheiden.",
    "Der Rat hat gestern den Plan gebilligt, nachdem alle Gutachten vorlagen",  # no end
]


@pytest.mark.parametrize(("sentence", "halves"), PARTED)
def test_a_clause_is_parted_from_its_sentence(sentence: str, halves: list[str]) -> None:
    assert [half.text for half in find_clauses(sentence)] == halves


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_is_unsure_stays_whole(sentence: str) -> None:
    assert find_clauses(sentence) == (Half(sentence),)


@given(st.text(alphabet="abmdießrD ,.()„“12", max_size=60))
def test_halves_are_the_words_of_the_sentence(filler: str) -> None:
    sentence = f"Der Rat hat lange{filler}getagt, weil alle neuen Gutachten vorlagen."
    first, *rest = find_clauses(sentence)
    for half in rest:
        assert sentence.startswith(first.text.removesuffix("."))
        assert sentence[half.start + 1 :] == half.text[1:]
        assert sentence[half.start].upper() == half.text[0]


def test_the_noun_of_a_relative_clause_is_said_once() -> None:
    halves = (
        Half("Das Haus gehört der Stiftung."),
        Relative("Der Stiftung, die Karten sammelt.", 16),
    )
    said = (Rendering("The house belongs to the trust."), Rendering("The trust that has maps."))
    joined = join(halves, said)
    assert joined is not None
    assert joined.text == "The house belongs to the trust that has maps."
    assert join(halves, (said[0], Rendering("The trust has maps."))) is None


def test_a_finding_in_the_noun_that_is_left_out_has_no_place() -> None:
    halves = (Half("Das Haus."), Relative("Der Stiftung, die hilft.", 4))
    english = "The long thing number 7 that helps 9."
    found = (
        Finding("quantity", "cut", target=Span(0, 3)),
        Finding("quantity", "kept", target=Span(35, 36)),
    )
    joined = join(halves, (Rendering("A."), Rendering(english, findings=found)))
    assert joined is not None
    cut, kept = joined.findings
    assert cut.target is None
    assert kept.target is not None
    assert kept.target.of(joined.text) == "9"


@pytest.mark.parametrize(
    ("english", "written"),
    [
        ("The fact that it rains.", "It is clear that it rains."),
        ("That it rains.", "It is clear that it rains."),
        ("It rains.", "It is clear that it rains."),
        ("Whether it rains.", "It is clear whether it rains."),
    ],
)
def test_what_is_said_is_opened_as_english_does(english: str, written: str) -> None:
    halves = (Half("Es ist klar."), That("Dass es regnet.", 13, " ", lower=True))
    joined = join(halves, (Rendering("It is clear."), Rendering(english)))
    assert joined is not None
    assert joined.text == written


def test_clauses_stand_only_where_they_are_trusted_by_the_margin() -> None:
    source = "Der Rat hat den Plan gebilligt, nachdem alle Gutachten vorlagen."
    halves = (Half("Der Rat hat den Plan gebilligt."), That("Nachdem alle vorlagen.", 32, " "))
    assert halves[-1].margin == MARGIN
    whole = Rendering("The council plan.", -1.5, first=FirstReading(-20.0, -1.5))
    first = Rendering("The council approved the plan.", -0.2, first=FirstReading(-2.0, -0.2))
    second = Rendering("That all had come.", -0.2, first=FirstReading(-2.0, -0.2))
    apart = dict(zip((half.text for half in halves), (first, second), strict=True))
    best = trusted_more({source: whole}, {source: halves}, apart)
    assert best[source].text == "The council approved the plan that all had come."
    assert whole.is_doubted(source)
    kept = trusted_more({source: best[source]}, {source: halves}, apart)
    assert kept[source] == best[source]
