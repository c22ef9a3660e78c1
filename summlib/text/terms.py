"""Words of a sentence, and terms found among them in any of their forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summlib.text.compounds import lemmas, spellings, stem
from summlib.text.stems import CACHED_WORDS

WORD = re.compile(r"(?<![\w@/.&%$#-])[^\W\d_](?:[\w]|[-'’](?=\w)|/-)*(?![\w@/]|\.\w)")


_OPENERS = (". ", ": ", "! ", "? ", '"', "– ")
"""What a word stands behind whose capital says nothing."""

MOST_SEEN = 1 << 16
"""Words remembered by a finder; some 10 MB."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence; ``first`` where capitalisation says nothing."""

    text: str
    start: int
    end: int
    first: bool


def words(sentence: str) -> list[Token]:
    """Return the words of a sentence; numbers, addresses and code are none.

    >>> [w.text for w in words("Am 3. Mai schrieb die EU-Kommission an info@a.de.")]
    ['Am', 'Mai', 'schrieb', 'die', 'EU-Kommission', 'an']
    """
    tokens = []
    head = len(sentence) - len(sentence.lstrip("\"'(-–• "))
    for match in WORD.finditer(sentence):
        text = match[0]
        if "_" not in text:
            start, end = match.span()
            first = start <= head or sentence.endswith(_OPENERS, 0, start)
            tokens.append(Token(text, start, end, first))
    return tokens


class Terms:
    """Finds terms of several words in any of their forms, by the stem of the first.

    The terms are taken apart when a word that begins like them is first met: a
    dictionary has thousands, a short text needs a few.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._waiting: dict[str, list[str]] = {}
        for term in terms:
            plain = term[:2].isalpha()
            first = term if plain else next((w.text for w in words(term)), "")
            self._waiting.setdefault(_head(first), []).append(term)
        self._by_stem: dict[str, list[tuple[tuple[str, ...], str]]] = {}

    def _starting(self, key: str) -> Sequence[tuple[tuple[str, ...], str]]:
        """Return the terms whose first word has a stem, the longest first."""
        if _head(key) in self._waiting:
            self._take_apart(_head(key))
        return self._by_stem.get(key, ())

    def _take_apart(self, head: str) -> None:
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for term in self._waiting.get(head, ()):
            keys = tuple(_stem(word.text) for word in words(term))
            if keys:
                found.setdefault(keys[0], []).append((keys, term))
        for candidates in found.values():
            candidates.sort(key=lambda c: (-len(c[0]), c[1]))
        self._by_stem.update(found)
        self._waiting.pop(head, None)  # last: another thread does the same until then

    def find(self, tokens: list[Token]) -> Iterator[tuple[int, int, str]]:
        """Yield first word, word behind the last, and the term, the longest where two begin."""
        keys = [_stem(token.text) for token in tokens]
        for i, key in enumerate(keys):
            for term_keys, term in self._starting(key):
                end = i + len(term_keys)
                if tuple(keys[i:end]) == term_keys and adjacent(tokens[i:end]):
                    yield i, end, term
                    break


def _head(word: str) -> str:
    """Return how the stem of a word begins: no ending is taken from its first letters."""
    return stem(word[:2])


class TermFinder:
    """Finds given terms, of one word or several, in any of their forms.

    Args:
        terms: German terms.

    >>> finder = TermFinder(["Lehrplan", "Rotes Kreuz"])
    >>> sentence = "Das Rote Kreuz hat keine Lehrpläne."
    >>> [(sentence[start:end], term) for start, end, term in finder.find(sentence)]
    [('Rote Kreuz', 'Rotes Kreuz'), ('Lehrpläne', 'Lehrplan')]
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = {" ".join(term.split()) for term in terms}
        self._initials = {_initial(term) for term in self._terms}
        self._several = Terms(t for t in sorted(self._terms) if len(words(t)) != 1 or " " in t)
        self._seen: dict[tuple[str, bool], str | None] = {}

    def find(self, sentence: str) -> list[tuple[int, int, str]]:
        """Return start, end and term of what stands in a sentence, without overlaps."""
        tokens = words(sentence)
        found = list(self._several.find(tokens))
        for i, token in enumerate(tokens):
            term = self._known(token)
            if term is not None:
                found.append((i, i + 1, term))
        places, free = [], 0
        for start, end, term in sorted(found, key=lambda f: (f[0], -f[1])):
            if start >= free:
                places.append((tokens[start].start, tokens[end - 1].end, term))
                free = end
        return places

    def _known(self, token: Token) -> str | None:
        """Look a word up once: taking its forms apart costs more than all the rest."""
        key = token.text, token.first
        if key not in self._seen:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            self._seen[key] = self._match(token)
        return self._seen[key]

    def _match(self, token: Token) -> str | None:
        """Return the term of one word that this is a form of."""
        # No rule changes how a word begins, but that it takes ge- off and grades vowels.
        if _initial(token.text) not in self._initials and token.text[:2].lower() != "ge":
            return None
        cases = [token.text]
        if token.first:
            cases.append(token.text.lower())
        if token.text.isupper():
            cases.append(token.text.capitalize())
        for case in cases:
            for spelling in spellings(case):
                for lemma in lemmas(spelling):
                    if lemma in self._terms:
                        return lemma
        return None


def _initial(word: str) -> str:
    """Return the first letter of a word; all vowels count as one."""
    letter = word[:1].lower()
    return "a" if letter in "aeiouäöü" else letter


def adjacent(tokens: list[Token]) -> bool:
    """Tell whether one space and nothing else stands between the words."""
    return all(b.start == a.end + 1 for a, b in pairwise(tokens))


@lru_cache(maxsize=CACHED_WORDS)
def _stem(word: str) -> str:
    return stem(word)
