"""Money and marks the English way."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from summlib.text.finish import finish
from summlib.text.spelling import respell


@pytest.mark.parametrize(
    ("target", "finished"),
    [
        ("A aa", "An aa"),
        ("some 500 million EUR , or 2 % .", "Some EUR 500 million, or 2%."),
        ("It costs 1,234.5 CHF.", "It costs CHF 1,234.5."),
        ("It costs EUR 500.", "It costs EUR 500."),
        ("5 EUROPE", "5 EUROPE"),
        ("a  b   c", "A b c"),
        ("Really ?", "Really?"),
        (" ( yes ) ", "( yes)"),
        ("", ""),
        ("see .NET and .5", "See .NET and .5"),
        ("https://example.org has more.", "https://example.org has more."),
        ("info@example.org answers.", "info@example.org answers."),
        ("{name} is missing.", "{name} is missing."),
        ("`ls` lists.", "`ls` lists."),
    ],
)
def test_finished(target: str, finished: str) -> None:
    assert finish(target, source="Ein Satz.") == finished


def test_a_small_head_of_the_source_stays_small() -> None:
    assert finish("and so on", source="und so weiter") == "and so on"
    assert finish("And so on", source="und so weiter") == "And so on"


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text("ab 1.,;%()EUR ", max_size=40))
def test_finishing_twice_changes_nothing_more(target: str) -> None:
    once = finish(target, source="Ein Satz.")
    assert finish(once, source="Ein Satz.") == once


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.text(st.characters(), max_size=60))
def test_no_word_or_figure_is_lost(target: str) -> None:
    assume(not re.search(r"([a-z])\1\1", target))  # such runs are slips
    assume(respell(target) == target)  # so are forms such as "childs"
    finished = finish(target, source="ein satz").casefold()
    articles = {"a", "an"}
    assert words(target.casefold()) - articles <= words(finished)
    assert re.findall(r"\d", finished) == re.findall(r"\d", target.casefold())


def words(text: str) -> set[str]:
    """Return the words of a text."""
    return set(re.findall(r"\w+", text))


def test_an_entry_written_twice_stands_once_unless_the_source_has_it_twice() -> None:
    assert finish("Spain, Romania, Romania.", source="Rumänien.") == "Spain, Romania."
    assert finish("Romania, Romania, Romania", source="So.") == "Romania, Romania, Romania"
    assert finish("Never, never again.", source="Niemals, niemals wieder.") == "Never, never again."
    assert finish("It was very, very long.", source="Es war.") == "It was very, very long."


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Der Verein entließ seinen Trainer.", "The club sacked his coach.", "its"),
        ("Das Werk will seine Halle bauen.", "The plant wants to build his hall.", "its"),
        ("Der Rat stimmte zu, dann ging er.", "The council agreed, then he left.", "it"),
        ("Der Trainer dankte seinem Verein.", "The coach thanked his club.", "his"),
        ("Der Klub bat ihn, und er kam.", "The club asked him, and he came.", "him"),
        ("Das Kind sah seinen Vater.", "The child saw his father.", "his"),
        (
            "Bundesrat Cassis lobte sein Land.",
            "Federal Councillor Cassis praised his country.",
            "his",
        ),
        ("Das Ergebnis seiner Studie steht.", "The result of his study stands.", "his"),
    ],
)
def test_things_are_it(source: str, target: str, expected: str) -> None:
    assert re.search(rf"\b{expected}\b", finish(target, source=source))
    changed = finish(target, source=source) != target
    assert changed == (expected in ("it", "its"))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Einlass ab 15.30 Uhr.", "Entry from 15:30 clock.", "Entry from 15:30."),
        ("Um 8.46 Uhr fiel Stille.", "To 8:46 clock fell silence.", "At 8:46 fell silence."),
        (
            "Die Uhr im Turm steht auf 8.46 Uhr.",
            "The clock in the tower is at 8:46 clock.",
            "The clock in the tower is at 8:46.",
        ),
        (
            "Um 9 Uhr war er da, von 10:00 bis 12:20 Uhr fort.",
            "At 9 he was there, from 10:00 to 12:20 clock away.",
            "At 9 he was there, from 10:00 to 12:20 away.",
        ),
        ("Er ging bis 12.20 Uhr.", "He went in order to 12:20.", "He went in order to 12:20."),
        ("Er kam am Donnerstag.", "He came in Thursday.", "He came on Thursday."),
        ("Laut der Zeitung vom Montag", "In in Monday's paper", "In in Monday's paper"),
        ("Weitere 300 kamen.", "More 300 came, 5 more.", "More 300 came, 5 more."),
        ("Es kamen weitere 300.", "There came more 300.", "There came another 300."),
        ("Es geschah im Mai 2020.", "It was happened in May 2020.", "It happened in May 2020."),
        ("Am 3. Mai", "It was in May 3.", "It was on May 3."),
        ("Es gibt eine Brücke.", "There are a bridge.", "There is a bridge."),
        ("Es gibt viele Brücken.", "There are a lot of bridges.", "There are a lot of bridges."),
        ("ein rotes Haus", "A red red house", "A red house"),
        ("ein sehr, sehr altes", "A very very old", "A very very old"),
        ("Jazz im Saal", "The jazzzz in the hall", "The jazz in the hall"),
        ("Es fährt mit E-Motor.", "The E-engine runs.", "The E-engine runs."),
        ("der Ex-Minister", "The Ex-minister", "The Ex-minister"),
        ("das AfD-Treffen", "The AfD-meeting", "The AfD meeting"),
        ("CO2-neutral gebaut", "Built CO2-neutral", "Built CO2-neutral"),
    ],
)
def test_slips_are_mended_where_their_form_tells_them(
    source: str, target: str, expected: str
) -> None:
    assert finish(target, source=source) == expected
