"""The figures of ``peers.py`` as tables: medians, ratios, and the bars they are held to."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from contenders import MODEL, Contender
from machine import describe, install_mb, versions
from samples import Samples

LONG = 3000
"""Words from which the cost of a document is its length, and no longer what is paid once."""

NAMED = (
    *("ctranslate2", "sentencepiece", "argostranslate", "spacy", "stanza", "minisbd"),
    *("torch", "transformers", "sumy", "numpy"),
)
METHOD = """\
Each figure is the median of {rounds} round(s); in a round every contender has its turn, in a
process of its own. "Limit" is the bare CTranslate2 of the same beam. "Start" runs from the start
of the process until the first output; memory is the most that the process had taken at the end of
its batch. "Packages" is the size on disk of what pip installs for it, without its model; torch is
the build without CUDA.
"Import" is the import statement alone: what is loaded at first use shows in "start".

- All translate with the weights of `models/de-en`, CTranslate2 in int8 and transformers in the
  precision named. The bare CTranslate2 is given the very pieces that summlib's engine is given, in
  one call; nothing splits, masks, checks or retries around it.
- Argos Translate is given the weights as a package of its own kind. It fetches what finds its
  sentences from the net; here it has the rule-based sentence finder of spaCy, which it also
  supports and which is quicker. Its length penalty (0.2) is fixed. As shipped it hands
  CTranslate2 batches of 32 pieces; "large batches" sets `ARGOS_BATCH_SIZE=2048`.
