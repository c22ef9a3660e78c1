"""Runs over folders that are killed, stopped, or meet a hostile disk: nothing lost or doubled."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import summlib

ROOT = Path(summlib.__file__).resolve().parents[1]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")

OPENINGS = ("Der Rat", "Die Stadt", "Das Amt", "Der Verein", "Die Schule")
VERBS = ("beschließt", "prüft", "begrüßt", "verschiebt", "bezahlt")
THINGS = ("eine neue Brücke", "den Umbau am Markt", "die Sanierung der Halle", "ein Wärmenetz")


def article(draw: random.Random) -> str:
    """Return some paragraphs of German; no two articles are alike."""

    def sentence() -> str:
        what = " ".join((draw.choice(OPENINGS), draw.choice(VERBS), draw.choice(THINGS)))
        return f"{what} für {draw.randint(2, 999)} Millionen Euro im Jahr 20{draw.randint(25, 40)}."

    paragraphs = (" ".join(sentence() for _ in range(4)) for _ in range(draw.randint(2, 5)))
    return f"Bericht {draw.randint(1, 9**9)}\n\n" + "\n\n".join(paragraphs) + "\n"


def make_archive(folder: Path, *, texts: int, records: int) -> Path:
    """Write texts in folders, a file of records among them, and some that fail."""
    draw = random.Random(11)
    for number in range(texts):
        path = folder / f"{number // 20:02d}" / f"artikel{number:03d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(article(draw) if number % 17 else " \n", encoding="utf-8")
    rows = [{"text": article(draw) if n % 13 else "", "id": f"r{n}"} for n in range(records)]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "01" / "archiv.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_archive(tmp_path_factory.mktemp("archive") / "in", texts=150, records=150)


def start(*args: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": ""}
    command = [sys.executable, "-m", "summlib", *map(str, args)]
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, **options)


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    try:
        stderr = process.communicate(timeout=240)[1]
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return process.returncode, stderr.decode()


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file a person finds in a folder of results."""
    paths = (p for p in folder.rglob("*") if p.is_file() and ".summlib" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in paths}


def journal_size(state: Path) -> int:
    return sum(path.stat().st_size for path in state.glob("journal-*"))


def kill_while_working(process: subprocess.Popen[bytes], state: Path, draw: random.Random) -> None:
    """Wait until the run has committed something new, then some more, then kill it."""
    before = journal_size(state)
    while process.poll() is None and journal_size(state) <= max(before, 600):
        time.sleep(0.01)
    time.sleep(draw.uniform(0, 0.1))
    process.kill()
    process.communicate()


def run_killed(state: Path, *command: str | Path, seed: int, kills: int = 3) -> tuple[int, str]:
    draw = random.Random(seed)
    for kill in range(kills):
        process = start(*command)
        kill_while_working(process, state, draw)
        if process.returncode >= 0 and kill:  # it was done before the later kill came
            return process.returncode, "done already in an earlier run"
        assert process.returncode == -signal.SIGKILL
    return finish(start(*command))


SELECT = ("--target-lang", "de", "--length", "2 sentences")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_three_times_and_resumed(archive: Path, tmp_path: Path, jobs: str) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    code, _ = finish(start("summarize", archive, "-o", whole, *SELECT))
    assert code == 4
    code, stderr = run_killed(
        out / ".summlib", "summarize", archive, "-o", out, *SELECT, "--jobs", jobs, seed=int(jobs)
    )
    assert code == 4
    assert "done already in an earlier run" in stderr
    assert contents(out) == contents(whole)
    assert len(contents(out)) == 150 - 9 + 2
    assert not list((out / ".summlib/drafts").iterdir())


def test_killed_while_writing_one_file(archive: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole.jsonl", tmp_path / "out.jsonl"
    command = ("summarize", archive, "--json", *SELECT, "-o")
    assert finish(start(*command, whole))[0] == 4
    state = tmp_path / ".out.jsonl.summlib"
    assert run_killed(state, *command, out, seed=5)[0] == 4
    assert out.read_bytes() == whole.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "whole.jsonl"]
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(rows) == 300
    assert sum("error" in row for row in rows) == 9 + 12


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_with_the_real_model(tmp_path: Path, bundled_model: Path, jobs: str) -> None:
    archive = make_archive(tmp_path / "in", texts=90, records=60)
    whole, out = tmp_path / "whole", tmp_path / "out"
    assert finish(start("summarize", archive, "-o", whole))[0] == 4
    code, _ = run_killed(out / ".summlib", "summarize", archive, "-o", out, "--jobs", jobs, seed=7)
    assert code == 4
    assert contents(out) == contents(whole)


