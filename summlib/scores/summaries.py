"""Summaries beside human ones and beside the classic methods.

``python -m summlib.scores.summaries`` prints a table for each set: overlap
with the reference, how new and how short the summaries are, whether they
repeat themselves or say a number or name that the document does not, for
summlib and for lead, LexRank and TextRank at the same word budget.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from summlib.checks import names
from summlib.errors import InputError, MissingDependency
from summlib.records import Document, Score
from summlib.scores.baselines import BASELINES, fill
from summlib.scores.bootstrap import check_lengths, mean_score
from summlib.scores.chrf import chrf
from summlib.scores.coverage import (
    compression_ratio,
    novel_bigrams,
    redundancy,
    unsupported_numbers,
)
from summlib.scores.references import read_seeds
from summlib.scores.rouge import rouge
from summlib.summarizer import Summarizer, read_prose
from summlib.text.sentences import split_sentences
from summlib.translator import Translator

ROOT = Path(__file__).resolve().parents[2]
WORDS = 50
"""The budget of all systems; the human leads of the Swiss sets have 57 and 65 words."""


def score_summaries(
    hypotheses: Sequence[str],
    references: Sequence[str | Sequence[str]],
    *,
    sources: Sequence[str] | None = None,
    source_lang: str = "de",
    target_lang: str = "en",
) -> list[Score]:
    """Score summaries against references and, where given, against their documents.

    ROUGE-1, -2 and -L, and chrF where sacrebleu is installed; redundancy; with
    the documents the words of these for one of the summary, and unsupported
    numbers and names per 100 sentences; in one language also the share of new
    word pairs. Each score is a mean over the documents (chrF over the corpus)
    with its bootstrap interval.

    Args:
        hypotheses: One summary per document.
        references: For each document one reference or several.
        sources: The documents.
        source_lang: Language of the documents, ``de`` or ``en``.
        target_lang: Language of the summaries, ``de`` or ``en``.

    Raises:
        InputError: If the lists differ in length or are empty.

    >>> scores = score_summaries(["It rains."], ["It rains."], sources=["Es regnet."])
    >>> [s.name for s in scores if s.name.startswith("unsupported")]
    ['unsupported numbers per 100 sentences', 'unsupported names per 100 sentences']
    """
    scores: list[Score] = list(rouge(hypotheses, references))
    with suppress(MissingDependency):
        scores.append(chrf(hypotheses, references))
    scores.append(mean_score("redundancy %", [redundancy(h) for h in hypotheses], "bigrams"))
    if sources is not None:
        check_lengths(hypotheses, sources)
        pairs = list(zip(hypotheses, sources, strict=True))
        scores += _against_sources(pairs, source_lang, target_lang)
    return scores


def _against_sources(
    pairs: Sequence[tuple[str, str]], source_lang: str, target_lang: str
) -> Iterator[Score]:
    if source_lang == target_lang:
        novel = [novel_bigrams(h, s) for h, s in pairs]
        yield mean_score("novel bigrams %", novel, "tok:\\w+")
    said = [(h, s) for h, s in pairs if h.strip()]
    if said:
        ratios = [compression_ratio(h, s) for h, s in said]
        yield mean_score("compression ratio", ratios, "tok:\\w+")
    for name, count in (("numbers", _numbers), ("names", _names)):
        rates = [
            100.0 * count(h, s, source_lang, target_lang) / _sentences(h, target_lang)
            for h, s in pairs
        ]
        yield mean_score(f"unsupported {name} per 100 sentences", rates, "summlib.checks")


def _sentences(text: str, lang: str) -> int:
    return max(1, len(split_sentences(text, lang)))


def _numbers(hypothesis: str, source: str, source_lang: str, target_lang: str) -> int:
    return len(
        unsupported_numbers(hypothesis, source, source_lang=source_lang, target_lang=target_lang)
    )


def _names(hypothesis: str, source: str, source_lang: str, target_lang: str) -> int:
    found = names.find(
        source, hypothesis, source_lang=source_lang, target_lang=target_lang, direction="target"
    )
    return sum(finding.severity == "error" for finding in found)


@dataclass(frozen=True, slots=True)
class TestSet:
    """Documents with human summaries.

    Args:
        name: What the set is called.
        docs: The documents.
        references: For each of them one summary or several.
        source_lang: Language of the documents.
        target_lang: Language of the summaries.
    """

    __test__ = False  # no test class, whatever its name starts with

    name: str
    docs: tuple[Document, ...]
    references: tuple[tuple[str, ...], ...]
    source_lang: str
    target_lang: str


SETS = ("swiss-lead-de", "swiss-lead-en", "swiss-cross", "seeds")


def read_set(name: str, dev: Path, *, documents: int = 150) -> TestSet:
    """Read one of ``SETS``.

    Args:
        name: Its name.
        dev: The folder with ``NAME.jsonl``; not needed for seeds/.
        documents: Only the first so many.

    Raises:
        InputError: There is no such set.
    """
    if name == "seeds":
        seeds = read_seeds(ROOT / "seeds")[:documents]
        docs = tuple(Document(seed.text, lang="de") for seed in seeds)
        return TestSet(name, docs, tuple(seed.summaries_en for seed in seeds), "de", "en")
    path = dev / f"{name}.jsonl"
    if name not in SETS or not path.is_file():
        raise InputError(f"no set {name!r}: {path} is not there; sets are {', '.join(SETS)}")
    lines = path.read_text(encoding="utf-8").split("\n")
    records = [json.loads(line) for line in lines if line][:documents]
    if name == "swiss-cross":
        docs = tuple(
            Document(f"{r['lead_de']}\n{r['text_de']}", title=r["title_de"], lang="de")
            for r in records
        )
        return TestSet(name, docs, tuple((r["lead_en"],) for r in records), "de", "en")
    lang = name[-2:]
    docs = tuple(Document(r["text"], title=r["title"], lang=lang) for r in records)
    return TestSet(name, docs, tuple((r["summary"],) for r in records), lang, lang)


def summarize_all(data: TestSet, translator: Translator, *, words: int = WORDS) -> list[str]:
    """Return summlib's summaries of a set."""
    summarizer = Summarizer(
        target_lang=data.target_lang, length=f"{words} words", translator=translator
    )
    return [summary.text for summary in summarizer(list(data.docs))]


