"""Packages that readers need and that may be missing, and the one line that installs them."""

from __future__ import annotations

import importlib
import logging
from typing import Any

from summlib.errors import MissingDependency

PIP_LINE = "pip install 'summlib[documents]'"


def load(module: str, *, package: str, what: str) -> Any:
    """Import an optional module and keep its log to itself.

    Args:
        module: Its dotted name.
        package: What it is called on the package index.
        what: What needs it, for the message.

    Raises:
        MissingDependency: It is not installed; the message holds the line to run.

    >>> load("json", package="json", what="reading JSON").loads("1")
    1
    """
    try:
        found = importlib.import_module(module)
    except ImportError as error:
        raise MissingDependency(
            f"{what} needs {package}, which is not installed; run: {PIP_LINE}"
        ) from error
    # Without a handler Python writes a library's complaints to stderr.
    logging.getLogger(module.split(".")[0]).addHandler(logging.NullHandler())
    return found
