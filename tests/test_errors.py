"""The tree of errors: what catches what, and what a message says."""

from __future__ import annotations

import pickle
import warnings

import pytest

import summlib
from summlib import errors
from summlib.errors import (
    EmptyDocument,
    EngineError,
    FaithfulnessWarning,
    InputError,
    MissingDependency,
    ModelDamaged,
    ModelError,
    ModelNotFound,
    ModelTooNew,
    OutOfMemory,
    SummlibError,
    SummlibWarning,
    TruncationWarning,
    UnreadableDocument,
    UnsupportedFormat,
    WrongLanguage,
)


@pytest.mark.parametrize(
    ("error", "parents"),
    [
        (InputError, (SummlibError, ValueError)),
        (UnsupportedFormat, (InputError, ValueError)),
        (UnreadableDocument, (InputError,)),
        (EmptyDocument, (InputError,)),
        (WrongLanguage, (InputError,)),
        (ModelError, (SummlibError,)),
        (ModelNotFound, (ModelError,)),
        (ModelDamaged, (ModelError,)),
        (ModelTooNew, (ModelError,)),
        (EngineError, (SummlibError, RuntimeError)),
        (OutOfMemory, (EngineError, RuntimeError)),
        (MissingDependency, (SummlibError, ImportError)),
        (TruncationWarning, (SummlibWarning, UserWarning)),
        (FaithfulnessWarning, (SummlibWarning, UserWarning)),
    ],
)
def test_what_catches_what(error: type[Exception], parents: tuple[type, ...]) -> None:
    assert issubclass(error, parents)
    assert all(issubclass(error, parent) for parent in parents)


def test_warnings_are_no_errors() -> None:
    assert not issubclass(SummlibWarning, SummlibError)
    with pytest.warns(SummlibWarning, match="cut"):
        warnings.warn("the end was cut", TruncationWarning, stacklevel=1)


def test_all_errors_hang_on_two_roots() -> None:
    found = [e for e in vars(errors).values() if isinstance(e, type)]
    assert all(issubclass(e, (SummlibError, SummlibWarning)) for e in found)


def test_a_real_error_survives_pickling() -> None:
    with pytest.raises(EmptyDocument) as caught:
        summlib.translate(" ", model="echo")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again)) == (EmptyDocument, str(caught.value))
    assert again.args == caught.value.args
