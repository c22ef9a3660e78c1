"""Find verbs beside their English, to be masked on both sides (``summlib.text.verbmasks``).

What renders a verb is told by the dictionary, the list of verbs and the table of
renderings. Its English form is told by its ending; where past and participle are
one, by what stands before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from summlib.adequacy import TranslationTable
from summlib.comparison import RELIABLE
from summlib.records import Span
from summlib.text.conjugation import inflect, irregular_forms
from summlib.text.stems import english_stem
from summlib.text.verbmasks import ENGLISH, Frame, german_frame, is_verb
from summlib.text.verbs import listed_verb, verb_gloss
from summlib.training.corpus import Pair

_WORD = re.compile(r"(?<![\w⟨⟪'-])[a-zäöüß]{4,}(?![\w⟩⟫-])")
_ENGLISH = re.compile(r"(?<![\w⟨⟪'-])[a-z]{2,}(?![\w⟩⟫-])")
_ADVERBS = (
    "not|also|already|now|been|being|never|only|still|just|yet|all|both|often|again|then|later"
    "|soon|once|thus|therefore|ever|since|[a-z]+ly"
)
_AUXILIARY = re.compile(
    r"(?:\b(?:have|has|had|having|is|are|was|were|be|been|being|gets?|got)|'(?:ve|s|re|d))"
    rf"(?: (?:{_ADVERBS})){{0,3}} $"
)
_BY = re.compile(r" by\b")
_FINITE = re.compile(r"[a-z]{2,}ed")

BEFORE = 40
"""Characters in which an auxiliary is looked for."""


@dataclass(frozen=True, slots=True)
class RenderedVerb:
    """A verb and the one that renders it, each with how its stand-in is written."""

    source: Span
    target: Span
    german: Frame
    english: Frame


def rendered_verbs(pair: Pair, table: TranslationTable) -> Iterator[RenderedVerb]:
    """Yield the verbs of a prepared pair that one verb of the other side renders beyond doubt.

    Args:
        pair: German and English.
        table: Knows how words are rendered; its dictionary gives the infinitives.
    """
    counts = Counter(match[0] for match in _WORD.finditer(pair.source))
    for match in _WORD.finditer(pair.source):
        word = match[0]
        found = _infinitive(word, table) if counts[word] == 1 else None
        if found is None:
            continue
        infinitive, frame = found
        rendering = _rendering(pair.target, word, infinitive, table)
        if rendering is not None:
            span, slot = rendering
            slot = _disambiguated(pair.target, span, slot, frame)
            yield RenderedVerb(Span(*match.span()), span, frame, Frame("", ENGLISH[slot]))


def _infinitive(word: str, table: TranslationTable) -> tuple[str, Frame] | None:
    """Return the verb that a word is a form of, and how that form is written."""
    entry = table.lexicon.lookup(word)
    for infinitive in (entry.headword if entry else "", listed_verb(word)):
        frame = german_frame(word, infinitive) if infinitive.islower() else None
        if frame is not None:
            return infinitive, frame
    return None


def _rendering(
    target: str, word: str, infinitive: str, table: TranslationTable
) -> tuple[Span, str] | None:
    """Return where the one English form stands that renders a verb, and its slot."""
    entry = table.lexicon.lookup(infinitive)
    listed = [verb_gloss(word), *([entry.translation, *entry.others] if entry else [])]
    found: dict[Span, str] = {}
    for lemma in filter(None, dict.fromkeys(listed)):
        for form, slot in _forms(lemma).items():
            found |= dict.fromkeys(_places(target, form), slot)
    renderings = table.renderings(word)
    if not found and renderings.reliability >= RELIABLE:
        found = _learnt(target, renderings.all)
    longest = [s for s in found if not any(_holds(other, s) for other in found)]
    return (longest[0], found[longest[0]]) if len(longest) == 1 else None


def _places(text: str, form: str) -> Iterator[Span]:
    """Yield where a form stands as a word of its own."""
    start = text.find(form)
    while start >= 0:
        span = Span(start, start + len(form))
        around = text[max(0, start - 1) : start] + text[span.end : span.end + 1]
        if not re.search(r"[\w-]", around):
            yield span
        start = text.find(form, span.end)


def _holds(one: Span, other: Span) -> bool:
    return one != other and one.start <= other.start and other.end <= one.end


@lru_cache(maxsize=1 << 13)
def _forms(lemma: str) -> Mapping[str, str]:
    """Return the forms of an English verb with their slots; none where it is no verb."""
    if not is_verb(lemma):
        return {}
    forms = inflect(lemma)
    return {forms[slot]: slot for slot in ("participle", "past", "running", "third", "base")}


def _learnt(target: str, stems: frozenset[str]) -> dict[Span, str]:
    """Return what renders a verb by the table, as far as its form tells a verb."""
    found = {}
    for match in _ENGLISH.finditer(target):
        slot = irregular_forms().get(match[0]) or ("past" if _FINITE.fullmatch(match[0]) else "")
        if slot and english_stem(match[0]) in stems:
            found[Span(*match.span())] = slot
    return found


def _disambiguated(target: str, span: Span, slot: str, frame: Frame) -> str:
    """Tell participles from the past tense where the form does not."""
    if slot not in ("past", "participle"):
        return slot
    sure = irregular_forms().get(span.of(target).split(" ")[0])
    if sure:
        return sure
    inflected = frame.before == "ge" and frame.after != "t"
    passive = _AUXILIARY.search(target[max(0, span.start - BEFORE) : span.start])
    return "participle" if passive or inflected or _BY.match(target, span.end) else "past"
