"""Whether the meaning comes through: behaviours of a translation, by phenomenon.

``python -m summlib.scores.behaviours`` prints the table and every failure.

A score such as BLEU does not see a "not" that got lost. Here each German
sentence turns on one phenomenon (a negation, a modal verb, which of two is
the subject), and patterns over the English say which translations keep that
meaning and which turn it round. Everything else in the sentence may be put as
one likes. A translator passes a case or fails it; the share passed, with the
failures, is reported for each phenomenon.

Sources: behavioural testing with a minimal case for each capability (Ribeiro
et al. 2020); a test suite of German-English phenomena with patterns as the
judge (Macketanz et al. 2022). The sentences are summlib's own.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from summlib.checks import check_pair
from summlib.errors import InputError
from summlib.records import Finding, Score
from summlib.scores.checking import share_score
from summlib.translator import Translator

FOLDER = Path(__file__).parent / "data" / "behaviours"
"""One file for each phenomenon; fragments.toml holds what their patterns share."""

FRAGMENTS = "fragments.toml"

Translate = Callable[[list[str]], list[str]]

_NAMED = re.compile(r"\{([a-z]+)\}")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "‑": "-"})


@dataclass(frozen=True, slots=True)
class Behaviour:
    """One sentence and what its translation must say.

    Args:
        phenomenon: What it turns on; the name of its file.
        source: German.
        references: Right translations by a person, at least one.
        wrong: A translation that is fluent and says something else.
        accept: Patterns that must all be found in a translation.
        reject: Patterns of which none may be found.
    """

    phenomenon: str
    source: str
    references: tuple[str, ...]
    wrong: str
    accept: tuple[re.Pattern[str], ...]
    reject: tuple[re.Pattern[str], ...]

    def objection(self, target: str) -> str:
        """Return what speaks against a translation, empty when nothing does.

        Args:
            target: English.

        >>> case = read_behaviours()[0]
        >>> case.objection(case.references[0])
        ''
        """
        text = " ".join(target.translate(_PLAIN).split())
        for pattern in self.reject:
            if found := pattern.search(text):
                return f'has "{found.group()}"'
        for pattern in self.accept:
            if not pattern.search(text):
                return f"lacks {pattern.pattern}"
        return ""


@dataclass(frozen=True, slots=True)
class BehaviourScore:
    """What a translator reached on the cases of one phenomenon, or of all.

    Args:
        phenomenon: Its name.
        score: The share accepted, in percent, with its interval.
        failed: The cases not accepted, each with its translation.
    """

    phenomenon: str
    score: Score
    failed: tuple[tuple[Behaviour, str], ...]


@dataclass(frozen=True, slots=True)
class CheckScore:
    """What the checks see of the deliberately wrong translations of one phenomenon.

    Args:
        phenomenon: Its name.
        caught: The share of wrong translations with a finding, in percent; findings
            that a right one raises as well do not count.
        missed: The cases whose wrong translation raises nothing.
        alarms: Right translations with a finding, each with its case and the findings.
    """

    phenomenon: str
    caught: Score
    missed: tuple[Behaviour, ...]
    alarms: tuple[tuple[Behaviour, str, tuple[Finding, ...]], ...]


@lru_cache(maxsize=4)
def read_behaviours(folder: Path = FOLDER) -> tuple[Behaviour, ...]:
    """Read all cases of a folder, by phenomenon in the order of the file names.

    Args:
        folder: Holds fragments.toml and one file for each phenomenon. ``accept`` and
            ``reject`` are lists of regular expressions; one that starts with ``|``
            goes on where the one before it ended.

    Raises:
        InputError: If a case lacks a part or has a pattern that is none.
    """
    fragments = {str(k): str(v) for k, v in _table(folder / FRAGMENTS).items()}
    return tuple(
        _behaviour(path, row, fragments)
        for path in sorted(folder.glob("*.toml"))
        if path.name != FRAGMENTS
        for row in _table(path)["case"]
    )


def _table(path: Path) -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _behaviour(path: Path, row: dict[str, object], fragments: dict[str, str]) -> Behaviour:
    """Build a case from a row of a file."""

    def patterns(key: str) -> tuple[re.Pattern[str], ...]:
        joined: list[str] = []
        for part in _strings(row.get(key, [])):
            if part.startswith("|") and joined:
                joined[-1] += part
            else:
                joined.append(part)
        filled = (_NAMED.sub(lambda m: fragments[m[1]], part) for part in joined)
        return tuple(re.compile(part, re.IGNORECASE) for part in filled)

    try:
        references = (str(row["en"]), *_strings(row.get("also", [])))
        source, wrong = str(row["de"]), str(row["wrong"])
        accept, reject = patterns("accept"), patterns("reject")
    except (KeyError, re.error) as error:
        raise InputError(f"{path.name}: no case: {error} in {row.get('de')!r}") from error
    return Behaviour(path.stem, source, references, wrong, accept, reject)


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def score_behaviours(
    translate: Translate, cases: Sequence[Behaviour] | None = None
) -> list[BehaviourScore]:
    """Translate every case once and return a score for each phenomenon, all of them last.

    Args:
        translate: Gets German sentences and returns as many English ones.
        cases: By default those of the package.

    Raises:
        InputError: If ``translate`` returns another number of sentences.

    >>> blank = score_behaviours(lambda sentences: ["" for _ in sentences])[-1]
    >>> blank.phenomenon, blank.score.value
    ('all', 0.0)
    """
    cases = read_behaviours() if cases is None else tuple(cases)
    targets = translate([case.source for case in cases])
    if len(targets) != len(cases):
        raise InputError(f"{len(cases)} sentences came back as {len(targets)} translations")
    pairs = list(zip(cases, targets, strict=True))
    scores = [
        _score(name, [pair for pair in pairs if pair[0].phenomenon == name])
        for name in _phenomena(cases)
    ]
    return [*scores, _score("all", pairs)]


def _phenomena(cases: Sequence[Behaviour]) -> list[str]:
    return list(dict.fromkeys(case.phenomenon for case in cases))


def _score(name: str, pairs: Sequence[tuple[Behaviour, str]]) -> BehaviourScore:
    failed = tuple(pair for pair in pairs if pair[0].objection(pair[1]))
    score = share_score("accepted", len(pairs) - len(failed), len(pairs), f"behaviours:{name}")
    return BehaviourScore(name, score, failed)


def score_checks(cases: Sequence[Behaviour] | None = None) -> list[CheckScore]:
    """Return what the checks see of the wrong translations, by phenomenon, all of them last.

    Warnings count as well as errors: whoever reads them looks at the sentence.

    Args:
        cases: By default those of the package.

    >>> score_checks([read_behaviours()[0]])[0].alarms
    ()
    """
    cases = read_behaviours() if cases is None else tuple(cases)
    scores = [
        _score_checks(name, [case for case in cases if case.phenomenon == name])
        for name in _phenomena(cases)
    ]
    return [*scores, _score_checks("all", cases)]


def _score_checks(name: str, cases: Sequence[Behaviour]) -> CheckScore:
    missed = tuple(case for case in cases if not _caught(case))
    alarms = tuple(
        (case, reference, tuple(findings))
        for case in cases
        for reference in case.references
        if (findings := check_pair(case.source, reference))
    )
    caught = share_score("caught", len(cases) - len(missed), len(cases), f"behaviours:{name}")
    return CheckScore(name, caught, missed, alarms)


def _caught(case: Behaviour) -> bool:
    usual = {str(f) for f in check_pair(case.source, case.references[0])}
    return any(str(f) not in usual for f in check_pair(case.source, case.wrong))


def _print_scores(translator: Translator) -> None:
    scores = score_behaviours(lambda sources: [r.text for r in translator.render(sources)])
    for result in scores[:-1]:
        for case, target in result.failed:
            sys.stdout.write(
                f"{case.phenomenon}: {case.source}\n  got   {target}\n"
                f"  want  {case.references[0]}\n  {case.objection(target)}\n"
            )
    for result in scores:
        sys.stdout.write(f"{result.phenomenon:14} {result.score}  n {_count(result.score)}\n")


def _print_checks() -> None:
    scores = score_checks()
    for result in scores[:-1]:
        for case, reference, findings in result.alarms:
            sys.stdout.write(f"false alarm: {case.source}\n  {reference}\n")
            sys.stdout.writelines(f"  {finding}\n" for finding in findings)
        for case in result.missed:
            sys.stdout.write(f"not caught: {case.source}\n  {case.wrong}\n")
    for result in scores:
        sys.stdout.write(
            f"{result.phenomenon:14} {result.caught}  n {_count(result.caught)}, "
            f"false alarms {len(result.alarms)}\n"
        )


def _count(score: Score) -> str:
    return score.signature.rpartition("|n")[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every failure and the table of shares; return 0."""
    parser = argparse.ArgumentParser(description="Print what a translator gets wrong.")
    parser.add_argument("--model", help="name or folder; the bundled one by default")
    parser.add_argument(
        "--checks", action="store_true", help="what the checks see of wrong translations instead"
    )
    options = parser.parse_args(arguments)
    if options.checks:
        _print_checks()
    else:
        _print_scores(Translator(options.model))
    return 0


if __name__ == "__main__":
    sys.exit(main())
