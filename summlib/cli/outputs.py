"""Where results go: standard output, one file, or a folder.

A file appears whole or not at all: it is written beside its place and moved
there. Nothing that exists is replaced unless that was asked for. A folder, and
a file of many results, is taken up where a killed run left it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import click

from summlib.batch.ledger import Progress
from summlib.cli.failures import BrokenOutput
from summlib.cli.files import refuse_existing, require_folder, write_whole
from summlib.cli.folders import Folder, Lines
from summlib.cli.inputs import Input
from summlib.cli.work import Row, row_text


class Output(Protocol):
    """Takes the results of a command, group after group."""

    def plan(self, inputs: Sequence[Input]) -> None:
        """Prepare for these inputs, before any work is done."""

    def progress(self, given: Input) -> Progress:
        """Return how far an earlier run came with an input."""

    def refusal(self, given: Input) -> str:
        """Say why an input's result could not be written; nothing when it could."""

    def commit(self, rows: Sequence[Row]) -> None:
        """Take the results of a group, all or none."""

    def close(self, *, finished: bool) -> None:
        """End; finished when every input was seen to."""


class Stream:
    """Results one after the other, on standard output or a device.

    Args:
        headers: Whether to write ``==> name <==`` above each result.
        lines: Whether failures are lines of JSON in their place.
        path: A device or pipe; None for standard output.
    """

    def __init__(self, *, headers: bool, lines: bool, path: Path | None = None) -> None:
        self.headers, self.lines, self.count = headers, lines, 0
        self.file = sys.stdout if path is None else open(path, "w", encoding="utf-8")  # noqa: SIM115

    def plan(self, inputs: Sequence[Input]) -> None:
        """Do nothing."""

    def progress(self, given: Input) -> Progress:
        """Return that nothing was done: what was printed is not known."""
        return Progress()

    def refusal(self, given: Input) -> str:
        """Accept every input."""
        return ""

    def commit(self, rows: Sequence[Row]) -> None:
        """Write the results."""
        for item, made in rows:
            text = row_text(item, made, lines=self.lines)
            if text or not made.error:
                self._write(made.title(item), text)

    def _write(self, title: str, text: str) -> None:
        if self.headers:
            text = f"{chr(10) if self.count else ''}==> {title} <==\n{_ended(text)}"
        elif self.file.isatty():
            text = _ended(text)
        self.count += 1
        try:
            click.echo(text, file=self.file, nl=False)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise BrokenOutput(f"cannot write to {self.name}: {error.strerror}") from error

    @property
    def name(self) -> str:
        """How messages call it."""
        return "standard output" if self.file is sys.stdout else str(self.file.name)

    def close(self, *, finished: bool) -> None:
        """Let go of a device."""
        if self.file is not sys.stdout:
            self.file.close()


class Single:
    """The result of one document in one file.

    Args:
        path: The file.
        lines: Whether a failure is written, as JSON.
        force: Whether it may replace another.
    """

    def __init__(self, path: Path, *, lines: bool, force: bool) -> None:
        self.path, self.lines, self.texts = path, lines, list[str]()
        refuse_existing(path, force=force)
        require_folder(path.parent)

    def plan(self, inputs: Sequence[Input]) -> None:
        """Do nothing: the file was seen to."""

    def progress(self, given: Input) -> Progress:
        """Return that nothing was done."""
        return Progress()

    def refusal(self, given: Input) -> str:
        """Accept every input: the file was seen to."""
        return ""

    def commit(self, rows: Sequence[Row]) -> None:
        """Take the result."""
        self.texts.extend(row_text(*row, lines=self.lines) for row in rows)

    def close(self, *, finished: bool) -> None:
        """Write the file, if a document made it."""
        text = "".join(self.texts)
        if finished and text:
            write_whole(self.path, text)


def choose_output(
    named: str | None,
    *,
    several: bool,
    lang: str,
    suffix: str,
    signature: str,
    force: bool,
) -> Output:
    """Decide what ``-o`` means.

    Args:
        named: What was given, None for standard output.
        several: Whether there may be more than one result.
        lang: Language of the results, for the names of files.
        suffix: End of the names of files, such as ``txt``; ``json`` can share one.
        signature: What decides the results, by which a killed run is taken up.
        force: Whether files may replace others.

    Raises:
        click.UsageError: Several texts cannot go into one file.
        Failure: The place exists already or cannot be written.
    """
    as_json = suffix == "json"
    if named in (None, "-"):
        return Stream(headers=several and not as_json, lines=as_json)
    path = Path(str(named))
    is_folder = path.is_dir() or str(named).endswith(("/", os.sep))
    if is_folder or (several and not path.suffix and not path.exists()):
        return Folder(path, suffix=f"{lang}.{suffix}", force=force, signature=signature)
    if several and not as_json:
        raise click.UsageError(
            f"several inputs need a folder: -o {path.with_suffix('')}{os.sep}, or --json"
        )
    if path.exists() and not path.is_file():
        return Stream(headers=False, lines=as_json, path=path)
    if several:
        return Lines(path, force=force, signature=signature)
    return Single(path, lines=as_json, force=force)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
