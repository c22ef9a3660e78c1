"""Turn checkpoints into a model's folder that ``summlib`` can open."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summlib.training.card import manifest, write_json
from summlib.training.checkpoints import average
from summlib.training.export import export
from summlib.training.passes import load_examples
from summlib.training.vocabulary import load_processor
from summlib.training.vocabulary_map import (
    copied_pieces,
    count_pieces,
    target_pieces,
    write_copying_map,
    write_vocabulary_map,
)
from summlib.training.workspace import Workspace, need, training_hours


def release(
    workspace: Workspace, checkpoints: Sequence[Path], out: Path, *, hours: float | None = None
) -> dict[str, Any]:
    """Write weights, dictionary, word list and ``model.json`` to ``out``.

    Args:
        workspace: Of the run that made the checkpoints.
        checkpoints: One, or several to average.
        out: The model's folder; often the recipe's own.
        hours: Time of the training; by default summed up from the log.

    Returns:
        What ``model.json`` says; its version is one above that of the model
        which stood in ``out``.

    Raises:
        InputError: A checkpoint cannot be read or an earlier step is missing.
    """
    weights, progress = average(checkpoints)
    vocabulary = need(workspace.vocabulary, "vocabulary")
    recipe = workspace.recipe
    export(weights, vocabulary, out, shape=recipe.shape, languages=recipe.languages)
    _list_target_pieces(workspace, out / "ct2")
    _accompany(workspace, out)
    table = manifest(
        out,
        recipe=recipe,
        tokens=progress.tokens,
        hours=training_hours(workspace.log) if hours is None else hours,
        version=_last_version(out) + 1,
    )
    write_json(out / "model.json", table)
    return table


def _list_target_pieces(workspace: Workspace, folder: Path) -> None:
    """List the pieces to score, from the passes that are kept; without any, all are scored."""
    passes = sorted(workspace.folder.glob("pass-*.npz"))
    if passes:
        counts = count_pieces(map(load_examples, passes), size=workspace.recipe.vocabulary)
        processor = load_processor(workspace.vocabulary)
        if workspace.recipe.task == "rewrite":
            write_copying_map(copied_pieces(counts, processor), folder)
        else:
            write_vocabulary_map(target_pieces(counts, processor), folder)


def _accompany(workspace: Workspace, out: Path) -> None:
    """Put the lists beside weights that do not stand beside the recipe."""
    lists = [need(workspace.words, "words")]
    if workspace.recipe.task == "translate":
        lists.append(need(workspace.lexicon, "lexicon"))
        lists += [workspace.table] if workspace.table.is_file() else []
    for path in lists:
        if path.resolve() != (out / path.name).resolve():
            shutil.copyfile(path, out / path.name)


def _last_version(folder: Path) -> int:
    path = folder / "model.json"
    return int(json.loads(path.read_text(encoding="utf-8"))["version"]) if path.is_file() else 0
