"""Continue training a model on a user's translation memory: ``summlib train``.

The memory is divided by chance into lines to learn, lines that say when to
stop, and lines that are only reported on: they are translated before and
after by the decoder that users run, and nothing is chosen by them.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summlib import __version__, adequacy, settings, store
from summlib.errors import InputError, MissingDependency
from summlib.records import Score
from summlib.scores.bleu import bleu
from summlib.scores.chrf import chrf
from summlib.text.lexicon import Lexicon
from summlib.training.corpus import Pair
from summlib.training.memory import REHEARSAL, Memory, Split, read_memory, rehearsal, split
from summlib.training.recipe import Recipe, Schedule
from summlib.training.tuned_lists import write_lists
from summlib.translator import LEXICON, Translator

if TYPE_CHECKING:
    from summlib.training.adaptation import Adapted
    from summlib.training.batches import Examples

NEEDED = ("torch", "safetensors", "numpy", "transformers", "sacrebleu")

TREATMENTS = {
    **{"mask": 0.4, "nouns": 0.25, "hint": 0.35},
    **{"noise": 0.03, "lexicon": 0.05, "numbers": 0.1},
}
"""As in the recipe of the bundled model, with more lines made by rule: they come with
the package, and rehearse what the memory does not hold."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Options:
    """How far to go.

    Args:
        held_out: Lines kept back to report on; 0 for 5 %, at least 20, at most 500.
        learning_rate: Of Adam.
        epochs: Times over the memory at most; the loss mostly stops it before.
        share: How far to go from the old weights to the new, 0 to 1.
        minutes: Time to train at most.
        seed: Seed of every random choice.
        threads: Cores to use; by default those free, at most 4.
        device: ``cpu`` or ``cuda``.
    """

    held_out: int = 0
    learning_rate: float = 5e-5
    epochs: int = 12
    share: float = 0.5
    minutes: float = 10.0
    seed: int = 1
    threads: int | None = None
    device: str = "cpu"


@dataclass(frozen=True)
class Figures:
    """How the lines kept back were translated."""

    bleu: Score
    chrf: Score

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain data."""
        return {"bleu": asdict(self.bleu), "chrf": asdict(self.chrf)}


@dataclass(frozen=True)
class Tuned:
    """What came of it.

    Args:
        folder: The new model.
        before: Figures of the model that was started from.
        after: Figures of the new one.
        facts: Everything else that the card tells, as plain data.
    """

    folder: Path
    before: Figures
    after: Figures
    facts: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain data."""
        scores = {"before": self.before.to_dict(), "after": self.after.to_dict()}
        return {"folder": str(self.folder), "scores": scores, **self.facts}


def tune(
    model: str | Path,
    memory: Path,
    out: Path,
    *,
    options: Options | None = None,
    rehearse: Path | None = None,
    force: bool = False,
    report: Report = lambda line: None,
) -> Tuned:
    """Make a model of one's own from a model and a translation memory.

    ``out`` appears whole or not at all, and opens like any model.

    Args:
        model: Name or folder of the model to start from.
        memory: ``.tmx``, or lines of source, a tab and target.
        out: Folder of the new model.
        options: How far to go.
        rehearse: Other text in the form of a memory, as many lines of which are
            mixed into each epoch as the memory has, so that it is not forgotten.
        force: Replace ``out`` if it exists.
        report: Gets a line for each step.

    Raises:
        MissingDependency: torch or another package of the extra ``train`` is absent.
        InputError: The memory cannot be used, ``out`` exists, or the model has no
            weights that can be trained on.
        ModelNotFound: No such model.
        ModelDamaged: A file of the model is missing or altered.
    """
    require()
    options = options or Options()
    _check(options)
    if out.exists() and not (force and (out / "model.json").is_file()):
        raise InputError(f"{out} exists; give another folder, or --force to replace a model there")
    start = store.open_verified(model, parts=("",))
    langs = {"source_lang": start.source_lang, "target_lang": start.target_lang}
    read = read_memory(memory, **langs)
    parts = split(read.pairs, held_out=options.held_out, seed=options.seed)
    report(_division(read, parts))
    mixed = rehearsal(rehearse, parts, **langs) if rehearse else []
    before = score(start.path, parts.reported, options)
    report(f"before: {before.bleu}, {before.chrf}")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as temporary:
        folder = Path(temporary) / out.name
        facts = _make(start, read, parts, mixed, folder, options, report)
        after = score(folder, parts.reported, options)
        report(f"after: {after.bleu}, {after.chrf}")
        tuned = Tuned(out, before, after, facts)
        _describe(start, folder, tuned)
        if out.exists():
            out.replace(Path(temporary) / "replaced")
        folder.replace(out)
    return tuned


