"""Infinitive clauses go behind the verb that they part from its noun."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.extraposition import infinitives_last


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Bereitgestellt wird Geld, wodurch das Ziel der Stadt, klimaneutral zu werden, "
            "gestärkt wird.",
            "Bereitgestellt wird Geld, wodurch das Ziel der Stadt gestärkt wird, klimaneutral "
            "zu werden.",
        ),
        (
            "Die Firma hat die Klage gegen das Verbot, Öl zu fördern, verloren.",
            "Die Firma hat die Klage gegen das Verbot verloren, Öl zu fördern.",
        ),
        (
            "Nachdem er den Rat, abzuwarten, abgelehnt hat, geht er.",
            "Nachdem er den Rat abgelehnt hat, abzuwarten, geht er.",
        ),
        (
            "Der Bund will die Pflicht, Daten zu löschen, ausweiten.",
            "Der Bund will die Pflicht ausweiten, Daten zu löschen.",
        ),
    ],
)
def test_the_verb_comes_to_its_noun(sentence: str, expected: str) -> None:
    assert infinitives_last(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Plan, die Schule zu schließen, scheiterte.",
        "Der Plan, die Schule zu schließen, wurde abgelehnt.",
        "Er kam, um die Schule zu schließen, verspätet an.",
        "Wer hofft, Geld zu sparen, verliert.",
        "Er hat versprochen, die Schule zu retten, und geht.",
        "Die Menschen sollen in der Stadt, ohne das Auto zu nutzen, leben können.",
    ],
)
def test_other_sentences_stay(sentence: str) -> None:
    assert infinitives_last(sentence) == sentence


@given(st.text(alphabet="aD zu,en.hat geTt", max_size=60))
def test_no_character_is_lost(text: str) -> None:
    assert sorted(infinitives_last(text)) == sorted(text)
