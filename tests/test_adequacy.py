"""What a translation leaves out and makes up."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib import store
from summlib.adequacy import FILE, TranslationTable
from summlib.errors import ModelDamaged
from summlib.records import Span
from summlib.text.lexicon import Lexicon
from summlib.text.packed import write_table
from summlib.text.stems import german_stem

STEMS = {
    "Zensur": "97\tcensorship",
    "Befehl": "80\tcommand order",
    "kommen": "55\tcom arriv",
    "Soldat": "95\tsoldier",
}
ROWS = (
    "".join(f"{german_stem(word)}\t{row}\n" for word, row in STEMS.items())
    + "\nZensur\tcensorship\nSoldaten\tsoldiers\n"
)


def make_table(folder: Path, text: str = ROWS) -> TranslationTable:
    path = folder / FILE
    write_table(path, text)
    return TranslationTable(path, Lexicon({}))


def test_a_word_that_nothing_renders_is_omitted(tmp_path: Path) -> None:
    source = "Die Soldaten fürchten die Zensur."
    found = make_table(tmp_path).compare(source, "The soldiers fear the weather.")
    assert [span.of(source) for span in found.omitted] == ["Zensur"]
    assert (found.checked, found.omission) == (2, 0.5)


def test_inflected_words_and_other_renderings_count(tmp_path: Path) -> None:
    found = make_table(tmp_path).compare("Der Befehl an den Soldaten", "The orders to a soldier")
    assert (found.checked, found.omitted, found.invented) == (2, (), ())


def test_a_word_that_renders_nothing_is_invented(tmp_path: Path) -> None:
    target = "The soldiers bring nuts."
    found = make_table(tmp_path).compare("Die Soldaten kommen.", target)
    assert [span.of(target) for span in found.invented] == ["bring", "nuts"]


def test_what_translators_often_leave_out_is_not_asked_for(tmp_path: Path) -> None:
    found = make_table(tmp_path).compare("Sie kommen.", "They are here.")
    assert (found.checked, found.omitted) == (0, ())


def test_names_stand_in_both_languages(tmp_path: Path) -> None:
    found = make_table(tmp_path).compare("Quaddenau hält", "Quaddenau holds")
    assert (found.checked, found.omitted) == (1, ())


def test_glosses_are_the_inflected_forms(tmp_path: Path) -> None:
    table = make_table(tmp_path)
    assert (table.gloss("Soldaten"), table.gloss("Soldat")) == ("soldiers", "")


def test_the_dictionary_knows_what_the_text_did_not_hold(tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_table(path, ROWS)
    table = TranslationTable(path, Lexicon({"Kandelaber": "candelabra\t0"}))
    assert table.gloss("Kandelaber") == "candelabra"
    assert table.compare("Der Kandelaber fiel.", "The house fell.").checked == 1


def test_without_a_table_nothing_is_said(tmp_path: Path) -> None:
    table = TranslationTable(tmp_path / "none", Lexicon({}))
    found = table.compare("Die Zensur", "The weather")
    assert (found.omitted, found.invented, table.gloss("Zensur")) == ((), (), "")


def test_a_damaged_table_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"no gzip")
    with pytest.raises(ModelDamaged, match=FILE):
        TranslationTable(path, Lexicon({})).gloss("Zensur")


@settings(derandomize=True, deadline=None, max_examples=80)
@given(source=st.text(max_size=60), target=st.text(max_size=60))
def test_places_lie_within_the_texts(source: str, target: str) -> None:
    info = store.find("de-en")
    table = TranslationTable(info.path / FILE, Lexicon({}))
    found = table.compare(source, target)
    assert all(0 <= s.start < s.end <= len(source) for s in found.omitted)
    assert all(0 <= s.start < s.end <= len(target) for s in found.invented)
    assert 0 <= found.omission <= 1
    assert 0 <= found.invention <= 1


def test_the_shipped_table_tells_translations_from_other_sentences() -> None:
    info = store.find("de-en")
    table = TranslationTable(info.path / FILE, Lexicon.open(info.path / "lexicon.rows"))
    pairs = [
        (
            "Der Bundesrat hat die Verordnung gestern genehmigt.",
            "The Federal Council approved the ordinance yesterday.",
        ),
        (
            "Die Anwohner klagen über den Lärm der Baustelle.",
            "Residents complain about the noise from the construction site.",
        ),
        (
            "Das Gericht wies die Klage der Gemeinde ab.",
            "The court dismissed the municipality's lawsuit.",
        ),
    ]
    right = [table.compare(de, en) for de, en in pairs]
    wrong = [table.compare(de, en) for (de, _), (_, en) in pairwise(pairs)]
    assert max(a.omission for a in right) <= 0.25
    assert min(a.omission for a in wrong) >= 0.75


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Er beklagte die Zensur.", "He deplored the Zensur.", ["Zensur"]),
        ("Er beklagte die neue Zensur.", "He deplored the new Zensuren.", ["Zensur"]),
        ("Er traf Bernd Zensur.", "He met Bernd Zensur.", []),  # behind a name stands a name
        ("Zensur ist verboten.", "Zensur is forbidden.", []),  # so may the first word be one
    ],
)
def test_a_common_word_that_is_copied_is_not_translated(
    tmp_path: Path, source: str, target: str, left: list[str]
) -> None:
    found = make_table(tmp_path).compare(source, target)
    assert [span.of(source) for span in found.omitted] == left


def test_surnames_are_things_where_names_cannot_stand(tmp_path: Path) -> None:
    table = make_table(tmp_path, f"{german_stem('Keller')}\t90\tcellar\n\n")
    for source, omitted in (("Es brennt im Keller.", True), ("Der Keller brennt.", False)):
        found = table.compare(source, source).omitted
        assert ("Keller" in {span.of(source) for span in found}) == omitted


def test_a_noun_that_is_rendered_in_many_ways_is_doubtful_and_copied_left_out(
    tmp_path: Path,
) -> None:
    table = make_table(tmp_path, f"{german_stem('Saal')}\t60\thall room\n\n")
    source = "Er betrat den Saal."
    assert table.compare(source, "He entered the hall.").doubtful == ()
    missing = table.compare(source, "He entered the high.")
    assert [span.of(source) for span in missing.doubtful] == ["Saal"]
    assert missing.omitted == ()
    copied = table.compare(source, "He entered the Saal.")
    assert [span.of(source) for span in copied.omitted] == ["Saal"]


def test_a_word_that_is_its_own_form_is_told_by_the_dictionary(tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_table(path, "\n\nKeller\tKeller\n")
    table = TranslationTable(path, Lexicon({"Keller": "cellar\t8"}))
    assert table.gloss("Keller") == "cellar"


def test_a_rendering_that_is_sure_is_missed_and_told(tmp_path: Path) -> None:
    # People render "kommen" in many ways, so nothing is said of it unless its English is sure.
    path = tmp_path / FILE
    write_table(path, ROWS)
    table = TranslationTable(path, Lexicon({}).layered({}, {"kommen": "arrive", "Affe": "monkey"}))
    source = "Die Affen kommen."
    assert table.compare(source, "The monkeys arrive.").omitted == ()
    assert table.compare(source, "The monkeys came.").omitted == (Span(10, 16),)
    assert [s.of(source) for s in table.compare(source, "The Affen come.").omitted] == ["Affen"]
    assert table.gloss("Affe") == "monkey"
    assert table.lexicon.hints(source) == []


@pytest.mark.parametrize(
    ("source", "target", "left"),
    [
        ("Gegen Kaution kam er frei.", "He was released on Kaution.", ["Kaution"]),
        ("Gegen Kaution kam er frei.", "He was released on bail.", []),
        ("Sie heißt Shani Kaution.", "Her name is Shani Kaution.", []),
        ("Das Blatt KAUTION erscheint.", "The paper KAUTION appears.", []),
    ],
)
def test_a_noun_of_the_dictionary_that_stands_copied_is_left_out(
    source: str, target: str, left: list[str], tmp_path: Path
) -> None:
    path = tmp_path / FILE
    write_table(path, ROWS)
    table = TranslationTable(path, Lexicon({"Kaution": "bail\t9"}))
    assert [span.of(source) for span in table.compare(source, target).omitted] == left
