"""What ends a command early, as one line for a person and an exit code."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import click

from summlib.cli import notes
from summlib.errors import FaithfulnessWarning, ModelError, SummlibError, SummlibWarning

FAILED, USAGE, MODEL, SOME_FAILED, UNFAITHFUL, INTERRUPTED = 1, 2, 3, 4, 5, 130


class Failure(click.ClickException):
    """Ends the command with a message and an exit code.

    Args:
        message: What happened, the facts, what to do.
        code: The exit code, 1 or more.
    """

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.exit_code = code  # type: ignore[misc]


class BrokenOutput(Failure):
    """Standard output takes nothing more, a full disk for example."""


@contextmanager
def reported(ctx: click.Context) -> Iterator[None]:
    """Turn whatever goes wrong inside into a line on standard error and an exit code.

    Args:
        ctx: The context whose ``meta`` knows how much to tell.
    """
    try:
        with warnings.catch_warnings():
            # The checks' findings are printed already, sentence by sentence.
            warnings.simplefilter("always", SummlibWarning)
            warnings.simplefilter("ignore", FaithfulnessWarning)
            warnings.showwarning = _show_warning
            yield
            sys.stdout.flush()
    except BrokenOutput:
        _discard_stdout()
        raise
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except BrokenPipeError:
        _discard_stdout()
        raise click.exceptions.Exit(0) from None
    except KeyboardInterrupt:
        click.echo("Interrupted.", err=True)
        raise click.exceptions.Exit(INTERRUPTED) from None
    except ModelError as error:
        raise Failure(str(error), MODEL) from error
    except SummlibError as error:
        raise Failure(str(error)) from error
    except Exception as error:
        raise Failure(notes.unexpected(error)) from error


def _show_warning(
    message: Warning | str, category: type[Warning], *_: object, **__: object
) -> None:
    if issubclass(category, SummlibWarning):
        notes.note("", str(message))
    else:
        notes.note("", f"{category.__name__}: {message}", level=1)


def _discard_stdout() -> None:
    """Let what is still buffered go nowhere, or the interpreter complains at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return
