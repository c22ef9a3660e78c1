"""What the outputs of many inputs are called, no two alike."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from summlib.cli.inputs import Input, is_url
from summlib.documents.kinds import is_readable

NAME_BYTES = 255
"""Longest name that file systems take."""


def name_outputs(
    inputs: Sequence[Input], *, suffix: str, known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the output of each input by its key, no two alike.

    ``a.txt`` gives ``a.en.txt``; where ``a.pdf`` stands beside it, both keep
    their whole names, whatever the case of the letters.

    Args:
        inputs: What is read.
        suffix: Such as ``en.txt``; records of one input go to ``en.jsonl``.
        known: Names given in an earlier run, which stay.

    >>> both = [Input("a.txt"), Input("A.pdf"), Input("b.txt")]
    >>> sorted(name_outputs(both, suffix="en.txt").values())
    ['A.pdf.en.txt', 'a.txt.en.txt', 'b.en.txt']
    """
    names = dict(known or {})
    taken = {_folded(name) for name in names.values()}
    rest = [given for given in inputs if given.key not in names]
    short = {given.key: _output_name(given, suffix, _stem(given.source)) for given in rest}
    often = Counter(_folded(name) for name in short.values())
    for given in rest:
        name = short[given.key]
        if often[_folded(name)] > 1 or _folded(name) in taken:
            name = _free(given, suffix, taken)
        names[given.key] = name
        taken.add(_folded(name))
    return names


def _free(given: Input, suffix: str, taken: set[str]) -> str:
    whole = os.path.basename(_plain_name(given.source))
    found = _output_name(given, suffix, whole)
    number = 2
    while _folded(found) in taken:
        found = _output_name(given, suffix, f"{whole}.{number}")
        number += 1
    return found


def _output_name(given: Input, suffix: str, stem: str) -> str:
    lang = suffix.partition(".")[0]
    end = f".{lang}.jsonl" if given.several else f".{suffix}"
    data = os.fsencode(stem)
    if len(data) + len(end) > NAME_BYTES:
        mark = hashlib.sha256(data).hexdigest()[:8]
        stem = os.fsdecode(data[: NAME_BYTES - len(end) - 9]) + f"-{mark}"
    return str(given.below / f"{stem}{end}")


def _stem(source: str) -> str:
    name = _plain_name(source)
    if is_url(source) and not is_readable(source):
        return name  # what follows its last point is no suffix
    return Path(name).stem


def _plain_name(source: str) -> str:
    """Return a source as the name of a file, unpacked; anything may stand in a URL."""
    if source == "-":
        return "stdin"
    if is_url(source):
        source = re.sub(r"[^\w.-]+", "-", source.partition("://")[2]).strip("-.")
    return source[:-3] if source.lower().endswith(".gz") else source


def _folded(name: str) -> str:
    """Return what file systems that ignore case or spelling take for the same name."""
    return unicodedata.normalize("NFC", name).casefold()
