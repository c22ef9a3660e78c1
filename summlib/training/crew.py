"""Further processes that compute gradients for the loop, one core each.

A small network on a CPU gains little from a second thread: its tensors are
small and the threads wait for each other. Two processes that each compute a
batch of their own are twice as fast (measured: 5,900 target tokens/s with
one, 11,400 with two). The loop hands a batch to whoever is idle and computes
one itself meanwhile; what comes back late counts in a later step, so that a
slow process delays nobody (asynchronous gradients, as in Dean et al. 2012,
with a delay of one step at most in practice).
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import torch
from torch import Tensor, nn

from summlib.errors import EngineError
from summlib.training.batches import Batch
from summlib.training.model import Network
from summlib.training.recipe import Shape

ENDED = "a process of the training has ended; run the same command to go on"


@dataclass(frozen=True)
class Task:
    """One batch to compute, and how."""

    batch: Batch
    smoothing: float
    candidates: int

    def packed(self) -> tuple[Any, ...]:
        """Return the task as arrays: tensors would go through shared memory, a file for each."""
        batch = self.batch
        ids = batch.source.numpy(), batch.target.numpy()
        return *ids, batch.tokens, self.smoothing, self.candidates

    @classmethod
    def unpacked(cls, packed: tuple[Any, ...]) -> Task:
        """Return what ``packed`` was made from."""
        source, target, tokens, *settings = packed
        return cls(Batch(torch.from_numpy(source), torch.from_numpy(target), tokens), *settings)


@dataclass
class Result:
    """What a batch taught: its gradient as one row of numbers, and its plain loss in nats."""

    gradient: Tensor
    loss: float
    tokens: int


@dataclass
class _Worker:
    process: Any
    connection: Connection
    gradient: Tensor
    tokens: int = 0

    @property
    def idle(self) -> bool:
        return self.tokens == 0


class Crew:
    """Processes that compute gradients with the weights of a network.

    Args:
        network: The weights that every task is computed with, as they stand when
            it begins; it is moved to memory that the processes share.
        count: Number of processes, 0 or more.
        threads: Threads of each.
        dropout: Of their networks, 0 to 1.
        frozen: Of their networks, encoder layers that learn nothing.
        seed: Each process draws from a seed of its own.
    """

    def __init__(
        self,
        network: Network,
        count: int,
        *,
        threads: int = 1,
        dropout: float = 0.0,
        frozen: int = 0,
        seed: int = 1,
    ) -> None:
        self.workers: list[_Worker] = []
        if count:
            network.share_memory()
        spawn = torch.multiprocessing.get_context("spawn")
        for rank in range(count):
            ours, theirs = spawn.Pipe()
            size = sum(p.numel() for p in network.parameters())
            gradient = torch.zeros(size, dtype=_type_of(network)).share_memory_()
            settings = (network.shape, network.pad + 1, dropout, frozen, threads, seed + 1 + rank)
            process = spawn.Process(
                target=work, args=(theirs, network, gradient, *settings), daemon=True
            )
            process.start()
            theirs.close()
            self.workers.append(_Worker(process, ours, gradient))

    def hand_over(self, task: Task) -> bool:
        """Give the task to an idle process; false when there is none.

        Raises:
            EngineError: A process has ended.
        """
        for worker in self.workers:
            if worker.idle:
                worker.tokens = task.batch.tokens
                try:
                    worker.connection.send(task.packed())
                except OSError as error:
                    raise EngineError(ENDED) from error
                return True
        return False

    def results(self, *, wait: bool = False) -> Iterator[Result]:
        """Yield what is done; with ``wait`` everything that was handed over.

        Raises:
            EngineError: A process has ended.
        """
        for worker in self.workers:
            if worker.tokens and (wait or worker.connection.poll()):
                try:
                    loss = worker.connection.recv()
                except (EOFError, OSError) as error:
                    raise EngineError(ENDED) from error
                tokens, worker.tokens = worker.tokens, 0
                yield Result(worker.gradient, loss, tokens)

    def close(self) -> None:
        """End the processes."""
        for worker in self.workers:
            worker.connection.close()
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.terminate()
        self.workers = []


def _type_of(network: Network) -> torch.dtype:
    return network.embedding.weight.dtype


def work(
    connection: Connection,
    weights: Network,
    gradient: Tensor,
    shape: Shape,
    vocabulary: int,
    dropout: float,
    frozen: int,
    threads: int,
    seed: int,
) -> None:
    """Compute tasks until the other end of ``connection`` is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    network = Network(shape, vocabulary, dropout=dropout, frozen=frozen).to(_type_of(weights))
    while True:
        try:
            task = Task.unpacked(connection.recv())
        except (EOFError, OSError):
            return
        with torch.no_grad():
            for mine, shared in zip(network.parameters(), weights.parameters(), strict=True):
                mine.copy_(shared)
        connection.send(compute(network, task, gradient))


def compute(network: Network, task: Task, gradient: Tensor) -> float:
    """Write the gradient of a task into ``gradient (parameters,)``; return the plain loss."""
    source, target = task.batch.source, task.batch.target
    loss, plain = network(source, target, task.smoothing, task.candidates)
    loss.backward()
    for view, parameter in zip(split(gradient, network), network.parameters(), strict=True):
        if parameter.grad is not None:
            view.copy_(parameter.grad)
        parameter.grad = None
    return float(plain)


def split(gradient: Tensor, network: nn.Module) -> list[Tensor]:
    """Return views of ``gradient (parameters,)`` in the shapes of the network's parameters."""
    parameters = list(network.parameters())
    parts = gradient.split([p.numel() for p in parameters])
    return [part.view_as(p) for part, p in zip(parts, parameters, strict=True)]
