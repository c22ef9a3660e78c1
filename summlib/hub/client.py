"""The Hub over HTTP, by huggingface_hub.

Taken from it are the connection with its certificates and proxies, the token
of the user, the meaning of the Hub's errors, and waiting where the Hub says
that it is busy. Files are received here, for two reasons: since version 1.17
``hf_hub_download`` throws away what it has when it is interrupted, and a file
that grows beyond what was announced must be stopped before the disk is full.
``HfApi`` is not used, because it adds a request and facts about the machine
that serve statistics.
"""

from __future__ import annotations

import logging
import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from summlib import __version__, settings
from summlib.errors import (
    InputError,
    MissingDependency,
    ModelDamaged,
    ModelError,
    ModelNotFound,
    SummlibError,
)
from summlib.hub import names, selection
from summlib.hub.listing import Advance, Listing, RemoteFile

DEFAULT_ENDPOINT = "https://huggingface.co"
MAX_FAILURES = 5
"""Interruptions in a row without a new byte after which a file is given up."""
PAUSE_S = 1.0
MAX_BUSY = 3
"""How often the Hub may say that it is busy; the waits double from a second on."""

CONVERTER = "SFconvertbot"
"""The Hub's own account that offers pickled weights of others as safetensors."""

_quiet: ContextVar[bool] = ContextVar("quiet", default=False)
"""Whether huggingface_hub, which writes to standard error of its own accord, may not."""


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    try:
        import huggingface_hub.constants
        import huggingface_hub.errors
        import huggingface_hub.utils
    except ImportError as error:
        raise MissingDependency(
            "getting models needs huggingface_hub, which is not installed; "
            'run: pip install "summlib[hub]"'
        ) from error
    library: ModuleType = huggingface_hub
    for handler in logging.getLogger("huggingface_hub").handlers:
        handler.addFilter(lambda _: not _quiet.get())
    return library


def endpoint() -> str:
    """Return the address of the Hub: ``HF_ENDPOINT``, else the public one.

    Raises:
        InputError: ``HF_ENDPOINT`` is no address.

    >>> endpoint().startswith("http")
    True
    """
    named = os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or DEFAULT_ENDPOINT
    if re.fullmatch(r"https?://[^\s/?#@]+(?:/[^\s?#@]*)?", named) is None:
        raise InputError(f"HF_ENDPOINT is {named!r}; give an address such as {DEFAULT_ENDPOINT}")
    return named


class HubSource:
    """A repository on the Hub at one commit, found when it is made.

    Args:
        name: ``ORG/NAME``.
        revision: A branch, tag or commit; None means the main branch and, where
            that has pickled weights only, their conversion by the Hub.

    Raises:
        MissingDependency: huggingface_hub is not installed.
        ModelNotFound: There is no such model or revision, or no connection.
        ModelError: Access is refused, or the answer is none.
    """

    def __init__(self, name: str, revision: str | None = None) -> None:
        self.name, self.endpoint = name, endpoint()
        self.listing = self._list(revision or "main")
        if revision is None and selection.is_pickled(self.listing):
            self.listing = self._converted() or self.listing

    def bring(self, file: RemoteFile, part: Path, advance: Advance) -> None:
        """Write a file to ``part``, going on behind what stands there already.

        Raises:
            ModelError: The transfer broke off too often or access is refused.
            ModelDamaged: More came than was announced.
            OSError: ``part`` cannot be written.
        """
        failures = 0
        while (have := _size(part)) < file.size_bytes or not part.exists():
            with _reported(self.name, self.listing.commit, self.endpoint):
                interruption = self._attempt(file, part, have, advance)
                failures = 0 if _size(part) > have else failures + 1
                if interruption:
                    if failures >= MAX_FAILURES:
                        raise interruption
                    time.sleep(PAUSE_S)
            if failures >= MAX_FAILURES:
                raise ModelDamaged(f"{file.name} of {self.name} ends early; try again later")

    def _attempt(
        self, file: RemoteFile, part: Path, have: int, advance: Advance
    ) -> Exception | None:
        """Receive until the end or an interruption, which is returned."""
        errors = _library().errors
        try:
            self._receive(file, part, have, advance)
        except errors.HfHubHTTPError:
            raise
        except errors.HTTPError as interruption:
            caught: Exception = interruption
            return caught
        return None

    def _receive(self, file: RemoteFile, part: Path, have: int, advance: Advance) -> None:
        library = _library()
        address = f"{self.name}/resolve/{self.listing.commit}/{quote(file.name)}"
        headers = {**_headers(), "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with library.utils.http_stream_backoff(
            "GET",
            f"{self.endpoint}/{address}",
            headers=headers,
            timeout=library.constants.HF_HUB_DOWNLOAD_TIMEOUT,
            max_retries=MAX_BUSY,
            retry_on_exceptions=(),
        ) as response:
            library.utils.hf_raise_for_status(response)
            begin = _begin(response)
            if begin not in (0, have):
                raise ModelDamaged(f"{file.name} of {self.name} came from byte {begin}, not {have}")
            advance(begin - have)
            with part.open("r+b" if begin else "wb") as out:
                out.seek(begin)
                for chunk in response.iter_bytes():  # as they come: none is lost
                    if out.tell() + len(chunk) > file.size_bytes:
                        raise ModelDamaged(
                            f"{file.name} of {self.name} is longer than announced; refused"
                        )
                    out.write(chunk)
                    advance(len(chunk))

    def _list(self, revision: str) -> Listing:
        path = f"api/models/{self.name}/revision/{quote(revision, safe='')}"
        with _reported(self.name, revision, self.endpoint):
            found = self._ask(path, blobs="true")
            card = found.get("cardData") or {}
            return Listing(
                name=self.name,
                commit=_commit(found.get("sha")),
                files=tuple(map(_file, found["siblings"])),
                origin=self.endpoint,
                task=str(found.get("pipeline_tag") or ""),
                languages=_texts(card.get("language")),
                licence=" ".join(_texts(card.get("license"))),
            )

    def _converted(self) -> Listing | None:
        """Return the conversion that the Hub's own account offers, if it changes nothing else."""
        with _reported(self.name, "", self.endpoint):
            found = self._ask(
                f"api/models/{self.name}/discussions",
                **{"type": "pull_request", "status": "open", "author": CONVERTER},
            )
            numbers = [
                int(offer["num"])
                for offer in found["discussions"]
                if offer["author"]["name"] == CONVERTER and offer["isPullRequest"]
            ]
        for number in sorted(numbers, reverse=True):
            offered = self._list(f"refs/pr/{number}")
            if set(self.listing.files) <= set(offered.files) and not selection.is_pickled(offered):
                return _with_note(offered, f"refs/pr/{number}")
        return None

    def _ask(self, path: str, **query: str) -> dict[str, Any]:
        library = _library()
        response = library.utils.http_backoff(
            "GET",
            f"{self.endpoint}/{path}",
            params=query,
            headers=_headers(),
            timeout=library.constants.HF_HUB_ETAG_TIMEOUT,
            max_retries=MAX_BUSY,
            retry_on_exceptions=(),
        )
        library.utils.hf_raise_for_status(response)
        found = response.json()
        if not isinstance(found, dict):
            raise TypeError("the answer is no JSON object")
        return found


