"""Name the pieces that the target language is made of, so that only they are scored.

Of a joint vocabulary two fifths never stand in an English line. CTranslate2
scores the pieces alone that ``vmap.txt`` lists: a third more words a second at
beam 4 and no German left over. The list is one for all texts: lists by source
word (the shortlists of Jean et al. 2015) are quicker still, but CTranslate2
joins those of a batch, and a translation would depend on its neighbours.

A rewriter copies: of its passage it may use every piece, and besides those the
few that any sentence is held together with. So its list is one by source piece,
and a passage is decoded alone. Of 91 German sentences 63 instead of 35 had then no
word that their source lacks, in two fifths of the processor time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import sentencepiece

from summlib.training.batches import Examples

FILE = "vmap.txt"

COMMON = 250
"""Pieces, the commonest of the target side, that a rewriter may use whatever its passage holds."""

LEAST_COUNT = 3
"""Occurrences on the target side below which a piece is chance, a German title for instance."""


def count_pieces(passes: Iterable[Examples], *, size: int) -> np.ndarray:
    """Return how often each id ``(size,)`` stands on the target side."""
    counts = np.zeros(size, dtype=np.int64)
    for examples in passes:
        counts += np.bincount(examples.target.ids.astype(np.int64), minlength=size)
    return counts


def target_pieces(counts: np.ndarray, processor: sentencepiece.SentencePieceProcessor) -> list[str]:
    """Return the pieces in use; single characters and bytes are always among them."""
    chosen = []
    for i in range(processor.get_piece_size()):
        piece = processor.id_to_piece(i)
        spells = processor.is_byte(i) or len(piece.removeprefix("▁")) <= 1
        if spells or counts[i] >= LEAST_COUNT:
            chosen.append(piece)
    return chosen


def write_vocabulary_map(pieces: Iterable[str], folder: Path) -> None:
    """Write ``vmap.txt`` into the CTranslate2 model of ``folder``: pieces allowed for any text."""
    (folder / FILE).write_text("\t" + " ".join(pieces) + "\n", encoding="utf-8")


def read_vocabulary_map(folder: Path) -> list[str]:
    """Return the pieces that ``write_vocabulary_map`` wrote; none where it has not."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else [""]
    return lines[0].removeprefix("\t").split(" ") if lines[0].startswith("\t") else []


def copied_pieces(
    counts: np.ndarray, processor: sentencepiece.SentencePieceProcessor
) -> dict[str, list[str]]:
    """Return what each piece of a passage allows a rewriter to write; ``""`` stands for any.

    A piece allows itself, and itself with a capital or without: a word moves to
    the start of a sentence and away from it.

    Args:
        counts: How often each id stands on the target side.
        processor: Names the pieces.
    """
    size = processor.get_piece_size()
    pieces = [processor.id_to_piece(i) for i in range(size)]
    common = {pieces[i] for i in np.argsort(-counts[:size], kind="stable")[:COMMON]}
    known = frozenset(pieces)
    allowed: dict[str, list[str]] = {"": sorted(common)}
    for piece in pieces:
        forms = {piece, _turned(piece)} & known - common
        if forms:
            allowed[piece] = sorted(forms)
    return allowed


def _turned(piece: str) -> str:
    """Return a piece with a capital where it has none, and the reverse."""
    mark = "▁" if piece.startswith("▁") else ""
    first, rest = piece[len(mark) : len(mark) + 1], piece[len(mark) + 1 :]
    other = first.swapcase()
    return mark + (other if len(other) == 1 else first) + rest  # ß would become two letters


def write_copying_map(allowed: Mapping[str, list[str]], folder: Path) -> None:
    """Write ``vmap.txt`` into the CTranslate2 model of ``folder``: what each piece allows."""
    lines = (f"{source}\t{' '.join(targets)}\n" for source, targets in allowed.items())
    (folder / FILE).write_text("".join(lines), encoding="utf-8")
