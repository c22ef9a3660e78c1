"""The gate: measured figures beside their bars. ``python -m summlib.scores.gate``.

Reads the development sets of a folder (by default ``../shared/dev``),
seeds/ and the behaviours; what is absent is named and left out. It prints, and exits with 1
when a figure is below its bar, so that a missed bar cannot go unseen.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from summlib.scores.behaviours import score_behaviours, score_checks
from summlib.scores.checking import catch_rate, false_alarm_rate
from summlib.scores.references import score_seeds, summary_rouge
from summlib.scores.segmentation import boundary_scores
from summlib.scores.translation import numbers_kept, score_set
from summlib.selector import Selector
from summlib.text import split_sentences
from summlib.translator import Translator

ROOT = Path(__file__).resolve().parents[2]

BARS = {"flores-dev": 24.0, "wmt18": 25.0, "swiss-gov-dev": 32.0}
"""BLEU of a model trained on two cores only."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its bar; ``at_most`` turns the comparison round."""

    name: str
    value: float
    bar: float | None = None
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the bar is met; a row without one always holds."""
        if self.bar is None:
            return True
        return self.value <= self.bar if self.at_most else self.value >= self.bar

    def __str__(self) -> str:
        bar = "" if self.bar is None else f"{'<=' if self.at_most else '>='} {self.bar:g}"
        return f"{'ok  ' if self.holds else 'MISS'} {self.name:44} {self.value:8.2f}  {bar}"


def segmentation(dev: Path) -> Iterator[Row]:
    """Yield boundary F1 and the hand-written cases."""
    german = boundary_scores(dev / "segmentation" / "german.jsonl", split_sentences)
    hand = [tally for suite, tally in german.suites.items() if "pud" not in suite]
    yield Row("sentences German F1", german.overall.f1, 98.5)
    yield Row("sentences German hand-written right", sum(t.exact for t in hand), 52)
    english = boundary_scores(dev / "segmentation" / "english.jsonl", split_sentences)
    yield Row("sentences English F1", english.overall.f1, 97.0)


def checks(dev: Path) -> Iterator[Row]:
    """Yield false alarms and catches on the number cases."""
    rows = (dev / "numbers" / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(row) for row in rows]
    yield Row("checks false alarms %", false_alarm_rate(cases).value, 1.0, at_most=True)
    yield Row("checks changed numbers caught %", catch_rate(cases, seed=1).value, 98.0)


def translation(dev: Path, translator: Translator, *, lines: int) -> Iterator[Row]:
    """Yield BLEU and what else is measured on the parallel sets, other systems' too."""

    def translate(sources: Sequence[str]) -> list[str]:
        return [rendering.text for rendering in translator.render(sources)]

    ours: dict[str, Sequence[str]] = {}
    for name, bar in BARS.items():
        scores, ours[name] = score_set(dev / "mt", name, translate, lines=lines)
        for score in scores[1:]:
            yield Row(f"{name} BLEU of {score.system}", score.bleu.value)
        yield Row(f"{name} BLEU", scores[0].bleu.value, bar)
        yield Row(f"{name} chrF", scores[0].chrf.value)
        yield Row(f"{name} lines that loop %", scores[0].loops, 0.2, at_most=True)
        yield Row(f"{name} blank lines", scores[0].blank, 0, at_most=True)
    counts = numbers_kept(dev / "numbers" / "cases.jsonl", ours)
    bars = {"all": 98.0, "day_month": 97.0}
    for kind, (right, total) in sorted(counts.items()):
        yield Row(f"numbers {kind} right % of {total}", 100 * right / total, bars.get(kind))


def summaries(dev: Path) -> Iterator[Row]:
    """Yield ROUGE of the selector beside the first sentences of the text."""
    for lang, bars in (("de", (36.0, 15.0, 25.0)), ("en", (None, None, None))):
        path = dev / "summ" / f"swiss-lead-{lang}.jsonl"
        lead, ours = summary_rouge(path, Selector(), lang=lang, documents=150)
        for name, first, value, bar in zip(("R-1", "R-2", "R-L"), lead, ours, bars, strict=True):
            yield Row(f"summary {lang} {name} of the lead", first)
            yield Row(f"summary {lang} {name}", value, bar)


def seeds(translator: Translator) -> Iterator[Row]:
    """Yield what the bundled models reach on the documents of seeds/."""
    for name, value in score_seeds(ROOT / "seeds", translator).items():
        yield Row(f"seeds {name}", value)


def behaviours(translator: Translator) -> Iterator[Row]:
    """Yield the share of each phenomenon accepted, and what the checks see of wrong ones."""

    def translate(sources: list[str]) -> list[str]:
        return [rendering.text for rendering in translator.render(sources)]

    for result in score_behaviours(translate):
        bar = 80.0 if result.phenomenon == "all" else None
        yield Row(f"behaviours {result.phenomenon} accepted %", result.score.value, bar)
    checked = score_checks()[-1]
    yield Row("behaviours wrong ones that the checks catch %", checked.caught.value)
    yield Row("behaviours right ones with a finding", len(checked.alarms))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print all rows; return 1 when a bar is missed."""
    parser = argparse.ArgumentParser(description="Print the measured figures beside their bars.")
    parser.add_argument("--dev", type=Path, default=ROOT.parent / "shared" / "dev")
    parser.add_argument("--lines", type=int, default=0, help="lines of each set, 0 for all")
    options = parser.parse_args(arguments)
    translator = Translator()
    rows: list[Row] = []
    parts: list[Iterator[Row]] = [seeds(translator), behaviours(translator)]
    if options.dev.is_dir():
        parts += [
            segmentation(options.dev),
            checks(options.dev),
            summaries(options.dev),
            translation(options.dev, translator, lines=options.lines),
        ]
    else:
        sys.stdout.write(
            f"no development sets in {options.dev}: only seeds/ and the behaviours are measured\n"
        )
    for part in parts:
        for row in part:
            rows.append(row)
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    missed = sum(not row.holds for row in rows)
    sys.stdout.write(f"{len(rows)} figures, {missed} below their bar\n")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