def _with_note(listing: Listing, revision: str) -> Listing:
    note = (
        f"the weights of {listing.name} are pickled; taking those in safetensors that the Hub's "
        f"{CONVERTER} offers ({revision})"
    )
    return replace(listing, note=note)


def _headers() -> dict[str, str]:
    library = _library()
    headers = {"User-Agent": f"summlib/{__version__}; hf_hub/{library.__version__}"}
    implicit = not library.constants.HF_HUB_DISABLE_IMPLICIT_TOKEN
    token = library.get_token() if implicit else None
    return {**headers, "Authorization": f"Bearer {token}"} if token else headers


def _begin(response: Any) -> int:
    """Return the position of the first byte of an answer."""
    if response.status_code != 206:
        return 0
    named = re.match(r"bytes (\d{1,15})-", response.headers.get("Content-Range", ""))
    return int(named[1]) if named else -1


def _file(entry: dict[str, Any]) -> RemoteFile:
    large = entry.get("lfs") or {}
    return RemoteFile(
        name=str(entry["rfilename"]),
        size_bytes=int(large.get("size") or entry.get("size") or 0),
        sha256=str(large.get("sha256") or ""),
        git_sha1="" if large else str(entry.get("blobId") or ""),
    )


def _commit(found: Any) -> str:
    if not isinstance(found, str) or not names.is_commit(found):
        raise ValueError(f"{found!r} is no commit")
    return found


def _texts(found: Any) -> tuple[str, ...]:
    values = found if isinstance(found, list) else [found]
    return tuple(value for value in values if isinstance(value, str))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


@contextmanager
def _reported(name: str, revision: str, address: str) -> Iterator[None]:
    """Turn what goes wrong on the way into errors of summlib; open no socket when offline."""
    if settings.offline():
        raise ModelNotFound(f"{name} cannot be fetched: HF_HUB_OFFLINE forbids every connection")
    library = _library()
    before = _quiet.set(True)
    try:
        yield
    except library.errors.HfHubHTTPError as error:
        refusal = _refusal(error, name, revision, address)
        raise refusal from error
    except (library.errors.HTTPError, library.errors.OfflineModeIsEnabled) as error:
        raise ModelNotFound(
            f"{name} cannot be fetched: no connection to {address} ({error or repr(error)}); "
            "what is there already is kept: try again when there is one"
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{address} gave an answer that is none of the Hub: {error!r}") from error
    finally:
        _quiet.reset(before)


def _refusal(error: Any, name: str, revision: str, address: str) -> SummlibError:
    """Say what an answer of the Hub other than success means for a person."""
    status, code = error.response.status_code, error.response.headers.get("X-Error-Code", "")
    if code == "GatedRepo" or status == 403:
        return ModelError(
            f"{name} is gated: accept its terms at {address}/{name}, then set HF_TOKEN "
            f"(the Hub answered {status})"
        )
    if code == "RevisionNotFound":
        return ModelNotFound(f"{name} has no revision {revision!r} at {address}")
    if status in (401, 404):
        return ModelNotFound(
            f"there is no model {name} at {address}, or it is private (the Hub answered {status}); "
            "check the spelling, or set HF_TOKEN"
        )
    return ModelError(
        f"{name} cannot be fetched: {address} answered {status}; what is there already is kept: "
        "try again later"
    )
