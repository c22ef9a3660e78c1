"""What somebody does, drawn at random, in the orders in which German can put it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from summlib.training.clauses import Clause, Frame, denied, frames
from summlib.training.nominals import DATA, Phrase, draw_phrase, nouns

Sides = tuple[str, str]

AGENTS = ("person", "group")
NEGATED = 0.2
PLAIN = ("present", "past", "told", "told", "past", "perfect", "pluperfect", "future")
MODAL = ("can", "must", "shall", "wants", "may", "could", "had to", "wanted", "might", "should")
PASSIVE_MODAL = ("can", "must", "shall", "may", "could", "had to", "should", "likely", "ought")
PAST = ("past", "told", "pluperfect", "had to", "could", "wanted", "perfect")
FUTURE = ("future", "can", "must", "shall", "wants", "may", "should", "likely", "would")


@lru_cache(maxsize=4)
def adverbials(time: str) -> Sequence[Sides]:
    """Return the listed adverbials of a time (past or future), German and English."""
    rows = (DATA / "adverbials.de-en.tsv").read_text(encoding="utf-8").splitlines()
    split = [row.split("\t") for row in rows if not row.startswith("#")]
    return [(german, english) for german, english, when in split if when in (time, "any")]


def draw_adverb(rng: random.Random, tense: str, share: float = 0.5) -> Sides:
    """Return an adverbial that goes with a tense, or in the other cases two empty strings."""
    if rng.random() >= share or tense == "perfect":  # "has bought it on Tuesday" is no English
        return "", ""
    if rng.random() < 0.2:
        place = Phrase(rng.choice(nouns("place")))
        german = f"in {place.german('dat')}".replace("in dem ", "im ")
        return german, f"in {place.subject}"
    past = tense in PAST or tense in ("had", "would have", "if had")
    return rng.choice(adverbials("past" if past else "future"))


def draw_action(
    rng: random.Random, tense: str, *, definite: float = 0.75, adverb: float = 0.5
) -> Clause:
    """Return somebody doing something to something."""
    frame = rng.choice(frames("acc"))
    thing = draw_phrase(frame.kinds, rng, definite=definite)
    when = draw_adverb(rng, tense, adverb)
    return Clause(draw_phrase(AGENTS, rng), frame.verb, tense, (("acc", thing),), adverb=when)


def draw_event(rng: random.Random, tense: str, adverb: float = 0.7) -> Clause:
    """Return something happening that has no object."""
    frame = rng.choice(frames("intr"))
    subject = draw_phrase(frame.kinds, rng)
    return Clause(subject, frame.verb, tense, adverb=draw_adverb(rng, tense, adverb))


def negate(clause: Clause, rng: random.Random, share: float = NEGATED) -> Clause:
    """Return the clause, in a share of the cases (0 to 1) negated."""
    return denied(clause) if rng.random() < share else clause


def draw_tense(rng: random.Random) -> str:
    """Return a tense, or a modal verb."""
    return rng.choice(PLAIN if rng.random() < 0.7 else MODAL)


def draw_passive_tense(rng: random.Random) -> str:
    """Return a tense or a modal verb that a passive can have."""
    return rng.choice(PLAIN if rng.random() < 0.7 else PASSIVE_MODAL)


def doer(clause: Clause) -> Phrase:
    """Return the subject of a drawn clause, which is a noun."""
    return cast(Phrase, clause.subject)


def thing_of(clause: Clause) -> Phrase:
    """Return the first object of a drawn clause, which is a noun."""
    return cast(Phrase, clause.objects[0][1])


def ordered(clause: Clause, rng: random.Random) -> Sides:
    """Return the clause with its adverbial or its object first, where that can be told."""
    firsts = ["", clause.adverb[0]]
    for case, thing in clause.objects:
        if isinstance(thing, Phrase) and (case == "dat" or tells(clause, thing)):
            firsts += [thing.german(case)] * 3
    return clause.main(rng.choice(firsts)), clause.english()


def tells(clause: Clause, thing: Phrase) -> bool:
    """Tell whether the reader sees which of two is the object."""
    subject = doer(clause)
    return thing.marks("acc") or subject.marks("nom") or thing.plural != subject.plural


@lru_cache(maxsize=16)
def fitting(kind: str, takes: str = "acc") -> Sequence[Frame]:
    """Return the verbs whose object may be of a kind."""
    return [frame for frame in frames(takes) if kind in frame.kinds]
