"""Documents in groups, and what happens when one of a group fails."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from summlib.errors import InputError, MissingDependency, ModelError, OutOfMemory, SummlibError

Call = Callable[[list[Any]], Sequence[Any]]
"""List in, list of the same length out."""

Item = TypeVar("Item")

DOCUMENTS = 32
"""Documents of a group: the kept sentences of some thirty news articles fill an engine call."""

CHARS = 120_000
"""Characters from which on a group is full, so that few long documents make one too."""

FATAL = (ModelError, MissingDependency)
"""What would fail for every document alike."""


def grouped(
    items: Iterable[Item], *, weight: Callable[[Item], int], size: int, limit: int
) -> Iterator[list[Item]]:
    """Cut a stream into groups; the cuts depend on what stands since the last cut only.

    Args:
        items: Anything.
        weight: Such as the length of an item.
        size: Items of a group at most, 1 or more.
        limit: Weight from which on a group is full.

    Raises:
        InputError: The size is less than 1.

    >>> list(grouped("abcdefg", weight=lambda _: 1, size=3, limit=100))
    [['a', 'b', 'c'], ['d', 'e', 'f'], ['g']]
    """
    if size < 1:
        raise InputError(f"group_size is {size}; give 1 or more")
    return _grouped(iter(items), weight, size, limit)


def _grouped(
    items: Iterator[Item], weight: Callable[[Item], int], size: int, limit: int
) -> Iterator[list[Item]]:
    group: list[Item] = []
    total = 0
    for item in items:
        group.append(item)
        total += weight(item)
        if len(group) >= size or total >= limit:
            yield group
            group, total = [], 0
    if group:
        yield group


def attempt(call: Call, items: list[Any]) -> list[Any]:
    """Return a result or an error for each item, in order.

    A group that fails is halved until the item that fails is alone, so that
    the others keep the company that makes them quick.

    Args:
        call: List in, list of the same length out.
        items: Its argument.

    Raises:
        ModelError: The model is missing or damaged.
        MissingDependency: A package that every item needs is not installed.

    >>> attempt(lambda items: [1 / item for item in items], [1, 0, 2])
    [1.0, SummlibError('unexpected ZeroDivisionError: division by zero'), 0.5]
    """
    try:
        return _checked(call(items), items)
    except FATAL:
        raise
    except Exception as error:
        if len(items) == 1:
            return [recorded(error)]
    half = len(items) // 2
    return attempt(call, items[:half]) + attempt(call, items[half:])


def _checked(results: Sequence[Any], items: Sequence[Any]) -> list[Any]:
    if isinstance(results, str) or len(results) != len(items):
        raise InputError(
            f"{len(items)} items gave {len(results)} results; return a list of as many"
        )
    return list(results)


def recorded(error: Exception) -> SummlibError:
    """Return the error as one of this package, with the traceback of the unforeseen as a note."""
    if isinstance(error, SummlibError):
        return error
    if isinstance(error, MemoryError) or "can't start new thread" in str(error):
        return OutOfMemory("no memory is left for this document; split it or use fewer jobs")
    what = f"unexpected {type(error).__name__}: {error}".rstrip(": ")
    found = SummlibError(what)
    found.add_note("".join(traceback.format_exception(error)).rstrip())
    return found


def describe_error(error: SummlibError) -> dict[str, str]:
    """Return an error as plain data.

    >>> describe_error(InputError("the text is blank"))
    {'kind': 'InputError', 'message': 'the text is blank'}
    """
    return {"kind": type(error).__name__, "message": str(error)}
