"""Put rare nouns of the dictionary into real sentences, on both sides.

A word that stands thirty times in the training text is hardly learnt by a
small model, and ten thousand nouns of the dictionary stand in no sentence. A
noun beside the one word that renders it is exchanged for a rare one of the
same gender; mostly the new word is told in advance. Nothing in the sentence
foretells it, so the model learns to write what it is told.

Source of the idea: rare words put into new contexts (Fadaee et al. 2017).
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from summlib.adequacy import TranslationTable
from summlib.text.lexicon import Hint, Lexicon, annotate
from summlib.training.corpus import Pair
from summlib.training.masking import Rendered, rendered_nouns

RARE = 8
"""Largest bucket of a noun that is put in: up to 255 occurrences in the training text."""

TOLD = 0.75
"""Share of the exchanged nouns whose translation is told in advance."""

MOST = 2
"""Nouns exchanged in one line; with more the sentence falls apart."""

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


def count_genders(sources: Iterable[str]) -> dict[str, str]:
    """Tell the gender of nouns from the articles they stand behind, ``m``, ``f`` or ``n``.

    A plural counts as feminine ("die Häuser"), which does no harm: it is
    exchanged for nothing, its translation being a plural too.

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
    """Exchange nouns for rare ones of the dictionary.

    Args:
        lexicon: Where the new nouns come from.
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
        self.table, self.genders, self.share = table, genders, share
        self.nouns: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry in lexicon:
            gender = genders.get(entry.headword)
            if gender and entry.bucket <= RARE and _is_singular(entry.translation):
                self.nouns[gender].append((entry.headword, entry.translation))

    def __call__(self, pair: Pair, rng: random.Random) -> Pair | None:
        """Return a prepared pair with other nouns, None where it is to stay as it is."""
        if rng.random() >= self.share:
            return None
        fit = [match for match in rendered_nouns(pair, self.table) if self._fits(pair, match)]
        if not fit:
            return None
        chosen = rng.sample(fit, min(len(fit), rng.randint(1, MOST)))
        new = {match: rng.choice(self._like(pair, match)) for match in chosen}
        return replace(pair, source=_german(pair, new, rng), target=_english(pair, new))

    def _like(self, pair: Pair, match: Rendered) -> list[tuple[str, str]]:
        return self.nouns[self.genders[match[0].of(pair.source)]]

    def _fits(self, pair: Pair, match: Rendered) -> bool:
        noun, word = match[0].of(pair.source), match[1].of(pair.target)
        return noun in self.genders and word.islower() and _is_singular(word)


def _is_singular(words: str) -> bool:
    plain = words.islower() and words.replace(" ", "").isalpha()
    return plain and (not words.endswith("s") or words.endswith("ss"))


def _german(pair: Pair, new: dict[Rendered, tuple[str, str]], rng: random.Random) -> str:
    parts, hints, done = "", [], 0
    for match, (noun, translation) in sorted(new.items(), key=lambda item: item[0][0].start):
        parts += pair.source[done : match[0].start] + noun
        if rng.random() < TOLD:
            hints.append(Hint(len(parts) - len(noun), len(parts), translation))
        done = match[0].end
    return annotate(parts + pair.source[done:], hints)


def _english(pair: Pair, new: dict[Rendered, tuple[str, str]]) -> str:
    parts, done = "", 0
    for match, (_, translation) in sorted(new.items(), key=lambda item: item[0][1].start):
        before = parts + pair.target[done : match[1].start]
        article = "n " if translation[0] in "aeiou" else " "
        parts = _ARTICLE.sub(rf"\g<1>{article}", before) + translation
        done = match[1].end
    return parts + pair.target[done:]
