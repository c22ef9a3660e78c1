"""Name the pieces that the target language is made of, so that only they are scored.

Of a joint vocabulary two fifths never stand in an English line. CTranslate2
scores the pieces alone that ``vmap.txt`` lists: a third more words a second at
beam 4 and no German left over. The list is one for all texts: lists by source
word (the shortlists of Jean et al. 2015) are quicker still, but CTranslate2
joins those of a batch, and a translation would depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import sentencepiece

from summlib.training.batches import Examples

FILE = "vmap.txt"

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
