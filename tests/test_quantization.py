"""int8 weights that no processor's 16-bit sums can overflow."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

np = pytest.importorskip("numpy")
from hypothesis import given, settings  # noqa: E402
from hypothesis import strategies as st  # noqa: E402

from summlib.engines.quantization import MOST, quantize  # noqa: E402

BUNDLED = Path(__file__).resolve().parent.parent / "models"
MOST_IN_16_BITS, MOST_ACTIVATION = 32767, 255


def pair_sums(rows):  # type: ignore[no-untyped-def]
    """Return the most that two neighbours contribute in either direction."""
    wide = rows.astype(np.int32)
    if wide.shape[1] % 2:
        wide = np.pad(wide, ((0, 0), (0, 1)))
    return [np.maximum(w, 0).reshape(len(w), -1, 2).sum(axis=2) for w in (wide, -wide)]


numbers = st.floats(-4, 4, allow_nan=False, width=32)
matrices = st.integers(1, 9).flatmap(
    lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=1)
)


@settings(max_examples=300)
@given(matrices)
def test_no_pair_overflows_and_half_a_step_is_the_most_that_is_lost(values) -> None:  # type: ignore[no-untyped-def]
    rows = np.array(values, dtype=np.float32)
    weights, scale = quantize(rows)
    assert (weights.dtype, weights.shape) == (np.int8, rows.shape)
    assert all((sums * MOST_ACTIVATION <= MOST_IN_16_BITS).all() for sums in pair_sums(weights))
    assert (np.abs(weights.astype(int)) <= MOST).all()
    normal = np.abs(rows).max(axis=1) > 1e-30  # below, the scale ends at what float32 can hold
    lost = np.abs(weights / scale[:, None] - rows)
    assert (lost[normal] <= (0.5001 / scale[:, None])[normal]).all()


def test_a_row_that_cannot_overflow_keeps_the_full_range() -> None:
    weights, scale = quantize(np.array([[2.0, -2.0, 0.0, 1.0]], dtype=np.float32))
    assert weights.tolist() == [[127, -127, 0, 64]]
    assert scale.tolist() == [63.5]


def test_a_row_of_noughts_stays_one() -> None:
    weights, scale = quantize(np.zeros((2, 3), dtype=np.float32))
    assert not weights.any()
    assert scale.tolist() == [1.0, 1.0]


def read_variables(path: Path) -> Iterator[tuple[str, object]]:
    """Yield the int8 matrices of a CTranslate2 model (binary version 6)."""
    data, at = path.read_bytes(), 0

    def take(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(form, data, at)
        at += struct.calcsize(form)
        return int(value)

    def text() -> str:
        nonlocal at
        length = take("H")
        at += length
        return data[at - length : at - 1].decode()

    assert take("I") == 6
    text(), take("I")
    for _ in range(take("I")):
        name, shape = text(), tuple(take("I") for _ in range(take("B")))
        kind, size = take("B"), take("I")
        if kind == 1 and len(shape) == 2:
            yield name, np.frombuffer(data, np.int8, size, at).reshape(shape)
        at += size


@pytest.mark.parametrize("path", sorted(BUNDLED.glob("*/ct2/model.bin")), ids=lambda p: p.parts[-3])
def test_the_bundled_models_overflow_nowhere(path: Path) -> None:
    found = dict(read_variables(path))
    assert len(found) > 20
    for name, rows in found.items():
        most = max(sums.max() for sums in pair_sums(rows))
        assert most * MOST_ACTIVATION <= MOST_IN_16_BITS, name
