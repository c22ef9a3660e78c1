"""Refuse training lines that stand in a development or test set.

A model that saw its test set looks better than it is. A line is refused when
it equals a protected line or shares a run of ``NGRAM`` words with one, on
either side of the pair (the idea of the 13-gram filter of Brown et al. 2020,
with a shorter run because sentences are short).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from summlib.errors import InputError
from summlib.scores.behaviours import read_behaviours

NGRAM = 10
"""Words a shared run must have. Ten is longer than the set phrases of press
releases ("has decided at its meeting of today to") and shorter than most sentences."""

SHORTEST = 4
"""Equal lines below this many words ("Thank you very much") are no evidence."""

_WORD = re.compile(r"\w+")


def _words(line: str) -> list[str]:
    return _WORD.findall(line.lower())


class Protected:
    """Lines that must never be trained on.

    >>> protected = Protected(["The quick brown fox jumps."])
    >>> protected.holds("the quick, brown fox jumps!")
    True
    >>> protected.holds("The quick red fox jumps.")
    False
    """

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines: set[int] = set()
        self._runs: set[int] = set()
        for line in lines:
            self.add(line)

    def add(self, line: str) -> None:
        """Protect one more line."""
        words = _words(line)
        if len(words) >= SHORTEST:
            self._lines.add(hash(tuple(words)))
        self._runs.update(_runs(words))

    def holds(self, line: str) -> bool:
        """Tell whether ``line`` is protected or shares a long run with one that is."""
        words = _words(line)
        if hash(tuple(words)) in self._lines:
            return True
        return any(run in self._runs for run in _runs(words))


def _runs(words: list[str]) -> Iterator[int]:
    for i in range(len(words) - NGRAM + 1):
        yield hash(tuple(words[i : i + NGRAM]))


def protect_folder(folder: str | Path) -> Protected:
    """Protect every line of text and every string of JSON lines below ``folder``.

    Args:
        folder: Holds plain text (any suffix) and ``.jsonl`` files; ``.md`` is passed over.

    Raises:
        InputError: It holds no text: a folder that was misspelt must not protect nothing.
    """
    protected = Protected()
    add_folder(protected, Path(folder))
    return protected


def protect_folders(folders: Iterable[Path]) -> Protected:
    """Protect what ``protect_folder`` does, of several folders, and summlib's own test sentences.

    Those are the sentences of ``summlib.scores.behaviours`` with their translations, right and
    wrong, which stand in the package and in no folder.

    Raises:
        InputError: One holds no text.
    """
    protected = Protected()
    for folder in folders:
        add_folder(protected, folder)
    for case in read_behaviours():
        for line in (case.source, *case.references, case.wrong):
            protected.add(line)
    return protected


def add_folder(protected: Protected, folder: Path) -> None:
    """Protect one more folder, as ``protect_folder`` does."""
    found = False
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.suffix == ".md":
            continue
        for line in path.read_text(encoding="utf-8").split("\n"):
            for text in _strings(line) if path.suffix == ".jsonl" else (line,):
                protected.add(text)
                found = found or bool(text.strip())
    if not found:
        raise InputError(f"{folder} holds no line to protect; is the path right?")


def _strings(line: str) -> Iterator[str]:
    if not line.strip():
        return
    values = list(json.loads(line).values())
    while values:
        value = values.pop()
        if isinstance(value, str):
            yield from value.split("\n")
        elif isinstance(value, list):
            values.extend(value)
