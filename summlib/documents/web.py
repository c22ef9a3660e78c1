"""Documents from the network, only where the caller allows it."""

from __future__ import annotations

import http.client
import io
import time
import urllib.error
import urllib.request
from typing import IO, Any

from summlib import __version__, settings
from summlib.errors import InputError, UnreadableDocument

MAX_DOWNLOAD = 64 * 2**20
"""Bytes that are fetched at most."""

TIMEOUT_S = 20.0
"""Seconds without a byte after which a server counts as silent."""

MAX_DOWNLOAD_S = 120.0
"""Seconds after which a server that only drips is left."""

_CHUNK = 1 << 16


def is_url(source: object) -> bool:
    """Tell an address from a path.

    >>> is_url("https://example.org/a.pdf"), is_url("a.txt"), is_url("file:///a.txt")
    (True, False, True)
    """
    return isinstance(source, str) and source.lower().startswith(
        ("http://", "https://", "ftp://", "file://")
    )


def fetch(url: str, *, allow_network: bool) -> tuple[io.BufferedReader, str]:
    """Return what stands at an address, and the encoding that the server names.

    Args:
        url: ``http://`` or ``https://``; redirections may lead to such only.
        allow_network: Whether the caller said that connections are allowed.

    Raises:
        InputError: Connections are not allowed, or it is another kind of address.
        UnreadableDocument: The server cannot be reached, says no, is too slow,
            or sends too much.
    """
    _check(url, allow_network)
    opener = urllib.request.build_opener(_HttpOnly())
    try:
        request = urllib.request.Request(url, headers={"User-Agent": f"summlib/{__version__}"})
        with opener.open(request, timeout=TIMEOUT_S) as response:
            data = _take(response, url)
            charset = response.headers.get_content_charset() or ""
    except InputError:
        raise
    except urllib.error.HTTPError as error:
        error.close()
        raise UnreadableDocument(
            f"{url} cannot be read: the server says {error.code} {error.reason}; "
            "open it in a browser and save the page"
        ) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise UnreadableDocument(
            f"{url} cannot be fetched ({why}); check the address and the connection"
        ) from error
    return io.BufferedReader(io.BytesIO(data)), charset


def _check(url: str, allow_network: bool) -> None:
    if not url.lower().startswith(("http://", "https://")):
        raise InputError(f"{url} is no http:// or https:// address; give one, or a path")
    if not allow_network:
        raise InputError(
            f"{url} is on the network, and summlib connects only when told to: give "
            "allow_network=True (--allow-network), or save the page and name the file"
        )
    if settings.offline():
        raise InputError(f"{url} is not fetched: HF_HUB_OFFLINE=1 forbids every connection")


def _take(response: IO[Any], url: str) -> bytes:
    deadline = time.monotonic() + MAX_DOWNLOAD_S
    data = bytearray()
    while chunk := response.read1(_CHUNK):  # type: ignore[attr-defined]
        data += chunk
        if len(data) > MAX_DOWNLOAD:
            raise UnreadableDocument(
                f"{url} holds more than {MAX_DOWNLOAD >> 20} MB; save it and name the file"
            )
        if time.monotonic() > deadline:
            raise UnreadableDocument(
                f"{url} took more than {MAX_DOWNLOAD_S:.0f} s; save it and name the file"
            )
    if getattr(response, "length", 0):
        raise UnreadableDocument(f"{url} broke off after {len(data)} bytes; try again")
    return bytes(data)


class _HttpOnly(urllib.request.HTTPRedirectHandler):
    """Follow redirections to the web only; urllib's own handler would also take ftp."""

    def redirect_request(
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        if not newurl.lower().startswith(("http://", "https://")):
            fp.close()
            raise UnreadableDocument(
                f"{req.full_url} leads off the web, to {newurl[:200]}; nothing was fetched"
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)
