"""Training pairs whose German was changed by rule: objects put first, nouns exchanged."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from summlib.adequacy import TranslationTable
from summlib.text.lexicon import CLOSE, OPEN, Lexicon
from summlib.training.corpus import Pair
from summlib.training.fronting import front_object
from summlib.training.swapping import Swapper, count_genders

MODEL = Path(__file__).parents[1] / "models" / "de-en"


def turned(german: str, english: str = "x") -> str:
    return front_object(Pair("x", german, english)).source


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Ein Jäger erlegte den Wolf.", "Den Wolf erlegte ein Jäger."),
        ("Die Gemeinde hat den alten Hof gekauft.", "Den alten Hof hat die Gemeinde gekauft."),
        ("Er hilft dem Nachbarn.", "Dem Nachbarn hilft er."),
        ("Wir haben die Prüfung bestanden.", "Die Prüfung haben wir bestanden."),
        ("Petra Vogt liest diesen Roman nicht.", "Diesen Roman liest Petra Vogt nicht."),
        ("Der Wirt sucht die Gäste des Hauses.", "Die Gäste des Hauses sucht der Wirt."),
    ],
)
def test_objects_that_are_sure_come_first(given: str, expected: str) -> None:
    assert turned(given) == expected


@pytest.mark.parametrize(
    "given",
    [
        "Die Mutter sucht die Tochter.",  # nothing tells who is the subject
        "Der Mann ist der Chef.",  # no object
        "Der Kanton legt den Bericht über die Wahlen vor.",  # would be torn from its noun
        "Aber keiner den Brief.",
        "Den Wolf erlegte ein Jäger.",
        "",
    ],
)
def test_others_stay(given: str) -> None:
    pair = Pair("x", given, "x")
    assert front_object(pair) is pair


def test_polite_form_keeps_its_capital() -> None:
    assert turned("Sie sehen den Turm.", "You see the tower.") == "Sie sehen den Turm."
    assert turned("Sie sehen den Turm.", "They see the tower.") == "Den Turm sehen sie."


def test_words_are_the_same_in_both_orders() -> None:
    given = "Die Partei will den neuen Entwurf im Herbst ändern."
    lowered = [sorted(re.findall(r"\w+", text.lower())) for text in (given, turned(given))]
    assert turned("Die Partei will den Entwurf ändern.") == "Den Entwurf will die Partei ändern."
    assert lowered[0] == lowered[1]


def test_genders_need_agreement() -> None:
    lines = ["Der See und die See.", "Ich sehe das Boot, den See und die See."]
    assert count_genders(lines) == {"Boot": "n"}


@pytest.fixture(scope="module")
def swapper() -> Swapper:
    lexicon = Lexicon.open(MODEL / "lexicon.rows")
    table = TranslationTable(MODEL / "translations.rows", lexicon)
    genders = {"Schule": "f", "Schulen": "f", "Kerze": "f", "Kerzen": "f", "Haus": "n"}
    return Swapper(lexicon, table, genders, 1.0)


def test_a_noun_is_exchanged_on_both_sides(swapper: Swapper) -> None:
    pair = Pair("x", "Die Stadt eröffnet eine Schule.", "The city is opening a school.")
    made = [swapper(pair, random.Random(seed)) for seed in range(20)]
    assert {m.target for m in made if m} == {"The city is opening a candle."}
    told = {m.source for m in made if m}
    assert told == {
        "Die Stadt eröffnet eine Kerze.",
        f"Die Stadt eröffnet eine Kerze {OPEN}candle{CLOSE}.",
    }


def test_plurals_and_adjectives_keep_number_and_ending(swapper: Swapper) -> None:
    pair = Pair("x", "Sie besuchen freundliche Schulen.", "They visit friendly schools.")
    made = [m for seed in range(40) if (m := swapper(pair, random.Random(seed)))]
    assert all(re.search(r"visit [\w ]+ (?:schools|candles)\.", m.target) for m in made)
    assert all(re.search(r"besuchen \w+e\b", m.source) for m in made)
    told = {m.target for m in made if f"Kerzen {OPEN}candle{CLOSE}" in m.source}
    assert told
    assert all(target.endswith("candles.") for target in told)


def test_unknown_genders_stay(swapper: Swapper) -> None:
    pair = Pair("x", "Er sah den Turm.", "He saw the tower.")
    assert swapper(pair, random.Random(1)) is None
