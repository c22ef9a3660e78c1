"""Many documents: order, errors in their place, groups, processes that die, memory."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib import Summarizer, Translator, batch
from summlib.batch.groups import attempt, grouped
from summlib.batch.workers import DEATHS, Workers, share_of
from summlib.errors import (
    EmptyDocument,
    EngineError,
    InputError,
    ModelDamaged,
    OutOfMemory,
    SummlibError,
)
from summlib.records import Document


def shout(texts: list[Any]) -> list[str]:
    """Fail for the whole group when one text is bad, as an engine call does."""
    for text in texts:
        if "kaputt" in text:
            raise EmptyDocument(f"{text} is broken")
    return [text.upper() for text in texts]


def die(texts: list[str]) -> list[str]:
    if any("stirb" in text for text in texts):
        os.kill(os.getpid(), signal.SIGKILL)
    return shout(texts)


def damaged(texts: list[str]) -> list[str]:
    raise ModelDamaged("weights")


def leave(texts: list[str]) -> list[str]:
    os._exit(3)


def dawdle(texts: list[str]) -> list[str]:
    """Take longest for the first, so that later groups are ready before it."""
    time.sleep(0.5 if "0" in texts else 0.01)
    return texts


def unsendable(texts: list[str]) -> list[Any]:
    return [(character for character in text) for text in texts]


TEXTS = [f"text {n}" if n % 7 else f"kaputt {n}" for n in range(60)]


def shown(results: Iterator[Any]) -> list[str]:
    return [str(result) for result in results]


@pytest.mark.parametrize("jobs", [1, 2])
def test_order_is_kept_and_errors_stand_in_their_place(jobs: int) -> None:
    results = list(batch.process(shout, TEXTS, on_error="record", jobs=jobs, group_size=9))
    assert len(results) == len(TEXTS)
    for text, result in zip(TEXTS, results, strict=True):
        if "kaputt" in text:
            assert isinstance(result, EmptyDocument)
            assert str(result) == f"{text} is broken"
        else:
            assert result == text.upper()


def test_the_first_error_is_raised_when_asked() -> None:
    results = batch.process(shout, ["ja", "kaputt", "nein"])
    assert next(results) == "JA"
    with pytest.raises(EmptyDocument):
        next(results)


@given(bad=st.sets(st.integers(0, 30)), count=st.integers(0, 30), size=st.integers(1, 12))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_nothing_is_lost_or_doubled(bad: set[int], count: int, size: int) -> None:
    texts = [f"kaputt {n}" if n in bad else f"{n}" for n in range(count)]
    results = list(batch.process(shout, texts, on_error="record", group_size=size))
    expected = [f"kaputt {n} is broken" if n in bad else f"{n}" for n in range(count)]
    assert shown(iter(results)) == expected


def test_one_bad_text_costs_few_calls() -> None:
    calls: list[int] = []

    def count(texts: list[str]) -> list[str]:
        calls.append(len(texts))
        return shout(texts)

    attempt(count, [*map(str, range(31)), "kaputt"])
    assert calls[0] == 32
    assert len(calls) == 11  # two for each of five halvings, and the whole


def test_texts_are_read_as_far_as_needed() -> None:
    read = 0

    def texts() -> Iterator[str]:
        nonlocal read
        for number in range(1000):
            read += 1
            yield str(number)

    results = batch.process(shout, texts(), group_size=10)
    assert next(results) == "0"
    assert read == 10


def test_groups_are_full_by_length_too() -> None:
    sizes = [len(g) for g in grouped("abc" * 4, weight=lambda _: 5, size=100, limit=15)]
    assert sizes == [3, 3, 3, 3]


@pytest.mark.parametrize(
    "options", [{"on_error": "ignore"}, {"jobs": 0}, {"group_size": 0}], ids=str
)
def test_wrong_options_are_refused_at_the_call(options: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        batch.process(shout, [], **options)


def test_a_damaged_model_is_never_a_record() -> None:
    with pytest.raises(ModelDamaged, match="weights"):
        list(batch.process(damaged, ["a", "b"], on_error="record"))


def test_the_unforeseen_is_recorded_with_its_traceback() -> None:
    (result,) = batch.process(lambda texts: [1 / 0], ["a"], on_error="record")
    assert str(result) == "unexpected ZeroDivisionError: division by zero"
    assert "Traceback" in result.__notes__[0]


def test_no_memory_becomes_an_error_of_the_one_text() -> None:
    def hungry(texts: list[str]) -> list[str]:
        if len(texts) > 1 or texts == ["big"]:
            raise MemoryError
        return texts

    results = list(batch.process(hungry, ["a", "big", "c"], on_error="record"))
    assert isinstance(results[1], OutOfMemory)
    assert results[::2] == ["a", "c"]


@pytest.mark.parametrize("wrong", [lambda texts: texts[1:], lambda texts: "ab"])
def test_a_callable_that_loses_texts_is_caught(wrong: Any) -> None:
    results = list(batch.process(wrong, ["a", "b"], on_error="record"))
    assert all(isinstance(result, InputError) for result in results)


# --- processes -----------------------------------------------------------------


def test_a_process_that_dies_takes_only_the_culprit_along() -> None:
    texts = [f"{n}" for n in range(20)]
    texts[13] = "stirb"
    results = list(batch.process(die, texts, on_error="record", jobs=2, group_size=8))
    assert isinstance(results[13], EngineError)
    assert "signal 9" in str(results[13])
    assert results[:13] + results[14:] == texts[:13] + texts[14:]
    assert not multiprocessing.active_children()


def test_processes_that_never_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    assert DEATHS > 2 * 5  # two processes that halve a group of 32 at the same time
    monkeypatch.setattr("summlib.batch.workers.DEATHS", 2)
    with pytest.raises(EngineError, match=r"3 processes died .*exit code 3"):
        list(batch.process(leave, map(str, range(99)), on_error="record", jobs=2, group_size=1))


def test_a_damaged_model_in_a_process_ends_the_run() -> None:
    with pytest.raises(ModelDamaged, match="weights"):
        list(batch.process(damaged, ["a", "b"], on_error="record", jobs=2))
    assert not multiprocessing.active_children()


def test_a_slow_group_does_not_change_the_order() -> None:
    texts = [str(n) for n in range(12)]
    assert list(batch.process(dawdle, texts, jobs=2, group_size=2)) == texts


def test_a_result_that_cannot_be_sent_is_an_error() -> None:
    with pytest.raises(SummlibError, match="unexpected"):
        list(batch.process(unsendable, ["a"], jobs=2))


def test_groups_in_flight_are_few() -> None:
    taken = 0

    def groups() -> Iterator[list[str]]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield [str(number)]

    with Workers(shout, jobs=2) as workers:
        assert next(workers.map(groups())) == (["0"], ["0"])
    assert taken <= 6


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_real_callables_fit(jobs: int) -> None:
    docs = [Document("Der Rat tagt. Er stimmt ab. Alle gehen.", path=f"{n}.txt") for n in range(5)]
    summaries = list(batch.process(Summarizer(target_lang="de"), docs, jobs=jobs))
    assert [summary.path for summary in summaries] == [doc.path for doc in docs]
    texts = [doc.text for doc in docs]
    assert shown(batch.process(Translator("echo"), texts, jobs=jobs)) == texts


def test_cores_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    assert share_of(6, 2) == 3
    assert share_of(1, 3) == 1
    assert share_of(None, 1) is None
    monkeypatch.setattr("summlib.settings.cores", lambda: 16)
    monkeypatch.delenv("SUMMLIB_THREADS", raising=False)
    assert share_of(None, 2) == 4  # more gain nothing
    assert share_of(None, 8) == 2
    monkeypatch.setenv("SUMMLIB_THREADS", "6")
    assert share_of(None, 3) == 2


# --- files ---------------------------------------------------------------------


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_results_are_written_as_lines(tmp_path: Path) -> None:
    docs = [
        Document("Der Rat tagt.", path="a.txt", meta={"id": "n1"}),
        Document("", path="b.txt"),
        Document("Er stimmt ab.", path="c.txt"),
    ]
    path = tmp_path / "out.jsonl"
    tally = batch.write(Summarizer(target_lang="de"), docs, path)
    assert (tally.done, tally.failed) == (2, 1)
    first, second, third = rows(path)
    assert (first["path"], first["id"], first["text"]) == ("a.txt", "n1", "Der Rat tagt.")
    assert (second["path"], second["error"]["kind"]) == ("b.txt", "EmptyDocument")
    assert third["sentences"][0]["sources"][0]["start"] == 0
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


class Fused:
    """Works for some calls and is then interrupted, as by Ctrl-C."""

    def __init__(self, calls: int) -> None:
        self.left = calls
        self.seen: list[str] = []

    def __call__(self, texts: list[str]) -> list[str]:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        self.seen += texts
        return shout(texts)


def test_a_stopped_run_is_taken_up(tmp_path: Path) -> None:
    batch.write(shout, TEXTS, tmp_path / "whole.jsonl", group_size=4)
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        batch.write(Fused(20), TEXTS, path, group_size=4)
    assert not path.exists()
    rest = Fused(1000)
    tally = batch.write(rest, TEXTS, path, group_size=4)
    assert "text 1" not in rest.seen
    assert path.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert (tally.done, tally.failed) == (51, 9)


def test_other_texts_are_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        batch.write(Fused(1), ["a", "b", "c"], path, group_size=2)
    for other in (["a", "x", "c"], ["a"]):
        with pytest.raises(InputError, match="first 2 texts"):
            batch.write(shout, other, path)
    batch.write(shout, ["x"], path, force=True)
    assert rows(path) == [{"result": "X"}]


def test_another_signature_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    with pytest.raises(KeyboardInterrupt):
        batch.write(Fused(1), ["a", "b"], path, group_size=1, signature="short")
    batch.write(lambda texts: ["neu"] * len(texts), ["a", "b"], path, signature="long")
    assert rows(path) == [{"result": "neu"}, {"result": "neu"}]


def test_a_file_is_kept_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("alt", encoding="utf-8")
    with pytest.raises(InputError, match="force"):
        batch.write(shout, ["a"], path)
    batch.write(shout, ["a"], path, force=True)
    assert rows(path) == [{"result": "A"}]
