"""Boundary scores."""

import json
from pathlib import Path

import pytest

from summlib.errors import InputError
from summlib.records import Sentence
from summlib.scores.segmentation import boundary_scores, nonspace_ends


def write(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("\n".join(map(json.dumps, cases)), encoding="utf-8")
    return path


def at_full_stops(text: str, lang: str) -> list[Sentence]:
    found, start = [], 0
    for end in (i + 1 for i, c in enumerate(text) if c == "."):
        found.append(Sentence(text[start:end].strip(), start, end))
        start = end
    return found


CASE = {"id": "1", "suite": "x", "lang": "de", "text": "Ja. z.B. so.", "nonspace_ends": [3, 10]}


def test_invented_boundaries_cost_precision(tmp_path: Path) -> None:
    scores = boundary_scores(write(tmp_path / "c.jsonl", CASE), at_full_stops)
    assert (scores.overall.found, scores.overall.invented, scores.overall.missed) == (1, 2, 0)
    assert scores.overall.precision == pytest.approx(100 / 3)
    assert scores.overall.recall == 100.0
    assert scores.overall.f1 == 50.0
    assert scores.wrong == ["1"]


def test_last_end_does_not_count_and_suites_are_kept_apart(tmp_path: Path) -> None:
    whole = CASE | {"id": "2", "suite": "y", "text": "Ein Satz.", "nonspace_ends": [8]}
    scores = boundary_scores(write(tmp_path / "c.jsonl", CASE, whole), at_full_stops)
    assert scores.suites["y"].f1 == 100.0
    assert (scores.overall.exact, scores.overall.cases) == (1, 2)
    assert "y: F1 100.00" in str(scores)


def test_white_space_does_not_shift_a_boundary() -> None:
    wide = "A  b.\n\n C."
    assert nonspace_ends(wide, [Sentence("A  b.", 0, 5), Sentence("C.", 8, 10)]) == [3, 5]


def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        boundary_scores(path, at_full_stops)
