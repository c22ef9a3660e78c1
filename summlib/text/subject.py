"""Put the subject of a German sentence before its verb, where its object stands there.

"Den Antrag lehnte der Rat ab" says by its articles alone who rejected what; a
small model reads the first noun as the one who acts. Where an article or
pronoun marks the first place as no subject, both change places: "Der Rat lehnte
den Antrag ab". Clause restructuring before translation: Collins et al. (2005).
"""

from __future__ import annotations

import re

from summlib.text import separable, strong
from summlib.text.finite import GERMAN_AUXILIARIES

ADJECTIVES = r"(?:[a-zäöüß]{3,}(?:e|en|er|es),? ){0,3}"
NOUN = r"[A-ZÄÖÜ][\wäöüß-]+"
NAMES = rf"{NOUN}(?: {NOUN}){{0,3}}"
OF = rf"(?: (?:des|der|dieser|dieses|eines|einer|ihrer|seiner|unserer) {ADJECTIVES}{NOUN})?"
_POSSESSIVE = r"(?:mein|dein|sein|ihr|unser|euer|eur|kein)"
_MARKED = rf"(?:de[nm]|eine[nm]|(?:dies|jed|jen|{_POSSESSIVE})e[nm])"
_ABOUT = (
    rf"(?: (?:um|über|für|zu[rm]?|mit|gegen|a[nm]|auf|i[nm]|bei) (?:d\w\w |eine?[mnr]? )?"
    rf"{ADJECTIVES}{NOUN})?"
)
"""What may stand behind a noun as part of its phrase."""

OBJECT = rf"(?:(?i:{_MARKED}) {ADJECTIVES}{NOUN}{OF}{_ABOUT}|(?i:ihn|ihm|mich|mir|dich|dir|ihnen))"
"""A noun phrase or pronoun whose form shows that it is no subject."""

_UNMARKED = rf"(?:(?:Die|Das|Eine|Diese|Dieses) {ADJECTIVES}{NOUN}{OF}{_ABOUT}|Das)"
_NUMBER = (
    r"(?:\d[\d.,]*|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zahlreiche|einige)"
)
_PRONOUN = r"(?:er|ich|wir|man|du)"
SUBJECT = (
    rf"(?:(?:{_PRONOUN}|sie|es|niemand|jeder|alle|viele|beide)(?= )"
    rf"|(?:d(?:er|ie|as)|eine?|(?:dies|jed|jen)(?:er|es|e)|{_POSSESSIVE}e?|viele|alle|beide|mehrere"
    rf"|{_NUMBER}) {ADJECTIVES}{NAMES}{OF}|{NAMES})"
)
"""What can be a subject."""

PHRASE_END = (
    r"(?=[.!?]|, | (?!(?:für|von|vom|gegen|aus|zwischen|und|oder|sowie|als|wie|statt|bis|um|zu[mr]?"
    r"|des|dessen|deren)\b)[a-zäöüß\d])"
)
"""A noun phrase ends here."""

_LEAD = r"(?P<lead>(?:Und|Aber|Doch|Denn) )?"
_VERB = r"(?P<verb>[a-zäöüß]{3,})(?P<self> sich)?"
_FIRST = re.compile(rf"{_LEAD}(?P<object>{OBJECT}) {_VERB} (?P<subject>{SUBJECT}){PHRASE_END}")
_BEFORE_PRONOUN = re.compile(
    rf"{_LEAD}(?P<object>{_UNMARKED}) {_VERB} (?P<subject>{_PRONOUN}){PHRASE_END}"
)
_NO_VERB = frozenset(
    ("zufolge", "gegenüber", "nach", "zuliebe", "entlang", "über", "entsprechend", "später", "lang")
)


def subject_first(sentence: str) -> str:
    """Return a prepared sentence with subject before verb, or as it is where that is not sure.

    Args:
        sentence: German, its separable verbs joined (``summlib.text.prepare``).

    >>> subject_first("Den Antrag ablehnte der Rat am Montag.")
    'Der Rat ablehnte den Antrag am Montag.'
    >>> subject_first("Dem Bericht zufolge stieg der Umsatz.")
    'Dem Bericht zufolge stieg der Umsatz.'
    """
    match = _FIRST.match(sentence) or _BEFORE_PRONOUN.match(sentence)
    if match is None or not _is_finite(match["verb"]):
        return sentence
    lead, subject, given = match["lead"] or "", match["subject"], match["object"]
    if not lead:
        subject = subject[0].upper() + subject[1:]
    moved = f"{lead}{subject} {match['verb']}{match['self'] or ''} {_lowered(given)}"
    return moved + sentence[match.end() :]


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:]


def _is_finite(word: str) -> bool:
    if word in _NO_VERB:
        return False
    known = word in separable.finite_forms() or word in strong.finite_forms()
    return known or word.endswith(("t", "te", "ten")) or word in GERMAN_AUXILIARIES
