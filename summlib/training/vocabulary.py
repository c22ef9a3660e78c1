"""The joint vocabulary: one SentencePiece model for both languages.

Unigram pieces (Kudo 2018) with byte fallback, so that no character is
unknown, and split digits, so that numbers are copied and not invented.
Marian's convention holds: ``</s>`` is 0, ``<unk>`` is 1 and ``<pad>``, which
also starts the decoder, is the last id. The tags stand right before it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import sentencepiece

from summlib.errors import InputError
from summlib.text.prepare import plain, prepare
from summlib.training.corpus import Pair, open_text

TAGS = ("⟪", "⟫", "⟨de⟩", "⟨en⟩", "⟨title⟩", "⟨sentence⟩", "⟨mask⟩", "⟨long⟩")
"""Pieces with a meaning of their own: a hint's two ends, languages, the rewriter's marks."""

PAD = "<pad>"

PAIR_SHARE = 0.8
LONGEST = 1500
"""Characters of a paragraph; longer ones are mostly lists and tables."""


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
    """Open ``spm.model``, or the ``source.spm`` of a folder in transformers' format.

    Raises:
        InputError: The folder has neither.
    """
    for name in ("spm.model", "source.spm"):
        if (folder / name).is_file():
            return sentencepiece.SentencePieceProcessor(model_file=str(folder / name))
    raise InputError(f"{folder} holds neither spm.model nor source.spm")


def sample_lines(
    pairs: Iterable[Pair], texts: Iterable[Path], *, seed: int, paragraphs: int = 30_000
) -> Iterator[str]:
    """Yield the text that the pieces are learnt from, as the model will see it.

    Four pairs in five, and from each text every third paragraph, so that more
    articles have a say.

    Args:
        pairs: The lines of one pass.
        texts: Files of German prose, a paragraph a line.
        seed: Seed of the choice.
        paragraphs: Most paragraphs taken from each text.
    """
    rng = random.Random(f"{seed}:vocabulary")
    for pair in pairs:
        if rng.random() < PAIR_SHARE:
            yield prepare(pair.source)
            yield plain(pair.target)
    for path in texts:
        with open_text(path) as lines:
            for line in islice(lines, 0, 3 * paragraphs, 3):
                if len(line) < LONGEST:
                    yield prepare(line)
