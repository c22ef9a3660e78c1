"""What a command works on: files, the files of folders, standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from summlib.documents import read_many
from summlib.documents.jsonl import SUFFIXES
from summlib.documents.source import name_of
from summlib.errors import InputError, UnreadableDocument
from summlib.records import Document


@dataclass(frozen=True, slots=True)
class Input:
    """One source to read.

    Args:
        source: A path or ``-``.
        below: Where it lies below the folder that was named.
        problem: Why it cannot be read, when that is known already.
    """

    source: str
    below: Path = Path()
    problem: str = ""

    @property
    def name(self) -> str:
        """How messages call it."""
        return "stdin" if self.source == "-" else name_of(self.source)

    @property
    def may_hold_several(self) -> bool:
        """Whether it is a file with a document on each line."""
        return self.source.lower().endswith(SUFFIXES)

    def items(self) -> Iterator[tuple[str, Document | InputError]]:
        """Yield each document, or what is wrong with it, with its name."""
        if self.problem:
            yield self.name, UnreadableDocument(self.problem)
            return
        for item in read_many(self.source, on_error="record"):
            line = item.meta.get("line") if isinstance(item, Document) else None
            yield f"{self.name}:{line}" if line else self.name, item

    def output_name(self, doc: Document, suffix: str) -> Path:
        """Return the relative path that the document's output gets in a folder.

        Args:
            doc: A document of this input.
            suffix: Such as ``.en.txt``.
        """
        stem = Path(self.name.removesuffix(".gz")).stem
        if "line" in doc.meta:
            # Anything may stand in an id; only what is safe in a file name is used.
            label = re.sub(r"[^\w.-]+", "-", str(doc.meta.get("id", ""))).strip(".-")[:100]
            stem = label or f"{stem}-{doc.meta['line']}"
        return self.below / f"{stem}{suffix}"


def find_inputs(named: Sequence[str]) -> list[Input]:
    """Return what is to be read, the text files of folders in alphabetical order.

    Args:
        named: What stands on the command line; nothing means piped text.

    Raises:
        click.UsageError: Nothing is named and nothing is piped.
    """
    if not named:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError("nothing to read: name a FILE or DIR, or pipe text into it")
        return [Input("-")]
    return [found for name in named for found in _expanded(name)]


def _expanded(name: str) -> list[Input]:
    if name == "-" or not Path(name).is_dir():
        return [Input(name)]
    found: list[Input] = []

    def refuse(error: OSError) -> None:
        folder = name_of(error.filename)
        found.append(Input(error.filename, problem=f"{folder} may not be listed: {error.strerror}"))

    for folder, folders, files in os.walk(name, onerror=refuse):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        below = Path(folder).relative_to(name)
        texts = sorted(f for f in files if f.lower().endswith(".txt") and not f.startswith("."))
        found.extend(Input(os.path.join(folder, file), below) for file in texts)
    if not found:
        return [Input(name, problem=f"{name_of(name)} holds no .txt file; name files or a folder")]
    return found
