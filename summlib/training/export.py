"""Write a trained network in the two forms that stand in ``models/NAME``.

``model.safetensors`` with ``config.json`` and the tokenizer files is what
``transformers.MarianMTModel.from_pretrained`` loads (fp16); ``ct2/`` is the
same network for CTranslate2 (int8), which is what summlib runs.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from summlib.engines.quantization import without_overflow
from summlib.training.marian import to_marian
from summlib.training.recipe import Shape
from summlib.training.vocabulary import PAD

MAX_LENGTH = 512


def export(
    weights: dict[str, Tensor],
    vocabulary: Path,
    out: Path,
    *,
    shape: Shape,
    languages: Sequence[str] = ("de", "en"),
    quantization: str = "int8_float32",
) -> None:
    """Write both forms of a network.

    Args:
        weights: The network's parameters by name.
        vocabulary: Folder with ``spm.model`` and ``vocab.json``.
        out: The model's folder.
        shape: Size of the network.
        languages: Source and target.
        quantization: Of the CTranslate2 form.
    """
    write_transformers(weights, vocabulary, out, shape=shape, languages=languages)
    write_ct2(out, out / "ct2", quantization=quantization)


def write_transformers(
    weights: dict[str, Tensor],
    vocabulary: Path,
    out: Path,
    *,
    shape: Shape,
    languages: Sequence[str] = ("de", "en"),
) -> None:
    """Write what ``MarianMTModel.from_pretrained(out)`` loads."""
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    halves = {k: v.to(torch.float16).contiguous() for k, v in to_marian(weights).items()}
    # CTranslate2 starts the decoder from zeros whatever the pad's row holds; so shall this form.
    halves["model.shared.weight"][-1].zero_()
    save_file(halves, str(out / "model.safetensors"), metadata={"format": "pt"})
    size = halves["model.shared.weight"].shape[0]
    _write_json(out / "config.json", _config(shape, size))
    _write_json(out / "generation_config.json", _generation(size))
    _write_json(out / "tokenizer_config.json", _tokenizer(languages))
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(vocabulary / "spm.model", out / name)
    shutil.copyfile(vocabulary / "vocab.json", out / "vocab.json")


def _write_json(path: Path, table: dict[str, Any]) -> None:
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _config(shape: Shape, size: int) -> dict[str, Any]:
    return {
        "architectures": ["MarianMTModel"],
        "model_type": "marian",
        "vocab_size": size,
        "decoder_vocab_size": size,
        "d_model": shape.d_model,
        "encoder_layers": shape.encoder_layers,
        "decoder_layers": shape.decoder_layers,
        "encoder_attention_heads": shape.heads,
        "decoder_attention_heads": shape.heads,
        "encoder_ffn_dim": shape.d_ffn,
        "decoder_ffn_dim": shape.d_ffn,
        "max_position_embeddings": shape.positions,
        "activation_function": "relu",
        "dropout": 0.1,
        "scale_embedding": True,
        "static_position_embeddings": True,
        "share_encoder_decoder_embeddings": True,
        "tie_word_embeddings": True,
        # Converters read these three, and fresh configurations lack them.
        "normalize_before": False,
        "normalize_embedding": False,
        "add_final_layer_norm": False,
        "is_encoder_decoder": True,
        "dtype": "float16",
        **_special(size),
    }


def _special(size: int) -> dict[str, Any]:
    return {
        "bos_token_id": 0,
        "eos_token_id": 0,
        "pad_token_id": size - 1,
        "decoder_start_token_id": size - 1,
        "forced_eos_token_id": 0,
    }


def _generation(size: int) -> dict[str, Any]:
    return {
        **_special(size),
        "max_length": MAX_LENGTH,
        "num_beams": 4,
        "bad_words_ids": [[size - 1]],
    }


def _tokenizer(languages: Sequence[str]) -> dict[str, Any]:
    return {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": languages[0],
        "target_lang": languages[1],
        "separate_vocabs": False,
        "model_max_length": MAX_LENGTH,
        "eos_token": "</s>",
        "unk_token": "<unk>",
        "pad_token": PAD,
    }


def write_ct2(model: Path, out: Path, *, quantization: str) -> None:
    """Convert a transformers folder for CTranslate2."""
    import ctranslate2

    converter = ctranslate2.converters.TransformersConverter(str(model))
    with without_bars(), without_overflow(ctranslate2.specs.model_spec):
        converter.convert(str(out), quantization=quantization, force=True)
    shutil.copyfile(model / "source.spm", out / "spm.model")


@contextmanager
def without_bars() -> Iterator[None]:
    """Keep the progress bars of transformers off standard error for a while."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()
