"""Measure summlib beside what people use instead: the same texts, weights and machine.

Translation: summlib, bare CTranslate2 (the limit: the same pieces, nothing
around them), Argos Translate and transformers, all with ``models/de-en``.
Summaries: summlib, and LexRank and TextRank of sumy with summlib's translator
for what they select. Each figure is taken in a process of its own, all
contenders in turn, several rounds; what is told is the median. Every figure is
kept in ``runs/`` as it comes: a run that was interrupted goes on where it
stopped, one that is complete prints its table at once. What is not installed
is left out, and said.

Run: ``make bench``, or ``python benchmarks/peers.py --help``.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import argos_package
from contenders import CLOCKS, CONTENDERS, MODEL, Contender, settings
from results import Plan, Table, markdown, terminal
from samples import DEV, Samples, read_samples

ROOT = Path(__file__).resolve().parents[1]
SIZES = (100, 300, 1000, 3000, 10_000, 30_000, 100_000, 200_000)
Record = dict[str, Any]


def write_samples(samples: Samples, sizes: Sequence[int], folder: Path) -> None:
    """Write what the contenders read, each text with the words of its source."""
    _write(folder, "sentences", samples.sentences)
    _write(folder, "documents", samples.documents)
    _write(folder, "articles", samples.articles)
    for size in sizes:
        _write(folder, f"growth-{size}", [samples.document(size)])
    pairs = list(_prepared(samples.documents))
    content = [(text, len(source.split())) for source, text in pairs]
    (folder / "prepared.json").write_text(json.dumps(content), encoding="utf-8")


def _write(folder: Path, name: str, texts: Sequence[str]) -> None:
    content = [(text, len(text.split())) for text in texts]
    (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")


def _prepared(documents: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the sentences of documents, each with what summlib's engine is given for it."""
    from summlib.translator import Translator, plan_units

    translator = Translator()
    drafter = translator.renderer.drafter
    for text in documents:
        for unit in plan_units(text, lang="de", layout="reflow"):
            if unit.sentence and drafter:
                yield unit.text, drafter.draft(unit.text, translator.glossary).text


def environment(contender: Contender, home: Path, threads: int) -> dict[str, str]:
    """Return the environment of a contender's process: so many threads, and no net.

    Python may keep what it compiled, as it does where a package was installed: the peers
    lie compiled already, and summlib is read from the checkout.
    """
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {
        **inherited,
        **argos_package.environment(home),
        **settings(contender),
        "ARGOS_INTRA_THREADS": str(threads),
        "OMP_NUM_THREADS": str(threads),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_VERBOSITY": "error",
        "PYTHONPATH": str(ROOT),
    }


def take(contender: Contender, what: str, folder: Path, given: argparse.Namespace) -> Record:
    """Take one figure in a process of its own.

    Returns:
        What ``contenders.measure`` returns with ``peak_mb``; for ``first`` the
        seconds from the start of the process until its first output; ``over``
        where it took longer than it may.

    Raises:
        RuntimeError: The process failed.
    """
    command = [sys.executable, str(ROOT / "benchmarks" / "contenders.py"), contender.name, what]
    command += [str(folder), "--threads", str(given.threads), "--clock", given.clock]
    begin = time.perf_counter()
    with tempfile.TemporaryFile("w+") as errors, _started(command, contender, given, errors) as run:
        timer = threading.Timer(given.limit_s, run.kill)
        timer.start()
        lines, first = [], 0.0
        for line in run.stdout or ():
            first = first or time.perf_counter() - begin
            lines.append(line)
        over = run.wait() < 0 and not timer.is_alive()
        timer.cancel()
        if over:
            return {"over": given.limit_s}
        if run.returncode:
            errors.seek(0)
            raise RuntimeError(f"{contender.name}, {what}: {errors.read()[-2000:]}")
    figures: Record = json.loads(lines[-1])
    by_wall = what == "first" and given.clock == "wall"
    return {**figures, "seconds": first} if by_wall else figures


def _started(
    command: list[str], contender: Contender, given: argparse.Namespace, errors: Any
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        cwd=ROOT,
        env=environment(contender, given.home, given.threads),
    )


