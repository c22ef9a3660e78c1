"""One command over many documents: each on its own, failures counted, not fatal."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal

import click

from summlib import __version__, store
from summlib.batch.groups import DOCUMENTS, grouped
from summlib.batch.ledger import Progress
from summlib.batch.workers import Workers, share_of
from summlib.cli import notes
from summlib.cli.failures import FAILED, SOME_FAILED, UNFAITHFUL, Terminated, termination
from summlib.cli.files import is_lines
from summlib.cli.folders import Folder, Lines
from summlib.cli.formats import Style
from summlib.cli.inputs import Input, find_inputs
from summlib.cli.outputs import Output, Stream, choose_output
from summlib.cli.work import Elsewhere, Item, Row, Work
from summlib.documents.source import open_bytes
from summlib.errors import InputError, ModelError, SummlibError
from summlib.records import Document
from summlib.translator import DEFAULT_MODEL

GROUP_CHARS = {"summarize": 120_000, "translate": 40_000}
"""Characters of the documents that one engine call takes together: of a summary few
sentences are translated, of a translation all."""


@dataclass(slots=True)
class Job:
    """What is done with each document, and how it went.

    Args:
        work: Makes the results.
        output: Takes them.
        strict: Whether an error that a check found counts.
        jobs: Processes.
        tally: Counts ``done``, ``failed``, ``unfaithful``, and ``before`` those of a
            run that was taken up.
    """

    work: Work
    output: Output
    strict: bool = False
    jobs: int = 1
    tally: Counter[str] = field(default_factory=Counter)

    def run(self, inputs: Sequence[Input]) -> int:
        """Work through the inputs and return the exit code.

        Raises:
            ModelError: The model is missing or damaged, so that all would fail.
        """
        finished = False
        try:
            self.output.plan(inputs)
            with _progress(inputs, self.output) as bar:
                self._work(inputs, bar)
            finished = True
        except (KeyboardInterrupt, Terminated):
            if isinstance(self.output, Folder | Lines) and self.output.ledger.used:
                notes.note("", "what is done is kept; the same command goes on from there")
            raise
        finally:
            self.output.close(finished=finished)
        if self.tally["failed"]:
            return SOME_FAILED if self.tally["done"] else FAILED
        return UNFAITHFUL if self.strict and self.tally["unfaithful"] else 0

    def _work(self, inputs: Sequence[Input], bar: Any) -> None:
        call = Elsewhere(self.work) if self.jobs > 1 else self.work
        with Workers(call, jobs=self.jobs) as workers:
            for items, made in workers.map(self._groups(inputs, bar)):
                rows = list(zip(items, made, strict=True))
                with termination.hold():
                    self.output.commit(rows)
                for row in rows:
                    self._tell(row)
                if bar:
                    bar.update(len(rows))
        if self.tally["before"]:
            notes.note("", f"done already in an earlier run: {self.tally['before']}")

    def _tell(self, row: Row) -> None:
        item, made = row
        name = made.title(item)
        for text, level in made.said:
            notes.note(name, text, level=level)
        if made.error:
            notes.error(name, made.error)
        self.tally["failed" if made.error else "done"] += 1
        self.tally["unfaithful"] += made.unfaithful

    def _groups(self, inputs: Sequence[Input], bar: Any) -> Iterator[list[Item]]:
        """Cut what is to be done into groups; none reaches over something done before.

        So a run that was taken up makes the groups that an undisturbed one makes.
        """
        limit = GROUP_CHARS[self.work.verb]
        for gap, run in groupby(self._items(inputs, bar), key=lambda item: item is None):
            if not gap:
                items = (item for item in run if item)
                yield from grouped(items, weight=_weight, size=DOCUMENTS, limit=limit)

    def _items(self, inputs: Sequence[Input], bar: Any) -> Iterator[Item | None]:
        for given in inputs:
            before = self.output.progress(given)
            if before.records:
                self._count(before, bar)
                yield None
            if before.complete:
                continue
            why = self.output.refusal(given)
            if why:
                yield Item(given, InputError(why))
            elif given.is_local:
                yield Item(given)
            else:
                yield from self._records(given, before.records)

    def _records(self, given: Input, skipped: int) -> Iterator[Item]:
        """Yield what a file of several holds, the last one marked."""
        waiting: Item | None = None
        for number, doc in enumerate(given.items()):
            if number < skipped:
                continue
            if waiting:
                yield waiting
            waiting = Item(given, doc, last=False, record=number + 1)
        if waiting:
            yield replace(waiting, last=True)

    def _count(self, before: Progress, bar: Any) -> None:
        for name in ("done", "failed", "unfaithful"):
            self.tally[name] += getattr(before, name)
        self.tally["before"] += before.records
        if bar:
            bar.update(before.records)


def run_job(
    named: Sequence[str],
    verb: Literal["summarize", "translate"],
    options: dict[str, Any],
    style: Style,
    *,
    output: str | None,
    force: bool,
    jobs: int,
    strict: bool,
    column: str | None = None,
    allow_network: bool = False,
) -> None:
    """Do one thing with every document named and exit with the code that says how it went.

    Args:
        named: Files, folders and ``-`` as given; nothing means piped text.
        verb: What is done.
        options: Keywords of the function of that name.
        style: What results look like.
        output: What ``-o`` was given.
        force: Whether files may be replaced.
        jobs: Processes, 1 or more.
        strict: Whether a check that did not hold gives its own exit code.
        column: Field or column of records that holds the text.
        allow_network: Whether URLs may be fetched.

    Raises:
        click.UsageError: The inputs and the output do not fit together.
        click.exceptions.Exit: Always, when the work is done.
    """
    inputs = find_inputs(named, output=output, column=column, allow_network=allow_network)
    several = len(inputs) > 1 or any(given.several for given in inputs)
    if several and is_lines(output) and style == Style():
        style = Style("json")
    work = Work(verb, options, style)
    place = choose_output(
        output,
        several=several,
        lang=options["target_lang"],
        suffix=style.suffix,
        signature=signature_of(work, column=column),
        force=force,
    )
    shared = {**options, "threads": share_of(options.get("threads"), jobs)}
    work = replace(work, options=shared, in_folder=isinstance(place, Folder))
    raise click.exceptions.Exit(Job(work, place, strict, jobs).run(inputs))


def signature_of(work: Work, *, column: str | None = None) -> str:
    """Return what decides the results: equal strings mean equal outputs for equal inputs."""
    options = {k: v for k, v in sorted(work.options.items()) if k != "threads"}
    facts = {
        "summlib": __version__,
        "verb": work.verb,
        "options": options,
        "style": repr(work.style),
        "column": column,
        "model": _model_digest(work.options.get("model")),
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False)


def _model_digest(name: str | None) -> str:
    """Return what changes with the model's files; nothing for one that is no folder here."""
    try:
        card = store.find(name or DEFAULT_MODEL).path / "model.json"
        return hashlib.sha256(card.read_bytes()).hexdigest()
    except (ModelError, OSError):
        return ""


def _weight(item: Item) -> int:
    return len(item.doc.text) if isinstance(item.doc, Document) else item.given.weight


def _progress(inputs: Sequence[Input], output: Output) -> AbstractContextManager[Any]:
    """Show a bar where a person waits and no result would run into it."""
    shares_terminal = isinstance(output, Stream) and sys.stdout.isatty()
    alone = len(inputs) < 2 and not any(given.several for given in inputs)
    if alone or not sys.stderr.isatty() or shares_terminal or notes.verbosity() < 0:
        return nullcontext()
    return _bar(sum(map(_documents, inputs)))


@contextmanager
def _bar(length: int) -> Iterator[Any]:
    ctx = click.get_current_context(silent=True)
    bar = click.progressbar(length=length, label="documents", show_pos=True, file=sys.stderr)
    with bar:
        if ctx:
            ctx.meta[notes.BAR] = True
        try:
            yield bar
        finally:
            if ctx:
                ctx.meta[notes.BAR] = False


def _documents(given: Input) -> int:
    """Count the lines of a file of several, as a bar needs it."""
    if not given.several or given.source == "-":
        return 1
    try:
        with open_bytes(given.source) as stream:
            return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b"")) or 1
    except SummlibError:
        return 1
