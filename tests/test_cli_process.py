"""The command as a process: start-up, pipes, signals, standard streams."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

import pytest

import summlib
from summlib import __main__

ROOT = Path(summlib.__file__).resolve().parents[1]
HELP_BUDGET_S = 0.15
SLACK = 3
"""Machines that run tests are slow and busy; what this must catch is a heavy import."""

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


def environment(**extra: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", **extra}


def start(*args: str, **options: Any) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "summlib", *args]
    return subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, **options)


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    try:
        stderr = process.communicate(timeout=60)[1]
    except subprocess.TimeoutExpired:
        # Left alone, it would fail a later test with the warning of an unclosed file.
        process.kill()
        process.communicate()
        raise
    return process.returncode, stderr.decode()


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Press Ctrl-C as a user does: again, where it fell between two reads and was not seen."""
    for _ in range(60):
        process.send_signal(signal.SIGINT)
        try:
            process.wait(1)
            return
        except subprocess.TimeoutExpired:
            continue


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "artikel.txt"
    path.write_text("Der Rat der Stadt tagt am Montag im Rathaus.\n" * 300, encoding="utf-8")
    return path


@posix
def test_help_stays_within_its_budget() -> None:
    import resource

    def cpu_seconds() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    times = []
    for _ in range(5):
        before = cpu_seconds()
        assert finish(start("--help", stdout=subprocess.DEVNULL))[0] == 0
        times.append(cpu_seconds() - before)
    assert statistics.median(times) < SLACK * HELP_BUDGET_S


def test_help_imports_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "summlib", "translate", "--help"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "click" in loaded
    heavy = {"ctranslate2", "sentencepiece", "nltk", "numpy", "torch", "transformers"}
    assert not loaded & (heavy | {"summlib.translator", "summlib.summarizer", "summlib.records"})


def test_layout_keep_gives_a_line_for_each_line(tmp_path: Path) -> None:
    text = "# Titel\n\n- eins\n- zwei\r\n\n   Ein Satz. Noch einer.\n\n\n1. drei"
    (tmp_path / "ein.txt").write_bytes(text.encode())
    process = start(
        *("translate", "ein.txt", "--layout", "keep", "--model", "echo", "--source-lang", "de"),
        *("-o", "aus.txt"),
        cwd=tmp_path,
    )
    assert finish(process)[0] == 0
    assert (tmp_path / "aus.txt").read_bytes() == text.encode()


@posix
def test_closed_pipe_ends_quietly(article: Path) -> None:
    process = start("translate", str(article), "--model", "echo", "-q", stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    stderr = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), stderr) == (0, b"")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device")
def test_full_disk_behind_standard_output(article: Path) -> None:
    with open("/dev/full", "wb") as full:
        code, stderr = finish(
            start("translate", str(article), "--model", "echo", "-q", stdout=full)
        )
    assert code == 1
    assert stderr == "Error: cannot write to standard output: No space left on device\n"


@posix
def test_interrupt_while_reading(tmp_path: Path) -> None:
    fifo = tmp_path / "langsam.txt"
    os.mkfifo(fifo)
    process = start("translate", str(fifo), "--model", "echo", stdout=subprocess.PIPE)
    writer: IO[bytes]
    with open(fifo, "wb") as writer:  # returns when the process has opened its end
        writer.write(b"Der Anfang")
        writer.flush()
        interrupt(process)
    code, stderr = finish(process)
    assert code == 130
    assert "Traceback" not in stderr


def test_interrupt_at_start_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("summlib.cli.main", interrupt)
    with pytest.raises(SystemExit) as caught:
        __main__.main()
    assert caught.value.code == 130


def test_streams_replace_what_they_cannot_encode_and_files_keep_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Größe „X“", encoding="utf-8")
    command = [sys.executable, "-m", "summlib", "translate", "a.txt", "--model", "echo", "-q"]
    command += ["--source-lang", "de"]
    env = environment(PYTHONIOENCODING="latin-1")
    done = subprocess.run(command, env=env, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout == "Größe ?X?".encode("latin-1")
    subprocess.run([*command, "-o", "b.txt"], env=env, cwd=tmp_path, check=True)
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "Größe „X“"


def test_name_that_is_no_unicode(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    (tmp_path / name).write_text("Der Kaffee ist da.", encoding="utf-8")
    process = start(
        "translate",
        name,
        "x.txt",
        "--json",
        "--model",
        "echo",
        cwd=tmp_path,
        stdout=subprocess.PIPE,
    )
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 4
    assert "caf\ufffd.txt" in stdout.decode()
    assert "Traceback" not in stderr.decode()


def test_a_process_may_end_while_the_model_loads() -> None:
    code = "from summlib import Translator; Translator().renderer"
    running = [
        subprocess.Popen([sys.executable, "-c", code], env=environment(), stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    assert [finish(process) for process in running] == [(0, "")] * 4
