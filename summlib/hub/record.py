"""``hub.json``: what was fetched, written beside it, with the sha256 of every file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from summlib.errors import ModelDamaged, ModelTooNew
from summlib.hub import names

FILE = "hub.json"
FORMAT = 1
"""Version of ``hub.json``; a higher one was written by a later summlib."""

PLAIN_FILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}")
"""Names of files that are taken from a repository: no folders, nothing hidden."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as it was fetched.

    Args:
        sha256: Hexadecimal.
        size_bytes: Its size.
    """

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class HubModel:
    """A model of the Hub that stands in the cache.

    Args:
        name: ``ORG/NAME``.
        revision: The branch, tag or commit that was asked for.
        commit: What that meant when it was fetched; the files are those for ever.
        path: Its folder.
        files: Name to size and sha256.
        family: ``model_type`` of its configuration, such as ``marian``.
        task: Such as ``translation`` where the repository says so, else empty.
        languages: Codes that its card names.
        licence: Of the weights, as its card says, else empty.
        origin: Where it was fetched from.
        fetched: Date and time in UTC, ISO 8601.
        problem: Why it cannot be used; empty when nothing is known against it.
    """

    name: str
    revision: str
    commit: str
    path: Path
    files: Mapping[str, FileRecord]
    family: str = ""
    task: str = ""
    languages: tuple[str, ...] = ()
    licence: str = ""
    origin: str = ""
    fetched: str = ""
    problem: str = ""

    @property
    def size_bytes(self) -> int:
        """Sum of its files."""
        return sum(file.size_bytes for file in self.files.values())


def write(model: HubModel, folder: Path) -> None:
    """Write ``hub.json`` into a folder."""
    record = {"format": FORMAT, **asdict(model)}
    for field in ("path", "problem"):
        del record[field]
    text = json.dumps(record, ensure_ascii=False, indent=1, default=list)
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8")


def read(folder: Path) -> HubModel:
    """Return what ``hub.json`` in a folder says.

    Nothing it says is believed unseen: a name of a file that would lead out of
    the folder is damage.

    Raises:
        ModelDamaged: It is missing, no JSON, or says what cannot be.
        ModelTooNew: It was written by a later version of summlib.
    """
    try:
        record = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if record.pop("format") > FORMAT:
            raise ModelTooNew(f"{folder} was fetched by a later summlib; upgrade summlib")
        return _model(record, folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ModelDamaged(f"{folder / FILE} cannot be used: {error!r}; get it again") from error


def _model(record: dict[str, Any], folder: Path) -> HubModel:
    files = {name: FileRecord(**entry) for name, entry in record.pop("files").items()}
    languages = tuple(str(code) for code in record.pop("languages"))
    if not all(isinstance(value, str) for value in record.values()):
        raise TypeError("a field that must be a text is none")
    model = HubModel(**record, path=folder, files=files, languages=languages)
    if not names.is_name(model.name) or not names.is_commit(model.commit):
        raise ValueError(f"{model.name!r} at {model.commit!r} is no model of the Hub")
    for name, file in files.items():
        sound = re.fullmatch("[0-9a-f]{64}", file.sha256) and file.size_bytes >= 0
        if PLAIN_FILE.fullmatch(name) is None or not sound:
            raise ValueError(f"{name!r} is no file of a model")
    return model
