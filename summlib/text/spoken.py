"""Write in digits what German says in words that English has no match for.

"Um halb neun" is half past eight, "anderthalb Stunden" are 1.5 hours, "die
Neunzigerjahre" the 1990s, and "16 Uhr" is no hour that goes with "p.m.". A
small model turns such words into wrong numbers; digits it copies.
"""

from __future__ import annotations

import re
from functools import lru_cache

_HOURS = (
    *("ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf"),
    "zwölf",
)
_DECADES = {
    **{"zwanzig": 1920, "dreißig": 1930, "dreissig": 1930, "vierzig": 1940, "fünfzig": 1950},
    **{"sechzig": 1960, "siebzig": 1970, "achtzig": 1980, "neunzig": 1990, "nuller": 2000},
}
_WORTH_A_LOOK = re.compile(
    r"Uhr|halb|iertel|(?:fünf|zehn|zwanzig)(?: Minuten)? (?:vor|nach) |[zß]iger|zwanziger|nuller"
    r"|dreissiger",
    re.IGNORECASE,
)
_SPOKEN = {"fünf": 5, "zehn": 10, "zwanzig": 20}
_MINUTES = re.compile(
    r"(?:(?<=\b[UuAa][mb] )|(?<=\b[Bb]is ))(?P<minutes>fünf|zehn|zwanzig)(?: Minuten)? "
    rf"(?P<side>vor|nach)(?P<half> halb)? (?P<hour>{'|'.join(_HOURS[1:])}|eins)(?: Uhr)?"
    r"(?=[.,;:!?)]|$| (?!bis|auf|statt)[a-zäöüß])"
)
_QUANTITY = re.compile(
    r"\b(?:st[ie]{1,2}g\w*|sank\w*|sink\w*|fiel\w*|fällt|fallen|wuchs\w*|wächst|gestiegen|gesunken"
    r"|gefallen|gewachsen|erhöh\w+|verringer\w+|mehr|weniger)\b[^.,;:]{0,40}$"
)
"""Behind these "um zehn" says by how much, not when."""


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    hour = rf"(?P<hour>{'|'.join(_HOURS[1:])}|eins|1[0-2]|[1-9])(?![\w.,:]*\d)(?!\w)"
    part = r"(?P<part>halb|viertel vor|viertel nach|drei ?viertel)"
    lead = r"(?<=\bum |\bab )|(?<=\bbis |\bvor )|(?<=\bnach |\bseit |\betwa |\bkurz )|(?<=\bgegen )"
    clock = rf"(?:(?:{lead}){part} {hour}(?: Uhr)?|\b{part.replace('part', 'other')} "
    clock += rf"{hour.replace('hour', 'late')} Uhr)"
    full = r"(?<![\w.,:/–-])(?P<from>[01]?\d|2[0-4])(?P<to> ?(?:und|bis|oder|–|-) ?"
    full += r"(?P<until>[01]?\d|2[0-4])(?![.:]))?(?= Uhr\b)"
    stems = "|".join(_HOURS[1:])
    halves = (
        rf"\b(?:(?P<one>anderthalb|ein(?:und)?einhalb)|(?P<whole>{stems})(?:und)?einhalb)e?n?\b"
    )
    decades = rf"\b(?P<decade>{'|'.join(_DECADES)})(?:er)?(?:[ -]?[Jj]ahre(?P<dative>n?))\b"
    flags = re.IGNORECASE
    return (
        re.compile(clock, flags),
        re.compile(full),
        re.compile(halves, flags),
        re.compile(decades, flags),
    )


def write_digits(text: str) -> str:
    """Write spoken clock times, halves and decades of a German text in digits.

    Args:
        text: German, a sentence or more.

    Returns:
        The text; the same object where it has none of these.

    >>> write_digits("Um halb neun, um Viertel vor elf und von 13 bis 15 Uhr.")
    'Um 8:30 Uhr, um 10:45 Uhr und von 13:00 bis 15:00 Uhr.'
    >>> write_digits("Um zehn vor sechs und ab fünf nach halb acht.")
    'Um 5:50 Uhr und ab 7:35 Uhr.'
    >>> write_digits("Der Kurs stieg um zehn nach fünf im Vorjahr.")
    'Der Kurs stieg um zehn nach fünf im Vorjahr.'
    >>> write_digits("Anderthalb Stunden, zweieinhalb Jahre, die Neunzigerjahre.")
    '1,5 Stunden, 2,5 Jahre, die 1990er Jahre.'
    """
    if not _WORTH_A_LOOK.search(text):
        return text
    clock, full, halves, decades = _patterns()
    text = clock.sub(_time, _MINUTES.sub(_to_the_minute, text))
    text = full.sub(_whole_hours, text)
    text = halves.sub(lambda m: "1,5" if m["one"] else f"{_number(m['whole'])},5", text)
    return decades.sub(lambda m: f"{_DECADES[m['decade'].lower()]}er Jahre{m['dative']}", text)


def _time(match: re.Match[str]) -> str:
    part = (match["part"] or match["other"]).lower().replace(" ", "")
    hour = _number(match["hour"] or match["late"])
    if part == "viertelnach":
        return f"{hour}:15 Uhr"
    minutes = {"halb": 30, "viertelvor": 45, "dreiviertel": 45}[part]
    return f"{(hour - 2) % 12 + 1}:{minutes} Uhr"


def _to_the_minute(match: re.Match[str]) -> str:
    if _QUANTITY.search(match.string, 0, match.start()):
        return match[0]
    minutes = _SPOKEN[match["minutes"]] * (1 if match["side"] == "nach" else -1)
    total = _number(match["hour"]) * 60 + minutes - 30 * bool(match["half"])
    return f"{(total - 60) // 60 % 12 + 1}:{total % 60:02} Uhr"


def _whole_hours(match: re.Match[str]) -> str:
    if not match["until"]:
        return f"{match['from']}:00"
    between = match["to"].removesuffix(match["until"])
    return f"{match['from']}:00{between}{match['until']}:00"


def _number(word: str) -> int:
    """Return the value of "neun", "eins" or "9"."""
    if word.isdigit():
        return int(word)
    lowered = word.lower()
    return 1 if lowered == "eins" else _HOURS.index(lowered) + 1
