"""Stand-ins go out and come back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.records import Span
from summlib.text.masks import MARK, MOST, find_numbers, is_number, lost, mask, unmask
from summlib.text.verbmasks import Told

quick = settings(derandomize=True, deadline=None, max_examples=100)
plain = st.text(st.characters(exclude_characters="⟨⟩"), max_size=60)


@st.composite
def cut(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Draw a text with stretches that are in order, apart and not followed by a digit."""
    text = draw(plain)
    edges = sorted(draw(st.sets(st.integers(0, len(text)), max_size=24)))
    spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    return text, [s for s in spans if not text[s.end : s.end + 1].isdigit()]


@quick
@given(cut())
def test_unmask_undoes_mask(drawn: tuple[str, list[Span]]) -> None:
    text, spans = drawn
    masked = mask(text, spans)
    assert unmask(masked.text, masked.originals) == text
    assert lost(masked.text, masked.originals) == []
    assert len(masked.originals) == min(len(spans), MOST)


def test_past_the_ninth_stays() -> None:
    text = "abcdefghijkl"
    masked = mask(text, [Span(i, i + 1) for i in range(len(text))])
    assert masked.text.endswith(f"{MARK}9jkl")
    assert masked.originals == tuple("abcdefghi")


def test_nothing_to_mask() -> None:
    assert mask("Ein Satz.", []).text == "Ein Satz."
    assert unmask("A sentence.", []) == "A sentence."


@pytest.mark.parametrize(
    ("text", "count", "whole"),
    [
        (f"{MARK}1 and {MARK}2", 2, True),
        (f"{MARK}2 and {MARK}1", 2, True),
        (f"{MARK} 1", 1, True),
        (f"{MARK}1", 2, False),
        (f"{MARK}1 {MARK}1", 2, False),
        (f"{MARK}1 {MARK}1", 1, False),
        (f"{MARK}3", 1, False),
        (f"{MARK}", 0, False),
        ("", 0, True),
        ("", 1, False),
    ],
)
def test_what_is_lost_is_seen(text: str, count: int, whole: bool) -> None:
    assert (lost(text, ["Ulm", "Kim"][:count]) == []) is whole


def test_a_word_that_was_told_may_be_missing_but_not_double() -> None:
    assert lost("He came.", [Told("ladder")]) == []
    assert lost(f"{MARK}1 and {MARK}1", [Told("ladder")]) == ["ladder"]


def test_a_stand_in_for_nothing_vanishes() -> None:
    assert unmask(f"Mr {MARK}2 came.", ["Meier"]) == "Mr  came."


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("2032 sind es 61.7 statt 9 km.", ["2032", "61.7"]),
        ("1,234.5 und 16:30", ["1,234.5", "16:30"]),
        ("am 20 September", []),
        ("B2B und 100er und x100", []),
        ("100.", ["100"]),
        ("", []),
    ],
)
def test_numbers_worth_copying(sentence: str, numbers: list[str]) -> None:
    assert [span.of(sentence) for span in find_numbers(sentence)] == numbers


@quick
@given(st.text("0123456789.,: x-", max_size=30))
def test_what_is_found_is_a_number(sentence: str) -> None:
    assert all(is_number(span.of(sentence)) for span in find_numbers(sentence))
