"""What ends a command early, as one line for a person and an exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import click

from summlib.cli import notes
from summlib.errors import FaithfulnessWarning, ModelError, SummlibError, SummlibWarning

FAILED, USAGE, MODEL, SOME_FAILED, UNFAITHFUL, INTERRUPTED, TERMINATED = 1, 2, 3, 4, 5, 130, 143


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
    """The output takes nothing more, a full disk for example."""


class Terminated(BaseException):
    """The process was asked to end (SIGTERM)."""


class Termination:
    """Turns SIGTERM into ``Terminated``, but never in the middle of a result."""

    def __init__(self) -> None:
        self.held = self.asked = False

    def install(self) -> Callable[[], object]:
        """Begin to listen; return what puts back the handler that was there."""
        if threading.current_thread() is not threading.main_thread():
            return lambda: None
        self.held = self.asked = False
        before = signal.signal(signal.SIGTERM, self._receive)
        return partial(signal.signal, signal.SIGTERM, before)

    def _receive(self, *_: object) -> None:
        if self.held and not self.asked:
            self.asked = True
            return
        raise Terminated

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Let what is inside end first; a second signal does not wait."""
        self.held = True
        try:
            yield
        finally:
            self.held = False
        if self.asked:
            raise Terminated


termination = Termination()


@contextmanager
def reported(ctx: click.Context) -> Iterator[None]:
    """Turn whatever goes wrong inside into a line on standard error and an exit code.

    Args:
        ctx: The context whose ``meta`` knows how much to tell.
    """
    put_back = termination.install()
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
    except Terminated:
        click.echo("Terminated.", err=True)
        raise click.exceptions.Exit(TERMINATED) from None
    except ModelError as error:
        raise Failure(str(error), MODEL) from error
    except SummlibError as error:
        raise Failure(str(error)) from error
    except MemoryError as error:
        raise Failure("no memory is left; close other programs, or split the text") from error
    except Exception as error:
        raise Failure(notes.unexpected(error)) from error
    finally:
        put_back()


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
