"""Fetch parallel text from OPUS and other public collections, for those with a connection.

The work is done by ``mtdata`` (Gowda et al. 2021, Many-to-English machine
translation tools, data, and pretrained models), which knows where each
collection lies and how to unpack it. What comes out are files that
``collect`` reads. Names are mtdata's, such as ``OPUS-europarl-v8-deu-eng``;
``mtdata list -l deu-eng`` prints them all. Give each fetched source a weight
in the recipe and its licence in a file for ``card --sources``.
"""

from __future__ import annotations

import importlib
import lzma
import re
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

from summlib.errors import InputError, MissingDependency

PARTS = "train-parts"
"""Folder that mtdata puts each collection's two files in."""


def fetch(
    names: Sequence[str], out: Path, *, languages: tuple[str, str] = ("deu", "eng")
) -> list[Path]:
    """Download collections and write each as ``NAME.tsv.xz``.

    Args:
        names: mtdata's names of the collections.
        out: Folder to write to; ``.mtdata`` in it keeps the downloads.
        languages: Source and target, in three letters.

    Returns:
        The files written, in the order of ``names``.

    Raises:
        MissingDependency: mtdata is not installed.
        InputError: A collection was fetched but lacks one of the languages.
    """
    entry, data = _mtdata("entry"), _mtdata("data")
    chosen = [entry.DatasetId.parse(name) for name in names]
    folder = out / ".mtdata"
    folder.mkdir(parents=True, exist_ok=True)
    langs = entry.Langs("-".join(languages))
    data.Dataset.prepare(langs, folder, dataset_ids={"train": chosen}, fail_on_error=True)
    return [_join(folder / PARTS, name, out, languages) for name in names]


def _mtdata(module: str) -> ModuleType:
    try:
        return importlib.import_module(f"mtdata.{module}")
    except ImportError as error:
        raise MissingDependency(
            "fetching needs mtdata, which is not installed; run: pip install mtdata"
        ) from error


def _join(folder: Path, name: str, out: Path, languages: tuple[str, str]) -> Path:
    paths = [folder / f"{name}.{language}" for language in languages]
    for path in paths:
        if not path.is_file():
            raise InputError(f"{path} is missing: {name} has no text in both {languages}")
    return write_pairs(paths[0], paths[1], out / f"{source_name(name)}.tsv.xz")


def source_name(name: str) -> str:
    """Return the name of a source for a collection: a file's name ends at its first full stop.

    >>> source_name("OPUS-news_commentary-v9.1-deu-eng")
    'opus-news_commentary-v9-1-deu-eng'
    """
    return re.sub(r"[^\w-]+", "-", name.lower())


def write_pairs(source: Path, target: Path, out: Path) -> Path:
    """Join two files of equal length, line by line, into one of pairs.

    Raises:
        InputError: One file is longer than the other.
    """
    german = source.read_text(encoding="utf-8").rstrip("\n").split("\n")
    english = target.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if len(german) != len(english):
        raise InputError(f"{source} has {len(german)} lines, {target} has {len(english)}")
    with lzma.open(out, "wt", encoding="utf-8", newline="\n") as sink:
        for pair in zip(german, english, strict=True):
            sink.write("\t".join(" ".join(side.split()) for side in pair) + "\n")
    return out