- transformers reads sentences, 16 at a time, and {share:.1%} of what the others read.
- LexRank and TextRank get summlib's sentences and its translator for what they select (55 words).
"""


@dataclass(frozen=True)
class Plan:
    """What was to be measured.

    Args:
        samples: The texts.
        sizes: Words of the documents whose cost is told.
        rounds: Turns of each contender.
        threads: Of each contender.
        clock: ``wall`` or ``cpu``.
        limit_s: Seconds after which a process is stopped.
        absent: Contenders that are left out, with the modules that are missing.
        remark: A sentence to stand above the tables.
    """

    samples: Samples
    sizes: tuple[int, ...]
    rounds: int
    threads: int
    clock: str
    limit_s: float
    absent: dict[str, list[str]]
    remark: str = ""


class Table:
    """Medians of what was measured.

    Args:
        contenders: Those that are there.
        records: One for each figure, as ``peers.py`` keeps them.
        plan: What was to be measured.
    """

    def __init__(
        self, contenders: Sequence[Contender], records: Sequence[dict[str, Any]], plan: Plan
    ) -> None:
        self.contenders, self.plan = list(contenders), plan
        self._records = list(records)

    def median(self, name: str, what: str, field: str = "seconds") -> float | None:
        """Return the median of a figure, None where there is none."""
        return self._median(name, what, lambda r: float(r[field]), field)

    def rate(self, name: str, what: str, of: str = "words") -> float | None:
        """Return how many words or texts a second."""
        return self._median(name, what, lambda r: r[of] / r["seconds"], of)

    def _median(
        self, name: str, what: str, value: Callable[[dict[str, Any]], float], field: str
    ) -> float | None:
        mine = [r for r in self._records if (r["name"], r["what"]) == (name, what)]
        found = [value(r) for r in mine if field in r]
        return statistics.median(found) if found else None

    def growth(self, name: str) -> dict[int, float]:
        """Return words of a document and the seconds it takes."""
        found = {size: self.median(name, f"growth-{size}") for size in self.plan.sizes}
        return {size: seconds for size, seconds in found.items() if seconds}

    def exponent(self, name: str, *, least: int = 0) -> float | None:
        """Return the exponent of the power law that fits the cost best, from so many words on."""
        return power(
            {size: seconds for size, seconds in self.growth(name).items() if size >= least}
        )

    @property
    def over(self) -> list[tuple[str, str, float]]:
        """Name contender and measure of what was stopped, with the seconds it was given."""
        names = {c.name for c in self.contenders}
        stopped = [r for r in self._records if "over" in r and r["name"] in names]
        return [(r["name"], r["what"], r["over"]) for r in stopped]

    def of(self, task: str) -> list[Contender]:
        """Return the contenders of a task."""
        return [c for c in self.contenders if c.task == task]

    def limit(self, contender: Contender) -> str:
        """Name the bare CTranslate2 of the same beam."""
        return "CTranslate2" if contender.beam == 4 else f"CTranslate2 beam {contender.beam}"


def power(points: dict[int, float]) -> float | None:
    """Return the exponent of the power law through points, by least squares of the logarithms.

    >>> round(power({10: 1.0, 100: 100.0}), 3)
    2.0
    """
    if len(points) < 2:
        return None
    x, y = map(math.log, points), map(math.log, points.values())
    return statistics.linear_regression(list(x), list(y)).slope


def ratio(first: float | None, second: float | None) -> float | None:
    """Return how many times the second the first is."""
    return first / second if first and second else None


def translation_rows(table: Table) -> list[list[str]]:
    """Return the table of the translators, its head first."""
    rows = [["", "batch, words/s", ": limit", "single, words/s", ": limit", "ms a sentence"]]
    rows[0] += ["start, s", "memory, MB", "packages, MB", "import, s"]
    for c in table.of("translate"):
        batch, single = table.rate(c.name, "batch"), table.rate(c.name, "single")
        limit = table.limit(c)
        row = [
            shown(batch, 0),
            shown(ratio(batch, table.rate(limit, "batch")), 2),
            shown(single, 0),
            shown(ratio(single, table.rate(limit, "single")), 2),
            shown(table.median(c.name, "single", "median_ms"), 0),
        ]
        rows.append([c.name, *row, *_process(table, c)])
    return rows


def summary_rows(table: Table) -> list[list[str]]:
    """Return the table of the summarizers, its head first."""
    rows = [["", "batch, articles/s", "ms an article"]]
    rows[0] += ["start, s", "memory, MB", "packages, MB", "import, s"]
    for c in table.of("summarize"):
        row = [
            shown(table.rate(c.name, "batch", "texts"), 1),
            shown(table.median(c.name, "single", "median_ms"), 0),
        ]
        rows.append([c.name, *row, *_process(table, c)])
    return rows


def _process(table: Table, contender: Contender) -> list[str]:
    return [
        shown(table.median(contender.name, "first"), 2),
        shown(table.median(contender.name, "batch", "peak_mb"), 0),
        shown(install_mb(contender.packages), 0),
        shown(table.median(contender.name, "import"), 2),
    ]


def growth_rows(table: Table) -> list[list[str]]:
    """Return the seconds of one summary by the words of the document, with exponents."""
    sizes = table.plan.sizes
    rows = [
        ["", *(f"{size:,} words" for size in sizes), "exponent", f"from {LONG:,}", "MB at most"]
    ]
    for c in table.of("summarize"):
        seconds = table.growth(c.name)
        if not seconds:
            continue
        row = [shown(seconds.get(size), 2) for size in sizes]
        exponents = table.exponent(c.name), table.exponent(c.name, least=LONG)
        peaks = [table.median(c.name, f"growth-{size}", "peak_mb") or 0.0 for size in sizes]
        rows.append([c.name, *row, *(shown(e, 2) for e in exponents), shown(max(peaks), 0)])
    return rows


def shown(value: float | None, digits: int) -> str:
    """Write a figure, or a dash."""
    return "–" if value is None else f"{value:,.{digits}f}"


def bars(table: Table) -> Iterator[tuple[str, float | None, str, bool]]:
    """Yield what is claimed: the claim, its figure, its bar, and whether it is met."""
    for name in ("summlib", "summlib quick", "summlib beam 1", "summlib quick beam 1"):
        limit = f"CTranslate2{' beam 1' if 'beam 1' in name else ''}"
        found = ratio(table.rate(name, "batch"), table.rate(limit, "batch"))
        yield _at_least(f"{name} : {limit}, batch", found, 0.95)
    for name in ("summlib", "summlib quick"):
        for other, bar in _RIVALS:
            found = ratio(table.rate(name, "batch"), table.rate(other, "batch"))
            yield _at_least(f"{name} : {other}, batch", found, bar)
    for other in ("Argos Translate", "transformers"):
        found = ratio(table.median(other, "first"), table.median("summlib", "first"))
        yield _at_least(f"start of {other} : summlib", found, 5)
    found = table.exponent("summlib summary", least=LONG)
    claim = f"exponent of the cost of a summary, from {LONG:,} words"
    yield claim, found, "<= 1.1", found is not None and found <= 1.1


_RIVALS = (
    *(("Argos Translate", 3.0), ("Argos Translate large batches", 3.0)),
    *(("transformers", 8.0), ("transformers float16", 8.0)),
)


def _at_least(claim: str, found: float | None, bar: float) -> tuple[str, float | None, str, bool]:
    return claim, found, f">= {bar:g}", found is not None and found >= bar


def bar_rows(table: Table) -> list[list[str]]:
    """Return the claims with what was measured, those alone that could be."""
    rows = [["", "measured", "bar", ""]]
    for claim, found, bar, met in bars(table):
        if found is not None:
            rows.append([claim, shown(found, 2), bar, "met" if met else "missed"])
    return rows


def notes(table: Table) -> list[str]:
    """Return what the tables do not hold: who was left out, what took too long."""
    found = [
        f"{name}: left out, {', '.join(missing)} not installed"
        for name, missing in table.plan.absent.items()
    ]
    return found + [
        f"{name}: {what} took over {seconds:,.0f} s" for name, what, seconds in table.over
    ]


def _parts(table: Table) -> list[tuple[str, list[list[str]]]]:
    parts = [
        ("Translation", translation_rows(table)),
        ("Summaries", summary_rows(table)),
        ("Seconds for one summary", growth_rows(table)),
        ("Bars", bar_rows(table)),
    ]
    return [(title, rows) for title, rows in parts if len(rows) > 1]


_CLOCKS = {"wall": "those of the clock on the wall", "cpu": "processor time"}


def heading(table: Table) -> str:
    """Say on what machine and texts, with what versions."""
    import summlib
    from summlib.store import describe as card

    plan, samples = table.plan, table.plan.samples
    words = sum(len(s.split()) for s in samples.sentences)
    told = ", ".join(f"{name} {version}" for name, version in versions(NAMED).items())
    lines = [
        plan.remark,
        f"Machine: {describe()}; {plan.threads} thread(s) for each; "
        f"seconds are {_CLOCKS[plan.clock]}.",
        f"Versions: summlib {summlib.__version__} with de-en@{card(MODEL).version}, {told}.",
        f"Texts: {len(samples.sentences):,} sentences ({words:,} words) and "
        f"{len(samples.articles):,} articles of {samples.origin}; {plan.rounds} round(s).",
    ]
    return "\n\n".join(line for line in lines if line)


def terminal(table: Table) -> str:
    """Return all as text for a terminal."""
    blocks = [heading(table)]
    for title, rows in _parts(table):
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = [_aligned(row, widths) for row in rows]
        blocks.append("\n".join([title, *lines]))
    blocks.append("\n".join(notes(table)))
    return "\n\n".join(b for b in blocks if b) + "\n"


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  " + "  ".join([first.strip().ljust(widths[0]), *others])


def markdown(table: Table) -> str:
    """Return all as Markdown."""
    share = min((c.share for c in table.contenders), default=1.0)
    method = METHOD.format(rounds=table.plan.rounds, share=share)
    blocks = ["# summlib beside its peers", "Written by `make bench`.", heading(table)]
    for title, (head, *rows) in _parts(table):
        rule = ["---", *["---:"] * (len(head) - 1)]
        lines = [f"| {' | '.join(row)} |" for row in (head, rule, *rows)]
        blocks.append("\n".join([f"## {title}", "", *lines]))
    left = notes(table)
    if left:
        blocks.append("\n".join(["## Left out", "", *(f"- {line}" for line in left)]))
    return "\n\n".join([*blocks, "## How it was measured", method.rstrip()]) + "\n"
