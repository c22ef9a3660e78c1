"""What is said on standard error beside the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import click

if TYPE_CHECKING:
    from summlib.records import Document, Drop

VERBOSITY = "summlib.verbosity"
"""Key in the context's ``meta``: -1 quiet, 0 findings, 1 and more everything."""

BAR = "summlib.bar"
"""Key in the context's ``meta``: whether a progress bar stands on the last line."""

Said: TypeAlias = tuple[str, int]
"""A note and the verbosity from which on it is said."""

EXCERPT = 70
"""Characters of a text that a note quotes."""


def verbosity() -> int:
    """Return how much the person wants to hear."""
    ctx = click.get_current_context(silent=True)
    return int(ctx.meta.get(VERBOSITY, 0)) if ctx else 0


def note(name: str, text: str, *, level: int = 0) -> None:
    """Say something about an input, unless it is more than was asked for.

    Args:
        name: The input, empty when it concerns none.
        text: One line.
        level: The verbosity from which on it is said.
    """
    if verbosity() >= level:
        _say(f"{click.style('note:', fg='yellow')} {_about(name)}{printable(text)}")


def error(name: str, problem: BaseException) -> None:
    """Say that an input failed, with the traceback when -v is given and it was unexpected."""
    message = _message(problem)
    about = "" if name and name in message else _about(name)
    _say(f"{click.style('Error:', fg='red')} {about}{message}")


def is_expected(problem: BaseException) -> bool:
    """Tell whether the message was written for the person who gave the input."""
    from summlib.errors import SummlibError

    return isinstance(problem, SummlibError | click.ClickException)


def unexpected(problem: BaseException) -> str:
    """Describe a failure that nobody foresaw; -v adds the traceback."""
    what = f"unexpected {type(problem).__name__}: {problem}".rstrip(": ")
    if verbosity() < 1:
        return f"{what}; run with -v for the traceback"
    import traceback

    return f"{what}\n{''.join(traceback.format_exception(problem)).rstrip()}"


def _message(problem: BaseException) -> str:
    """Return what went wrong; an unforeseen failure of a group carries its traceback as a note."""
    if not is_expected(problem):
        return unexpected(problem)
    tracebacks = getattr(problem, "__notes__", ())
    if not tracebacks:
        return str(problem)
    if verbosity() < 1:
        return f"{problem}; run with -v for the traceback"
    return "\n".join([str(problem), *tracebacks])


def reading(doc: Document) -> Iterator[Said]:
    """Yield how a document was read when that was not plain UTF-8."""
    if doc.meta.get("replaced"):
        yield f"unreadable characters, written as \ufffd: {doc.meta['replaced']}", 0
    if doc.meta.get("encoding", "utf-8") not in ("utf-8", "ascii"):
        yield f"read as {doc.meta['encoding']}", 1


def drops(dropped: Iterable[Drop]) -> Iterator[Said]:
    """Yield what cleaning left out of the text, for -v."""
    for drop in dropped:
        yield f'left out ({drop.reason}): "{excerpt(drop.text)}"', 1


def excerpt(text: str, size: int = EXCERPT) -> str:
    """Return the beginning of a text on one line.

    >>> excerpt("Mehr zum   Thema", 9)
    'Mehr zum…'
    """
    line = " ".join(text.split())
    return line if len(line) <= size else f"{line[: size - 1].rstrip()}…"


def printable(text: str) -> str:
    r"""Replace what a terminal would obey instead of showing.

    >>> printable("rot: \x1b[31m")
    'rot: \ufffd[31m'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def readable(path: Path) -> str:
    """Return a path whose bytes are no Unicode in a form that can be printed."""
    return printable(str(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def _say(line: str) -> None:
    ctx = click.get_current_context(silent=True)
    if ctx and ctx.meta.get(BAR):
        click.echo("\r\x1b[K", err=True, nl=False)
    click.echo(line, err=True)


def _about(name: str) -> str:
    return f"{printable(name)}: " if name else ""
