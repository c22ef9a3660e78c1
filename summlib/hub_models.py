"""Hub models by name or folder: find them, tell what they do, open an engine.

A name is looked for in this order: summlib's own models, a folder with the
files of a transformers model, the Hub (from the cache, or fetched where that
is allowed).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from summlib import hub, store
from summlib.engines.base import Options
from summlib.engines.checkpoints import Checkpoint, open_checkpoint
from summlib.engines.choice import check_engine, open_engine
from summlib.engines.families import Task
from summlib.engines.plans import make_plan
from summlib.engines.seq2seq import Seq2SeqEngine
from summlib.errors import ModelNotFound
from summlib.renderer import Renderer
from summlib.rendering import Languages

ECHO = "echo"


def find_checkpoint(model: str | Path | None) -> Checkpoint | None:
    """Return the Hub model of that name or in that folder.

    Args:
        model: As given by the caller; None for the default.

    Returns:
        None where the name is one of summlib's own models or of no model.

    Raises:
        ModelError: It is a Hub model that cannot be used, or may not be fetched.

    >>> find_checkpoint("echo") is None
    True
    """
    if model is None or model == ECHO:
        return None
    try:
        store.find(model)
    except ModelNotFound:
        return _from_folder_or_hub(str(model))
    return None


def _from_folder_or_hub(model: str) -> Checkpoint | None:
    folder = Path(model).expanduser()
    if folder.is_dir() and any(folder.glob("*.json")):
        return open_checkpoint(folder)
    return open_checkpoint(hub.resolve(model)) if hub.is_name(model) else None


def version(checkpoint: Checkpoint) -> str:
    """Return what tells one state of a model from another: its commit or a fingerprint."""
    commit = checkpoint.folder.name if (checkpoint.folder / "hub.json").is_file() else ""
    return commit[:12] or checkpoint.fingerprint()


def open_hub_engine(
    checkpoint: Checkpoint,
    task: Task,
    *,
    source_lang: str,
    target_lang: str,
    engine: str = "auto",
    threads: int = 1,
    device: str = "cpu",
    **feeding: Any,
) -> Seq2SeqEngine:
    """Open an engine for a task; a conversion is made in the user's cache.

    Args:
        checkpoint: The model.
        task: ``translate`` or ``summarize``.
        source_lang: Language of the texts.
        target_lang: Language of the outputs.
        engine: ``auto``, ``ct2`` or ``pytorch``.
        threads: Cores to use, 1 or more.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        **feeding: ``window`` and ``prompt`` of the plan.

    Raises:
        InputError: The model does not do that, or does not know a language.
        EngineError: The engine cannot run it.
        MissingDependency: torch and transformers are needed and not installed.
    """
    check_engine(engine)
    plan = make_plan(checkpoint, task, source_lang=source_lang, target_lang=target_lang, **feeding)
    root = hub.cache_folder() / "converted"
    return open_engine(plan, engine=engine, threads=threads, device=device, root=root)


def open_renderer(
    checkpoint: Checkpoint,
    languages: Languages,
    *,
    options: Options,
    engine: str,
    threads: int,
    device: str,
) -> Renderer:
    """Open a translator of sentences over a Hub model.

    Such models were trained on plain text: no stand-ins, no hints. Of the
    hypotheses the first one without an error is taken.

    Raises:
        InputError: The model does not translate between the languages.
    """
    opened = open_hub_engine(
        checkpoint,
        "translate",
        source_lang=languages.source,
        target_lang=languages.target,
        engine=engine,
        threads=threads,
        device=device,
    )
    own = opened.plan.prescribed
    options = replace(
        options,
        length_penalty=own.length_penalty,
        no_repeat_ngram=own.no_repeat_ngram,
        repetition_penalty=own.repetition_penalty,
    )
    return Renderer(opened, languages=languages, options=options, checked=True)
