"""Text in, spans out: cleaning, language, sentences, numerals.

What a language knows (abbreviations, words that open sentences, function
words) is data in ``summlib/text/data``, read when first needed.

>>> from summlib.text import split_sentences
>>> [str(s) for s in split_sentences("Am 3. Mai kam Dr. Meier. Es regnete.")]
['Am 3. Mai kam Dr. Meier.', 'Es regnete.']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from summlib.text.language import LanguageGuess, identify, languages_by_sentence
    from summlib.text.sentences import split_sentences

__all__ = ["LanguageGuess", "identify", "languages_by_sentence", "split_sentences"]

_HOME = {
    "LanguageGuess": "language",
    "identify": "language",
    "languages_by_sentence": "language",
    "split_sentences": "sentences",
}


def __getattr__(name: str) -> Any:
    """Import the module of an exported name when it is first asked for."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
