"""English sentences that lost their verb."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.finite import lacks_verb

LOST = [
    ("Die Stadtwerke veranschlagen dafür 118,4 Mio. Euro.", "The utilities for 118.4 million."),
    ("Gedämpft wurde das Wachstum durch den Handel.", "Growth by the weak trade."),
    ("Der Rat hat das Budget gebilligt.", "The council's budget."),
    ("Im Herbst bilden sich Nebelfelder über dem See.", "In autumn fog over the lake."),
]
KEPT = [
    ("Die Stadtwerke veranschlagen dafür 118,4 Mio. Euro.", "The utilities estimate the cost."),
    ("Der Rat hat das Budget gebilligt.", "The council approved the budget."),
    ("Er ist da.", "He’s here."),
    ("Das kann nicht sein.", "That can't be."),
    ("Die Zahl der Fälle steigt.", "Case numbers rise."),
    ("Der Zug fährt um acht.", "The train leaves at eight."),
]
NO_VERB_TO_LOSE = [
    ("Neue Brücke über den Rhein", "New bridge over the Rhine"),
    ("Zwischen den neuen Häusern.", "Between the new houses."),
    ("Häuser planen und bauen", "Planning houses"),
    ("Schwer zu sagen.", "Hard to say."),
]


@pytest.mark.parametrize(("source", "target"), LOST)
def test_a_lost_verb_is_seen(source: str, target: str) -> None:
    assert lacks_verb(source, target)


@pytest.mark.parametrize(("source", "target"), KEPT + NO_VERB_TO_LOSE)
def test_what_has_its_verb_or_never_had_one_is_left_alone(source: str, target: str) -> None:
    assert not lacks_verb(source, target)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_can_be_asked(source: str, target: str) -> None:
    assert not lacks_verb(source, f"{target} was")
    assert isinstance(lacks_verb(source, target), bool)
