"""The steps that go on with a finished model: choose, risk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from summlib.training.run_steps import begin
from summlib.training.steps import ANY, EXISTING, FOLDER, note, steps, threads_option, with_recipe
from summlib.training.workspace import Workspace, need, open_workspace

if TYPE_CHECKING:
    from summlib.training.risk import RiskRun


@steps.command("choose")
@click.argument("model", type=FOLDER)
@click.argument("out", type=ANY)
@click.option("--index", default=0, show_default=True, help="Number of the pass to draw.")
@click.option("--lines", default=1000, show_default=True, help="Lines to translate.")
@click.option("--beam-size", default=8, show_default=True, help="Hypotheses of each line.")
@threads_option
@with_recipe
def choose_step(
    model: Path,
    out: Path,
    index: int,
    lines: int,
    beam_size: int,
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Translate lines of the corpus by MODEL and write all hypotheses with rewards to OUT."""
    from summlib.training.choices import make_choices, references, write_choices
    from summlib.training.corpus import draw, load
    from summlib.training.vocabulary import load_processor
    from summlib.translator import Translator

    workspace = open_workspace(recipe, work, exclude=exclude)
    pairs = load(need(workspace.corpus, "collect"))
    drawn = draw(pairs, workspace.recipe.weights, seed=workspace.recipe.seed, index=index)
    known = references(pairs)
    chosen = {pair.source: known[pair.source] for pair in drawn[:lines]}
    translator = Translator(str(model), threads=threads)
    made = make_choices(translator, chosen, load_processor(model), beam_size=beam_size)
    click.echo(f"{write_choices(made, out)} lines, {out}")


@steps.command("risk")
@click.argument("choices", type=EXISTING, nargs=-1, required=True)
@click.option("--start", type=FOLDER, required=True, help="The model that made the choices.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
@click.option("--minutes", default=float("inf"), help="Stop cleanly after so long.")
@click.option("--steps", "most", default=10**9, help="Stop cleanly after so many steps.")
@click.option("--save-every", default=240.0, show_default=True, help="Seconds between checkpoints.")
@threads_option
@with_recipe
def risk_step(
    choices: tuple[Path, ...],
    start: Path,
    device: str,
    minutes: float,
    most: int,
    save_every: float,
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Make the better ones of a model's own hypotheses likelier, as [risk] of the recipe says.

    CHOICES are gone through in order, over and over. A checkpoint in the work folder's
    ``risk`` wins over --start: the same command resumes.
    """
    import torch

    torch.set_num_threads(threads)
    workspace = open_workspace(recipe, work, exclude=exclude)
    run = _open(workspace, choices, start, device)
    progress = run.train(
        save_every_s=save_every, stop_after_s=60 * minutes, stop_after_steps=most, report=note
    )
    click.echo(f"step {progress.step}, {progress.tokens} pieces, {run.checkpoint}")


def _open(workspace: Workspace, choices: tuple[Path, ...], start: Path, device: str) -> RiskRun:
    from summlib.training.choices import read_choices
    from summlib.training.risk import RiskRun
    from summlib.training.vocabulary import load_pieces
    from summlib.training.vocabulary_map import read_vocabulary_map

    names = load_pieces(start)
    listed = frozenset(read_vocabulary_map(start / "ct2") or names)
    run = RiskRun(
        workspace.recipe,
        workspace.folder / "risk",
        lambda index: read_choices(choices[index % len(choices)]),
        pieces=[i for i, name in enumerate(names) if name in listed],
        vocabulary=len(names) + 1,
        device=device,
    )
    begin(run, start, start=start)
    return run
