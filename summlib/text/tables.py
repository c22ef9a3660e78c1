"""What a language knows of the words around a full stop.

The tables are text files in ``summlib/text/data``; each says in its head
where it comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summlib.text.datafiles import DATA

_SECTION = re.compile(r"\[([\w.]+)\]")
_SCORED = re.compile(r"(-?\d+): (.*)")
_DEFAULT = re.compile(r"not listed counts as (-?\d+)")
_HEAD = re.compile(r"[^-’']*")


@dataclass(frozen=True, slots=True)
class WordTables:
    """The tables of one language.

    Args:
        abbreviations: Classes of each abbreviation, its final stop left out:
            ``never``, ``number``, ``may``, ``final`` (see the data file).
        endings: Ends of words that are abbreviations like the ending itself.
        starters: Log-odds that a capitalised word opens a sentence.
        unlisted: The same for words that are not listed.
        unfinished: Words that cannot end a heading.
    """

    abbreviations: dict[str, frozenset[str]]
    endings: tuple[str, ...]
    starters: dict[str, int]
    unlisted: int
    unfinished: frozenset[str]

    def classes(self, word: str) -> frozenset[str]:
        """Return the classes of an abbreviation, none for other words.

        An entry is also found with a capital at the beginning of a sentence
        (``Vgl.``), in capitals (``INC.``) and as the end of a compound
        (``Goethestr.``).
        """
        found = self.abbreviations.get(word)
        if found is None and word[:1].isupper():
            found = self.abbreviations.get(word[0].lower() + word[1:])
        if found is None and len(word) > 2 and word.isupper():
            found = self.abbreviations.get(word.capitalize())
        if found is None and word.lower().endswith(self.endings):
            found = frozenset({"may"})
        return found or frozenset()

    def opening(self, word: str) -> int:
        """Return the log-odds that ``word``, in any case, opens a sentence.

        The first part of a compound counts where the whole is unknown (``It's``).
        """
        found = _HEAD.match(word)
        head = found[0] if found else word
        for form in (word, word.capitalize(), head, head.capitalize()):
            if form in self.starters:
                return self.starters[form]
        return self.unlisted


def sections(name: str) -> dict[str, list[str]]:
    """Return the lines of a data file by section, comments left out."""
    found: dict[str, list[str]] = {}
    section = ""
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        heading = _SECTION.fullmatch(line.strip())
        if heading:
            section = heading[1]
        elif line.strip() and not line.startswith("#"):
            found.setdefault(section, []).append(line.strip())
    return found


def words(lines: list[str]) -> list[str]:
    """Return the words of some lines.

    >>> words(["Mio Mrd", "usw"])
    ['Mio', 'Mrd', 'usw']
    """
    return " ".join(lines).split()


def scores(lines: list[str]) -> dict[str, int]:
    """Read lines of the form ``SCORE: WORD WORD`` into one score for each word.

    >>> scores(["9: Auch Dabei", "-2: Haus"])
    {'Auch': 9, 'Dabei': 9, 'Haus': -2}
    """
    rows = (_SCORED.fullmatch(line) for line in lines)
    return {word: int(row[1]) for row in rows if row for word in row[2].split()}


@lru_cache(maxsize=4)
def word_tables(lang: str) -> WordTables:
    """Read the tables of a language, once.

    >>> "never" in word_tables("de").classes("z.B")
    True
    """
    classes: dict[str, set[str]] = {}
    listed = sections(f"abbreviations.{lang}.txt")
    endings = words(listed.pop("endings", []))
    for section, lines in listed.items():
        for word in words(lines):
            classes.setdefault(word, set()).add(section)
    starters = (DATA / f"starters.{lang}.txt").read_text(encoding="utf-8")
    default = _DEFAULT.search(starters)
    return WordTables(
        abbreviations={word: frozenset(found) for word, found in classes.items()},
        endings=tuple(endings),
        starters=scores(starters.splitlines()),
        unlisted=int(default[1]) if default else -2,
        unfinished=frozenset(words(sections(f"unfinished.{lang}.txt").get("", []))),
    )
