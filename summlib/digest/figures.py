"""Figures and dates of a sentence, each with what it is about.

A figure that is hedged ("rund", "mehr als") stands for a range, one that
somebody takes back ("statt der geplanten 20 Millionen", "nicht am 1. Juni")
is a former one, and one that counts a part or a rate ("davon", "im Jahr") is
marked so that it is compared with its like only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Literal

from summlib.digest.concepts import Concept, Concepts
from summlib.digest.negation import negates
from summlib.digest.phrases import pattern
from summlib.text.grammar import Quantity
from summlib.text.quantities import find_quantities, is_year
from summlib.text.units import unit_names

Kind = Literal["amount", "count", "percent", "measure", "votes", "date", "month", "year", "time"]

_BEFORE, _NEAR = 45, 14  # characters in front of a figure where a hedge or another mark stands
_ABOUT, _FAR, _CLOSE = Decimal("0.05"), Decimal("0.5"), Decimal("0.15")
_ROUNDED = Decimal("0.01")  # 1,234 and "1,230": a figure with few digits may be a rounded one
_DIGITS_OF_ROUNDED = 3
_GREAT = 10_000
_SMALL = 13  # number words below are style ("zwei Tage"), not figures
_CLAUSE = re.compile(r"[,;:–—]\s|\s(?:und|oder|sowie|and|or)\s")
_VOTES = re.compile(r"\s(?:zu|gegen|to)\s|\s?[-–:]\s?")
_VOTE_WORD = re.compile(r"\s(?:Stimmen|votes)\b")
_YEAR_CUE = re.compile(r"(?i)im|in|jahre?|seit|ab|bis|von|year|since|until|from|by|of")
_PLURALS = frozenset(("people", "children", "men", "women"))
_MORE_THAN = re.compile(r"(?i)\b(?:mehr|weniger)\sals\b|\b(?:more|less|fewer)\sthan\b")
_BREAK = re.compile(r"[,;:.()„“\"–]")
_RATE = re.compile(
    r"[\s(]*(?:(?:im|pro|je|a|per)\s(?:Jahr|Monat|Woche|Tag|Stunde|Person|Kopf|Kind|year|month|week|day|hour)\b(?!\s\d)"
    r"|jährlich|monatlich|täglich|annually|monthly|yearly)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure or date in a sentence.

    Args:
        sentence: Number of the sentence.
        start: Offset of its first character there.
        end: Offset behind its last character.
        kind: What sort of figure it is.
        value: The number; (year or 0, month, day) for a date, (for, against) for votes.
        unit: Such as ``EUR`` or ``percent``; empty for counts and dates.
        low: Least value that it may stand for.
        high: Greatest value that it may stand for.
        noun: What is counted, None where nothing is named.
        marks: Words that make it a part or a rate.
        former: Whether the sentence takes it back.
        hedge: "about", "over" or "under", empty for a plain figure.
        near: The concepts of its clause, without what is counted.
        denied: Whether its clause denies something.
        again: Whether its clause speaks of another time ("wieder", "the next").
    """

    sentence: int
    start: int
    end: int
    kind: Kind
    value: tuple[Decimal, ...]
    unit: str
    low: Decimal
    high: Decimal
    noun: Concept | None
    marks: frozenset[str]
    former: bool
    hedge: str
    near: Concepts
    denied: bool = False
    again: bool = False

    @property
    def telling(self) -> float:
        """How much it tells beside the words: a year or a small round number may be anything's."""
        if self.kind in ("year", "time") or (self.kind == "month" and not self.value[0]):
            return 0.3
        if self.distinctive:
            return 1.2
        return 0.8 if self.kind in ("date", "votes") else 0.5

    @property
    def distinctive(self) -> bool:
        """Whether two that are equal hardly ever speak of two things."""
        return self.kind in ("amount", "count", "percent", "measure") and (
            _digits(self.value[0]) > 1 or self.value[0] >= _GREAT
        )

    @property
    def dated(self) -> bool:
        """Whether it is a date and no number."""
        return self.kind in ("date", "month", "year", "time")


def find_figures(line: str, lang: str, *, sentence: int, concepts: Concepts) -> list[Figure]:
    """Return the figures and dates of a sentence, in order.

    Args:
        line: The sentence.
        lang: ``de`` or ``en``.
        sentence: Its number.
        concepts: Its concepts.

    >>> from summlib.digest.concepts import ConceptReader
    >>> line = "Am 3. Mai kamen rund 400 Leute."
    >>> concepts = ConceptReader().read(line, "de")
    >>> figures = find_figures(line, "de", sentence=0, concepts=concepts)
    >>> [(f.kind, [int(v) for v in f.value], f.hedge) for f in figures]
    [('date', [0, 5, 3], ''), ('count', [400], 'about')]
    """
    quantities = find_quantities(line, lang)
    reader = _Reader(line, lang, sentence, concepts)
    found: list[Figure] = []
    number = 0
    while number < len(quantities):
        taken, figure = reader.read(quantities[number:])
        number += taken
        if figure is not None:
            found.append(figure)
    return found


