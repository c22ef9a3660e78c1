"""The dictionary, the hints it gives, and the recipe that builds it."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import InputError
from summlib.text.glossary import Glossary
from summlib.text.lexicon import Lexicon, annotate
from summlib.text.packed import read_table
from summlib.text.prepare import prepare
from summlib.text.terms import words
from summlib.training.corpus import Pair
from summlib.training.lexicon import PartEvidence, build, clean, read_lists
from summlib.training.reference import Reference, english_stem

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
SHIPPED = Path(__file__).resolve().parents[1] / "models" / "de-en" / "lexicon.rows"

LEXICON = Lexicon(
    {
        "Stellwerk": "signal box\t0",
        "Weiche": "switch|points\t2",
        "Haus": "house|building\t12",
        "Straße": "street\t9",
        "der": "\t20",
        "die": "\t20",
        "essen": "eat\t9",
        "Essen": "Essen|food\t8",
        "Peter": "Peter\t8",
        "Maurer": "bricklayer\t1",
        "Bier": "beer\t6",
        "Mann": "man\t12",
        "Rechen": "rake\t1",
        "Kessel": "boiler\t2",
        "rosten": "rust\t1",
        "wanken": "sway|stagger|totter\t1",
        "Rotes Kreuz": "Red Cross\t3",
        "bekannt": "\t3",
    }
)


def told(sentence: str, **options: int) -> list[str]:
    return [h.translation for h in LEXICON.hints(sentence, **options)]


@pytest.mark.parametrize(
    ("word", "headword"),
    [
        ("Häusern", "Haus"),
        ("Strasse", "Straße"),
        ("Haeuser", "Haus"),
        ("STELLWERK", "Stellwerk"),
        ("gerostet", "rosten"),
        ("Stellwerken", "Stellwerk"),
    ],
)
def test_lookup_knows_the_forms_of_a_word(word: str, headword: str) -> None:
    entry = LEXICON.lookup(word)
    assert entry is not None
    assert entry.headword == headword


def test_the_first_word_may_be_a_verb_with_a_capital() -> None:
    first, later = LEXICON.lookup("Essen", first=True), LEXICON.lookup("Essen")
    assert first is not None
    assert later is not None
    assert (first.headword, later.headword) == ("essen", "Essen")


def test_an_unknown_word_has_no_entry() -> None:
    assert LEXICON.lookup("Quarkbällchen") is None
    assert LEXICON.gloss("Quarkbällchen") is None


def test_rare_words_are_told_and_common_ones_are_not() -> None:
    assert told("Das Haus am Stellwerk hat Weichen.") == ["signal box", "switch"]
    assert told("Das Haus am Stellwerk hat Weichen.", threshold=0) == ["signal box"]
    assert told("Das Haus am Stellwerk hat Weichen.", threshold=12)[0] == "house"


def test_compounds_are_told_by_their_parts() -> None:
    assert told("Das Kesselhaus brannte.") == ["boiler house"]
    assert told("Das Kesselzitrone brannte.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Peter Maurer kam.",
        "Herr Maurer kam.",
        "Biermann sagte nichts.",
        "Der Sänger Xaver Maurer kam.",
        "Kessel Jones kam.",
        "Das ist bekannt.",
        "Siehe www.stellwerk.de und stellwerk_neu.",
        "",
    ],
)
def test_names_and_addresses_are_left_alone(sentence: str) -> None:
    assert told(sentence) == []


def test_a_trade_is_told_where_it_is_no_name() -> None:
    assert told("Der Maurer kam.") == ["bricklayer"]


def test_a_verb_of_many_meanings_is_left_to_its_context() -> None:
    assert told("Die Mauern wanken.") == []


def test_terms_of_several_words_in_any_form() -> None:
    sentence = "Helfer des Roten Kreuzes kamen."
    (hint,) = LEXICON.hints(sentence)
    assert sentence[hint.start : hint.end] == "Roten Kreuzes"
    assert hint.translation == "Red Cross"


def test_annotation_stands_behind_the_word_before_the_comma() -> None:
    sentence = "Am Stellwerk, dem neuen, brannte es."
    assert annotate(sentence, LEXICON.hints(sentence)) == (
        "Am Stellwerk ⟪signal box⟫, dem neuen, brannte es."
    )


GLOSSARY = Glossary(
    {
        "Lehrplan": "syllabus",
        "Stellwerk": "interlocking",
        "Rotes Kreuz": "ICRC",
        "Haus der Geschichte": "House of History",
        "EU": "European Union",
    }
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die Lehrpläne ändern sich.", ["syllabus"]),
        ("Im Lehrplan des Stellwerks", ["syllabus", "interlocking"]),
        ("Das Rote Kreuz und die EU helfen.", ["ICRC", "European Union"]),
        ("Im Haus der Geschichte", ["House of History"]),
        ("LEHRPLAN", ["syllabus"]),
        ("Der Lehrer plant.", []),
    ],
)
def test_glossary_terms_are_found_in_running_text(sentence: str, expected: list[str]) -> None:
    assert [h.translation for h in GLOSSARY.hints(sentence)] == expected


def test_the_glossary_goes_before_the_dictionary() -> None:
    sentence = "Das Stellwerk und die Weiche des Roten Kreuzes."
    hints = LEXICON.hints(sentence, glossary=GLOSSARY)
    assert [h.translation for h in hints] == ["interlocking", "switch", "ICRC"]
    only = LEXICON.hints(sentence, glossary=GLOSSARY, threshold=-1)
    assert [h.translation for h in only] == ["interlocking", "ICRC"]


@QUICK
@given(
    st.lists(
        st.sampled_from(
            [
                "Stellwerk",
                "Weichen",
                "und",
                "Peter",
                "Maurer",
                "Rotes",
                "Kreuz",
                "3.4",
                "(",
                ",",
                "a-b",
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_annotation_can_be_taken_out_again(sentence: str) -> None:
    hints = LEXICON.hints(sentence, glossary=GLOSSARY)
    annotated = annotate(sentence, hints)
    assert re.sub(r" ⟪[^⟪⟫]*⟫", "", annotated) == sentence
    assert annotated.count("⟪") == len(hints)
    assert all(a.end <= b.start for a, b in pairwise(hints))


@QUICK
@given(st.text(max_size=40))
def test_any_text_may_be_asked_about(text: str) -> None:
    sentence = prepare(text)
    for hint in LEXICON.hints(sentence, threshold=20):
        assert 0 <= hint.start < hint.end <= len(sentence)
    assert all(sentence[w.start : w.end] == w.text for w in words(sentence))


def test_a_missing_or_damaged_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        Lexicon.open(tmp_path / "none.tsv.gz")
    damaged = tmp_path / "damaged.tsv.gz"
    damaged.write_bytes(b"no archive")
    with pytest.raises(InputError, match="cannot be read"):
        Lexicon.open(damaged)


@pytest.mark.skipif(not SHIPPED.exists(), reason="no model is built")
def test_the_shipped_lexicon() -> None:
    lexicon = Lexicon.open(SHIPPED)
    assert Lexicon.open(SHIPPED) is lexicon
    assert len(lexicon) > 70_000
    assert len(zlib.compress(SHIPPED.read_bytes())) < 2_500_000  # as it travels
    assert SHIPPED.stat().st_size < 6_000_000
    assert all(0 <= e.bucket <= 20 and e.translation.count(" ") < 4 for e in lexicon)
    entry = lexicon.gloss("Hochleistungsrechenzentren")
    assert entry is not None
    assert entry.translation.startswith("high")
    assert [h.translation for h in lexicon.hints("Er sah den Wolkenkratzer.")] == ["skyscraper"]


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (("sich erholen", "to recover"), ("erholen", "recover")),
        (("Haus", "the house"), ("Haus", "house")),
        (("Haus", "house (building)"), None),
        (("geben", "give sb"), None),
        (("Haus", "a very long and winding thing"), None),
        (("Mist", "shit"), None),
        (("A7", "A7"), None),
    ],
)
def test_what_would_do_harm_is_not_taken_over(
    pair: tuple[str, str], expected: tuple[str, str] | None
) -> None:
    assert clean(*pair) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [("stories", "story"), ("planned", "plan"), ("colour", "color"), ("organised", "organize")],
)
def test_english_forms_share_a_stem(one: str, other: str) -> None:
    assert english_stem(one) == english_stem(other)


def test_a_reference_finds_inflected_and_irregular_forms() -> None:
    reference = Reference("She was teaching at two signal boxes and brought the thieves.")
    assert reference.find("signal box") == (5, 7)
    assert reference.find("teach") is not None
    assert reference.find("thief") is not None
    assert reference.find("box signal") is None


def test_building_prefers_what_the_training_text_uses(tmp_path: Path) -> None:
    rows = "Schloss\tlock\nSchloss\tcastle\nMaurer\tbricklayer\nStadt\ttown\n"
    (tmp_path / "wiktionary-de-2018.tsv").write_text(rows, encoding="utf-8")
    (tmp_path / "unknown-list.tsv").write_text("Stadt\tvillage\n", encoding="utf-8")
    assert "village" not in read_lists([tmp_path])["Stadt"]
    pairs = [Pair("x", f"Das Schloss {i} steht.", f"Castle {i} stands.") for i in range(9)]
    pairs += [Pair("x", "Ueli Maurer spricht.", "Ueli Maurer speaks.")] * 3
    pairs += [Pair("x", "Die Maurerin kommt.", "The bricklayer comes.")]  # no headword herself
    count = build([tmp_path], pairs, tmp_path / "out.rows")
    lines = [line for line in read_table(tmp_path / "out.rows").split("\n") if line]
    assert len(lines) == count
    assert "Schloss\tcastle\t4" in lines
    assert "Maurer\t\t2" in lines


def test_what_was_written_for_the_news_settles_what_a_word_means(tmp_path: Path) -> None:
    rows = "Einschlag\twoof\nEinschlag\timpact\nSchloss\tlock\n"
    (tmp_path / "wiktionary-de-2018.tsv").write_text(rows, encoding="utf-8")
    written = tmp_path / "words"
    written.mkdir()
    rows = "Einschlag\timpact\nAnlage\tplant|investment\n"
    (written / "written-words.tsv").write_text(rows, encoding="utf-8")
    votes = read_lists([tmp_path, written])
    assert list(votes["Einschlag"]) == ["impact"]
    assert list(votes["Anlage"]) == ["plant", "investment"]
    assert list(votes["Schloss"]) == ["lock"]
    pairs = [Pair("x", f"Die Anlage {i} steht.", f"The asset {i} stands.") for i in range(12)]
    build([tmp_path, written], pairs, tmp_path / "out.rows")
    assert "Anlage\tplant|investment\t4" in read_table(tmp_path / "out.rows").split("\n")


def test_the_meaning_of_a_first_part_is_learnt_from_compounds() -> None:
    parts = PartEvidence({"Stadt": {"town": 1.0}, "Straße": {"street": 1.0}})
    parts.read("Hauptstadt", Reference("in the main town"))
    parts.read("Hauptstraßen", Reference("on main streets"))
    assert parts.first["haupt"]["main"] == 2
    assert parts.heads["haupt"] == {"Stadt", "Straße"}


@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("Hochleistungs-Rechenzentren", "high-performance computing center"),
        ("Klägerin", "plaintiff"),
        ("Klägerinnen", "plaintiff"),
        ("Hausin", None),
        ("US-Klägerin", None),
    ],
)
def test_compounds_with_a_hyphen_and_women_are_found(word: str, english: str | None) -> None:
    lexicon = Lexicon(
        {
            "Hochleistungsrechenzentrum": "high-performance computing center\t0",
            "Kläger": "plaintiff\t2",
            "Haus": "house\t12",
        }
    )
    entry = lexicon.lookup(word)
    assert (entry.translation if entry else None) == english
