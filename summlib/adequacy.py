"""What of a German sentence its translation leaves out, and what it makes up.

A small model now and then drops a word it does not know, or writes another in
its place, in fluent English. A table learnt from the training text tells by
which English words each German word was rendered there: a word none of whose
renderings stands in the translation was probably left out, and an English word
that renders none of the German ones was probably made up.

Sources: lexical tables as features of a translation's quality (Blatz et al.
2004); coverage as a rule of the decoder (Tu et al. 2016).
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from summlib.centrality import stopwords
from summlib.copied import is_bare, is_led
from summlib.errors import ModelDamaged
from summlib.records import Span
from summlib.text.lexicon import Entry, Lexicon
from summlib.text.packed import read_rows
from summlib.text.plurals import pluralize
from summlib.text.rows import Rows, split_sections
from summlib.text.senses import find_senses, senses
from summlib.text.separable import Separated, find_separated
from summlib.text.stems import english_stem, german_stem
from summlib.text.verbmasks import german_frame
from summlib.text.verbs import listed_verb, verb_gloss

FILE = "translations.rows"
"""In a model's folder: what the words of its training text were rendered by."""

RELIABLE = 75
"""Per cent of its occurrences in which human translators render a word by what the table
lists, from which its absence tells something."""

PREFIX = 5
"""Letters from which a word that stands in both languages counts as the same."""

PARTS, SHORTEST_PART = 2, 4
"""Parts, and letters of the shorter one, up to and from which a compound is read by them."""

NONE = "-"
"""What the table has for a form that no one word renders in most sentences."""

MOST_SEEN = 512
"""Sentences remembered: the hypotheses of one come soon after each other."""

MOST_WORDS = 1 << 15
"""Words remembered by a table; all of them stand in a few thousand documents."""

_READING = threading.Lock()

_WORD = re.compile(r"[^\W\d_]{3,}")

_SUMS = frozenset(("million", "billion", "percent", "euro", "dollar", "franc", "kronor", "chf"))
"""What stands beside many verbs and renders none."""

_LOOSE = frozenset(
    (
        *("erst", "eben", "gerade", "eher", "halt", "wohl", "gut", "lange", "zusammen", "handelt"),
        *("inzwischen", "eigene", "eigenen", "eigener", "eigenes", "eigenem", "uhr", "jahr"),
        *("jahre", "jahren", "verschiedene", "verschiedenen", "verschiedener"),
    )
)
"""Words of so many senses that none of the listed ones need be there, or that English often does
without."""

_NAME = re.compile(
    r"(?:burg|dorf|heim|hausen|hofen|kirchen|leben|rode|stedt|büttel|brück|scheid|münde|walde|berg"
    r"|furt|mann)$"
)
"""Ends of places and surnames: what ends so and is in no dictionary is no compound."""


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
    """

    checked: int = 0
    omitted: tuple[Span, ...] = ()
    written: int = 0
    invented: tuple[Span, ...] = ()
    doubtful: tuple[Span, ...] = ()

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
            source: The one it was made from; omitted words that it lacks are left out.
        """
        if read == source:
            return self

        def found(spans: tuple[Span, ...]) -> tuple[Span, ...]:
            places = zip(spans, (source.find(span.of(read)) for span in spans), strict=True)
            return tuple(Span(at, at + s.end - s.start) for s, at in places if at >= 0)

        return replace(self, omitted=found(self.omitted), doubtful=found(self.doubtful))


NOTHING = Adequacy()


