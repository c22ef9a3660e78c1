"""Lines in capitals: lowered for the model, raised again behind it.

A model that has read sentences garbles "NEUE REGELN FÜR KI". German nouns
lose their capitals on the way, which costs little beside that.
"""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W\d_]+")
MIN_LETTERS = 8
"""Shorter lines in capitals are mostly acronyms."""


def is_shouted(sentence: str) -> bool:
    """Tell whether a sentence of several words stands in capitals.

    >>> is_shouted("NEUE REGELN FÜR KI"), is_shouted("Die EU"), is_shouted("USA")
    (True, False, False)
    """
    words = _LETTERS.findall(sentence)
    letters = "".join(words)
    if len(words) < 2 or len(letters) < MIN_LETTERS:
        return False
    return sum(c.isupper() or c == "ß" for c in letters) > 0.85 * len(letters)


def lower(sentence: str) -> str:
    """Return the sentence in small letters with a capital at its head.

    >>> lower("NEUE REGELN")
    'Neue regeln'
    """
    small = sentence.lower()
    match = _LETTERS.search(small)
    if not match:
        return small
    at = match.start()
    return small[:at] + small[at].upper() + small[at + 1 :]
