"""Whether a translation turns round who does what.

"Die Regierung beschloss ein Gesetz" does not show by its forms who decides on
what; a reader takes the first noun for the one who acts, and a small model now
and then the second: "A law decided the government". Where the first noun of a
sentence can only be its subject, or is somebody who acts, its rendering has to
come before that of the next noun, or behind "by".
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.adequacy import TranslationTable
from summlib.names import listed
from summlib.text.stems import english_stem

_ADJECTIVES = r"(?:[a-zäöüß]{3,}e[nrsm]?,? ){0,2}"
_NOUN = r"[A-ZÄÖÜ][\wäöüß-]+"
_OF = rf"(?: (?:des|der|eines|einer) {_ADJECTIVES}{_NOUN})?"
_ACTIVE = re.compile(
    r"^(?:Und |Aber |Doch )?(?P<article>D(?:er|ie|as)|Eine?|Diese[rs]?|Zwei|Drei|Mehrere|Viele)"
    rf" {_ADJECTIVES}(?P<first>{_NOUN}){_OF} (?P<verb>[a-zäöüß]+)(?: sich)?"
    r" (?:d(?:er|ie|as|e[nm])|eine?[nmr]?|(?:sein|ihr|kein)e?[nmr]?)"
    rf" {_ADJECTIVES}(?P<next>{_NOUN})"
)
_MASCULINE = ("Der", "Ein", "Dieser")
"""Before a noun at the head of a sentence, these are of its subject."""

_FEMININE = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|[^aeiou]in|e|Frau|Stadt)$")
"""Ends of nouns before which "der" is a dative or a genitive."""

_STATES = re.compile(
    r"(?:ist|sind|war|waren|wurden?|bleib\w*|blieb\w*|heißt|gehör\w+|fehl\w+|gefiel\w*)"
)
_SHE = re.compile(r"[a-zäöü]{4,}in$")
_WORD = re.compile(r"[^\W\d_]{3,}|by")


@lru_cache(maxsize=1)
def _ends() -> tuple[str, ...]:
    return tuple(word.lower() for word in listed("agents") if len(word) > len("Amt") + 1)


def _acts(article: str, noun: str) -> bool:
    """Tell whether a noun at the head of a sentence is its subject."""
    if article in _MASCULINE:
        return not _FEMININE.search(noun)
    somebody = noun in listed("agents") or noun.lower().endswith(_ends())
    return somebody or bool(_SHE.search(noun))


def turns_round(source: str, target: str, table: TranslationTable) -> bool:
    """Tell whether the one who acts comes behind what is acted on.

    Args:
        source: A German sentence.
        target: Its translation.
        table: Knows how nouns are rendered; without their renderings nothing is told.
    """
    match = _ACTIVE.match(source)
    if (
        match is None
        or _STATES.fullmatch(match["verb"])
        or not _acts(match["article"], match["first"])
    ):
        return False
    ours, theirs = (table.renderings(match[name]).all for name in ("first", "next"))
    words = [word.lower() for word in _WORD.findall(target)]
    stems = [english_stem(word) for word in words]
    first = next((i for i, stem in enumerate(stems) if stem in ours - theirs), None)
    behind = next((i for i, stem in enumerate(stems) if stem in theirs - ours), None)
    if first is None or behind is None:
        return False
    return behind < first and "by" not in words[behind:first]
