"""Say in plainer German what a small model misreads.

Idioms are rare, and a model that saw few translates them word by word: "kamen
ums Leben" became "came to life", "brach um 20 Prozent ein" rose by 20 percent.
Their plain counterparts ("starben", "ging um 20 Prozent zurück") it reads well. So
before it reads a sentence its idioms are replaced, finite verb and all; then the
rules of ``summlib.text.rewording`` are applied, and infinitive clauses go behind the
verb that they part from its noun. What a translation's figures, names and negations
are checked against stays the sentence as it was.

Source: simplification before translation (Štajner & Popović 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summlib.text.datafiles import read_rows
from summlib.text.extraposition import infinitives_last
from summlib.text.finite import GERMAN_AUXILIARIES
from summlib.text.nounsenses import Phrases, by_first_word, disambiguate, exchange, say_plainly
from summlib.text.phrases import rephrase
from summlib.text.relatives import object_clauses_passive
from summlib.text.rewording import CLAUSE_END, reword
from summlib.text.separable import finite_forms

MOST_SEEN = 512
"""Sentences remembered: the hypotheses of one are compared with it one after the other."""

_WORD = r"(?:\d{1,2}\.(?= )|[^\s.;:!?()\"„“]+)"
"""A word between a finite verb and what ends its clause."""

_JOINT = re.compile(r",|\b(?:und|oder|aber|doch|denn|sondern|sowie)\b")
_INSERTED = re.compile(
    r", (?:[a-zäöü]+ )?(?:der|die|das|dem|den|deren|dessen|wie|wo|so|laut|als|wenn|weil|nachdem"
    r"|obwohl|um|ohne)\b[^,]*,"
)
_SMALL = re.compile(r"(?<!\w)[a-zäöüß]+(?!\w)")

_CLAUSE = re.compile(r"[.,;:!?]")
_BETA = re.compile("(?<=[A-Za-zÄÖÜäöü])β(?=[a-zäöü]|\\b)")
"""A Greek letter typed for "ß": "auβerhalb"."""


@dataclass(frozen=True)
class _Idiom:
    """One row of the table; its pattern is compiled when a sentence may hold it.

    Args:
        tail: What ends the clause.
        verbs: Finite verbs to their counterparts.
        end: What ends the clause in its place.
        between: Pattern of what stands between the two.
        excluded: Pattern of what does not stand in the clause; empty for nothing.
        required: Pattern of what does.
    """

    tail: str
    verbs: dict[str, str]
    end: str
    between: str
    excluded: str
    required: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds a finite verb with what ends its clause."""
        found = "|".join(map(re.escape, self.verbs))
        gap = rf"(?P<gap>(?: (?!(?:{found})\b){_WORD}){{0,14}}?)"
        return re.compile(rf"\b(?P<verb>{found})\b{gap} {re.escape(self.tail)}{CLAUSE_END}")

    def replaced(self, sentence: str) -> str:
        """Return a sentence with what says the same in its place."""
        if not any(verb in sentence for verb in self.verbs):
            return sentence
        return self.pattern.sub(self._plain, sentence)

    def _plain(self, match: re.Match[str]) -> str:
        gap = match["gap"]
        clause = _CLAUSE.split(match.string[: match.start()])[-1] + gap
        if _leaves_its_clause(gap):  # the particle is another verb's
            return match[0]
        if not re.search(self.between, gap) or not re.search(self.required, clause):
            return match[0]
        if self.excluded and re.search(self.excluded, clause):
            return match[0]
        return f"{self.verbs[match['verb']]}{gap}{' ' if self.end else ''}{self.end}"


def _leaves_its_clause(gap: str) -> bool:
    """Tell whether another finite verb stands behind a comma or a conjunction."""
    rest = _INSERTED.sub("", gap)
    joint = _JOINT.search(rest)
    behind = _SMALL.findall(rest, joint.end()) if joint else []
    return any(word in GERMAN_AUXILIARIES or word in finite_forms() for word in behind)


@lru_cache(maxsize=MOST_SEEN)
def paraphrase(sentence: str) -> str:
    """Return a German sentence in words that a small model reads well.

    Args:
        sentence: As given; numbers and what must be copied stand in it unchanged.

    >>> paraphrase("Bei dem Unfall kamen zwei Menschen ums Leben.")
    'Bei dem Unfall starben zwei Menschen.'
    >>> paraphrase("Der Mann soll ihn geschlagen haben.")
    'Der Mann hat ihn angeblich geschlagen.'
    """
    sentence = infinitives_last(_BETA.sub("ß", sentence))
    idioms, phrases = _table()
    for idiom in idioms:
        if idiom.tail in sentence:
            sentence = idiom.replaced(sentence)
    sentence = exchange(sentence, phrases)
    plain = say_plainly(disambiguate(rephrase(sentence)))
    return reword(object_clauses_passive(plain))


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[_Idiom, ...], Phrases]:
    """Return idioms with a verb apart, and what stands together."""
    columns = [(row + "\t" * 6).split("\t")[:7] for row in read_rows("paraphrases.de.tsv")]
    phrases = by_first_word(dict(p for row in columns for p in _pairs(row[3], "|")).items())
    return tuple(_idiom(*row) for row in columns if row[2]), phrases


def _idiom(
    end: str, new: str, finite: str, _: str, between: str, excluded: str, required: str
) -> _Idiom:
    verbs = {old.replace("_", " "): now.replace("_", " ") for old, now in _pairs(finite, " ")}
    return _Idiom(end, verbs, new, between.strip(), excluded, required)


def _pairs(text: str, mark: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, text.split(mark)):
        old, _, new = pair.partition(">")
        yield old, new
