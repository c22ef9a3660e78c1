"""Parts of a sentence that is too long."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.clauses import split_clauses

quick = settings(derandomize=True, deadline=None, max_examples=200)
sentences = st.lists(
    st.sampled_from(["Er", "kam,", "sah;", "–", "siegte:", "Donaudampfschifffahrt", "und", "😀"])
).map(" ".join)


@pytest.mark.parametrize(
    ("max_chars", "parts"),
    [
        (99, ["Er kam, sah und siegte; dann ging er."]),
        (25, ["Er kam, sah und siegte;", "dann ging er."]),
        (18, ["Er kam,", "sah und siegte;", "dann ging er."]),
        (8, ["Er kam,", "sah und", "siegte;", "dann", "ging er."]),
        (4, ["Er", "kam,", "sah", "und", "sieg", "te;", "dann", "ging", "er."]),
    ],
)
def test_the_strongest_marks_come_first(max_chars: int, parts: list[str]) -> None:
    assert split_clauses("Er kam, sah und siegte; dann ging er.", max_chars=max_chars) == parts


@quick
@given(sentences, st.integers(1, 60))
def test_parts_fit_and_lose_nothing(sentence: str, max_chars: int) -> None:
    parts = split_clauses(sentence, max_chars=max_chars)
    assert all(len(part) <= max_chars for part in parts)
    assert "".join(parts).replace(" ", "") == sentence.replace(" ", "")


@quick
@given(sentences, st.integers(25, 60))
def test_words_stay_whole_where_they_fit(sentence: str, max_chars: int) -> None:
    assert " ".join(split_clauses(sentence, max_chars=max_chars)) == sentence


@quick
@given(st.text(st.characters(), min_size=1, max_size=80), st.integers(1, 30))
def test_any_text_is_cut(text: str, max_chars: int) -> None:
    parts = split_clauses(text, max_chars=max_chars)
    assert all(len(part) <= max_chars for part in parts)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")


def test_nothing_gives_at_most_an_empty_part() -> None:
    assert "".join(split_clauses("", max_chars=5)) == ""
