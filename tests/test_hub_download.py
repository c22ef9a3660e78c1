"""Fetching models of the Hub from a server on this machine: what is taken, what goes wrong."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("huggingface_hub")

from hub_server import (
    CONFIG,
    NAME,
    Hub,
    commit_of,
    entry,
    hub_environment,
    model_files,
    safetensors,
    serving,
)

from summlib import hub, settings
from summlib.errors import (
    InputError,
    MissingDependency,
    ModelDamaged,
    ModelError,
    ModelNotFound,
)
from summlib.hub import cache, client

WEIGHTS = "model.safetensors"
LARGE = safetensors(300_000)

Install = Callable[..., Path]


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_environment(tmp_path, monkeypatch) as running:
        yield running


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Make every attempt to open a connection fail and be counted."""
    tried: list[str] = []

    def refuse(*args: object, **_: object) -> None:
        tried.append(str(args))
        raise AssertionError("a socket was opened")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    return tried


class Ear(hub.Listener):
    """Remembers what it hears."""

    def __init__(self) -> None:
        self.total, self.count = 0, 0
        self.notes: list[str] = []

    def begin(self, name: str, total_bytes: int) -> None:
        self.total = total_bytes

    def advance(self, count: int) -> None:
        self.count += count

    def note(self, text: str) -> None:
        self.notes.append(text)


def files_below(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def partial_files() -> dict[str, int]:
    folder = hub.cache_folder() / "partial"
    return {p.name: p.stat().st_size for p in folder.rglob("*") if p.is_file()}


def test_what_is_fetched_is_recorded(server: Hub) -> None:
    commit = server.add()
    model = hub.get(NAME)
    unsafe = {"pytorch_model.bin", "train.py", "onnx/model.onnx"}
    assert files_below(model.path) == (set(model_files()) - unsafe) | {"hub.json"}
    for file, record in model.files.items():
        content = (model.path / file).read_bytes()
        assert content == model_files()[file]
        assert record.sha256 == hashlib.sha256(content).hexdigest()
    assert (model.revision, model.commit, model.family) == ("main", commit, "marian")
    assert (model.task, model.languages, model.licence) == (
        *("translation", ("de", "en")),
        "cc-by-4.0",
    )
    assert model.origin == server.address
    assert hub.installed() == [model]
    assert partial_files() == {}


def test_only_what_is_needed_is_asked_for(server: Hub) -> None:
    commit = server.add()
    hub.get(NAME)
    asked = [path for _, path, _ in server.requests]
    assert asked[0] == f"/api/models/{NAME}/revision/main"
    assert all(path.startswith(f"/{NAME}/resolve/{commit}/") for path in asked[1:])
    agents = {headers["User-Agent"] for _, _, headers in server.requests}
    assert all(agent.startswith("summlib/") and "torch" not in agent for agent in agents)


def test_offline_opens_no_socket(
    server: Hub, monkeypatch: pytest.MonkeyPatch, closed: list[str]
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    for act in (hub.resolve, hub.get, hub.find):
        with pytest.raises(ModelNotFound, match=f"summlib models get {NAME}"):
            act(NAME)
    with pytest.raises(ModelNotFound, match="HF_HUB_OFFLINE forbids"):
        client.HubSource(NAME)
    assert closed == []
    assert server.requests == []


def test_what_is_in_the_cache_needs_no_socket(
    server: Hub, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    server.add()
    folder = hub.resolve(NAME)
    tried: list[str] = request.getfixturevalue("closed")
    assert hub.resolve(NAME) == folder
    assert hub.resolve(f"{NAME}@main") == hub.find(NAME).path == folder
    assert hub.installed()[0].path == folder
    monkeypatch.setenv("HF_HUB_OFFLINE", "yes")
    assert settings.offline()
    ear = Ear()
    assert hub.get(NAME, listener=ear).path == folder
    assert "connections are forbidden" in ear.notes[0]
    assert tried == []


def test_a_model_stays_the_same_until_it_is_got_again(server: Hub) -> None:
    first = server.add()
    assert hub.resolve(NAME).name == first
    second = server.add(files=model_files(**{WEIGHTS: LARGE}))
    assert hub.resolve(NAME).name == first
    assert hub.get(NAME).commit == second
    assert hub.resolve(NAME).name == second
    assert hub.resolve(f"{NAME}@{first}").name == first
    assert {model.commit for model in hub.installed()} == {first, second}


@pytest.mark.parametrize("revision", ["v1.0", "refs/pr/6", "main"])
def test_revisions(server: Hub, revision: str) -> None:
    server.add()
    commit = server.repositories[NAME].push(model_files(**{WEIGHTS: LARGE}), revision)
    model = hub.get(NAME, revision=revision)
    assert (model.commit, model.revision) == (commit, revision)
    assert hub.resolve(NAME) == hub.resolve(f"{NAME}@{revision}") == model.path
    assert hub.get(f"{NAME}@{commit}").path == model.path


def test_a_broken_transfer_goes_on(server: Hub) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))
    server.drop_after[WEIGHTS] = 200_000
    ear = Ear()
    model = hub.get(NAME, listener=ear)
    assert (model.path / WEIGHTS).read_bytes() == LARGE
    first, second = server.fetched(WEIGHTS)
    assert "Range" not in first
    assert second["Range"] == "bytes=200000-"
    assert ear.count == ear.total > len(LARGE)


def test_the_next_process_goes_on_where_the_last_one_stopped(server: Hub) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))
    server.drop_after[WEIGHTS] = 200_000
    server.statuses[WEIGHTS] = []
    serve = server.statuses[WEIGHTS]

    class Unplug(Ear):
        def advance(self, count: int) -> None:
            super().advance(count)
            if self.count > 100_000:
                serve[:] = [404]  # what comes after the interruption is refused

    with pytest.raises(ModelNotFound):
        hub.get(NAME, listener=Unplug())
    assert hub.installed() == []
    assert partial_files()[f"{WEIGHTS}.part"] == 200_000
    serve.clear()
    server.requests.clear()
    ear = Ear()
    model = hub.get(NAME, listener=ear)
    assert (model.path / WEIGHTS).read_bytes() == LARGE
    assert [headers["Range"] for headers in server.fetched(WEIGHTS)] == ["bytes=200000-"]
    assert server.fetched("vocab.json") == []
    assert ear.count == ear.total


