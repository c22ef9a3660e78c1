"""Verbs whose English depends on what goes with them.

"Einstellen" is to hire teachers, to drop proceedings, to stop production and to equal
a record; a small model takes the sense that it saw most often. A table names for each
sense the nouns that decide for it. Where a clause holds cues of one sense and of no
other, its English goes through the model as that of a listed verb does.

Source of the idea: one sense per collocation (Yarowsky 1993).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from summlib.text.datafiles import read_rows
from summlib.text.stems import CACHED_WORDS
from summlib.text.verbs import infinitive_among

WHOLE = 3
"""Letters up to which a cue must be the whole word: "tag" is no part of "Vertrag"."""

BEFORE = 3
"""Letters that stand at least before a cue that ends a compound."""

_VERB = re.compile(r"(?<![\w⟨-])[a-zäöüß]{4,}(?![\w-])")
_TOKEN = re.compile(r"[^\W\d_]+")
_MARK = re.compile(r"[,;:.!?()–]")
_REFLEXIVE = re.compile(r"(?<!\w)sich(?!\w)")
_ENDINGS = ("", "s", "es", "e", "en", "n", "er", "ern", "nen", "innen")


@dataclass(frozen=True, slots=True)
class VerbSense:
    """A verb of a sentence whose sense is plain.

    Args:
        start: Offset of its first character.
        end: Offset behind its last character.
        infinitive: Of the German verb.
        english: Its English, in the base form.
    """

    start: int
    end: int
    infinitive: str
    english: str


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Mapping[str, str]]:
    """Return infinitives with their senses: English and cues, parted by spaces."""
    table: dict[str, dict[str, str]] = {}
    for row in read_rows("senses.de-en.tsv"):
        infinitive, english, cues = row.split("\t")
        table.setdefault(infinitive, {})[english] = cues
    return table


def senses(word: str) -> tuple[str, ...]:
    """Return the English of all senses of a verb in any of its forms.

    >>> "hire" in senses("eingestellt"), senses("Haus")
    (True, ())
    """
    return tuple(_table().get(_infinitive(word), ())) if word.islower() else ()


def find_senses(sentence: str) -> Iterator[VerbSense]:
    """Yield the verbs whose clause decides for one of their senses, left to right.

    Args:
        sentence: A prepared sentence, its separable verbs joined.

    >>> [s.english for s in find_senses("Das Gericht einstellte das Verfahren.")]
    ['drop']
    >>> [s.english for s in find_senses("Die Stadt einstellte 20 Lehrer.")]
    ['hire']
    """
    for match in _VERB.finditer(sentence):
        infinitive = _infinitive(match[0])
        if infinitive:
            clause = _clause(sentence, match)
            fitting = _fitting(infinitive, clause) if not _REFLEXIVE.search(clause) else []
            if len(fitting) == 1:
                yield VerbSense(match.start(), match.end(), infinitive, fitting[0])


@lru_cache(maxsize=CACHED_WORDS)
def _infinitive(word: str) -> str:
    return infinitive_among(word, _table())


def _clause(sentence: str, verb: re.Match[str]) -> str:
    """Return what stands between the marks around a verb."""
    begin = max((m.end() for m in _MARK.finditer(sentence, 0, verb.start())), default=0)
    end = _MARK.search(sentence, verb.end())
    return sentence[begin : end.start() if end else len(sentence)]


def _fitting(infinitive: str, clause: str) -> list[str]:
    found = {cue for token in _TOKEN.findall(clause) for cue in readings(token.lower())}
    listed = _table()[infinitive].items()
    return [english for english, cues in listed if not found.isdisjoint(cues.split())]


@lru_cache(maxsize=CACHED_WORDS)
def readings(word: str) -> tuple[str, ...]:
    """Return what a word may stand for among the cues: itself and its last parts, uninflected."""
    bare = [word[: len(word) - len(e)] for e in _ENDINGS if word.endswith(e)]
    ends = (b[i:] for b in bare for i in range(BEFORE, len(b) - WHOLE))
    return tuple(dict.fromkeys((*bare, *ends)))
