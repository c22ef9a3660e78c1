"""``python -m summlib.training``: the steps that make a model, one command each.

The order is: collect, lexicon, words, vocabulary, run (which makes its passes,
unless ``pass`` made them before), export, evaluate, card. Every step reads the
recipe and what earlier steps left in the work folder.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summlib.errors import InputError, MissingDependency, SummlibError
from summlib.training.workspace import Workspace, need, open_workspace

if TYPE_CHECKING:
    from summlib.training.loop import Run

RECIPE = Path("models/de-en/recipe.toml")
EXAMPLE = "Der Stadtrat hat am Montag beschlossen, die alte Brücke bis 2028 zu erneuern."

EXISTING = click.Path(exists=True, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
ANY = click.Path(path_type=Path)


class Steps(click.Group):
    """Commands whose failures end in one line on standard error."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a step; what it lacks or refuses becomes a message and exit code 1."""
        try:
            return super().invoke(ctx)
        except SummlibError as error:
            raise click.ClickException(str(error)) from error
        except ModuleNotFoundError as error:
            missing = MissingDependency(
                f"this step needs {error.name}, which is not installed; "
                "run: pip install 'summlib[train]'"
            )
            raise click.ClickException(str(missing)) from error


@click.group(cls=Steps)
def steps() -> None:
    """Make a model from text: corpus, vocabulary, passes, training, export, card.

    \b
    The whole of it, on two cores (some hours) or with --device cuda:
      collect CORPUS --refuse DEV      clean the text, refuse test lines
      lexicon LISTS                    build the dictionary of hints
      words                            list the frequent word forms
      vocabulary                       learn the pieces
      run                              train; killed, it goes on where it was
      export runs/de-en/checkpoint.pt models/de-en
      evaluate models/de-en --dev DEV --output scores.json
      card models/de-en --scores scores.json
    """


def note(line: str) -> None:
    """Tell how far a step is, on standard error."""
    click.echo(line, err=True)


