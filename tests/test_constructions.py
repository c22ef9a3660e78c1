"""Sentences made by rule say the same on both sides, whatever is drawn."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.training.clauses import Clause, denied, frames, make_verb, state
from summlib.training.constructions import construct
from summlib.training.nominals import Phrase, Pronoun, nouns


def noun(word: str) -> Phrase:
    return Phrase(next(noun for noun in nouns("group", "thing") if noun.forms[0] == word))


BRIDGE, COUNCIL = noun("Brücke"), noun("Rat")
LEAVE = make_verb("aufgeben", "give up", "haben")


@pytest.mark.parametrize(
    ("tense", "main", "final", "english"),
    [
        ("present", "gibt {} auf", "{} aufgibt", "gives up"),
        ("told", "hat {} aufgegeben", "{} aufgegeben hat", "gave up"),
        ("must", "muss {} aufgeben", "{} aufgeben muss", "has to give up"),
        ("if had", "hätte {} aufgegeben", "{} aufgegeben hätte", "had given up"),
    ],
)
def test_a_clause_in_its_tenses(tense: str, main: str, final: str, english: str) -> None:
    clause = Clause(COUNCIL, LEAVE, tense, (("acc", BRIDGE),))
    assert clause.main() == f"der Rat {main.format('die Brücke')}"
    assert clause.final() == f"der Rat {final.format('die Brücke')}"
    assert clause.english() == f"the council {english} the bridge"


def test_the_object_may_come_first_and_english_does_not_change() -> None:
    clause = Clause(BRIDGE, LEAVE, "told", (("acc", COUNCIL),))
    assert clause.main(COUNCIL.german("acc")) == "den Rat hat die Brücke aufgegeben"


def test_the_passive_is_a_verb_like_others() -> None:
    clause = Clause(BRIDGE, LEAVE.passive, "had to", agent=COUNCIL, negated=True)
    assert clause.main() == "die Brücke musste vom Rat nicht aufgegeben werden"
    assert clause.english() == "the bridge did not have to be given up by the council"


def test_negation_of_an_indefinite_object_and_of_a_state() -> None:
    indefinite = Phrase(BRIDGE.noun, True, "", "")
    clause = denied(Clause(COUNCIL, LEAVE, "past", (("acc", indefinite),)))
    assert clause.main() == "der Rat gab keine Brücken auf"
    assert clause.english() == "the council did not give up any bridges"
    ill = Clause(BRIDGE.pronoun, state("veraltet", "outdated"), "past", negated=True)
    assert (ill.final(), ill.english()) == ("sie nicht veraltet war", "it was not outdated")


def test_a_pronoun_stands_before_the_particle() -> None:
    clause = Clause(COUNCIL, LEAVE, "wants", (("acc", Pronoun("f", "n")),))
    assert clause.english() == "the council wants to give it up"


def test_every_listed_verb_has_its_forms() -> None:
    listed = [frame for takes in ("acc", "dat", "dacc", "intr") for frame in frames(takes)]
    assert len(listed) > 850
    assert all(len(frame.verb.finite) == 4 and all(frame.verb.finite) for frame in listed)
    assert {frame.preposition for frame in frames("dacc")} == {"to", "from"}


@given(st.integers(0, 10**9))
def test_sentences_are_whole_on_both_sides(seed: int) -> None:
    pair = construct(random.Random(seed))
    for side in (pair.source, pair.target):
        assert re.fullmatch(r"[A-ZÄÖÜ0-9][^{}\[\]|]*\w\.", side)
        assert not re.search(r"  | ,", side)
    assert pair == construct(random.Random(seed))


@given(st.integers(0, 10**9))
def test_a_refusal_stands_on_both_sides(seed: int) -> None:
    pair = construct(random.Random(seed))
    german = re.search(r"\b(?:nicht|kein\w*|weder|ohne|statt|weigerte)\b", pair.source, re.I)
    english = re.search(
        r"\b(?:not|cannot|no|neither|without|instead|refused|unlikely)\b", pair.target, re.I
    )
    assert bool(german) == bool(english), pair
