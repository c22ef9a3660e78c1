"""What is added to the training text."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.lexicon import Lexicon
from summlib.text.prepare import plain, prepare
from summlib.training.augment import Augmenter, add_hints, add_noise, synthesize_numbers
from summlib.training.corpus import Pair

QUICK = settings(derandomize=True, deadline=None, max_examples=80)
SEEDS = st.integers(0, 10**6)

LEXICON = Lexicon(
    {
        "Stellwerk": "signal box\t0",
        "Leitstelle": "control center\t2",
        "Zug": "train\t10",
        "neu": "new\t11",
        "Schloss": "lock|castle\t1",
        "Europäische Zentralbank": "European Central Bank\t3",
        "zentral+": "central\t12",
    }
)


def drawn(source: str, target: str, runs: int = 200) -> set[str]:
    """All hints that so many draws give."""
    found = set()
    for seed in range(runs):
        line = add_hints(source, target, LEXICON, random.Random(seed), 1.0)
        found.update(re.findall(r"⟪(.*?)⟫", line))
    return found


def share(source: str, target: str, runs: int = 400) -> float:
    lines = (add_hints(source, target, LEXICON, random.Random(s), 1.0) for s in range(runs))
    return sum("⟪" in line for line in lines) / runs


def test_only_what_stands_in_the_target_is_told() -> None:
    assert "signal box" in drawn("Zwei Stellwerke brannten.", "Two signal boxes burnt.")
    assert not drawn("Zwei Stellwerke brannten.", "Two towers burnt.")


def test_the_translation_told_is_the_one_of_the_target() -> None:
    assert drawn("Das Schloss steht.", "The castle stands.") == {"castle"}


def test_the_spelling_is_the_one_of_the_target() -> None:
    assert "control centre" in drawn("Die Leitstelle", "The control centre")
    assert "control center" in drawn("Die Leitstelle", "The control center")


def test_terms_and_neighbors_are_told_as_one() -> None:
    bank = drawn("Die Europäische Zentralbank spart.", "The European Central Bank saves.")
    assert "European Central Bank" in bank
    assert "new train" in drawn("Der neue Zug", "The new train", 600)


def test_rare_words_are_told_more_often_than_common_ones() -> None:
    rare = share("Das Stellwerk", "The signal box")
    common = share("Der Zug", "The train")
    assert 0.5 < rare < 0.8
    assert 0.05 < common < 0.35


def test_a_share_of_zero_changes_nothing() -> None:
    line = "Das Stellwerk brannte."
    assert add_hints(line, "The signal box burnt.", LEXICON, random.Random(1), 0.0) is line


@QUICK
@given(SEEDS)
def test_hints_can_be_taken_out_again(seed: int) -> None:
    source = "Das neue Stellwerk der Europäischen Zentralbank, ein Schloss, und der Zug."
    target = "The new signal box of the European Central Bank, a castle, and the train."
    line = add_hints(source, target, LEXICON, random.Random(seed), 1.0)
    assert re.sub(r" ⟪[^⟪⟫ ][^⟪⟫]*⟫", "", line) == source


@QUICK
@given(SEEDS, st.text(max_size=40))
def test_noise_never_fails_and_changes_little(seed: int, text: str) -> None:
    source = prepare(text)
    spoilt = add_noise(source, random.Random(seed))
    assert len(spoilt) <= 3 * len(source)
    assert re.findall(r"[0-9]", spoilt) == re.findall(r"[0-9]", source)


def test_noise_of_each_kind_appears() -> None:
    source = "Über die größeren Häuser schrieb niemand."
    spoilt = {add_noise(source, random.Random(seed)) for seed in range(300)}
    assert {source.lower(), source.upper(), source[:-1]} < spoilt
    assert "Ueber die groesseren Haeuser schrieb niemand." in spoilt
    assert len(spoilt) > 10


def values(text: str) -> list[str]:
    """The numbers of a text."""
    return sorted(re.findall(r"\d+(?:[.,]\d+)*", text))


@settings(derandomize=True, deadline=None, max_examples=400)
@given(SEEDS)
def test_numbers_stand_on_both_sides(seed: int) -> None:
    pair = synthesize_numbers(random.Random(seed))
    assert "{" not in pair.source + pair.target
    assert pair.source[0].isupper() or not pair.source[0].isalpha()
    ordinals = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", plain(pair.target))
    assert values(prepare(pair.source)) == values(ordinals)


@pytest.mark.parametrize("seed", range(5))
def test_numbers_are_written_the_german_way(seed: int) -> None:
    rng = random.Random(seed)
    text = " ".join(synthesize_numbers(rng).source for _ in range(200))
    assert re.search(r"\d,\d", text)
    assert re.search(r"\d\.\d{3}", text)
    assert re.search(r"\d\. (?:Januar|Februar|März|Mai|Juni|Juli|August)", text)


def test_an_augmenter_follows_its_shares_and_its_random_numbers() -> None:
    augment = Augmenter(LEXICON, {"hint": 1.0, "noise": 0.0, "lexicon": 0.1, "numbers": 0.2})
    pair = Pair("x", "Das Stellwerk brannte.", "The signal box burnt.")
    assert augment(pair, random.Random(2)) == augment(pair, random.Random(2))
    assert augment(pair, random.Random(2)).target == pair.target
    added = augment.synthetic(100, random.Random(1))
    assert [p.name for p in added].count("lexicon") == 10
    assert [p.name for p in added].count("numbers") == 20
    assert not any("+" in p.source for p in added)


def test_an_augmenter_without_shares_returns_the_pair_itself() -> None:
    augment = Augmenter(LEXICON, {})
    pair = Pair("x", "Das Stellwerk brannte.", "The signal box burnt.")
    assert augment(pair, random.Random(1)) is pair
    assert augment.synthetic(100, random.Random(1)) == []
