"""English sentence ends: a capital proves much, a figure never is an ordinal."""

from __future__ import annotations

from summlib.text.tables import WordTables, word_tables

LANG = "en"
# English prose keeps direct speech of several sentences together.
MAX_QUOTATION = 400


def words() -> WordTables:
    """Return the English tables."""
    return word_tables(LANG)


def figure_ends(before: str, figure: str, after: str) -> bool:
    """Say whether the stop behind a figure ends the sentence: before a capital it does.

    >>> figure_ends("have", "600", "How")
    True
    """
    return True


def word_ends(word: str, after: str) -> bool | None:
    """Return None: English has no further class of words that stand with a stop.

    >>> word_ends("II", "He") is None
    True
    """
    return None
