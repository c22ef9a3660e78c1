"""Figures and dates in the words of the briefing's language.

They are written from the value that was read in the source, not taken from a
translation, so that no model can change them.
"""

from __future__ import annotations

import re
from decimal import Decimal

from summlib.centrality import stopwords
from summlib.digest.figures import Figure
from summlib.text.lexicon import Lexicon
from summlib.text.numberwords import lexicon as number_words
from summlib.text.quantities import find_quantities
from summlib.text.units import unit_names

_SCALES = {
    "en": ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")),
    "de": ((10**12, "Billionen"), (10**9, "Milliarden"), (10**6, "Millionen")),
}
_HEDGES = {
    "en": {"about": "about", "over": "at least", "under": "up to", "almost": "almost"},
    "de": {"about": "rund", "over": "mindestens", "under": "bis zu", "almost": "knapp"},
}
_UNITS = {
    "en": {"EUR": "euros", "USD": "US dollars", "GBP": "pounds", "CHF": "Swiss francs",
           "percent": "percent", "CENT": "cents", "year": "years", "month": "months",
           "week": "weeks", "day": "days", "h": "hours", "min": "minutes", "s": "seconds",
           "m2": "square meters", "ha": "hectares", "t": "metric tons", "m": "meters",
           "l": "liters", "degree": "degrees"},
    "de": {"EUR": "Euro", "USD": "US-Dollar", "GBP": "Pfund", "CHF": "Franken",
           "percent": "Prozent", "CENT": "Cent", "year": "Jahre", "month": "Monate",
           "week": "Wochen", "day": "Tage", "h": "Stunden", "min": "Minuten", "s": "Sekunden",
           "m2": "Quadratmeter", "ha": "Hektar", "t": "Tonnen", "m": "Meter", "l": "Liter",
           "degree": "Grad"},
}  # fmt: skip
_VOTES = {"en": "votes", "de": "Stimmen"}
_NOUN = re.compile(r"\s((?:[^\W\d_]|[-’'])+(?:\s(?:[^\W\d_]|[-’'])+)?)")


def spell_value(figure: Figure, lang: str) -> str:
    """Return a figure or date in words and digits of a language, without its unit.

    Args:
        figure: The figure.
        lang: ``de`` or ``en``.
    """
    first = figure.value[0]
    if figure.kind == "date":
        return _day(figure.value, lang)
    if figure.kind == "month":
        return (
            f"{_month(figure.value[1], lang)} {first}" if first else _month(figure.value[1], lang)
        )
    if figure.kind == "year":
        return str(first)
    if figure.kind == "time":
        return f"{int(first) // 60}:{int(first) % 60:02d}"
    if figure.kind == "votes":
        between = " to " if lang == "en" else " zu "
        return between.join(spell_number(v, lang) for v in figure.value)
    number = spell_number(first, lang)
    hedge = _HEDGES[lang].get(figure.hedge, "")
    return f"{hedge} {number}" if hedge else number


def _day(value: tuple[Decimal, ...], lang: str) -> str:
    year, month, day = value
    stop = "." if lang == "de" else ""
    told = f"{day}{stop} {_month(month, lang)}"
    return f"{told} {year}" if year else told


def _month(number: Decimal, lang: str) -> str:
    names = number_words(lang)["months"]
    return str(next(n for n, value in names.items() if value == number)).capitalize()


MOST_IN_WORDS = Decimal(10) ** 18
"""From here on digits say more than words, and Decimal's 28 places would end within the number."""


def spell_number(value: Decimal, lang: str) -> str:
    """Return a number as it is usually written.

    >>> spell_number(Decimal("18500000"), "en"), spell_number(Decimal("1260"), "de")
    ('18.5 million', '1.260')
    """
    for scale, word in _SCALES[lang]:
        if scale <= value < MOST_IN_WORDS and (value * 1000) % scale == 0:
            number = (value / scale).normalize()
            word = word.removesuffix("en") if lang == "de" and number == 1 else word
            return f"{_digits(number, lang)} {word}"
    return _digits(value, lang)


def _digits(value: Decimal, lang: str) -> str:
    text = f"{value:,f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "de" else text


def spell_unit(
    figure: Figure, lang: str, *, rendered: str, source_lang: str, lexicon: Lexicon | None = None
) -> str:
    """Return the unit of a figure, or what it counts, in a language.

    What is counted is taken from the rendered sentence, where the same number
    stands, because a dictionary does not know which of its meanings is meant.

    Args:
        figure: The figure.
        lang: ``de`` or ``en``.
        rendered: Its sentence in that language.
        source_lang: The language of the sentence it was read in.
        lexicon: Asked where the rendered sentence names nothing behind the number.
    """
    if figure.kind == "votes":
        return _VOTES[lang]
    if figure.unit:
        return _UNITS[lang].get(figure.unit) or _shortest_name(figure.unit)
    if figure.noun is None:
        return ""
    if source_lang == lang:
        return figure.noun.word
    for quantity in find_quantities(rendered, lang):
        if quantity.kind == "number" and quantity.says(figure.value[0]):
            behind = _NOUN.match(rendered, quantity.end)
            if behind and behind[1].split()[0].lower() not in stopwords(lang):
                return _plural(behind[1])
    entry = lexicon.gloss(figure.noun.word) if lexicon else None
    return entry.translation if entry else ""


def _plural(words: str) -> str:
    """Return the words up to the first that ends like a plural: "council members agreed"."""
    first, _, second = words.partition(" ")
    if second in stopwords("en"):
        return first
    counted = first.endswith("s") or first in _PLURALS
    return first if counted or not (second.endswith("s") or second in _PLURALS) else words


_PLURALS = ("people", "children", "men", "women", "police", "staff")


def _shortest_name(unit: str) -> str:
    names = [name for name, (known, _) in unit_names().items() if known == unit]
    return unit if unit in names else min(names, key=len, default=unit)


def around(text: str, figure: Figure, lang: str, *, most: int = 110) -> str:
    """Return a sentence, or of a long one the part around a figure.

    Args:
        text: A sentence in the briefing's language.
        figure: The figure that it gives.
        lang: The briefing's language.
        most: Characters from which a sentence is long.
    """
    if len(text) <= most:
        return text
    place = next(
        (q.start for q in find_quantities(text, lang) if q.says(figure.value[-1])), len(text) // 2
    )
    cuts = [0, *(m.end() for m in re.finditer(r"[,;:–—]\s", text)), len(text)]
    left = max(i for i, cut in enumerate(cuts) if cut <= place)
    right = min(i for i, cut in enumerate(cuts) if cut > place)
    while right + 1 < len(cuts) and cuts[right + 1] - cuts[left] <= most:
        right += 1
    while left and cuts[right] - cuts[left - 1] <= most:
        left -= 1
    part = text[cuts[left] : cuts[right]].strip(" ,;:–—")
    return f"{'… ' if left else ''}{part}{' …' if right + 1 < len(cuts) else ''}"
