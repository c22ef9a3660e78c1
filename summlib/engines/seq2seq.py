"""What the engines of Hub models share: feeding, limits, and order.

An engine knows only how to decode rows of pieces; this module makes the rows,
keeps each within the model's window, and gives every text a limit of its own,
so that an output never depends on the company it was generated in.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from summlib.engines.base import Options, Output
from summlib.engines.pieces import MarianPieces, Pieces, encodable
from summlib.engines.plans import Plan
from summlib.errors import InputError

BATCH_PIECES = 2048
"""Padded pieces of a batch; larger ones gain nothing on two cores and take memory."""

STEP = 64
"""Limits are multiples of it, so that texts of like length share a batch."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """One hypothesis as an engine decodes it.

    Args:
        pieces: Without those that the output was made to begin with and the end.
        score: Mean log-probability per piece.
        finished: Whether the model ended it by itself.
        attention: For each piece the input piece it attends to most.
    """

    pieces: list[str]
    score: float
    finished: bool
    attention: tuple[int, ...] = ()


class Seq2SeqEngine(ABC):
    """An engine over a Hub model.

    Args:
        plan: The model and how it is fed.
        threads: Cores to use, 1 or more.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
    """

    def __init__(self, plan: Plan, *, threads: int = 1, device: str = "cpu") -> None:
        self.plan, self.threads, self.device = plan, threads, device
        self._lock = threading.RLock()
        self._model: Any = None
        self._pieces: Pieces | None = None

    def __getstate__(self) -> dict[str, Any]:
        # Weights and locks stay behind: a process that gets the pickle opens its own.
        return {**self.__dict__, "_lock": None, "_model": None, "_pieces": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.RLock())

    @property
    @abstractmethod
    def signature(self) -> str:
        """Name engine, version and precision."""

    @property
    def max_length(self) -> int:
        """Return how many pieces a text may have, prompt and special ones included."""
        return self.plan.window

    @property
    def pieces(self) -> Pieces:
        """The vocabulary, opened at first use."""
        with self._lock:
            if self._pieces is None:
                self._pieces = self._open_pieces()
            return self._pieces

    def _open_pieces(self) -> Pieces:
        plan = self.plan
        if plan.checkpoint.family.source == "tag":
            return MarianPieces(plan.checkpoint.folder, tag=plan.source_tag)
        # What Marian models do not need is not imported for them.
        from summlib.engines.loading import HubPieces

        pieces = HubPieces(plan.checkpoint, source_code=plan.source_code)
        if plan.target_token and not pieces.knows(plan.target_token):
            raise InputError(
                f"{plan.checkpoint.folder.name} does not know the language {plan.target_token!r}"
            )
        return pieces

    @property
    def forced(self) -> str:
        """The piece that every output begins with, empty for none."""
        if self.plan.target_token:
            return self.plan.target_token
        settings = self.plan.checkpoint.prescribed(self.plan.task, source_lang="", target_lang="")
        number = settings.get("forced_bos_token_id")
        return "" if number is None else self.pieces.piece(int(number))

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of pieces of each text, prompt and special ones included."""
        return [len(row) for row in self._rows(texts)] if texts else []

    def _rows(self, texts: Sequence[str]) -> list[list[str]]:
        return self.pieces.encode([self.plan.prompt + text for text in encodable(texts)])

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        """Return the hypotheses of each text, best first.

        Raises:
            ModelDamaged: The model's files cannot be loaded.
            OutOfMemory: The batch does not fit in memory.
            EngineError: Generation failed for another reason.
        """
        options = options or Options()
        outputs: list[list[Output]] = [[Output("")] for _ in texts]
        wanted = [i for i, text in enumerate(texts) if text.strip()]
        if not wanted:
            return outputs
        rows = dict(zip(wanted, self._rows([texts[i] for i in wanted]), strict=True))
        cut = {i for i, row in rows.items() if len(row) > self.plan.window}
        rows.update({i: [*rows[i][: self.plan.window - 1], rows[i][-1]] for i in cut})
        for limit, members in self._by_limit(rows, options).items():
            decoded = self._decode([rows[i] for i in members], limit, options)
            for i, hypotheses in zip(members, decoded, strict=True):
                outputs[i] = [self._output(d, i in cut) for d in hypotheses]
        return outputs

    def _by_limit(self, rows: dict[int, list[str]], options: Options) -> dict[int, list[int]]:
        """Group texts by the number of pieces their output may have."""
        longest = self.plan.checkpoint.output_window - 2  # the start and a forced first piece
        groups = defaultdict(list)
        for i, row in rows.items():
            wish = options.max_pieces or -(-(2 * len(row) + 20) // STEP) * STEP
            groups[max(1, min(wish, longest))].append(i)
        return groups

    def _output(self, decoded: Decoded, cut: bool) -> Output:
        text = self.pieces.decode(decoded.pieces)
        alignment = tuple(enumerate(decoded.attention))
        size = len(decoded.pieces) + decoded.finished
        return Output(text, decoded.score, cut or not decoded.finished, alignment, size)

    @abstractmethod
    def _decode(self, rows: list[list[str]], limit: int, options: Options) -> list[list[Decoded]]:
        """Decode rows of pieces, at most ``limit`` pieces each, best hypothesis first."""
