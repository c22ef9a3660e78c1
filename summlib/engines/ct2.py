"""The quick engine: CTranslate2, int8 on a CPU, half precision on a GPU.

``Ct2Engine`` runs the bundled models, ``ConvertedEngine`` those of the Hub that
``conversion`` has converted. This is the only module that imports CTranslate2.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summlib.engines.base import Options, Output
from summlib.engines.pieces import encodable, open_sentencepiece
from summlib.engines.plans import Plan
from summlib.engines.quantization import without_overflow
from summlib.engines.seq2seq import BATCH_PIECES, Decoded, Seq2SeqEngine
from summlib.errors import EngineError, ModelDamaged, OutOfMemory

HALF = "int8_float16"
"""Precision of the bundled models on a GPU: their files hold int8 weights."""

MAX_INPUT = 192
"""Pieces of the longest line in training, with some room: beyond it quality falls
long before the position table (512) ends."""

BATCH = 1024
"""Padded pieces of a batch of the bundled models: 2048 cost 7 to 10 % more time on one
core, 512 save 5 % at beam 4 and cost 15 % at beam 1."""

TARGET_PIECES = "vmap.txt"
"""Where a model has this file, it lists the pieces of the target language; no others are scored."""

END = "</s>"
UNLIKELY = -1e4
"""Stands for a log-probability of nought, which no JSON can carry."""


class Ct2Engine:
    """A CTranslate2 model with its SentencePiece vocabulary.

    Args:
        folder: Holds ``model.bin``, its vocabulary and ``spm.model``.
        threads: Cores to use, 1 or more. Each works at batches of its own: a model
            this small gains little where several share one.
        device: ``cpu``, ``cuda``, ``cuda:N`` or ``auto``.
    """

    def __init__(self, folder: str | Path, *, threads: int = 1, device: str = "cpu") -> None:
        self.folder, self.threads, self.device = Path(folder), threads, device
        self._lock = threading.Lock()
        self._model: Any = None
        self._pieces: Any = None

    def __getstate__(self) -> dict[str, Any]:
        return {"folder": self.folder, "threads": self.threads, "device": self.device}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__init__(**state)  # type: ignore[misc]

    @property
    def signature(self) -> str:
        """Name engine, version and precision."""
        import ctranslate2

        return f"ct2-{ctranslate2.__version__}|{self._precision}"

    @property
    def _precision(self) -> str:
        return "int8" if self._on_cpu else HALF

    @property
    def _on_cpu(self) -> bool:
        return self.device == "cpu" or choose_device(self.device)[0] == "cpu"

    @property
    def workers(self) -> int:
        """Return how many batches are decoded side by side."""
        return self.threads if self._on_cpu else 1

    @property
    def max_length(self) -> int:
        """Return how many pieces a text may have."""
        return MAX_INPUT

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._model is None:
                self._pieces = open_sentencepiece(self.folder / "spm.model")
                self._model = _open_model(
                    self.folder, workers=self.workers, device=self.device, precision=self._precision
                )
        return self._model, self._pieces

    def lengths(self, texts: Sequence[str]) -> list[int]:
        """Return the number of pieces of each text."""
        _, pieces = self._load()
        return [len(ids) + 1 for ids in pieces.encode(encodable(texts))]

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        """Return the hypotheses of each text, best first.

        Raises:
            ModelDamaged: The model's files cannot be loaded.
            OutOfMemory: The batch does not fit in memory.
            EngineError: Generation failed for another reason.
        """
        options = options or Options()
        outputs: list[list[Output]] = [[Output("")] for _ in texts]
        wanted = [i for i, text in enumerate(texts) if text.strip()]
        if not wanted:
            return outputs
        model, pieces = self._load()
        rows = pieces.encode(encodable([texts[i] for i in wanted]), out_type=str)
        cut = [len(row) + 1 > MAX_INPUT for row in rows]
        batch = [[*row[: MAX_INPUT - 1], "</s>"] for row in rows]
        listed = (self.folder / TARGET_PIECES).is_file()
        results = _run(model, batch, options, self.workers, use_vmap=listed)
        for i, was_cut, result in zip(wanted, cut, results, strict=True):
            outputs[i] = [
                _output(pieces, result, n, was_cut) for n in range(len(result.hypotheses))
            ]
        return outputs


def _is_of_memory(error: Exception) -> bool:
    """Tell a lack of memory, for which libraries of C and C++ have many words."""
    words = str(error).lower()
    return any(told in words for told in ("alloc", "out of memory", "failed to map", "new thread"))


def _open_model(
    folder: Path, *, threads: int = 1, workers: int = 1, device: str, precision: str
) -> Any:
    try:
        import ctranslate2
    except ImportError as error:
        if _is_of_memory(error):
            raise OutOfMemory(f"no memory to load CTranslate2: {error}") from error
        raise
    kind, index = choose_device(device)
    try:
        return ctranslate2.Translator(
            str(folder),
            device=kind,
            device_index=index,
            compute_type=precision,
            inter_threads=workers,
            intra_threads=threads,
        )
    except MemoryError as error:
        raise OutOfMemory(f"no memory to load {folder}; free some, or use fewer jobs") from error
    except (RuntimeError, ValueError) as error:
        if _is_of_memory(error):
            raise OutOfMemory(f"no memory to load {folder}: {error}") from error
        raise ModelDamaged(f"{folder} cannot be loaded by CTranslate2: {error}") from error


def choose_device(wish: str) -> tuple[str, int]:
    """Return the kind of device CTranslate2 is to use and its number.

    Args:
        wish: ``cpu``, ``cuda``, ``cuda:N`` or ``auto``, which takes a GPU where
            there is one.

    Raises:
        EngineError: CTranslate2 cannot use the device.

    >>> choose_device("cpu")
    ('cpu', 0)
    """
    if wish == "cpu":
        return "cpu", 0
    found = count_gpus()
    if wish == "auto":
        return ("cuda" if found else "cpu"), 0
    kind, _, number = wish.partition(":")
    index = int(number or 0)
    if kind != "cuda" or index >= found:
        raise EngineError(
            f"CTranslate2 cannot use {wish} ({found} CUDA devices here); "
            "use device='auto' or 'cpu', or engine='pytorch'"
        )
    return kind, index


def count_gpus() -> int:
    """Return how many GPUs CTranslate2 can use."""
    import ctranslate2

    return int(ctranslate2.get_cuda_device_count())


def _run(
    model: Any, batch: list[list[str]], options: Options, workers: int, *, use_vmap: bool
) -> list[Any]:
    longest = max(len(row) for row in batch)
    share = -(-sum(len(row) for row in batch) // workers)  # few texts are for all workers, too
    return _translate(
        model,
        batch,
        options,
        max_batch_size=min(BATCH, max(longest, share)),
        use_vmap=use_vmap,
        max_decoding_length=options.max_pieces or 2 * longest + 20,
        min_decoding_length=options.min_pieces,
    )


def _translate(model: Any, batch: list[list[str]], options: Options, **settings: Any) -> list[Any]:
    try:
        results: list[Any] = model.translate_batch(
            batch,
            beam_size=options.beam_size,
            num_hypotheses=min(options.hypotheses, options.beam_size),
            repetition_penalty=options.repetition_penalty,
            no_repeat_ngram_size=options.no_repeat_ngram,
            batch_type="tokens",
            return_scores=True,
            return_attention=options.align,
            **settings,
        )
    except MemoryError as error:
        raise OutOfMemory(f"no memory for {len(batch)} texts; use smaller batches") from error
    except RuntimeError as error:
        if _is_of_memory(error):
            raise OutOfMemory(f"no memory for {len(batch)} texts: {error}") from error
        raise EngineError(f"CTranslate2 failed on {len(batch)} texts: {error}") from error
    return results


def _output(pieces: Any, result: Any, n: int, was_cut: bool) -> Output:
    hypothesis = result.hypotheses[n]
    attention = result.attention[n] if result.attention else []
    alignment = tuple(
        (t, max(range(len(row)), key=row.__getitem__)) for t, row in enumerate(attention)
    )
    # Scores come normalised by length, since the default length penalty is 1.
    score = float(result.scores[n]) if result.scores else 0.0
    return Output(pieces.decode(hypothesis), score, was_cut, alignment, len(hypothesis) + 1)


class ConvertedEngine(Seq2SeqEngine):
    """A Hub model that was converted for CTranslate2.

    Args:
        plan: The model and how it is fed.
        folder: Holds the conversion.
        precision: Of the conversion, such as ``int8``.
        threads: Cores to use on a CPU, 1 or more.
        device: ``cpu``, ``cuda``, ``cuda:N`` or ``auto``.
    """

    def __init__(
        self, plan: Plan, *, folder: Path, precision: str, threads: int = 1, device: str = "cpu"
    ) -> None:
        super().__init__(plan, threads=threads, device=device)
        self.folder, self.precision = folder, precision

    @property
    def signature(self) -> str:
        """Name engine, version and precision."""
        return f"ct2-{version()}|{self.precision}"

    def _open(self) -> Any:
        with self._lock:
            if self._model is None:
                self._model = _open_model(
                    self.folder,
                    threads=self.threads,
                    device=self.device,
                    precision=self.precision,
                )
            return self._model

    def _decode(self, rows: list[list[str]], limit: int, options: Options) -> list[list[Decoded]]:
        model, forced = self._open(), self.forced
        results = _translate(
            model,
            rows,
            options,
            max_batch_size=BATCH_PIECES,
            target_prefix=[[forced]] * len(rows) if forced else None,
            max_input_length=0,  # what is too long was clipped and marked before
            max_decoding_length=limit + bool(forced),
            min_decoding_length=options.min_pieces + bool(forced),
            length_penalty=options.length_penalty,
            return_end_token=True,
        )
        return [
            [self._judge(result, n, options) for n in range(len(result.hypotheses))]
            for result in results
        ]

    def _judge(self, result: Any, n: int, options: Options) -> Decoded:
        written = list(result.hypotheses[n])
        finished = bool(written) and written[-1] == self._end
        # A power of the length other than 1 is taken back: a score is a mean.
        mean = result.scores[n] * len(written) ** (options.length_penalty - 1) if written else 0.0
        skip = 1 if self.forced and written[:1] == [self.forced] else 0
        rows = result.attention[n][skip : len(written) - finished] if result.attention else []
        looks = tuple(max(range(len(row)), key=row.__getitem__) for row in rows)
        return Decoded(
            written[skip : len(written) - finished], max(float(mean), UNLIKELY), finished, looks
        )

    @property
    def _end(self) -> str:
        return END


def version() -> str:
    """Return the version of CTranslate2."""
    import ctranslate2

    return str(ctranslate2.__version__)


def write_model(
    network: Any, tokenizer: Any, *, source: Path, target: Path, precision: str
) -> None:
    """Write a network of transformers in the form CTranslate2 reads.

    Args:
        network: Loaded and made ready.
        tokenizer: Names the pieces.
        source: The folder both came from.
        target: A folder that does not exist yet.
        precision: ``float32``, ``int8``, ``float16`` or ``bfloat16``.

    Raises:
        EngineError: There is no converter for such a network.
    """
    from ctranslate2.converters import TransformersConverter
    from ctranslate2.specs import model_spec

    class Loaded(TransformersConverter):  # type: ignore[misc]
        """Takes what is loaded already instead of loading it a second way."""

        def load_model(self, *_: Any, **__: Any) -> Any:
            return network

        def load_tokenizer(self, *_: Any, **__: Any) -> Any:
            return tokenizer

        def _load(self) -> Any:
            spec = super()._load()
            # Attention of all heads of the last layer; one head tells little.
            heads = spec.decoder.alignment_heads
            spec.decoder.alignment_heads = type(heads)(_decoder_heads(network.config))
            return spec

    try:
        with without_overflow(model_spec):
            Loaded(str(source)).convert(str(target), quantization=precision)
    except (ValueError, RuntimeError, NotImplementedError, KeyError, AttributeError) as error:
        raise EngineError(f"{source} cannot be converted for CTranslate2: {error!r}") from error


def _decoder_heads(config: Any) -> int:
    return int(getattr(config, "decoder_attention_heads", None) or config.num_heads)
