"""Sentences in the form the engine reads."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from summlib.adequacy import FILE, TranslationTable
from summlib.drafts import Drafter
from summlib.text.glossary import Glossary
from summlib.text.lexicon import Lexicon

NONE = Glossary({})


@pytest.fixture
def drafter(tmp_path: Path) -> Drafter:
    path = tmp_path / FILE
    rows = "\n\nZensur\tcensorship\nbeklagte\tdeplored\nStaaten\tstates\n"
    path.write_bytes(lzma.compress(rows.encode()))
    return Drafter(table=TranslationTable(path, Lexicon({})))


def test_nouns_become_stand_ins_and_other_words_hints(drafter: Drafter) -> None:
    sentence = "Er beklagte die Zensur."
    draft = drafter.told(sentence, NONE, ["beklagte", "Zensur"], stand_ins=True)
    assert draft is not None
    assert draft.text == "Er beklagte ⟪deplored⟫ die ⟨mask⟩1."
    assert draft.originals == ("censorship",)


def test_all_can_be_hints(drafter: Drafter) -> None:
    draft = drafter.told("Er beklagte die Zensur.", NONE, ["Zensur"], stand_ins=False)
    assert draft is not None
    assert (draft.text, draft.originals) == ("Er beklagte die Zensur ⟪censorship⟫.", ())


def test_the_first_word_is_no_noun_for_its_capital(drafter: Drafter) -> None:
    draft = drafter.told("Zensur ist verboten.", NONE, ["Zensur"], stand_ins=True)
    assert draft is not None
    assert draft.text == "Zensur ⟪censorship⟫ ist verboten."


def test_numbers_keep_their_stand_ins_beside_the_words(drafter: Drafter) -> None:
    draft = drafter.told("Seit 1973 gab es Zensur.", NONE, ["Zensur"], stand_ins=True)
    assert draft is not None
    assert draft.text == "Seit ⟨mask⟩1 gab es ⟨mask⟩2."
    assert draft.originals == ("1973", "censorship")


def test_no_more_stand_ins_than_there_are(drafter: Drafter) -> None:
    numbers = " ".join(str(n) for n in range(1001, 1010))
    draft = drafter.told(f"Es sind {numbers} Staaten.", NONE, ["Staaten"], stand_ins=True)
    assert draft is None or "states" not in draft.originals


def test_a_glossary_goes_before_the_table(drafter: Drafter) -> None:
    glossary = Glossary({"Zensur": "grade"})
    draft = drafter.told("Er beklagte die Zensur.", glossary, ["Zensur"], stand_ins=False)
    assert draft is not None
    assert "⟪grade⟫" in draft.text
    assert "censorship" not in draft.text


def test_words_that_nothing_is_known_of_make_no_draft(drafter: Drafter) -> None:
    assert drafter.told("Er kam.", NONE, ["kam"], stand_ins=True) is None


def test_the_barest_draft_holds_neither(drafter: Drafter) -> None:
    assert drafter.bare("Seit 1973 gilt 1,5.").text == "Seit 1973 gilt 1.5."


def test_terms_of_a_glossary_can_go_through_as_stand_ins(drafter: Drafter) -> None:
    draft = drafter.enforced("Seit 1973 gab es Zensur.", Glossary({"Zensur": "grade"}))
    assert draft.text == "Seit ⟨mask⟩1 gab es ⟨mask⟩2."
    assert draft.originals == ("1973", "grade")
