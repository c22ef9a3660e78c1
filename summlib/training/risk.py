"""Minimum risk training: make the better of a model's own translations the likelier ones.

Likelihood asks for the reference, word for word, and does not see what the decoder will choose.
Here the model is shown the hypotheses of its beam, each with its reward, and the expected reward
under its own distribution over them rises. The likelihood of the best hypothesis is raised as
well; without that all of them lose probability to what nobody has judged.

Sources of the idea: Shen et al. (2016), minimum risk training; Edunov et al. (2018), classical
structured prediction losses, for the scores normalised by length and the mix with likelihood.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from summlib.training.choices import Choice
from summlib.training.loop import Meter, Run
from summlib.training.model import Network
from summlib.training.recipe import Recipe, Risk, Schedule

LEAST_SPREAD = 1.0
"""Points between the best and the worst reward below which a line teaches nothing."""

ROWS = 2048
"""Rows of logits made at once."""


@dataclass(frozen=True)
class Lists:
    """Hypotheses of several lines.

    Args:
        source: Ids ``(lines, source)``, padded.
        target: Ids ``(hypotheses, target)`` that end in ``</s>``, padded.
        line: Of each hypothesis, ``(hypotheses,)``.
        rewards: ``(lines, candidates)``, 0 to 100; -1 where a line has fewer.
    """

    source: Tensor
    target: Tensor
    line: Tensor
    rewards: Tensor

    @property
    def there(self) -> Tensor:
        """Where there is a hypothesis, ``(lines, candidates)``."""
        return self.rewards >= 0


def choose(choice: Choice, count: int, rng: random.Random) -> Choice:
    """Return at most ``count`` candidates: the likeliest, the best, the worst, others by chance.

    >>> choose(Choice([5, 0], [[1], [2], [3]], [30.0, 90.0, 10.0]), 2, random.Random(1)).rewards
    [30.0, 90.0]
    """
    order = sorted(range(len(choice.rewards)), key=choice.rewards.__getitem__)
    first = dict.fromkeys((0, order[-1], order[0]))
    rest = [i for i in range(len(order)) if i not in first]
    rng.shuffle(rest)
    taken = [*first, *rest][:count]
    return Choice(
        choice.source,
        [choice.candidates[i] for i in taken],
        [choice.rewards[i] for i in taken],
    )


def pad_lists(choices: Sequence[Choice], *, pad: int, end: int = 0) -> Lists:
    """Pad the lists of several lines to tensors."""
    targets = [[*ids, end] for choice in choices for ids in choice.candidates]
    most = max(len(choice.rewards) for choice in choices)
    rewards = [[*c.rewards, *[-1.0] * (most - len(c.rewards))] for c in choices]
    lines = [i for i, choice in enumerate(choices) for _ in choice.candidates]
    return Lists(
        _padded([choice.source for choice in choices], pad),
        _padded(targets, pad),
        torch.tensor(lines),
        torch.tensor(rewards),
    )


def _padded(rows: Sequence[Sequence[int]], pad: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[pad] * (width - len(row))] for row in rows])


def mean_log_likelihood(network: Network, lists: Lists, pieces: Tensor) -> Tensor:
    """Return the log-probability of each hypothesis per piece, ``(hypotheses,)``.

    Args:
        network: Reads each line once, however many hypotheses it has.
        lists: Hypotheses that are made of ``pieces``.
        pieces: Ids that are scored, as by the decoder (``vocabulary_map``).
    """
    memory, mask = network.encode(lists.source)
    target = lists.target
    start = torch.full_like(target[:, :1], network.pad)
    inputs = torch.cat([start, target[:, :-1]], dim=1)
    states = network.decode(inputs, memory[lists.line], mask[lists.line])
    real = target != network.pad
    place = torch.zeros(network.pad + 1, dtype=torch.long, device=target.device)
    place[pieces] = torch.arange(len(pieces), device=target.device)
    flat, wanted = states[real], place[target[real]]
    weight = network.embedding.weight[pieces]
    losses = [
        F.cross_entropy(
            (flat[i : i + ROWS] @ weight.t()).float(), wanted[i : i + ROWS], reduction="none"
        )
        for i in range(0, len(wanted), ROWS)
    ]
    nll = torch.zeros(target.shape, device=target.device).masked_scatter(real, torch.cat(losses))
    return -nll.sum(dim=1) / real.sum(dim=1)


def risk_loss(likelihoods: Tensor, lists: Lists, risk: Risk) -> tuple[Tensor, Tensor]:
    """Return the loss to minimise and the mean reward of what is likeliest.

    Args:
        likelihoods: Of each hypothesis (``mean_log_likelihood``).
        lists: Their rewards.
        risk: Sharpness of the distribution, and the part of likelihood.

    >>> none = torch.zeros(2, 1)
    >>> lists = Lists(none, none, none, torch.tensor([[9.0, 1.0]]))
    >>> loss, reward = risk_loss(torch.tensor([0.0, 0.0]), lists, Risk(likelihood=0.0))
    >>> float(loss), float(reward)
    (-0.5, 9.0)
    """
    there = lists.there
    scores = likelihoods.new_full(there.shape, -1e4).masked_scatter(there, likelihoods)
    share = torch.softmax(risk.sharpness * scores, dim=1)
    expected = (share * lists.rewards.clamp_min(0.0)).sum(dim=1) / 10
    best = lists.rewards.argmax(dim=1, keepdim=True)
    likeliest = scores.argmax(dim=1, keepdim=True)
    loss = -expected.mean() - risk.likelihood * scores.gather(1, best).mean()
    return loss, lists.rewards.gather(1, likeliest).mean().detach()


class RiskRun(Run):
    """A run that learns from lists of hypotheses; killed, it goes on where it was.

    Its progress line gives the mean reward of what is likeliest, below nought, where others
    give the loss.

    Args:
        recipe: Its ``[risk]`` says how long and how fast.
        folder: Gets ``checkpoint.pt`` and ``log.jsonl``.
        choices: Gives the lists of pass ``index``.
        pieces: Ids that the decoder scores.
        vocabulary: Number of ids, the pad included.
        device: ``cpu`` or ``cuda``.
    """

    def __init__(
        self,
        recipe: Recipe,
        folder: Path,
        choices: Callable[[int], Sequence[Choice]],
        *,
        pieces: Sequence[int],
        vocabulary: int,
        device: str = "cpu",
    ) -> None:
        self.risk, self.allowed = recipe.risk, frozenset(pieces)
        timed = replace(recipe, schedule=_schedule(recipe.risk))
        lists: Any = choices
        super().__init__(timed, folder, lists, vocabulary=vocabulary, device=device)
        self.pieces = torch.tensor(sorted(pieces), device=self.device)

    def _plan(self, examples: Any) -> list[np.ndarray]:
        """Group the lines that can teach something into batches of like length."""
        rng = random.Random(f"{self.recipe.seed}:{self.progress.index}")
        longest = {i: max(map(len, c.candidates)) + 1 for i, c in enumerate(examples) if c.rewards}
        batches: list[list[int]] = [[]]
        for i in sorted(longest, key=longest.__getitem__):
            if not self._teaches(examples[i]):
                continue
            if (len(batches[-1]) + 1) * self.risk.candidates * longest[i] > self.risk.batch_tokens:
                batches.append([])
            batches[-1].append(i)
        rng.shuffle(batches)
        return [np.array(batch) for batch in batches if batch]

    def _teaches(self, choice: Choice) -> bool:
        known = all(self.allowed.issuperset(ids) and ids for ids in choice.candidates)
        return known and max(choice.rewards) - min(choice.rewards) >= LEAST_SPREAD

    def _learn(self, examples: Any, lines: np.ndarray, meter: Meter) -> bool:
        rng = random.Random(f"{self.recipe.seed}:{self.progress.index}:{self.progress.batch}")
        chosen = [choose(examples[i], self.risk.candidates, rng) for i in lines]
        lists = pad_lists(chosen, pad=self.network.pad)
        lists = Lists(*(t.to(self.device) for t in vars(lists).values()))
        loss, reward = risk_loss(
            mean_log_likelihood(self.network, lists, self.pieces), lists, self.risk
        )
        loss.backward()
        tokens = int((lists.target != self.network.pad).sum())
        self.progress.batch += 1
        self.masters.collect_own(tokens)
        self._count(-float(reward), tokens, meter)
        return self._step(meter)


def _schedule(risk: Risk) -> Schedule:
    return Schedule(
        target_tokens=risk.target_tokens,
        batch_tokens=risk.batch_tokens,
        optimizer="adam",
        adam_lr=risk.rate,
        warmup_steps=risk.warmup_steps,
        decay_share=risk.decay_share,
    )
