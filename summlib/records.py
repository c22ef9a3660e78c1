"""What goes in and what comes out: small frozen records.

``str()`` of a document, a translation or a summary is its text;
``to_dict()`` gives plain lists, dicts, strings and numbers, ready for JSON.
Every position is a character offset into the text the record names, so that
``doc.text[sentence.start:sentence.end] == sentence.text`` always holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

How = Literal["copied", "compressed", "rewritten"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text[start:end]``.

    >>> Span(0, 4).of("Guten Tag")
    'Gute'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the stretch of ``text`` that the span names."""
        return text[self.start : self.end]

    def shifted(self, offset: int) -> Span:
        """Return the same stretch of a text with ``offset`` more characters before it.

        >>> Span(0, 4).shifted(3)
        Span(start=3, end=7)
        """
        return Span(self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its place in the document it was found in.

    Args:
        text: The sentence as it stands in the document.
        start: Offset of its first character.
        end: Offset behind its last character.
    """

    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text

    def shifted(self, offset: int) -> Sentence:
        """Return the same sentence ``offset`` characters further on."""
        return Sentence(self.text, self.start + offset, self.end + offset)


@dataclass(frozen=True, slots=True)
class Drop:
    """A stretch that cleaning takes out of the text, and why.

    Args:
        start: Offset of its first character in the document.
        end: Offset behind its last character.
        reason: A short key such as ``navigation``, ``photo-credit``.
        text: What stood there.
    """

    start: int
    end: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement between a source and a target.

    Args:
        kind: What disagrees: ``quantity``, ``date``, ``name`` or ``negation``,
            or a note of the translator such as ``repeated`` or ``split``.
        message: One sentence for a person.
        severity: ``error`` when a reader would be misled, else ``warning``.
        source: Where in the source, None when nothing there corresponds.
        target: Where in the target, None when nothing there corresponds.
    """

    kind: str
    message: str
    severity: Severity = "error"
    source: Span | None = None
    target: Span | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.message}"


@dataclass(frozen=True, slots=True)
class Score:
    """A figure with its interval and the settings that make it comparable.

    Args:
        name: Such as ``BLEU`` or ``ROUGE-2``.
        value: 0 to 100.
        low: Lower end of the 95 % bootstrap interval.
        high: Upper end of it.
        signature: Equal signatures mean comparable figures.
    """

    name: str
    value: float
    low: float
    high: float
    signature: str

    def __str__(self) -> str:
        return f"{self.name} {self.value:.1f} [{self.low:.1f}, {self.high:.1f}]"


@dataclass(frozen=True, slots=True)
class Document:
    """A text to work on.

    Args:
        text: The text exactly as given.
        title: Its headline where the format names one, else empty.
        lang: ``de`` or ``en`` where known, else empty.
        path: Where it came from, empty for text given directly.
        meta: What the format tells of it (author, date, page starts).
    """

    text: str
    title: str = ""
    lang: str = ""
    path: str = ""
    meta: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return the document as plain data."""
        result: dict[str, Any] = _plain(self)
        return result


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """One sentence of a translation with the sentence it renders.

    Args:
        text: The translated sentence.
        start: Its offset in the translation.
        end: Offset behind its last character there.
        source: The sentence in the source document.
        findings: What the checks say of the pair.
        score: Mean log-probability per token; 0 for text copied through.
        truncated: Whether the engine hit its length limit.
        trust: Share of translations like this one in which no fact is wrong, 0 to 1;
            None where a model is used for which that was not measured.
    """

    text: str
    start: int
    end: int
    source: Sentence
    findings: tuple[Finding, ...] = ()
    score: float = 0.0
    truncated: bool = False
    trust: float | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated text, sentence by sentence.

    Args:
        text: The translation, with the layout of the source.
        sentences: One for each sentence of the source, in order.
        source_lang: Language of the source.
        target_lang: Language of ``text``.
        signature: Equal signatures mean comparable translations.
    """

    text: str
    sentences: tuple[TranslatedSentence, ...]
    source_lang: str
    target_lang: str
    signature: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the sentences."""
        return tuple(f for s in self.sentences for f in s.findings)

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return the translation as plain data."""
        result: dict[str, Any] = _plain(self)
        return result

    def _repr_html_(self) -> str:
        from summlib.report import fragment

        return fragment(self)


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary with the sentences it rests on.

    Args:
        text: The sentence.
        start: Its offset in the summary.
        end: Offset behind its last character there.
        sources: The document's sentences that it was made from, at least one.
        how: ``copied``, ``compressed`` (shortened by rule) or ``rewritten``.
        findings: What the checks say of it.
        trust: As in ``TranslatedSentence``; None also for what was not translated.
    """

    text: str
    start: int
    end: int
    sources: tuple[Sentence, ...]
    how: How = "copied"
    findings: tuple[Finding, ...] = ()
    trust: float | None = None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Summary:
    """A short text that says what matters in a document.

    Args:
        text: The summary.
        sentences: Its sentences with their sources, in order.
        source_lang: Language of the document.
        target_lang: Language of ``text``.
        signature: Equal signatures mean comparable summaries.
        dropped: What cleaning left out of the document, with reasons.
        path: The document's path, empty for text given directly.
    """

    text: str
    sentences: tuple[SummarySentence, ...]
    source_lang: str
    target_lang: str
    signature: str
    dropped: tuple[Drop, ...] = ()
    path: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in the order of the sentences."""
        return tuple(f for s in self.sentences for f in s.findings)

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return the summary as plain data."""
        result: dict[str, Any] = _plain(self)
        return result

    def _repr_html_(self) -> str:
        from summlib.report import fragment

        return fragment(self)


def _plain(value: Any) -> Any:
    """Return records as dicts and tuples as lists, the way JSON reads them back."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, (list, tuple)) else value
