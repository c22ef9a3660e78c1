"""Slips of a small model that can be told by their form, put right.

"In the year of 1998", "in Thursday", "15:30 clock", "the AfD-event": none of them is
English, and each has one meaning only beside its German. They were listed by readers of
some thousand translations of news; what needs understanding is left as it is.

Source of the idea: rule-based post-editing (Allen & Hogan 2000).
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.spelling import respell

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)

_ORDINAL = "(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twentieth|hundredth)"

_RULES: tuple[tuple[str, str, str], ...] = (
    # what the German must hold, what the English holds, what it should
    (r"Uhr", r"(?<=\d:\d\d) (?:o'|o’)?clock\b", ""),
    (r"Uhr", r"(?<![\d:.,])(\d\d?) clock\b", r"\1:00"),
    (r"(?<!\w)[Uu]m \d\d?(?:[.:]\d\d)? Uhr", r"(?<!\d )\bin order to (?=\d\d?:\d\d(?!\d))", "at "),
    (r"(?<!\w)[Uu]m \d\d?(?:[.:]\d\d)? Uhr", r"\b(?:In order to|To) (?=\d\d?:\d\d(?!\d))", "At "),
    (r"im Jahre? \d", r"\b([Ii])n (?:the )?year (?:of )?(?=(?:1\d|20)\d\d(?!\d))", r"\1n "),
    ("", rf"\bin (?={_DAY}(?!s?['’s]))", "on "),
    ("", rf"\bin (?={_MONTH} (?:[12]?\d|3[01])(?!\d|[:.]\d|%))", "on "),
    (r"\bweitere[nr]? \d", r"\bmore (?=\d)", "another "),
    ("", r"\b(?:was|were) (?=(?:happened|occurred)\b)", ""),
    ("", r"\b(?:was|were) (?=(?:risen|arrived|died|travell?ed)\b)", "had "),
    ("", r"\bis (?=(?:happened|occurred|risen|arrived|died|travell?ed)\b)", "has "),
    ("", r"\bare (?=(?:happened|occurred|risen|arrived|died|travell?ed)\b)", "have "),
    (
        "",
        r"\b([Tt]here) are (?=an? (?!(?:lot|number|few|couple|total|handful|variety|series|range"
        r"|dozen|hundred|thousand|million|multitude|great|good|large|whole|further|maximum)\b))",
        r"\1 is ",
    ),
    (
        "",
        r"(?<![\d.,])(?!1 )(\d[\d.,]*) ((?:mega|kilo|giga)watt)(?=[.,;:)]|$| (?:and|of|in|to|for|at"
        r"|on|from|with|which|is|are|was|were|per)\b)",
        r"\1 \2s",
    ),
    ("Nato", r"\bNato\b", "NATO"),
    ("", r"\bstatue of Liberty\b", "Statue of Liberty"),
    (r"(?i:jede[nrsm]?) ", rf"\b([Ee])ach (?={_ORDINAL}\b(?! of\b))", r"\1very "),
    ("", r"\binformations\b", "information"),
    ("", r"\b([Ww])hereever\b", r"\1herever"),
    ("", r"\bgoal againsts\b", "goals against"),
)

_BARE = re.compile(
    r"^((?i:Aim|Background|Basis|Cause|Centrepiece|Condition|Core|Focus|Goal|Objective|Occasion"
    r"|Prerequisite|Purpose|Reason|Result|Target|Trigger))(?= (?:is|was|remains)\b)"
)
"""Nouns that German puts first without an article: "Ziel ist es", "Herzstück ist"."""

_TWICE = re.compile(r"(?<![\w-])(?!(?:had|that|in|on|is|her|do|so|very)\b)([a-z]{2,}) \1\b")
_REPEATED = re.compile(r"\b(\w{2,}) \1\b", re.IGNORECASE)
_RUN = re.compile(r"(?<=[a-z])([a-hj-vx-z])\1{2,}(?=[a-z]|\b)")
_ANY_RUN = re.compile(r"([a-zäöüß])\1\1", re.IGNORECASE)
_HYPHEN = re.compile(
    r"\b(?!(?:Ex|Co|Anti|Non|Pro|Mid|Vice|Semi|Post|Pre|Self|Multi|Mini|Super|Ultra)-)"
    r"([A-Z][\w.]+)-(?!(?:based|led|born|style|like|backed|friendly|speaking|wide|trained|made|year)\b)"
    r"(?=[a-z]{4,}\b(?!-))"
)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    return tuple((re.compile(german), re.compile(slip), good) for german, slip, good in _RULES)


def mend(target: str, *, source: str) -> str:
    """Return an English sentence without the slips that its form betrays.

    Args:
        target: The translation of ``source``.
        source: German, on one line.

    >>> mend("In order to 11:20 clock it rained.", source="Um 11.20 Uhr regnete es.")
    'At 11:20 it rained.'
    >>> mend("It came in the year of 1998.", source="Es kam im Jahr 1998.")
    'It came in 1998.'
    >>> mend("the AfD-event", source="die AfD-Veranstaltung")
    'the AfD event'
    >>> mend("Goal is a pump of 22 megawatt.", source="Ziel ist eine Pumpe mit 22 Megawatt.")
    'The goal is a pump of 22 megawatts.'
    """
    for german, slip, good in _rules():
        if slip.search(target) and german.search(source):
            target = slip.sub(good, target)
    target = _BARE.sub(lambda m: f"The {m[0].lower()}", target)
    if not _REPEATED.search(source):
        target = _TWICE.sub(r"\1", target)
    if not _ANY_RUN.search(source):
        target = _RUN.sub(r"\1\1", target)
    return respell(_HYPHEN.sub(lambda m: _open(m, source), target))


def _open(match: re.Match[str], source: str) -> str:
    """Return the first half of a compound as English writes it where German has a hyphen."""
    german = re.search(rf"(?<!\w){re.escape(match[1])}-[A-ZÄÖÜ]", source)
    return f"{match[1]} " if german else match[0]
