"""Bring a model into the cache: looked into, resumable, verified, whole or not at all.

Files are written to ``partial/``; only when all are there and right is their
folder renamed to its place, so that half a model is never used. A process that
is killed leaves its part, and the next one goes on behind it. One process
fetches a model at a time; another that wants it waits and finds it there.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from summlib import settings
from summlib.errors import MissingDependency, ModelDamaged, ModelError, ModelNotFound
from summlib.hub import cache, names, record, selection
from summlib.hub.client import HubSource
from summlib.hub.digests import is_announced, sha256
from summlib.hub.existing import ExistingSource
from summlib.hub.listing import Listener, RemoteFile, Source
from summlib.hub.record import FileRecord, HubModel

SPARE_BYTES = 50_000_000
"""Left free on the disk when a model is fetched."""


def get(name: str, *, revision: str | None = None, listener: Listener | None = None) -> HubModel:
    """Fetch a model, or what of it is missing, and return it verified.

    Asks the Hub what the revision means today; what is in the cache already is
    verified, and fetched again only where it is damaged. Afterwards the name
    without revision means this version. Where connections are forbidden, the
    version in the cache is returned.

    Args:
        name: ``ORG/NAME`` or ``ORG/NAME@REVISION``.
        revision: A branch, tag or commit; by default the main branch.
        listener: Hears how it goes.

    Raises:
        InputError: The name or revision is none.
        MissingDependency: huggingface_hub is not installed.
        ModelNotFound: There is no such model, no connection, or none allowed.
        ModelError: The model is refused, or the cache cannot be written.
        ModelDamaged: What came is not what was announced.
    """
    listener = listener or Listener()
    name, revision = names.split(name, revision)
    if settings.offline():
        return _without_connection(name, revision, listener)
    return _take(HubSource(name, revision), revision, listener)


def resolve(name: str, *, revision: str | None = None, listener: Listener | None = None) -> Path:
    """Return the folder of a model, fetching it when it is not there and may be fetched.

    Whoever names a model of the Hub wants it, so it is fetched at first use;
    after that no connection is ever opened for it, and it stays the same until
    ``get`` is called. The cache of huggingface_hub is looked into first.

    Args:
        name: ``ORG/NAME`` or ``ORG/NAME@REVISION``.
        revision: A branch, tag or commit; by default what was fetched last.
        listener: Hears how it goes.

    Raises:
        InputError: The name or revision is none.
        ModelNotFound: It is nowhere, or may not be fetched.
        ModelDamaged: Files are missing or of another size.
        ModelError: The model is refused, or the cache cannot be written.
        MissingDependency: huggingface_hub is needed and not installed.
    """
    listener = listener or Listener()
    name, revision = names.split(name, revision)
    try:
        return cache.find(name, revision=revision).path
    except ModelNotFound:
        model = _existing(name, revision, listener)
    return (model or get(name, revision=revision, listener=listener)).path


def _without_connection(name: str, revision: str | None, listener: Listener) -> HubModel:
    try:
        model = cache.find(name, revision=revision)
        listener.note(f"{name} was fetched before; connections are forbidden, none was opened")
        return model
    except ModelNotFound as error:
        taken = _existing(name, revision, listener)
        if taken:
            return taken
        raise ModelNotFound(
            f"{error} where connections are allowed (HF_HUB_OFFLINE or --offline forbids them "
            f"here), and copy {cache.cache_folder()}"
        ) from error


def _existing(name: str, revision: str | None, listener: Listener) -> HubModel | None:
    """Take a model over from the cache of huggingface_hub, if it is there whole and safe."""
    try:
        source = ExistingSource(name, revision)
        selection.settings(source.listing)
    except (ModelError, OSError):
        return None
    return _take(source, revision, listener)


def _take(source: Source, revision: str | None, listener: Listener) -> HubModel:
    listing = source.listing
    if listing.note:
        listener.note(listing.note)
    with _writing(), _locked(listing.name, listener):
        place = cache.model_folder(listing.name) / listing.commit
        if not _is_sound(place):
            _fetch(source, revision or "main", place, listener)
        refs = cache.read_refs(listing.name)
        fresh = {revision or "main": listing.commit, cache.CURRENT: listing.commit}
        cache.write_refs(listing.name, {**refs, **fresh})
    return cache.find(listing.name, revision=listing.commit)


def _is_sound(place: Path) -> bool:
    try:
        return not cache.verify(record.read(place))
    except ModelError:
        return False


def _fetch(source: Source, revision: str, place: Path, listener: Listener) -> None:
    listing = source.listing
    first = selection.settings(listing)
    folder = cache.cache_folder() / "partial" / place.parent.name / place.name
    folder.parent.mkdir(parents=True, exist_ok=True)
    if place.exists() and not folder.exists():
        place.rename(folder)  # what is right of a damaged model need not come again
    folder.mkdir(exist_ok=True)
    _bring_all(source, first, folder, Listener())
    config = selection.check_settings(listing.name, folder)
    files = selection.remaining(listing, folder)
    _check_space(listing.name, folder, files)
    listener.begin(listing.name, sum(file.size_bytes for file in files))
    _bring_all(source, files, folder, listener)
    _publish(source, revision, folder, place, [*first, *files], config)


def _bring_all(
    source: Source, files: Iterable[RemoteFile], folder: Path, listener: Listener
) -> None:
    for file in files:
        if is_announced(folder / file.name, file):
            listener.advance(file.size_bytes)
        else:
            _bring(source, file, folder, listener)


def _bring(source: Source, file: RemoteFile, folder: Path, listener: Listener) -> None:
    """Fetch one file; a part of an earlier time that proves wrong is thrown away once."""
    if not file.sha256 and not file.git_sha1:
        raise ModelError(f"{source.listing.origin} tells no digest of {file.name}; refused")
    part = folder / f"{file.name}.part"
    before = part.stat().st_size if part.exists() else 0
    listener.advance(before)
    for resumed in (True, False) if before else (False,):
        try:
            source.bring(file, part, listener.advance)
            if is_announced(part, file):
                part.replace(folder / file.name)
                return
            problem = "it is not the file that was announced (its digest differs)"
        except ModelDamaged as error:
            problem = str(error)
        listener.advance(-(part.stat().st_size if part.exists() else 0))
        part.unlink(missing_ok=True)
        if not resumed:
            raise ModelDamaged(
                f"{file.name} of {source.listing.name} came damaged: {problem}; nothing of it was "
                f"kept. Try again; if it stays so, do not trust {source.listing.origin}"
            )


def _publish(
    source: Source,
    revision: str,
    folder: Path,
    place: Path,
    files: Iterable[RemoteFile],
    config: dict[str, Any],
) -> None:
    """Record what was fetched and give the folder its name."""
    listing = source.listing
    entries = {
        file.name: FileRecord(file.sha256 or sha256(folder / file.name), file.size_bytes)
        for file in files
    }
    for path in folder.iterdir():
        if path.name not in entries:
            path.unlink()
    model = HubModel(
        name=listing.name,
        revision=revision,
        commit=listing.commit,
        path=place,
        files=entries,
        family=config["model_type"],
        task=listing.task,
        languages=listing.languages,
        licence=listing.licence,
        origin=listing.origin,
        fetched=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    record.write(model, folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        shutil.rmtree(place)  # damaged, or it would not have been fetched
    folder.rename(place)
    with suppress(OSError):  # another version is there in part
        folder.parent.rmdir()


def _check_space(name: str, folder: Path, files: Iterable[RemoteFile]) -> None:
    needed = sum(
        file.size_bytes - _there(folder / file.name) - _there(folder / f"{file.name}.part")
        for file in files
    )
    free = shutil.disk_usage(folder).free
    if needed + SPARE_BYTES > free:
        raise ModelError(
            f"{name} needs {needed / 1e6:.0f} MB more and {cache.cache_folder()} has "
            f"{free / 1e6:.0f} MB free; make room, or set {cache.VARIABLE} to another disk"
        )


def _there(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


@contextmanager
def _writing() -> Iterator[None]:
    """Say what to do when the cache cannot be written."""
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"the cache {cache.cache_folder()} cannot be written: {error.strerror or error}; make "
            f"room or give yourself the right, or set {cache.VARIABLE} to another folder"
        ) from error


@contextmanager
def _locked(name: str, listener: Listener) -> Iterator[None]:
    """Let one process at a time fetch a model; the lock falls when its holder dies."""
    try:
        import filelock
    except ImportError as error:
        raise MissingDependency(
            'getting models needs filelock, which is not installed; run: pip install "summlib[hub]"'
        ) from error
    path = cache.cache_folder() / "locks" / f"{names.folder_name(name)}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        listener.note(f"another process is fetching {name}; waiting for it")
        lock.acquire()
    except NotImplementedError as error:
        raise ModelError(
            f"the disk of {cache.cache_folder()} knows no locks; set {cache.VARIABLE} to a folder "
            "on another disk"
        ) from error
    try:
        yield
    finally:
        lock.release()
