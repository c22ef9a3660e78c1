"""The sentences of a summary or a translation in one form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summlib.errors import InputError
from summlib.records import Document, Finding, Sentence, Summary, Translation

Result = Summary | Translation


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of a result with what it rests on.

    Args:
        number: From 1, in the order of the result.
        text: The sentence.
        start: Its offset in the result.
        end: Offset behind its last character there.
        sources: The document's sentences it was made from.
        how: ``copied``, ``compressed``, ``rewritten``; ``translated`` in a translation.
        findings: What the checks say of it.
        truncated: Whether the engine cut it.
    """

    number: int
    text: str
    start: int
    end: int
    sources: tuple[Sentence, ...]
    how: str
    findings: tuple[Finding, ...] = ()
    truncated: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is to say all that its source says."""
        return self.how in ("copied", "translated")


def rows_of(result: Result) -> tuple[Row, ...]:
    """Return the sentences of a summary or a translation, numbered from 1.

    >>> from summlib.records import SummarySentence
    >>> said = SummarySentence("Yes.", 0, 4, (Sentence("Ja.", 7, 10),))
    >>> [(r.number, r.how) for r in rows_of(Summary("Yes.", (said,), "de", "en", "echo"))]
    [(1, 'copied')]
    """
    return tuple(_rows(result))


def _rows(result: Result) -> Iterator[Row]:
    if isinstance(result, Summary):
        for n, s in enumerate(result.sentences, 1):
            yield Row(n, s.text, s.start, s.end, s.sources, s.how, s.findings)
    else:
        for n, t in enumerate(result.sentences, 1):
            yield Row(
                *(n, t.text, t.start, t.end, (t.source,)), "translated", t.findings, t.truncated
            )


def require_source(rows: tuple[Row, ...], doc: Document) -> None:
    """Refuse a document that the result was not made from.

    Raises:
        InputError: A source sentence does not stand where it should.
    """
    for row in rows:
        for source in row.sources:
            found = doc.text[source.start : source.end]
            if found != source.text:
                raise InputError(
                    f"the result was not made from this document: at {source.start} it should "
                    f"read {source.text[:40]!r} and reads {found[:40]!r}; give the document "
                    "that was summarized or translated"
                )
