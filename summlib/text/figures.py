"""Quantities written in digits: numbers, dates, clock times, decades.

What can be read in two ways carries both readings; the checks accept either,
because a false alarm costs the reader's trust.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from summlib.text.grammar import Grammar, Quantity, QuantityKind
from summlib.text.numberwords import lexicon
from summlib.text.units import unit_names

MILLI = Decimal("0.001")  # thirds compare equal to three places
_GLYPHS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.333", "⅔": "0.667"}
_DIGITS = re.compile(r"[\d½¼¾⅓⅔].*")
_SPACE_IN_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f'’](?=\d{3}(?:\D|$))")
_DECADE_END = re.compile(r"er\b")
_SCALE_LETTER = re.compile(r"\s?(bn|tn|[kKmMbB])(?![\w²³])")
_DAY_CUE = re.compile(r"(?:\b(?:am|vom|bis|zum|ab|seit|der|den|dem|und|Stand)|[-–,(])\s?$")
_EN_SCALE_LETTERS = {
    "k": 1000,
    "m": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
    "K": 1000,
    "M": 10**6,
    "B": 10**9,
}


def read_date(match: re.Match[str], text: str, lang: str) -> list[Quantity]:
    """Read 2025-11-17, 17.11.2025, 17.11. and 11/17/2025 into day, month and year."""
    spans = [
        (m.start() + match.start(), m.end() + match.start(), Decimal(m.group()))
        for m in re.finditer(r"\d+", match.group())
    ]
    if len(spans) == 2 and not _DAY_CUE.search(text, max(0, match.start() - 12), match.start()):
        value = Decimal(match.group()[:-1].replace(" ", ""))
        return [Quantity(match.start(), match.end() - 1, value)]
    order: tuple[QuantityKind, ...] = ("day", "month", "number")
    if match.lastgroup == "iso":
        order = ("number", "month", "day")
    day, month = (spans[2], spans[1]) if match.lastgroup == "iso" else (spans[0], spans[1])
    if not 1 <= day[2] <= 31 or not 1 <= month[2] <= 31:
        order = ("number", "number", "number")
    swap = lang == "en" and "/" in match.group()
    found = []
    for (start, end, value), kind in zip(spans, order, strict=False):
        other = month[2] if kind == "day" else day[2]
        readings: tuple[Decimal, ...] = (other,) if swap and kind != "number" else ()
        if kind == "number" and end - start == 2:
            readings = (value + 1900, value + 2000)
        found.append(Quantity(start, end, value, "", kind, readings))
    return found


def read_day_month(match: re.Match[str], grammar: Grammar) -> list[Quantity]:
    """Read "20. bis 22. September" and "September 20-22" into days and a month."""
    found = []
    for item in re.finditer(r"\d+|[^\W\d_]+", match.group()):
        start, end = item.start() + match.start(), item.end() + match.start()
        word = item.group()
        if word[0].isdigit():
            kind: QuantityKind = "day" if 1 <= int(word) <= 31 else "number"
            found.append(Quantity(start, end, Decimal(word), "", kind))
        elif word in grammar.months:
            found.append(Quantity(start, end, Decimal(grammar.months[word]), "", "month"))
    return found


def read_clock(match: re.Match[str], marked: bool, lang: str) -> Quantity:
    """Read a clock time into minutes of the day; without a.m. or p.m. both halves count."""
    text = match.group().lower()
    digits = re.findall(r"\d+", text)
    if len(digits[0]) == 4:
        hour, minute = int(digits[0][:2]), int(digits[0][2:])
    else:
        hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 else 0
    afternoon = bool(re.search(r"\dp|\sp\.?\s?m", text) or re.search(r"\d\s?p\.?\s?m", text))
    morning = not afternoon and bool(re.search(r"\d\s?a\.?\s?m", text))
    if afternoon and hour < 12:
        hour += 12
    if morning and hour == 12:
        hour = 0
    value = Decimal((hour * 60 + minute) % 1440)
    open_half = lang == "en" and not afternoon and not morning and hour <= 12
    readings = ((value + 720) % 1440,) if open_half or not marked else ()
    return Quantity(match.start(), match.end(), value, "", "time", readings)


def read_spoken(match: re.Match[str], lang: str) -> Quantity:
    """Read "halb neun" or "a quarter to seven"; both halves of the day count."""
    said = match.groupdict()
    word = said["hour_word"]
    hour = int(lexicon(lang)["units"][word.lower()] if word else said["hour"])
    minute = 15 if said["quarter"] else 30
    back = 2 * minute if said.get("before") or said.get("to_half") else 0
    value = Decimal((hour * 60 + minute - back) % 1440)
    readings = ((value + 720) % 1440,)
    return Quantity(match.start(), match.end(), value, "", "time", readings, False)


def read_number(match: re.Match[str], text: str, grammar: Grammar) -> tuple[list[Quantity], int]:
    """Read digits with the currency before and the scale and unit behind them."""
    digits = _DIGITS.search(match.group())
    raw = digits.group() if digits else "0"
    start = match.end() - len(raw)
    prefix = match.group()[: -len(raw)].strip(" -")
    values: tuple[Decimal, ...] = _values(raw, grammar.lang)
    if text[match.end() : match.end() + 1] == "s" and len(raw) in (2, 4) and grammar.lang == "en":
        return [decade(start, match.end() + 1, values[0])], match.end() + 1
    if grammar.lang == "de" and _DECADE_END.match(text, match.end()):
        return [decade(start, match.end() + 2, values[0])], match.end() + 2
    if len(raw) == 2 and text[start - 1 : start] in ("'", "’", "‘"):
        values += (values[0] + 1900, values[0] + 2000)
    unit = "code" if _is_code(raw) else _canonical(prefix)
    quantity = Quantity(start, match.end(), values[0], unit, "number", values[1:])
    quantity = with_scale(quantity, text, grammar, bool(prefix))
    return [quantity], quantity.end


def _is_code(raw: str) -> bool:
    """Tell the version 12.5.1 from a number: an inner group without three digits."""
    return not raw.isdecimal() and any(len(group) != 3 for group in re.split(r"[.,]", raw)[1:-1])


def _canonical(prefix: str) -> str:
    names = unit_names()
    found = names.get(prefix) or names.get(prefix.lstrip("AUSCNZHK")) or names.get(prefix[-1:])
    return found[0] if found else ""


def decade(start: int, end: int, value: Decimal) -> Quantity:
    """Read 1990er, '90s and neunziger: the decade by its short and its long name."""
    readings = (value + 1900, value + 1800, value + 2000) if value < 100 else (value % 100,)
    if value >= 1000 and value % 100 == 0:
        readings = (value // 100 + 1,)  # the 1900s are the 20th century
    return Quantity(start, end, value, "", "decade", readings)


def _values(raw: str, lang: str) -> tuple[Decimal, ...]:
    """Return the readings of a digit string, the likeliest first."""
    if raw.isdecimal():
        return (Decimal(raw),)
    glyph = _GLYPHS.get(raw[-1])
    if glyph:
        head = raw[:-1].strip()
        return ((_values(head, lang)[0] if head else Decimal(0)) + Decimal(glyph),)
    halves = re.fullmatch(r"(\d+)\s(\d)/(\d)", raw)
    if halves and halves[3] != "0":
        part = (Decimal(halves[2]) / Decimal(halves[3])).quantize(MILLI)
        return (Decimal(halves[1]) + part.normalize(),)
    plain = _SPACE_IN_GROUPS.sub("", raw)
    group, point = (".", ",") if lang == "de" else (",", ".")
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{group}\d{{3}})+(?:\{point}\d+)?", plain):
        return _grouped(plain, group, point)
    if re.fullmatch(rf"[1-9]\d{{0,2}}(?:\{point}\d{{3}}){{2,}}(?:\{group}\d+)?", plain):
        return _grouped(plain, point, group)
    if re.fullmatch(r"\d+[.,]\d+", plain):
        value = Decimal(plain.replace(",", "."))
        loose = lang == "de" and re.fullmatch(r"[1-9]\d{0,2},\d{3}", plain)
        return (value, Decimal(plain.replace(",", ""))) if loose else (value,)
    return (Decimal(re.sub(r"\D", "", plain)),)


