"""Word forms and compounds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.compounds import (
    Part,
    Splitter,
    adjective_lemmas,
    gerund,
    lemmas,
    noun_lemmas,
    spellings,
    split,
    stem,
    verb_lemmas,
)

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
GERMAN = st.text("abcdefghiklmnoprstuvwzäöüßABDEGHKMSTÄÖÜ", min_size=1, max_size=24)

KNOWN = {
    "Haus": ("house", 10),
    "Tür": ("door", 8),
    "Leistung": ("performance", 9),
    "hoch": ("high", 11),
    "Rechenzentrum": ("computing center", 4),
    "Kranke": ("sick person", 5),
    "krankenhaus+": ("hospital", 7),
    "Bett": ("bed", 8),
    "Kommission": ("commission", 9),
    "fahren": ("drive", 10),
    "Verbot": ("ban", 7),
    "Kampf": ("fight", 9),
    "+Kampf": ("campaign", 9),
    "Wahl": ("election", 9),
    "Ei": ("egg", 3),
}


def read(headword: str) -> Part | None:
    if headword not in KNOWN:
        return None
    return Part(headword, *KNOWN[headword])


def gloss(word: str) -> str:
    return " ".join(part.translation for part in Splitter(read).parts(word))


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("Häusern", "Haus"),
        ("Zentren", "Zentrum"),
        ("Museums", "Museum"),
        ("Zeugnisse", "Zeugnis"),
        ("Lehrerinnen", "Lehrerin"),
        ("Themen", "Thema"),
        ("Ministerien", "Ministerium"),
        ("Mütter", "Mutter"),
        ("Radios", "Radio"),
        ("Jugendlichen", "Jugendlicher"),
        ("Globen", "Globus"),
    ],
)
def test_noun_forms_lead_to_their_lemma(form: str, lemma: str) -> None:
    assert lemma in noun_lemmas(form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("schöne", "schön"),
        ("leisen", "leise"),
        ("älteste", "alt"),
        ("schönerem", "schön"),
        ("dunkle", "dunkel"),
        ("teures", "teuer"),
        ("spielende", "spielen"),
        ("verkauften", "verkaufen"),
    ],
)
def test_adjective_forms_lead_to_their_lemma(form: str, lemma: str) -> None:
    assert lemma in adjective_lemmas(form)


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("kaufte", "kaufen"),
        ("wandert", "wandern"),
        ("lächle", "lächeln"),
        ("gekauft", "kaufen"),
        ("abgesprungen", "abspringen"),
        ("abzuspringen", "abspringen"),
        ("geritten", "reiten"),
        ("gebissen", "beißen"),
        ("versprochen", "versprechen"),
        ("läuft", "laufen"),
        ("schrieb", "schreiben"),
    ],
)
def test_verb_forms_lead_to_their_infinitive(form: str, lemma: str) -> None:
    assert lemma in verb_lemmas(form)


def test_a_capital_makes_a_noun_before_anything_else() -> None:
    order = list(lemmas("Essen"))
    assert order[0] == "Essen"
    assert order.index("essen") > order.index("Ess")


def test_other_spellings() -> None:
    assert "Straße" in spellings("Strasse")
    assert "Schloss" in spellings("Schloß")
    assert "Häuser" in spellings("Haeuser")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Roten", "Rotes"), ("Häusern", "Haus"), ("Banken", "Bank"), ("Autos", "Auto")],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Haustüren", "house door"),
        ("Hochleistungsrechenzentren", "high performance computing center"),
        ("Krankenhausbetten", "hospital bed"),
        ("Fahrverbote", "driving ban"),
        ("Wahlkampf", "election campaign"),
        ("EU-Kommission", "EU commission"),
        ("Wahl-Kommission", "election commission"),
        ("Merkel-Kommission", "Merkel commission"),
    ],
)
def test_compounds_of_known_parts(word: str, expected: str) -> None:
    assert gloss(word) == expected


@pytest.mark.parametrize(
    "word", ["Zitronentür", "Haustürzitrone", "Eierhaus", "haustür", "HAUSTÜR"]
)
def test_no_compound_without_knowing_every_part(word: str) -> None:
    assert gloss(word) == ""


def test_fewest_parts_win_and_then_the_commonest() -> None:
    buckets = {"bau": 2, "stelle": 8, "baust": 9, "elle": 9, "baus": 9, "telle": 1, "st": 9}
    table = {text: Part(text, text, bucket) for text, bucket in buckets.items()}
    parts = split("Baustelle", modifier=table.get, head=table.get)
    assert [p.text for p in parts] == ["baust", "elle"]


@pytest.mark.parametrize(
    ("verb", "name"),
    [("drive", "driving"), ("plan", "planning"), ("see", "seeing"), ("pay", "paying")],
)
def test_gerund(verb: str, name: str) -> None:
    assert gerund(verb) == name


@QUICK
@given(GERMAN)
def test_every_word_is_its_own_first_lemma_and_no_lemma_is_empty(word: str) -> None:
    found = list(lemmas(word))
    assert found[0] == word
    assert all(found)


@QUICK
@given(st.lists(st.sampled_from(["Haus", "Bett", "Leistung", "Wahl"]), min_size=2, max_size=4))
def test_parts_cover_the_word_up_to_linking_elements(nouns: list[str]) -> None:
    word = "".join(nouns).capitalize()
    parts = Splitter(read).parts(word)
    assert [p.text for p in parts] == [n.lower() for n in nouns]
