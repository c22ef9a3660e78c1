"""Lines in capitals: lowered for the model, raised again behind it.

A model that has read sentences garbles "NEUE REGELN FÜR KI". German nouns
lose their capitals on the way, which costs little beside that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from summlib.records import Span
from summlib.text.layout import find_protected

_LETTERS = re.compile(r"[^\W\d_]+")
MIN_LETTERS = 8
"""Shorter lines in capitals are mostly acronyms."""


def with_capital(text: str) -> str:
    """Return text that is not empty with a capital at its head.

    >>> with_capital("heute taut es.")
    'Heute taut es.'
    """
    return text[0].upper() + text[1:]


def without_capital(text: str) -> str:
    """Return text that is not empty with a small letter at its head.

    >>> without_capital("Heute taut es.")
    'heute taut es.'
    """
    return text[0].lower() + text[1:]


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


def lower(sentence: str, *, keep: Sequence[Span] = ()) -> str:
    """Return the sentence in small letters with a capital at its head.

    Addresses, placeholders and the like stay as they are.

    Args:
        sentence: A sentence in capitals.
        keep: Further stretches that stay, acronyms for example.

    >>> lower("NEUE REGELN IN {DATEI}")
    'Neue regeln in {DATEI}'
    """
    small = _change(sentence, str.lower, keep)
    match = _LETTERS.search(small)
    if not match:
        return small
    at = match.start()
    return small[:at] + small[at].upper() + small[at + 1 :]


def shout(sentence: str) -> str:
    """Return the sentence in capitals; addresses, placeholders and the like stay as they are.

    >>> shout("New rules in {name}")
    'NEW RULES IN {name}'
    """
    return _change(sentence, str.upper)


def _change(text: str, change: Callable[[str], str], keep: Sequence[Span] = ()) -> str:
    """Change a text outside of what is protected or to be kept."""
    parts, done = [], 0
    for span in sorted([*find_protected(text), *keep], key=lambda s: (s.start, s.end)):
        if span.end > done:
            parts += [change(text[done : span.start]), text[max(done, span.start) : span.end]]
            done = span.end
    return "".join([*parts, change(text[done:])])
