"""Documents a second: a pool of Ray actors beside one process, taking turns.

    pip install '.[ray]'
    python benchmarks/actors.py --documents 400 --actors 2 --rounds 3

Both get the same documents, one core a process or actor, and have their models
loaded and warm before the clock starts. Rounds alternate, so that a machine
whose speed drifts favours neither. Prints a line of JSON: the median rate of
each, and the median of the ratios of the rounds; that of a pool of N on N free
cores can be N at most.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Call = Callable[[list[dict[str, list[str]]]], list[str]]

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SHARES = 4  # batches for each actor at least, so that none waits long for the last one


def texts(number: int) -> list[str]:
    """Return so many documents: paragraphs of ``seeds/``, each time others together."""
    paths = sorted(ROOT.glob("seeds/*/de.txt"))
    paragraphs = [p for path in paths for p in path.read_text(encoding="utf-8").split("\n\n")]
    long = [p for p in paragraphs if p.count(" ") > 20]
    return ["\n\n".join(long[(n * 7 + k) % len(long)] for k in range(5)) for n in range(number)]


def batches(given: list[str], actors: int) -> list[dict[str, list[str]]]:
    """Cut texts into the batches that both work on."""
    from summlib.ray_data import BATCH_SIZE

    size = max(1, min(BATCH_SIZE, len(given) // (SHARES * actors)))
    return [{"text": given[start : start + size]} for start in range(0, len(given), size)]


def one_process(options: dict[str, Any]) -> Call:
    """Return what works on batches here, one after the other."""
    from summlib.ray_data import SummarizeBatch

    call = SummarizeBatch(threads=1, **options)
    return lambda work: [summary for batch in work for summary in call(batch)["summary"]]


def pool_of(actors: int, options: dict[str, Any]) -> Call:
    """Return what works on batches in Ray actors, each with a model of its own."""
    import ray
    from ray.util import ActorPool

    from summlib.ray_data import SummarizeBatch

    env = {"PYTHONPATH": str(ROOT), "RAY_worker_niceness": "0"}
    os.environ.update(env)  # actors as urgent as the process they are measured against
    ray.init(num_cpus=actors, include_dashboard=False, log_to_driver=False)
    remote = ray.remote(num_cpus=1)(SummarizeBatch)
    pool = ActorPool([remote.remote(threads=1, **options) for _ in range(actors)])

    def run(work: list[dict[str, list[str]]]) -> list[str]:
        made = pool.map(lambda actor, batch: actor.__call__.remote(batch), work)
        return [summary for batch in made for summary in batch["summary"]]

    return run


def rate(call: Call, work: list[dict[str, list[str]]]) -> tuple[float, list[str]]:
    """Return documents a second, and what came out."""
    begin = time.perf_counter()
    made = call(work)
    return len(made) / (time.perf_counter() - begin), made


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--actors", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--target-lang", choices=("de", "en"), default="en")
    given = parser.parse_args()
    options = {"target_lang": given.target_lang, "length": "short"}
    work = batches(texts(given.documents), given.actors)
    calls = {"process": one_process(options), "actors": pool_of(given.actors, options)}
    expected, _ = (call(work) for call in calls.values())  # loads and warms every model
    rates: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(given.rounds):
        for name, call in calls.items():
            found, made = rate(call, work)
            if made != expected:
                raise SystemExit(f"{name} made other summaries")
            rates[name].append(found)
    ratios = [b / a for a, b in zip(rates["process"], rates["actors"], strict=True)]
    print(json.dumps({
        "documents": given.documents,
        "actors": given.actors,
        "documents_per_s": {n: round(statistics.median(r), 2) for n, r in rates.items()},
        "ratio": round(statistics.median(ratios), 2),
        "ratios": [round(r, 2) for r in ratios],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
