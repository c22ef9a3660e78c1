"""The classic extractive methods, at the same word budget: lead, LexRank, TextRank.

LexRank and TextRank are those of the package sumy; sentences, stems and
function words are summlib's own, so that only the methods differ.

Sources: Erkan and Radev (2004), LexRank; Mihalcea and Tarau (2004), TextRank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from summlib.centrality import stem, stopwords
from summlib.errors import MissingDependency
from summlib.scores.rouge import tokenize
from summlib.selector import ENOUGH

Order = Callable[[Sequence[str], str], list[int]]


def lead_order(sentences: Sequence[str], lang: str) -> list[int]:
    """Return the sentences' numbers as they stand: the first say most.

    >>> lead_order(["Eins.", "Zwei."], "de")
    [0, 1]
    """
    return list(range(len(sentences)))


def lexrank_order(sentences: Sequence[str], lang: str) -> list[int]:
    """Return the sentences' numbers by LexRank, the most central first.

    Raises:
        MissingDependency: sumy is not installed.
    """
    return _order(_sumy().lex_rank.LexRankSummarizer, sentences, lang)


def textrank_order(sentences: Sequence[str], lang: str) -> list[int]:
    """Return the sentences' numbers by TextRank, the most central first.

    Raises:
        MissingDependency: sumy is not installed.
    """
    return _order(_sumy().text_rank.TextRankSummarizer, sentences, lang)


BASELINES: dict[str, Order] = {
    "lead": lead_order,
    "LexRank": lexrank_order,
    "TextRank": textrank_order,
}
"""Name to the order in which a method takes sentences."""


def fill(order: Sequence[int], sentences: Sequence[str], words: float) -> list[int]:
    """Take sentences in an order until the words come as near to a budget as they can.

    The rule is the selector's: whole sentences, at least one, and one more
    only if the words come nearer to the budget with it.

    Args:
        order: Numbers of the sentences, the best first.
        sentences: The sentences.
        words: The budget.

    Returns:
        Numbers in reading order.

    >>> fill([1, 0], ["Es regnet heute.", "Der Zug hält."], 3)
    [1]
    """
    taken: list[int] = []
    filled = 0
    for i in order:
        size = len(sentences[i].split())
        if taken and filled + size - words >= words - filled:
            if filled >= ENOUGH * words:
                break
            continue
        taken.append(i)
        filled += size
        if filled >= words:
            break
    return sorted(taken)


@lru_cache(maxsize=1)
def _sumy() -> Any:
    try:
        import numpy
        import sumy.models.dom
        import sumy.summarizers.lex_rank
        import sumy.summarizers.text_rank
    except ImportError as error:
        raise MissingDependency(
            'LexRank and TextRank need sumy and numpy: pip install "summlib[eval]"'
        ) from error
    numpy.seterr(all="ignore")  # a sentence without content words divides by nought there
    return sumy.summarizers


class _Words:
    """What sumy asks for words; nothing is downloaded."""

    def to_words(self, text: str) -> tuple[str, ...]:
        """Return the words of a sentence."""
        return tuple(tokenize(text))


def _order(method: Any, sentences: Sequence[str], lang: str) -> list[int]:
    """Rank sentences by a method of sumy; it is asked for an order, not for a number."""
    from sumy.models import dom

    document = dom.ObjectDocumentModel(
        [dom.Paragraph([dom.Sentence(text, _Words()) for text in sentences])]
    )
    summarizer = method(lambda word: stem(word, lang))
    summarizer.stop_words = stopwords(lang)
    ranked: list[int] = []

    def take_all(infos: Sequence[Any]) -> Sequence[Any]:
        ranked.extend(info.order for info in infos)
        return infos

    summarizer(document, take_all)
    return ranked
