"""The contract of an engine.

An engine is cheap to construct and to pickle; its weights load at the first
``generate``, which is safe to call from several threads. It takes prepared
sentences and returns, in the same order, one list of hypotheses each, best
first. An empty text gets an empty hypothesis without the model being asked.
Nothing is cut silently: what hit a limit is marked ``truncated``.

A loaded engine must not be used across ``fork()``: its threads do not exist
in the child, which would wait for ever. Spawn, or load inside the worker.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Options:
    """How to generate.

    Args:
        beam_size: Hypotheses kept while searching, 1 (greedy) or more.
        hypotheses: Hypotheses returned for each text, 1 to ``beam_size``.
        repetition_penalty: Above 1 makes pieces that stand already less likely.
        no_repeat_ngram: Never write a run of so many pieces twice; 0 allows it.
        align: Whether to return word positions from attention.
        length_penalty: Power of the length by which a beam's log-probability is
            divided; above 1 favors long outputs, 1 compares means per piece.
        min_pieces: Pieces an output must have before it may end, 1 or more.
        max_pieces: Pieces at which an output is cut (and marked ``truncated``);
            None for twice the input and some.
    """

    beam_size: int = 4
    hypotheses: int = 1
    repetition_penalty: float = 1.0
    no_repeat_ngram: int = 0
    align: bool = False
    length_penalty: float = 1.0
    min_pieces: int = 1
    max_pieces: int | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One hypothesis.

    Args:
        text: What was generated.
        score: Mean log-probability per piece.
        truncated: Whether the input or the output hit a length limit.
        alignment: For each piece of ``text`` the source piece it attends to
            most, as (target, source); empty unless asked for.
        pieces: How many pieces ``text`` and its end took.
    """

    text: str
    score: float = 0.0
    truncated: bool = False
    alignment: tuple[tuple[int, int], ...] = ()
    pieces: int = 0

    @property
    def total(self) -> float:
        """Log-probability of the whole text."""
        return self.score * self.pieces


class Engine(Protocol):
    """Texts in, as many lists of hypotheses out."""

    @property
    def signature(self) -> str:
        """Name what decides the output: engine, version, precision."""
        ...

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of model pieces of each text."""
        ...

    @property
    def max_length(self) -> int:
        """Return how many pieces a text may have."""
        ...

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        """Return the hypotheses of each text, best first."""
        ...
