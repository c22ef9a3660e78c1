"""Full disks, no memory, a home that cannot be written, jumping clocks, killed processes."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import summlib
from summlib.batch import process
from summlib.batch.ledger import Ledger, Progress
from summlib.errors import ModelDamaged

ROOT = Path(summlib.__file__).resolve().parents[1]
SUMMLIB = (sys.executable, "-m", "summlib")
TEXT = "Der Rat der Stadt hat am Montag dem neuen Wasserwerk zugestimmt. Es kostet viel Geld.\n"
SOAK_S = float(os.environ.get("SUMMLIB_SOAK_S", "10"))
"""Seconds that threads share a translator in the slow test."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="mounts and limits of Linux")


def environment(**extra: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "", **extra}


def run(*command: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    options = {"env": environment(), "timeout": 240, **options}
    words = [str(word) for word in command]
    return subprocess.run(words, check=False, capture_output=True, text=True, **options)


def with_mount(script: str, **variables: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a shell script where it may mount, seen by nobody else; skip where none may."""
    if run("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt").returncode:
        pytest.skip("mounting is not permitted")
    env = environment(**{name: str(value) for name, value in variables.items()})
    return run("unshare", "-rm", "sh", "-ec", script, env=env)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(12):
        sentences = (
            f"Der Rat gibt für Halle {n} im Ort {number} rund {n * 7 + number} Euro aus."
            for n in range(90)
        )
        (folder / f"{number:02d}.txt").write_text("\n\n".join(sentences), "utf-8")
    return folder


SELECT = "--target-lang de --length 40% -q"
FULL = """
mount -t tmpfs -o size=28k none "$OUT"
if $RUN "$IN" -o "$OUT/$PLACE" 2> "$TMP/first"; then exit 90; fi
mount -o remount,size=9m "$OUT"
$RUN "$IN" -o "$OUT/$PLACE"
cp -r "$OUT/$PLACE" "$TMP/result"
"""


@pytest.mark.parametrize("place", ["", "all.jsonl"])
def test_a_disk_that_is_full_is_told_and_the_run_goes_on_once_there_is_room(
    articles: Path, tmp_path: Path, place: str
) -> None:
    command = f"{shlex.join(SUMMLIB)} summarize {SELECT} {'--json' if place else ''}"
    (tmp_path / "out").mkdir()
    done = with_mount(
        FULL, RUN=command, IN=articles, OUT=tmp_path / "out", TMP=tmp_path, PLACE=place
    )
    assert done.returncode == 0, done.stderr
    first = (tmp_path / "first").read_text("utf-8")
    assert "No space left on device" in first
    assert "Traceback" not in first
    (tmp_path / "whole").mkdir()
    whole = run(*shlex.split(command), articles, "-o", tmp_path / "whole" / place)
    assert whole.returncode == 0, whole.stderr
    assert contents(tmp_path / "result") == contents(tmp_path / "whole" / place)


def contents(path: Path) -> dict[str, bytes]:
    if path.is_file():
        return {"": path.read_bytes()}
    files = (p for p in path.rglob("*") if p.is_file() and ".summlib" not in p.parts)
    return {str(p.relative_to(path)): p.read_bytes() for p in files}


def test_a_home_that_cannot_be_written_is_not_needed(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    script = """
    mount -t tmpfs -o ro none "$HOME"
    cd "$WORK"
    env -u SUMMLIB_CACHE $RUN translate a.txt
    env -u SUMMLIB_CACHE $RUN summarize a.txt --length "1 sentences"
    env -u SUMMLIB_CACHE $RUN models
    """
    done = with_mount(script, HOME=home, WORK=tmp_path, RUN=shlex.join(SUMMLIB))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "Monday" in done.stdout


SHORT_OF_MEMORY = """
import resource, sys, ctranslate2, sentencepiece
from summlib.engines.ct2 import Ct2Engine
from summlib.errors import OutOfMemory
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {spare}, used + {spare}))
try:
    Ct2Engine({folder!r}).generate(["Der Rat tagt heute."] * {texts})
except OutOfMemory as error:
    print("OutOfMemory", error)
