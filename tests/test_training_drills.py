"""The rewriter's exercises: what each teaches holds for every one of them."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.training.__main__ import steps
from summlib.training.contamination import Protected
from summlib.training.drills import MOST, drill, drills_of, mix

QUICK = settings(derandomize=True, deadline=None, max_examples=60)
WORD = st.text("abcdefg", min_size=1, max_size=5)

TEXT = (
    "Der Gemeinderat tagte am Dienstag drei Stunden lang im neuen Saal. "
    "Das neue Hallenbad wird nach seinem Beschluss im Frühling 2027 eröffnet. "
    "Zudem kostet der Bau die Gemeinde rund 4,5 Millionen Franken im Jahr. "
    "Er freut sich über die vielen guten Rückmeldungen aus der Bevölkerung. "
    "Kurz und gut. „Das ist ein guter Tag für uns alle hier im Dorf“, sagte er."
)
RECORD = {"lang": "de", "title": "Hallenbad", "text": TEXT, "summary": ""}


@QUICK
@given(st.lists(WORD, min_size=1, max_size=30), st.lists(WORD, max_size=30), st.integers(0, 999))
def test_mixing_keeps_every_word_in_order(own: list[str], other: list[str], seed: int) -> None:
    mixed = mix(" ".join(own), " ".join(other), random.Random(seed)).split()
    rest = iter(mixed)
    assert all(word in rest for word in own)
    assert mixed[0] == own[0]
    assert len(mixed) - len(own) <= max(2, len(own))


@pytest.mark.parametrize("seed", range(20))
def test_targets_are_sentences_of_the_text_or_shorter(seed: int) -> None:
    for kind, source, target in drills_of(RECORD, random.Random(seed)):
        assert source.startswith("⟨de⟩ ")
        assert not any(unfit in target for unfit in ("Er freut", "Kurz", "guter Tag"))
        if kind == "shorten":
            assert target == "Der Bau kostet die Gemeinde rund 4,5 Millionen Franken im Jahr."
        else:
            assert target in TEXT
        if kind == "choose":
            assert target.startswith("Das neue Hallenbad")
            assert source.count("⟨sentence⟩") == 2
        if kind == "copy":
            assert source == f"⟨de⟩ ⟨sentence⟩ {target}"


def test_long_documents_give_no_more_than_their_share() -> None:
    text = " ".join(f"Im Saal {n} tagt heute der neue Rat der Stadt." for n in range(90))
    assert len(list(drills_of(RECORD | {"text": text}, random.Random(1)))) <= MOST


def test_protected_sentences_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "news.train.jsonl"
    path.write_text(json.dumps(RECORD) + "\n", encoding="utf-8")
    protected = Protected(TEXT.split(". "))
    assert drill([path], tmp_path / "out", protected=protected) == {}


def test_the_step_writes_a_file_for_each_kind(tmp_path: Path) -> None:
    path = tmp_path / "news.train.jsonl"
    path.write_text((json.dumps(RECORD) + "\n") * 20, encoding="utf-8")
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "x.txt").write_text("Etwas, das sonst nirgends steht.", encoding="utf-8")
    given = ["drill", str(path), str(tmp_path / "out"), "--refuse", str(tmp_path / "dev")]
    result = CliRunner().invoke(steps, given, catch_exceptions=False)
    counts = json.loads(result.stdout)
    assert set(counts) == {"copy", "mixed", "choose", "shorten"}
    for kind, count in counts.items():
        lines = (tmp_path / "out" / f"{kind}-drill.tsv").read_text(encoding="utf-8").splitlines()
        assert len(lines) == count
        assert all(line.count("\t") == 1 for line in lines)
