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


def indefinite(word: str) -> str:
    """Return the article for a word in small letters.

    >>> [indefinite(word) for word in ("ice", "union", "hour", "uninvited", "one-way")]
    ['an', 'a', 'an', 'an', 'a']
    """
    return "an" if _VOWEL.match(word) and not _ONE.match(word) else "a"


def mend_articles(text: str) -> str:
    """Return an English text with the indefinite articles that its words take.

    >>> mend_articles("A ice cream and an new union")
    'An ice cream and a new union'
    """
    return _ARTICLE.sub(lambda m: f"{m[1]}{indefinite(m[2])[1:]} ", text)
