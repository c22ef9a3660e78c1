"""The one door to transformers: tokenizers and networks, from a folder, in silence.

Nothing is fetched, no code of a repository is run, no pickle is read. Bars,
advice and warnings that loading prints on stderr are held back: a library has
no terminal.
"""

from __future__ import annotations

import logging
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from summlib.engines.checkpoints import NO_LIMIT, Checkpoint
from summlib.errors import InputError, MissingDependency, ModelDamaged, OutOfMemory

PIP_LINE = 'pip install "summlib[hub]"'

_SILENCE = threading.RLock()
"""Levels of loggers and bars belong to the process: one thread changes them at a time."""


def require_transformers() -> Any:
    """Return the package transformers.

    Raises:
        MissingDependency: It or torch is not installed.
    """
    try:
        import_module("torch")  # transformers only warns where it is missing
        import transformers
    except ImportError as error:
        raise MissingDependency(
            f"Hub models need torch and transformers ({error}); run: {PIP_LINE}"
        ) from error
    return transformers


@contextmanager
def silence() -> Iterator[None]:
    """Keep transformers and what it imports from writing to stderr, for a while."""
    transformers = require_transformers()
    said = transformers.utils.logging
    with _SILENCE, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        level, bars = said.get_verbosity(), said.is_progress_bar_enabled()
        said.set_verbosity(logging.CRITICAL)
        said.disable_progress_bar()
        try:
            yield
        finally:
            said.set_verbosity(level)
            if bars:
                said.enable_progress_bar()


def load_network(checkpoint: Checkpoint, *, precision: str, device: str) -> Any:
    """Load the weights of a checkpoint, ready to generate.

    Args:
        checkpoint: The model.
        precision: ``float32``, ``float16`` or ``bfloat16``.
        device: As torch names it.

    Raises:
        ModelDamaged: The files do not make a network.
        OutOfMemory: They do not fit on the device.
    """
    transformers = require_transformers()
    import torch

    with silence():
        try:
            network = transformers.AutoModelForSeq2SeqLM.from_pretrained(
                checkpoint.folder,
                dtype=getattr(torch, precision),
                local_files_only=True,
                trust_remote_code=False,
                use_safetensors=True,
            )
            return network.eval().to(device)
        except (MemoryError, torch.OutOfMemoryError) as error:
            raise OutOfMemory(
                f"{checkpoint.folder.name} does not fit on {device}: {error}"
            ) from error
        except Exception as error:  # whatever torch, safetensors or the configuration raise
            raise ModelDamaged(
                f"{checkpoint.folder} cannot be loaded: {type(error).__name__}: {error}"
            ) from error


def load_tokenizer(checkpoint: Checkpoint) -> Any:
    """Load the tokenizer of a checkpoint.

    Raises:
        ModelDamaged: The files do not make a tokenizer.
        MissingDependency: It needs a package that is not installed.
    """
    transformers = require_transformers()
    with silence():
        try:
            return transformers.AutoTokenizer.from_pretrained(
                checkpoint.folder, local_files_only=True, trust_remote_code=False
            )
        except Exception as error:  # the classes raise what their readers raise
            if _lacks_protobuf():
                # transformers then names tiktoken, which would not help.
                raise MissingDependency(
                    f"the vocabulary of {checkpoint.folder.name} needs protobuf; run: {PIP_LINE}"
                ) from error
            raise ModelDamaged(
                f"the tokenizer of {checkpoint.folder} cannot be loaded: "
                f"{type(error).__name__}: {error}"
            ) from error


def _lacks_protobuf() -> bool:
    try:
        import_module("google.protobuf")
    except ImportError:
        return True
    return False


class HubPieces:
    """The tokenizer of transformers, text to pieces and back.

    Args:
        checkpoint: The model.
        source_code: The source language, empty where the tokenizer needs none.

    Raises:
        InputError: The vocabulary does not know the language.
    """

    def __init__(self, checkpoint: Checkpoint, *, source_code: str = "") -> None:
        self._tokenizer = load_tokenizer(checkpoint)
        self._tokenizer.model_max_length = NO_LIMIT  # windows are kept elsewhere; this one warns
        self._name = checkpoint.folder.name
        self._lock = threading.Lock()  # setting a language while another thread encodes panics
        special = sorted({t for t in self._tokenizer.all_special_tokens if len(t) > 1}, key=len)
        self._special = re.compile("|".join(map(re.escape, reversed(special))) or r"(?!)")
        if source_code:
            self._set_source(source_code)

    def _set_source(self, code: str) -> None:
        try:
            self._tokenizer.src_lang = code
        except KeyError:
            known = False
        else:
            known = self._tokenizer.unk_token_id not in self._tokenizer("a").input_ids[:1]
        if not known:
            raise InputError(f"{self._name} does not know the language {code!r}")

    def encode(self, texts: Sequence[str]) -> list[list[str]]:
        """Return the pieces of each text, those included that begin and end an input.

        What looks like a special piece in a text is text: it is taken apart by
        a space, because vocabularies list such pieces among the others.
        """
        plain = [self._special.sub(lambda found: f"{found[0][0]} {found[0][1:]}", t) for t in texts]
        with self._lock:
            rows = self._tokenizer(plain, split_special_tokens=True).input_ids
            return [self._tokenizer.convert_ids_to_tokens(row) for row in rows]

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """Return the numbers of the pieces."""
        return [int(n) for n in self._tokenizer.convert_tokens_to_ids(list(pieces))]

    def piece(self, number: int) -> str:
        """Return the piece of a number, the unknown one for a number beyond the vocabulary."""
        found = self._tokenizer.convert_ids_to_tokens(number) if number >= 0 else None
        return found or self._tokenizer.unk_token or ""

    def knows(self, piece: str) -> bool:
        """Tell whether the vocabulary has the piece."""
        return bool(
            piece == self._tokenizer.unk_token
            or self._tokenizer.convert_tokens_to_ids(piece) != self._tokenizer.unk_token_id
        )

    def decode(self, pieces: Sequence[str]) -> str:
        """Return the text of pieces, special ones left out."""
        special = set(self._tokenizer.all_special_tokens)
        kept = [piece for piece in pieces if piece not in special and self.knows(piece)]
        with self._lock:
            text = self._tokenizer.convert_tokens_to_string(kept)
        return str(text).strip()
