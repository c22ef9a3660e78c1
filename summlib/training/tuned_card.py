"""Write the card of a model that was trained further on a user's memory."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from string import Template
from typing import Any

from summlib.records import Score


def render(card: Mapping[str, Any]) -> str:
    """Return README.md.

    Args:
        card: What goes into ``model.json``; ``tuned`` tells how it was made.
    """
    tuned = card["tuned"]
    memory, scores, options = tuned["memory"], tuned["scores"], tuned["options"]
    template = resources.files("summlib.training") / "data" / "tuned.md"
    refused = "".join(f", {count} {why}" for why, count in memory["refused"].items())
    return Template(template.read_text(encoding="utf-8")).substitute(
        name=card["name"],
        languages=", ".join(card["languages"]),
        origin=f"{tuned['from']['name']} (version {tuned['from']['version']})",
        **{key: memory[key] for key in ("reported", "pairs", "learned", "watched", "leaked")},
        scores=table(scores),
        signatures=", ".join(f"`{s}`" for s in _signatures(scores)),
        limits="\n".join(f"- {limit}" for limit in card["limits"])
        or "Those of the model it is of.",
        command=card["recipe"]["command"],
        seed=options["seed"],
        share=f"{options['share']:.0%}".replace("%", " %"),
        steps=tuned["steps"],
        tokens=f"{tuned['tokens']:,}",
        minutes=tuned["minutes"],
        loss_before=f"{tuned['loss']['before']:.3f}",
        loss_after=f"{tuned['loss']['after']:.3f}",
        rehearsed=_rehearsed(memory["rehearsed"]),
        refused=f"; not read were{refused.removeprefix(',')}" if refused else "",
        parameters=f"{card['parameters'] / 1e6:.1f} million",
        size=f"{_size(card['files']) / 1e6:.1f} MB",
        licence=card["licence"],
    )


def _rehearsed(count: int) -> str:
    return f" Lines of other text ({count:,}) were mixed in." if count else ""


def table(scores: Mapping[str, Any]) -> str:
    """Return before and after as a Markdown table.

    Args:
        scores: ``before`` and ``after``, each with ``bleu`` and ``chrf``.
    """
    lines = ["| | BLEU | chrF |", "|---|---:|---:|"]
    for row in ("before", "after"):
        bleu, chrf = (Score(**scores[row][kind]) for kind in ("bleu", "chrf"))
        lines.append(f"| {row} | {_figure(bleu)} | {_figure(chrf)} |")
    return "\n".join(lines)


def _figure(score: Score) -> str:
    return f"{score.value:.1f} [{score.low:.1f}, {score.high:.1f}]"


def _signatures(scores: Mapping[str, Any]) -> list[str]:
    return sorted({row[kind]["signature"] for row in scores.values() for kind in ("bleu", "chrf")})


def _size(files: Mapping[str, Mapping[str, Any]]) -> int:
    return sum(int(file["bytes"]) for file in files.values() if not file.get("optional"))
