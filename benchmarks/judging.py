"""Translations to be judged, and what was known of each beside what was said of it.

The evidence that ``summlib.trust`` was fitted on belongs to one model and one way of
translating; after a change of either it can be gathered anew::

    python benchmarks/judging.py translate sentences.txt items.jsonl
    python benchmarks/judging.py gather items.jsonl labels.txt judged.tsv.xz --text news

The first takes a German sentence a line. Somebody reads the ``source`` and ``target`` of each
item and writes a line ``NUMBER LABEL``, counted from 0, into ``labels.txt``: 2 true, 1 a detail
odd or missing, 0 a fact wrong or lost. The second writes what ``benchmarks/trust.py`` reads,
without the sentences.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, fields
from pathlib import Path

from summlib.summarizer import BEAM
from summlib.translator import Translator
from summlib.trust import Evidence

COLUMNS = [field.name for field in fields(Evidence)]
DIGITS = 3


def translate(sentences: Sequence[str]) -> Iterator[str]:
    """Yield an item of JSON for each sentence that the model translated.

    Args:
        sentences: German ones; they are translated as those of a summary are.
    """
    rendered = Translator(beam_size=BEAM).render(sentences)
    for sentence, said in zip(sentences, rendered, strict=True):
        if said.first:  # what was copied tells nothing of the model
            known = asdict(said.evidence(sentence))
            item = {"source": sentence, "target": said.text, "evidence": known}
            yield json.dumps(item, ensure_ascii=False)


def gather(items: Sequence[str], labels: Iterable[str], text: str) -> Iterator[str]:
    """Yield the head and a row for each label.

    Args:
        items: From ``translate``.
        labels: Number of the item, a blank, the label; what stands behind it is left out.
        text: What the sentences were taken from.

    Raises:
        ValueError: A line names no item or no label.
    """
    yield "\t".join(["text", "label", *COLUMNS])
    for line in filter(str.strip, labels):
        number, label = map(int, line.split()[:2])
        if not (0 <= number < len(items) and label in (0, 1, 2)):
            raise ValueError(f"no item or no label: {line!r}")
        known = json.loads(items[number])["evidence"]
        cells = (f"{round(float(known[name]), DIGITS):g}" for name in COLUMNS)
        yield "\t".join([text, str(label), *cells])


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str] | None = None) -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    steps = parser.add_subparsers(dest="step", required=True)
    first, second = steps.add_parser("translate"), steps.add_parser("gather")
    first.add_argument("source", type=Path)
    second.add_argument("source", type=Path)
    second.add_argument("labels", type=Path)
    second.add_argument("--text", default="news", help="what the sentences were taken from")
    for step in (first, second):
        step.add_argument("out", type=Path)
    given = parser.parse_args(arguments)
    if given.step == "translate":
        rows = list(translate(_lines(given.source)))
        given.out.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    else:
        rows = list(gather(_lines(given.source), _lines(given.labels), given.text))
        given.out.write_bytes(lzma.compress("".join(f"{row}\n" for row in rows).encode()))


if __name__ == "__main__":
    main()
