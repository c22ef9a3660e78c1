"""A lower bound that became an upper one: "mehr als die Hälfte", "less than half".

The number is right on both sides then. Words before it decide, and only where
both sides bound it, each the other way; a bound on one side alone is style.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summlib.checks.alignment import align
from summlib.checks.quantities import DATE_KINDS
from summlib.records import Finding, Span
from summlib.text.datafiles import DATA
from summlib.text.grammar import Quantity, alternation

_DATA = DATA / "bounds.json"
_LETTER = re.compile(r"[^\W\d_]")
_REACH = 40  # characters before a number that hold the bound and a "not" before it


@dataclass(frozen=True, slots=True)
class _Bounds:
    above: frozenset[str]
    pattern: re.Pattern[str]


@lru_cache(maxsize=4)
def _bounds(lang: str) -> _Bounds:
    data = json.loads(_DATA.read_text(encoding="utf-8"))[lang]
    said = alternation([*data["above"], *data["below"]])
    denied = rf"(?:(?P<denied>{alternation(data['not'])})\s)?"
    tail = rf"(?:\s(?:{alternation(data['between'])})){{0,2}}\s[€$£]?$"
    return _Bounds(
        frozenset(data["above"]),
        re.compile(rf"(?:\b|(?=n['’]t)){denied}\b(?P<said>{said}){tail}", re.IGNORECASE),
    )


def find(
    source: str,
    target: str,
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    direction: Literal["both", "target"] = "both",
) -> list[Finding]:
    """Return the numbers that are at least so much on one side and at most on the other.

    Args:
        source: The text to rely on.
        target: The text to check.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        direction: ``target`` lets one source number back several of the target.

    >>> [str(f) for f in find("Mehr als die Hälfte blieb.", "Less than half stayed.")]
    ['quantity: "Mehr als die Hälfte" became "Less than half"']
    >>> find("nicht mehr als 5 Euro", "at most 5 euros")
    []
    """
    findings = []
    for a, b in align(source, target, source_lang, target_lang, direction == "target").kept:
        ours = _read(source, a, source_lang)
        theirs = _read(target, b, target_lang) if ours else None
        if ours and theirs and ours[0] != theirs[0]:
            one, two = Span(ours[1], a.end), Span(theirs[1], b.end)
            text = f'"{one.of(source)}" became "{two.of(target)}"'
            findings.append(Finding("quantity", text, "error", one, two))
    return findings


def _read(text: str, quantity: Quantity, lang: str) -> tuple[bool, int] | None:
    """Return whether a number is a lower bound and where that is said, None if it is no bound."""
    if quantity.kind in DATE_KINDS:
        return None
    start = max(0, quantity.start - _REACH)
    before = text[start : quantity.start]
    match = _LETTER.search(before) and _bounds(lang).pattern.search(before)
    if not match:
        return None
    above = match["said"].lower() in _bounds(lang).above
    return above != bool(match["denied"]), start + match.start()
