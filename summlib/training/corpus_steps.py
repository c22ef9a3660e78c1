"""The steps from text to encoded examples: fetch, fuse, collect, lexicon, vocabulary, pass."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from summlib.text.separable import join_separated
from summlib.training.steps import (
    ANY,
    EXISTING,
    FOLDER,
    note,
    refuse_option,
    steps,
    threads_option,
    with_recipe,
)
from summlib.training.workspace import need, open_workspace


@steps.command("fetch")
@click.argument("names", nargs=-1, required=True)
@click.argument("out", type=ANY)
def fetch_step(names: tuple[str, ...], out: Path) -> None:
    """Download collections NAMES (as mtdata has them) into the folder OUT.

    \b
    Example:
      python -m summlib.training fetch OPUS-europarl-v8-deu-eng corpus
    """
    from summlib.training.opus import fetch

    for path in fetch(names, out):
        click.echo(path)


@steps.command("fuse")
@click.argument("corpora", type=EXISTING, nargs=-1, required=True)
@click.argument("out", type=ANY)
@refuse_option
@click.option(
    "--words",
    type=EXISTING,
    default=Path("models/de-en/words.txt.gz"),
    show_default=True,
    help="German word forms that are no names.",
)
@click.option("--every", default=1, show_default=True, help="Take one document of so many.")
@click.option(
    "--share",
    type=click.FloatRange(0, 1),
    default=0.75,
    show_default=True,
    help="Share of a lead sentence's content words that the text must hold.",
)
def fuse_step(
    corpora: tuple[Path, ...],
    out: Path,
    refuse: tuple[Path, ...],
    words: Path,
    every: int,
    share: float,
) -> None:
    """Make the rewriter's pairs from CORPORA of documents with a person's lead.

    \b
    Example, followed by collect, pass and run with a recipe of task = "rewrite":
      python -m summlib.training fuse swiss-lead.train.jsonl.xz fused --refuse dev
    """
    from summlib.training.contamination import protect_folders
    from summlib.training.fusion import fuse

    protected = protect_folders(refuse)
    tally = fuse(corpora, out, words=words, protected=protected, every=every, share=share)
    click.echo(json.dumps(tally.to_dict(), ensure_ascii=False))


@steps.command("drill")
@click.argument("corpora", type=EXISTING, nargs=-1, required=True)
@click.argument("out", type=ANY)
@refuse_option
@click.option("--every", default=1, show_default=True, help="Take one document of so many.")
def drill_step(corpora: tuple[Path, ...], out: Path, refuse: tuple[Path, ...], every: int) -> None:
    """Make the rewriter's exercises by rule from CORPORA of documents.

    \b
    Example, beside what fuse writes:
      python -m summlib.training drill swiss-lead.train.jsonl.xz fused --refuse dev --every 40
    """
    from summlib.training.contamination import protect_folders
    from summlib.training.drills import drill

    counts = drill(corpora, out, protected=protect_folders(refuse), every=every)
    click.echo(json.dumps(counts))


@steps.command("collect")
@click.argument("folders", type=FOLDER, nargs=-1, required=True)
@refuse_option
@with_recipe
def collect_step(
    folders: tuple[Path, ...],
    refuse: tuple[Path, ...],
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Clean the sources in FOLDERS (NAME.tsv or NAME.tsv.xz) into one file.

    \b
    Example, with the text that was written for the model:
      python -m summlib.training collect corpus/parallel models/de-en --refuse dev
    """
    from summlib.training.contamination import protect_folders
    from summlib.training.corpus import collect, fault, rewriting_fault

    workspace = open_workspace(recipe, work)
    unfit = rewriting_fault if workspace.recipe.task == "rewrite" else fault
    protected = protect_folders(refuse)
    report = collect(folders, workspace.corpus, protected=protected, exclude=exclude, unfit=unfit)
    for name in sorted(report.pairs.keys() - workspace.recipe.weights.keys()):
        note(f"source {name} has no weight in {recipe}: it will not be drawn")
    click.echo(json.dumps({"pairs": report.pairs.total(), "refused": report.refused}))


