"""Figures of many documents side by side: where they agree and where they differ.

Two equal figures belong together when their sentences share a telling word.
Two different ones contradict each other only when everything else is the
same: the sort of figure, the unit, what is counted, most of the words around
it on both sides, no other name, no other date, and when neither document
gives the other's figure as well. A false contradiction is worse than a missed
one, so whatever is in doubt is left apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summlib.digest.concepts import Concepts, candidates, coverage
from summlib.digest.figures import Figure, agree, same_sort
from summlib.digest.negation import negates
from summlib.digest.reading import Said

_SAME_CONTEXT = 0.6  # share of the words around a figure that the other sentence must have
_SHARED = 2  # concepts that both must have beside what is counted
_RATIO = 5  # figures further apart than this are hardly about one thing
_LEAST = 0.12  # weight of a concept that can show what a figure is about
_SHOWN = 6  # figures of one value that are compared with those of another


@dataclass(slots=True)
class Row:
    """One thing with the figures that documents give for it.

    Args:
        values: For each value the figures that state it, the first the commonest.
        disputed: Of the commonest value the figure that another contradicts.
    """

    values: list[list[Figure]]
    disputed: Figure | None = None

    @property
    def figures(self) -> Iterator[Figure]:
        """All figures."""
        return (figure for value in self.values for figure in value)

    @property
    def differs(self) -> bool:
        """Whether documents give different values."""
        return len(self.values) > 1


def tabulate(sentences: Sequence[Said]) -> list[Row]:
    """Return the figures of all documents, those about one thing together.

    Args:
        sentences: Of all documents.
    """
    figures = [f for said in sentences for f in said.figures if f.near.items or f.noun]
    comparer = _Comparer(sentences, figures)
    near = candidates([_keys(f) for f in figures])
    groups = _Groups(len(figures))
    for number, others in enumerate(near):
        for other in others:
            if comparer.same(figures[number], figures[other]):
                groups.join(number, other)
    values: dict[int, list[Figure]] = {}
    for number, figure in enumerate(figures):
        values.setdefault(groups.find(number), []).append(figure)
    return _rows(list(values.values()), figures, near, groups, comparer)


def _keys(figure: Figure) -> list[tuple[str, float]]:
    """Return what a figure is looked up by: its value, what it counts, the words around it."""
    keys = {key: c.weight for c in figure.near.items for key in c.keys}
    if figure.noun:
        keys |= dict.fromkeys(figure.noun.keys, 0.5)
    sort = f"{figure.kind}{figure.unit}"
    values = ",".join(str(v.normalize()) for v in figure.value[-2:])
    return [(f"{sort}:{key}", w) for key, w in keys.items()] + [(f"{sort}={values}", 1.0)]


def _rows(
    values: list[list[Figure]],
    figures: Sequence[Figure],
    near: Sequence[Sequence[int]],
    groups: _Groups,
    comparer: _Comparer,
) -> list[Row]:
    """Put the values that contradict each other into one row."""
    place = {id(f): n for n, value in enumerate(values) for f in value}
    rivals: dict[int, dict[int, Figure]] = {}
    for number, others in enumerate(near):
        for other in others:
            left, right = place[id(figures[number])], place[id(figures[other])]
            if left == right or right in rivals.get(left, ()):
                continue
            if comparer.contradict(figures[number], figures[other]):
                rivals.setdefault(left, {})[right] = figures[number]
                rivals.setdefault(right, {})[left] = figures[other]
    rows, taken = [], set[int]()
    for number in sorted(range(len(values)), key=lambda n: (-len(values[n]), n)):
        if number in taken:
            continue
        # Each rival must contradict the commonest value itself, not another rival of it.
        free = [n for n in rivals.get(number, {}) if n not in taken]
        others = sorted(free, key=lambda n: (-len(values[n]), n))
        taken.update((number, *others))
        disputed = rivals[number][others[0]] if others else None
        rows.append(Row([values[number], *(values[n] for n in others)], disputed))
    return rows


class _Groups:
    """Numbers joined into groups."""

    def __init__(self, size: int) -> None:
        self._leader = list(range(size))

    def find(self, number: int) -> int:
        """Return the number that stands for the group."""
        while self._leader[number] != number:
            self._leader[number] = self._leader[self._leader[number]]
            number = self._leader[number]
        return number

    def join(self, left: int, right: int) -> None:
        """Make two groups one."""
        low, high = sorted((self.find(left), self.find(right)))
        self._leader[high] = low


class _Comparer:
    """Compares figures in their sentences.

    Args:
        sentences: Of all documents.
        figures: All figures.
    """

    def __init__(self, sentences: Sequence[Said], figures: Sequence[Figure]) -> None:
        self._sentences = sentences
        self._of: dict[int, list[Figure]] = {}
        self._words: dict[int, set[str]] = {}
        for figure in figures:
            self._of.setdefault(self._said(figure).document, []).append(figure)
        for said in sentences:
            self._words.setdefault(said.document, set()).update(said.concepts.keys)

    def _said(self, figure: Figure) -> Said:
        return self._sentences[figure.sentence]

    def same(self, left: Figure, right: Figure) -> bool:
        """Return whether two figures state the same of the same."""
        if left.former != right.former or not self._same_sort(left, right):
            return False
        if not agree(left, right) or left.denied != right.denied:
            return False
        if left.dated and left.kind != "date":
            return self._shared(left, right) >= _SHARED
        return self._shared(left, right) >= 1

    def _same_sort(self, left: Figure, right: Figure) -> bool:
        langs = (self._said(left).lang, self._said(right).lang)
        return same_sort(left, right, langs=langs)

    def _shared(self, left: Figure, right: Figure) -> int:
        """Count the telling concepts around one figure that the other's surroundings have."""
        wide = self._around(right)
        narrow = [c for c in left.near.items if c.weight >= _LEAST and wide.match(c) >= 0.5]
        wide_left = self._around(left)
        other = [c for c in right.near.items if c.weight >= _LEAST and wide_left.match(c) >= 0.5]
        return max(len(narrow), len(other))

    def _around(self, figure: Figure) -> Concepts:
        """Return the concepts of a figure's sentence and of the one before."""
        said = self._said(figure)
        before = figure.sentence - 1
        if before >= 0 and self._sentences[before].document == said.document:
            return said.concepts.joined(self._sentences[before].concepts)
        return said.concepts

    def contradict(self, left: Figure, right: Figure) -> bool:
        """Return whether two figures cannot both be true."""
        ours, theirs = self._said(left), self._said(right)
        if ours.document == theirs.document or left.former or right.former:
            return False
        if left.kind in ("year", "time") or (left.marks, left.again) != (right.marks, right.again):
            return False
        if not self._same_sort(left, right) or agree(left, right) or _far_apart(left, right):
            return False
        if negates(ours.line, ours.lang) != negates(theirs.line, theirs.lang):
            return left.dated and self._same_context(left, right) and self._knows(left, right)
        return (
            self._same_context(left, right)
            and not self._other_names(ours, theirs)
            and not self._other_times(left, right)
            and not self._gives_both(left, right)
            and self._lone(left)
            and self._lone(right)
        )

    def _same_context(self, left: Figure, right: Figure) -> bool:
        ours, theirs = self._said(left).concepts, self._said(right).concepts
        near = self._own_words(left)
        if min(coverage(near, theirs), coverage(self._own_words(right), ours)) < _SAME_CONTEXT:
            return False
        shared = [c for c in near.items if theirs.match(c) >= 0.7]
        return len(shared) >= _SHARED and any(c.noun for c in shared)

    def _own_words(self, figure: Figure) -> Concepts:
        """Return the concepts around a figure without who gives it."""
        speaker = self._said(figure).speaker
        if speaker is None or speaker.how != "source":
            return figure.near
        start, end = speaker.start, speaker.end
        return Concepts(tuple(c for c in figure.near.items if not start <= c.start < end))

    def _other_names(self, ours: Said, theirs: Said) -> bool:
        """Tell whether the sentences name different things.

        So it is when each has a name that the other lacks, or one has a name
        that the other's document never mentions.
        """
        left = [c for c in ours.concepts.items if c.name and not theirs.concepts.match(c)]
        right = [c for c in theirs.concepts.items if c.name and not ours.concepts.match(c)]
        if left and right:
            return True
        strange = [c for c in left if self._words[theirs.document].isdisjoint(c.keys)]
        return bool(strange) or any(self._words[ours.document].isdisjoint(c.keys) for c in right)

    def _other_times(self, left: Figure, right: Figure) -> bool:
        """Tell whether the sentences are dated differently, so that both may be true."""
        ours, theirs = ([f for f in self._said(x).figures if not f.former] for x in (left, right))
        if left.dated:  # two dates with other numbers each are two occasions
            pairs = [(a, b) for a in ours for b in theirs if not a.dated and self._same_sort(a, b)]
        else:
            pairs = [(a, b) for a in ours for b in theirs if a.dated and a.kind == b.kind]
        years = [any(f.kind == "year" for f in figures) for figures in (ours, theirs)]
        return years[0] != years[1] or any(not agree(a, b) for a, b in pairs)

    def _gives_both(self, left: Figure, right: Figure) -> bool:
        """Tell whether a document that gives one figure gives the other one as well."""
        return any(
            self._same_sort(other, figure) and agree(other, figure) and not other.former
            for figure, rival in ((left, right), (right, left))
            for other in self._of[self._said(rival).document]
        )

    def _knows(self, left: Figure, right: Figure) -> bool:
        """Tell whether one document takes back the other's date: it has been moved."""
        return any(
            other.former and self._same_sort(other, figure) and agree(other, figure)
            for figure, rival in ((left, right), (right, left))
            for other in self._said(rival).figures
        )

    def _lone(self, figure: Figure) -> bool:
        """Tell whether a figure is the only one of its sort in its sentence."""
        return not any(
            other is not figure
            and not other.former
            and (other.kind, other.unit) == (figure.kind, figure.unit)
            and (figure.noun is None or self._same_sort(other, figure))
            for other in self._said(figure).figures
        )


def _far_apart(left: Figure, right: Figure) -> bool:
    """Tell whether two numbers are too different to be about one thing."""
    if left.dated or left.kind == "votes":
        return False
    low, high = sorted((left.value[0], right.value[0]))
    return low <= 0 or high / low > _RATIO
