"""``summlib summarize``."""

from __future__ import annotations

from typing import Any

import click

from summlib.cli import options

EXAMPLES = """\b
Examples:
  summlib summarize artikel.txt
  summlib summarize artikel.txt --length "3 sentences" --show-sources
  summlib summarize artikel.txt --target-lang de --length 20%
  summlib summarize --json artikel.txt interview.txt
  summlib summarize artikel.txt --format markdown --copy-citations -o brief.md
  summlib summarize artikel.txt --bilingual
  summlib summarize archiv -o summaries
  summlib summarize archiv -o pages --format html
  summlib summarize archive.jsonl -o summaries.jsonl --jobs 2
  cat artikel.txt | summlib summarize"""


@click.command("summarize", epilog=EXAMPLES)
@options.inputs
@options.length
@click.option(
    "--source-lang",
    type=options.LANGUAGES,
    help="Language of the documents.  [default: found out]",
)
@click.option(
    "--target-lang",
    type=options.LANGUAGES,
    default="en",
    show_default=True,
    help="Language of the summary.",
)
@click.option(
    "--show-sources",
    is_flag=True,
    help="Print under each sentence what it rests on, with character offsets.",
)
@click.option(
    "--copy-citations",
    is_flag=True,
    help="Number each sentence to a list of the passages it rests on.",
)
@options.output
@options.many
@options.strict
@options.model(None)
@options.verbosity
def command(
    inputs: tuple[str, ...],
    show_sources: bool,
    copy_citations: bool,
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
    """Summarize documents, each in a few sentences that were checked.

    Reads text, HTML, PDF, Word, OpenDocument, EPUB and mail, the documents below
    folders, the records of JSON Lines and CSV, and piped text. Where a check
    disagrees, a note on standard error says so.
    """
    style = options.style_of(
        format_,
        as_json=as_json,
        bilingual=bilingual,
        citations=copy_citations,
        sources=show_sources,
    )
    from summlib.cli.job import run_job

    run_job(
        inputs,
        "summarize",
        given,
        style,
        output=output,
        force=force,
        jobs=jobs,
        strict=strict,
        column=column,
        allow_network=allow_network,
    )
