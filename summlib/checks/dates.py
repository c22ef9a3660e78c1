"""Days, months, weekdays and clock times that changed, appeared or went missing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from summlib.checks.alignment import align
from summlib.checks.order import torn
from summlib.checks.quantities import DATE_KINDS, a_text
from summlib.records import Finding, Severity, Span
from summlib.text.grammar import Quantity
from summlib.text.numberwords import lexicon


def find(
    source: str,
    target: str,
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    direction: Literal["both", "target"] = "both",
) -> list[Finding]:
    """Return the dates and clock times on which target and source disagree.

    17. November 2025, 17.11.2025, Nov 17, 2025 and 2025-11-17 agree.

    Args:
        source: The text to rely on.
        target: The text to check.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        direction: ``target`` lets the target leave things out.

    >>> [str(f) for f in find("am 17. November um 16.30 Uhr", "on 17 October at 4:30 p.m.")]
    ['date: "November" became "October"']
    """
    found = align(source, target, source_lang, target_lang, direction == "target")
    findings = []
    for a, b in found.changed:
        if _is_date(a) or _is_date(b):
            text = f'"{a_text(source, a)}" became "{a_text(target, b)}"'
            findings.append(_finding(text, "error", a, b))
    if direction == "both":
        for a, b in torn(found.kept):
            text = f'"{a_text(target, b)}" stands apart from its month'
            findings.append(_finding(text, "error", a, b))
    ours, theirs = (_said([pair[side] for pair in found.kept]) for side in (0, 1))
    for b in found.added:
        if _is_date(b) and not _repeats(b, theirs) and not _in_compound(b, source, source_lang):
            text = f'"{a_text(target, b)}" does not stand in the source'
            findings.append(_finding(text, _severity(b, theirs), None, b))
    for a in found.lost if direction == "both" else ():
        if _is_date(a) and not _repeats(a, ours) and not _in_compound(a, target, target_lang):
            text = f'"{a_text(source, a)}" is missing'
            findings.append(_finding(text, _severity(a, ours), a, None))
    return findings


def _is_date(quantity: Quantity) -> bool:
    return quantity.kind in DATE_KINDS


def _repeats(quantity: Quantity, kept: set[tuple[str, Decimal]]) -> bool:
    """Tell "from 12 to 19 November", which may name the month twice, from another month."""
    return quantity.kind == "month" and ("month", quantity.value) in kept


def _in_compound(quantity: Quantity, text: str, lang: str) -> bool:
    """Tell "Tuesday's market" beside "Dienstagsmarkt": a text says the day in other words."""
    if quantity.kind != "weekday" or lang != "de":
        return False
    names = lexicon(lang)["weekdays"].items()
    said = [name for name, value in names if value == quantity.value]
    next_day = [name for name, value in names if value == quantity.value % 7 + 1]
    if any(re.search(rf"\bNacht (?:zum|auf) {name}\b", text, re.IGNORECASE) for name in next_day):
        return True  # "in der Nacht zum Freitag" begins on Thursday
    return any(re.search(rf"\b{name}s-?[a-zäöüß]{{3}}", text, re.IGNORECASE) for name in said)


def _said(quantities: list[Quantity]) -> set[tuple[str, Decimal]]:
    """Return all that the quantities say, with their kinds."""
    return {(q.kind, value) for q in quantities for value in (q.value, *q.readings)}


def _severity(quantity: Quantity, kept: set[tuple[str, Decimal]]) -> Severity:
    """Rate a date without counterpart; weekdays and repeated months are often left out."""
    if quantity.kind in ("weekday", "month"):
        return "warning"
    return "warning" if (quantity.kind, quantity.value) in kept else "error"


def _finding(message: str, severity: Severity, a: Quantity | None, b: Quantity | None) -> Finding:
    return Finding(
        "date",
        message,
        severity,
        Span(a.start, a.end) if a else None,
        Span(b.start, b.end) if b else None,
    )
