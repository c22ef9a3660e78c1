"""``summlib score``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from summlib.cli import options
from summlib.errors import InputError

if TYPE_CHECKING:
    from summlib.records import Score
    from summlib.scores.rouge import Stem

EXAMPLES = """\b
Examples:
  summlib score --task summarize summary.txt reference1.txt reference2.txt
  summlib score --task translate translation.txt reference.txt --json"""


@click.command("score", epilog=EXAMPLES)
@click.option(
    "--task",
    type=click.Choice(["translate", "summarize"]),
    required=True,
    help="translate: BLEU and chrF line by line; summarize: ROUGE-1, -2 and -L.",
)
@click.argument("hypothesis")
@click.argument("references", nargs=-1, required=True)
@click.option(
    "--stem",
    type=click.Choice(["no", "de", "en"]),
    default="no",
    show_default=True,
    help="Compare summaries by stems; en as published ROUGE figures do.",
)
@options.as_json
@options.verbosity
def command(
    task: str, hypothesis: str, references: tuple[str, ...], stem: Stem, as_json: bool
) -> None:
    """Score HYPOTHESIS against one or more REFERENCES.

    A summary is a whole file, or each line of a JSON Lines file; of a
    translation each line is one segment, in all files alike. Figures come with
    their 95 % interval and the signature that makes them comparable.
    """
    import json
    from dataclasses import asdict

    units = _lines if task == "translate" else _texts
    hypotheses = units(hypothesis)
    columns = [units(path) for path in references]
    for path, column in zip(references, columns, strict=True):
        if len(column) != len(hypotheses):
            raise InputError(
                f"{hypothesis} has {len(hypotheses)} segments and {path} has {len(column)}; "
                "give a reference for each"
            )
    rows = [list(row) for row in zip(*columns, strict=True)]
    for score in _scores(task, hypotheses, rows, stem):
        shown = f"{score}  {score.signature}"
        click.echo(json.dumps(asdict(score), ensure_ascii=False) if as_json else shown)


def _lines(path: str) -> list[str]:
    """Return the segments of a file, blank ones included."""
    from summlib.documents import read

    text = read(path).text
    return [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]


def _texts(path: str) -> list[str]:
    from summlib.documents import read, read_many
    from summlib.documents.jsonl import SUFFIXES

    if path.lower().endswith(SUFFIXES):
        return [doc.text for doc in read_many(path)]
    return [read(path).text]


def _scores(
    task: str, hypotheses: list[str], references: Sequence[list[str]], stem: Stem
) -> list[Score]:
    if task == "summarize":
        from summlib.scores.rouge import rouge

        return list(rouge(hypotheses, references, stem=stem))
    from summlib.scores.bleu import bleu
    from summlib.scores.chrf import chrf

    return [bleu(hypotheses, references), chrf(hypotheses, references)]
