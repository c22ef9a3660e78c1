"""Make the examples of each pass: draw, prepare, mask, augment, encode, keep.

A pass is given by the recipe and its number alone, so it can be made ahead of
time, on another machine, or in the middle of a run. It is kept as
``pass-N.npz``: both sides' ids, end to end, with the places where lines begin.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from summlib.adequacy import TranslationTable
from summlib.errors import InputError
from summlib.text.lexicon import Lexicon
from summlib.text.masks import MARK
from summlib.text.prepare import plain, prepare
from summlib.training import corpus
from summlib.training.augment import Augmenter
from summlib.training.batches import Encoded, Examples, encode_pairs
from summlib.training.constructions import construct
from summlib.training.corpus import Pair
from summlib.training.fronting import front_object
from summlib.training.masking import Masker, count_forms
from summlib.training.recipe import Recipe
from summlib.training.swapping import Swapper, count_genders
from summlib.training.verbs import VerbSwapper
from summlib.training.vocabulary import load_processor
from summlib.training.workspace import Workspace, need

TRUSTED = 0.15
"""Weight from which a source's prose is modern and plain enough to be turned round."""


def make_pairs(
    pairs: list[Pair],
    recipe: Recipe,
    index: int,
    *,
    lexicon: Lexicon,
    table: TranslationTable | None = None,
    lines: int = 0,
) -> list[Pair]:
    """Return the pairs of pass ``index`` as the model will read them.

    Args:
        pairs: All pairs of the corpus.
        recipe: Weights, seed and the shares of each treatment.
        index: Number of the pass, from 0.
        lexicon: Where hints and dictionary lines come from.
        table: Tells which nouns can be masked beside what renders them.
        lines: Draw only so many lines; 0 for all.
    """
    if recipe.task == "rewrite":
        return _rewritings(pairs, recipe, index, lines=lines)
    shares = recipe.augment
    masker = Masker(
        count_forms(pair.source for pair in pairs),
        shares.get("mask", 0.0),
        table=table,
        nouns=shares.get("nouns", 0.0),
        verbs=shares.get("verb_masks", 0.0),
    )
    drawn = corpus.draw(pairs, recipe.weights, seed=recipe.seed, index=index)[: lines or None]
    rng = random.Random(f"{recipe.seed}:{index}:augment")
    augment = Augmenter(lexicon, shares)
    # Noise could change a stand-in on one side only, so masked lines get hints alone.
    hint = Augmenter(lexicon, {"hint": shares.get("hint", 0.0)})
    swap = _swapper(drawn, shares.get("swap", 0.0), lexicon, table)
    swap_verbs = _verb_swapper(drawn, shares.get("verbs", 0.0), lexicon)
    drawn += augment.synthetic(len(drawn), rng)
    drawn += _fronted(pairs, recipe, round(len(drawn) * shares.get("front", 0.0)), rng)
    drawn += [construct(rng) for _ in range(round(len(drawn) * shares.get("constructions", 0.0)))]
    rng.shuffle(drawn)
    made = []
    for pair in drawn:
        ready = replace(pair, source=prepare(pair.source), target=plain(pair.target))
        swaps = (exchange(ready, rng) for exchange in (swap_verbs, swap) if exchange)
        if swapped := next(filter(None, swaps), None):
            made.append(swapped)
            continue
        masked = masker(ready, rng)
        made.append((hint if MARK in masked.source else augment)(masked, rng))
    return made


def _swapper(
    pairs: list[Pair], share: float, lexicon: Lexicon, table: TranslationTable | None
) -> Swapper | None:
    if not share or table is None:
        return None
    return Swapper(lexicon, table, count_genders(pair.source for pair in pairs), share)


def _verb_swapper(pairs: list[Pair], share: float, lexicon: Lexicon) -> VerbSwapper | None:
    if not share:
        return None
    return VerbSwapper(lexicon, share, english=count_forms(pair.target for pair in pairs))


def _fronted(pairs: list[Pair], recipe: Recipe, count: int, rng: random.Random) -> list[Pair]:
    """Return lines with their object first; old and technical prose is left alone."""
    if not count:
        return []
    trusted = (pair for pair in pairs if recipe.weights.get(pair.name, 0.0) >= TRUSTED)
    turned = [new for pair in trusted if (new := front_object(pair)) is not pair]
    weights = [recipe.weights[pair.name] for pair in turned]
    chosen = rng.choices(turned, weights, k=count) if turned else []
    return [replace(pair, name="front") for pair in chosen]


