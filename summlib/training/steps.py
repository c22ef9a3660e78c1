"""The group of ``python -m summlib.training`` and what its steps share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from summlib.errors import MissingDependency, SummlibError

RECIPE = Path("models/de-en/recipe.toml")

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
    The whole of it, on two cores (some hours) or with --device cuda
    (the rewriter's corpus is made by fuse before):
      collect CORPUS --refuse DEV      clean the text, refuse test lines
      lexicon LISTS                    build the dictionary of hints
      translations                     learn what words are rendered by
      words                            list the frequent word forms
      translations                     learn which words render which
      vocabulary                       learn the pieces
      run                              train; killed, it goes on where it was
      export runs/de-en/checkpoint.pt models/de-en
      choose models/de-en LISTS        translate lines, judge every hypothesis
      risk LISTS --start models/de-en  make the better ones likelier; export again
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

refuse_option = click.option(
    "--refuse",
    type=FOLDER,
    multiple=True,
    required=True,
    help="Folder whose lines must never be trained on; may be repeated.",
)
