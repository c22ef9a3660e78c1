"""The network: a Marian-shaped transformer, written for speed on a CPU.

Same arithmetic as ``transformers.MarianMTModel`` (Vaswani et al. 2017 with
layer norm after the residual, sinusoidal positions, tied embeddings), with
query, key and value in one matrix and the loss fused with the output layer.
``export.py`` turns its weights into the shape that transformers loads.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from summlib.training.loss import fused_cross_entropy
from summlib.training.recipe import Shape


def sinusoids(positions: int, dim: int) -> Tensor:
    """Return the position table ``(positions, dim)``: sines first, then cosines."""
    angle = torch.arange(positions)[:, None] / 10000 ** (2 * torch.arange(dim // 2)[None] / dim)
    return torch.cat([angle.sin(), angle.cos()], dim=1)


class Attention(nn.Module):
    """Multi-head attention by plain products: quicker than SDPA for short rows on a CPU."""

    def __init__(self, dim: int, heads: int, *, across: bool = False) -> None:
        super().__init__()
        self.heads = heads
        if across:
            self.q = nn.Linear(dim, dim)
            self.kv = nn.Linear(dim, 2 * dim)
        else:
            self.qkv = nn.Linear(dim, 3 * dim)
        self.across = across
        self.out = nn.Linear(dim, dim)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> Tensor:
        """Attend from ``x (batch, target, dim)`` to ``memory (batch, source, dim)``.

        Args:
            x: Queries.
            memory: Keys and values; ``x`` itself for self-attention.
            mask: Added to the scores, broadcast to ``(batch, heads, target, source)``.
        """
        if self.across:
            q, (k, v) = self.q(x), self.kv(memory).chunk(2, dim=-1)
        else:
            q, k, v = self.qkv(x).chunk(3, dim=-1)
        q, k, v = (self._split(t) for t in (q, k, v))
        scores = torch.matmul(q * (q.shape[-1] ** -0.5), k.transpose(2, 3)) + mask
        mixed = torch.matmul(scores.softmax(dim=-1), v)
        out: Tensor = self.out(mixed.transpose(1, 2).flatten(2))
        return out

    def _split(self, x: Tensor) -> Tensor:
        batch, time, dim = x.shape
        return x.view(batch, time, self.heads, dim // self.heads).transpose(1, 2)


class Layer(nn.Module):
    """One encoder layer, or with ``across`` one decoder layer."""

    def __init__(self, shape: Shape, *, across: bool, dropout: float) -> None:
        super().__init__()
        dim = shape.d_model
        self.attention = Attention(dim, shape.heads)
        self.attention_norm = nn.LayerNorm(dim)
        self.across = Attention(dim, shape.heads, across=True) if across else None
        self.across_norm = nn.LayerNorm(dim) if across else None
        self.up = nn.Linear(dim, shape.d_ffn)
        self.down = nn.Linear(shape.d_ffn, dim)
        self.norm = nn.LayerNorm(dim)
        self.dropout = dropout

    def forward(
        self,
        x: Tensor,
        mask: Tensor,
        memory: Tensor | None = None,
        memory_mask: Tensor | None = None,
    ) -> Tensor:
        """Map ``x (batch, time, dim)`` to the same shape."""
        x = self.attention_norm(x + self._drop(self.attention(x, x, mask)))
        if self.across is not None and self.across_norm is not None:
            x = self.across_norm(x + self._drop(self.across(x, memory, memory_mask)))
        inner = self._drop(F.relu(self.up(x)))
        out: Tensor = self.norm(x + self._drop(self.down(inner)))
        return out

    def _drop(self, x: Tensor) -> Tensor:
        return F.dropout(x, self.dropout, self.training) if self.dropout else x


class Network(nn.Module):
    """Encoder, decoder and the loss over the tied output layer.

    Args:
        shape: Size of the network.
        vocabulary: Number of pieces, the pad (last id) included.
        dropout: 0 to 1.
        frozen: Encoder layers from the first that learn nothing, nor the embeddings through
            them; no gradient is computed there.
    """

    def __init__(
        self, shape: Shape, vocabulary: int, *, dropout: float = 0.0, frozen: int = 0
    ) -> None:
        super().__init__()
        self.shape, self.pad, self.frozen = shape, vocabulary - 1, frozen
        self.embedding = nn.Embedding(vocabulary, shape.d_model)
        self.encoder = nn.ModuleList(
            Layer(shape, across=False, dropout=dropout) for _ in range(shape.encoder_layers)
        )
        self.decoder = nn.ModuleList(
            Layer(shape, across=True, dropout=dropout) for _ in range(shape.decoder_layers)
        )
        self.register_buffer(
            "positions", sinusoids(shape.positions, shape.d_model), persistent=False
        )
        self._initialize()

    def _initialize(self) -> None:
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)
        nn.init.normal_(self.embedding.weight, std=self.shape.d_model**-0.5)
        with torch.no_grad():
            self.embedding.weight[self.pad].zero_()

    def _embed(self, ids: Tensor) -> Tensor:
        scaled = F.embedding(ids, self.embedding.weight) * math.sqrt(self.shape.d_model)
        return scaled + self.positions[: ids.shape[1]]  # type: ignore[index]

    def _padding(self, ids: Tensor) -> Tensor:
        mask = torch.zeros(ids.shape, dtype=self.embedding.weight.dtype, device=ids.device)
        return mask.masked_fill_(ids == self.pad, -1e9)[:, None, None, :]

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Map ids ``(batch, source)`` to memory ``(batch, source, dim)`` and its mask."""
        with torch.set_grad_enabled(torch.is_grad_enabled() and not self.frozen):
            x, mask = self._embed(source), self._padding(source)
        for place, layer in enumerate(self.encoder):
            with torch.set_grad_enabled(torch.is_grad_enabled() and place >= self.frozen):
                x = layer(x, mask)
        return x, mask

    def decode(self, inputs: Tensor, memory: Tensor, memory_mask: Tensor) -> Tensor:
        """Map decoder inputs ``(batch, target)`` to states ``(batch, target, dim)``."""
        x, time = self._embed(inputs), inputs.shape[1]
        causal = torch.full((time, time), -1e9, dtype=x.dtype, device=x.device).triu_(1)
        for layer in self.decoder:
            x = layer(x, causal, memory, memory_mask)
        return x

    def forward(
        self, source: Tensor, target: Tensor, smoothing: float, candidates: int = 0
    ) -> tuple[Tensor, Tensor]:
        """Return the smoothed loss to minimise and the plain one, both per token.

        Args:
            source: Ids ``(batch, source)``, padded with ``pad``.
            target: Ids ``(batch, target)`` that end in ``</s>``, padded.
            smoothing: Label smoothing, 0 to 1.
            candidates: Pieces in the sum of the loss; 0 for all.
        """
        memory, mask = self.encode(source)
        start = torch.full_like(target[:, :1], self.pad)
        states = self.decode(torch.cat([start, target[:, :-1]], dim=1), memory, mask)
        keep = (target != self.pad).flatten()
        return fused_cross_entropy(
            states.flatten(0, 1)[keep],
            self.embedding.weight,
            target.flatten()[keep],
            smoothing,
            candidates=candidates,
        )
