"""The quick engine: CTranslate2, int8 on a CPU."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summlib.engines.base import Options, Output
from summlib.errors import EngineError, ModelDamaged, OutOfMemory

MAX_INPUT = 192
"""Pieces of the longest line in training, with some room: beyond it quality falls
long before the position table (512) ends."""

BATCH_TOKENS = 2048
"""Padded pieces of a batch; larger ones gain nothing on two cores and take memory."""


class Ct2Engine:
    """A CTranslate2 model with its SentencePiece vocabulary.

    Args:
        folder: Holds ``model.bin``, its vocabulary and ``spm.model``.
        threads: Cores to use, 1 or more.
        device: ``cpu`` or ``cuda``.
    """

    def __init__(self, folder: str | Path, *, threads: int = 1, device: str = "cpu") -> None:
        self.folder, self.threads, self.device = Path(folder), threads, device
        self._lock = threading.Lock()
        self._model: Any = None
        self._pieces: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "threads": self.threads, "device": self.device}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    @property
    def signature(self) -> str:
        """Name engine, version and precision."""
        import ctranslate2

        return f"ct2-{ctranslate2.__version__}|int8"

    @property
    def max_length(self) -> int:
        """Return how many pieces a text may have."""
        return MAX_INPUT

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._model is None:
                self._pieces = _open_pieces(self.folder / "spm.model")
                self._model = _open_model(self.folder, self.threads, self.device)
        return self._model, self._pieces

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of pieces of each text."""
        _, pieces = self._load()
        return [len(ids) + 1 for ids in pieces.encode(_encodable(texts))]

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
        model, pieces = self._load()
        rows = pieces.encode(_encodable([texts[i] for i in wanted]), out_type=str)
        cut = [len(row) + 1 > MAX_INPUT for row in rows]
        batch = [[*row[: MAX_INPUT - 1], "</s>"] for row in rows]
        for i, was_cut, result in zip(wanted, cut, _run(model, batch, options), strict=True):
            outputs[i] = [
                _output(pieces, result, n, was_cut) for n in range(len(result.hypotheses))
            ]
        return outputs


def _encodable(texts: Sequence[str]) -> list[str]:
    """Replace lone surrogates, which SentencePiece refuses with a whole batch."""
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]


def _open_pieces(path: Path) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelDamaged(f"{path} cannot be read as a SentencePiece model: {error}") from error


def _open_model(folder: Path, threads: int, device: str) -> Any:
    import ctranslate2

    try:
        return ctranslate2.Translator(
            str(folder),
            device=device,
            compute_type="int8" if device == "cpu" else "int8_float16",
            inter_threads=1,
            intra_threads=threads,
        )
    except (RuntimeError, ValueError) as error:
        raise ModelDamaged(f"{folder} cannot be loaded by CTranslate2: {error}") from error


def _run(model: Any, batch: list[list[str]], options: Options) -> list[Any]:
    longest = max(len(row) for row in batch)
    try:
        results: list[Any] = model.translate_batch(
            batch,
            beam_size=options.beam_size,
            num_hypotheses=min(options.hypotheses, options.beam_size),
            repetition_penalty=options.repetition_penalty,
            no_repeat_ngram_size=options.no_repeat_ngram,
            max_decoding_length=2 * longest + 20,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            return_scores=True,
            return_attention=options.align,
        )
    except MemoryError as error:
        raise OutOfMemory(f"no memory for {len(batch)} texts; use smaller batches") from error
    except RuntimeError as error:
        raise EngineError(f"CTranslate2 failed on {len(batch)} texts: {error}") from error
    return results


def _output(pieces: Any, result: Any, n: int, was_cut: bool) -> Output:
    hypothesis = result.hypotheses[n]
    attention = result.attention[n] if result.attention else []
    alignment = tuple(
        (t, max(range(len(row)), key=row.__getitem__)) for t, row in enumerate(attention)
    )
    # Scores come normalised by length, since the default length penalty is 1.
    score = float(result.scores[n]) if result.scores else 0.0
    return Output(pieces.decode(hypothesis), score, was_cut, alignment)
