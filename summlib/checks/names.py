"""Names of people, places and bodies that appeared from nowhere or got lost.

German writes every noun with a capital, so only the English side can tell a
name by its capital; a list of common English words takes out sentence starts
and titles. A name counts as supported when the source has a word like it or
the table of translated names (München, Munich) links the two.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from summlib.records import Finding, Severity, Span
from summlib.text.datafiles import read_rows, read_words
from summlib.text.numberwords import classify, lexicon
from summlib.text.stems import CACHED_WORDS

_COMMON = "common-words.en.txt"
_WORD = re.compile(r"[^\W\d_]+")
_UMLAUT = re.compile(r"(?<=[aou])e")
_DOUBLE = re.compile(r"(.)\1")
_ROMAN = re.compile(r"[IVXLCDM]+$")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ness", "less", "able", "ers", "ings")
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "jr", "sr", "st", "pm", "am", "tv"))
_ALIKE = 0.68  # Selenskyj and Zelensky reach 0.71, unrelated names stay below 0.6
_UNLIKE = 0.5
_MOST_COMPARED = 50_000  # comparisons of names for one pair of texts, some seconds; measured
_SHOUTING = 0.5  # share of capital words from which a text counts as a headline in capitals


@dataclass(frozen=True, slots=True)
class _Text:
    """A text folded once, for many look-ups.

    Args:
        words: The words with their offsets.
        folded: The words without case and diacritics, joined by blanks.
        starts: The same words as a set.
        sounds: How those with a capital sound, each once, joined by blanks.
        acronyms: Those in capitals throughout, each once.
    """

    words: list[tuple[str, int]]
    folded: str
    starts: frozenset[str]
    sounds: str
    acronyms: frozenset[str]


@lru_cache(maxsize=8)
def _read(text: str) -> _Text:
    words = [(m.group(), m.start()) for m in _WORD.finditer(text)]
    folded = [_fold(w) for w, _ in words]
    pairs = list(zip(folded, (word for word, _ in words), strict=True))
    capitals = dict.fromkeys(_sounds(f) for f, w in pairs if w[0].isupper())
    acronyms = frozenset(f for f, w in pairs if len(w) > 1 and w.isupper())
    joined = " " + " ".join(folded) + " "
    return _Text(words, joined, frozenset(folded), " ".join(capitals), acronyms)


@lru_cache(maxsize=CACHED_WORDS)
def _fold(word: str) -> str:
    """Return a word without case, diacritics and spelled-out umlauts: Müller, Mueller."""
    plain = unicodedata.normalize("NFD", word.lower().replace("ß", "ss"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _UMLAUT.sub("", plain) if len(plain) > 3 else plain


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return English word to German stems, and German name to English words."""
    to_german: dict[str, list[str]] = {}
    to_english: dict[str, list[str]] = {}
    for row in read_rows("names.de-en.tsv"):
        german, english = row.split("\t")
        stem = " ".join(_fold(w) for w in _WORD.findall(german))
        for name in english.split("|"):
            words = [_fold(w) for w in _WORD.findall(name)]
            to_english.setdefault(stem, []).append(" ".join(words))
            for word in words:
                to_german.setdefault(word, []).append(stem)
    return to_german, to_english


def find(
    source: str,
    target: str,
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    direction: Literal["both", "target"] = "both",
) -> list[Finding]:
    """Return the names that only one side has.

    An invented name is an error when nothing in the source resembles it, a
    lost or reshaped one a warning.

    Args:
        source: The text to rely on.
        target: The text to check.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.
        direction: ``target`` lets the target leave names out.

    >>> [str(f) for f in find("Merkel traf Macron in München.", "Merkel met Putin in Munich.")]
    ['name: "Putin" does not stand in the source']
    """
    ours, theirs = _read(source), _read(target)
    if _shouts(ours) or _shouts(theirs):
        return []
    findings = []
    rate = _Rating(ours, theirs, across=source_lang != target_lang)
    for word, start in _candidates(theirs, target_lang):
        severity = rate(word)
        if severity:
            text = f'"{word}" does not stand in the source'
            span = Span(start, start + len(word))
            findings.append(Finding("name", text, severity, None, span))
    if direction == "both":
        findings += _lost(ours, theirs, source_lang, target_lang)
    return findings


def _shouts(text: _Text) -> bool:
    capitals = sum(len(w) > 1 and w.isupper() for w, _ in text.words)
    return len(text.words) > 3 and capitals > _SHOUTING * len(text.words)


def _candidates(text: _Text, lang: str) -> list[tuple[str, int]]:
    """Return the words that a capital makes a name."""
    capital = [(w, s) for w, s in text.words if len(w) > 1 and w[0].isupper()]
    if lang == "en":
        return [(w, s) for w, s in capital if not _is_common(w)]
    return [(w, s) for w, s in capital if w.isupper() and not _ROMAN.match(w)]


@lru_cache(maxsize=CACHED_WORDS)
def _is_common(word: str) -> bool:
    """Return whether an English word is no name in spite of its capital."""
    lower = word.lower()
    if lower in _TITLES:
        return True
    if word.isupper() and len(word) < 6:
        return bool(_ROMAN.match(word)) or (len(word) < 3 and lower in read_words(_COMMON))
    if classify(word, "en") is not None or lower in lexicon("en")["months_beside_digits"]:
        return True
    stems = {lower, lower.removeprefix("un")}
    stems |= {lower.removesuffix(ending) for ending in _ENDINGS}
    return not stems.isdisjoint(read_words(_COMMON))


