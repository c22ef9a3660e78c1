"""Whether a translation turns round who does what."""

from __future__ import annotations

from pathlib import Path

import pytest

from summlib.adequacy import FILE, TranslationTable
from summlib.rendering import Rendering
from summlib.text.lexicon import Lexicon
from summlib.text.packed import write_table
from summlib.turned import turns_round

NOUNS = {
    "Land": "state",
    "Regierung": "government",
    "Gesetz": "law",
    "Mann": "man",
    "Frau": "woman",
    "Rennen": "race",
    "Kenianer": "Kenyan",
}


@pytest.fixture
def table(tmp_path: Path) -> TranslationTable:
    write_table(tmp_path / FILE, "\n\n")
    lexicon = Lexicon({noun: f"{english}\t9" for noun, english in NOUNS.items()})
    return TranslationTable(tmp_path / FILE, lexicon)


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "Die Regierung beschloss ein Gesetz.",
            "The government passed a law.",
            "A law decided the government.",
        ),
        (
            "Der Mann drohte der Frau.",
            "The man threatened the woman.",
            "The woman threatened the man.",
        ),
        (
            "Die Landesregierung hat das neue Gesetz abgelehnt.",
            "The state government rejected the new law.",
            "The new law rejected the state government.",
        ),
        (
            "Die Regierung beschloss ein Gesetz.",
            "A law was passed by the government.",
            "A law passed the government.",
        ),
    ],
)
def test_the_one_who_acts_comes_first(
    table: TranslationTable, source: str, right: str, wrong: str
) -> None:
    assert not turns_round(source, right, table)
    assert turns_round(source, wrong, table)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Das Rennen gewann ein Kenianer.", "A Kenyan won the race."),  # a race acts on nobody
        ("Der Frau half ein Mann.", "A man helped the woman."),  # a dative
        ("Die Regierung ist das Gesetz.", "The law is the government."),
        ("Die Regierung beschloss ein Dekret.", "A decree decided the government."),  # not known
        ("Regierung und Gesetz.", "Law and government."),
    ],
)
def test_other_sentences_are_left_alone(table: TranslationTable, source: str, target: str) -> None:
    assert not turns_round(source, target, table)


def test_what_is_turned_round_loses_against_what_is_not() -> None:
    assert Rendering("right", score=-0.4).beats(Rendering("wrong", score=-0.2, turned=True))
