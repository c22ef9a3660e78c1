"""Draw the figures of ``peers.py``: throughput on the left, cost by length on the right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot
from results import Table

PAPER, INK, OURS, LIMIT, OTHERS = "#fbfbf8", "#24292f", "#0a7f5a", "#6e7781", "#b5651d"
"""Dark on light paper: a page in dark mode shows the picture with its own ground."""


def draw(table: Table, path: Path) -> None:
    """Write the plot as a PNG of less than 100 kB.

    Args:
        table: What was measured.
        path: The file; its folder exists.
    """
    style = {"font.size": 9, "axes.edgecolor": INK, "text.color": INK, "axes.labelcolor": INK}
    with pyplot.rc_context({**style, "xtick.color": INK, "ytick.color": INK}):
        figure, (left, right) = pyplot.subplots(
            1, 2, figsize=(10, 4), layout="constrained", facecolor=PAPER
        )
        for axes in (left, right):
            axes.set_facecolor(PAPER)
            axes.spines[["top", "right"]].set_visible(False)
        _throughput(left, table)
        _growth(right, table)
        figure.supxlabel(_caption(table), fontsize=7, color=LIMIT)
        figure.savefig(path, dpi=110, facecolor=PAPER)
        pyplot.close(figure)


def _caption(table: Table) -> str:
    plan = table.plan
    clock = ", processor time" if plan.clock == "cpu" else ""
    return (
        f"{len(plan.samples.sentences):,} sentences, {plan.threads} thread(s){clock}, "
        f"medians of {plan.rounds} round(s); see benchmarks/RESULTS.md"
    )


def _color(name: str) -> str:
    if name.startswith("summlib"):
        return OURS
    return LIMIT if name.startswith("CTranslate2") else OTHERS


def _throughput(axes: Any, table: Table) -> None:
    """Draw words a second in a batch, a bar for each translator."""
    rates = {c.name: table.rate(c.name, "batch") for c in table.of("translate")}
    found = {name: rate for name, rate in rates.items() if rate}
    bars = axes.barh(list(found), list(found.values()), color=[_color(n) for n in found])
    axes.bar_label(bars, [f"{rate:,.0f}" for rate in found.values()], padding=3)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xlabel("source words a second, batch, same weights")
    axes.set_title("Translation", loc="left")


def _growth(axes: Any, table: Table) -> None:
    """Draw the seconds of a summary by the words of its document."""
    for contender, marker in zip(table.of("summarize"), "osD^", strict=False):
        points = table.growth(contender.name)
        if points:
            axes.loglog(
                list(points),
                list(points.values()),
                marker=marker,
                markersize=4,
                color=_color(contender.name),
                linestyle="--" if marker in "s^" else "-",
                label=contender.name,
            )
    axes.grid(visible=True, alpha=0.25)
    axes.set_xlabel("words of the document")
    axes.set_ylabel("seconds for one summary")
    axes.set_title("Summaries", loc="left")
    if axes.lines:
        axes.legend(frameon=False)
