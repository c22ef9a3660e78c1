"""Sentences in the form the engine reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from summlib import Translator, drafts
from summlib.adequacy import FILE, TranslationTable
from summlib.drafts import Drafter
from summlib.text.glossary import Glossary
from summlib.text.lexicon import Hint, Lexicon
from summlib.text.packed import write_table

NONE = Glossary({})


@pytest.fixture
def drafter(tmp_path: Path) -> Drafter:
    path = tmp_path / FILE
    rows = "\n\nZensur\tcensorship\nbekrittelte\tfaulted\nStaaten\tstates\n"
    write_table(path, rows)
    return Drafter(table=TranslationTable(path, Lexicon({})))


def test_nouns_become_stand_ins_and_other_words_hints(drafter: Drafter) -> None:
    sentence = "Er bekrittelte die Zensur."
    draft = drafter.told(sentence, NONE, ["bekrittelte", "Zensur"])
    assert draft is not None
    assert draft.text == "Er bekrittelte ⟪faulted⟫ die ⟨mask⟩1."
    assert draft.originals == ("censorship",)


def test_hints_alone_make_a_draft(drafter: Drafter) -> None:
    draft = drafter.told("Er bekrittelte das.", NONE, ["bekrittelte"])
    assert draft is not None
    assert (draft.text, draft.originals) == ("Er bekrittelte ⟪faulted⟫ das.", ())


def test_the_first_word_is_no_noun_for_its_capital(drafter: Drafter) -> None:
    alone = drafter.told("Zensur ist verboten.", NONE, ["Zensur"])
    assert alone is not None
    assert alone.text == "Zensur ⟪censorship⟫ ist verboten."
    draft = drafter.told("Staaten verbieten Zensur.", NONE, ["Staaten", "Zensur"])
    assert draft is not None
    assert draft.text == "Staaten ⟪states⟫ verbieten ⟨mask⟩1."


def test_numbers_keep_their_stand_ins_beside_the_words(drafter: Drafter) -> None:
    draft = drafter.told("Seit 1973 gab es Zensur.", NONE, ["Zensur"])
    assert draft is not None
    assert draft.text == "Seit ⟨mask⟩1 gab es ⟨mask⟩2."
    assert draft.originals == ("1973", "censorship")


def test_no_more_stand_ins_than_there_are(drafter: Drafter) -> None:
    numbers = " ".join(str(n) for n in range(1001, 1010))
    draft = drafter.told(f"Es sind {numbers} Staaten.", NONE, ["Staaten"])
    assert draft is None or "states" not in draft.originals


def test_what_was_told_first_is_told_again(tmp_path: Path) -> None:
    write_table(tmp_path / FILE, "\n\nZensur\tcensorship\n")
    drafter = Drafter(
        table=TranslationTable(tmp_path / FILE, Lexicon({})),
        hints=lambda text, glossary: [Hint(3, 14, "marvel")],
    )
    draft = drafter.told("Er bekrittelte die Zensur.", NONE, ["Zensur"])
    assert draft is not None
    assert draft.text == "Er bekrittelte ⟪marvel⟫ die ⟨mask⟩1."


def test_nouns_are_told_in_the_number_they_stand_in(tmp_path: Path) -> None:
    write_table(tmp_path / FILE, "\n\nLeitungen\tline\nLeitung\tline\nDaten\tdata\nDatum\tdate\n")
    lexicon = Lexicon({"Leitung": "pipe\t9", "Datum": "date\t9", "Haus": "house\t9"})
    drafter = Drafter(table=TranslationTable(tmp_path / FILE, lexicon))
    sentence = "Es geht um Leitungen, Daten und Hausleitungen."
    draft = drafter.told(sentence, NONE, ["Leitungen", "Daten", "Hausleitungen"])
    assert draft is not None
    assert draft.originals == ("lines", "data", "house pipes")


def test_a_glossary_goes_before_the_table(drafter: Drafter) -> None:
    glossary = Glossary({"bekrittelte": "marvelled"})
    words = ["bekrittelte", "Zensur"]
    draft = drafter.told("Er bekrittelte die Zensur.", glossary, words)
    assert draft is not None
    assert draft.text == "Er bekrittelte ⟪marvelled⟫ die ⟨mask⟩1."


def test_words_that_nothing_is_known_of_make_no_draft(drafter: Drafter) -> None:
    assert drafter.told("Er kam.", NONE, ["kam"]) is None


def test_the_barest_draft_holds_neither(drafter: Drafter) -> None:
    assert drafter.bare("Seit 1973 gilt 1,5.").text == "Seit 1973 gilt 1.5."


def test_terms_of_a_glossary_can_go_through_as_stand_ins(drafter: Drafter) -> None:
    draft = drafter.enforced("Seit 1973 gab es Zensur.", Glossary({"Zensur": "grade"}))
    assert draft.text == "Seit ⟨mask⟩1 gab es ⟨mask⟩2."
    assert draft.originals == ("1973", "grade")


@pytest.fixture
def lexical(tmp_path: Path) -> Drafter:
    path = tmp_path / FILE
    write_table(path, "\n\nmarode\tailing\nunterlegenen\tdefeated\n")
    listed = {
        "marode": "ailing\t2",
        "unterlegen": "inferior\t9",
        "zitieren": "quote\t8",
        "offen": "open\t12",
    }
    return Drafter(table=TranslationTable(path, Lexicon(listed)), verbs=True)


@pytest.mark.parametrize(
    ("sentence", "word", "text", "english"),
    [
        ("Sie war marode.", "marode", "Sie war ⟨mask⟩1.", "ailing"),
        ("Er dankte den unterlegenen Leuten.", "unterlegenen", None, "defeated"),
        ("Sie zitierten ihn.", "zitierten", "Sie ⟨mask⟩1ten ihn.", "quote"),
        ("Er zieht es zurück.", "zurückzieht", "Er ⟨mask⟩1t es.", "withdraw"),
        ("Er hat es abgelehnt.", "abgelehnt", "Er hat es ge⟨mask⟩1t.", "reject"),
        ("Sie droht, es abzulehnen.", "abzulehnen", "Sie droht, es zu ⟨mask⟩1en.", "reject"),
        ("Die Tür ist offen.", "offen", "Die Tür ist offen ⟪open⟫.", None),
    ],
)
def test_adjectives_and_verbs_go_through_in_english(
    lexical: Drafter, sentence: str, word: str, text: str | None, english: str | None
) -> None:
    draft = lexical.told(sentence, NONE, [word])
    assert draft is not None
    assert draft.text == (text or sentence.replace(word, "⟨mask⟩1"))
    assert draft.originals == ((english,) if english else ())


def test_verbs_get_hints_where_the_model_knows_no_stand_ins_for_them(lexical: Drafter) -> None:
    lexical.verbs = False
    draft = lexical.told("Er hat es abgelehnt.", NONE, ["abgelehnt"])
    assert draft is not None
    assert draft.text == "Er hat es abgelehnt ⟪reject⟫."


@pytest.mark.parametrize(
    ("sentence", "text", "english"),
    [
        ("Die marode Zensur half ihm.", "Der marode ⟨mask⟩1 half ihm.", ("censorship",)),
        ("Das Zensuren half ihm.", None, ()),  # not known
        ("Die Zensur halfen ihm.", None, ()),  # a plural verb: the article would be wrong
        ("Er half der Zensur sehr.", None, ()),
    ],
)
def test_a_subject_is_marked_where_its_form_does_not_show_it(
    drafter: Drafter, sentence: str, text: str | None, english: tuple[str, ...]
) -> None:
    draft = drafter.marked(sentence, NONE)
    assert (draft.text if draft else None) == text
    assert (draft.originals if draft else ()) == english


def test_rare_verbs_go_through_from_the_first_decoding(lexical: Drafter) -> None:
    assert lexical.draft("Sie überholzten es.", NONE).originals == ()
    draft = lexical.draft("Sie forsten den Hang auf.", NONE)
    assert (draft.text, draft.originals) == ("Sie ⟨mask⟩1en den Hang.", ("reforest",))


def test_a_term_of_the_glossary_is_not_said_in_other_words() -> None:
    sentence = "Die Kassen zahlen den Patienten nichts."
    assert drafts._meant(sentence, Glossary({})) == "Die Krankenkassen zahlen den Patienten nichts."
    assert drafts._meant(sentence, Glossary({"Kassen": "funds"})) == sentence


def test_a_dateline_is_put_into_english_apart(bundled_model: Path) -> None:
    drafter = Drafter(table=TranslationTable(Path("missing") / FILE, Lexicon({})))
    line = "Altenvoerde (dpa) - Es taut seit gestern früh."
    assert drafter.dateline(line) == ("Altenvoerde (dpa) - ", "Altenvoerde (dpa) - ")
    assert drafter.dateline("Altenvoerde - Ein Überblick.") == ("", "")  # a heading
    model = Translator(str(bundled_model)).renderer.drafter
    assert model is not None
    dated = "Köln, 3. März (Reuters) - Es taut seit gestern früh."
    assert model.dateline(dated)[1] == "Cologne, 3 March (Reuters) - "
    assert model.dateline("KÖLN - Es taut seit gestern früh.")[1] == "COLOGNE - "
    unlisted = "Altenvoerde - Es taut seit gestern früh."  # ends as "Erde" does
    assert model.dateline(unlisted) == ("Altenvoerde - ", "Altenvoerde - ")
    assert model.dateline("Beherbergungsstatistik - Es taut seit gestern früh.") == ("", "")
    assert model.dateline("Politik - Ein Überblick über die Woche.") == ("", "")
    assert model.dateline("Wetter - Es taut seit gestern früh.") == ("", "")
