"""Put right what a check names exactly: a number that became another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summlib.records import Finding
from summlib.text.layout import find_protected
from summlib.text.prepare import prepare

_DIGITS = re.compile(r"\d(?:[\d.,:]*\d)?")


def repair_numbers(source: str, target: str, findings: Sequence[Finding]) -> str:
    """Return the target with each wrong number replaced by the one it came from.

    Only where a finding names both places and each holds one number in digits;
    the caller checks the result again and keeps it when it is better.

    Args:
        source: The source sentence.
        target: Its translation.
        findings: What the checks found in the pair.

    >>> from summlib.checks import check_pair
    >>> source, target = "Es gab 33 Stimmen.", "There were 331 votes."
    >>> repair_numbers(source, target, check_pair(source, target))
    'There were 33 votes.'
    """
    repairs = []
    copied = find_protected(target)
    for finding in findings:
        if finding.kind not in ("quantity", "date") or not (finding.source and finding.target):
            continue
        if any(c.start <= finding.target.start < c.end for c in copied):
            continue
        right = _DIGITS.findall(prepare(finding.source.of(source)))
        wrong = list(_DIGITS.finditer(finding.target.of(target)))
        if len(right) == len(wrong) == 1:
            start = finding.target.start
            repairs.append((start + wrong[0].start(), start + wrong[0].end(), right[0]))
    for start, end, number in sorted(repairs, reverse=True):
        target = target[:start] + number + target[end:]
    return target
