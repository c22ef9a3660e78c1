"""How German forms its words: from an inflected form to lemmas, from a compound to its parts.

Both only propose; a dictionary decides what is a word. So the rules may be
generous, as long as the likelier form comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from summlib.text.strong import infinitives, of_subjunctive, prefixes_of

_SHORTEST = 3
_row = str.split
_NOUN_ENDINGS = [
    tuple(change.split(">"))
    for change in _row(
        "s> es> n> en> e> er> ern> nen> se> sen> ses> en>um en>a en>us a>um as>um i>us "
        "ien>ie >r n>r m>r s>r en>er e>en >n er>e ens>"
    )
]
"""Ending to take off, ending to put on: plurals, cases, foreign plurals, nouns from adjectives."""

_ADJECTIVE_ENDINGS = ("e", "en", "er", "es", "em")
_COMPARISON = ("er", "st", "est", "ßt")
_VERB_ENDINGS = ("", *_row("e st t te ten test tet est et ete eten etest le re en n"))
_SEPARABLE = tuple(
    _row(
        "herunter hinunter herüber hinüber zurück zusammen entgegen auseinander herbei heraus "
        "hinaus herein hinein herum voraus vorbei weiter wieder nieder fertig gegenüber statt "
        "teil hervor heran hinzu hinauf herauf herab hinab hinweg empor davon dagegen dazu "
        "voran vorüber zurecht umher überein zunichte zugute zuvor bereit bekannt kennen "
        "sicher klar offen still gleich gut nahe krank preis stand bloß schwer leicht tot "
        "voll fern übrig irre wahr wach dar durch unter über fort fest frei hoch heim nach "
        "weg vor bei mit aus auf auch ein los her hin ab an um zu da"
    )
)
_INSEPARABLE = tuple(_row("be emp ent er ge miss ver zer über unter wider"))
_PREFIXES = (*_SEPARABLE, *_INSEPARABLE)
_GRADATION = {
    past: tuple(presents.split("/"))
    for past, presents in (
        row.split(">")
        for row in _row("a>e/i ä>a äu>au e>i i>ei/e ie>ei/e/au o>ie/e/i/ü/ä u>i/a ö>o")
    )
}
"""Vowel of a strong verb's past or second person, to vowels of the infinitive (Ablautreihen)."""

_LAST_VOWEL = re.compile(r"(.*?)(ie|äu|[aeiouäöü])([^aeiouäöü]+)$")
_UMLAUTS = str.maketrans("äöü", "aou")
_UMLAUT = re.compile(r"äu|[äöü](?=[^äöü]*$)")
_DIGRAPHS = (
    ("ae", "ä"),
    ("oe", "ö"),
    ("ue", "ü"),
    ("Ae", "Ä"),
    ("Oe", "Ö"),
    ("Ue", "Ü"),
)
LINKS = ("", "s", "n", "en", "es", "er", "e", "ens", "ns")
"""Linking elements between the parts of a compound; none is tried first."""


def plain_vowel(word: str) -> str:
    """Take the last umlaut back: Häus → Haus, Väter → Vater."""
    return _UMLAUT.sub(lambda m: m[0].translate(_UMLAUTS), word, count=1)


def spellings(word: str) -> Iterator[str]:
    """Yield the word and its other spellings: Swiss ss, old ß, umlauts written as ae, oe, ue.

    >>> list(spellings("Strasse"))
    ['Strasse', 'Straße']
    """
    yield word
    if "ss" in word:
        yield word.replace("ss", "ß")
    if "ß" in word:
        yield word.replace("ß", "ss")
    if any(digraph in word for digraph, _ in _DIGRAPHS):
        for digraph, umlaut in _DIGRAPHS:
            word = word.replace(digraph, umlaut)
        yield word
        if "ss" in word:
            yield word.replace("ss", "ß")


def noun_lemmas(word: str) -> Iterator[str]:
    """Yield what a noun's form may be a plural or a case of, the likeliest first.

    >>> "Haus" in noun_lemmas("Häusern"), "Zentrum" in noun_lemmas("Zentren")
    (True, True)
    """
    plain = plain_vowel(word)
    for ending, replacement in _NOUN_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: len(word) - len(ending)]
            yield stem + replacement
            if plain != word and not replacement:
                yield plain_vowel(stem)
    if plain != word:
        yield plain


def adjective_lemmas(word: str) -> Iterator[str]:
    """Yield what an adjective's form may come from: endings, comparison, participles.

    >>> "alt" in adjective_lemmas("älteste"), "dunkel" in adjective_lemmas("dunkle")
    (True, True)
    """
    for stem in _stripped(word, ("", *_ADJECTIVE_ENDINGS)):
        if stem != word:
            yield stem
            yield from (stem + "e", f"{stem[:-1]}e{stem[-1]}")
        for degree in _stripped(stem, _COMPARISON):
            yield from (degree, plain_vowel(degree), degree + "e")
            yield f"{degree[:-1]}e{degree[-1]}"
    for stem in _stripped(word, ("", *_ADJECTIVE_ENDINGS)):
        if stem.endswith("nd"):
            yield stem[:-1]
        elif stem != word:
            yield from participle_lemmas(stem)


