"""What is wrong with a hypothesis, beside what the checks find.

The guards are against the failures that small models are known for: loops,
output far too short or too long, text left as it was.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from operator import eq

from summlib.records import Finding
from summlib.text.layout import find_protected
from summlib.text.masks import MARK, lost
from summlib.text.verbmasks import Told

MIN_RATIO, MAX_RATIO = 0.45, 2.0
"""Target over source in characters. English runs to 0.9 of German; in 100,000
pairs of human translations 99.7 % lie in between."""

RATIO_FROM = 25
"""Characters of the source below which the ratio says nothing."""

MOST_NAMED = 4
"""Of words that a finding names."""

_WORD = re.compile(r"\w+")


def find_faults(source: str, target: str) -> list[Finding]:
    """Return the faults of ``target`` as a translation of ``source``.

    >>> [f.kind for f in find_faults("Die Anwohner klagen.", "residents residents residents")]
    ['repeated']
    """
    found = []
    if repeats(target) and not repeats(source):
        found.append(Finding("repeated", "the translation repeats itself"))
    if len(source) >= RATIO_FROM:
        ratio = len(target) / len(source)
        if ratio < MIN_RATIO:
            found.append(Finding("short", "the translation is much shorter than the source"))
        elif ratio > MAX_RATIO:
            found.append(Finding("long", "the translation is much longer than the source"))
    if source == target and len(_WORD.findall(source)) >= 4:
        found.append(Finding("untranslated", "the sentence was left as it was"))
    return found


def repeats(text: str) -> bool:
    """Tell whether a text loops: three times the same in a row, or one run too often.

    >>> repeats("the the the end"), repeats("New York, New York")
    (True, False)
    """
    words = [w.lower() for w in _WORD.findall(text)]
    if len(words) - len(set(words)) < 2:
        return False  # a loop of one word has it three times, a longer one more words twice
    if any(_loops(words, size) for size in (1, 2, 3, 4, 5, 6)):
        return True
    runs = Counter(zip(words, words[1:], words[2:], words[3:], strict=False))
    return any(count >= 3 for count in runs.values())


def _loops(words: list[str], size: int) -> bool:
    """Tell whether ``size`` words stand three times in a row; digits do not count."""
    if sum(map(eq, words, words[size:])) < 2 * size:
        return False  # nearly always, and seen at once
    same = 0
    for i in range(size, len(words)):
        if words[i] == words[i - size] and not words[i].isdigit():
            same += 1
            if same >= 2 * size:
                return True
        else:
            same = 0
    return False


def find_lost(
    written: str, originals: Sequence[str], source: str, target: str
) -> tuple[Finding, ...]:
    """Return a finding where something to be copied through a model did not come out once.

    Args:
        written: What the model wrote, with stand-ins.
        originals: What these stand for (``summlib.text.masks``).
        source: The sentence as given; its addresses and placeholders must be in the target.
        target: What was written, stand-ins put back.
    """
    missing = lost(written, originals)
    if not missing and all(span.of(source) in target for span in find_protected(source)):
        return ()
    named = ", ".join([f'"{original}"' for original in missing if original != MARK][:MOST_NAMED])
    return (Finding("copied", f"{named or 'something to be copied through'} was lost"),)


def stands_in_told(finding: Finding, target: str, originals: Sequence[str]) -> bool:
    """Tell a number of a translation that belongs to a term: "seven-metre throw"."""
    if finding.target is None or finding.source is not None:
        return False
    number = finding.target
    return any(
        match.start() <= number.start and number.end <= match.end()
        for original in originals
        if isinstance(original, Told)
        for match in re.finditer(re.escape(original), target)
    )
