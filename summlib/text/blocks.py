"""Turns of phrase that go through a model as one block of English.

"Vor der Küste" is "off the coast" wherever it stands, and a small model writes "before the
coast". ``data/blocks.de-en.tsv`` lists such phrases and some names; unlike a term
(``summlib.text.told``) a block is the same in every sentence, and is told as it stands.

Source of the idea: placeholders (Luong et al. 2015); phrases as units (Koehn et al. 2003).
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.glossary import bundled_blocks
from summlib.text.lexicon import Hint
from summlib.text.nounsenses import Phrases, by_first_word, find_phrases

_NAMED = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+\.? $")


@lru_cache(maxsize=1)
def _blocks() -> Phrases:
    pairs = bundled_blocks().items()
    large = ((german[0].upper() + german[1:], english) for german, english in pairs)
    return by_first_word({**dict(large), **dict(pairs)}.items())


def find_blocks(sentence: str) -> list[Hint]:
    """Return where blocks stand and their English, left to right.

    >>> [hint.translation for hint in find_blocks("Das Schiff sank vor der Küste.")]
    ['off the coast']
    >>> find_blocks("Die linke Tür klemmt."), find_blocks("Dann kam Herr Linke.")
    ([], [])
    """
    found = find_phrases(sentence, _blocks())
    return [Hint(*place) for place in found if not _is_surname(sentence, *place[:2])]


def _is_surname(sentence: str, start: int, end: int) -> bool:
    """Tell whether a noun stands behind a capital: "Herr Linke", "Trainer Nickel"."""
    word = sentence[start:end]
    return word.isalpha() and word.istitle() and bool(_NAMED.search(sentence, 0, start))
