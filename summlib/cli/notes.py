"""What is said on standard error beside the result."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from summlib.records import Document, Drop, Finding

VERBOSITY = "summlib.verbosity"
"""Key in the context's ``meta``: -1 quiet, 0 findings, 1 and more everything."""

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
        click.echo(f"{click.style('note:', fg='yellow')} {_about(name)}{printable(text)}", err=True)


def error(name: str, problem: BaseException) -> None:
    """Say that an input failed, with the traceback when -v is given and it was unexpected."""
    message = str(problem) if is_expected(problem) else unexpected(problem)
    about = "" if name and name in message else _about(name)
    click.echo(f"{click.style('Error:', fg='red')} {about}{message}", err=True)


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


def reading(name: str, doc: Document) -> None:
    """Say how a document was read when that was not plain UTF-8."""
    if doc.meta.get("replaced"):
        note(name, f"unreadable characters, written as \ufffd: {doc.meta['replaced']}")
    if doc.meta.get("encoding", "utf-8") not in ("utf-8", "ascii"):
        note(name, f"read as {doc.meta['encoding']}", level=1)


def findings(name: str, found: Iterable[Finding]) -> None:
    """Say what the checks found."""
    for finding in found:
        note(name, str(finding))


def drops(name: str, dropped: Iterable[Drop]) -> None:
    """Say what cleaning left out of the text, when -v is given."""
    for drop in dropped:
        note(name, f'left out ({drop.reason}): "{excerpt(drop.text)}"', level=1)


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


def _about(name: str) -> str:
    return f"{printable(name)}: " if name else ""
