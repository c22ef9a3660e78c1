"""The options that several commands share, each written once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from summlib.cli.notes import VERBOSITY
from summlib.errors import InputError

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
Decorator = Callable[[Decorated], Decorated]

LANGUAGES = click.Choice(["de", "en"])


def stacked(*decorators: Decorator[Any]) -> Decorator[Any]:
    """Make one decorator of several, in the order of the help."""

    def decorate(function: Any) -> Any:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """Set variables for the length of a command and put back what stood there."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _forbid_connections(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        ctx.with_resource(_environment(HF_HUB_OFFLINE="1"))


def _be_verbose(ctx: click.Context, _: click.Parameter, count: int) -> None:
    if count:
        ctx.meta[VERBOSITY] = count


def _be_quiet(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        ctx.meta[VERBOSITY] = -1


def _read_glossary(_: click.Context, __: click.Parameter, path: str | None) -> Any:
    if path is None:
        return None
    from summlib.text.glossary import read_glossary

    try:
        return dict(read_glossary(path).terms)
    except OSError as error:
        raise click.BadParameter(f"{path} cannot be read: {error.strerror}") from error
    except InputError as error:
        raise click.BadParameter(str(error)) from error


def check_length(_: click.Context, __: click.Parameter, length: str) -> str:
    """Refuse a wrong length once, before any document is read."""
    from summlib.selector import parse_length

    try:
        parse_length(length)
    except InputError as error:
        raise click.BadParameter(str(error)) from error
    return length


inputs = click.argument("inputs", metavar="[FILE|DIR|-]...", nargs=-1)

as_json = click.option("--json", "as_json", is_flag=True, help="Write one JSON object a line.")

length = click.option(
    "--length",
    default="short",
    show_default=True,
    metavar="LENGTH",
    callback=check_length,
    help='short, medium, long, "20%", "80 words" or "3 sentences".',
)

strict = click.option(
    "--strict", is_flag=True, help="Exit with 5 when a check found an error in a result."
)

verbosity = stacked(
    click.option(
        "-q",
        "--quiet",
        is_flag=True,
        expose_value=False,
        callback=_be_quiet,
        help="Say nothing beside the result but errors.",
    ),
    click.option(
        "-v",
        "--verbose",
        count=True,
        expose_value=False,
        callback=_be_verbose,
        help="Say more: what cleaning left out, how a file was read, tracebacks.",
    ),
)

output = stacked(
    click.option(
        "-o",
        "--output",
        metavar="FILE|DIR",
        help="Write there; a folder gets the tree of the inputs, NAME.LANG.txt each. "
        "Run again, the command goes on where it was stopped.",
    ),
    click.option("--force", is_flag=True, help="Replace files that exist; do all again."),
    click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "markdown", "json", "html"]),
        default="text",
        show_default=True,
        help="html is a page to read beside the source.",
    ),
    as_json,
    click.option("--bilingual", is_flag=True, help="Set the source beside each sentence."),
)

many = stacked(
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        metavar="N",
        help="Processes, each with its own model and its part of the cores.",
    ),
    click.option(
        "--column",
        metavar="NAME",
        help="Field of JSON Lines or column of CSV with the text.  [default: text]",
    ),
    click.option("--allow-network", is_flag=True, help="Fetch documents named by URL."),
)


def style_of(format_: str, *, as_json: bool, bilingual: bool, **more: bool) -> Any:
    """Return what the options that shape a result come to.

    Args:
        format_: What ``--format`` was given.
        as_json: Whether ``--json`` was.
        bilingual: Whether ``--bilingual`` was.
        **more: Further fields of the style.

    Raises:
        click.UsageError: Two of them contradict each other.
    """
    from summlib.cli.formats import Style

    if as_json and format_ not in ("text", "json"):
        raise click.UsageError(f"--json and --format {format_} exclude each other; give one")
    style = Style("json" if as_json else format_, bilingual, **more)  # type: ignore[arg-type]
    wanted = bilingual or style.citations
    if wanted and style.format not in ("text", "markdown"):
        raise click.UsageError(
            f"--bilingual and --copy-citations shape text and markdown; {style.format} has it all"
        )
    if style.sources and (wanted or style.format != "text"):
        raise click.UsageError("--show-sources is for plain text and excludes other layouts")
    return style


def model(beam_size: int | None) -> Decorator[Any]:
    """Make the options that say which model translates, and how.

    Args:
        beam_size: The command's default; None leaves it to the kind of model.
    """
    return stacked(
        click.option(
            "--model", metavar="NAME", help="Model by name or path ('echo' copies the text)."
        ),
        click.option(
            "--glossary",
            metavar="FILE",
            callback=_read_glossary,
            help="Terms to use: German, a tab, English on each line; # begins a comment.",
        ),
        click.option(
            "--beam-size",
            type=click.IntRange(1, 32),
            default=beam_size,
            help="Hypotheses kept while translating; 1 is quickest.  "
            f"[default: {beam_size or '8; 4 where a model reads documents whole'}]",
        ),
        click.option(
            "--quick",
            is_flag=True,
            help="Translate each sentence once: about twice as fast, a little worse.",
        ),
        click.option(
            "--threads",
            type=click.IntRange(min=1),
            metavar="N",
            help="Cores to use.  [default: those available, at most 4]",
        ),
        click.option(
            "--engine",
            type=click.Choice(["auto", "ct2", "pytorch"]),
            default="auto",
            show_default=True,
            help="What runs the model; auto takes the quickest that can.",
        ),
        click.option(
            "--device", metavar="NAME", help="cpu, cuda, cuda:N, mps or auto.  [default: cpu]"
        ),
        click.option(
            "--offline",
            is_flag=True,
            expose_value=False,
            callback=_forbid_connections,
            help="Forbid every connection (the bundled models need none).",
        ),
    )
