"""A bar while a model is fetched, where a person waits for it."""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from summlib import hub
from summlib.cli import notes


class Bar(hub.Listener):
    """Shows on standard error how fetching goes, if that is a terminal.

    Used as a context: the bar ends with it. Notes are written in any case,
    unless ``-q`` is given.
    """

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar:
            self._bar.render_finish()
            self._bar = None

    def begin(self, name: str, total_bytes: int) -> None:
        """Show a bar of so many bytes."""
        notes.note("", f"fetching {name}: {total_bytes / 1e6:.1f} MB", level=0)
        if sys.stderr.isatty() and notes.verbosity() >= 0:
            self._bar = click.progressbar(length=total_bytes, file=sys.stderr, show_eta=True)
            self._bar.render_progress()

    def advance(self, count: int) -> None:
        """Move the bar."""
        if self._bar:
            self._bar.update(count)

    def note(self, text: str) -> None:
        """Write a line."""
        notes.note("", text)


def fetch(model: str | None) -> None:
    """Fetch the model that ``--model`` names, with a bar, before any work begins.

    Does nothing for a folder that is there and for names that are none of the Hub.

    Args:
        model: What was given; None means the bundled model.

    Raises:
        ModelError: It cannot be had, so that every document would fail.
    """
    if model is None or not hub.is_name(model) or Path(model).exists():
        return
    with Bar() as bar:
        hub.resolve(model, listener=bar)
