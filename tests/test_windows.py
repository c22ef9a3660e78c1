"""Windows: nothing lost, nothing too long, about equally long."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.windows import pack

ADDED = 2


def words(texts: Sequence[str]) -> list[int]:
    """Count as a model does that adds two pieces to each text."""
    return [len(text.split()) + ADDED for text in texts]


def letters(texts: Sequence[str]) -> list[int]:
    return [len(text) + ADDED for text in texts]


def test_what_fits_stays_in_one_window() -> None:
    (window,) = pack(["Ein Satz.", "Noch einer."], lengths=words, limit=6)
    assert window.text == "Ein Satz. Noch einer."
    assert window.members == (0, 1)


def test_windows_end_with_sentences() -> None:
    sentences = ["Eins zwei drei.", "Vier fünf.", "Sechs.", "Sieben acht neun."]
    windows = pack(sentences, lengths=words, limit=7)
    assert [w.members for w in windows] == [(0, 1), (2, 3)]


def test_windows_are_about_equally_long() -> None:
    sizes = [len(w.text.split()) for w in pack(["a b c."] * 34, lengths=words, limit=102)]
    assert sum(sizes) == 102
    assert max(sizes) - min(sizes) <= 3


def test_more_windows_than_needed_can_be_asked_for() -> None:
    windows = pack(["a b c."] * 12, lengths=words, limit=100, least=3)
    assert [len(w.parts) for w in windows] == [4, 4, 4]
    assert len(pack(["a.", "b."], lengths=words, limit=100, least=9)) == 2


def test_a_sentence_beyond_the_window_is_cut_between_clauses() -> None:
    long = "er kam und sah; sie blieb und schwieg; alle anderen gingen"
    windows = pack(["Ja.", long], lengths=words, limit=6)
    assert " ".join(w.text for w in windows) == f"Ja. {long}"
    assert max(words([w.text for w in windows])) <= 6
    assert {part.member for w in windows for part in w.parts} == {0, 1}


def test_a_word_beyond_the_window_is_cut_between_letters() -> None:
    windows = pack(["x" * 50], lengths=letters, limit=12)
    assert "".join(w.text for w in windows).replace(" ", "") == "x" * 50
    assert max(letters([w.text for w in windows])) <= 12


def test_joined_sentences_that_take_more_than_their_sum_are_halved() -> None:
    def growing(texts: Sequence[str]) -> list[int]:
        return [len(text.split()) ** 2 + ADDED for text in texts]

    windows = pack(["a b.", "c.", "d e.", "f."], lengths=growing, limit=11)
    assert max(growing([w.text for w in windows])) <= 11


def test_nothing_gives_no_window() -> None:
    assert pack([], lengths=words, limit=9) == []


@pytest.mark.parametrize("count", [words, letters])
@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    sentences=st.lists(
        st.lists(st.text("abc,;:", min_size=1, max_size=12), min_size=1, max_size=12).map(" ".join),
        max_size=12,
    ),
    limit=st.integers(4, 40),
    least=st.integers(1, 5),
)
def test_no_text_is_lost_and_no_window_too_long(
    count: object, sentences: list[str], limit: int, least: int
) -> None:
    assert callable(count)
    windows = pack(sentences, lengths=count, limit=limit, least=least)
    assert "".join("".join(w.text.split()) for w in windows) == "".join(
        "".join(s.split()) for s in sentences
    )
    assert all(n <= limit for n in count([w.text for w in windows]))
    members = [part.member for w in windows for part in w.parts]
    assert members == sorted(members)
    assert set(members) == set(range(len(sentences)))
