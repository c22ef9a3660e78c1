"""Bootstrap intervals: how far a mean would move on another sample of the same kind.

The percentile bootstrap of Efron (1979), in the form Koehn (2004) gave it for
translation: documents are drawn with replacement, and the middle 95 % of the
resampled means is the interval.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from summlib.errors import InputError
from summlib.records import Score

SAMPLES = 1000
SEED = 12345  # sacrebleu's default, so that all intervals rest on the same kind of draw


def interval(
    values: Sequence[float], *, samples: int = SAMPLES, seed: int = SEED, level: float = 0.95
) -> tuple[float, float]:
    """Return the interval of the mean of ``values``.

    Equal arguments give equal intervals, whatever was drawn before.

    Args:
        values: One figure per document, at least one.
        samples: Number of resamples, at least 1.
        seed: Start of the random draw.
        level: Share of the resampled means that lies inside, 0 to 1.

    Raises:
        InputError: If there are no values.

    >>> interval([2.0, 2.0, 2.0])
    (2.0, 2.0)
    """
    if not values:
        raise InputError("no values to take a mean of; give at least one document")
    draw = random.Random(seed)
    count = len(values)
    means = sorted(sum(draw.choices(values, k=count)) / count for _ in range(samples))
    outside = int(samples * (1 - level) / 2)
    return means[outside], means[samples - 1 - outside]


def mean_score(name: str, values: Sequence[float], signature: str) -> Score:
    """Return the mean of ``values`` as a score with its interval.

    Args:
        name: What the score is called.
        values: One figure per document, 0 to 100, at least one.
        signature: The settings the values were made with; the interval's are added.

    >>> print(mean_score("ROUGE-1", [40.0, 40.0], "f1"))
    ROUGE-1 40.0 [40.0, 40.0]
    """
    low, high = interval(values)
    settings = f"{signature}|n:{len(values)}|bs:{SAMPLES}|seed:{SEED}"
    return Score(name, sum(values) / len(values), low, high, settings)


def check_lengths(hypotheses: Sequence[object], references: Sequence[object]) -> None:
    """Refuse lists that do not pair up.

    Raises:
        InputError: If the lists differ in length or are empty.
    """
    if len(hypotheses) != len(references) or not hypotheses:
        raise InputError(
            f"{len(hypotheses)} outputs and {len(references)} references; "
            "give as many of one as of the other, at least one"
        )
