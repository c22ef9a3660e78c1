"""The files of one training run, by name.

Text, vocabulary, passes and checkpoints stand in a work folder of their own
(``runs/NAME``), which is not kept; what belongs to the model (dictionary,
word list, recipe) stands beside the recipe.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from summlib import adequacy
from summlib.errors import InputError
from summlib.training.recipe import Recipe, load_recipe

COMMAND = "python -m summlib.training"


@dataclass(frozen=True)
class Workspace:
    """Where the steps of a recipe read and write.

    Args:
        recipe: What is made.
        model: Folder of the recipe.
        folder: The work folder.

    >>> Workspace(Recipe("de-en"), Path("models/de-en"), Path("runs/de-en")).cached(3).name
    'pass-3.npz'
    """

    recipe: Recipe
    model: Path
    folder: Path

    @property
    def corpus(self) -> Path:
        """All pairs, as ``collect`` writes them."""
        return self.folder / "corpus.tsv"

    @property
    def report(self) -> Path:
        """What the corpus holds, per source."""
        return self.folder / "corpus.tsv.json"

    @property
    def vocabulary(self) -> Path:
        """Folder with ``spm.model`` and ``vocab.json``."""
        return self.folder / "vocab"

    @property
    def checkpoint(self) -> Path:
        """Where the run stands."""
        return self.folder / "checkpoint.pt"

    @property
    def log(self) -> Path:
        """Progress, one JSON object a line."""
        return self.folder / "log.jsonl"

    @property
    def lexicon(self) -> Path:
        """The dictionary of hints."""
        return self.model / "lexicon.rows"

    @property
    def words(self) -> Path:
        """The word forms that the training text holds often."""
        return self.model / "words.txt.gz"

    @property
    def table(self) -> Path:
        """What the words of the training text are rendered by."""
        return self.model / adequacy.FILE

    def cached(self, index: int) -> Path:
        """The encoded examples of pass ``index``."""
        return self.folder / f"pass-{index}.npz"


def open_workspace(
    recipe: str | Path, folder: Path | None = None, *, exclude: tuple[str, ...] = ()
) -> Workspace:
    """Read a recipe and name its files; nothing is created.

    Args:
        recipe: The TOML file.
        folder: The work folder; by default ``runs/NAME``.
        exclude: Sources to leave out, whatever their weight.

    Raises:
        InputError: The recipe cannot be used.
    """
    loaded = load_recipe(recipe, exclude=exclude)
    return Workspace(loaded, Path(recipe).parent, folder or Path("runs") / loaded.name)


def need(path: Path, step: str) -> Path:
    """Return ``path``, which an earlier step has to have written.

    Raises:
        InputError: It is absent; the message names the step.
    """
    if not path.exists():
        raise InputError(f"{path} is missing; run first: {COMMAND} {step}")
    return path


def training_hours(log: Path) -> float:
    """Return the hours that a run's log accounts for; 0 when there is none.

    A line stands for the tokens since the line before, at the speed it names.
    """
    if not log.is_file():
        return 0.0
    seconds, before = 0.0, 0
    for line in log.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["tokens"] > before:
            seconds += (row["tokens"] - before) / max(1, row["tokens_per_s"])
        before = row["tokens"]
    return seconds / 3600
