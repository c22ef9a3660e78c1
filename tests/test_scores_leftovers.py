"""Words left in German or garbled: what is charged and what is not."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.scores.leftovers import Leftovers, WordJudge
from summlib.scores.references import read_seeds

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def judge() -> WordJudge:
    return WordJudge.open(ROOT / "models" / "de-en")


@pytest.mark.parametrize(
    "word",
    ["abandoned", "railway", "unforeseeable", "don't", "They’re", "children", "Berlin", "NATO",
     "centers", "happily", "studies", "waterproof", "stopped", "bigger"],
)  # fmt: skip
def test_english_words_are_in_order(judge: WordJudge, word: str) -> None:
    assert judge.is_english(word)


@pytest.mark.parametrize("word", ["Gefängnis", "misorade", "snecesssatory", "ragragrug", "nervts"])
def test_other_words_are_not(judge: WordJudge, word: str) -> None:
    assert not judge.is_english(word)


def test_what_stands_in_the_source_is_a_name_or_untranslated(judge: WordJudge) -> None:
    source = ["Frau Zwirbelmoser aus Pfrimmla besuchte am Dienstag das Gefängnis."]
    found = judge.judge(source, ["Ms Zwirbelmoser's visit to the Gefängnis of Pfrimmla."])
    assert (found.untranslated, found.garbled) == (("Gefängnis",), ())
    found = judge.judge(source, ["Ms Zwirbelmosch visited the prisl on Tuesday."])
    assert (found.untranslated, found.garbled) == ((), ("Zwirbelmosch", "prisl"))
    assert found.words == 7
    assert found.per_thousand == pytest.approx(1000 * 2 / 7)


def test_a_word_of_the_reference_is_in_order(judge: WordJudge) -> None:
    source, target = ["Er lernt Jodeln."], ["He learns yodelingo."]
    assert judge.judge(source, target).garbled == ("yodelingo",)
    assert judge.judge(source, target, ["He learns Yodelingo."]).garbled == ()


def test_numbers_addresses_and_codes_are_no_words(judge: WordJudge) -> None:
    found = judge.judge(["x"], ["See www.blubb.de, a1b2, 1,234.5 and info@schnorz.de."])
    assert found.untranslated == found.garbled == ()


@given(st.lists(st.text(max_size=50), max_size=4))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_nothing_raises_and_counts_fit(judge: WordJudge, lines: list[str]) -> None:
    found = judge.judge(lines, lines)
    assert len(found.untranslated) + len(found.garbled) <= found.words
    assert found.garbled == ()


def test_no_words_are_no_leftovers() -> None:
    assert Leftovers(0, (), ()).per_thousand == 0.0


def test_human_translations_are_hardly_charged(judge: WordJudge) -> None:
    seeds = read_seeds(ROOT / "seeds")
    found = judge.judge([s.text for s in seeds], [s.translation for s in seeds])
    assert found.words > 4000
    assert found.per_thousand < 8, (found.untranslated, found.garbled)
