"""Call things it: German has "er" for a council and "sie" for a town.

A small model writes "he" and "his" for what is masculine in German. Where a
sentence's subject is a thing or a body, and nobody is named between it and the
pronoun, the pronoun is the thing's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.datafiles import read_words

_ADJECTIVES = r"(?:[a-zäöüß\d-]+e[rs]? ){0,2}"
_SUBJECT = re.compile(
    r"(?P<article>Der|Dieser|Ein|Die|Diese|Eine|Das|Dieses)"
    rf" {_ADJECTIVES}(?P<noun>[A-ZÄÖÜ][\wäöüß-]+)\b(?! [A-ZÄÖÜ][a-zäöüß])"
)
"""No name follows: "Bundesrat Cassis" is a man."""

_SOMEBODY = re.compile(
    r"\b(?:Herrn?|Frau|Mann|Kind(?:er)?|Leute|Eltern|[A-ZÄÖÜ][a-zäöüß]+"
    r"(?:er|in|ern|innen|ist|isten|ent|enten|or|oren|eur|chef|mann|frau|männer|leute|vater|sohn|ling)"
    r"|[A-ZÄÖÜ][a-zäöüß]+ [A-ZÄÖÜ]\w+)\b"
)
_PERSONS = re.compile(r"(?:[Ll]and|[Ss]tudien|[Gg]eheim)rat$|reisende[rn]?$")
_NEUTER_PERSONS = re.compile(r"(?:Kind|Mädchen|Opfer|Paar|Baby|Mitglied|Oberhaupt|Team|Duo|Model)$")
_JOINED = (
    r"(?:und|dann|zugleich|weil|dass|wenn|als|nachdem|damit|aber|doch|bevor|obwohl|sodass|da)"
    r"(?: [a-zäöüß]+)?"
)
_HIS = re.compile(rf"\bsein(?:e[nmrs]?)?\b(?= [a-zA-ZÄÖÜ])|\b{_JOINED} er\b")
_HER = re.compile(rf"\bihr(?:e[nmrs]?)?\b(?= [a-zA-ZÄÖÜ])|\b{_JOINED} sie\b")
"""Its own, or the subject of a clause joined on."""

_SAYS = re.compile(r"[\"“”„»«]|[a-zäöüß]te? er\b|\b(?:ihn|ihm)\b")
"""Somebody speaks or is acted on, who may be he."""

_ENGLISH = {"he": "it", "his": "its", "him": "it", "she": "it", "her": "its", "himself": "itself"}
_MALE, _FEMALE = (
    re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im|[Hh]imself)\b"),
    re.compile(r"\b(?:[Ss]he)\b"),
)


@lru_cache(maxsize=1)
def _ends() -> tuple[str, ...]:
    return tuple(word.lower() for word in read_words("things.de.txt"))


def _is_thing(article: str, noun: str) -> bool:
    if article in ("Das", "Dieses"):
        return not _NEUTER_PERSONS.search(noun)
    return noun.lower().endswith(_ends()) and not _PERSONS.search(noun)


def call_it(target: str, *, source: str) -> str:
    """Return a translation with it for he or she where a thing is meant.

    >>> call_it("The council agreed, then he left.", source="Der Rat stimmte zu, dann ging er.")
    'The council agreed, then it left.'
    >>> call_it("The club thanked his coach.", source="Der Verein dankte seinem Trainer.")
    'The club thanked its coach.'
    >>> call_it("The club asked him, and he left.", source="Der Klub bat den Mann, und er ging.")
    'The club asked him, and he left.'
    """
    match = _SUBJECT.match(source)
    if match is None or source[match.end() :].startswith(",") or _SAYS.search(source):
        return target
    if not _is_thing(match["article"], match["noun"]):
        return target
    feminine = match["article"] in ("Die", "Diese", "Eine")
    pronoun = (_HER if feminine else _HIS).search(source, match.end())
    if pronoun is None or pronoun.start() <= match.end() + 1:  # "Das Ergebnis seiner Forschung"
        return target
    if _SOMEBODY.search(source, match.end(), pronoun.start()):
        return target
    pattern = _FEMALE if feminine else _MALE
    return pattern.sub(lambda m: _like(m[0], _ENGLISH[m[0].lower()]), target, count=1)


def _like(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() else other
