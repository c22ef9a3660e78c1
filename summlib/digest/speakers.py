"""Who says what: the speakers that sentences name.

A sentence names a speaker by a verb of saying ("sagte Lohbeck", "Lohbeck
betonte, dass"), or by a phrase ("nach Angaben der Polizei"). Reported speech
and a quotation without a speaker go on with the one before. Only persons,
offices and bodies speak; where the subject is anything else no one does, for
a statement put into the wrong mouth is worse than one without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summlib.centrality import stem, stopwords
from summlib.digest.phrases import pattern, phrase_pattern, words
from summlib.text.quotations import inside, spans

How = Literal["says", "source"]

AUTHOR = "#author"
"""Key of the writers of a document, where they speak of themselves as "we"."""

_FULL_NAME = re.compile(r"(?<=[a-zäöüß.] )(?=([A-ZÄÖÜ][\w'’-]+))")
_TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*\.?")
_BRACKETS = re.compile(r"\s?\([^()]*\)")
_LONGEST_QUOTE = 600
_LONGEST_NAME = 5  # words of a body's name
_LONGEST_SUBJECT = 12  # words in front of the verb
_REPORTING = {
    "de": re.compile(r",\s+(?:dass|ob|wie|warum|wer)\b|[,:]\s*$|:\s|\bzu\s+\w+en\b"),
    "en": re.compile(r"\bthat\b|:\s"),
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a sentence.

    Args:
        name: As the sentence has it, without article, office or title.
        key: The same for all mentions of one speaker.
        person: Whether it is a person's name.
        how: ``says`` for speech, ``source`` for "nach Angaben der Polizei".
        start: Offset of the phrase that names a source.
        end: Offset behind it.
    """

    name: str
    key: str
    person: bool
    how: How = "says"
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()

    def listed(self, section: str, lang: str) -> bool:
        """Return whether a section of the word list has it."""
        return self.lower in words("attribution", section, lang)


def _titles() -> frozenset[str]:
    return words("attribution", "title", "de") | words("attribution", "title", "en")


def find_speakers(lines: Sequence[str], lang: str) -> list[Speaker | None]:
    """Return for each sentence of a document who says it, None for the author.

    Args:
        lines: The sentences in reading order, each on one line.
        lang: ``de`` or ``en``.

    >>> lines = ["Rat Ute Kolb warnt vor Eile.", "Man habe Zeit.", "Es regnet."]
    >>> [s.name if s else "" for s in find_speakers(lines, "de")]
    ['Ute Kolb', 'Ute Kolb', '']
    """
    found: list[Speaker | None] = []
    last: Speaker | None = None
    surnames = {m[1] for line in lines for m in _FULL_NAME.finditer(line)}
    for line in lines:
        speaker, pronoun = _speaker(line, lang, surnames)
        if speaker is None and (pronoun or _goes_on(line, lang)):
            speaker = last
        if speaker is None and _first_person(line, lang):
            speaker = Speaker("", AUTHOR, False)
        found.append(speaker)
        last = speaker if speaker and speaker.how == "says" and speaker.name else None
    return found


def _goes_on(line: str, lang: str) -> bool:
    """Tell whether a sentence is a quotation as a whole, or reported speech."""
    if any(start < 2 and end >= len(line.rstrip()) - 1 for start, end in spans(line, 600)):
        return line[0] in '„“"»«‚‘'
    reported = words("attribution", "reported", lang)
    outside = _outside(line, lang)
    if any(w.listed("alone", lang) for w in outside):
        return False  # it has a speaker of its own, only not one that was understood
    return any(word.lower in reported for word in outside[:8])


def _first_person(line: str, lang: str) -> bool:
    """Tell whether the writers speak of themselves, outside of any quotation."""
    return any(w.listed("first", lang) for w in _outside(line, lang))


def _outside(line: str, lang: str) -> list[_Word]:
    """Return the words that stand in no quotation, no brackets and no aside."""
    covered = inside(list(spans(line, _LONGEST_QUOTE)), len(line))
    for match in _asides(line, lang):
        covered[match.start() : match.end()] = b"\x01" * (match.end() - match.start())
    return [
        _Word(m[0] if m[0].lower() in _titles() else m[0].rstrip("."), m.start(), m.end())
        for m in _TOKEN.finditer(line)
        if not covered[m.start()]
    ]


def _asides(line: str, lang: str) -> Iterator[re.Match[str]]:
    """Yield what stands between commas and can be left out: ", on the other hand,"."""
    for match in phrase_pattern("attribution", "aside", lang).finditer(line):
        if line[: match.start()].endswith(", ") and line.startswith(",", match.end()):
            yield match


