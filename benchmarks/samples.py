"""The texts that the benchmarks read: sentences, articles, and documents of any length.

Where the development sets are at hand (``../shared/dev``), they are news and
press releases. From a clean clone they are made from ``seeds/``: its
documents, then the same with other numbers and other nouns in their places,
so that no sentence comes twice. Both are the same at every run.
"""

from __future__ import annotations

import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT.parent / "shared" / "dev"
SEEDS = sorted(ROOT.glob("seeds/*/de.txt"))
PER_PARAGRAPH, PER_DOCUMENT = 5, 20
"""Sentences; a news article has about so many."""

_WORD = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True)
class Samples:
    """What all contenders read.

    Args:
        sentences: German sentences.
        articles: German articles.
        origin: Where they come from, in words.
    """

    sentences: list[str]
    articles: list[str]
    origin: str

    @property
    def documents(self) -> list[str]:
        """The sentences as documents with paragraphs."""
        return [
            "\n\n".join(" ".join(p) for p in _groups(part, PER_PARAGRAPH))
            for part in _groups(self.sentences, PER_DOCUMENT)
        ]

    def document(self, words: int) -> str:
        """Return one document of so many words, made of the articles."""
        parts: list[str] = []
        count = 0
        for article in unlike(self.articles):
            parts.append(article)
            count += len(article.split())
            if count >= words:
                break
        text = "\n\n".join(parts)
        ends = [m.end() for m in islice(re.finditer(r"\S+", text), words)]
        return text[: ends[-1]]


def _groups(items: Sequence[str], size: int) -> list[Sequence[str]]:
    return [items[i : i + size] for i in range(0, len(items), size)]


def read_samples(sentences: int, articles: int, *, dev: Path | None = DEV) -> Samples:
    """Return so many sentences and articles, from the development sets or from ``seeds/``.

    None comes twice: contenders that remember what they translated gain nothing.

    Args:
        sentences: How many, 1 or more.
        articles: How many, 1 or more.
        dev: Folder of the development sets; None for ``seeds/``.
    """
    if dev and (dev / "mt" / "wmt18.de").is_file():
        lines = (dev / "mt" / "wmt18.de").read_text(encoding="utf-8").split("\n")
        found, origin = [s for s in lines if s.strip()], "the sets wmt18 and swiss-lead"
        texts = list(_press_releases(dev / "summ"))
    else:
        found, origin = seed_sentences(), "seeds/, varied"
        texts = [path.read_text(encoding="utf-8") for path in SEEDS]
    return Samples(
        list(islice(unlike(found), sentences)), list(islice(unlike(texts), articles)), origin
    )


def _press_releases(folder: Path) -> Iterator[str]:
    """Yield German press releases, each once, those with a German reference first."""
    seen: set[str] = set()
    for name, field in (("swiss-lead-de", "text"), ("swiss-cross", "text_de")):
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").split("\n"):
            row = json.loads(line) if line else {}
            number = str(row.get("id", "")).removesuffix("-de")
            if row and number not in seen:
                seen.add(number)
                yield row[field]


def seed_sentences() -> list[str]:
    """Return the sentences of middling length of the documents in ``seeds/``."""
    from summlib.text.sentences import split_sentences

    found = [
        sentence.text.replace("\n", " ")
        for path in SEEDS
        for sentence in split_sentences(path.read_text(encoding="utf-8"))
    ]
    return [text for text in found if 40 < len(text) < 250 and text[-1] in ".!?“"]


def unlike(texts: Sequence[str]) -> Iterator[str]:
    """Yield texts, then the same with other numbers and nouns, as long as that gives new ones.

    >>> varied = unlike(["Am Montag kamen 12 Gäste in den Garten."])
    >>> next(varied)
    'Am Montag kamen 12 Gäste in den Garten.'
    """
    seen = dict.fromkeys(texts)
    yield from list(seen)
    pool = _nouns(texts)
    choice = random.Random(1)
    known = 0
    while known < len(seen):
        known = len(seen)
        for text in texts:
            varied = _WORD.sub(lambda match: _another(match[0], pool, choice), text)
            if varied not in seen:
                seen[varied] = None
                yield varied


def _nouns(texts: Sequence[str]) -> dict[str, list[str]]:
    """Return the words that always have a capital, by their last two letters."""
    words = {word for text in texts for word in _WORD.findall(text)}
    pool = defaultdict(list)
    for word in sorted(words):
        if len(word) > 4 and word[0].isupper() and word.lower() not in words:
            pool[word[-2:]].append(word)
    return pool


def _another(word: str, pool: dict[str, list[str]], choice: random.Random) -> str:
    """Return another number of as many digits, or now and then another noun."""
    if word[0].isdigit():
        return str(choice.randrange(10 ** (len(word) - 1), 10 ** len(word)))
    others = pool.get(word[-2:], [])
    return choice.choice(others) if word in others and choice.random() < 0.5 else word
