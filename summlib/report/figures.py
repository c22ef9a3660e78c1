"""The numbers, dates and times of a result beside those of its source.

What is confirmed is what ``summlib.checks`` matched; what is not stands here
with the words of its finding, so that table and findings never disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from summlib.checks import dates, quantities
from summlib.checks.alignment import Alignment, Pair, align
from summlib.records import Finding, Severity, Span
from summlib.report.rows import Row
from summlib.text.grammar import Quantity
from summlib.text.normalization import normalize
from summlib.text.quantities import find_quantities, is_year

LANGUAGES = ("de", "en")
"""Languages whose numbers can be read."""

Status = Literal["confirmed", "converted", "differs", "added", "missing"]

_GAP = re.compile(r"(?:[\s.,/-]|dem|den|der|of|the|st|nd|rd|th)*")
"""What stands between the parts of one date, as in "Tuesday, the 17th of November, 2025"."""

_DATE_PARTS = ("day", "month", "weekday")


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of the result, of its source, or of both.

    Args:
        number: Of the sentence it stands in.
        source: As the source writes it, empty when it is not there.
        target: As the result writes it, empty when it is not there.
        status: ``converted`` is the same in another unit, ``added`` stands
            in the result alone, ``missing`` in the source alone.
        message: What the checks say of it, empty when it holds.
        severity: How bad that is.
    """

    number: int
    source: str
    target: str
    status: Status
    message: str = ""
    severity: Severity | None = None


def compare_figures(rows: Iterable[Row], *, source_lang: str, target_lang: str) -> list[Figure]:
    """Return the figures of all sentences, in the order of the result.

    Args:
        rows: The sentences of the result.
        source_lang: Only ``de`` and ``en`` can be read; others give nothing.
        target_lang: Likewise.

    >>> from summlib.records import Sentence
    >>> source = (Sentence("Am 3. Mai 2025 kamen 35 Leute.", 0, 30),)
    >>> row = Row(1, "On 3 May 2025, 53 people came.", 0, 30, source, "translated")
    >>> for f in compare_figures([row], source_lang="de", target_lang="en"):
    ...     print(f.source, "|", f.target, "|", f.status)
    3. Mai 2025 | 3 May 2025 | confirmed
    35 | 53 | differs
    """
    if source_lang not in LANGUAGES or target_lang not in LANGUAGES:
        return []
    return [f for row in rows for f in _figures(row, source_lang, target_lang)]


def _figures(row: Row, source_lang: str, target_lang: str) -> list[Figure]:
    source = " ".join(normalize(s.text, lang=source_lang).text for s in row.sources)
    source = source.replace("\n", " ")  # as the checks saw it: hyphens joined, on one line
    ours, theirs = find_quantities(source, source_lang), find_quantities(row.text, target_lang)
    if all(q.kind == "support" for q in [*ours, *theirs]):
        return []
    pair = _Pair(row, source, (source_lang, target_lang), (ours, theirs))
    return [figure for _, figure in sorted(pair.figures(), key=lambda x: x[0])]