def _rewritings(pairs: list[Pair], recipe: Recipe, index: int, *, lines: int) -> list[Pair]:
    """Return the rewriter's pairs of a pass: marked already, one language, so masks alone.

    Numbers stay as they are written on both sides; hints and noise have no place here.
    With ``mask`` at 0 nothing is masked: only what both sides share can be, and a model
    that sees no other masks learns that each has to come up again.
    """
    drawn = corpus.draw(pairs, recipe.weights, seed=recipe.seed, index=index)[: lines or None]
    share = recipe.augment.get("mask", 0.0)
    if not share:
        return drawn
    masker = Masker(count_forms(p.source for p in pairs), share)
    rng = random.Random(f"{recipe.seed}:{index}:augment")
    return [masker(pair, rng) for pair in drawn]


class Passes:
    """The examples of each pass, made when first asked for and kept.

    Args:
        workspace: Where corpus, vocabulary and dictionary stand.
        threads: Threads to encode with.
        lines: Draw only so many lines a pass; 0 for all.
        report: Gets a line for each pass.
    """

    def __init__(
        self,
        workspace: Workspace,
        *,
        threads: int = 1,
        lines: int = 0,
        report: Callable[[str], None] = lambda line: None,
    ) -> None:
        self.workspace, self.threads, self.lines, self.report = workspace, threads, lines, report

    def __call__(self, index: int) -> Examples:
        """Return the examples of pass ``index``.

        Raises:
            InputError: A file is missing, or the kept pass is of another recipe.
        """
        path = self.workspace.cached(index)
        if path.exists():
            self.report(f"pass {index}: kept in {path}")
            return load_examples(path, key=self.key(index))
        examples = self._make(index)
        save_examples(examples, path, key=self.key(index))
        tokens = len(examples.target.ids)
        self.report(f"pass {index}: {len(examples.target)} pairs, {tokens} target tokens, {path}")
        return examples

    def _make(self, index: int) -> Examples:
        recipe = self.workspace.recipe
        processor = load_processor(need(self.workspace.vocabulary, "vocabulary"))
        pairs = corpus.load(need(self.workspace.corpus, "collect"))
        lexicon = self._lexicon()
        table = self._table(lexicon)
        made = make_pairs(pairs, recipe, index, lexicon=lexicon, table=table, lines=self.lines)
        if not made:
            raise InputError(f"pass {index} is empty: no source of the corpus has a weight")
        return encode_pairs(made, processor, threads=self.threads)

    def _table(self, lexicon: Lexicon) -> TranslationTable | None:
        shares = self.workspace.recipe.augment
        if not shares.get("nouns") and not shares.get("verb_masks"):
            return None
        return TranslationTable(need(self.workspace.table, "translations"), lexicon)

    def _lexicon(self) -> Lexicon:
        shares = self.workspace.recipe.augment
        if self.workspace.recipe.task == "rewrite":
            return Lexicon({})
        if not shares.get("hint") and not shares.get("lexicon"):
            return Lexicon({})
        return Lexicon.open(need(self.workspace.lexicon, "lexicon"))

    def key(self, index: int) -> str:
        """Return what a kept pass must agree on: recipe, number of lines and vocabulary."""
        recipe = self.workspace.recipe
        model = need(self.workspace.vocabulary, "vocabulary") / "spm.model"
        vocabulary = hashlib.sha256(model.read_bytes()).hexdigest()
        decides = [recipe.seed, index, self.lines, recipe.weights, recipe.augment, vocabulary]
        return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def save_examples(examples: Examples, path: Path, *, key: str = "") -> None:
    """Keep examples; the file is whole or absent, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part.npz")
    source, target = examples.source, examples.target
    np.savez(
        partial, s=source.ids, sb=source.begin, t=target.ids, tb=target.begin, key=np.array(key)
    )
    partial.replace(path)


def load_examples(path: Path, *, key: str = "") -> Examples:
    """Read kept examples.

    Raises:
        InputError: They were made with another key; a pass changed midway would
            train some lines twice and others never.
    """
    with np.load(path) as kept:
        found = str(kept["key"]) if "key" in kept else ""
        if key and found and found != key:
            raise InputError(
                f"{path} was made with other weights, shares, vocabulary or lines; "
                "delete it to make it anew"
            )
        return Examples(Encoded(kept["s"], kept["sb"]), Encoded(kept["t"], kept["tb"]))
