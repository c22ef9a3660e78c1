"""Support: a generated sentence finds the sentences it was made from."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.support import content, find_support

SENTENCES = [
    "The council of Bremen met on Monday to discuss the budget.",
    "Rain fell all night in the north.",
    "The new bridge will cost 35 million euros.",
    "Work on the bridge begins in May, the mayor said.",
    "Residents complained about noise.",
]


def test_a_copied_sentence_finds_itself() -> None:
    for n, sentence in enumerate(SENTENCES):
        assert find_support(sentence, SENTENCES, lang="en") == [n]


def test_a_fused_sentence_finds_both() -> None:
    fused = "The bridge, on which work begins in May, will cost 35 million euros."
    assert sorted(find_support(fused, SENTENCES, lang="en")) == [2, 3]


def test_inflection_does_not_hide_a_source() -> None:
    sources = ["Die Häuser wurden verkauft.", "Es regnete in den Wäldern."]
    assert find_support("Im Wald regnet es.", sources, lang="de") == [1]


def test_numbers_weigh_more_than_words() -> None:
    sources = ["The bridge is old and long and wide.", "It cost 35 euros."]
    assert find_support("The bridge: 35 euros.", sources, lang="en")[0] == 1


def test_attention_finds_what_shares_no_word() -> None:
    sources = ["Es regnete die ganze Nacht.", "Der Rat tagte."]
    assert find_support("The council met.", sources, lang="en") == []
    assert find_support("The council met.", sources, lang="en", attention={1: 0.8}) == [1]


def test_attention_decides_between_equals() -> None:
    sources = ["The bridge is closed.", "The bridge is closed."]
    assert find_support("The bridge.", sources, lang="en", attention={1: 0.5})[0] == 1


def test_no_more_are_returned_than_asked_for() -> None:
    everything = " ".join(SENTENCES[1:4])
    assert len(find_support(everything, SENTENCES, lang="en")) == 3
    assert len(find_support(everything, SENTENCES, lang="en", most=2)) == 2


def test_content_leaves_out_function_words() -> None:
    assert content("The council of the 35", "en") == {"council", "35"}


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=6))
def test_any_text_gets_places_that_exist(sentence: str, candidates: list[str]) -> None:
    found = find_support(sentence, candidates, lang="de")
    assert len(found) == len(set(found)) <= 3
    assert all(0 <= n < len(candidates) for n in found)
