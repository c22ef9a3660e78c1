"""The reference engine: transformers on torch, for every family and device.

It runs what no other engine can, and is what the others are measured against.
Scores and attention come from a second pass over what was generated: keeping
the logits of every step, as ``generate`` offers, takes gigabytes where
vocabularies have a quarter of a million pieces.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Sequence
from typing import Any

from summlib.engines.base import Options
from summlib.engines.loading import load_network, require_transformers, silence
from summlib.engines.plans import Plan
from summlib.engines.seq2seq import BATCH_PIECES, Decoded, Seq2SeqEngine
from summlib.errors import EngineError, OutOfMemory


class PytorchEngine(Seq2SeqEngine):
    """A Hub model on torch.

    Args:
        plan: The model and how it is fed.
        threads: Cores to use on a CPU, 1 or more.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        precision: ``float32``, ``float16`` or ``bfloat16``; by default
            ``float32`` on a CPU and the family's half precision on a GPU.
    """

    def __init__(
        self, plan: Plan, *, threads: int = 1, device: str = "cpu", precision: str | None = None
    ) -> None:
        super().__init__(plan, threads=threads, device=device)
        self._precision = precision

    @property
    def place(self) -> str:
        """The device as torch names it."""
        return choose_device(self.device)

    @property
    def precision(self) -> str:
        """The precision of the weights."""
        if self._precision:
            return self._precision
        return "float32" if self.place == "cpu" else self.plan.checkpoint.family.half

    @property
    def signature(self) -> str:
        """Name engine, version and precision."""
        transformers = require_transformers()
        return f"pytorch-{transformers.__version__}|{self.precision}"

    def _open(self) -> Any:
        """Return the network; hold the lock."""
        if self._model is None:
            network = load_network(
                self.plan.checkpoint, precision=self.precision, device=self.place
            )
            network.generation_config = _bare_settings(network, self.plan, self.pieces.ids)
            self._model = network
        return self._model

    def _decode(self, rows: list[list[str]], limit: int, options: Options) -> list[list[Decoded]]:
        ids = [self.pieces.ids(row) for row in rows]
        decoded: list[list[Decoded]] = [[] for _ in rows]
        # One at a time: threads and attention are settings of the process and of the network.
        with self._lock, silence():
            network = self._open()
            with _threads(self.threads, self.place):
                for members in _batches([len(row) for row in ids]):
                    found = self._batch(network, [ids[i] for i in members], limit, options)
                    for i, hypotheses in zip(members, found, strict=True):
                        decoded[i] = hypotheses
        return decoded

    def _batch(
        self, network: Any, ids: list[list[int]], limit: int, options: Options
    ) -> list[list[Decoded]]:
        import torch

        try:
            with torch.inference_mode():
                return self._generate(network, ids, limit, options)
        except (MemoryError, torch.OutOfMemoryError) as error:
            raise OutOfMemory(f"no memory for {len(ids)} texts; use smaller batches") from error
        except (RuntimeError, IndexError, ValueError) as error:
            raise EngineError(f"torch failed on {len(ids)} texts: {error}") from error

    def _generate(
        self, network: Any, ids: list[list[int]], limit: int, options: Options
    ) -> list[list[Decoded]]:
        inputs = self._inputs(network, ids)
        encoded = network.get_encoder()(**inputs, return_dict=True)
        forced = self._forced_id()
        settings = _settings(network.generation_config, limit, options, forced=forced)
        sequences = network.generate(
            attention_mask=inputs["attention_mask"],
            encoder_outputs=copy.copy(encoded),  # generate repeats it in place for its beams
            generation_config=settings,
        )
        count = settings.num_return_sequences
        return [
            [
                self._judge(network, inputs, encoded, n, sequence, options)
                for sequence in sequences[n * count : (n + 1) * count]
            ]
            for n in range(len(ids))
        ]

    def _inputs(self, network: Any, ids: list[list[int]]) -> dict[str, Any]:
        """Return the padded batch, tensors of the shape (texts, pieces)."""
        import torch

        longest, pad = max(map(len, ids)), network.generation_config.pad_token_id
        padded = torch.tensor([row + [pad] * (longest - len(row)) for row in ids])
        # Marian's padding is a piece like others: only lengths tell what is padding.
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in ids])
        inputs = {"input_ids": padded.to(self.place), "attention_mask": mask.to(self.place)}
        if self.plan.checkpoint.family.global_attention:
            first = torch.zeros_like(inputs["input_ids"])
            first[:, 0] = 1
            inputs["global_attention_mask"] = first
        return inputs

    def _forced_id(self) -> int | None:
        """Return the number of the first piece, unless decoding starts at it anyway."""
        if not self.forced or self.plan.checkpoint.family.start_from_target:
            return None
        return self.pieces.ids([self.forced])[0]

    def _judge(
        self, network: Any, inputs: Any, encoded: Any, n: int, sequence: Any, options: Options
    ) -> Decoded:
        """Score one generated sequence, and align it when asked to."""
        import torch

        settings = network.generation_config
        ids = sequence.tolist()[1:]
        ids, finished = _until(ids, settings.eos_token_id)
        fed = torch.tensor([[settings.decoder_start_token_id, *ids]], device=self.place)
        written = torch.tensor(ids + [settings.eos_token_id] * finished, device=self.place)
        one = copy.copy(encoded)
        one["last_hidden_state"] = encoded.last_hidden_state[n : n + 1]
        mask = inputs["attention_mask"][n : n + 1]
        run = _align if options.align else _score
        skip = int(self._forced_id() is not None)  # given, not chosen
        logits, attention = run(network, fed, one, mask)
        logits = logits[: len(written)].float()
        if settings.bad_words_ids:
            logits[:, [banned for (banned,) in settings.bad_words_ids]] = -math.inf
        # The end was forbidden so long.
        logits[: skip + options.min_pieces, settings.eos_token_id] = -math.inf
        logs = logits.log_softmax(-1)
        scores = logs.gather(1, written[:, None])[:, 0]
        mean = float(scores[skip:].sum()) / max(1, len(written))
        pieces = [self.pieces.piece(number) for number in ids[skip:]]
        return Decoded(pieces, _finite(mean), finished, tuple(attention[skip : len(ids)]))


def _score(network: Any, fed: Any, encoded: Any, mask: Any) -> tuple[Any, list[int]]:
    """Run the decoder over what it wrote; logits of the shape (pieces, vocabulary)."""
    found = network(
        encoder_outputs=encoded, attention_mask=mask, decoder_input_ids=fed, use_cache=False
    )
    return found.logits[0], []


def _align(network: Any, fed: Any, encoded: Any, mask: Any) -> tuple[Any, list[int]]:
    """Do the same and tell for each piece where the last layer's heads look on average."""
    usual = network.config._attn_implementation
    network.set_attn_implementation("eager")  # the quicker ones keep no weights
    try:
        found = network(
            encoder_outputs=encoded,
            attention_mask=mask,
            decoder_input_ids=fed,
            use_cache=False,
            output_attentions=True,
        )
    finally:
        network.set_attn_implementation(usual)
    weights = found.cross_attentions[-1][0].mean(0)[:, : int(mask.sum())]
    return found.logits[0], weights.argmax(-1).tolist()


