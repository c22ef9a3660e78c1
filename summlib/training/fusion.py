"""Make the rewriter's pairs: sentences of a text, and the one a person wrote from them.

Each sentence of a human lead goes with the one to four sentences of the body
that support it, found greedily by overlap (the oracle of Nallapati et al.
2017; fusion pairs in the manner of Lebanoff et al. 2019). Half of all leads
say what the body does not: a pair is kept only when its numbers, dates, names
and nearly all its words are supported, since a model that was taught to
invent cannot be trusted afterwards.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from summlib.centrality import stopwords
from summlib.checks import check_pair
from summlib.names import KnownWords, find_names
from summlib.proposals import mark
from summlib.scores.rouge import ngrams, tokenize
from summlib.text import split_sentences
from summlib.text.compounds import stem
from summlib.text.prepare import plain
from summlib.training.contamination import Protected
from summlib.training.corpus import open_text

MOST_SENTENCES = 4
LONGEST = 60
"""Sentences of the body that are looked at; support rarely stands further down."""

WORDS = (6, 45)
"""Words a lead sentence may have: shorter ones are headings, longer ones lists."""

MOST_WORDS = 150
"""Words of an input, the title included; the model's positions end not far behind."""

MIN_GAIN = 0.15
"""Share of the target's content words that a further sentence must add."""

COVERED = 0.75
"""Share of a lead sentence's content words that its sentences or the title must hold. In
a sample read by eye nearly all pairs above it were true, of those at 0.65 to 0.75 half."""

SHORTEST = 4
"""Letters of a content word."""

_ENDS = frozenset('.!?"')
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Fusion:
    """One pair.

    Args:
        lang: ``de`` or ``en``.
        title: Headline of the document, may be empty.
        sources: One to four sentences of the body, in its order.
        target: The sentence of the lead that they support.
    """

    lang: str
    title: str
    sources: tuple[str, ...]
    target: str

    @property
    def marked(self) -> str:
        """What the model reads."""
        return mark(self.sources, title=self.title, lang=self.lang)

    @property
    def compression(self) -> float:
        """Words of the target for each word of the sources."""
        return len(self.target.split()) / sum(len(s.split()) for s in self.sources)

    @property
    def novelty(self) -> float:
        """Share of the target's word pairs that stand in no source, 0 to 1."""
        pairs = ngrams(tokenize(self.target), 2)
        held: Counter[Any] = Counter()
        for source in self.sources:
            held |= ngrams(tokenize(source), 2)
        return sum(n for pair, n in pairs.items() if pair not in held) / max(1, pairs.total())


@dataclass
class Tally:
    """What came of a corpus.

    Args:
        documents: Documents read.
        leads: Sentences of their leads.
        pairs: Pairs kept, by language.
        refused: Lead sentences left out, by reason.
        sizes: Pairs by number of source sentences.
        compression: Sum over the pairs.
        novelty: Sum over the pairs.
    """

    documents: int = 0
    leads: int = 0
    pairs: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    sizes: Counter[int] = field(default_factory=Counter)
    compression: float = 0.0
    novelty: float = 0.0

    def add(self, pair: Fusion) -> None:
        """Count a pair that was kept."""
        self.pairs[pair.lang] += 1
        self.sizes[len(pair.sources)] += 1
        self.compression += pair.compression
        self.novelty += pair.novelty

    def to_dict(self) -> dict[str, Any]:
        """Return counts and means as plain data."""
        total = max(1, self.pairs.total())
        return {
            "documents": self.documents,
            "leads": self.leads,
            "pairs": dict(self.pairs),
            "refused": dict(self.refused.most_common()),
            "sources_per_pair": {str(n): c for n, c in sorted(self.sizes.items())},
            "compression": round(self.compression / total, 3),
            "novelty": round(self.novelty / total, 3),
        }


