"""Fetching by several processes, and by processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("huggingface_hub")

from hub_server import NAME, Hub, hub_environment, model_files, safetensors

from summlib import hub

WEIGHTS = "model.safetensors"
LARGE = safetensors(300_000)
HALF = 150_000
ROOT = Path(__file__).resolve().parents[1]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are those of POSIX")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_environment(tmp_path, monkeypatch) as running:
        running.add(files=model_files(**{WEIGHTS: LARGE}))
        running.hold = threading.Event()
        yield running
        running.hold.set()


def start(*args: str) -> subprocess.Popen[str]:
    """Run ``summlib models`` in a process of its own."""
    command = [sys.executable, "-W", "error", "-m", "summlib", "models", *args]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def wait_for_half(process: subprocess.Popen[str]) -> Path:
    """Return the part that is being written, when half of it is there."""
    for _ in range(6000):
        parts = list(hub.cache_folder().rglob(f"{WEIGHTS}.part"))
        # What is still in the buffer of the file is not seen yet: at most 8 KB.
        if parts and parts[0].stat().st_size > HALF - 10_000:
            return parts[0]
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    raise AssertionError("nothing was written")


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_process_leaves_what_the_next_goes_on_with(
    server: Hub, sent: signal.Signals
) -> None:
    server.drop_after[WEIGHTS] = HALF
    process = start("get", NAME)
    part = wait_for_half(process)
    process.send_signal(sent)
    process.communicate(timeout=60)
    assert process.returncode == (130 if sent == signal.SIGINT else -sent)
    assert hub.installed() == []
    size = part.stat().st_size
    server.requests.clear()
    again = start("get", NAME)
    out, said = again.communicate(timeout=60)
    assert again.returncode == 0, said
    assert out.startswith(f"{NAME} ")
    assert [headers["Range"] for headers in server.fetched(WEIGHTS)] == [f"bytes={size}-"]
    model = hub.find(NAME)
    assert hub.verify(model) == []
    assert (model.path / WEIGHTS).read_bytes() == LARGE


def test_a_second_process_waits_and_finds_it_there(server: Hub) -> None:
    assert server.hold
    server.drop_after[WEIGHTS] = HALF
    first = start("get", NAME)
    wait_for_half(first)
    second = start("get", NAME)
    assert second.stderr
    assert "another process is fetching" in second.stderr.readline()
    server.hold.set()
    for process in (first, second):
        out, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
        assert str(hub.find(NAME).path) in out
    ranges = [headers.get("Range") for headers in server.fetched(WEIGHTS)]
    assert ranges == [None, f"bytes={HALF}-"]


def test_removed_while_it_is_fetched(server: Hub) -> None:
    assert server.hold
    server.drop_after[WEIGHTS] = HALF
    process = start("get", NAME)
    wait_for_half(process)
    hub.remove(NAME)
    server.hold.set()
    process.communicate(timeout=60)
    assert process.returncode in (0, 3)
    assert all(not hub.verify(model) for model in hub.installed())
