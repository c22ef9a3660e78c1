"""Which words of a German sentence are names that the model cannot spell."""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from summlib.records import Span

FILE = "words.txt.xz"
"""In a model's folder: the German word forms that its training text held often."""

ENDINGS = ("s", "es", "n", "en", "e", "er", "ern", "in", "innen")
TAIL = 4
"""Letters of the shortest last part of a compound."""

_ABSTRACT = re.compile(r"(?:ung|heit|keit|schaft|ismus|ierung|tion|tät)(?:s|en)?$")
"""Endings of German nouns that names do not have."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


class KnownWords:
    """The word forms that a model has learned, read when first asked for.

    Args:
        path: A compressed list, a form a line; an absent file knows every word.
        listed: Whether a dictionary has a word that the list lacks.
    """

    def __init__(self, path: Path, *, listed: Callable[[str], bool] = lambda word: False) -> None:
        self.path, self.listed = path, listed

    def forms(self) -> frozenset[str]:
        """Return all forms."""
        return _read(self.path)

    def knows(self, word: str) -> bool:
        """Tell whether the model has learned ``word``, an inflection or a part of it."""
        forms = self.forms()
        if not forms or word in forms or word.lower() in forms:
            return True
        if any(word.endswith(e) and word[: -len(e)] in forms for e in ENDINGS):
            return True
        if any(self._is_noun(word[i:], forms) for i in range(2, len(word) - TAIL + 1)):
            return True
        return bool(_ABSTRACT.search(word)) or self.listed(word)

    @staticmethod
    def _is_noun(tail: str, forms: frozenset[str]) -> bool:
        """Tell whether the end of a word is a known noun: then it is a compound."""
        if tail[0] in "-'’":
            return tail[1:] in forms or tail[1:].lower() in forms
        return tail.capitalize() in forms


@lru_cache(maxsize=4)
def _read(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    return frozenset(lzma.decompress(path.read_bytes()).decode("utf-8").split("\n"))


def find_names(sentence: str, known: KnownWords) -> list[Span]:
    """Return where names stand that the model has not learned, neighbours joined.

    Args:
        sentence: A prepared German sentence.
        known: The words the model has learned.
    """
    found: list[Span] = []
    for match in _WORD.finditer(sentence):
        word = match[0]
        if len(word) < 3 or not word[0].isupper() or word.isupper() or known.knows(word):
            continue
        if found and sentence[found[-1].end : match.start()] == " ":
            found[-1] = Span(found[-1].start, match.end())
        else:
            found.append(Span(match.start(), match.end()))
    return found