def find_numbers(line: str, lang: str) -> frozenset[Decimal]:
    """Return the numbers of a sentence above one, those in words included.

    >>> sorted(map(int, find_numbers("An sechs Tagen kamen 14 Gäste.", "de")))
    [6, 14]
    """
    found = (q for q in find_quantities(line, lang) if q.kind == "number")
    return frozenset(q.value.normalize() for q in found if q.value > 1)


class _Reader:
    """Reads the figures of one sentence."""

    def __init__(self, line: str, lang: str, sentence: int, concepts: Concepts) -> None:
        self.line, self.lang, self.sentence, self.concepts = line, lang, sentence, concepts

    def read(self, rest: Sequence[Quantity]) -> tuple[int, Figure | None]:
        """Read what begins with the first quantity; say how many it takes."""
        first = rest[0]
        if first.kind in ("day", "month"):
            return self._date(rest)
        if first.kind == "time":
            return 1, self._make(first, first.end, "time", (first.value,))
        if first.kind != "number" or first.unit in ("score", "code"):
            return 1, None
        votes = self._votes(rest)
        if votes:
            return 2, votes
        return 1, self._number(first)

    def _date(self, rest: Sequence[Quantity]) -> tuple[int, Figure | None]:
        parts: dict[str, Quantity] = {rest[0].kind: rest[0]}
        last, taken = rest[0], 1
        for previous, item in pairwise(rest[:3]):
            between = self.line[previous.end : item.start]
            year = item.kind == "number" and item.digits and is_year(item)
            if (
                between.strip(" .,")
                or len(between) > 3
                or not (year or item.kind in ("day", "month"))
            ):
                break
            key = "year" if year else item.kind
            if key in parts:
                break
            parts[key], last, taken = item, item, taken + 1
        year_value = parts["year"].value if "year" in parts else Decimal(0)
        if "day" in parts and "month" in parts:
            value = (year_value, parts["month"].value, parts["day"].value)
            return taken, self._make(rest[0], last.end, "date", value)
        if "month" in parts:
            return taken, self._make(rest[0], last.end, "month", (year_value, parts["month"].value))
        return taken, None

    def _votes(self, rest: Sequence[Quantity]) -> Figure | None:
        """Read "mit 23 zu 14 Stimmen"."""
        if len(rest) < 2 or rest[1].kind != "number":
            return None
        between = self.line[rest[0].end : rest[1].start]
        if not _VOTES.fullmatch(between) or not _VOTE_WORD.match(self.line, rest[1].end):
            return None
        return self._make(rest[0], rest[1].end, "votes", (rest[0].value, rest[1].value))

    def _number(self, quantity: Quantity) -> Figure | None:
        dimension = dict(unit_names().values()).get(quantity.unit, "")
        if dimension == "currency":
            return self._make(quantity, quantity.end, "amount", (quantity.value,))
        if quantity.unit == "percent":
            return self._make(quantity, quantity.end, "percent", (quantity.value,))
        if not quantity.digits and quantity.value < _SMALL:
            return None
        if quantity.unit:
            return self._make(quantity, quantity.end, "measure", (quantity.value,))
        noun = self._noun(quantity.end)
        if quantity.digits and is_year(quantity) and (noun is None or self._says_year(quantity)):
            return self._make(quantity, quantity.end, "year", (quantity.value,))
        if noun is None:
            return None
        return self._make(quantity, quantity.end, "count", (quantity.value,), noun=noun)

    def _says_year(self, quantity: Quantity) -> bool:
        before = self.line[: quantity.start].split()[-1:]
        return bool(before) and bool(_YEAR_CUE.fullmatch(before[0]))

    def _noun(self, place: int) -> Concept | None:
        """Return what a number counts: the first noun behind it, past adjectives."""
        behind = [c for c in self.concepts.items if c.start >= place][:3]
        if self.lang == "en":
            return self._english_noun(behind, place)
        for passed, concept in enumerate(behind):
            between = self.line[place : concept.start]
            if _BREAK.search(between) or between.count(" ") > 2 + passed:
                return None
            if concept.word[0].isupper():
                return concept
        return None

    def _english_noun(self, behind: Sequence[Concept], place: int) -> Concept | None:
        """Return the plural behind a number, alone or behind one other word: "young people"."""
        for concept in behind[:2]:
            if self.line[place : concept.start] != " ":
                return None
            if concept.word.endswith("s") or concept.word in _PLURALS:
                return concept
            place = concept.start + len(concept.word)
        return None

    def _make(
        self,
        quantity: Quantity,
        end: int,
        kind: Kind,
        value: tuple[Decimal, ...],
        *,
        noun: Concept | None = None,
    ) -> Figure:
        before = self.line[max(0, quantity.start - _BEFORE) : quantity.start]
        hedge = _hedge(before, self.lang)
        low, high = _range(value[0], hedge, before)
        start, stop = self._clause(quantity.start, end)
        clause = self.line[start:stop]
        former = bool(
            _at_end(before, "former", self.lang)
            or pattern("estimates", "formerly", self.lang).search(clause[: quantity.start - start])
        )
        near = self.concepts.within(start, stop)
        near = Concepts(tuple(c for c in near.items if c != noun))
        return Figure(
            sentence=self.sentence,
            start=quantity.start,
            end=end,
            kind=kind,
            value=value,
            unit=quantity.unit if kind in ("amount", "percent", "measure") else "",
            low=low,
            high=high,
            noun=noun,
            marks=self._marks(before, end),
            former=former,
            hedge=hedge,
            near=near,
            denied=negates(clause, self.lang),
            again=bool(pattern("estimates", "again", self.lang).search(clause)),
        )

    def _marks(self, before: str, end: int) -> frozenset[str]:
        """Return the words that make a figure a part of a whole or a rate."""
        found = pattern("estimates", "part", self.lang)
        near = " ".join(_MORE_THAN.sub("", _last_clause(before)).split()[-4:])
        marks = {m[0].lower() for m in found.finditer(near)}
        behind = self.line[end : end + 40]
        if _RATE.match(behind):
            marks.add("rate")
        follows = " ".join(re.split(r"[,;:.!?()–]", behind)[0].split()[:2])
        return frozenset(marks | {m[0].lower() for m in found.finditer(follows)})

    def _clause(self, start: int, end: int) -> tuple[int, int]:
        """Return the clause around a figure, with the one before where it says too little."""
        cuts = [0, *(m.end() for m in _CLAUSE.finditer(self.line)), len(self.line)]
        left = max(i for i, c in enumerate(cuts) if c <= start)
        right = min(i for i, c in enumerate(cuts) if c >= end)
        while left and len(self.concepts.within(cuts[left], cuts[right]).items) < 2:
            left -= 1
        return cuts[left], cuts[right]