def extract_all(
    data: TestSet, method: str, translator: Translator, *, words: int = WORDS
) -> list[str]:
    """Return a classic method's summaries of a set, translated where the set asks for it.

    Args:
        data: The set.
        method: A name of ``BASELINES``.
        translator: Translates what was picked.
        words: The budget.
    """
    picked = []
    for doc in data.docs:
        lines = read_prose(doc, data.source_lang).lines
        order = BASELINES[method](lines, data.source_lang)
        picked.append([lines[i] for i in fill(order, lines, words)])
    if data.source_lang != data.target_lang:
        rendered = iter(translator.render([line for lines in picked for line in lines]))
        picked = [[next(rendered).text for _ in lines] for lines in picked]
    return [" ".join(lines) for lines in picked]


def table(data: TestSet, translator: Translator, systems: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a table: a system a line, its scores with intervals.

    Args:
        data: The set.
        translator: Translates for all systems alike.
        systems: ``summlib`` or names of ``BASELINES``.
    """
    sources = [doc.text for doc in data.docs]
    for system in systems:
        if system == "summlib":
            made = summarize_all(data, translator)
        else:
            made = extract_all(data, system, translator)
        scores = score_summaries(
            made,
            data.references,
            sources=sources,
            source_lang=data.source_lang,
            target_lang=data.target_lang,
        )
        yield f"{data.name} {system}: " + "; ".join(str(score) for score in scores)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables of the sets that are there."""
    parser = argparse.ArgumentParser(description="Score summaries beside the classic methods.")
    parser.add_argument("--dev", type=Path, default=Path(), help="folder with NAME.jsonl")
    parser.add_argument("--sets", default=",".join(SETS), help="names, joined by commas")
    parser.add_argument("--systems", default=",".join(("summlib", *BASELINES)))
    parser.add_argument("--documents", type=int, default=150)
    options = parser.parse_args(arguments)
    translator = Translator()
    for name in options.sets.split(","):
        try:
            data = read_set(name, options.dev, documents=options.documents)
        except InputError as error:
            sys.stdout.write(f"left out: {error}\n")
            continue
        for line in table(data, translator, options.systems.split(",")):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
