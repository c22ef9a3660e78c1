"""What several test modules share: small engines, a small model folder, the modules' trees."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from summlib.drafts import Drafter
from summlib.engines.base import Options, Output
from summlib.errors import ModelError
from summlib.renderer import Renderer
from summlib.rendering import Languages

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """Let Ctrl-C reach the processes that tests start.

    A shell starts what runs in its background with SIGINT ignored, children
    inherit that, and Python then never raises KeyboardInterrupt.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class ScriptedEngine:
    """An engine that answers from a table, and with its input where the table has nothing.

    Args:
        answers: Text to its hypotheses, best first.
        max_length: Words a text may have.
    """

    signature = "scripted"

    def __init__(
        self, answers: Mapping[str, Sequence[str]] | None = None, *, max_length: int = 1000
    ) -> None:
        self.answers, self.max_length = dict(answers or {}), max_length
        self.calls: list[tuple[list[str], Options]] = []

    @property
    def read(self) -> list[str]:
        """All texts it was given, call after call."""
        return [text for texts, _ in self.calls for text in texts]

    def lengths(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        self.calls.append((list(texts), options or Options()))
        return [
            [
                Output(hypothesis, -0.1 * (n + 1), length > self.max_length)
                for n, hypothesis in enumerate(self.answers.get(text, [text]))
            ]
            for text, length in zip(texts, self.lengths(texts), strict=True)
        ]


@pytest.fixture(autouse=True, scope="session")
def no_connection_leaves_this_machine() -> Iterator[list[str]]:
    """Refuse every test a connection, but to this machine; the hook sees what C code does too."""
    refused: list[str] = []
    listening = [True]

    def refuse(event: str, args: tuple[Any, ...]) -> None:
        if listening and event in _CONNECTING and not _is_here(args[_CONNECTING[event]]):
            refused.append(f"{event} {args[_CONNECTING[event]]!r}")
            raise OSError(f"a test may not connect to {args[_CONNECTING[event]]!r}")

    sys.addaudithook(refuse)
    yield refused
    listening.clear()
    assert not refused


_CONNECTING = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}
"""Events of ``sys.audit``, and which argument holds the address."""


def _is_here(address: object) -> bool:
    """Tell what stays on this machine: the path of a socket, or a name that loops back."""
    host = address[0] if isinstance(address, tuple) else address
    name = os.fsdecode(host) if isinstance(host, str | bytes) else ""
    return not name or name.startswith(("/", "\0", "localhost", "127.", "::1"))


@pytest.fixture(autouse=True, scope="session")
def cache_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the cache of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SUMMLIB_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def scripted() -> type[ScriptedEngine]:
    return ScriptedEngine


@pytest.fixture
def make_renderer() -> Callable[..., Renderer]:
    """Build a renderer over a scripted engine; ``prepared`` as the bundled models are."""

    def make(engine: ScriptedEngine, **options: Any) -> Renderer:
        return Renderer(engine, languages=Languages(), **{"drafter": Drafter(), **options})

    return make


@pytest.fixture
def make_model(tmp_path: Path) -> Callable[..., Path]:
    """Write the folder of a model whose weights are a few bytes."""

    def make(name: str = "klein", *, parent: Path | None = None, **fields: Any) -> Path:
        folder = (parent or tmp_path / "models") / name
        files = {"ct2/model.bin": b"weights", "ct2/spm.model": b"pieces", "words.txt": b"Haus\n"}
        entries = {}
        for file, content in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(content)
            entries[file] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        card = {
            "format": 1,
            "name": name,
            "task": "translate",
            "languages": ["de", "en"],
            "version": 1,
            "licence": "CC0-1.0",
            "files": entries,
            **fields,
        }
        (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
        return folder

    return make


@pytest.fixture(scope="session")
def bundled_model() -> Path:
    """Return the folder of the German-English model that stands in ``models/``."""
    from summlib import store

    try:
        return store.find("de-en").path
    except ModelError as error:
        pytest.skip(f"the bundled model is not there: {error}")
