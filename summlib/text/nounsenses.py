"""Ambiguous German nouns in words of one meaning, and set phrases in plainer ones.

"Kassen" beside "Patienten" are health insurers and no tills; "unter dem Strich" is
all in all. ``data/nouns.de.tsv`` names for a noun another of the same gender with one
meaning, and the words of the sentence that decide for it; ``data/set-phrases.de.tsv``
names plain words for phrases that mean one thing wherever they stand.

Source of the idea: one sense per collocation (Yarowsky 1993); simplification before
translation (Štajner & Popović 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summlib.text.datafiles import read_rows
from summlib.text.senses import readings

_NOUN = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+(?![\w-])")
_FIRST = re.compile(r"(?<![\w-])\w+(?:-\w+)*")
_GOES_ON = re.compile(r"[\w-]")
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = ("", "s", "es", "n", "en", "e")


@dataclass(frozen=True, slots=True)
class NounSense:
    """One row of the table.

    Args:
        plain: The noun of one meaning, in the same number.
        cues: Words that decide for it, parted by spaces.
        other: Forms of the noun itself, which decide for nothing.
    """

    plain: str
    cues: str
    other: frozenset[str]


def noun_rows() -> list[str]:
    """Return the rows of the table of nouns as they are written."""
    return read_rows("nouns.de.tsv")


def set_phrases() -> dict[str, str]:
    """Return the set phrases with plainer words for them."""
    return dict(row.split("\t") for row in read_rows("set-phrases.de.tsv"))


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, tuple[NounSense, ...]]:
    return nouns_of(noun_rows())


def nouns_of(rows: list[str]) -> dict[str, tuple[NounSense, ...]]:
    """Return nouns in the singular and the plural with what they may stand for.

    Args:
        rows: Noun, plain noun and cues, parted by tabs; a slash parts singular and plural.
    """
    table: dict[str, tuple[NounSense, ...]] = {}
    for row in rows:
        noun, plain, cues = row.split("\t")
        forms, plains = noun.split("/"), plain.split("/")
        other = frozenset(form.lower() for form in forms)
        for form, new in zip(forms, plains, strict=False):
            sense = NounSense(new, cues, other)
            table[form] = (*table.get(form, ()), sense)
    return table


def disambiguate(sentence: str) -> str:
    """Return a sentence with nouns of one meaning in the place of ambiguous ones.

    >>> disambiguate("Die Kassen zahlen den Patienten nichts.")
    'Die Krankenkassen zahlen den Patienten nichts.'
    """
    found: list[tuple[int, int, str]] = []
    for match in _NOUN.finditer(sentence):
        form, ending = _known(match[0])
        plains = _fitting(form, sentence) if form else []
        if len(plains) == 1:
            found.append((match.start(), match.end(), _inflected(plains[0], ending)))
    for start, end, plain in reversed(found):
        sentence = sentence[:start] + plain + sentence[end:]
    return sentence


def _known(word: str) -> tuple[str, str]:
    """Return the noun of the table that a word is a form of, and its ending."""
    table = _nouns()
    for ending in _ENDINGS:
        if word.endswith(ending) and word[: len(word) - len(ending)] in table:
            return word[: len(word) - len(ending)], ending
    return "", ""


def _fitting(form: str, sentence: str) -> list[str]:
    words = {word.lower() for word in _WORD.findall(sentence)}
    senses = _nouns()[form]
    found = {cue for word in words - senses[0].other for cue in readings(word)}
    return [sense.plain for sense in senses if not found.isdisjoint(sense.cues.split())]


def _inflected(plain: str, ending: str) -> str:
    if not ending or (ending in ("n", "en") and plain.endswith(("n", "s"))):
        return plain
    if ending in ("s", "es"):
        return plain + ("es" if plain.endswith(("s", "z", "x", "ß")) else "s")
    return plain + ("n" if ending in ("n", "en") and plain.endswith("e") else ending)


Phrases = Mapping[str, Sequence[tuple[str, str]]]
"""Set phrases and plain words for them by the first word, the longest first."""


def by_first_word(pairs: Iterable[tuple[str, str]]) -> Phrases:
    """Return phrases in the order in which ``exchange`` tries them.

    >>> by_first_word([("im Nu", "sofort"), ("im Nu wieder", "gleich")])["im"][0]
    ('im Nu wieder', 'gleich')
    """
    table: dict[str, list[tuple[str, str]]] = {}
    for old, new in sorted(pairs, key=lambda pair: -len(pair[0])):
        first = _FIRST.match(old)
        table.setdefault(first[0] if first else old, []).append((old, new))
    return table


@lru_cache(maxsize=1)
def _phrases() -> Phrases:
    pairs = set_phrases().items()
    large = ((o[:1].upper() + o[1:], n[:1].upper() + n[1:]) for o, n in pairs)
    return by_first_word(dict.fromkeys((*pairs, *large)))


def say_plainly(sentence: str) -> str:
    """Return a sentence with plainer words in the place of set phrases.

    >>> say_plainly("Unter dem Strich fehlt Geld.")
    'Insgesamt fehlt Geld.'
    """
    return exchange(sentence, _phrases())


def exchange(sentence: str, phrases: Phrases) -> str:
    """Return a sentence with plain words in the place of whole phrases, left to right."""
    parts: list[str] = []
    done = 0
    for start, end, new in find_phrases(sentence, phrases):
        parts += [sentence[done:start], new]
        done = end
    return "".join(parts) + sentence[done:]


def find_phrases(sentence: str, phrases: Phrases) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and what is listed for each whole phrase of a sentence, left to right.

    >>> list(find_phrases("Er ging im Nu.", by_first_word([("im Nu", "sofort")])))
    [(8, 13, 'sofort')]
    """
    done = 0
    for match in _FIRST.finditer(sentence):
        start = match.start()
        for old, new in phrases.get(match[0], ()) if start >= done else ():
            end = start + len(old)
            if sentence.startswith(old, start) and not _GOES_ON.match(sentence, end):
                yield start, end, new
                done = end
                break
