"""Where a German clause has its verb and where a constituent ends, as far as that is plain.

There is no parser here: word lists (``data/compression.LANG.txt``), endings and
capitals decide, and where they do not decide the answer is that it is not sure.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.datafiles import read_rows


@lru_cache(maxsize=2)
def _sections(lang: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of the language's file by section, phrases whole."""
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    phrases = False
    for row in read_rows(f"compression.{lang}.txt"):
        if row.startswith("["):
            entries = found.setdefault(row.strip("[] "), [])
            phrases = row.strip("[] ") in ("leading", "inside", "aside", "additive")
        else:
            entries.extend([row] if phrases else row.split())
    return {section: tuple(entries) for section, entries in found.items()}


@lru_cache(maxsize=64)
def words(section: str, lang: str) -> frozenset[str]:
    """Return the words of one section of the language's file.

    >>> "zudem" in words("leading", "de")
    True
    """
    return frozenset(_sections(lang).get(section, ()))


@lru_cache(maxsize=32)
def choice(section: str, lang: str) -> str:
    """Return the entries of one section as alternatives of a pattern, the longest first.

    >>> "zudem" in choice("leading", "de").split("|")
    True
    """
    entries = sorted(_sections(lang).get(section, ()), key=len, reverse=True)
    return "|".join(re.escape(entry).replace(r"\ ", " ") for entry in entries)


def is_verb(word: str, lang: str) -> bool:
    """Tell whether a word is a finite verb by all signs; those in -en might be adjectives.

    >>> is_verb("prüft", "de"), is_verb("neuen", "de"), is_verb("are", "en")
    (True, False, True)
    """
    if lang != "de":
        return word in words("verb", lang)
    return is_finite(word) and (word in words("verb", lang) or word.endswith(("t", "te", "ten")))


def is_finite(word: str) -> bool:
    """Tell whether a German word in second place can be the finite verb.

    >>> is_finite("will"), is_finite("wurden"), is_finite("nicht"), is_finite("für")
    (True, True, False, False)
    """
    if not word.isalpha() or not word.islower():
        return False
    if word in words("verb", "de"):
        return True
    kinds = ("adverb", "determiner", "preposition", "pronoun", "subordinator")
    if any(word in words(kind, "de") for kind in kinds):
        return False
    return word.endswith(("t", "te", "ten", "en", "ern", "eln"))


@lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    """Match a determiner, adjectives and a noun; what may follow is looked at apart."""
    determiner = choice("determiner", "de")
    inner = rf"(?:(?!(?:{determiner}) )(?:[a-zäöüß-]+(?:e|en|er|es|em)|\d[\d.,]*) ){{0,3}}"
    return re.compile(rf"(?:{determiner}) {inner}[A-ZÄÖÜ][\w-]*(?: [A-ZÄÖÜ][\w-]*){{0,3}}")


def constituent(text: str) -> int:
    """Return the length of the constituent at the start of ``text``, 0 when its end is not sure.

    Only the plain cases: a pronoun, or determiner, adjectives and noun, before a
    word that cannot belong to it. "Der Anteil am Umsatz" is not plain.

    >>> text = "die Stadt neu bauen."
    >>> text[:constituent(text)]
    'die Stadt'
    >>> constituent("der Anteil am Umsatz steigen.")
    0
    """
    first = text.partition(" ")[0]
    if first in words("pronoun", "de"):
        return len(first)
    match = _phrase().match(text)
    if match is None or text[match.end() : match.end() + 1] != " ":
        return 0
    after = re.match(r" (\w+)(?: (\w+))?", text[match.end() :])
    return match.end() if after and _is_outside(after[1], after[2] or "") else 0


def _is_outside(word: str, following: str) -> bool:
    """Tell whether a word behind a noun cannot belong to it.

    What ends in -er may be a genitive: "die Überstellung verurteilter Personen".
    """
    lower = word.lower()
    if word[0].isupper() or word[0].isdigit() or lower in words("subordinator", "de"):
        return False
    if lower == "am" and following.lower() in words("weekday", "de"):
        return True
    if lower in words("preposition", "de"):
        return False
    genitives = ("des", "eines", "ihres", "seines", "dessen", "deren")
    return lower not in genitives and not lower.endswith("er")
