"""Say in plainer German what a small model misreads.

Idioms are rare, and a model that saw few translates them word by word: "kamen
ums Leben" became "came to life", "brach um 20 Prozent ein" rose by 20 percent.
Their plain counterparts ("starben", "ging um 20 Prozent zurück") it reads well. So
before it reads a sentence its idioms are replaced, finite verb and all, hearsay
told by a modal ("soll ... gesehen haben") is told by an adverb, and infinitive
clauses go behind the verb that they part from its noun. What a translation's
figures, names and negations are checked against stays the sentence as it was.

Source: simplification before translation (Štajner & Popović 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summlib.text.extraposition import infinitives_last

_DATA = Path(__file__).with_name("data") / "paraphrases.de.tsv"

MOST_SEEN = 512
"""Sentences remembered: the hypotheses of one are compared with it one after the other."""

_GAP = r"(?P<gap>(?: (?:\d{1,2}\.(?= )|[^\s.;:!?()\"„“]+)){0,14}?)"
"""Words between a finite verb and what ends its clause."""

_CLAUSE = re.compile(r"[.,;:!?]")
_END = r"(?= ?(?:[.,;:!?)]|$)| (?:und|oder|sowie|aber|doch|als|wie) )"
"""A clause ends here."""

_OF_SEIN = (
    r"(?:gekommen|gegangen|gefahren|gefallen|gestürzt|gestorben|gebrochen|geflohen|geflüchtet)"
)
_WITH_SEIN = rf"(?:gewesen|[a-zäöüß]+ worden|entkommen|[a-zäöüß]*{_OF_SEIN})"
_WITH_HABEN = (
    r"(?:[a-zäöüß]*ge[a-zäöüß]+(?:t|en)|[a-zäöüß]+iert"
    r"|(?:be|er|ver|zer|ent|miss|unter|über|hinter)[a-zäöüß]+(?:t|en))"
)
_PERFECT = rf"(?:(?P<haben>{_WITH_HABEN}) haben|(?P<sein>{_WITH_SEIN}) sein)"
_PRONOUNS = r"(?P<pronouns>(?: (?:er|sie|es|man|sich|ihn|ihm|ihnen)\b)*)"
_HEARSAY = re.compile(
    r"(?<![Ii]ch )(?<![Ww]ir )\b(?P<modal>soll|sollen|will|wollen)(?! (?:ich|wir)\b)"
    rf"{_PRONOUNS}(?P<gap>(?: [^\s.,;:!?()]+){{0,20}}?) {_PERFECT}{_END}"
)
_SUBORDINATE = re.compile(rf"(?<=\s){_PERFECT} (?P<modal>soll|sollen|will|wollen){_END}")

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ONLY = re.compile(
    rf"\berst (?:am |im |um )?(?P<when>(?:{'|'.join(_DAYS)}|{_MONTH}|(?:19|20)\d\d|\d\d? Uhr)\b)"
)
_ONLY_ON = re.compile(rf"\berst am (?=\d{{1,2}}\. ?(?:{_MONTH}))")
_BEFORE = re.compile(r"\b(?:before|until|till|prior|earlier|earliest|only|first|later)\b")
_PERFECT_TENSES = re.compile(r"\b(?:hatten?|waren?|habe|haben|hat)\b")
_NOMINATIVES = {"Dem": "Der", "Einem": "Ein", "Der": "Die", "Einer": "Eine", "Den": "Die"} | {
    **{"Ihm": "Er", "Ihr": "Sie", "Ihnen": "Sie", "Uns": "Wir", "Vielen": "Viele"},
    **{"Zahlreichen": "Zahlreiche", "Mehreren": "Mehrere", "Tausenden": "Tausende"},
}
_MANY = ("Den", "Ihnen", "Uns", "Vielen", "Zahlreichen", "Mehreren", "Tausenden")
_WEAK_ADJECTIVE = re.compile(r"\b([a-zäöüß]{3,}e)n(?= )")
_THREAT = re.compile(
    rf"^(?P<whom>{'|'.join(_NOMINATIVES)})(?P<noun>(?: [\wäöüß-]+){{0,5}}?)"
    r" (?P<verb>droh(?:en|ten?|t)) (?=(?:\w+ ){0,3}?(?:d(?:er|ie|as)|k?eine?|\d[\d.,]*|\w+e) )"
    r"(?![^,]*\b(?:mit|\w*zu\w* \w+n\b))"
)
"""What threatens somebody comes behind: to whom it is, stands before it in the dative."""

_NIGHT = re.compile(rf"\b(?P<night>[Ii]n der Nacht) (?:zum|auf) (?P<day>{'|'.join(_DAYS)})\b")
_HOUR = re.compile(r"\b(?P<by>[Gg]egen) (?=\d{1,2}(?:[.:]\d\d)? Uhr\b)")
_WHOEVER = re.compile(
    r"^Wer (?=[^,.;:?!]+, (?!kann\b|können\b|soll|der\b|die\b|das\b|dass\b)[a-zäöüß]+ [^?]*$)"
)
"""The subject of what follows the comma, which a small model looks for there."""

_TALLY = re.compile(r"(?<=\d) zu (?=\d+ Stimmen\b)")
_FIRST_SINCE = re.compile(
    r"(?P<first>\b[Ee]rste[rsn]? (?:[a-zäöüß]+ ){0,3}[A-ZÄÖÜ][\w-]+) seit"
    r"(?= (?:gut |rund |etwa |fast |mehr als |über )?(?:\d+|zehn|zwanzig|dreißig) Jahren)"
)
"""Of the first train "seit 40 Jahren" a small model says that it has run for 40 years."""

_VOTES = re.compile(r"\b(?P<by>[Bb]ei) (?=\w+ (?:Enthaltungen?|Gegenstimmen?|Nein-Stimmen?)\b)")


@dataclass(frozen=True, slots=True)
class _Idiom:
    """One row of the table.

    Args:
        tail: What ends the clause.
        pattern: Finds a finite verb with what ends its clause.
        verbs: Finite verbs to their counterparts.
        end: What ends the clause in its place.
        between: What stands between the two.
        excluded: What does not stand in the clause.
        required: What does.
    """

    tail: str
    pattern: re.Pattern[str]
    verbs: dict[str, str]
    end: str
    between: re.Pattern[str]
    excluded: re.Pattern[str]
    required: re.Pattern[str]

    def __call__(self, match: re.Match[str]) -> str:
        """Return what says the same."""
        gap = match["gap"]
        clause = _CLAUSE.split(match.string[: match.start()])[-1] + gap
        if not self.between.search(gap) or self.excluded.search(clause):
            return match[0]
        if not self.required.search(clause):
            return match[0]
        return f"{self.verbs[match['verb']]}{gap}{' ' if self.end else ''}{self.end}"


@lru_cache(maxsize=MOST_SEEN)
def paraphrase(sentence: str) -> str:
    """Return a German sentence in words that a small model reads well.

    Args:
        sentence: As given; numbers and what must be copied stand in it unchanged.

    >>> paraphrase("Bei dem Unfall kamen zwei Menschen ums Leben.")
    'Bei dem Unfall starben zwei Menschen.'
    >>> paraphrase("Der Mann soll seine Frau geschlagen haben.")
    'Der Mann hat angeblich seine Frau geschlagen.'
    """
    sentence = infinitives_last(sentence)
    idioms, phrases, together = _table()
    for idiom in idioms:
        if idiom.tail in sentence:
            sentence = idiom.pattern.sub(idiom, sentence)
    if together.search(sentence):
        sentence = together.sub(lambda m: phrases[m[0]], sentence)
    sentence = _SUBORDINATE.sub(_told_behind, _HEARSAY.sub(_told, sentence))
    sentence = _VOTES.sub(lambda m: "Mit " if m["by"] == "Bei" else "mit ", sentence)
    if not _PERFECT_TENSES.search(sentence):  # "erst am Montag hatte er": no longer ago than that
        sentence = _ONLY.sub(r"nicht vor \g<when>", _ONLY_ON.sub("nicht vor dem ", sentence))
    sentence = _FIRST_SINCE.sub(r"\g<first> nach", _TALLY.sub(" gegen ", sentence))
    sentence = _THREAT.sub(_faced, _WHOEVER.sub("Jeder, der ", sentence))
    return _NIGHT.sub(_night, _HOUR.sub(_about, sentence))


def reverses(source: str, target: str) -> bool:
    """Tell whether "erst", which was read as "nicht vor", came out as a bare "not".

    Args:
        source: A German sentence as given.
        target: Its translation into English.

    >>> reverses("Sie öffnen erst am Montag.", "They do not open on Monday.")
    True
    >>> reverses("Sie öffnen erst am Montag.", "They do not open before Monday.")
    False
    """
    if not _ONLY.search(source) and not _ONLY_ON.search(source):
        return False
    return paraphrase(source).count("nicht vor") > len(_BEFORE.findall(target))


def _faced(match: re.Match[str]) -> str:
    """Say who faces a threat, and not what threatens whom, which is read the wrong way round."""
    ending = "te" if match["verb"].startswith("drohte") else "t"
    if match["whom"] in _MANY:
        ending = "ten" if ending == "te" else "en"
    noun = match["noun"]
    if match["whom"] in ("Dem", "Der"):
        noun = _WEAK_ADJECTIVE.sub(r"\1", noun)  # "Dem früheren Minister"
    return f"{_NOMINATIVES[match['whom']]}{noun} gewärtig{ending} "


def _told(match: re.Match[str]) -> str:
    """Tell hearsay by an adverb; what is to be done by a date is none."""
    if re.search(r"\b(?:bis|dann|künftig|spätestens)\b", match["gap"]):
        return match[0]
    verb, behind = _auxiliary(match), f"{match['gap']} {match['haben'] or match['sein']}"
    return f"{verb}{match['pronouns']} angeblich{behind}"


def _told_behind(match: re.Match[str]) -> str:
    return f"angeblich {match['haben'] or match['sein']} {_auxiliary(match)}"


def _auxiliary(match: re.Match[str]) -> str:
    one = match["modal"] in ("soll", "will")
    if match["haben"]:
        return "hat" if one else "haben"
    return "ist" if one else "sind"


def _about(match: re.Match[str]) -> str:
    return "Etwa um " if match["by"] == "Gegen" else "etwa um "


def _night(match: re.Match[str]) -> str:
    before = _DAYS[_DAYS.index(match["day"]) - 1]
    return f"{match['night']} von {before} auf {match['day']}"


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[_Idiom, ...], dict[str, str], re.Pattern[str]]:
    """Return idioms with a verb apart, what stands together, and what finds the latter."""
    rows = [r for r in _DATA.read_text(encoding="utf-8").splitlines() if not r.startswith("#")]
    columns = [(row + "\t" * 6).split("\t")[:7] for row in rows]
    phrases = dict(pair for row in columns for pair in _pairs(row[3], "|"))
    longest = sorted(phrases, key=len, reverse=True)
    together = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    return tuple(_idiom(*row) for row in columns if row[2]), phrases, together


def _idiom(
    end: str, new: str, finite: str, _: str, between: str, excluded: str, required: str
) -> _Idiom:
    verbs = {old.replace("_", " "): now.replace("_", " ") for old, now in _pairs(finite, " ")}
    found = "|".join(map(re.escape, verbs))
    last = re.escape(end) + (r"\b" if " " in end else _END)
    return _Idiom(
        end,
        re.compile(rf"\b(?P<verb>{found})\b{_GAP} {last}"),
        verbs,
        new,
        re.compile(between.strip()),
        re.compile(excluded or r"(?!)"),
        re.compile(required),
    )


def _pairs(text: str, mark: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, text.split(mark)):
        old, _, new = pair.partition(">")
        yield old, new
