"""A bar in notebooks, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import summlib
from summlib import batch, progress

TEXTS = [f"Am {n}. Mai kamen {n} Leute. Es regnete." for n in range(1, 8)]
ROOT = Path(summlib.__file__).resolve().parents[1]


class Bar:
    """Notes what a bar of tqdm would show."""

    made: list[Bar]

    def __init__(self, *, total: int | None, unit: str, leave: bool) -> None:
        self.total, self.unit, self.steps, self.ended = total, unit, list[int](), False
        self.made.append(self)

    def update(self, count: int) -> None:
        self.steps.append(count)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        self.ended = True


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[Bar]:
    """Pretend to be the kernel of a notebook with tqdm installed."""
    Bar.made = []
    shell = SimpleNamespace(kernel=object())
    _module(monkeypatch, "IPython", get_ipython=lambda: shell)
    _module(monkeypatch, "tqdm")
    _module(monkeypatch, "tqdm.auto", tqdm=Bar)
    return Bar.made


def _module(monkeypatch: pytest.MonkeyPatch, name: str, **attributes: Any) -> None:
    module = ModuleType(name)
    vars(module).update(attributes)
    monkeypatch.setitem(sys.modules, name, module)


def test_a_list_shows_a_bar_that_reaches_its_end(bars: list[Bar]) -> None:
    made = summlib.summarize(TEXTS, target_lang="de", length="1 sentences")
    assert [s.text for s in made] == [text.split(". Es")[0] + "." for text in TEXTS]
    (bar,) = bars
    assert (bar.total, sum(bar.steps), bar.ended) == (7, 7, True)
    assert len(bar.steps) > 1  # it moves while it goes on


def test_what_is_shown_changes_no_result(bars: list[Bar], monkeypatch: pytest.MonkeyPatch) -> None:
    shown = summlib.translate(TEXTS, model="echo", detect=False)
    monkeypatch.delitem(sys.modules, "IPython")
    assert summlib.translate(TEXTS, model="echo", detect=False) == shown
    assert len(bars) == 1


def test_quick_groups_grow(bars: list[Bar]) -> None:
    progress.in_groups(lambda texts: texts, range(100))
    assert bars[0].steps == [1, 2, 4, 8, 16, 32, 32, 5]


def test_one_text_shows_none(bars: list[Bar]) -> None:
    summlib.translate(TEXTS[0], model="echo", detect=False)
    summlib.translate(TEXTS[:1], model="echo", detect=False)
    assert summlib.translate([], model="echo", detect=False) == []
    assert bars == []


def test_an_error_ends_the_bar(bars: list[Bar]) -> None:
    with pytest.raises(summlib.errors.EmptyDocument):
        summlib.summarize(["Ein Satz.", " "], target_lang="de")
    assert bars[0].ended
    summlib.summarize(TEXTS, target_lang="de")
    assert len(bars) == 2


def test_a_batch_shows_one_bar_and_none_inside(bars: list[Bar], tmp_path: Path) -> None:
    def call(texts: list[str]) -> list[Any]:
        return summlib.translate(texts, model="echo", detect=False)

    assert len(list(batch.process(call, TEXTS, group_size=2))) == 7
    assert [(b.total, sum(b.steps)) for b in bars] == [(7, 7)]
    list(batch.process(call, iter(TEXTS)))
    assert [(b.total, sum(b.steps)) for b in bars[1:]] == [(None, 7)]
    batch.write(call, TEXTS, tmp_path / "out.jsonl")
    assert [(b.total, sum(b.steps)) for b in bars[2:]] == [(7, 7)]


def test_without_tqdm_nothing_is_shown(bars: list[Bar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    assert len(summlib.translate(TEXTS, model="echo", detect=False)) == 7
    assert bars == []


@pytest.mark.parametrize("shell", [None, SimpleNamespace()])  # no shell, and that of a terminal
def test_elsewhere_nothing_is_shown(
    bars: list[Bar], monkeypatch: pytest.MonkeyPatch, shell: Any
) -> None:
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: shell)
    summlib.translate(TEXTS, model="echo", detect=False)
    assert bars == []


def test_a_script_writes_nothing_of_its_own() -> None:
    code = (
        "import summlib, summlib.batch as b\n"
        "t = ['Ein Satz steht hier.', 'Noch ein Satz steht hier.']\n"
        "s = summlib.summarize(t, target_lang='de')\n"
        "assert len(list(b.process(lambda x: x, t))) == len(s) == 2\n"
    )
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
