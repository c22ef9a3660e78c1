"""Numbers in running text: how German writes them and how English does.

A small translation model copies digits. ``1.234,5`` copied into English is a
wrong number, ``20. September`` cut at its full stop loses the day. So German
notation is rewritten before translation; the words around it stay German.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from summlib.text.datafiles import DATA
from summlib.text.grammar import Quantity
from summlib.text.quantities import find_quantities

__all__ = ["Edit", "Quantity", "anglicize_edits", "anglicize_numbers", "find_quantities"]

_WORTH_A_LOOK = re.compile(r"\d|Mio|Mrd")
_PERCENT = re.compile(r"\s?(?:%|Prozent)")
_SCALE_AHEAD = re.compile(r"\s?(?:Mio|Mrd|Million|Milliarde)")
_SCALES = {"Mio": "Million", "Mrd": "Milliarde", "Bio": "Billion", "Tsd": "Tausend"}


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch ``text[start:end]`` and what takes its place."""

    start: int
    end: int
    replacement: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    notation: re.Pattern[str]
    identifier: re.Pattern[str]
    verse: re.Pattern[str]
    decimal_unit: re.Pattern[str]
    swiss_after: re.Pattern[str]
    swiss_before: re.Pattern[str]


def _any(words: Iterable[str]) -> str:
    """Return an alternation of the words, longest first so that none hides another."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Compile what the German data file says about notation, once."""
    data = json.loads((DATA / "numerals.de.json").read_text(encoding="utf-8"))
    more_days = r"(?:\s?(?:[-–/,]|bis(?:\szum)?|und|oder|sowie)\s?\d{1,2}\.)*"
    left = r"(?<![\w'’])(?<!\d[.,:])(?<![^\d\s]/)"
    right = r"(?!\d)(?![.,'’:]\d)(?!\.[A-Za-z])"
    notation = "|".join(
        (
            rf"(?P<day>(?<![\w.,])\d{{1,2}})\.(?={more_days}\s?"
            rf"(?:{_any(data['months'])})(?!\w))",
            rf"{left}(?P<hour>[01]?\d|2[0-4])\.(?P<minute>[0-5]\d)"
            r"(?=(?:\s?(?:[-–]|bis|und|oder)\s?\d{1,2}(?:[.:][0-5]\d)?)*\s?Uhr)",
            rf"{left}(?P<dots>[1-9]\d{{0,2}}(?:\.\d{{3}})+)"
            rf"(?P<dots_rest>,\d+|,[-–—]{{1,2}})?{right}",
            rf"{left}(?P<ticks>[1-9]\d{{0,2}}(?:['’]\d{{3}})+)(?P<ticks_rest>[.,]\d+)?{right}",
            rf"{left}(?<![\d)] )(?<!\+)(?P<blanks>[1-9]\d{{0,2}}(?:[ \u00a0\u2009\u202f]\d{{3}})+)"
            rf"(?P<blanks_rest>,\d+)?{right}(?!\s\d)",
            rf"{left}(?P<whole>\d+),(?P<decimals>\d+|[-–—]{{1,2}}(?=\s|$)){right}",
            r"(?<=\d:[0-5]\d)(?P<lap>),(?=\d{1,3}(?![\d.,]))",
            r"(?P<blank>(?<=\d)\s?|(?<=\d-)|\b)(?P<scale>Mio|Mrd|(?<=\d\s)(?:Bio|Tsd)(?=\.(?!-)))"
            r"(?!\w)(?P<stop>\.?)",
        )
    )
    return _Patterns(
        notation=re.compile(notation),
        identifier=re.compile(rf"(?:(?<!\w)(?:{_any(data['identifier_cues'])})\.?:?|\+\d+)\s?$"),
        verse=re.compile(rf"(?<!\w)(?:{_any(data['bible_books'])})\.?\s?$"),
        decimal_unit=re.compile(rf"[\s-]?(?:{_any(data['decimal_units'])})(?!\w)"),
        swiss_after=re.compile(
            r"\s?(?:Mio|Mrd|Million|Milliarde)\w*\.?\s(?:CHF|Franken|Fr\.|Schw)"
        ),
        swiss_before=re.compile(r"(?:CHF|Fr\.)\s?$"),
    )


