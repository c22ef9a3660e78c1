"""Measure a model on the development sets, beside the systems whose outputs stand there.

The translations come from ``summlib.Translator``, the whole way that a user's
text takes, so the figures are those of the product and not of a bare decoder.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from summlib.errors import InputError
from summlib.records import Score
from summlib.scores.translation import SetScores, numbers_kept, read_lines, score_set

OURS = "summlib"


def evaluate(
    translate: Callable[[Sequence[str]], list[str]], dev: Path, *, lines: int = 0
) -> dict[str, Any]:
    """Translate and score every set of a folder.

    Args:
        translate: Lines in, lines out.
        dev: Holds ``mt/SET.de`` with ``SET.en`` and ``SET.SYSTEM.en``, and
            ``numbers/cases.jsonl``; the latter may be absent.
        lines: Only the first so many lines of each set; 0 for all.

    Returns:
        Plain data: ``sets`` (a row for each set and system), ``numbers`` (by
        system and type, right and all) and ``speed`` (source words a second).

    Raises:
        InputError: There is no set.
    """
    folder = dev / "mt"
    names = sorted(path.name.split(".")[0] for path in folder.glob("*.de"))
    if not names:
        raise InputError(f"{folder} holds no SET.de; give the folder of the development sets")
    clock = Clock(translate)
    rows: list[SetScores] = []
    outputs: dict[str, dict[str, list[str]]] = {}
    for name in names:
        scores, ours = score_set(folder, name, clock, lines=lines)
        rows += scores
        outputs.setdefault(OURS, {})[name] = ours
        for path in folder.glob(f"{name}.*.en"):
            outputs.setdefault(path.name.split(".")[1], {})[name] = read_lines(path)[
                : lines or None
            ]
    cases = dev / "numbers" / "cases.jsonl"
    return {
        "sets": [_row(scores) for scores in rows],
        "numbers": {s: numbers_kept(cases, o) for s, o in outputs.items()}
        if cases.exists()
        else {},
        "speed": {"words_per_s": round(clock.words / max(clock.seconds, 1e-9))},
        "lines": lines,
    }


class Clock:
    """A translator that counts the words it was given and the seconds it took."""

    def __init__(self, translate: Callable[[Sequence[str]], list[str]]) -> None:
        self.translate = translate
        self.words, self.seconds = 0, 0.0

    def __call__(self, sources: Sequence[str]) -> list[str]:
        """Translate and count."""
        begin = time.perf_counter()
        targets = self.translate(sources)
        self.seconds += time.perf_counter() - begin
        self.words += sum(len(source.split()) for source in sources)
        return targets


def _row(scores: SetScores) -> dict[str, Any]:
    return {
        "set": scores.name,
        "system": scores.system,
        "bleu": _figure(scores.bleu),
        "chrf": _figure(scores.chrf),
        "loops": round(scores.loops, 2),
        "blank": scores.blank,
    }


def _figure(score: Score) -> dict[str, Any]:
    return {
        "value": round(score.value, 2),
        "low": round(score.low, 2),
        "high": round(score.high, 2),
        "signature": score.signature,
    }


def table(scores: dict[str, Any]) -> str:
    """Return the scores as a Markdown table, a row for each set and system.

    Args:
        scores: What ``evaluate`` returned.
    """
    lines = ["| set | system | BLEU | chrF | loops % | blank |", "|---|---|---:|---:|---:|---:|"]
    for row in scores["sets"]:
        figures = f"{row['bleu']['value']:.1f} | {row['chrf']['value']:.1f}"
        lines.append(
            f"| {row['set']} | {row['system']} | {figures} | {row['loops']:.2f} | {row['blank']} |"
        )
    return "\n".join(lines)


def numbers_table(scores: dict[str, Any]) -> str:
    """Return the share of numbers that came through, a row for each system."""
    lines = ["| system | numbers right | day and month right |", "|---|---:|---:|"]
    for system, counts in scores["numbers"].items():
        shares = (_share(counts.get(kind)) for kind in ("all", "day_month"))
        lines.append(f"| {system} | {' | '.join(shares)} |")
    return "\n".join(lines)


def _share(count: Sequence[int] | None) -> str:
    return f"{100 * count[0] / count[1]:.1f} % of {count[1]}" if count and count[1] else "–"
