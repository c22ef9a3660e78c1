"""Which words of a German sentence go through the model as stand-ins for their English.

A hint beside a word is followed in three cases of four, a stand-in nearly
always, and what stands around a word that the model does not know comes out
better too. So the terms of the bundled list go through in English from the
first decoding, and so do nouns that the training text hardly held, where the
dictionary knows one translation and no other: on 187 of 750 development
lines that hold such a noun it is worth 0.9 BLEU and 1.1 chrF. Adjectives before
their nouns likewise: 0.6 BLEU and 0.6 chrF on 112 of 2,997 lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from summlib.records import Span
from summlib.text.lexicon import ACRONYM, FROM_ADJECTIVE, Entry, Hint, Lexicon, is_name
from summlib.text.plurals import is_plural, pluralize
from summlib.text.terms import Token, words
from summlib.text.towns import find_towns

RARE = 5
"""Largest bucket of a noun that goes through in English: up to 31 occurrences in the training
text. With 7 or 9 the lines concerned come out slightly worse, and there are more of them."""


_INFLECTED = re.compile(r"e[nrsm]?")

_CASE = re.compile(r"(?:e?s)?")
_BEFORE_PLACE = re.compile(
    r"(?:[A-ZÄÖÜ].*)?|in|aus|nach|von|für|mit|um|durch|gegen|bei|zwischen|über"
)
"""What stands before a name of one place, and not before several people."""

MIN_SHARED = 4
"""Letters that a form and its headword share at least."""


def find_told(sentence: str, lexicon: Lexicon, *, rare: int = RARE) -> list[Hint]:
    r"""Return the words to tell in English, in the number they have there, left to right.

    Args:
        sentence: A prepared sentence.
        lexicon: A dictionary with terms on top (``Lexicon.layered``).
        rare: Largest bucket of a noun to tell besides terms and towns, 0 to 20; -1 for none.

    >>> lexicon = Lexicon({"Docht": "wick\t2", "Haus": "house\t12"}).layered({"Deich": "dike"})
    >>> [hint.translation for hint in find_told("Die Dochte und die Deiche am Haus.", lexicon)]
    ['wicks', 'dikes']
    """
    tokens = words(sentence)
    found = {i: (end, e) for i, end, e in lexicon.phrases(tokens) if lexicon.tells(e)}
    towns = {start: english for start, _, english in find_towns(sentence)}
    for i, token in enumerate(tokens):
        if token.start in towns:
            found[i] = (i + 1, Entry(token.text.lower(), towns[token.start], 0))
    for i, entry in _singles(tokens, lexicon, rare):
        found.setdefault(i, (i + 1, entry))
    hints, free = [], 0
    for i, (end, entry) in sorted(found.items()):
        if i >= free and not sentence.endswith("- und ", 0, tokens[i].start):
            english = _numbered(sentence, tokens, range(i, end), entry)
            hints.append(Hint(tokens[i].start, tokens[end - 1].end, english))
            free = end
    return hints


def _singles(tokens: list[Token], lexicon: Lexicon, rare: int) -> Iterator[tuple[int, Entry]]:
    for i, token in enumerate(tokens):
        entry = lexicon.lookup(token.text, first=token.first)
        term = _term(token, entry, lexicon)
        sure = entry and (_is_sure_noun(token, entry) or _is_sure_adjective(token, entry))
        if term is None and entry and sure and entry.bucket <= rare:
            term = entry if lexicon.helps(tokens, i, entry) else None
        if term is not None:
            yield i, term


def _term(token: Token, entry: Entry | None, lexicon: Lexicon) -> Entry | None:
    """Return the term that a word is a form of, also as the end of one ("EU-Gipfel")."""
    head, hyphen, noun = token.text.rpartition("-")
    if hyphen and entry is None:
        entry, before = lexicon.lookup(noun), _modifier(head, lexicon)
        entry = replace(entry, translation=f"{before} {entry.translation}") if entry else None
        entry = entry if before else None
    if entry is None or not lexicon.tells(entry) or _other_noun(noun, entry.headword):
        return None
    return entry


def _modifier(head: str, lexicon: Lexicon) -> str:
    """Return the English for what stands before a hyphen, empty where it is not known for sure."""
    if head.isupper() and len(head) <= ACRONYM:
        return head
    entry = lexicon.lookup(head) if head.isalpha() else None
    return entry.translation if entry and entry.headword.istitle() and not entry.others else ""


def _is_sure_noun(token: Token, entry: Entry) -> bool:
    """Tell whether a noun has one translation, a common word."""
    noun = token.text[0].isupper() and entry.headword[0].isupper()
    sure = entry.translation and not is_name(entry.translation) and not entry.others
    return bool(noun and sure) and not _other_noun(token.text, entry.headword)


def _is_sure_adjective(token: Token, entry: Entry) -> bool:
    """Tell an adjective with one translation before its noun; alone it confuses the verbs."""
    lemma, word = entry.headword, token.text
    if token.first or not (lemma.islower() and word.islower() and word.startswith(lemma)):
        return False
    sure = entry.translation.isalpha() and not entry.others and not lemma.endswith("n")
    return sure and bool(_INFLECTED.fullmatch(word[len(lemma) :]))


def _other_noun(form: str, headword: str) -> bool:
    """Tell whether a form can only be that of a noun from an adjective, and its headword is none.

    The rules for "Angeklagte" of "Angeklagter" would make "Nota" a form of "Notar".
    """
    shorter = len(form) <= len(headword) and headword.startswith(form[:-1] or form)
    return (
        headword.endswith("r")
        and form != headword
        and shorter
        and form[-1:] != "r"
        and not FROM_ADJECTIVE.search(headword)
    )


def in_number(sentence: str, span: Span, entry: Entry, lexicon: Lexicon) -> str:
    r"""Return the English of a noun in the number in which it stands there.

    Args:
        sentence: A prepared sentence.
        span: Where the noun stands.
        entry: What the dictionary says of it; a compound's may be put together from its parts.
        lexicon: The dictionary.

    >>> lexicon = Lexicon({"Anschluss": "connection\t9", "Haus": "house\t12"})
    >>> sentence = "Die Hausanschlüsse fehlen."
    >>> in_number(sentence, Span(4, 18), lexicon.gloss("Hausanschlüsse"), lexicon)
    'house connections'
    """
    tokens = words(sentence)
    place = next((i for i, token in enumerate(tokens) if token.start == span.start), None)
    if place is None:
        return entry.translation
    whole = replace(entry, headword=_headword(span.of(sentence), entry, lexicon))
    return _numbered(sentence, tokens, range(place, place + 1), whole)


def _headword(form: str, entry: Entry, lexicon: Lexicon) -> str:
    """Return the dictionary form of a noun, also of one that is listed by its parts alone."""
    *before, last = entry.headword.split("+")
    if not before:
        return last
    found = lexicon.lookup(last.capitalize())
    return form[: -len(last)] + found.headword.lower() if found and last else form


def _numbered(sentence: str, tokens: list[Token], place: range, entry: Entry) -> str:
    """Return the English of a term in the number in which its noun stands."""
    headword = entry.headword.split(" ")[-1]
    if headword[0].islower():
        return entry.translation
    form = tokens[place[-1]].text
    if "-" in form and "-" not in headword:  # of "Luxus-Hotel" the whole is listed, or the end
        joined = form.replace("-", "").capitalize()
        form = joined if joined[:MIN_SHARED] == headword[:MIN_SHARED] else form.rpartition("-")[2]
    start = max(0, place.start - 5)
    before = sentence[tokens[start].start : tokens[place.start].start].replace(",", " , ").split()
    after = sentence[tokens[place[-1]].end :].replace(",", " , ").split()[:1]
    many = is_plural(form, headword, before, "".join(after))
    if many and entry.translation[:1].isupper() and _BEFORE_PLACE.fullmatch("".join(before[-1:])):
        # "Über Nordrhein-Westfalen", "die Küste Ostfrieslands"
        many = not (form.endswith(("en", "s")) and _CASE.fullmatch(form.removeprefix(headword)))
    return pluralize(entry.translation) if many else entry.translation
