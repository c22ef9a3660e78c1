"""Put rare words of the dictionary into real sentences, on both sides.

A word that stands thirty times in the training text is hardly learnt by a
small model, and ten thousand nouns of the dictionary stand in no sentence. A
noun or an adjective beside the one word that renders it is exchanged for a
rare one of the same gender, number or ending; mostly the new word is told in
advance, by its lemma. Nothing in the sentence foretells it, so the model
learns to write what it is told, with the ending that fits.

Source of the idea: rare words put into new contexts (Fadaee et al. 2017).
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from summlib.adequacy import TranslationTable
from summlib.records import Span
from summlib.text.lexicon import Hint, Lexicon, annotate
from summlib.text.plurals import pluralize
from summlib.training.corpus import Pair
from summlib.training.masking import Rendered, rendered_nouns, tokens

RARE = 8
"""Largest bucket of a word that is put in: up to 255 occurrences in the training text."""

TOLD = 0.75
"""Share of the exchanged words whose translation is told in advance."""

MOST = 2
"""Words exchanged in one line; with more the sentence falls apart."""

ENOUGH = 0.8
"""Share of the articles seen before a noun that must agree on its gender."""

_ARTICLES = {
    **dict.fromkeys(("die", "eine", "einer", "keine", "zur", "dieser", "jede", "diese"), "f"),
    **dict.fromkeys(("das", "dieses", "jedes", "ins"), "n"),
    **dict.fromkeys(("den", "einen", "keinen", "diesen", "jeden"), "m"),
}
"""Articles that tell a gender; "der" and "dem" go with two."""

_PHRASE = re.compile(
    rf"\b((?i:{'|'.join(_ARTICLES)})) (?:[a-zäöüß]+(?:e|en|er) )?([A-ZÄÖÜ][a-zäöüß]+)\b"
)
_ARTICLE = re.compile(r"\b([Aa])n? $")
_ADJECTIVE = re.compile(
    r"(?P<lemma>[a-zäöüß]+(?:ig|lich|isch|bar|sam|haft|los|iv|al|ell|ant|ent|är|ös|voll|reich|frei|ibel))"
    r"(?P<ending>e[nrsm]?)?"
)
"""Adjectives that can be told by how they end."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A word to put in: how it stands on both sides, and the lemma to tell."""

    german: str
    english: str
    told: str


def count_genders(sources: Iterable[str]) -> dict[str, str]:
    """Tell the gender of nouns from the articles they stand behind, ``m``, ``f`` or ``n``.

    A plural counts as feminine ("die Häuser"); what renders it tells the two apart.

    >>> count_genders(["Das Haus steht.", "Ich sehe das neue Haus und den Garten."])
    {'Haus': 'n', 'Garten': 'm'}
    """
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for source in sources:
        for article, noun in _PHRASE.findall(source):
            seen[noun][_ARTICLES[article.lower()]] += 1
    leading = {noun: counts.most_common(1)[0] for noun, counts in seen.items()}
    return {
        noun: gender
        for noun, (gender, count) in leading.items()
        if count >= ENOUGH * seen[noun].total()
    }


