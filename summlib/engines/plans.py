"""How a checkpoint is fed for one task: prompt, languages, window, prescribed settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from summlib.engines.base import Options
from summlib.engines.checkpoints import Checkpoint
from summlib.engines.families import Family, Task
from summlib.errors import InputError, ModelDamaged


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine needs to know beside the weights.

    Args:
        checkpoint: The model.
        task: What it is asked for.
        window: Pieces an input may have.
        prompt: What stands before each text.
        source_code: The source language for the tokenizer, empty where it needs none.
        source_tag: A piece that stands before those of the text, empty for none.
        target_token: The piece an output must begin with, empty for none.
        prescribed: The checkpoint's own generation settings.
    """

    checkpoint: Checkpoint
    task: Task
    window: int
    prompt: str = ""
    source_code: str = ""
    source_tag: str = ""
    target_token: str = ""
    prescribed: Options = field(default_factory=Options)


def make_plan(
    checkpoint: Checkpoint,
    task: Task,
    *,
    source_lang: str,
    target_lang: str,
    window: int | None = None,
    prompt: str | None = None,
) -> Plan:
    """Plan how to ask a checkpoint for a task.

    Args:
        checkpoint: The model.
        task: ``translate`` or ``summarize``.
        source_lang: ISO 639-1, or a code of the family's own such as ``deu_Latn``.
        target_lang: The same; for a summary the language it is written in.
        window: Pieces an input may have, when less than the checkpoint allows.
        prompt: What stands before the text, when not what the family asks for.

    Raises:
        InputError: The family does not do the task or does not know a language.
    """
    family = checkpoint.family
    if task not in family.tasks:
        raise InputError(
            f"{checkpoint.folder.name} is a {family.name} model, which can {family.tasks[0]}, "
            f"not {task}"
        )
    settings = checkpoint.prescribed(task, source_lang=source_lang, target_lang=target_lang)
    if prompt is None:
        prompt = settings.get("prefix") or _prompt(family, task, source_lang, target_lang)
    reads_codes = family.source == "tokenizer"
    return Plan(
        checkpoint=checkpoint,
        task=task,
        window=min(window or checkpoint.window, checkpoint.window),
        prompt=prompt,
        source_code=_code(family, source_lang) if reads_codes else "",
        source_tag=_tag(checkpoint, source_lang, target_lang) if family.source == "tag" else "",
        target_token=_target_token(family, target_lang),
        prescribed=_options(settings),
    )


def _options(settings: Mapping[str, float]) -> Options:
    """Read generation settings; lengths there count the piece that decoding starts from."""
    longest = settings.get("max_length")
    return Options(
        repetition_penalty=float(settings.get("repetition_penalty", 1.0)),
        no_repeat_ngram=int(settings.get("no_repeat_ngram_size", 0)),
        length_penalty=float(settings.get("length_penalty", 1.0)),
        min_pieces=max(1, int(settings.get("min_length", 0)) - 1),
        max_pieces=max(1, int(longest) - 1) if longest else None,
    )


def _prompt(family: Family, task: Task, source_lang: str, target_lang: str) -> str:
    template = family.prompts.get(task, "")
    if "{" not in template:
        return template
    return template.format(source=_code(family, source_lang), target=_code(family, target_lang))


def _target_token(family: Family, target_lang: str) -> str:
    if not family.target_token:
        return ""
    return family.target_token.format(code=_code(family, target_lang))


def _code(family: Family, lang: str) -> str:
    """Return the family's code of a language; one of its own passes as it is."""
    if lang in family.codes:
        return family.codes[lang][0]
    if any(lang in codes for codes in family.codes.values()) or "_" in lang:
        return lang
    raise InputError(
        f"{lang!r} is no language of the {family.name} models; known: "
        f"{', '.join(sorted(family.codes))}, or a code of their own such as "
        f"{family.codes['de'][0]}"
    )


def _tag(checkpoint: Checkpoint, source_lang: str, target_lang: str) -> str:
    """Return the tag that names the target, empty for a model with one target.

    Raises:
        InputError: The model translates in another direction.
    """
    _check_direction(checkpoint, source_lang, target_lang)
    tags = _tags(checkpoint.folder)
    if not tags:
        return ""
    for code in (target_lang, *checkpoint.family.codes.get(target_lang, ())):
        if f">>{code}<<" in tags:
            return f">>{code}<<"
    shown = ", ".join(sorted(tag[2:-2] for tag in tags)[:20])
    raise InputError(
        f"{checkpoint.folder.name} does not translate to {target_lang!r}; it knows {shown}"
    )


def _check_direction(checkpoint: Checkpoint, source_lang: str, target_lang: str) -> None:
    """Refuse a pair that the tokenizer's settings contradict; groups such as ``gem`` pass."""
    family = checkpoint.family
    for key, lang in (("source_lang", source_lang), ("target_lang", target_lang)):
        told = family.iso(str(checkpoint.tokenizer.get(key) or ""))
        if told in family.codes and told != family.iso(lang):
            raise InputError(
                f"model {checkpoint.folder.name!r} translates "
                f"{family.iso(str(checkpoint.tokenizer.get('source_lang')))} to "
                f"{family.iso(str(checkpoint.tokenizer.get('target_lang')))}, "
                f"not {source_lang} to {target_lang}"
            )


@lru_cache(maxsize=8)
def _tags(folder: Path) -> frozenset[str]:
    try:
        vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelDamaged(f"{folder / 'vocab.json'} cannot be read: {error}") from error
    return frozenset(piece for piece in vocabulary if piece.startswith(">>"))
