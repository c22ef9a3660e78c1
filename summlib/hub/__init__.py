"""Models of the Hub: fetched once, verified, pinned to a commit, kept in the user's cache.

Nothing here opens a connection but ``get`` and ``resolve``, and those only for
a name of the Hub that is not in the cache yet (``get``: that was asked for),
and never when ``HF_HUB_OFFLINE`` is set. Taken are safetensors only; pickled
weights and models that need code of their own are refused.

>>> is_name("Helsinki-NLP/opus-mt-de-en")
True
"""

from __future__ import annotations

from summlib.hub.cache import cache_folder, conversions, find, installed, look_up, remove, verify
from summlib.hub.download import get, resolve
from summlib.hub.listing import Listener
from summlib.hub.names import is_name
from summlib.hub.record import HubModel

__all__ = [
    "HubModel",
    "Listener",
    "cache_folder",
    "conversions",
    "find",
    "get",
    "installed",
    "is_name",
    "look_up",
    "remove",
    "resolve",
    "verify",
]
