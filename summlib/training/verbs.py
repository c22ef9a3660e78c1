"""Put verbs of the dictionary in the place of others, in the same form, on both sides.

What a verb means the model guesses from what stands around it: "demontierte den
Vertrag" came out as "denied the contract", and where the verb's English was told
it was written in two cases of five only, since in plain text the context foretells
it. A verb put in at random is foretold by nothing but itself and what is told.

Source of the idea: rare words put into new contexts (Fadaee et al. 2017), as for
nouns in ``swapping``.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from summlib.records import Span
from summlib.text.conjugation import Forms, conjugate, inflect, transfer
from summlib.text.lexicon import Entry, Lexicon
from summlib.training.corpus import Pair
from summlib.training.masking import Rendered, tokens
from summlib.training.swapping import Exchange, english_side, german_side

TOLD = 0.7
"""Share of the verbs put in whose translation is told in advance."""

MOST = 2
"""Verbs exchanged in one line."""

TRIES = 6
"""Verbs drawn until one has the forms that are needed."""

_VAGUE = frozenset(("be", "have", "do", "go", "get", "make", "take", "can", "will", "may", "must"))
"""English verbs that render too much to be one German verb's own."""


@dataclass(frozen=True, slots=True)
class _Verb:
    german: Forms
    english: Forms

    @property
    def told(self) -> str:
        return self.english["base"]


class VerbSwapper:
    """Exchange verbs beside their dictionary translation for any others of the dictionary.

    Args:
        lexicon: Where the verbs come from.
        share: Share of the lines to change, 0 to 1.
        english: Word forms of the text's English side: what stands there in the past is a
            verb, other than "silly" for "albern".
    """

    def __init__(self, lexicon: Lexicon, share: float, *, english: Container[str]) -> None:
        self.lexicon, self.share, self.english = lexicon, share, english
        self.verbs = [
            _Verb(forms, inflect(entry.translation))
            for entry in lexicon
            if (forms := _forms(entry)) and self._is_verb(entry.translation)
        ]

    def __call__(self, pair: Pair, rng: random.Random) -> Pair | None:
        """Return a prepared pair with other verbs, None where it is to stay as it is."""
        if not self.verbs or rng.random() >= self.share:
            return None
        found = list(self._exchangeable(pair))
        new = {}
        for match, verb in rng.sample(found, min(len(found), rng.randint(1, MOST))):
            drawn = self._draw(pair, match, verb, rng)
            if drawn is not None:
                new[match] = drawn
        if not new:
            return None
        return replace(
            pair, source=german_side(pair, new, rng, TOLD), target=english_side(pair, new)
        )

    def _exchangeable(self, pair: Pair) -> Iterator[tuple[Rendered, _Verb]]:
        """Yield verbs that stand once beside one form of their translation."""
        theirs = tokens(pair.target)
        once = Counter(word for word, _, _ in theirs)
        places = {word: Span(begin, end) for word, begin, end in theirs if once[word] == 1}
        for word, start, end in tokens(pair.source):
            entry = self.lexicon.lookup(word) if word.islower() and len(word) > 3 else None
            forms = _forms(entry) if entry is not None else None
            if entry is None or forms is None or word not in forms.values():
                continue
            for lemma in (entry.translation, *entry.others):
                english = inflect(lemma) if lemma.isalpha() and self._is_verb(lemma) else {}
                standing = [form for form in set(english.values()) if form in places]
                if len(standing) == 1:
                    yield (Span(start, end), places[standing[0]]), _Verb(forms, english)
                    break

    def _is_verb(self, english: str) -> bool:
        """Tell whether a translation can be inflected: "switch off", but not "be sick"."""
        first, _, rest = english.partition(" ")
        plain = first.isalpha() and first.islower() and re.fullmatch(r"[a-z ]{0,12}", rest)
        return bool(plain) and first not in _VAGUE and inflect(first)["past"] in self.english

    def _draw(
        self, pair: Pair, match: Rendered, verb: _Verb, rng: random.Random
    ) -> Exchange | None:
        """Return a verb's German and English form for the place, and its lemma."""
        for new in rng.choices(self.verbs, k=TRIES):
            german = transfer(match[0].of(pair.source), verb.german, new.german)
            english = transfer(match[1].of(pair.target), verb.english, new.english)
            if german and english:
                return Exchange(german, english, new.told)
        return None


def _forms(entry: Entry) -> Forms | None:
    return conjugate(entry.headword) if entry.headword.islower() else None
