"""Find, verify and describe summlib's own models on this machine.

A model is a folder with a ``model.json`` that lists its files with their
sha256. Places searched, first match wins: a path as given, the folders of
``SUMMLIB_MODELS``, ``bundled/`` inside the installed package, ``models/`` of
a checkout. Models of the Hub stand elsewhere: see ``summlib.hub``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from summlib import settings
from summlib.errors import ModelDamaged, ModelError, ModelNotFound, ModelTooNew
from summlib.hub import is_name
from summlib.hub.digests import sha256 as sha256

FORMAT = 1
"""Version of ``model.json``; a higher one was made by a later summlib."""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What ``model.json`` says of a model.

    Args:
        name: Such as ``de-en``.
        task: ``translate`` or ``rewrite``.
        source_lang: Language it reads.
        target_lang: Language it writes.
        path: Its folder.
        size_bytes: Sum of its files.
        licence: Of the weights.
        version: Grows with every new set of weights.
        card: All of ``model.json``.
        problem: Why it cannot be used; empty when nothing is known against it.
    """

    name: str
    task: str
    source_lang: str
    target_lang: str
    path: Path
    size_bytes: int
    licence: str
    version: int
    card: dict[str, Any]
    problem: str = ""


def folders() -> tuple[Path, ...]:
    """Return the places where models are looked for, in order."""
    package = Path(__file__).resolve().parent
    return (*settings.model_folders(), package / "bundled", package.parent / "models")


def installed() -> list[ModelInfo]:
    """Return all models found, each name once, sorted by name.

    A model whose ``model.json`` cannot be used stands under the name of its
    folder, with its ``problem``, and hides no other.
    """
    found: dict[str, ModelInfo] = {}
    for folder in folders():
        for card in sorted(folder.glob("*/model.json")) if folder.is_dir() else []:
            info = _described(card.parent)
            found.setdefault(info.name, info)
    return [found[name] for name in sorted(found)]


def _described(path: Path) -> ModelInfo:
    try:
        return describe(path)
    except ModelError as error:
        return ModelInfo(path.name, "", "", "", path, 0, "", 0, {}, str(error))


def find(name: str | Path) -> ModelInfo:
    """Return the model of that name or at that path.

    Raises:
        ModelNotFound: It stands in none of the places.
    """
    if (Path(name) / "model.json").is_file():
        return describe(Path(name))
    for folder in folders():
        if (folder / name / "model.json").is_file():
            return describe(folder / name)
    places = ", ".join(str(f) for f in folders())
    cards = [card for folder in folders() for card in folder.glob("*/model.json")]
    known = ", ".join(sorted({card.parent.name for card in cards})) or "none"
    hint = f", or run: summlib models get {name}" if is_name(str(name)) else ""
    raise ModelNotFound(
        f"model {str(name)!r} not found in {len(folders())} places ({places}); installed: {known}; "
        f"give the path of a model's folder or set SUMMLIB_MODELS{hint}"
    )


def describe(path: Path) -> ModelInfo:
    """Read the ``model.json`` of a folder.

    Raises:
        ModelDamaged: The file is no JSON or lacks a field.
        ModelTooNew: It was written by a later version of summlib.
    """
    try:
        card = json.loads((path / "model.json").read_text(encoding="utf-8"))
        if card["format"] > FORMAT:
            raise ModelTooNew(
                f"{path} has format {card['format']}, this summlib reads up to {FORMAT}; "
                "upgrade summlib"
            )
        source_lang, target_lang = card["languages"]
        return ModelInfo(
            name=card["name"],
            task=card["task"],
            source_lang=source_lang,
            target_lang=target_lang,
            path=path,
            size_bytes=sum(file["bytes"] for file in card["files"].values() if file["sha256"]),
            licence=card["licence"],
            version=card["version"],
            card=card,
        )
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise ModelDamaged(f"{path / 'model.json'} cannot be used: {error!r}") from error


def verify(name: str | Path) -> list[str]:
    """Return one line for each file that is missing or altered; none when all is right."""
    info = find(name)
    problems = (_problem(info.path, name, entry) for name, entry in info.card["files"].items())
    return [problem for problem in problems if problem]


def _problem(folder: Path, name: str, entry: dict[str, Any]) -> str:
    path = folder / name
    if not path.is_file():
        return "" if entry.get("optional") else f"{path} is missing"
    digest = sha256(path)
    if digest != entry["sha256"]:
        return f"{path} is damaged: sha256 {digest[:12]}…, expected {entry['sha256'][:12]}…"
    return ""


def open_verified(name: str | Path, *, parts: tuple[str, ...] = ("ct2/",)) -> ModelInfo:
    """Return a model whose files were verified, those that begin with one of ``parts``.

    A flipped byte in the weights changes output without any error, so the
    files are hashed before each first use: some 15 ms for 12 MB.

    Raises:
        ModelNotFound: No such model.
        ModelDamaged: A file is missing or altered.
    """
    return _verified(find(name).path.resolve(), parts)


@lru_cache(maxsize=16)
def _verified(path: Path, parts: tuple[str, ...]) -> ModelInfo:
    info = describe(path)
    for file, entry in info.card["files"].items():
        if file.startswith(parts):
            problem = _problem(path, file, entry)
            if problem:
                raise ModelDamaged(f"{problem}; install the model again")
    return info
