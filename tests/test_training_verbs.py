"""Verbs that are put in the place of others, in the same form on both sides."""

from __future__ import annotations

import random

import pytest

from summlib.text.conjugation import conjugate, inflect, transfer
from summlib.text.lexicon import Lexicon
from summlib.training.corpus import Pair
from summlib.training.verbs import VerbSwapper

PRINCIPAL = {
    "bauen": "baut baute bauten gebaut bauend",
    "ausbauen": "ausbaut ausbaute ausbauten ausgebaut ausbauend",
    "entwickeln": "entwickelt entwickelte entwickelten entwickelt entwickelnd",
    "rechnen": "rechnet rechnete rechneten gerechnet rechnend",
    "wohnen": "wohnt wohnte wohnten gewohnt wohnend",
    "steuern": "steuert steuerte steuerten gesteuert steuernd",
    "kritisieren": "kritisiert kritisierte kritisierten kritisiert kritisierend",
    "verstehen": "versteht verstand verstanden verstanden verstehend",
    "zurückweisen": "zurückweist zurückwies zurückwiesen zurückgewiesen zurückweisend",
    "vorbereiten": "vorbereitet vorbereitete vorbereiteten vorbereitet vorbereitend",
    "erben": "erbt erbte erbten geerbt erbend",
}
SLOTS = ("present", "past", "past plural", "participle", "running")


@pytest.mark.parametrize("infinitive", PRINCIPAL)
def test_german_forms(infinitive: str) -> None:
    forms = conjugate(infinitive)
    assert forms is not None
    assert [forms[slot] for slot in SLOTS] == PRINCIPAL[infinitive].split()


def test_separable_verbs_take_zu_inside() -> None:
    forms = conjugate("ausbauen")
    assert forms is not None
    assert forms["zu"] == "auszubauen"
    assert "zu" not in (conjugate("bauen") or {})


@pytest.mark.parametrize("word", ["haben", "angeln", "einigen", "überlegen", "Haus", "schön"])
def test_what_no_rule_is_sure_of_has_no_forms(word: str) -> None:
    assert conjugate(word) is None


@pytest.mark.parametrize(
    ("lemma", "forms"),
    [
        ("plan", "plan plans planned planned planning"),
        ("offer", "offer offers offered offered offering"),
        ("refer", "refer refers referred referred referring"),
        ("write", "write writes wrote written writing"),
        ("carry", "carry carries carried carried carrying"),
        ("die", "die dies died died dying"),
        ("agree", "agree agrees agreed agreed agreeing"),
        ("begin", "begin begins began begun beginning"),
    ],
)
def test_english_forms(lemma: str, forms: str) -> None:
    assert list(inflect(lemma).values()) == forms.split()


def test_a_form_of_two_slots_needs_one_of_the_other_verb_too() -> None:
    build, develop, criticize = (conjugate(v) or {} for v in ("bauen", "entwickeln", "kritisieren"))
    assert transfer("entwickelt", develop, criticize) == "kritisiert"
    assert transfer("entwickelt", develop, build) == ""
    assert transfer("gebauten", build, criticize) == "kritisierten"


@pytest.fixture
def swapper() -> VerbSwapper:
    lexicon = Lexicon(
        {
            "beantragen": "request\t9",
            "verschrotten": "scrap\t0",
            "albern": "silly\t3",
            "sieben": "seven\t12",
        }
    )
    return VerbSwapper(lexicon, 1.0, english={"requested", "scrapped"})


def test_a_verb_is_exchanged_on_both_sides_and_mostly_told(swapper: VerbSwapper) -> None:
    pair = Pair("own", "Er beantragte den Bau.", "He requested the building.")
    made = {swapper(pair, random.Random(seed)) for seed in range(60)} - {None}
    sources = {m.source for m in made if m and m.target == "He scrapped the building."}
    assert sources == {
        "Er verschrottete ⟪scrap⟫ den Bau.",
        "Er verschrottete den Bau.",
    }


def test_what_is_no_verb_in_english_is_not_put_in(swapper: VerbSwapper) -> None:
    assert {verb.told for verb in swapper.verbs} == {"request", "scrap"}


def test_a_line_without_such_a_verb_stays(swapper: VerbSwapper) -> None:
    assert (
        swapper(Pair("own", "Er kam mit sieben.", "He came with seven."), random.Random(1)) is None
    )
    twice = Pair("own", "Er beantragte es.", "He requested it and requested it again.")
    assert swapper(twice, random.Random(1)) is None
