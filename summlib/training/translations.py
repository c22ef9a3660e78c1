"""Learn which English words render which German ones, from the corpus itself.

IBM Model 1 (Brown et al. 1993) over stems of content words: how likely each
English stem is, given a German one beside it. Sentences tell the meaning of a
word in use, which a dictionary's list of meanings does not. The table serves
to see what a translation left out.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from summlib.centrality import stopwords
from summlib.text.packed import write_table
from summlib.text.stems import english_stem, german_stem
from summlib.training.corpus import Pair, read_pairs

ROUNDS = 6
LEAST_COUNT = 4
"""Occurrences below which a word's translations are guesswork."""

LEAST_SHARE = 0.015
"""Probability below which a translation is left out of the table."""

MAX_WORDS = 40

GLOSS_STEMS = 3
GLOSS_SHARE = 0.35
"""Share of a form's occurrences that one English form must render to stand for it."""

_WORD = re.compile(r"[^\W\d_]{2,}")

Table = dict[str, list[tuple[str, float]]]


WRITTEN = "written-glosses"
"""The list of forms whose English was written down because what was learnt is wrong."""


def read_glosses(folders: Iterable[Path]) -> dict[str, str]:
    """Return the glosses that were written down, from the lists of some folders."""
    paths = (path for folder in folders for path in sorted(folder.glob(f"{WRITTEN}.tsv*")))
    return {line.source: line.target for path in paths for line in read_pairs(path)}


def learn(pairs: Sequence[Pair], path: Path, *, written: Mapping[str, str] | None = None) -> int:
    """Learn a table from pairs, write it, and return the number of its stems.

    Args:
        pairs: Sentence pairs.
        path: The file to write.
        written: German forms with the English to take in place of what is learnt, ``-`` for none.
    """
    german, english = stopwords("de"), stopwords("en")
    table = learn_translations(pairs, stop_german=german, stop_english=english)
    glosses = learn_glosses(pairs, table, stop_german=german)
    reliability = measure_reliability(pairs, table, stop_german=german)
    save_table(table, reliability, {**glosses, **(written or {})}, path)
    return len(table)


