"""A German-English dictionary that tells a small model the words it hardly knows.

A rare word is followed in the model's input by its translation between two
marks: ``das Stellwerk ⟪signal box⟫ brannte``. The model learnt in training to
use what stands there, with the ending that its own sentence needs
(target-lemma annotation: Dinu et al. 2019; Bergmanis & Pinnis 2021). How rare
a word is was counted in the training text and stands beside it in the file:
a bucket, the bit length of the count (0 for never, 4 for 8 to 15 times).
An entry without a translation says: the model knows this word, or it is a name.

On top of the dictionary may lie a list of terms: words that are told however
common they are, because the model is known to miss them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Protocol

from summlib.errors import InputError
from summlib.text.compounds import Part, Splitter, lemmas, spellings
from summlib.text.packed import read_rows, read_table
from summlib.text.rows import Layers, Made, Rows, Sections, keys_having
from summlib.text.terms import Terms, Token, adjacent, words

OPEN, CLOSE = "⟪", "⟫"

RARE = 3
"""Largest bucket that gets a hint unless told otherwise: up to seven occurrences
in the training text, about what a word needs before a model has learnt it."""

ACRONYM = 5
"""A word of so many capitals or fewer is an abbreviation, which the model copies."""

COMMON = 8
"""Bucket of a word that no dictionary lists and that is not to be told from the start."""

MAX_PARTS = 3
"""Parts of a compound; the meaning of four in a row is hardly ever the sum of theirs."""

_TITLES = frozenset(("herr", "herrn", "frau", "dr", "prof", "familie", "graf", "baron", "firma"))
_INFLECTED = ("e", "en", "er", "es", "em")
_DETERMINER = re.compile(
    r"(?:d(?:er|ie|as|en|em|es)|(?:k?ein|mein|sein|ihr|unser|dies|jed|jen|welch|manch|solch)"
    r"(?:e[nmrs]?)?|im|am|zum|zur|vom|beim|ins|ans|alle[nr]?|viele[nr]?|mehrere[nr]?|zwei|drei)",
    re.IGNORECASE,
)
_NAME_HEAD = re.compile(
    r"(?:mann|berg|burg|dorf|stadt|bach|feld|haus|hof|heim|stein|wald|see|tal|brunn|furt|hausen"
    r"|kirch|kirche|brück|brücke|au|eck|bauer|meier|müller|meister|hofer|berger|bühl|ried)$"
)
"""How German surnames and place names end; a noun that ends so mostly has an article."""

_HYPHEN = re.compile(r"(?<=[a-zäöüß]{3})-([A-ZÄÖÜ])(?=[a-zäöüß])")
"""Where a compound is written in two for the reader's sake."""

_FEMININE = re.compile(r"(?P<man>[A-ZÄÖÜ][a-zäöüß]+(?:er|ist|ent|ant|or|eur|log|arzt))in(?:nen)?")

FROM_ADJECTIVE = re.compile(
    r"(?:[ei]nd|los|igt|agt|dnet|gen|krank|dürftig|ständig|dächtig|hindert|lich)er$"
)
"""How nouns end that are made from adjectives or participles ("Angeklagter")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the dictionary says of a word.

    Args:
        headword: The form that stands in the dictionary; for a compound its parts.
        translation: The most usual English lemma; empty when a hint would not help.
        bucket: Bit length of the count in the training text, 0 to 20.
        others: Further translations.
    """

    headword: str
    translation: str
    bucket: int
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hint:
    """The translation to tell the model for ``sentence[start:end]``."""

    start: int
    end: int
    translation: str


class HintSource(Protocol):
    """Anything that knows what to tell the model of a sentence, such as a glossary."""

    def hints(self, sentence: str) -> list[Hint]:
        """Return hints, left to right, without overlaps."""
        ...