def support(
    sentences: Sequence[str], target: str, *, most: int = MOST_SENTENCES
) -> tuple[int, ...]:
    """Return the places of the sentences that say what ``target`` says, found greedily.

    The first is the one of the largest ROUGE-1 and ROUGE-2 (F). Each further one
    must hold ``MIN_GAIN`` of the target's content words that those before it
    lack. Empty when no sentence shares a word.

    Args:
        sentences: Of the body.
        target: A sentence of the lead.
        most: Sentences to take at most.

    >>> support(["Es regnet.", "Der Zug entgleist bei Ulm.", "Ulm."], "Zug entgleist bei Ulm")
    (1,)
    """
    wanted = [ngrams(tokenize(target), n) for n in (1, 2)]
    content = [stem(w) for w in dict.fromkeys(_content(target))]
    sides = [_Side.read(sentence, wanted, content) for sentence in sentences]
    chosen: list[int] = []
    have: set[str] = set()
    while len(chosen) < most:
        free = [i for i, side in enumerate(sides) if i not in chosen and side.overlap]
        if chosen:
            least = max(1.0, MIN_GAIN * len(content))
            free = [i for i in free if len(sides[i].content - have) >= least]
        if not free:
            break
        pick = max(
            free,
            key=lambda i: (len(sides[i].content - have) if chosen else 0, sides[i].overlap, -i),
        )
        have |= sides[pick].content
        chosen.append(pick)
    return tuple(sorted(chosen))


@dataclass(frozen=True, slots=True)
class _Side:
    """What a sentence has in common with the target: ROUGE-1 + ROUGE-2, and content words."""

    overlap: float
    content: frozenset[str]

    @classmethod
    def read(cls, sentence: str, wanted: Sequence[Counter[Any]], content: Sequence[str]) -> _Side:
        size, runs = _runs(sentence)
        overlap = sum(
            2 * (ours & w).total() / (size + w.total())
            for ours, w in zip(runs, wanted, strict=True)
        )
        ours = _stems(sentence)
        return cls(overlap, frozenset(word for word in content if _is_held(word, ours)))


@lru_cache(maxsize=4 * LONGEST)
def _runs(sentence: str) -> tuple[int, tuple[Counter[Any], Counter[Any]]]:
    """Return the number of words, the words and the word pairs; each line of a lead asks again."""
    tokens = tokenize(sentence)
    return len(tokens), (ngrams(tokens, 1), ngrams(tokens, 2))


def _content(text: str) -> list[str]:
    """Return the words that say something: numbers, and others of four letters or more."""
    found = (w.lower() for w in _WORD.findall(text) if len(w) >= SHORTEST or w[0].isdigit())
    return [word for word in found if word not in _function_words()]


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    return stopwords("de") | stopwords("en")


def fault(pair: Fusion, known: KnownWords, *, share: float = COVERED) -> str:
    """Return why a pair must not be learned from, or an empty string.

    Args:
        pair: The pair.
        known: German words that are no names.
        share: Content words that must be supported, 0 to 1.
    """
    if reason := _misshapen(pair.target, pair.lang):
        return reason
    if len(pair.marked.split()) > MOST_WORDS:
        return "sources too long"
    held = " ".join((pair.title, *pair.sources))
    if covered(held, pair.target) < share:
        return "words not supported"
    langs = {"source_lang": pair.lang, "target_lang": pair.lang}
    for finding in check_pair(held, pair.target, direction="target", **langs):
        if finding.kind != "negation" or finding.severity == "error":
            return f"{finding.kind} not supported"
    if pair.lang == "de" and not _names_stand(pair.target, held, known):
        return "name not supported"
    return ""


def _misshapen(target: str, lang: str) -> str:
    """Return why a lead sentence is no target, whatever supports it, or an empty string."""
    words = len(target.split())
    if not WORDS[0] <= words <= WORDS[1]:
        return "too short" if words < WORDS[0] else "too long"
    if target[-1] not in _ENDS:
        return "no sentence"
    return "points back" if _points_back(target, lang) else ""


def _points_back(target: str, lang: str) -> bool:
    first, *rest = (w.lower() for w in _WORD.findall(target)[:4])
    heads = {" ".join((first, *rest)[:n]) for n in (1, 2, 4)}
    return not heads.isdisjoint(_openers()[lang])


@lru_cache(maxsize=1)
def _openers() -> dict[str, frozenset[str]]:
    path = resources.files("summlib.training") / "data" / "openers.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {lang: frozenset(words) for lang, words in table.items()}


def _names_stand(target: str, held: str, known: KnownWords) -> bool:
    """Tell whether every German word that must be a name stands in the source."""
    stems = {stem(word) for word in _WORD.findall(held)}
    names = (word for span in find_names(target, known) for word in _WORD.findall(span.of(target)))
    return all(stem(name) in stems or stem(name.removesuffix("s")) in stems for name in names)