def test_a_server_that_sends_whole_files_only(server: Hub) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))
    server.drop_after[WEIGHTS], server.ignore_ranges = 200_000, True
    ear = Ear()
    assert (hub.get(NAME, listener=ear).path / WEIGHTS).read_bytes() == LARGE
    assert ear.count == ear.total


def test_a_connection_that_breaks_for_ever(server: Hub) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))

    class Always(dict[str, int]):
        def pop(self, key: str, default: Any = None) -> Any:
            return 0 if key == WEIGHTS else default

    server.drop_after = Always()
    with pytest.raises(ModelNotFound, match="no connection"):
        hub.get(NAME)
    assert len(server.fetched(WEIGHTS)) == client.MAX_FAILURES


@pytest.mark.parametrize("file", [WEIGHTS, "vocab.json", "config.json", "source.spm"])
def test_a_wrong_digest_is_refused(server: Hub, file: str) -> None:
    server.add()
    sound = model_files()[file]
    server.altered[file] = bytes([sound[0] ^ 1]) + sound[1:]
    with pytest.raises(ModelDamaged, match=f"{file} of {NAME} came damaged"):
        hub.get(NAME)
    assert hub.installed() == []
    assert not {file, f"{file}.part"} & set(partial_files())
    server.altered.clear()
    assert hub.verify(hub.get(NAME)) == []


@pytest.mark.parametrize("more", [b"x", b"x" * 500_000])
def test_more_than_announced_is_refused(server: Hub, more: bytes) -> None:
    server.add()
    server.altered[WEIGHTS] = model_files()[WEIGHTS] + more
    with pytest.raises(ModelDamaged, match="longer than announced"):
        hub.get(NAME)
    assert WEIGHTS not in partial_files()


