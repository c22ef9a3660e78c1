"""Keys that the forms of a word share."""

from __future__ import annotations

import pytest

from summlib.text.stems import english_stem, german_stem


@pytest.mark.parametrize(
    "forms",
    ["Haus Hauses Häuser Häusern", "machen macht machte machten", "Zeitung Zeitungen",
     "geplant geplante geplanten", "Fahrzeug Fahrzeuge Fahrzeugen", "Gericht Gerichts Gerichte"],
)  # fmt: skip
def test_german_forms_share_a_key(forms: str) -> None:
    assert len({german_stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms",
    ["plan plans planned planning", "center centre centers", "organise organized organizing",
     "study studies studied", "color colours", "residents resident", "meter metre metres"],
)  # fmt: skip
def test_english_forms_share_a_key(forms: str) -> None:
    assert len({english_stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [("Zeit", "Zeitung"), ("Haus", "Haut"), ("Rat", "Rad")])
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert german_stem(one) != german_stem(other)
