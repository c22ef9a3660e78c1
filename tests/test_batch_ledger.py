"""The ledger: whatever the moment of a kill, drafts and journal agree when it is opened again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.batch.ledger import Ledger, Progress
from summlib.errors import InputError


def opened(root: Path, **options: object) -> Ledger:
    return Ledger(root / ".state", root, signature="s", **options)  # type: ignore[arg-type]


def journal(root: Path) -> Path:
    (found,) = (root / ".state").glob("journal-*.jsonl")
    return found


def test_what_was_committed_is_known_again(tmp_path: Path) -> None:
    name = "caf\udce9.txt"
    with opened(tmp_path) as ledger:
        ledger.commit({name: Progress("1", "out", records=2, done=2)}, {"out": "äb\n"})
    with opened(tmp_path) as ledger:
        assert ledger.inputs == {name: Progress("1", "out", records=2, done=2)}
        ledger.commit({}, {"out": "c\n"}, whole=["out"])
    assert (tmp_path / "out").read_text(encoding="utf-8") == "äb\nc\n"
    with opened(tmp_path) as ledger:
        assert ledger.owns("out")


def test_what_is_complete_takes_no_memory(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        for n in range(20):
            done = Progress("1", f"{n}", records=1, complete=True)
            ledger.commit({f"{n}.txt": done}, {f"{n}": "x"}, whole=[f"{n}"])
        assert not ledger.inputs
        assert not ledger.sizes
        assert not ledger.whole
        assert not ledger.made
    with opened(tmp_path) as ledger:
        assert len(ledger.inputs) == len(ledger.whole) == len(ledger.made) == 20


def test_what_the_same_process_made_is_owned_after_a_restart(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.commit({"a": Progress("1", "out", complete=True)}, {"out": "x"}, whole=["out"])
        ledger.restart()
        ledger.commit({"b": Progress("1", "new", complete=True)}, {"new": "x"}, whole=["new"])
        ledger.restart()
    with opened(tmp_path) as ledger:
        assert ledger.made == {"out", "new"}
        assert not ledger.inputs


def test_two_runs_at_once_are_refused(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(InputError, match="another run"):
        opened(tmp_path)
    opened(tmp_path).close()


def test_a_whole_draft_that_was_not_moved_is_moved(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger._move = lambda place: None  # type: ignore[method-assign]  # the kill comes here
        ledger.commit(
            {"a": Progress("1", "sub/out", complete=True)}, {"sub/out": "x"}, whole=["sub/out"]
        )
    assert not (tmp_path / "sub").exists()
    opened(tmp_path).close()
    assert (tmp_path / "sub/out").read_text(encoding="utf-8") == "x"


def test_a_draft_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.commit({"a": Progress("1", "out", records=1)}, {"out": "x"})
    shutil.rmtree(tmp_path / ".state/drafts")
    with opened(tmp_path) as ledger:
        assert ledger.inputs == {}
        ledger.commit({}, {"out": "y"}, whole=["out"])
    assert (tmp_path / "out").read_text(encoding="utf-8") == "y"


def test_signatures_have_journals_of_their_own(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.commit({"a": Progress("1")}, {})
    with Ledger(tmp_path / ".state", tmp_path, signature="other") as ledger:
        assert ledger.inputs == {}


def test_finished_and_restarted(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.commit({"a": Progress("1", "out")}, {"out": "x"}, whole=["out"])
        ledger.finish()
    with opened(tmp_path) as ledger:
        assert ledger.finished
        ledger.restart()
    with opened(tmp_path) as ledger:
        assert not ledger.finished
        assert ledger.inputs == {}
        assert ledger.owns("out")


COMMITS = [("a", "eins\n", False), ("a", "zwei\n", True), ("b", "drei\n", True), ("c", "", False)]


@given(cut=st.integers(0, 600), tail=st.binary(max_size=9), extra=st.booleans())
@settings(derandomize=True, deadline=None, max_examples=40)
def test_any_torn_end_is_recovered(
    tmp_path_factory: pytest.TempPathFactory, cut: int, tail: bytes, extra: bool
) -> None:
    """Cut the journal anywhere, add bytes to a draft: doing the rest gives the same files."""
    root = tmp_path_factory.mktemp("torn")
    with opened(root) as ledger:
        for key, text, whole in COMMITS:
            done = ledger.inputs.get(key, Progress(key, key))
            ledger.commit(
                {key: Progress(key, key, records=done.records + 1, complete=whole)},
                {key: text},
                whole=[key] if whole else (),
            )
    path = journal(root)
    data = path.read_bytes()
    kept = data[: min(cut, len(data))]
    path.write_bytes(kept if kept.endswith(b"\n") else kept + tail.replace(b"\n", b""))
    for draft in (root / ".state/drafts").iterdir() if extra else ():
        draft.write_bytes(draft.read_bytes() + b"half a wri")
    with opened(root) as ledger:
        seen: dict[str, int] = {}
        for key, text, whole in COMMITS:
            seen[key] = seen.get(key, 0) + 1
            done = ledger.inputs.get(key, Progress(key, key))
            if done.records >= seen[key] or done.complete:
                continue
            ledger.commit(
                {key: Progress(key, key, records=seen[key], complete=whole)},
                {key: text},
                whole=[key] if whole else (),
            )
        assert ledger.inputs["c"].records == 1
    assert (root / "a").read_text(encoding="utf-8") == "eins\nzwei\n"
    assert (root / "b").read_text(encoding="utf-8") == "drei\n"


@pytest.mark.parametrize(
    "tail",
    [
        *(
            b"\0" * 50 + b"\n",
            b"{}}\n",
            b"[1]\n",
            b"\xff\xfe\n",
            b'{"inputs": 3}\n',
            b"[" * 9999 + b"\n",
        ),
        *(b'{"inputs": {"a": {"none": 1}}}\n', b'{"outputs": {"b": "x"}}\n', b'{"whole": [7]}\n'),
        *(b'{"inputs": {"a": 5}}\n', b'{"outputs": {"b": -1}}\n', b'{"reset": ["a"]}\n'),
        *(b'{"outputs": {"b": 1}, "whole": ["../b"]}\n', b'{"whole": ["/tmp/b"]}\n'),
    ],
)
def test_what_a_power_cut_leaves_behind_the_journal_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    with opened(tmp_path) as ledger:
        ledger.commit({"a": Progress("1", "out", records=1)}, {"out": "x"})
    whole = journal(tmp_path).read_bytes()
    journal(tmp_path).write_bytes(whole + tail + whole)
    with opened(tmp_path) as ledger:
        assert ledger.inputs == {"a": Progress("1", "out", records=1)}
        assert journal(tmp_path).read_bytes() == whole
        ledger.commit({}, {"out": "y"}, whole=["out"])
    assert (tmp_path / "out").read_text(encoding="utf-8") == "xy"
