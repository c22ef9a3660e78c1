"""Quantities, days, months and clock times in German and English text.

Digits are read by the language's own marks (1.234,5 and 1,234.5), words by
``numberwords``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from summlib.text.figures import (
    MILLI,
    decade,
    read_clock,
    read_date,
    read_day_month,
    read_number,
    read_spoken,
    with_scale,
)
from summlib.text.grammar import Grammar, Quantity, QuantityKind, grammar_of
from summlib.text.numberwords import NumberWord, classify, english_run, lexicon
from summlib.text.stems import CACHED_WORDS

_RANGE = {
    "de": re.compile(r"\s?(?:[-–—/]\s?|(?:bis(?:\szu)?|und|oder|auf)\s(?:\w+\s)?)$"),
    "en": re.compile(r"\s?(?:[-–—/]\s?|(?:to|from|and|or|until|till|through)\s(?:\w+\s)?)$"),
}
_SCORE_MARKS = {"de": (":", " : "), "en": ("-", "–", ":")}
_LEAD = re.compile(r"[^\W\d_]+|[\d½¼¾⅓⅔$€£¥₹&]")
"""What any token of a grammar begins with."""

_BEFORE_NUMBERS = frozenset(
    ("US", "A", "C", "NZ", "HK", "EUR", "USD", "CHF", "GBP", "JPY", "SFr", "Fr", "Rs")
)
"""As in the symbols of a grammar."""

_NIGHT_TO = re.compile(r"\bNacht\s(?:zum|auf(?:\sden)?|zu)\s$")
_TENS_OF = re.compile(r"\btens\sof\s$", re.IGNORECASE)
_OF_THOUSANDS = re.compile(r"\sof\s(thousands|millions)\b")


def find_quantities(text: str, lang: str) -> list[Quantity]:
    """Return the quantities of a text in the order they stand in it.

    Never raises on any text; spans do not overlap except that a range's
    members each have their own.

    Args:
        text: A sentence or a document.
        lang: ``de`` or ``en``.

    >>> [(int(q.value), q.unit) for q in find_quantities("2,6 Mrd. EUR für 35 %", "de")]
    [(2600000000, 'EUR'), (35, 'percent')]
    >>> [(q.kind, str(q.value)) for q in find_quantities("on November 17 at 4:30 p.m.", "en")]
    [('month', '11'), ('day', '17'), ('time', '990')]
    """
    grammar = grammar_of(lang)
    found: list[Quantity] = []
    position = _passed(text, 0, lang)
    while match := grammar.token.search(text, position):
        new, position = _read(match, text, grammar)
        found += new
        position = _passed(text, position, lang)
    return _spread(found, text, lang)


def _passed(text: str, position: int, lang: str) -> int:
    """Return where to go on behind words that say no quantity: most do, and cost little here."""
    for match in _LEAD.finditer(text, position):
        word = match[0]
        if not word[0].isalpha() or _matters(word, lang):
            return position
        position = match.end()
    return len(text)


@lru_cache(maxsize=CACHED_WORDS)
def _matters(word: str, lang: str) -> bool:
    """Tell whether a quantity may begin with a word: a number word, a month, EUR, US before $."""
    if lang == "de" and word.lower().startswith("ein"):
        return True
    months = grammar_of(lang).months
    return word in months or word in _BEFORE_NUMBERS or classify(word, lang) is not None


def _read(match: re.Match[str], text: str, grammar: Grammar) -> tuple[list[Quantity], int]:
    """Read one token and say where to go on."""
    kind = match.lastgroup
    if kind == "entity":
        return [], match.end()
    if kind == "word":
        return _read_word(match, text, grammar)
    if kind == "number":
        return read_number(match, text, grammar)
    if kind in ("clock", "bare"):
        return [read_clock(match, kind == "clock", grammar.lang)], match.end()
    if kind == "spoken":
        return [read_spoken(match, grammar.lang)], match.end()
    if kind in ("iso", "dmy"):
        return read_date(match, text, grammar.lang), match.end()
    return read_day_month(match, grammar), match.end()


def _read_word(match: re.Match[str], text: str, grammar: Grammar) -> tuple[list[Quantity], int]:
    """Read a number word with the words it joins, or pass an ordinary word by."""
    word, start, end = match.group(), match.start(), match.end()
    said = classify(word, grammar.lang)
    if said is None:
        if grammar.lang == "de" and word.lower().startswith("ein"):
            return _read_article(start, end, text, grammar)
        return [], end
    if said.kind == "month" and grammar.lang == "en" and not _is_month(word, start, end, text):
        return [], end
    if grammar.lang == "en" and (said.kind == "number" or word.lower() in ("a", "an", "half")):
        return _read_english(start, end, text, grammar, said)
    if said.kind == "number" and grammar.lang == "de" and _is_noun(word, start, text):
        return [Quantity(start, end, said.value, "", "support", (), False)], end
    if said.kind == "vague" and grammar.lang == "en":
        return _read_vague(start, end, said.value, text)
    if said.kind in ("scale", "number"):
        return _read_cardinal(start, end, said, text, grammar)
    if said.kind == "decade":
        return [replace(decade(start, end, said.value), digits=False)], end
    readings = _twin(said)
    if said.kind == "weekday" and _NIGHT_TO.search(text, max(0, start - 14), start):
        readings = ((said.value + 5) % 7 + 1,)  # the night to Saturday is Friday's
    return [Quantity(start, end, said.value, "", said.kind, readings, False)], end  # type: ignore[arg-type]


def _twin(said: NumberWord) -> tuple[Decimal, ...]:
    """Return what an ordinal or a fraction can be as well: a third, half for 50 percent."""
    if said.kind == "fraction":
        return (said.value * 100,)  # half is 50 percent
    if said.kind != "ordinal" or said.value < 3:
        return ()
    return ((1 / said.value).quantize(MILLI).normalize(),)


def _is_noun(word: str, start: int, text: str) -> bool:
    """Tell "in Acht nehmen" and "die Elf" by the capital inside a sentence."""
    before = text[:start].rstrip()[-1:]
    alone = len(word) < 8 and word[0].isupper() and text[start + len(word) :][:1] != "-"
    return alone and bool(before) and (before.isalnum() or before == ",")


def _is_month(word: str, start: int, end: int, text: str) -> bool:
    """Tell the months May and March from the verbs."""
    if word not in ("May", "March", "MAY", "MARCH"):
        return True
    before = re.compile(
        r"(?:\b(?:in|of|since|by|until|till|from|to|and|early|late|mid|last|this|next|during|for|before|after"
        r"|between|on|through|or|end)|\d(?:st|nd|rd|th)?|[-–,(])[\s-]$",
        re.IGNORECASE,
    ).search(text, max(0, start - 12), start)
    return bool(before or re.compile(r",?\s(?:of\s)?\d").match(text, end))


def _read_article(start: int, end: int, text: str, grammar: Grammar) -> tuple[list[Quantity], int]:
    """Read "eine Million", "eine halbe Million", "ein Dutzend"; ein alone counts nothing."""
    half = re.compile(r"\s(halbe[nsr]?|viertel|dreiviertel|Viertel-?)\s?(?=[A-Zm])").match(
        text, end
    )
    value = Decimal(1)
    if half:
        value, end = Decimal("0.5") if half[1].startswith("halb") else Decimal("0.25"), half.end()
    scale = grammar.scale.match(text, end)
    if not scale and not (half and grammar.scale.match(text, end - 1)):
        return [Quantity(start, end, Decimal(1), "", "support", (), False)], end
    if half:
        end -= text[end - 1 : end].isspace()
    return [
        with_scale(Quantity(start, end, value, digits=False), text, grammar, False)
    ], with_scale(Quantity(start, end, value), text, grammar, False).end


def _read_vague(start: int, end: int, value: Decimal, text: str) -> tuple[list[Quantity], int]:
    """Read hundreds, tens of thousands, hundreds of thousands."""
    tens = _TENS_OF.search(text, max(0, start - 10), start)
    if tens:
        start, value = tens.start(), value * 10
    more = _OF_THOUSANDS.match(text, end)
    if more:
        end, value = more.end(), value * (10**6 if more[1] == "millions" else 1000)
    return [Quantity(start, end, value, "", "vague", (), False)], end


def _read_cardinal(
    start: int, end: int, said: NumberWord, text: str, grammar: Grammar
) -> tuple[list[Quantity], int]:
    """Read a number word, or a scale word without a number, with what follows it."""
    fraction = re.compile(r"[\s-](\w+)").match(text, end)
    part = classify(fraction[1], grammar.lang) if fraction else None
    if fraction and part and part.kind == "fraction" and said.value < 20:
        value = (said.value / round(1 / part.value)).quantize(MILLI).normalize()
        return [Quantity(start, fraction.end(), value, "", "fraction", (), False)], fraction.end()
    quantity = with_scale(Quantity(start, end, said.value, digits=False), text, grammar, False)
    if said.kind == "scale" and said.value >= 1000 and quantity.value == said.value:
        quantity = replace(quantity, kind="vague")
    return [quantity], quantity.end


def _read_english(
    start: int, end: int, text: str, grammar: Grammar, said: NumberWord
) -> tuple[list[Quantity], int]:
    """Read thirty-five, two hundred and fifty, half a million, a dozen, two thirds."""
    pieces = list(re.compile(r"[^\W\d_]+").finditer(text, start, min(len(text), start + 90)))[:9]
    words = [p.group().lower() for p in pieces]
    for i in range(len(pieces) - 1):
        if text[pieces[i].end() : pieces[i + 1].start()] not in (" ", "-", "\u00a0"):
            words = words[: i + 1]
            break
    value, taken = _english_head(words)
    if not taken:
        kept: QuantityKind = "fraction" if said.kind == "fraction" else "support"
        return [Quantity(start, end, said.value, "", kept, (), False)], end
    end = pieces[taken - 1].end()
    part = lexicon("en")["fractions"].get(words[taken]) if taken < len(words) else None
    if part and value < 20 and (value > 1 or words[taken] != "second"):
        value = (value / part).quantize(MILLI).normalize()
        return [Quantity(start, pieces[taken].end(), value, "", "fraction", (), False)], pieces[
            taken
        ].end()
    ordinal = lexicon("en")["ordinals"].get(words[taken]) if taken < len(words) else None
    if ordinal and (value >= 20 and ordinal < 10 and text[end] == "-"):
        return [
            Quantity(start, pieces[taken].end(), value + ordinal, "", "ordinal", (), False)
        ], pieces[taken].end()
    quantity = with_scale(Quantity(start, end, value, digits=False), text, grammar, False)
    return [quantity], quantity.end


def _english_head(words: list[str]) -> tuple[Decimal, int]:
    """Read the value at the head of a word list and how many words it takes."""
    scales = lexicon("en")["scales"]
    big = [w for w in words if len(w) > 4 or w == "dozen"]
    if words[0] in ("a", "an") and len(words) > 1 and words[1] in scales and words[1] in big:
        inner = english_run(["one", *words[1:]])
        return (inner[0], inner[1]) if inner and inner[1] > 1 else (Decimal(1), 1)
    if words[0] == "half" and len(words) > 2 and words[1] in ("a", "an") and words[2] in scales:
        return Decimal("0.5"), 2
    run = english_run(words)
    if run is None:
        return Decimal(0), 0
    value, taken = run
    if words[taken : taken + 3] == ["and", "a", "half"]:
        return value + Decimal("0.5"), taken + 3
    return value, taken


def _spread(found: list[Quantity], text: str, lang: str) -> list[Quantity]:
    """Give the first member of a range the unit, scale and clock of the second."""
    out = list(found)
    for i in range(len(out) - 2, -1, -1):
        first, second = out[i], out[i + 1]
        if second.start - first.end > 12 or first.kind not in ("number", "time"):
            continue
        between = text[first.end : second.start]
        if between in _SCORE_MARKS[lang] and _may_be_score(first) and _may_be_score(second):
            out[i], out[i + 1] = replace(first, unit="score"), replace(second, unit="score")
            continue
        if not _RANGE[lang].match(between):
            continue
        out[i] = _spread_pair(first, second)
        if (
            first.kind == second.kind == "number"
            and second.end - second.start == 2
            and first.value > 1000
        ):
            years = first.value - first.value % 100 + second.value
            out[i + 1] = replace(second, readings=(*second.readings, years))
    return out


def _may_be_score(quantity: Quantity) -> bool:
    return (
        quantity.digits
        and quantity.kind == "number"
        and quantity.unit in ("", "score")
        and quantity.value < 200
    )


def is_year(quantity: Quantity) -> bool:
    """Return whether a number can be a year by its value and its four digits."""
    return 1000 <= quantity.value <= 2100 and quantity.end - quantity.start == 4


def _spread_pair(first: Quantity, second: Quantity) -> Quantity:
    if second.kind == "time" and first.kind == "number" and first.value <= 24 and not first.unit:
        hour = (first.value * 60) % 1440
        if hour != hour.to_integral_value():
            return first
        return replace(first, kind="time", value=hour, readings=((hour + 720) % 1440,))
    if second.kind == "time" and first.kind == "time":
        return replace(first, readings=(*first.readings, (first.value + 720) % 1440))
    if second.kind != "number" or first.kind != "number" or first.unit:
        return first
    if is_year(first) and not is_year(second):
        return first
    scale = next(
        (s for s in (10**12, 10**9, 10**6, 1000) if second.value >= s and first.value < s), 0
    )
    readings = (*first.readings, first.value * scale) if scale else first.readings
    return replace(first, unit=second.unit, readings=readings)
