"""Verbs whose English is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from summlib.adequacy import TranslationTable
from summlib.drafts import Drafter
from summlib.text import verbs
from summlib.text.glossary import Glossary
from summlib.text.lexicon import Lexicon
from summlib.text.prepare import prepare
from summlib.text.verbs import verb_gloss, verb_hints

ROWS = [
    row.split("\t")
    for row in Path(verbs.__file__)
    .with_name("data")
    .joinpath("verbs.de-en.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
    if not row.startswith("#")
]


def test_the_list_is_sound() -> None:
    infinitives = [row[0] for row in ROWS]
    assert len(ROWS) > 1000
    assert infinitives == sorted(set(infinitives))
    for infinitive, english, bucket in ROWS:
        assert infinitive.isalpha(), infinitive
        assert infinitive.islower(), infinitive
        assert infinitive.endswith("n"), infinitive
        assert english == english.strip().lower(), infinitive
        assert english.split(" ")[0] not in ("to", "be"), infinitive
        assert 0 <= int(bucket) <= 20, infinitive


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("zurückwies", "reject"),
        ("zurückgewiesen", "reject"),
        ("zurückzuweisen", "reject"),
        ("umstellte", "switch"),
        ("veranschlagten", "estimate"),
        ("ausgebauten", "expand"),
        ("abgefahren", "depart"),
        ("geborgen", "recover"),
        ("geringen", ""),
        ("angenehmen", ""),
        ("Haus", ""),
        ("schön", ""),
    ],
)
def test_a_verb_is_known_in_its_forms(word: str, english: str) -> None:
    assert verb_gloss(word) == english


def test_only_rare_verbs_are_told_from_the_first_decoding() -> None:
    rare, common = "Man abriegelte das Viertel.", "Der Rat genehmigte den Bau."
    assert [hint.translation for hint in verb_hints(rare)] == ["cordon off"]
    assert verb_hints(common) == []
    assert [hint.translation for hint in verb_hints(common, rare=20)] == ["approve"]
    assert verb_hints(rare, rare=-1) == []


def test_a_lost_verb_is_told_where_it_stands() -> None:
    drafter = Drafter(table=TranslationTable(Path(), Lexicon({})))
    sentence = "Die Stadt stellt das Netz um."
    assert prepare(sentence) == "Die Stadt umstellt das Netz."
    draft = drafter.told(sentence, Glossary({}), ["umstellt"])
    assert draft is not None
    assert draft.text == "Die Stadt umstellt ⟪switch⟫ das Netz."
    assert drafter.told(sentence, Glossary({}), ["Netz"]) is None
