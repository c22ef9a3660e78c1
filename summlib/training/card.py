"""Write what stands beside the weights: ``model.json`` for programs, README.md for people.

The card is made from what was measured and counted; nothing in it is typed by
hand but the mistakes, which a reader of the output has to find.
"""

from __future__ import annotations

import json
import re
import struct
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

from summlib import store
from summlib.errors import InputError
from summlib.training.evaluation import numbers_table, table
from summlib.training.recipe import Recipe, Shape
from summlib.training.workspace import COMMAND
from summlib.translator import LANGUAGE_NAMES

LICENCE = "CC BY-SA 4.0"
"""Of the weights: some sources are share-alike."""

NEEDED = ("ct2/*", "*.txt.gz", "*.rows")
"""Files that summlib runs on, as patterns."""

OPTIONAL = ("*.safetensors", "config.json", "*_config.json", "vocab.json", "*.spm")
"""Files for transformers, which an installed summlib does without."""

LIMITS = (
    "It reads one sentence at a time and knows nothing of the one before: a pronoun may get "
    "the wrong gender.",
    "It is small and has seen 150 million target tokens. Of the sentences of news "
    "about every second still has an error that changes its meaning; short ones fare better, "
    "long ones worse. Read the source where it matters.",
    "Sentences above 190 pieces (some 120 words) are split at their clauses, and the translation "
    "says so.",
    "It is small. Idioms, verse, slang, dialect and long nested sentences come out wrong more "
    "often than with the large systems in the table.",
    "Words and names it never saw are copied or told by the dictionary; a wrong sense of the "
    "dictionary is then followed.",
    "It may drop or turn round a negation. summlib checks for that and reports what it finds; "
    "the check misses some.",
)

SWISS = """The Swiss press releases (`swiss-gov`) are official texts of the Swiss Federal \
Administration; they were collected by a third party, whose README says CC BY-NC-SA for the \
collection."""

NEWSTEST = """`newstest-2008-2017` are WMT test sets of past years, free for research: figures of \
this model on them are worthless."""


def write_card(
    folder: Path,
    *,
    recipe: Recipe,
    report: Mapping[str, Any],
    scores: Mapping[str, Any],
    example: tuple[str, str],
    mistakes: Sequence[Mapping[str, str]],
    tokens: int,
    hours: float,
    version: int,
    sources: Mapping[str, Mapping[str, str]] | None = None,
) -> None:
    """Write ``model.json`` and README.md into a model's folder.

    Args:
        folder: Holds the exported model.
        recipe: What it was made by.
        report: What ``collect`` counted.
        scores: What ``evaluate`` returned.
        example: A German sentence and what the model makes of it.
        mistakes: Each with ``source``, ``output`` and ``wrong``.
        tokens: Target tokens trained on.
        hours: Time that took.
        version: Grows with every new set of weights.
        sources: Licences by source; by default those of ``data/sources.toml``.

    Raises:
        InputError: A source has no licence, or a mistake lacks a key.
    """
    known = sources if sources is not None else read_sources()
    made = manifest(folder, recipe=recipe, tokens=tokens, hours=hours, version=version)
    description = {
        **made,
        "limits": list(LIMITS),
        "data": describe_data(recipe, report, known),
        "dictionary": read_lists() if "lexicon.rows" in made["files"] else {},
        "scores": dict(scores),
    }
    readme = render_readme(description, recipe, report, example, mistakes)
    write_json(folder / "model.json", description)
    (folder / "README.md").write_text(readme, encoding="utf-8")


def manifest(
    folder: Path, *, recipe: Recipe, tokens: int, hours: float, version: int
) -> dict[str, Any]:
    """Return the part of ``model.json`` that ``summlib.store`` needs to open the model."""
    return {
        "format": store.FORMAT,
        "name": recipe.name,
        "task": recipe.task,
        "languages": list(recipe.languages),
        "version": version,
        "licence": LICENCE,
        "verb_masks": bool(recipe.augment.get("verb_masks")),
        "files": list_files(folder),
        "parameters": count_parameters(folder / "model.safetensors"),
        "recipe": {
            "command": f"{COMMAND} run --recipe models/{recipe.name}/recipe.toml",
            "seed": recipe.seed,
            "tokens": tokens,
            "hours": round(hours, 1),
            "start": recipe.start or "chance",
            "shape": asdict(recipe.shape),
        },
    }


