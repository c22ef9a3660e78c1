"""Numbers, amounts and units that changed, appeared or went missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from summlib.checks.alignment import Alignment, Pair, align
from summlib.checks.order import swapped
from summlib.records import Finding, Severity, Span
from summlib.text.grammar import Quantity
from summlib.text.units import dimensions

DATE_KINDS = ("day", "month", "weekday", "time")
_SMALL = 3  # "one", "two" and "both" trade freely; references keep larger number words


def find(
    source: str,
    target: str,
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    direction: Literal["both", "target"] = "both",
) -> list[Finding]:
    """Return the quantities on which target and source disagree.

    Digits are held to the letter; number words only where one stands in
    place of another, because words such as "two" and "both" trade freely.

    Args:
        source: The text to rely on.
        target: The text to check.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        direction: ``target`` lets the target leave things out.

    >>> [str(f) for f in find("2,6 Milliarden Euro", "2.6 million euros")]
    ['quantity: "2,6 Milliarden Euro" became "2.6 million euros"']
    """
    found = align(source, target, source_lang, target_lang, direction == "target")
    report = _Report(source, target, found)
    findings = [report.changed(a, b) for a, b in found.changed]
    findings += [report.unit(a, b) for a, b in found.kept]
    findings += [report.added(b) for b in found.added]
    if direction == "both":
        findings += [report.lost(a) for a in found.lost]
        findings += [
            report.swap(a, b)
            for a, b in swapped(source, target, found.kept, source_lang, target_lang)
        ]
    return [f for f in findings if f is not None]


class _Report:
    """Words the findings of one pair of texts."""

    def __init__(self, source: str, target: str, found: Alignment) -> None:
        self.source = source
        self.target = target
        self.found = found
        self.ours, self.theirs = (_values([p[side] for p in found.kept]) for side in (0, 1))

    def changed(self, a: Quantity, b: Quantity) -> Finding | None:
        if a.kind in DATE_KINDS or b.kind in DATE_KINDS:
            return None
        severity = _severity_of_change(a, b)
        text = f'"{a_text(self.source, a)}" became "{a_text(self.target, b)}"'
        return _finding(text, severity, a, b) if severity else None

    def unit(self, a: Quantity, b: Quantity) -> Finding | None:
        if not (a.digits and b.digits and _units_differ(a, b)):
            return None
        text = f'the unit of "{a_text(self.source, a)}" became that of "{a_text(self.target, b)}"'
        return _finding(text, "error", a, b)

    def added(self, b: Quantity) -> Finding | None:
        severity = _severity_alone(b, self.theirs, lost=False)
        text = f'"{a_text(self.target, b)}" does not stand in the source'
        return _finding(text, severity, None, b) if severity else None

    def lost(self, a: Quantity) -> Finding | None:
        severity = _severity_alone(a, self.ours, lost=True)
        text = f'"{a_text(self.source, a)}" is missing'
        return _finding(text, severity, a, None) if severity else None

    def swap(self, first: Pair, second: Pair) -> Finding:
        one, two = a_text(self.target, first[1]), a_text(self.target, second[1])
        return Finding(
            "quantity",
            f'"{one}" and "{two}" stand in each other\'s place',
            "error",
            Span(first[0].start, first[0].end),
            Span(first[1].start, first[1].end),
        )


def a_text(text: str, quantity: Quantity) -> str:
    """Return the words of a quantity as they stand in its text."""
    return text[quantity.start : quantity.end]


def _finding(message: str, severity: Severity, a: Quantity | None, b: Quantity | None) -> Finding:
    return Finding(
        "quantity",
        message,
        severity,
        Span(a.start, a.end) if a else None,
        Span(b.start, b.end) if b else None,
    )


def _severity_of_change(a: Quantity, b: Quantity) -> Severity | None:
    """Rate a value in another's place: digits always count, words of one kind do."""
    if a.digits or b.digits:
        return "error"
    if a.kind == b.kind == "fraction":
        return "error"
    if a.kind != b.kind or min(a.value, b.value) < 2:
        return None
    return "error" if a.kind in ("number", "vague") else "warning"


def _values(quantities: list[Quantity]) -> set[Decimal]:
    """Return all that the quantities say."""
    return {value for q in quantities for value in (q.value, *q.readings)}


def _severity_alone(quantity: Quantity, kept: set[Decimal], *, lost: bool) -> Severity | None:
    """Rate a value without counterpart; a repeated mention may well be dropped."""
    if quantity.kind in DATE_KINDS:
        return None
    if not quantity.digits:
        if quantity.kind != "number" or quantity.value < _SMALL:
            return None
        return "error" if lost or quantity.unit else "warning"
    return "warning" if quantity.value in kept else "error"


def _units_differ(a: Quantity, b: Quantity) -> bool:
    """Return whether the units contradict each other: EUR and USD, percent and none."""
    if a.unit == b.unit or {a.kind, b.kind} != {"number"}:
        return False
    if "percent" in (a.unit, b.unit):
        return True
    if "degree" in (a.unit, b.unit):  # "1,5 Grad" leaves open whose
        return False
    return bool(a.unit and b.unit) and dimensions().get(a.unit) == dimensions().get(b.unit)
