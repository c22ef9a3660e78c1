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

import lzma
import re
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summlib.centrality import stopwords
from summlib.errors import ModelDamaged
from summlib.records import Span
from summlib.text.lexicon import Lexicon
from summlib.text.stems import english_stem, german_stem

FILE = "translations.tsv.xz"
"""In a model's folder: what the words of its training text were rendered by."""

RELIABLE = 75
"""Per cent of its occurrences in which human translators render a word by what the table
lists, from which its absence tells something."""

PREFIX = 5
"""Letters from which a word that stands in both languages counts as the same."""

_READING = threading.Lock()

_WORD = re.compile(r"[^\W\d_]{3,}")


@dataclass(frozen=True, slots=True)
class Adequacy:
    """How far a translation holds what its source holds, and no more.

    Args:
        checked: Words of the source that could be looked for.
        omitted: Where those stand that have no counterpart.
        written: Content words of the translation.
        invented: Where those stand that have no counterpart.
    """

    checked: int = 0
    omitted: tuple[Span, ...] = ()
    written: int = 0
    invented: tuple[Span, ...] = ()

    @property
    def omission(self) -> float:
        """Share of the checked words that have no counterpart, 0 to 1."""
        return len(self.omitted) / max(1, self.checked)

    @property
    def invention(self) -> float:
        """Share of the written words that have no counterpart, 0 to 1."""
        return len(self.invented) / max(1, self.written)


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

    def renderings(self, word: str) -> tuple[int, frozenset[str]]:
        """Return how reliable a word's renderings are, in per cent, and their stems."""
        if word not in self._renderings:
            self._renderings[word] = self._look_up(word)
        return self._renderings[word]

    def _look_up(self, word: str) -> tuple[int, frozenset[str]]:
        stems, _ = _read(self.path)
        reliability, found = _parse(stems.get(german_stem(word), ""))
        entry = self.lexicon.lookup(word) or self.lexicon.gloss(word)
        if entry is None or not entry.translation:
            return reliability, frozenset(found)
        listed = {english_stem(w) for t in (entry.translation, *entry.others) for w in _words(t)}
        for part in entry.headword.split("+") if "+" in entry.headword else ():
            listed.update(_parse(stems.get(german_stem(part), ""))[1])
        return reliability if found else 100, frozenset(found) | listed

    def gloss(self, word: str) -> str:
        """Return the English form that most often renders a German form, or an empty string."""
        _, forms = _read(self.path)
        if word in forms:
            return forms[word]
        entry = self.lexicon.lookup(word) or self.lexicon.gloss(word)
        return entry.translation if entry else ""

    def compare(self, source: str, target: str) -> Adequacy:
        """Look for each content word of a sentence in its translation, and the other way round.

        Args:
            source: A German sentence.
            target: Its translation.
        """
        if not _read(self.path)[0]:
            return NOTHING
        words = [m for m in _WORD.finditer(source) if m[0].lower() not in stopwords("de")]
        written = [m for m in _WORD.finditer(target) if m[0].lower() not in stopwords("en")]
        stems = {english_stem(m[0]) for m in _WORD.finditer(target)}
        known = [self.renderings(m[0]) for m in words]
        checked, omitted = 0, []
        for match, (reliability, found) in zip(words, known, strict=True):
            same = match[0].lower()[:PREFIX] in target.lower()
            if same or (found and reliability >= RELIABLE):
                checked += 1
                if not same and stems.isdisjoint(found):
                    omitted.append(Span(*match.span()))
        every = frozenset().union(*(found for _, found in known))
        invented = [
            Span(*match.span())
            for match in written
            if english_stem(match[0]) not in every
            and match[0].lower()[:PREFIX] not in source.lower()
        ]
        return Adequacy(checked, tuple(omitted), len(written), tuple(invented))


def _words(text: str) -> list[str]:
    return [w for w in _WORD.findall(text) if w.lower() not in stopwords("en")]


def _parse(row: str) -> tuple[int, list[str]]:
    reliability, _, words = row.partition("\t")
    return int(reliability or 0), words.split()


def preload(path: Path) -> None:
    """Read a table ahead of its use, in a thread; what is wrong with it is said at the use."""
    with suppress(ModelDamaged):
        _read(path)


def _read(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return the rows of the stems and the glosses of the forms."""
    with _READING:  # or two threads would both read it
        return _read_once(path)


@lru_cache(maxsize=2)
def _read_once(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    if not path.is_file():
        return {}, {}
    try:
        text = lzma.decompress(path.read_bytes()).decode("utf-8")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise ModelDamaged(f"{path} cannot be read: {error}; install the model again") from error
    stems, _, forms = text.partition("\n\n")
    return _rows(stems), _rows(forms)


def _rows(text: str) -> dict[str, str]:
    parts = (line.partition("\t") for line in text.split("\n") if line)
    return {key: rest for key, _, rest in parts}
