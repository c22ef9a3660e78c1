"""The steps from examples to a model that is described: run, export, evaluate, card."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summlib.errors import InputError
from summlib.training.steps import ANY, EXISTING, FOLDER, note, steps, threads_option, with_recipe
from summlib.training.workspace import Workspace, need, open_workspace

if TYPE_CHECKING:
    from summlib.training.development import Development
    from summlib.training.loop import Run

EXAMPLE = "Der Stadtrat hat am Montag beschlossen, die alte Brücke bis 2028 zu erneuern."


@steps.command("run")
@click.option("--start", type=FOLDER, help="Begin with the weights of a Marian folder.")
@click.option("--init", type=EXISTING, help="Begin with the weights of a checkpoint.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    default=1,
    show_default=True,
    help="Share the batches of a CPU run among so many, one core each.",
)
@click.option("--minutes", default=float("inf"), help="Stop cleanly after so long.")
@click.option("--steps", "most", default=10**9, help="Stop cleanly after so many steps.")
@click.option("--tokens", default=0, help="Target tokens in all, instead of the recipe's.")
@click.option("--batch-tokens", default=0, help="Padded tokens of a batch, likewise.")
@click.option("--lines", default=0, help="Draw only so many lines a pass; 0 for all.")
@click.option("--save-every", default=240.0, show_default=True, help="Seconds between checkpoints.")
@click.option("--dev", type=EXISTING, help="SET.de beside SET.en, or a .tsv, to score meanwhile.")
@click.option("--dev-lines", default=200, show_default=True, help="Lines of it; 0 for all.")
@click.option("--every", type=click.IntRange(min=0), default=0, help="Steps between two scores.")
@click.option(
    "--keep",
    type=click.IntRange(min=0),
    default=0,
    help="Snapshots to keep, one each time; export them together for their mean.",
)
@threads_option
@with_recipe
def run_step(
    start: Path | None,
    init: Path | None,
    device: str,
    processes: int,
    minutes: float,
    most: int,
    tokens: int,
    batch_tokens: int,
    lines: int,
    save_every: float,
    dev: Path | None,
    dev_lines: int,
    every: int,
    keep: int,
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Train, or go on with a run that was stopped or killed.

    A checkpoint in the work folder wins over --start and --init: the same
    command resumes. On a CPU, MALLOC_MMAP_MAX_=0 and
    MALLOC_TRIM_THRESHOLD_=17179869184 in the environment gain some 8 %.

    With --dev the run is scored every so many steps by the decoder that users
    run, the mean of the snapshots kept as well; dev.jsonl keeps the scores.
    """
    from summlib.training.passes import Passes

    workspace = open_workspace(recipe, work, exclude=exclude)
    workspace = replace(workspace, recipe=_scheduled(workspace, tokens, batch_tokens))
    passes = Passes(workspace, threads=threads, lines=lines, report=note)
    run = _open_run(workspace, passes, device=device, threads=threads, processes=processes)
    begin(run, workspace.vocabulary, start=start, init=init)
    look = _development(workspace, dev, dev_lines, keep, threads) if dev or keep else None
    progress = run.train(
        save_every_s=save_every,
        stop_after_s=60 * minutes,
        stop_after_steps=most,
        report=note,
        every=every,
        look=look,
    )
    click.echo(f"step {progress.step}, {progress.tokens} target tokens, {workspace.checkpoint}")


def _development(
    workspace: Workspace, dev: Path | None, lines: int, keep: int, threads: int
) -> Development:
    from summlib.training.development import Development, read_development

    chosen = read_development(dev, lines=lines) if dev else None
    return Development(workspace, chosen, keep=keep, threads=threads)


def _scheduled(workspace: Workspace, tokens: int, batch_tokens: int) -> Any:
    recipe = workspace.recipe
    given = {"target_tokens": tokens, "batch_tokens": batch_tokens}
    changes: dict[str, Any] = {key: value for key, value in given.items() if value}
    return replace(recipe, schedule=replace(recipe.schedule, **changes))


def _open_run(
    workspace: Workspace, passes: Any, *, device: str, threads: int, processes: int
) -> Run:
    import torch

    from summlib.training.loop import Run

    torch.set_num_threads(threads)
    need(workspace.vocabulary, "vocabulary")
    recipe = workspace.recipe
    return Run(
        recipe,
        workspace.folder,
        passes,
        vocabulary=recipe.vocabulary,
        device=device,
        processes=processes,
    )


def begin(run: Run, vocabulary: Path, *, start: Path | None, init: Path | None = None) -> None:
    """Give a run its first weights, or those of its checkpoint if it has one.

    Args:
        run: Opened, not yet trained.
        vocabulary: Folder with the pieces of the run.
        start: A Marian folder whose weights to begin with.
        init: A checkpoint to begin with instead.

    Raises:
        InputError: Both are given.
    """
    from summlib.training.checkpoints import read_marian

    if start and init:
        raise InputError("give --start or --init, not both")
    if run.checkpoint.exists():
        run.load(run.checkpoint)
        note(f"going on at step {run.progress.step}")
    elif init:
        run.load(init, weights_only=True)
    elif start:
        weights = read_marian(start, vocabulary, run.masters.weights())
        run.masters.load_state_dict({"weights": weights}, weights_only=True)


