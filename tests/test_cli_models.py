"""``summlib models``: listing, showing, getting, converting, verifying, removing."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hub_server import NAME, Hub, hub_environment, model_files, safetensors

from summlib import hub
from summlib.cli import commands, models
from summlib.errors import ModelNotFound
from summlib.hub import cache

needs_hub = pytest.mark.skipif(
    find_spec("huggingface_hub") is None, reason="huggingface_hub is not installed"
)


def run(*args: str, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(commands, ["models", *args], env=env)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMLIB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("SUMMLIB_MODELS", str(tmp_path / "models"))


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with hub_environment(tmp_path, monkeypatch) as running:
        running.add()
        yield running


def test_a_damaged_model_does_not_break_the_list(make_model: Callable[..., Path]) -> None:
    make_model("heil")
    broken = make_model("kaputt")
    (broken / "model.json").write_text("{", encoding="utf-8")
    result = run()
    assert result.exit_code == 0, result.output
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert "damaged: " in lines["kaputt"]
    assert str(broken / "model.json") in lines["kaputt"]
    assert "de→en" in lines["heil"]
    rows = {row["name"]: row for row in map(json.loads, run("--json").stdout.splitlines())}
    assert rows["kaputt"]["problem"]
    assert rows["heil"]["problem"] == ""
    assert "cannot be used" in run("show", "kaputt").stdout


def test_a_damaged_model_does_not_end_the_check(make_model: Callable[..., Path]) -> None:
    (make_model("aaa") / "model.json").write_text("{", encoding="utf-8")
    make_model("heil")
    result = run("check")
    assert result.exit_code == 3
    assert "aaa: damaged\n  " in result.stdout
    assert "heil: right\n" in result.stdout
    assert run("check", "heil").exit_code == 0


def test_a_model_by_path(make_model: Callable[..., Path], tmp_path: Path) -> None:
    folder = make_model(parent=tmp_path / "elsewhere")
    assert json.loads(run("show", str(folder), "--json").stdout)["path"] == str(folder)
    assert run("check", str(folder)).stdout == "klein: right\n"


@needs_hub
def test_getting_and_listing(server: Hub) -> None:
    result = run("get", NAME)
    assert result.exit_code == 0, result.output
    model = hub.find(NAME)
    for word in (NAME, "marian", "de,en", model.commit[:7], str(model.path)):
        assert word in result.stdout
    assert f"fetching {NAME}: 0.0 MB" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert run("get", NAME, "-q").stderr == ""
    assert [line for line in run().stdout.splitlines() if line.startswith(f"{NAME} ")]
    rows = [json.loads(row) for row in run("--json").stdout.splitlines()]
    (row,) = [row for row in rows if row["kind"] == "hub"]
    assert (row["commit"], row["languages"], row["family"]) == (
        model.commit,
        ["de", "en"],
        "marian",
    )
    shown = run("show", NAME).stdout
    assert "cc-by-4.0" in shown
    assert server.address in shown
    assert json.loads(run("show", NAME, "--json").stdout) == row


@needs_hub
def test_revisions(server: Hub) -> None:
    commit = server.repositories[NAME].push(model_files(**{"vocab.json": b"{}"}), "v2")
    assert commit[:7] in run("get", NAME, "--revision", "v2").stdout
    run("get", NAME)
    assert len([line for line in run().stdout.splitlines() if line.startswith(NAME)]) == 2
    assert json.loads(run("show", f"{NAME}@v2", "--json").stdout)["commit"] == commit
    assert run("remove", NAME, "--revision", "v2").exit_code == 0
    assert len(hub.installed()) == 1


@needs_hub
def test_checking_names_what_is_damaged(server: Hub) -> None:
    run("get", NAME)
    assert run("check", NAME).stdout == f"{NAME}: right\n"
    weights = hub.find(NAME).path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    for args in (["check", NAME], ["check"]):
        result = run(*args)
        assert result.exit_code == 3
        assert f"{NAME}: damaged\n  {weights} is damaged: sha256" in result.stdout
    weights.unlink()
    assert f"{weights} is missing" in run("check", NAME).stdout
    assert run("get", NAME).exit_code == 0
    assert run("check", NAME).exit_code == 0


@needs_hub
def test_removing(server: Hub, make_model: Callable[..., Path]) -> None:
    run("get", NAME)
    folder = cache.model_folder(NAME)
    assert run("remove", NAME).stdout == f"removed {folder}\n"
    assert not folder.exists()
    result = run("remove", NAME)
    assert result.exit_code == 3
    assert "is not in the cache" in result.stderr
    make_model("klein")
    result = run("remove", "klein")
    assert (result.exit_code, hub.installed()) == (1, [])
    assert "it stays where it is" in result.stderr
    assert run("show", "klein").exit_code == 0


@needs_hub
@pytest.mark.parametrize("args", [["get"], ["convert"]])
def test_offline_asks_nobody(server: Hub, args: list[str]) -> None:
    for extra, env in ((["--offline"], None), ([], {"HF_HUB_OFFLINE": "1"})):
        result = run(*args, NAME, *extra, env=env)
        assert result.exit_code == 3
        assert f"run: summlib models get {NAME}" in result.stderr
    assert server.requests == []
    assert "HF_HUB_OFFLINE" not in os.environ


@needs_hub
def test_offline_gives_what_is_there(server: Hub) -> None:
    run("get", NAME)
    server.requests.clear()
    result = run("get", NAME, "--offline")
    assert result.exit_code == 0
    assert str(hub.find(NAME).path) in result.stdout
    assert "connections are forbidden" in result.stderr
    assert server.requests == []


@needs_hub
@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("de-en", 1, "is no name of a model on the Hub"),
        ("../../etc", 1, "is no name of a model on the Hub"),
        ("Keine-Org/nichts", 3, "there is no model Keine-Org/nichts"),
    ],
)
def test_names_that_cannot_be_got(server: Hub, name: str, code: int, said: str) -> None:
    result = run("get", name)
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@needs_hub
def test_what_a_repository_says_is_no_command_to_the_terminal(server: Hub) -> None:
    evil = "\x1b]0;owned\x07"
    config = {"model_type": f"marian{evil}", "is_encoder_decoder": True}
    server.add(files=model_files(**{"config.json": json.dumps(config).encode()}))
    for result in (run("get", NAME), run(), run("show", NAME)):
        assert "marian" in result.stdout
        assert "\x1b" not in result.output
        assert "\x07" not in result.output


@needs_hub
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are those of POSIX")
def test_a_bar_is_shown_on_a_terminal_only(server: Hub) -> None:
    import pty
    import subprocess

    server.add(files=model_files(**{"model.safetensors": safetensors(2_000_000)}))
    command = [sys.executable, "-m", "summlib", "models", "get", NAME]
    master, slave = pty.openpty()
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "TERM": "xterm"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=slave, text=True
    ) as process:
        os.close(slave)
        shown = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        out = process.communicate(timeout=60)[0]
    os.close(master)
    assert process.returncode == 0, shown
    assert "100%" in shown.decode()
    assert "#" in shown.decode()
    assert "%" not in out
    assert out.startswith(NAME)


@needs_hub
@pytest.mark.hub
def test_a_checkpoint_is_got_and_converted(server: Hub, tmp_path: Path) -> None:
    from tiny_checkpoints import marian

    (tmp_path / "made").mkdir()
    folder = marian(tmp_path / "made")
    server.add(files={path.name: path.read_bytes() for path in folder.iterdir()})
    result = run("convert", NAME, "--precision", "float32")
    assert result.exit_code == 0, result.output
    converted = Path(result.stdout.strip())
    assert (converted / "model.bin").is_file()
    assert json.loads(run("show", NAME, "--json").stdout)["conversions"] == [str(converted)]
    assert run("convert", NAME, "--precision", "float32").stdout == result.stdout
    weights = hub.find(NAME).path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    result = run("convert", NAME, "--precision", "float16")
    assert result.exit_code == 3
    assert "is damaged" in result.stderr
    run("remove", NAME)
    assert not converted.exists()
    shutil.rmtree(folder)


@needs_hub
def test_fetching_before_work_begins(server: Hub, tmp_path: Path) -> None:
    from summlib.cli.progress import fetch

    (tmp_path / "a" / "folder").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        for name in (None, "echo", "de-en", "a/folder", "./x/y"):
            fetch(name)
    assert server.requests == []
    fetch(NAME)
    assert hub.find(NAME).path.is_dir()
    with pytest.raises(ModelNotFound):
        fetch("Keine-Org/nichts")


def test_every_command_has_its_examples() -> None:
    assert set(models.command.commands) == {"show", "get", "convert", "remove", "check"}
    for name in models.command.commands:
        text = run(name, "--help").stdout
        assert f"summlib models {name} " in text.partition("Examples:")[2]
