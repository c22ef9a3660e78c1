"""``summlib translate``."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from summlib.cli import options

EXAMPLES = """\b
Examples:
  summlib translate artikel.txt
  summlib translate artikel.txt --layout keep -o lines.txt
  summlib translate artikel.txt --glossary begriffe.tsv --strict
  summlib translate --json artikel.txt interview.txt -o translations.jsonl
  summlib translate artikel.txt --bilingual --format markdown -o beside.md
  summlib translate archiv -o translations
  summlib translate archive.jsonl -o translated.jsonl --jobs 2
  cat artikel.txt | summlib translate"""


@click.command("translate", epilog=EXAMPLES)
@options.inputs
@click.option(
    "--layout",
    type=click.Choice(["reflow", "keep"]),
    default="reflow",
    show_default=True,
    help="reflow joins hard-wrapped lines; keep gives a line for each line.",
)
@click.option(
    "--source-lang",
    type=options.LANGUAGES,
    default="de",
    show_default=True,
    help="Language of the documents; given, it is believed, else it is checked.",
)
@click.option(
    "--target-lang",
    type=options.LANGUAGES,
    default="en",
    show_default=True,
    help="Language of the translation.",
)
@options.output
@options.many
@options.strict
@options.model(4)
@options.verbosity
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    output: str | None,
    force: bool,
    format_: str,
    as_json: bool,
    bilingual: bool,
    jobs: int,
    column: str | None,
    allow_network: bool,
    strict: bool,
    **given: Any,
) -> None:
    """Translate documents and give their layout back.

    Reads text, HTML, PDF, Word, OpenDocument, EPUB and mail, the documents below
    folders, the records of JSON Lines and CSV, and piped text. Where a check
    disagrees, a note on standard error says so.
    """
    style = options.style_of(format_, as_json=as_json, bilingual=bilingual)
    believed = ctx.get_parameter_source("source_lang") is ParameterSource.COMMANDLINE

    from summlib.cli.job import run_job

    run_job(
        inputs,
        "translate",
        {**given, "detect": not believed},
        style,
        output=output,
        force=force,
        jobs=jobs,
        strict=strict,
        column=column,
        allow_network=allow_network,
    )
