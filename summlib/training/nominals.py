"""Noun phrases and pronouns of both languages, for sentences that are made by rule.

Each stands in German in four cases and in English as subject and object, so that a
sentence can be built round it in any order.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

Case = Literal["nom", "acc", "dat", "gen"]

DATA = Path(__file__).with_name("data")

_CASES: tuple[Case, ...] = ("nom", "acc", "dat", "gen")
_THE = {"m": "der den dem des", "f": "die die der der", "n": "das das dem des"}
_WHO = {"m": "der den dem dessen", "f": "die die der deren", "n": "das das dem dessen"}
_A = {"m": " en em es", "f": "e e er er", "n": "  em es", "pl": "e e en er"}
_AFTER_THE = {"m": "e en en en", "f": "e e en en", "n": "e e en en", "pl": "en en en en"}
_AFTER_A = {"m": "er en en en", "f": "e e en en", "n": "es es en en", "pl": "en en en en"}
_ALONE = {"pl": "e e en er"}
_PERSONAL = {"m": "er ihn ihm", "f": "sie sie ihr", "n": "es es ihm", "pl": "sie sie ihnen"}
_ENGLISH = {"m": "he him his", "f": "she her her", "n": "it it its", "pl": "they them their"}


def _row(table: Mapping[str, str], gender: str, case: Case) -> str:
    return table[gender].split(" ")[_CASES.index(case)]


class Nominal(Protocol):
    """What can be subject or object of a clause."""

    @property
    def plural(self) -> bool:
        """Whether its verb is in the plural."""

    @property
    def subject(self) -> str:
        """English, before the verb."""

    @property
    def object(self) -> str:
        """English, behind the verb."""

    def german(self, case: Case) -> str:
        """German in a case."""


@dataclass(frozen=True, slots=True)
class Noun:
    """A countable noun.

    Args:
        forms: German nominative, genitive, accusative (and dative), plural, dative plural.
        gender: m, f or n.
        english: Singular and plural.
        kind: person, group, thing, matter or place.
    """

    forms: tuple[str, str, str, str, str]
    gender: str
    english: tuple[str, str]
    kind: str

    def german(self, case: Case, *, plural: bool) -> str:
        """Return the form for a case, without article."""
        nominative, genitive, objective, many, dative_many = self.forms
        if plural:
            return dative_many if case == "dat" else many
        return {"nom": nominative, "gen": genitive}.get(case, objective)

    @property
    def sex(self) -> str:
        """Gender of the English pronoun: things and institutions are neuter."""
        if self.kind != "person":
            return "n"
        return "f" if self.gender == "n" else self.gender  # of the neuters only girls are listed


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun with its article.

    >>> table = nouns("group")
    >>> town = Phrase(next(noun for noun in table if noun.forms[0] == "Stadt"))
    >>> town.german("dat"), town.subject
    ('der Stadt', 'the city')
    """

    noun: Noun
    plural: bool = False
    article: str = "der"
    """der, ein, kein, sein, ihr or nothing."""
    determiner: str = "the"
    """English article; "a" becomes "an" where it must."""
    adjective: tuple[str, str] | None = None

    @property
    def number(self) -> str:
        """Row of the tables of endings."""
        return "pl" if self.plural else self.noun.gender

    def german(self, case: Case) -> str:
        """Return the phrase in a case."""
        adjective = self.adjective[0] + self._ending(case) if self.adjective else ""
        parts = (self._article(case), adjective, self.noun.german(case, plural=self.plural))
        return " ".join(filter(None, parts))

    def _article(self, case: Case) -> str:
        if self.article == "der":
            return _row({**_THE, "pl": "die die den der"}, self.number, case)
        return self.article and self.article + _row(_A, self.number, case)

    def _ending(self, case: Case) -> str:
        table = {"der": _AFTER_THE, "": _ALONE}.get(self.article, _AFTER_A)
        return _row(table, self.number, case)

    @property
    def subject(self) -> str:
        """English, the same before and behind the verb."""
        adjective = self.adjective[1] if self.adjective else ""
        rest = " ".join(filter(None, (adjective, self.noun.english[self.plural])))
        article = "an" if self.determiner == "a" and rest[0] in "aeiou" else self.determiner
        return f"{article} {rest}".strip()

    @property
    def object(self) -> str:
        """English behind the verb."""
        return self.subject

    @property
    def pronoun(self) -> Pronoun:
        """What takes up the phrase in the next clause."""
        return Pronoun(self.number, "pl" if self.plural else self.noun.sex)

    def relative(self, case: Case) -> tuple[str, str]:
        """Return the German and the English relative pronoun."""
        german = _row({**_WHO, "pl": "die die denen deren"}, self.number, case)
        person = self.noun.kind == "person"
        if case == "gen":
            return german, "whose"
        return german, ("who" if case == "nom" else "whom") if person else "that"

    def marks(self, case: Case) -> bool:
        """Tell whether its form names its case: "den Rat", but not "die Stadt"."""
        return not self.plural and self.noun.gender == "m" and case in ("nom", "acc")


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A personal pronoun: gender in German, and in English.

    >>> Pronoun("f", "n").german("nom"), Pronoun("f", "n").object
    ('sie', 'it')
    """

    gender: str
    sex: str
    plural: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plural", self.gender == "pl")

    def german(self, case: Case) -> str:
        """Return the pronoun in a case (it has no genitive)."""
        return _row(_PERSONAL, self.gender, case)

    @property
    def subject(self) -> str:
        """English: he, she, it, they."""
        return _ENGLISH[self.sex].split()[0]

    @property
    def object(self) -> str:
        """English: him, her, it, them."""
        return _ENGLISH[self.sex].split()[1]

    @property
    def possessive(self) -> tuple[str, str]:
        """German stem and English form of what belongs to it."""
        german = "ihr" if self.gender in ("f", "pl") else "sein"
        return german, _ENGLISH[self.sex].split()[2]


@lru_cache(maxsize=1)
def _listed() -> Sequence[Noun]:
    rows = (DATA / "nouns.de-en.tsv").read_text(encoding="utf-8").splitlines()
    split = (row.split("\t") for row in rows if not row.startswith("#"))
    return [
        Noun((one, genitive, objective, many, dative), gender, (english, several), kind)
        for one, gender, genitive, objective, many, dative, english, several, kind in split
    ]


@lru_cache(maxsize=32)
def nouns(*kinds: str) -> Sequence[Noun]:
    """Return the nouns of some kinds, in the order of the list."""
    return [noun for noun in _listed() if noun.kind in kinds]


@lru_cache(maxsize=1)
def _adjectives() -> Sequence[tuple[str, str, Collection[str]]]:
    rows = (DATA / "adjectives.de-en.tsv").read_text(encoding="utf-8").splitlines()
    split = (row.split("\t") for row in rows if not row.startswith("#"))
    return [(german, english, kinds.split(",")) for german, english, kinds in split]


def draw_phrase(
    kinds: Sequence[str], rng: random.Random, *, plural: bool | None = None, definite: float = 0.75
) -> Phrase:
    """Return a noun phrase of one of some kinds.

    Args:
        kinds: What it may be.
        rng: Source of chance.
        plural: Its number; None for either.
        definite: Share of the phrases with a definite article, 0 to 1.
    """
    noun = rng.choice(nouns(rng.choice(kinds)))
    many = rng.random() < 0.25 if plural is None else plural
    adjective = None
    if rng.random() < 0.2:
        fitting = [(g, e) for g, e, kinds in _adjectives() if noun.kind in kinds]
        adjective = rng.choice(fitting) if fitting else None
    if rng.random() < definite:
        return Phrase(noun, many, adjective=adjective)
    article, determiner = ("", "") if many else ("ein", "a")
    return Phrase(noun, many, article, determiner, adjective)