class TranslationTable:
    """The renderings of German words, read when first asked for.

    Args:
        path: The file; without one nothing is known.
        lexicon: Knows the words that the training text did not hold.
    """

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self.path, self.lexicon = path, lexicon
        self._renderings: dict[str, tuple[int, frozenset[str]]] = {}
        self._sources: dict[str, _Source] = {}

    @cached_property
    def _tables(self) -> tuple[Rows, Rows]:
        return _read(self.path)

    def renderings(self, word: str) -> tuple[int, frozenset[str]]:
        """Return how reliable a word's renderings are, in per cent, and their stems."""
        if word not in self._renderings:
            if len(self._renderings) >= MOST_WORDS:
                self._renderings.clear()
            self._renderings[word] = self._look_up(word)
        return self._renderings[word]

    def _look_up(self, word: str) -> tuple[int, frozenset[str]]:
        stems, forms = self._tables
        reliability, found = _parse(stems.get(german_stem(word), ""))
        found += map(english_stem, _words(forms.get(word, "")))  # what it is told must count, too
        if word[:1].islower():  # "veranschlagen" stands beside sums, but none of them renders it
            found = [english for english in found if english not in _SUMS]
        verbs = (english_stem(verb.split(" ")[0]) for verb in (verb_gloss(word), *senses(word)))
        found += filter(None, verbs)
        entry = self._entry(word)
        if entry is None or not entry.translation:
            return reliability, frozenset(found)
        english = [entry.translation, *entry.others]
        if self.lexicon.tells(entry):
            english.append(pluralize(entry.translation))
        listed = {english_stem(w) for t in english for w in _words(t)}
        for part in entry.headword.split("+") if "+" in entry.headword else ():
            listed.update(_parse(stems.get(german_stem(part), ""))[1])
        sure = not found or self.lexicon.vouches(entry)
        return 100 if sure else reliability, frozenset(found) | listed

    def _entry(self, word: str) -> Entry | None:
        """Return what the dictionary says of a word, also of one made of two that it has."""
        entry = self.lexicon.gloss(word)
        parts = entry.headword.split("+") if entry else []
        if len(parts) > 1 and _NAME.search(word):
            return None
        sure = len(parts) == 1 or (len(parts) == PARTS and min(map(len, parts)) >= SHORTEST_PART)
        return entry if sure else None  # of three parts "Gerbergraben" is "gern", "Berg", "Raben"

    def is_small(self, word: str) -> bool:
        """Tell whether a word at the head of a sentence has its capital for that alone."""
        entry = self.lexicon.lookup(word)
        return entry is not None and entry.headword[0].islower()

    def is_common(self, word: str) -> bool:
        """Tell whether a word is a noun of the dictionary and no name."""
        return self.lexicon.is_common(word)

    def is_verb(self, word: str) -> bool:
        """Tell whether a word is a form of a verb, one of the list or of the dictionary."""
        if listed_verb(word):
            return True
        entry = self.lexicon.lookup(word) if word.islower() else None
        return entry is not None and german_frame(word, entry.headword) is not None

    def parts(self, word: str) -> tuple[frozenset[str], ...]:
        """Return the renderings of each part of a compound that only its parts tell of."""
        entry = self._entry(word) if word[:1].isupper() else None
        if entry is None or "+" not in entry.headword:
            return ()
        if self._tables[0].get(german_stem(word), ""):
            return ()
        return tuple(self.renderings(part.capitalize())[1] for part in entry.headword.split("+"))

    def gloss(self, word: str) -> str:
        """Return the English form that most often renders a German form, or an empty string."""
        _, forms = self._tables
        entry = self._entry(word)
        learnt, listed = forms.get(word, ""), entry.translation if entry else ""
        if learnt == NONE:
            return ""
        learnt = "" if learnt == word else learnt  # "Keller" is a name more often than a cellar
        if entry and self.lexicon.vouches(entry) and _stems(learnt) != _stems(listed):
            return listed
        return learnt or listed

    def compare(self, source: str, target: str) -> Adequacy:
        """Look for each content word of a sentence in its translation, and the other way round.

        Args:
            source: A German sentence.
            target: Its translation.
        """
        if not self._tables[0]:
            return NOTHING
        return self._source(source).compare(target)

    def _source(self, sentence: str) -> _Source:
        """Return a sentence read once for all of its hypotheses."""
        if sentence not in self._sources:
            if len(self._sources) >= MOST_SEEN:
                self._sources.clear()
            self._sources[sentence] = _Source(sentence, self)
        return self._sources[sentence]


class _Sought(NamedTuple):
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


