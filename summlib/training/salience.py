"""Learn the weights of ``summlib.salience`` from documents with a person's summary.

Which sentences a summary rests on is not marked in the data; it is found by
taking, one by one, the sentences that raise the overlap with the summary
most (the greedy oracle of Nallapati et al. 2017). The model then chooses
among the sentences of one document (multinomial logit), so that only
differences inside a document count, long documents weigh no more than short
ones, and the weights can be read.

Press releases are given without their lead; news pages have one. A quarter of
the documents is therefore seen a second time with the summary in front, at a
weight that lets the model like a lead without trusting position alone; what
tells a lead from another first paragraph are the features named opening.

Before that, ``summlib.training.importance`` learns which words summaries use.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from summlib.importance import WordModel
from summlib.salience import FEATURES, describe
from summlib.scores.rouge import ngrams, tokenize
from summlib.text import split_sentences
from summlib.training.contamination import Protected
from summlib.training.corpus import open_text
from summlib.training.importance import (
    Counted,
    common_stems,
    count,
    count_odds,
    fit_words,
    write_odds,
)

_LONGEST = 80  # sentences; what follows in a long document teaches little and costs much
_LEAD_EVERY = 4
_LEAD_WEIGHT = 0.7  # from 0.3 to 2, a lead is found better (ROUGE-1 77 to 83), 1 is lost without
_GROUNDED = 0.4  # share of the lead that the text must support for the document to be drawn


@dataclass(frozen=True, slots=True)
class Example:
    """A document as the trainer sees it.

    Args:
        rows: For each sentence its features.
        chosen: The sentences of the oracle, at least one.
        weight: What the document counts, 0 to 1.
    """

    rows: list[list[float]]
    chosen: list[int]
    weight: float


def sentences_by_paragraph(text: str, lang: str) -> tuple[list[str], list[int]]:
    """Return the sentences of a text whose lines are paragraphs, and their paragraphs' numbers.

    >>> sentences_by_paragraph("Es regnet. Es taut.\\nEs friert.", "de")
    (['Es regnet.', 'Es taut.', 'Es friert.'], [0, 0, 1])
    """
    texts, numbers = [], []
    for number, paragraph in enumerate(p for p in text.split("\n") if p.strip()):
        for sentence in split_sentences(paragraph, lang):
            texts.append(sentence.text)
            numbers.append(number)
    return texts, numbers


def oracle(texts: Sequence[str], summary: str) -> list[int]:
    """Return the sentences that together overlap most with a summary, found greedily.

    The sum of ROUGE-1 and ROUGE-2 is raised sentence by sentence until none
    raises it; empty when no sentence shares a word.

    >>> oracle(["Es regnet.", "Der Zug entgleist bei Ulm.", "Ulm."], "Zug entgleist bei Ulm")
    [1]
    """
    orders = (1, 2)
    wanted = [ngrams(tokenize(summary), n) for n in orders]
    held = [
        [ngrams(tokenize(text), n) & w for text in texts]
        for n, w in zip(orders, wanted, strict=True)
    ]
    sizes = [len(tokenize(text)) for text in texts]
    have: list[Counter[Any]] = [Counter(), Counter()]
    chosen: list[int] = []
    best, size = 0.0, 0
    while True:
        raised = best
        for i in range(len(texts)):
            if i in chosen or not held[0][i]:
                continue
            value = sum(
                2 * ((h + row[i]) & w).total() / (size + sizes[i] + w.total())
                for h, row, w in zip(have, held, wanted, strict=True)
            )
            if value > raised + 1e-9:
                raised, pick = value, i
        if raised == best:
            return sorted(chosen)
        best, size = raised, size + sizes[pick]
        have = [h + row[pick] for h, row in zip(have, held, strict=True)]
        chosen.append(pick)


def example(
    record: dict[str, Any], *, with_lead: bool = False, words: WordModel | None = None
) -> Example | None:
    """Turn a record of the corpus into an example, None when nothing can be learnt from it.

    Args:
        record: ``lang``, ``title``, ``text`` and ``summary``; where
            ``summary_grounded`` stands, only that part is learnt from.
        with_lead: Put the summary in front of the text.
        words: What was learnt about words before.
    """
    lang, target = record["lang"], record.get("summary_grounded") or record["summary"]
    text = f"{record['summary']}\n{record['text']}" if with_lead else record["text"]
    texts, paragraphs = sentences_by_paragraph(text, lang)
    texts, paragraphs = texts[:_LONGEST], paragraphs[:_LONGEST]
    chosen = oracle(texts, target)
    if len(texts) < 3 or not chosen:
        return None
    described = describe(
        texts, paragraphs=paragraphs, title=record["title"], lang=lang, words=words
    )
    return Example(described.rows, chosen, _LEAD_WEIGHT if with_lead else 1.0)


def examples(
    records: Iterable[dict[str, Any]], *, words: Mapping[str, WordModel] | None = None
) -> Iterator[Example]:
    """Yield the examples of records, every fourth a second time with its lead.

    Args:
        records: As for ``example``.
        words: For each language what was learnt about words.
    """
    for number, record in enumerate(records):
        for with_lead in (False, True) if number % _LEAD_EVERY == 0 else (False,):
            learnt = words[record["lang"]] if words else None
            made = example(record, with_lead=with_lead, words=learnt)
            if made is not None:
                yield made


def sample(
    path: Path, counts: dict[str, int], *, seed: int, protected: Protected
) -> list[dict[str, Any]]:
    """Draw records of a corpus that no development set holds.

    Args:
        path: JSON lines, plain or ``.xz``.
        counts: For each language how many documents to draw.
        seed: Start of the random draw.
        protected: What must not be trained on.
    """
    with open_text(path) as lines:
        records = [json.loads(line) for line in lines]
    random.Random(seed).shuffle(records)
    drawn, left = [], Counter(counts)
    for record in records:
        if left[record["lang"]] <= 0 or not _is_grounded(record):
            continue
        if not protected.holds(record["summary"]):
            left[record["lang"]] -= 1
            drawn.append(record)
    return drawn


def _is_grounded(record: dict[str, Any]) -> bool:
    """Tell whether the text supports enough of its summary to learn from."""
    supported = record.get("summary_grounded", record["summary"])
    return len((supported or "").split()) >= _GROUNDED * len(record["summary"].split())


def learn_words(
    records: Iterable[dict[str, Any]], general: Mapping[str, Iterable[str]]
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Learn which words summaries use: the weights, and for each language the odds.

    Args:
        records: Documents with summaries.
        general: For each language texts of other kinds; only words that are
            common in them too are listed.
    """
    data: list[Counted] = []
    for record in records:
        texts, _ = sentences_by_paragraph(record["text"], record["lang"])
        data.append(count(texts[:_LONGEST], record["title"], record["summary"], record["lang"]))
    common = {lang: common_stems(texts, lang) for lang, texts in general.items()}
    odds = {
        lang: count_odds((doc for doc in data if doc.lang == lang), allowed)
        for lang, allowed in common.items()
    }
    return fit_words(data, common), odds


