"""Sentences are parted where a mark separates two clauses, and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.comparison import Adequacy
from summlib.records import Finding, Span
from summlib.rendering import Rendering, join
from summlib.text.halves import Half, find_halves
from summlib.trust import FirstReading

PARTED = [
    (
        "Die Lage ist seit Wochen angespannt; das Ministerium hat den Krisenstab einberufen.",
        ["Die Lage ist seit Wochen angespannt.", "Das Ministerium hat den Krisenstab einberufen."],
    ),
    (
        "Das Ergebnis der Prüfung ist eindeutig: Die Brücke muss im Herbst gesperrt werden.",
        ["Das Ergebnis der Prüfung ist eindeutig.", "Die Brücke muss im Herbst gesperrt werden."],
    ),
    (
        "Der Bau hat im März begonnen, aber die Kosten sind seither stark gestiegen.",
        ["Der Bau hat im März begonnen.", "Die Kosten sind seither stark gestiegen."],
    ),
    (
        "Der Bau hat im März begonnen – die Kosten sind seither stark gestiegen.",
        ["Der Bau hat im März begonnen.", "Die Kosten sind seither stark gestiegen."],
    ),
    (
        "Die Arbeiten sind fast beendet, und im Herbst soll der Tunnel eröffnet werden.",
        ["Die Arbeiten sind fast beendet.", "Im Herbst soll der Tunnel eröffnet werden."],
    ),
]

WHOLE = [
    "Drei Länder nehmen an dem Treffen teil: Polen, Ungarn und die Slowakei.",  # a list
    "Der Minister sagte gestern in Berlin: „Wir werden das Gesetz noch ändern.“",
    "Das Amt (es wurde 1990 gegründet; seit 2002 sitzt es in Bonn) wird verkleinert.",
    "Der Umsatz ist um 3 Prozent gestiegen (2018: Er war damals um 4 Prozent gefallen).",
    "Die Zahl der Anträge ist gestiegen; sie liegt jetzt bei über 20.000 im Jahr.",  # sie: it
    "Um 16:30 Uhr beginnt die Sitzung, die bis zum späten Abend dauern wird.",
    "Es bleibt dabei: Der Zug fährt.",
    "Der Rat hat die Brücken, Tunnel und Straßen im Norden der Stadt besichtigt.",
    "Das Haus – es wurde 1990 gebaut – steht leer.",
]


@pytest.mark.parametrize(("sentence", "halves"), PARTED)
def test_two_clauses_are_parted(sentence: str, halves: list[str]) -> None:
    assert [half.text for half in find_halves(sentence)] == halves


@pytest.mark.parametrize("sentence", WHOLE)
def test_what_belongs_together_stays_whole(sentence: str) -> None:
    assert find_halves(sentence) == (Half(sentence),)


@given(st.text(alphabet="aeDS ;:,.()„“12", max_size=90))
def test_nothing_is_lost_between_the_halves(filler: str) -> None:
    sentence = f"Der Rat hat lange getagt{filler}heute wird das Ergebnis bekannt."
    first, *rest = find_halves(sentence)
    for half in rest:
        end = half.start - len(half.joint)
        assert sentence[:end] + "." == first.text
        assert sentence[half.start :][1:] == half.text[1:]
        assert sentence[end : half.start] == half.joint


def test_findings_and_words_keep_their_places() -> None:
    source = "Die Lage ist ernst und bleibt es; der Rat berät heute Abend."
    whole = join(
        (
            Half("Die Lage ist ernst und bleibt es."),
            Half("Der Rat berät heute Abend.", 34, "; ", True),
        ),
        (
            Rendering("It is serious.", -0.2, first=FirstReading(-2.0, -0.5)),
            Rendering(
                "The council advises.",
                -0.4,
                (Finding("number", "x", "error", source=Span(4, 7), target=Span(4, 11)),),
                adequacy=Adequacy(
                    checked=3, omitted=(Span(20, 25),), written=2, invented=(Span(12, 19),)
                ),
                first=FirstReading(-3.0, -0.7),
            ),
        ),
    )
    assert whole.text == "It is serious; the council advises."
    (finding,) = whole.findings
    assert finding.source
    assert finding.target
    assert finding.source.of(source) == "Rat"
    assert finding.target.of(whole.text) == "council"
    assert whole.omitted_words(source) == ["Abend"]
    assert [span.of(whole.text) for span in whole.adequacy.invented] == ["advises"]
    assert whole.first
    assert whole.first.total == -5.0


@pytest.mark.parametrize(
    ("german", "english", "written"),
    [("der Rat", "The council", "the council"), ("ich bin", "I am", "I am")],
)
def test_names_and_i_keep_their_capital(german: str, english: str, written: str) -> None:
    assert Half(german, 30, "; ", lower=True).opened(english) == written
    assert Half(german, 30, "; ", lower=True).opened("Bonn is") == "Bonn is"


def test_halves_that_are_trusted_more_stand_for_the_whole() -> None:
    source = "Der Rat hat lange getagt; die Stadt hat gezahlt."
    whole = Rendering("The council paid.", -0.9, first=FirstReading(-9.0, -0.9))
    halves = Rendering(
        "The council met for long; the city paid.", -0.2, first=FirstReading(-2, -0.2)
    )
    assert halves.if_trusted_more(whole, source, margin=0.2) is halves
    assert whole.if_trusted_more(halves, source, margin=0.2) is halves
    assert halves.if_trusted_more(whole, source, margin=90.0) is whole
    unknown = Rendering("The council met for long; the city paid.", -0.2)
    assert unknown.if_trusted_more(whole, source, margin=0.2) is whole
    error = Finding("number", "x", "error")
    wrong = Rendering(halves.text, -0.2, (error,), first=halves.first)
    assert wrong.if_trusted_more(whole, source, margin=0.2) is whole