"""


@pytest.mark.parametrize(("spare", "texts"), [(1 << 20, 1), (12 << 20, 1)])
def test_weights_that_do_not_fit_are_no_damage(bundled_model: Path, spare: int, texts: int) -> None:
    code = SHORT_OF_MEMORY.format(folder=str(bundled_model / "ct2"), spare=spare, texts=texts)
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("OutOfMemory no memory")


@pytest.mark.parametrize("megabytes", [64, 160])
def test_too_little_memory_is_one_line_and_no_traceback(tmp_path: Path, megabytes: int) -> None:
    """Below some limit the C library aborts, which Python cannot know: that is let pass."""
    (tmp_path / "a.txt").write_text(TEXT * 4000, "utf-8")
    command = f"ulimit -v {megabytes << 10}; exec {shlex.join(SUMMLIB)} summarize a.txt --threads 1"
    done = run("sh", "-c", command, cwd=tmp_path)
    if done.returncode in (127, 134, -signal.SIGABRT, -signal.SIGSEGV):
        pytest.skip("a library aborted for want of memory")
    assert done.returncode in (1, 3)
    assert "Traceback" not in done.stderr
    assert "memory" in done.stderr


def test_a_thread_that_cannot_start_is_done_without(
    bundled_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def refuse(self: threading.Thread) -> None:
        started.append(self)
        if self.name.startswith("Thread-"):  # those of the package; a pool's have its name
            raise RuntimeError("can't start new thread")
        start(self)

    monkeypatch.setattr(threading.Thread, "start", refuse)
    said = summlib.Translator(str(bundled_model), threads=1)("Der Rat tagt heute.")
    assert "today" in said.text
    assert len(started) >= 2


def test_any_flipped_byte_is_named(
    tmp_path: Path, bundled_model: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of every file that the quick engine reads, so that none is used unseen."""
    card = json.loads((bundled_model / "model.json").read_text("utf-8"))
    for file in card["files"]:
        if not file.startswith("ct2/") and not file.endswith(".gz"):
            continue
        copy = tmp_path / file.replace("/", "-")
        shutil.copytree(bundled_model, copy)
        content = bytearray((copy / file).read_bytes())
        content[len(content) // 2] ^= 1
        (copy / file).write_bytes(content)
        with pytest.raises(ModelDamaged, match=Path(file).name.replace(".", r"\.")):
            summlib.Translator(str(copy), threads=1)("Der Rat tagt heute.")
        shutil.rmtree(copy)
    assert "Traceback" not in capfd.readouterr().err


def test_a_clock_that_jumps_changes_no_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"Der Rat tagt {n} Stunden. Er stimmt ab." for n in range(40)]
    summarize = summlib.Summarizer("echo", target_lang="de", length="1 sentences")
    steady = [str(found) for found in process(summarize, texts)]
    jumps = iter(range(10**9))
    monkeypatch.setattr(time, "time", lambda: (-1) ** next(jumps) * 1e9)
    monkeypatch.setattr(time, "time_ns", lambda: (-1) ** next(jumps) * 10**18)
    assert [str(found) for found in process(summarize, texts)] == steady
    with Ledger(tmp_path / "s", tmp_path, signature="s") as ledger:
        ledger.commit({"a": Progress("1", "out", records=1)}, {"out": "x"}, whole=["out"])
    for path in tmp_path.rglob("*"):
        os.utime(path, (2**33, 2**33))  # the year 2242
    with Ledger(tmp_path / "s", tmp_path, signature="s") as ledger:
        assert ledger.inputs["a"].records == 1
        assert ledger.owns("out")


WRITER = """
import sys
from pathlib import Path
from summlib.cli.files import write_whole
for n in range(10**9):
    write_whole(Path(sys.argv[1]), str(n % 10) * 3_000_000 + "\\n")
"""


def test_a_file_is_old_or_new_whenever_its_writer_is_killed(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    for kill in range(6):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(target)], env=environment())
        deadline = time.monotonic() + 60
        while not target.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.03 * kill)
        writer.kill()
        writer.wait()
        content = target.read_text("utf-8")
        assert len(content) == 3_000_001
        assert len(set(content)) == 2


def share(translator: Callable[[str], Any], texts: list[str], seconds: float) -> int:
    """Let eight threads translate, each in its own order, and compare with one thread."""
    expected = {text: translator(text).to_dict() for text in texts}
    end = time.monotonic() + seconds

    def work(number: int) -> int:
        done = 0
        while not done or time.monotonic() < end:
            text = texts[(number + done) % len(texts)]
            assert translator(text).to_dict() == expected[text]
            done += 1
        return done

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(work, range(8)))


@pytest.mark.slow
@pytest.mark.timeout(SOAK_S + 600)
def test_threads_share_a_translator_for_long(bundled_model: Path) -> None:
    translator = summlib.Translator(
        str(bundled_model), threads=1, glossary={"Wasserwerk": "water plant"}
    )
    seeds = sorted((ROOT / "seeds").glob("*/de.txt"))
    texts = [p.read_text("utf-8")[:700].rpartition(".")[0] + "." for p in seeds] or [TEXT]
    assert share(translator, texts, SOAK_S) >= 8