@steps.command("export")
@click.argument("checkpoints", type=EXISTING, nargs=-1, required=True)
@click.argument("out", type=ANY)
@click.option("--hours", type=float, help="Time of the training.  [default: from the log]")
@with_recipe
def export_step(
    checkpoints: tuple[Path, ...],
    out: Path,
    hours: float | None,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Write the model of CHECKPOINTS, averaged when there are several, to the folder OUT."""
    from summlib.training.release import release

    workspace = open_workspace(recipe, work, exclude=exclude)
    card = release(workspace, checkpoints, out, hours=hours)
    click.echo(f"{card['name']} version {card['version']}, {card['parameters']} parameters, {out}")


@steps.command("evaluate")
@click.argument("model")
@click.option("--dev", type=FOLDER, required=True, help="Folder of the development sets.")
@click.option("--lines", default=0, help="Only the first so many lines of each set; 0 for all.")
@click.option("--beam-size", default=4, show_default=True, help="Hypotheses kept.")
@click.option("--output", type=ANY, help="Keep the scores in a JSON file.")
@threads_option
def evaluate_step(
    model: str, dev: Path, lines: int, beam_size: int, output: Path | None, threads: int
) -> None:
    """Score MODEL (a name or a folder) beside the systems whose outputs stand in the sets."""
    from summlib.store import find
    from summlib.training import evaluation
    from summlib.training.card import write_json
    from summlib.translator import Translator

    translator = Translator(model, beam_size=beam_size, threads=threads)
    scores = evaluation.evaluate(
        lambda texts: [rendering.text for rendering in translator.render(texts)], dev, lines=lines
    )
    # The signature names the model as it was asked for, which may be a path of this machine.
    signature = f"{find(model).name}@{translator.signature.rpartition('@')[2]}"
    scores |= {"translator": signature, "beam_size": beam_size}
    scores["speed"]["threads"] = threads
    if output:
        write_json(output, scores)
    click.echo(f"{evaluation.table(scores)}\n\n{evaluation.numbers_table(scores)}")
    click.echo(f"\n{scores['speed']['words_per_s']} source words/s, {signature}")


@steps.command("precision")
@click.argument("model")
@click.option("--dev", type=EXISTING, multiple=True, required=True, help="SET.de beside SET.en.")
@click.option("--lines", default=0, help="Only the first so many lines of each; 0 for all.")
@click.option("--beam-size", default=4, show_default=True, help="Hypotheses kept.")
@threads_option
def precision_step(
    model: str, dev: tuple[Path, ...], lines: int, beam_size: int, threads: int
) -> None:
    """Score MODEL (a name or a folder) in int8 beside float32, on the same lines.

    \b
    Example:
      python -m summlib.training precision de-en --dev dev/mt/wmt18.de --lines 100
    """
    from summlib.store import find
    from summlib.training.development import read_development
    from summlib.training.precision import compare

    for path in dev:
        chosen = read_development(path, lines=lines)
        name = path.name.split(".")[0]
        folder = find(model).path
        click.echo(compare(folder, name, chosen, beam_size=beam_size, threads=threads))


@steps.command("card")
@click.argument("model", type=FOLDER)
@click.option("--scores", type=EXISTING, required=True, help="What evaluate --output kept.")
@click.option("--mistakes", type=ANY, help="[default: mistakes.toml beside the recipe]")
@click.option("--sources", type=EXISTING, multiple=True, help="Licences of further sources.")
@click.option("--example", default=EXAMPLE, help="German sentence to show, translated.")
@with_recipe
def card_step(
    model: Path,
    scores: Path,
    mistakes: Path | None,
    sources: tuple[Path, ...],
    example: str,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Write model.json and README.md of the exported MODEL folder."""
    from summlib.training import card
    from summlib.translator import Translator

    workspace = open_workspace(recipe, work, exclude=exclude)
    made = json.loads(need(model / "model.json", "export").read_text(encoding="utf-8"))
    if "recipe" not in made:
        raise InputError(f"{model / 'model.json'} does not say what was trained; export it anew")
    card.write_card(
        model,
        recipe=workspace.recipe,
        report=json.loads(need(workspace.report, "collect").read_text(encoding="utf-8")),
        scores=json.loads(scores.read_text(encoding="utf-8")),
        example=(example, str(Translator(str(model))(example))),
        mistakes=card.read_mistakes(mistakes or workspace.model / "mistakes.toml"),
        tokens=made["recipe"]["tokens"],
        hours=made["recipe"]["hours"],
        version=made["version"],
        sources=card.read_sources(*sources),
    )
    click.echo(model / "README.md")