def anglicize_numbers(text: str) -> str:
    """Rewrite German number notation in a German text as English writes it.

    Only notation changes, never a word's language; text without a digit, Mio
    or Mrd comes back as the same object.

    Args:
        text: German text, a sentence or more.

    >>> anglicize_numbers("Am 20. September um 16.30 Uhr: 2,6 Mrd. Euro für 1.234 Orte.")
    'Am 20 September um 16:30 Uhr: 2.6 Milliarden Euro für 1,234 Orte.'
    >>> anglicize_numbers("Am 1.2.2024 kam Version 1.2.3 mit Art. 5 und 12'500 Franken.")
    'Am 1.2.2024 kam Version 1.2.3 mit Art. 5 und 12,500 Franken.'
    """
    edits = anglicize_edits(text)
    if not edits:
        return text
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.replacement)
        done = edit.end
    parts.append(text[done:])
    return "".join(parts)


def anglicize_edits(text: str) -> list[Edit]:
    """Return the edits of ``anglicize_numbers``, in order and without overlap.

    Args:
        text: German text, a sentence or more.

    >>> anglicize_edits("Es sind 2,5 Prozent.")
    [Edit(start=8, end=11, replacement='2.5')]
    """
    if not _WORTH_A_LOOK.search(text):
        return []
    edits = []
    for match in _patterns().notation.finditer(text):
        replacement = _replacement(match, text)
        if replacement is not None and replacement != match.group():
            edits.append(Edit(match.start(), match.end(), replacement))
    return edits


def _replacement(match: re.Match[str], text: str) -> str | None:
    """Return the English notation for one match, None where it must stay."""
    kind = match.lastgroup
    if match["day"]:
        glued = text[match.end() : match.end() + 1].isalpha()
        return (match["day"].lstrip("0") or "0") + (" " if glued else "")
    if match["hour"]:
        return f"{match['hour']}:{match['minute']}"
    if match["scale"]:
        return _spelled_scale(match, text)
    if kind == "lap":
        return "."
    if match["decimals"]:
        return _decimal(match, text)
    return _grouped(match, text)


def _spelled_scale(match: re.Match[str], text: str) -> str | None:
    """Spell Mio., Mrd., Bio. and Tsd. out; a full stop that ends the text stays."""
    before = text[: match.start()].rstrip("- ")
    after_digit = before[-1:].isdigit()
    rest = text[match.end() :].strip("\"'“”»« )")
    if not after_digit and (not match["stop"] or not rest):
        return None
    word = _SCALES[match["scale"]]
    if match["scale"] != "Tsd" and not re.search(r"(?<![\d.,])1$", before):
        word += "n" if word.endswith("e") else "en"
    blank = "" if before.endswith("-") or text[match.start() - 1 : match.start()] == "-" else " "
    keep_stop = bool(match["stop"]) and not rest
    lead = blank if after_digit else match["blank"]
    return lead + word + ("." if keep_stop else "")


def _decimal(match: re.Match[str], text: str) -> str | None:
    """Turn a decimal comma into a point unless it divides something else."""
    whole, decimals = match["whole"], match["decimals"]
    if not decimals.isdigit():
        return whole
    if len(decimals) > 2 and len(whole) > 3:
        return None
    # "4,500" without a unit is more often borrowed English than three decimals.
    if len(decimals) == 3 and whole[0] != "0" and not _has_decimal_unit(match, text):
        return None
    if _patterns().verse.search(text, max(0, match.start() - 20), match.start()):
        return None
    return f"{whole}.{decimals}"


def _has_decimal_unit(match: re.Match[str], text: str) -> bool:
    return _patterns().decimal_unit.match(text, match.end()) is not None


def _grouped(match: re.Match[str], text: str) -> str | None:
    """Write thousands with commas; identifiers and addresses stay as they are."""
    rest = match["dots_rest"] or match["ticks_rest"] or match["blanks_rest"] or ""
    digits = match["dots"] or match["ticks"] or match["blanks"]
    groups = re.split(r"\D", digits)
    if _patterns().identifier.search(text, max(0, match.start() - 20), match.start()):
        return None
    if match["dots"] and (_is_address(groups) or _has_decimal_point(match, text)):
        return None
    decimals = rest[1:]
    return ",".join(groups) + (f".{decimals}" if decimals.isdigit() else "")


def _is_address(groups: list[str]) -> bool:
    """Tell an IP address such as 192.168.100.200 from a number of four groups."""
    return len(groups) == 4 and all(g[0] != "0" and int(g) < 256 for g in groups)


def _has_decimal_point(match: re.Match[str], text: str) -> bool:
    """Tell "CHF 2.487 Mrd." and "5.829 %", where the point is a decimal one already."""
    patterns = _patterns()
    if match.end("dots") == match.end() and _PERCENT.match(text, match.end()):
        return not match["dots"].endswith("0")
    after = patterns.swiss_after.match(text, match.end())
    scaled = _SCALE_AHEAD.match(text, match.end())
    before = patterns.swiss_before.search(text, max(0, match.start() - 6), match.start())
    return bool(after or (scaled and before))
