"""What a summary says, beside its overlap with a reference.

New words against copied ones, how much shorter it is, whether it repeats
itself, which facts of the document it keeps, which it turns round, and
whether it says a number that the document does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from summlib.scores.rouge import common_subsequence, ngrams, tokenize
from summlib.text.grammar import Quantity
from summlib.text.quantities import find_quantities

FACT_KINDS = ("numbers", "dates", "names")
_TURNED_RECALL = 0.75  # share of the false statement's words a sentence must hold
_SHORT = 3  # letters; "the" and "was" are in every sentence and tell nothing


def novel_bigrams(summary: str, source: str) -> float:
    """Return the share of the summary's word pairs that the source does not have.

    Source and summary must be in one language. A pair counts once for each
    time it stands in the summary (See et al. 2017, section 6).

    Args:
        summary: The summary.
        source: The document.

    >>> novel_bigrams("Der Zug fährt", "Der Zug, der alte, fährt.")
    50.0
    """
    said = ngrams(tokenize(summary), 2)
    known = ngrams(tokenize(source), 2)
    novel = sum(count for pair, count in said.items() if pair not in known)
    return 100.0 * novel / said.total() if said else 0.0


def compression_ratio(summary: str, source: str) -> float:
    """Return how many words of the source stand behind one of the summary.

    Infinite for a summary without words (Grusky et al. 2018 call it compression).

    >>> compression_ratio("Der Zug fährt", "Der alte Zug fährt seit Montag")
    2.0
    """
    words = len(tokenize(summary))
    return len(tokenize(source)) / words if words else float("inf")


def redundancy(summary: str) -> float:
    """Return the share of the summary's word pairs that stand in it before.

    >>> redundancy("Der Zug hält. Der Zug fährt.")
    20.0
    """
    pairs = ngrams(tokenize(summary), 2)
    return 100.0 * (pairs.total() - len(pairs)) / pairs.total() if pairs else 0.0


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("\u2019", "'").split())


@lru_cache(maxsize=2048)
def _phrase(accepted: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(_folded(accepted))}(?!\w)")


def facts_kept(text: str, facts: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return the facts of a document that a text in English states, by kind.

    Args:
        text: A summary or a translation.
        facts: ``numbers``, ``dates`` and ``names`` of the document, each a list
            of ``{"source": ..., "accept": [...]}``; a fact is kept when one of
            the accepted wordings stands in the text, case and white space ignored.

    >>> facts_kept("It costs 3 euros.", {"numbers": [{"source": "3 Euro", "accept": ["3 euros"]}]})
    {'numbers': ('3 Euro',), 'dates': (), 'names': ()}
    """
    folded = _folded(text)
    return {
        kind: tuple(
            fact["source"]
            for fact in facts.get(kind, ())
            if any(_phrase(accepted).search(folded) for accepted in fact["accept"])
        )
        for kind in FACT_KINDS
    }


def share_kept(text: str, facts: Mapping[str, Any]) -> float:
    """Return the share of a document's numbers, dates and names that a text states.

    >>> share_kept("It rains.", {"names": [{"source": "Bonn", "accept": ["Bonn"]}]})
    0.0
    """
    total = sum(len(facts.get(kind, ())) for kind in FACT_KINDS)
    kept = sum(map(len, facts_kept(text, facts).values()))
    return 100.0 * kept / total if total else 100.0


_NEGATORS = frozenset(
    ("not", "no", "never", "none", "neither", "nor", "without", "nobody", "nothing", "cannot", "t")
)


def facts_turned(sentences: Sequence[str], facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what turns a statement of the document round, with the false statement.

    An alarm, not a proof: a sentence is named when it holds most words of the
    false statement in their order, more of it than of the true one, with all
    words that make it false and none that would make it true.

    Args:
        sentences: The sentences of an English summary or translation.
        facts: Holds ``must_not_turn``: a list of ``true_en`` and ``false_en``.

    >>> facts = {"must_not_turn": [{"true_en": "It did not rain.", "false_en": "It rained."}]}
    >>> facts_turned(["On Monday it rained.", "It did not rain."], facts)
    (('On Monday it rained.', 'It rained.'),)
    """
    statements = facts.get("must_not_turn", ())
    return tuple(
        (sentence, pair["false_en"])
        for sentence in sentences
        for pair in statements
        if _turns(sentence, pair["true_en"], pair["false_en"])
    )


def _telling(text: str) -> list[str]:
    return [word for word in tokenize(text) if len(word) > _SHORT or word in _NEGATORS]


def _turns(sentence: str, true: str, false: str) -> bool:
    said, right, wrong = _telling(sentence), _telling(true), _telling(false)
    near_wrong = common_subsequence(said, wrong) / max(1, len(wrong))
    near_right = common_subsequence(said, right) / max(1, len(right))
    if near_wrong < _TURNED_RECALL or near_wrong <= near_right:
        return False
    saving = frozenset(right) - frozenset(wrong)
    if saving & _NEGATORS:
        saving |= _NEGATORS
    return not saving & frozenset(said) and frozenset(wrong) - frozenset(right) <= frozenset(said)


def unsupported_numbers(
    summary: str, source: str, *, source_lang: str = "de", target_lang: str = "en"
) -> tuple[str, ...]:
    """Return the numbers in digits that the summary says and the source does not.

    Number words of the source count as support. Values are compared, not
    units: the checks do that, sentence by sentence.

    Args:
        summary: The summary.
        source: The document.
        source_lang: Language of the source, ``de`` or ``en``.
        target_lang: Language of the summary, ``de`` or ``en``.

    >>> unsupported_numbers("It costs 2.6 billion, not 3.", "Es kostet 2,6 Mrd. Euro.")
    ('3',)
    """
    known = {v for q in find_quantities(source, source_lang) for v in (q.value, *q.readings)}
    known |= _pairs(source)
    said = [q for q in find_quantities(summary, target_lang) if q.digits and _counts(q)]
    return tuple(summary[q.start : q.end] for q in said if not known & {q.value, *q.readings})


@lru_cache(maxsize=1)
def _pair() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,:])(\d{1,3})[:.](\d{1,3})(?![\d:])")


def _pairs(text: str) -> set[Decimal]:
    """Return what 31:29 or 9.50 may say: two results of a game, or minutes of the day."""
    pairs = [(int(m[1]), int(m[2])) for m in _pair().finditer(text)]
    return {Decimal(v) for left, right in pairs for v in (left, right, 60 * left + right)}


def _counts(quantity: Quantity) -> bool:
    return quantity.kind not in ("month", "weekday", "support", "vague")
