"""A progress bar in notebooks, for whoever waits there for a list to be done.

Nothing is shown elsewhere: a script's output stays its own, and the command
line has a bar that knows its terminal. The bar is tqdm's, which draws it as a
widget where ``ipywidgets`` is installed and as text on standard error where
not; ``TQDM_DISABLE=1`` turns it off.
"""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from threading import local
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Advance = Callable[[int], None]

QUICK_S = 0.5
"""A group that took less makes the next one twice as large: a bar that moves twice a second
is alive, and larger groups fill the engine's batches better."""

LARGEST = 32
"""Items of a group at most, as in ``summlib.batch``."""

_shown = local()  # no ContextVar: a generator that holds a bar may end in another cell's context


def in_notebook() -> bool:
    """Return whether this code runs in the kernel of a notebook.

    >>> in_notebook()
    False
    """
    ipython = sys.modules.get("IPython")  # nothing runs in a kernel without having loaded it
    shell = ipython.get_ipython() if ipython else None
    return shell is not None and hasattr(shell, "kernel")


@contextmanager
def bar(total: int | None, *, unit: str = "documents") -> Iterator[Advance]:
    """Show a bar in a notebook while the block runs; yield what moves it on.

    Args:
        total: How many there are; None when that is not known.
        unit: What is counted.

    >>> with bar(2) as advance:
    ...     advance(2)
    """
    inside = getattr(_shown, "bar", False)  # such as a summary of a list in a batch
    made = None if inside or not in_notebook() else _tqdm(total, unit)
    if made is None:
        yield lambda count: None
        return
    _shown.bar = True
    try:
        with made:
            yield made.update
    finally:
        _shown.bar = False


def in_groups(
    call: Callable[[list[Item]], list[Result]], items: Iterable[Item], *, unit: str = "documents"
) -> list[Result]:
    """Return ``call(items)``; in a notebook group by group, with a bar.

    Args:
        call: List in, list of the same length out; an item's result must not
            depend on the others.
        items: Two and more get a bar.
        unit: What they are.

    >>> in_groups(lambda texts: [len(text) for text in texts], ["a", "bc"])
    [1, 2]
    """
    given = list(items)
    if len(given) < 2 or not in_notebook():
        return call(given)
    results: list[Result] = []
    size = 1
    with bar(len(given), unit=unit) as advance:
        while len(results) < len(given):
            begin = time.perf_counter()
            group = given[len(results) : len(results) + size]
            results += call(group)
            advance(len(group))
            if time.perf_counter() - begin < QUICK_S:
                size = min(2 * size, LARGEST)
    return results


def _tqdm(total: int | None, unit: str) -> Any:
    """Return a bar of tqdm; None where that is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says so where ipywidgets is missing
            from tqdm.auto import tqdm

            return tqdm(total=total, unit=f" {unit}", leave=False)
    except ImportError:
        return None