def _speaker(line: str, lang: str, surnames: set[str]) -> tuple[Speaker | None, bool]:
    """Return who says a sentence, and whether only a pronoun names the speaker."""
    outside = _outside(line, lang)
    for number, word in enumerate(outside):
        if word.lower not in words("attribution", "verb", lang):
            continue
        if not _is_speech(line, outside, number, lang):
            continue
        before = _subject_before(line, outside, number, lang)
        after = _subject_after(line, outside, number, lang)
        for subject in (before, after):
            if len(subject) == 1 and subject[0].listed("pronoun", lang):
                return None, True
            speaker = _name(subject, lang)
            alone = speaker is not None and speaker.person and " " not in speaker.name
            if speaker and alone and subject is before and speaker.name not in surnames:
                continue  # any word may stand capitalized at the head of a sentence
            if speaker:
                return speaker, False
    return _source(line, outside, lang), False


def _is_speech(line: str, outside: list[_Word], number: int, lang: str) -> bool:
    """Tell whether a verb is one of saying here."""
    word = outside[number]
    if word.listed("alone", lang) or _closes_quote(line, word.start):
        return True
    particles = words("attribution", "particle", lang)
    later = {w.lower for w in outside[number + 1 :]}
    if any(f"{word.lower}:{p}" in particles for p in later):
        return True
    listed = any(p.startswith(f"{word.lower}:") for p in particles)
    return not listed and bool(_REPORTING[lang].search(line[word.end :]))


def _closes_quote(line: str, place: int) -> bool:
    """Tell whether a quotation of some words ends right before a place."""
    return any(
        place - 3 <= end <= place and line[start:end].count(" ") >= 2
        for start, end in spans(line, _LONGEST_QUOTE)
        if line[start] not in "(["
    )


def _subject_before(line: str, outside: list[_Word], number: int, lang: str) -> list[_Word]:
    """Return the words in front of the verb when they are its subject and nothing else."""
    start = number
    while start and _adjoins(line, lang, outside[start - 1], outside[start]):
        start -= 1
    if start < number and outside[number - 1].listed("pronoun", lang):
        start = number - 1
    subject = outside[start:number]
    if not subject or len(subject) > _LONGEST_SUBJECT:
        return []
    if len(subject) == 1 and subject[0].listed("pronoun", lang):
        return subject
    opens = subject[0].capital and (
        subject[0].listed("opener", lang) or not subject[0].listed("link", lang)
    )
    known = words("attribution", "opener", lang) | words("attribution", "link", lang)
    fits = all(
        w.capital or w.lower in known or w.text[0].isdigit() or _may_describe(w, lang)
        for w in subject[1:]
    )
    ends = subject[-1].capital or pattern("attribution", "body", lang).fullmatch(subject[-1].text)
    return subject if opens and fits and ends else []


def _may_describe(word: _Word, lang: str) -> bool:
    """Tell whether an English word in lower case can stand in a title: "founding director"."""
    return lang == "en" and word.lower not in stopwords("en")


def _adjoins(line: str, lang: str, left: _Word, right: _Word) -> bool:
    """Tell whether nothing but a space or the comma of an apposition stands between."""
    between = _BRACKETS.sub("", line[left.end : right.start])
    aside = phrase_pattern("attribution", "aside", lang).fullmatch(between.strip(", "))
    between = ", " if aside else between
    return between.strip(" ,") == "" and len(between) <= 2


def _subject_after(line: str, outside: list[_Word], number: int, lang: str) -> list[_Word]:
    """Return the words behind the verb that are its subject."""
    subject: list[_Word] = []
    for previous, word in zip(outside[number:], outside[number + 1 :], strict=False):
        between = line[previous.end : word.start]
        apposition = between == ", " and word.capital and bool(subject)
        if between.strip() and not apposition:
            break
        if not subject and word.listed("pronoun", lang):
            return [word]
        first = not subject or all(not w.capital for w in subject)
        allowed = word.capital or word.text[0].isdigit()
        allowed = allowed or (first and word.listed("determiner", lang) and not subject)
        allowed = allowed or (bool(subject) and word.listed("genitive", lang))
        if not (allowed or _may_describe(word, lang)):
            break
        subject.append(word)
    return subject


def _source(line: str, outside: list[_Word], lang: str) -> Speaker | None:
    """Return whom "nach Angaben der Polizei" or "der Polizei zufolge" names."""
    taken = {w.start for w in outside}
    for match in phrase_pattern("attribution", "source", lang).finditer(line):
        if not any(match.start() <= s < match.end() for s in taken):
            continue
        named: list[_Word] = []
        for word in outside:
            if word.start < match.end():
                continue
            link = word.lower in words("attribution", "link", lang) | words(
                "attribution", "opener", lang
            )
            if line[(named[-1].end if named else match.end()) : word.start].strip():
                break
            lower_body = lang == "en" and pattern("attribution", "body", lang).fullmatch(word.text)
            if not (word.capital or link or lower_body):
                break
            named.append(word)
        speaker = _name(named, lang, how="source")
        if speaker:
            return replace(speaker, start=match.start(), end=named[-1].end)
    return _source_before(line, outside, lang) or _compound_source(outside, lang)


