"""Terms whose translation is given.

A glossary maps German terms to English ones. Terms are found in running text
with their endings ("des Förderbescheids" for "Förderbescheid"), go to the
model as hints, and are looked for in its output, so that a term that was not
honoured is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summlib.errors import InputError
from summlib.records import Finding, Span
from summlib.text.datafiles import DATA
from summlib.text.layout import find_protected
from summlib.text.lexicon import Hint
from summlib.text.terms import TermFinder

ENDINGS = "(?:e|en|er|em|es|s|n|ns|ens|se|sen|ses)?"
_START = r"(?<![\w-])"
MOST_SEEN = 512
"""Sentences whose terms are remembered: each is asked for several times, but soon."""

PLURAL = r"(?:s|es|'s|’s|’|')?"


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary term found in a sentence."""

    span: Span
    source: str
    target: str


class Glossary:
    """German terms with the English ones that must stand for them.

    Args:
        terms: German term to English term.

    >>> glossary = Glossary({"Förderbescheid": "grant notice"})
    >>> [t.target for t in glossary.find("Erhalt des Förderbescheids")]
    ['grant notice']
    """

    def __init__(self, terms: Mapping[str, str]) -> None:
        self.terms = {s.strip(): t.strip() for s, t in terms.items() if s.strip() and t.strip()}
        self._pattern: re.Pattern[str] | None = None
        self._found: dict[str, tuple[Term, ...]] = {}
        if self.terms:
            # Longest first, so that "Europäische Kommission" wins over "Kommission".
            words = sorted(self.terms, key=len, reverse=True)
            self._order = [(word, re.compile(_term(word))) for word in words]
            # Without groups the alternatives are told apart by their first letters, and quick.
            self._pattern = re.compile(f"{_START}(?:{'|'.join(map(_term, words))})")
            # Umlaut plurals and changing adjectives are beyond the pattern.
            inflected = {" ".join(t.split()): t for t in self.terms if not t.isupper()}
            self._finder = TermFinder(t for t, given in inflected.items() if t == given)

    def __bool__(self) -> bool:
        return bool(self.terms)

    def find(self, sentence: str) -> list[Term]:
        """Return the terms in a sentence, in order, without overlap, none inside addresses."""
        if self._pattern is None:
            return []
        if sentence not in self._found:
            if len(self._found) >= MOST_SEEN:
                self._found.clear()
            self._found[sentence] = tuple(self._search(sentence, self._pattern))
        return list(self._found[sentence])

    def _search(self, sentence: str, pattern: re.Pattern[str]) -> list[Term]:
        found = []
        for match in pattern.finditer(sentence):
            # The first alternative that matches here is the one that matched.
            term = next(t for t, own in self._order if own.match(sentence, match.start()))
            found.append(Term(Span(*match.span()), term, self.terms[term]))
        for start, end, term in self._finder.find(sentence):
            if all(end <= t.span.start or start >= t.span.end for t in found):
                found.append(Term(Span(start, end), term, self.terms[term]))
        found.sort(key=lambda t: t.span.start)
        copied = find_protected(sentence) if found else []
        return [t for t in found if not any(c.start <= t.span.start < c.end for c in copied)]

    def exchange(self, sentence: str) -> str:
        """Return the sentence with its acronyms in English already, in compounds too.

        A model copies an acronym more surely than it follows a hint.

        >>> Glossary({"KI": "AI"}).exchange("Die KI-Fabrik nutzt KI.")
        'Die AI-Fabrik nutzt AI.'
        """
        for term in reversed(self.find(sentence)):
            if term.source.isupper():
                sentence = sentence[: term.span.start] + term.target + sentence[term.span.end :]
        return sentence

    def hints(self, sentence: str) -> list[Hint]:
        """Return the terms in a sentence as hints for the model."""
        return [Hint(t.span.start, t.span.end, t.target) for t in self.find(sentence)]

    def covers(self, words: str) -> bool:
        """Tell whether ``words`` hold a term."""
        return bool(self.find(words))

    def missing(self, source: str, target: str) -> list[Finding]:
        """Return a finding for each term of the source that the target does not honour."""
        return [
            Finding("glossary", f'"{term.source}" should be "{term.target}"', "error", term.span)
            for term in self.find(source)
            if not re.search(rf"(?<!\w){_loose(term.target)}{PLURAL}(?!\w)", target, re.IGNORECASE)
        ]


def _term(term: str) -> str:
    """Match a term with endings on its words; an acronym only with -s, or before a hyphen."""
    if term.isupper() and " " not in term:
        return rf"{re.escape(term)}s?(?!\w)"
    parts = [re.escape(word) + ("s?" if word.isupper() else ENDINGS) for word in term.split()]
    return rf"{' '.join(parts)}(?![\w-])"


def _loose(target: str) -> str:
    """Match an English term also with a changed last letter (policy, policies)."""
    words = re.escape(target)
    return rf"(?:{words}|{re.escape(target[:-1])}ie)" if target.endswith("y") else words


@lru_cache(maxsize=1)
def bundled_glossary() -> Mapping[str, str]:
    """Return the small glossary that always applies: names of EU bodies and acronyms."""
    return read_glossary(DATA / "glossary.de-en.tsv").terms


@lru_cache(maxsize=1)
def bundled_terms() -> Mapping[str, str]:
    """Return the terms that a model is told but not held to: no finding comes of them."""
    return _read_terms(DATA / "terms.de-en.tsv")


@lru_cache(maxsize=1)
def bundled_blocks() -> Mapping[str, str]:
    """Return turns of phrase that a model is told as they stand: "vor der Küste"."""
    return _read_terms(DATA / "blocks.de-en.tsv")


@lru_cache(maxsize=1)
def bundled_renderings() -> Mapping[str, str]:
    """Return the words that a model is told where its translation lacks them."""
    return _read_terms(DATA / "renderings.de-en.tsv")


def read_glossary(path: str | Path) -> Glossary:
    """Read a file of lines German<TAB>English; ``#`` starts a comment line.

    Raises:
        InputError: The file is not in UTF-8, a line has no tab, or a side of
            it is empty.
        OSError: The file cannot be opened.
    """
    return Glossary(_read_terms(path))


def _read_terms(path: str | Path) -> dict[str, str]:
    terms = {}
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"glossary {path} is not in UTF-8 ({error}); save it as UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        source, tab, target = line.strip("\r").partition("\t")
        if not tab or not source.strip() or not target.strip():
            raise InputError(f"{path}, line {number}: write German, a tab, English; found {line!r}")
        terms[source] = target
    return terms