def verb_lemmas(word: str) -> Iterator[str]:
    """Yield infinitives that a verb's form may belong to.

    >>> "kaufen" in verb_lemmas("kaufte"), next(verb_lemmas("hielt"))
    (True, 'halten')
    """
    yield from infinitives(word, _SEPARABLE, _INSEPARABLE)
    yield from participle_lemmas(word)
    stems = list(_stripped(word, _VERB_ENDINGS))
    for stem in stems:
        yield from (stem + "en", stem + "n")
        if stem.endswith(("l", "r")) and len(stem) > _SHORTEST:
            yield f"{stem[:-1]}e{stem[-1]}n"
    yield from of_subjunctive(word, _PREFIXES)
    for stem in stems:
        yield from _graded(stem)


def participle_lemmas(word: str) -> Iterator[str]:
    """Yield infinitives that a past participle, or an infinitive with *zu*, may belong to.

    >>> next(participle_lemmas("abgebaut"))
    'abbauen'
    """
    for prefix in ("", *prefixes_of(word, _SEPARABLE)):
        yield from _without_infix(prefix, word[len(prefix) :])
    if word.startswith(_INSEPARABLE) and word.endswith("en"):
        yield from _graded(word[:-2])
    elif word.startswith(_INSEPARABLE):
        yield from (f"{stem}en" for stem in _stripped(word, ("t", "et")))


def _without_infix(prefix: str, rest: str) -> Iterator[str]:
    """Undo ge- (ab-ge-sprungen) and, behind a separable prefix, -zu- (ab-zu-springen)."""
    if rest.startswith("ge") and len(rest) > 5:
        inner = rest[2:]
        for stem in _stripped(inner, ("t", "et")):
            yield from (f"{prefix}{stem}en", f"{prefix}{stem}n")
        if inner.endswith("en"):
            yield prefix + inner
            yield from (prefix + verb for verb in _graded(inner[:-2]))
    elif prefix and rest.startswith("zu") and len(rest) > 5:
        yield prefix + rest[2:]


def _graded(stem: str) -> Iterator[str]:
    """Yield infinitives of strong verbs whose past has this stem: sprung → springen."""
    match = _LAST_VOWEL.match(stem)
    if match is None:
        return
    for vowel in _GRADATION.get(match[2], ()):
        for coda in _codas(match[3]):
            yield f"{match[1]}{vowel}{coda}en"


def _codas(coda: str) -> Iterator[str]:
    """Yield the consonants as they are, simplified and doubled: ritt → reiten."""
    yield coda
    if len(coda) > 1 and coda[-1] == coda[-2]:
        yield coda[:-2] + ("ß" if coda[-1] == "s" else coda[-1])
    elif len(coda) == 1:
        yield "ss" if coda == "ß" else coda * 2


