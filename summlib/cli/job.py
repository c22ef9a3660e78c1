"""One command over many documents: each on its own, failures counted, not fatal."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TypeAlias

import click

from summlib.cli import notes
from summlib.cli.failures import FAILED, SOME_FAILED, UNFAITHFUL, BrokenOutput
from summlib.cli.inputs import Input, find_inputs
from summlib.cli.outputs import Output, Stdout, choose_output
from summlib.errors import InputError, ModelError
from summlib.records import Document, Summary, Translation

Result: TypeAlias = Summary | Translation


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with each document.

    Args:
        act: Makes the result.
        show: Makes the text that is written.
        output: Takes the texts.
        strict: Whether an error that a check found counts.
        tally: Counts ``done``, ``failed`` and ``unfaithful``.
    """

    act: Callable[[Document], Result]
    show: Callable[[Document, Result], str]
    output: Output
    strict: bool = False
    tally: Counter[str] = field(default_factory=Counter)

    def run(self, inputs: Sequence[Input]) -> int:
        """Work through the inputs and return the exit code.

        Raises:
            ModelError: The model is missing or damaged, so that all would fail.
        """
        with _progress(inputs, self.output) as bar:
            for given in bar:
                for name, item in given.items():
                    self._try(given, name, item)
        self.output.close()
        if self.tally["failed"]:
            return SOME_FAILED if self.tally["done"] else FAILED
        return UNFAITHFUL if self.strict and self.tally["unfaithful"] else 0

    def _try(self, given: Input, name: str, item: Document | InputError) -> None:
        try:
            if isinstance(item, InputError):
                raise item
            self._do(given, name, item)
        except (ModelError, BrokenPipeError, BrokenOutput):
            raise
        except Exception as error:
            self.tally["failed"] += 1
            notes.error(name, error)
        else:
            self.tally["done"] += 1

    def _do(self, given: Input, name: str, doc: Document) -> None:
        place = given.output_name(doc, self.output.suffix)
        self.output.reserve(place)
        notes.reading(name, doc)
        result = self.act(doc)
        self.output.put(name, place, self.show(doc, result))
        if isinstance(result, Summary):
            notes.drops(name, result.dropped)
        notes.findings(name, result.findings)
        self.tally["unfaithful"] += any(f.severity == "error" for f in result.findings)


def run_job(
    named: Sequence[str],
    act: Callable[[Document], Result],
    show: Callable[[Result], str],
    *,
    output: str | None,
    force: bool,
    as_json: bool,
    strict: bool,
    target_lang: str,
) -> None:
    """Do one thing with every document named and exit with the code that says how it went.

    Args:
        named: Files, folders and ``-`` as given; nothing means piped text.
        act: Makes the result of a document.
        show: Makes the text that is written, unless JSON is asked for.
        output: What ``-o`` was given.
        force: Whether files may be replaced.
        as_json: Whether to write an object a line.
        strict: Whether a check that did not hold gives its own exit code.
        target_lang: Language of the results, for the names of files.

    Raises:
        click.UsageError: The inputs and the output do not fit together.
        click.exceptions.Exit: Always, when the work is done.
    """
    inputs = find_inputs(named)
    several = len(inputs) > 1 or any(given.may_hold_several for given in inputs)
    suffix = f".{target_lang}.{'json' if as_json else 'txt'}"
    place = choose_output(output, several=several, suffix=suffix, as_json=as_json, force=force)
    job = Job(act, to_json if as_json else lambda _, result: show(result), place, strict)
    raise click.exceptions.Exit(job.run(inputs))


def to_json(doc: Document, result: Result) -> str:
    """Return the result as one line of JSON, with the path and id of its document.

    >>> to_json(Document("Ja.", path="a.txt"), Translation("Yes.", (), "de", "en", "echo"))[:32]
    '{"path": "a.txt", "text": "Yes."'
    """
    found = {"path": doc.path, **({"id": doc.meta["id"]} if "id" in doc.meta else {})}
    return json.dumps({**found, **result.to_dict(), **found}, ensure_ascii=False) + "\n"


def _progress(inputs: Sequence[Input], output: Output) -> AbstractContextManager[Iterable[Input]]:
    """Show a bar where a person waits and no result would run into it."""
    shares_terminal = isinstance(output, Stdout) and sys.stdout.isatty()
    if len(inputs) < 2 or not sys.stderr.isatty() or shares_terminal or notes.verbosity() < 0:
        return nullcontext(inputs)
    return click.progressbar(inputs, file=sys.stderr)