class Log:
    """The figures taken so far, one line of JSON each.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        whole = text[: text.rfind("\n") + 1]  # a kill may have cut the last line
        if whole != text:
            path.write_text(whole, encoding="utf-8")
        self.records: list[Record] = [json.loads(line) for line in whole.splitlines()]

    def has(self, name: str, what: str, number: int) -> bool:
        """Tell whether a figure was taken, or is known to take too long."""
        mine = [r for r in self.records if (r["name"], r["what"]) == (name, what)]
        return any(r["round"] == number or "over" in r for r in mine)

    def too_long(self, name: str, what: str) -> bool:
        """Tell whether a shorter document took too long already."""
        size = _size(what)
        mine = (r for r in self.records if r["name"] == name and "over" in r)
        return any(0 < _size(r["what"]) < size for r in mine)

    def add(self, record: Record) -> None:
        """Keep a figure."""
        self.records.append(record)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")


def _size(what: str) -> int:
    return int(what.removeprefix("growth-")) if what.startswith("growth-") else 0


def measures(contender: Contender, sizes: Sequence[int]) -> list[str]:
    """Name the figures that are taken of a contender."""
    growth = [f"growth-{size}" for size in sizes] if contender.task == "summarize" else []
    return ["import", "first", "single", "batch", *growth]


def run_rounds(
    contenders: Sequence[Contender], log: Log, folder: Path, given: argparse.Namespace
) -> None:
    """Take all figures that are not there yet: in each round every contender, figure by figure."""
    whats = list(dict.fromkeys(w for c in contenders for w in measures(c, given.sizes)))
    for number in range(given.rounds):
        for what in whats:
            for contender in contenders:
                name = contender.name
                if what not in measures(contender, given.sizes) or log.has(name, what, number):
                    continue
                if log.too_long(name, what):
                    continue
                note(f"round {number + 1} of {given.rounds}: {what}, {name}")
                figures = take(contender, what, folder, given)
                log.add({"name": name, "what": what, "round": number, **figures})


def note(message: str) -> None:
    """Say on stderr what is going on."""
    sys.stderr.write(f"{message}\n")


def fingerprint(given: argparse.Namespace, samples: Samples) -> str:
    """Name what the figures depend on: code, weights, texts and settings."""
    digest = hashlib.sha256()
    code = [*sorted((ROOT / "summlib").rglob("*.py")), ROOT / "benchmarks" / "contenders.py"]
    for path in (*code, MODEL / "model.json"):
        digest.update(path.read_bytes())
    texts = "\n".join([*samples.sentences, *samples.articles])
    digest.update(f"{given.threads} {given.clock} {given.limit_s} {texts}".encode())
    return digest.hexdigest()[:12]


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=int, default=2000, help="to translate")
    parser.add_argument("--articles", type=int, default=300, help="to summarize")
    parser.add_argument("--rounds", type=int, default=3, help="of which the medians are told")
    parser.add_argument("--threads", type=int, default=2, help="of every contender")
    parser.add_argument("--clock", choices=CLOCKS, default="wall", help="cpu on a busy machine")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="words of a document")
    parser.add_argument("--only", nargs="+", default=list(CONTENDERS), choices=CONTENDERS)
    parser.add_argument(
        "--limit-s", type=float, default=900, help="seconds that one process may take"
    )
    parser.add_argument(
        "--report-only", action="store_true", help="measure nothing, tell what is there"
    )
    parser.add_argument("--seeds", action="store_true", help="read seeds/ in any case")
    parser.add_argument("--runs", type=Path, default=ROOT / "runs", help="where figures are kept")
    parser.add_argument("--out", type=Path, default=ROOT / "benchmarks" / "RESULTS.md")
    parser.add_argument("--plot", type=Path, default=ROOT / "docs" / "benchmark.png")
    parser.add_argument("--remark", default="", help="a sentence to stand above the table")
    return parser.parse_args(arguments)


def measure_all(
    contenders: Sequence[Contender], log: Log, samples: Samples, given: argparse.Namespace
) -> None:
    """Lay out what the contenders read, and take all figures that are not there yet."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, given.home = Path(scratch), Path(scratch) / "argos"
        write_samples(samples, given.sizes, folder)
        if any(c.module.startswith("argostranslate") for c in contenders):
            script = str(ROOT / "benchmarks" / "argos_package.py")
            subprocess.run([sys.executable, script, str(MODEL), str(given.home)], check=True)
        run_rounds(contenders, log, folder, given)


def main(arguments: Sequence[str] | None = None) -> None:
    """Take the figures, print the table, write the results and the plot."""
    given = parse(arguments)
    samples = read_samples(given.sentences, given.articles, dev=None if given.seeds else DEV)
    present = [CONTENDERS[name] for name in given.only if not CONTENDERS[name].missing]
    absent = {n: CONTENDERS[n].missing for n in given.only if CONTENDERS[n].missing}
    log = Log(given.runs / f"peers-{fingerprint(given, samples)}.jsonl")
    if not given.report_only:
        compileall.compile_dir(ROOT / "summlib", quiet=1)
        measure_all(present, log, samples, given)
    plan = Plan(
        samples=samples,
        sizes=tuple(given.sizes),
        rounds=given.rounds,
        threads=given.threads,
        clock=given.clock,
        limit_s=given.limit_s,
        absent=absent,
        remark=given.remark,
    )
    table = Table(present, log.records, plan)
    sys.stdout.write(terminal(table))
    given.out.write_text(markdown(table), encoding="utf-8")
    _plot(table, given.plot)


def _plot(table: Table, path: Path) -> None:
    try:
        from plot import draw
    except ImportError:
        note("no plot: matplotlib is not installed")
        return
    draw(table, path)


if __name__ == "__main__":
    main()
