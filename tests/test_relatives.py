"""Relative clauses whose pronoun is the object, in the passive."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.relatives import object_clauses_passive

TURNED = [
    (
        "Sie stellte einen Antrag, den die zuständige Behörde innerhalb von zehn Tagen prüft.",
        "Sie stellte einen Antrag, der von der zuständigen Behörde innerhalb von zehn Tagen "
        "geprüft wird.",
    ),
    (
        "Der Baum, den seine Frau gepflanzt hat, blüht.",
        "Der Baum, der von seiner Frau gepflanzt wurde, blüht.",
    ),
    (
        "Das Projekt, das die Stiftung seit 2021 mit 870.000 Euro unterstützt, endet.",
        "Das Projekt, das von der Stiftung seit 2021 mit 870.000 Euro unterstützt wird, endet.",
    ),
    (
        "Es starben 40 Kühe, die der Landwirt gekauft hatte.",
        "Es starben 40 Kühe, die vom Landwirt gekauft worden waren.",
    ),
    (
        "Die Frau, die der Notarzt behandelte, lebt.",
        "Die Frau, die vom Notarzt behandelt wurde, lebt.",
    ),
    (
        "Der Plan, den der Präsident vorlegt, gilt.",
        "Der Plan, der vom Präsidenten vorgelegt wird, gilt.",
    ),
    (
        "Die Kürzungen, die der Senat am Dienstag beschloss, gelten.",
        "Die Kürzungen, die vom Senat am Dienstag beschlossen wurden, gelten.",
    ),
]
LEFT = [
    "Die Frau, die die Maus sah, floh.",
    "Die Lehrerin, die die Schüler unterrichtete, geht.",
    "Die Sozialarbeiterin, die die Familie betreute, geht.",
    "Der Mann, den die Frau kennt, lacht.",
    "Das Haus, das der Firma gehört, brennt.",
    "Der Weg, den der Rat nicht prüfte, blieb.",
    "Der Preis, den das Buch kostet, stieg.",
    "Es war ein Tor, das die Mannschaft hinnehmen musste.",
    "Der Lohn, den die Kommission anheben möchte, steigt.",
    "Der Tag, den der Chef sich nahm, war lang.",
]


@pytest.mark.parametrize(("sentence", "plain"), TURNED)
def test_an_object_clause_is_put_into_the_passive(sentence: str, plain: str) -> None:
    assert object_clauses_passive(sentence) == plain


@pytest.mark.parametrize("sentence", LEFT)
def test_what_is_not_sure_stays(sentence: str) -> None:
    assert object_clauses_passive(sentence) == sentence


@given(st.text(max_size=200))
def test_any_text_is_read_and_keeps_its_digits(text: str) -> None:
    assert re.findall(r"\d", object_clauses_passive(text)) == re.findall(r"\d", text)
