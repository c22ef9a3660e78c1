"""Scores of sentence splitting: boundary F1 and cases exactly right.

Gold and guess are compared by sentence ends counted in non-space characters,
so that different treatment of white space cannot shift a boundary. The last
end of a text is given and does not count.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summlib.errors import InputError
from summlib.records import Sentence

Splitter = Callable[[str, str], list[Sentence]]


@dataclass(slots=True)
class Tally:
    """Counts over cases: boundaries found, invented and missed; cases right.

    >>> tally = Tally()
    >>> tally.add({3, 9}, {3, 7})
    >>> tally.precision, tally.recall, tally.exact, tally.cases
    (50.0, 50.0, 0, 1)
    """

    found: int = 0
    invented: int = 0
    missed: int = 0
    exact: int = 0
    cases: int = 0

    def add(self, gold: set[int], guess: set[int]) -> None:
        """Count one case."""
        self.found += len(gold & guess)
        self.invented += len(guess - gold)
        self.missed += len(gold - guess)
        self.exact += gold == guess
        self.cases += 1

    @property
    def precision(self) -> float:
        """Share of the boundaries found that are right, 0 to 100."""
        guessed = self.found + self.invented
        return 100.0 * self.found / guessed if guessed else 100.0

    @property
    def recall(self) -> float:
        """Share of the right boundaries that were found, 0 to 100."""
        right = self.found + self.missed
        return 100.0 * self.found / right if right else 100.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 100."""
        double = 2 * self.found
        total = double + self.invented + self.missed
        return 100.0 * double / total if total else 100.0


@dataclass(frozen=True, slots=True)
class BoundaryScores:
    """The scores of a splitter on a file of cases.

    Args:
        overall: Counts over all cases.
        suites: Counts for each suite.
        wrong: Identifiers of the cases that are not exactly right.
    """

    overall: Tally
    suites: dict[str, Tally]
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        rows = [("all", self.overall), *sorted(self.suites.items())]
        return "\n".join(
            f"{name}: F1 {t.f1:.2f}, precision {t.precision:.2f}, recall {t.recall:.2f}, "
            f"{t.exact} of {t.cases} cases exact"
            for name, t in rows
        )


def boundary_scores(path: str | Path, split: Splitter) -> BoundaryScores:
    """Score a splitter on a JSONL file of cases.

    Every case counts once; the scores do not depend on the order of the file.

    Args:
        path: A file with one object a line: ``id``, ``suite``, ``lang``,
            ``text`` and ``nonspace_ends``, the sentence ends counted in
            characters that are no white space.
        split: Called with a text and its language.

    Raises:
        InputError: If a line is no such object.

    >>> import tempfile
    >>> case = {"id": "1", "suite": "s", "lang": "de", "text": "A. B.", "nonspace_ends": [2, 4]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "cases.jsonl")
    ...     _ = path.write_text(json.dumps(case))
    ...     scores = boundary_scores(path, lambda text, lang: [Sentence(text, 0, len(text))])
    >>> scores.overall.missed, scores.wrong
    (1, ['1'])
    """
    overall, suites, wrong = Tally(), dict[str, Tally](), list[str]()
    for case in _cases(Path(path)):
        gold = set(case["nonspace_ends"][:-1])
        guess = set(nonspace_ends(case["text"], split(case["text"], case["lang"]))[:-1])
        overall.add(gold, guess)
        suites.setdefault(case["suite"], Tally()).add(gold, guess)
        if gold != guess:
            wrong.append(case["id"])
    return BoundaryScores(overall, suites, wrong)


def nonspace_ends(text: str, sentences: Iterable[Sentence]) -> list[int]:
    """Return each sentence's end, counted in characters that are no white space.

    >>> nonspace_ends("A b. C", [Sentence("A b.", 0, 4), Sentence("C", 5, 6)])
    [3, 4]
    """
    ends, count, position = [], 0, 0
    for sentence in sentences:
        count += sum(not c.isspace() for c in text[position : sentence.end])
        position = sentence.end
        ends.append(count)
    return ends


def _cases(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the cases of a file, checked."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                case = json.loads(line)
                yield {key: case[key] for key in ("id", "suite", "lang", "text", "nonspace_ends")}
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{path}, line {number}: no segmentation case: {error}") from error
