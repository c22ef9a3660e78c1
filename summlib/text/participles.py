"""Put a participle that opens a German sentence behind its subject.

"Geklagt hatten zwei Anwohner" is read by a small model as if the first word were a
subject or a title, and left out; "Zwei Anwohner hatten geklagt" is not. The noun phrase
behind the auxiliary is the subject of a passive and of what is done with *sein*; of
*haben* it is that where nothing shows that it is the object.

Source of the idea: clause restructuring before translation (Collins et al. 2005).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from summlib.text.casing import with_capital
from summlib.text.compounds import participle_lemmas, strong_infinitives
from summlib.text.conjugation import Forms, conjugate
from summlib.text.stems import CACHED_WORDS
from summlib.text.subject import ADJECTIVES, NOUN, OBJECT, OF, PHRASE_END, SUBJECT

_OF_HABEN = r"(?:hat|haben|hatten?|habe|hätten?)"
_OTHERS = r"(?:ist|sind|waren?|sei|seien|wird|werden|wurden?|werde|würden?)"
_ADVERB = (
    r"(?:zudem|außerdem|bereits|jetzt|nun|zunächst|dabei|dort|hier|seither"
    r"|vorerst|bislang|bisher|damals|ursprünglich|schließlich|allerdings|jedoch|inzwischen|mittlerweile"
    r"|ebenfalls|dagegen|schon|damit|dafür|daran|dazu|noch) "
)
_PARTICIPLE = r"(?P<participle>[A-ZÄÖÜ][a-zäöüß]+(?:t|en))"
_LIMITED = r"(?:(?:vor allem|nur|auch|insbesondere|lediglich|rund|etwa|knapp|mehr als|bis zu) )?"
_MANY = rf"(?!(?:heute|gerade|beinahe|lange|gerne|ohne) )(?:[a-zäöüß]{{3,}}e ){{1,2}}{NOUN}{OF}"
_PASSIVE = re.compile(
    rf"{_PARTICIPLE} (?P<verb>{_OTHERS}) (?P<adverb>(?:{_ADVERB})?)"
    rf"(?P<subject>{_LIMITED}(?:{SUBJECT}|{_MANY})){PHRASE_END}"
)
_DETERMINED = rf"(?:d(?:er|ie|as)|eine?) {ADJECTIVES}{NOUN}{OF}"
_ACTIVE = re.compile(
    rf"{_PARTICIPLE} (?P<verb>{_OF_HABEN}) (?P<adverb>(?:{_ADVERB})?)"
    rf"(?:(?P<object>{OBJECT}|(?:die|das) {ADJECTIVES}{NOUN}{OF}"
    rf"(?= (?:{_DETERMINED}|{NOUN} {NOUN}){PHRASE_END})) )?(?P<subject>{SUBJECT}){PHRASE_END}"
)
"""Of two noun phrases that could be either, the second is the news: who has done it."""

CLAUSE = re.compile(
    r"(?:[^,;:.!?]|(?<=\d)[.,:](?=\d)|(?<=\d)\.(?= )|(?<=\b[A-Z])\.|(?<=\b[DS][rt])\.)*"
)
"""A clause up to the mark that ends it."""

SUBCLAUSE = re.compile(
    r", (?:(?:(?:in|mit|von|für|auf|an|bei|über|zu|nach|durch) )?"
    r"d(?:ie|er|as|em|en|enen|essen|eren)(?= [a-zäöüß\d])"
    r"|w\w+|das|dass|daß|um|ob|obwohl|sobald|so|sodass|bevor|nachdem|damit|denn|da|aber|als|bis|indem"
    r"|sofern|falls|zumal|sagten?|teilten?|erklärten?|hei(?:ßt|sst)|hieß|berichteten?|betonten?) "
)
"""What may follow a clause, where another comma would part the members of a list."""

_PLURAL = frozenset(
    ("sind", "waren", "seien", "werden", "wurden", "würden", "haben", "hatten", "hätten")
)
_SINGULAR = re.compile(r"(?:d(?:er|as)|eine?|dies(?:er|es)|jed\w+|es|er|man) ?\b", re.IGNORECASE)
_PART_OF_IT = re.compile(r" (?:der|des|beider|aller) ")
_LOOSE = frozenset(("alle", "viele", "beide"))
_OTHERWISE = re.compile(
    r"gebiet|verfahren|verhalten|vergehen|geschehen|gefallen|bekannt|vereinzelt|erneut|umgekehrt"
    r"|.*(?:haft|wert|beton|heit|keit)"
)
"""Nouns, adverbs and adjectives that look the same."""


def participle_last(sentence: str) -> str:
    """Return a sentence with the participle that opens it at the end of its clause.

    Args:
        sentence: German, as given or prepared (``summlib.text.prepare``).

    >>> participle_last("Gefördert werden kleine Betriebe auf dem Land, die ausbilden.")
    'Kleine Betriebe werden auf dem Land gefördert, die ausbilden.'
    >>> participle_last("Gewonnen hat den Preis eine junge Ärztin.")
    'Eine junge Ärztin hat den Preis gewonnen.'
    """
    match = _PASSIVE.match(sentence) or _ACTIVE.match(sentence)
    if match is None or not is_participle(match["participle"].lower()):
        return sentence
    subject, given = match["subject"], match.groupdict().get("object")
    clause = CLAUSE.match(sentence, match.end())
    rest = clause[0] if clause else ""
    if _is_list(match, sentence[match.end() + len(rest) :]) or _PART_OF_IT.match(rest):
        return sentence
    parts = [
        with_capital(subject),
        match["verb"],
        match["adverb"].strip(),
        given or "",
        rest.strip(),
        match["participle"].lower(),
    ]
    return " ".join(p for p in parts if p) + sentence[match.end() + len(rest) :]


def _is_list(match: re.Match[str], behind: str) -> bool:
    """Tell whether what was taken for the subject may be but the first of several."""
    subject = match["subject"]
    several = match["verb"] in _PLURAL and _SINGULAR.match(subject)
    listed = behind.startswith(",") and not SUBCLAUSE.match(behind)
    return bool(several) or listed or subject.lower() in _LOOSE


@lru_cache(maxsize=CACHED_WORDS)
def is_participle(word: str) -> bool:
    """Tell whether a word in small letters is a past participle by the forms of its verb.

    >>> is_participle("geklagt"), is_participle("angestoßen"), is_participle("gebiet")
    (True, True, False)
    """
    if _OTHERWISE.fullmatch(word) or len(word) < 5:
        return False
    return word.endswith("iert") or next(infinitives(word), None) is not None


def infinitives(participle: str) -> Iterator[tuple[str, Forms]]:
    """Yield the verbs that a participle may belong to, with their forms.

    >>> next(infinitives("beschlossen"))[0]
    'beschließen'
    """
    for infinitive in (*strong_infinitives(participle), *participle_lemmas(participle)):
        for parted in (None, True, False):
            forms = conjugate(infinitive, parted=parted)
            if forms is not None and forms["participle"] == participle:
                yield infinitive, forms
