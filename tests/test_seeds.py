"""The real models on seeds/ and the behaviours: no figure falls below its floor.

``tests/floors.json`` holds what was measured and how far a figure may move
before it counts as worse. Floors only rise; ``python -m summlib.scores.floors``
writes the file anew after an improvement.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from summlib import store
from summlib.errors import ModelNotFound
from summlib.scores.floors import Floor, digests, measure, read_floors
from summlib.scores.references import read_seeds
from summlib.translator import Translator

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
FLOORS = ROOT / "tests" / "floors.json"


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    try:
        store.find("de-en")
    except ModelNotFound:
        pytest.skip("models/de-en is not there")
    return measure(Translator())


@pytest.mark.parametrize("floor", read_floors(FLOORS), ids=lambda floor: floor.name)
def test_no_figure_falls_below_its_floor(floor: Floor, figures: dict[str, float]) -> None:
    assert floor.name in figures, f"{floor.name} is no longer measured"
    assert floor.holds(figures[floor.name]), (
        f"{floor.name}: {figures[floor.name]} is worse than {floor}"
    )


def test_every_figure_has_a_floor(figures: dict[str, float]) -> None:
    assert {floor.name for floor in read_floors(FLOORS)} == set(figures)


def test_floors_belong_to_these_references() -> None:
    recorded = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert {key: recorded[key] for key in digests()} == digests(), (
        "the references changed: measure the floors anew and say why in CHANGELOG.md"
    )


def test_a_floor_is_no_formality() -> None:
    floor = Floor("x", measured=30.0, epsilon=1.0, reason="")
    assert floor.holds(29.0)
    assert not floor.holds(28.9)
    ceiling = Floor("x", measured=2.0, epsilon=1.0, reason="", at_most=True)
    assert ceiling.holds(3.0)
    assert not ceiling.holds(3.1)


@pytest.mark.parametrize("seed", read_seeds(SEEDS), ids=lambda seed: seed.name)
def test_facts_stand_in_text_and_translation(seed) -> None:
    for kind in ("numbers", "dates", "names"):
        for fact in seed.facts[kind]:
            assert fact["source"] in seed.text
            assert any(a.lower() in seed.translation.lower() for a in fact["accept"]), fact
    for statement in seed.facts["must_not_turn"]:
        assert statement["statement_de"] in seed.text
        assert statement["true_en"] != statement["false_en"]
