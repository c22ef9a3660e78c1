"""Word lists of the digest, by language and purpose, read when first asked for."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def sections(name: str, lang: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of each section of a list, without comments.

    Args:
        name: ``attribution`` or ``estimates``.
        lang: ``de`` or ``en``.
    """
    text = files("summlib.text").joinpath(f"data/{name}.{lang}.txt").read_text("utf-8")
    found: dict[str, list[str]] = {}
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
            found[section] = []
        elif line and not line.startswith("#"):
            found[section].append(line)
    return {section: tuple(lines) for section, lines in found.items()}


@cache
def words(name: str, section: str, lang: str) -> frozenset[str]:
    """Return the words of a section; "_" in them stands for a space.

    >>> "sagte" in words("attribution", "verb", "de")
    True
    """
    lines = sections(name, lang).get(section, ())
    return frozenset(word.replace("_", " ") for line in lines for word in line.split())


@cache
def pattern(name: str, section: str, lang: str) -> re.Pattern[str]:
    """Return what matches any word of a section; "*" in them stands for letters.

    >>> bool(pattern("attribution", "role", "de").fullmatch("Oberbürgermeisterin"))
    True
    """
    options = sorted(words(name, section, lang), key=lambda w: (-len(w), w))
    if not options:
        return re.compile(r"(?!)")
    joined = "|".join(re.escape(o).replace(r"\*", r"[\w-]*") for o in options)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


@cache
def phrase_pattern(name: str, section: str, lang: str) -> re.Pattern[str]:
    """Return what matches any line of a section as a phrase."""
    lines = sorted(sections(name, lang).get(section, ()), key=lambda w: (-len(w), w))
    if not lines:
        return re.compile(r"(?!)")
    joined = "|".join(re.escape(line).replace(r"\ ", r"\s+") for line in lines)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)
