"""What a command works on: files, the files of folders, standard input."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from summlib.cli import notes
from summlib.documents import read, read_many
from summlib.documents.jsonl import is_jsonl
from summlib.documents.kinds import HEAD, foreign_kind, holds_several, is_readable
from summlib.documents.source import name_of, open_bytes
from summlib.errors import EmptyDocument, InputError, SummlibError, UnreadableDocument
from summlib.records import Document

STATE = ".summlib"
"""Folder in a folder of results: who made them is known by it, and that they are results."""

PLAIN_SUFFIXES = (".txt", ".md", ".markdown", ".text")
FORMATTED_WEIGHT = 8_000
"""Characters of text that a PDF or Word file is taken to hold; its bytes do not tell."""


@dataclass(frozen=True, slots=True)
class Input:
    """One source to read.

    Args:
        source: A path, a URL or ``-``.
        below: Where it lies below the folder that was named.
        problem: Why it cannot be read, when that is known already.
        several: Whether it holds a document on each line.
        stamp: Its size and time, empty where it has none.
        size: Its bytes.
        column: Field or column with the text of its records; None is ``text``.
        allow_network: Whether it may be fetched.
    """

    source: str
    below: Path = Path()
    problem: str = ""
    several: bool = False
    stamp: str = ""
    size: int = 0
    column: str | None = None
    allow_network: bool = False

    @property
    def name(self) -> str:
        """How messages call it."""
        return "stdin" if self.source == "-" else name_of(self.source)

    @property
    def key(self) -> str:
        """The name under which a journal knows it, wherever the command is run."""
        named = self.source == "-" or is_url(self.source)
        return self.source if named else os.path.abspath(self.source)

    @property
    def is_local(self) -> bool:
        """Whether another process can read it."""
        return self.source != "-" and not self.several

    @property
    def weight(self) -> int:
        """About how many characters of text it holds."""
        plain = self.source.lower().endswith(PLAIN_SUFFIXES)
        return self.size if plain else min(self.size, FORMATTED_WEIGHT)

    def read(self) -> Document:
        """Return its one document.

        Raises:
            SummlibError: It cannot be read.
        """
        if self.problem:
            raise UnreadableDocument(self.problem)
        return read(self.source, column=self.column, allow_network=self.allow_network)

    def items(self) -> Iterator[Document | SummlibError]:
        """Yield each of its documents, or what is wrong with it."""
        found = False
        try:
            items = read_many(
                self.source,
                on_error="record",
                column=self.column,
                allow_network=self.allow_network,
            )
            for item in items:
                found = True
                yield item
        except SummlibError as error:  # such as a package that is missing
            found = True
            yield error
        if not found:
            yield EmptyDocument(f"{self.name} holds no document; write one JSON object a line")

    def title(self, item: Document | SummlibError | None) -> str:
        """Return how messages call one of its documents."""
        line = item.meta.get("line") if isinstance(item, Document) else None
        return f"{self.name}:{line}" if line else self.name


def find_inputs(
    named: Sequence[str],
    *,
    output: str | None = None,
    column: str | None = None,
    allow_network: bool = False,
) -> list[Input]:
    """Return what is to be read, the documents of folders in alphabetical order.

    Args:
        named: What stands on the command line; nothing means piped text.
        output: Where the results go, which is never read.
        column: Field or column of records that holds the text.
        allow_network: Whether what is named by URL may be fetched.

    Raises:
        click.UsageError: Nothing is named and nothing is piped, or a folder is
            to be written into itself.
    """
    if not named:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError("nothing to read: name a FILE or DIR, or pipe text into it")
        named = ("-",)
    first: dict[str, Input] = {}
    for name in named:
        for given in _expanded(name, output):
            first.setdefault(given.key, given)  # named twice, or in a folder that is named
    return [replace(given, column=column, allow_network=allow_network) for given in first.values()]


def _expanded(name: str, output: str | None) -> list[Input]:
    if name == "-" or not Path(name).is_dir():
        return [_file(name)]
    if output and _same(name, output):
        raise click.UsageError(f"{name_of(name)} cannot be read and written; -o another folder")
    walk = _Walk(name, output)
    found = list(walk.inputs())
    walk.tell()
    if not found:
        what = "holds no file that can be read; name files or a folder with some"
        return [Input(name, problem=f"{name_of(name)} {what}")]
    return found


@dataclass
class _Walk:
    """The files of a folder and of those in it, and what is left out."""

    root: str
    output: str | None
    others: Counter[str] = field(default_factory=Counter)
    skipped: list[str] = field(default_factory=list)
    refused: list[Input] = field(default_factory=list)

    def inputs(self) -> Iterator[Input]:
        for folder, folders, files in os.walk(self.root, onerror=self._refuse):
            folders[:] = sorted(f for f in folders if self._enters(os.path.join(folder, f)))
            below = Path(folder).relative_to(self.root)
            for file in sorted(f for f in files if not f.startswith(".")):
                given = _file(os.path.join(folder, file), below, walked=True)
                if self._is_document(given):
                    yield given
        yield from self.refused

    def _refuse(self, error: OSError) -> None:
        why = f"{name_of(error.filename)} may not be listed: {error.strerror}"
        self.refused.append(Input(error.filename, problem=why))

    def _enters(self, path: str) -> bool:
        if os.path.basename(path).startswith("."):
            return False
        why = "a link" if os.path.islink(path) else "results" if self._has_results(path) else ""
        if why:
            self.skipped.append(f"{name_of(path)} ({why})")
        return not why

    def _has_results(self, path: str) -> bool:
        if self.output and _same(path, self.output):
            return True
        return os.path.isdir(os.path.join(path, STATE))

    def _is_document(self, given: Input) -> bool:
        """Leave out pictures and the like, which no one takes for documents."""
        kind = _kind(given)
        if kind in _OTHERS:
            self.others[kind] += 1
        return kind not in _OTHERS

    def tell(self) -> None:
        """Say what was left out."""
        for kind, count in sorted(self.others.items()):
            notes.note(name_of(self.root), f"left out: {count} × {kind}")
        for folder in self.skipped:
            notes.note(name_of(self.root), f"left out: folder {folder}")


_OTHERS = frozenset({"an image", "a sound recording", "a video", "a program", "a database"})


def _kind(given: Input) -> str:
    """Name what a file is when its name does not tell; nothing when it cannot be read."""
    if given.several or given.problem or is_readable(given.source):
        return ""
    try:
        with open(given.source, "rb") as file:
            return foreign_kind(file.read(HEAD))
    except OSError:
        return ""


def _file(name: str, below: Path = Path(), *, walked: bool = False) -> Input:
    """Look at a file without reading it."""
    if name == "-":
        return Input(name, several=_holds_lines(name))
    try:
        facts = os.stat(name)
    except (OSError, ValueError):
        return Input(name, below)  # reading it says why
    if not stat.S_ISREG(facts.st_mode):
        # One that is named is waited for, as a pipe is; one that lies in a folder is not.
        problem = f"{name_of(name)} is no regular file; name it to have it read" if walked else ""
        return Input(name, below, problem=problem)
    stamp = f"{facts.st_size}-{facts.st_mtime_ns}"
    several = holds_several(name) or (not is_readable(name) and _holds_lines(name))
    return Input(name, below, several=several, stamp=stamp, size=facts.st_size)


def _holds_lines(source: str) -> bool:
    """Tell by its beginning whether a source is JSON Lines; nothing is consumed."""
    if source == "-" and not isinstance(getattr(sys.stdin, "buffer", None), io.BufferedReader):
        return False
    try:
        with open_bytes(source) as stream:
            return is_jsonl(name_of(source), stream.peek(HEAD))
    except InputError:
        return False


def is_url(source: str) -> bool:
    """Tell whether a source is to be fetched.

    >>> is_url("https://beispiel.de/a.html"), is_url("a.html")
    (True, False)
    """
    return source.lower().startswith(("http://", "https://"))


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