def annotate(sentence: str, hints: Iterable[Hint]) -> str:
    """Insert hints behind the words that they are for.

    Taking the marks and what is between them out again gives ``sentence``.

    >>> annotate("Das Stellwerk brannte.", [Hint(4, 13, "signal box")])
    'Das Stellwerk ⟪signal box⟫ brannte.'
    """
    pieces, at = [], 0
    for hint in sorted(hints, key=lambda h: h.end):
        pieces += [sentence[at : hint.end], f" {OPEN}{hint.translation}{CLOSE}"]
        at = hint.end
    return "".join(pieces) + sentence[at:]


def is_name(english: str) -> bool:
    """Tell whether a translation looks like a name of one word.

    >>> is_name("Worms"), is_name("worms"), is_name("Lake Constance")
    (True, False, False)
    """
    return english[:1].isupper() and " " not in english


class Lexicon:
    r"""The dictionary: look words up, or ask what to tell the model of a sentence.

    Args:
        lines: Headword to ``translation|others<TAB>bucket``, as in the file.
        told: Headwords that are told however common they are.

    >>> lexicon = Lexicon({"Stellwerk": "signal box\t0", "Haus": "house|building\t12"})
    >>> lexicon.lookup("Häusern").translation
    'house'
    >>> annotate("Im Stellwerk brannte es.", lexicon.hints("Im Stellwerk brannte es."))
    'Im Stellwerk ⟪signal box⟫ brannte es.'
    """

    def __init__(
        self, lines: Mapping[str, str], told: Iterable[str] = (), sure: Iterable[str] = ()
    ) -> None:
        self._lines, self._told, self._sure = lines, frozenset(told), frozenset(sure)
        self._found: dict[str, Entry | None] = {}
        self._splitter = Splitter(self._part)

    @cached_property
    def _terms(self) -> Terms:
        return Terms(keys_having(self._lines, " "))

    @classmethod
    def open(cls, path: str | Path) -> Lexicon:
        """Read a lexicon from a file of headword, translations and bucket, tab-separated.

        A second call with the same path gives the same object.

        Args:
            path: The file, ``.tsv``, ``.tsv.gz``, or ``.rows`` (``summlib.text.rows.in_sections``).

        Raises:
            InputError: There is no such file, or it is damaged.
        """
        return _open(str(path))

    def layered(
        self, terms: Mapping[str, str], renderings: Mapping[str, str] | None = None
    ) -> Lexicon:
        r"""Return the dictionary with terms on top, which are told however common they are.

        Where both have a word, the term comes first and the dictionary's translations behind it.

        Args:
            terms: German term to its English lemma.
            renderings: The same of words that are to be told where a translation lacks them.

        >>> lexicon = Lexicon({"Verband": "bandage\t9"}).layered({"Verband": "association"})
        >>> lexicon.lookup("Verbands")
        Entry(headword='Verband', translation='association', bucket=9, others=('bandage',))
        >>> [hint.translation for hint in lexicon.hints("Der Verband klagt.")]
        ['association']
        """
        on_top = {**(renderings or {}), **terms}
        # "Obdachlose" is a form of "Obdachloser"
        hidden = frozenset(word[:-1] for word in on_top if FROM_ADJECTIVE.search(word))

        def row(headword: str) -> str:
            term = on_top[headword]
            known, _, bucket = self._lines.get(headword, "").partition("\t")
            others = [other for other in known.split("|") if other not in ("", term)]
            rare = 0 if headword in terms else COMMON
            return f"{'|'.join((term, *others))}\t{bucket or rare}"

        top = Made(on_top.keys() - hidden, row)
        lines = Layers(self._lines, top, hidden)
        return Lexicon(lines, self._told | terms.keys(), self._sure | on_top.keys())

    def tells(self, entry: Entry) -> bool:
        """Return whether an entry is of the terms that are told however common they are."""
        return entry.headword in self._told

    def vouches(self, entry: Entry) -> bool:
        """Return whether what an entry says first is right in nearly every text."""
        return entry.headword in self._sure

    def is_common(self, word: str) -> bool:
        r"""Tell whether a word is a form of a noun that is listed as a whole and is translated.

        >>> lexicon = Lexicon({"Deich": "dike\t2", "Worms": "Worms\t9"})
        >>> lexicon.is_common("Deiche"), lexicon.is_common("Worms")
        (True, False)
        """
        entry = None if word.isupper() else self.lookup(word)
        if entry is None or not (entry.headword[0].isupper() and entry.translation):
            return False
        return not is_name(entry.translation) or self.vouches(entry)

    def __len__(self) -> int:
        return len(self._lines)

    def __iter__(self) -> Iterator[Entry]:
        return (self._entry(headword) for headword in self._lines if "+" not in headword)

    def __contains__(self, headword: str) -> bool:
        return headword in self._lines

    def _entry(self, headword: str) -> Entry:
        translations, _, bucket = self._lines[headword].partition("\t")
        first, *others = translations.split("|")
        return Entry(headword, first, int(bucket), tuple(others))

    def lookup(self, word: str, *, first: bool = False) -> Entry | None:
        """Return the entry of a word in any of its forms, None when it is in no dictionary.

        Args:
            word: As it stands in the text; a compound has to be an entry of its own.
            first: Whether a sentence begins with it, so that its capital means nothing.
        """
        key = f" {word}" if first else word
        if key not in self._found:
            if len(self._found) > 300_000:
                self._found.clear()
            self._found[key] = self._search(word, first)
        return self._found[key]

    def _search(self, word: str, first: bool) -> Entry | None:
        entry = self._listed(word)
        if entry is None and "-" in word:  # "Hochleistungs-Rechenzentrum"
            joined = _HYPHEN.sub(lambda m: m[1].lower(), word)
            entry = self._listed(joined) if joined != word else None
        entry = entry or self._feminine(word)
        lower = word[:1].lower() + word[1:]
        if first and lower != word:
            other = self._listed(lower)
            if entry is None or (other is not None and other.bucket >= entry.bucket):
                entry = other
        if entry is None and word.isupper() and len(word) > ACRONYM:
            entry = self._listed(word.capitalize()) or self._listed(word.lower())
        if entry is None and word.islower() and len(word) > 3 and word.title() in self._lines:
            entry = self._entry(word.title())
        return entry

    def _feminine(self, word: str) -> Entry | None:
        """Return what is said of a man who does the same: "Klägerin" is listed as "Kläger"."""
        match = _FEMININE.fullmatch(word)
        if match is None or match["man"] not in self._lines:
            return None
        return replace(self._entry(match["man"]), headword=f"{match['man']}in")

    def _listed(self, word: str) -> Entry | None:
        forms = [spelling for spelling in spellings(word) if spelling in self._lines]
        if not forms:
            candidates = (lemma for s in spellings(word) for lemma in lemmas(s))
            forms = [next((lemma for lemma in candidates if lemma in self._lines), "")]
        return self._entry(forms[0]) if forms[0] else None

    def gloss(self, word: str, *, first: bool = False) -> Entry | None:
        """Return the entry of a word, or one put together from the parts of a compound."""
        key = f"  {word}" if first else f"   {word}"
        if key not in self._found:
            entry = self.lookup(word, first=first)
            self._found[key] = entry if entry is not None else self._compose(word)
        return self._found[key]

    def _compose(self, word: str) -> Entry | None:
        parts = self._splitter.parts(word)
        if not parts or len(parts) > MAX_PARTS:
            return None
        return Entry("+".join(p.text for p in parts), " ".join(p.translation for p in parts), 0)

    def _part(self, headword: str) -> Part | None:
        if headword not in self._lines:
            return None
        entry = self._entry(headword)
        return Part(headword, entry.translation, entry.bucket)

    def hints(
        self,
        sentence: str,
        *,
        threshold: int = RARE,
        compounds: bool = True,
        glossary: HintSource | None = None,
    ) -> list[Hint]:
        """Return what to tell the model of a sentence, left to right, without overlaps.

        A name gets no hint: a capitalised word that no dictionary has, and what
        stands beside one ("Ueli Maurer") or behind "Herr".

        Args:
            sentence: A prepared sentence (``summlib.text.prepare``).
            threshold: Largest bucket that gets a hint, 0 to 20; -1 for the glossary alone.
            compounds: Whether words put together from their parts get a hint as well.
            glossary: The user's terms; they go before the dictionary's.
        """
        hints = glossary.hints(sentence) if glossary is not None else []
        tokens = words(sentence)
        taken = {i for h in hints for i in range(h.start, h.end)}
        if threshold < 0:
            return hints
        for hint in (
            *self._phrases(tokens, threshold),
            *self._singles(tokens, threshold, compounds),
        ):
            place = range(hint.start, hint.end)
            if taken.isdisjoint(place):
                hints.append(hint)
                taken.update(place)
        return sorted(hints, key=lambda h: h.start)

    def phrases(self, tokens: list[Token]) -> Iterator[tuple[int, int, Entry]]:
        """Yield first word, word behind the last, and entry of headwords of several words."""
        for start, end, headword in self._terms.find(tokens):
            yield start, end, self._entry(headword)

    def _phrases(self, tokens: list[Token], threshold: int) -> Iterator[Hint]:
        for start, end, entry in self.phrases(tokens):
            if entry.translation and (entry.bucket <= threshold or self.tells(entry)):
                yield Hint(tokens[start].start, tokens[end - 1].end, entry.translation)

    def _singles(self, tokens: list[Token], threshold: int, compounds: bool) -> Iterator[Hint]:
        find = self.gloss if compounds else self.lookup
        for i, token in enumerate(tokens):
            entry = find(token.text, first=token.first)
            if entry is None or not entry.translation or entry.translation == token.text:
                continue
            if self.tells(entry) or (entry.bucket <= threshold and self.helps(tokens, i, entry)):
                yield Hint(token.start, token.end, entry.translation)

    def helps(self, tokens: list[Token], i: int, entry: Entry) -> bool:
        """Tell whether ``tokens[i]`` is neither a name here nor better left to its context."""
        token = tokens[i]
        if len(entry.others) > 1 and entry.headword[0].islower():
            return False  # a verb of many meanings
        if token.text.isupper() and len(token.text) <= ACRONYM:
            return False
        forename = token.first or is_name(entry.translation)
        if forename and self._begins_name(tokens[i : i + 2]):
            return False
        before = tokens[i - 1] if i and tokens[i - 1].end == token.start - 1 else None
        return not self._is_name(token, before, entry)

    def _begins_name(self, tokens: list[Token]) -> bool:
        """Tell whether a sentence begins with "Wade Marbaugh": no article, an unknown noun."""
        if len(tokens) < 2 or not adjacent(tokens) or not tokens[1].text[0].isupper():
            return False
        return tokens[0].text in self._lines and self.gloss(tokens[1].text) is None

    def _is_name(self, token: Token, before: Token | None, entry: Entry) -> bool:
        """Tell whether a word that has an entry is more likely a name here."""
        if not token.text[0].isupper():
            return False
        if before is None or not before.text[0].isupper():
            named = before is not None and _DETERMINER.fullmatch(before.text) is not None
            lone = "+" in entry.headword and _NAME_HEAD.search(token.text) is not None
            return lone and not named and (before is None or not before.text.endswith(_INFLECTED))
        if before.text.lower() in _TITLES:
            return True
        if before.text.lower() in self._lines or _DETERMINER.fullmatch(before.text):
            return False
        other = self.lookup(before.text)
        return other is None or other.translation in ("", before.text)


@lru_cache(maxsize=4)
def _open(path: str) -> Lexicon:
    file = Path(path)
    try:
        if file.suffix == ".rows":
            return Lexicon(Sections.of(read_rows(file)))
        return Lexicon(Rows(read_table(file)))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"lexicon {path} cannot be read ({error}); give another file") from error
