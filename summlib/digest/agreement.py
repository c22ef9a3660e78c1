"""Which sentences say what others say as well, and which documents bear them out.

A sentence bears another out when it tells most of what that tells, states
every figure of it, denies neither more nor less, and speaks of no one else.
The relation has a direction: a long sentence bears out a short one whose
content it holds, not the other way round. Only sentences that share telling
words are compared, so that the time grows with their number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summlib.digest.concepts import Concepts, candidates, coverage, matched
from summlib.digest.figures import Figure, agree, same_sort
from summlib.digest.negation import negates
from summlib.digest.phrases import pattern
from summlib.digest.reading import Said
from summlib.digest.speakers import AUTHOR

BORNE_OUT = 0.66
"""Share of a sentence's content that another must tell. Chosen by reading the pairs of twenty
documents: at 0.6 a fifth of the pairs said less than was claimed, at 0.75 a half was lost."""

BORNE_OUT_ABROAD = 0.55
"""The same across languages, where a word and its rendering do not always meet."""

REPEATED = 0.55
"""Share of a sentence's content from which a briefing has said it already."""

_EVENT = 0.5  # share of the verbs and adjectives that must be found again
_AROUND_FIGURE = 0.6  # share of the words, where a figure that hardly two things have agrees
_AROUND_FIGURE_ABROAD = 0.5  # the same across languages
_FEWEST = 3  # concepts without which a sentence says too little to be borne out: "Yes."
_PART_OF_PAIR = 0.3  # share from which a sentence may bear out another together with the next
_ANY = 0.1  # share of the words without which nothing else is looked at


Sentences = tuple[Said, ...]


@dataclass(slots=True)
class Support:
    """What is known of one sentence's backing.

    Args:
        by: For each document that bears it out, the sentence or the two that do so best.
        alike: Sentences that tell something of it, with the share of it they tell.
    """

    by: dict[int, Sentences] = field(default_factory=dict)
    alike: dict[int, float] = field(default_factory=dict)


def find_support(sentences: Sequence[Said]) -> list[Support]:
    """Return for each sentence what bears it out, itself included.

    Args:
        sentences: Of all documents.
    """
    found = [Support({said.document: (said,)}) for said in sentences]
    known = _Names(sentences)
    keys = [_keys(said) for said in sentences]
    for number, others in enumerate(candidates(keys)):
        for other in others:
            _compare(sentences[number], other, found, sentences, known)
            _compare(sentences[other], number, found, sentences, known)
    return found


def _keys(said: Said) -> list[tuple[str, float]]:
    keys = [(key, c.weight) for c in said.concepts.items for key in (*c.keys, *c.itself)]
    keys += [(key, c.weight) for c in said.concepts.items for key in c.english]
    keys += [(f"n:{f.kind}{f.value[0].normalize()}", f.telling) for f in said.figures]
    return list(dict(keys).items())


def _compare(
    said: Said,
    other: int,
    found: list[Support],
    sentences: Sequence[Said],
    known: _Names,
) -> None:
    support, source = found[said.number], sentences[other]
    support.alike[other] = coverage(said.concepts, source.concepts)
    if said.document == source.document or support.alike[other] < _ANY:
        return
    if len(said.concepts.items) < _FEWEST:
        return
    # Across languages two sentences hold renderings enough for chance agreement.
    share_of_pair = support.alike[other] if said.lang == source.lang else 0.0
    for sources in _windows(other, source, sentences, share_of_pair):
        share = told(said, sources)
        best = support.by.get(source.document)
        if best is not None and told(said, best) >= share:
            continue
        least = BORNE_OUT if said.lang == source.lang else BORNE_OUT_ABROAD
        if share >= least and bears_out(said, sources) and known.named(said, sources):
            support.by[source.document] = sources
            return


def _windows(
    other: int, source: Said, sentences: Sequence[Said], share: float
) -> Iterator[Sentences]:
    """Yield a sentence, and where it tells a good part, each pair with a neighbour."""
    yield (source,)
    if share < _PART_OF_PAIR:
        return
    yield from ((*before, source) for before in [_beside(other - 1, source, sentences)] if before)
    yield from ((source, *behind) for behind in [_beside(other + 1, source, sentences)] if behind)


def _beside(number: int, said: Said, sentences: Sequence[Said]) -> Sentences:
    """Return the sentence of that number where it stands in the same document."""
    inside = 0 <= number < len(sentences) and sentences[number].document == said.document
    return (sentences[number],) if inside else ()


