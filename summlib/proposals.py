"""Candidates from a trained rewriter: a passage in, several sentences that say it anew out.

The model is small and was taught by leads that people wrote, so it shortens,
reorders and joins well and now and then says something else. Nothing it makes
is taken on trust: what it proposes goes through ``summlib.rewriter``, which
throws out what its passage does not support.

Source of the idea: generate, check, choose (Narayan et al. 2021); marks for
title and sentences as in Lebanoff et al. (2019).
"""

from __future__ import annotations

from collections.abc import Sequence

from summlib.engines.base import Engine, Options, Output
from summlib.rewriter import Candidate, Passage
from summlib.text.prepare import plain

BEAM = 4
"""Hypotheses kept while searching, all of which are proposed."""


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
    """Proposes what a trained rewriter makes of a passage.

    Args:
        engine: Runs the model.
        beam_size: Hypotheses kept, 1 or more; all of them are proposed.

    >>> from summlib.engines.echo import EchoEngine
    >>> passage = Passage(("Es regnet.",), "de")
    >>> ModelProposer(EchoEngine()).propose([passage])[0][0].how
    'rewritten'
    """

    def __init__(self, engine: Engine, *, beam_size: int = BEAM) -> None:
        self.engine = engine
        self.options = Options(beam_size=beam_size, hypotheses=beam_size)

    def propose(self, passages: Sequence[Passage]) -> list[list[Candidate]]:
        """Return the hypotheses of each passage, none for one too long for the model.

        Args:
            passages: All of them are decoded in one call.

        Raises:
            ModelDamaged: The model's files cannot be loaded.
            EngineError: Generation failed.
        """
        marked = [mark(p.sentences, title=p.title, lang=p.lang) for p in passages]
        lengths = self.engine.lengths(marked)
        fit = [i for i, length in enumerate(lengths) if length <= self.engine.max_length]
        made: list[list[Candidate]] = [[] for _ in passages]
        outputs = self.engine.generate([marked[i] for i in fit], options=self.options)
        for i, hypotheses in zip(fit, outputs, strict=True):
            made[i] = [_candidate(h) for h in hypotheses if h.text and not h.truncated]
        return made


def _candidate(output: Output) -> Candidate:
    return Candidate(" ".join(output.text.split()), "rewritten", output.score)
