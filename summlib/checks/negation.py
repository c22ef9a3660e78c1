"""A "not" that appeared or vanished.

Languages deny in many ways: "nicht ausreichend" is "insufficient", "ohne" is
"failed to". So a flip is reported only where one side plainly negates and the
other has nothing at all that could carry the negation.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summlib.records import Finding, Span
from summlib.text.datafiles import DATA
from summlib.text.stems import CACHED_WORDS

_DATA = DATA / "negation.json"
_WORD = re.compile(r"[^\W\d_]+(?:['’]t\b)?")
_NUMBERED = re.compile(r"\.?\s?\d")
_PREFIXED = 5  # letters from which a word starting un- or in- can be a negation


@dataclass(frozen=True, slots=True)
class _Cues:
    strong: frozenset[str]
    weak: frozenset[str]
    affixes: re.Pattern[str]
    neutral: re.Pattern[str]


@lru_cache(maxsize=1)
def _pairs() -> tuple[dict[str, frozenset[str]], ...]:
    """Return words that can carry a negation with those that translate them, by language."""
    data = json.loads(_DATA.read_text(encoding="utf-8"))["pairs"]
    return tuple({"de": frozenset(a.split()), "en": frozenset(b.split())} for a, b in data)


@lru_cache(maxsize=4)
def _cues(lang: str) -> _Cues:
    data = json.loads(_DATA.read_text(encoding="utf-8"))[lang]
    neutral = "|".join(re.escape(p) for p in data["neutral"])
    return _Cues(
        frozenset(data["strong"]),
        frozenset(data["weak"]),
        re.compile(
            rf"(?:{'|'.join(data['prefixes'])})\w*$|\w{{2,}}(?:{'|'.join(data['suffixes'])})$"
        ),
        re.compile(rf"\b(?:{neutral})\b", re.IGNORECASE),
    )


def find(
    source: str,
    target: str,
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    direction: Literal["both", "target"] = "both",
) -> list[Finding]:
    """Return negations that stand on one side only.

    Args:
        source: The text to rely on.
        target: The text to check.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        direction: ``target`` lets the target leave a negation of a longer
            source out.

    >>> [str(f) for f in find("Er kommt nicht.", "He is coming.")]
    ['negation: "nicht" has no counterpart']
    >>> find("Das ist nicht nur gut, sondern auch billig.", "It is both good and cheap.")
    []
    """
    ours, theirs = _strong(source, source_lang), _strong(target, target_lang)
    if (
        ours
        and not theirs
        and direction == "both"
        and not _hinted(target, target_lang, source, source_lang)
    ):
        text = f'"{ours[0].of(source)}" has no counterpart'
        return [Finding("negation", text, "error", ours[0], None)]
    if theirs and not ours and not _hinted(source, source_lang, target, target_lang):
        text = f'"{theirs[0].of(target)}" does not stand in the source'
        return [Finding("negation", text, "error", None, theirs[0])]
    return []


def _strong(text: str, lang: str) -> list[Span]:
    """Return the words that plainly negate, without "nicht nur" and "No. 5"."""
    cues = _cues(lang)
    found = []
    for match in _WORD.finditer(text):
        word = match.group().lower()
        if word not in cues.strong and not word.endswith(("n't", "n’t")):
            continue
        if not (word == "no" and _NUMBERED.match(text, match.end())):
            found.append(Span(match.start(), match.end()))
    # All that lies in them is a set: there are as many as words in a text of nothing else.
    skip = {i for m in cues.neutral.finditer(text) for i in range(*m.span())} if found else ()
    return [f for f in found if f.start not in skip]


def _hinted(text: str, lang: str, other: str, other_lang: str) -> bool:
    """Return whether any word of the text could carry a negation that the other text has.

    A word that translates one of the other text does not: "without" is "ohne"
    there, and cannot stand for "niemand" as well.
    """
    if _cues(lang).neutral.search(text):
        return True
    words = [match.group().lower() for match in _WORD.finditer(text)]
    others = [match.group().lower() for match in _WORD.finditer(other)]
    taken = frozenset[str]().union(
        *(pair[lang] for pair in _pairs() if not pair[other_lang].isdisjoint(others))
    )
    # Affixes are not set off against one another ("unklar", "unclear"): of 2,700 good pairs that
    # made 4 false alarms for 6 more catches in 190.
    return any(_carries(word, lang) for word in words if word not in taken)


@lru_cache(maxsize=CACHED_WORDS)
def _carries(word: str, lang: str) -> bool:
    cues = _cues(lang)
    if word in cues.weak:
        return True
    long = len(word) >= _PREFIXED
    return long and cues.affixes.match(word) is not None
