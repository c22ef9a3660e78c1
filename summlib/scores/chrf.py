"""Corpus chrF by sacrebleu: character 6-grams, beta 2, no word n-grams.

Source: Popović (2015), chrF: character n-gram F-score for automatic MT evaluation.
"""

from __future__ import annotations

from collections.abc import Sequence

from summlib.records import Score
from summlib.scores.bleu import corpus_score, sacrebleu_metrics


def chrf(hypotheses: Sequence[str], references: Sequence[str | Sequence[str]]) -> Score:
    """Score translations or summaries with corpus chrF.

    Equal input gives an equal score and interval; the signature is sacrebleu's.

    Args:
        hypotheses: One output per sentence or document.
        references: For each of them one reference or several.

    Raises:
        InputError: If the lists differ in length or are empty.
        MissingDependency: If sacrebleu is not installed.

    >>> from summlib.scores.chrf import chrf  # needs summlib[eval]
    """
    return corpus_score(sacrebleu_metrics().CHRF(), hypotheses, references)
