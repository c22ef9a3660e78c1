"""Put the object first, where German may and the training text seldom does.

"Den Bericht hat der Rat gebilligt" says who approved by its endings alone; a
small model that mostly saw the subject first reads it the wrong way round.
Lines whose object can be told from its article are turned, their English
stays: the same words in both orders, so that the endings are what differs.

Source of the idea: changing one order of the source by rule (Collins et al.
2005), here to teach the model and not to spare it the order; minimal pairs as
training text follow Kaushik et al. (2020).
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from summlib.centrality import stopwords
from summlib.text.separable import finite_forms
from summlib.training.corpus import Pair

_ADJECTIVES = r"(?:[a-zäöüß]+(?:e|en|er|es|em),? ){0,3}"
_NOUN = r"(?:[A-ZÄÖÜ][\wäöüß-]+)"
_OF = rf"(?: (?:des|der|dieser|eines|einer|ihrer|seiner|unserer) {_ADJECTIVES}{_NOUN})?"
_SUBJECT = (
    r"(?P<subject>(?P<pronoun>Ich|Er|Wir|Man|Du|Niemand|Jeder|Jemand|Sie)"
    rf"|(?P<male>Der|Dieser|Jeder|Jener|Mein Vater|Sein Vater) {_ADJECTIVES}{_NOUN}{_OF}"
    rf"|(?P<article>Die|Das|Ein|Eine|Diese|Dieses|Unsere?|Meine?|Seine?|Ihre?|Keine?|Viele"
    rf"|Einige|Mehrere|Alle|Manche|Beide) {_ADJECTIVES}{_NOUN}{_OF}"
    rf"|(?P<name>{_NOUN}(?: {_NOUN}){{0,2}}))"
)
_MALE = r"(?:den|dem|einen|einem|(?:dies|jed|jen|kein|mein|sein|ihr|unser|euer|eur|manch)e[nm])"
_OTHER = r"(?:die|das|eine|diese|dieses|(?:kein|mein|sein|ihr|unser)e|alle|viele|beide|mehrere)"
_LINE = re.compile(
    rf"{_SUBJECT} (?P<verb>[a-zäöüß]+) (?P<object>(?P<marked>{_MALE}|(?P<other>{_OTHER})) "
    rf"{_ADJECTIVES}{_NOUN}{_OF})(?P<rest>(?:[.!?]| [a-zäöüß]+(?![\w(.]*[(_.]\w)).*)"
)
_TIED = re.compile(
    r" (?:über|von|vom|für|zu|zur|zum|aus|mit|gegen|an|am|ans|auf|in|im|ins|zwischen|als|wie|und"
    r"|oder|sowie|des|der|dessen|deren|nach|bei|beim|unter|ohne|um|wegen|bis|ab|vor|sich|einer|eines|noch"
    r"|durch|hinter|neben|statt|seit|per|pro|betreffend|bzw)\b"
)
"""What begins behind a noun belongs to it as a rule, and would be torn off."""

# fmt: off
_HELPERS = frozenset(
    (
        "hat", "habe", "haben", "hatte", "hatten", "hast", "will", "wollen", "wollte", "wollten",
        "kann", "können", "konnte", "konnten", "muss", "müssen", "musste", "mussten", "soll",
        "sollen", "sollte", "sollten", "darf", "dürfen", "durfte", "durften", "wird", "werden",
        "würde", "würden", "möchte", "möchten", "mag", "mögen", "lässt", "lassen", "ließ", "ließen",
    )
)
_COPULAS = frozenset(
    (
        "ist", "sind", "war", "waren", "sei", "seien", "wäre", "wären", "bleibt", "bleiben",
        "wurde", "wurden",
    )
)
_NO_VERBS = frozenset(
    (
        "heute", "bitte", "beste", "letzte", "erste", "zweite", "dritte", "ganze", "seite", "mitte",
        "leute", "weite", "breite", "gute", "alte", "neben", "gegen", "zwischen", "wegen", "trotz",
        "selten", "unten", "hinten", "mitten", "besten", "ersten", "letzten", "meisten", "sowohl",
        "nicht", "selbst", "allein", "nur", "auch", "wie", "als", "statt", "samt", "mit", "seit",
        "nebst", "erst", "fast", "oft",
    )
)
# fmt: on
_NOMINATIVE = frozenset(("Ich", "Er", "Wir", "Man", "Du"))
_YOU = re.compile(r"\byou", re.IGNORECASE)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return (_HELPERS | finite_forms()) - _COPULAS - _NO_VERBS


def front_object(pair: Pair) -> Pair:
    """Return a pair with the German object first; the same pair where that is not sure.

    Only a sentence that begins with its subject is turned, when the object
    stands right behind the verb and either is marked by its article or the
    subject is.

    Args:
        pair: German beside English, as they stand in the corpus.

    >>> def turn(german: str, english: str) -> str:
    ...     return front_object(Pair("x", german, english)).source
    >>> turn("Der Rat hat den neuen Bericht gebilligt.", "The council has approved the report.")
    'Den neuen Bericht hat der Rat gebilligt.'
    >>> turn("Die Frau sieht die Katze.", "The woman sees the cat.")
    'Die Frau sieht die Katze.'
    """
    found = _LINE.fullmatch(pair.source)
    if not found or _TIED.match(found["rest"]) or not _is_verb(found["verb"]):
        return pair
    if found["other"] and not (found["male"] or found["pronoun"] in _NOMINATIVE):
        return pair
    if found["pronoun"] == "Sie" and _YOU.search(pair.target):  # the polite form keeps its capital
        return pair
    if found["name"] and _is_common(found["name"]):
        return pair
    thing, subject = found["object"], found["subject"]
    if not found["name"]:
        subject = subject[0].lower() + subject[1:]
    turned = f"{thing[0].upper()}{thing[1:]} {found['verb']} {subject}{found['rest']}"
    return replace(pair, source=turned)


def _is_verb(word: str) -> bool:
    if word in _verbs():
        return True
    return word not in _NO_VERBS | _COPULAS and bool(re.search(r"[^aeiou]ten?$", word))


def _is_common(name: str) -> bool:
    """Tell whether what looks like a name is "Aber", "Wer" or "Abschließend"."""
    first = name.split()[0].lower()
    return first in stopwords("de") or first.endswith(("end", "lich", "weise", "ig"))