def _hedge(before: str, lang: str) -> str:
    """Return how the words in front of a figure hedge it."""
    kinds = ("over", "under", "about")
    return next((kind for kind in kinds if _at_end(before, kind, lang)), "")


def _at_end(before: str, section: str, lang: str) -> str:
    """Return the word of a section that stands right in front of a figure."""
    clause = _last_clause(before)
    words = clause.split()
    reach = 3 if section == "former" else 2
    tail = " ".join(words[-reach:])
    found = pattern("estimates", section, lang).findall(tail)
    return str(found[-1]) if found else ""


def _last_clause(before: str) -> str:
    return re.split(r"[,;:–—„“\"]\s?|\s(?:und|and|oder|or)\s", before)[-1]


@cache
def _words_of_degree() -> re.Pattern[str]:
    return re.compile(r"\b(?:knapp|fast|nahezu|beinahe|nearly|almost)\b", re.IGNORECASE)


def _range(value: Decimal, hedge: str, before: str) -> tuple[Decimal, Decimal]:
    """Return from where to where a hedged figure reaches."""
    if hedge == "about":
        return value * (1 - _ABOUT), value * (1 + _ABOUT)
    if hedge == "over":
        return value, value * (1 + _FAR)
    if hedge == "under":
        close = _CLOSE if _words_of_degree().search(before[-_NEAR:]) else _FAR
        return value * (1 - close), value
    return value, value


def agree(left: Figure, right: Figure) -> bool:
    """Return whether two figures can both be true of one thing.

    Args:
        left: A figure.
        right: Another of the same kind and unit.
    """
    if left.kind in ("date", "month"):
        years = {left.value[0], right.value[0]} - {Decimal(0)}
        return left.value[1:] == right.value[1:] and len(years) < 2
    if left.dated or left.kind == "votes":
        return left.value == right.value
    slack = max(left.high, right.high) * _ROUNDED
    if min(_digits(left.value[0]), _digits(right.value[0])) > _DIGITS_OF_ROUNDED:
        slack = Decimal(0)
    return left.low - slack <= right.high and right.low - slack <= left.high


def _digits(value: Decimal) -> int:
    """Count the digits that say something: 18.5 has three, 20,000,000 has one."""
    return len(value.normalize().as_tuple().digits)


def same_sort(left: Figure, right: Figure, *, langs: tuple[str, str]) -> bool:
    """Return whether two figures measure the same sort of thing.

    Args:
        left: A figure.
        right: Another.
        langs: The languages of their sentences.
    """
    if (left.kind, left.unit) != (right.kind, right.unit):
        return False
    if left.noun is None or right.noun is None:
        return left.noun is right.noun
    people = pattern("estimates", "people", langs[0]).fullmatch(left.noun.word) and pattern(
        "estimates", "people", langs[1]
    ).fullmatch(right.noun.word)
    return bool(people) or not left.noun.keys.isdisjoint(right.noun.keys)
