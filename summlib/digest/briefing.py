"""What a digest is: statements, figures and documents, each with its citations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summlib.records import Finding, Sentence

Status = Literal["used", "repeat", "other subject", "failed"]


@dataclass(frozen=True, slots=True)
class Citation:
    """Where something stands.

    Args:
        document: Number of the document, from 1, as the briefing counts them.
        sentence: The sentence, with offsets into the document as given.
    """

    document: int
    sentence: Sentence

    def __str__(self) -> str:
        return f"[{self.document}]"


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the briefing.

    Args:
        text: The sentence.
        citations: The sentences that say so; the first is the one it renders.
        witnesses: How many documents say so in words of their own.
        speaker: Who says it, empty for the documents themselves.
        findings: What the checks say of the translation.
    """

    text: str
    citations: tuple[Citation, ...]
    witnesses: int = 1
    speaker: str = ""
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        return f"{self.text} {cite(self.citations)}"


@dataclass(frozen=True, slots=True)
class Value:
    """What some documents give for one thing.

    Args:
        value: The figure or date in words of the briefing's language: "20 million".
        unit: Its unit or what is counted; empty for dates.
        citations: The sentences that say so.
        speaker: Who gives the figure, where the sentence names somebody.
        note: What else is to be said of it, such as that it was given up.
    """

    value: str
    unit: str
    citations: tuple[Citation, ...]
    speaker: str = ""
    note: str = ""

    def __str__(self) -> str:
        remarks = ", ".join(part for part in (self.speaker, self.note) if part)
        told = f"{self.value} {self.unit}".strip()
        return f"{told}{f' ({remarks})' if remarks else ''} {cite(self.citations)}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of figures and dates.

    Args:
        about: The sentence that gives the figure, or the part of it around the figure.
        kind: ``amount``, ``count``, ``percent``, ``measure``, ``votes``, ``date``,
            ``month``, ``year`` or ``time``.
        values: What documents give; two or more contradict each other.
    """

    about: str
    kind: str
    values: tuple[Value, ...]

    @property
    def contradictory(self) -> bool:
        """Whether documents give different values for one thing."""
        return len(self.values) > 1

    def __str__(self) -> str:
        return ", ".join(map(str, self.values))


@dataclass(frozen=True, slots=True)
class Source:
    """A document that went into the digest, or why it did not.

    Args:
        number: As the citations count, from 1.
        path: Where it came from, empty for text given directly.
        title: Its headline, empty where none stands out.
        lang: ``de`` or ``en``, empty when it could not be read.
        words: Number of words of its prose.
        status: ``used``; ``repeat`` for one in another's words, which is cited but is
            no witness of its own; ``other subject`` or ``failed`` for one left out.
        repeats: Number of the document that it repeats, 0 for none.
        note: Why it was left out, or how much it repeats.
    """

    number: int
    path: str
    title: str
    lang: str
    words: int
    status: Status = "used"
    repeats: int = 0
    note: str = ""

    @property
    def name(self) -> str:
        """How it is called: its headline, else its path, else its number."""
        return self.title or self.path or f"document {self.number}"


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a digest says; how it looks is the layout's business.

    Args:
        agreed: What two or more documents say in words of their own, once.
        positions: Who says what, speaker by speaker.
        reported: What is important and stands in one document, or in one document's words.
        figures: Figures and dates; contradictions first.
        sources: All documents as given, those left out too.
        target_lang: Language of the briefing.
        signature: Equal signatures mean comparable digests.
        notes: What a reader should know of the whole.
    """

    agreed: tuple[Statement, ...]
    positions: tuple[Statement, ...]
    reported: tuple[Statement, ...]
    figures: tuple[Entry, ...]
    sources: tuple[Source, ...]
    target_lang: str
    signature: str
    notes: tuple[str, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All sentences of the briefing, in its order."""
        return self.agreed + self.positions + self.reported

    @property
    def contradictions(self) -> tuple[Entry, ...]:
        """The figures on which documents differ."""
        return tuple(entry for entry in self.figures if entry.contradictory)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks found in all sentences."""
        return tuple(f for statement in self.statements for f in statement.findings)


def cite(citations: Sequence[Citation], *, most: int = 6) -> str:
    """Return the documents of citations in brackets, each once.

    >>> place = Sentence("Ja.", 0, 3)
    >>> cite([Citation(2, place), Citation(1, place), Citation(2, place)])
    '[1][2]'
    >>> cite([Citation(n, place) for n in range(1, 10)], most=3)
    '[1][2][3] and 6 more'
    """
    numbers = sorted({citation.document for citation in citations})
    shown = "".join(f"[{n}]" for n in numbers[:most])
    left = len(numbers) - most
    return f"{shown} and {left} more" if left > 0 else shown


def by_speaker(statements: Sequence[Statement]) -> Iterator[tuple[str, list[Statement]]]:
    """Yield each speaker with what he or she says, in order of appearance."""
    groups: dict[str, list[Statement]] = {}
    for statement in statements:
        groups.setdefault(statement.speaker, []).append(statement)
    yield from groups.items()
