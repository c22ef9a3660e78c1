"""How much each sentence of a document matters: features and learned weights.

Every sentence is described by figures that a person could compute: where it
stands, how long it is, how many of the document's telling words it holds
(centrality), how much of the title, whether it carries numbers or names,
whether it quotes, asks, or repeats what was said before, and how many of its
words a summary would use (``summlib.importance``). Salience is their weighted
sum. The weights are a small file that can be read and argued with, learnt by
``summlib.training.salience``: a network with a hidden layer, an ensemble of
four, boosted trees on three kinds of labels and rarity counted over a large
corpus were tried on the same data and were no better. Nor were sentence vectors
of the translator's encoder. A recurrent network over the features of all
sentences (SummaRuNNer, Nallapati et al. 2017) gained 0.3 of ROUGE-1 on releases
and lost 0.9 on the English summaries of ``seeds/``. The time taken grows with the
length of the document.

Sources: Edmundson (1969) for position, title and cue words; Erkan and Radev
(2004), LexRank, and Radev et al. (2004) for the centroid.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul

from summlib.centrality import (
    Vector,
    centroid,
    cosine,
    lexrank,
    neighbours,
    vectors,
    weighted,
)
from summlib.importance import WordModel, importance, roots, word_model
from summlib.text.datafiles import DATA, read_rows

_CUES = ("decision", "result", "background", "contact")
_TOP_WORDS = 12  # of a document; a summary of 50 words has about 25 content words
_LEAD_SENTENCES = 4  # at most, in a lead set apart as a paragraph
_USUAL_SUMMARY = 50  # words; what a sentence's share of a summary is reckoned against


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


@lru_cache(maxsize=2)
def purposes(lang: str) -> dict[str, tuple[str, ...]]:
    """Return the words that say what a sentence does in its text, by purpose.

    >>> "dieser" in purposes("de")["anaphora"]
    True
    """
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for row in read_rows(f"salience.{lang}.txt"):
        if row.startswith("["):
            words = found.setdefault(row.strip("[] "), [])
        else:
            words.extend(row.split())
    return {purpose: tuple(words) for purpose, words in found.items()}


@lru_cache(maxsize=8)
def _words_for(purpose: str, lang: str) -> frozenset[str]:
    return frozenset(purposes(lang).get(purpose, ()))


@lru_cache(maxsize=16)
def _cues(lang: str) -> re.Pattern[str]:
    groups = (rf"(?P<{kind}>{'|'.join(purposes(lang)[kind])})" for kind in _CUES)
    return re.compile(rf"\b(?:{'|'.join(groups)})")


@lru_cache(maxsize=1)
def _surface() -> dict[str, re.Pattern[str]]:
    return {
        "number": re.compile(r"\d+(?:[.,:]\d+)*"),
        "amount": re.compile(
            r"\d\s?(?:%|Prozent|per\s?cent|Mio|Mrd|Million|Milliard|billion|Franken|Euro|francs|EUR|CHF)"
            r"|[€$£]\s?\d"
        ),
        "year": re.compile(r"\b(?:19|20)\d\d\b"),
        "acronym": re.compile(r"\b[A-ZÄÖÜ]{2,}\b"),
        "names": re.compile(r"(?<=\w )[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+"),
        "quote": re.compile('[„“”«»"]'),
        "address": re.compile(r"https?:|www\.|\S@\S|\b0\d\d[ /]\d{3}"),
        "self": re.compile(r"\b(?:ich|wir|uns|unser\w*|mich|I|we|us|our|my)\b", re.IGNORECASE),
    }


def opening(sentence: str, lang: str) -> str:
    """Return how a sentence leans on the one before: ``anaphora``, ``connector`` or nothing.

    A German article at the start ("Das Haus") does not lean; der, die and das
    do where a verb follows ("Das wurde").

    Args:
        sentence: The sentence as it stands in the document.
        lang: ``de`` or ``en``.

    >>> opening("Dazu kommt der Regen.", "de"), opening("Das Haus brennt.", "de")
    ('anaphora', '')
    """
    first, second = (*_word().findall(sentence[:120].lower())[:2], "", "")[:2]
    if first in _words_for("article", lang):
        return "anaphora" if second in _words_for("verb", lang) else ""
    kinds = ("anaphora", "connector")
    return next((kind for kind in kinds if first in _words_for(kind, lang)), "")


# fmt: off
FEATURES: tuple[str, ...] = (
    "first", "second", "third", "inverse_rank", "relative", "log_rank",
    "paragraph_head", "inverse_in_paragraph", "inverse_paragraph",
    "relative_paragraph", "single", "last_paragraph",
    "log_words", "short", "long", "very_long",
    "title_covered", "title_share", "title_roots",
    "centroid", "centroid_rank", "lexrank", "lexrank_rank",
    "like_first", "like_previous", "like_next", "like_earlier", "like_head",
    "numbers", "amounts", "years", "acronyms", "names",
    "address", "quotes", "self", "question", "colon", "unfinished",
    "anaphora", "connector", "decision", "result", "background", "contact",
    "telling_sum", "telling_per_word", "telling_mean", "telling_most", "telling_top",
    "telling_share", "telling_new", "content_share", "telling_f1",
    "telling_sum_rank", "telling_per_word_rank", "telling_f1_rank",
    "opening", "opening_short", "opening_title", "opening_top", "opening_lasting",
    "opening_first_title", "opening_first_top",
)
# fmt: on
"""What ``describe`` tells of a sentence, in its order."""


@dataclass(frozen=True, slots=True)
class Described:
    """A document's sentences as figures.

    Args:
        rows: For each sentence its features, in the order of ``FEATURES``.
        near: For each sentence its similarity to those that share a word with it.
    """

    rows: list[list[float]]
    near: list[dict[int, float]]


def describe(
    texts: Sequence[str],
    *,
    paragraphs: Sequence[int] = (),
    title: str = "",
    lang: str = "de",
    words: WordModel | None = None,
) -> Described:
    """Return the figures that salience is computed from.

    Args:
        texts: The sentences of a document in reading order.
        paragraphs: For each sentence the number of its paragraph, rising;
            empty when nothing is known of paragraphs.
        title: The document's headline, empty for none.
        lang: ``de`` or ``en``.
        words: What was learnt about words; None for what comes with the package.

    >>> rows = describe(["Ein Zug entgleist.", "Es regnet."], title="Zug entgleist").rows
    >>> len(rows) == 2 and len(rows[0]) == len(FEATURES)
    True
    """
    paragraphs = paragraphs or [0] * len(texts)
    counts = vectors(texts, lang)
    vecs = weighted(counts)
    near = neighbours(vecs)
    named = vectors([title], lang)[0]
    likely = importance(counts, named, words or word_model(lang))
    groups = (
        _position(len(texts)),
        _layout(paragraphs),
        _lengths(texts),
        _title(counts, named),
        _central(vecs, near),
        _likeness(vecs, near, paragraphs),
        _wording(texts, lang),
        _telling(texts, counts, likely),
        _opening(counts, paragraphs, named, likely),
    )
    rows = [[float(x) for part in row for x in part] for row in zip(*groups, strict=True)]
    return Described(rows, near)


@lru_cache(maxsize=1)
def weights() -> tuple[float, ...]:
    """Return the learned weight of each feature, in the order of ``FEATURES``."""
    stored = json.loads((DATA / "salience.json").read_text(encoding="utf-8"))["weights"]
    return tuple(float(stored[name]) for name in FEATURES)


def salience(described: Described) -> list[float]:
    """Return how much each sentence matters, in natural-log units of odds.

    Only differences between sentences of one document mean anything: at 1
    more, a sentence was 2.7 times as likely to be among those a person's
    summary rests on.

    Args:
        described: The document, see ``describe``.

    >>> described = describe(["Der Zug entgleist.", "Tel. 030 12345."], title="Zug entgleist")
    >>> first, second = salience(described)
    >>> first > second
    True
    """
    learned = weights()
    return [sum(map(mul, learned, row)) for row in described.rows]


def _position(n: int) -> list[list[float]]:
    return [[i == 0, i == 1, i == 2, 1 / (1 + i), i / n, math.log1p(i)] for i in range(n)]


def _layout(paragraphs: Sequence[int]) -> list[list[float]]:
    sizes = Counter(paragraphs)
    rows, within = [], 0
    for i, paragraph in enumerate(paragraphs):
        within = within + 1 if i and paragraphs[i - 1] == paragraph else 0
        place, places = paragraph - paragraphs[0], 1 + paragraphs[-1] - paragraphs[0]
        rows.append(
            [
                within == 0,
                1 / (1 + within),
                1 / (1 + place),
                place / places,
                sizes[paragraph] == 1,
                paragraph == paragraphs[-1],
            ]
        )
    return rows


def _lengths(texts: Sequence[str]) -> list[list[float]]:
    sizes = [1 + t.count(" ") for t in texts]
    return [[math.log(n), n < 8, n > 28, n > 45] for n in sizes]


def _title(counts: Sequence[Counter[str]], named: Counter[str]) -> list[list[float]]:
    """Return title words covered, share of words from the title, shared parts of compounds."""
    parts = roots(named)
    return [
        [
            len(named.keys() & count.keys()) / max(1, len(named)),
            len(named.keys() & count.keys()) / max(1, len(count)),
            len(parts & roots(count)) / max(1, len(parts)),
        ]
        for count in counts
    ]


def _ranks(values: Sequence[float]) -> list[float]:
    ranks = [0.0] * len(values)
    for place, i in enumerate(sorted(range(len(values)), key=lambda i: -values[i])):
        ranks[i] = place / len(values)
    return ranks


def _central(vecs: Sequence[Vector], near: Sequence[dict[int, float]]) -> list[list[float]]:
    middle, rank = centroid(vecs), lexrank(near)
    top = max(middle, default=1.0) or 1.0
    parts = ([m / top for m in middle], _ranks(middle), rank, _ranks(rank))
    return [list(row) for row in zip(*parts, strict=True)]


def _likeness(
    vecs: Sequence[Vector], near: Sequence[dict[int, float]], paragraphs: Sequence[int]
) -> list[list[float]]:
    rows, head = [], 0
    for i, row in enumerate(near):
        if i and paragraphs[i] != paragraphs[i - 1]:
            head = i
        rows.append(
            [
                cosine(vecs[0], vecs[i]),
                row.get(i - 1, 0.0),
                row.get(i + 1, 0.0),
                max((s for j, s in row.items() if j < i), default=0.0),
                cosine(vecs[head], vecs[i]),
            ]
        )
    return rows


def _wording(texts: Sequence[str], lang: str) -> list[list[float]]:
    return [[*_counted(text), *_marks(text), *_purposes(text, lang)] for text in texts]


def _counted(text: str) -> list[float]:
    find = _surface()
    kinds = ("number", "amount", "year", "acronym", "names")
    return [math.log1p(len(find[kind].findall(text))) for kind in kinds]


def _marks(text: str) -> list[float]:
    find = _surface()
    return [
        find["address"].search(text) is not None,
        find["quote"].search(text) is not None,
        math.log1p(len(find["self"].findall(text))),
        text.endswith("?"),
        text.endswith(":"),
        not finished(text),
    ]


def finished(text: str) -> bool:
    """Return whether a sentence ends as one; headings and list items often do not.

    >>> finished("Er sagte: „Ja.“"), finished("Bisherige Arbeiten")
    (True, False)
    """
    return text.rstrip("\"“”«»›‹')’] ").endswith((".", "!", "?", "…", ":"))


def _purposes(text: str, lang: str) -> list[float]:
    cues = Counter(found.lastgroup for found in _cues(lang).finditer(text.lower()))
    root = math.sqrt(1 + text.count(" "))
    leans = opening(text, lang)
    return [leans == "anaphora", leans == "connector", *(cues[kind] / root for kind in _CUES)]


def _telling(
    texts: Sequence[str], counts: Sequence[Counter[str]], likely: dict[str, float]
) -> list[list[float]]:
    """Return how many words of each sentence a summary would use, in several measures."""
    top = set(sorted(likely, key=lambda stem: (-likely[stem], stem))[:_TOP_WORDS])
    total = sum(likely.values()) or 1.0
    seen: set[str] = set()
    rows = []
    for text, count in zip(texts, counts, strict=True):
        values, words = [likely[stem] for stem in count], 1 + text.count(" ")
        mass = sum(values)
        rows.append(
            [
                mass,
                mass / words,
                mass / max(1, len(values)),
                max(values, default=0.0),
                len(top & count.keys()),
                mass / total,
                sum(likely[stem] for stem in count if stem not in seen) / words,
                len(values) / words,
                mass / (words + _USUAL_SUMMARY),
            ]
        )
        seen.update(count)  # "|= keys()" would copy the set each time
    ranks = zip(*(_ranks([row[k] for row in rows]) for k in (0, 1, 8)), strict=True)
    return [[*row, *rank] for row, rank in zip(rows, ranks, strict=True)]


def _opening(
    counts: Sequence[Counter[str]],
    paragraphs: Sequence[int],
    title: Counter[str],
    likely: dict[str, float],
) -> list[list[float]]:
    """Return what tells whether the first paragraph is a lead that sums up the rest.

    A lead is short, names what the title names, and holds the words that count
    and come again; a press release without its lead begins with something else.
    """
    size = sum(1 for p in paragraphs if p == paragraphs[0])
    if not counts or size == len(counts):
        size = min(1, len(counts))  # no paragraphs are known: the first sentence stands for one
    held = set().union(*counts[:size])
    rest = set().union(*counts[size:])
    top = set(sorted(likely, key=lambda stem: (-likely[stem], stem))[:_TOP_WORDS])
    titled = len(held & title.keys()) / max(1, len(title))
    telling = len(held & top) / max(1, len(top))
    lasting = len(held & rest) / max(1, len(held))
    row = [1.0, float(size <= _LEAD_SENTENCES), titled, telling, lasting]
    inside = [[*row, titled * (i == 0), telling * (i == 0)] for i in range(size)]
    return inside + [[0.0] * 7] * (len(counts) - size)
