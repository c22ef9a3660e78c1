"""Measure a translator on parallel lines: BLEU, chrF, numbers kept, loops.

The development sets are folders of ``SET.de``, ``SET.en`` and, for the
outputs of other systems, ``SET.SYSTEM.en``; numbers come from JSON lines
that name what is accepted for each number of a source line.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summlib.faults import repeats
from summlib.records import Score
from summlib.scores.bleu import bleu
from summlib.scores.chrf import chrf


@dataclass(frozen=True, slots=True)
class SetScores:
    """The figures of one system on one set.

    Args:
        name: The set.
        system: Who translated.
        bleu: BLEU, cased, 13a tokens.
        chrf: chrF.
        loops: Share of lines that repeat themselves, in percent.
        blank: Lines of eight words or more that came out with one word or none.
    """

    name: str
    system: str
    bleu: Score
    chrf: Score
    loops: float
    blank: int

    def __str__(self) -> str:
        return (
            f"{self.name:14} {self.system:14} BLEU {self.bleu.value:5.1f}  "
            f"chrF {self.chrf.value:5.1f}  loops {self.loops:.2f} %  blank {self.blank}"
        )


def read_lines(path: Path) -> list[str]:
    r"""Read a file split at ``\n`` only: some lines hold other line ends."""
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


def score_lines(
    name: str,
    system: str,
    sources: Sequence[str],
    targets: Sequence[str],
    references: Sequence[str],
) -> SetScores:
    """Score one system's lines."""
    pairs = list(zip(sources, targets, strict=True))
    looping = sum(repeats(target) and not repeats(source) for source, target in pairs)
    blank = sum(len(s.split()) >= 8 and len(t.split()) <= 1 for s, t in pairs)
    return SetScores(
        name=name,
        system=system,
        bleu=bleu(targets, references),
        chrf=chrf(targets, references),
        loops=100 * looping / max(1, len(pairs)),
        blank=blank,
    )


def score_set(
    folder: Path, name: str, translate: Callable[[Sequence[str]], list[str]], *, lines: int = 0
) -> tuple[list[SetScores], list[str]]:
    """Translate a set and score it beside the systems whose outputs stand there.

    Args:
        folder: Holds the set's files.
        name: The set.
        translate: Lines in, lines out.
        lines: Only the first so many lines; 0 for all.

    Returns:
        The scores, summlib's first, and summlib's translations.
    """
    last = lines or None
    sources = read_lines(folder / f"{name}.de")[:last]
    references = read_lines(folder / f"{name}.en")[:last]
    ours = translate(sources)
    scores = [score_lines(name, "summlib", sources, ours, references)]
    for path in sorted(folder.glob(f"{name}.*.en")):
        system = path.name.split(".")[1]
        theirs = read_lines(path)[:last]
        scores.append(score_lines(name, system, sources, theirs, references))
    return scores, ours


def numbers_kept(
    cases: Path, translations: Mapping[str, Sequence[str]]
) -> dict[str, tuple[int, int]]:
    """Count the numbers that came through, by type, as (right, all); ``all`` sums up.

    Args:
        cases: JSON lines with ``set``, ``line`` (from 1), ``type``, ``accept``, ``accept_regex``.
        translations: By set, the translation of each line.
    """
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in cases.read_text(encoding="utf-8").splitlines():
        case = json.loads(row)
        lines = translations.get(case["set"], ())
        if case["line"] > len(lines):
            continue
        right = _accepts(case, lines[case["line"] - 1])
        for key in ("all", case["type"]):
            counts[key][0] += right
            counts[key][1] += 1
    return {key: (right, total) for key, (right, total) in counts.items()}


def _accepts(case: Mapping[str, Any], text: str) -> bool:
    if case.get("accept_regex"):
        return bool(re.search(case["accept_regex"], text))
    return any(
        re.search(rf"(?<![\d]){re.escape(form)}(?![\d])", text) for form in case["accept"] or ()
    )