def _finite(score: float) -> float:
    return score if math.isfinite(score) else -1e4


def _until(ids: list[int], end: int) -> tuple[list[int], bool]:
    """Return what stands before the end, and whether there is one."""
    return (ids[: ids.index(end)], True) if end in ids else (ids, False)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield indices by length, the longest first, as many as fit a padded batch."""
    order = sorted(range(len(lengths)), key=lambda i: -lengths[i])
    while order:
        size = max(1, BATCH_PIECES // lengths[order[0]])
        yield order[:size]
        order = order[size:]


def _bare_settings(network: Any, plan: Plan, ids: Any) -> Any:
    """Return generation settings that hold numbers of pieces and nothing else.

    What a checkpoint prescribes comes in through the options: settings left in
    the network would be merged into every call, ``forced_eos_token_id`` with
    them, which ends an output at the limit as if it were complete.
    """
    transformers = require_transformers()
    own, config = network.generation_config, network.config
    numbers = {
        name: _first(getattr(own, name, None), getattr(config, name, None))
        for name in ("pad_token_id", "bos_token_id", "eos_token_id", "decoder_start_token_id")
    }
    numbers["pad_token_id"] = _first(numbers["pad_token_id"], numbers["eos_token_id"])
    numbers["decoder_start_token_id"] = _first(
        numbers["decoder_start_token_id"], numbers["pad_token_id"]
    )
    if plan.checkpoint.family.start_from_target:
        numbers["decoder_start_token_id"] = ids([plan.target_token])[0]
    settings = transformers.GenerationConfig(**numbers, max_length=None)
    # Marian's padding among them, which could be chosen like any other piece.
    settings.bad_words_ids = [row for row in own.bad_words_ids or [] if len(row) == 1] or None
    return settings


def _first(*values: Any) -> int | None:
    """Return the first number given; some checkpoints give a list of them."""
    for value in values:
        if isinstance(value, (list, tuple)) and value:
            value = value[0]
        if value is not None:
            return int(value)
    return None


def _settings(bare: Any, limit: int, options: Options, *, forced: int | None) -> Any:
    given = forced is not None  # counts in both lengths
    settings = copy.deepcopy(bare)
    settings.update(
        forced_bos_token_id=forced,
        max_new_tokens=limit + given,
        min_new_tokens=min(options.min_pieces, limit) + given,
        num_beams=options.beam_size,
        num_return_sequences=min(options.hypotheses, options.beam_size),
        do_sample=False,
        # Stops when as many hypotheses as beams have ended, as CTranslate2 does.
        early_stopping=options.beam_size > 1,
        length_penalty=options.length_penalty,
        repetition_penalty=options.repetition_penalty,
        no_repeat_ngram_size=options.no_repeat_ngram,
        use_cache=True,
    )
    return settings


class _threads:
    """Let torch use so many cores while something runs."""

    def __init__(self, count: int, place: str) -> None:
        self.count, self.place = count, place

    def __enter__(self) -> None:
        import torch

        self.before = torch.get_num_threads()
        if self.place == "cpu":
            torch.set_num_threads(self.count)

    def __exit__(self, *_: object) -> None:
        import torch

        torch.set_num_threads(self.before)


def choose_device(wish: str) -> str:
    """Return the device that torch is to use.

    Args:
        wish: ``auto`` takes a GPU where there is one.

    Raises:
        EngineError: The device asked for is not there.
    """
    import torch

    has_mps = torch.backends.mps.is_available()
    if wish == "auto":
        return "cuda" if torch.cuda.is_available() else "mps" if has_mps else "cpu"
    there = {"cpu": True, "mps": has_mps, "cuda": torch.cuda.is_available()}
    if not there[wish.split(":")[0]]:
        raise EngineError(f"torch finds no {wish} here; use device='auto' or 'cpu'")
    return wish