def fit(
    data: Sequence[Example],
    *,
    epochs: int = 15,
    learning_rate: float = 0.02,
    decay: float = 1e-4,
    batch: int = 64,
    seed: int = 0,
) -> dict[str, float]:
    """Fit the weights; equal data and seed give equal weights.

    Args:
        data: The examples, at least one.
        epochs: Passes over the data.
        learning_rate: Adam's, falling to zero along a cosine.
        decay: Pull of every weight towards zero.
        batch: Documents in a step.
        seed: Start of the shuffling.
    """
    import numpy as np

    rows = [np.asarray(e.rows) for e in data]
    spread = np.concatenate(rows).std(axis=0) + 1e-3
    rows = [r / spread for r in rows]
    draw, weight = np.random.default_rng(seed), np.zeros(len(FEATURES))
    mean, square, step, steps = weight.copy(), weight.copy(), 0, epochs * -(-len(data) // batch)
    for _ in range(epochs):
        order = draw.permutation(len(data))
        for at in range(0, len(order), batch):
            part = order[at : at + batch]
            slope = sum(_slope(rows[i], data[i], weight) for i in part) / len(part) + decay * weight
            rate = learning_rate * 0.5 * (1 + np.cos(np.pi * step / steps))
            step += 1
            mean = 0.9 * mean + 0.1 * slope
            square = 0.999 * square + 0.001 * slope**2
            size = np.sqrt(square / (1 - 0.999**step)) + 1e-8
            weight = weight - rate * mean / (1 - 0.9**step) / size
    return {name: round(float(w), 4) for name, w in zip(FEATURES, weight / spread, strict=True)}


def _slope(rows: Any, made: Example, weight: Any) -> Any:
    """Return the gradient of one document's cross-entropy."""
    import numpy as np

    odds = rows @ weight
    share = np.exp(odds - odds.max())
    share /= share.sum()
    share[made.chosen] -= 1 / len(made.chosen)
    return made.weight * (share @ rows)


def train(
    corpus: Path,
    out: Path,
    *,
    general: Sequence[Path] = (),
    counts: dict[str, int] | None = None,
    seed: int = 1,
    protected: Protected | None = None,
) -> dict[str, float]:
    """Learn the weights from a corpus and write them beside how they were made.

    Takes some eight minutes of one busy core for the default number of documents.

    Args:
        corpus: JSON lines, plain or ``.xz``.
        out: The file to write, ``salience.json``; the word lists go beside it.
        general: Corpora of other kinds, in the same form; see ``learn_words``.
        counts: For each language how many documents to draw.
        seed: Start of all random draws.
        protected: What must not be trained on, nothing by default.
    """
    counts = counts or {"de": 8000, "en": 3000}
    records = sample(corpus, counts, seed=seed, protected=protected or Protected())
    weights, odds = learn_words(records, _general(general, counts))
    model = tuple(weights.values())
    data = list(examples(records, words={k: WordModel(model, v) for k, v in odds.items()}))
    learned = fit(data, seed=seed)
    recipe = {
        "corpus": corpus.name,
        "general": [path.name for path in general],
        "documents": dict(Counter(record["lang"] for record in records)),
        "examples": len(data),
        "labels": "greedy oracle of ROUGE-1 + ROUGE-2",
        "seed": seed,
    }
    text = json.dumps({"recipe": recipe, "words": weights, "weights": learned}, indent=1)
    out.write_text(text + "\n", encoding="utf-8")
    for lang, listed in odds.items():
        write_odds(out.with_name(f"leadwords.{lang}.txt"), listed)
    return learned


def _general(paths: Sequence[Path], langs: Iterable[str]) -> dict[str, list[str]]:
    """Return the texts of corpora by language."""
    texts: dict[str, list[str]] = {lang: [] for lang in langs}
    for path in paths:
        with open_text(path) as lines:
            for record in map(json.loads, lines):
                if record["lang"] in texts:
                    texts[record["lang"]].append(record["text"])
    return texts