def test_less_than_announced_is_refused(server: Hub) -> None:
    server.add()
    server.altered["vocab.json"] = b""
    with pytest.raises(ModelDamaged, match="ends early"):
        hub.get(NAME)


def test_a_damaged_part_is_thrown_away_once(server: Hub) -> None:
    commit = server.add(files=model_files(**{WEIGHTS: LARGE}))
    folder = hub.cache_folder() / "partial" / cache.model_folder(NAME).name / commit
    folder.mkdir(parents=True)
    (folder / f"{WEIGHTS}.part").write_bytes(b"x" * 1000)
    (folder / "vocab.json").write_bytes(b"cut")
    (folder / "left-over.tmp").write_bytes(b"")
    ear = Ear()
    model = hub.get(NAME, listener=ear)
    assert hub.verify(model) == []
    assert "left-over.tmp" not in files_below(model.path)
    assert ["Range" in headers for headers in server.fetched(WEIGHTS)] == [True, False]
    assert ear.count == ear.total


def test_getting_again_repairs(server: Hub) -> None:
    server.add()
    folder = hub.get(NAME).path
    (folder / "vocab.json").write_bytes(b"{'a': 1}")
    assert len(hub.verify(hub.find(NAME))) == 1
    server.requests.clear()
    assert hub.verify(hub.get(NAME)) == []
    assert server.fetched(WEIGHTS) == []
    assert len(server.fetched("vocab.json")) == 1


def test_getting_again_repairs_the_record(server: Hub) -> None:
    server.add()
    folder = hub.get(NAME).path
    (folder / "hub.json").unlink()
    with pytest.raises(ModelDamaged):
        hub.resolve(NAME)
    assert hub.get(NAME).path == folder
    assert hub.resolve(NAME) == folder


@pytest.mark.parametrize(
    ("name", "revision", "error", "said"),
    [
        ("Keine-Org/nichts", None, ModelNotFound, "there is no model Keine-Org/nichts"),
        (NAME, "v9", ModelNotFound, "has no revision 'v9'"),
        ("Org/gated", None, ModelError, "accept its terms at .*Org/gated"),
    ],
)
def test_what_the_hub_refuses(
    server: Hub, name: str, revision: str | None, error: type[ModelError], said: str
) -> None:
    server.add()
    server.add("Org/gated")
    server.repositories["Org/gated"].gated = True
    with pytest.raises(error, match=said):
        hub.get(name, revision=revision)
    with pytest.raises(error, match=said):
        hub.resolve(name, revision=revision)


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        *((403, ModelError, "gated"), (404, ModelNotFound, "check the spelling")),
        *((418, ModelError, "answered 418"), (451, ModelError, "answered 451")),
    ],
)
def test_statuses(server: Hub, status: int, error: type[ModelError], said: str) -> None:
    server.add()
    server.statuses["api"] = [status]
    with pytest.raises(error, match=said):
        hub.get(NAME)
    server.statuses[WEIGHTS] = [status]
    with pytest.raises(error, match=said):
        hub.get(NAME)


