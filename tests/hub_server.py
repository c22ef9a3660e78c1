"""A Hub on 127.0.0.1: the few routes that fetching a model needs, and the ways they fail."""

from __future__ import annotations

import hashlib
import json
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

NAME = "Kleine-Org/opus-mt-de-en"
CONFIG = {"model_type": "marian", "is_encoder_decoder": True, "vocab_size": 3}


def safetensors(size: int = 4096) -> bytes:
    """Return a sound safetensors file with one tensor of ``size`` bytes."""
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}})
    return struct.pack("<Q", len(header)) + header.encode() + bytes(i % 251 for i in range(size))


def model_files(**more: bytes) -> dict[str, bytes]:
    """Return the files of a small repository, as they are found on the Hub."""
    return {
        "README.md": b"---\nlicense: cc-by-4.0\n---\nA model.\n",
        "config.json": json.dumps(CONFIG).encode(),
        "generation_config.json": b'{"max_length": 512}',
        "tokenizer_config.json": b'{"source_lang": "de"}',
        "vocab.json": b'{"a": 0}',
        "source.spm": b"source pieces",
        "target.spm": b"target pieces",
        "model.safetensors": safetensors(),
        "pytorch_model.bin": b"\x80\x04pickle",
        "train.py": b"raise SystemExit",
        "onnx/model.onnx": b"onnx",
        **more,
    }


def commit_of(files: dict[str, bytes]) -> str:
    """Return a hash that stands for these files."""
    rows = [f"{name} {hashlib.sha256(data).hexdigest()}" for name, data in sorted(files.items())]
    return hashlib.sha1("\n".join(rows).encode()).hexdigest()


@dataclass
class Repository:
    """What the server holds of one model.

    Args:
        refs: Branch, tag or commit to commit.
        commits: Commit to its files.
        offers: Open pull requests: number to author; ``refs/pr/N`` is their revision.
        gated: Whether only requests with a token are answered.
    """

    refs: dict[str, str] = field(default_factory=dict)
    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    offers: dict[int, str] = field(default_factory=dict)
    gated: bool = False

    def push(self, files: dict[str, bytes], revision: str = "main") -> str:
        """Give a revision these files and return the commit."""
        commit = commit_of(files)
        self.commits[commit] = files
        self.refs |= {revision: commit, commit: commit}
        return commit


@dataclass
class Hub:
    """The server: its repositories, its faults, what it was asked.

    Args:
        address: Such as ``http://127.0.0.1:40000``.
        repositories: Name to repository.
        drop_after: File name to the bytes after which the connection is cut, once.
        statuses: File name (or ``api``) to statuses answered, first to last, then none.
        altered: File name to other bytes that are sent in its place.
        ignore_ranges: Whether whole files are sent when a part is asked for.
        redirect: Another address that files are fetched from.
        hold: Where a connection that is to be cut waits until it is.
        requests: Method, path and headers of each request.
    """

    address: str = ""
    repositories: dict[str, Repository] = field(default_factory=dict)
    drop_after: dict[str, int] = field(default_factory=dict)
    statuses: dict[str, list[int]] = field(default_factory=dict)
    altered: dict[str, bytes] = field(default_factory=dict)
    ignore_ranges: bool = False
    redirect: str = ""
    hold: threading.Event | None = None
    requests: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def add(self, name: str = NAME, files: dict[str, bytes] | None = None) -> str:
        """Publish a model and return its commit."""
        repository = self.repositories.setdefault(name, Repository())
        return repository.push(model_files() if files is None else files)

    def fetched(self, file: str) -> list[dict[str, str]]:
        """Return the headers of the requests for a file."""
        return [h for _, path, h in self.requests if path.endswith(f"/{file}")]


def entry(name: str, data: bytes) -> dict[str, Any]:
    """Return what the Hub's listing says of a file."""
    blob = hashlib.sha1(f"blob {len(data)}\0".encode() + data).hexdigest()
    found: dict[str, Any] = {"rfilename": name, "size": len(data), "blobId": blob}
    if name.endswith((".safetensors", ".spm", ".bin")):
        sha = hashlib.sha256(data).hexdigest()
        found["lfs"] = {"sha256": sha, "size": len(data), "pointerSize": 130}
    return found


