"""Units of measure: what they are called and how they convert."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from summlib.text.datafiles import DATA


@lru_cache(maxsize=1)
def unit_names() -> dict[str, tuple[str, str]]:
    """Return for every unit word its canonical unit and the unit's dimension."""
    data = _unit_data()
    return {
        name: (unit, dimension)
        for dimension, units in data.items()
        if isinstance(units, dict)
        for unit, names in units.items()
        for name in names
    }


@lru_cache(maxsize=1)
def dimensions() -> dict[str, str]:
    """Return the dimension of every canonical unit.

    >>> dimensions()["km"]
    'length'
    """
    return dict(unit_names().values())


@lru_cache(maxsize=1)
def _unit_data() -> dict[str, Any]:
    return dict(json.loads((DATA / "quantities.units.json").read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def conversions() -> list[tuple[str, str, float, float]]:
    """Return (unit, other unit, factor, offset): other = unit * factor + offset."""
    return [(a, b, float(f), float(o)) for a, b, f, o in _unit_data()["conversions"]]
