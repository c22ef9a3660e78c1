"""Whether a file is the file that was announced or recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path

from summlib.hub.listing import RemoteFile

CHUNK_BYTES = 1 << 20


def sha256(path: Path) -> str:
    """Return the hexadecimal sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def git_sha1(path: Path) -> str:
    r"""Return the hexadecimal name that git gives to the content of a file.

    Source: Pro Git (2014), 10.2, "Git Objects": ``sha1("blob SIZE\0" + content)``.
    """
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()


def is_announced(path: Path, file: RemoteFile) -> bool:
    """Tell whether a file has the size and the digest that a repository announces."""
    if not path.is_file() or path.stat().st_size != file.size_bytes:
        return False
    if file.sha256:
        return sha256(path) == file.sha256
    return git_sha1(path) == file.git_sha1
