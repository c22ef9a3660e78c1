"""Corpus BLEU by sacrebleu: case kept, tokenizer 13a, as published figures are.

Source: Papineni et al. (2002); Post (2018), A call for clarity in reporting BLEU.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import Any

from summlib.errors import MissingDependency
from summlib.records import Score
from summlib.scores.bootstrap import SAMPLES, check_lengths


def sacrebleu_metrics() -> ModuleType:
    """Return ``sacrebleu.metrics``.

    Raises:
        MissingDependency: If sacrebleu is not installed; the message says how to get it.
    """
    try:
        return importlib.import_module("sacrebleu.metrics")
    except ImportError as error:
        raise MissingDependency(
            "BLEU and chrF need sacrebleu, which is not installed; run: pip install 'summlib[eval]'"
        ) from error


def corpus_score(metric: Any, hypotheses: Sequence[str], references: Sequence[Any]) -> Score:
    """Score a corpus with a sacrebleu metric and its bootstrap interval.

    Args:
        metric: Such as ``sacrebleu.metrics.BLEU()``.
        hypotheses: One output per sentence or document.
        references: For each of them one reference or several; where fewer
            are given than elsewhere, the last is repeated.

    Raises:
        InputError: If the lists differ in length or are empty.
    """
    check_lengths(hypotheses, references)
    several = [[refs] if isinstance(refs, str) else list(refs) for refs in references]
    most = max(map(len, several))
    streams = [[refs[min(i, len(refs) - 1)] for refs in several] for i in range(most)]
    result = metric.corpus_score(list(hypotheses), streams, n_bootstrap=SAMPLES)
    mean, half = float(result._mean), float(result._ci)  # else shown in its text form only
    signature = f"{metric.get_signature()}|n:{len(several)}"
    low, high = max(0.0, mean - half), min(100.0, mean + half)
    return Score(result.name, float(result.score), low, high, signature)


def bleu(hypotheses: Sequence[str], references: Sequence[str | Sequence[str]]) -> Score:
    """Score translations with corpus BLEU.

    Equal input gives an equal score and interval; the signature is sacrebleu's.

    Args:
        hypotheses: One translation per sentence.
        references: For each of them one reference or several.

    Raises:
        InputError: If the lists differ in length or are empty.
        MissingDependency: If sacrebleu is not installed.

    >>> from summlib.scores.bleu import bleu  # needs summlib[eval]
    """
    return corpus_score(sacrebleu_metrics().BLEU(), hypotheses, references)