def _grouped(plain: str, group: str, point: str) -> tuple[Decimal, ...]:
    """Read thousands; a lone German group may be a Swiss decimal, as in 2.487 Mrd."""
    value = Decimal(plain.replace(group, "").replace(point, "."))
    if group == "." and re.fullmatch(r"\d+\.\d{3}", plain):
        return (value, Decimal(plain))
    return (value,)


def with_scale(quantity: Quantity, text: str, grammar: Grammar, money: bool) -> Quantity:
    """Take in what stands behind a number: million, bn, Euro, percent."""
    value, end, readings = quantity.value, quantity.end, quantity.readings
    scaled = False
    for _ in range(2):
        letters = _SCALE_LETTER.match(text, end)
        match = grammar.scale.match(text, end)
        if match:
            factor = Decimal(grammar.scales[match["scale"].lower()])
        elif grammar.lang == "en" and letters and (money or letters[1] in ("bn", "tn", "k")):
            match, factor = letters, Decimal(_EN_SCALE_LETTERS[letters[1]])
        else:
            break
        value, end, scaled = value * factor, match.end(), True
        readings = tuple(r * factor for r in readings)
    unit = quantity.unit
    match = grammar.unit.match(text, end)
    if match and not (money and unit):
        unit, end = unit_names()[match["unit"]][0], match.end()
    # A three-digit group with a point is a Swiss decimal only before a scale or percent.
    if not scaled and unit != "percent" and grammar.lang == "de":
        readings = tuple(r for r in readings if r > value)
    if end == quantity.end and readings == quantity.readings:
        return quantity
    return replace(quantity, value=value, end=end, unit=unit, readings=readings)
