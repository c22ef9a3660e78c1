"""Which indefinite article an English word takes."""

from __future__ import annotations

import re

_VOWEL = re.compile(
    r"[aeio]|u(?!nanim|ni[cfloqstv]|r[aei]n|s[aeu]|t[ie]|k|bi|to)|h(?:our|eir|onest|onou?r)"
)
_ONE = re.compile(r"eu|one?\b|one-|once|ewe")
"""Begin with a vowel in writing alone."""

_ARTICLE = re.compile(
    r"\b([Aa])n? (?=(?!(?:and|or|of|on|in|to|at|as|is|it|an?|und|un|der|des|inter)(?![\w-]))"
    r"([a-z]{2,}))"
)
"""An article, but no "A" of a list and no word of another language."""

_OF_NAME = re.compile(r"\b(a)n? (?=([A-Z][a-z]{2,}|\d[\d,]*))")
"""The same before names and numbers, small alone: "Group A Austria"."""

_EIGHT = re.compile(r"8\d{0,2}(?:,\d{3})*|1[18](?:,\d{3})*")
"""Numbers that are spoken with a vowel at the head: eight, eighty, eleven, eighteen thousand."""


def indefinite(word: str) -> str:
    """Return the article for a word in small letters or a number in digits.

    >>> [indefinite(word) for word in ("ice", "union", "hour", "uninvited", "one-way")]
    ['an', 'a', 'an', 'an', 'a']
    >>> [indefinite(number) for number in ("8", "18", "110", "80,000")]
    ['an', 'an', 'a', 'an']
    """
    if word[:1].isdigit():
        return "an" if _EIGHT.fullmatch(word) else "a"
    return "an" if _VOWEL.match(word) and not _ONE.match(word) else "a"


def mend_articles(text: str) -> str:
    """Return an English text with the indefinite articles that its words take.

    >>> mend_articles("A ice cream and an new union")
    'An ice cream and a new union'
    >>> mend_articles("a 18-year-old and an European")
    'an 18-year-old and a European'
    """
    text = _ARTICLE.sub(lambda m: f"{m[1]}{indefinite(m[2])[1:]} ", text)
    return _OF_NAME.sub(lambda m: f"{m[1]}{indefinite(m[2].lower())[1:]} ", text)
