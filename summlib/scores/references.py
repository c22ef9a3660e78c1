"""Measure summaries and translations on documents with human references.

``seeds/NAME/`` holds a German document, its translation, two English
summaries, a German one, and the facts that must come through.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summlib.records import Document, Summary, Translation
from summlib.scores.coverage import facts_turned, share_kept, unsupported_numbers
from summlib.scores.rouge import rouge
from summlib.selector import Selector, parse_length
from summlib.summarizer import Summarizer, read_prose
from summlib.translator import Translator


@dataclass(frozen=True, slots=True)
class Seed:
    """A document of seeds/ with its references."""

    name: str
    text: str
    translation: str
    summaries_en: tuple[str, ...]
    summary_de: str
    facts: dict[str, Any]


def read_seeds(folder: Path) -> list[Seed]:
    """Read all documents of a folder laid out like seeds/, sorted by name."""
    return [_read_seed(path.parent) for path in sorted(folder.glob("*/facts.json"))]


def _read_seed(folder: Path) -> Seed:
    def read(name: str) -> str:
        return (folder / name).read_text(encoding="utf-8").strip()

    return Seed(
        name=folder.name,
        text=read("de.txt"),
        translation=read("en.txt"),
        summaries_en=(read("summary.en.1.txt"), read("summary.en.2.txt")),
        summary_de=read("summary.de.txt"),
        facts=json.loads(read("facts.json")),
    )


def score_seeds(folder: Path, translator: Translator) -> dict[str, float]:
    """Return what summaries and translations of seeds/ reach, by name of the figure.

    Args:
        folder: seeds/.
        translator: Translates, and is lent to the summarizer.
    """
    seeds = read_seeds(folder)
    english = Summarizer(translator.model, threads=translator.threads)(
        [seed.text for seed in seeds]
    )
    german = Summarizer(target_lang="de")([seed.text for seed in seeds])
    translations = translator([seed.text for seed in seeds])
    return {
        **_rouge("summary en", [s.text for s in english], [s.summaries_en for s in seeds]),
        **_rouge("summary de", [s.text for s in german], [(s.summary_de,) for s in seeds]),
        **_faithfulness(seeds, english),
        **_translation(seeds, translations),
    }


def _rouge(
    name: str, hypotheses: Sequence[str], references: Sequence[tuple[str, ...]]
) -> dict[str, float]:
    scores = rouge(hypotheses, references)
    return {f"{name} {score.name}": round(score.value, 2) for score in scores}


def _faithfulness(seeds: Sequence[Seed], summaries: Sequence[Summary]) -> dict[str, float]:
    sentences = [s for summary in summaries for s in summary.sentences]
    unsupported = sum(
        len(unsupported_numbers(summary.text, seed.text))
        for seed, summary in zip(seeds, summaries, strict=True)
    )
    turned = sum(
        len(facts_turned([str(s) for s in summary.sentences], seed.facts))
        for seed, summary in zip(seeds, summaries, strict=True)
    )
    errors = sum(f.severity == "error" for s in sentences for f in s.findings)
    hundred = max(1, len(sentences)) / 100
    return {
        "summary unsupported numbers per 100 sentences": round(unsupported / hundred, 2),
        "summary statements turned round": turned,
        "summary errors found per 100 sentences": round(errors / hundred, 2),
    }


def _translation(seeds: Sequence[Seed], translations: Sequence[Translation]) -> dict[str, float]:
    clean = [
        (seed, translation)
        for seed, translation in zip(seeds, translations, strict=True)
        if "web page" not in seed.facts.get("topic", "")
    ]
    kept = [share_kept(translation.text, seed.facts) for seed, translation in clean]
    errors = sum(f.severity == "error" for _, t in clean for f in t.findings)
    sentences = sum(len(t.sentences) for _, t in clean)
    return {
        "translation facts kept %": round(sum(kept) / len(kept), 2),
        "translation errors found per 100 sentences": round(100 * errors / sentences, 2),
    }


def summary_rouge(
    path: Path, selector: Selector, *, lang: str, documents: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return ROUGE-1/2/L of the first sentences and of the selector, about 50 words each.

    Args:
        path: JSON lines with ``text``, ``summary`` and, where known, ``title``.
        selector: What is measured.
        lang: Language of the documents.
        documents: Only so many documents.
    """
    budget = parse_length("50 words")
    first: list[str] = []
    chosen: list[str] = []
    references = []
    for record in _records(path, documents):
        prose = read_prose(Document(record["text"]), lang)
        title = record.get("title", "")
        picks = selector.select(
            prose.sentences, paragraphs=prose.paragraphs, title=title, lang=lang, budget=budget
        )
        first.append(_lead(prose.lines, 50))
        chosen.append(" ".join(prose.lines[i] for i in picks))
        references.append(record["summary"])
    lead, ours = rouge(first, references), rouge(chosen, references)
    return tuple(s.value for s in lead), tuple(s.value for s in ours)


def _records(path: Path, documents: int) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= documents:
                return
            yield json.loads(line)


def _lead(lines: Sequence[str], words: int) -> str:
    """Return the first sentences up to about so many words, at least one."""
    taken: list[str] = []
    for line in lines:
        if taken and len(" ".join([*taken, line]).split()) > words:
            break
        taken.append(line)
    return " ".join(taken)
