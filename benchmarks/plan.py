"""What a billion pages take: the arithmetic of ``docs/scale.md``, from one measured rate.

    python benchmarks/plan.py --documents-per-s 12 --cores 4 --pages 5e6
    python benchmarks/plan.py --write

The first prints the plan for your own rate; the second puts that of ``MEASURED``
into the page, where ``tests/test_plan.py`` compares them. After a new
measurement, change ``MEASURED`` and write again.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass, replace
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scale.md"
BEGIN, END = "<!-- plan: made by benchmarks/plan.py -->\n", "<!-- end of the plan -->\n"

SHARD_PAGES = 10_000
FLEET_CORES = 1_000
MACHINE_PROCESSES = 16
USD_PER_CORE_HOUR = (0.01, 0.04)
"""Machines that may be taken back at any time, and those that may not; an assumption."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, and on what.

    Args:
        documents_per_s: Of all processes together.
        cores: That were busy meanwhile, one for each process.
        words: Of a page, on average.
        page_bytes: Of a page's text.
        summary_bytes: Of its summary.
        details_bytes: Of its summary as JSON with sentences, sources and findings.
        process_mb: Memory of a process.
    """

    documents_per_s: float = 23.9
    cores: int = 2
    words: int = 350
    page_bytes: int = 2750
    summary_bytes: int = 380
    details_bytes: int = 2500
    process_mb: int = 190

    @property
    def core_s(self) -> float:
        """Seconds that one core works on a page."""
        return self.cores / self.documents_per_s


MEASURED = Measured()
"""Press releases, ``summlib summarize DIR -o OUT --jobs 2``, bundled model, a machine at rest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What so many pages take.

    Args:
        measured: The rate and the sizes to reckon with.
        pages: How many.

    >>> plan = Plan(Measured(documents_per_s=20, cores=2), 36_000_000)
    >>> plan.core_hours, plan.fleet_hours, plan.usd, plan.shards
    (1000.0, 1.0, (10.0, 40.0), 3600)
    """

    measured: Measured
    pages: int

    @property
    def core_hours(self) -> float:
        """Hours of one core for all pages."""
        return self.pages * self.measured.core_s / 3600

    @property
    def fleet_hours(self) -> float:
        """Hours on ``FLEET_CORES`` cores that are all busy to the end."""
        return self.core_hours / FLEET_CORES

    @property
    def usd(self) -> tuple[float, float]:
        """Price at either end of ``USD_PER_CORE_HOUR``."""
        low, high = (self.core_hours * price for price in USD_PER_CORE_HOUR)
        return low, high

    @property
    def shards(self) -> int:
        """Shards of ``SHARD_PAGES`` pages, the last one may be smaller."""
        return math.ceil(self.pages / SHARD_PAGES)

    def stored(self, each: int) -> str:
        """Return what all pages take at so many bytes each."""
        return size_of(self.pages * each)


def rounded(number: float) -> str:
    """Return a number with two digits that count: a plan knows no more.

    >>> rounded(23241.7), rounded(0.0837), rounded(7.04)
    ('23,000', '0.084', '7')
    """
    if not number:
        return "0"
    digits = 1 - math.floor(math.log10(abs(number)))
    return f"{round(number, digits):,.{max(0, digits)}f}".removesuffix(".0")


def size_of(count: float) -> str:
    """Return so many bytes in words.

    >>> size_of(2.75e12), size_of(27_500_000)
    ('2.8 TB', '28 MB')
    """
    for unit, name in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if count >= unit:
            return f"{rounded(count / unit)} {name}"
    return f"{count:.0f} bytes"


def time_of(hours: float) -> str:
    """Return so many hours in words.

    >>> time_of(23.2 / 1000), time_of(23.2), time_of(60)
    ('1.4 minutes', '23 hours', '2.5 days')
    """
    if hours < 1:
        return f"{rounded(hours * 60)} minutes"
    return f"{rounded(hours)} hours" if hours < 48 else f"{rounded(hours / 24)} days"


def count_of(pages: int) -> str:
    """Return so many pages in words.

    >>> count_of(10**9), count_of(5_500_000), count_of(300)
    ('1 billion pages', '5.5 million pages', '300 pages')
    """
    for unit, name in ((10**9, "billion"), (10**6, "million")):
        if pages >= unit:
            return f"{rounded(pages / unit)} {name} pages"
    return f"{pages:,} pages"


def table(plans: list[Plan]) -> str:
    """Return the plans as a table in Markdown, a column each."""
    measured = plans[0].measured
    rows = {
        f"core hours, at {rounded(measured.core_s)} s a page": [
            rounded(plan.core_hours) for plan in plans
        ],
        f"on {FLEET_CORES:,} cores": [time_of(plan.fleet_hours) for plan in plans],
        f"USD, at {USD_PER_CORE_HOUR[0]} to {USD_PER_CORE_HOUR[1]} a core hour": [
            " to ".join(map(rounded, plan.usd)) for plan in plans
        ],
        f"shards of {SHARD_PAGES:,} pages": [f"{plan.shards:,}" for plan in plans],
        f"texts in, {size_of(measured.page_bytes)} a page": [
            plan.stored(measured.page_bytes) for plan in plans
        ],
        f"summaries out, {size_of(measured.summary_bytes)}": [
            plan.stored(measured.summary_bytes) for plan in plans
        ],
        f"with all details, {size_of(measured.details_bytes)}": [
            plan.stored(measured.details_bytes) for plan in plans
        ],
    }
    lines = [["", *(count_of(plan.pages) for plan in plans)], ["---"] * (len(plans) + 1)]
    lines += [[name, *cells] for name, cells in rows.items()]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def shard_text(measured: Measured) -> str:
    """Return what a shard takes, and what is lost with a machine."""
    hours = SHARD_PAGES * measured.core_s / 3600
    lost = MACHINE_PROCESSES * hours / 2
    return (
        f"A shard of {SHARD_PAGES:,} pages is {time_of(hours)} of a core and "
        f"{size_of(SHARD_PAGES * measured.page_bytes)} of text. A machine that dies takes half a "
        f"shard for each of its processes with it on average: with {MACHINE_PROCESSES} of them "
        f"{rounded(lost)} core hours, and if that happens every hour in a fleet of "
        f"{FLEET_CORES:,} cores, {rounded(100 * lost / FLEET_CORES)} % of its work. A process "
        f"takes {measured.process_mb} MB, so {MACHINE_PROCESSES} of them "
        f"{size_of(MACHINE_PROCESSES * measured.process_mb * 1e6)}.\n"
    )


def section(measured: Measured = MEASURED, pages: tuple[int, ...] = (10**6, 10**9)) -> str:
    """Return the part of the page that follows from the rate."""
    plans = [Plan(measured, number) for number in pages]
    head = (
        f"{measured.documents_per_s} pages of {measured.words} words a second on "
        f"{measured.cores} cores are **{rounded(measured.core_s)} core seconds a page**.\n"
    )
    return f"{head}\n{table(plans)}\n{shard_text(measured)}"


def put(page: str, text: str) -> str:
    """Return the page with the text between its two marks.

    >>> put(f"a\\n{BEGIN}old\\n{END}b\\n", "new\\n") == f"a\\n{BEGIN}new\\n{END}b\\n"
    True
    """
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + text + END + rest.partition(END)[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents-per-s", type=float, default=MEASURED.documents_per_s)
    parser.add_argument("--cores", type=int, default=MEASURED.cores)
    parser.add_argument("--words", type=int, default=MEASURED.words)
    parser.add_argument("--page-bytes", type=int, default=MEASURED.page_bytes)
    parser.add_argument("--pages", type=float, action="append", help="such as 5e6")
    parser.add_argument("--write", action="store_true", help="put the measured plan into the page")
    given = parser.parse_args()
    if given.write:
        PAGE.write_text(put(PAGE.read_text(encoding="utf-8"), section()), encoding="utf-8")
        return
    named = {name: getattr(given, name) for name in ("documents_per_s", "cores", "words")}
    measured = replace(MEASURED, **named, page_bytes=given.page_bytes)
    print(section(measured, tuple(map(int, given.pages or (10**6, 10**9)))), end="")


if __name__ == "__main__":
    main()
