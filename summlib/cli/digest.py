"""``summlib digest``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from summlib.cli import notes, options
from summlib.cli.failures import SOME_FAILED, UNFAITHFUL
from summlib.cli.files import refuse_existing, require_folder, write_whole

if TYPE_CHECKING:
    from summlib.cli.inputs import Input
    from summlib.digest import Digest
    from summlib.errors import SummlibError
    from summlib.records import Document

EXAMPLES = """\b
Examples:
  summlib digest archiv
  summlib digest artikel.txt interview.txt --show-sources
  summlib digest archiv --length short --target-lang de
  summlib digest archiv --format markdown -o briefing.md
  summlib digest archiv --format html -o briefing.html
  summlib digest --json archiv"""


@click.command("digest", epilog=EXAMPLES)
@options.inputs
@click.option(
    "--length",
    default="medium",
    show_default=True,
    metavar="LENGTH",
    callback=options.check_length,
    help='short, medium, long, "20%", "80 words" or "3 sentences", all statements together.',
)
@click.option(
    "--target-lang",
    type=options.LANGUAGES,
    default="en",
    show_default=True,
    help="Language of the briefing.",
)
@click.option(
    "--show-sources",
    is_flag=True,
    help="Print under each statement the sentences it rests on, with offsets.",
)
@click.option("-o", "--output", metavar="FILE", help="Write there.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "markdown", "json", "html"]),
    default="text",
    show_default=True,
    help="How the briefing is laid out.",
)
@options.as_json
@options.strict
@options.model(8)
@options.verbosity
def command(
    inputs: tuple[str, ...],
    show_sources: bool,
    output: str | None,
    force: bool,
    format_: str,
    as_json: bool,
    strict: bool,
    **given: Any,
) -> None:
    """Turn documents on one subject into one briefing with citations.

    What two or more documents say in words of their own is told once, then who
    says what, where figures differ, and all figures and dates. Reads files, the
    documents below folders, JSON Lines with a "text" field, or piped text.
    """
    from summlib.cli.inputs import find_inputs
    from summlib.digest import digest

    if as_json and format_ not in ("text", "json"):
        raise click.UsageError(f"--json and --format {format_} exclude each other; give one")
    show = _layout("json" if as_json else format_, sources=show_sources)
    place = Path(output) if output and output != "-" else None
    if place:
        refuse_existing(place, force=force)
        require_folder(place.parent)
    docs = list(_documents(find_inputs(inputs, output=output)))
    made = digest(docs, **given)
    _write(show(made, docs), place)
    _tell(made)
    raise click.exceptions.Exit(_code(made, strict=strict))


def _layout(
    format_: str, *, sources: bool
) -> Callable[[Digest, list[Document | SummlibError]], str]:
    """Return what lays a digest of documents out."""
    from summlib.digest import layout
    from summlib.report import render_digest

    if sources and format_ in ("json", "html"):
        raise click.UsageError(f"--show-sources is for text and markdown; {format_} has them all")
    if format_ == "json":
        return lambda made, _: json.dumps(made.to_dict(), ensure_ascii=False) + "\n"
    if format_ == "html":
        return render_digest
    lay_out = layout.markdown if format_ == "markdown" else layout.plain
    return lambda made, _: lay_out(made, sources=sources)


def _documents(inputs: Sequence[Input]) -> Iterator[Document | SummlibError]:
    """Yield every document, and an error in the place of one that cannot be read."""
    from summlib.errors import SummlibError, UnreadableDocument

    for given in inputs:
        for item in [UnreadableDocument(given.problem)] if given.problem else given.items():
            if isinstance(item, SummlibError):
                notes.error(given.title(item), item)
            else:
                for text, level in notes.reading(item):
                    notes.note(given.title(item), text, level=level)
            yield item


def _write(text: str, place: Path | None) -> None:
    if place:
        write_whole(place, text)
    else:
        click.echo(text, nl=False)


def _tell(made: Digest) -> None:
    """Say what was left out and what the checks found."""
    for source in made.sources:
        if source.status == "other subject" or (source.status == "failed" and source.path):
            notes.note(f"[{source.number}] {source.path}".strip(), f"left out: {source.note}")
    for statement in made.statements:
        for finding in statement.findings:
            notes.note("", str(finding))


def _code(made: Digest, *, strict: bool) -> int:
    if any(source.status == "failed" for source in made.sources):
        return SOME_FAILED
    unfaithful = any(finding.severity == "error" for finding in made.findings)
    return UNFAITHFUL if strict and unfaithful else 0
