"""Turn a relative clause into the passive where its pronoun is the object.

"Der Antrag, den die Behörde prüft" and "ein Projekt, das die Stiftung unterstützt" are
read the wrong way round by a small model: whoever comes first acts. "Der Antrag, der von
der Behörde geprüft wird" can be read in one way only. Where articles or the noun
itself show that the second noun acts, the clause is put so.

Source: simplification before translation (Štajner & Popović 2016).
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.compounds import participle_lemmas, strong_infinitives
from summlib.text.conjugation import Forms, conjugate
from summlib.text.finite import GERMAN_AUXILIARIES
from summlib.text.participles import is_participle
from summlib.text.phrasebook import listed
from summlib.text.stems import CACHED_WORDS
from summlib.text.subject import NOUN, OF, is_among

_DATIVES = {
    "der": "dem", "die": "der", "das": "dem", "ein": "einem", "eine": "einer", "sein": "seinem",
    "seine": "seiner", "ihr": "ihrem", "ihre": "ihrer", "unser": "unserem", "unsere": "unserer",
}  # fmt: skip
_ADJECTIVES = r"(?:(?:[a-zäöüß]{3,}(?:e|er|es)|[A-ZÄÖÜ][\wäöüß-]+er) ){0,2}"
_CLAUSE = re.compile(
    rf"(?P<before>[\w-]+), (?P<pronoun>den|die|das) (?P<article>{'|'.join(_DATIVES)}) "
    rf"(?P<adjectives>{_ADJECTIVES})(?P<noun>{NOUN})(?P<of>{OF}) "
    r"(?P<middle>(?:(?!sich |es |nicht |kein)"
    r"(?:[^\s,.;:!?()\"]|[.,](?=\d)|(?<=\d)\.(?= ))+ ){0,9}?)"
    r"(?P<verb>[a-zäöüß]{4,})(?: (?P<aux>hat|hatte|habe))?(?=[,.;!?]|$)"
)
_WEAK = re.compile(r"(?:ist|ent|ant|(?:sold|demokr|diplom|kandid|advok)at|mensch)$", re.IGNORECASE)
_SHE = re.compile(
    r"(?:behörde|gemeinde|familie|schule|kirche|kasse|gruppe|presse|firma|wehr|bank|stadt|bahn|frau"
    r"|partei|polizei|klinik|justiz|jury|agentur|kammer|mutter|tochter|schwester|post|armee|ung"
    r"|ion|tät|schaft|heit|keit|in)$",
    re.IGNORECASE,
)
"""Ends of feminines in the singular that act, or are acted on."""

_SEVERAL = re.compile(r"(?:en|n|er|s|chen)$")
_COUNTED = re.compile(r"(?:\d|zwei|drei|vier|fünf|sechs|Millionen|Milliarden|mehrere|viele|alle) $")
_PERSON = re.compile(r"(?:in|frau|mutter|tochter|schwester)$", re.IGNORECASE)
_KEPT = ("unter", "über", "hinter", "wider")
"""Prefixes that mostly stay with their verb, others that look like them part from it."""

_INTRANSITIVE = frozenset(
    (
        *("helfen", "folgen", "gehören", "dienen", "fehlen", "gefallen", "gelten", "drohen"),
        *("begegnen", "nützen", "schaden", "ähneln", "kosten", "dauern", "wiegen", "enthalten"),
        *("umfassen", "haben", "kennen", "wissen", "bekommen", "erhalten", "kriegen", "besitzen"),
        *("brauchen", "meinen", "interessieren", "freuen", "betreffen", "bedeuten", "heißen"),
        *("bleiben", "verdienen", "verdanken", "darstellen", "bilden"),
    )
)
"""Verbs that have no passive, or none that is usual."""


def object_clauses_passive(sentence: str) -> str:
    """Return a German sentence with such relative clauses in the passive.

    >>> object_clauses_passive("Der Antrag, den die Behörde bald prüft, liegt vor.")
    'Der Antrag, der von der Behörde bald geprüft wird, liegt vor.'
    >>> object_clauses_passive("Die Frau, die die Maus sah, floh.")
    'Die Frau, die die Maus sah, floh.'
    """
    return _CLAUSE.sub(_passive, sentence) if ", d" in sentence else sentence


def _passive(match: re.Match[str]) -> str:
    participle = _participle(match)
    if not participle or not _acts(match):
        return match[0]
    auxiliary = _auxiliary(match)
    article = _DATIVES[match["article"]]
    by = "vom" if article == "dem" else f"von {article}"
    adjectives = re.sub(r"\b([a-zäöüß]+?)(?:e|er|es) ", r"\1en ", match["adjectives"])
    pronoun = "der" if match["pronoun"] == "den" else match["pronoun"]
    noun = _dative(match["noun"], match["article"])
    return (
        f"{match['before']}, {pronoun} {by} {adjectives}{noun}{match['of']} "
        f"{match['middle']}{participle} {auxiliary}"
    )


def _acts(match: re.Match[str]) -> bool:
    """Tell whether the second noun can only be the one who acts."""
    noun, article = match["noun"], match["article"]
    if match["pronoun"] == "den":
        return article not in ("sein", "ihr", "ein") or is_among(noun, "agents")
    if article == "der":
        return is_among(noun, "masculines")
    single = article not in ("die", "seine", "ihre", "unsere") or _SHE.search(noun)
    acted_on = not (is_among(match["before"], "agents") or _PERSON.search(match["before"]))
    return bool(single) and is_among(noun, "agents") and acted_on


def _participle(match: re.Match[str]) -> str:
    verb = match["verb"]
    if verb in GERMAN_AUXILIARIES or verb in listed("helpers"):
        return ""
    if match["aux"]:
        fits = is_participle(verb) and not _is_barred(verb)
        return verb if fits else ""
    infinitive, forms = _conjugated(verb)
    return "" if infinitive in _INTRANSITIVE else forms.get("participle", "")


@lru_cache(maxsize=CACHED_WORDS)
def _conjugated(verb: str) -> tuple[str, Forms]:
    """Return the infinitive and the forms of the verb that a word is a finite form of."""
    for infinitive in _infinitives(verb):
        parted = not infinitive.startswith(_KEPT)
        forms = conjugate(infinitive) or conjugate(infinitive, parted=parted)
        if forms and verb in (forms["present"], forms["past"]):
            return infinitive, forms
    return "", {}


def _is_barred(participle: str) -> bool:
    return not _INTRANSITIVE.isdisjoint(
        (*participle_lemmas(participle), *strong_infinitives(participle))
    )


@lru_cache(maxsize=CACHED_WORDS)
def _infinitives(word: str) -> tuple[str, ...]:
    """Return infinitives that a finite form in the singular may be of."""
    weak = [word.removesuffix(end) + "en" for end in ("te", "t") if word.endswith(end)]
    linked = [
        word.removesuffix("e" + end) + "en" for end in ("te", "t") if word.endswith("e" + end)
    ]
    short = [w[:-2] + "n" for w in weak if w.endswith(("elen", "eren"))]
    return (*strong_infinitives(word), *linked, *weak, *short)


def _auxiliary(match: re.Match[str]) -> str:
    before = match["before"]
    counted = _COUNTED.search(match.string, 0, match.start())
    several = counted or (_SEVERAL.search(before) and not _SHE.search(before))
    many = match["pronoun"] == "die" and bool(several)
    if match["aux"] == "hatte":
        return "worden waren" if many else "worden war"
    if match["aux"] == "habe":
        return "worden seien" if many else "worden sei"
    past = bool(match["aux"]) or _is_past(match["verb"])
    return ("wurden" if many else "wurde") if past else ("werden" if many else "wird")


def _is_past(verb: str) -> bool:
    _, forms = _conjugated(verb)
    return verb == forms.get("past") != forms.get("present")


def _dative(noun: str, article: str) -> str:
    if _WEAK.search(noun):
        return noun + "en"
    return noun + "n" if article == "der" and noun.endswith("e") else noun
