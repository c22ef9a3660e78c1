"""Teach the model to carry stand-ins through (see ``summlib.text.masks``).

Words that stand alike on both sides of a pair, names above all, are masked
on both sides: the rarer a word, the more often. So are some nouns beside the
word that renders them: when translating, a noun that the model left out goes
through it as a stand-in for its English form, and the model must know to put
an article before it. Verbs are masked in the same way, with their endings.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from summlib.adequacy import TranslationTable
from summlib.records import Span
from summlib.text.masks import MOST, is_number, mask
from summlib.text.stems import english_stem
from summlib.text.verbmasks import Frame
from summlib.training.corpus import Pair
from summlib.training.verbmasking import RenderedVerb, rendered_verbs

RARE = 30
"""Occurrences in the corpus up to which a word counts as rare."""

NUMBERS = 0.7
"""Share of shared long numbers that are masked; when translating, all of them are."""

NOUN_LINES = 0.5
"""Share of the lines in which nouns are masked at all, so that as many are left whole."""

VERB_LINES = 0.5
"""The same for verbs."""

WHOLE = frozenset(("constructions", "front"))
"""Lines whose nouns and verbs stay: who does what is told there by gender and number, which a
stand-in hides. A model that saw them masked read "Der ⟨mask⟩1 ⟨mask⟩2te die ⟨mask⟩3" backwards."""

Rendered = tuple[Span, Span]
"""Where a word stands in the source, and the word that renders it in the target."""

_TOKEN = re.compile(r"[^\W_](?:(?:[\w.'@/:+-]|(?<=\d),(?=\d))*\w)?")


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text with their places; addresses are one word."""
    return [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(text)]


def count_forms(sources: Iterable[str]) -> Counter[str]:
    """Count the word forms of the German side."""
    forms: Counter[str] = Counter()
    for source in sources:
        forms.update(word for word, _, _ in tokens(source))
    return forms


class Masker:
    """Mask some of what both sides of a pair share.

    Args:
        forms: How often each German word form occurs in the corpus.
        share: Share of rare shared words to mask, 0 to 1; common ones get a tenth.
        table: Knows which English word renders a noun; without it no nouns are masked.
        nouns: Share of the nouns that are masked, in those lines that are chosen.
        verbs: The same for verbs.
    """

    def __init__(
        self,
        forms: Counter[str],
        share: float,
        *,
        table: TranslationTable | None = None,
        nouns: float = 0.0,
        verbs: float = 0.0,
    ) -> None:
        self.forms, self.share, self.table = forms, share, table
        self.nouns, self.verbs = nouns, verbs

    def __call__(self, pair: Pair, rng: random.Random) -> Pair:
        """Return the pair with stand-ins on both sides, or unchanged."""
        found = [(a, b) for a, b in _shared(pair) if self._chosen(a.of(pair.source), rng)]
        whole = pair.name in WHOLE
        verbs = [] if whole else self._chosen_verbs(pair, rng)
        written = {v.source: v.english for v in verbs}
        nouns = [] if whole else self._chosen_nouns(pair, rng)
        found += [*nouns, *((v.source, v.target) for v in verbs)]
        found = _without_overlap(found)[:MOST]
        if not found:
            return pair
        source = mask(pair.source, [a for a, _ in found], {v.source: v.german for v in verbs}).text
        # Numbers follow the source; on the other side they stand where the word stands.
        order = sorted(range(len(found)), key=lambda i: found[i][1].start)
        parts, done = [], 0
        for i in order:
            place, span = found[i]
            ending = written.get(place, Frame()).after
            parts += [pair.target[done : span.start], f"⟨mask⟩{i + 1}{ending}"]
            done = span.end
        return replace(pair, source=source, target="".join(parts) + pair.target[done:])

    def _chosen_nouns(self, pair: Pair, rng: random.Random) -> list[Rendered]:
        """Return some nouns with the words that render them."""
        if self.table is None or rng.random() >= NOUN_LINES:
            return []
        return [match for match in rendered_nouns(pair, self.table) if rng.random() < self.nouns]

    def _chosen_verbs(self, pair: Pair, rng: random.Random) -> list[RenderedVerb]:
        """Return some verbs with the verbs that render them."""
        if self.table is None or not self.verbs or rng.random() >= VERB_LINES:
            return []
        return [verb for verb in rendered_verbs(pair, self.table) if rng.random() < self.verbs]

    def _chosen(self, words: str, rng: random.Random) -> bool:
        if is_number(words):
            return rng.random() < NUMBERS
        rarest = min(self.forms[word] for word, _, _ in tokens(words))
        return rng.random() < (self.share if rarest <= RARE else self.share / 10)


def rendered_nouns(pair: Pair, table: TranslationTable) -> list[Rendered]:
    """Return the nouns that one word of the other side renders beyond doubt.

    The first word of a line is none: its capital says nothing.
    """
    theirs = [(english_stem(word), Span(begin, end)) for word, begin, end in tokens(pair.target)]
    once = Counter(stem for stem, _ in theirs)
    places = {stem: span for stem, span in theirs if once[stem] == 1}
    ours = tokens(pair.source)
    counts = Counter(word for word, _, _ in ours)
    found = []
    for word, start, end in ours[1:]:
        if counts[word] != 1 or not word[0].isupper() or not word.isalpha():
            continue
        stems = table.renderings(word).all & places.keys()
        if len(stems) == 1:
            (stem,) = stems
            found.append((Span(start, end), places[stem]))
    return found


def _without_overlap(found: list[tuple[Span, Span]]) -> list[tuple[Span, Span]]:
    """Return the pairs in order of the source; of those that overlap the first given one."""
    kept: list[tuple[Span, Span]] = []
    for pair in found:
        if all(_apart(a, b) for other in kept for a, b in zip(pair, other, strict=True)):
            kept.append(pair)
    return sorted(kept, key=lambda pair: pair[0].start)


def _apart(one: Span, other: Span) -> bool:
    return one.end <= other.start or other.end <= one.start


def _shared(pair: Pair) -> list[tuple[Span, Span]]:
    """Return runs of equal words that occur once on each side, names and the like."""
    theirs = tokens(pair.target)
    places = {word: i for i, (word, _, _) in enumerate(theirs)}
    once = Counter(word for word, _, _ in theirs)
    ours = tokens(pair.source)
    counts = Counter(word for word, _, _ in ours)
    found: list[tuple[Span, Span]] = []
    last = -2
    for i, (word, start, end) in enumerate(ours):
        if counts[word] != 1 or once[word] != 1 or not _is_name(word):
            continue
        place = places[word]
        _, begin, stop = theirs[place]
        joins = (
            not is_number(word) and not is_number(found[-1][0].of(pair.source)) if found else False
        )
        if joins and last == i - 1 and _adjoins(pair, found[-1], start, begin):
            a, b = found[-1]
            found[-1] = (Span(a.start, end), Span(b.start, stop))
        else:
            found.append((Span(start, end), Span(begin, stop)))
        last = i
    return found


def _is_name(word: str) -> bool:
    if is_number(word):
        return True
    capital = word[0].isupper() and len(word) >= 3
    return capital or (len(word) >= 6 and not word.isalpha() and not word.isdigit())


def _adjoins(pair: Pair, before: tuple[Span, Span], start: int, begin: int) -> bool:
    a, b = before
    return pair.source[a.end : start] == " " == pair.target[b.end : begin]