def told(said: Said, sources: Sentences) -> float:
    """Return the share of a sentence's content, figures included, that others tell, 0 to 1."""
    concepts = _joined(sources)
    total = said.concepts.weight + sum(f.telling for f in said.figures)
    if not total:
        return 0.0
    figures = sum(f.telling for f in said.figures if _stated(f, said, sources))
    return (matched(said.concepts, concepts) + figures) / total


def _joined(sources: Sentences) -> Concepts:
    """Return the concepts of one sentence or two."""
    concepts = sources[0].concepts
    for source in sources[1:]:
        concepts = concepts.joined(source.concepts)
    return concepts


def _stated(figure: Figure, said: Said, sources: Sentences) -> bool:
    return any(
        same_sort(figure, other, langs=(said.lang, source.lang))
        and agree(figure, other)
        and figure.former == other.former
        for source in sources
        for other in source.figures
    )


def bears_out(said: Said, sources: Sentences) -> bool:
    """Return whether others contradict nothing that a sentence says and lack no figure of it.

    Args:
        said: The sentence to bear out.
        sources: One or two sentences of another document.
    """
    if _manner(said) != tuple(map(any, zip(*map(_manner, sources), strict=True))):
        return False
    if any(_speak_apart(said, source) for source in sources):
        return False
    if not said.numbers <= frozenset().union(*(s.numbers for s in sources)):
        return False
    if not all(_stated(figure, said, sources) for figure in said.figures):
        return False
    concepts = _joined(sources)
    if any(f.distinctive for f in said.figures):
        least = _AROUND_FIGURE if said.lang == sources[0].lang else _AROUND_FIGURE_ABROAD
        return coverage(said.concepts, concepts) >= least
    return _same_event(said, concepts, abroad=said.lang != sources[0].lang)


def _manner(said: Said) -> tuple[bool, bool]:
    """Return whether a sentence denies, and whether it says what would or should be."""
    supposed = pattern("attribution", "supposed", said.lang).search(said.line)
    return negates(said.line, said.lang), bool(supposed)


def _speak_apart(said: Said, source: Said) -> bool:
    """Tell whether one of two sentences is the speech of somebody that the other is not."""
    theirs = _voice(source)
    return theirs != AUTHOR and _voice(said) != theirs


def _voice(said: Said) -> str:
    return said.speaker.key if said.speaker and said.speaker.how == "says" else ""


def _same_event(said: Said, concepts: Concepts, *, abroad: bool) -> bool:
    """Tell whether what happens, and not only who and what is named, is the same.

    Verbs and adjectives say what happens; where a sentence has none of
    weight, its nouns do.
    """
    events = Concepts(tuple(c for c in said.concepts.items if not c.noun and not c.name))
    if said.lang == "en" or abroad or not events.items:
        events = Concepts(tuple(c for c in said.concepts.items if not c.name))
    return coverage(events, concepts) >= _EVENT


class _Names:
    """The names of each document: a name may stand in another sentence than the statement."""

    def __init__(self, sentences: Sequence[Said]) -> None:
        self._keys: dict[int, set[str]] = {}
        for said in sentences:
            words = self._keys.setdefault(said.document, set())
            # Words that are no names too: a name in one language may look like a compound of
            # common words in the other ("Gerbergraben").
            words.update(key for c in said.concepts.items for key in c.keys)
        names = {key for said in sentences for c in said.concepts.items if c.name for key in c.keys}
        counts = Counter(key for words in self._keys.values() for key in words & names)
        self._everywhere = {k for k, n in counts.items() if n * 2 >= len(self._keys) and n > 1}

    def named(self, said: Said, sources: Sentences) -> bool:
        """Return whether the document of the sources has every name of a sentence."""
        names = self._keys[sources[0].document] | self._everywhere
        return all(not names.isdisjoint(c.keys) for c in said.concepts.items if c.name)


class Memory:
    """What a briefing has said already.

    Args:
        sentences: Of all documents.
        support: What they share.
    """

    def __init__(self, sentences: Sequence[Said], support: Sequence[Support]) -> None:
        self._sentences, self._support = sentences, support
        self._taken: set[int] = set()

    def take(self, numbers: Iterable[int]) -> None:
        """Note that these sentences have been said."""
        self._taken.update(numbers)

    def share(self, number: int) -> float:
        """Return the share of a sentence's content that has been said, 0 to 1."""
        if number in self._taken:
            return 1.0
        near = [n for n in self._support[number].alike if n in self._taken]
        if not near:
            return 0.0
        return told(self._sentences[number], tuple(self._sentences[n] for n in near))

    def repeats(self, number: int) -> bool:
        """Return whether most of a sentence has been said."""
        return self.share(number) >= REPEATED
