"""Verbs whose English depends on what goes with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text import senses as module
from summlib.text.senses import find_senses, senses
from summlib.text.verbmasks import german_frame, is_verb


@pytest.mark.parametrize(
    ("sentence", "english"),
    [
        ("Die Schule will 20 Lehrkräfte einstellen.", ["hire"]),
        ("Der Konzern einstellt die Stahlproduktion.", ["stop"]),
        ("Das Strafverfahren wurde eingestellt.", ["drop"]),
        ("Sie hat den Streckenrekord eingestellt.", ["equal"]),
        ("Nachbarn haben die Bundespolizei verständigt.", ["alert"]),
        ("Sie haben sich mit der Polizei verständigt.", []),  # reflexive: agreed
        ("Der Hof, der Lehrer beschäftigt, wird eingestellt.", []),  # another clause's noun
        ("Er hat die Produktion und das Verfahren eingestellt.", []),  # two senses
        ("Der Vertrag wurde eingestellt.", []),
    ],
)
def test_the_clause_decides_for_one_sense(sentence: str, english: list[str]) -> None:
    found = [s for s in find_senses(sentence) if s.infinitive in ("einstellen", "verständigen")]
    assert [s.english for s in found] == english


def test_every_sense_can_go_through_the_model() -> None:
    for infinitive, found in module._table().items():
        assert german_frame(infinitive, infinitive) is not None, infinitive
        for english, cues in found.items():
            assert is_verb(english), (infinitive, english)
            assert len(cues.split()) >= 2, (infinitive, english)


def test_no_cue_decides_for_two_senses() -> None:
    for infinitive, found in module._table().items():
        cues = [cue for listed in found.values() for cue in listed.split()]
        assert len(cues) == len(set(cues)), infinitive


def test_what_is_no_verb_has_no_sense() -> None:
    assert senses("Haus") == ()
    assert "raise" in senses("angehoben")


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    for sense in find_senses(text):
        assert text[sense.start : sense.end].islower()
        assert sense.english in senses(text[sense.start : sense.end])
