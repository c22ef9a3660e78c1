"""Which engine runs a Hub model, and where.

``auto`` takes CTranslate2, converting the model at first use, wherever a
converter exists and the device is one it knows; else torch, with a note in the
log. A model that was converted before runs without torch being imported.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Literal

from summlib.engines.ct2 import ConvertedEngine
from summlib.engines.plans import Plan
from summlib.engines.seq2seq import Seq2SeqEngine
from summlib.errors import EngineError, InputError

EngineName = Literal["auto", "ct2", "pytorch"]
ENGINES = ("auto", "ct2", "pytorch")

_log = logging.getLogger(__name__)


def check_engine(name: str) -> str:
    """Return the name of an engine that exists.

    Raises:
        InputError: There is none of that name.

    >>> check_engine("ct2")
    'ct2'
    """
    if name not in ENGINES:
        raise InputError(f"engine is {name!r}; give one of {', '.join(ENGINES)}")
    return name


def open_engine(
    plan: Plan, *, engine: str = "auto", threads: int = 1, device: str = "cpu", root: Path
) -> Seq2SeqEngine:
    """Return an engine for a plan, converting the model where that is needed.

    Args:
        plan: The model and how it is fed.
        engine: ``auto``, ``ct2`` or ``pytorch``.
        threads: Cores to use, 1 or more.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        root: The folder that holds all conversions.

    Raises:
        InputError: There is no engine of that name.
        EngineError: The engine cannot run the model, or not on the device.
        MissingDependency: torch and transformers are needed and not installed.
        ModelError: The model is damaged, or its conversion cannot be written.
    """
    if _wants_pytorch(plan, check_engine(engine), device):
        return _pytorch(plan, threads, device)
    from summlib.engines import conversion  # summlib's own models start without it

    checkpoint = plan.checkpoint
    precision = conversion.choose_precision(checkpoint, device)
    try:
        folder = conversion.convert(checkpoint, root=root, precision=precision)
    except EngineError as error:
        if engine == "ct2":
            raise
        _log.warning("%s runs on torch: %s", checkpoint.folder.name, error)
        return _pytorch(plan, threads, device)
    return ConvertedEngine(plan, folder=folder, precision=precision, threads=threads, device=device)


def _wants_pytorch(plan: Plan, engine: str, device: str) -> bool:
    """Tell whether torch is asked for, or the only engine; the latter leaves a note."""
    family = plan.checkpoint.family
    if engine != "auto":
        return engine == "pytorch"
    if "ct2" not in family.engines:
        _log.warning("%s models run on torch: CTranslate2 has no converter", family.name)
        return True
    if device == "mps":
        _log.warning("mps is a device of torch alone: CTranslate2 does not know it")
        return True
    return False


def _pytorch(plan: Plan, threads: int, device: str) -> Seq2SeqEngine:
    from summlib.engines.loading import require_transformers
    from summlib.engines.pytorch import PytorchEngine

    require_transformers()
    return PytorchEngine(plan, threads=threads, device=device)
