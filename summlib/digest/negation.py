"""Whether a sentence denies something, by the words that plainly do."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W\d_]+")


@cache
def _negators(lang: str) -> frozenset[str]:
    data = files("summlib.text").joinpath("data/negation.json").read_text("utf-8")
    return frozenset(json.loads(data)[lang]["strong"])


def negates(line: str, lang: str) -> bool:
    """Return whether a word of a sentence plainly denies something.

    >>> negates("Das Bad bleibt nicht offen.", "de"), negates("It never rains.", "en")
    (True, True)
    """
    found = [word.lower() for word in _WORD.findall(line.replace("n't", " not"))]
    return not _negators(lang).isdisjoint(found)
