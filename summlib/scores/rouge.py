r"""ROUGE-1, ROUGE-2 and ROUGE-L between a summary and human references.

Tokens are runs of ``\w`` in lower case, so that German letters stay inside
words; they are stemmed only where that is asked for. Values are F1, 0 to 100,
and equal those of the package rouge-score when it is given the same tokens. Of several references
the best counts (``multi="max"``, as in rouge-score) or the mean over all
leave-one-out maxima (``"jackknife"``, Lin 2004), which makes figures with
different numbers of references comparable.

Source: Lin (2004), ROUGE: a package for automatic evaluation of summaries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal

from summlib.records import Score
from summlib.scores.bootstrap import check_lengths, mean_score

Multi = Literal["max", "jackknife"]
Stem = Literal["no", "de", "en"]
_Measure = Callable[[Sequence[str], Sequence[str]], float]
_UNSTEMMED = 3
"""Letters up to which rouge-score leaves a word as it is."""


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    return re.compile(r"\w+")


def tokenize(text: str) -> list[str]:
    """Return the words of ``text`` in lower case.

    >>> tokenize("Für 3,5 Mio. Gäste!")
    ['für', '3', '5', 'mio', 'gäste']
    """
    return _word().findall(text.lower())


@lru_cache(maxsize=2)
def _stemmer(lang: Stem) -> Callable[[str], str]:
    """Return what stems a word, as published figures do it: Porter in English."""
    from nltk.stem.porter import PorterStemmer  # nltk takes a third of a second to import
    from nltk.stem.snowball import GermanStemmer

    stem: Callable[[str], str] = (PorterStemmer() if lang == "en" else GermanStemmer()).stem
    return lru_cache(maxsize=1 << 16)(stem)


def stemmed(tokens: Sequence[str], stem: Stem) -> list[str]:
    """Return the stems of words of more than three letters, the others as they are.

    Args:
        tokens: In lower case.
        stem: The language whose endings are cut, or ``no``.

    >>> stemmed(["the", "councils", "met"], "en"), stemmed(["häuser"], "de")
    (['the', 'council', 'met'], ['haus'])
    """
    if stem == "no":
        return list(tokens)
    cut = _stemmer(stem)
    return [cut(token) if len(token) > _UNSTEMMED else token for token in tokens]


def ngrams(tokens: Sequence[str], order: int) -> Counter[tuple[str, ...]]:
    """Count the runs of ``order`` tokens.

    >>> ngrams(["a", "b", "a", "b"], 2)[("a", "b")]
    2
    """
    return Counter(zip(*(tokens[i:] for i in range(order)), strict=False))


def f1(common: int, hypothesis: int, reference: int) -> float:
    """Return the F1 in per cent of ``common`` matches out of two totals.

    >>> f1(1, 2, 2)
    50.0
    """
    return 200.0 * common / (hypothesis + reference) if common else 0.0


def rouge_n(hypothesis: Sequence[str], reference: Sequence[str], order: int) -> float:
    """Return the F1 of shared n-grams, each counted as often as both sides have it.

    Args:
        hypothesis: Tokens of the summary.
        reference: Tokens of the reference.
        order: Length of the n-grams, 1 or more.

    >>> rouge_n(tokenize("der rote Zug"), tokenize("der Zug"), 1)
    80.0
    """
    left, right = ngrams(hypothesis, order), ngrams(reference, order)
    return f1((left & right).total(), left.total(), right.total())


def common_subsequence(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest common subsequence.

    Rows of the table are bits of one integer, so that a page against a page
    takes a millisecond (Hyyrö 2004).

    >>> common_subsequence("abcbdab", "bdcaba")
    4
    """
    places: dict[str, int] = {}
    for i, token in enumerate(left):
        places[token] = places.get(token, 0) | 1 << i
    full = (1 << len(left)) - 1
    row = full
    for token in right:
        hits = row & places.get(token, 0)
        row = ((row + hits) | (row - hits)) & full
    return len(left) - row.bit_count()


def rouge_l(hypothesis: Sequence[str], reference: Sequence[str]) -> float:
    """Return the F1 of the longest common subsequence over the whole texts.

    >>> rouge_l(tokenize("der rote Zug"), tokenize("der Zug"))
    80.0
    """
    common = common_subsequence(hypothesis, reference)
    return f1(common, len(hypothesis), len(reference))


def _measures() -> dict[str, _Measure]:
    return {
        "ROUGE-1": lambda h, r: rouge_n(h, r, 1),
        "ROUGE-2": lambda h, r: rouge_n(h, r, 2),
        "ROUGE-L": rouge_l,
    }


def combine(values: Sequence[float], multi: Multi) -> float:
    """Make one figure of those against several references.

    Args:
        values: One figure per reference, at least one.
        multi: ``max``, or ``jackknife`` for the mean of the maxima that leave
            one reference out in turn (equal to ``max`` for a single reference).

    >>> combine([10.0, 30.0, 20.0], "jackknife")
    26.666666666666668
    """
    if multi == "max" or len(values) == 1:
        return max(values)
    rest = [max([*values[:i], *values[i + 1 :]]) for i in range(len(values))]
    return sum(rest) / len(rest)


def rouge(
    hypotheses: Sequence[str],
    references: Sequence[str | Sequence[str]],
    *,
    multi: Multi = "max",
    stem: Stem = "no",
) -> tuple[Score, Score, Score]:
    """Score summaries with ROUGE-1, ROUGE-2 and ROUGE-L.

    The value is the mean over the documents; the interval is bootstrapped
    over them with a fixed seed.

    Args:
        hypotheses: One summary per document.
        references: For each document one reference or several.
        multi: What several references are combined to, see ``combine``.
        stem: ``en`` stems as published English figures do (Porter, as the option
            ``use_stemmer`` of rouge-score), ``de`` by Snowball's German rules.

    Raises:
        InputError: If the lists differ in length or are empty.

    >>> [round(s.value) for s in rouge(["Der Zug fährt."], ["Der Zug hält."])]
    [67, 50, 67]
    """
    check_lengths(hypotheses, references)

    def read(text: str) -> list[str]:
        return stemmed(tokenize(text), stem)

    pairs = [
        (read(h), [read(r) for r in ([refs] if isinstance(refs, str) else refs)])
        for h, refs in zip(hypotheses, references, strict=True)
    ]
    most = max(len(refs) for _, refs in pairs)
    scores = []
    for name, measure in _measures().items():
        values = [combine([measure(h, r) for r in refs], multi) for h, refs in pairs]
        signature = f"{name}|f1|tok:\\w+|case:lower|stem:{stem}|refs:{most}|multi:{multi}"
        scores.append(mean_score(name, values, signature))
    return scores[0], scores[1], scores[2]
