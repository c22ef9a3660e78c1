"""Rules for what a small German-English model reads the wrong way, whatever the words are.

Hearsay told by a modal ("soll ... gesehen haben"), "erst" for not before, threats that
stand before those who face them, "Wer ..." for everyone who: each is said so that the
model's first reading is the right one.

Source: simplification before translation (Štajner & Popović 2016).
"""

from __future__ import annotations

import re

from summlib.text.separable import particles, particles_of

CLAUSE_END = r"(?= ?(?:[.,;:!?)]|$)| (?:und|oder|sowie|aber|doch|als|wie) )"
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
    r"(?<![Ii]ch )(?<![Ww]ir )(?<!Bewerber )(?<!Teilnehmer )(?<!Schüler )(?<!Kandidaten )"
    rf"\b(?P<modal>soll|sollen|will|wollen)(?! (?:ich|wir)\b){_PRONOUNS}"
    r"(?P<gap>(?: (?!haben\b|sein (?:und|oder)\b)(?:\d[\d.,]*\d|[^\s.,;:!?()]+)){0,20}?)(?<! zu) "
    rf"{_PERFECT}{CLAUSE_END}(?! (?:und|oder) [^.,;:!?]* (?:haben|sein)(?: ?[.,;:!?]|$))"
)
_PERCEIVED = re.compile(
    r"(?:seh|hör|kann|merk|obacht|deck|fund|nomm|fahr|spür|wuss|handel|tan|macht)"
)
"""What somebody "will ... haben" by their own account; anything else they want done."""

_PLANNED = re.compile(r"\b(?:bis|dann|künftig|spätestens|nächste[nrs]?|kommende[nrs]?|Ende)\b")
_SUBORDINATE = re.compile(rf"(?<=\s){_PERFECT} (?P<modal>soll|sollen|will|wollen){CLAUSE_END}")

_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTH = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ONLY = re.compile(
    rf"(?<!nicht )(?<!sondern )(?<!te )(?<!gab )(?<!wies )(?<!rief )\berst (?:am |im |um )?"
    rf"(?P<when>(?:{'|'.join(_DAYS)}|{_MONTH}|(?:19|20)\d\d(?! [A-ZÄÖÜ€])|\d\d? Uhr)\b)"
)
_ONLY_ON = re.compile(rf"(?<!nicht )(?<!sondern )(?<!te )\berst am (?=\d{{1,2}}\. ?(?:{_MONTH}))")
_BEFORE = re.compile(r"\b(?:before|until|till|prior|earlier|earliest|only|first|later)\b")
_PERFECT_TENSES = re.compile(r"\b(?:hatten?|war(?:en)?|habe|haben|hat)\b")
_NOMINATIVES = {"Dem": "Der", "Einem": "Ein", "Der": "Die", "Einer": "Eine", "Den": "Die"} | {
    **{"Ihm": "Er", "Ihr": "Sie", "Ihnen": "Sie", "Uns": "Wir", "Vielen": "Viele"},
    **{"Zahlreichen": "Zahlreiche", "Mehreren": "Mehrere", "Tausenden": "Tausende"},
}
_MANY = ("Den", "Ihnen", "Uns", "Vielen", "Zahlreichen", "Mehreren", "Tausenden")
_WEAK_ADJECTIVE = re.compile(r"\b([a-zäöüß]{3,}e)n(?= )")
_THREAT = re.compile(
    rf"^(?P<whom>{'|'.join(_NOMINATIVES)})"
    r"(?P<noun>(?: (?!(?:zufolge|nach|aus|gegenüber|wegen|gemäß)\b)[\wäöüß-]+){0,5}?)"
    r" (?P<verb>droh(?:en|ten?|t)) (?=(?:\w+ ){0,3}?(?:d(?:er|ie|as)|k?eine?|\d[\d.,]*|\w+e) )"
    r"(?![^.]*(?:\bmit\b|\bzu [a-zäöüß]+n\b|\b[a-zäöüß]{2,}zu[a-zäöüß]{3,}n\b|\ban(?=[.,]|$)))"
)
"""What threatens somebody comes behind: to whom it is, stands before it in the dative."""

_FEMININE = re.compile(
    r"(?:ung|heit|keit|schaft|ion|tät|enz|anz|ik|ie|ei|ur|erin|[Ff]rau|[Ss]tadt|[Ff]irma|[Bb]ank|[Bb]ahn"
    r"|Ukraine|Schweiz|EU|SPD|CDU|CSU|FDP|AfD|Nato|[Ss]chule|[Bb]ranche|Gemeinde|Kommune|Kirche|Mutter"
    r"|Tochter|Gruppe|Elf|Börse|Airline|[Kk]asse|Werft|Insel|Welt)$"
)
"""Nouns before which "Der" is a dative."""

_NIGHT = re.compile(rf"\b(?P<night>[Ii]n der Nacht) (?:zum?|auf) (?P<day>{'|'.join(_DAYS)})\b")
_HOUR = re.compile(r"\b(?P<by>[Gg]egen) (?=\d{1,2}(?:[.:]\d\d)? Uhr\b)")
_ASKED = (
    r"unklar|offen|ungewiss|unbekannt|bekannt|fest|geklärt|klar|entschieden|entscheidet|ermittelt"
    r"|untersucht|feststellen|verraten|verriet|sagen|sagte|weiß|wissen|wusste|abzuwarten|Frage|frag\w+"
    r"|zeigen|hängt|egal|Rolle|spekuliert|Rätsel|Geheimnis|interessiert|herausfinden"
)
"""Of an indirect question: "Wer dahintersteckt, ist offen"."""

