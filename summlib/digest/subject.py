"""Which documents are on one subject.

Documents are compared by their telling words: names and rare words count
most. The subject of a digest is where documents lie closest together: the
document with the nearest neighbours, with all that are near to the middle of
them. Nearness to a middle, other than nearness to any member, does not creep
from one subject to the next over chance words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from summlib.digest.concepts import Concepts, candidates

TELLING = 40
"""Concepts by which a document is compared: about those of its first paragraphs."""

_ROUNDS = 4  # after which hardly any document comes or goes
ALIKE, ALIKE_ACROSS = 0.16, 0.1
"""Cosine from which two documents are on one subject, in one language and in two. Five
reports of one event, pair by pair: 0.23 to 0.92; a text and its translation: 0.12 and more
for 12 in 15; texts on different subjects: below 0.14, across languages below 0.06."""

Profile = dict[str, float]


def profile(sentences: Sequence[Concepts]) -> Profile:
    """Return the most telling keys of a document with their weights.

    Weights are squared, so that common words, which all documents share,
    count for next to nothing.

    Args:
        sentences: The document's sentences as a reader gives them.
    """
    counts: Counter[str] = Counter()
    weights: dict[str, float] = {}
    for concepts in sentences:
        for concept in concepts.items:
            if concept.noun:
                for key in concept.keys:
                    counts[key] += 1
                    weights[key] = max(weights.get(key, 0.0), concept.weight / len(concept.keys))
    scored = {key: weights[key] ** 2 * (1 + math.log(n)) for key, n in counts.items()}
    best = sorted(scored.items(), key=lambda s: (-s[1], s[0]))[:TELLING]
    norm = math.sqrt(sum(w * w for _, w in best)) or 1.0
    return {key: w / norm for key, w in best}


def likeness(left: Profile, right: Profile) -> float:
    """Return the cosine of two profiles, 0 to 1.

    >>> likeness({"a": 1.0}, {"a": 0.6, "b": 0.8})
    0.6
    """
    return sum(w * right[key] for key, w in left.items() if key in right)


def find_subject(profiles: Sequence[Profile], langs: Sequence[str]) -> list[int]:
    """Return the numbers of the documents on the subject that most have in common.

    Empty when no two documents are alike.

    Args:
        profiles: One for each document.
        langs: The language of each.

    >>> find_subject([{"a": 1.0}, {"b": 1.0}, {"a": 0.8, "c": 0.6}], ["de", "de", "en"])
    [0, 2]
    """
    near = _neighbours(profiles, langs)
    heart = max(near, key=lambda i: (sum(s * s for s in near[i].values()), -i))
    members = sorted({heart, *near[heart]})
    if len(members) == 1:
        return []
    for _ in range(_ROUNDS):
        middle, lang = _middle(profiles, members), _common(langs, members)
        found = [
            i
            for i, own in enumerate(profiles)
            if likeness(own, middle) >= (ALIKE if langs[i] == lang else ALIKE_ACROSS)
        ]
        if found == members:
            break
        members = found
    return members


def _neighbours(profiles: Sequence[Profile], langs: Sequence[str]) -> dict[int, dict[int, float]]:
    """Return for each document those that are alike, with how much."""
    near: dict[int, dict[int, float]] = {i: {} for i in range(len(profiles))}
    for i, others in enumerate(candidates([p.items() for p in profiles])):
        for j in others:
            found = likeness(profiles[i], profiles[j])
            if found >= (ALIKE if langs[i] == langs[j] else ALIKE_ACROSS):
                near[i][j] = near[j][i] = found
    return near


def _middle(profiles: Sequence[Profile], members: Sequence[int]) -> Profile:
    total: Profile = {}
    for member in members:
        for key, weight in profiles[member].items():
            total[key] = total.get(key, 0.0) + weight
    norm = math.sqrt(sum(w * w for w in total.values())) or 1.0
    return {key: weight / norm for key, weight in total.items()}


def _common(langs: Sequence[str], members: Sequence[int]) -> str:
    return Counter(langs[m] for m in members).most_common(1)[0][0]