def _source_before(line: str, outside: list[_Word], lang: str) -> Speaker | None:
    """Read "der Polizei zufolge"."""
    for number, word in enumerate(outside):
        if word.listed("behind", lang):
            start = number
            while start and _adjoins(line, lang, outside[start - 1], outside[start]):
                start -= 1
                if outside[start].listed("dative", lang):
                    break
            named = [w for w in outside[start:number] if w.capital or w.listed("link", lang)]
            speaker = _name(named, lang, how="source")
            return replace(speaker, start=outside[start].start, end=word.end) if speaker else None
    return None


def _compound_source(outside: list[_Word], lang: str) -> Speaker | None:
    """Read "nach Polizeiangaben"."""
    for ending in words("attribution", "compound", lang):
        for word in outside:
            body = word.text[: -len(ending)].rstrip("s")
            if word.lower.endswith(ending) and pattern("attribution", "body", lang).fullmatch(body):
                return Speaker(body, _key(body), False, "source", word.start, word.end)
    return None


def _name(subject: list[_Word], lang: str, *, how: How = "says") -> Speaker | None:
    """Read a subject: a person's name, an office, a body; None for anything else."""
    runs = _runs(subject)
    if len(runs) > 1 and _apposed(subject, runs[-1]):
        runs.reverse()
    named = (_person(run, subject, lang, how) for run in runs)
    bodies = (_body(run[0], subject, lang, how) for run in runs or [subject[-1:]] if run)
    found = next((n for n in (*named, *bodies) if n), None)
    if found is None and len(subject) == 1 and _may_be_surname(subject[0].text, lang):
        return Speaker(subject[0].text, _key(subject[0].text), True, how)
    return found


def _person(run: list[_Word], subject: list[_Word], lang: str, how: How) -> Speaker | None:
    """Read a person's name, without office and title; two words, or one behind an office."""
    role = pattern("attribution", "role", lang)
    place = subject.index(run[0])
    owned = place > 0 and subject[place - 1].listed("genitive", lang)
    kept = [w for w in run if w.lower not in _titles()]
    while len(kept) > 1 and role.fullmatch(kept[0].text):
        kept = kept[1:]
    if (
        owned
        or not kept
        or (len(kept) < 2 and len(kept) == len(run))
        or _is_body(kept[0].text, lang)
    ):
        return None
    if len(kept) == 1 and role.fullmatch(kept[0].text):
        return None
    return Speaker(" ".join(w.text for w in kept[:4]), _key(kept[-1].text), True, how)


def _body(head: _Word, subject: list[_Word], lang: str, how: How) -> Speaker | None:
    """Read an office or a body with what it belongs to: "Sprecher der Polizei"."""
    office = pattern("attribution", "role", lang).fullmatch(head.text)
    if not (office or _is_body(head.text, lang)):
        return None
    words_ = [w for w in subject if w.start >= head.start][:_LONGEST_NAME]
    while words_[-1].listed("link", lang):
        words_.pop()
    key = " ".join(_key(w.text) for w in words_ if w.capital or w is head)
    return Speaker(" ".join(w.text for w in words_), key, False, how)


def _is_body(word: str, lang: str) -> bool:
    return bool(pattern("attribution", "body", lang).fullmatch(word)) or (
        word.isupper() and 2 <= len(word) <= 6
    )


def _may_be_surname(word: str, lang: str) -> bool:
    """Tell whether a single word without an article can be a name: most nouns need one."""
    return word[0].isupper() and len(word) > 2 and word.lower() not in stopwords(lang)


def _key(word: str) -> str:
    """Return what all mentions share, in both languages: Harms', Harms."""
    return stem(word.removesuffix("'s").removesuffix("’s"), "de")


def _runs(subject: list[_Word]) -> list[list[_Word]]:
    """Return the runs of capitalized words, articles at the head left out."""
    runs: list[list[_Word]] = []
    openers = words("attribution", "opener", "de") | words("attribution", "opener", "en")
    for i, word in enumerate(subject):
        if not word.capital or (i == 0 and (word.lower in openers or _is_function(word))):
            continue
        last = runs[-1][-1] if runs and runs[-1] else None
        joined = last is not None and subject[i - 1] is last and word.start - last.end <= 1
        if joined:
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _is_function(word: _Word) -> bool:
    return word.lower in stopwords("de") or word.lower in stopwords("en")


def _apposed(subject: list[_Word], run: list[_Word]) -> bool:
    """Tell whether a run stands behind a comma: "der Vorsitzende der Liste, Malte Diekhoff"."""
    before = [w for w in subject if w.end <= run[0].start]
    return bool(before) and run[0].start - before[-1].end == 2
