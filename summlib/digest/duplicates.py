"""Texts that repeat one another: a reprint is no second witness.

A text is the set of its runs of four words (shingles). How much of one text
stands in another is the share of its shingles that the other has: unlike the
resemblance of the two sets it also finds a short notice cut out of a long
report. Of a long text only the shingles with the smallest hashes are kept, so
memory is bounded, and a shingle is filed once for each group of texts, so the
time grows with the texts' length even when all are the same.

Source: Broder (1997), On the resemblance and containment of documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

WORDS = 4
"""Words of a shingle; four in a row hardly ever agree by chance."""

REPEATED = 0.5
"""Share of a text's shingles in another from which it repeats it. One word changed in ten
leaves two thirds of the shingles; of two reports of one event written apart a tenth agree."""

SAME_WORDS = 0.7
"""The same for two sentences, where half may agree by chance."""

MOST_SHINGLES = 4000
_AS_LONG = 0.8
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Repeat:
    """What a text repeats.

    Args:
        of: Number of the text that stands for the group.
        share: Share of its words that stand in another text of the group, 0 to 1.
    """

    of: int
    share: float


def shingles(text: str) -> frozenset[int]:
    """Return the hashes of the runs of four words of a text.

    >>> shingles("Der Rat stimmt zu.") == shingles("der Rat: stimmt zu!")
    True
    """
    words = _WORD.findall(text.casefold())
    size = min(WORDS, len(words))
    runs = (" ".join(words[i : i + size]) for i in range(len(words) - size + 1) if size)
    return frozenset(crc32(run.encode()) for run in runs)


def containment(part: frozenset[int], whole: frozenset[int]) -> float:
    """Return the share of one text's shingles that another has, 0 to 1.

    >>> containment(shingles("eins zwei drei vier"), shingles("null eins zwei drei vier"))
    1.0
    """
    return len(part & whole) / len(part) if part else 0.0


def find_repeats(texts: Iterable[str]) -> list[Repeat | None]:
    """Return for each text what it repeats, None for one of its own words.

    Of texts that repeat each other the longest stands for all, of about
    equally long ones the first. Who repeats a text that repeats another belongs to
    the same group.

    Args:
        texts: Whole documents.

    >>> text = "Der Rat der Stadt hat am Montag die Sanierung des Bades beschlossen."
    >>> find_repeats([text, "Es regnet seit Tagen im ganzen Land.", text])
    [None, None, Repeat(of=0, share=1.0)]
    """
    sets = [_sketch(shingles(text)) for text in texts]
    order = sorted(range(len(sets)), key=lambda i: (-len(sets[i]), i))
    groups: dict[int, int] = {}
    members: dict[int, list[int]] = {}
    for number in order:
        shared = Counter(groups[s] for s in sets[number] if s in groups)
        leader, size = max(shared.items(), key=lambda g: (g[1], -g[0]), default=(number, 0))
        if not size or size < REPEATED * len(sets[number]):
            leader = number
        members.setdefault(leader, []).append(number)
        for shingle in sets[number]:
            groups.setdefault(shingle, leader)
    found: list[Repeat | None] = [None] * len(sets)
    for numbers in members.values():
        for number, repeat in _repeats_within(numbers, sets):
            found[number] = repeat
    return found


def _repeats_within(
    numbers: Sequence[int], sets: Sequence[frozenset[int]]
) -> Iterator[tuple[int, Repeat]]:
    """Yield what the texts of a group repeat: the first of those that are about the longest."""
    longest = max(len(sets[n]) for n in numbers)
    first = min(n for n in numbers if len(sets[n]) >= _AS_LONG * longest)
    union: Counter[int] = Counter(s for n in numbers for s in sets[n])
    for number in numbers:
        if number != first:
            shared = sum(union[s] > 1 for s in sets[number])
            yield number, Repeat(first, shared / len(sets[number]))


def _sketch(found: frozenset[int]) -> frozenset[int]:
    """Keep the smallest hashes: the same choice in every text, so that they still meet."""
    if len(found) <= MOST_SHINGLES:
        return found
    return frozenset(sorted(found)[:MOST_SHINGLES])


def witnesses(documents: Sequence[int], texts: Sequence[str], groups: Sequence[int]) -> int:
    """Return how many of the documents that say something say it in words of their own.

    Documents of one group count once, and so do those whose sentences agree
    to the word.

    Args:
        documents: Numbers of the documents, one for each text.
        texts: The sentence by which each says it.
        groups: For every document the document whose words it repeats, or itself.

    >>> said = "Die Stadt saniert das alte Bad am Fluss."
    >>> witnesses([0, 1, 2], [said, said, "Das Bad wird saniert."], [0, 1, 2])
    2
    """
    apart: list[tuple[int, frozenset[int]]] = []
    for document, text in zip(documents, texts, strict=True):
        runs, group = shingles(text), groups[document]
        if not any(group == g or _agree(runs, r) for g, r in apart):
            apart.append((group, runs))
    return len(apart)


def _agree(left: frozenset[int], right: frozenset[int]) -> bool:
    """Tell whether two sentences are one, but for a few words; short ones agree by chance."""
    if min(len(left), len(right)) < WORDS:
        return False
    return max(containment(left, right), containment(right, left)) >= SAME_WORDS