def with_recipe(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every step that follows a recipe."""
    for option in (
        click.option(
            "--exclude", multiple=True, metavar="NAME", help="Leave out a source; may be repeated."
        ),
        click.option("--work", type=ANY, help="Work folder.  [default: runs/NAME]"),
        click.option(
            "--recipe", type=EXISTING, default=RECIPE, show_default=True, help="The recipe."
        ),
    ):
        command = option(command)
    return command


threads_option = click.option("--threads", default=1, show_default=True, help="Cores to use.")


@steps.command("fetch")
@click.argument("names", nargs=-1, required=True)
@click.argument("out", type=ANY)
def fetch_step(names: tuple[str, ...], out: Path) -> None:
    """Download collections NAMES (as mtdata has them) into the folder OUT.

    \b
    Example:
      python -m summlib.training fetch OPUS-europarl-v8-deu-eng corpus
    """
    from summlib.training.opus import fetch

    for path in fetch(names, out):
        click.echo(path)


@steps.command("collect")
@click.argument("folder", type=FOLDER)
@click.option(
    "--refuse",
    type=FOLDER,
    multiple=True,
    required=True,
    help="Folder whose lines must never be trained on; may be repeated.",
)
@with_recipe
def collect_step(
    folder: Path,
    refuse: tuple[Path, ...],
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Clean the sources in FOLDER (NAME.tsv or NAME.tsv.xz) into one file.

    \b
    Example:
      python -m summlib.training collect corpus/parallel --refuse dev --exclude swiss-gov
    """
    from summlib.training.contamination import Protected, add_folder
    from summlib.training.corpus import collect

    workspace = open_workspace(recipe, work)
    protected = Protected()
    for one in refuse:
        add_folder(protected, one)
    report = collect(folder, workspace.corpus, protected=protected, exclude=exclude)
    for name in sorted(report.pairs.keys() - workspace.recipe.weights.keys()):
        note(f"source {name} has no weight in {recipe}: it will not be drawn")
    click.echo(json.dumps({"pairs": report.pairs.total(), "refused": report.refused}))


@steps.command("lexicon")
@click.argument("folder", type=FOLDER)
@with_recipe
def lexicon_step(folder: Path, recipe: Path, work: Path | None, exclude: tuple[str, ...]) -> None:
    """Build the dictionary of hints from the word lists in FOLDER and the corpus."""
    from summlib.training import corpus, lexicon

    workspace = open_workspace(recipe, work, exclude=exclude)
    pairs = corpus.load(need(workspace.corpus, "collect"))
    click.echo(f"{lexicon.build(folder, pairs, workspace.lexicon)} lines in {workspace.lexicon}")


@steps.command("words")
@click.option("--at-least", default=8, show_default=True, help="Occurrences a form must have.")
@with_recipe
def words_step(at_least: int, recipe: Path, work: Path | None, exclude: tuple[str, ...]) -> None:
    """List the German word forms that the corpus holds often."""
    from summlib.training import corpus
    from summlib.training.wordlist import write_words

    workspace = open_workspace(recipe, work, exclude=exclude)
    pairs = corpus.load(need(workspace.corpus, "collect"))
    lines = (pair.source for pair in pairs)
    count = write_words(lines, workspace.words, at_least=at_least)
    click.echo(f"{count} forms in {workspace.words}")


@steps.command("vocabulary")
@click.option("--mono", type=EXISTING, multiple=True, help="German prose to learn from as well.")
@threads_option
@with_recipe
def vocabulary_step(
    mono: tuple[Path, ...],
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Learn the pieces of both languages from the lines of pass 0."""
    from summlib.training import corpus, vocabulary

    workspace = open_workspace(recipe, work, exclude=exclude)
    chosen = workspace.recipe
    pairs = corpus.load(need(workspace.corpus, "collect"))
    drawn = corpus.draw(pairs, chosen.weights, seed=chosen.seed, index=0)
    lines = vocabulary.sample_lines(drawn, mono, seed=chosen.seed)
    out = workspace.vocabulary
    vocabulary.train_vocabulary(lines, out, size=chosen.vocabulary, threads=threads)
    click.echo(f"{chosen.vocabulary} pieces in {out}")


@steps.command("pass")
@click.argument("number", type=click.IntRange(min=0))
@click.option("--lines", default=0, help="Draw only so many lines; 0 for all.")
@threads_option
@with_recipe
def pass_step(
    number: int,
    lines: int,
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Prepare and keep pass NUMBER, so that the run finds it ready."""
    from summlib.training.passes import Passes

    workspace = open_workspace(recipe, work, exclude=exclude)
    examples = Passes(workspace, threads=threads, lines=lines, report=note)(number)
    click.echo(f"{len(examples.source)} pairs in {workspace.cached(number)}")


@steps.command("run")
@click.option("--start", type=FOLDER, help="Begin with the weights of a Marian folder.")
@click.option("--init", type=EXISTING, help="Begin with the weights of a checkpoint.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
@click.option("--minutes", default=float("inf"), help="Stop cleanly after so long.")
@click.option("--steps", "most", default=10**9, help="Stop cleanly after so many steps.")
@click.option("--tokens", default=0, help="Target tokens in all, instead of the recipe's.")
@click.option("--batch-tokens", default=0, help="Padded tokens of a batch, likewise.")
@click.option("--lines", default=0, help="Draw only so many lines a pass; 0 for all.")
@click.option("--save-every", default=240.0, show_default=True, help="Seconds between checkpoints.")
@threads_option
@with_recipe
def run_step(
    start: Path | None,
    init: Path | None,
    device: str,
    minutes: float,
    most: int,
    tokens: int,
    batch_tokens: int,
    lines: int,
    save_every: float,
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Train, or go on with a run that was stopped or killed.

    A checkpoint in the work folder wins over --start and --init: the same
    command resumes. On a CPU, MALLOC_MMAP_MAX_=0 and
    MALLOC_TRIM_THRESHOLD_=17179869184 in the environment gain some 8 %.
    """
    from summlib.training.passes import Passes

    workspace = open_workspace(recipe, work, exclude=exclude)
    workspace = replace(workspace, recipe=_scheduled(workspace, tokens, batch_tokens))
    passes = Passes(workspace, threads=threads, lines=lines, report=note)
    run = _open_run(workspace, passes, device=device, threads=threads)
    _begin(run, workspace, start, init)
    progress = run.train(
        save_every_s=save_every, stop_after_s=60 * minutes, stop_after_steps=most, report=note
    )
    click.echo(f"step {progress.step}, {progress.tokens} target tokens, {workspace.checkpoint}")


def _scheduled(workspace: Workspace, tokens: int, batch_tokens: int) -> Any:
    recipe = workspace.recipe
    given = {"target_tokens": tokens, "batch_tokens": batch_tokens}
    changes = {key: value for key, value in given.items() if value}
    return replace(recipe, schedule=replace(recipe.schedule, **changes))


def _open_run(workspace: Workspace, passes: Any, *, device: str, threads: int) -> Run:
    import torch

    from summlib.training.loop import Run

    torch.set_num_threads(threads)
    need(workspace.vocabulary, "vocabulary")
    recipe = workspace.recipe
    return Run(recipe, workspace.folder, passes, vocabulary=recipe.vocabulary, device=device)


def _begin(run: Run, workspace: Workspace, start: Path | None, init: Path | None) -> None:
    from summlib.training.checkpoints import read_marian

    if start and init:
        raise InputError("give --start or --init, not both")
    if workspace.checkpoint.exists():
        run.load(workspace.checkpoint)
        note(f"going on at step {run.progress.step}")
    elif init:
        run.load(init, weights_only=True)
    elif start:
        weights = read_marian(start, workspace.vocabulary, run.masters.weights())
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


def main() -> None:
    """Run the command that the process was started with."""
    steps(prog_name="python -m summlib.training")


if __name__ == "__main__":
    main()
