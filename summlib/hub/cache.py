"""The models of the Hub that stand in the user's cache.

::

    CACHE/hub/ORG--NAME/COMMIT/      the files of one version, with hub.json
    CACHE/hub/ORG--NAME/refs.json    which version a name without revision means
    CACHE/partial/                   what is being fetched; never used as a model
    CACHE/locks/                     one fetches at a time, others wait for it
    CACHE/converted/                 conversions made by the engines

Listing, showing, verifying and removing need no optional package and open no
connection. Nothing is created by reading.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from summlib.errors import ModelDamaged, ModelError, ModelNotFound, ModelTooNew
from summlib.hub import names, record
from summlib.hub.digests import sha256
from summlib.hub.record import HubModel

VARIABLE = "SUMMLIB_CACHE"
CURRENT = ""
"""Key in ``refs.json`` of the version that a name without revision means."""


def cache_folder() -> Path:
    """Return the user's cache: ``SUMMLIB_CACHE``, else where the system keeps caches.

    The folder may not exist yet; what writes into it makes it.

    Raises:
        ModelError: The system does not tell where the home of the user is.

    >>> cache_folder().is_absolute()
    True
    """
    named = os.environ.get(VARIABLE, "").strip()
    try:
        return (Path(named).expanduser() if named else _system_caches() / "summlib").absolute()
    except RuntimeError as error:
        raise ModelError(f"no folder for caches is known ({error}); set {VARIABLE}") from error


def _system_caches() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    named = os.environ.get(variable, "")
    return Path(named) if os.path.isabs(named) else Path.home() / ".cache"


def model_folder(name: str) -> Path:
    """Return the folder that holds all versions of a model."""
    return cache_folder() / "hub" / names.folder_name(name)


def installed() -> list[HubModel]:
    """Return all versions of all models in the cache, sorted; damaged ones say so.

    >>> all(model.path.is_dir() for model in installed())
    True
    """
    return sorted(_versions("*"), key=lambda model: (model.name.lower(), model.commit))


def _versions(pattern: str) -> Iterator[HubModel]:
    for folder in (cache_folder() / "hub").glob(f"{pattern}/*"):
        if names.is_commit(folder.name) and folder.is_dir():
            yield _described(folder)


def _described(folder: Path) -> HubModel:
    """Return what a folder says of itself, or its name with what is wrong with it."""
    try:
        model = record.read(folder)
        if (names.folder_name(model.name), model.commit) == (folder.parent.name, folder.name):
            return replace(model, problem=_cut(model))
        problem = f"{folder} holds {model.name} at {model.commit}; get it again"
    except (ModelDamaged, ModelTooNew) as error:
        problem = str(error)
    name = folder.parent.name.replace("--", "/", 1)
    return HubModel(name, folder.name, folder.name, folder, {}, problem=problem)


def _cut(model: HubModel) -> str:
    """Say which file is missing or of another size, which costs no reading."""
    for file, entry in model.files.items():
        path = model.path / file
        if not path.is_file() or path.stat().st_size != entry.size_bytes:
            again = f"summlib models get {model.name}@{model.commit}"
            return f"{path} is missing or cut; run: {again}"
    return ""


def find(text: str, *, revision: str | None = None) -> HubModel:
    """Return a model of the cache, files present and of the right size.

    A name without revision means the version that was fetched last.

    Args:
        text: ``ORG/NAME`` or ``ORG/NAME@REVISION``.
        revision: A branch, tag or commit (at least 7 digits of one).

    Raises:
        InputError: The name or revision is none.
        ModelNotFound: It is not in the cache.
        ModelDamaged: Files are missing or of another size.
    """
    model = look_up(text, revision=revision)
    if model.problem:
        raise ModelDamaged(model.problem)
    return model


def look_up(text: str, *, revision: str | None = None) -> HubModel:
    """Return a model of the cache, with its problem where it is damaged.

    Raises:
        InputError: The name or revision is none.
        ModelNotFound: It is not in the cache.
    """
    name, wanted = names.split(text, revision)
    commit = _commit(name, wanted)
    if commit:
        return _described(model_folder(name) / commit)
    what = f"{name}@{wanted}" if wanted else name
    known = ", ".join(sorted({model.name for model in installed()})) or "none"
    raise ModelNotFound(
        f"model {what!r} is not in the cache ({cache_folder()}); there are: {known}; "
        f"run: summlib models get {what}"
    )


def _commit(name: str, revision: str | None) -> str:
    """Return the commit of a version that stands in the cache, else an empty text."""
    fetched = {model.commit: model.fetched for model in _versions(names.folder_name(name))}
    wanted = read_refs(name).get(revision or CURRENT, revision or "")
    if revision is None and wanted not in fetched:
        return max(fetched, key=lambda commit: fetched[commit], default="")
    found = [commit for commit in fetched if len(wanted) >= 7 and commit.startswith(wanted)]
    return found[0] if len(found) == 1 else ""


def read_refs(name: str) -> dict[str, str]:
    """Return which commit each revision of a model meant when it was fetched."""
    try:
        refs = json.loads((model_folder(name) / "refs.json").read_text(encoding="utf-8"))
        return {str(ref): str(commit) for ref, commit in refs.items()}
    except (OSError, ValueError, AttributeError, RecursionError):
        return {}


def write_refs(name: str, refs: dict[str, str]) -> None:
    """Replace what the revisions of a model mean, whole or not at all."""
    path = model_folder(name) / "refs.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".refs.{os.urandom(8).hex()}")
    fresh.write_text(json.dumps(refs, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    fresh.replace(path)


def verify(model: HubModel) -> list[str]:
    """Return one line for each file that is missing or altered; none when all is right.

    Reads every byte: about a second for 1.5 GB.
    """
    if model.problem and not model.files:
        return [model.problem]
    lines = []
    for name, entry in sorted(model.files.items()):
        path = model.path / name
        if not path.is_file():
            lines.append(f"{path} is missing")
        elif (digest := sha256(path)) != entry.sha256:
            lines.append(f"{path} is damaged: sha256 {digest[:12]}…, recorded {entry.sha256[:12]}…")
    return lines


def conversions(model: HubModel) -> list[Path]:
    """Return the folders that the engines converted a model into."""
    prefix = f"{names.folder_name(model.name)}@{model.commit[:12]}@"
    return sorted(path.parent for path in _converted().glob(f"{prefix}*/*/conversion.json"))


def _converted() -> Path:
    return cache_folder() / "converted"


def remove(text: str, *, revision: str | None = None) -> list[Path]:
    """Remove a model, or one version of it, with its conversions and what is there in part.

    A process that has it open keeps it until it ends (not on Windows). The
    folder is first renamed, so that no other process sees half a model.

    Args:
        text: ``ORG/NAME`` for all versions, ``ORG/NAME@REVISION`` for one.
        revision: A branch, tag or commit.

    Returns:
        The folders removed.

    Raises:
        InputError: The name or revision is none.
        ModelNotFound: Nothing of it is in the cache.
        ModelError: The cache cannot be written.
    """
    name, wanted = names.split(text, revision)
    folder = model_folder(name)
    if wanted is None:
        parts = [folder, cache_folder() / "partial" / folder.name]
        doomed = [path for path in parts if path.exists()]
        prefix = f"{folder.name}@"
    else:
        version = look_up(name, revision=wanted)
        doomed, prefix = [version.path], f"{folder.name}@{version.commit[:12]}@"
    doomed.extend(sorted(_converted().glob(f"{prefix}*")))
    if not doomed:
        look_up(name)
    try:
        for path in doomed:
            _remove_folder(path)
        _forget_removed(name)
    except OSError as error:
        raise ModelError(f"{folder} cannot be removed: {error}") from error
    return doomed


def _remove_folder(path: Path) -> None:
    graves = cache_folder() / "partial"
    graves.mkdir(parents=True, exist_ok=True)
    path.rename(graves / f".removed.{os.urandom(8).hex()}")
    for grave in graves.glob(".removed.*"):  # those of a process that was killed, too
        if grave.is_symlink():
            grave.unlink(missing_ok=True)
        else:
            shutil.rmtree(grave, ignore_errors=True)


def _forget_removed(name: str) -> None:
    present = [model.commit for model in _versions(names.folder_name(name))]
    if present:
        kept = {ref: commit for ref, commit in read_refs(name).items() if commit in present}
        write_refs(name, kept)
    elif model_folder(name).is_dir():
        _remove_folder(model_folder(name))
