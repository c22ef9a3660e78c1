"""Lists and tables of words that come with the package.

They are text files in ``summlib/text/data``; a row that begins with ``#`` says what the file
holds and where it comes from.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


def read_rows(name: str) -> list[str]:
    """Return the rows of a file, in order, those left out that say nothing or are comments.

    Args:
        name: Of the file, such as ``towns.de-en.tsv``.

    >>> read_rows("towns.de-en.tsv")[0].split("\\t")[0].istitle()
    True
    """
    rows = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


@lru_cache(maxsize=64)
def read_words(name: str) -> frozenset[str]:
    """Return the words of a file, whichever row they stand in; it is read once.

    Args:
        name: Of the file, such as ``ge-verbs.de.txt``.

    >>> "gehören" in read_words("ge-verbs.de.txt")
    True
    """
    return frozenset(word for row in read_rows(name) for word in row.split())