def require() -> None:
    """Check that what training needs is installed.

    Raises:
        MissingDependency: A package is absent.
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise MissingDependency(
            f"training needs {', '.join(missing)}, not installed; run: pip install 'summlib[train]'"
        )


def _check(options: Options) -> None:
    if not 0 < options.share <= 1:
        raise InputError(f"share is {options.share}; give a number above 0, at most 1")
    for name in ("learning_rate", "epochs", "minutes"):
        if getattr(options, name) <= 0:
            raise InputError(f"{name} is {getattr(options, name)}; give a number above 0")


def _division(read: Memory, parts: Split) -> str:
    left_out = "".join(f", {n} {reason}" for reason, n in read.refused.most_common())
    return (
        f"{read.name}: {len(read.pairs)} pairs{left_out}; {len(parts.learned)} to learn, "
        f"{len(parts.watched)} to stop by, {len(parts.reported)} to report on, "
        f"{parts.leaked} left out because they repeat one of these"
    )


def score(model: Path, pairs: Sequence[Pair], options: Options) -> Figures:
    """Translate lines with the decoder that users run, and score them."""
    info = store.find(model)
    translator = Translator(
        str(model),
        source_lang=info.source_lang,
        target_lang=info.target_lang,
        threads=options.threads,
    )
    translations = translator([p.source for p in pairs], layout="keep", detect=False)
    outputs = [str(translation) for translation in translations]
    references = [pair.target for pair in pairs]
    return Figures(bleu(outputs, references), chrf(outputs, references))


def _make(
    start: store.ModelInfo,
    read: Memory,
    parts: Split,
    mixed: list[Pair],
    folder: Path,
    options: Options,
    report: Report,
) -> dict[str, Any]:
    """Train, write weights and lists into ``folder``, and return the facts for the card."""
    from summlib.training.adaptation import blend, open_network
    from summlib.training.card import manifest, write_json
    from summlib.training.export import export

    network = open_network(start.path)
    old = {name: tensor.detach().clone() for name, tensor in network.named_parameters()}
    recipe = _recipe(start, folder.name, read.name, options, network.shape, network.pad + 1)
    begin = time.monotonic()
    if mixed:
        recipe.weights[REHEARSAL] = round(min(1.0, len(parts.learned) / len(mixed)), 4)
    adapted = _train(network, recipe, start, parts, mixed, options, report)
    with tempfile.TemporaryDirectory() as temporary:
        vocabulary = Path(temporary)
        shutil.copyfile(start.path / "source.spm", vocabulary / "spm.model")
        shutil.copyfile(start.path / "vocab.json", vocabulary / "vocab.json")
        languages = recipe.languages
        weights = blend(old, adapted.weights, options.share)
        export(weights, vocabulary, folder, shape=network.shape, languages=languages)
    write_lists(start.path, folder, parts.learned)
    (folder / "recipe.toml").write_text(to_toml(recipe), encoding="utf-8")
    minutes = (time.monotonic() - begin) / 60
    made = manifest(folder, recipe=recipe, tokens=adapted.tokens, hours=minutes / 60, version=1)
    write_json(folder / "model.json", made)
    return {
        "from": {"name": start.name, "version": start.version, "licence": start.licence},
        "memory": {
            "file": read.file,
            "pairs": len(read.pairs),
            "refused": dict(read.refused),
            **{part: len(getattr(parts, part)) for part in ("learned", "watched", "reported")},
            "leaked": parts.leaked,
            "rehearsed": len(mixed),
        },
        "options": {key: value for key, value in asdict(options).items() if key != "threads"},
        "steps": adapted.steps,
        "tokens": adapted.tokens,
        "minutes": round(minutes, 1),
        "loss": {"before": round(adapted.loss_before, 4), "after": round(adapted.loss_after, 4)},
        "summlib": __version__,
    }


def _recipe(
    start: store.ModelInfo, name: str, memory: str, options: Options, shape: Any, vocabulary: int
) -> Recipe:
    treatments = dict(TREATMENTS)
    if not (start.path / LEXICON).is_file():
        treatments |= {"hint": 0.0, "lexicon": 0.0}
    return Recipe(
        name=name,
        task=start.task,
        languages=[start.source_lang, start.target_lang],
        seed=options.seed,
        start=f"{start.name}, version {start.version}",
        vocabulary=vocabulary,
        weights={memory: 1.0},
        augment=treatments,
        shape=shape,
        schedule=Schedule(
            batch_tokens=1024,
            optimizer="adam",
            adam_lr=options.learning_rate,
            warmup_steps=8,
            decay_share=0.0,
            smoothing=0.1,
        ),
    )


def _train(
    network: Any,
    recipe: Recipe,
    start: store.ModelInfo,
    parts: Split,
    mixed: list[Pair],
    options: Options,
    report: Report,
) -> Adapted:
    import torch

    from summlib.training.adaptation import adapt
    from summlib.training.batches import encode_pairs
    from summlib.training.passes import make_pairs
    from summlib.training.vocabulary import load_processor

    torch.set_num_threads(settings.threads(options.threads))
    processor = load_processor(start.path)
    found = (start.path / LEXICON).is_file()
    lexicon = Lexicon.open(start.path / LEXICON) if found else Lexicon({})
    known = (start.path / adequacy.FILE).is_file()
    table = adequacy.TranslationTable(start.path / adequacy.FILE, lexicon) if known else None

    def encoded(pairs: list[Pair], chosen: Recipe, index: int) -> Examples:
        made = make_pairs(pairs, chosen, index, lexicon=lexicon, table=table)
        return encode_pairs(made, processor)

    # Watched lines look like those of real use: stand-ins and hints, no noise, nothing added.
    calm = replace(recipe, augment={k: recipe.augment[k] for k in ("mask", "nouns", "hint")})
    return adapt(
        network.to(torch.device(options.device)),
        lambda epoch: encoded([*parts.learned, *mixed], recipe, epoch),
        encoded(parts.watched, calm, 0),
        schedule=recipe.schedule,
        epochs=options.epochs,
        seed=options.seed,
        stop_after_s=60 * options.minutes,
        report=report,
    )


def to_toml(recipe: Recipe) -> str:
    """Return a recipe as ``load_recipe`` reads it."""
    tables = {k: v for k, v in asdict(recipe).items() if isinstance(v, dict)}
    lines = [f"{k} = {json.dumps(v)}" for k, v in asdict(recipe).items() if k not in tables]
    for name, table in tables.items():
        lines += ["", f"[{name}]"]
        lines += [f"{json.dumps(key)} = {json.dumps(value)}" for key, value in table.items()]
    return "\n".join(["# Written by summlib train.", *lines, ""])


def _describe(start: store.ModelInfo, folder: Path, tuned: Tuned) -> None:
    """Write ``model.json`` and README.md."""
    from summlib.training.card import write_json
    from summlib.training.tuned_card import render

    made = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    made["licence"] = f"{start.licence}; the terms of the memory apply to what was learned from it"
    pairs = tuned.facts["memory"]["file"]
    command = f"summlib train --from {start.name} --pairs {pairs} --out {folder.name}"
    made["recipe"]["command"] = command
    description = {
        **made,
        "limits": start.card.get("limits", []),
        "data": start.card.get("data", {}),
        "dictionary": start.card.get("dictionary", {}),
        "tuned": {key: value for key, value in tuned.to_dict().items() if key != "folder"},
    }
    write_json(folder / "model.json", description)
    (folder / "README.md").write_text(render(description), encoding="utf-8")
