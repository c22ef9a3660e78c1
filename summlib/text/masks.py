"""Stand-ins for what a model must copy and not spell.

A small model garbles rare names and addresses. They go through it as
``⟨mask⟩1``, ``⟨mask⟩2`` ... and come back afterwards, as placeholders do in
Luong et al. 2015 (rare words) and Post et al. 2019 (placeholders).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summlib.records import Span
from summlib.text.articles import indefinite
from summlib.text.plurals import pluralize
from summlib.text.verbmasks import Block, Frame, Lemma, Told

MARK = "⟨mask⟩"
MOST = 9
"""Masks of one sentence: one digit each; more names than that is a list, not a sentence."""

_NUMBER = re.compile(r"(?<![\w.,])\d(?:\d|[.,:](?=\d)){2,}(?![\w-])")
_ANY_NUMBER = re.compile(r"(?<![\w.,])\d(?:\d|[.,:](?=\d))*(?![\w-])")

_MASK = re.compile(MARK + r" ?(?P<number>[1-9])")
_ENDED = re.compile(
    r"(?:(?P<auxiliary>\b(?:am|is|are|was|were|be|been|being|ha(?:d|s|ve))) "
    r"(?:(?:not|also|only|\w+ly) )?)?"
    rf"{_MASK.pattern}(?:(?P<ending>s|ed|en|ing)(?![a-z]))?"
)
_MANY = re.compile(r"[^su]s$|(?:men|children|people)$")
"""Ends of nouns that are in the plural already."""

_ARTICLE = re.compile(rf"\b([Aa])n? (?={MARK} ?([1-9]))")


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence with stand-ins, and what they stand for, in order."""

    text: str
    originals: tuple[str, ...] = ()


def is_number(word: str) -> bool:
    """Tell whether a word is a number of three characters or more.

    >>> is_number("1,234.5"), is_number("35"), is_number("B2B")
    (True, False, False)
    """
    return bool(_NUMBER.fullmatch(word))


def find_numbers(sentence: str, *, every: bool = False) -> list[Span]:
    """Return the numbers of a prepared sentence that are safer copied than spelt.

    One or two digits stay in sight: they take part in grammar ("on 3 May").

    Args:
        sentence: A prepared sentence.
        every: Whether to return those of one or two digits as well.

    >>> sentence = "2032 sind es 61.7 statt 9 km."
    >>> [span.of(sentence) for span in find_numbers(sentence)]
    ['2032', '61.7']
    """
    pattern = _ANY_NUMBER if every else _NUMBER
    return [Span(*match.span()) for match in pattern.finditer(sentence)]


def mask(
    sentence: str, spans: Sequence[Span], frames: Mapping[Span, Frame] | None = None
) -> Masked:
    """Put a stand-in for each span; spans past the ninth stay as they are.

    Args:
        sentence: A prepared sentence.
        spans: In order, without overlap.
        frames: What is written around the stand-ins of verbs.

    >>> mask("Herr Damianou lobte das.", [Span(5, 13)])
    Masked(text='Herr ⟨mask⟩1 lobte das.', originals=('Damianou',))
    """
    parts, done = [], 0
    chosen = list(spans[:MOST])
    for number, span in enumerate(chosen, 1):
        frame = (frames or {}).get(span, Frame())
        parts += [sentence[done : span.start], f"{frame.before}{MARK}{number}{frame.after}"]
        done = span.end
    originals = tuple(span.of(sentence) for span in chosen)
    return Masked("".join([*parts, sentence[done:]]), originals)


def unmask(text: str, originals: Sequence[str]) -> str:
    """Put the originals back for their stand-ins, behind the article that they need.

    >>> unmask("Mr ⟨mask⟩1 praised that.", ["Damianou"])
    'Mr Damianou praised that.'
    >>> unmask("a ⟨mask⟩1", ["expert opinion"]), unmask("an ⟨mask⟩1", ["union"])
    ('an expert opinion', 'a union')
    >>> unmask("He ⟨mask⟩1ed it. It was ⟨mask⟩1.", [Lemma("withdraw")])
    'He withdrew it. It was withdrawn.'
    >>> unmask("new ⟨mask⟩1s, ⟨mask⟩2ed houses", [Told("battery"), Told("abandoned")])
    'new batteries, abandoned houses'
    """

    def original(match: re.Match[str]) -> str:
        number, ending = int(match["number"]), match["ending"] or ""
        word = originals[number - 1] if number <= len(originals) else ""
        before = match[0].partition(MARK)[0]
        if not isinstance(word, Lemma):
            return before + (_ended(word, ending) if isinstance(word, Told) else word + ending)
        # Behind "is" or "has" stands a participle, even if the model forgot its ending.
        return before + word.form("en" if match["auxiliary"] and ending != "ing" else ending)

    def article(match: re.Match[str]) -> str:
        number = int(match[2])
        word = originals[number - 1] if number <= len(originals) else ""
        if not word[:1].islower():  # a name or an abbreviation, which may be spelt out: "an FBI"
            return match[0]
        return f"{match[1]}{indefinite(word)[1:]} "

    return _ENDED.sub(original, _ARTICLE.sub(article, text))


def _ended(word: str, ending: str) -> str:
    """Return a noun in the plural where the model wrote that behind its stand-in.

    Other endings belong to what the model took for a verb, and are dropped.
    """
    fixed = isinstance(word, Block) or _MANY.search(word)
    plural = ending == "s" and word[:1].islower() and not fixed
    return pluralize(word) if plural else word


def lost(text: str, originals: Sequence[str]) -> list[str]:
    """Return what a text does not hold the stand-in of exactly once.

    Of words told in English those that it holds more than once; that one is
    missing is for ``summlib.comparison`` to see. A stand-in of nothing is returned
    as it is written.

    >>> lost("⟨mask⟩1 and ⟨mask⟩1", ["Kim", "Bonn"])
    ['Kim', 'Bonn']
    """
    numbers = Counter(int(n) for n in _MASK.findall(text))
    found = [
        original
        for number, original in enumerate(originals, 1)
        if numbers[number] > 1 or not (numbers[number] or isinstance(original, Told))
    ]
    extra = text.count(MARK) - sum(numbers[n] for n in range(1, len(originals) + 1))
    return found + [MARK] * extra
