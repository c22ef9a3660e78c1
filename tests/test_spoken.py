"""Clock times, halves and decades as German says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.checks import check_pair
from summlib.text.prepare import prepare
from summlib.text.spoken import write_digits


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("Um halb eins gab es Essen.", "Um 12:30 Uhr gab es Essen."),
        ("kurz vor halb zwei Uhr", "kurz vor 1:30 Uhr"),
        ("gegen Viertel nach acht", "gegen 8:15 Uhr"),
        ("ab dreiviertel sieben", "ab 6:45 Uhr"),
        ("um halb 10", "um 9:30 Uhr"),
        ("um 16 Uhr", "um 16:00 Uhr"),
        ("zwischen 9 und 17 Uhr", "zwischen 9:00 und 17:00 Uhr"),
        ("von 8-12 Uhr", "von 8:00-12:00 Uhr"),
        ("vor zweieinhalb Jahren", "vor 2,5 Jahren"),
        ("nach eineinhalb Stunden", "nach 1,5 Stunden"),
        ("in den sechziger Jahren", "in den 1960er Jahren"),
        ("die Dreissigerjahre", "die 1930er Jahre"),
    ],
)
def test_spoken_forms(spoken: str, written: str) -> None:
    assert write_digits(spoken) == written


@pytest.mark.parametrize(
    "text",
    [
        "Halb so viele kamen, eine halbe Stunde lang.",
        "Ein Viertel vor allem der Älteren blieb, drei Viertel nicht.",
        "Um 16.30 Uhr und 16:30 Uhr.",
        "Er ist Anfang neunzig und trägt eine Uhr.",
        "Das Spiel endete 3:2, 12 Uhren fehlten.",
        "Innerhalb zweier Jahre, oberhalb einer Uhr.",
        "Die Siebziger kamen.",
        "Die Zahl stieg um zehn nach fünf im Vorjahr.",
        "Der Kurs stieg um fünf nach drei Punkten.",
        "Um zehn vor sechs Jahren, um fünf vor 3. Mai.",
    ],
)
def test_others_stay(text: str) -> None:
    assert write_digits(text) is text or write_digits(text) == text


def test_checks_take_both_for_the_same() -> None:
    source = "Um halb neun, zwischen 13 und 15 Uhr, nach anderthalb Jahren."
    assert check_pair(source, "At 8:30, between 13:00 and 15:00, after 1.5 years.") == []


@given(st.text(max_size=60))
def test_once_is_enough(text: str) -> None:
    once = prepare(f"Um halb neun {text} 16 Uhr")
    assert "16:00" in once
    assert write_digits(write_digits(text)) == write_digits(text)
