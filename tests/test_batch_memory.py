"""A run over a folder takes no more memory at its end than at its beginning."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import _lru_cache_wrapper
from pathlib import Path

import pytest

import summlib.digest
import summlib.summarizer
from summlib.text.stems import CACHED_WORDS

ROOT = Path(summlib.__file__).resolve().parents[1]
BENCHMARK = ROOT / "benchmarks" / "memory.py"


def test_no_function_remembers_words_without_a_tight_bound() -> None:
    """What a run over ever new words fills is full after a few hundred documents."""
    modules = {k: m for k, m in sys.modules.items() if k.startswith("summlib.")}
    # Training runs over one corpus, and ends.
    loaded = [m for name, m in modules.items() if not name.startswith("summlib.training")]
    caches = {
        f"{found.__module__}.{found.__qualname__}": found.cache_parameters()["maxsize"]
        for module in loaded
        for found in vars(module).values()
        if isinstance(found, _lru_cache_wrapper) and found.__module__ in modules
        if not found.__module__.startswith("summlib.training")
    }
    assert CACHED_WORDS in caches.values()
    by_words = {"text.cues", "digest.phrases", "digest.negation", "digest.figures"}  # by language
    for name, maxsize in caches.items():
        if not any(part in name for part in by_words):
            assert maxsize is not None, name
            assert maxsize <= CACHED_WORDS, name


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.skipif(not BENCHMARK.exists(), reason="benchmarks/ is not part of what is installed")
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="needs Linux")
@pytest.mark.parametrize("jobs", [1, 2])
def test_memory_is_flat_over_a_folder(jobs: int) -> None:
    """Ten thousand documents, scaled down; the caches are full after the first of four parts."""
    options = ("--documents", "3000", "--words", "150", "--jobs", str(jobs), "--from", "0.4")
    done = subprocess.run(
        [sys.executable, str(BENCHMARK), *options], capture_output=True, check=True, text=True
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["growth_percent"] <= 5, done.stdout
