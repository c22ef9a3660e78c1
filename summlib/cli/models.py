"""``summlib models``: what is on this machine, and getting, verifying, removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import click

from summlib.cli import notes, options
from summlib.cli.failures import FAILED, MODEL, Failure
from summlib.errors import ModelDamaged, ModelNotFound

if TYPE_CHECKING:
    from summlib.hub import HubModel
    from summlib.store import ModelInfo

    Model: TypeAlias = ModelInfo | HubModel

EXAMPLES = """\b
Examples:
  summlib models
  summlib models --json
  summlib models get Helsinki-NLP/opus-mt-de-en"""

SHOW_EXAMPLES = """\b
Examples:
  summlib models show de-en
  summlib models show Helsinki-NLP/opus-mt-de-en --json"""

GET_EXAMPLES = """\b
Examples:
  summlib models get Helsinki-NLP/opus-mt-de-en
  summlib models get Helsinki-NLP/opus-mt-de-en --revision main"""

CONVERT_EXAMPLES = """\b
Examples:
  summlib models convert Helsinki-NLP/opus-mt-de-en
  summlib models convert Helsinki-NLP/opus-mt-de-en --precision float32"""

REMOVE_EXAMPLES = """\b
Examples:
  summlib models remove Helsinki-NLP/opus-mt-de-en"""

CHECK_EXAMPLES = """\b
Examples:
  summlib models check
  summlib models check de-en
  summlib models check Helsinki-NLP/opus-mt-de-en"""

PRECISIONS = ("int8", "float16", "bfloat16", "float32")

_OWN = ("name", "task", "source_lang", "target_lang", "version", "licence", "size_bytes")
_HUB = (
    *("name", "task", "languages", "family", "revision", "commit", "licence", "size_bytes"),
    *("origin", "fetched"),
)

offline = click.option(
    "--offline",
    is_flag=True,
    expose_value=False,
    callback=options._forbid_connections,
    help="Forbid every connection; what is in the cache must do.",
)

revision = click.option(
    "--revision", metavar="REV", help="Branch, tag or commit.  [default: the main branch]"
)


@click.group("models", epilog=EXAMPLES, invoke_without_command=True)
@options.as_json
@options.verbosity
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the models on this machine: bundled ones and those of the Hub.

    \b
    Models of the Hub (ORG/NAME) are kept in the user's cache, or in the folder
    that SUMMLIB_CACHE names. Only "get", and the first use of a model with
    --model ORG/NAME, open a connection.
    """
    if ctx.invoked_subcommand:
        return
    import json

    found = every_model()
    if not found:
        raise ModelNotFound("no model is installed; set SUMMLIB_MODELS to a folder that holds some")
    width = max(20, *(len(model.name) for model in found))
    for model in found:
        shown = json.dumps(fields(model), ensure_ascii=False) if as_json else line(model, width)
        click.echo(shown)


@command.command("show", epilog=SHOW_EXAMPLES)
@click.argument("name")
@options.as_json
@options.verbosity
def show(name: str, as_json: bool) -> None:
    """Show what is known of the model NAME."""
    import json

    known = fields(find(name))
    if as_json:
        click.echo(json.dumps(known, ensure_ascii=False))
        return
    for field, value in known.items():
        text = " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        if text:
            click.echo(f"{field:<12} {notes.printable(text)}")


@command.command("get", epilog=GET_EXAMPLES)
@click.argument("name")
@revision
@offline
@options.verbosity
def get(name: str, revision: str | None) -> None:
    """Fetch the model NAME (ORG/NAME) from the Hub, or bring it up to date.

    Takes safetensors only, never pickled weights, never code. What it fetched is
    verified, and recorded with its commit: it stays the same until the next
    "get". Run again after an interruption, it goes on where it was.
    """
    from summlib import hub
    from summlib.cli.progress import Bar

    with Bar() as bar:
        model = hub.get(name, revision=revision, listener=bar)
    click.echo(line(model))


