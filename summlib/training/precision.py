"""What int8 costs: the same lines through CTranslate2 int8 and transformers in full precision.

Both get the prepared line as it is, without stand-ins, hints or checks, so that
the figures differ by the arithmetic alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summlib.errors import InputError
from summlib.records import Score
from summlib.scores.bleu import bleu
from summlib.text.prepare import prepare
from summlib.training.development import Lines
from summlib.training.vocabulary import load_processor

MOST_PIECES = 256
BATCH = 16


@dataclass(frozen=True)
class Precision:
    """Figures of one set.

    Args:
        name: The set.
        int8: BLEU of CTranslate2.
        full: BLEU of transformers, float32.
        equal: Lines that came out the same.
        lines: Lines in all.
    """

    name: str
    int8: Score
    full: Score
    equal: int
    lines: int

    def __str__(self) -> str:
        return (
            f"{self.name}: int8 {self.int8.value:.2f}, float32 {self.full.value:.2f} BLEU, "
            f"difference {self.int8.value - self.full.value:+.2f}; "
            f"{self.equal} of {self.lines} lines equal"
        )


def compare(
    model: Path, name: str, lines: Lines, *, beam_size: int = 4, threads: int = 1
) -> Precision:
    """Translate lines both ways and score them.

    Args:
        model: Folder with both forms of a model.
        name: Of the set.
        lines: Sources and references.
        beam_size: Hypotheses kept.
        threads: Cores to use.

    Raises:
        InputError: A form of the model is missing.
    """
    for needed in ("model.safetensors", "ct2/model.bin"):
        if not (model / needed).is_file():
            raise InputError(f"{model / needed} is missing; both forms are compared")
    prepared = [prepare(source) for source in lines.sources]
    quick = decode_ct2(model, prepared, beam_size=beam_size, threads=threads)
    slow = decode_transformers(model, prepared, beam_size=beam_size, threads=threads)
    return Precision(
        name=name,
        int8=bleu(quick, lines.references),
        full=bleu(slow, lines.references),
        equal=sum(a == b for a, b in zip(quick, slow, strict=True)),
        lines=len(prepared),
    )


def decode_ct2(
    model: Path, texts: Sequence[str], *, beam_size: int = 4, threads: int = 1
) -> list[str]:
    """Translate with CTranslate2 in the precision that its folder has."""
    import ctranslate2

    processor: Any = load_processor(model)
    translator = ctranslate2.Translator(str(model / "ct2"), intra_threads=threads)
    rows = [[*processor.encode(text, out_type=str), "</s>"] for text in texts]
    results = translator.translate_batch(
        rows, beam_size=beam_size, max_decoding_length=MOST_PIECES, max_batch_size=BATCH
    )
    return [processor.decode(result.hypotheses[0]) for result in results]


def decode_transformers(
    model: Path, texts: Sequence[str], *, beam_size: int = 4, threads: int = 1
) -> list[str]:
    """Translate with ``MarianMTModel.generate`` in float32."""
    import torch
    from transformers import MarianMTModel

    from summlib.training.export import without_bars

    torch.set_num_threads(threads)
    processor: Any = load_processor(model)
    with without_bars():
        marian = MarianMTModel.from_pretrained(
            model, dtype=torch.float32, local_files_only=True
        ).eval()
    marian.generation_config.max_length = None
    marian.generation_config.forced_eos_token_id = None  # it would overwrite a piece at the limit
    pad = marian.config.pad_token_id
    found: dict[int, str] = {}
    for places, ids in _batches([[*processor.encode(t), processor.eos_id()] for t in texts], pad):
        batch = torch.tensor(ids)
        with torch.no_grad():
            made = marian.generate(
                input_ids=batch,
                attention_mask=(batch != pad).long(),
                num_beams=beam_size,
                max_new_tokens=MOST_PIECES,
                do_sample=False,
            )
        special = {pad, processor.eos_id()}
        for place, row in zip(places, made.tolist(), strict=True):
            found[place] = processor.decode([i for i in row if i not in special])
    return [found[place] for place in range(len(texts))]


def _batches(rows: list[list[int]], pad: int) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Yield places and padded ids, lines of like length together."""
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]))
    for begin in range(0, len(order), BATCH):
        places = order[begin : begin + BATCH]
        width = max(len(rows[place]) for place in places)
        yield places, [rows[p] + [pad] * (width - len(rows[p])) for p in places]
