"""How far the checks can be trusted: false alarms on good pairs, catches on bad ones.

A reference translation should raise nothing; the same reference with one
number changed should raise something. The changes are those that translation
models make: a digit, two numbers swapped, one dropped, a month, a scale.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from math import sqrt

from summlib.checks import check_pair
from summlib.records import Finding, Score, Severity

Case = Mapping[str, object]
Corruption = tuple[str, str, str]

_NUMBER = re.compile(r"(?<![\w.,:])\d+(?:[.,:]\d+)*(?!\w)")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\b(?=\s\d)|(?<=\d\s)(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b"
)
_MONTHS = "January February March April June July August September October November December"
_SCALE = re.compile(r"(?<=\d\s)(?:million|billion|trillion|bn|m)\b")
_OTHER_SCALE = {
    "million": "billion",
    "billion": "million",
    "trillion": "billion",
    "bn": "million",
    "m": "billion",
}


def false_alarm_rate(
    cases: Iterable[Case],
    *,
    kinds: tuple[str, ...] = ("quantity", "date"),
    severity: Severity = "error",
) -> Score:
    """Return the share of reference translations that raise a finding, in percent.

    Args:
        cases: Each with ``source`` (German) and ``reference`` (English).
        kinds: Kinds of findings that count.
        severity: ``warning`` counts warnings and errors, ``error`` errors only.

    >>> false_alarm_rate([{"source": "35 Euro", "reference": "35 euros"}]).value
    0.0
    """
    pairs = list(_pairs(cases))
    hits = sum(bool(alarms(s, t, kinds=kinds, severity=severity)) for s, t in pairs)
    return share_score("false alarms", hits, len(pairs), f"{'+'.join(kinds)}|{severity}")


def catch_rate(
    cases: Iterable[Case],
    seed: int = 1,
    *,
    kinds: tuple[str, ...] = ("quantity", "date"),
    severity: Severity = "error",
) -> Score:
    """Return the share of references with one number changed that raise a finding.

    Every change that a reference admits is tried once. A finding counts only
    when the unchanged reference does not raise it already.

    Args:
        cases: Each with ``source`` (German) and ``reference`` (English).
        seed: Chooses which number and which digit; equal seeds, equal changes.
        kinds: Kinds of findings that count.
        severity: ``warning`` counts warnings and errors, ``error`` errors only.

    >>> catch_rate([{"source": "35 Euro", "reference": "35 euros"}], seed=1).value
    100.0
    """
    caught = total = 0
    for source, reference in _pairs(cases):
        before = len(alarms(source, reference, kinds=kinds, severity=severity))
        for _, _, bad in corruptions(source, reference, seed=seed):
            total += 1
            caught += len(alarms(source, bad, kinds=kinds, severity=severity)) > before
    return share_score("caught", caught, total, f"{'+'.join(kinds)}|{severity}|seed{seed}")


def alarms(
    source: str, target: str, *, kinds: tuple[str, ...], severity: Severity
) -> list[Finding]:
    """Return the findings of a pair that are of the kinds and at least as severe.

    Args:
        source: German text.
        target: English text.
        kinds: Kinds of findings that count.
        severity: ``warning`` counts warnings and errors, ``error`` errors only.
    """
    findings = check_pair(source, target)
    return [
        f for f in findings if f.kind in kinds and (severity == "warning" or f.severity == "error")
    ]


def corruptions(source: str, reference: str, *, seed: int) -> Iterator[Corruption]:
    """Yield (kind, source, changed reference), at most one of each kind.

    Args:
        source: German text.
        reference: Its English translation.
        seed: Chooses the number and the digit.

    >>> sorted(kind for kind, _, _ in corruptions("35 Euro", "35 euros", seed=1))
    ['digit', 'drop', 'magnitude']
    """
    rng = random.Random(f"{seed}|{reference}")
    for kind, change in _CHANGES.items():
        bad = change(reference, rng)
        if bad is not None and bad != reference:
            yield kind, source, bad


def _pairs(cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """Yield each sentence pair once; the case files name one number per line."""
    seen = set()
    for case in cases:
        pair = (str(case["source"]), str(case["reference"]))
        if pair not in seen:
            seen.add(pair)
            yield pair


def _change_digit(text: str, rng: random.Random) -> str | None:
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return None
    number = rng.choice(numbers)
    places = [i for i in range(number.start(), number.end()) if text[i].isdigit()]
    place = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != text[place]])
    return text[:place] + digit + text[place + 1 :]


def _swap(text: str, rng: random.Random) -> str | None:
    numbers = list(_NUMBER.finditer(text))
    pairs = [
        (a, b) for i, a in enumerate(numbers) for b in numbers[i + 1 :] if a.group() != b.group()
    ]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    middle = text[a.end() : b.start()]
    return text[: a.start()] + b.group() + middle + a.group() + text[b.end() :]


def _drop(text: str, rng: random.Random) -> str | None:
    numbers = list(_NUMBER.finditer(text))
    if not numbers:
        return None
    number = rng.choice(numbers)
    return (text[: number.start()] + text[number.end() :].lstrip()).strip()


def _change_month(text: str, rng: random.Random) -> str | None:
    months = list(_MONTH.finditer(text))
    if not months:
        return None
    month = rng.choice(months)
    other = rng.choice([m for m in _MONTHS.split() if m != month.group()])
    return text[: month.start()] + other + text[month.end() :]


def _change_scale(text: str, rng: random.Random) -> str | None:
    scales = list(_SCALE.finditer(text))
    if not scales:
        return None
    scale = rng.choice(scales)
    return text[: scale.start()] + _OTHER_SCALE[scale.group()] + text[scale.end() :]


def _change_magnitude(text: str, rng: random.Random) -> str | None:
    """Make a number ten times as large, the way a lost decimal point does."""
    numbers = [n for n in _NUMBER.finditer(text) if ":" not in n.group()]
    if not numbers:
        return None
    number = rng.choice(numbers)
    digits = number.group()
    bad = digits.replace(".", "") if "." in digits else digits.replace(",", "") + "0"
    return text[: number.start()] + bad + text[number.end() :]


_CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "digit": _change_digit,
    "swap": _swap,
    "drop": _drop,
    "month": _change_month,
    "scale": _change_scale,
    "magnitude": _change_magnitude,
}


def share_score(name: str, hits: int, total: int, signature: str) -> Score:
    """Return a share in percent with its 95 % Wilson interval."""
    if not total:
        return Score(name, 0.0, 0.0, 100.0, f"{signature}|n0")
    z, p = 1.96, hits / total
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Score(name, 100 * p, 100 * low, 100 * high, f"{signature}|n{total}")
