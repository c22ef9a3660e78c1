"""int8 weights whose products overflow nowhere, so that every processor computes the same.

Processors without VNNI (AVX2 alone: most laptops before 2020, and AMD's until
Zen 4) multiply int8 by ``vpmaddubsw``, which adds two neighbouring products of
an activation (0 to 255) and a weight (-127 to 127) in 16 bits and cuts what is
beyond. The bundled translator lost 0.5 to 1.3 BLEU to those cuts. oneDNN's guide
to int8 inference halves all weights for that reason; here each row of a matrix is
scaled only so far that none of its own pairs can overflow (by 1.3 instead of 2),
which keeps more of the precision: of 100 lines 28 came out as in float32, with
halves 22, with the full range 33 where it does not overflow and 11 where it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

MOST = 127
"""Largest weight."""

MOST_OF_PAIR = 127.5
"""Most that two neighbours of one sign may sum to before they are rounded: times 255 it is
below 2^15, with what rounding may add."""


def quantize(rows: Any) -> tuple[Any, Any]:
    """Return a matrix as int8 and the scale of each row.

    Args:
        rows: float32, (outputs, inputs); ``weight`` is near ``int8 / scale``.

    Returns:
        int8 of the same shape, and float32 of shape (outputs,). The neighbours of a row,
        counted off in pairs, sum to 128 at most in either direction.

    >>> import numpy
    >>> weights, scale = quantize(numpy.array([[1.0, 1.0, -0.5, 0.1]], dtype=numpy.float32))
    >>> weights.tolist(), scale.tolist()
    ([[64, 64, -32, 6]], [63.75])
    """
    import numpy as np

    single = np.abs(rows).max(axis=1)
    sums = np.maximum(_pair_sums(np.maximum(rows, 0)), _pair_sums(np.maximum(-rows, 0)))
    reach = np.maximum(single, sums * (MOST / MOST_OF_PAIR))
    least = MOST / np.finfo(np.float32).max  # below, the scale would not be a float32
    scale = MOST / np.where(reach > 0, np.maximum(reach, np.float32(1.01 * least)), MOST)
    scale = scale.astype(np.float32)
    return np.rint(rows * scale[:, None]).astype(np.int8), scale


def _pair_sums(rows: Any) -> Any:
    import numpy as np

    even, odd = rows[:, 0::2], rows[:, 1::2]
    sums = even.max(axis=1, initial=0)  # a last one without a neighbour stands alone
    return np.maximum(sums, (even[:, : odd.shape[1]] + odd).max(axis=1, initial=0))


@contextmanager
def without_overflow(model_spec: Any) -> Iterator[None]:
    """Let CTranslate2's converters write such weights for a while, where they write int8.

    Args:
        model_spec: The module ``ctranslate2.specs.model_spec``.
    """
    layer = model_spec.LayerSpec
    original = layer._quantize
    layer._quantize = _replacement(original, model_spec.NumpyVariable)
    try:
        yield
    finally:
        layer._quantize = original


def _replacement(original: Callable[..., None], variable: Any) -> Callable[..., None]:
    def _quantize(
        layer: Any, quantization: str | None, variable_filter: Callable[[str], bool] | None = None
    ) -> None:
        done: set[str] = set()

        def visit(spec: Any, name: str, value: Any) -> None:
            key = name.rpartition("/")[2]
            if not hasattr(spec, f"{key}_scale") or len(getattr(value, "shape", ())) != 2:
                return
            if variable_filter is not None and not variable_filter(name):
                return
            weights, scale = quantize(value.to("float32").numpy())
            setattr(spec, key, variable(weights))
            setattr(spec, f"{key}_scale", variable(scale))
            done.add(name)

        if quantization is not None and quantization.startswith("int8"):
            layer._visit(visit)

        def is_left(name: str) -> bool:
            return name not in done and (variable_filter is None or variable_filter(name))

        original(layer, quantization, is_left)

    return _quantize
