"""Models that another program left in the cache of huggingface_hub.

They are taken over without a connection: whoever has a checkpoint already need
not fetch it twice, and has it where nothing may be fetched. Its layout names
each file by its digest, so that what is taken over is verified as well.

Source: huggingface_hub's guide "Understand caching", which promises the layout.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from summlib.errors import ModelNotFound
from summlib.hub import names
from summlib.hub.listing import Advance, Listing, RemoteFile

SHA256_DIGITS, SHA1_DIGITS = 64, 40


def folder() -> Path:
    """Return the cache of huggingface_hub, which may not exist.

    >>> folder().is_absolute()
    True
    """
    for variable in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if named := os.environ.get(variable, "").strip():
            return Path(named).expanduser().absolute()
    if home := os.environ.get("HF_HOME", "").strip():
        return Path(home).expanduser().absolute() / "hub"
    caches = os.environ.get("XDG_CACHE_HOME", "").strip() or os.path.join("~", ".cache")
    return Path(os.path.expanduser(caches)).absolute() / "huggingface" / "hub"


class ExistingSource:
    """A repository as it stands in the cache of huggingface_hub.

    Args:
        name: ``ORG/NAME``.
        revision: A branch, tag or commit; None means the main branch.

    Raises:
        ModelNotFound: It is not there.
    """

    def __init__(self, name: str, revision: str | None = None) -> None:
        self.place = folder() / f"models--{names.folder_name(name)}"
        commit = self._commit(revision or "main")
        self.snapshot = self.place / "snapshots" / commit
        if not commit or not self.snapshot.is_dir():
            raise ModelNotFound(f"{name} is not in {folder()}")
        self.listing = Listing(name, commit, tuple(self._files()), str(self.place))

    def bring(self, file: RemoteFile, part: Path, advance: Advance) -> None:
        """Copy a file to ``part``; where the file system can, it takes no space."""
        before = part.stat().st_size if part.exists() else 0
        blob = self.place / "blobs" / (file.sha256 or file.git_sha1)
        part.unlink(missing_ok=True)
        try:
            os.link(blob, part)
        except OSError:  # another disk, or a file system without links
            shutil.copyfile(blob, part)
        advance(file.size_bytes - before)

    def _commit(self, revision: str) -> str:
        if names.is_commit(revision):
            return revision
        try:
            commit = (self.place / "refs" / revision).read_text(encoding="utf-8").strip()
        except (OSError, ValueError):
            return ""
        return commit if names.is_commit(commit) else ""

    def _files(self) -> Iterator[RemoteFile]:
        """Yield the files whose digest is known: those that link to a blob."""
        blobs = (self.place / "blobs").resolve()
        for path in sorted(self.snapshot.iterdir()):
            blob = path.resolve()
            if blob.parent != blobs or not blob.is_file():
                continue
            digest = blob.name if len(blob.name) == SHA256_DIGITS else ""
            git = blob.name if len(blob.name) == SHA1_DIGITS else ""
            if digest or git:
                yield RemoteFile(path.name, blob.stat().st_size, digest, git)
