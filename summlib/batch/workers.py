"""Processes that share nothing: each has its own models, and may die without harm.

A process is spawned, never forked, since a loaded engine does not survive a
fork. Each has a pipe of its own: it ends when the other end is gone, even
when the program that started it was killed, and when it dies itself, it is
known what it was working on.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from summlib import settings
from summlib.batch.groups import Call, attempt, recorded
from summlib.errors import EngineError, InputError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

WINDOW = 3
"""Groups per process that are read and not yet handed back: enough that a slow one
does not hold up the others, few enough for flat memory."""

DEATHS = 16
"""Processes that may die one after the other, nothing done between, before the run is
given up: five halvings single out one document of a group of 32."""


def share_of(threads: int | None, jobs: int) -> int | None:
    """Return how many cores each of several processes should use.

    Args:
        threads: The caller's wish for all together, None for what is free.
        jobs: Processes, 1 or more.

    >>> share_of(8, 2), share_of(1, 4), share_of(None, 1)
    (4, 1, None)
    """
    if jobs == 1:
        return threads
    wished = threads or os.environ.get("SUMMLIB_THREADS", "").strip()
    total = settings.threads(threads) if wished else settings.cores()
    return min(settings.MAX_DEFAULT_THREADS, max(1, total // jobs))


@dataclass(slots=True)
class _Task:
    """One group with the results it has so far."""

    items: list[Any]
    results: dict[int, Any] = field(default_factory=dict)

    @property
    def finished(self) -> bool:
        return len(self.results) == len(self.items)


@dataclass(slots=True)
class _Part:
    """Some items of a group, as one process works on them."""

    task: _Task
    start: int
    end: int

    @property
    def items(self) -> list[Any]:
        return self.task.items[self.start : self.end]

    def halves(self) -> list[_Part]:
        middle = (self.start + self.end) // 2
        return [_Part(self.task, self.start, middle), _Part(self.task, middle, self.end)]

    def answer(self, results: list[Any]) -> None:
        self.task.results.update(zip(range(self.start, self.end), results, strict=True))


class _Worker:
    """One process and what it works on."""

    def __init__(self, call: Call) -> None:
        from multiprocessing import get_context  # most commands need no second process

        context = get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, call), daemon=True)
        self.process.start()
        theirs.close()
        self.part: _Part | None = None

    def take(self, part: _Part) -> None:
        self.part = part
        with suppress(BrokenPipeError, ConnectionResetError):  # seen when it is waited for
            self.connection.send(part.items)

    def end(self) -> None:
        self.connection.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


class Workers:
    """Apply a callable to groups, in order; an error stands in the place of its item.

    With one job all happens in this process, and nothing needs to be picklable.

    Args:
        call: List in, list of the same length out.
        jobs: Processes, 1 or more.

    Raises:
        InputError: The number of jobs is less than 1.

    >>> with Workers(sorted) as workers:
    ...     [results for _, results in workers.map(iter([[1, 2], [3]]))]
    [[1, 2], [3]]
    """

    def __init__(self, call: Call, *, jobs: int = 1) -> None:
        if jobs < 1:
            raise InputError(f"jobs is {jobs}; give 1 or more")
        self.call, self.jobs = call, jobs
        self._workers: list[_Worker] = []
        self._waiting: deque[_Part] = deque()
        self._deaths = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        while self._workers:
            self._workers.pop().end()

    def map(self, groups: Iterator[list[Any]]) -> Iterator[tuple[list[Any], list[Any]]]:
        """Yield each group with its results, in the order of the groups.

        Args:
            groups: Read a few groups ahead.

        Raises:
            ModelError: The model is missing or damaged.
            EngineError: No process stays alive.
        """
        if self.jobs > 1:
            yield from self._distribute(groups)
            return
        for group in groups:
            yield group, attempt(self.call, group)

    def _distribute(self, groups: Iterator[list[Any]]) -> Iterator[tuple[list[Any], list[Any]]]:
        tasks: deque[_Task] = deque()
        while True:
            while len(tasks) < WINDOW * self.jobs and (group := next(groups, None)):
                tasks.append(_Task(group))
                self._waiting.append(_Part(tasks[-1], 0, len(group)))
                self._hand_out()
            if not tasks:
                return
            while not tasks[0].finished:
                self._collect()
                self._hand_out()
            task = tasks.popleft()
            yield task.items, [task.results[i] for i in range(len(task.items))]

    def _hand_out(self) -> None:
        idle = [worker for worker in self._workers if worker.part is None]
        while self._waiting and (idle or len(self._workers) < self.jobs):
            if not idle:
                idle.append(_Worker(self.call))
                self._workers.append(idle[-1])
            idle.pop().take(self._waiting.popleft())

    def _collect(self) -> None:
        """Wait for one answer at least, or for the death of who should give it."""
        busy = {worker.connection: worker for worker in self._workers if worker.part}
        from multiprocessing.connection import wait

        for connection in wait(list(busy)):
            worker = busy[connection]  # type: ignore[index]
            try:
                good, answer = worker.connection.recv()
            except (EOFError, ConnectionResetError):
                self._bury(worker)
                continue
            if not good:
                raise answer
            self._deaths = 0
            if worker.part:
                worker.part.answer(answer)
            worker.part = None

    def _bury(self, worker: _Worker) -> None:
        """Replace a process that died; of several items the culprit is looked for."""
        worker.process.join()
        part, code = worker.part, worker.process.exitcode
        worker.end()
        self._workers.remove(worker)
        self._deaths += 1
        if self._deaths > DEATHS:
            raise EngineError(
                f"{self._deaths} processes died one after the other (exit code {code}); "
                "check the memory that is free, use fewer jobs, or a single one to see the error"
            )
        if part and len(part.items) > 1:
            self._waiting.extendleft(reversed(part.halves()))
        elif part:
            part.answer([EngineError(_epitaph(code))])


def _epitaph(code: int | None) -> str:
    how = f"signal {-code}" if code and code < 0 else f"exit code {code}"
    hint = "; it may need more memory than there is" if code == -9 else ""
    return f"the process that worked on this document died ({how}){hint}"


def _serve(connection: Connection, call: Call) -> None:
    """Answer groups until the other end of the pipe is gone."""
    # Ctrl-C reaches every process of a terminal; the one that started this one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            items = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, Any] = (True, attempt(call, items))
        except Exception as error:
            answer = (False, recorded(error))
        try:
            connection.send(answer)
        except OSError:
            return
        except Exception as error:
            connection.send((False, recorded(error)))
