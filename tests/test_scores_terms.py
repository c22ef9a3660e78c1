"""Demanded terms: cases from prose and from lists, and the share that is honoured."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.scores.terms import TermCase, honours, score_terms, term_cases
from summlib.text.glossary import Glossary
from summlib.text.lexicon import Lexicon

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def cases() -> list[TermCase]:
    lexicon = Lexicon.open(ROOT / "models" / "de-en" / "lexicon.rows")
    return term_cases(ROOT / "seeds", lexicon)


def test_there_are_300_cases_half_of_them_prose(cases: list[TermCase]) -> None:
    kinds = Counter(case.kind for case in cases)
    assert (len(cases), kinds["prose"]) == (300, 150)
    assert {*kinds} == {"prose", "nominative", "accusative", "dative", "genitive", "plural"}
    assert len(set(cases)) == 300
    assert max(Counter(case.term for case in cases).values()) <= 6


def test_every_term_is_found_in_its_sentence(cases: list[TermCase]) -> None:
    lost = [c for c in cases if not Glossary({c.term: c.demanded}).find(c.sentence)]
    assert lost == []


def test_no_sentence_has_a_place_left_open(cases: list[TermCase]) -> None:
    assert not any("{" in case.sentence for case in cases)
    assert all(case.demanded.lower() != case.term.lower() for case in cases)


def test_the_choice_is_given_by_the_seed() -> None:
    lexicon = Lexicon({"Zug": "train|pull\t9"})
    assert term_cases(ROOT / "seeds", lexicon, seed=3) == term_cases(
        ROOT / "seeds", lexicon, seed=3
    )
    written = [c for c in term_cases(ROOT / "seeds", lexicon, count=40) if c.kind != "prose"]
    assert len(written) == 20


@pytest.mark.parametrize(
    ("text", "term", "held"),
    [
        ("The grant notices came.", "grant notice", True),
        ("Two parties' wishes, one Party's", "party", True),
        ("the party-goers", "party", True),
        ("The Grant-Notice", "grant notice", True),
        ("notice of grant", "grant notice", False),
        ("a unity", "unit", False),
        ("the units.", "unit", True),
    ],
)
def test_a_term_is_known_in_its_forms(text: str, term: str, held: bool) -> None:
    assert honours(text, term) == held


@given(st.text(max_size=60), st.from_regex(r"[a-z]{2,9}( [a-z]{2,9})?", fullmatch=True))
@settings(derandomize=True, deadline=None, max_examples=80)
def test_a_term_that_stands_between_blanks_is_honoured(text: str, term: str) -> None:
    assert honours(f"{text} {term} {text}", term)


def test_the_share_counts_what_was_told_and_what_came_by_itself() -> None:
    cases = [
        TermCase("Der Zug kommt.", "Zug", "pull", "prose"),
        TermCase("Die Bank ist zu.", "Bank", "bench", "prose"),
        TermCase("Das Netz fällt aus.", "Netz", "utility grid", "nominative"),
    ]

    def translate(sentence: str, glossary: dict[str, str]) -> str:
        if "Bank" in sentence:
            return "The bench is closed."
        return (
            f"The {next(iter(glossary.values()), 'thing')}." if "Zug" in sentence else "It fails."
        )

    scores = score_terms(cases, translate)
    assert (scores.honoured, scores.unprompted, scores.total) == (2, 1, 3)
    assert scores.share == pytest.approx(66.67, abs=0.01)
    assert scores.missed == ((cases[2], "It fails."),)
