"""One spelling for what looks alike, with the way back to the original.

Soft hyphens, zero-width and control characters go, every kind of space is a
space, ligatures and decomposed umlauts become letters, hard-wrapped lines are
joined. Each character knows where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summlib.records import Span
from summlib.text.lines import BLANK, BREAKS, hyphen_join, paragraphs

_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_STEM = re.compile(r"[^\W\d_]+\Z")
_REST = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A text in one spelling, and where each character stood before.

    Args:
        text: The normalised text.
        offsets: For each character of ``text`` where its original begins,
            never falling, and last the length of the original.
        ends: For each character of ``text`` where its original ends.
    """

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def original_span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the original.

        Args:
            start: Offset into ``text``.
            end: Offset behind the last character.

        >>> normalize("Rechen-\\nzentrum neu").original_span(0, 13)
        Span(start=0, end=15)
        """
        first = self.offsets[start]
        return Span(first, self.ends[end - 1] if end > start else first)


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    """Compile what is not spelt as the normalised text spells it."""
    return re.compile(
        rf"(?P<edge>\A{BLANK}++|{BLANK}++\Z)"
        rf"|(?P<newline>{BLANK}++(?:\r\n|[{BREAKS}]){BLANK}*+|(?:\r\n|[{BREAKS}]){BLANK}++|\r\n"
        rf"|(?!\n)[{BREAKS}])"
        rf"|(?P<space>{BLANK}{{2,}}+|(?! ){BLANK})"
        rf"|(?P<none>[{_INVISIBLE}]+|(?<=[A-Za-zÀ-ɏ])[\u200c\u200d])"
        r"|(?P<hyphen>[\u2010\u2011])"
        rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
        r"|(?P<composed>[A-Za-z][\u0300-\u036f]{1,4}+)"
    )


def _spelling(match: re.Match[str]) -> str:
    found = match[0]
    if match.lastgroup == "ligature":
        return _LIGATURES[found]
    if match.lastgroup == "composed":
        composed = unicodedata.normalize("NFC", found)
        return composed if len(composed) == 1 else found
    return {"newline": "\n", "space": " ", "hyphen": "-"}.get(match.lastgroup or "", "")


def normalize(text: str, *, lang: str = "de") -> Normalized:
    r"""Spell a text one way and join its hard-wrapped lines.

    Offsets never fall, ``len(offsets) == len(text) + 1`` and
    ``len(ends) == len(text)``.

    Args:
        text: Any text.
        lang: Language of the text, for suspended hyphens ("Ein- und Ausfuhr").

    >>> normalize("Die EU-\nKommission baut Rechen-\nzentren.").text
    'Die EU-Kommission baut Rechenzentren.'
    """
    parts: list[str] = []
    offsets, ends = array("q"), array("q")
    done = 0
    for start, end, spelling in _edits(text, lang):
        parts += (text[done:start], spelling)
        offsets.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        if end - start == len(spelling):
            offsets.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            offsets.extend([start] * len(spelling))
            ends.extend([end] * len(spelling))
        done = end
    parts.append(text[done:])
    offsets.extend(range(done, len(text) + 1))
    ends.extend(range(done + 1, len(text) + 1))
    return Normalized("".join(parts), offsets, ends)


def _edits(text: str, lang: str) -> Iterator[tuple[int, int, str]]:
    """Merge the odd spellings with the joints between lines, in order."""
    joints = iter(_joints(text, lang))
    joint = next(joints, None)
    done = 0
    for match in _odd().finditer(text):
        while joint and joint[0] <= match.start():
            yield joint
            done, joint = joint[1], next(joints, None)
        if match.start() >= done:
            yield match.start(), match.end(), _spelling(match)
            done = match.end()
    while joint:
        yield joint
        joint = next(joints, None)


def _joints(text: str, lang: str) -> list[tuple[int, int, str]]:
    """Say what stands between the lines of each paragraph instead."""
    joints = []
    for group in paragraphs(text, lang=lang) if len(text.splitlines()) > 1 else ():
        for above, below in pairwise(group):
            fate = hyphen_join(text, above.end, below.body, lang=lang)
            if fate == "drop" and not _spelt_with_hyphen(text, above.end, below.body):
                joints.append((above.end - 1, below.body, ""))
            else:
                joints.append((above.end, below.body, "" if fate in ("keep", "drop") else " "))
    return joints


def _spelt_with_hyphen(text: str, end: int, start: int) -> bool:
    """Tell whether the text spells the word with its hyphen elsewhere.

    Only a word list could tell "well-|known" from "inter-|national"; the text
    itself is the one that is always at hand.
    """
    stem, rest = _STEM.search(text, max(0, end - 60), end - 1), _REST.match(text, start)
    if stem is None or rest is None or text[end - 1] == "\u00ad":
        return False
    return f"{stem[0]}-{rest[0]}".casefold() in _hyphenated_words(text)


@lru_cache(maxsize=2)
def _hyphenated_words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _HYPHENATED.findall(text))