def learn_translations(
    pairs: Iterable[Pair], *, stop_german: frozenset[str], stop_english: frozenset[str]
) -> Table:
    """Return for each German stem its likely English stems, the likeliest first.

    Args:
        pairs: Sentence pairs.
        stop_german: Function words, in lower case; left out.
        stop_english: The same for English.
    """
    rows = [
        (
            [german_stem(w) for w in _content(pair.source, stop_german)],
            [english_stem(w) for w in _content(pair.target, stop_english)],
        )
        for pair in pairs
    ]
    rows = [(g, e) for g, e in rows if 0 < len(g) <= MAX_WORDS and 0 < len(e) <= MAX_WORDS]
    german, english = _ids(g for g, _ in rows), _ids(e for _, e in rows)
    keys, tokens = _combine(rows, german, english)
    cells, places = np.unique(keys, return_inverse=True)
    shares = _estimate(cells // len(english), places, tokens, size=len(german) + 1)
    return _table(cells, shares, list(german), list(english))


def learn_glosses(
    pairs: Iterable[Pair], table: Table, *, stop_german: frozenset[str]
) -> dict[str, str]:
    """Return for each German form the English form that most often renders it.

    "Errungenschaften" gives "achievements": the number and tense that the
    table's stems lack. Only where that form holds a fair share of all.

    Args:
        pairs: Sentence pairs.
        table: What ``learn_translations`` made of them.
        stop_german: Function words, in lower case; left out.
    """
    best = {stem: dict(found[:GLOSS_STEMS]) for stem, found in table.items()}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    seen: Counter[str] = Counter()
    for pair in pairs:
        forms = {english_stem(w): w for w in _WORD.findall(pair.target)}
        for word in set(_content(pair.source, stop_german)):
            shares = best.get(german_stem(word), {})
            seen[word] += 1
            likely = max(shares.keys() & forms.keys(), key=shares.__getitem__, default=None)
            if likely is not None:
                votes[word][forms[likely]] += 1
    return {
        word: form
        for word, counts in votes.items()
        for form, count in counts.most_common(1)
        if seen[word] >= LEAST_COUNT and count >= GLOSS_SHARE * seen[word]
    }


def _content(text: str, stop: frozenset[str]) -> list[str]:
    return [w for w in _WORD.findall(text) if w.lower() not in stop]


def _ids(lists: Iterable[Sequence[str]]) -> dict[str, int]:
    counts = Counter(stem for stems in lists for stem in stems)
    frequent = [stem for stem, count in counts.items() if count >= LEAST_COUNT]
    return {stem: i for i, stem in enumerate(frequent)}


def _combine(
    rows: Sequence[tuple[list[str], list[str]]], german: dict[str, int], english: dict[str, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return a key for every German word beside every English one, and the English word's place.

    The word behind the last German one stands for "from nowhere".
    """
    keys, tokens, token = [], [], 0
    nowhere = len(german)
    for g_stems, e_stems in rows:
        g = np.array([*{german[s] for s in g_stems if s in german}, nowhere], dtype=np.int64)
        e = np.array([english[s] for s in e_stems if s in english], dtype=np.int64)
        keys.append((g[None, :] * len(english) + e[:, None]).ravel())
        tokens.append(np.repeat(np.arange(token, token + len(e)), len(g)))
        token += len(e)
    return np.concatenate(keys), np.concatenate(tokens)


def _estimate(
    german: np.ndarray, places: np.ndarray, tokens: np.ndarray, *, size: int
) -> np.ndarray:
    """Return the probability of each cell by expectation maximisation."""
    shares = np.ones(len(german), dtype=np.float64)
    for _ in range(ROUNDS):
        weights = shares[places]
        weights /= np.bincount(tokens, weights)[tokens]
        counts = np.bincount(places, weights, minlength=len(german))
        shares = counts / np.bincount(german, counts, minlength=size)[german]
    return shares


def _table(cells: np.ndarray, shares: np.ndarray, german: list[str], english: list[str]) -> Table:
    table: Table = {}
    kept = np.flatnonzero(shares >= LEAST_SHARE)
    for cell, share in zip(cells[kept].tolist(), shares[kept].tolist(), strict=True):
        g, e = divmod(cell, len(english))
        if g < len(german):
            table.setdefault(german[g], []).append((english[e], share))
    return {g: sorted(found, key=lambda f: -f[1]) for g, found in table.items()}


def measure_reliability(
    pairs: Iterable[Pair], table: Table, *, stop_german: frozenset[str]
) -> dict[str, float]:
    """Return how often each German stem is rendered by one of its listed translations.

    Args:
        pairs: Sentence pairs.
        table: What ``learn_translations`` made of them.
        stop_german: Function words, in lower case; left out.
    """
    listed = {stem: frozenset(e for e, _ in found) for stem, found in table.items()}
    seen: Counter[str] = Counter()
    rendered: Counter[str] = Counter()
    for pair in pairs:
        english = {english_stem(w) for w in _WORD.findall(pair.target)}
        stems = {german_stem(w) for w in _content(pair.source, stop_german)} & listed.keys()
        seen.update(stems)
        rendered.update(stem for stem in stems if not listed[stem].isdisjoint(english))
    return {stem: rendered[stem] / count for stem, count in seen.items()}


def save_table(
    table: Table, reliability: dict[str, float], glosses: dict[str, str], path: Path
) -> None:
    """Write what was learned: stems with their translations, then forms with one each.

    ``stem<TAB>per cent<TAB>word word ...`` for the stems, an empty line,
    ``form<TAB>word`` for the forms.
    """
    stems = sorted(
        f"{stem}\t{100 * reliability[stem]:.0f}\t{' '.join(word for word, _ in table[stem])}\n"
        for stem in table
    )
    forms = sorted(f"{form}\t{gloss}\n" for form, gloss in glosses.items())
    write_table(path, "".join([*stems, "\n", *forms]))