class _Source:
    """A German sentence, taken apart for the comparison with any number of translations.

    Args:
        sentence: As given.
        table: Knows how its words are rendered.
    """

    def __init__(self, sentence: str, table: TranslationTable) -> None:
        self.table, self.lower = table, sentence.lower()
        stops = stopwords("de") | _LOOSE
        words = [m for m in _WORD.finditer(sentence) if m[0].lower() not in stops]
        pairs = find_separated(sentence)
        joined = {pair.verb.start: pair.word for pair in pairs}
        forms = [joined.get(match.start(), match[0]) for match in words]
        known = [table.renderings(form) for form in forms]
        plain = _plain_senses(sentence, pairs)
        self.words = [
            _Sought(
                match,
                form,
                match[0].lower()[:PREFIX],
                found,
                tuple(filter(None, table.parts(match[0]))),
                bool(found) and reliability >= RELIABLE,
                plain.get(match.start(), ""),
            )
            for match, form, (reliability, found) in zip(words, forms, known, strict=True)
        ]
        self.rendered: frozenset[str] = frozenset().union(*(found for _, found in known))
        self._invented: dict[str, bool] = {}

    def compare(self, target: str) -> Adequacy:
        """Compare a translation."""
        lower, stops = target.lower(), stopwords("en")
        words = list(_WORD.finditer(target))
        stems = {english_stem(m[0]) for m in words}
        copied = {m[0] for m in words}
        checked = 0
        omitted: list[Span] = []
        doubtful: list[Span] = []
        for word in self.words:
            same = word.prefix in lower
            checked += same or word.telling
            absent = any(map(stems.isdisjoint, (word.renderings, *word.parts)))
            foreign = same and self._is_foreign(word)
            untranslated = foreign and word.match[0] in copied
            if not untranslated and (not absent or (same and not foreign)):
                if word.sense and word.sense not in stems:
                    doubtful.append(Span(*word.match.span()))
                continue
            if word.telling or (word.renderings and untranslated):
                omitted.append(Span(*word.match.span()))
            elif word.is_noun or self.table.is_verb(word.form):
                doubtful.append(Span(*word.match.span()))
        written = [m for m in words if m[0].lower() not in stops]
        invented = tuple(Span(*m.span()) for m in written if self._invents(m[0]))
        return Adequacy(checked, tuple(omitted), len(written), invented, tuple(doubtful))

    def _is_foreign(self, word: _Sought) -> bool:
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


def _plain_senses(sentence: str, pairs: Iterable[Separated]) -> dict[int, str]:
    """Return where verbs stand whose clause tells their sense, with the stem of its English."""
    found = {sense.start: sense for sense in find_senses(sentence)}
    for pair in pairs:
        found.pop(pair.verb.start, None)  # "stellt" of "stellt ein" is none of "stellen"
        whole = f"{sentence[: pair.verb.start]}{pair.word}{sentence[pair.verb.end :]}"
        found.update((s.start, s) for s in find_senses(whole) if s.start == pair.verb.start)
    return {start: english_stem(s.english.split(" ")[0]) for start, s in found.items()}


def _stems(text: str) -> list[str]:
    return [english_stem(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if w.lower() not in stopwords("en")]


def _parse(row: str) -> tuple[int, list[str]]:
    reliability, _, words = row.partition("\t")
    return int(reliability or 0), words.split()


def preload(path: Path) -> None:
    """Read a table ahead of its use.

    Raises:
        ModelDamaged: It cannot be read.
    """
    _read(path)


def _read(path: Path) -> tuple[Rows, Rows]:
    """Return the rows of the stems and the glosses of the forms."""
    with _READING:  # or two threads would both read it
        return _read_once(path)


@lru_cache(maxsize=2)
def _read_once(path: Path) -> tuple[Rows, Rows]:
    if not path.is_file():
        return Rows(""), Rows("")
    try:
        return split_sections(read_rows(path))
    except OSError as error:
        raise ModelDamaged(f"{path} cannot be read: {error}; install the model again") from error
