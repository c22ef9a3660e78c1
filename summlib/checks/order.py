"""Two numbers that traded places: "30 goals in 49 games" for "49 ... in 30".

Every value is on both sides then, only in the other order. Order also
changes with grammar, so the words beside each number have to vouch for it.
"""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from functools import lru_cache

from summlib.checks.alignment import Pair
from summlib.text.datafiles import DATA
from summlib.text.grammar import Quantity
from summlib.text.quantities import is_year

_WORD = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_DATA = DATA / "contexts.de-en.json"
_DAY_BEFORE_YEAR = re.compile(r"\s\d{1,2}(?:st|nd|rd|th)?,?\s$")  # January 1, 2024
_REACH = 28  # characters to each side that hold two or three words
_YEAR_CUES = {"in", "since", "year", "late", "early", "mid"} | {f"month{i}" for i in range(1, 13)}
_LIKENESS = 0.7  # of two cognates; chance pairs of one initial stay near 0.5
_COGNATE = 4  # letters that two words must share at their start
_NEAR = 20  # values behind one that it may have traded places with: work stays linear

Context = tuple[list[str], list[str]]


@lru_cache(maxsize=2)
def _keys(lang: str) -> dict[str, str]:
    return dict(json.loads(_DATA.read_text(encoding="utf-8"))[lang])


def swapped(
    source: str, target: str, kept: list[Pair], source_lang: str, target_lang: str
) -> list[tuple[Pair, Pair]]:
    """Return pairs of matched values that stand in each other's place.

    Args:
        source: The text to rely on.
        target: The text to check.
        kept: Values matched by ``align``.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
    """
    pairs = sorted((p for p in kept if _counts(p)), key=lambda p: p[0].start)
    langs = (source_lang, target_lang)

    @lru_cache(maxsize=2 * _NEAR)
    def contexts(i: int) -> tuple[Context, Context]:
        ours, theirs = pairs[i]
        return _context(source, ours, langs[0]), _context(target, theirs, langs[1])

    found: list[tuple[Pair, Pair]] = []
    used: set[int] = set()
    for i, one in enumerate(pairs):
        for j in range(i + 1, min(i + 1 + _NEAR, len(pairs))):
            two = pairs[j]
            if i not in used and j not in used and _may_swap(one, two):
                inverted = one[1].start > two[1].start
                same, other = _evidence(one, two, contexts(i), contexts(j))
                if other > same + (0 if inverted else 2) or (inverted and same == other):
                    found.append((one, two))
                    used |= {i, j}
    return found


def _may_swap(one: Pair, two: Pair) -> bool:
    """Only other values, in another order or of another kind, can have traded places."""
    if one[0].value == two[0].value:
        return False
    inverted = one[1].start > two[1].start
    return inverted or one[0].kind != two[0].kind or one[0].unit != two[0].unit


def _counts(pair: Pair) -> bool:
    """Only what the target writes in digits: words in another order are style."""
    kinds = {pair[0].kind, pair[1].kind}
    return pair[1].digits and not kinds & {"support", "month", "weekday"}


def _evidence(
    one: Pair, two: Pair, near_one: tuple[Context, Context], near_two: tuple[Context, Context]
) -> tuple[float, float]:
    """Return how well the words around fit as matched, and how well crosswise."""
    same = _fit(*one, *near_one) + _fit(*two, *near_two)
    cross = _fit(one[0], two[1], near_one[0], near_two[1])
    return same, cross + _fit(two[0], one[1], near_two[0], near_one[1])


def _context(text: str, quantity: Quantity, lang: str) -> Context:
    """Return the words just before and just behind, the nearest first."""
    # Words beyond another number belong to that number.
    reach = text[max(0, quantity.start - _REACH) : quantity.start]
    left = _DIGIT.split(_DAY_BEFORE_YEAR.sub(" ", reach))[-1]
    right = _DIGIT.split(text[quantity.end : quantity.end + _REACH])[0]
    before, behind = _WORD.findall(left.lower()), _WORD.findall(right.lower())
    keys = _keys(lang)
    return (
        [keys.get(w, w) for w in reversed(before)][:2],
        [keys.get(w, w) for w in behind][:3],
    )


def _fit(our: Quantity, their: Quantity, ours: Context, theirs: Context) -> float:
    """Score how alike two numbers' surroundings are."""
    score = 2.0 * (our.unit == their.unit) + 1.0 * (our.kind == their.kind)
    score += 1.0 * (bool(_YEAR_CUES & set(ours[0][:1])) == bool(_YEAR_CUES & set(theirs[0][:1])))
    score += 0.5 * (is_year(our) and bool(_YEAR_CUES & set(theirs[0][:1])))
    score += sum(1.0 for a, b in zip(ours[0][:1], theirs[0][:1], strict=False) if _alike(a, b))
    score += sum(0.5 for a in set(ours[0]) for b in set(theirs[0]) if _alike(a, b))
    score += sum(1.0 for a in set(ours[1]) for b in set(theirs[1]) if _alike(a, b))
    return score


def _alike(a: str, b: str) -> bool:
    """Tell cognates: Amerikaner and Americans, reichsten and richest."""
    if a == b or min(len(a), len(b)) < _COGNATE or a[0] != b[0]:
        return a == b
    return a[:_COGNATE] == b[:_COGNATE] or SequenceMatcher(None, a, b).ratio() >= _LIKENESS


def torn(kept: list[Pair]) -> list[Pair]:
    """Return days that lost their month: "March 18, 1965" as "March 1965, 18".

    Args:
        kept: Values matched by ``align``.
    """
    months = {p[0].start for p in kept if p[0].kind == p[1].kind == "month"}
    return [
        day
        for day in kept
        if day[0].kind == "day"
        and day[1].kind == "number"
        and day[1].digits
        and not months.isdisjoint(range(day[0].end, day[0].end + 4))
    ]
