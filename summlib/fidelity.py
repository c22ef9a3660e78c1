"""What speaks against a sentence that a model made of others.

The checks of ``summlib.checks`` find numbers, dates, names and negations that
changed. A small model has other ways to be wrong with words that all stand in
its source: it loses a subject, a particle or one half of "A and B", hangs a
noun on another word, or ends where the verb is still to come. So what may
happen between source and sentence is narrow: words stay as they are and in
their order, and only what can go goes: a clause that nothing before it
announces, what stands in brackets, a connector. All else is doubted, and a
sentence that is doubted is not used.

Source of the idea: the classes of errors that people found in generated
summaries (Maynez et al. 2020; Pagnoni et al. 2021); deleting whole
constituents only, as in Knight and Marcu (2002).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from summlib.text.constituents import is_verb, words
from summlib.text.datafiles import DATA

SHORTEST = 4
"""Words of a sentence that can be told from a heading."""

LONGEST_SUBJECT = 8
"""Words of a subject that may move before its verb when a connector goes."""

_DATA = DATA / "fidelity.toml"
_WORD = re.compile(r"[^\W_]+(?:(?:[-'’]|[.,](?=\d))[^\W_]+)*")
_BREAK = re.compile(r"[,;:–—()]|[.!?] ")
_TO_VERB = re.compile(r"[a-zäöüß]+zu[a-zäöüß]+e?n")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, the number of its clause, and whether it stands in brackets."""

    text: str
    clause: int
    bracketed: bool

    @property
    def lower(self) -> str:
        return self.text.lower()


@lru_cache(maxsize=2)
def _lists(lang: str) -> Mapping[str, frozenset[str]]:
    table = tomllib.loads(_DATA.read_text(encoding="utf-8"))[lang]
    connectors = (words(section, lang) for section in ("leading", "inside"))
    lists = {name: frozenset(entries.split()) for name, entries in table.items()}
    additive = words("additive", lang)
    return {**lists, "connectors": frozenset[str]().union(*connectors), "additive": additive}


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[_Word, ...]:
    """Return the words of a text with the clauses they stand in."""
    breaks = [(m.start(), m[0]) for m in _BREAK.finditer(text)]
    found: list[_Word] = []
    clause = depth = 0
    for match in _WORD.finditer(text):
        while clause < len(breaks) and breaks[clause][0] < match.start():
            depth += {"(": 1, ")": -1}.get(breaks[clause][1], 0)
            clause += 1
        found.append(_Word(match[0], clause, depth > 0))
    return tuple(found)


def find_unfaithful(text: str, sources: Sequence[str], lang: str) -> list[str]:
    """Return what speaks against a generated sentence; empty when nothing does.

    Args:
        text: The sentence.
        sources: What it was made from.
        lang: ``de`` or ``en``.

    >>> source = ["Zudem will der Rat die alte Brücke (erbaut 1903) sperren, weil sie rostet."]
    >>> find_unfaithful("Der Rat will die alte Brücke sperren.", source, "de")
    []
    >>> find_unfaithful("Zudem will der Rat die Brücke sperren.", source, "de")
    ['left out: "alte"']
    """
    ours, source = _read(text), _read(" ".join(sources))
    found = [*_misshapen(text, ours, lang), *_added(ours, source)]
    if found:
        return found
    faults = [_left_out(ours, order, lang) for order in _orders(source, lang)]
    return faults[0] if all(faults) else []


def _misshapen(text: str, ours: Sequence[_Word], lang: str) -> Iterator[str]:
    if len(ours) < SHORTEST:
        yield "form: it is too short for a sentence"
    if not (text[:1].isupper() or text[:1].isdigit()):
        yield "form: it begins in the middle"
    if text.count("(") != text.count(")") or text.count('"') % 2:
        yield "form: a sign is left open"
    if text.endswith("..") and not text.endswith("..."):
        yield "form: it ends twice"
    if not any(is_verb(word.text, lang) for word in ours):
        yield "form: it has no verb"
    if any(a.lower == b.lower for a, b in pairwise(ours)):
        yield "form: it says a word twice"
    if ours and ours[-1].lower in _lists(lang)["hanging"]:
        yield f'form: it ends in "{ours[-1].text}"'