def test_a_busy_hub_is_waited_for(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("time.sleep", waits.append)
    server.add()
    server.statuses |= {"api": [503], WEIGHTS: [429, 503]}
    assert hub.get(NAME).name == NAME
    assert sum(wait >= 1 for wait in waits) == 3
    server.statuses["api"] = [503] * 9
    with pytest.raises(ModelError, match="answered 503"):
        hub.get(NAME)


def test_no_connection(
    server: Hub, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{port}")
    with pytest.raises(ModelNotFound, match="no connection to http://127"):
        hub.resolve(NAME)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("address", ["huggingface.co", "ftp://a", "http://", "https://a b", "x:y"])
def test_an_endpoint_must_be_an_address(
    server: Hub, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)
    with pytest.raises(InputError, match="HF_ENDPOINT"):
        hub.get(NAME)


@pytest.mark.parametrize(
    "answer",
    [
        *(b"<html>Sign in to this network</html>", b"[]", b"null", b"{}", b'{"sha": "main"}', b""),
        json.dumps({"sha": "1" * 40, "siblings": [{"size": 3}]}).encode(),
        json.dumps({"sha": "1" * 40, "siblings": 3}).encode(),
        json.dumps({"sha": "../../" + "1" * 34, "siblings": []}).encode(),
    ],
)
def test_answers_that_are_none(server: Hub, monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    from hub_server import Handler

    monkeypatch.setattr(Handler, "answer_api", lambda self, *_: self.send(200, answer, {}))
    with pytest.raises(ModelError, match="none of the Hub"):
        hub.get(NAME)


def test_pickle_only_is_refused(server: Hub) -> None:
    files = {name: data for name, data in model_files().items() if name != WEIGHTS}
    server.add(files=files)
    with pytest.raises(ModelError, match=r"pickle only.*--revision refs/pr/N"):
        hub.get(NAME)
    assert server.fetched("pytorch_model.bin") == []
    assert not partial_files()


def test_weights_that_the_hub_converted_are_taken(server: Hub) -> None:
    pickled = {name: data for name, data in model_files().items() if name != WEIGHTS}
    server.add(files=pickled)
    commit = server.repositories[NAME].push(model_files(), "refs/pr/6")
    server.repositories[NAME].offers = {5: "somebody", 6: client.CONVERTER}
    ear = Ear()
    model = hub.get(NAME, listener=ear)
    assert (model.commit, WEIGHTS in model.files) == (commit, True)
    assert "refs/pr/6" in ear.notes[0]


@pytest.mark.parametrize(
    ("author", "change"),
    [("somebody", {}), (client.CONVERTER, {"config.json": b'{"model_type": "other"}'})],
)
def test_other_conversions_are_not_taken(
    server: Hub, author: str, change: dict[str, bytes]
) -> None:
    pickled = {name: data for name, data in model_files().items() if name != WEIGHTS}
    server.add(files=pickled)
    server.repositories[NAME].push(model_files(**change), "refs/pr/6")
    server.repositories[NAME].offers = {6: author}
    with pytest.raises(ModelError, match="pickle only"):
        hub.get(NAME)


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json", "generation_config.json"])
@pytest.mark.parametrize("key", ["auto_map", "custom_generate", "custom_pipelines"])
def test_code_of_a_repository_is_refused(server: Hub, file: str, key: str) -> None:
    content = json.dumps({**CONFIG, key: {"AutoModel": "model.Model"}}).encode()
    server.add(files=model_files(**{file: content}))
    with pytest.raises(ModelError, match=f"needs code of its own \\({key} in {file}\\)"):
        hub.get(NAME)
    assert server.fetched(WEIGHTS) == []
    assert hub.installed() == []


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (b"{", "is no JSON"),
        (b"[]", "is no JSON object"),
        (b"[" * 200_000, "is no JSON"),
        (b"\xff\xfe", "is no JSON"),
        (b"{}", "names no model_type"),
        (b'{"model_type": ["x"]}', "names no model_type"),
        (b'{"model_type": "bert"}', "is a bert model and no encoder-decoder"),
    ],
)
def test_settings_that_cannot_be_used(server: Hub, config: bytes, said: str) -> None:
    server.add(files=model_files(**{"config.json": config}))
    with pytest.raises(ModelError, match=said):
        hub.get(NAME)
    assert server.fetched(WEIGHTS) == []


def test_repositories_without_a_model(server: Hub) -> None:
    server.add("a/empty", {})
    server.add("a/adapter", {"config.json": b"{}", "adapter_model.safetensors": b""})
    with pytest.raises(ModelError, match=r"holds no config\.json"):
        hub.get("a/empty")
    with pytest.raises(ModelError, match=r"holds no model\.safetensors"):
        hub.get("a/adapter")


def test_shards_are_fetched(server: Hub) -> None:
    shards = {"model-1.safetensors": safetensors(10), "model-2.safetensors": safetensors(20)}
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    files = {name: data for name, data in model_files().items() if name != WEIGHTS}
    server.add(
        files={**files, **shards, f"{WEIGHTS}.index.json": json.dumps(index).encode()},
    )
    model = hub.get(NAME)
    assert set(shards) <= set(model.files)


def test_no_file_lands_outside(server: Hub, tmp_path: Path) -> None:
    evil = {
        f"{up}{name}": b"evil"
        for up in ("../", "../../../../", "/", "a/../../", "..\\")
        for name in ("vocab.json", "evil.spm", "hub.json")
    }
    server.add(files=model_files(**evil, **{"hub.json": b"{}", "refs.json": b"{}"}))
    before = files_below(tmp_path)
    model = hub.get(NAME)
    new = files_below(tmp_path) - before
    place = model.path.relative_to(tmp_path)
    allowed = {str(place / name) for name in (*model.files, "hub.json")}
    allowed |= {str(place.parent / "refs.json")}
    assert {name for name in new if not name.endswith(".lock")} == allowed
    assert hub.find(NAME).commit == commit_of(server.repositories[NAME].commits[model.commit])


def test_a_file_without_digest_is_refused(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(name: str, data: bytes) -> dict[str, Any]:
        found = entry(name, data)
        return found if name != WEIGHTS else {"rfilename": name, "size": len(data)}

    monkeypatch.setattr("hub_server.entry", bare)
    server.add()
    with pytest.raises(ModelError, match="tells no digest"):
        hub.get(NAME)


def test_a_disk_that_is_too_small(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    server.add(files=model_files(**{WEIGHTS: LARGE}))
    with pytest.raises(ModelError, match=r"needs 0 MB more .* has 0 MB free.*SUMMLIB_CACHE"):
        hub.get(NAME)
    assert server.fetched(WEIGHTS) == []


def test_a_disk_that_fills_up(server: Hub) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))

    class Full(Ear):
        def advance(self, count: int) -> None:
            super().advance(count)
            if self.count > 100_000:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(ModelError, match=r"cannot be written: No space left.*SUMMLIB_CACHE"):
        hub.get(NAME, listener=Full())
    assert hub.installed() == []
    assert 0 < partial_files()[f"{WEIGHTS}.part"] < len(LARGE)
    assert hub.verify(hub.get(NAME)) == []


def test_a_cache_that_cannot_be_written(
    server: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("SUMMLIB_CACHE", str(tmp_path / "file" / "cache"))
    server.add()
    with pytest.raises(ModelError, match=r"cannot be written.*set SUMMLIB_CACHE"):
        hub.get(NAME)


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="root may write anywhere")
def test_a_read_only_cache(server: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.add()
    folder = hub.get(NAME).path
    root = hub.cache_folder()
    for path in [root, *root.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert hub.resolve(NAME) == folder
        with pytest.raises(ModelError, match="cannot be written"):
            hub.get("a/b")
        with pytest.raises(ModelError, match="cannot be removed"):
            hub.remove(NAME)
    finally:
        for path in [root, *root.rglob("*")]:
            path.chmod(0o755)


def test_the_token_goes_to_the_hub_alone(server: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    with serving() as storage:
        server.add(), storage.add()
        server.repositories[NAME].gated = True
        server.redirect = storage.address
        hub.get(NAME)
        assert len(storage.fetched(WEIGHTS)) == 1
        assert {h.get("Authorization") for _, _, h in server.requests} == {"Bearer hf_secret"}
        assert {h.get("Authorization") for _, _, h in storage.requests} == {None}
    token = b"hf_secret"
    assert not [p for p in hub.cache_folder().rglob("*.json") if token in p.read_bytes()]


def test_several_that_want_it_at_once_fetch_it_once(server: Hub) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))
    start = threading.Barrier(4)

    def fetch(_: int) -> Path:
        start.wait()
        return hub.resolve(NAME)

    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(fetch, range(4)))
    assert len(folders) == 1
    assert len(server.fetched(WEIGHTS)) == 1
    assert hub.verify(hub.find(NAME)) == []


def test_whoever_waits_is_told(server: Hub) -> None:
    filelock = pytest.importorskip("filelock")
    server.add()
    folder = hub.get(NAME).path
    ear = Ear()
    lock = filelock.FileLock(hub.cache_folder() / "locks" / f"{folder.parent.name}.lock")
    with ThreadPoolExecutor(1) as pool:
        with lock:
            waiting = pool.submit(hub.get, NAME, listener=ear)
            while not ear.notes and not waiting.done():
                threading.Event().wait(0.01)
        assert waiting.result().path == folder
    assert ear.notes == [f"another process is fetching {NAME}; waiting for it"]


def test_nothing_is_written_to_the_terminal(server: Hub, capfd: pytest.CaptureFixture[str]) -> None:
    server.add(files=model_files(**{WEIGHTS: LARGE}))
    server.drop_after[WEIGHTS] = 1000
    hub.resolve(NAME)
    hub.get(NAME)
    hub.remove(NAME)
    assert capfd.readouterr() == ("", "")


def test_without_the_library_the_pip_line_is_named(
    server: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    client._library.cache_clear()
    try:
        with pytest.raises(MissingDependency, match=r'pip install "summlib\[hub\]"'):
            hub.get(NAME)
    finally:
        client._library.cache_clear()


@pytest.fixture
def existing(server: Hub, tmp_path: Path) -> Install:
    """Write a model into the cache of huggingface_hub, laid out as that does."""

    def install(files: dict[str, bytes], *, revision: str = "main") -> Path:
        place = tmp_path / "huggingface" / "hub" / f"models--{NAME.replace('/', '--')}"
        snapshot = place / "snapshots" / commit_of(files)
        (place / "blobs").mkdir(parents=True)
        snapshot.mkdir(parents=True)
        for name, data in files.items():
            large = entry(name, data).get("lfs")
            blob = place / "blobs" / (large["sha256"] if large else entry(name, data)["blobId"])
            blob.write_bytes(data)
            (snapshot / name).parent.mkdir(exist_ok=True)
            (snapshot / name).symlink_to(blob)
        (place / "refs" / revision).parent.mkdir(parents=True)
        (place / "refs" / revision).write_text(snapshot.name, encoding="utf-8")
        return place

    return install


def test_a_model_of_huggingface_hub_is_taken_over(
    server: Hub, existing: Install, monkeypatch: pytest.MonkeyPatch, closed: list[str]
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    place = existing(model_files())
    folder = hub.resolve(NAME)
    model = hub.find(NAME)
    assert hub.verify(model) == []
    assert (model.commit, model.origin) == (commit_of(model_files()), str(place))
    assert "pytorch_model.bin" not in files_below(folder)
    assert not any(path.is_symlink() for path in folder.iterdir())
    shutil.rmtree(place)
    assert (folder / WEIGHTS).read_bytes() == model_files()[WEIGHTS]
    assert closed == server.requests == []


def test_huggingface_hubs_files_are_verified(
    server: Hub, existing: Install, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = existing(model_files())
    (blob,) = [p for p in (place / "blobs").iterdir() if p.read_bytes() == model_files()[WEIGHTS]]
    altered = b"x" + model_files()[WEIGHTS][1:]
    blob.write_bytes(altered)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelDamaged, match=f"{WEIGHTS} of {NAME} came damaged"):
        hub.resolve(NAME)
    assert blob.read_bytes() == altered
    assert hub.installed() == []


def test_what_is_not_whole_there_is_fetched(server: Hub, existing: Install) -> None:
    existing({"config.json": json.dumps(CONFIG).encode()})
    commit = server.add()
    assert hub.resolve(NAME).name == commit
    assert len(server.fetched(WEIGHTS)) == 1


def test_links_that_leave_that_cache_are_not_followed(
    server: Hub, existing: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = existing(model_files())
    secret = tmp_path / ("a" * 64)
    secret.write_text("secret", encoding="utf-8")
    snapshot = place / "snapshots" / commit_of(model_files())
    (snapshot / "LICENSE").symlink_to(secret)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    assert "LICENSE" not in files_below(hub.resolve(NAME))
