"""Outputs of many results that a killed run takes up again: a folder, a file of JSON Lines."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from summlib.batch.groups import describe_error
from summlib.batch.ledger import Ledger, Progress
from summlib.cli import notes
from summlib.cli.filenames import name_outputs
from summlib.cli.files import (
    cannot_write,
    make_folder,
    refuse_existing,
    require_folder,
    writable,
    write_whole,
)
from summlib.cli.inputs import STATE, Input
from summlib.cli.work import Item, Made, Row, row_text

ERRORS = "summlib-errors.jsonl"
"""In a folder of results: a line for each input that gave none."""


class Lines:
    """Many results in one file of JSON Lines, which a killed run takes up again.

    Args:
        path: The file, there when the last result is in.
        force: Whether it may replace another.
        signature: What decides the results.
    """

    def __init__(self, path: Path, *, force: bool, signature: str) -> None:
        self.path, self.force = path, force
        refuse_existing(path, force=force)
        require_folder(path.parent)
        with writable(path):
            state = path.with_name(f".{path.name}{STATE}")
            self.ledger = Ledger(state, path.parent, signature=signature)

    def plan(self, inputs: Sequence[Input]) -> None:
        """Begin anew where the inputs that are done are not the first ones now."""
        done = [(key, progress.stamp) for key, progress in self.ledger.inputs.items()]
        now = [(given.key, given.stamp) for given in inputs[: len(done)]]
        if done != now or not all(stamp for _, stamp in done):
            self.ledger.restart()

    def progress(self, given: Input) -> Progress:
        """Return how far an earlier run came with an input."""
        return self.ledger.inputs.get(given.key, Progress(given.stamp, self.path.name))

    def refusal(self, given: Input) -> str:
        """Accept every input: the file was seen to."""
        return ""

    def commit(self, rows: Sequence[Row]) -> None:
        """Add the results to the draft of the file."""
        updates: dict[str, Progress] = {}
        for item, made in rows:
            before = updates.get(item.given.key) or self.progress(item.given)
            updates[item.given.key] = advanced(before, item, made)
        text = "".join(row_text(*row, lines=True) for row in rows)
        with writable(self.path):
            self.ledger.commit(updates, {self.path.name: text})

    def close(self, *, finished: bool) -> None:
        """Move the file to its place when all is in; else keep what is done."""
        with self.ledger, writable(self.path):
            if finished and self.ledger.sizes.get(self.path.name):
                self.ledger.commit({}, {}, whole=[self.path.name])
            if finished or not self.ledger.used:
                self.ledger.discard()


class Folder:
    """A file for each input, in folders like those of the inputs.

    Args:
        path: The folder, made when it is not there.
        suffix: End of the files' names, such as ``en.txt``.
        force: Whether files may replace others, and finished work is done again.
        signature: What decides the results.
    """

    def __init__(self, path: Path, *, suffix: str, force: bool, signature: str) -> None:
        self.path, self.suffix, self.force = path, suffix, force
        self.names: dict[str, str] = {}
        self.order: list[Input] = []
        make_folder(path)
        require_folder(path)
        with writable(path):
            self.ledger = Ledger(path / STATE, path, signature=signature)
        if force and self.ledger.finished:
            self.ledger.restart()

    def plan(self, inputs: Sequence[Input]) -> None:
        """Give each input a name, and begin anew with those that changed."""
        self.order = list(inputs)
        known = {key: p.place for key, p in self.ledger.inputs.items() if p.place}
        self.names = name_outputs(inputs, suffix=self.suffix, known=known)
        for given in inputs:
            place = self.names[given.key]
            begun = place in self.ledger.sizes or place in self.ledger.whole
            if begun and not self._is_current(given, place):
                self.ledger.reset(place)

    def _is_current(self, given: Input, place: str) -> bool:
        progress = self.ledger.inputs.get(given.key)
        if progress is None or not given.stamp or progress.stamp != given.stamp:
            return False
        return not progress.complete or (self.path / place).is_file()

    def progress(self, given: Input) -> Progress:
        """Return how far an earlier run came; what failed as a whole is tried again."""
        found = self.ledger.inputs.get(given.key)
        if found is None or found.error or not given.stamp or found.stamp != given.stamp:
            return Progress(given.stamp, self.names[given.key])
        return found

    def refusal(self, given: Input) -> str:
        """Say that the place is taken, or may not be written."""
        place = self.names[given.key]
        target = self.path / place
        taken = os.path.lexists(target) and not self.ledger.owns(place)
        if taken and (not self.force or target.is_dir()):
            return f"{notes.readable(target)} exists; give --force to replace it or another -o"
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            return cannot_write(target, error)
        return ""

    def commit(self, rows: Sequence[Row]) -> None:
        """Write the files whose inputs end in this group, and add to the others' drafts."""
        updates: dict[str, Progress] = {}
        texts: dict[str, str] = {}
        whole: list[str] = []
        for item, made in rows:
            given, place = item.given, self.names[item.given.key]
            updates[given.key] = advanced(
                updates.get(given.key) or self.progress(given), item, made
            )
            text = row_text(item, made, lines=given.several)
            if text or not made.error:
                texts[place] = texts.get(place, "") + text
            if item.last and (place in texts or self.ledger.sizes.get(place)):
                whole.append(place)
        with writable(self.path):
            self.ledger.commit(updates, texts, whole=whole)

    def close(self, *, finished: bool) -> None:
        """List what failed, when every input was seen to."""
        with self.ledger, writable(self.path):
            if finished:
                self._list_errors()
                self.ledger.finish()

    def _list_errors(self) -> None:
        known = ((given, self.ledger.inputs.get(given.key)) for given in self.order)
        rows = [
            json.dumps({"path": given.name, "error": progress.error}, ensure_ascii=False)
            for given, progress in known
            if progress and progress.error
        ]
        if rows:
            write_whole(self.path / ERRORS, "".join(f"{row}\n" for row in rows))
            notes.note("", f"what failed is listed in {notes.readable(self.path / ERRORS)}")
        else:
            (self.path / ERRORS).unlink(missing_ok=True)


def advanced(before: Progress, item: Item, made: Made) -> Progress:
    """Return the progress of an input after one more of its documents."""
    failed = made.error is not None
    of_input = made.error is not None and item.last and not before.records
    return replace(
        before,
        records=before.records + 1,
        done=before.done + (not failed),
        failed=before.failed + failed,
        unfaithful=before.unfaithful + made.unfaithful,
        complete=item.last,
        error=describe_error(made.error) if of_input and made.error else None,
    )
