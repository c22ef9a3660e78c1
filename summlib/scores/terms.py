"""Whether a translator uses the words that it is told to use.

Each case is a German sentence, a term that stands in it in some form, and an
English term that is demanded of it and is not the usual one, so that it does
not come up by itself. Half of the cases are real prose (the documents of
seeds/, the demanded term being another translation of the dictionary), half
are terms of firms and offices in every case and number.

The share that is honoured is what terminology papers report (Dinu et al.
2019); beside it stands the share honoured without being told.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summlib.scores.references import read_seeds
from summlib.text import split_sentences
from summlib.text.lexicon import Lexicon
from summlib.text.terms import words

COUNT = 300
WORDS = (6, 35)
"""Words of a sentence of prose."""

_DATA = Path(__file__).parent / "data"

_ARTICLES = {
    "m": {"the": "der", "the4": "den", "a4": "einen", "to": "dem", "of": "des", "it": "er"},
    "f": {"the": "die", "the4": "die", "a4": "eine", "to": "der", "of": "der", "it": "sie"},
    "n": {"the": "das", "the4": "das", "a4": "ein", "to": "dem", "of": "des", "it": "es"},
}
_WEAK = frozenset({"Kunde"})
"""Masculines with -n in all cases but the first."""


@dataclass(frozen=True, slots=True)
class TermCase:
    """A sentence with a demand.

    Args:
        sentence: German.
        term: What stands in it, in its dictionary form.
        demanded: What must stand for it in English.
        kind: ``prose``, or the case and number of a written sentence.
    """

    sentence: str
    term: str
    demanded: str
    kind: str


@dataclass(frozen=True, slots=True)
class TermScores:
    """How many demands were met.

    Args:
        honoured: Cases whose translation has the demanded term.
        unprompted: The same without being told.
        total: Cases.
        missed: The cases not honoured, each with its translation.
    """

    honoured: int
    unprompted: int
    total: int
    missed: tuple[tuple[TermCase, str], ...]

    @property
    def share(self) -> float:
        """Return the cases honoured, in percent."""
        return 100 * self.honoured / max(1, self.total)


def term_cases(
    seeds: Path, lexicon: Lexicon, *, count: int = COUNT, seed: int = 1
) -> list[TermCase]:
    """Return cases, half of them prose; equal input gives equal cases.

    Args:
        seeds: Folder laid out like seeds/.
        lexicon: The dictionary that other translations come from.
        count: Cases wanted; fewer come when the prose is too short.
        seed: Seed of the choice.
    """
    rng = random.Random(seed)
    prose = list(_prose(seeds, lexicon))
    written = list(_written())
    rng.shuffle(prose)
    rng.shuffle(written)
    half = count // 2
    return _spread(prose, half) + _spread(written, count - half)


def _spread(cases: Sequence[TermCase], count: int) -> list[TermCase]:
    """Take cases so that no term comes up again before all have."""
    rounds: dict[str, int] = {}
    ranked = []
    for place, case in enumerate(cases):
        rounds[case.term] = rounds.get(case.term, -1) + 1
        ranked.append((rounds[case.term], place))
    return [cases[place] for _, place in sorted(ranked)[:count]]


def _prose(seeds: Path, lexicon: Lexicon) -> Iterator[TermCase]:
    for seed in read_seeds(seeds):
        for paragraph in seed.text.split("\n"):
            for sentence in split_sentences(paragraph, "de"):
                if WORDS[0] <= len(sentence.text.split()) <= WORDS[1]:
                    yield from _nouns(sentence.text, lexicon)


def _nouns(sentence: str, lexicon: Lexicon) -> Iterator[TermCase]:
    for token in words(sentence):
        noun = token.text[0].isupper() and not token.first
        entry = lexicon.lookup(token.text) if noun else None
        if entry is None or not entry.headword[0].isupper() or not entry.translation:
            continue
        like = (_stem(entry.translation), _stem(entry.headword))
        others = [o for o in entry.others if not any(x in _stem(o) or _stem(o) in x for x in like)]
        if others and sentence.count(token.text) == 1:
            yield TermCase(sentence, entry.headword, others[0], "prose")


def _written() -> Iterator[TermCase]:
    for gender, term, genitive, plural, demanded in _rows("terms.de-en.tsv"):
        for kind, sentence in _rows("sentences.de.tsv"):
            if kind == "plural" and plural == "-":
                continue
            weak = f"{term}n" if term in _WEAK else term
            forms = {"genitive": genitive, "plural": plural, "nominative": term}
            text = sentence.format(term=forms.get(kind, weak), **_articles(gender))
            yield TermCase(text, term, demanded, kind)


def _articles(gender: str) -> dict[str, str]:
    plain = _ARTICLES[gender]
    return {**plain, "The": plain["the"].capitalize()}


@lru_cache(maxsize=4)
def _rows(name: str) -> tuple[tuple[str, ...], ...]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


def honours(text: str, term: str) -> bool:
    """Tell whether an English text has a term, in any case and number.

    >>> honours("Two Heat Pump Units.", "heat pump unit"), honours("a unity", "unit")
    (True, False)
    """
    return bool(_pattern(term).search(text))


@lru_cache(maxsize=1024)
def _pattern(term: str) -> re.Pattern[str]:
    *before, last = term.split()
    stem = last[:-1] if last.endswith("y") else last
    endings = "(?:y|ies|y's)" if last.endswith("y") else "(?:s|es|'s|’s|s'|s’)?"
    parts = [*(re.escape(word) for word in before), re.escape(stem) + endings]
    return re.compile(rf"(?<!\w){'[ -]'.join(parts)}(?!\w)", re.IGNORECASE)


def _stem(word: str) -> str:
    """Return a key under which centre and center, or singular and plural, may meet."""
    return word.lower().replace("tre", "ter").rstrip("s")[:6]


def score_terms(
    cases: Sequence[TermCase], translate: Callable[[str, dict[str, str]], str]
) -> TermScores:
    """Translate every case with its term as the glossary, and without.

    Args:
        cases: The cases.
        translate: Gets a sentence and a glossary, and returns the translation.
    """
    plain = [translate(case.sentence, {}) for case in cases]
    told = [translate(case.sentence, {case.term: case.demanded}) for case in cases]
    missed = [
        (case, text)
        for case, text in zip(cases, told, strict=True)
        if not honours(text, case.demanded)
    ]
    unprompted = sum(honours(t, c.demanded) for c, t in zip(cases, plain, strict=True))
    return TermScores(len(cases) - len(missed), unprompted, len(cases), tuple(missed))
