"""Number words of German and English: fünfunddreißig, thirty-five, dritte.

Every word is classified by itself and remembered, because a news text uses
few number words and uses them often.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from summlib.text.datafiles import DATA
from summlib.text.stems import CACHED_WORDS

Kind = Literal[
    "number", "ordinal", "fraction", "decade", "scale", "vague", "month", "weekday", "support"
]
_GERMAN_TAIL = re.compile(
    r"(?:mal(?:ig\w*)?|fach\w*|prozentig\w*|(?:jähr|täg|stünd|minüt|sekünd|monat|wöch|köpf|stöck"
    r"|teil|seit|spur|stell|sprach|bänd|tür|sitz|gäng|stuf|eck|silb|zeil)(?:ig|lich)\w*"
    r"|jahres\w+|jährlich\w*|tages\w+|punkte\w+|stunden\w*|meter\w*|er)$"
)
_PENALTY = re.compile(r"(?:elf|sieben)meter")
"""What is kicked or thrown is no length."""

_GERMAN_ORDINAL_END = re.compile(r"(?:e[nrsm]?|ens|\w*[sß]te[nrsm]?)$")
_GERMAN_WEEKDAY_END = re.compile(
    r"(?:s|e|en|es|abends?|morgens?|vormittags?|nachmittags?|nachts?|mittags?|früh)?$"
)


@dataclass(frozen=True, slots=True)
class NumberWord:
    """What one word says: its value and how it counts."""

    kind: Kind
    value: Decimal


@lru_cache(maxsize=4)
def lexicon(lang: str) -> dict[str, Any]:
    """Return the number, month and weekday words of a language."""
    path = DATA / f"quantities.{lang}.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=CACHED_WORDS)
def classify(word: str, lang: str) -> NumberWord | None:
    """Return what a word counts, None for a word that counts nothing.

    Args:
        word: One word without hyphens or blanks.
        lang: ``de`` or ``en``.

    >>> classify("fünfunddreißig", "de").value, classify("third", "en").kind
    (Decimal('35'), 'ordinal')
    >>> classify("Haus", "de") is None
    True
    """
    lower = word.lower()
    if lang == "de":  # umlauts spelled out, as keyboards without them write
        lower = lower.replace("fuenf", "fünf").replace("zwoelf", "zwölf")
    words = lexicon(lang)
    if lang == "de" and _PENALTY.match(lower):
        return None
    for kind in ("months", "weekdays"):
        if word[:1].isupper() and lower in words[kind]:
            return NumberWord(
                "month" if kind == "months" else "weekday", Decimal(words[kind][lower])
            )
    found = _table(lower, lang)
    if found:
        return found
    return _german(word, lower) if lang == "de" else _english(word, lower)


def _table(lower: str, lang: str) -> NumberWord | None:
    """Look the word up in the closed classes, the strongest reading first."""
    words = lexicon(lang)
    small = _below_hundred() if lang == "de" else words["units"] | words["tens"]
    if lower in small and not (lang == "de" and lower.startswith("ein") and small[lower] == 1):
        return NumberWord("number", Decimal(small[lower]))
    if lower in words["supports"]:
        return NumberWord("support", Decimal(str(words["supports"][lower])))
    if lower in words["vague"]:
        return NumberWord("vague", Decimal(words["vague"][lower]))
    if lower in words["scales"] and len(lower) > 3:
        return NumberWord("scale", Decimal(words["scales"][lower]))
    if lang == "en" and lower in words["ordinals"]:
        return NumberWord("ordinal", Decimal(words["ordinals"][lower]))
    if lower in words["fractions"]:
        return NumberWord("fraction", _part(1, words["fractions"][lower]))
    return None


def _part(numerator: int, denominator: int) -> Decimal:
    """Return a fraction to three places, so that thirds compare equal."""
    return (Decimal(numerator) / Decimal(denominator)).quantize(Decimal("0.001")).normalize()


@lru_cache(maxsize=1)
def _below_hundred() -> dict[str, int]:
    """Return every German number word below a hundred."""
    words = lexicon("de")
    table = dict(words["units"]) | dict(words["tens"])
    for unit in ("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"):
        for ten, value in words["tens"].items():
            table[f"{unit}und{ten}"] = words["units"][unit] + value
    return table


def german_value(word: str) -> int | None:
    """Return the value of a German cardinal below a million, None for other words.

    >>> german_value("dreihundertfünfundsechzig"), german_value("zweitausendelf")
    (365, 2011)
    """
    thousands, mark, rest = word.rpartition("tausend")
    if not mark:
        return _below_thousand(word)
    left = _below_thousand(thousands) if thousands else 1
    right = _below_thousand(rest.removeprefix("und")) if rest else 0
    return None if left is None or right is None else left * 1000 + right


def _below_thousand(word: str) -> int | None:
    hundreds, mark, rest = word.rpartition("hundert")
    small = _below_hundred()
    if not mark:
        return small.get(word)
    left = small.get(hundreds) if hundreds else 1
    right = small.get(rest.removeprefix("und")) if rest else 0
    return None if left is None or right is None else left * 100 + right


def _german(word: str, lower: str) -> NumberWord | None:
    """Read the open classes of German: composed, inflected, derived."""
    for name, value in lexicon("de")["weekdays"].items():
        if lower.startswith(name) and _GERMAN_WEEKDAY_END.match(lower, len(name)):
            return NumberWord("weekday", Decimal(value))
    value = german_value(lower)
    if value is not None and value > 1:
        return NumberWord("number", Decimal(value))
    return _german_half(lower) or _german_decade(lower) or _german_derived(word, lower)


def _german_half(lower: str) -> NumberWord | None:
    """Read zweieinhalb and the fractions dreiviertel, Zweidrittelmehrheit."""
    if lower.startswith("anderthalb"):
        return NumberWord("number", Decimal("1.5"))
    stem, mark, _ = lower.partition("einhalb")
    value = german_value(stem) if mark else None
    if mark and (value or stem == "ein"):
        return NumberWord("number", Decimal(value or 1) + Decimal("0.5"))
    match = re.match(r"(zwei|drei|vier|fünf)(drittel|viertel|fünftel|zehntel)", lower)
    if match:
        parts = lexicon("de")["fractions"][match[2]]
        return NumberWord("fraction", _part(german_value(match[1]) or 1, parts))
    return None


def _german_decade(lower: str) -> NumberWord | None:
    match = re.match(r"(\w+?zig|dreißig|dreissig)er(?:n|jahren?)?$", lower)
    value = lexicon("de")["tens"].get(match[1]) if match else None
    return NumberWord("decade", Decimal(value)) if value else None


def _german_derived(word: str, lower: str) -> NumberWord | None:
    """Read dritte, zwanzigste, zweitgrößte, dreimal, achtjährig."""
    for stem, value in lexicon("de")["ordinals"].items():
        if lower.startswith(stem) and _GERMAN_ORDINAL_END.match(lower, len(stem)):
            return NumberWord("ordinal", Decimal(value))
    match = re.match(r"(\w{4,}?)s?te[nrsm]?$", lower)
    value = german_value(match[1]) if match else None
    if value and value > 12:
        return NumberWord("ordinal", Decimal(value))
    tail = _GERMAN_TAIL.search(lower)
    value = german_value(lower[: tail.start()]) if tail and tail.start() > 2 else None
    return NumberWord("number", Decimal(value)) if value and value > 1 else None


def _english(word: str, lower: str) -> NumberWord | None:
    """Read the open classes of English: Mondays, eighties, threefold."""
    words = lexicon("en")
    if word[:1].isupper() and lower[:-1] in words["weekdays"] and lower.endswith("s"):
        return NumberWord("weekday", Decimal(words["weekdays"][lower[:-1]]))
    if lower.endswith("ties") and lower[:-3] + "y" in words["tens"]:
        return NumberWord("decade", Decimal(words["tens"][lower[:-3] + "y"]))
    stem = lower.removesuffix("fold").removesuffix("some")
    if stem != lower and stem in words["units"]:
        return NumberWord("number", Decimal(words["units"][stem]))
    return None


def english_run(words: list[str]) -> tuple[Decimal, int] | None:
    """Read the number at the head of an English word list.

    Returns the value and how many words it takes; ``and`` joins only after
    hundred or thousand, so that "five and six" stays two numbers.

    Args:
        words: Lower-case words, hyphens already taken out.

    >>> english_run(["two", "hundred", "and", "fifty", "people"])
    (Decimal('250'), 4)
    >>> english_run(["five", "and", "six"])
    (Decimal('5'), 1)
    """
    lex = lexicon("en")
    total = current = taken = 0
    room = 1000  # what the next word must stay below to join
    for i, word in enumerate(words):
        value = lex["units"].get(word, lex["tens"].get(word))
        if value is not None and value < room:
            current, taken = current + value, i + 1
            room = 10 if word in lex["tens"] else 0
        elif word == "hundred" and 0 < current < 100:
            current, taken, room = current * 100, i + 1, 100
        elif word == "thousand" and current:
            total, current, taken, room = total + current * 1000, 0, i + 1, 1000
        elif word != "and" or room not in (100, 1000) or not taken:
            break
    return (Decimal(total + current), taken) if taken else None