def write_json(path: Path, table: Mapping[str, Any]) -> None:
    """Write plain data, readable in a diff."""
    text = json.dumps(table, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def list_files(folder: Path) -> dict[str, dict[str, Any]]:
    """Return sha256 and bytes of a model's files; those for transformers are optional."""
    files: dict[str, dict[str, Any]] = {}
    for patterns, more in ((NEEDED, {}), (OPTIONAL, {"optional": True})):
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
            name = path.relative_to(folder).as_posix()
            files[name] = {"sha256": store.sha256(path), "bytes": path.stat().st_size, **more}
    return files


def count_parameters(path: Path) -> int:
    """Return the number of weights in a safetensors file; the constant bias does not count."""
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
    shapes = [
        t["shape"] for n, t in header.items() if n not in ("__metadata__", "final_logits_bias")
    ]
    return sum(_product(shape) for shape in shapes)


def _product(numbers: Iterable[int]) -> int:
    total = 1
    for number in numbers:
        total *= number
    return total


def read_sources(*more: Path) -> dict[str, dict[str, str]]:
    """Return what is known of each source: ``licence``, ``about``, perhaps ``note``.

    Args:
        more: TOML files of the same form, for sources of one's own.
    """
    found = _read_data("sources.toml")
    for path in more:
        found.update(tomllib.loads(path.read_text(encoding="utf-8")))
    return found


def read_lists() -> dict[str, dict[str, str]]:
    """Return ``licence`` and ``about`` of each word list that the dictionary is built from."""
    return _read_data("lists.toml")


def _read_data(name: str) -> dict[str, dict[str, str]]:
    path = resources.files("summlib.training") / "data" / name
    table: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return table


def describe_data(
    recipe: Recipe, report: Mapping[str, Any], sources: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, Any]]:
    """Return pairs, words, weight and licence of every source that was drawn from.

    Raises:
        InputError: A source has no licence.
    """
    used = {n: w for n, w in sorted(recipe.weights.items()) if w > 0 and n in report["pairs"]}
    missing = sorted(used.keys() - sources.keys())
    if missing:
        raise InputError(
            f"no licence is known of {', '.join(missing)}; state it in a TOML file ([NAME], "
            "licence = ..., about = ...) and give that with --sources"
        )
    return {
        name: {
            "pairs": report["pairs"][name],
            "german_words": report["german_words"][name],
            "weight": weight,
            **sources[name],
        }
        for name, weight in used.items()
    }


def read_mistakes(path: Path) -> list[dict[str, str]]:
    """Read mistakes from a TOML file of ``[[mistake]]`` with ``source``, ``output``, ``wrong``.

    Raises:
        InputError: The file is absent, no TOML, or a mistake lacks a key.
    """
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["mistake"]
        return [{key: row[key] for key in ("source", "output", "wrong")} for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} cannot be used ({error!r}): give [[mistake]] with source, output and wrong"
        ) from error


