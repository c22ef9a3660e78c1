"""``summlib translate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from summlib.cli import options

if TYPE_CHECKING:
    from summlib.cli.job import Result
    from summlib.records import Document, Translation

EXAMPLES = """\b
Examples:
  summlib translate artikel.txt
  summlib translate artikel.txt --layout keep -o lines.txt
  summlib translate artikel.txt --glossary begriffe.tsv --strict
  summlib translate --json artikel.txt interview.txt -o translations.jsonl
  summlib translate archiv -o translations
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
@options.strict
@options.model
@options.verbosity
@click.pass_context
def command(
    ctx: click.Context,
    /,
    inputs: tuple[str, ...],
    target_lang: str,
    output: str | None,
    force: bool,
    as_json: bool,
    strict: bool,
    **given: Any,
) -> None:
    """Translate documents and give their layout back.

    Reads files, the .txt files below folders, JSON Lines with a "text" field,
    or piped text. Where a check disagrees, a note on standard error says so.
    """
    believed = ctx.get_parameter_source("source_lang") is ParameterSource.COMMANDLINE

    import summlib
    from summlib.cli.job import run_job

    def act(doc: Document) -> Result:
        translation: Translation = summlib.translate(
            doc, target_lang=target_lang, detect=not believed, **given
        )
        return translation

    run_job(
        inputs,
        act,
        str,
        output=output,
        force=force,
        as_json=as_json,
        strict=strict,
        target_lang=target_lang,
    )
