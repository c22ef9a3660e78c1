"""The table of strong verbs: regular where it can be, and the forms that rules misread."""

from __future__ import annotations

from pathlib import Path

import pytest

import summlib
from summlib.text.compounds import lemmas
from summlib.text.strong import finite_forms, subjunctive_forms

TABLE = Path(summlib.__file__).parent / "text" / "data" / "strong.de.txt"
ROWS = [r.split() for r in TABLE.read_text(encoding="utf-8").splitlines() if r[0] != "#"]


def test_every_row_is_a_verb_with_four_forms() -> None:
    assert all(len(row) == 5 and row[0].endswith("n") for row in ROWS)
    assert [row[0] for row in ROWS] == list(dict.fromkeys(row[0] for row in ROWS))
    assert len(ROWS) > 165


@pytest.mark.parametrize(
    ("form", "infinitive"),
    [
        *(("hielt", "halten"), ("hältst", "halten"), ("wuchs", "wachsen"), ("zog", "ziehen")),
        *(("fielen", "fallen"), ("dachte", "denken"), ("sprang", "springen"), ("liest", "lesen")),
        *(("anfing", "anfangen"), ("entstand", "entstehen"), ("verbunden", "verbinden")),
        *(("läßt", "lassen"), ("schloß", "schließen"), ("abgeschlossen", "abschließen")),
        *(("war", "sein"), ("wusste", "wissen"), ("wog", "wägen"), ("überwand", "überwinden")),
    ],
)
def test_the_verb_comes_before_what_rules_propose(form: str, infinitive: str) -> None:
    assert list(lemmas(form))[1] == infinitive


@pytest.mark.parametrize(
    ("form", "weak", "strong"),
    [("führe", "führen", "fahren"), ("dränge", "drängen", "dringen")],
)
def test_a_subjunctive_comes_behind_the_weak_verb(form: str, weak: str, strong: str) -> None:
    found = list(lemmas(form))
    assert found.index(weak) < found.index(strong)


def test_no_form_is_its_own_infinitive() -> None:
    for forms in (finite_forms(), subjunctive_forms()):
        assert all(form != infinitive for form, infinitive in forms.items())
