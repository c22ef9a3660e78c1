"""``summlib train``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from summlib.cli import notes, options

EXAMPLES = """\b
Examples:
  summlib train --from de-en --pairs memory.tsv --out my-model
  summlib train --from de-en --pairs memory.tmx --out my-model --minutes 3 --force
  summlib translate --model my-model artikel.txt"""


@click.command("train", epilog=EXAMPLES)
@click.option(
    "--from",
    "model",
    metavar="NAME",
    default="de-en",
    show_default=True,
    help="Model to start from, by name or path.",
)
@click.option(
    "--pairs",
    "memory",
    metavar="FILE",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Translation memory: .tmx, or lines of German, a tab, English.",
)
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="Folder of the new model.",
)
@click.option(
    "--rehearse",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Other text in the same form, mixed in so that it is not forgotten.",
)
@click.option(
    "--held-out",
    type=click.IntRange(min=20),
    metavar="N",
    help="Lines to report on.  [default: 5 %, at least 20, at most 500]",
)
@click.option(
    "--share",
    type=click.FloatRange(0, 1, min_open=True),
    default=0.5,
    show_default=True,
    help="How far to go from the old weights to the new: less forgets less.",
)
@click.option(
    "--learning-rate",
    type=click.FloatRange(0, 1, min_open=True),
    default=5e-5,
    show_default=True,
    help="Peak rate of Adam.",
)
@click.option(
    "--epochs",
    type=click.IntRange(min=1),
    default=12,
    show_default=True,
    help="Times over the pairs at most; training stops before when it helps no more.",
)
@click.option(
    "--minutes",
    type=click.FloatRange(0, min_open=True),
    default=10.0,
    show_default=True,
    help="Time to train at most.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of every choice.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
@click.option(
    "--threads",
    type=click.IntRange(min=1),
    metavar="N",
    help="Cores to use.  [default: those available, at most 4]",
)
@click.option("--force", is_flag=True, help="Replace a model that stands there.")
@options.as_json
@options.verbosity
def command(
    model: str,
    memory: Path,
    out: Path,
    rehearse: Path | None,
    held_out: int | None,
    force: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Train a model further on a translation memory of your own.

    Some lines are kept back; they are translated before and after, and the
    scores are printed. Needs the extra "train" (torch).
    """
    from summlib.training.tuning import Options, require, tune

    require()
    chosen = Options(held_out=held_out or 0, **given)
    tuned = tune(model, memory, out, options=chosen, rehearse=rehearse, force=force, report=_say)
    if as_json:
        click.echo(json.dumps(tuned.to_dict(), ensure_ascii=False))
        return
    for name, figures in (("before", tuned.before), ("after", tuned.after)):
        click.echo(f"{name:<8} {figures.bleu}   {figures.chrf}")
    click.echo(f"{out} is ready: summlib translate --model {out} FILE")


def _say(line: str) -> None:
    """Tell how far the training is, unless quiet is asked for."""
    if notes.verbosity() >= 0:
        click.echo(notes.printable(line), err=True)
