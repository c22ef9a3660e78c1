"""Several translations of each line and how good each is: what ``risk`` learns from.

The lines are translated as they will be for a user (stand-ins, hints, beam), and every
hypothesis, put back into plain English, is compared with the references. The references
themselves are never learnt from here, so what a model that sees stand-ins could not have written
does no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summlib.engines.base import Options, Output
from summlib.errors import InputError
from summlib.scores.bleu import sacrebleu_metrics
from summlib.text.glossary import Glossary
from summlib.training.corpus import Pair
from summlib.translator import Translator

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor

LONGEST = 110
"""Pieces of the longest line that is taken: longer ones are few and cost most."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line as the model reads it, and what it wrote.

    Args:
        source: Ids that end in ``</s>``.
        candidates: Ids of each hypothesis without ``</s>``, most likely first.
        rewards: How good each is, 0 to 100.
    """

    source: list[int]
    candidates: list[list[int]]
    rewards: list[float]


class Judge:
    """Compare translations with references: the mean of chrF (Popović 2015) and sentence BLEU."""

    def __init__(self) -> None:
        metrics = sacrebleu_metrics()
        self.measures = metrics.CHRF(), metrics.BLEU(effective_order=True)

    def __call__(self, text: str, references: Sequence[str]) -> float:
        """Return how good a text is, 0 to 100: the mean over one reference or more.

        >>> Judge()("The council met on Monday.", ["The council met on Monday."])
        100.0
        """
        scores = [m.sentence_score(text, [r]).score for m in self.measures for r in references]
        return round(sum(scores) / len(scores), 2)


def references(pairs: Iterable[Pair]) -> dict[str, list[str]]:
    """Return every German line with all its translations, as some have several.

    >>> references([Pair("a", "Ja.", "Yes."), Pair("b", "Ja.", "Yeah.")])
    {'Ja.': ['Yes.', 'Yeah.']}
    """
    found: dict[str, list[str]] = {}
    for pair in pairs:
        found.setdefault(pair.source, []).append(pair.target)
    return found


def make_choices(
    translator: Translator,
    lines: Mapping[str, Sequence[str]],
    processor: SentencePieceProcessor,
    *,
    beam_size: int = 8,
) -> Iterator[Choice]:
    """Translate lines and yield their hypotheses with rewards.

    Args:
        translator: Of the model that is to learn.
        lines: German lines with their references.
        processor: The model's pieces.
        beam_size: Hypotheses of each line, 2 or more.
    """
    renderer, judge = translator.renderer, Judge()
    drafts = [renderer.draft(line, Glossary({})) for line in lines]
    options = Options(beam_size=beam_size, hypotheses=beam_size)
    outputs = renderer.engine.generate([d.text for d in drafts], options=options)
    for draft, hypotheses in zip(drafts, outputs, strict=True):
        source = [*processor.encode(draft.text), processor.eos_id()]
        if len(source) > LONGEST:
            continue
        written = _distinct(hypotheses, processor)
        texts = [renderer.read(draft, output).text for output in written.values()]
        rewards = [judge(text, lines[draft.source]) for text in texts]
        yield Choice(source, [list(ids) for ids in written], rewards)


def _distinct(
    hypotheses: Sequence[Output], processor: SentencePieceProcessor
) -> dict[tuple[int, ...], Output]:
    """Return hypotheses by their ids; two ways to spell the same words are one."""
    found: dict[tuple[int, ...], Output] = {}
    for output in hypotheses:
        found.setdefault(tuple(processor.encode(output.text)), output)
    return found


def write_choices(choices: Iterable[Choice], path: Path) -> int:
    """Write one JSON object a line; return how many. The file is whole or absent."""
    partial, count = path.with_suffix(".part"), 0
    with partial.open("w", encoding="utf-8") as sink:
        for choice in choices:
            sink.write(json.dumps(asdict(choice)) + "\n")
            count += 1
    partial.replace(path)
    return count


def read_choices(path: Path) -> list[Choice]:
    """Read what ``write_choices`` wrote.

    Raises:
        InputError: The file is absent or holds something else.
    """
    try:
        rows: list[dict[str, Any]] = [
            json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()
        ]
        return [Choice(**row) for row in rows]
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{path} holds no choices: {error}") from error
