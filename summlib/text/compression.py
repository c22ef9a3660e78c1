"""Shorten a sentence by rule, without saying anything it does not say.

Words are taken out or a subject is moved to the front; nothing is added. What
goes: connectors that tie the sentence to one that will not stand before it
(with the verb kept in second place), parentheses, asides between dashes,
examples between commas, a weekday beside its date, and the day and place in
"sagte X am Montag in Berlin". Who says something stays, unless a body
announces what it does itself. Quotations are never touched, and an aside that
could limit what the rest says ("nicht", "nur", "ohne", "voraussichtlich")
stays where it is.

The words the rules go by stand in ``data/compression.LANG.txt``.

Source of the idea: Jing (2000), Sentence reduction for automatic text
summarization; Knight and Marcu (2002) for a grammar that must hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from summlib.text.constituents import choice, constituent, is_finite, is_verb, words

_SHORTEST = 4  # words that must be left
_MANY = 3  # parentheses from which they tell cases apart ("A (rot), B (blau), C (grün)")
_LONGEST_ASIDE = 14  # words; longer ones are part of the argument
_QUOTED = re.compile(r"[„“”\"»«‚‘›‹].*[“”\"«»‘‹›]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Compression:
    """A shortened sentence.

    Args:
        text: What is left.
        rules: The rules that applied, in order; empty when nothing was taken.
    """

    text: str
    rules: tuple[str, ...] = ()


def compress(sentence: str, lang: str, *, spared: frozenset[str] = frozenset()) -> Compression:
    """Shorten a sentence as far as the rules go.

    What comes back is a whole sentence made of the words of ``sentence``; it is
    returned unchanged where no rule applies or where what is left would not
    stand as a sentence.

    Args:
        sentence: One sentence on one line.
        lang: ``de`` or ``en``.
        spared: What stays though it stands in parentheses, such as an
            abbreviation that is used elsewhere.

    >>> compress("Zudem will die Stadt (20.000 Einwohner) neu bauen.", "de").text
    'Die Stadt will neu bauen.'
    >>> compress("However, the town will build.", "en").rules
    ('leading',)
    """
    text, applied = sentence, []
    if _half_quoted(sentence):
        return Compression(sentence)
    for name, rule in _rules(lang).items():
        made = rule(text, lang)
        if made == text:
            continue
        shorter = _tidy(made)
        if spared and any(f"({s})" in text and f"({s})" not in shorter for s in spared):
            continue
        if _stands(shorter, text):
            text = shorter
            applied.append(name)
    return Compression(text, tuple(applied))


def _rules(lang: str) -> dict[str, Callable[[str, str], str]]:
    common: dict[str, Callable[[str, str], str]] = {
        "parenthesis": _without_parentheses,
        "dashes": _without_dashes,
        "example": _without_examples,
    }
    if lang != "de":
        return {**common, "leading": _without_english_connector}
    return {
        **common,
        "weekday": _without_weekday,
        "reporting": _with_short_report,
        "announcement": _without_own_announcement,
        "leading": _without_connector,
        "additive": _without_additive,
        "inside": _without_inner_connector,
    }


def _tidy(text: str) -> str:
    text = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s{2,}", " ", text)).strip()
    return re.sub(r",\s*,", ",", text)


def _stands(shorter: str, text: str) -> bool:
    """Tell whether what is left is a sentence and still has its end and its quotations."""
    return (
        len(shorter.split()) >= _SHORTEST
        and shorter[-1:] == text[-1:]
        and shorter[:1].isupper() | (shorter[:1] == text[:1])
        and not re.search(r",[.!?]$|^[,;:]", shorter)
        and all(shorter.count(mark) == text.count(mark) for mark in '„“”"»«')
    )


def _half_quoted(text: str) -> bool:
    """Tell whether a quotation begins or ends outside the sentence."""
    pairs = (("„", "“”"), ("«", "»"))
    uneven = any(text.count(a) != sum(map(text.count, b)) for a, b in pairs)
    return uneven or text.count('"') % 2 == 1


def _quotations(text: str) -> list[tuple[int, int]]:
    """Return what lies between the first and the last quotation mark, as one stretch."""
    return [match.span() for match in _QUOTED.finditer(text)]


def _cut(text: str, matches: list[re.Match[str]], keep: Callable[[re.Match[str]], str]) -> str:
    """Replace matches from the end, but none that touches a quotation."""
    quoted = _quotations(text)
    for match in reversed(matches):
        if not any(match.start() < end and start < match.end() for start, end in quoted):
            text = text[: match.start()] + keep(match) + text[match.end() :]
    return text


def _guarded(aside: str, lang: str) -> bool:
    said = re.findall(r"\w+", aside.lower())
    return len(said) > _LONGEST_ASIDE or not words("guard", lang).isdisjoint(said)


@lru_cache(maxsize=1)
def _parentheses() -> re.Pattern[str]:
    # Glued to a letter it is part of a word: Bürger(innen), (un)gültig, § 3(2).
    return re.compile(r"(?<=[\s\w%.“\"]) \(([^()\[\]]*)\)(?=[\s.,;:!?]|$)(?! [+*/=<])")


def _without_parentheses(text: str, lang: str) -> str:
    if text.count("(") >= _MANY:
        return text
    matches = [
        m
        for m in _parentheses().finditer(text)
        if not _guarded(m[1], lang) and not re.search(r"(?:^|\s)\(?[a-z0-9]\)|^\s*=", m[1])
    ]
    return _cut(text, matches, lambda m: "")


@lru_cache(maxsize=1)
def _dashes() -> re.Pattern[str]:
    return re.compile(r" [–—-] ([^–—;:]+? [^–—;:]+?) [–—-](?=,| [a-zäöü])")


def _without_dashes(text: str, lang: str) -> str:
    if len(re.findall(r"(?:^| )[–—-](?=[ ,])", text)) != 2:  # which belong together is not plain
        return text
    matches = [m for m in _dashes().finditer(text) if not _guarded(m[1], lang)]
    matches = [m for m in matches if not _ties(m, text, lang)]
    return _cut(text, matches, lambda m: "")


def _ties(match: re.Match[str], text: str, lang: str) -> bool:
    """Tell whether an aside adds to the subject, or stands in place of a comma."""
    first = match[1].partition(" ")[0]
    after = re.match(r" (\w+)", text[match.end() :])
    ties = ("und", "oder", "sowie", "and", "or")
    return first in ties or (after is not None and after[1] in words("subordinator", lang))


@lru_cache(maxsize=2)
def _examples(lang: str) -> re.Pattern[str]:
    return re.compile(rf"([^,;:]+), (?:{choice('aside', lang)}) ([^,;:()–—]+), (\w+)")


def _without_examples(text: str, lang: str) -> str:
    """Take an example out between subject and verb, where its end is plain."""
    match = _examples(lang).match(text)
    if match is None or _guarded(match[2], lang) or _quotations(text):
        return text
    first = match[1].partition(" ")[0].lower()
    if first in words("subordinator", lang) or not is_verb(match[3], lang):
        return text
    if any(is_verb(word, lang) for word in (*match[1].split()[1:], *match[2].split())):
        return text  # the verb stands before: what follows may be another clause
    return f"{match[1]} {text[match.start(3) :]}"


@lru_cache(maxsize=1)
def _weekdays() -> re.Pattern[str]:
    date = rf"\d{{1,2}}\. (?:{choice('month', 'de')})(?: \d{{4}})?"
    weekday, end = choice("weekday", "de"), r"(,(?= (\w+))|(?=[.;:!?]))?"
    return re.compile(rf"\b([Aa])m (?i:{weekday}), (?:dem |den )?((?i:{date})){end}")


def _without_weekday(text: str, lang: str) -> str:
    def keep(match: re.Match[str]) -> str:
        follows = (match[4] or "").lower()
        comma = "," if match[3] and follows in words("subordinator", lang) else ""
        return f"{match[1]}m {match[2]}{comma}"

    return _cut(text, list(_weekdays().finditer(text)), keep)


@lru_cache(maxsize=1)
def _reports() -> re.Pattern[str]:
    when = rf"am (?:{choice('weekday', 'de')})"
    where = r"(?: in [A-ZÄÖÜ][\w-]+)?"
    verb, particle = choice("reporting", "de"), choice("particle", "de")
    return re.compile(
        rf"(, (?:{verb}) [^,;:]+?) (?:{when}){where}((?: (?:{particle}))?[.])$", re.IGNORECASE
    )


def _with_short_report(text: str, lang: str) -> str:
    """Take day and place out of the clause that says who told it."""
    match = _reports().search(text)
    if match is None or _quotations(text[match.start() :]):
        return text
    return text[: match.start()] + match[1] + match[2]


@lru_cache(maxsize=1)
def _announcements() -> re.Pattern[str]:
    verb, told, particle = (choice(s, "de") for s in ("reporting", "told", "particle"))
    return re.compile(
        rf", (?:(?:{verb}) (?P<a>[^,;:]+?) (?:{particle})|wie (?P<b>[^,;:]+?) (?:{told}))[.]$",
        re.IGNORECASE,
    )


def _without_own_announcement(text: str, lang: str) -> str:
    """Take out who announces it where that is who does it: no claim becomes a fact."""
    match = _announcements().search(text)
    if match is None or _quotations(text):
        return text
    claim = text[: match.start()]
    subject = re.match(r"(?:Der|Die|Das) ([A-ZÄÖÜ][\w-]+)(?= [a-zäöü])", claim)
    reporter = match["a"] or match["b"]
    own = re.match(r"(?:der|die|das) ([A-ZÄÖÜ][\w-]+)|(er|sie|es)\b", reporter)
    if subject is None or own is None or "," in claim or _reported(claim):
        return text
    return f"{claim}." if own[2] or own[1] == subject[1] else text


def _reported(claim: str) -> bool:
    """Tell whether a clause is in reported speech: then it is a claim, not a deed."""
    return (
        re.search(r"\b(?:sei|seien|habe|werde|solle|könne|müsse|wolle|dürfe)\b", claim) is not None
    )


@lru_cache(maxsize=1)
def _connector() -> re.Pattern[str]:
    return re.compile(rf"(?i:{choice('leading', 'de')}) (?=[a-zäöü])")


def _without_connector(text: str, lang: str) -> str:
    """Drop what fills the place before the verb and let the next constituent fill it."""
    match = _connector().match(text)
    if match is None:
        return text
    verb, _, rest = text[match.end() :].partition(" ")
    if not is_finite(verb):
        return text
    reflexive = ""
    if rest.partition(" ")[0] in words("reflexive", lang):
        reflexive, _, rest = rest.partition(" ")
        reflexive = f" {reflexive}"
    size = constituent(rest)
    if not size:
        return text
    front, rest = rest[:size], rest[size:]
    return f"{front[0].upper()}{front[1:]} {verb}{reflexive}{rest}"


@lru_cache(maxsize=1)
def _additive() -> re.Pattern[str]:
    inner = f"{choice('determiner', 'de')}|{choice('preposition', 'de')}"
    return re.compile(rf"(?i:{choice('additive', 'de')}) (?=(?:{inner}) |[A-ZÄÖÜ])")


def _without_additive(text: str, lang: str) -> str:
    match = _additive().match(text)
    if match is None or text[0].islower() or " als auch " in text or "sondern auch" in text:
        return text
    rest = text[match.end() :]
    return rest[0].upper() + rest[1:]


@lru_cache(maxsize=1)
def _inner() -> re.Pattern[str]:
    return re.compile(rf"(?<=[\wäöüß]) (?:{choice('inside', 'de')})(?= [\wäöüß])")


def _without_inner_connector(text: str, lang: str) -> str:
    def plain(match: re.Match[str]) -> bool:
        before = text[: match.start()].rsplit(" ", 1)[-1].lower()
        after = text[match.end() + 1 :].partition(" ")[0].lower()
        ties = (
            "und",
            "oder",
            "sondern",
            "aber",
            "sowie",
            "wenn",
            "als",
            "die",
            "der",
            "das",
            "nicht",
        )
        guarded = after in ("nicht", "kein", "keine", "nur", "erst") and before in ties
        return before not in ties and not guarded and not before.isdigit()

    matches = [m for m in _inner().finditer(text) if plain(m)]
    return _cut(text, matches, lambda m: "")


@lru_cache(maxsize=1)
def _english() -> re.Pattern[str]:
    leading, additive = choice("leading", "en"), choice("additive", "en")
    return re.compile(rf"(?i:{leading}), |(?i:{additive}) (?=(?:the|a|an|this|these) )")


def _without_english_connector(text: str, lang: str) -> str:
    match = _english().match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    return rest[0].upper() + rest[1:]
