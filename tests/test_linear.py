"""No text makes the work grow with the square of its length: 10 s of one core for 100 kB."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from summlib.checks import check_pair
from summlib.faults import find_faults
from summlib.text import split_sentences
from summlib.text.clean import clean, normalize
from summlib.text.compression import compress
from summlib.text.glossary import Glossary, bundled_glossary
from summlib.text.language import identify
from summlib.text.layout import find_protected, segment_layout
from summlib.text.prepare import plain

SECONDS_PER_100_KB = 10
SENTENCE = "Der Gemeinderat hat am 3. Mai 2025 dem Wasserwerk für 3,5 Mio. Euro zugestimmt. "

TEXTS: dict[str, Callable[[int], str]] = {
    "one line": lambda n: SENTENCE * (n // len(SENTENCE)),
    "wrapped": lambda n: "\n".join([SENTENCE[:70]] * (n // 71)),
    "short lines": lambda n: "Haus\n" * (n // 5),
    "broken words": lambda n: "Rechen-\n" * (n // 8),
    "hyphens": lambda n: "a-" * (n // 2),
    "blanks": lambda n: "a" + " " * n + "b",
    "line ends": lambda n: "\n" * n + "x",
    "one word": lambda n: "a" * n,
    "no stop": lambda n: "wort und " * (n // 9),
    "figures": lambda n: "1 " * (n // 2),
    "other figures": lambda n: " ".join(str(i) for i in range(n // 6)),
    "dates": lambda n: "am 3. Mai " * (n // 10),
    "names": lambda n: "Anna Weber sah Kiel. " * (n // 21),
    "other names": lambda n: " ".join(
        f"Xa{chr(97 + i % 26)}{'xyz'[i % 3]}o" for i in range(n // 6)
    ),
    "units": lambda n: "5 km " * (n // 5),
    "negations": lambda n: "nicht nur " * (n // 10),
    "marks": lambda n: "." * n,
    "quotes": lambda n: '"' * n,
    "open quotes": lambda n: "„a " * (n // 3),
    "brackets": lambda n: "(a " * (n // 3),
    "items": lambda n: "- eins\n" * (n // 7),
    "cells": lambda n: "| a " * (n // 4),
    "tags": lambda n: "<b>" * (n // 3),
    "fences": lambda n: "```\n" * (n // 4),
    "code": lambda n: "`a " * (n // 3),
    "braces": lambda n: "{{a" * (n // 3),
    "addresses": lambda n: "http://a.de/b " * (n // 14),
    "slashes": lambda n: "a/" * (n // 2),
    "at": lambda n: "a@" * (n // 2),
    "accents": lambda n: "e" + "\u0308" * n,
    "invisible": lambda n: "\u200b" * n + "x",
    "emoji": lambda n: "!😀" * (n // 2),
    "capitals": lambda n: "DER RAT TAGT. " * (n // 14),
    "footnotes": lambda n: "a.[1]" * (n // 5),
    "credits": lambda n: "Foto: " * (n // 6),
    "Hebrew": lambda n: "שלום " * (n // 5),
    "Chinese": lambda n: "你好。" * (n // 3),
}


def check(text: str) -> None:
    check_pair(text, text.replace("3", "4").replace("e", "a").replace("km", "miles"))


WORK: dict[str, Callable[[str], object]] = {
    "clean": clean,
    "normalize": normalize,
    "split": split_sentences,
    "reflow": segment_layout,
    "keep": lambda text: segment_layout(text, mode="keep"),
    "protected": find_protected,
    "identify": identify,
    "plain": plain,
    "check": check,
    "faults": lambda text: find_faults(text, text + "x"),
    "compress": lambda text: compress(text, "de"),
    "glossary": Glossary(bundled_glossary()).find,
}

ONCE_QUADRATIC = [
    *(("clean", "hyphens"), ("clean", "broken words"), ("check", "figures"), ("check", "names")),
    *(("check", "broken words"), ("check", "one line"), ("check", "footnotes")),
    *(("check", "other names"), ("check", "units"), ("check", "negations")),
]


SMALL, TIMES = 2_500, 8
LIMIT = TIMES**1.5  # halfway, in powers, between linear work (8) and quadratic work (64)
ROUNDS = 6


def spent(work: Callable[[str], object], text: str) -> float:
    started = time.thread_time()
    work(text)
    return time.thread_time() - started


def growth(work: Callable[[str], object], make: Callable[[int], str]) -> float:
    """Return how often the work on eight times the text takes the time of the work on one.

    The least of several rounds on each side, because what else runs on a machine only
    ever adds; the rounds end as soon as the least is below the limit.
    """
    small = large = float("inf")
    for turn in range(ROUNDS):
        end = " " * turn  # another text each time, so that no cache answers
        small = min(small, spent(work, make(SMALL) + end))
        large = min(large, spent(work, make(SMALL * TIMES) + end))
        if large < LIMIT * small:
            break
    return large / small


@pytest.mark.parametrize(("work", "text"), ONCE_QUADRATIC)
def test_what_once_was_quadratic(work: str, text: str) -> None:
    WORK[work](SENTENCE)  # tables are read on first use
    assert growth(WORK[work], TEXTS[text]) < LIMIT


@pytest.mark.parametrize(("work", "text"), ONCE_QUADRATIC)
def test_no_part_of_the_work_is_slow_out_of_all_proportion(work: str, text: str) -> None:
    WORK[work](SENTENCE)
    assert spent(WORK[work], TEXTS[text](SMALL)) < 5 * SECONDS_PER_100_KB * SMALL / 1e5


def test_a_quadratic_is_told_from_the_linear() -> None:
    def quadratic(text: str) -> int:
        return sum(text.count("x") for _ in range(0, len(text), 20))

    def linear(text: str) -> int:
        return sum(text[i : i + 100].count("x") for i in range(len(text)))

    assert growth(quadratic, TEXTS["one line"]) > LIMIT
    assert growth(linear, TEXTS["one line"]) < LIMIT


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("work", WORK)
def test_a_hundred_kilobytes_of_anything(work: str, text: str) -> None:
    given = TEXTS[text](100_000)
    WORK[work](SENTENCE)
    took = spent(WORK[work], given)
    assert took < SECONDS_PER_100_KB, f"{took:.1f} s for 100,000 characters"
