"""Adjectives from towns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.lexicon import Lexicon
from summlib.text.told import find_told
from summlib.text.towns import find_towns


@pytest.mark.parametrize(
    ("sentence", "towns"),
    [
        ("Die Krefelder Kirche brennt.", ["Krefeld"]),
        ("Zwei Ansbacher Weiher und ein Genfer Hafen", ["Ansbach", "Geneva"]),
        ("Die Krefelder schweigen.", []),
        ("Sie wohnt in der Krefelder Straße.", []),
        ("Das sagt Andreas Marburger Anzeiger und Bote.", []),
        ("Der Sprecher Meier", []),
    ],
)
def test_towns_stand_before_their_nouns(sentence: str, towns: list[str]) -> None:
    assert [english for _, _, english in find_towns(sentence)] == towns


def test_a_town_is_told_and_never_in_the_plural() -> None:
    told = find_told("Zwei Krefelder Kirchen brennen.", Lexicon({}))
    assert [hint.translation for hint in told] == ["Krefeld"]


@settings(derandomize=True, deadline=None, max_examples=100)
@given(sentence=st.text(max_size=60))
def test_places_lie_within_the_sentence(sentence: str) -> None:
    for start, end, _ in find_towns(f"{sentence} Genfer Hafen"):
        assert f"{sentence} Genfer Hafen"[start:end].endswith("er")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Die Küste Ostfrieslands ist lang.", "East Frisia"),
        ("Über Ostfriesland schneit es.", "East Frisia"),
        ("Es kamen viele Moslems.", "Muslims"),
    ],
)
def test_a_place_in_the_genitive_is_one(sentence: str, told: str) -> None:
    lexicon = Lexicon({}).layered({"Moslem": "Muslim", "Ostfriesland": "East Frisia"})
    assert [hint.translation for hint in find_told(sentence, lexicon)] == [told]
