"""Stand-ins for verbs: written around in German, inflected in English."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.adequacy import FILE, TranslationTable
from summlib.text.conjugation import conjugate, inflect
from summlib.text.lexicon import Lexicon
from summlib.text.masks import mask, unmask
from summlib.text.packed import write_table
from summlib.text.verbmasks import ENGLISH, GERMAN, Frame, Lemma, german_frame, is_verb
from summlib.training.corpus import Pair
from summlib.training.masking import Masker, count_forms
from summlib.training.verbmasking import rendered_verbs

LEXICON = Lexicon(
    {
        "ablehnen": "reject\t8",
        "zitieren": "quote\t8",
        "ziehen": "pull\t10",
        "zurückziehen": "withdraw\t7",
        "schreiben": "write\t12",
    }
)


@pytest.fixture
def table(tmp_path: Path) -> TranslationTable:
    path = tmp_path / FILE
    write_table(path, "\n\n")
    return TranslationTable(path, LEXICON)


@pytest.mark.parametrize(
    ("word", "infinitive", "written"),
    [
        ("zurückzog", "zurückziehen", "⟨mask⟩1te"),
        ("zurückzogen", "zurückziehen", "⟨mask⟩1ten"),
        ("zurückzieht", "zurückziehen", "⟨mask⟩1t"),
        ("zurückziehe", "zurückziehen", "⟨mask⟩1e"),
        ("zurückzuziehen", "zurückziehen", "zu ⟨mask⟩1en"),
        ("zurückgezogen", "zurückziehen", "ge⟨mask⟩1t"),
        ("abgelehnten", "ablehnen", "ge⟨mask⟩1ten"),
        ("weinenden", "weinen", "⟨mask⟩1enden"),
        ("entwickelt", "entwickeln", "⟨mask⟩1t"),  # present and participle alike
        ("umgestellt", "umstellen", "ge⟨mask⟩1t"),
        ("überprüfte", "überprüfen", "⟨mask⟩1te"),
    ],
)
def test_a_verb_keeps_its_form(word: str, infinitive: str, written: str) -> None:
    from summlib.records import Span

    frame = german_frame(word, infinitive)
    assert frame is not None
    span = Span(0, len(word))
    assert mask(word, [span], {span: frame}).text == written


@pytest.mark.parametrize(("word", "infinitive"), [("Haus", "hausen"), ("zog", "heben")])
def test_a_word_that_is_no_form_of_the_verb_has_no_frame(word: str, infinitive: str) -> None:
    assert german_frame(word, infinitive) is None


@given(st.sampled_from(["ausbauen", "nehmen", "entscheiden", "sammeln", "durchführen", "arbeiten"]))
def test_every_form_of_a_verb_has_a_frame(infinitive: str) -> None:
    forms = conjugate(infinitive) or conjugate(infinitive, parted=True)
    assert forms
    frames = {german_frame(form, infinitive) for form in forms.values()}
    assert frames <= {Frame(*around) for around in GERMAN.values()}


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("He ⟨mask⟩1ed his offer.", "withdraw", "He withdrew his offer."),
        ("It was ⟨mask⟩1en.", "turn off", "It was turned off."),
        ("She ⟨mask⟩1s it.", "carry", "She carries it."),
        ("They want to ⟨mask⟩1 it.", "stop", "They want to stop it."),
        ("a ⟨mask⟩1ing child", "cry", "a crying child"),
        ("an ⟨mask⟩1en plan", "reject", "a rejected plan"),
        ("It was ⟨mask⟩1.", "withdraw", "It was withdrawn."),
        ("They are also ⟨mask⟩1ed.", "withdraw", "They are also withdrawn."),
        ("It is ⟨mask⟩1ing.", "rise", "It is rising."),
        ("The plan is to ⟨mask⟩1 it.", "stop", "The plan is to stop it."),
    ],
)
def test_the_english_verb_comes_back_in_the_form_asked_for(
    text: str, lemma: str, expected: str
) -> None:
    assert unmask(text, [Lemma(lemma)]) == expected


def test_other_words_keep_what_is_written_behind_them() -> None:
    assert unmask("the ⟨mask⟩1s and ⟨mask⟩2's", ["ladder", "Kim"]) == "the ladders and Kim's"


@given(
    st.sampled_from(sorted(ENGLISH.values())), st.sampled_from(["take", "plan", "try", "put off"])
)
def test_no_ending_is_left_standing(ending: str, lemma: str) -> None:
    assert unmask(f"⟨mask⟩1{ending}", [Lemma(lemma)]) in set(inflect(lemma).values())


def test_vague_verbs_and_phrases_are_no_verbs_of_their_own() -> None:
    assert is_verb("turn off")
    assert not is_verb("be sick")
    assert not is_verb("sell one's house")


@pytest.mark.parametrize(
    ("source", "target", "masked"),
    [
        (
            "Er hat den Antrag abgelehnt.",
            "He has rejected the motion.",
            ("Er hat den Antrag ge⟨mask⟩1t.", "He has ⟨mask⟩1en the motion."),
        ),
        (
            "Er zurückzog die Klage.",
            "He withdrew the suit.",
            ("Er ⟨mask⟩1te die Klage.", "He ⟨mask⟩1ed the suit."),
        ),
        (
            "Das wird oft zitiert.",
            "It is often quoted.",
            ("Das wird oft ⟨mask⟩1t.", "It is often ⟨mask⟩1en."),
        ),
        (
            "Er wollte schreiben.",
            "He wanted to write.",
            ("Er wollte ⟨mask⟩1en.", "He wanted to ⟨mask⟩1."),
        ),
    ],
)
def test_verbs_are_masked_on_both_sides(
    table: TranslationTable, source: str, target: str, masked: tuple[str, str]
) -> None:
    masker = Masker(count_forms([]), 0.0, table=table, verbs=1.0)
    made = [masker(Pair("own", source, target), random.Random(seed)) for seed in range(20)]
    assert {(pair.source, pair.target) for pair in made} == {(source, target), masked}


def test_a_verb_whose_rendering_is_in_doubt_stays(table: TranslationTable) -> None:
    twice = Pair("own", "Er zitierte sie.", "He quoted her and she quoted him.")
    absent = Pair("own", "Er zitierte sie.", "He named her.")
    assert not list(rendered_verbs(twice, table))
    assert not list(rendered_verbs(absent, table))


@pytest.mark.parametrize("name", ["constructions", "front"])
def test_lines_that_turn_on_grammar_stay_whole(table: TranslationTable, name: str) -> None:
    pair = Pair(name, "Den Antrag hat er abgelehnt.", "He has rejected the motion.")
    masker = Masker(count_forms([]), 0.0, table=table, nouns=1.0, verbs=1.0)
    assert all(masker(pair, random.Random(seed)) == pair for seed in range(20))
