"""``summlib summarize``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from summlib.cli import notes, options

if TYPE_CHECKING:
    from summlib.cli.job import Result
    from summlib.records import Document, Summary

SOURCE_WIDTH = 300
"""Characters shown of a source sentence; hardly any is longer."""

EXAMPLES = """\b
Examples:
  summlib summarize artikel.txt
  summlib summarize artikel.txt --length "3 sentences" --show-sources
  summlib summarize artikel.txt --target-lang de --length 20%
  summlib summarize --json artikel.txt interview.txt
  summlib summarize archiv -o summaries
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
@options.output
@options.strict
@options.model
@options.verbosity
def command(
    inputs: tuple[str, ...],
    length: str,
    target_lang: str,
    show_sources: bool,
    output: str | None,
    force: bool,
    as_json: bool,
    strict: bool,
    **given: Any,
) -> None:
    """Summarize documents, each in a few sentences that were checked.

    Reads files, the .txt files below folders, JSON Lines with a "text" field,
    or piped text. Where a check disagrees, a note on standard error says so.
    """

    import summlib
    from summlib.cli.job import run_job

    def act(doc: Document) -> Result:
        summary: Summary = summlib.summarize(doc, length=length, target_lang=target_lang, **given)
        return summary

    run_job(
        inputs,
        act,
        with_sources if show_sources else text_of,
        output=output,
        force=force,
        as_json=as_json,
        strict=strict,
        target_lang=target_lang,
    )


def text_of(result: Result) -> str:
    """Return the text with a line end."""
    return f"{result.text.rstrip()}\n"


def with_sources(result: Result) -> str:
    """Return each sentence with its sources and findings below.

    Offsets are those of Python slices: ``[312:402]`` is ``text[312:402]``.

    >>> from summlib.records import Sentence, Summary, SummarySentence
    >>> said = SummarySentence("Yes.", 0, 4, (Sentence("Ja.", 7, 10),))
    >>> print(with_sources(Summary("Yes.", (said,), "de", "en", "echo")), end="")
    Yes.
        [7:10] Ja.
    """
    rows: list[str] = []
    for sentence in getattr(result, "sentences", ()):
        rows.append(sentence.text)
        for source in sentence.sources:
            quoted = notes.printable(notes.excerpt(source.text, SOURCE_WIDTH))
            rows.append(f"    [{source.start}:{source.end}] {quoted}")
        rows.extend(f"    {found.severity}: {found}" for found in sentence.findings)
    return "".join(f"{row}\n" for row in rows)
