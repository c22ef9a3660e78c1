"""Where results go: standard output, one file, or a folder.

A file appears whole or not at all: it is written beside its place and moved
there. Nothing that exists is replaced unless that was asked for.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Protocol

import click

from summlib.cli.failures import BrokenOutput, Failure


class Output(Protocol):
    """Takes the results of a command, one document after the other."""

    suffix: str

    def reserve(self, name: Path) -> None:
        """Refuse a name that could not be written, before any work is done for it."""

    def put(self, title: str, name: Path, text: str) -> None:
        """Take one result."""

    def close(self) -> None:
        """Finish when all results are in."""


class Stdout:
    """Results one after the other, with a header line each when there are several.

    Args:
        headers: Whether to write ``==> name <==`` above each result.
    """

    def __init__(self, *, headers: bool) -> None:
        self.suffix, self.headers, self.count = "", headers, 0

    def reserve(self, name: Path) -> None:
        """Accept every name."""

    def put(self, title: str, name: Path, text: str) -> None:
        """Write one result."""
        if self.headers:
            text = f"{chr(10) if self.count else ''}==> {title} <==\n{_ended(text)}"
        elif sys.stdout.isatty():
            text = _ended(text)
        self.count += 1
        try:
            click.echo(text, nl=False)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise BrokenOutput(f"cannot write to standard output: {error.strerror}") from error

    def close(self) -> None:
        """Do nothing."""


class File:
    """All results in one file, which appears when the last one is in.

    Args:
        path: The file.
        force: Whether it may replace another.
    """

    def __init__(self, path: Path, *, force: bool) -> None:
        self.suffix, self.path, self.texts = "", path, list[str]()
        refuse_existing(path, force=force)
        _require_folder(path.parent)

    def reserve(self, name: Path) -> None:
        """Accept every name: the file was seen to."""

    def put(self, title: str, name: Path, text: str) -> None:
        """Take one result."""
        self.texts.append(text)

    def close(self) -> None:
        """Write the file, if any document made it."""
        if self.texts:
            write_whole(self.path, "".join(self.texts))


class Folder:
    """A file for each result.

    Args:
        path: The folder, made when it is not there.
        suffix: End of the files' names, such as ``.en.txt``.
        force: Whether a file may replace another.
    """

    def __init__(self, path: Path, *, suffix: str, force: bool) -> None:
        self.path, self.suffix, self.force, self.written = path, suffix, force, set[Path]()
        _make_folder(path)
        _require_folder(path)

    def reserve(self, name: Path) -> None:
        """Refuse a name that is taken."""
        if name in self.written:
            raise Failure(
                f"{self.path / name} was written for another input of that name just now; "
                "run the command for each folder of inputs on its own"
            )
        refuse_existing(self.path / name, force=self.force)

    def put(self, title: str, name: Path, text: str) -> None:
        """Write one result."""
        self.written.add(name)
        _make_folder((self.path / name).parent)
        write_whole(self.path / name, text)

    def close(self) -> None:
        """Do nothing: each file is complete."""


def choose_output(
    named: str | None, *, several: bool, suffix: str, as_json: bool, force: bool
) -> Output:
    """Decide what ``-o`` means.

    Args:
        named: What was given, None for standard output.
        several: Whether there may be more than one result.
        suffix: End of the names of files in a folder.
        as_json: Whether results are lines of JSON, which can share a file.
        force: Whether files may replace others.

    Raises:
        click.UsageError: Several texts cannot go into one file.
        Failure: The place exists already or cannot be written.
    """
    if named in (None, "-"):
        return Stdout(headers=several and not as_json)
    path = Path(str(named))
    is_folder = path.is_dir() or str(named).endswith(("/", os.sep))
    if is_folder or (several and not path.suffix and not path.exists()):
        return Folder(path, suffix=suffix, force=force)
    if several and not as_json:
        raise click.UsageError(f"several inputs need a folder: -o {path.with_suffix('')}{os.sep}")
    return File(path, force=force)


def refuse_existing(path: Path, *, force: bool) -> None:
    """Refuse to replace a file, unless forced; a device or pipe is written to.

    Raises:
        Failure: The file exists.
    """
    if path.is_file() and not force:
        raise Failure(f"{path} exists; give --force to replace it or another name")


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
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(text.encode())
            return
        try:
            draft.write_bytes(text.encode())
            if target.exists():
                draft.chmod(target.stat().st_mode)
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise Failure(_cannot_write(path, error.strerror or str(error))) from error


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(_cannot_write(path, error.strerror or str(error))) from error


def _require_folder(path: Path) -> None:
    """Refuse early what would fail after the work is done."""
    if not path.is_dir():
        raise Failure(f"folder {path} does not exist; make it first or name another")
    if not os.access(path, os.W_OK):
        raise Failure(_cannot_write(path, "permission denied"))


def _cannot_write(path: Path, why: str) -> str:
    return f"cannot write {path}: {why}; choose another place with -o"


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