class Handler(BaseHTTPRequestHandler):
    """Answers for the Hub that its server carries."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    hub: Hub

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.hub.requests.append(("GET", unquote(urlsplit(self.path).path), dict(self.headers)))
        parts = [unquote(part) for part in urlsplit(self.path).path.strip("/").split("/")]
        if parts[:2] == ["api", "models"] and len(parts) >= 5:
            self.answer_api("/".join(parts[2:4]), parts[4:])
        elif len(parts) >= 5 and parts[2] == "resolve":
            self.answer_file("/".join(parts[:2]), parts[3], "/".join(parts[4:]))
        else:
            self.refuse(404, "")

    def repository(self, name: str) -> Repository | None:
        found = self.hub.repositories.get(name)
        if found is None:
            self.refuse(401, "RepoNotFound")
        elif found.gated and not self.headers.get("Authorization"):
            self.refuse(401, "GatedRepo")
        else:
            return found
        return None

    def answer_api(self, name: str, rest: list[str]) -> None:
        if self.hub.statuses.get("api"):
            return self.refuse(self.hub.statuses["api"].pop(0), "")
        repository = self.repository(name)
        if repository is None:
            return None
        if rest[0] == "discussions":
            return self.answer_offers(repository)
        commit = repository.refs.get(rest[1])
        if commit is None:
            return self.refuse(404, "RevisionNotFound")
        files = repository.commits[commit]
        return self.answer_json(
            {
                "id": name,
                "sha": commit,
                "pipeline_tag": "translation",
                "cardData": {"license": "cc-by-4.0", "language": ["de", "en"]},
                "siblings": [entry(file, data) for file, data in files.items()],
            }
        )

    def answer_offers(self, repository: Repository) -> None:
        author = parse_qs(urlsplit(self.path).query).get("author", [""])[0]
        found = [
            {"num": number, "author": {"name": who}, "isPullRequest": True, "status": "open"}
            for number, who in repository.offers.items()
            if who == author
        ]
        self.answer_json({"discussions": found, "count": len(found), "start": 0})

    def answer_json(self, found: Any) -> None:
        self.send(200, json.dumps(found).encode(), {"Content-Type": "application/json"})

    def answer_file(self, name: str, revision: str, file: str) -> None:
        if self.hub.statuses.get(file):
            return self.refuse(self.hub.statuses[file].pop(0), "")
        if self.hub.redirect:
            return self.send(302, b"", {"Location": f"{self.hub.redirect}{self.path}"})
        repository = self.repository(name)
        if repository is None:
            return None
        data = self.hub.altered.get(file, repository.commits[revision].get(file))
        if data is None:
            return self.refuse(404, "EntryNotFound")
        headers, status, begin = {"Content-Type": "application/octet-stream"}, 200, 0
        asked = self.headers.get("Range", "")
        if asked and not self.hub.ignore_ranges:
            begin = int(asked.removeprefix("bytes=").rstrip("-"))
            if begin >= len(data):
                return self.refuse(416, "")
            status = 206
            headers["Content-Range"] = f"bytes {begin}-{len(data) - 1}/{len(data)}"
        return self.send(status, data[begin:], headers, self.hub.drop_after.pop(file, None))

    def refuse(self, status: int, code: str) -> None:
        self.send(status, b'{"error": "no"}', {"X-Error-Code": code} if code else {})

    def send(
        self, status: int, body: bytes, headers: dict[str, str], drop_after: int | None = None
    ) -> None:
        self.send_response(status)
        for key, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body if drop_after is None else body[:drop_after])
        self.wfile.flush()
        if drop_after is not None:
            if self.hub.hold:
                self.hub.hold.wait(60)
            self.close_connection = True


class Server(ThreadingHTTPServer):
    """Takes it calmly when a client that was killed is gone."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(hub: Hub | None = None) -> Iterator[Hub]:
    """Run a Hub for the length of a test."""
    hub = hub or Hub()
    handler = type("HubHandler", (Handler,), {"hub": hub})
    server = Server(("127.0.0.1", 0), handler)
    hub.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def hub_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Run a Hub and make it and an empty cache those of the process."""
    from summlib.hub import client

    library = client._library()
    for variable in ("HF_TOKEN", "HF_HUB_OFFLINE", "HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SUMMLIB_CACHE", str(folder / "cache"))
    monkeypatch.setenv("HF_HOME", str(folder / "huggingface"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(library.constants, "HF_TOKEN_PATH", str(folder / "token"))
    monkeypatch.setattr(client, "PAUSE_S", 0.0)
    with serving() as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.address)
        yield hub
