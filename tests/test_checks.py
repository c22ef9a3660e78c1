"""The checks on golden pairs and what must hold for any text."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.checks import bounds, check_pair, dates, names, negation, quantities
from summlib.scores.checking import catch_rate, corruptions, false_alarm_rate

GOLDEN = Path(__file__).parent / "golden" / "checks_pairs.jsonl"
PAIRS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
NUMBERS = Path(__file__).resolve().parents[2] / "shared" / "dev" / "numbers" / "cases.jsonl"
MODULES = (quantities, bounds, dates, names, negation)
_WORDS = [
    "12",
    "1.234",
    "2,5",
    "Mio.",
    "20.",
    "Mai",
    "May",
    "Uhr",
    "nicht",
    "not",
    "kein",
    "EUR",
    "half",
    "a",
    "million",
    "zwei",
    "Berlin",
    "USA",
    "3:10",
    "%",
    "1990er",
    "'90s",
    "3-1",
    "bis",
    "und",
    "Montag",
    "Monday",
    "4:30",
    "p.m.",
    "17.11.2025",
    "2025-11-17",
    "ein",
    "Drittel",
    "second",
]
words = st.sampled_from(_WORDS)
texts = st.one_of(st.text(max_size=60), st.lists(words, max_size=10).map(" ".join))
fixed = settings(derandomize=True, deadline=None, max_examples=100)


@pytest.mark.parametrize("pair", PAIRS, ids=[p["target"][:40] for p in PAIRS])
def test_golden(pair):
    findings = check_pair(pair["source"], pair["target"])
    assert sorted({f.kind for f in findings}) == pair["kinds"]


@pytest.mark.parametrize("module", MODULES)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_text_agrees_with_itself(module, lang):
    @given(texts, st.sampled_from(["both", "target"]))
    @fixed
    def holds(text, direction):
        found = module.find(text, text, source_lang=lang, target_lang=lang, direction=direction)
        assert found == []

    holds()


@given(texts, texts, st.sampled_from(["both", "target"]))
@fixed
def test_spans_lie_within_their_texts(source, target, direction):
    for finding in check_pair(source, target, direction=direction):
        for span, text in ((finding.source, source), (finding.target, target)):
            assert span is None or 0 <= span.start < span.end <= len(text)
        assert finding.source or finding.target
        assert direction == "both" or finding.target


def test_a_summary_may_leave_things_out():
    source = "Am 3. Mai kamen 1.234 Leute nach Köln, aber nicht nach Bonn."
    assert check_pair(source, "People came to Cologne.", direction="target") == []
    found = check_pair(source, "1,243 people came to Cologne.", direction="target")
    assert [f.kind for f in found] == ["quantity"]


def test_a_summary_may_repeat_a_number():
    source, target = "Es kamen 35 Leute.", "35 people came. All 35 stayed."
    assert check_pair(source, target, direction="target") == []


def test_findings_point_at_both_sides():
    source, target = "Es waren 35 Euro.", "It was 53 euros."
    (finding,) = check_pair(source, target)
    assert finding.source.of(source) == "35 Euro"
    assert finding.target.of(target) == "53 euros"


def test_summaries_in_one_language_are_checked_too():
    found = check_pair("Es kamen 35 Leute.", "Es kamen 36 Leute.", target_lang="de")
    assert [f.kind for f in found] == ["quantity"]


def test_corruptions_repeat_with_their_seed():
    source, target = "Am 3. Mai zahlten 35 Leute 2 Mio.", "On 3 May, 35 people paid 2 million."
    first = list(corruptions(source, target, seed=7))
    assert first == list(corruptions(source, target, seed=7))
    assert {kind for kind, _, _ in first} == {
        "digit", "swap", "drop", "month", "scale", "magnitude"
    }  # fmt: skip
    assert all(bad != target for _, _, bad in first)


@pytest.mark.skipif(not NUMBERS.exists(), reason="the development set is not part of the project")
def test_bar_on_reference_translations():
    lines = NUMBERS.read_text(encoding="utf-8").split("\n")
    cases = [json.loads(line) for line in lines if line]
    assert false_alarm_rate(cases).value <= 1.0
    assert catch_rate(cases[::3], seed=1).value >= 98.0  # a third keeps the suite quick


def test_a_pair_takes_milliseconds():
    pair = (
        "Am 17. November 2025 zahlte der Verein in München rund 2,6 Mrd. Euro an 35 Firmen.",
        "On 17 November 2025 the club in Munich paid around 2.6 billion euros to 35 companies.",
    )
    check_pair(*pair)
    start = time.process_time()
    for i in range(200):
        check_pair(f"{pair[0]} {i}", f"{pair[1]} {i}")
    assert (time.process_time() - start) / 200 < 0.02  # some 1 ms: machines differ


@pytest.mark.parametrize(
    ("source", "target", "findings"),
    [
        ("Der Dienstagsmarkt bleibt.", "Tuesday's market stays.", 0),
        ("Die Sonntagszeitung kam.", "The Sunday paper came.", 0),
        ("Der Dienstagsmarkt bleibt.", "Monday's market stays.", 1),
        ("Die Montagehalle blieb leer.", "Monday stayed empty.", 1),
    ],
)
def test_a_weekday_inside_a_compound_backs_the_day(source: str, target: str, findings: int) -> None:
    assert len(check_pair(source, target)) == findings
    assert len(check_pair(target, source, source_lang="en", target_lang="de")) == findings


def test_the_night_to_a_day_begins_the_day_before() -> None:
    source = "In der Nacht zum Montag brannte es."
    assert not check_pair(source, "It burned in the night from Sunday to Monday.")
    assert check_pair(source, "It burned in the night from Friday to Monday.")


def test_a_penalty_is_no_length() -> None:
    assert not check_pair("Er hielt zwei Elfmeter.", "He saved two penalties.")
