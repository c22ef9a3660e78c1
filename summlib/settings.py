"""What a person sets for the whole program: keyword, then environment, then default.

::

    SUMMLIB_MODELS    folders with models, separated as in PATH
    SUMMLIB_DEVICE    cpu (default), cuda, cuda:N, mps or auto
    SUMMLIB_THREADS   cores to use, 1 or more (default: those free to it, at most 4)
    SUMMLIB_CACHE     where Hub models and conversions are kept (default: the system's cache)
    HF_HUB_OFFLINE    1 forbids every connection

The environment is read at each call, never at import, and nothing is created.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from summlib.errors import InputError

MAX_DEFAULT_THREADS = 4
"""Beyond four cores beam search over short sentences gains little and crowds others out."""

_TRUE = frozenset({"1", "on", "true", "yes"})


def model_folders() -> tuple[Path, ...]:
    """Return the folders named by ``SUMMLIB_MODELS``, in order.

    They come back whether they exist or not, so that a message can name them.

    >>> all(isinstance(folder, Path) for folder in model_folders())
    True
    """
    named = os.environ.get("SUMMLIB_MODELS", "").split(os.pathsep)
    return tuple(Path(name).expanduser() for name in named if name.strip())


def threads(given: int | None = None) -> int:
    """Return how many cores to use.

    Args:
        given: The caller's wish, 1 or more; None leaves it to the environment.

    Raises:
        InputError: The number is not a whole number of at least 1.

    >>> threads(3)
    3
    """
    if given is not None:
        return _positive(given, "threads")
    named = os.environ.get("SUMMLIB_THREADS", "").strip()
    if named:
        return _positive(named, "SUMMLIB_THREADS")
    return min(MAX_DEFAULT_THREADS, cores())


def device(given: str | None = None) -> str:
    """Return where models run: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.

    Args:
        given: The caller's wish; None leaves it to the environment.

    Raises:
        InputError: No such kind of device is known.

    >>> device("cuda:1")
    'cuda:1'
    """
    name = given if given is not None else os.environ.get("SUMMLIB_DEVICE", "").strip() or "cpu"
    if re.fullmatch(r"cpu|auto|mps|cuda(?::\d{1,3})?", name) is None:
        source = "device" if given is not None else "SUMMLIB_DEVICE"
        raise InputError(f"{source} is {name!r}; use cpu, cuda, cuda:N, mps or auto")
    return name


def offline() -> bool:
    """Tell whether ``HF_HUB_OFFLINE`` forbids every connection.

    >>> isinstance(offline(), bool)
    True
    """
    return os.environ.get("HF_HUB_OFFLINE", "").strip().lower() in _TRUE


def _positive(value: int | str, name: str) -> int:
    try:
        number = int(value)
    except ValueError:
        number = 0
    if number < 1:
        raise InputError(f"{name} is {value!r}; give a whole number of 1 or more")
    return number


def cores() -> int:
    """Count the cores this process may use, fewer than the machine's in a container."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
