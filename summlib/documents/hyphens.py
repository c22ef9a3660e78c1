"""Words that a line end has cut: which hyphens go and which belong to the word.

The rules of ``summlib.text.lines.hyphen_join`` come first; what they leave
open is settled by the document itself, which mostly spells a word elsewhere in
one piece, and for English by a list of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from summlib.text.datafiles import read_words
from summlib.text.lines import hyphen_join

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?!-?\w)")
_STEM, _REST = re.compile(r"[^\W\d_]+(?=-$)"), re.compile(r"[^\W\d_]+")
_ENDINGS = ("s", "es", "ed", "ing", "ly", "d")
_TAIL = 80
MIN_PART = 3
"""Letters of a part that is a word of its own; shorter ones are syllables."""


class Hyphens:
    """Join lines as the document spells its words.

    Args:
        lines: Every line of the document.
        lang: Its language, ``de`` or ``en``.

    >>> join = Hyphens([], lang="de").join
    >>> join("Der Rechen-", "zentren"), join("Die EU-", "Kommission"), join("Ein-", "und Ausfuhr")
    ('Der Rechenzentren', 'Die EU-Kommission', 'Ein- und Ausfuhr')
    """

    def __init__(self, lines: Iterable[str], *, lang: str) -> None:
        self.lang = lang
        # The last word of a line is cut perhaps, so that it says nothing.
        self.words = {
            word.casefold()
            for line in lines
            for word in _WORD.findall(line.rpartition(" ")[0].partition(" ")[2])
        }

    def join(self, above: str, below: str) -> str:
        """Return two lines as one.

        Args:
            above: The upper line, or all lines down to it.
            below: The line that follows.
        """
        cut, between = self.joint(above[-_TAIL:], below)
        return above[: len(above) - cut] + between + below

    def joint(self, above: str, below: str) -> tuple[int, str]:
        """Return how many characters go at the end of a line, and what stands before the next.

        Args:
            above: The end of the upper line, 80 characters or more.
            below: The line that follows.
        """
        both = f"{above}\n{below[:_TAIL]}"
        fate = hyphen_join(both, len(above), len(above) + 1, lang=self.lang) if below else ""
        if not fate:
            tight = above.endswith(("/", "–")) and above[-2:-1].isalnum() and below[:1].isalnum()
            return 0, "" if tight else " "
        stem, rest = _STEM.search(above), _REST.match(below)
        if stem and rest:
            fate = self._fate(fate, stem[0], rest[0])
        return int(fate == "drop"), " " if fate == "space" else ""

    def _fate(self, fate: str, stem: str, rest: str) -> str:
        whole, parted = (stem + rest).casefold(), f"{stem}-{rest}".casefold()
        if whole in self.words and parted not in self.words:
            return "drop"
        if fate == "drop" and parted in self.words:
            return "keep"
        if fate == "drop" and self.lang == "en" and _are_words(stem.lower(), rest):
            return "keep"
        shouted = len(stem) > MIN_PART and stem.isupper() and rest.isupper() and len(rest) > 1
        return "drop" if fate == "keep" and shouted and parted not in self.words else fate


def _are_words(stem: str, rest: str) -> bool:
    """Tell "well-known" from "inter-national" by which of them are English words."""
    words = read_words("common-words.en.txt")
    if min(len(stem), len(rest)) < MIN_PART or stem not in words or rest not in words:
        return False
    whole = stem + rest
    stems = {whole.removesuffix(ending) for ending in _ENDINGS} | {whole}
    return not stems & words
