"""What of a document is worth summarizing: its prose, sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass

from summlib.errors import EmptyDocument
from summlib.records import Document, Drop, Sentence
from summlib.text.clean import clean
from summlib.text.normalization import normalize
from summlib.text.sentences import split_sentences


@dataclass(frozen=True, slots=True)
class Prose:
    """What of a document is worth summarizing.

    Args:
        sentences: With offsets into the document as given.
        lines: The same sentences on one line each, in one spelling.
        paragraphs: For each sentence the number of its paragraph.
        title: The headline, empty where none stands out.
        dropped: What was left out, with reasons.
    """

    sentences: tuple[Sentence, ...]
    lines: tuple[str, ...]
    paragraphs: tuple[int, ...]
    title: str
    dropped: tuple[Drop, ...]


def read_prose(doc: Document, lang: str) -> Prose:
    """Return the sentences of a document that are prose, in order.

    Raises:
        EmptyDocument: No sentence is left after cleaning.
    """
    cleaned = clean(doc.text, lang=lang)
    sentences: list[Sentence] = []
    lines: list[str] = []
    paragraphs: list[int] = []
    for number, span in enumerate(cleaned.prose):
        raw = span.of(doc.text)
        normalized = normalize(raw, lang=lang)
        for found in split_sentences(normalized.text, lang):
            original = normalized.original_span(found.start, found.end)
            start, end = span.start + original.start, span.start + original.end
            sentences.append(Sentence(doc.text[start:end], start, end))
            lines.append(" ".join(found.text.split("\n")))
            paragraphs.append(number)
    if not sentences:
        raise EmptyDocument(
            f"{doc.path or 'the text'} holds no sentence to summarize "
            f"({len(cleaned.drops)} stretches were recognised as page noise)"
        )
    title = doc.title or (cleaned.title.of(doc.text) if cleaned.title else "")
    return Prose(tuple(sentences), tuple(lines), tuple(paragraphs), title, cleaned.drops)
