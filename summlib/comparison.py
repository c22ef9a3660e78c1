"""A German sentence and its translation, word by word: what is left out, and what is made up.

Sources: lexical tables as features of a translation's quality (Blatz et al.
2004); coverage as a rule of the decoder (Tu et al. 2016).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from summlib.centrality import stopwords
from summlib.copied import is_bare, is_led
from summlib.records import Span
from summlib.text.senses import find_senses
from summlib.text.separable import Separated, find_separated
from summlib.text.stems import english_stem

RELIABLE = 75
"""Per cent of its occurrences in which human translators render a word by what the table
lists, from which its absence tells something."""

PREFIX = 5
"""Letters from which a word that stands in both languages counts as the same."""

_WORD = re.compile(r"[^\W\d_]{3,}")

_LOOSE = frozenset(
    (
        *("erst", "eben", "gerade", "eher", "halt", "wohl", "gut", "lange", "zusammen", "handelt"),
        *("inzwischen", "eigene", "eigenen", "eigener", "eigenes", "eigenem", "uhr", "jahr"),
        *("jahre", "jahren", "verschiedene", "verschiedenen", "verschiedener", "zufolge"),
        *("allerdings", "gegenüber", "and", "the"),
    )
)
"""Words of so many senses that none of the listed ones need be there, or that English often does
without."""


_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent"}


@dataclass(frozen=True, slots=True)
class Adequacy:
    """How far a translation holds what its source holds, and no more.

    Args:
        checked: Words of the source that could be looked for.
        omitted: Where those stand that have no counterpart.
        written: Content words of the translation.
        invented: Where those stand that have no counterpart.
        doubtful: Where verbs and nouns stand whose usual renderings are missing; people
            render them otherwise now and then, too.
        unplaced: The same and the omitted ones where they stand in what the model read alone.
    """

    checked: int = 0
    omitted: tuple[Span, ...] = ()
    written: int = 0
    invented: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()
    unplaced: tuple[str, ...] = ()

    @property
    def omission(self) -> float:
        """Share of the checked words that have no counterpart, 0 to 1."""
        return len(self.omitted) / max(1, self.checked)

    @property
    def invention(self) -> float:
        """Share of the written words that have no counterpart, 0 to 1."""
        return len(self.invented) / max(1, self.written)

    def placed(self, read: str, source: str) -> Adequacy:
        """Return the same with the omitted words where they stand in another sentence.

        Args:
            read: The sentence that was compared.
            source: The one it was made from; omitted words that it lacks have no place.
        """
        if read == source:
            return self

        def found(spans: tuple[Span, ...]) -> tuple[Span, ...]:
            places = zip(spans, (source.find(span.of(read)) for span in spans), strict=True)
            return tuple(Span(at, at + s.end - s.start) for s, at in places if at >= 0)

        absent = [s for s in (*self.omitted, *self.doubtful) if s.of(read) not in source]
        return replace(
            self,
            omitted=found(self.omitted),
            doubtful=found(self.doubtful),
            unplaced=tuple(with_particles(read, absent)) if absent else (),
        )


NOTHING = Adequacy()


def with_particles(sentence: str, spans: Iterable[Span]) -> list[str]:
    """Return the words at some places, verbs with the particles they left behind.

    >>> with_particles("Sie strebten es an.", [Span(4, 12)])
    ['anstrebten']
    """
    joined = {pair.verb: pair.word for pair in find_separated(sentence)}
    return [joined.get(span, span.of(sentence)) for span in spans]


class Table(Protocol):
    """Knows how German words are rendered."""

    def renderings(self, word: str) -> Renderings:
        """Return what renders a word, as far as that is known."""

    def parts(self, word: str) -> tuple[frozenset[str], ...]:
        """Return the same for each part of a compound that only its parts tell of."""

    def is_small(self, word: str) -> bool:
        """Tell whether a word at the head of a sentence has its capital for that alone."""

    def is_common(self, word: str) -> bool:
        """Tell whether a word is a noun that is translated, and no name of one word."""

    def is_verb(self, word: str) -> bool:
        """Tell whether a word is a form of a verb."""


class Renderings(NamedTuple):
    """The English of a German word.

    Args:
        reliability: Per cent of its occurrences in which one of them renders it.
        given: Stems that a dictionary or list gives for it.
        usual: Those and the ones learnt of which one is asked for.
        all: Those and what else stood beside it, which is not made up.
    """

    reliability: int = 0
    given: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()
    all: frozenset[str] = frozenset()


class Sought(NamedTuple):
    """A content word of a German sentence that is looked for in its translations.

    Args:
        match: Where it stands.
        form: The same, a verb with the particle that it left behind.
        prefix: How it begins, in small letters.
        renderings: Stems of the English words that render it.
        parts: The same for each part of a compound; one of each must be there.
        telling: Whether it was left out if none of them is there.
        sense: Stem of the English of a verb whose clause tells its sense, or an empty string.
    """

    match: re.Match[str]
    form: str
    prefix: str
    renderings: frozenset[str]
    parts: tuple[frozenset[str], ...]
    telling: bool
    sense: str = ""

    @property
    def is_noun(self) -> bool:
        """Whether it is a noun that something is known of, as far as its capital tells."""
        return bool(self.renderings and self.match.start() and self.match[0][0].isupper())


class SourceWords:
    """A German sentence, taken apart for the comparison with any number of translations.

    Args:
        sentence: As given.
        table: Knows how its words are rendered.
    """

    def __init__(self, sentence: str, table: Table) -> None:
        self.table, self.lower = table, sentence.lower()
        stops = stopwords("de") | _LOOSE
        pairs = find_separated(sentence)
        particles = {pair.particle.start for pair in pairs}
        words = [
            match
            for match in _WORD.finditer(sentence)
            if match[0].lower() not in stops and match.start() not in particles
        ]
        joined = {pair.verb.start: pair.word for pair in pairs}
        forms = [self._form(match, joined) for match in words]
        known = [table.renderings(form) for form in forms]
        claims = Counter(stem for found in known for stem in found.given)
        plain = _plain_senses(sentence, pairs)
        self.words = [
            Sought(
                match,
                form,
                match[0].lower()[:PREFIX],
                _unclaimed(found, claims),
                tuple(filter(None, table.parts(match[0]))),
                bool(found.usual) and found.reliability >= RELIABLE,
                plain.get(match.start(), ""),
            )
            for match, form, found in zip(words, forms, known, strict=True)
        ]
        loose = (match[0] for match in _WORD.finditer(sentence) if match[0].lower() in stops)
        # "Jahren" need not be rendered, but "years" is not made up where it stands.
        found = [*known, *(table.renderings(word) for word in loose if word[0].isupper())]
        self.rendered: frozenset[str] = frozenset().union(*(word.all for word in found))
        self._invented: dict[str, bool] = {}

    def _form(self, match: re.Match[str], joined: Mapping[int, str]) -> str:
        """Return a word as it is looked up: a verb with its particle and in small letters."""
        form = joined.get(match.start(), match[0])
        lower = form.lower()
        opens = not match.start() and self.table.is_verb(lower)
        return lower if opens and not self.table.is_common(form) else form

    def compare(self, target: str) -> Adequacy:
        """Compare a translation."""
        lower, stops = target.lower(), stopwords("en")
        words = list(_WORD.finditer(target))
        stems = {english_stem(m[0]) for m in words}
        stems.update(word for sign, word in _SIGNS.items() if sign in target)
        copied = {m[0] for m in words}
        checked = 0
        omitted: list[Span] = []
        doubtful: list[Span] = []
        for word in self.words:
            same = word.prefix in lower
            checked += same or word.telling
            absent = any(map(stems.isdisjoint, (word.renderings, *word.parts)))
            foreign = same and self._is_foreign(word)
            left = foreign and word.match[0] in copied
            untranslated = left and word.match[0][0].isupper()
            if not untranslated and (not absent or (same and not foreign)):
                if word.sense and word.sense not in stems:
                    doubtful.append(Span(*word.match.span()))
                continue
            if word.telling or (word.renderings and left):
                omitted.append(Span(*word.match.span()))
            elif word.is_noun or self.table.is_verb(word.form):
                doubtful.append(Span(*word.match.span()))
        written = [m for m in words if m[0].lower() not in stops]
        invented = tuple(Span(*m.span()) for m in written if self._invents(m[0]))
        return Adequacy(checked, tuple(omitted), len(written), invented, tuple(doubtful))

    def _is_foreign(self, word: Sought) -> bool:
        """Tell whether a word is no name and no English word: copied, it is not translated."""
        match = word.match
        if match[0].isupper() or english_stem(match[0]) in word.renderings:
            return False
        small = match.start() == 0 and self.table.is_small(match[0])
        return small or is_led(match) or (is_bare(match) and self.table.is_common(match[0]))

    def _invents(self, word: str) -> bool:
        """Tell whether an English word renders none of the sentence's."""
        if word not in self._invented:
            renders = english_stem(word) in self.rendered or word.lower()[:PREFIX] in self.lower
            self._invented[word] = not renders
        return self._invented[word]


def _unclaimed(found: Renderings, claims: Mapping[str, int]) -> frozenset[str]:
    """Return what may render a word: of what was learnt nothing that is another word's English.

    "Fire" stands beside "ausgelöst" often, but renders "Brand".
    """
    return frozenset(s for s in found.usual if s in found.given or not claims[s]) or found.usual


def _plain_senses(sentence: str, pairs: Iterable[Separated]) -> dict[int, str]:
    """Return where verbs stand whose clause tells their sense, with the stem of its English."""
    found = {sense.start: sense for sense in find_senses(sentence)}
    for pair in pairs:
        found.pop(pair.verb.start, None)  # "stellt" of "stellt ein" is none of "stellen"
        whole = f"{sentence[: pair.verb.start]}{pair.word}{sentence[pair.verb.end :]}"
        found.update((s.start, s) for s in find_senses(whole) if s.start == pair.verb.start)
    return {start: english_stem(s.english.split(" ")[0]) for start, s in found.items()}
