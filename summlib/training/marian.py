"""Weights between this package's network and transformers' Marian, both ways.

The network keeps query, key and value in one matrix; Marian keeps three.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor

from summlib.training.vocabulary import load_pieces, load_processor

_PLAIN = {
    "attention.out": "self_attn.out_proj",
    "attention_norm": "self_attn_layer_norm",
    "across.q": "encoder_attn.q_proj",
    "across.out": "encoder_attn.out_proj",
    "across_norm": "encoder_attn_layer_norm",
    "up": "fc1",
    "down": "fc2",
    "norm": "final_layer_norm",
}
_JOINED = {
    "attention.qkv": ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"],
    "across.kv": ["encoder_attn.k_proj", "encoder_attn.v_proj"],
}


def _split_name(name: str) -> tuple[str, str, str]:
    """Split ``encoder.3.attention.qkv.weight`` into stack and place, part, and leaf."""
    stack, number, rest = name.split(".", 2)
    part, leaf = rest.rsplit(".", 1)
    return f"model.{stack}.layers.{number}", part, leaf


def to_marian(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Rename and split the network's weights into Marian's."""
    out = {}
    for name, tensor in weights.items():
        if name == "embedding.weight":
            out["model.shared.weight"] = tensor
            continue
        prefix, part, leaf = _split_name(name)
        marian = _JOINED.get(part) or [_PLAIN[part]]
        for piece, chunk in zip(marian, tensor.chunk(len(marian)), strict=True):
            out[f"{prefix}.{piece}.{leaf}"] = chunk.clone()
    size = out["model.shared.weight"].shape[0]
    out["final_logits_bias"] = torch.zeros(1, size)
    return out


def from_marian(state: dict[str, Tensor], names: list[str]) -> dict[str, Tensor]:
    """Join Marian's weights into the network's.

    Args:
        state: Marian's state dict.
        names: The network's parameter names.
    """
    out = {"embedding.weight": state["model.shared.weight"].float()}
    for name in names:
        if name in out:
            continue
        prefix, part, leaf = _split_name(name)
        marian = _JOINED.get(part) or [_PLAIN[part]]
        out[name] = torch.cat([state[f"{prefix}.{piece}.{leaf}"].float() for piece in marian])
    return out


def transplant_embeddings(old: Tensor, old_folder: Path, new_folder: Path) -> Tensor:
    """Give a new vocabulary the embeddings that an old one has learned.

    A piece that both share keeps its row; another one gets the mean of the
    rows of the old pieces that spell it; the pad's row is zero.

    Args:
        old: Embeddings ``(old vocabulary, dim)``.
        old_folder: Holds the old ``spm.model``.
        new_folder: Holds the new ``spm.model``.
    """
    processor = load_processor(old_folder)
    place = {piece: i for i, piece in enumerate(load_pieces(old_folder))}
    rows = []
    for piece in load_pieces(new_folder):
        # The processor puts a word mark before what it encodes; drop it where there was none.
        ids = [place[piece]] if piece in place else processor.encode(piece.replace("▁", " "))
        if len(ids) > 1 and not piece.startswith("▁") and processor.id_to_piece(ids[0]) == "▁":
            ids = ids[1:]
        rows.append(old[ids].mean(dim=0))
    return torch.stack([*rows, torch.zeros_like(rows[0])])
