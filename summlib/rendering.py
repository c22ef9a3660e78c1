"""A translated sentence and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import shorten

from summlib.comparison import NOTHING, Adequacy, with_particles
from summlib.faults import MOST_NAMED
from summlib.records import Finding, Span
from summlib.text.halves import Half
from summlib.text.subordinate import DOUBTED
from summlib.trust import Evidence, FirstReading, growth, joined, probability

UNSURE = 0.4
"""Trust below which a sentence is marked as unsure: three of four such have a fact wrong."""

OPENING_CHARS = 50
"""Of a sentence that is named by how it begins."""

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
        overrated: By how much they would be too high: it was chosen for them among others.
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
    overrated: float = 0.0

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

    def to_tell(self, sentence: str) -> list[str]:
        """Return what to tell of a sentence as the engine reads it: verbs with their particles."""
        said = self.adequacy
        placed = with_particles(sentence, (*said.omitted, *said.doubtful))
        return list(dict.fromkeys((*placed, *said.unplaced)))

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
        return replace(self, log_odds=self.evidence(source).log_odds - self.overrated)

    def is_doubted(self, source: str) -> bool:
        """Tell whether it is worth a try to translate the clauses of ``source`` apart."""
        return self.first is not None and (self.judged(source).log_odds or 0.0) < DOUBTED

    def vouched(self, source: str) -> Rendering:
        """Return it judged, with what is to be said of its quality among the findings."""
        judged = self.judged(source) if self.first else self
        sure = judged.trust is None or judged.trust >= UNSURE
        if sure and not (self.verbless or self.turned):
            return judged
        lost = ", ".join(f'"{word}"' for word in self.omitted_words(source)[:MOST_NAMED])
        opening = shorten(self.text, OPENING_CHARS, placeholder=" …")
        message = f"nothing renders {lost}" if lost else f'the model is unsure of "{opening}"'
        if self.verbless:
            message = f'no verb says what happens in "{opening}"'
        elif self.turned:
            message = f'who does what may be turned round in "{opening}"'
        omitted = self.adequacy.omitted
        note = Finding(
            "unsure",
            f"{message}; read the source",
            "warning",
            source=omitted[0] if omitted else None,
        )
        return replace(judged, findings=(*self.findings, note))

    def behind(self, german: str, english: str) -> Rendering:
        """Return it with what stands before the sentence, in German and in English.

        >>> Rendering("It thaws.").behind("Köln - ", "Cologne - ").text
        'Cologne - It thaws.'
        """
        if not german:
            return self
        return self._shifted(len(german), len(english), english + self.text)

    def before(self, other: Rendering, text: str, *, source: int) -> Rendering:
        """Return it with what follows in the same sentence.

        Args:
            other: What follows.
            text: Of both; it ends as that of ``other`` does.
            source: Offset in the source at which the other's source begins.
        """
        rest = other._shifted(source, len(text) - len(other.text), text)
        begins = len(self.text.removesuffix("."))
        return replace(
            rest,
            score=(self.score + rest.score) / 2,
            findings=(*self.findings, *(_placed_behind(f, begins) for f in rest.findings)),
            truncated=self.truncated or rest.truncated,
            adequacy=_both(self.adequacy, rest.adequacy),
            verbless=self.verbless or rest.verbless,
            turned=self.turned or rest.turned,
            shortness=max(self.shortness, rest.shortness),
            first=joined((self.first, rest.first)),
        )

    def if_trusted_more(self, other: Rendering, source: str, *, margin: float) -> Rendering:
        """Return it, or another one of the same sentence unless it is trusted more than that.

        Args:
            other: Another rendering of ``source``.
            source: What both render.
            margin: By how much its log-odds must be higher.
        """
        own, others = self.judged(source).log_odds or 0.0, other.judged(source).log_odds or 0.0
        known = self.first is not None and other.first is not None
        better = known and own > others + margin and self.errors <= other.errors
        return self if better else other

    def _shifted(self, source: int, target: int, text: str) -> Rendering:
        """Return it with another text, in which it and its source stand further behind."""
        findings = (
            replace(f, source=_moved(f.source, source), target=_moved(f.target, target))
            for f in self.findings
        )
        adequacy = replace(
            self.adequacy,
            omitted=tuple(span.shifted(source) for span in self.adequacy.omitted),
            invented=tuple(span.shifted(target) for span in self.adequacy.invented),
            doubtful=tuple(span.shifted(source) for span in self.adequacy.doubtful),
        )
        return replace(self, text=text, findings=tuple(findings), adequacy=adequacy)

    def beats(self, other: Rendering) -> bool:
        """Tell whether this one misleads less, or as little and is better."""
        return (-self.errors, self.quality) > (-other.errors, other.quality)


def _both(first: Adequacy, second: Adequacy) -> Adequacy:
    return Adequacy(
        checked=first.checked + second.checked,
        omitted=first.omitted + second.omitted,
        written=first.written + second.written,
        invented=first.invented + second.invented,
        doubtful=first.doubtful + second.doubtful,
        unplaced=first.unplaced + second.unplaced,
    )


def _placed_behind(finding: Finding, place: int) -> Finding:
    """Return a finding without its place in the target where that was cut off."""
    cut = finding.target is not None and finding.target.start < place
    return replace(finding, target=None) if cut else finding


def _moved(span: Span | None, offset: int) -> Span | None:
    return span.shifted(offset) if span else None


@dataclass(frozen=True)
class Languages:
    """Source and target of a pair."""

    source: str = "de"
    target: str = "en"


def join(halves: Sequence[Half], rendered: Sequence[Rendering]) -> Rendering | None:
    """Return one rendering of a sentence that was translated in halves.

    Args:
        halves: Of the sentence, in order.
        rendered: Their renderings.

    Returns:
        The rendering, or None where what belongs to one half cannot be told from the other.
    """
    whole = rendered[0]
    for half, rest in zip(halves[1:], rendered[1:], strict=True):
        text = half.joined(whole.text, rest.text)
        if not text:
            return None
        whole = whole.before(rest, text, source=half.start)
    return whole


def trusted_more(
    rendered: Mapping[str, Rendering],
    parted: Mapping[str, Sequence[Half]],
    apart: Mapping[str, Rendering],
) -> dict[str, Rendering]:
    """Return of each sentence the rendering of the whole or that of its halves.

    Args:
        rendered: Of the sentences.
        parted: Sentences with their halves.
        apart: Renderings of the halves, by text.
    """
    best: dict[str, Rendering] = {}
    for sentence, halves in parted.items():
        whole = rendered[sentence]
        halved = join(halves, [apart[half.text] for half in halves]) or whole
        best[sentence] = halved.if_trusted_more(whole, sentence, margin=halves[-1].margin)
    return best