_WHOEVER = re.compile(
    r"^Wer (?!(?:ist|sind|war|hat|wird|soll|kann|will|muss|darf)\b)"
    rf"(?![^?]*, [^?]*\b(?:{_ASKED})\b)(?=(?:[^,.;:?!]|(?<=\d)\.)+, "
    r"(?!(?:kann|können|soll|sollte|der|die|das|dass|den|dem|dessen|deren)\b)[a-zäöüß]+ [^?]*$)"
)
"""The subject of what follows the comma, which a small model looks for there."""

_VIOLATES = re.compile(
    r"\bgegen (?P<law>(?:das|die|den|geltendes|internationales) [A-ZÄÖÜ][\w-]+)"
    r" verst(?:öß|oß(?!en\b)|ieß)(?P<form>t|en|e)?\b"
)
_ONE = {"werde": "würden", "habe": "hätten", "sei": "seien", "wolle": "wollten"}
_SAID_OF_ONE = re.compile(
    rf"(?<=, )man (?P<verb>{'|'.join(_ONE)})\b(?! (?:sie|ihn|ihm|ihnen|ihr\w*)\b)"
)
"""Those who speak say what they do: "man habe den Fehler behoben" is not what you did."""

_WHEREBY = re.compile(
    r", wobei sich (?P<who>(?:[a-zäöüß\d]+ ){0,4}[A-ZÄÖÜ][\w-]+) (?P<what>de[mnr] [^,;.:]+?)"
    r" (?P<verb>[a-zäöüß]+en)(?=[.;]|$)"
)
"""A clause that ends in its verb, which a small model leaves out behind so much."""

_TALLY = re.compile(r"(?<=\d) zu (?=\d+ Stimmen\b)")
_FIRST_SINCE = re.compile(
    r"(?P<first>\b[Ee]rste[rsn]? (?:[a-zäöüß]+ ){0,3}"
    r"(?!Vorsitzende|Bürgermeister|Beigeordnete|Stadtrat)[A-ZÄÖÜ][\w-]+) seit"
    r"(?= (?:gut |rund |etwa |fast |mehr als |über )?(?:\d+|zehn|zwanzig|dreißig) Jahren)"
)
"""Of the first train "seit 40 Jahren" a small model says that it has run for 40 years."""

_VOTES = re.compile(r"\b(?P<by>[Bb]ei) (?=\w+ (?:Enthaltungen?|Gegenstimmen?|Nein-Stimmen?)\b)")


def reword(sentence: str) -> str:
    """Return a German sentence in the form that a small model reads the right way.

    >>> reword("Der Mann soll ihn geschlagen haben.")
    'Der Mann hat ihn angeblich geschlagen.'
    >>> reword("Dem Ort droht eine Flut."), reword("Wer baut, muss planen.")
    ('Der Ort gewärtigt eine Flut.', 'Jeder, der baut, muss planen.')
    """
    sentence = _SUBORDINATE.sub(_told_behind, _HEARSAY.sub(_told, sentence))
    sentence = _VOTES.sub(lambda m: "Mit " if m["by"] == "Bei" else "mit ", sentence)
    if not _PERFECT_TENSES.search(sentence):  # "erst am Montag hatte er": no longer ago than that
        sentence = _ONLY.sub(r"nicht vor \g<when>", _ONLY_ON.sub("nicht vor dem ", sentence))
    sentence = _WHEREBY.sub(_main_clause, sentence)
    sentence = _SAID_OF_ONE.sub(lambda m: f"sie {_ONE[m['verb']]}", sentence)
    sentence = _VIOLATES.sub(_violates, sentence)
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
    return reword(source).count("nicht vor") > len(_BEFORE.findall(target))


def _main_clause(match: re.Match[str]) -> str:
    """Say "; drei Orte schließen sich dem Netz an" for ", wobei sich drei Orte ... anschließen"."""
    verb = match["verb"]
    found = (p for p in particles() if verb.startswith(p) and p in particles_of(verb[len(p) :]))
    particle = next(found, "")
    end = f" {particle}" if particle else ""
    return f"; {match['who']} {verb[len(particle) :]} sich {match['what']}{end}"


def _violates(match: re.Match[str]) -> str:
    past = "ieß" in match[0]
    ending = "te" + ("n" if match["form"] == "en" else "") if past else match["form"] or "t"
    return f"{match['law']} verletz{ending}"


def _is_dative(whom: str, noun: str) -> bool:
    """Tell "Der Firma droht" from "Der Mann droht", and "Einer Frau" from "Einer der beiden"."""
    if whom in ("Ihm", "Ihr", "Ihnen", "Uns"):
        return not noun
    if whom == "Einer":
        return not noun.startswith((" der ", " von "))
    return whom != "Der" or bool(_FEMININE.search(noun))


def _faced(match: re.Match[str]) -> str:
    """Say who faces a threat, and not what threatens whom, which is read the wrong way round."""
    if not _is_dative(match["whom"], match["noun"]):
        return match[0]
    ending = "te" if match["verb"].startswith("drohte") else "t"
    if match["whom"] in _MANY:
        ending = "ten" if ending == "te" else "en"
    noun = match["noun"]
    if match["whom"] in ("Dem", "Der"):
        noun = _WEAK_ADJECTIVE.sub(r"\1", noun)  # "Dem früheren Minister"
    return f"{_NOMINATIVES[match['whom']]}{noun} gewärtig{ending} "


def _told(match: re.Match[str]) -> str:
    """Tell hearsay by an adverb; what is to be done by a date is none."""
    wants = match["modal"] in ("will", "wollen") and match["haben"]
    if _PLANNED.search(match["gap"]) or (wants and not _PERCEIVED.search(match["haben"])):
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
