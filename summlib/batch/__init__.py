"""Any callable over many documents: order kept, errors as records, resume.

The callable takes a list and returns a list of the same length, as
``Summarizer``, ``Translator`` and ``functools.partial`` of them do; documents
are handed to it in groups, so that the sentences of several share one engine
call. ``process`` yields the results, ``write`` puts them into a JSON Lines
file that a killed run takes up again. In a notebook both show a bar.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from summlib import progress
from summlib.batch.groups import CHARS, DOCUMENTS, Call, attempt, describe_error, grouped
from summlib.batch.ledger import Ledger, Progress
from summlib.batch.workers import Workers
from summlib.errors import InputError, SummlibError
from summlib.records import Document

__all__ = ["Tally", "attempt", "describe_error", "process", "write"]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many documents were done and how many failed, earlier runs included."""

    done: int = 0
    failed: int = 0


def process(
    call: Call,
    texts: Iterable[str | Document],
    *,
    on_error: Literal["raise", "record"] = "raise",
    jobs: int = 1,
    group_size: int = DOCUMENTS,
    group_chars: int = CHARS,
) -> Iterator[Any]:
    """Yield the result of each text, in order, with bounded memory.

    A text that fails does not take its group along: the group is halved until
    the culprit is alone. A missing or damaged model is raised in any case,
    since no text could be done.

    Args:
        call: List in, list of the same length out; picklable for several jobs.
        texts: Read as far as needed.
        on_error: ``record`` yields the error in the place of the result.
        jobs: Processes, 1 or more; they are spawned and share nothing. A
            script that starts them keeps its own start below
            ``if __name__ == "__main__"``.
        group_size: Texts handed over together, 1 or more.
        group_chars: Characters from which on a group is full.

    Raises:
        InputError: An option cannot be used.
        SummlibError: What the first failing text raised, unless recorded.

    >>> def shout(texts):
    ...     return [text.upper() for text in texts]
    >>> list(process(shout, ["ja", "nein", 5], on_error="record"))
    ['JA', 'NEIN', SummlibError("unexpected AttributeError: 'int' object has no attribute 'upper'")]
    """
    if on_error not in ("raise", "record"):
        raise InputError(f"on_error is {on_error!r}; use 'raise' or 'record'")
    groups = grouped(texts, weight=_length, size=group_size, limit=group_chars)
    pool = Workers(call, jobs=jobs)
    return _results(pool, groups, strict=on_error == "raise", total=_total(texts))


def _results(
    pool: Workers, groups: Iterator[list[Any]], *, strict: bool, total: int | None
) -> Iterator[Any]:
    with pool as workers, progress.bar(total) as advance:
        for _, results in workers.map(groups):
            for result in results:
                if strict and isinstance(result, SummlibError):
                    raise result
                advance(1)
                yield result


def _total(texts: Iterable[Any]) -> int | None:
    """Count the texts where that needs no reading."""
    return len(texts) if isinstance(texts, Sized) else None


def write(
    call: Call,
    texts: Iterable[str | Document],
    path: str | Path,
    *,
    signature: str = "",
    jobs: int = 1,
    group_size: int = DOCUMENTS,
    group_chars: int = CHARS,
    force: bool = False,
) -> Tally:
    """Write the results as JSON Lines, one object a text, and take up a killed run.

    The file appears when it is whole. Until then a hidden folder beside it
    holds what is done; called again with the same texts, a run goes on there
    and writes what an undisturbed run would have, byte for byte.

    Args:
        call: As for ``process``; its results have ``to_dict()`` or are plain data.
        texts: The same texts in the same order when a run is taken up.
        path: The file.
        signature: What else decides the results, such as the options; a run
            with another signature is not taken up.
        jobs: As for ``process``.
        group_size: As for ``process``.
        group_chars: As for ``process``.
        force: Whether the file may be replaced and an unfinished run thrown away.

    Raises:
        InputError: The file exists, or other texts stand where the killed run began.
        OSError: The file cannot be written.
        ModelError: The model is missing or damaged.
    """
    path = Path(path)
    if path.exists() and not force:
        raise InputError(f"{path} exists; give force=True to replace it or another name")
    state = path.with_name(f".{path.name}.summlib")
    with Ledger(state, path.parent, signature=signature, fresh=force) as ledger:
        before = ledger.inputs.get("", Progress())
        numbered = _Numbered(texts, before)
        groups = grouped(
            numbered, weight=lambda p: _length(p[1]), size=group_size, limit=group_chars
        )
        with Workers(_Texts(call), jobs=jobs) as workers, progress.bar(_total(texts)) as advance:
            advance(before.records)
            for pairs, results in workers.map(groups):
                reached = _advanced(ledger.inputs.get("", before), pairs, results, path.name)
                rows = "".join(map(_row, pairs, results))
                ledger.commit({"": reached}, {path.name: rows})
                advance(len(results))
        ledger.commit({}, {path.name: ""}, whole={path.name})
        last = ledger.inputs.get("", before)
        ledger.discard()
    return Tally(last.done, last.failed)


@dataclass(frozen=True)
class _Texts:
    """Call with the texts of numbered pairs."""

    call: Call

    def __call__(self, pairs: list[tuple[str, str | Document]]) -> Sequence[Any]:
        return self.call([text for _, text in pairs])


class _Numbered:
    """Texts behind those that are done, each with the digest of all up to it."""

    def __init__(self, texts: Iterable[str | Document], before: Progress) -> None:
        self.texts, self.before = texts, before

    def __iter__(self) -> Iterator[tuple[str, str | Document]]:
        digest = hashlib.sha256()
        count = 0
        for count, text in enumerate(self.texts, 1):
            digest.update(f"{_length(text)} {text}".encode("utf-8", "surrogatepass"))
            if count > self.before.records:
                yield digest.hexdigest(), text
            elif count == self.before.records:
                self._require(digest.hexdigest() == self.before.stamp)
        self._require(count >= self.before.records)

    def _require(self, same: bool) -> None:
        if not same:
            raise InputError(
                f"the first {self.before.records} texts are not those of the run to take up; "
                "give the same texts in the same order, or force=True to start anew"
            )


def _advanced(
    before: Progress, pairs: Sequence[Any], results: Sequence[Any], place: str
) -> Progress:
    failed = sum(isinstance(result, SummlibError) for result in results)
    return Progress(
        stamp=pairs[-1][0],
        place=place,
        records=before.records + len(results),
        done=before.done + len(results) - failed,
        failed=before.failed + failed,
    )


def _row(pair: tuple[str, str | Document], result: Any) -> str:
    text = pair[1]
    named = {"path": text.path, "id": text.meta.get("id")} if isinstance(text, Document) else {}
    named = {key: value for key, value in named.items() if value not in (None, "")}
    if isinstance(result, SummlibError):
        row = {"error": describe_error(result)}
    elif hasattr(result, "to_dict"):
        row = result.to_dict()
    else:
        row = {"result": result}
    return json.dumps({**row, **named}, ensure_ascii=False) + "\n"


def _length(text: Any) -> int:
    return len(str(text))
