"""From what to what: pairs of figures."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.ranges import mend_ranges, ranges_last

MENDED = [
    (
        "Sie stieg von 4.850 auf 9.300.",
        "It rose by 4,850 to 9,300.",
        "It rose from 4,850 to 9,300.",
    ),
    ("Er fiel von 3 auf 2 Prozent.", "It fell 3 on 2 percent.", "It fell from 3 to 2 percent."),
    (
        "Das Netz soll von 38,2 auf 61,7 Kilometer wachsen.",
        "The network of 38.2 is to grow on 61.7 kilometres.",
        "The network of 38.2 is to grow to 61.7 kilometres.",
    ),
    (
        "Er stieg von rund 3,5 auf 5 Millionen Euro.",
        "It rose of around 3.5 to EUR 5 million.",
        "It rose from around 3.5 to EUR 5 million.",
    ),
]
LEFT = [
    ("Er stieg von 3 auf 5.", "It rose from 3 to 5."),
    ("Er stieg von 3 auf 5.", "It rose from about 3 to 5."),
    ("Er stieg von 3 auf 5.", "It was 5, after 3 before."),
    ("Er stieg um 2 von 3 auf 5.", "It rose by 3 to 5."),
    ("Ein Plus von 1 Prozent auf 2 Milliarden", "A plus of 1% to 2 billion"),
    ("Kosten von 3000 bis 4000 Euro", "Costs of 3000 to 4000 euros"),
    ("Er stieg von 3 auf 5.", "It rose by 3 to 5, by 3 to 5."),
    ("Er stieg von 3 auf 5.", "It rose by 13 to 5.5."),
]


@pytest.mark.parametrize(("source", "target", "wanted"), MENDED)
def test_the_words_around_two_figures_are_set(source: str, target: str, wanted: str) -> None:
    assert mend_ranges(target, source=source) == wanted


@pytest.mark.parametrize(("source", "target"), LEFT)
def test_what_is_right_or_not_sure_stays(source: str, target: str) -> None:
    assert mend_ranges(target, source=source) == target


words = st.lists(
    st.sampled_from(
        [
            "von",
            "auf",
            "um",
            "3",
            "5",
            "3,5",
            "4.850",
            "Prozent",
            "%",
            "by",
            "to",
            "on",
            "of",
            "from",
            "4,850",
            "3.5",
            "it",
            "rose",
            ".",
        ]
    )
).map(" ".join)


@settings(derandomize=True, deadline=None, max_examples=400)
@given(words, words)
def test_figures_stay_as_they_are(source: str, target: str) -> None:
    mended = mend_ranges(target, source=source)
    assert re.findall(r"[\d.,]+", mended) == re.findall(r"[\d.,]+", target)
    assert mend_ranges(mended, source=source) == mended


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Das Netz soll von 38 auf 61 Kilometer wachsen und die Zahl von 4 auf 9 steigen.",
            "Das Netz soll wachsen, von 38 auf 61 Kilometer, und die Zahl steigen, von 4 auf 9.",
        ),
        (
            "Der Rat hat den Preis von 3 auf 5 Euro angehoben, weil er muss.",
            "Der Rat hat den Preis angehoben, von 3 auf 5 Euro, weil er muss.",
        ),
        (
            "Der Satz wird von 10 auf 5 Prozent gesenkt werden.",
            "Der Satz wird gesenkt werden, von 10 auf 5 Prozent.",
        ),
    ],
)
def test_figures_before_a_verb_are_read_behind_it(sentence: str, expected: str) -> None:
    assert ranges_last(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Preis stieg von 3 auf 5 Euro.",
        "Der Zug fährt von 3 auf 5 Gleisen.",
        "Die Rate soll 2008 von 5 auf 4 und 2009 von 4 auf 3 Prozent sinken.",
        "Die Miete soll von 500 auf 600 Euro im Monat steigen.",
    ],
)
def test_figures_that_stand_well_stay(sentence: str) -> None:
    assert ranges_last(sentence) == sentence
