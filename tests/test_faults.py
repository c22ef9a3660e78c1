"""Loops, odd lengths and what was left untranslated."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.faults import (
    MAX_RATIO,
    MIN_RATIO,
    RATIO_FROM,
    find_faults,
    find_lost,
    repeats,
    stands_in_told,
)
from summlib.records import Finding, Span
from summlib.text.masks import MARK
from summlib.text.verbmasks import Told

quick = settings(derandomize=True, deadline=None, max_examples=100)


def kinds(source: str, target: str) -> list[str]:
    return [finding.kind for finding in find_faults(source, target)]


@pytest.mark.parametrize(
    "text",
    [
        "residents residents residents",
        "The The the end",
        "of the town of the town of the town",
        "He said, he said, he said.",
        "a b c d x a b c d y a b c d",
    ],
)
def test_loops(text: str) -> None:
    assert repeats(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "the", "the end", "New York, New York", "Very, very good", "1 1 1 1 1"),
        *("the town and the state and the country", "Bora Bora", "He had had a good time."),
    ],
)
def test_no_loops(text: str) -> None:
    assert not repeats(text)


@quick
@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=6), st.integers(3, 6))
def test_any_run_three_times_is_a_loop(run: list[str], times: int) -> None:
    assert repeats(" ".join(run * times))


@quick
@given(st.lists(st.text("abcdefghijklmnop", min_size=3, max_size=8), unique=True))
def test_different_words_never_loop(words: list[str]) -> None:
    assert not repeats(" ".join(words))


def test_a_loop_of_the_source_is_no_fault() -> None:
    assert kinds("nein nein nein", "no no no") == []
    assert kinds("Nein danke.", "no no no") == ["repeated"]


SOURCE = "Der Rat der Stadt hat am Montag getagt."


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (int(len(SOURCE) * MIN_RATIO) - 1, ["short"]),
        (int(len(SOURCE) * MIN_RATIO) + 1, []),
        (int(len(SOURCE) * MAX_RATIO), []),
        (int(len(SOURCE) * MAX_RATIO) + 1, ["long"]),
        (0, ["short"]),
    ],
)
def test_lengths_far_from_the_source(length: int, expected: list[str]) -> None:
    assert kinds(SOURCE, "x" * length) == expected


def test_short_sources_say_nothing_of_length() -> None:
    assert kinds("x" * (RATIO_FROM - 1), "y") == []
    assert kinds("x" * RATIO_FROM, "y") == ["short"]


def test_left_as_it_was() -> None:
    assert kinds("Der Rat tagt heute.", "Der Rat tagt heute.") == ["untranslated"]
    assert kinds("Apple iPhone Pro", "Apple iPhone Pro") == []


@quick
@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_every_fault_is_an_error_with_a_message(source: str, target: str) -> None:
    for finding in find_faults(source, target):
        assert finding.severity == "error"
        assert finding.message


def test_only_what_must_be_copied_is_reported_as_lost() -> None:
    assert find_lost(f"{MARK}1 came.", ["Kim"], "Kim kam.", "Kim came.") == ()
    (found,) = find_lost("She came.", ["Kim"], "Kim kam.", "She came.")
    assert found.kind == "copied"
    assert '"Kim"' in found.message
    assert find_lost("It stood.", [Told("ladder")], "Die Leiter stand.", "It stood.") == ()
    assert find_lost("See it.", [], "Siehe https://a.example/b.", "See it.")


def test_a_number_is_spared_only_where_it_stands_in_the_term() -> None:
    target = "The 5 players got a 15-minute penalty."
    told = [Told("15-minute penalty")]
    alone, inside = (
        Finding("quantity", "?", target=Span(at, at + n)) for at, n in ((4, 1), (20, 2))
    )
    assert not stands_in_told(alone, target, told)
    assert stands_in_told(inside, target, told)
    assert not stands_in_told(inside, target, ["15-minute penalty"])
    assert not stands_in_told(Finding("quantity", "?", source=Span(0, 1)), target, told)
