"""Say a German sentence in another order of its parts, which all mean the same.

German puts one constituent before the verb, and any may be it; a small model translates one
order well and another not. So where a translation is doubted, the sentence is read again with
its subject first ("Der Rat tagte am Montag" for "Am Montag tagte der Rat"), with the clause that
opens it at its end, or with an adverbial of time or place first. Judged blind, where the new
reading was trusted more by 0.7 in log-odds: subject first 94 better, 29 worse; clause last 20
and 6; adverbial first 33 and 15 from 0.8 on. By less, new readings were better as often as not.

There is no parser: lists of forms, articles and capitals tell what is plain; what is not stays.
Now and then another constituent is taken for the subject, which German allows before the verb as
well; what the new reading then says is for trust to doubt.

Source of the idea: clause restructuring before translation (Collins et al. 2005); several
readings of one source, of which the best is chosen (Dyer et al. 2008).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from summlib.text.casing import with_capital, without_capital
from summlib.text.datafiles import read_words
from summlib.text.finite import is_known_finite, looks_finite
from summlib.text.halves import has_pronoun
from summlib.text.participles import CLAUSE, SUBCLAUSE, is_participle
from summlib.text.subject import ADJECTIVES, NAMES, NOUN, OF

IsCommon = Callable[[str], bool]
"""Tells whether a word is a noun that is translated, and no name."""

PREPOSITIONS = (
    "am|im|in|beim?|auf|für|mit|nach|vom?|zu[mr]?|ans?|aus|vor|seit|um|durch|unter|über|gegen|ohne"
    "|wegen|trotz|laut|während|angesichts|aufgrund|zwischen|neben|hinter|ab|bis|innerhalb|außerhalb"
    "|ausserhalb|mithilfe|anstelle|statt|gemäß|gemäss|ins|gegenüber|entlang|binnen|mitsamt|samt|dank"
)
_FOCUS = r"(?:nur|vor allem|auch|schon|noch|bereits|erstmals|insbesondere|lediglich)"
_BETWEEN = (
    r"(?:zudem|außerdem|ausserdem|jetzt|nun|zunächst|dabei|dort|hier|seither|vorerst|bislang|bisher"
    r"|damals|ursprünglich|schließlich|schliesslich|allerdings|jedoch|inzwischen|mittlerweile|ebenfalls"
    r"|dagegen|damit|dafür|daran|dazu|aber|wieder)"
)
_COUNT = (
    r"(?:(?:(?:rund|etwa|knapp|mehr als|über|fast|bis zu|mindestens) )?"
    r"(?:\d[\d.,]*(?: (?:Millionen|Milliarden|Prozent))?|zwei|drei|vier|fünf|sechs|sieben"
    r"|acht|neun|zehn|elf|zwölf|zahlreiche|einige|viele|mehrere|alle|beide|etliche|wenige|weitere|andere|neue"
    r"|[Tt]ausende|[Hh]underte))"
)
_ARTICLE = (
    r"(?:d(?:er|ie|as)|eine?|(?:dies|jed|jen)(?:er|es|e)|(?:mein|dein|sein|ihr|unser|euer|kein)e?)"
)
_FROM = rf"(?: vo[nm] (?:d\w\w |eine?[mr]? )?{ADJECTIVES}{NAMES})?"
_PHRASE = (
    rf"(?:(?:{_ARTICLE}|{_COUNT}) {ADJECTIVES}{NAMES}{OF}{_FROM}"
    rf"|(?:[a-zäöüß]{{3,}}e ){{1,2}}{NOUN}{OF}|{NAMES})"
)
_END = (
    r"(?=[.!?]$|, | (?:(?!(?:für|von|vom|gegen|aus|zwischen|und|oder|sowie|als|wie|statt|bis|um"
    r"|zu[mr]?|des|dessen|deren|beider|aller)\b)[a-zäöüß\"„«]|\d[\d.,]* [A-ZÄÖÜ]))"
)
"""A subject ends here."""

SUBJECT = (
    rf"(?P<subject>(?:er|ich|wir|man|du|sie|es|niemand|jeder)(?= )|(?:alle|viele)(?=[,.!?])"
    rf"|{_PHRASE}(?: (?:und|sowie) {_PHRASE})?)"
)
"""What can be a subject, as a group."""

_VERB = r"(?P<verb>[a-zäöüß]{3,})(?P<self> sich)?"
_BEHIND = re.compile(rf" {_VERB} (?:(?P<between>{_BETWEEN}) |(?P<focus>{_FOCUS}) )?{SUBJECT}{_END}")
_OPENING = re.compile(
    r"(?:(?:Bereits|Schon|Erst|Nur|Auch|Noch|Allein|Gleich|Kurz|Rund|Etwa|Nicht nur|Vor allem"
    rf"|Besonders|Insbesondere|Unmittelbar|Spätestens|Lediglich|Ausgerechnet) )?"
    rf"(?i:{PREPOSITIONS}) "
    r"|(?:Jede[nsm]?|Letzte[nms]?|Vergangene[nms]?|Nächste[nms]?|Diesen|Dieses Jahr|Ein Jahr"
    r"|Einen Tag|(?:Wenige|Zwei|Drei|Vier|Fünf) (?:Tage|Wochen|Monate|Jahre|Stunden|Minuten)) "
    r"|(?:Bis heute|Bis dahin|Nach wie vor|Immer (?:wieder|häufiger|öfter|mehr)|Hinzu|Unter anderem"
    r"|Zum Teil) "
    r"|(?:[A-ZÄÖÜ][a-zäöüß]+|\d+) (?:Jahre?|Tage?|Monate?|Wochen?|Stunden?|Minuten?) "
    r"(?:später|zuvor|danach|vorher|darauf) "
)
_WHOLE = re.compile(
    r"(?:[A-ZÄÖÜ\d].*|.*(?:lich|weise|bar|haft|mals|her|hin|dem|bei|zu|mit|nach|vor|an|ein|aus)"
    r"|heute|gestern|morgen|auch|immer|wieder|oft|nun|jetzt|dort|hier|später|zuvor|danach|vorher"
    r"|darauf|um|anderem|weiteres|wie vor)"
)
"""The last word of an adverbial that is whole, and lacks no noun."""

_MARKED = re.compile(r"[„“”\"«»‚‘›‹:;]")
_QUOTE = re.compile(r"[„\"»«“](?=\w)")
_PRONOUN = re.compile(r" (?:sich|ihn|ihm|ihr|ihnen|es|sie|uns|mir|mich)\b(?! [A-ZÄÖÜ])")
_TIED = re.compile(
    r" (?:der|von|vom|des|beider|aller) |(?: [a-zäöüß]+)?, (?:\w+ )?(?:d\w+|welche[rsnm]?) \w"
)
"""What stands behind a subject that belongs to it, a relative clause among it."""

_ONE = re.compile(r"(?:der|das|eine?|dies(?:er|es)|jed\w+) ")
_OWNER = re.compile(r" der [A-ZÄÖÜ][\w-]*$")
_OF_DATIVE = re.compile(
    r"(?:gehör|helf|hilf|half|folg|dank|droh|gefall|gefäll|gefiel|schad|dien|fehl|gleich|glich|unterl"
    r"|entsprech|entspr|wider)"
)
"""Verbs that go with a dative, which "der Stadt" may be."""

_DETERMINED = re.compile(rf"(?:{_ARTICLE}|er|wir|man|sie|es|ich|\d)")
_ADJECTIVE = re.compile(rf"(?:{_COUNT}|[a-zäöüß]{{3,}}e) {ADJECTIVES}{NOUN}")
_NO_SUBJECT = re.compile(
    rf"{_OPENING.pattern}|(?:De[nm]|Es|Sie|Er|Wer|Was|Wie|Nur|Auch|Welche\w?|Da|Doch|Als) "
)
_OF_MANY = re.compile(rf" [a-zäöüß]{{2,}}(?:er|nde[rn]?|te[rn]?|ene[rn]?) {NOUN}")
_UNFINISHED = re.compile(
    r"\b(?i:de[rnms]|d(?:ie|as)|eine?[mnrs]?|zu[mr]|[ai]m|beim|vom|ihre\w?|seine\w?|diese\w?)"
    r"(?: [a-zäöüß\d.]+)*$"
)
"""An article at the end that has no noun yet."""

_TWO_NOUNS = re.compile(rf"(?P<first>(?:{_ARTICLE} {ADJECTIVES})?{NOUN}) (?P<second>{NOUN})")
_LEADING = re.compile(
    r"(?P<clause>(?:(?:Nachdem|Weil|Da|Obwohl|Obgleich|Während|Bevor|Als|Um|Indem|Sobald|Seit|Seitdem"
    r"|Damit|Wenn|Falls|Sofern) [^,;:]+"
    r"|Wie [^,;:]+ (?:mitteilten?|sagten?|berichte(?:t|te|ten)|erklärten?|meldeten?|betonten?)))"
    rf", {_VERB} {SUBJECT}{_END}"
)
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ADVERBIAL = (
    rf"(?P<adverbial>(?:{PREPOSITIONS}) (?:d(?:er|em|en|ie|as|iese[mnrs]?) |eine?[mnrs]? "
    rf"|ihre?[mnrs]? |seine?[mnrs]? )?(?:(?:\d{{1,2}}\. )?(?:{_MONTHS})(?: \d{{4}})?|\d{{4}}"
    rf"|{ADJECTIVES}{NAMES}{OF}))"
    r"(?! \d{4}\b)(?=[.!?]|, | (?!(?:für|von|vom|gegen|aus|zwischen|und|oder|sowie|als|wie|statt"
    r"|bis|um|zu[mr]?|des|dessen|deren|der|beider|aller|in|im|am|an|auf|mit|bei)\b)[a-zäöüß\d])"
)
_SUBJECT_FIRST = re.compile(rf"{SUBJECT} {_VERB} {_ADVERBIAL}")


def is_opener(word: str) -> bool:
    """Tell whether a word opens sentences and is never their subject."""
    return word in read_words("openers.de.txt")


def is_determined(phrase: str) -> bool:
    """Tell whether a noun phrase has an article, or is a pronoun or a number of things."""
    return _DETERMINED.match(phrase) is not None


def subject_before(sentence: str, is_common: IsCommon) -> str:
    """Return a sentence that an adverbial opens with its subject first, or as it is.

    Args:
        sentence: German, on one line.
        is_common: Tells nouns from names, of which a subject may have several.

    >>> subject_before("Am Montag hat der Rat den Plan beschlossen.", str.istitle)
    'Der Rat hat am Montag den Plan beschlossen.'
    >>> subject_before("Der Rat tagte am Montag.", str.istitle)
    'Der Rat tagte am Montag.'
    """
    quoted = _QUOTE.match(sentence)
    if quoted:
        return quoted[0] + subject_before(sentence[1:], is_common)
    if not (_OPENING.match(sentence) or is_opener(sentence.partition(" ")[0])):
        return sentence
    clause = CLAUSE.match(sentence)
    end = clause.end() if clause else 0
    for space in re.finditer(" (?=[a-zäöüß])", sentence[:end]):
        match = _BEHIND.match(sentence, space.start())
        if match and match.end() <= end and _is_verb_of(match, sentence[: match.start()]):
            marked = _MARKED.search(sentence, 0, match.end())
            return sentence if marked else _turned(match, sentence, is_common) or sentence
    return sentence


def _is_verb_of(match: re.Match[str], opening: str) -> bool:
    """Tell whether what was taken for the verb is one, and what stands before it is whole."""
    last, verb = opening.rsplit(" ", 1)[-1], match["verb"]
    if _UNFINISHED.search(opening) or _OF_DATIVE.match(verb) or verb == "nahe":
        return False
    finite = looks_finite(verb) or (match["subject"] == "ich" and verb.endswith("e"))
    whole = is_opener(last) or (_WHOLE.fullmatch(last) and opening != last)
    if not (finite and whole):
        return False
    # "In den dort geplanten Städten": before a bare noun it may be an attribute.
    return is_determined(match["subject"]) or is_known_finite(verb)


def _turned(match: re.Match[str], sentence: str, is_common: IsCommon) -> str:
    """Return the sentence with the subject of the match first, nothing where that is not plain."""
    subject, rest = _subject_of(match, sentence, is_common)
    focus = match["focus"]
    if _is_unclear(subject, match, rest):
        return ""
    if focus:
        subject = f"{focus} {subject}"
    pronoun = _PRONOUN.match(rest)
    early = pronoun[0] if pronoun else ""
    between = f"{match['between']} " if match["between"] else ""
    verb = f"{match['verb']}{match['self'] or ''}{early}"
    opening = sentence[: match.start()]
    return f"{with_capital(subject)} {verb} {between}{without_capital(opening)}{rest[len(early) :]}"


def _is_unclear(subject: str, match: re.Match[str], rest: str) -> bool:
    """Tell whether a subject had better stay where it stands."""
    if subject in ("er", "sie"):  # in front they are read as persons, or as several
        return True
    if subject == "es" and (match["between"] or match["focus"]):
        return True
    listed = rest.startswith(",") and not SUBCLAUSE.match(rest)
    one = match["verb"].endswith("en") and _ONE.match(subject) and " und " not in subject
    owner = _OWNER.search(subject) and len(rest.split()) <= 1  # "gehört das Haus der Stadt"
    return bool(listed or one or owner or _TIED.match(rest))


def _subject_of(match: re.Match[str], sentence: str, is_common: IsCommon) -> tuple[str, str]:
    """Return the subject of a match and what stands behind it."""
    subject, rest = match["subject"], sentence[match.end() :]
    two = _TWO_NOUNS.match(subject)
    head = two["first"].rsplit(" ", 1)[-1] if two else ""
    if (
        two and is_common(two["second"]) and (is_common(head) or " " not in two["first"])
    ):  # "will die Stadt Wohnungen bauen"
        return two["first"], subject[two.end("first") :] + rest
    return subject, rest


def clause_last(sentence: str, is_common: IsCommon) -> str:
    """Return a sentence that a subordinate clause opens with it at the end, or as it is.

    Args:
        sentence: German, on one line.
        is_common: Tells nouns from names, of which a subject may have several.

    >>> clause_last("Um die Kosten zu senken, schließt der Verein das Bad.", str.istitle)
    'Der Verein schließt das Bad, um die Kosten zu senken.'
    """
    match = _LEADING.match(sentence)
    if match is None or _MARKED.search(sentence) or not looks_finite(match["verb"]):
        return sentence
    subject, rest = _subject_of(match, sentence, is_common)
    clause = match["clause"]
    stands = clause.startswith("Um ") or looks_finite(clause.rsplit(" ", 1)[-1])
    unclear = re.search(r",| [–-] |\b(?:nicht|kein\w*)\b", rest) or not rest.endswith(".")
    unclear = unclear or _TIED.match(rest) or has_pronoun(rest) or rest == "."
    if not stands or unclear or subject.lower() in ("er", "sie", "es"):
        return sentence
    verb = f"{match['verb']}{match['self'] or ''}"
    return f"{with_capital(subject)} {verb}{rest[:-1]}, {without_capital(clause)}."


def adverbial_before(sentence: str, is_common: IsCommon) -> str:
    """Return a sentence that its subject opens with the adverbial behind the verb first.

    Args:
        sentence: German, on one line.
        is_common: Tells nouns from names, of which an adverbial may have several.

    >>> adverbial_before("Die Stadt senkt ab Mai die Gebühren.", str.istitle)
    'Ab Mai senkt die Stadt die Gebühren.'
    """
    match = _SUBJECT_FIRST.match(without_capital(sentence)) if sentence else None
    match = match or _SUBJECT_FIRST.match(sentence)
    clause = CLAUSE.match(sentence)
    whole = match is not None and clause is not None and match.end() <= clause.end()
    if match is None or not whole or not looks_finite(match["verb"]):
        return sentence
    opens = _NO_SUBJECT.match(sentence) or is_opener(sentence.partition(" ")[0])
    if opens or _MARKED.search(sentence) or is_participle(match["subject"].lower()):
        return sentence
    if _OF_DATIVE.match(match["verb"]) or sentence.endswith("?"):
        return sentence
    subject, verb = match["subject"], f"{match['verb']}{match['self'] or ''}"
    rest = sentence[match.end() :]
    two = _TWO_NOUNS.search(match["adverbial"])
    unclear = _OF_MANY.match(rest) or _TIED.match(rest) or (two and is_common(two["second"]))
    if unclear or (rest.startswith(",") and not SUBCLAUSE.match(rest)):
        return sentence
    if subject in ("Das", "Dies", "Diese"):
        subject = subject.lower()
    elif not (_DETERMINED.match(subject) or _ADJECTIVE.match(subject)):
        subject = with_capital(subject)  # a bare noun or a name
    return f"{with_capital(match['adverbial'])} {verb} {subject}{rest}"
