"""Convert a Hub model for CTranslate2, once, into the user's cache.

::

    ROOT/NAME@FINGERPRINT/ct2-4.8.5-tf5.23.0-2-int8/   model.bin, its vocabulary
                                                       and conversion.json

The key names the model, its version and everything that decides the result. A
conversion is written beside its place and moved there in one step, so that half
of one is never found; a lock lets two processes do the work once.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

from summlib.engines import ct2
from summlib.engines.checkpoints import Checkpoint
from summlib.engines.loading import load_network, load_tokenizer, require_transformers, silence
from summlib.errors import EngineError, ModelError

FORMAT = 2
"""Grows when what is done to a network, or how its int8 weights are scaled, changes."""

RECORD = "conversion.json"
LOCK_TIMEOUT_S = 3600
"""The largest checkpoints take minutes; a lock outlives no process anyway."""

_log = logging.getLogger(__name__)


def choose_precision(checkpoint: Checkpoint, device: str) -> str:
    """Return the precision to convert to: int8 on a CPU, the family's half on a GPU."""
    kind, _ = ct2.choose_device(device)
    return "int8" if kind == "cpu" else checkpoint.family.half


def find_converted(checkpoint: Checkpoint, *, root: Path, precision: str) -> Path | None:
    """Return the conversion of a checkpoint, None where there is none yet.

    It is found by model, version, precision and the version of CTranslate2,
    without transformers being imported: running a conversion does not need it.
    """
    ready = sorted(_place(checkpoint, root).glob(f"{_prefix()}-*-{FORMAT}-{precision}/{RECORD}"))
    return ready[-1].parent if ready else None


def convert(checkpoint: Checkpoint, *, root: Path, precision: str) -> Path:
    """Return the conversion of a checkpoint, made now unless it is there.

    Args:
        checkpoint: The model.
        root: The folder that holds all conversions.
        precision: ``int8``, ``float16``, ``bfloat16`` or ``float32``.

    Raises:
        EngineError: No converter exists for the family, or it failed.
        MissingDependency: transformers is not installed.
        ModelError: The conversion cannot be written.
    """
    found = find_converted(checkpoint, root=root, precision=precision)
    if found:
        return found
    if "ct2" not in checkpoint.family.engines:
        raise EngineError(
            f"CTranslate2 has no converter for {checkpoint.family.name} models; "
            "use engine='pytorch'"
        )
    transformers = require_transformers()
    name = f"{_prefix()}-tf{transformers.__version__}-{FORMAT}-{precision}"
    target = _place(checkpoint, root) / name
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _lock(target.with_name(f".{name}.lock")):
            if not (target / RECORD).is_file():
                _convert_into(checkpoint, target, precision)
    except OSError as error:
        raise ModelError(
            f"the conversion of {checkpoint.folder.name} cannot be written to {target}: {error}; "
            "free some space, set SUMMLIB_CACHE to another folder, or use engine='pytorch'"
        ) from error
    return target


def _prefix() -> str:
    return f"ct2-{ct2.version()}"


def _place(checkpoint: Checkpoint, root: Path) -> Path:
    """Return the folder of all conversions of one version of a model."""
    folder = checkpoint.folder
    name = folder.name
    if (folder / "hub.json").is_file():  # CACHE/hub/ORG--NAME/COMMIT
        name = f"{folder.parent.name}@{folder.name[:12]}"
    safe = "".join(c if c.isalnum() or c in "-_.@" else "_" for c in name)
    return root / f"{safe}@{checkpoint.fingerprint()}"


def _lock(path: Path) -> Any:
    from filelock import FileLock

    return FileLock(str(path), timeout=LOCK_TIMEOUT_S)


def _convert_into(checkpoint: Checkpoint, target: Path, precision: str) -> None:
    """Write a whole conversion beside ``target``, then move it there."""
    _log.info("converting %s to CTranslate2 (%s), once", checkpoint.folder.name, precision)
    _sweep(target)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent))
    try:
        _write(checkpoint, work / "model", precision)
        if target.exists():  # without a record: not one of ours
            shutil.rmtree(target)
        os.replace(work / "model", target)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sweep(target: Path) -> None:
    """Remove what a process that was killed has left; the lock is ours."""
    for left in target.parent.glob(f".{target.name}.*.part"):
        shutil.rmtree(left, ignore_errors=True)


def _write(checkpoint: Checkpoint, target: Path, precision: str) -> None:
    with silence(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        network = load_network(checkpoint, precision="float32", device="cpu")
        prepare(network, checkpoint)
        ct2.write_model(
            network,
            complete(load_tokenizer(checkpoint), network.config.vocab_size),
            source=checkpoint.folder,
            target=target,
            precision=precision,
        )
    record = {
        "source": str(checkpoint.folder),
        "family": checkpoint.family.name,
        "fingerprint": checkpoint.fingerprint(),
        "precision": precision,
        "ctranslate2": ct2.version(),
        "transformers": require_transformers().__version__,
        "bytes": (target / "model.bin").stat().st_size,
    }
    (target / RECORD).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def prepare(network: Any, checkpoint: Checkpoint) -> None:
    """Set what the converter reads in the configuration and a network may lack.

    transformers 5 forces ``tie_word_embeddings`` in T5 and mT5, which the
    converter reads as "outputs are scaled by the width": beams then differ
    while the greedy output looks right. The configuration's own word on
    scaling takes its place.
    """
    config, family = network.config, checkpoint.family
    if family.tied_scale:
        config.tie_word_embeddings = bool(getattr(config, "scale_decoder_outputs", False))
    for name, value in family.defaults.items():
        if not hasattr(config, name) or name == "tokenizer_class":
            setattr(config, name, value)
    start = checkpoint.generation.get("decoder_start_token_id")
    if getattr(config, "decoder_start_token_id", None) is None and start is not None:
        config.decoder_start_token_id = start


def complete(tokenizer: Any, size: int) -> Any:
    """Let a tokenizer name all that the converter asks for.

    That of M2M100 keeps its languages apart, and transformers 5 no longer tells
    the converter of them: it would find a hundred pieces too few. That of
    mBART-50 has no piece for the beginning, which CTranslate2 will not open.
    Tables that were padded to a round size have rows without a name.

    Args:
        tokenizer: Of transformers; changed in place.
        size: Rows of the network's table.
    """
    named = {**tokenizer.get_vocab(), **getattr(tokenizer, "lang_token_to_id", {})}
    if not hasattr(tokenizer, "num_madeup_words"):  # M2M100 names its own
        taken = set(named.values())
        named.update({f"<unused_{n}>": n for n in range(size) if n not in taken})
    tokenizer.get_vocab = lambda: named
    if tokenizer.bos_token is None:
        tokenizer.bos_token = tokenizer.cls_token or tokenizer.pad_token
    return tokenizer
