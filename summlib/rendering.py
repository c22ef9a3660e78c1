"""A translated sentence and what is known of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from summlib.adequacy import NOTHING, Adequacy
from summlib.records import Finding, Span
from summlib.trust import Evidence, FirstReading, growth, probability

VERBLESS = 0.4
"""What a lost verb takes from the quality: as much as two words of five left out."""

TURNED = 0.5
"""What it takes that who does what seems turned round."""

SHORT = 0.4
"""What a unit of shortness takes: among eight hypotheses of 3,520 sentences of news this
finds translations a seventh of a chrF point nearer to what people wrote."""


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
        shortness: By how much it is shorter than translations are (``trust.shortness``).
        first: The model's first reading of the sentence.
        log_odds: That no fact is wrong in it; None where that was not estimated.
    """

    text: str
    score: float = 0.0
    findings: tuple[Finding, ...] = ()
    truncated: bool = False
    adequacy: Adequacy = NOTHING
    verbless: bool = False
    turned: bool = False
    shortness: float = 0.0
    first: FirstReading | None = None
    log_odds: float | None = None

    @property
    def errors(self) -> int:
        """Count the findings that would mislead a reader."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def quality(self) -> float:
        """How good it is likely to be: 0 at best, below -1 hardly any use."""
        said = self.score - self.adequacy.omission - self.adequacy.invention
        return said - self.verbless * VERBLESS - self.turned * TURNED - self.shortness * SHORT

    @property
    def trust(self) -> float | None:
        """Share of translations like this one in which no fact is wrong, 0 to 1, if known."""
        return None if self.log_odds is None else probability(self.log_odds)

    @property
    def suspect(self) -> bool:
        """Whether something in it speaks for another attempt."""
        said = self.adequacy
        return bool(said.omitted or said.doubtful or self.errors or self.verbless)

    def omitted_words(self, sentence: str) -> list[str]:
        """Return the words of the source that are left out, each once."""
        return list(dict.fromkeys(span.of(sentence) for span in self.adequacy.omitted))

    def evidence(self, source: str) -> Evidence:
        """Return what speaks for or against it as a translation of ``source``."""
        first = self.first or FirstReading(0.0, 0.0)
        return Evidence(
            total=first.total,
            mean=first.mean,
            stand_ins=first.stand_ins,
            score=self.score,
            omission=self.adequacy.omission,
            invention=self.adequacy.invention,
            growth=growth(source, self.text),
            faulty=bool(self.errors),
            verbless=self.verbless,
        )

    def judged(self, source: str) -> Rendering:
        """Return it with its log-odds as a translation of ``source``."""
        return replace(self, log_odds=self.evidence(source).log_odds)

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
