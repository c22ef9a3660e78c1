"""Every exception and warning of summlib.

::

    SummlibError
    ├── InputError (ValueError)
    │   ├── UnsupportedFormat     the file is of a kind that cannot be read
    │   ├── UnreadableDocument    the file is damaged, missing or no text
    │   ├── EmptyDocument         nothing to work on is left
    │   └── WrongLanguage         the text is not in the language asked for
    ├── ModelError
    │   ├── ModelNotFound         no model of that name in any place
    │   ├── ModelDamaged          a file is missing or its sha256 differs
    │   └── ModelTooNew           made by a later summlib
    ├── EngineError (RuntimeError)
    │   └── OutOfMemory
    └── MissingDependency (ImportError)

    SummlibWarning (UserWarning)
    ├── TruncationWarning         something was cut
    └── FaithfulnessWarning       a check did not hold

A message says what happened, gives the facts, and says what to do. All
exceptions take one positional message, so that they survive pickling across
process pools.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class SummlibError(Exception):
    """Base of everything that summlib raises on purpose."""


class InputError(SummlibError, ValueError):
    """The caller's text, file or option cannot be used."""

    record_id: Any = None
    """The id of the record of a file that is at fault, where it has one."""


class UnsupportedFormat(InputError):
    """The file is of a kind that summlib does not read."""


class UnreadableDocument(InputError):
    """The document is missing, damaged, or holds no text."""


class EmptyDocument(InputError):
    """The document holds nothing to translate or summarize."""


class WrongLanguage(InputError):
    """The text is not in the language that was asked for."""


class ModelError(SummlibError):
    """A model cannot be used."""


class ModelNotFound(ModelError):
    """No model of the given name stands in any of the places searched."""


class ModelDamaged(ModelError):
    """A file of the model is missing or is not the file that was shipped."""


class ModelTooNew(ModelError):
    """The model was made for a later version of summlib."""


class EngineError(SummlibError, RuntimeError):
    """The engine failed while generating."""


class OutOfMemory(EngineError):
    """The engine ran out of memory; smaller batches may help."""


class MissingDependency(SummlibError, ImportError):
    """An optional package is not installed; the message names the pip line."""


class SummlibWarning(UserWarning):
    """Base of summlib's warnings."""


class TruncationWarning(SummlibWarning):
    """Part of the input or output was cut."""


class FaithfulnessWarning(SummlibWarning):
    """A check found something in the output that the source does not support."""


@contextmanager
def of_record(record_id: Any) -> Iterator[None]:
    """Let what is raised here know whose record it is about.

    Args:
        record_id: The id; None where the record has none.

    >>> try:
    ...     with of_record("n7"):
    ...         raise EmptyDocument("line 3 holds no text")
    ... except InputError as error:
    ...     print(error.record_id)
    n7
    """
    try:
        yield
    except InputError as error:
        error.record_id = record_id
        raise
