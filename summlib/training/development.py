"""Score a run on development lines while it trains, through the decoder that users run.

The loss says whether training goes on; only the whole way (prepared text,
CTranslate2 int8, beam, checks) says what the model is worth. The mean of the
last snapshots is scored as well, since that is what is mostly exported.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from summlib.errors import InputError
from summlib.scores.bleu import sacrebleu_metrics
from summlib.scores.translation import read_lines
from summlib.training.card import manifest, write_json
from summlib.training.checkpoints import average
from summlib.training.corpus import read_pairs
from summlib.training.export import export
from summlib.training.loop import Progress, Run
from summlib.training.workspace import Workspace
from summlib.translator import Translator

SNAPSHOTS = "weights-*.pt"


@dataclass(frozen=True)
class Lines:
    """Development lines with their reference translations."""

    sources: list[str]
    references: list[str]


def read_development(path: Path, *, lines: int = 0) -> Lines:
    """Read development lines.

    Args:
        path: ``SET.de`` with ``SET.en`` beside it, or a ``.tsv`` of both.
        lines: Only the first so many; 0 for all.

    Raises:
        InputError: A file is missing or they do not fit together.
    """
    try:
        if ".tsv" in path.suffixes:
            pairs = list(read_pairs(path))
            sources, references = [p.source for p in pairs], [p.target for p in pairs]
        else:
            sources = read_lines(path)
            references = read_lines(path.with_suffix(".en"))
    except OSError as error:
        raise InputError(
            f"{path}: give SET.de with SET.en beside it, or a .tsv ({error})"
        ) from error
    if len(sources) != len(references) or not any(sources):
        raise InputError(f"{path} has {len(sources)} lines and {len(references)} references")
    return Lines(sources[: lines or None], references[: lines or None])


class Development:
    """Scores at intervals, kept in ``dev.jsonl`` of the work folder.

    Args:
        workspace: Of the run.
        lines: What to translate.
        keep: Snapshots to keep (``weights-STEP.pt``), the newest; their mean is
            scored too. 0 keeps none.
        threads: Cores to translate with.
        beam_size: Hypotheses kept.
    """

    def __init__(
        self,
        workspace: Workspace,
        lines: Lines | None,
        *,
        keep: int = 0,
        threads: int = 1,
        beam_size: int = 4,
    ) -> None:
        self.workspace, self.lines, self.keep = workspace, lines, keep
        self.threads, self.beam_size = threads, beam_size

    def __call__(self, run: Run) -> str:
        """Keep a snapshot and score where the run stands; return a line of progress."""
        record: dict[str, Any] = {"step": run.progress.step, "tokens": run.progress.tokens}
        if self.lines:
            record |= self._score(run.masters.weights(), run.progress)
        if self.keep:
            self._snapshot(run)
            kept = self.snapshots()
            if self.lines and len(kept) > 1:
                weights, progress = average(kept)
                record |= {f"mean_{k}": v for k, v in self._score(weights, progress).items()}
                record["mean_of"] = len(kept)
        if not self.lines:
            return f"dev step {record['step']}: kept {len(self.snapshots())} snapshots"
        with (self.workspace.folder / "dev.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(record) + "\n")
        return _line(record)

    def snapshots(self) -> list[Path]:
        """Return the snapshots kept, oldest first."""
        return sorted(self.workspace.folder.glob(SNAPSHOTS))

    def _snapshot(self, run: Run) -> None:
        run.save_weights(self.workspace.folder / f"weights-{run.progress.step:08d}.pt")
        for old in self.snapshots()[: -self.keep]:
            old.unlink()

    def _score(self, weights: dict[str, Tensor], progress: Progress) -> dict[str, float]:
        lines = self.lines or Lines([], [])
        with tempfile.TemporaryDirectory(dir=self.workspace.folder, prefix="dev-") as temporary:
            model = Path(temporary)
            self._write(weights, model, progress)
            outputs = self._translate(model, lines.sources)
        # No intervals here: a thousand resamplings at every look would cost more than decoding.
        metrics = {"bleu": sacrebleu_metrics().BLEU(), "chrf": sacrebleu_metrics().CHRF()}
        scores = {n: m.corpus_score(outputs, [lines.references]) for n, m in metrics.items()}
        return {name: round(float(score.score), 2) for name, score in scores.items()}

    def _write(self, weights: dict[str, Tensor], model: Path, progress: Progress) -> None:
        recipe = self.workspace.recipe
        weights = {name: tensor.cpu() for name, tensor in weights.items()}
        export(
            weights,
            self.workspace.vocabulary,
            model,
            shape=recipe.shape,
            languages=recipe.languages,
        )
        for path in (self.workspace.lexicon, self.workspace.words):
            if path.is_file():
                shutil.copyfile(path, model / path.name)
        made = manifest(model, recipe=recipe, tokens=progress.tokens, hours=0.0, version=0)
        write_json(model / "model.json", made)

    def _translate(self, model: Path, sources: Sequence[str]) -> list[str]:
        source_lang, target_lang = self.workspace.recipe.languages
        translator = Translator(
            str(model),
            source_lang=source_lang,
            target_lang=target_lang,
            beam_size=self.beam_size,
            threads=self.threads,
        )
        return [rendering.text for rendering in translator.render(sources)]


def _line(record: dict[str, Any]) -> str:
    line = f"dev step {record['step']} BLEU {record['bleu']:.2f} chrF {record['chrf']:.2f}"
    if "mean_of" not in record:
        return line
    mean = f"BLEU {record['mean_bleu']:.2f} chrF {record['mean_chrf']:.2f}"
    return f"{line}, mean of the last {record['mean_of']}: {mean}"
