"""The subject of a sentence put before its verb."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.prepare import prepare
from summlib.text.subject import subject_first

TURNED = [
    ("Den Antrag lehnte der Rat am Montag ab.", "Der Rat ablehnte den Antrag am Montag."),
    ("Den Dieb hat die Polizistin verfolgt.", "Die Polizistin hat den Dieb verfolgt."),
    ("Ihn wählte der Landtag im März.", "Der Landtag wählte ihn im März."),
    (
        "Dem Minister wurde der Preis gestern verliehen.",
        "Der Preis wurde dem Minister gestern verliehen.",
    ),
    ("Einen Monat dauerte die Reise.", "Die Reise dauerte einen Monat."),
    ("Das hat er nie gesagt.", "Er hat das nie gesagt."),
    (
        "Den Streit um die Rente beendete Ministerin Anna Lorenz.",
        "Ministerin Anna Lorenz beendete den Streit um die Rente.",
    ),
    ("Doch den Antrag billigte der Rat.", "Doch der Rat billigte den Antrag."),
    ("Den Preis teilten sich zwei Forscher.", "Zwei Forscher teilten sich den Preis."),
    (
        "Den Vorschlag der Grünen unterstützt der Vorsitzende des Verbands nicht.",
        "Der Vorsitzende des Verbands unterstützt den Vorschlag der Grünen nicht.",
    ),
    # The verb or the second noun tells who acts.
    ("Das Auto fanden Beamte am Morgen.", "Beamte fanden das Auto am Morgen."),
    ("Eine Lösung fanden die Parteien nicht.", "Die Parteien fanden eine Lösung nicht."),
    ("Die Kosten schätzt das Amt auf 3 Euro.", "Das Amt schätzt die Kosten auf 3 Euro."),
    ("Fragen beantwortet das Amt am Montag.", "Das Amt beantwortet Fragen am Montag."),
    ("Die Niederlage erklärte der Trainer nicht.", "Der Trainer erklärte die Niederlage nicht."),
    (
        "Die Ermittlungen hat die Polizei übernommen.",
        "Die Polizei hat die Ermittlungen übernommen.",
    ),
]
LEFT = [
    "Der Rat lehnte den Antrag ab.",
    "Dem Bericht zufolge stieg der Umsatz.",
    "Den Angaben nach kamen 300 Menschen.",
    "Die Frau hilft der Nachbarin im Garten.",
    "Die Katze jagt die Maus.",
    "Einen Tag später kam der Zug.",
    "Den Preis erhielt der Autor für seinen Roman.",
    "Den Antrag, die Schule zu schließen, lehnte der Rat ab.",
    "Den Rhein entlang fuhr der Zug.",
    "Den Mietern wurde gekündigt.",
    "Das größte Problem sind die Kosten.",
    "Die Firma gehört der Familie.",
    "Die Stadt baut das Haus.",
    "Die Polizei ruft der Richter an.",
    "Die Zahlen stiegen deutlich.",
    "Zahlen wollte die Firma nicht.",
    "Die ohne Genehmigung gebauten Häuser stehen leer.",
    "Ein Zeichen nannte der Verband den Beschluss.",
]


@pytest.mark.parametrize(("given_as", "wanted"), TURNED)
def test_a_marked_object_goes_behind_the_verb(given_as: str, wanted: str) -> None:
    assert subject_first(prepare(given_as)) == wanted


@pytest.mark.parametrize("sentence", LEFT)
def test_what_is_not_sure_stays(sentence: str) -> None:
    assert subject_first(prepare(sentence)) == prepare(sentence)


parts = st.sampled_from(
    [
        "den",
        "dem",
        "Den",
        "Dem",
        "einen",
        "der",
        "die",
        "das",
        "Rat",
        "Antrag",
        "Stadt",
        "des",
        "hat",
        "lehnte",
        "sich",
        "er",
        "und,",
        ".",
        "für",
        "300",
    ]
)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(parts, max_size=12).map(" ".join))
def test_words_are_moved_and_none_is_lost(sentence: str) -> None:
    turned = subject_first(sentence)
    assert Counter(re.findall(r"\w+", turned.lower())) == Counter(
        re.findall(r"\w+", sentence.lower())
    )


def test_a_long_sentence_takes_no_longer_than_its_length() -> None:
    long = "Den " + "sehr guten, " * 20_000 + "Antrag lehnte der Rat ab."
    assert subject_first(long) == long