def render_readme(
    card: Mapping[str, Any],
    recipe: Recipe,
    report: Mapping[str, Any],
    example: tuple[str, str],
    mistakes: Sequence[Mapping[str, str]],
) -> str:
    """Return README.md.

    Args:
        card: What goes into ``model.json``.
        recipe: What the model was made by.
        report: What ``collect`` counted.
        example: A German sentence and what the model makes of it.
        mistakes: Each with ``source``, ``output`` and ``wrong``.
    """
    data, scores = card["data"], card["scores"]
    template = resources.files("summlib.training") / "data" / "card.md"
    text = Template(template.read_text(encoding="utf-8")).substitute(
        name=card["name"],
        languages=", ".join(card["languages"]),
        intro=_intro(recipe),
        example_source=example[0],
        example_code=json.dumps(example[0], ensure_ascii=False),
        example_target=example[1],
        beam=scores.get("beam_size", 4),
        scores=table(dict(scores)),
        numbers=_numbers(scores),
        signatures=", ".join(f"`{s}`" for s in _signatures(scores)),
        mistakes="\n".join(_mistake(m) for m in mistakes),
        limits="\n".join(f"- {limit}" for limit in card["limits"]),
        pairs=f"{sum(row['pairs'] for row in data.values()):,}",
        words=f"{sum(row['german_words'] for row in data.values()):,}",
        sources=len(data),
        swiss=SWISS if "swiss-gov" in data else "",
        newstest=NEWSTEST if "newstest-2008-2017" in data else "",
        data=_data_table(data),
        dictionary=_dictionary(card["dictionary"]),
        refused=f"{report['refused'].get('in a test set', 0):,}",
        command=card["recipe"]["command"],
        seed=card["recipe"]["seed"],
        tokens=f"{card['recipe']['tokens'] / 1e6:.1f} million",
        hours=card["recipe"]["hours"],
        shape=_shape(recipe.shape),
        start=f"It began with {recipe.start}." if recipe.start else "",
        parameters=f"{card['parameters'] / 1e6:.1f} million",
        size=_size(card["files"], optional=False),
        transformers=f", {_size(card['files'], optional=True)} more for transformers (fp16)",
        speed=_speed(scores),
        licence=card["licence"],
    )
    # Parts that this model has no use for leave blank lines.
    return re.sub(r" *\n(?:\n{2,})?", lambda m: "\n\n" if m[0].count("\n") > 1 else "\n", text)


def _intro(recipe: Recipe) -> str:
    source, target = (LANGUAGE_NAMES.get(lang, lang) for lang in recipe.languages)
    return f"A small model that translates {source} to {target} offline, on an ordinary computer."


def _signatures(scores: Mapping[str, Any]) -> list[str]:
    rows = [r for r in scores["sets"] if r["system"] == "summlib"]
    found = [row[key]["signature"].split("|n:")[0] for row in rows for key in ("bleu", "chrf")]
    return sorted({*found, *([scores["translator"]] if scores.get("translator") else [])})


def _numbers(scores: Mapping[str, Any]) -> str:
    if not scores["numbers"]:
        return ""
    return f"Numbers that came through right:\n\n{numbers_table(dict(scores))}\n"


def _mistake(mistake: Mapping[str, str]) -> str:
    return f"- {mistake['source']}\n  → {mistake['output']}\n  *{mistake['wrong']}*"


def _data_table(data: Mapping[str, Mapping[str, Any]]) -> str:
    lines = ["| source | what | pairs | German words | weight | licence |"]
    lines.append("|---|---|---:|---:|---:|---|")
    for name, row in data.items():
        about = f"{row['about']}; {row['note']}" if row.get("note") else row["about"]
        counts = f"{row['pairs']:,} | {row['german_words']:,} | {row['weight']:g}"
        lines.append(f"| {name} | {about} | {counts} | {row['licence']} |")
    return "\n".join(lines)


def _dictionary(lists: Mapping[str, Mapping[str, str]]) -> str:
    if not lists:
        return ""
    rows = (f"- {name}: {row['about']} ({row['licence']})" for name, row in lists.items())
    return "\n".join(["The dictionary of hints (`lexicon.rows`) was built from:", "", *rows])


def _shape(shape: Shape) -> str:
    layers = f"{shape.encoder_layers}+{shape.decoder_layers} layers"
    return f"d={shape.d_model}, ffn={shape.d_ffn}, {layers}, {shape.heads} heads"


def _size(files: Mapping[str, Mapping[str, Any]], *, optional: bool) -> str:
    size = sum(f["bytes"] for f in files.values() if bool(f.get("optional")) == optional)
    return f"{size / 1e6:.1f} MB"


def _speed(scores: Mapping[str, Any]) -> str:
    speed = scores.get("speed", {})
    if "words_per_s" not in speed:
        return ""
    where = f" on {speed['threads']} core(s)" if "threads" in speed else ""
    return f"{speed['words_per_s']:,} source words a second{where}, checks included."