def _stripped(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            yield word[: len(word) - len(ending)]


def lemmas(word: str) -> Iterator[str]:
    """Yield what may stand in a dictionary for ``word``, the likeliest first.

    A capital makes it a noun, and after that anything made into one
    ("das Schwimmen", "die Verletzten"). ``word`` itself comes first.
    """
    yield word
    if word[:1].isupper():
        yield from noun_lemmas(word)
        word = word[0].lower() + word[1:]
        yield word
    yield from strong_infinitives(word)
    yield from adjective_lemmas(word)
    yield from verb_lemmas(word)


def strong_infinitives(word: str) -> Iterator[str]:
    """Yield the strong verbs that a word in small letters is a form of.

    >>> list(strong_infinitives("zurückwies"))
    ['zurückweisen']
    """
    return infinitives(word, _SEPARABLE, _INSEPARABLE)


def stem(word: str) -> str:
    """Return a key under which the forms of a word mostly agree.

    >>> stem("Roten") == stem("Rotes"), stem("Häusern") == stem("Haus")
    (True, True)
    """
    key = word.lower().translate(_UMLAUTS).replace("ß", "ss")
    for ending in ("ern", "en", "er", "es", "em", "e"):
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST:
            return key[: len(key) - len(ending)]
    return key[:-1] if len(key) > _SHORTEST and key.endswith(("as", "is", "os", "ys")) else key


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound: what stands there, its meaning, how common it is (a bucket)."""

    text: str
    translation: str
    bucket: int


Reader = Callable[[str], Part | None]


def split(word: str, *, modifier: Reader, head: Reader) -> tuple[Part, ...]:
    """Split a compound into parts that are all known; empty when it cannot be.

    The fewest parts win, because a longer part has the surer translation;
    among equals the commonest (geometric mean of the frequencies: Koehn &
    Knight 2003, "Empirical Methods for Compound Splitting").

    Args:
        word: The compound, of 6 letters or more.
        modifier: Reads a part that others follow, without its linking element, lower case.
        head: Reads the last part, with its ending, lower case.

    >>> known = {"haus": "house", "tür": "door"}
    >>> read = lambda text: Part(text, known[text], 5) if text in known else None
    >>> [p.translation for p in split("Haustür", modifier=read, head=read)]
    ['house', 'door']
    """
    text = word.lower()
    heads = {}
    for i in range(_SHORTEST, len(text) - _SHORTEST + 1):
        part = head(text[i:])
        if part is not None:
            heads[i] = part
    if not heads:
        return ()
    return max(_chains(text, heads, modifier), key=_rank, default=())


def _chains(text: str, heads: dict[int, Part], modifier: Reader) -> Iterator[tuple[Part, ...]]:
    """Yield the ways to fill ``text`` up to one of the heads with modifiers, breadth first."""
    open_ends: list[tuple[int, tuple[Part, ...]]] = [(0, ())]
    for _ in range(3):
        longer = []
        for start, parts in open_ends:
            for end, part in _modifiers(text, start, max(heads), modifier):
                chain = (*parts, part)
                if end in heads:
                    yield (*chain, heads[end])
                longer.append((end, chain))
        open_ends = longer


def _modifiers(text: str, start: int, last: int, read: Reader) -> Iterator[tuple[int, Part]]:
    """Yield the parts at ``start`` with the place behind them and their linking element."""
    for end in range(start + _SHORTEST, last + 1):
        for link in LINKS:
            stem = text[start : end - len(link)]
            if len(stem) < _SHORTEST or not text.startswith(link, end - len(link)):
                continue
            part = read(stem)
            if part is not None:
                yield end, part
                break


def _rank(parts: tuple[Part, ...]) -> tuple[int, float]:
    """Order candidates; a bucket is a logarithm, so its mean is that of the frequencies."""
    return -len(parts), sum(p.bucket for p in parts) / len(parts)


class Splitter:
    """Reads compounds with the help of a dictionary.

    Args:
        read: Returns the part for a headword, None when there is no such headword. A
            headword that ends in ``+`` says what the letters before it mean as the
            first part of a compound, one that begins with ``+`` what a noun means as the last.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read

    def parts(self, word: str) -> tuple[Part, ...]:
        """Return the parts of a compound noun, empty when not all are known.

        In a word with hyphens, names and abbreviations stand for themselves.
        """
        if "-" in word:
            return self._hyphenated(word)
        if 8 <= len(word) <= 48 and word[0].isupper() and not word.isupper():
            ways = (split(w, modifier=self._modifier, head=self._head) for w in spellings(word))
            return max((way for way in ways if way), key=_rank, default=())
        return ()

    def _hyphenated(self, word: str) -> tuple[Part, ...]:
        *modifiers, last = word.split("-")
        head = self._head(last.lower()) if last[:1].isupper() else None
        parts = [self._first(text) for text in modifiers] if head is not None else [None]
        known = [part for part in (*parts, head) if part is not None]
        return tuple(known) if len(known) == len(modifiers) + 1 else ()

    def _first(self, text: str) -> Part | None:
        if text.isupper() or not text.isalpha():
            return Part(text, text, 0)
        if not text[:1].isupper():
            return None
        lower = text.lower()
        stems = (lower[: len(lower) - len(link)] for link in LINKS if lower.endswith(link))
        found = (self._modifier(stem) for stem in stems if len(stem) >= _SHORTEST)
        return next((part for part in found if part is not None), Part(text, text, 0))

    def _modifier(self, text: str) -> Part | None:
        """Read a first part: learnt from compounds, a noun, an adjective, a verb's stem."""
        noun = text.capitalize()
        for form in (f"{text}+", noun, text, plain_vowel(noun), noun + "e"):
            part = self._usable(text, self._read(form))
            if part is not None:
                return part
        for form in (text + "en", text + "n"):
            part = self._usable(text, self._read(form))
            if part is not None:
                return Part(text, gerund(part.translation), part.bucket)
        return None

    def _head(self, text: str) -> Part | None:
        """Read a last part, a noun in any of its forms."""
        noun = text.capitalize()
        for form in (noun, *noun_lemmas(noun)):
            part = self._read(form)
            if part is not None and part.translation != form:  # else a name: Blum-Berger
                return self._usable(text, self._read(f"+{form}") or part)
        return None

    def _usable(self, text: str, part: Part | None) -> Part | None:
        """Refuse a part without a meaning; short or rare ones are mostly chance."""
        if part is None or not part.translation or part.translation.count(" ") > 1:
            return None
        if part.bucket < {3: 9, 4: 5, 5: 3}.get(len(text), 0):
            return None
        return Part(text, part.translation, part.bucket)


def gerund(verb: str) -> str:
    """Return the English form that names what is done: drive → driving.

    >>> gerund("drive"), gerund("plan"), gerund("set up")
    ('driving', 'planning', 'setting up')
    """
    first, space, rest = verb.partition(" ")
    if re.search(r"[^aeo]e$", first):
        first = first[:-1]
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxyd]", first):
        first += first[-1]
    return f"{first}ing{space}{rest}"
