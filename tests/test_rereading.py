"""Doubted sentences are read in other ways."""

from __future__ import annotations

from dataclasses import replace

import pytest

from summlib.records import Finding
from summlib.rendering import Rendering
from summlib.rereading import Rereader
from summlib.text.glossary import Glossary
from summlib.trust import FirstReading

WHOLE = "Am Montag hat der Rat den Plan beschlossen."
OTHER = "Der Rat hat am Montag den Plan beschlossen."
NOTHING = Glossary({})


def rendering(text, sureness):
    """Make a rendering with a mean log-probability per piece."""
    return Rendering(text, score=sureness, first=FirstReading(10 * sureness, sureness))


def reread(renderings, judged=None):
    """Read a sentence of which renderings are known; return the one kept, and what was read."""
    asked = []

    def render(sentences, glossary):
        asked.extend(sentences)
        return {s: renderings.get(s, rendering("x", -3.0)) for s in sentences}

    reader = Rereader(render, judged or (lambda s, r, g: r), str.istitle)
    return reader([WHOLE], NOTHING)[WHOLE], asked


def test_a_trusted_sentence_is_read_once():
    kept, asked = reread({WHOLE: rendering("The council decided on Monday.", -0.2)})
    assert kept.text == "The council decided on Monday."
    assert asked == [WHOLE]


def test_of_a_doubted_one_the_reading_trusted_more_is_kept():
    readings = {WHOLE: rendering("On Monday has.", -1.5), OTHER: rendering("It decided.", -0.3)}
    kept, asked = reread(readings)
    assert kept.text == "It decided."
    assert OTHER in asked


def test_a_reading_taken_for_its_trust_is_trusted_less_than_it_says():
    readings = {WHOLE: rendering("On Monday has.", -1.5), OTHER: rendering("It decided.", -0.3)}
    kept, _ = reread(readings)
    alone = rendering("It decided.", -0.3).judged(WHOLE).log_odds
    whole = readings[WHOLE].judged(WHOLE).log_odds
    assert kept.judged(WHOLE).log_odds == pytest.approx(alone - 0.3 * (alone - whole))


def test_a_reading_trusted_hardly_more_is_not_taken():
    readings = {WHOLE: rendering("On Monday has.", -1.5), OTHER: rendering("It decided.", -1.45)}
    assert reread(readings)[0].text == "On Monday has."


def test_a_reading_with_an_error_is_not_taken():
    wrong = Finding("quantity", "3 became 4")
    readings = {WHOLE: rendering("On Monday has.", -1.5), OTHER: rendering("It decided.", -0.3)}
    kept, _ = reread(readings, judged=lambda s, r, g: replace(r, findings=(wrong,)))
    assert kept.text == "On Monday has."


def test_what_was_not_measured_stays():
    unknown = Rendering("On Monday has.")
    kept, asked = reread({WHOLE: unknown, OTHER: rendering("It decided.", -0.3)})
    assert kept is unknown
    assert asked == [WHOLE]