class _Rating:
    """Rates names of the target by what the source has of them, each name once.

    Args:
        source: The text to rely on.
        target: The text to check.
        across: Whether they are in different languages.
    """

    def __init__(self, source: _Text, target: _Text, *, across: bool) -> None:
        self.source, self.across = source, across
        self.acronyms_left = _has_own_acronym(source, target)
        self.left = _MOST_COMPARED
        self.initials: dict[str, list[str]] = {}
        for word in source.sounds.split():
            self.initials.setdefault(word[0], []).append(word)
        self.known: dict[str, Severity | None] = {}

    def __call__(self, word: str) -> Severity | None:
        if word not in self.known:
            self.known[word] = self._rate(word)
        return self.known[word]

    def _rate(self, word: str) -> Severity | None:
        if _is_supported(word, self.source, self.across):
            return None
        if word.isupper() or word[:-1].isupper() or len(word) < 4:
            # An acronym of the source that is gone as well has been translated.
            return None if self.acronyms_left else "warning"
        best = self._likeness(_sounds(_fold(word)))
        if best >= _ALIKE:
            return None
        # "heimisch" may well become "Austrian".
        return "error" if best < _UNLIKE and _fold(word) not in _tables()[0] else "warning"

    def _likeness(self, word: str) -> float:
        """Return how alike the likest capital word of the source sounds.

        Beyond thousands of names that the source has not it is left undecided.
        """
        if len(word) > 3 and word in self.source.sounds:
            return 1.0
        alike = [w for w in self.initials.get(word[:1], ()) if abs(len(w) - len(word)) <= 4]
        self.left -= len(alike)
        if alike and self.left < 0:
            return _UNLIKE
        best = 0.0
        for other in alike:
            best = max(best, SequenceMatcher(None, word, other, autojunk=False).ratio())
            if best >= _ALIKE:
                break
        return best


def _has_own_acronym(source: _Text, target: _Text) -> bool:
    return not source.acronyms <= target.starts


@lru_cache(maxsize=CACHED_WORDS)
def _sounds(word: str) -> str:
    for german, english in (
        ("tsch", "c"), ("dsch", "j"), ("sch", "s"), ("sh", "s"), ("ch", "c"), ("kh", "c"),
        ("k", "c"), ("w", "v"), ("j", "y"), ("ph", "f"), ("z", "s"), ("ou", "u"), ("oo", "u"),
    ):  # fmt: skip
        word = word.replace(german, english)
    return _DOUBLE.sub(r"\1", word)


def _is_supported(word: str, source: _Text, across: bool) -> bool:
    """Return whether the source has the name, inflected, compounded or translated."""
    folded = _fold(word)
    stem = folded.removesuffix("s")
    if folded in source.starts or stem in source.starts:
        return True
    if len(stem) >= 4 and stem in source.folded:
        return True
    if len(folded) >= 5 and f" {folded[: max(4, len(folded) - 3)]}" in source.folded:
        return True
    if not across:
        return False
    stems = (*_tables()[0].get(folded, ()), *_tables()[0].get(stem, ()))
    # A short stem such as "EU" must be a word, a long one may start or end a compound.
    return any((s if len(s) > 4 else f" {s} ") in source.folded for s in stems) or any(
        len(s) in (3, 4) and f" {s}" in source.folded for s in stems
    )


def _lost(source: _Text, target: _Text, source_lang: str, target_lang: str) -> list[Finding]:
    """Return acronyms and known places that the target lacks."""
    findings = []
    acronyms_left = _has_own_acronym(target, source)
    for word, start in source.words:
        if len(word) < 2 or not word[0].isupper():
            continue
        missing = _is_lost_acronym(word, acronyms_left) or _is_lost_place(
            word, target, source_lang, target_lang
        )
        # Looking through the whole target comes last: few words get as far.
        if missing and not _in(word, target) and not _translated(word, target):
            span = Span(start, start + len(word))
            findings.append(Finding("name", f'"{word}" is missing', "warning", span, None))
    return findings


def _in(word: str, text: _Text) -> bool:
    folded = _fold(word)
    return folded in text.starts or (len(folded) > 4 and folded[:-1] in text.folded)


def _translated(word: str, target: _Text) -> bool:
    folded = _fold(word)
    names = _tables()[1]
    options = names.get(folded, []) + names.get(folded.removesuffix("s"), [])
    return any(f" {word}" in target.folded for name in options for word in name.split())


def _is_lost_acronym(word: str, acronyms_left: bool) -> bool:
    return word.isupper() and 2 < len(word) < 7 and not _ROMAN.match(word) and not acronyms_left


def _is_lost_place(word: str, target: _Text, source_lang: str, target_lang: str) -> bool:
    """Return whether a name of the table has none of its translations in the target."""
    if source_lang == target_lang or len(word) < 5 or word.isupper():
        return False
    names = [w.capitalize() for n in _tables()[1].get(_fold(word), ()) for w in n.split()]
    return bool(names) and not any(_is_common(name) for name in names)
