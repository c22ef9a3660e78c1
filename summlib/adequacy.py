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
from functools import cached_property, lru_cache
from pathlib import Path

from summlib.centrality import stopwords
from summlib.comparison import NOTHING, Adequacy, Renderings, SourceWords
from summlib.errors import ModelDamaged
from summlib.text.conjugation import verb_stems
from summlib.text.lexicon import Entry, Lexicon
from summlib.text.packed import read_rows
from summlib.text.plurals import pluralize
from summlib.text.rows import Rows, split_sections
from summlib.text.senses import senses
from summlib.text.stems import english_stem, german_stem
from summlib.text.verbmasks import german_frame
from summlib.text.verbs import listed_verb, verb_gloss

FILE = "translations.rows"
"""In a model's folder: what the words of its training text were rendered by."""

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

LIKELY = 5
"""Words beside which a German one stood most that render it; what follows them in the table of a
rare word stood there by chance."""

_SUMS = frozenset(("million", "billion", "percent", "euro", "dollar", "franc", "kronor", "chf"))
"""What stands beside many verbs and renders none."""

_NAME = re.compile(
    r"(?:burg|dorf|heim|hausen|hofen|kirchen|leben|rode|stedt|büttel|brück|scheid|münde|walde|berg"
    r"|furt|mann)$"
)
"""Ends of places and surnames: what ends so and is in no dictionary is no compound."""


class TranslationTable:
    """The renderings of German words, read when first asked for.

    Args:
        path: The file; without one nothing is known.
        lexicon: Knows the words that the training text did not hold.
    """

    def __init__(self, path: Path, lexicon: Lexicon) -> None:
        self.path, self.lexicon = path, lexicon
        self._renderings: dict[str, Renderings] = {}
        self._sources: dict[str, SourceWords] = {}

    @cached_property
    def _tables(self) -> tuple[Rows, Rows]:
        return _read(self.path)

    def renderings(self, word: str) -> Renderings:
        """Return the English of a word as far as it is known; what is found is remembered."""
        if word not in self._renderings:
            if len(self._renderings) >= MOST_WORDS:
                self._renderings.clear()
            self._renderings[word] = self._look_up(word)
        return self._renderings[word]

    def _look_up(self, word: str) -> Renderings:
        stems, forms = self._tables
        reliability, learnt = _parse(stems.get(german_stem(word), ""))
        told = _stems(forms.get(word, ""))  # what it is told must count, too
        for verb in filter(None, (verb_gloss(word), *senses(word))):
            # "Won" for "siegte": where the text taught nothing, it did not teach irregular forms.
            told += verb_stems(verb) if not learnt else [english_stem(verb.split(" ")[0])]
        if word[:1].islower():  # "veranschlagen" stands beside sums, but none of them renders it
            learnt = [english for english in learnt if english not in _SUMS]
        entry = self._entry(word)
        listed = self._listed(entry) if entry and entry.translation else frozenset[str]()
        sure = entry and listed and (not (learnt or told) or self.lexicon.vouches(entry))
        given = listed.union(told)
        usual = given.union(learnt[:LIKELY], self._of_parts(entry) if entry else ())
        return Renderings(100 if sure else reliability, given, usual, usual.union(learnt))

    def _listed(self, entry: Entry) -> frozenset[str]:
        """Return the stems of what the dictionary gives for a word."""
        english = [entry.translation, *entry.others]
        if self.lexicon.tells(entry):
            english.append(pluralize(entry.translation))
        listed = {english_stem(w) for t in english for w in _words(t)}
        return frozenset(listed)

    def _of_parts(self, entry: Entry) -> list[str]:
        """Return what was learnt of the parts of a compound that is listed by them alone."""
        parts = entry.headword.split("+") if "+" in entry.headword else []
        rows = (_parse(self._tables[0].get(german_stem(part), "")) for part in parts)
        return [stem for _, learnt in rows for stem in learnt[:LIKELY]]

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
        """Tell whether a word is a noun that the dictionary translates, and no name of one word."""
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
        return tuple(self.renderings(part.capitalize()).usual for part in entry.headword.split("+"))

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

    def _source(self, sentence: str) -> SourceWords:
        """Return a sentence read once for all of its hypotheses."""
        if sentence not in self._sources:
            if len(self._sources) >= MOST_SEEN:
                self._sources.clear()
            self._sources[sentence] = SourceWords(sentence, self)
        return self._sources[sentence]


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