def test_nothing_is_done_twice(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    finish(start("summarize", archive / "02", "-o", out, *SELECT))
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*.de.txt")}
    _, stderr = finish(start("summarize", archive / "02", "-o", out, *SELECT))
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.de.txt")} == before
    assert f"done already in an earlier run: {len(before)}" in stderr


def test_a_changed_input_is_done_again(archive: Path, tmp_path: Path) -> None:
    here, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(archive / "02", here)
    finish(start("summarize", here, "-o", out, *SELECT))
    before = contents(out)
    changed = sorted(here.glob("*.txt"))[3]
    changed.write_text("Der Rat tagt heute. Er stimmt ab.\n", encoding="utf-8")
    (out / "artikel042.de.txt").unlink()
    finish(start("summarize", here, "-o", out, *SELECT))
    after = contents(out)
    assert {name for name in after if after[name] != before[name]} == {f"{changed.stem}.de.txt"}
    assert after["artikel042.de.txt"] == before["artikel042.de.txt"]


def test_force_does_all_again_and_goes_on_when_killed(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "artikel041.de.txt").write_text("alt", encoding="utf-8")
    command = ("summarize", archive / "02", "-o", out, *SELECT)
    code, stderr = finish(start(*command))
    assert code == 4
    assert "artikel041.de.txt exists; give --force" in stderr
    assert (out / "artikel041.de.txt").read_text(encoding="utf-8") == "alt"
    times = {p: p.stat().st_mtime_ns for p in out.glob("*.de.txt")}
    assert finish(start(*command, "--force"))[0] == 4
    assert all(path.stat().st_mtime_ns > before for path, before in times.items())


def test_termination_leaves_complete_records(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = ("summarize", archive, "-o", out, *SELECT, "--jobs", "2")
    process = start(*command)
    while process.poll() is None and journal_size(out / ".summlib") < 600:
        time.sleep(0.01)
    process.terminate()
    code, stderr = finish(process)
    assert code == 143
    assert "the same command goes on from there" in stderr
    assert "Traceback" not in stderr
    assert 0 < len(contents(out)) < 142
    assert all(text.endswith(b"\n") for text in contents(out).values())
    assert finish(start(*command))[0] == 4
    assert len(contents(out)) == 150 - 9 + 2


def test_no_process_outlives_a_killed_run(archive: Path, tmp_path: Path) -> None:
    process = start("summarize", archive, "-o", tmp_path / "out", *SELECT, "--jobs", "2")
    while process.poll() is None and journal_size(tmp_path / "out/.summlib") < 600:
        time.sleep(0.01)
    children = _children(process.pid)
    assert len(children) >= 2
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 150
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline, "a process of a killed run lives on"
        time.sleep(0.1)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    if not found.exists():
        pytest.skip("the system does not tell the children of a process")
    return [int(child) for child in found.read_text(encoding="ascii").split()]


def test_two_runs_into_one_folder_are_refused(archive: Path, tmp_path: Path) -> None:
    from summlib.batch.ledger import Ledger

    out = tmp_path / "out"
    with Ledger(out / ".summlib", out, signature="other"):
        code, stderr = finish(start("summarize", archive, "-o", out, *SELECT))
    assert code == 1
    assert "another run writes to" in stderr


def test_a_full_disk_ends_the_run_and_keeps_what_is_done(archive: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk: writing fails in the same way."""
    import resource

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    out = tmp_path / "out.jsonl"
    command = ("summarize", archive, "--json", *SELECT, "-o", out)
    code, stderr = finish(start(*command, preexec_fn=limit))
    assert code == 1
    assert f"cannot write {out}: File too large" in stderr
    assert "Traceback" not in stderr
    assert finish(start(*command))[0] == 4
    assert len(out.read_text(encoding="utf-8").splitlines()) == 300


HOSTILE: dict[str, bytes] = {
    "leer": b"",
    "weiss": b" \n\t\n",
    "nullen": bytes(5000),
    "zufall": random.Random(3).randbytes(4000),
    "gzip": gzip.compress(b"Der Rat tagt. " * 99)[:-9],
    "rtf": b"{\\rtf1\\ansi Der Rat tagt.}",
    "zip": b"PK\x03\x04" + bytes(40),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "russisch": "Совет города сегодня обсуждает новый мост через реку. ".encode() * 20,
    "steuer": b"\x01\x02\x03\x04" * 200,
}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_forty_hostile_files_give_forty_errors(tmp_path: Path, jobs: str) -> None:
    here = tmp_path / "in"
    here.mkdir()
    for number in range(4):
        for name, data in HOSTILE.items():
            (here / f"{name}{number}.txt").write_bytes(data)
    for number in range(20):
        text = f"Der Rat tagt {number} Stunden. Er stimmt über die Brücke ab.\n"
        (here / f"gut{number}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    code, stderr = finish(start("summarize", here, "-o", out, *SELECT, "--jobs", jobs))
    assert code == 4
    assert "Traceback" not in stderr
    assert "unexpected" not in stderr
    assert sum(line.startswith("Error: ") for line in stderr.splitlines()) == 40
    assert len(list(out.glob("gut*.de.txt"))) == 20
    rows = (out / "summlib-errors.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 40
    assert all(json.loads(row)["error"]["message"] for row in rows)


def test_hostile_files_of_every_format_are_clear_errors(tmp_path: Path) -> None:
    from hostile import write_hostile

    here, out = tmp_path / "in", tmp_path / "out"
    expected = write_hostile(here)
    (here / "zz-gut.txt").write_text("Der Rat tagt. Er stimmt ab.\n", encoding="utf-8")
    code, stderr = finish(start("summarize", here, "-o", out, *SELECT, "--jobs", "2"))
    assert code == 4
    assert "Traceback" not in stderr
    assert "unexpected" not in stderr
    assert (out / "zz-gut.de.txt").exists()
    rows = (out / "summlib-errors.jsonl").read_text(encoding="utf-8").splitlines()
    failed = {Path(json.loads(row)["path"]).name for row in rows}
    one_document = {p for p in expected if p.suffix not in (".jsonl", ".csv", ".tsv")}
    assert {p.name for p in one_document if expected[p]} <= failed
    assert len(expected) >= 40
