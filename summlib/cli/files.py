"""Files that are written whole or not at all, and never over others unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from summlib.cli import notes
from summlib.cli.failures import BrokenOutput, Failure


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to replace a file, unless forced; a device or pipe is written to.

    Raises:
        Failure: The file exists.
    """
    if path.is_file() and not force:
        raise Failure(f"{path} exists; give --force to replace it or another name")


def is_lines(name: str | None) -> bool:
    """Tell whether a name is that of a file of JSON Lines.

    >>> is_lines("all.jsonl"), is_lines("all.txt"), is_lines(None)
    (True, False, False)
    """
    return name is not None and name.lower().endswith((".jsonl", ".ndjson"))


def write_whole(path: Path, text: str) -> None:
    """Write a file in UTF-8, whole or not at all, line ends as they are.

    Args:
        path: The file; behind a link, the file that the link names.
        text: Its content.

    Raises:
        Failure: It cannot be written; what stood there is untouched.
    """
    target = path.resolve()
    # Short, so that a name of the greatest length still has room for it.
    draft = target.with_name(f".summlib-{os.getpid()}.tmp")
    with writable(path):
        try:
            draft.write_bytes(text.encode())
            if target.exists():
                draft.chmod(target.stat().st_mode)
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)


@contextmanager
def writable(path: Path) -> Iterator[None]:
    """Turn what the disk says into a message.

    Raises:
        BrokenOutput: Nothing more can be written there.
    """
    try:
        yield
    except OSError as error:
        raise BrokenOutput(cannot_write(path, error)) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it, where they are not there.

    Raises:
        BrokenOutput: It cannot be made.
    """
    with writable(path):
        path.mkdir(parents=True, exist_ok=True)


def require_folder(path: Path) -> None:
    """Refuse early what would fail after the work is done."""
    if not path.is_dir():
        raise Failure(f"folder {path} does not exist; make it first or name another")
    if not os.access(path, os.W_OK):
        raise Failure(f"cannot write {path}: permission denied; choose another place with -o")


def cannot_write(path: Path, error: OSError) -> str:
    """Return the message for a place that the disk refuses."""
    why = error.strerror or str(error)
    return f"cannot write {notes.readable(path)}: {why}; choose another place with -o"
