"""The fuzzers' promises: on what once broke them, and on texts that hypothesis makes up."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import targets
from fuzz.inputs import PIECES, text_of
from summlib.errors import InputError
from summlib.selector import Budget, parse_length

CASES = Path(__file__).parent / "data" / "fuzz"
TEXT_TARGETS = ("clean", "split", "layout", "translate", "summarize", "digest", "check")

pieces = st.lists(st.integers(0, len(PIECES) - 1), max_size=60).map(
    lambda chosen: b"\x03" + bytes(chosen)
)
characters = st.text(st.characters(), max_size=120).map(
    lambda text: b"\x02" + text.encode("utf-16-le", "surrogatepass")
)
pairs = st.tuples(characters, characters).map(lambda pair: pair[0] + b"\x1f\x00" + pair[1][1:])
inputs = st.one_of(pieces, characters, pairs)
lenient = [HealthCheck.too_slow, HealthCheck.data_too_large]
quick = settings(derandomize=True, deadline=None, max_examples=25, suppress_health_check=lenient)
thorough = settings(quick, max_examples=2000)


@pytest.mark.parametrize("target", targets.TARGETS)
def test_what_the_fuzzers_begin_with_passes(target: str) -> None:
    for data in targets.seeds(target):
        targets.run(target, data)


@pytest.mark.parametrize("case", sorted(CASES.rglob("*/*")), ids=lambda path: path.name)
def test_what_once_failed_passes(case: Path) -> None:
    targets.TARGETS[case.parent.name](b"")  # what is read on first use
    targets.run(case.parent.name, case.read_bytes())


def test_every_case_has_its_target() -> None:
    assert {path.name for path in CASES.iterdir()} <= targets.TARGETS.keys()
    assert len(list(CASES.rglob("*/*"))) >= 8


@pytest.mark.parametrize("target", TEXT_TARGETS)
@quick
@given(inputs)
def test_any_text_keeps_the_promises(target: str, data: bytes) -> None:
    targets.TARGETS[target](data)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("target", TEXT_TARGETS)
@thorough
@given(inputs)
def test_very_many_texts_keep_the_promises(target: str, data: bytes) -> None:
    targets.TARGETS[target](data)


@quick
@given(st.binary(max_size=200), inputs)
def test_any_glossary_is_read_or_refused(file: bytes, sentence: bytes) -> None:
    targets.TARGETS["glossary"](file + b"\x1f" + sentence)
    rows = "\n".join(f"{word}\tx" for word in text_of(sentence).split() if "\x1f" not in word)
    targets.TARGETS["glossary"](rows.encode("utf-8", "replace") + b"\x1f" + sentence)


@quick
@given(st.binary(max_size=200), st.sampled_from([b"", b"{}\n", b'{"inputs": {"a": {}}}\n']))
def test_any_record_is_read_or_refused(data: bytes, before: bytes) -> None:
    targets.TARGETS["records"](before + data + b"\n")


@settings(quick, max_examples=300)
@given(st.text(max_size=20) | st.from_regex(r"-?\d{1,30}(\.\d+)? ?(%|words|sentences)?"))
def test_any_length_is_a_budget_or_refused(length: str) -> None:
    with suppress(InputError):
        assert isinstance(parse_length(length), Budget)