class Swapper:
    """Exchange nouns and adjectives for rare ones of the dictionary.

    Args:
        lexicon: Where the new words come from.
        table: Tells which word renders a noun.
        genders: Noun to gender, from ``count_genders``.
        share: Share of the lines to change, 0 to 1.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        table: TranslationTable,
        genders: dict[str, str],
        share: float,
    ) -> None:
        self.lexicon, self.table, self.genders, self.share = lexicon, table, genders, share
        self.words: defaultdict[str, list[Exchange]] = defaultdict(list)
        for kind, new in (*self._singulars(), *self._plurals()):
            self.words[kind].append(new)

    def __call__(self, pair: Pair, rng: random.Random) -> Pair | None:
        """Return a prepared pair with other words, None where it is to stay as it is."""
        if rng.random() >= self.share:
            return None
        fit = [(match, kind) for match, kind in self._exchangeable(pair) if self.words[kind]]
        if not fit:
            return None
        chosen = rng.sample(fit, min(len(fit), rng.randint(1, MOST)))
        new = {match: self._draw(pair, match, kind, rng) for match, kind in chosen}
        return replace(pair, source=german_side(pair, new, rng), target=english_side(pair, new))

    def _singulars(self) -> Iterator[tuple[str, Exchange]]:
        for entry in self.lexicon:
            if entry.bucket > RARE or not _is_singular(entry.translation):
                continue
            adjective = _ADJECTIVE.fullmatch(entry.headword)
            kind = "a" if adjective else self.genders.get(entry.headword, "")
            if kind and not (adjective and adjective["ending"]):
                yield kind, Exchange(entry.headword, entry.translation, entry.translation)

    def _plurals(self) -> Iterator[tuple[str, Exchange]]:
        for form, gender in self.genders.items():
            entry = self.lexicon.lookup(form) if gender == "f" else None
            if entry is None or entry.headword == form or not entry.headword[0].isupper():
                continue
            if entry.bucket <= RARE and _is_singular(entry.translation):
                yield "p", Exchange(form, pluralize(entry.translation), entry.translation)

    def _exchangeable(self, pair: Pair) -> Iterator[tuple[Rendered, str]]:
        """Yield what can be exchanged, with the kind of word that can take its place."""
        for match in rendered_nouns(pair, self.table):
            noun, word = match[0].of(pair.source), match[1].of(pair.target)
            if not word.islower() or noun not in self.genders:
                continue
            if _is_singular(word):
                yield match, self.genders[noun]
            elif word == pluralize(word.removesuffix("s")) and self.genders[noun] == "f":
                yield match, "p"
        for match in self._adjectives(pair):
            yield match, "a"

    def _adjectives(self, pair: Pair) -> Iterator[Rendered]:
        """Yield adjectives beside their dictionary translation, each once on its side."""
        theirs = tokens(pair.target)
        once = Counter(word for word, _, _ in theirs)
        places = {word: Span(begin, end) for word, begin, end in theirs if once[word] == 1}
        for word, start, end in tokens(pair.source):
            found = _ADJECTIVE.fullmatch(word)
            entry = self.lexicon.lookup(found["lemma"]) if found else None
            if entry is not None and entry.translation in places:
                yield (Span(start, end), places[entry.translation])

    def _draw(self, pair: Pair, match: Rendered, kind: str, rng: random.Random) -> Exchange:
        new = rng.choice(self.words[kind])
        found = _ADJECTIVE.fullmatch(match[0].of(pair.source)) if kind == "a" else None
        ending = (found["ending"] or "") if found else ""
        return replace(new, german=new.german + ending)


def _is_singular(words: str) -> bool:
    plain = words.islower() and words.replace(" ", "").isalpha()
    return plain and (not words.endswith("s") or words.endswith("ss"))


def german_side(
    pair: Pair, new: dict[Rendered, Exchange], rng: random.Random, told: float = TOLD
) -> str:
    """Return the source with other words, a share of them told in advance."""
    parts, hints, done = "", [], 0
    for match, word in sorted(new.items(), key=lambda item: item[0][0].start):
        parts += pair.source[done : match[0].start] + word.german
        if rng.random() < told:
            hints.append(Hint(len(parts) - len(word.german), len(parts), word.told))
        done = match[0].end
    return annotate(parts + pair.source[done:], hints)


def english_side(pair: Pair, new: dict[Rendered, Exchange]) -> str:
    """Return the target with other words; "a" becomes "an" where it must."""
    parts, done = "", 0
    for match, word in sorted(new.items(), key=lambda item: item[0][1].start):
        before = parts + pair.target[done : match[1].start]
        article = "n " if word.english[0] in "aeiou" else " "
        parts = _ARTICLE.sub(rf"\g<1>{article}", before) + word.english
        done = match[1].end
    return parts + pair.target[done:]
