"""The list of the pieces that the target language is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from summlib.store import find

pytestmark = pytest.mark.train


def side(*lines: list[int]) -> Any:
    import numpy as np

    from summlib.training.batches import Encoded

    begin = np.cumsum([0, *map(len, lines)])
    return Encoded(np.array([i for line in lines for i in line], dtype=np.uint16), begin)


def test_pieces_are_counted_on_the_target_side_of_all_passes() -> None:
    from summlib.training.batches import Examples
    from summlib.training.vocabulary_map import count_pieces

    passes = [Examples(side([5, 6]), side([1, 1, 0])), Examples(side([6]), side([1, 3]))]
    assert count_pieces(passes, size=5).tolist() == [1, 3, 0, 1, 0]


def test_what_spells_any_word_is_always_listed(tmp_path: Path) -> None:
    import numpy as np

    from summlib.training.vocabulary import load_processor
    from summlib.training.vocabulary_map import FILE, target_pieces, write_vocabulary_map

    processor = load_processor(find("de-en").path)
    size = processor.get_piece_size()
    bare = target_pieces(np.zeros(size, dtype=np.int64), processor)
    assert {"<0x00>", "<0xFF>", "a", "▁a", "7", "▁"} <= set(bare)
    assert "ung" not in bare
    counts = np.full(size, 3)
    assert len(target_pieces(counts, processor)) == size
    write_vocabulary_map(bare, tmp_path)
    line = (tmp_path / FILE).read_text(encoding="utf-8")
    assert line.startswith("\t")
    assert line.removeprefix("\t").split() == bare
