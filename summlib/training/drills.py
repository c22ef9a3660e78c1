"""Make the rewriter's exercises by rule: copying, shortening, passing over.

A translator's weights are a good start for a rewriter, but it has to learn
first that the output is in the language of the input and that most words of
the output are copied. Pairs of a person's making are too few and too long to
teach that, and any text gives as many short ones as wanted: a sentence as it
stands, a sentence shortened by ``summlib.text.compression``, a sentence into
which stretches of another were mixed (Févry and Phang 2018, unsupervised
compression by a denoising autoencoder), and the one of two sentences that is
about the title.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from summlib.coherence import leaning
from summlib.proposals import mark
from summlib.salience import finished
from summlib.text.compression import compress
from summlib.text.prepare import plain
from summlib.training.contamination import Protected
from summlib.training.fusion import covered, records_of, sentences_of

WORDS = (8, 32)
"""Words that a sentence of an exercise may have."""

MOST = 12
"""Sentences taken from one document, so that long ones do not set the tone."""

MIXED = (0.3, 0.7)
"""Words of another sentence that are mixed in, as a share of the sentence's own."""

STRETCH = (2, 7)
"""Words of one stretch that is mixed in."""

_QUOTES = '"„“”«»'


def mix(sentence: str, other: str, rng: random.Random) -> str:
    """Return a sentence with stretches of another one put into it.

    Its own words all stay, in order.

    Args:
        sentence: What is to be found again.
        other: Where the stretches come from.
        rng: Decides on length and places.

    >>> mix("a b c d", "w x y z", random.Random(1)).split()[-1] in "dwxyz"
    True
    """
    words, noise = sentence.split(), other.split()
    wanted = max(STRETCH[0], round(rng.uniform(*MIXED) * len(words)))
    place = 0
    while wanted > 0 and place < len(noise):
        size = min(rng.randint(*STRETCH), wanted)
        at = rng.randrange(1, len(words) + 1)
        words[at:at] = noise[place : place + size]
        place += size + rng.randint(0, 3)
        wanted -= size
    return " ".join(words)


def drills_of(
    record: Mapping[str, Any], rng: random.Random, *, most: int = MOST
) -> Iterator[tuple[str, str, str]]:
    """Yield the exercises of one document: their kind, what is read, what is to be written.

    Args:
        record: ``lang``, ``title`` and ``text``.
        rng: Decides which sentence gives which exercise.
        most: Sentences to take at most.
    """
    lang, title = record["lang"], plain(record["title"])
    fit = [s for s in sentences_of(record["text"], lang) if _is_fit(s, lang)]
    chosen = sorted(rng.sample(range(len(fit)), min(most, len(fit))))
    for i in chosen:
        shorter = compress(fit[i], lang)
        if shorter.rules and shorter.text != fit[i]:
            yield "shorten", mark([fit[i]], title=title, lang=lang), shorter.text
            continue
        kind = rng.choice(("copy", "mixed", "choose"))
        if kind == "copy":
            yield kind, mark([fit[i]], lang=lang), fit[i]
        elif len(fit) > 1:
            other = fit[(i + rng.randrange(1, len(fit))) % len(fit)]
            if kind == "mixed":
                yield kind, mark([mix(fit[i], other, rng)], title=title, lang=lang), fit[i]
            else:
                yield from _choice(sorted((fit[i], other), key=fit.index), title, lang)


def _choice(pair: Sequence[str], title: str, lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield the exercise of naming the sentence that is about the title, if one clearly is."""
    about = [covered(sentence, title) for sentence in pair]
    if abs(about[0] - about[1]) >= 1 / 3:
        wanted = pair[about.index(max(about))]
        yield "choose", mark(pair, title=title, lang=lang), wanted


def _is_fit(sentence: str, lang: str) -> bool:
    """Tell whether a sentence can stand alone and be learned from."""
    words = len(sentence.split())
    quoted = any(sign in sentence for sign in _QUOTES)
    if not WORDS[0] <= words <= WORDS[1] or quoted or not finished(sentence):
        return False
    return leaning(sentence, lang) != "anaphora"


def drill(
    paths: Iterable[Path], out: Path, *, protected: Protected, every: int = 1, seed: int = 1
) -> dict[str, int]:
    """Write ``KIND-drill.tsv`` of inputs and targets for each kind of exercise.

    Args:
        paths: JSON lines of documents, plain or ``.xz``.
        out: Folder to write to; ``collect`` reads it.
        protected: Text that must not be trained on.
        every: Take only one document of so many.
        seed: Seed of every choice.

    Returns:
        Number of exercises by kind.
    """
    out.mkdir(parents=True, exist_ok=True)
    rng, counts = random.Random(seed), Counter[str]()
    lines: dict[str, list[str]] = {}
    for path in paths:
        for record in records_of(path, every):
            for kind, source, target in drills_of(record, rng):
                if protected.holds(source) or protected.holds(target):
                    continue
                counts[kind] += 1
                lines.setdefault(kind, []).append(f"{source}\t{plain(target)}\n")
    for kind, rows in lines.items():
        (out / f"{kind}-drill.tsv").write_text("".join(rows), encoding="utf-8", newline="\n")
    return dict(counts)
