"""Behaviours: right translations pass, turned-round ones fail, nothing passes by chance."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import InputError
from summlib.scores import behaviours
from summlib.scores.behaviours import (
    Behaviour,
    main,
    read_behaviours,
    score_behaviours,
    score_checks,
)

CASES = read_behaviours()
PHENOMENA = sorted({case.phenomenon for case in CASES})


def of(phenomenon: str) -> list[Behaviour]:
    return [case for case in CASES if case.phenomenon == phenomenon]


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_right_translations_are_accepted(phenomenon: str) -> None:
    refused = {
        r: why for case in of(phenomenon) for r in case.references if (why := case.objection(r))
    }
    assert refused == {}


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_the_wrong_translation_is_refused(phenomenon: str) -> None:
    assert [case.wrong for case in of(phenomenon) if not case.objection(case.wrong)] == []


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_neither_nothing_nor_the_german_passes(phenomenon: str) -> None:
    assert [c for c in of(phenomenon) if not c.objection("") or not c.objection(c.source)] == []


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_no_other_sentence_passes_for_a_translation(phenomenon: str) -> None:
    for case in of(phenomenon):
        others = [c.references[0] for c in CASES if c is not case]
        assert len([r for r in others if not case.objection(r)]) <= 1, case.source


@pytest.mark.parametrize("phenomenon", PHENOMENA)
def test_each_phenomenon_has_enough_cases(phenomenon: str) -> None:
    assert 12 <= len(of(phenomenon)) <= 20


def test_the_phenomena_are_those_that_translators_get_wrong() -> None:
    assert set(PHENOMENA) >= {"negation", "modality", "numbers", "dates", "names", "compounds"}
    assert set(PHENOMENA) >= {"separable", "reported", "passive", "pronouns", "comparison"}
    assert set(PHENOMENA) >= {"order", "conditions", "participles"}


def test_no_sentence_stands_twice() -> None:
    assert Counter(case.source for case in CASES).most_common(1)[0][1] == 1
    assert all(case.wrong not in case.references for case in CASES)


def test_typography_decides_nothing() -> None:
    case = next(c for c in CASES if "n't" in "".join(c.references))
    right = next(r for r in case.references if "n't" in r)
    assert case.objection(right.replace("'", "’").replace(" ", "\u00a0\n").upper()) == ""


@given(st.text(max_size=80))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_any_text_can_be_judged(text: str) -> None:
    assert all(isinstance(case.objection(text), str) for case in CASES[::20])


def test_a_person_reaches_all_and_the_liar_nothing() -> None:
    by_source = {case.source: case for case in CASES}
    person = score_behaviours(lambda sources: [by_source[s].references[-1] for s in sources])
    liar = score_behaviours(lambda sources: [by_source[s].wrong for s in sources])
    assert {score.score.value for score in person} == {100.0}
    assert {score.score.value for score in liar} == {0.0}
    assert [score.phenomenon for score in person] == [*PHENOMENA, "all"]
    assert len(liar[-1].failed) == len(CASES)


def test_a_score_names_its_failures_and_has_an_interval() -> None:
    one, two = CASES[:2]
    result = score_behaviours(lambda _: [one.references[0], "Nothing."], [one, two])[-1]
    assert result.failed == ((two, "Nothing."),)
    assert result.score.value == 50.0
    assert result.score.low < 50.0 < result.score.high


def test_a_translator_that_loses_a_sentence_is_refused() -> None:
    with pytest.raises(InputError, match="2 sentences came back as 1"):
        score_behaviours(lambda _: ["Only one."], CASES[:2])


def test_checks_catch_a_lost_not() -> None:
    negation = score_checks(of("negation"))[-1]
    assert not any("einziger Fahrgast" in case.source for case in negation.missed)
    share = 1 - len(negation.missed) / len(of("negation"))
    assert negation.caught.value == pytest.approx(100 * share)


def test_a_finding_that_the_right_one_raises_as_well_is_no_catch() -> None:
    right, wrong = "The meeting is on 4 May.", "The meeting was on 4 May."
    case = Behaviour("dates", "Das Treffen ist am 3. Mai.", (right,), wrong, (), ())
    (phenomenon, everything) = score_checks([case])
    assert phenomenon.missed == everything.missed == (case,)
    assert [str(f) for f in phenomenon.alarms[0][2]] == ['date: "3" became "4"']


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ('de = "A."\nen = "B."\naccept = ["b"]', "wrong"),
        ('de = "A."\nen = "B."\nwrong = "C."\naccept = ["(b"]', "unterminated"),
        ('de = "A."\nen = "B."\nwrong = "C."\naccept = ["{nowhere}"]', "nowhere"),
    ],
)
def test_a_case_that_is_none_is_named(tmp_path: Path, row: str, what: str) -> None:
    (tmp_path / "fragments.toml").write_text('not = "not"\n')
    (tmp_path / "negation.toml").write_text(f"[[case]]\n{row}\n")
    with pytest.raises(InputError, match=rf"negation.toml: .*{what}"):
        read_behaviours(tmp_path)


def test_a_pattern_goes_on_after_a_bar(tmp_path: Path) -> None:
    (tmp_path / "fragments.toml").write_text('no = "(?:no|not)"\n')
    (tmp_path / "x.toml").write_text(
        '[[case]]\nde = "A."\nen = "B."\nwrong = "C."\naccept = ["{no} b", "|c", "d"]\n'
    )
    (case,) = read_behaviours(tmp_path)
    assert [pattern.pattern for pattern in case.accept] == ["(?:no|not) b|c", "d"]


def test_the_command_prints_failures_and_shares(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--model", "echo"]) == 0
    out = capsys.readouterr().out
    assert f"got   {CASES[0].source}" in out
    assert "all            accepted 0.0 [0.0" in out


def test_the_command_prints_what_the_checks_see(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--checks"]) == 0
    out = capsys.readouterr().out
    assert f"n {len(CASES)}, false alarms" in out
    assert "not caught: " in out


def test_the_files_say_where_they_come_from() -> None:
    for path in behaviours.FOLDER.glob("*.toml"):
        head = path.read_text(encoding="utf-8").partition("\n\n")[0]
        assert head.startswith("#"), path.name
        assert "Written for summlib" in head, path.name
