"""Which files of a repository are taken, and which repositories are refused.

Taken are weights in safetensors, settings, vocabularies, the card and the
licence, from the top folder only. Never taken are pickled weights, which run
whatever code they hold when they are opened, and Python files. A repository
whose settings ask for code of its own is refused as a whole.

Source: the file names that transformers reads for the encoder-decoder families.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from summlib.errors import ModelError
from summlib.hub.listing import Listing, RemoteFile
from summlib.hub.record import PLAIN_FILE

CONFIG = "config.json"
WEIGHTS = "model.safetensors"
INDEX = "model.safetensors.index.json"

SETTINGS = (CONFIG, "generation_config.json", "tokenizer_config.json", INDEX)
"""Fetched first and looked into, before anything large is."""

DESCRIPTIONS = (
    *("tokenizer.json", "special_tokens_map.json", "added_tokens.json", "vocab*.json"),
    *("target_vocab.json", "vocab*.txt", "merges.txt", "*.spm", "*.model"),
    *("README.md", "LICENSE*", "NOTICE*"),
)
"""Patterns of the small files that are taken beside the settings and the weights."""

PICKLED = ("*.bin", "*.pt", "*.pth", "*.ckpt", "*.pkl", "*.pickle", "*.h5", "*.msgpack", "*.ot")
"""Patterns of weights in other forms; most of them are pickles."""

CODE_KEYS = ("auto_map", "custom_pipelines", "custom_generate")
"""Settings that make transformers run Python files of the repository."""

MAX_SETTINGS_BYTES = 16_000_000
MAX_DESCRIPTION_BYTES = 200_000_000
"""The largest known tokenizer.json (NLLB, mT5) have 17 to 33 MB."""


def settings(listing: Listing) -> list[RemoteFile]:
    """Return the files to look into first.

    Raises:
        ModelError: The repository holds no model, or only pickled weights.
    """
    present = {file.name: file for file in listing.files}
    if CONFIG not in present:
        raise ModelError(f"{listing.name} holds no {CONFIG}; it is no model for transformers")
    if WEIGHTS not in present and INDEX not in present:
        raise ModelError(_without_weights(listing))
    return _checked(
        listing, [present[name] for name in SETTINGS if name in present], MAX_SETTINGS_BYTES
    )


def is_pickled(listing: Listing) -> bool:
    """Tell whether a repository has weights, but none in safetensors."""
    names = [file.name for file in listing.files]
    return not {WEIGHTS, INDEX} & set(names) and any(_matches(name, PICKLED) for name in names)


def _without_weights(listing: Listing) -> str:
    if is_pickled(listing):
        return (
            f"{listing.name} has its weights as pickle only, which may run any code when opened; "
            "refused. Ask its owner for safetensors, or name a revision that has them: "
            f"summlib models get {listing.name} --revision refs/pr/N"
        )
    return f"{listing.name} holds no {WEIGHTS}; it is no whole model"


def check_settings(name: str, folder: Path) -> dict[str, Any]:
    """Return the configuration of a model, when nothing in its settings speaks against it.

    Args:
        name: ``ORG/NAME``, for messages.
        folder: Holds the settings.

    Raises:
        ModelError: It needs code of its own, is no encoder-decoder, or its
            settings are no JSON objects.
    """
    for file in SETTINGS:
        if (folder / file).is_file():
            found = _object(name, folder / file)
            for key in CODE_KEYS:
                if found.get(key):
                    raise ModelError(
                        f"{name} needs code of its own ({key} in {file}), which summlib never "
                        "runs; refused. Use a model of a family that transformers knows"
                    )
    config = _object(name, folder / CONFIG)
    family = config.get("model_type")
    if not isinstance(family, str) or not family:
        raise ModelError(f"{CONFIG} of {name} names no model_type; it cannot be used")
    if not config.get("is_encoder_decoder"):
        raise ModelError(
            f"{name} is a {family} model and no encoder-decoder; summlib translates and summarizes "
            "with Marian, M2M100, NLLB, mBART, T5, mT5, BART, Pegasus and their like"
        )
    return config


def remaining(listing: Listing, folder: Path) -> list[RemoteFile]:
    """Return what is still to fetch when the settings are there: the rest, weights last.

    Raises:
        ModelError: The index of the weights names files that are not there, or
            a file is too large for what it is.
    """
    described = [file for file in listing.files if _matches(file.name, DESCRIPTIONS)]
    weights = _weights(listing, folder)
    return [*_checked(listing, described, MAX_DESCRIPTION_BYTES), *weights]


def _weights(listing: Listing, folder: Path) -> list[RemoteFile]:
    present = {file.name: file for file in listing.files}
    if WEIGHTS in present:
        return [present[WEIGHTS]]
    shards = _object(listing.name, folder / INDEX).get("weight_map")
    values = shards.values() if isinstance(shards, dict) else ()
    named = sorted({value for value in values if isinstance(value, str)})
    unknown = [name for name in named if name not in present or not _is_shard(name)]
    if unknown or not named:
        raise ModelError(f"{INDEX} of {listing.name} names no files of it: {unknown[:3]}; refused")
    return [present[name] for name in named]


def _is_shard(name: str) -> bool:
    return PLAIN_FILE.fullmatch(name) is not None and name.endswith(".safetensors")


def _checked(listing: Listing, files: list[RemoteFile], limit: int) -> list[RemoteFile]:
    for file in files:
        if file.size_bytes > limit:
            raise ModelError(
                f"{file.name} of {listing.name} has {file.size_bytes} bytes, more than such a file "
                f"may have ({limit}); refused"
            )
    return files


def _matches(name: str, patterns: Iterable[str]) -> bool:
    plain = PLAIN_FILE.fullmatch(name) is not None
    return plain and any(fnmatchcase(name, pattern) for pattern in patterns)


def _object(name: str, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{path.name} of {name} is no JSON: {error}") from error
    if not isinstance(found, dict):
        raise ModelError(f"{path.name} of {name} is no JSON object")
    return found
