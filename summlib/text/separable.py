"""Join German verbs with the particles they have left at the end of the clause.

"Die Stadt baut ihr Netz aus" says "ausbaut", not "baut": the word that carries
the meaning comes last, and a small model has chosen "builds" before it gets
there. Reordering the source towards the target's order helped statistical
translation (Collins et al. 2005); here only this one order is changed, which
word lists decide without a parser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from summlib.records import Span
from summlib.text.datafiles import read_rows

FARTHEST = 240
"""Characters between a verb and its particle; beyond, the pair is chance."""

_WORD = re.compile(r"(?<![\w-])[A-Za-zÄÖÜäöüß]+(?![\w-])")
_STOP = re.compile(r"[;:?!]\s|(?<=[a-zäöüß]{4})\.\s")
_AFTER = re.compile(
    r"\s*[,.;:!?)]|\s+(?:will|wollen|wollte\w*|soll\w*|kann|können|könn\w+|muss|müss\w+|darf|dürf\w+"
    r"|wird|werden|wurde\w*|würde\w*|hat|haben|hatte\w*|ist|sind|war|waren|möcht\w+|lassen|lässt)\b"
)
"""What stands behind a verb that closes its own clause, and so has left nothing behind."""


@dataclass(frozen=True, slots=True)
class Separated:
    """A verb and its particle.

    Args:
        verb: Where the verb stands.
        particle: Where the particle stands, behind it.
        word: Both joined, in the verb's case.
    """

    verb: Span
    particle: Span
    word: str


@lru_cache(maxsize=1)
def _forms() -> dict[str, frozenset[str]]:
    split = (row.split() for row in read_rows("separable.de.txt"))
    return {form: frozenset(particles) for form, *particles in split}


def finite_forms() -> frozenset[str]:
    """Return the finite forms of verbs that take particles: most verbs of everyday German.

    >>> "baut" in finite_forms()
    True
    """
    return frozenset(_forms())


@lru_cache(maxsize=1)
def particles() -> tuple[str, ...]:
    """Return all particles, the longest first, so that "heraus" is found before "her"."""
    return tuple(sorted(frozenset().union(*_forms().values()), key=len, reverse=True))


def particles_of(form: str) -> frozenset[str]:
    """Return the particles that a finite form is known with.

    >>> "aus" in particles_of("baut")
    True
    """
    return _forms().get(form, frozenset())


@lru_cache(maxsize=1)
def _particle() -> re.Pattern[str]:
    ends = r"[\"'“”«»’)\]]*(?:\s*$|[.,;:!?)])"
    goes_on = r"\s+(?:und(?! zu)|oder|aber|sondern|denn|sowie|als|wie|–|-)\s"
    return re.compile(rf"(?<=\w )(?:{'|'.join(particles())})(?={ends}|{goes_on})")


def find_separated(text: str) -> list[Separated]:
    """Return the verbs of a sentence whose particle stands at the end of a clause.

    >>> [s.word for s in find_separated("Er kündigte an, dass sie das Netz ausbaut.")]
    ['ankündigte']
    """
    found: list[Separated] = []
    for match in _particle().finditer(text):
        verb = _verb_of(text, match)
        if verb and not any(s.verb.start == verb.start for s in found):
            found.append(Separated(verb, Span(*match.span()), _joined(verb.of(text), match[0])))
    return found


def _verb_of(text: str, particle: re.Match[str]) -> Span | None:
    """Return the nearest verb before a particle that goes with it."""
    first = max(0, particle.start() - FARTHEST)
    nearest = None
    for word in _WORD.finditer(text, first, particle.start() - 1):
        if word.start() and not word[0].islower():
            continue
        if particle[0] in _forms().get(word[0].lower(), ()) and not _AFTER.match(text, word.end()):
            nearest = Span(*word.span())
    if nearest and _STOP.search(text, nearest.end, particle.start()):
        return None
    return nearest


def _joined(verb: str, particle: str) -> str:
    word = particle + verb.lower()
    return word.capitalize() if verb[0].isupper() else word


def join_separated(text: str) -> str:
    """Return a sentence with each particle before its verb, where the infinitive has it.

    >>> join_separated("Die Stadt baut ihr Netz für 3 Mio. Euro aus.")
    'Die Stadt ausbaut ihr Netz für 3 Mio. Euro.'
    """
    for pair in sorted(find_separated(text), key=lambda s: -s.particle.start):
        before, after = text[: pair.particle.start - 1], text[pair.particle.end :]
        text = before[: pair.verb.start] + pair.word + before[pair.verb.end :] + after
    return text
