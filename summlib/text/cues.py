"""The phrases that give page furniture away, read from ``data/noise.LANG.txt``.

The files are lists a linguist can read and extend; here they become patterns.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_CASED = ("advert.address",)


@cache
def cues(lang: str, section: str) -> re.Pattern[str]:
    """Return the pattern of one section of the language's cue file.

    Pages in any language carry English furniture, so the English phrases
    belong to every language but for what only one language has.

    Args:
        lang: ``de`` or ``en``; any other language has the English cues.
        section: Name of the section.

    >>> bool(cues("de", "share.line").fullmatch("Artikel teilen"))
    True
    """
    phrases = _sections(lang).get(section, ())
    if not phrases:
        return re.compile(r"(?!)")
    ordered = sorted(phrases, key=len, reverse=True)
    options = "|".join(_regex(phrase) for phrase in ordered if phrase[0] != "*")
    # One prefix for all endings: a word is then walked once, not per phrase. It begins where
    # the word does: from each hyphen of a long chain on, the walk would be quadratic.
    endings = "|".join(_regex(phrase[1:]) for phrase in ordered if phrase[0] == "*")
    if endings:
        options += rf"|(?<![\w-])[\w-]*(?:{endings})"
    flags = re.NOFLAG if section in _CASED else re.IGNORECASE
    return re.compile(rf"(?<!\w)(?:{options})(?!\w)", flags)


@cache
def _sections(lang: str) -> dict[str, tuple[str, ...]]:
    """Read the phrases by section."""
    found: dict[str, list[str]] = {}
    for name in dict.fromkeys((lang if lang == "de" else "en", "en")):
        section = ""
        data = files("summlib.text").joinpath(f"data/noise.{name}.txt")
        for line in data.read_text("utf-8").splitlines():
            phrase = line.split("#")[0].strip()
            if phrase.startswith("["):
                section = phrase.strip("[]")
            elif phrase:
                found.setdefault(section, []).append(phrase)
    return {section: tuple(phrases) for section, phrases in found.items()}


def _regex(phrase: str) -> str:
    """Write a phrase as a pattern: "*" for letters, any white between words."""
    return re.escape(phrase).replace(r"\*", r"[\w-]*").replace(r"\ ", r"\s+")


@cache
def stamp(lang: str) -> re.Pattern[str]:
    """Return the pattern of a date with its year, perhaps with a time.

    >>> bool(stamp("de").fullmatch("Mo., 19. Januar 2026, 16:30 Uhr"))
    True
    """
    month, weekday = cues(lang, "month").pattern, cues(lang, "weekday").pattern
    date = (
        r"\d{1,2}\.\s?\d{1,2}\.\s?(?:\d{4}|\d{2}(?!\d))|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}"
        rf"|\d{{1,2}}(?:st|nd|rd|th|\.)?\s*{month}\.?,?\s+\d{{4}}"
        rf"|{month}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    )
    zone = r"(?:\s*\(?(?:MEZ|MESZ|CET|CEST|UTC|GMT|ET|EST|EDT)\b\)?)?"
    time = rf"\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?(?:\s*(?:Uhr|h|am|pm|a\.m\.|p\.m\.)(?!\w))?{zone}"
    return re.compile(
        rf"(?<!\w)(?:{weekday}\.?,?\s+)?(?:den\s+)?(?:{date})"
        rf"(?P<time>(?:\s*[-–—|,/·]\s*|\s+(?:um\s+|at\s+)?){time})?",
        re.IGNORECASE,
    )
