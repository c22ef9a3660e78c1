"""Memory of a folder run from its first documents to its last: is it flat?

    python benchmarks/memory.py --documents 10000 --jobs 2

Writes a folder of made-up German articles whose names, numbers and compounds
are ever new ones, so that whatever keeps what it has seen grows; summarizes it
with the command line, and samples the memory of all its processes (``Rss`` of
Linux: other than ``Pss``, it does not change when a stranger starts or ends).
Prints a line of JSON for each tenth of the documents and, last, by how much the
last tenth lies above an early one: before that models and tables are read and
the caches of words fill, which are bounded. The last 100 documents beside the
first 100 are given, too, where these took long enough to be seen.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SYLLABLES = ("ba", "den", "gol", "hei", "kor", "lin", "mar", "nau", "ost", "rei", "sul", "wen")
ENDINGS = ("ung", "heim", "burg", "werk", "platz", "verband", "halle")
SAMPLE_S = 0.2
EDGE = 100


def articles(number: int, *, words: int, seed: int = 6) -> Iterator[str]:
    """Yield so many articles of about so many words, each of sentences of ``seeds/``."""
    draw = random.Random(seed)
    texts = (path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("seeds/*/de.txt")))
    pool = [s for text in texts for s in re.split(r"(?<=[.!?])\s+", text) if s.count(" ") > 5]
    for _ in range(number):
        chosen: list[str] = []
        while sum(s.count(" ") + 1 for s in chosen) < words:
            chosen.append(_renamed(draw.choice(pool), draw))
        yield "\n\n".join(chosen)


def _renamed(sentence: str, draw: random.Random) -> str:
    """Give a sentence other numbers, and other names for every third of its nouns."""
    sentence = re.sub(r"\d+", lambda m: str(draw.randrange(1, 10 ** len(m[0]))), sentence)
    return re.sub(r"\b[A-ZÄÖÜ][a-zäöüß]{3,}", lambda m: _name(m[0], draw), sentence)


def _name(word: str, draw: random.Random) -> str:
    if draw.random() > 1 / 3:
        return word
    parts = (draw.choice(SYLLABLES) for _ in range(3))
    return ("".join(parts) + draw.choice(ENDINGS)).capitalize()


def memory_mb(pid: int) -> float:
    """Return the memory of a process and of all that it started, in MB; 0 when it has ended."""
    total, waiting = 0, [pid]
    while waiting:
        place = Path(f"/proc/{waiting.pop()}")
        try:
            rollup = (place / "smaps_rollup").read_text(encoding="ascii")
            children = [(t / "children").read_text(encoding="ascii") for t in place.glob("task/*")]
        except OSError:
            continue
        total += int(next(iter(re.findall(r"^Rss:\s+(\d+)", rollup, re.MULTILINE)), 0))
        waiting += [int(child) for text in children for child in text.split()]
    return total / 1024


def watch(command: list[str], out: Path) -> list[tuple[int, float]]:
    """Run a command and return samples of how many results stood there and of its memory."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path})
    samples = []
    while process.poll() is None:
        done = sum(entry.name.endswith(".txt") for entry in os.scandir(out)) if out.is_dir() else 0
        samples.append((done, memory_mb(process.pid)))
        time.sleep(SAMPLE_S)
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}: {' '.join(command)}")
    return [(done, used) for done, used in samples if used]


def tenths(samples: list[tuple[int, float]], documents: int) -> list[dict[str, float]]:
    """Return the median memory of each tenth of the documents."""
    parts: dict[int, list[float]] = {}
    for done, used in samples:
        parts.setdefault(min(9, 10 * done // documents), []).append(used)
    return [
        {"documents": (part + 1) * documents // 10, "mb": round(statistics.median(used), 1)}
        for part, used in sorted(parts.items())
    ]


def edges(samples: list[tuple[int, float]], documents: int) -> float | None:
    """Return by how much the last 100 documents lie above the first, None where none was seen."""
    first = [used for done, used in samples if 0 < done <= EDGE]
    last = [used for done, used in samples if done >= documents - EDGE]
    return statistics.median(last) / statistics.median(first) - 1 if first and last else None


def report(samples: list[tuple[int, float]], given: argparse.Namespace) -> None:
    """Print the tenths and by how much memory grew."""
    found = tenths(samples, given.documents)
    for line in found:
        print(json.dumps(line), flush=True)
    early = next(f for f in found if f["documents"] >= given.begin * given.documents)
    growth = found[-1]["mb"] / early["mb"] - 1
    told = {"jobs": given.jobs, "growth_percent": round(100 * growth, 1)}
    ends = edges(samples, given.documents)
    if ends is not None:
        told["last_100_above_first_100_percent"] = round(100 * ends, 1)
    print(json.dumps(told), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--from", dest="begin", type=float, default=0.2, help="0 to 1")
    parser.add_argument("--target-lang", choices=("de", "en"), default="de")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "in"), Path(folder, "out")
        source.mkdir()
        for number, text in enumerate(articles(given.documents, words=given.words)):
            (source / f"{number:06}.txt").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "summlib", "summarize", str(source), "-o", str(out)]
        command += ["--target-lang", given.target_lang, "--jobs", str(given.jobs), "-q"]
        samples = watch(command, out)
        report(samples, given)  # before the folder is removed, which takes long


if __name__ == "__main__":
    main()
