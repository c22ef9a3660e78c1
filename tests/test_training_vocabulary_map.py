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


def test_a_rewriter_may_write_what_its_passage_holds_and_what_is_common(tmp_path: Path) -> None:
    import numpy as np

    from summlib.training.vocabulary import load_processor
    from summlib.training.vocabulary_map import COMMON, FILE, copied_pieces, write_copying_map

    processor = load_processor(find("de-en").path)
    counts = np.zeros(processor.get_piece_size(), dtype=np.int64)
    counts[processor.piece_to_id("▁der")] = 7
    allowed = copied_pieces(counts, processor)
    assert "▁der" in allowed[""]
    assert len(allowed[""]) == COMMON
    known = {processor.id_to_piece(i) for i in range(processor.get_piece_size())}
    for piece, forms in allowed.items():
        assert known.issuperset(forms)
        assert not piece or {form.lower() for form in forms} == {piece.lower()}
        assert piece in (*forms, "") or piece in allowed[""]
    write_copying_map(allowed, tmp_path)
    lines = (tmp_path / FILE).read_text(encoding="utf-8").splitlines()
    assert [line.partition("\t")[0] for line in lines] == list(allowed)


def test_the_quick_engine_keeps_to_the_list(tmp_path: Path) -> None:
    """A model of no training at all can still write nothing but pieces of its passage."""
    pytest.importorskip("torch")
    import torch

    from summlib.engines.ct2 import Ct2Engine
    from summlib.training.export import export
    from summlib.training.model import Network
    from summlib.training.recipe import Shape
    from summlib.training.vocabulary import load_processor
    from summlib.training.vocabulary_map import write_copying_map

    torch.manual_seed(1)
    shape = Shape(d_model=32, d_ffn=32, heads=2, encoder_layers=1, decoder_layers=1)
    processor = load_processor(find("de-en").path)
    vocabulary = tmp_path / "vocab"
    vocabulary.mkdir()
    for name, source in (("spm.model", "source.spm"), ("vocab.json", "vocab.json")):
        (vocabulary / name).write_bytes((find("de-en").path / source).read_bytes())
    network = Network(shape, processor.get_piece_size() + 1)
    export(dict(network.named_parameters()), vocabulary, tmp_path / "model", shape=shape)
    text = "Der Rat baut eine neue Brücke."
    own = processor.encode(text, out_type=str)
    write_copying_map({"": ["</s>"], **{piece: [piece] for piece in own}}, tmp_path / "model/ct2")
    said = Ct2Engine(tmp_path / "model" / "ct2").generate([text])[0][0].text
    assert said
    assert set(processor.encode(said, out_type=str)) <= set(own)