@command.command("convert", epilog=CONVERT_EXAMPLES)
@click.argument("name")
@click.option(
    "--precision",
    type=click.Choice(PRECISIONS),
    default="int8",
    show_default=True,
    help="int8 is smallest and quickest on a CPU; float16 suits a GPU.",
)
@offline
@options.verbosity
def convert(name: str, precision: str) -> None:
    """Convert the model NAME for the quick engine, as its first use does.

    NAME is ORG/NAME, fetched where need be, or the path of a model's folder.
    Its files are verified first.
    """
    from pathlib import Path

    from summlib import hub
    from summlib.cli.progress import Bar
    from summlib.engines import conversion
    from summlib.engines.checkpoints import open_checkpoint

    folder = Path(name)
    if not folder.is_dir():
        with Bar() as bar:
            folder = hub.resolve(name, listener=bar)
        problems = hub.verify(hub.look_up(name))
        if problems:
            raise ModelDamaged(f"{problems[0]}; run: summlib models get {name}")
    root = hub.cache_folder() / "converted"
    click.echo(conversion.convert(open_checkpoint(folder), root=root, precision=precision))


@command.command("remove", epilog=REMOVE_EXAMPLES)
@click.argument("name")
@click.option("--revision", metavar="REV", help="Only this version.  [default: all versions]")
@options.verbosity
def remove(name: str, revision: str | None) -> None:
    """Remove the model NAME (ORG/NAME) and its conversions from the cache.

    Bundled models are part of the package and stay.
    """
    from summlib import hub

    if not hub.is_name(name):
        find(name)
        raise Failure(f"{name} is no model of the Hub; it stays where it is", FAILED)
    for folder in hub.remove(name, revision=revision):
        click.echo(f"removed {folder}")


@command.command("check", epilog=CHECK_EXAMPLES)
@click.argument("name", required=False)
@options.verbosity
def check(name: str | None) -> None:
    """Compare the files of the model NAME, or of all, with their sha256.

    Exits with 3 when a file is missing or damaged.
    """
    damaged = False
    for model in [find(name)] if name else every_model():
        problems = problems_of(model)
        damaged = damaged or bool(problems)
        click.echo(f"{notes.printable(model.name)}: {'damaged' if problems else 'right'}")
        for problem in problems:
            click.echo(f"  {notes.printable(problem)}")
    raise click.exceptions.Exit(MODEL if damaged else 0)


def every_model() -> list[Model]:
    """Return summlib's own models and those of the Hub, damaged ones included."""
    from summlib import hub, store

    return [*store.installed(), *hub.installed()]


def find(name: str) -> Model:
    """Return a model by name or path, damaged or not.

    Raises:
        ModelNotFound: There is none.
    """
    from pathlib import Path

    from summlib import hub, store

    for info in store.installed():
        if info.name == name:
            return info
    if (Path(name) / "model.json").is_file() or not hub.is_name(name):
        return store.find(name)
    return hub.look_up(name)


def problems_of(model: Model) -> list[str]:
    """Return one line for each thing that is wrong with a model."""
    from summlib import hub, store

    if isinstance(model, hub.HubModel):
        return hub.verify(model)
    return [model.problem] if model.problem else store.verify(model.path)


def fields(model: Model) -> dict[str, Any]:
    """Return what is shown of a model, as plain data."""
    from summlib import hub

    place = {"path": str(model.path), "problem": model.problem}
    if not isinstance(model, hub.HubModel):
        return {field: getattr(model, field) for field in _OWN} | {"kind": "bundled"} | place
    converted = {"conversions": list(map(str, hub.conversions(model)))}
    return {field: getattr(model, field) for field in _HUB} | {"kind": "hub"} | place | converted


def line(model: Model, width: int = 20) -> str:
    """Return a model on one line of the list."""
    name = f"{notes.printable(model.name):<{width}}"
    if model.problem:
        return f"{name} damaged: {notes.printable(model.problem)}"
    known = fields(model)
    if known["kind"] == "hub":
        languages, task = ",".join(known["languages"][:3]), known["family"]
        version = known["commit"][:7]
    else:
        languages = f"{known['source_lang']}→{known['target_lang']}"
        task, version = known["task"], f"v{known['version']}"
    size = f"{model.size_bytes / 1e6:.1f} MB"
    row = f"{task:<10} {languages:<6} {size:>10}  {version}"
    return f"{name} {notes.printable(row)}  {model.path}"
