"""Which value of the source became which value of the target.

All number-like things are matched in one go, because a day in one language
can be an ordinal in the other and "16 Uhr" can become "4" before "to 6 p.m.".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from summlib.text.grammar import Quantity
from summlib.text.quantities import find_quantities
from summlib.text.units import conversions, dimensions

Pair = tuple[Quantity, Quantity]
_CLASSES = {"time": "t", "month": "m", "weekday": "w"}
_PLAIN = ("number", "decade", "day")
_CONVERSION_SLACK = 0.06  # references round miles and feet this generously
_NEAR = 20  # values of one kind that are looked at near a place: work stays linear
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Alignment:
    """What became of the values of a source.

    A value in another unit, 62 miles for 100 km, is in none of the lists.

    Args:
        kept: Values that stand on both sides.
        changed: A source value and the target value in its place.
        lost: Source values without a counterpart.
        added: Target values without a counterpart.
    """

    kept: list[Pair] = field(default_factory=list)
    changed: list[Pair] = field(default_factory=list)
    lost: list[Quantity] = field(default_factory=list)
    added: list[Quantity] = field(default_factory=list)


class _Places:
    """The quantities of a text by key, to look up those that stand near a place.

    Args:
        quantities: In the order of the text.
        keys: What each can be looked up by.
        length: Of the text, in characters.
    """

    def __init__(
        self,
        quantities: Iterable[tuple[int, Quantity]],
        keys: Callable[[Quantity], Iterable[Hashable]],
        length: int,
    ) -> None:
        self._found: dict[Hashable, tuple[list[float], list[int]]] = {}
        for number, quantity in quantities:
            for key in keys(quantity):
                starts, numbers = self._found.setdefault(key, ([], []))
                starts.append(quantity.start / length)
                numbers.append(number)

    def near(self, key: Hashable, place: float) -> list[int]:
        """Return the nearest with that key, all where there are few.

        Args:
            key: One of the keys.
            place: 0 to 1, the share of the text before it.
        """
        starts, numbers = self._found.get(key, ([], []))
        if len(numbers) <= _NEAR:
            return numbers
        middle = bisect_left(starts, place)
        return numbers[max(0, middle - _NEAR // 2) : middle + _NEAR // 2]


@lru_cache(maxsize=8)
def align(source: str, target: str, source_lang: str, target_lang: str, reuse: bool) -> Alignment:
    """Match the values of a source and a target.

    Args:
        source: The text to rely on.
        target: The text to check.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        reuse: Whether one source value may back several target values, as in
            a summary.

    >>> found = align("35 Prozent am 3. Mai", "35% on 4 May", "de", "en", False)
    >>> [(str(a.value), str(b.value)) for a, b in found.changed]
    [('3', '4')]
    """
    ours, theirs = find_quantities(source, source_lang), find_quantities(target, target_lang)
    scale = (max(1, len(source)), max(1, len(target)))
    kept = _match(ours, theirs, scale, reuse)
    lost = _without(ours, [a for a, _ in kept])
    added = _without(theirs, [b for _, b in kept])
    more = _match(_components(lost), _components(added), scale, reuse)
    lost = [q for q in lost if not any(_inside(a, q) for a, _ in more)]
    added = [q for q in added if not any(_inside(b, q) for _, b in more)]
    converted = list(_conversions(lost, added, scale))
    lost = _without(lost, [a for a, _ in converted])
    added = _without(added, [b for _, b in converted])
    changed = _pair_up(lost, added, scale)
    return Alignment(
        kept + more,
        changed,
        _without(lost, [a for a, _ in changed]),
        _without(added, [b for _, b in changed]),
    )


def _without(quantities: list[Quantity], gone: list[Quantity]) -> list[Quantity]:
    spans = {(q.start, q.end) for q in gone}
    return [q for q in quantities if (q.start, q.end) not in spans and q.kind != "support"]


def _inside(part: Quantity, whole: Quantity) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _class(quantity: Quantity) -> str:
    return _CLASSES.get(quantity.kind, "n")


def _keys(quantity: Quantity) -> set[tuple[str, Decimal]]:
    """Return what the quantity can be looked up by; times and months also as numbers."""
    values = (quantity.value, *quantity.readings)
    keys = {(_class(quantity), v) for v in values}
    if quantity.kind == "month":
        keys.add(("n", quantity.value))
    if quantity.kind == "time":
        for value in values:
            hour, minute = divmod(int(value), 60)
            for h in {hour, hour % 12 or 12, hour or 24}:
                keys.add(("n", Decimal(h) + Decimal(minute) / 100))
    return keys


def _match(
    ours: list[Quantity], theirs: list[Quantity], scale: tuple[int, int], reuse: bool
) -> list[Pair]:
    """Match greedily, the surest pairs first.

    Of a value that stands very often only the nearest are candidates, so those
    that are left are looked at again among themselves.
    """
    pairs: list[tuple[int, int]] = []
    for _ in range(_ROUNDS):
        taken_ours, taken = ({pair[side] for pair in pairs} for side in (0, 1))
        free = [(i, q) for i, q in enumerate(ours) if reuse or i not in taken_ours]
        left = [(j, q) for j, q in enumerate(theirs) if j not in taken]
        more = _match_once(free, left, theirs, scale, reuse)
        pairs += more
        if len(theirs) <= _NEAR or not more:
            break
    return [(ours[i], theirs[j]) for i, j in pairs]


def _match_once(
    free: list[tuple[int, Quantity]],
    left: list[tuple[int, Quantity]],
    theirs: list[Quantity],
    scale: tuple[int, int],
    reuse: bool,
) -> list[tuple[int, int]]:
    places = _Places(left, _keys, scale[1])
    starts = {j: their.start / scale[1] for j, their in left}
    alike: dict[Hashable, int] = {}  # the number of all that differ only in their place
    groups = {j: alike.setdefault(_reading(their), len(alike)) for j, their in left}
    ranks: dict[Hashable, dict[int, int | None]] = {}
    candidates = []
    for i, our in free:
        place = our.start / scale[0]
        known = ranks.setdefault(_reading(our), {})
        for j in {j for key in _keys(our) for j in places.near(key, place)}:
            if groups[j] not in known:
                known[groups[j]] = _rank(our, theirs[j])
            rank = known[groups[j]]
            if rank is not None:
                candidates.append((rank, abs(place - starts[j]), i, j))
    return list(_chosen(candidates, reuse))


def _reading(quantity: Quantity) -> Hashable:
    """Return all of a quantity but its place: what its rank beside another depends on."""
    q = quantity
    return q.value, q.unit, q.kind, q.readings, q.digits


def _rank(our: Quantity, their: Quantity) -> int | None:
    """Return the penalty of a pair, None where the two cannot say the same."""
    return _penalty(our, their) if _compatible(our, their) else None


def _chosen(
    candidates: list[tuple[int, float, int, int]], reuse: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the best pairs in which no value stands twice, on our side unless reused."""
    ours: set[int] = set()
    theirs: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if j not in theirs and (reuse or i not in ours):
            ours.add(i)
            theirs.add(j)
            yield i, j


