"""Candidates from a trained rewriter: a passage in, several sentences that say it anew out.

The model is small and was taught by leads that people wrote, so it shortens
well and now and then says something else. Nothing it makes is taken on trust:
what it guessed and what ``summlib.fidelity`` doubts is not proposed, and what
is goes through the checks of ``summlib.rewriter``.

Source of the idea: generate, check, choose (Narayan et al. 2021); marks for
title and sentences as in Lebanoff et al. (2019).
"""

from __future__ import annotations

from collections.abc import Sequence

from summlib.engines.base import Engine, Options, Output
from summlib.fidelity import find_unfaithful
from summlib.rewriter import Candidate, Passage
from summlib.text.prepare import plain

BEAM = 4
"""Hypotheses kept while searching, all of which are looked at."""

LEAST_SCORE = -0.5
"""Mean log-probability per piece below which a model was guessing."""


def mark(sentences: Sequence[str], *, title: str = "", lang: str) -> str:
    """Return sentences in the form that the rewriter reads.

    Args:
        sentences: In the order of the text.
        title: Its headline, for context; nothing of it has to come up.
        lang: ``de`` or ``en``.

    >>> mark(["Es regnet.", "Es taut."], title="Wetter", lang="de")
    '⟨de⟩ ⟨title⟩ Wetter ⟨sentence⟩ Es regnet. ⟨sentence⟩ Es taut.'
    """
    head = [f"⟨title⟩ {plain(title)}"] if title.strip() else []
    parts = [f"⟨{lang}⟩", *head, *(f"⟨sentence⟩ {plain(sentence)}" for sentence in sentences)]
    return " ".join(parts)


class ModelProposer:
    """Proposes what a trained rewriter makes of a passage, as far as it can be relied on.

    No such model is bundled. One that ``python -m summlib.training`` made is used so::

        engine = Ct2Engine("models/rewrite/ct2")
        rewriter = Rewriter(proposers=[ModelProposer(engine), RuleProposer()])
        Summarizer(target_lang="de", rewriter=rewriter)

    Args:
        engine: Runs the model.
        beam_size: Hypotheses kept, 1 or more; all of them are looked at.

    >>> from summlib.engines.echo import EchoEngine
    >>> ModelProposer(EchoEngine()).propose([Passage(("Es regnet.",), "de")])
    [[]]
    """

    def __init__(self, engine: Engine, *, beam_size: int = BEAM) -> None:
        self.engine = engine
        self.options = Options(beam_size=beam_size, hypotheses=beam_size)

    def propose(self, passages: Sequence[Passage]) -> list[list[Candidate]]:
        """Return the hypotheses of each passage, none for one too long for the model.

        Args:
            passages: Each is decoded alone: the pieces that a model may write are
                those of its passage, and a batch would join them.

        Raises:
            ModelDamaged: The model's files cannot be loaded.
            EngineError: Generation failed.
        """
        marked = [mark(p.sentences, title=p.title, lang=p.lang) for p in passages]
        lengths = self.engine.lengths(marked)
        fit = [i for i, length in enumerate(lengths) if length <= self.engine.max_length]
        made: list[list[Candidate]] = [[] for _ in passages]
        for i in fit:
            hypotheses = self.engine.generate([marked[i]], options=self.options)[0]
            made[i] = [_candidate(h) for h in hypotheses if _reliable(h, passages[i])]
        return made


def _candidate(output: Output) -> Candidate:
    return Candidate(" ".join(output.text.split()), "rewritten", output.score)


def _reliable(output: Output, passage: Passage) -> bool:
    """Tell whether a hypothesis is whole, was no guess, and keeps to its passage."""
    if not output.text or output.truncated or output.score < LEAST_SCORE:
        return False
    if '"' in output.text and '"' not in passage.text:
        return False  # the model knows plain quotation marks alone; a quotation stays as it is
    if any(f"({name})" not in output.text for name in passage.spared):
        return False  # other sentences rely on the abbreviation being introduced here
    return not find_unfaithful(output.text, passage.sentences, passage.lang)
