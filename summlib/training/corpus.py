"""Read, clean and weigh parallel text.

A source is a file ``NAME.tsv.xz`` (or ``.tsv``) of lines German<TAB>English.
``collect`` reads all sources of a folder once, keeps what is fit to learn
from, and writes one file; ``draw`` takes the lines of one pass from it, each
source by its weight, in an order that depends on the seed and the pass alone.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from summlib.errors import InputError
from summlib.training.contamination import Protected

MAX_WORDS = 120
MAX_RATIO = 2.2
"""Longer side over shorter side in characters; above it lines are mostly misaligned."""

MOST_MARKED = 170
"""Words of a rewriter's input, marks included."""

_LETTER = re.compile(r"[^\W\d_]")
_SPACE = re.compile(r"\s+")
_DEBRIS = re.compile(r"[�\x00-\x08\x0b-\x1f]|<[a-z/][^>]*>|\{\{|\}\}|%\([a-z]+\)")


@dataclass(frozen=True, slots=True)
class Pair:
    """One German line with its English one, and the source it is from."""

    name: str
    source: str
    target: str


@dataclass
class Report:
    """What a collection holds, per source, and what it refused, per reason."""

    pairs: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def to_dict(self) -> dict[str, object]:
        """Return the report as plain data."""
        return {
            "pairs": dict(self.pairs),
            "german_words": dict(self.words),
            "refused": dict(self.refused),
            "pairs_in_all": sum(self.pairs.values()),
        }


def open_text(path: Path) -> IO[str]:
    """Open a text file for reading, decompressing ``.xz`` on the way."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


def read_pairs(path: Path) -> Iterator[Pair]:
    """Yield the pairs of one file; lines without exactly one tab are passed over."""
    name = _name(path)
    with open_text(path) as lines:
        for line in lines:
            source, tab, target = line.rstrip("\n").partition("\t")
            if tab and "\t" not in target:
                yield Pair(name, _SPACE.sub(" ", source).strip(), _SPACE.sub(" ", target).strip())


def fault(pair: Pair) -> str:
    """Return why a pair is unfit to learn from, or an empty string.

    >>> fault(Pair("x", "Guten Morgen!", "Good morning!"))
    ''
    >>> fault(Pair("x", "Guten Morgen!", "Guten Morgen!"))
    'untranslated'
    """
    source, target = pair.source, pair.target
    if not _LETTER.search(source) or not _LETTER.search(target):
        return "no words"
    words = len(source.split())
    if words > MAX_WORDS or len(target.split()) > MAX_WORDS:
        return "too long"
    if source == target and words > 1:
        return "untranslated"
    shorter, longer = sorted((len(source), len(target)))
    if longer > 20 and longer > MAX_RATIO * shorter:
        return "lengths differ"
    if _DEBRIS.search(source) or _DEBRIS.search(target):
        return "markup"
    return ""


def rewriting_fault(pair: Pair) -> str:
    """Return why a rewriter's pair is unfit, or an empty string.

    Its two sides are in one language, may be equal, and differ in length.

    >>> rewriting_fault(Pair("x", "⟨de⟩ ⟨sentence⟩ Es regnet seit gestern.", "Es regnet."))
    ''
    """
    if not pair.source.startswith("⟨") or not _LETTER.search(pair.target):
        return "no words"
    words = max(len(pair.source.split()), len(pair.target.split()))
    if words > MOST_MARKED:
        return "too long"
    return "markup" if _DEBRIS.search(pair.source) or _DEBRIS.search(pair.target) else ""


def collect(
    folders: Sequence[Path],
    out: Path,
    *,
    protected: Protected,
    exclude: tuple[str, ...] = (),
    unfit: Callable[[Pair], str] = fault,
) -> Report:
    """Clean all sources of some folders into one file of name, German and English.

    Args:
        folders: Hold the ``.tsv`` and ``.tsv.xz`` files.
        out: The file to write; ``out`` + ``.json`` gets the report.
        protected: Lines that must not be trained on.
        exclude: Names of sources to leave out.
        unfit: Says why a pair is left out.

    Raises:
        InputError: There is no source, none of a name to leave out, or two of one name.
    """
    report, seen = Report(), set[int]()
    paths = _choose_sources(folders, exclude)
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as sink:
        for path in paths:
            for pair in read_pairs(path):
                reason = unfit(pair) or _refusal(pair, seen, protected)
                if reason:
                    report.refused[reason] += 1
                    continue
                report.pairs[pair.name] += 1
                report.words[pair.name] += len(pair.source.split())
                sink.write(f"{pair.name}\t{pair.source}\t{pair.target}\n")
    out.with_name(out.name + ".json").write_text(json.dumps(report.to_dict(), indent=1))
    return report


def _choose_sources(folders: Sequence[Path], exclude: tuple[str, ...]) -> list[Path]:
    paths: dict[str, Path] = {}
    for folder in folders:
        found = sorted([*folder.glob("*.tsv"), *folder.glob("*.tsv.xz")])
        if not found:
            raise InputError(f"{folder} holds no .tsv or .tsv.xz file")
        twice = sorted(paths.keys() & {_name(path) for path in found})
        if twice:
            raise InputError(f"source {twice[0]!r} stands in {folder} and in a folder before it")
        paths |= {_name(path): path for path in found}
    unknown = sorted(set(exclude) - paths.keys())
    if unknown:
        names = ", ".join(paths)
        raise InputError(f"no source {unknown[0]!r} in these folders; there are {names}")
    return [path for name, path in paths.items() if name not in exclude]


def _name(path: Path) -> str:
    """Return the name of a source: its file's, up to the first full stop."""
    return path.name.split(".")[0]


def _refusal(pair: Pair, seen: set[int], protected: Protected) -> str:
    key = hash((pair.source.lower(), pair.target.lower()))
    if key in seen:
        return "duplicate"
    seen.add(key)
    if protected.holds(pair.source) or protected.holds(pair.target):
        return "in a test set"
    return ""


def load(path: Path) -> list[Pair]:
    """Read what ``collect`` wrote."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [Pair(*line.rstrip("\n").split("\t")) for line in lines]


def draw(pairs: list[Pair], weights: dict[str, float], *, seed: int, index: int) -> list[Pair]:
    """Take the lines of pass number ``index``, shuffled.

    A weight of 0.3 draws three lines in ten, anew in each pass; 2 draws every
    line twice. A source without a weight is left out: what is trained on is
    named, never assumed.

    Args:
        pairs: All pairs.
        weights: Share of lines by source name, 0 or more.
        seed: Seed of the run.
        index: Number of the pass, from 0.
    """
    rng = random.Random(f"{seed}:{index}")
    drawn = []
    for pair in pairs:
        weight = weights.get(pair.name, 0.0)
        times = int(weight) + (rng.random() < weight % 1)
        drawn.extend([pair] * times)
    rng.shuffle(drawn)
    return drawn
