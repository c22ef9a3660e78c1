"""Learning which words render which."""

from __future__ import annotations

from pathlib import Path

import pytest

np = pytest.importorskip("numpy")

from summlib.text.packed import read_table  # noqa: E402
from summlib.training.corpus import Pair  # noqa: E402
from summlib.training.translations import (  # noqa: E402
    learn_glosses,
    learn_translations,
    measure_reliability,
    save_table,
)

PAIRS = [
    Pair("own", *row)
    for row in [
        ("Die Hunde bellen.", "The dogs bark."),
        ("Die Hunde schlafen.", "The dogs sleep."),
        ("Die Katzen schlafen.", "The cats sleep."),
        ("Die Katzen trinken Milch.", "The cats drink milk."),
        ("Die Kinder trinken Milch.", "The children drink milk."),
        ("Die Kinder holen Milch.", "The children fetch milk."),
        ("Die Kinder bellen.", "The children bark."),
    ]
    * 4
]
STOP = frozenset(("die", "the"))


def test_what_stands_together_renders_each_other() -> None:
    table = learn_translations(PAIRS, stop_german=STOP, stop_english=STOP)
    best = {german: found[0][0] for german, found in table.items()}
    assert best == {
        **{"hund": "dog", "katz": "cat", "kind": "children", "bell": "bark"},
        **{"schlaf": "sleep", "trink": "drink", "milch": "milk", "hol": "fetch"},
    }


def test_shares_are_probabilities() -> None:
    table = learn_translations(PAIRS, stop_german=STOP, stop_english=STOP)
    assert all(0 < share <= 1 for found in table.values() for _, share in found)
    assert all(sum(share for _, share in found) <= 1.001 for found in table.values())


def test_glosses_are_the_forms_in_use() -> None:
    table = learn_translations(PAIRS, stop_german=STOP, stop_english=STOP)
    glosses = learn_glosses(PAIRS, table, stop_german=STOP)
    assert (glosses["Hunde"], glosses["schlafen"]) == ("dogs", "sleep")


def test_what_is_paraphrased_is_less_reliable() -> None:
    loose = [*PAIRS, *[Pair("own", "Die Hunde bellen.", "What a noise they make.")] * 8]
    table = {"hund": [("dog", 1.0)], "milch": [("milk", 1.0)]}
    reliability = measure_reliability(loose, table, stop_german=STOP)
    assert reliability["milch"] == 1
    assert reliability["hund"] == pytest.approx(8 / 16)


def test_what_is_saved_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "table.gz"
    save_table({"hund": [("dog", 0.9)]}, {"hund": 0.97}, {"Hunde": "dogs"}, path)
    assert read_table(path) == "hund\t97\tdog\n\nHunde\tdogs\n"
