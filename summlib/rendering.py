"""A translated sentence and what is known of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from summlib.adequacy import NOTHING, Adequacy
from summlib.records import Finding, Span

VERBLESS = 0.4
"""What a lost verb takes from the quality: as much as two words of five left out."""

TURNED = 0.5
"""What it takes that who does what seems turned round."""

SURE = 2.15
LIKELY = 0.147
LEFT_OUT = 3.9
ERRS = 1.0
"""Log-odds that no fact is wrong, for a reading of likelihood 1 with nothing left out, and what
a unit of likelihood, all words left out, and an error found change. Fitted by logistic
regression (``benchmarks/trust.py``) on 5,469 judgements, by a large language model, of 499
sentences of news that were written for it and translated by six states of the model: held-out
area under the curve 0.70, where quality alone has 0.66. The fit itself is 2.24, 0.153, 3.95
and 1.04; these values lie within 6 % of it, since with it the summaries of ``seeds/`` lose 0.1
ROUGE-1. Of those with a trust from 0.7 on 83 % were right, below 0.3 26 %; two readings agree
on nine sentences of ten."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One translated sentence.

    Args:
        text: The translation.
        score: Mean log-probability per piece.
        findings: What is wrong with it, as far as the checks see.
        truncated: Whether the engine hit a limit.
        adequacy: What of the source it leaves out, and what it makes up.
        verbless: Whether the source has a verb and the translation none.
        turned: Whether who does what seems turned round.
        likelihood: Log-probability of the whole of the model's first reading; later ones
            are told words, which hides how sure it was.
        trust: Share of translations like this one in which no fact is wrong, 0 to 1;
            None where that was not measured.
    """

    text: str
    score: float = 0.0
    findings: tuple[Finding, ...] = ()
    truncated: bool = False
    adequacy: Adequacy = NOTHING
    verbless: bool = False
    turned: bool = False
    likelihood: float = 0.0
    trust: float | None = None

    @property
    def errors(self) -> int:
        """Count the findings that would mislead a reader."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def quality(self) -> float:
        """How good it is likely to be: 0 at best, below -1 hardly any use."""
        said = self.score - self.adequacy.omission - self.adequacy.invention
        return said - self.verbless * VERBLESS - self.turned * TURNED

    @property
    def log_odds(self) -> float:
        """Log-odds that no fact is wrong in it (see ``SURE``)."""
        known = SURE + LIKELY * self.likelihood - LEFT_OUT * self.adequacy.omission
        return known - ERRS * bool(self.errors)

    @property
    def suspect(self) -> bool:
        """Whether something in it speaks for another attempt."""
        said = self.adequacy
        return bool(said.omitted or said.doubtful or self.errors or self.verbless)

    def omitted_words(self, sentence: str) -> list[str]:
        """Return the words of the source that are left out, each once."""
        return list(dict.fromkeys(span.of(sentence) for span in self.adequacy.omitted))

    def judged(self) -> Rendering:
        """Return it with its trust, from ``log_odds``."""
        return replace(self, trust=1 / (1 + math.exp(-self.log_odds)))

    def behind(self, german: str, english: str) -> Rendering:
        """Return it with what stands before the sentence, in German and in English.

        >>> Rendering("It thaws.").behind("Köln - ", "Cologne - ").text
        'Cologne - It thaws.'
        """
        if not german:
            return self
        source_offset, target_offset = len(german), len(english)
        findings = tuple(
            replace(
                f,
                source=_shifted(f.source, source_offset),
                target=_shifted(f.target, target_offset),
            )
            for f in self.findings
        )
        adequacy = replace(
            self.adequacy,
            omitted=tuple(span.shifted(source_offset) for span in self.adequacy.omitted),
            invented=tuple(span.shifted(target_offset) for span in self.adequacy.invented),
            doubtful=tuple(span.shifted(source_offset) for span in self.adequacy.doubtful),
        )
        return replace(self, text=english + self.text, findings=findings, adequacy=adequacy)

    def beats(self, other: Rendering) -> bool:
        """Tell whether this one misleads less, or as little and is better."""
        return (-self.errors, self.quality) > (-other.errors, other.quality)


def _shifted(span: Span | None, offset: int) -> Span | None:
    return span.shifted(offset) if span else None


@dataclass(frozen=True)
class Languages:
    """Source and target of a pair."""

    source: str = "de"
    target: str = "en"
