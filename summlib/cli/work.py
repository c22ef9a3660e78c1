"""What is done with each document, in this process or in another."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from summlib.batch.groups import FATAL, attempt, recorded
from summlib.cli import notes
from summlib.cli.formats import Result, Style, error_line
from summlib.cli.inputs import Input
from summlib.errors import FaithfulnessWarning, SummlibError, SummlibWarning
from summlib.records import Document, Summary


@dataclass(frozen=True, slots=True)
class Item:
    """One document to work on.

    Args:
        given: The input it comes from.
        doc: The document, or what is wrong with it; None where it is not read yet.
        last: Whether its input holds no more.
        record: Which document of its input it is, from 1.
    """

    given: Input
    doc: Document | SummlibError | None = None
    last: bool = True
    record: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one document.

    Args:
        doc: What messages and error records need of the document: all but its text.
        text: What is written, empty when it failed.
        error: What went wrong.
        said: Notes for standard error, each with the verbosity from which on it is said.
        unfaithful: Whether a check found an error.
    """

    doc: Document | None
    text: str = ""
    error: SummlibError | None = None
    said: tuple[tuple[str, int], ...] = ()
    unfaithful: bool = False

    def title(self, item: Item) -> str:
        """Return how messages call the document."""
        return item.given.title(self.doc)


Row: TypeAlias = tuple[Item, Made]


def row_text(item: Item, made: Made, *, lines: bool) -> str:
    """Return what is written for a document: its result, or its error where that is a line.

    Args:
        item: The document.
        made: What became of it.
        lines: Whether the output is lines of JSON.
    """
    if made.error is None:
        return made.text
    if not lines:
        return ""
    record = item.record if item.given.several else None
    return error_line(made.doc, item.given.name, made.error, record=record)


@dataclass(frozen=True)
class Work:
    """Read, summarize or translate, and write down; picklable.

    Args:
        verb: Which function of the package is called.
        options: Its keywords.
        style: What results look like.
        in_folder: Whether records of one input go to a file of lines of JSON.
    """

    verb: Literal["summarize", "translate"]
    options: Mapping[str, Any] = field(default_factory=dict)
    style: Style = field(default_factory=Style)
    in_folder: bool = False

    def __call__(self, items: list[Item]) -> list[Made]:
        """Work on a group; what fails is an error in its place.

        Raises:
            ModelError: The model is missing or damaged, so that all would fail.
        """
        docs = [self._read(item) for item in items]
        good = [doc for doc in docs if isinstance(doc, Document)]
        results = iter(attempt(self._act, good) if good else [])
        return [
            self._made(item, doc, next(results))
            if isinstance(doc, Document)
            else Made(None, error=doc)
            for item, doc in zip(items, docs, strict=True)
        ]

    def _read(self, item: Item) -> Document | SummlibError:
        if item.doc is not None:
            return item.doc
        try:
            return item.given.read()
        except Exception as error:
            return recorded(error)

    def _act(self, docs: list[Document]) -> list[Result]:
        import summlib

        function = getattr(summlib, self.verb)
        results: list[Result] = function(docs, **self.options)
        return results

    def _made(self, item: Item, doc: Document, result: Result | SummlibError) -> Made:
        known = Document("", doc.title, doc.lang, doc.path, doc.meta)
        if isinstance(result, SummlibError):
            return Made(known, error=result)
        try:
            lines = item.given.several and self.in_folder
            text = (self.style.show_line if lines else self.style.show)(doc, result)
        except FATAL:
            raise
        except Exception as error:
            return Made(known, error=recorded(error))
        said = (*notes.reading(doc), *_of_result(result))
        return Made(known, text, None, said, any(f.severity == "error" for f in result.findings))


def _of_result(result: Result) -> tuple[tuple[str, int], ...]:
    drops = notes.drops(result.dropped) if isinstance(result, Summary) else ()
    return (*drops, *((str(finding), 0) for finding in result.findings))


class Elsewhere:
    """Work in another process: its warnings come back as notes.

    Args:
        work: What to do; picklable.
    """

    def __init__(self, work: Work) -> None:
        self.work = work

    def __call__(self, items: list[Item]) -> list[Made]:
        """Work on a group."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always", SummlibWarning)
            warnings.simplefilter("ignore", FaithfulnessWarning)
            made = self.work(items)
        said = tuple(
            (str(w.message), 0 if issubclass(w.category, SummlibWarning) else 1) for w in caught
        )
        if said and made:
            first = made[0]
            made[0] = Made(first.doc, first.text, first.error, (*first.said, *said))
        return made
