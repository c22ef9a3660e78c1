"""Time what a user waits for: start-up, a summary, a translation. ``make bench``.

Each figure is the median of interleaved runs of whole processes, so that a
machine whose speed drifts does not favour one of them.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ARTICLE = ROOT / "seeds" / "waermenetz" / "de.txt"
RUNS = 5


def run(*arguments: str) -> float:
    """Run summlib as a process of its own and return the seconds it took."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-m", "summlib", *arguments], check=True, capture_output=True)
    return time.perf_counter() - begin


def medians(commands: dict[str, tuple[str, ...]]) -> dict[str, float]:
    """Run all commands in turn, several rounds, and return the median of each."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, arguments in commands.items():
            times[name].append(run(*arguments))
    return {name: statistics.median(seconds) for name, seconds in times.items()}


def throughput(beam_size: int, *, quick: bool) -> tuple[float, float]:
    """Return source words per second of summlib and of bare CTranslate2, same sentences."""
    from summlib.engines.base import Options
    from summlib.text.prepare import prepare
    from summlib.translator import Translator, plan_units

    translator = Translator(beam_size=beam_size, quick=quick, threads=2)
    texts = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("seeds/*/de.txt"))]
    units = [u for t in texts for u in plan_units(t, lang="de", layout="reflow") if u.sentence]
    sentences = [u.text for u in units]
    words = sum(len(s.split()) for s in sentences)
    engine = translator.renderer.engine
    options = Options(beam_size=beam_size, hypotheses=1)
    bare = [prepare(s) for s in sentences]
    translator.render(sentences[:8])
    ours = _median(lambda: translator.render(sentences))
    limit = _median(lambda: engine.generate(bare, options=options))
    return words / ours, words / limit


def _median(action: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    times = medians(
        {
            "summlib --help": ("--help",),
            "summarize 550 words": ("summarize", str(ARTICLE)),
            "translate 550 words": ("translate", str(ARTICLE)),
        }
    )
    for name, seconds in times.items():
        print(f"{name:28} {seconds:7.2f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory':28} {peak:7.0f} MB")
    for beam_size, quick in ((1, True), (4, True), (4, False)):
        ours, limit = throughput(beam_size, quick=quick)
        name = f"words/s at beam {beam_size}{', quick' if quick else ''}"
        print(f"{name:28} {ours:7.0f}, bare CTranslate2 {limit:.0f}, ratio {ours / limit:.2f}")


if __name__ == "__main__":
    main()
