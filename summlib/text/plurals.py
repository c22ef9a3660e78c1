"""Number: whether a German noun stands in the plural, and the plural of an English one.

What is put into a sentence from a list must stand there in the number of the word it is for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SAME = ("er", "el", "en", "chen", "lein")
"""Ends of the masculines and neuters whose plural may look like the singular."""

_FEMININE = re.compile(
    r"(?:steuer|mauer|kammer|feier|nummer|leiter|dauer|oper|mutter|schwester|tochter|butter|ader"
    r"|trauer|leber|ziffer|faser|tafel|kartoffel|regel|formel|insel|klausel|zwiebel|nadel|feder)$"
)
_MASS = re.compile(
    r"(?:wasser|wetter|feuer|silber|kupfer|eisen|leder|zucker|futter|pulver|fieber|papier)$",
    re.IGNORECASE,
)
"""Stuff: without a word that counts it is one, "mit Flusswasser"."""

_WEAK = re.compile(
    r"(?:ist|ent|ant|and|at|[lns]oge|zeuge|schütze|gefährte|geselle|experte|kunde|bote|laie|pate)$",
    re.IGNORECASE,
)
"""Masculines with -en in all cases but the first."""

_MANY = re.compile(
    r"(?:viele|mehrere|einige|alle|beide|wenige|manche|sämtliche|etliche|zahlreiche|verschiedene)[nr]?"
    r"|(?:hundert|tausend)e?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|beiden"
    r"|(?!1$)\d[\d.,]*",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"die|(?:diese|jene|welche|solche|meine|seine|ihre|unsere|eure|deine|keine)", re.IGNORECASE
)
"""Determiners that before a masculine or neuter stand for the plural."""

_SINGULAR = re.compile(
    r"de[rnms]|das|(?:dies|jen|welch|jed|solch|manch)(?:er|es|en|em)"
    r"|(?:k?ein|mein|dein|sein|ihr|unser|euer)(?:e[rnms])?|i[mn]s?|am|ans|zu[mr]|vo[mr]|beim?|als"
    r"|fürs|herrn?",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"(?:d|ein|kein|dies|jed|sein|ihr|unser|mein)es", re.IGNORECASE)
_OBLIQUE = re.compile(
    r"(?:d|k?ein|dies|jed|sein|ihr|unser|mein)e[nms]|vom|zum|beim|im|am", re.IGNORECASE
)

_ONE_BEHIND = re.compile(
    r"ist|war|wird|wurde|bleibt|blieb|sei|wäre|werden|geworden|bin|laut|per|gemäß", re.IGNORECASE
)
_row = str.split
_DEGREES = frozenset(_row("so sehr ganz voll besonders noch schon weit fast neu rund"))

_IRREGULAR = (
    ("woman", "women"),
    ("man", "men"),
    ("person", "people"),
    ("child", "children"),
    ("wife", "wives"),
    ("mouse", "mice"),
    ("foot", "feet"),
    ("larva", "larvae"),
    ("nucleus", "nuclei"),
    ("goose", "geese"),
    ("passerby", "passersby"),
    ("curriculum", "curricula"),
    ("thesis", "theses"),
    ("alga", "algae"),
    ("bacterium", "bacteria"),
    ("criterion", "criteria"),
    ("phenomenon", "phenomena"),
    ("tooth", "teeth"),
    ("crisis", "crises"),
    ("basis", "bases"),
    ("analysis", "analyses"),
    ("diagnosis", "diagnoses"),
    ("knife", "knives"),
    *((f"{stem}f", f"{stem}ves") for stem in ("hal", "shel", "wol", "thie", "lea", "loa", "cal")),
)
_UNCHANGED = re.compile(
    r"(?:^|[ -])(?:"
    r"work|overtime|wildlife|nightlife|staff|funding|food|damage|waste|deer|equipment|housing|squid|personnel"
    r"|advice|information|research|traffic|people|kyrgyz|unemployed|accused|deceased|wounded"
    r"|injured|disabled|homeless|elderly|insured|missing|dead|poor|rich|sick|offspring|sheep"
    r"|cattle|livestock|police|data|evidence|furniture|luggage|baggage|progress|knowledge"
    r"|software|hardware|music|media|algae|bacteria|geodata|precipitation|spending"
    r"|misinformation|assistance|farming|training|parking|lighting|clothing|storytelling"
    r"|conditioning|legislation|money|rubbish|garbage|electricity|violence|support|protection"
    r")$|ness$|(?:air|space)craft$|ese$|[^su]s$"
)
_BEHIND = re.compile(r" (?:of|per|in|for|to|against|between|with) ")


def is_plural(form: str, headword: str, before: Sequence[str], after: str = "") -> bool:
    """Tell whether a German noun stands in the plural.

    Args:
        form: As it stands in the sentence.
        headword: Its dictionary form; of a noun made from an adjective the strong one
            ("Angeklagter").
        before: The words and commas before it, some five, the nearest last.
        after: The word or comma behind it.

    >>> is_plural("Kläranlagen", "Kläranlage", ["in"])
    True
    >>> is_plural("Lokführer", "Lokführer", ["Die"]), is_plural("Lokführer", "Lokführer", ["Der"])
    (True, False)
    >>> is_plural("Zeugen", "Zeuge", ["den"]), is_plural("Deiches", "Deich", ["des"])
    (False, False)
    >>> is_plural("Flusswasser", "Flusswasser", ["auf"]), is_plural("Feuer", "Feuer", ["zwei"])
    (False, True)
    """
    form, headword = form.replace("ß", "ss"), headword.replace("ß", "ss")
    determiner = _determiner(before)
    if form == headword:
        if not headword.endswith(_SAME) or _FEMININE.search(headword):
            return False
        if _partitive(before):
            return True
        if determiner or _MASS.search(headword):
            return bool(determiner) and _many(determiner)
        return _bare_plural(before, after)
    if form in (headword[:-1], f"{headword[:-1]}n") and headword.endswith("er"):
        return _made_from_adjective(form, determiner)
    if form in (f"{headword}s", f"{headword}es", f"{headword}ses"):
        # "des Streiks", but "neue Streiks"; strong genitives ("vergangenen Jahrs") end in -n.
        return not (_GENITIVE.fullmatch(determiner) or (before and before[-1].endswith("en")))
    if form in (f"{headword}n", f"{headword}en") and _WEAK.search(headword):
        return not _OBLIQUE.fullmatch(determiner)
    return True


def _partitive(before: Sequence[str]) -> bool:
    """Tell whether "der" behind a noun is before: "die Zahl der", where one were "des"."""
    return len(before) > 1 and before[-1] == "der" and before[-2][:1].isupper()


def _bare_plural(before: Sequence[str], after: str) -> bool:
    """Tell whether a masculine or neuter without a determiner is more than one.

    "Lokführer streiken" is; "Lokführer Meier", "Er war Lokführer" and "Meier, Lokführer
    seit 2010" are not, nor is "ehemaliger Lokführer".
    """
    last = before[-1] if before else ""
    if after[:1].isupper() or _ONE_BEHIND.fullmatch(last):
        return False
    if last == ",":
        return after in (",", "und", "oder", "sowie")
    return not (last.islower() and re.search(r"...e[rsm]$", last) and last != "unter")


def _determiner(before: Sequence[str]) -> str:
    """Return the determiner of a noun, over a few adjectives, or an empty string."""
    for word in reversed(before):
        if _MANY.fullmatch(word) or _PLURAL.fullmatch(word) or _SINGULAR.fullmatch(word):
            return word
        if word[:1].isupper() or not (re.search(r"e[nrsm]?$", word) or word in _DEGREES):
            return ""
    return ""


def _many(determiner: str) -> bool:
    """Tell whether a masculine or neuter behind a determiner is more than one; bare ones are."""
    return not _SINGULAR.fullmatch(determiner) or bool(_MANY.fullmatch(determiner))


def _made_from_adjective(form: str, determiner: str) -> bool:
    if form.endswith("en"):
        return not _OBLIQUE.fullmatch(determiner)
    return not determiner or bool(_MANY.fullmatch(determiner))


def pluralize(term: str) -> str:
    """Return the plural of an English term; what has none stays.

    >>> [pluralize(t) for t in ("works council", "vote of confidence", "midwife", "utility costs")]
    ['works councils', 'votes of confidence', 'midwives', 'utility costs']
    """
    behind = _BEHIND.search(term)
    if behind:
        return pluralize(term[: behind.start()]) + term[behind.start() :]
    for one, many in _IRREGULAR:
        if term.endswith(one):
            return term.removesuffix(one) + many
    if _UNCHANGED.search(term):
        return term
    if re.search(r"[^aeiou]y$", term):
        return f"{term[:-1]}ies"
    return f"{term}es" if re.search(r"(?:s|x|z|ch|sh)$", term) else f"{term}s"
