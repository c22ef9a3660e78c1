"""What a repository says that it holds, and who is told how fetching goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

Advance = Callable[[int], None]
"""Told how many bytes were added; fewer than 0 when some were thrown away."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a repository.

    Args:
        name: Its path there, with slashes.
        size_bytes: Its size.
        sha256: Hexadecimal, of files kept in large file storage; else empty.
        git_sha1: Hexadecimal name of the git blob, of all others; else empty.
    """

    name: str
    size_bytes: int
    sha256: str = ""
    git_sha1: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A repository at one commit.

    Args:
        name: ``ORG/NAME``.
        commit: The whole hash, which never means other files.
        files: All of them.
        origin: Where it was found: an address, or the folder of another cache.
        task: Such as ``translation`` where the repository says so, else empty.
        languages: Codes that its card names.
        licence: Of the weights, as its card says.
        note: What a person should know of how it was found; empty when nothing.
    """

    name: str
    commit: str
    files: tuple[RemoteFile, ...]
    origin: str
    task: str = ""
    languages: tuple[str, ...] = ()
    licence: str = ""
    note: str = ""


class Source(Protocol):
    """A repository that files can be brought from."""

    @property
    def listing(self) -> Listing:
        """Return what it holds."""
        ...

    def bring(self, file: RemoteFile, part: Path, advance: Advance) -> None:
        """Write a file to ``part``, going on behind what stands there already."""
        ...


class Listener:
    """Hears how fetching goes; this one writes notes to the log and shows nothing."""

    def begin(self, name: str, total_bytes: int) -> None:
        """Hear how much there is to fetch, what is there already included."""

    def advance(self, count: int) -> None:
        """Hear that so many bytes more are there."""

    def note(self, text: str) -> None:
        """Hear one line for a person."""
        _log.info(text)
