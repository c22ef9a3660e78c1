"""Awkward German, written for this project: law, verse, chat, scans, dialect, other scripts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from summlib import Translator
from summlib.text import split_sentences
from summlib.text.clean import clean
from summlib.text.layout import segment_layout

GOLDEN = Path(__file__).with_name("golden")
SENTENCES = [
    line
    for line in (GOLDEN / "awkward_de.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
PAGES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (GOLDEN / "awkward_pages.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", SENTENCES)
def test_sentences_end_where_they_end(case: str) -> None:
    lines = case.replace("⏎⏎", " ‖⏎⏎").replace("⏎", "\n")
    expected = [sentence.strip() for sentence in lines.split("‖")]
    text = lines.replace(" ‖\n", "\n").replace(" ‖ ", " ").replace("‖", "")
    assert [s.text for s in split_sentences(text)] == expected


def test_there_are_enough_cases() -> None:
    assert len(SENTENCES) >= 40
    assert len(PAGES) >= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_cleaning_keeps_what_is_no_noise(page: dict[str, Any]) -> None:
    text = page["text"]
    cleaned = clean(text)
    assert [[b.kind, text[b.body : b.end]] for b in cleaned.blocks] == page["blocks"]
    assert [[drop.reason, drop.text] for drop in cleaned.drops] == page["dropped"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_layout_tells_prose_from_what_is_copied(page: dict[str, Any]) -> None:
    text = page["text"]
    pieces = segment_layout(text)
    assert [text[p.start : p.end] for p in pieces if p.kind == "prose"] == page["prose"]
    kept = Translator("echo", source_lang="de", target_lang="en")(text, layout="keep", detect=False)
    assert kept.text == text
