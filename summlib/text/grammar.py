"""How quantities are written: the record and the patterns of each language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from summlib.text.numberwords import lexicon
from summlib.text.units import unit_names

QuantityKind = Literal[
    "number", "ordinal", "fraction", "decade", "vague", "day", "month", "weekday", "time", "support"
]
_MORE_DAYS = {
    "de": r"\s?(?:[-–—/,]|bis(?:\szum)?|und|oder|sowie)\s?",
    "en": r"\s?(?:[-–—/,&]|,?\s?and|to|until|through|or|till)\s?(?:the\s)?",
}
_CLOCK = {
    "de": r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?(?::[0-5]\d)?\s?Uhr\b"
    r"|(?:[01]?\d|2[0-4])[:.][0-5]\d\s?h\b",
    "en": r"(?:[01]?\d|2[0-4])(?:[:.][0-5]\d)?\s?(?:[ap]\.\s?m\b\.?|[apAP][mM]\b|[AP]\.M\."
    r"|o['’]clock\b|noon\b)|(?:[01]?\d|2[0-4])[:.][0-5]\d\s?(?:h|hrs|hours)\b"
    r"|(?:[01]\d|2[0-4])[0-5]\d\s?(?:hours|hrs|UTC|GMT)\b",
}
_SPOKEN = {
    "de": r"(?i:(?P<to_half>halb)|(?P<quarter>viertel)\s(?:(?P<before>vor)|nach))\s"
    r"(?:(?P<hour>1[0-2]|[1-9])(?![\d.,:]\d|\d)|(?P<hour_word>HOURS)(?!\w))",
    "en": r"(?<!by\sa\s)(?<!by\s)(?i:(?P<half>half)[\s-]past|(?P<quarter>quarter)\s"
    r"(?:(?P<before>to|before|till)|past|after))\s"
    r"(?:(?P<hour>1[0-2]|[1-9])(?![\d.,:]\d|\d)|(?i:(?P<hour_word>HOURS))(?!\w))",
}
"""Halb neun is 8:30 and half past eight; without the hour's name these are fractions."""

_COUNTED = r"(?!\s?(?:%|[kmbt]n\b|per\b|Prozent|hundred|thousand|\w*[mb]illi|Euro|Meter|Kilo))"
_BARE_CLOCK = r"(?:[01]?\d|2[0-4]):[0-5]\d(?![\d:])"
_SYMBOLS = r"(?:US|A|C|NZ|HK)?\$|€|£|¥|₹|(?<![^\W\d_])(?:EUR|USD|CHF|GBP|JPY|S?Fr\.|Rs\.?)"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in a text: ``text[start:end]`` says it.

    Args:
        start: Offset of its first character.
        end: Offset behind its last character.
        value: Number; minutes of the day for a time, 1 to 12 for a month.
        unit: ``percent``, ``EUR``, ``km`` ... or empty.
        kind: What the value counts as. ``support`` marks a word such as
            "both" that backs a number without saying one.
        readings: Other values the same writing can have.
        digits: Whether it is written in digits.
    """

    start: int
    end: int
    value: Decimal
    unit: str = ""
    kind: QuantityKind = "number"
    readings: tuple[Decimal, ...] = ()
    digits: bool = True

    def says(self, value: Decimal) -> bool:
        """Return whether any reading is ``value``."""
        return value == self.value or value in self.readings


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns and tables by which quantities of one language are read."""

    lang: str
    token: re.Pattern[str]
    days: re.Pattern[str]
    scale: re.Pattern[str]
    unit: re.Pattern[str]
    months: dict[str, int]
    scales: dict[str, int]


def alternation(words: Iterable[str]) -> str:
    """Return a pattern that matches any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=4)
def grammar_of(lang: str) -> Grammar:
    """Compile the patterns of a language, once."""
    words = lexicon(lang)
    months = {name.capitalize(): n for name, n in words["months"].items()}
    months |= {n.upper(): v for n, v in words["months"].items()}
    months |= {name.capitalize(): n for name, n in words["months_beside_digits"].items()}
    if lang == "en":
        months |= {n: v for n, v in words["months"].items() if n not in ("may", "march")}
    month = rf"(?:{alternation(months)})(?!\w)"
    suffix = r"\.?" if lang == "de" else r"(?:st|nd|rd|th)?"
    days = rf"\d{{1,2}}{suffix}(?:{_MORE_DAYS[lang]}\d{{1,2}}{suffix})*"
    short = r"\d\d|" if lang == "de" else r"(?!)"  # English has no 17.11. and 3.4. ends a sentence
    left = r"(?<![\d])(?<!\d[.,:])"
    hours = alternation(word for word, n in words["units"].items() if 0 < n <= 12)
    parts = [
        r"(?P<entity>&#\w{1,6};)",  # "&#39;" is an apostrophe that escaped, no number
        r"(?P<iso>(?<!\d)\d{4}-[01]\d-[0-3]\d(?!\d))",
        rf"(?P<dmy>{left}(?:[0-3]?\d\.\s?[01]?\d\.(?:{short}|\s?\d{{4}})|[0-3]?\d/[0-3]?\d/\d{{4}})"
        r"(?!\d)(?!\.\d))",
        rf"(?P<daymonth>{left}(?:{days})(?:\s|\sof\s|-)?{month})",
        rf"(?P<spoken>(?<!\w)(?:{_SPOKEN[lang].replace('HOURS', hours)}){_COUNTED})",
        rf"(?P<clock>{left}(?:{_CLOCK[lang]}))",
        rf"(?P<bare>{left}{_BARE_CLOCK})",
        rf"(?P<number>(?:(?:{_SYMBOLS})\s?-?)?{left}\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+"
        r"(?:,\d+)?(?!\s?\d)(?![.,]\d)"
        rf"|(?:(?:{_SYMBOLS})\s?-?)?\d+(?:[.,'’]\d+)*(?:\s?[½¼¾⅓⅔]|\s\d/\d(?!\d))?|[½¼¾⅓⅔])",
        r"(?P<word>[^\W\d_]+)",
    ]
    if lang == "en":
        tail = r"(?!\d|[:%]|[.,]\d|\s?(?:%|per|million|billion|people|years))"
        parts.insert(3, rf"(?P<monthday>{month}\.?\s(?:the\s)?{days}{tail})")
    scales = dict(words["scales"])
    units = alternation(unit_names())
    return Grammar(
        lang=lang,
        token=re.compile("|".join(parts)),
        days=re.compile(r"\d{1,2}"),
        scale=re.compile(rf"[\s-]?(?P<scale>{alternation(scales)})(?!\w)\.?(?!\.)", re.IGNORECASE),
        unit=re.compile(rf"\.?[-\s]?[-\s]?(?P<unit>{units})(?![^\W\d_])"),
        months=months,
        scales=scales,
    )
