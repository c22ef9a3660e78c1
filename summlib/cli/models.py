"""``summlib models``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from summlib.cli import options
from summlib.cli.failures import MODEL
from summlib.errors import ModelNotFound

if TYPE_CHECKING:
    from summlib.store import ModelInfo

EXAMPLES = """\b
Examples:
  summlib models
  summlib models --json"""

SHOW_EXAMPLES = """\b
Examples:
  summlib models show de-en"""

CHECK_EXAMPLES = """\b
Examples:
  summlib models check
  summlib models check de-en"""

_FIELDS = ("name", "task", "source_lang", "target_lang", "version", "licence", "size_bytes")


@click.group("models", epilog=EXAMPLES, invoke_without_command=True)
@options.as_json
@options.verbosity
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the models on this machine, show one, or verify their files."""
    if ctx.invoked_subcommand:
        return
    import json

    from summlib.store import installed

    found = installed()
    if not found:
        raise ModelNotFound("no model is installed; set SUMMLIB_MODELS to a folder that holds some")
    for info in found:
        click.echo(json.dumps(fields(info), ensure_ascii=False) if as_json else line(info))


@command.command("show", epilog=SHOW_EXAMPLES)
@click.argument("name")
@options.as_json
@options.verbosity
def show(name: str, as_json: bool) -> None:
    """Show what is known of the model NAME."""
    import json

    from summlib.store import find

    known = fields(find(name))
    if as_json:
        click.echo(json.dumps(known, ensure_ascii=False))
        return
    for field, value in known.items():
        click.echo(f"{field:<12} {value}")


@command.command("check", epilog=CHECK_EXAMPLES)
@click.argument("name", required=False)
@options.verbosity
def check(name: str | None) -> None:
    """Compare the files of the model NAME, or of all, with their sha256.

    Exits with 3 when a file is missing or damaged.
    """
    from summlib import store

    names = [name] if name else [info.name for info in store.installed()]
    damaged = False
    for known in names:
        problems = store.verify(known)
        damaged = damaged or bool(problems)
        click.echo(f"{known}: {'damaged' if problems else 'right'}")
        for problem in problems:
            click.echo(f"  {problem}")
    raise click.exceptions.Exit(MODEL if damaged else 0)


def fields(info: ModelInfo) -> dict[str, Any]:
    """Return what is shown of a model, as plain data."""
    return {field: getattr(info, field) for field in _FIELDS} | {"path": str(info.path)}


def line(info: ModelInfo) -> str:
    """Return a model on one line of the list."""
    languages = f"{info.source_lang}→{info.target_lang}"
    size = f"{info.size_bytes / 1e6:.1f} MB"
    return (
        f"{info.name:<20} {info.task:<10} {languages:<6} {size:>10}  v{info.version}  {info.path}"
    )