def covered(held: str, target: str) -> float:
    """Return the share of the target's content words that a text holds in some form.

    A part of one of its compounds counts, and so do words that agree in all but
    the last letters; a compound of which it holds a part does not.

    >>> covered("Die Cloud-Strategie des Bundes", "Strategien für Wolken")
    0.5
    """
    words = _content(target)
    ours = _stems(held)
    return sum(_is_held(stem(word), ours) for word in words) / max(1, len(words))


@lru_cache(maxsize=4 * LONGEST)
def _stems(text: str) -> str:
    """Return the stems of a text, each behind a line feed: one string is searched in C."""
    return "".join(f"\n{s}" for s in dict.fromkeys(stem(word) for word in _WORD.findall(text)))


def _is_held(word: str, ours: str) -> bool:
    """Tell whether a stem stands among others, as a part of one, or with another ending."""
    if word in ours:
        return True
    if len(word) <= 6:
        return False
    root = "\n" + word[: max(5, len(word) - 3)]
    return root in ours and any(
        other.startswith(root[1:]) and len(other) >= len(word) - 2 for other in ours.split("\n")
    )


def pairs_of(
    record: Mapping[str, Any],
    tally: Tally,
    known: KnownWords,
    protected: Protected,
    *,
    share: float = COVERED,
) -> Iterator[Fusion]:
    """Yield the pairs of one document and count what is left out.

    Args:
        record: ``lang``, ``title``, ``text`` and ``summary``.
        tally: Counts.
        known: German words that are no names.
        protected: Text that must not be trained on.
        share: Content words that must be supported, 0 to 1.
    """
    lang = record["lang"]
    lead = sentences_of(record["summary"], lang)
    tally.documents += 1
    tally.leads += len(lead)
    if any(protected.holds(line) for line in (record["title"], *lead)):
        tally.refused["in a test set"] += len(lead)
        return
    body = sentences_of(record["text"], lang)[:LONGEST]
    whole = " ".join((record["title"], *body))
    for target in lead:
        reason = _misshapen(target, lang)
        # What the whole text does not hold no four sentences of it can; most leads end here.
        if not reason and covered(whole, target) < share:
            reason = "words not supported"
        if reason:
            tally.refused[reason] += 1
            continue
        places = support(body, target)
        pair = Fusion(lang, plain(record["title"]), tuple(body[i] for i in places), target)
        reason = fault(pair, known, share=share) if places else "nothing shared"
        if not reason and any(protected.holds(source) for source in pair.sources):
            reason = "in a test set"
        if reason:
            tally.refused[reason] += 1
        else:
            tally.add(pair)
            yield pair


def sentences_of(text: str, lang: str) -> list[str]:
    """Return the sentences of a text, paragraph by paragraph, each on one line."""
    paragraphs = (p for p in text.split("\n") if p.strip())
    return [plain(s.text) for p in paragraphs for s in split_sentences(p, lang)]


def fuse(
    paths: Iterable[Path],
    out: Path,
    *,
    words: Path,
    protected: Protected,
    every: int = 1,
    share: float = COVERED,
) -> Tally:
    """Write ``NAME.tsv`` of inputs and targets for each corpus, and ``fusion.json`` beside them.

    Args:
        paths: JSON lines of documents with a person's lead, plain or ``.xz``.
        out: Folder to write to; ``collect`` reads it.
        words: List of German word forms (``words.txt.gz`` of a model).
        protected: Text that must not be trained on.
        every: Take only one document of so many.
        share: Content words of a lead sentence that must be supported, 0 to 1.
    """
    out.mkdir(parents=True, exist_ok=True)
    tally, known = Tally(), KnownWords(words)
    for path in paths:
        name = path.name.split(".")[0]
        with (out / f"{name}.tsv").open("w", encoding="utf-8", newline="\n") as sink:
            for record in records_of(path, every):
                for pair in pairs_of(record, tally, known, protected, share=share):
                    sink.write(f"{pair.marked}\t{pair.target}\n")
    report = json.dumps(tally.to_dict(), indent=1, ensure_ascii=False)
    (out / "fusion.json").write_text(report + "\n", encoding="utf-8")
    return tally


def records_of(path: Path, every: int) -> Iterator[dict[str, Any]]:
    """Yield one document of so many that have a language, a title, a text and a summary."""
    with open_text(path) as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                record = json.loads(line)
                if {"lang", "title", "text", "summary"} <= record.keys():
                    yield record
