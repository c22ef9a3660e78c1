"""A translated sentence and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass

from summlib.adequacy import NOTHING, Adequacy
from summlib.records import Finding

VERBLESS = 0.4
"""What a lost verb takes from the quality: as much as two words of five left out."""


TURNED = 0.5
"""What it takes that who does what seems turned round."""


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
    """

    text: str
    score: float = 0.0
    findings: tuple[Finding, ...] = ()
    truncated: bool = False
    adequacy: Adequacy = NOTHING
    verbless: bool = False
    turned: bool = False

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
    def suspect(self) -> bool:
        """Whether something in it speaks for another attempt."""
        said = self.adequacy
        return bool(said.omitted or said.doubtful or self.errors or self.verbless)

    def beats(self, other: Rendering) -> bool:
        """Tell whether this one misleads less, or as little and is better."""
        return (-self.errors, self.quality) > (-other.errors, other.quality)


@dataclass(frozen=True)
class Languages:
    """Source and target of a pair."""

    source: str = "de"
    target: str = "en"