def _compatible(our: Quantity, their: Quantity) -> bool:
    """Return whether the two can say the same, beyond sharing a key."""
    kinds = {our.kind, their.kind}
    if kinds == {"support"}:
        return False
    if _class(our) != _class(their):
        plain = our if _class(our) == "n" else their
        named = plain.digits or (plain.value <= 24 and not plain.unit)  # "um vier", "4 p.m."
        return _class(plain) == "n" and plain.kind == "number" and named
    if (our.unit == "code") != (their.unit == "code"):
        return False
    if "support" in kinds and (kinds != {"support", "number"} or not _countable(our, their)):
        return False
    return any(their.says(v) for v in (our.value, *our.readings))


def _countable(our: Quantity, their: Quantity) -> bool:
    """Let "einen Monat" back "1 month", but "a" no percentage and no price."""
    return all(dimensions().get(q.unit, "time") == "time" for q in (our, their))


def _penalty(our: Quantity, their: Quantity) -> int:
    """Rank a pair: same kind, same unit and first reading count most."""
    cross = 4 * (_class(our) != _class(their)) + (our.kind != their.kind)
    support = 8 * ("support" in (our.kind, their.kind))
    return cross + support + 2 * (our.unit != their.unit) + 2 * (our.value != their.value)


def _components(quantities: list[Quantity]) -> list[Quantity]:
    """Split leftover clock times such as 3:10 into the two numbers a score is."""
    parts: list[Quantity] = []
    for q in quantities:
        if q.kind == "time" and q.end - q.start <= 5 and q.readings:
            hour, minute = divmod(int(q.value), 60)
            parts.append(Quantity(q.start, q.start + 1, Decimal(hour)))
            parts.append(Quantity(q.end - 2, q.end, Decimal(minute)))
        else:
            parts.append(q)
    return parts


@lru_cache(maxsize=1)
def _conversion_table() -> dict[tuple[str, str], tuple[float, float]]:
    table = {}
    for unit, other, factor, offset in conversions():
        table[unit, other] = (factor, offset)
        table.setdefault((other, unit), (1 / factor, -offset / factor))
    return table


def _conversions(
    lost: list[Quantity], added: list[Quantity], scale: tuple[int, int]
) -> Iterator[Pair]:
    """Yield what says the same in another unit."""
    units: dict[str, list[str]] = {}
    for unit, other in _conversion_table():
        units.setdefault(unit, []).append(other)
    places = _Places(enumerate(added), lambda quantity: (quantity.unit,), scale[1])
    for a in lost:
        for unit in units.get(a.unit, ()):
            near = (added[j] for j in places.near(unit, a.start / scale[0]))
            yield from ((a, b) for b in near if _is_conversion(a, b))


def _is_conversion(our: Quantity, their: Quantity) -> bool:
    """Tell 62 miles for 100 km from a wrong number."""
    known = _conversion_table().get((our.unit, their.unit))
    if known is None:
        return False
    expected = float(our.value) * known[0] + known[1]
    return abs(expected - float(their.value)) <= _CONVERSION_SLACK * abs(expected)


def _comparable(quantity: Quantity) -> str:
    """Return the kind, so that a lost 2015 pairs with no stray "quarter" or "first"."""
    return "plain" if quantity.kind in _PLAIN else quantity.kind


def _pair_up(lost: list[Quantity], added: list[Quantity], scale: tuple[int, int]) -> list[Pair]:
    """Pair what was lost with what stands in its place."""
    places = _Places(enumerate(added), lambda quantity: (_comparable(quantity),), scale[1])
    candidates = []
    for i, our in enumerate(lost):
        place = our.start / scale[0]
        for j in places.near(_comparable(our), place):
            their = added[j]
            unlike = (our.kind != their.kind) + (our.unit != their.unit)
            candidates.append((unlike, abs(place - their.start / scale[1]), i, j))
    return [(lost[i], added[j]) for i, j in _chosen(candidates)]
