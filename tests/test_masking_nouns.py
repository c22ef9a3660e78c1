"""Nouns that go through as stand-ins in training, beside the word that renders them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from summlib.adequacy import FILE, TranslationTable
from summlib.text.lexicon import Lexicon
from summlib.text.masks import unmask
from summlib.text.packed import write_table
from summlib.text.stems import german_stem
from summlib.training.corpus import Pair
from summlib.training.masking import Masker, count_forms

PAIR = Pair("own", "Der Rat beklagte die Zensur.", "The council deplored the censorship.")


@pytest.fixture
def table(tmp_path: Path) -> TranslationTable:
    rows = {"Zensur": "97\tcensorship", "Rat": "90\tcouncil advic"}
    path = tmp_path / FILE
    text = "".join(f"{german_stem(word)}\t{row}\n" for word, row in rows.items())
    write_table(path, f"{text}\n\n")
    return TranslationTable(path, Lexicon({}))


def masked(pair: Pair, table: TranslationTable, share: float) -> set[tuple[str, str]]:
    masker = Masker(count_forms([]), 0.0, table=table, nouns=share)
    made = [masker(pair, random.Random(seed)) for seed in range(40)]
    return {(pair.source, pair.target) for pair in made}


def test_a_noun_and_its_rendering_get_the_same_stand_in(table: TranslationTable) -> None:
    pairs = masked(PAIR, table, 1.0)
    both = "Der ⟨mask⟩1 beklagte die ⟨mask⟩2.", "The ⟨mask⟩1 deplored the ⟨mask⟩2."
    assert pairs == {(PAIR.source, PAIR.target), both}
    assert unmask(both[1], ["council", "censorship"]) == PAIR.target


def test_without_a_share_nothing_is_masked(table: TranslationTable) -> None:
    assert masked(PAIR, table, 0.0) == {(PAIR.source, PAIR.target)}


def test_a_rendering_that_stands_twice_is_in_doubt(table: TranslationTable) -> None:
    twice = Pair("own", "Er beklagte die Zensur.", "He deplored censorship, all censorship.")
    assert masked(twice, table, 1.0) == {(twice.source, twice.target)}
