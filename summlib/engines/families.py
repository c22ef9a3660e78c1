"""Which family a checkpoint belongs to, and what that family needs.

The knowledge is data, one table a family in ``data/families.toml``: which
engines run it, how languages are named, what is put before the text, how much
it can read. Code asks the record and never compares names.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from summlib.errors import ModelError

Task = Literal["translate", "summarize"]

DATA = Path(__file__).parent / "data" / "families.toml"


@dataclass(frozen=True, slots=True)
class Family:
    """What the checkpoints of one architecture have in common.

    Args:
        name: Such as ``marian``.
        match: Settings and the values allowed that make a checkpoint one of the family.
        engines: Those that run it, the quickest first.
        tasks: What it can be asked for.
        window: Setting that holds the longest input.
        default_window: Longest input in pieces where nothing tells it.
        half: Precision on a GPU, ``float16`` or ``bfloat16``.
        codes: ISO 639-1 to the family's own codes, the preferred one first.
        source: ``tokenizer`` where it writes the source language, ``tag`` where
            the target language stands before the text.
        target_token: What an output begins with; ``{code}`` is the language.
        start_from_target: Whether decoding starts at that very token.
        prompts: What stands before the text, by task.
        languages: Which languages its summarizers read where no card tells; empty for all.
        output_window: Setting that holds the longest output; empty for ``window``.
        global_attention: Whether the first piece must attend to all others.
        tied_scale: Whether tied embeddings tell that outputs are scaled.
        defaults: Settings that fresh checkpoints lack and the converter reads.
    """

    name: str
    match: Mapping[str, list[str]]
    engines: tuple[str, ...]
    tasks: tuple[Task, ...]
    window: str
    default_window: int
    half: str
    codes: Mapping[str, list[str]] = field(default_factory=dict)
    source: str = ""
    target_token: str = ""
    start_from_target: bool = False
    prompts: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    output_window: str = ""
    global_attention: bool = False
    tied_scale: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def fits(self, settings: Mapping[str, Any]) -> bool:
        """Tell whether a checkpoint with these settings is one of the family."""
        return all(settings.get(key) in allowed for key, allowed in self.match.items())

    def iso(self, code: str) -> str:
        """Return the ISO 639-1 code behind one of the family's, or the code itself.

        >>> [families()[0].iso(code) for code in ("deu", "gem")]
        ['de', 'gem']
        """
        return next((iso for iso, codes in self.codes.items() if code in codes), code)


@lru_cache(maxsize=1)
def families() -> tuple[Family, ...]:
    """Return all families, in the order in which they are tried.

    >>> [family.name for family in families()][:3]
    ['marian', 'nllb', 'm2m100']
    """
    tables = tomllib.loads(DATA.read_text(encoding="utf-8"))
    codes = tables.pop("codes")
    return tuple(_family(name, table, codes) for name, table in tables.items())


def _family(name: str, table: dict[str, Any], codes: dict[str, Any]) -> Family:
    named = table.pop("codes", None)
    fields: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in table.items()
    }
    return Family(name=name, codes=codes[named] if named else {}, **fields)


def find_family(settings: Mapping[str, Any]) -> Family:
    """Return the family of a checkpoint.

    Args:
        settings: ``config.json`` and ``tokenizer_config.json`` in one mapping.

    Raises:
        ModelError: It belongs to none.

    >>> find_family({"model_type": "t5", "feed_forward_proj": "relu"}).name
    't5'
    """
    for family in families():
        if family.fits(settings):
            return family
    known = sorted({value for family in families() for value in family.match["model_type"]})
    raise ModelError(
        f"no family has the model type {settings.get('model_type')!r}; "
        f"summlib runs sequence-to-sequence models of the types {', '.join(known)}"
    )
