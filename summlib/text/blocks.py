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
from summlib.text.nounsenses import Phrases, by_first_word

_FIRST = re.compile(r"(?<![\w-])\w+(?:-\w+)*")
_GOES_ON = re.compile(r"[\w-]")
_NAMED = re.compile(r"(?<![\w-])[A-ZÄÖÜ][a-zäöüß]+\.? $")
"""Behind a capital a noun may be a surname: "Herr Linke", "Trainer Nickel"."""


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
    hints: list[Hint] = []
    done = 0
    for match in _FIRST.finditer(sentence):
        start = match.start()
        for german, english in _blocks().get(match[0], ()) if start >= done else ():
            end = start + len(german)
            named = german.isalpha() and german.istitle() and _NAMED.search(sentence, 0, start)
            if named or not sentence.startswith(german, start):
                continue
            if not _GOES_ON.match(sentence, end):
                hints.append(Hint(start, end, english))
                done = end
                break
    return hints
