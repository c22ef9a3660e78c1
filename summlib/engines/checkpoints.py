"""What stands in the folder of a Hub model, read without loading any of it.

Only ``*.safetensors`` count as weights: pickles can run code, and code that a
repository brings along is never run either.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summlib.engines.families import Family, Task, find_family
from summlib.errors import ModelDamaged, ModelError, ModelNotFound

NO_LIMIT = 1_000_000
"""Tokenizers without a limit name an absurd one."""

DESCRIBED = ("config.json", "generation_config.json", "tokenizer_config.json", "tokenizer.json")
"""Files that decide the output beside the weights."""

LEGACY = (
    *("max_length", "min_length", "length_penalty", "no_repeat_ngram_size"),
    *("repetition_penalty", "forced_bos_token_id"),
)
"""Generation settings that older checkpoints keep in ``config.json``."""

_TASK_KEYS = {"summarize": "summarization", "translate": "translation_{source}_to_{target}"}
_FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*$", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(r"^languages?:[ \t]*(.*(?:\n[ \t]*-.*)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The folder of a Hub model.

    Args:
        folder: Where it stands.
        family: What it belongs to.
        config: ``config.json``.
        tokenizer: ``tokenizer_config.json``, empty where there is none.
        generation: ``generation_config.json``, empty where there is none.
    """

    folder: Path
    family: Family
    config: Mapping[str, Any]
    tokenizer: Mapping[str, Any]
    generation: Mapping[str, Any]

    @property
    def window(self) -> int:
        """Pieces an input may have, special ones included.

        The least of what the position table and the tokenizer allow.
        """
        told = (self.config.get(self.family.window), self.tokenizer.get("model_max_length"))
        limits = [int(n) for n in told if isinstance(n, (int, float)) and 0 < n < NO_LIMIT]
        return min(limits, default=self.family.default_window)

    @property
    def output_window(self) -> int:
        """Pieces an output may have."""
        field = self.family.output_window or self.family.window
        return int(self.config.get(field) or self.family.default_window)

    @property
    def languages(self) -> tuple[str, ...] | None:
        """The languages its card names, None where it names none.

        An empty tuple means that it says "multilingual".
        """
        return card_languages(self.folder / "README.md")

    def prescribed(self, task: Task, *, source_lang: str, target_lang: str) -> dict[str, Any]:
        """Return the generation settings that come with the checkpoint for a task.

        What ``task_specific_params`` says goes before ``generation_config.json``,
        and that before what older checkpoints keep in ``config.json``.
        """
        key = _TASK_KEYS[task].format(source=source_lang, target=target_lang)
        special = (self.config.get("task_specific_params") or {}).get(key) or {}
        old = {name: self.config[name] for name in LEGACY if name in self.config}
        settings = {**old, **self.generation, **special}
        return {name: value for name, value in settings.items() if value is not None}

    def fingerprint(self) -> str:
        """Return 12 hexadecimal digits that change when the checkpoint does.

        The files that describe it count by content, the weights by name, size
        and time of change: reading gigabytes at each start would cost seconds.
        """
        digest = hashlib.sha256()
        for name in DESCRIBED:
            path = self.folder / name
            digest.update(path.read_bytes() if path.is_file() else b"\0")
        for path in sorted(self.folder.glob("*.safetensors")):
            found = path.stat()
            digest.update(f"{path.name}:{found.st_size}:{found.st_mtime_ns}".encode())
        return digest.hexdigest()[:12]


def open_checkpoint(folder: str | Path) -> Checkpoint:
    """Read what a folder says of its model.

    Raises:
        ModelNotFound: No ``config.json`` stands there.
        ModelDamaged: One of its files is no JSON object.
        ModelError: It has no safetensors, or belongs to no family known.
    """
    folder = Path(folder)
    if not (folder / "config.json").is_file():
        raise ModelNotFound(
            f"{folder} holds no config.json; give the folder of a transformers model, "
            "the name of one on the Hub, or a model of summlib"
        )
    config = _read(folder / "config.json")
    tokenizer = _read(folder / "tokenizer_config.json", optional=True)
    family = find_family({**tokenizer, **_named(config)})
    _require_safetensors(folder)
    generation = _read(folder / "generation_config.json", optional=True)
    return Checkpoint(folder.resolve(), family, config, tokenizer, generation)


def _named(config: Mapping[str, Any]) -> dict[str, Any]:
    """Drop what is null: where both files name a setting, a null must not win."""
    return {name: value for name, value in config.items() if value is not None}


def _read(path: Path, *, optional: bool = False) -> dict[str, Any]:
    if optional and not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelDamaged(f"{path} cannot be read: {error}; fetch the model again") from error
    if not isinstance(content, dict):
        raise ModelDamaged(f"{path} holds no JSON object; fetch the model again")
    return content


def _require_safetensors(folder: Path) -> None:
    if any(folder.glob("*.safetensors")):
        return
    pickles = sorted(path.name for path in folder.glob("*.bin"))
    found = f"only pickled weights ({', '.join(pickles)})" if pickles else "no weights"
    raise ModelError(
        f"{folder} holds {found}; summlib reads safetensors only, because pickles can run "
        "code: take another revision of the model, or save it again with save_pretrained"
    )


def card_languages(path: Path) -> tuple[str, ...] | None:
    """Return the languages that the head of a model card names.

    Args:
        path: Of the ``README.md``; it may be missing.

    Returns:
        ISO 639-1 codes, empty for "multilingual", None where nothing is named.
    """
    if not path.is_file():
        return None
    head = _FRONT_MATTER.search(path.read_text(encoding="utf-8", errors="replace"))
    named = _LANGUAGE.search(head[1]) if head else None
    codes = re.findall(r"[A-Za-z]{2,}", named[1]) if named else []
    if "multilingual" in codes:
        return ()
    return tuple(code.lower() for code in codes if len(code) == 2) or None
