"""The joint vocabulary: one SentencePiece model for both languages.

Unigram pieces (Kudo 2018) with byte fallback, so that no character is
unknown, and split digits, so that numbers are copied and not invented.
Marian's convention holds: ``</s>`` is 0, ``<unk>`` is 1 and ``<pad>``, which
also starts the decoder, is the last id. The tags stand right before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

TAGS = ("⟪", "⟫", "⟨de⟩", "⟨en⟩", "⟨title⟩", "⟨sentence⟩", "⟨mask⟩", "⟨long⟩")
"""Pieces with a meaning of their own: a hint's two ends, languages, the rewriter's marks."""

PAD = "<pad>"


def train_vocabulary(lines: Iterable[str], out: Path, *, size: int, threads: int = 2) -> None:
    """Learn the pieces and write ``spm.model`` and ``vocab.json`` into ``out``.

    Args:
        lines: Text of both languages, prepared as the model will see it.
        out: Folder to write to.
        size: Number of ids, the pad included.
        threads: Threads to learn with.
    """
    out.mkdir(parents=True, exist_ok=True)
    sentencepiece.SentencePieceTrainer.Train(
        sentence_iterator=iter(lines),
        model_prefix=str(out / "spm"),
        model_type="unigram",
        vocab_size=size - 1,
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        user_defined_symbols=list(TAGS),
        eos_id=0,
        unk_id=1,
        bos_id=-1,
        pad_id=-1,
        num_threads=threads,
        minloglevel=1,
    )
    write_marian_vocabulary(out)


def write_marian_vocabulary(out: Path) -> None:
    """Write ``vocab.json``, piece to id with ``<pad>`` last, from ``spm.model``."""
    pieces = load_pieces(out)
    vocabulary = {piece: i for i, piece in enumerate([*pieces, PAD])}
    (out / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False, indent=0))


def load_pieces(folder: Path) -> list[str]:
    """Return the pieces of ``spm.model`` in the order of their ids."""
    processor = load_processor(folder)
    return [processor.id_to_piece(i) for i in range(processor.get_piece_size())]


def load_processor(folder: Path) -> sentencepiece.SentencePieceProcessor:
    """Open ``spm.model``."""
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "spm.model"))
