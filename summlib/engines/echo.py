"""The deterministic fake: every text is its own and only hypothesis.

Tests and the examples of ``--help`` use it (``--model echo``), because it
needs no weights and shows what everything around an engine does to a text.
"""

from __future__ import annotations

from collections.abc import Sequence

from summlib.engines.base import Options, Output


class EchoEngine:
    """An engine that returns what it is given.

    Its pieces are the words between white space; the alignment, when asked
    for, is the diagonal.

    >>> [outputs[0].text for outputs in EchoEngine().generate(["Guten Tag", ""])]
    ['Guten Tag', '']
    """

    @property
    def signature(self) -> str:
        """Name the engine."""
        return "echo"

    @property
    def max_length(self) -> int:
        """Return a length no sentence reaches."""
        return 1_000_000

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of words of each text."""
        return [len(text.split()) for text in texts]

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        """Return each text as its only hypothesis, with score 0."""
        align = bool(options and options.align)
        return [[Output(text, alignment=_diagonal(text) if align else ())] for text in texts]


def _diagonal(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((n, n) for n in range(len(text.split())))
