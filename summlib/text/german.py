"""German sentence ends: ordinals, Roman numerals, capitalised nouns.

German writes ordinals with a full stop ("am 3. Mai") and capitalises nouns,
so a capital after a figure proves nothing. The figure's neighbours decide,
each with the log-odds counted in German prose (naive Bayes).
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.tables import WordTables, scores, sections, word_tables

LANG = "de"
# Longer quotations are split inside: they go to a translator, and one call
# that holds several sentences tends to lose some of them.
MAX_QUOTATION = 250
_DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")
_ROMAN = re.compile(r"(?=[IVXLC])(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})|C{1,3}")


@lru_cache(maxsize=1)
def _ordinals() -> dict[str, dict[str, int]]:
    """Return the log-odds for digits, the word before and the noun after a figure."""
    return {name: scores(lines) for name, lines in sections("ordinals.de.txt").items()}


def words() -> WordTables:
    """Return the German tables."""
    return word_tables(LANG)


def figure_ends(before: str, figure: str, after: str) -> bool:
    """Say whether the stop behind a figure ends the sentence.

    Args:
        before: The word in front of the figure.
        figure: The figure without its stop.
        after: The capitalised word behind it.

    >>> figure_ends("am", "3", "Mai"), figure_ends("Jahr", "2019", "Danach")
    (False, True)
    """
    if _DAY_AND_MONTH.fullmatch(figure):
        return words().opening(after) > 2
    if not figure.isdigit():
        return True
    tables = _ordinals()
    score = tables["digits"].get(str(len(figure)), 6)
    word = before.strip("(„»\"'“,:;").rstrip(".")
    score += tables["before"].get(word, tables["before"].get(word.lower(), 0))
    score += tables["after"].get(after, 0) or words().opening(after)
    return score > 0


def word_ends(word: str, after: str) -> bool | None:
    """Say whether the stop behind a Roman numeral ends the sentence, None for other words.

    >>> word_ends("II", "Geschwader"), word_ends("II", "Danach"), word_ends("Haus", "Danach")
    (False, True, None)
    """
    if _ROMAN.fullmatch(word):
        return words().opening(after) > 0
    return None
