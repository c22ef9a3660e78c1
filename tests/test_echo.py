"""The echo engine keeps the engines' contract."""

from __future__ import annotations

import pickle

from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.engines.base import Engine, Options
from summlib.engines.echo import EchoEngine


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.text()))
def test_same_length_same_order(texts: list[str]) -> None:
    engine: Engine = EchoEngine()
    assert [[output.text for output in row] for row in engine.generate(texts)] == [
        [text] for text in texts
    ]
    assert len(engine.lengths(texts)) == len(texts)


def test_alignment_only_when_asked_for() -> None:
    assert EchoEngine().generate(["a b"])[0][0].alignment == ()
    aligned = EchoEngine().generate(["a b"], options=Options(align=True))[0][0]
    assert aligned.alignment == ((0, 0), (1, 1))
    assert not aligned.truncated


def test_pickles() -> None:
    assert pickle.loads(pickle.dumps(EchoEngine())).signature == "echo"
