"""Summarize and translate German and English, offline, with every sentence checked.

>>> import summlib
>>> summary = summlib.summarize(summlib.read("artikel.txt"))  # doctest: +SKIP
>>> print(summary)  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from summlib.api import check, read, summarise, summarize, translate
    from summlib.records import Document, Finding, Sentence, Summary, Translation
    from summlib.summarizer import Summarizer
    from summlib.translator import Translator

_HOME = {
    "check": "api",
    "read": "api",
    "summarise": "api",
    "summarize": "api",
    "translate": "api",
    "Document": "records",
    "Finding": "records",
    "Sentence": "records",
    "Summary": "records",
    "Translation": "records",
    "Summarizer": "summarizer",
    "Translator": "translator",
}

__all__ = [
    "Document",
    "Finding",
    "Sentence",
    "Summarizer",
    "Summary",
    "Translation",
    "Translator",
    "check",
    "read",
    "summarise",
    "summarize",
    "translate",
]


def __getattr__(name: str) -> Any:
    """Import an export when it is first asked for: the package itself loads nothing."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
