"""List the German word forms that the training text holds often.

When translating, a capitalized word that stands neither in this list nor in
the dictionary is taken for a name and copied (see ``summlib.names``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from summlib.text.packed import write_table

AT_LEAST = 8
"""Occurrences from which a small model was seen to spell a form right."""

SHORTEST = 3
"""Letters; shorter words are never taken for names."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def frequent_forms(lines: Iterable[str], *, at_least: int = AT_LEAST) -> list[str]:
    """Return the word forms that occur ``at_least`` times, sorted.

    >>> frequent_forms(["Das Haus und das Haus", "das Ei"], at_least=2)
    ['Haus', 'das']
    """
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(_WORD.findall(line))
    return sorted(w for w, n in counts.items() if n >= at_least and len(w) >= SHORTEST)


def write_words(lines: Iterable[str], out: Path, *, at_least: int = AT_LEAST) -> int:
    """Write the frequent forms of ``lines`` to ``out`` (``.txt.gz``); return their number."""
    forms = frequent_forms(lines, at_least=at_least)
    write_table(out, "\n".join(forms))
    return len(forms)
