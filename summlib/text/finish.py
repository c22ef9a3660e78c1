"""The last touch on an English sentence: how English writes money and marks."""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.articles import mend_articles
from summlib.text.inversion import subject_before_verb
from summlib.text.layout import find_protected
from summlib.text.mending import mend
from summlib.text.ranges import mend_ranges
from summlib.text.things import call_it

CURRENCIES = ("EUR", "CHF", "USD", "GBP", "SEK", "NOK", "DKK", "PLN", "JPY", "CNY")


@lru_cache(maxsize=1)
def _money() -> re.Pattern[str]:
    number = r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion|trillion))?)"
    return re.compile(rf"{number} ({'|'.join(CURRENCIES)})\b")


_SIGN = re.compile(r"EUR\b|€")
_EUROS = re.compile(
    r"\bEUR (\d[\d,]*(?:\.\d+)?(?: (?:thousand|million|billion|trillion))?)(?![\w.])"
)

_LOOSE = re.compile(r" +([,.;:!?%)\]])(?=\W|$)")
_LADY = re.compile(r"\bFrau (?:von )?([A-ZÄÖÜ][\w-]+)")
"""Behind "Frau" a small model takes a name that it does not know for a thing's."""

_NOBLE = re.compile(r"\b(?:Frau|Herrn?|Kollegin|Kollegen?) von ([A-ZÄÖÜ][\w-]+)")

_SPACES = re.compile(r" {2,}")
_TWICE = re.compile(r"\b([^\W\d_]{5,})((?:, \1\b)+)")
"""An entry of a list written twice: "Romania, Romania". What is repeated more often is a loop,
which is not to be hidden here."""


def finish(target: str, *, source: str) -> str:
    """Return an English sentence in the written form that readers expect.

    >>> finish("some 500 million EUR , or 2 % .", source="Rund 500 Mio. EUR, also 2 %.")
    'Some EUR 500 million, or 2%.'
    >>> finish("in Romania, Romania and Spain", source="in Rumänien und Spanien")
    'in Romania and Spain'
    >>> finish("According to woman Weber it rains.", source="Laut Frau Weber regnet es.")
    'According to Ms Weber it rains.'
    >>> finish("According to woman of Weber it rains.", source="Laut Frau von Weber regnet es.")
    'According to Ms von Weber it rains.'
    >>> finish("some EUR 5 million", source="rund 5 Mio. Euro")
    'some 5 million euros'
    >>> finish("He ate a ice cream.", source="Er aß ein Eis.")
    'He ate an ice cream.'
    """
    text = mend_ranges(_money().sub(r"\2 \1", target.strip()), source=source)
    text = call_it(text, source=source)
    if "Euro" in source and not _SIGN.search(source):
        text = _EUROS.sub(r"\1 euros", text)
    text = mend_articles(_SPACES.sub(" ", _LOOSE.sub(r"\1", text)))
    if not _TWICE.search(source):
        text = _TWICE.sub(lambda m: m[0] if m[2].count(",") > 1 else m[1], text)
    text = subject_before_verb(mend(text, source=source), source=source)
    for name in _NOBLE.findall(source):
        text = re.sub(rf"\b(?:[Oo]f|[Ff]rom) (?={re.escape(name)}\b)", "von ", text)
    for name in _LADY.findall(source):
        text = re.sub(rf"\b(?:[Tt]he )?[Ww]oman (?=(?:von )?{re.escape(name)}\b)", "Ms ", text)
    if source[:1].isupper() and text[:1].islower() and not _is_copied(text):
        text = text[0].upper() + text[1:]
    return text


def _is_copied(text: str) -> bool:
    """Tell whether a text begins with an address, a file name or the like."""
    return bool(find_protected(text.split(" ", 1)[0]))