class _Pair:
    """Compares one sentence with its source.

    Args:
        row: The sentence.
        source: What it rests on, on one line.
        langs: Languages of source and sentence.
        values: The quantities of source and sentence.
    """

    def __init__(
        self,
        row: Row,
        source: str,
        langs: tuple[str, str],
        values: tuple[list[Quantity], list[Quantity]],
    ) -> None:
        self.row, self.source, self.langs, self.values = row, source, langs, values
        self.found: Alignment = align(source, row.text, *langs, not row.whole)
        self.findings = self._findings()

    def figures(self) -> Iterator[tuple[tuple[int, int], Figure]]:
        """Yield the figures, each with its place in the target and in the source."""
        for finding in self.findings:
            yield _place(finding.source, finding.target), self._unconfirmed(finding)
        for source, target in _merged_dates(self._confirmed(), (self.source, self.row.text)):
            yield _place(source, target), self._figure(source, target, "confirmed")
        for source, target in self._converted():
            yield _place(source, target), self._figure(source, target, "converted")

    def _findings(self) -> list[Finding]:
        if self.langs[0] == self.langs[1] and self.source == self.row.text:
            return []
        direction: Literal["both", "target"] = "both" if self.row.whole else "target"
        return [
            finding
            for module in (quantities, dates)
            for finding in module.find(
                self.source,
                self.row.text,
                source_lang=self.langs[0],
                target_lang=self.langs[1],
                direction=direction,
            )
        ]

    def _confirmed(self) -> list[Pair]:
        doubted = {(f.target.start, f.target.end) for f in self.findings if f.target}
        return [
            (a, b)
            for a, b in self.found.kept
            if (b.start, b.end) not in doubted and not a.kind == b.kind == "support"
        ]

    def _converted(self) -> Iterator[tuple[Span, Span]]:
        """Yield what the alignment holds in none of its lists: 62 miles for 100 km."""
        pairs = self.found.kept + self.found.changed
        ours = _left(self.values[0], [*(a for a, _ in pairs), *self.found.lost])
        theirs = _left(self.values[1], [*(b for _, b in pairs), *self.found.added])
        if len(ours) == len(theirs):
            for a, b in zip(ours, theirs, strict=True):
                yield Span(a.start, a.end), Span(b.start, b.end)

    def _unconfirmed(self, finding: Finding) -> Figure:
        both: Status = "differs" if finding.target else "missing"
        status: Status = both if finding.source else "added"
        figure = self._figure(finding.source, finding.target, status)
        return Figure(
            *(figure.number, figure.source, figure.target, status),
            *(finding.message, finding.severity),
        )

    def _figure(self, source: Span | None, target: Span | None, status: Status) -> Figure:
        ours = source.of(self.source) if source else ""
        theirs = target.of(self.row.text) if target else ""
        return Figure(self.row.number, ours, theirs, status)


def _place(source: Span | None, target: Span | None) -> tuple[int, int]:
    """Order by the target; what is missing there comes last."""
    return (target.start if target else 1 << 60, source.start if source else 0)


def _left(quantities: list[Quantity], known: list[Quantity]) -> list[Quantity]:
    return [
        q
        for q in quantities
        if q.kind == "number"
        and q.digits
        and not any(k.start < q.end and q.start < k.end for k in known)
    ]


def _merged_dates(pairs: list[Pair], texts: tuple[str, str]) -> Iterator[tuple[Span, Span]]:
    """Join day, month and year to one date where both sides write them together."""
    group: list[Pair] = []
    for pair in sorted(pairs, key=lambda p: p[1].start):
        if group and not _continues(group, pair, texts):
            yield _envelope(group)
            group = []
        group.append(pair)
    if group:
        yield _envelope(group)


def _continues(group: list[Pair], pair: Pair, texts: tuple[str, str]) -> bool:
    """Tell whether a value belongs to the date before it, on both sides."""
    parts = [q for p in (group[-1], pair) for q in p]
    if not all(q.kind in _DATE_PARTS or is_year(q) for q in parts):
        return False
    dated = any(b.kind in _DATE_PARTS for _, b in [*group, pair])
    sides = zip(texts, _envelope(group), pair, strict=True)
    return dated and all(_GAP.fullmatch(_between(text, span, q)) for text, span, q in sides)


def _between(text: str, span: Span, quantity: Quantity) -> str:
    """Return what lies between the two, whichever comes first."""
    return text[min(span.end, quantity.end) : max(span.start, quantity.start)]


def _envelope(group: list[Pair]) -> tuple[Span, Span]:
    ours, theirs = [a for a, _ in group], [b for _, b in group]
    return (
        Span(min(q.start for q in ours), max(q.end for q in ours)),
        Span(min(q.start for q in theirs), max(q.end for q in theirs)),
    )
