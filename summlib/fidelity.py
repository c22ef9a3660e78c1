"""What speaks against a sentence that a model made of others.

The checks of ``summlib.checks`` find numbers, dates, names and negations that
changed. A small model has other ways to be wrong with words that all stand in
its source: it drops "soll" or "voraussichtlich", puts the time of a verb
elsewhere, swaps who did what to whom, or ends a sentence without its verb.
What is looked for here is therefore narrow: words in another order than in
the source are doubted, and a sentence that is doubted is not used.

Source of the idea: the classes of errors that people found in generated
summaries (Maynez et al. 2020; Pagnoni et al. 2021: relation, circumstance,
grammar).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from summlib.centrality import stem, stopwords
from summlib.text.constituents import is_verb

SHORTEST = 4
"""Words of a sentence that can be told from a heading."""

KEPT = 0.4
"""Share of a clause's content words from which the clause counts as kept."""

REACH = 4
"""Words within which a noun and what hangs on it stand in the source."""

_DATA = Path(__file__).parent / "text" / "data" / "fidelity.toml"
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_BREAK = re.compile(r"[,;:–—()]|[.!?] ")
_PART = 5  # letters from which a word counts as part of a compound


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its stem, the number of its clause, and whether it says something."""

    text: str
    stem: str
    clause: int
    content: bool


@dataclass(frozen=True, slots=True)
class _Lists:
    neutral: frozenset[str]
    limits: frozenset[str]
    groups: Mapping[str, str]


@lru_cache(maxsize=2)
def _lists(lang: str) -> _Lists:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))[lang]
    groups = {w: name for name, forms in table["verbs"].items() for w in forms.split()}
    neutral, limits = (frozenset(table[key].split()) for key in ("neutral", "limits"))
    return _Lists(neutral, limits, groups)


@lru_cache(maxsize=64)
def _read(text: str, lang: str) -> tuple[_Word, ...]:
    """Return the words of a text with the clauses they stand in."""
    breaks = [m.start() for m in _BREAK.finditer(text)]
    stop, found, clause = stopwords(lang), [], 0
    for match in _WORD.finditer(text):
        while clause < len(breaks) and breaks[clause] < match.start():
            clause += 1
        word = match[0]
        content = word.lower() not in stop and len(word) > 1
        found.append(_Word(word, stem(word, lang), clause, content))
    return tuple(found)


def find_unfaithful(text: str, sources: Sequence[str], lang: str) -> list[str]:
    """Return what speaks against a generated sentence; empty when nothing does.

    Args:
        text: The sentence.
        sources: What it was made from.
        lang: ``de`` or ``en``.

    >>> source = ["Der Rat will die alte Brücke sperren, sagte die Sprecherin."]
    >>> find_unfaithful("Der Rat will die Brücke sperren.", source, "de")
    []
    >>> find_unfaithful("Der Rat sperrt die alte Brücke.", source, "de")
    ['verb: "will" is lost']
    """
    ours, source = _read(text, lang), _read(" ".join(sources), lang)
    found = list(_misshapen(text, lang))
    found += _added(ours, source, lang)
    kept = _kept_clauses(ours, source)
    found += _lost(ours, kept, lang)
    found += _changed_verbs(ours, kept, source, lang)
    found += _reordered(ours, source)
    return found


def _misshapen(text: str, lang: str) -> Iterator[str]:
    words = _WORD.findall(text)
    if len(words) < SHORTEST:
        yield "form: it is too short for a sentence"
    if not (text[:1].isupper() or text[:1].isdigit()):
        yield "form: it begins in the middle"
    if text.count("(") != text.count(")") or text.count('"') % 2:
        yield "form: a sign is left open"
    if not any(is_verb(word, lang) for word in words):
        yield "form: it has no verb"
    if any(a.lower() == b.lower() for a, b in pairwise(words)):
        yield "form: it says a word twice"


def _added(ours: Sequence[_Word], source: Sequence[_Word], lang: str) -> Iterator[str]:
    """Yield the words that the source has in no form."""
    neutral, groups = _lists(lang).neutral, _lists(lang).groups
    said = {word.text.lower() for word in source}
    stems = " ".join(dict.fromkeys(word.stem for word in source))
    known = frozenset(stems.split())
    for word in ours:
        lower = word.text.lower()
        if lower in said or lower in neutral or lower in groups:
            continue
        inside = len(word.stem) >= _PART and word.stem in stems
        if not word.content or not (word.stem in known or inside):
            yield f'word: "{word.text}" is not in the source'


def _kept_clauses(ours: Sequence[_Word], source: Sequence[_Word]) -> list[_Word]:
    """Return the words of the clauses of which enough is said."""
    stems = {word.stem for word in ours if word.content}
    counts: dict[int, list[bool]] = {}
    for word in source:
        if word.content:
            counts.setdefault(word.clause, []).append(word.stem in stems)
    kept = {clause for clause, held in counts.items() if sum(held) >= KEPT * len(held)}
    return [word for word in source if word.clause in kept]


def _lost(ours: Sequence[_Word], kept: Sequence[_Word], lang: str) -> Iterator[str]:
    """Yield the limits of kept clauses that are no longer said."""
    said = {word.text.lower() for word in ours}
    for word in kept:
        if word.text.lower() in _lists(lang).limits - said:
            yield f'limit: "{word.text}" is lost'


def _changed_verbs(
    ours: Sequence[_Word], kept: Sequence[_Word], source: Sequence[_Word], lang: str
) -> Iterator[str]:
    """Yield the moods and times that kept clauses had and the sentence has not, or the reverse."""
    groups = _lists(lang).groups
    here = {groups[w.text.lower()] for w in ours if w.text.lower() in groups}
    there = {groups[w.text.lower()] for w in source if w.text.lower() in groups}
    for word in kept:
        group = groups.get(word.text.lower())
        if group and group not in here:
            yield f'verb: "{word.text}" is lost'
            break
    for group in sorted(here - there):
        yield f'verb: "{group}" is new'


def _reordered(ours: Sequence[_Word], source: Sequence[_Word]) -> Iterator[str]:
    """Yield the places where the sentence goes back in its source, or joins what stands apart."""
    places: dict[str, list[int]] = {}
    for i, word in enumerate(source):
        places.setdefault(word.stem, []).append(i)
    last, back = -1, 0
    for word in ours:
        if not word.content or word.stem not in places:
            continue
        ahead = [i for i in places[word.stem] if i > last]
        if ahead:
            last = ahead[0]
        else:
            back += 1
            last = places[word.stem][0]
    if back > 1:
        yield "order: it goes back in its source"