@steps.command("lexicon")
@click.argument("folders", nargs=-1, type=FOLDER, required=True)
@with_recipe
def lexicon_step(
    folders: tuple[Path, ...], recipe: Path, work: Path | None, exclude: tuple[str, ...]
) -> None:
    """Build the dictionary of hints from the word lists in FOLDERS and the corpus."""
    from summlib.training import corpus, lexicon

    workspace = open_workspace(recipe, work, exclude=exclude)
    pairs = corpus.load(need(workspace.corpus, "collect"))
    click.echo(f"{lexicon.build(folders, pairs, workspace.lexicon)} lines in {workspace.lexicon}")


@steps.command("separable")
@click.argument("texts", nargs=-1, type=EXISTING, required=True)
@click.argument("out", type=EXISTING)
def separable_step(texts: tuple[Path, ...], out: Path) -> None:
    """Learn from TEXTS (German, .txt or .txt.xz) which verbs leave which particles behind.

    OUT is the table to write anew; its head is kept.

    \b
    Example:
      python -m summlib.training separable mono.txt.xz summlib/text/data/separable.de.txt
    """
    from summlib.training.corpus import open_text
    from summlib.training.separable import count_words, learn_separable, write_separable

    counts: Counter[str] = Counter()
    for path in texts:
        with open_text(path) as lines:
            counts.update(count_words(lines))
    click.echo(f"{write_separable(learn_separable(counts), out)} forms in {out}")


@steps.command("words")
@click.option("--at-least", default=8, show_default=True, help="Occurrences a form must have.")
@with_recipe
def words_step(at_least: int, recipe: Path, work: Path | None, exclude: tuple[str, ...]) -> None:
    """List the German word forms that the corpus holds often."""
    from summlib.training import corpus
    from summlib.training.wordlist import write_words

    workspace = open_workspace(recipe, work, exclude=exclude)
    pairs = corpus.load(need(workspace.corpus, "collect"))
    lines = (join_separated(pair.source) for pair in pairs)
    count = write_words(lines, workspace.words, at_least=at_least)
    click.echo(f"{count} forms in {workspace.words}")


@steps.command("translations")
@click.argument("folders", nargs=-1, type=FOLDER)
@with_recipe
def translations_step(
    folders: tuple[Path, ...], recipe: Path, work: Path | None, exclude: tuple[str, ...]
) -> None:
    """Learn which English words render which German ones, from the lines of pass 0.

    FOLDERS may hold written-glosses.tsv: forms with the English to take instead.
    """
    from summlib.training import corpus
    from summlib.training.translations import learn, read_glosses

    workspace = open_workspace(recipe, work, exclude=exclude)
    chosen = workspace.recipe
    pairs = corpus.load(need(workspace.corpus, "collect"))
    drawn = corpus.draw(pairs, chosen.weights, seed=chosen.seed, index=0)
    drawn = [replace(pair, source=join_separated(pair.source)) for pair in drawn]
    click.echo(
        f"{learn(drawn, workspace.table, written=read_glosses(folders))} stems in {workspace.table}"
    )


@steps.command("vocabulary")
@click.option("--mono", type=EXISTING, multiple=True, help="German prose to learn from as well.")
@threads_option
@with_recipe
def vocabulary_step(
    mono: tuple[Path, ...],
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Learn the pieces of both languages from the lines of pass 0."""
    from summlib.training import corpus, vocabulary

    workspace = open_workspace(recipe, work, exclude=exclude)
    chosen = workspace.recipe
    pairs = corpus.load(need(workspace.corpus, "collect"))
    drawn = corpus.draw(pairs, chosen.weights, seed=chosen.seed, index=0)
    lines = vocabulary.sample_lines(drawn, mono, seed=chosen.seed)
    out = workspace.vocabulary
    vocabulary.train_vocabulary(lines, out, size=chosen.vocabulary, threads=threads)
    click.echo(f"{chosen.vocabulary} pieces in {out}")


@steps.command("pass")
@click.argument("number", type=click.IntRange(min=0))
@click.option("--lines", default=0, help="Draw only so many lines; 0 for all.")
@threads_option
@with_recipe
def pass_step(
    number: int,
    lines: int,
    threads: int,
    recipe: Path,
    work: Path | None,
    exclude: tuple[str, ...],
) -> None:
    """Prepare and keep pass NUMBER, so that the run finds it ready."""
    from summlib.training.passes import Passes

    workspace = open_workspace(recipe, work, exclude=exclude)
    examples = Passes(workspace, threads=threads, lines=lines, report=note)(number)
    click.echo(f"{len(examples.source)} pairs in {workspace.cached(number)}")
