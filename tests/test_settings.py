"""Settings: the keyword wins over the environment, the environment over the default."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from summlib import settings
from summlib.errors import InputError

NAMES = ("SUMMLIB_MODELS", "SUMMLIB_DEVICE", "SUMMLIB_THREADS", "HF_HUB_OFFLINE")


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_defaults() -> None:
    assert settings.model_folders() == ()
    assert settings.device() == "cpu"
    assert settings.offline() is False
    assert 1 <= settings.threads() <= settings.MAX_DEFAULT_THREADS


def test_default_threads_are_those_of_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 5, 7}, raising=False)
    assert settings.threads() == 3
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert settings.threads() == settings.MAX_DEFAULT_THREADS


def test_threads_without_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert settings.threads() == 1


def test_environment_is_read_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in ("2", "7"):
        monkeypatch.setenv("SUMMLIB_THREADS", number)
        assert settings.threads() == int(number)


def test_keyword_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMLIB_THREADS", "7")
    monkeypatch.setenv("SUMMLIB_DEVICE", "cuda")
    assert settings.threads(2) == 2
    assert settings.device("cpu") == "cpu"
    assert settings.device() == "cuda"


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_wrong_threads_name_the_variable(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SUMMLIB_THREADS", value)
    with pytest.raises(InputError, match=f"SUMMLIB_THREADS is '{value}'"):
        settings.threads()


def test_wrong_keyword_is_refused() -> None:
    with pytest.raises(InputError, match="threads is 0"):
        settings.threads(0)
    with pytest.raises(InputError, match="device is 'gpu'"):
        settings.device("gpu")


@pytest.mark.parametrize("name", ["cpu", "auto", "cuda", "cuda:0"])
def test_devices(name: str) -> None:
    assert settings.device(name) == name


def test_model_folders_keep_their_order_and_expand_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/reader")
    monkeypatch.setenv("SUMMLIB_MODELS", os.pathsep.join(["/srv/b", "", "~/a"]))
    assert settings.model_folders() == (Path("/srv/b"), Path("/home/reader/a"))


@pytest.mark.parametrize(
    ("value", "wanted"), [("1", True), ("Yes", True), ("0", False), ("", False)]
)
def test_offline(monkeypatch: pytest.MonkeyPatch, value: str, wanted: bool) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert settings.offline() is wanted