def _added(ours: Sequence[_Word], source: Sequence[_Word]) -> Iterator[str]:
    """Yield the words that the source has not in this form, or less often."""
    exact, counts = {word.text for word in source}, Counter(word.lower for word in source)
    for i, word in enumerate(ours):
        # A capital is free where a sentence begins, on either side.
        same = word.text in exact or i == 0 or word.lower == source[0].lower
        if not same or word.lower not in counts:
            yield f'word: "{word.text}" is not in the source'
    for lower, count in Counter(word.lower for word in ours).items():
        if count > counts[lower] > 0:
            yield f'word: "{lower}" is said more often than in the source'


def _orders(source: Sequence[_Word], lang: str) -> Iterator[list[_Word]]:
    """Yield the source as it is, and with its subject before the verb in place of a connector."""
    yield list(source)
    verb = next((i for i, word in enumerate(source) if is_verb(word.text, lang)), 0)
    if lang == "de" and _is_connector(source[:verb], lang):
        for length in range(1, LONGEST_SUBJECT + 1):
            after = verb + 1 + length
            yield [*source[verb + 1 : after], source[verb], *source[after:]]


def _is_connector(run: Sequence[_Word], lang: str) -> bool:
    return " ".join(word.lower for word in run) in _lists(lang)["connectors"]


def _left_out(ours: Sequence[_Word], source: Sequence[_Word], lang: str) -> list[str]:
    """Return the runs of words that are left out and could not be."""
    theirs = [word.lower for word in source]
    matcher = SequenceMatcher(None, theirs, [word.lower for word in ours], autojunk=False)
    blocks = [(block.a, block.a + block.size) for block in matcher.get_matching_blocks()]
    if sum(end - begin for begin, end in blocks) < len(ours):
        return ["order: it goes back in its source"]
    gaps = [(a[1], b[0]) for a, b in pairwise([(0, 0), *blocks])]
    return [
        f'left out: "{" ".join(w.text for w in source[begin:end])}"'
        for begin, end in gaps
        if begin < end and not _may_go(source, begin, end, lang)
    ]


def _may_go(source: Sequence[_Word], begin: int, end: int, lang: str) -> bool:
    """Tell whether a run of words can be left out of its sentence."""
    run = source[begin:end]
    if _is_connector(run, lang) or all(_is_aside(clause, lang) for clause in _clauses(run)):
        return True
    if begin == 0 and len(run) == 1 and run[0].lower in _lists(lang)["additive"]:
        return True
    whole = (begin == 0 or source[begin - 1].clause != run[0].clause) and (
        end == len(source) or source[end].clause != run[-1].clause
    )
    # Brackets part no clauses here: what follows them goes on with what stood before.
    outside = [word for word in source[:begin] if not word.bracketed]
    before = [word for word in outside if word.clause == outside[-1].clause]
    resumed = len(outside) < begin and source[begin - len(before) - 1].bracketed
    if not whole or not before or (before[0].lower in _lists(lang)["free"] and not resumed):
        return False  # behind an embedded clause its main clause may go on
    announced = any(word.lower in _lists(lang)["announcing"] for word in before)
    return not announced and all(_is_free(clause, lang) for clause in _clauses(run))


def _is_aside(clause: Sequence[_Word], lang: str) -> bool:
    """Tell whether words stand in brackets and do not limit what stands before these."""
    guards = words("guard", lang)
    return all(word.bracketed and word.lower not in guards for word in clause)


def _clauses(run: Sequence[_Word]) -> Iterator[list[_Word]]:
    for number in dict.fromkeys(word.clause for word in run):
        yield [word for word in run if word.clause == number]


def _is_free(clause: Sequence[_Word], lang: str) -> bool:
    """Tell whether a clause tells something besides: it has a verb and completes no other."""
    head = clause[0].lower
    if _is_aside(clause, lang):
        return True
    to_verb = any(w.lower in ("zu", "to") or _TO_VERB.fullmatch(w.text) for w in clause)
    if head == "um":
        return to_verb
    has_verb = any(is_verb(word.text, lang) for word in clause)
    return head in _lists(lang)["free"] and has_verb and not to_verb
