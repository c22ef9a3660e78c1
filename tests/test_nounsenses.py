"""Ambiguous nouns in words of one meaning, set phrases in plainer ones."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text import nounsenses as module
from summlib.text.nounsenses import disambiguate, say_plainly

ROWS = [
    "Absatz/Absätze\tVerkauf/Verkäufe\tautobauer händler",
    "Absatz/Absätze\tAbschnitt/Abschnitte\tgesetz",
    "Kasse/Kassen\tKrankenkasse/Krankenkassen\tpatient patienten",
]


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a few rows in the place of the table."""
    found = module.nouns_of(ROWS)
    monkeypatch.setattr(module, "_nouns", lambda: found)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("Der Absatz des Autobauers fiel.", "Der Verkauf des Autobauers fiel."),
        ("Händler loben die Absätze.", "Händler loben die Verkäufe."),
        ("Wegen des Absatzes klagen Händler.", "Wegen des Verkaufs klagen Händler."),
        ("Patienten der Kassen zahlen.", "Patienten der Krankenkassen zahlen."),
        ("Der Absatz im Gesetz für Händler fehlt.", "Der Absatz im Gesetz für Händler fehlt."),
        ("Der Absatz ist lang.", "Der Absatz ist lang."),
        ("Der Absatzmarkt der Autobauer wächst.", "Der Absatzmarkt der Autobauer wächst."),
    ],
)
def test_cues_decide_for_one_sense(sentence: str, plain: str) -> None:
    assert disambiguate(sentence) == plain


def test_set_phrases_are_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"im Zuge": [("im Zuge der", "bei der")], "im": [("im Zuge der", "bei der")]}
    monkeypatch.setattr(module, "_phrases", lambda: table)
    assert say_plainly("Das geschah im Zuge der Reform.") == "Das geschah bei der Reform."
    assert say_plainly("Das geschah im Zuge derer.") == "Das geschah im Zuge derer."
    assert say_plainly("Er saß im Zuge.") == "Er saß im Zuge."


def test_the_tables_are_sound() -> None:
    for row in module.noun_rows():
        noun, plain, cues = row.split("\t")
        assert noun.count("/") <= plain.count("/"), row
        assert len(cues.split()) >= 3, row
        assert noun.split("/")[0] != plain.split("/")[0], row
    for phrase, plain in module.set_phrases().items():
        assert plain
        assert phrase != plain
        assert not re.search(r"\d", phrase + plain), phrase
        assert say_plainly(f"x {phrase}.") == f"x {plain}."


@given(st.text(max_size=200))
def test_any_text_is_read_and_keeps_its_digits(text: str) -> None:
    made = say_plainly(disambiguate(text))
    assert re.findall(r"\d", made) == re.findall(r"\d", text)
