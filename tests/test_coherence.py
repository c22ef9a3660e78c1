"""Sentences put right for a place behind others than those they stood behind."""

from __future__ import annotations

import pytest

from summlib.coherence import introduce, is_report, leaning, read_mentions, resolve, subject


@pytest.mark.parametrize(
    ("previous", "sentence", "resolved"),
    [
        ("Der Stadtrat tagte lange.", "Er stimmte zu.", "Der Stadtrat stimmte zu."),
        (
            "Ministerin Anna Müller kam nach Ulm.",
            "Sie lobte die Stadt.",
            "Ministerin Anna Müller lobte die Stadt.",
        ),
        ("Minister Kai Lind kam.", "Er lobte die Stadt.", "Minister Kai Lind lobte die Stadt."),
        ("Minister Kai Lind kam.", "Sie lobte die Stadt.", None),
        ("Die Stadt baut.", "Er stimmte zu.", None),
        ("Der Rat bat den Bürgermeister.", "Er stimmte zu.", None),
        ("Der Rücktritt führte dazu, dass der Rat tagte.", "Er wählte neu.", None),
        ("Ministerin Anna Müller kam.", "Sie lobten die Stadt.", None),
        ("Am Montag kam Regen.", "Er blieb.", None),
        ("Der Rat tagte.", "Ergebnis offen.", None),
        ("", "Er blieb.", None),
    ],
)
def test_pronouns(previous: str, sentence: str, resolved: str | None) -> None:
    assert resolve(sentence, previous) == (resolved or sentence)


@pytest.mark.parametrize(
    ("sentence", "lang", "kind"),
    [
        ("Er kam.", "de", "anaphora"),
        ("Das teilte die Stadt am Dienstag mit.", "de", "anaphora"),
        ("33 Minuten später, um 6.15 Uhr, traf er in Ulm ein.", "de", "anaphora"),
        ("Weil der Rat tagte, kam er spät.", "de", ""),
        ("Am Montag kam der Rat.", "de", ""),
        ("Auch Ulm baut.", "de", "connector"),
        ("This was expensive.", "en", "anaphora"),
        ("The town builds.", "en", ""),
        ("", "de", ""),
    ],
)
def test_leaning(sentence: str, lang: str, kind: str) -> None:
    assert leaning(sentence, lang) == kind


def test_reports_are_short() -> None:
    assert is_report("Das sagte die Ministerin am Montag.")
    assert not is_report("Das Haus brennt.")


@pytest.mark.parametrize(
    ("sentence", "front"),
    [
        ("Der Rat hat getagt.", "Der Rat"),
        ("Die neue Brücke kostet viel.", "Die neue Brücke"),
        ("Der Rat, der tagte, hat beschlossen.", ""),
        ("Kommt er?", ""),
        ("Rat", ""),
    ],
)
def test_subjects(sentence: str, front: str) -> None:
    assert subject(sentence) == front


DOCUMENT = [
    "Das Bundesamt für Energie (BFE) und Direktorin Anna Müller warnen.",
    "Der Verband Deutscher Städte (VDS) widerspricht.",
    "Das BFE rechnet mit mehr.",
    "Müller fordert Geld vom Bund.",
    "Es sei eilig, sagte Müller.",
]


@pytest.mark.parametrize(
    ("place", "said", "text", "first"),
    [
        (2, "", "Das Bundesamt für Energie (BFE) rechnet mit mehr.", {0}),
        (2, DOCUMENT[0], DOCUMENT[2], set()),
        (3, "", "Direktorin Anna Müller fordert Geld vom Bund.", {0}),
        (4, "", "Es sei eilig, sagte Direktorin Anna Müller.", {0}),
        (4, "Direktorin Anna Müller kam.", DOCUMENT[4], set()),
        (0, "", DOCUMENT[0], set()),
    ],
)
def test_first_mentions_are_in_full(place: int, said: str, text: str, first: set[int]) -> None:
    mentions = read_mentions(DOCUMENT)
    assert introduce(DOCUMENT[place], mentions, place=place, said=said) == (text, first)


def test_the_article_must_be_the_same() -> None:
    mentions = read_mentions(DOCUMENT)
    for sentence in ("Nach Angaben des BFE steigt es.", "Der VDS klagt nicht.", "Mit BFE-Geld."):
        assert introduce(sentence, mentions, place=4, said="")[0] == sentence


def test_two_people_of_one_name_are_not_told_apart() -> None:
    mentions = read_mentions(["Minister Kai Lind kam.", "Direktorin Eva Lind ging.", "Lind blieb."])
    assert introduce("Lind blieb.", mentions, place=2, said="")[0] == "Lind blieb."


def test_a_long_form_begins_like_its_abbreviation() -> None:
    mentions = read_mentions(["Die Vergütung durch die Krankenversicherung (OKP) steigt."])
    assert not mentions.abbreviations
