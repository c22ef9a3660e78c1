"""Faithfulness: does the target say what the source says?

Five modules look at one thing each: ``quantities``, ``bounds``, ``dates``,
``names`` and ``negation``. Each has ``find(source, target)``; ``check_pair``
runs them all.
An ``error`` would mislead a reader, a ``warning`` is worth a look.
"""

from __future__ import annotations

from typing import Literal

from summlib.records import Finding

Direction = Literal["both", "target"]


def check_pair(
    source: str,
    target: str,
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    direction: Direction = "both",
) -> list[Finding]:
    """Return where the target disagrees with the source, in target order.

    A text checked against itself has no findings, and no text makes it raise.

    Args:
        source: The text to rely on: a sentence, or all a summary was made from.
        target: Its translation or a summary of it.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        direction: ``both`` for a translation, where what is lost counts too;
            ``target`` for a summary, which may leave things out.

    >>> [str(f) for f in check_pair("Es waren 35 Euro.", "It was 53 euros.")]
    ['quantity: "35 Euro" became "53 euros"']
    >>> check_pair("Am 3. Mai kamen 1.200 Leute.", "On 3 May, 1,200 people came.")
    []
    """
    from summlib.checks import bounds, dates, names, negation, quantities

    if source == target and source_lang == target_lang:
        return []
    findings: list[Finding] = []
    for module in (quantities, bounds, dates, names, negation):
        findings += module.find(
            source,
            target,
            source_lang=source_lang,
            target_lang=target_lang,
            direction=direction,
        )
    return sorted(findings, key=_place)


def _place(finding: Finding) -> tuple[int, int]:
    """Order by the place in the target; what was lost comes last."""
    if finding.target is not None:
        return (finding.target.start, 0)
    return (1 << 60, finding.source.start if finding.source else 0)
