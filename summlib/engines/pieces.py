"""Text to the model's pieces and back, for models that need SentencePiece alone.

Marian checkpoints carry two SentencePiece models, one a side, and say in
``vocab.json`` which piece has which number. Reading them directly saves the
seconds and the memory that transformers takes to do the same.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from summlib.errors import ModelDamaged, OutOfMemory

END, UNKNOWN = "</s>", "<unk>"


class Pieces(Protocol):
    """What an engine asks of a vocabulary."""

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the pieces of each text, those included that begin and end an input."""
        ...

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """Return the numbers of the pieces."""
        ...

    def piece(self, number: int) -> str:
        """Return the piece of a number."""
        ...

    def knows(self, piece: str) -> bool:
        """Tell whether the vocabulary has the piece."""
        ...

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces, special ones left out."""
        ...


class MarianPieces:
    """The vocabulary of a Marian checkpoint.

    Args:
        folder: Holds ``source.spm``, ``target.spm`` and ``vocab.json``.
        tag: A piece that stands before those of each text, such as ``>>eng<<``.

    Raises:
        ModelDamaged: A file is missing or cannot be read.
    """

    def __init__(self, folder: Path, *, tag: str = "") -> None:
        self._source = open_sentencepiece(folder / "source.spm")
        self._target = open_sentencepiece(folder / "target.spm")
        self._ids = _numbers(folder / "vocab.json")
        target = folder / "target_vocab.json"
        written = _numbers(target) if target.is_file() else self._ids
        self._pieces = {number: piece for piece, number in written.items()}
        self._special = {END, UNKNOWN, "<pad>", "<s>"}
        self._prefix = [tag] if tag else []

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the pieces of each text, the tag before and the end behind them."""
        rows = self._source.encode(list(texts), out_type=str)
        return [[*self._prefix, *row, END] for row in rows]

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """Return the numbers of the pieces, that of the unknown one where there is none."""
        unknown = self._ids[UNKNOWN]
        return [self._ids.get(piece, unknown) for piece in pieces]

    def piece(self, number: int) -> str:
        """Return the piece of a number on the target side."""
        return self._pieces.get(number, UNKNOWN)

    def knows(self, piece: str) -> bool:
        """Tell whether the vocabulary has the piece."""
        return piece in self._ids

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces, special ones left out."""
        kept = [p for p in pieces if p not in self._special and not p.startswith(">>")]
        # Pieces that the vocabulary has and the model has not come back as they are.
        return str(self._target.decode(kept)).replace("▁", " ").strip()


def _numbers(path: Path) -> dict[str, int]:
    try:
        numbers: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
        if numbers[UNKNOWN] < 0:
            raise ValueError(f"{UNKNOWN} has no number")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelDamaged(f"{path} cannot be read as a vocabulary: {error!r}") from error
    return numbers


def open_sentencepiece(path: Path) -> Any:
    """Open a SentencePiece model.

    Raises:
        ModelDamaged: The file is missing or no such model.
        OutOfMemory: It does not fit in memory.
    """
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except MemoryError as error:
        raise OutOfMemory(f"no memory to load {path}; free some, or use fewer jobs") from error
    except (OSError, RuntimeError) as error:
        raise ModelDamaged(f"{path} cannot be read as a SentencePiece model: {error}") from error


def encodable(texts: Sequence[str]) -> list[str]:
    """Replace lone surrogates, which SentencePiece refuses with a whole batch.

    >>> encodable(["Tag", "a\\ud800b"])
    ['Tag', 'a?b']
    """
    return [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
