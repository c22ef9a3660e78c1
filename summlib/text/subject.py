"""Put the subject of a German sentence before its verb, where its object stands there.

"Den Antrag lehnte der Rat ab" says by its articles alone who rejected what; a
small model reads the first noun as the one who acts. Where an article or
pronoun marks the first place as no subject, both change places: "Der Rat lehnte
den Antrag ab". So they do where the number of the verb ("Das Auto fanden Beamte") or
the second noun ("Die Niederlage erklärte der Trainer") tells. Clause restructuring
before translation: Collins et al. (2005).
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text import separable, strong
from summlib.text.casing import with_capital, without_capital
from summlib.text.datafiles import read_words
from summlib.text.finite import GERMAN_AUXILIARIES
from summlib.text.stems import CACHED_WORDS

SHORTEST_END = 3
"""Letters of a noun that is looked for at the end of compounds."""


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
    r"|des|dessen|deren|beider|aller)\b)[a-zäöüß\d])"
)
"""A noun phrase ends here."""

_LEAD = r"(?P<lead>(?:Und|Aber|Doch|Denn) )?"
_VERB = r"(?P<verb>[a-zäöüß]{3,})(?P<self> sich)?"
_FIRST = re.compile(rf"{_LEAD}(?P<object>{OBJECT}) {_VERB} (?P<subject>{SUBJECT}){PHRASE_END}")
_BEFORE_PRONOUN = re.compile(
    rf"{_LEAD}(?P<object>{_UNMARKED}) {_VERB} (?P<subject>{_PRONOUN}){PHRASE_END}"
)
_MANY = re.compile(
    r"(?:ungen|heiten|keiten|schaften|ionen|täten|nisse|kosten|daten|zahlen|preise|pläne|gründe"
    r"|schulden|fragen|details|angaben|hinweise|stellen|gebühren|beiträge|vorwürfe|bedenken"
    r"|schätze|spuren|schäden|proben|regeln|folgen|anträge|aufträge|verträge|straftaten|taten)$",
    re.IGNORECASE,
)
"""Ends of nouns in the plural."""

_OPEN = (
    rf"(?:(?:Die|Diese|(?P<single>Das|Eine?|Dieses)) (?!ohne ){ADJECTIVES}"
    rf"(?P<noun>{NOUN}){OF}{_ABOUT}|(?P<bare>{NOUN}))"
)
"""A noun phrase at the head of a sentence that may be subject or object."""

_EITHER = re.compile(rf"{_LEAD}(?P<object>{_OPEN}) {_VERB} (?P<subject>{SUBJECT}){PHRASE_END}")
_SINGULAR = re.compile(r"(?:ung|heit|keit|schaft|tion|tät)$")
_HE = re.compile(rf"der {ADJECTIVES}(?P<noun>{NOUN})")
_MODAL = re.compile(r"(?:will|woll|soll|kann|könn|konn|muss|müss|darf|dürf|durf|mag|möch)")
_ONE = re.compile(r"(?:d(?:er|as)|eine?|die) ", re.IGNORECASE)
_SEVERAL = re.compile(
    rf"(?:(?:die|viele|alle|beide|mehrere|{_NUMBER}) "
    r"|[A-ZÄÖÜ][\wäöüß-]+(?:e|en|er|n|s)\b(?! [A-ZÄÖÜ]))"
)
_LINKS = re.compile(
    r"(?:ist|sind|war|waren|wird|werden|wurden?|sei|seien|bleib\w*|blieb\w*|hei(?:ßt|ßen)|gilt|galt"
    r"|gelten|gehör\w+|bedarf|bedürfen|gedach\w+|gedenk\w+|dien\w+|fehl\w+|folg\w+|gleich\w*"
    r"|betr[aä]g\w*|betrug\w*|nenn\w+|nann\w+|kostet\w*|dauert\w*|umfass\w+|enthält|enthalten|bilde\w+)"
)
"""Verbs behind which two nouns mean the same, or the second is in the dative or genitive."""

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
    match = _FIRST.match(sentence) or _BEFORE_PRONOUN.match(sentence) or _agreeing(sentence)
    if match is None or not _is_finite(match["verb"]):
        return sentence
    lead, subject, given = match["lead"] or "", match["subject"], match["object"]
    if not match.groupdict().get("bare"):
        given = without_capital(given)
    if not lead:
        subject = with_capital(subject)
    moved = f"{lead}{subject} {match['verb']}{match['self'] or ''} {given}"
    return moved + sentence[match.end() :]


def _agreeing(sentence: str) -> re.Match[str] | None:
    """Return a match where the verb or the second noun shows that the first is no subject."""
    match = _EITHER.match(sentence)
    if match is None or match["self"] or _LINKS.fullmatch(match["verb"]):
        return None
    subject, noun = match["subject"], match["noun"] or match["bare"]
    if match["verb"].endswith("en"):  # "Das Auto fanden Beamte"
        single = match["single"] or _SINGULAR.search(noun)
        turned = bool(single and _SEVERAL.match(subject))
    elif _MANY.search(noun):  # "Die Kosten schätzt das Amt"
        turned = bool(_ONE.match(subject)) and not (match["bare"] and _MODAL.match(match["verb"]))
    else:  # "Die Niederlage erklärte der Trainer"
        he = _HE.match(subject)
        turned = bool(he and match["noun"] and is_among(he["noun"], "masculines"))
        turned = turned and not is_among(noun, "agents")
    return match if turned else None


@lru_cache(maxsize=CACHED_WORDS)
def is_among(noun: str, name: str) -> bool:
    """Tell whether a noun is one of a list, or a compound that ends in one."""
    listed = read_words(f"{name}.de.txt")
    ends = tuple(word.lower() for word in listed if len(word) >= SHORTEST_END)
    return noun in listed or noun.lower().endswith(ends)


def _is_finite(word: str) -> bool:
    if word in _NO_VERB:
        return False
    known = word in separable.finite_forms() or word in strong.finite_forms()
    return known or word.endswith(("t", "te", "ten")) or word in GERMAN_AUXILIARIES
