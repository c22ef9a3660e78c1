"""Fuzz summlib, led by coverage: ``python fuzz/run.py --minutes 5 split html``.

Each target gets its minutes of wall clock in a process of its own. What fails
is kept under ``fuzz/found/TARGET``; once its cause is mended it moves to
``tests/data/fuzz/TARGET``, where the tests run it for ever. The corpus grows
under ``fuzz/corpus``. Needs the extra ``fuzz`` (atheris, https://github.com/google/atheris).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CASES = HERE.parent / "tests" / "data" / "fuzz"
# The machine may be busy, and this is wall clock; the targets themselves bound the CPU time.
HANG_S = 300
MEMORY_MB, LONGEST = 3000, 4096


def fuzz(target: str, seconds: int, longest: int) -> None:
    """Fuzz one target in this process, until something fails or time is up."""
    import atheris

    # Modules are imported, and tables read, when they are first used.
    with atheris.instrument_imports(include=["summlib"]):
        from fuzz import targets

        for seed in targets.seeds(target):
            targets.TARGETS[target](seed)
    corpus, found = HERE / "corpus" / target, HERE / "found" / target
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(targets.seeds(target)):
        (corpus / f"seed-{number}").write_bytes(seed)
    folders = [str(corpus), *(str(p) for p in [CASES / target] if p.is_dir())]
    options = [f"-max_total_time={seconds}", f"-timeout={HANG_S}", f"-rss_limit_mb={MEMORY_MB}"]
    options += [f"-max_len={longest}", f"-artifact_prefix={found}/", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, *folders], lambda data: targets.run(target, data))
    atheris.Fuzz()


def run_all(names: list[str], minutes: float, longest: int) -> int:
    """Fuzz each target in a process of its own; print what it took and what it found."""
    failed = 0
    for name in names:
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        log = HERE / "found" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, __file__, "--child", name, "--longest", str(longest)]
        command += ["--seconds", str(int(60 * minutes))]
        with log.open("wb") as output:
            done = subprocess.run(command, check=False, stdout=output, stderr=subprocess.STDOUT)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        runs = _figure(log, "stat::number_of_executed_units:")
        verdict = "clean" if done.returncode == 0 else f"FAILED, see {log}"
        failed += done.returncode != 0
        wall = time.monotonic() - started
        print(
            f"{name:10} {wall / 60:6.1f} min {cpu / 60:6.1f} CPU min {runs:>9} runs  {verdict}",
            flush=True,
        )
    return failed


def _figure(log: Path, name: str) -> str:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith(name):
            return line.split()[-1]
    return "?"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Fuzz summlib, led by coverage.")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="all where none is named")
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--longest", type=int, default=LONGEST, help="bytes an input may have")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--seconds", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.path.insert(0, str(HERE.parent))
    if given.child:
        fuzz(given.child, given.seconds, given.longest)
        return
    from fuzz.targets import TARGETS

    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; known: {', '.join(TARGETS)}")
    sys.exit(run_all(given.targets or list(TARGETS), given.minutes, given.longest) > 0)


if __name__ == "__main__":
    main()
