"""``summlib check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from summlib.cli import notes, options
from summlib.cli.failures import UNFAITHFUL

if TYPE_CHECKING:
    from summlib.records import Finding, Span

EXAMPLES = """\b
Examples:
  summlib check artikel.txt article.txt
  summlib check artikel.txt article.txt --strict --json"""


@click.command("check", epilog=EXAMPLES)
@click.argument("source")
@click.argument("target")
@click.option(
    "--source-lang",
    type=options.LANGUAGES,
    default="de",
    show_default=True,
    help="Language of SOURCE.",
)
@click.option(
    "--target-lang",
    type=options.LANGUAGES,
    default="en",
    show_default=True,
    help="Language of TARGET.",
)
@options.as_json
@options.strict
@options.verbosity
def command(
    source: str, target: str, source_lang: str, target_lang: str, as_json: bool, strict: bool
) -> None:
    """Compare the numbers, dates, names and negations of SOURCE and TARGET.

    Both are files, or one of them is - for piped text. Prints each finding with
    line and column on both sides; nothing when the two agree.
    """
    import json
    from dataclasses import asdict

    import summlib
    from summlib.documents import read

    left, right = read(source).text, read(target).text
    found = summlib.check(left, right, source_lang=source_lang, target_lang=target_lang)
    for finding in found:
        click.echo(
            json.dumps(asdict(finding), ensure_ascii=False)
            if as_json
            else describe(finding, left, right)
        )
    errors = sum(finding.severity == "error" for finding in found)
    notes.note("", f"errors: {errors}, warnings: {len(found) - errors}")
    raise click.exceptions.Exit(UNFAITHFUL if strict and errors else 0)


def describe(finding: Finding, source: str, target: str) -> str:
    """Return a finding with the places it speaks of.

    >>> from summlib.records import Finding, Span
    >>> print(describe(Finding("quantity", "5 became 6", source=Span(0, 1)), "5 Tage", "6 days"))
    error: quantity: 5 became 6
      source 1:1 "5"
    """
    places = [
        f'\n  {side} {position(text, span)} "{notes.printable(notes.excerpt(span.of(text)))}"'
        for side, text, span in (
            ("source", source, finding.source),
            ("target", target, finding.target),
        )
        if span
    ]
    return f"{finding.severity}: {notes.printable(str(finding))}{''.join(places)}"


def position(text: str, span: Span) -> str:
    r"""Return line and column, both from 1, of where a span begins.

    >>> from summlib.records import Span
    >>> position("a\nbc", Span(3, 4))
    '2:2'
    """
    line_start = text.rfind("\n", 0, span.start) + 1
    return f"{text.count(chr(10), 0, span.start) + 1}:{span.start - line_start + 1}"
