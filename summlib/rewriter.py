"""Say what selected sentences say in fewer words, or leave them as they are.

A proposer makes candidates for a passage: one selected sentence or several
that belong together. The rules of ``summlib.text.compression`` are one
proposer, a trained model can be another. The rewriter throws out every
candidate that says something its passage does not, and puts the sentence
itself behind the rest, so that something true is always left:
rewritten → compressed → copied.

Source of the idea: candidates checked against the source and chosen among,
as in Narayan et al. (2021) and in noisy-channel reranking.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from summlib.centrality import stem, stopwords
from summlib.checks import check_pair
from summlib.coherence import leaning
from summlib.faults import repeats
from summlib.records import How
from summlib.salience import finished
from summlib.text.compression import compress

_WORD = re.compile(r"[^\W\d_]+")
_PART = 5  # letters from which a word counts as part of a compound
_BREVITY = 0.5  # what leaving out a whole passage would add to a score, in log-probability
_RANK: dict[How, int] = {"rewritten": 2, "compressed": 1, "copied": 0}


@dataclass(frozen=True, slots=True)
class Passage:
    """What one sentence of a summary is to be made from.

    Args:
        sentences: The selected sentences, each on one line, in reading order.
        lang: ``de`` or ``en``.
        title: The document's headline, empty for none.
        spared: Abbreviations that other sentences rely on being spelled out here.
    """

    sentences: tuple[str, ...]
    lang: str
    title: str = ""
    spared: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The sentences, joined by spaces."""
        return " ".join(self.sentences)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to say a passage.

    Args:
        text: One sentence, or the passage itself.
        how: How it was made.
        score: Mean log-probability per piece where a model made it, 0 for a rule.
    """

    text: str
    how: How
    score: float = 0.0


class Proposer(Protocol):
    """Makes candidates; a trained rewriter has this form."""

    def propose(self, passages: Sequence[Passage]) -> list[list[Candidate]]:
        """Return candidates for each passage, as many lists as passages, in order."""


class RuleProposer:
    """Proposes the passage shortened by rule."""

    def propose(self, passages: Sequence[Passage]) -> list[list[Candidate]]:
        """Return at most one candidate for each passage.

        >>> RuleProposer().propose([Passage(("Zudem hat der Rat getagt.",), "de")])[0][0].text
        'Der Rat hat getagt.'
        """
        return [self._shortened(passage) for passage in passages]

    def _shortened(self, passage: Passage) -> list[Candidate]:
        shorter = [compress(s, passage.lang, spared=passage.spared) for s in passage.sentences]
        if not any(s.rules for s in shorter):
            return []
        return [Candidate(" ".join(s.text for s in shorter), "compressed")]


class Rewriter:
    """Offers what can be said for a passage, the best first, all of it supported.

    Args:
        proposers: What makes candidates; the rules alone by default.

    >>> passage = Passage(("Auch die Stadt Ulm (Bayern) baut.",), "de")
    >>> [c.how for c in Rewriter()([passage])[0]]
    ['compressed', 'copied']
    """

    def __init__(self, *, proposers: Sequence[Proposer] | None = None) -> None:
        self.proposers: tuple[Proposer, ...] = (
            (RuleProposer(),) if proposers is None else tuple(proposers)
        )

    def __call__(self, passages: Sequence[Passage]) -> list[list[Candidate]]:
        """Return the supported candidates of each passage; the last is the passage itself.

        Args:
            passages: Any number; each is proposed for in one call per proposer.
        """
        offered: list[list[Candidate]] = [[] for _ in passages]
        for proposer in self.proposers:
            for own, made in zip(offered, proposer.propose(passages), strict=True):
                own.extend(made)
        return [_judged(p, made) for p, made in zip(passages, offered, strict=True)]


def _judged(passage: Passage, made: Sequence[Candidate]) -> list[Candidate]:
    supported = [
        c for c in made if c.text != passage.text and not find_unsupported(c.text, passage)
    ]
    supported.sort(key=lambda c: (_RANK[c.how], value(c, passage)), reverse=True)
    return [*supported, Candidate(passage.text, "copied")]


def value(candidate: Candidate, passage: Passage) -> float:
    """Return what a candidate is worth among those made in the same way.

    The model's score, and something for every word left out.

    >>> passage = Passage(("Der alte Zug hält in Ulm.",), "de")
    >>> short, long = Candidate("Der Zug hält.", "rewritten"), Candidate(passage.text, "rewritten")
    >>> value(short, passage) > value(long, passage)
    True
    """
    share = len(candidate.text.split()) / max(1, len(passage.text.split()))
    return candidate.score + _BREVITY * (1 - share)


def find_unsupported(text: str, passage: Passage) -> list[str]:
    """Return what speaks against a candidate; empty when its passage supports it.

    Checked are numbers, dates, names and negations (``summlib.checks``), every
    content word (it, its stem or a compound around it must stand in the
    passage), a pronoun at the start that the passage does not start with, an
    end, and repetition.

    Args:
        text: The candidate.
        passage: What it was made from.

    >>> find_unsupported("Der Bus hält.", Passage(("Der Zug hält.",), "de"))
    ['word: "Bus"']
    """
    source = passage.text
    if text == source:
        return []
    found = [
        str(f)
        for f in check_pair(
            source, text, source_lang=passage.lang, target_lang=passage.lang, direction="target"
        )
    ]
    found += _lost_negation(text, passage)
    found += [f'word: "{word}"' for word in unsupported_words(text, source, passage.lang)]
    leans = leaning(text, passage.lang) == "anaphora"
    if leans and leaning(source, passage.lang) != "anaphora":
        found.append("coherence: it leans on a sentence that does not stand before it")
    if not finished(text) and finished(source):
        found.append("form: it has no end")
    if repeats(text) and not repeats(source):
        found.append("form: it repeats itself")
    return found


def _lost_negation(text: str, passage: Passage) -> list[str]:
    """Return a finding where one sentence denies something and its candidate no longer does."""
    if len(passage.sentences) > 1:
        return []
    lang = passage.lang
    found = check_pair(passage.text, text, source_lang=lang, target_lang=lang)
    return [str(f) for f in found if f.kind == "negation"]


def unsupported_words(text: str, source: str, lang: str) -> list[str]:
    """Return the content words of a text that its source does not hold in any form.

    >>> unsupported_words("Die Brücken öffnen", "Die Hafenbrücke wird gesperrt.", "de")
    ['öffnen']
    """
    known = {stem(word, lang) for word in _WORD.findall(source)}
    joined = " ".join(known)
    stop = stopwords(lang)
    missing = []
    for word in _WORD.findall(text):
        own = stem(word, lang)
        if word.lower() in stop or own in known or len(word) < 2:
            continue
        inside = len(own) >= _PART and own in joined
        around = any(own.startswith(k) and len(k) >= min(_PART, len(own) - 2) > 3 for k in known)
        if not inside and not around:
            missing.append(word)
    return missing
