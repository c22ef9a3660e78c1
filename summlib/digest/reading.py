"""The documents of a digest, read: sentences with concepts, figures and speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from summlib.digest.concepts import ConceptReader, Concepts, weighted
from summlib.digest.figures import Figure, find_figures, find_numbers
from summlib.digest.speakers import Speaker, find_speakers
from summlib.errors import EmptyDocument, InputError, SummlibError, WrongLanguage
from summlib.prose import Prose, read_prose
from summlib.records import Document, Sentence
from summlib.salience import describe, finished, opening, salience
from summlib.summarizer import LANGUAGES
from summlib.text.language import identify
from summlib.translator import LANGUAGE_NAMES, SURE_OF_OTHERS

_SHORTEST = 5  # words of a sentence that can stand in a briefing


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence of one document with what is known of it.

    Args:
        number: Its number among the sentences of all documents.
        document: Number of its document, from 0.
        source: The sentence with its offsets.
        line: The sentence on one line.
        lang: Its language.
        place: Where in its document it stands, 0 to 1.
        rank: How much it matters there, 0 (least) to 1.
        leans: Whether it points back to the sentence before.
        whole: Whether it can stand by itself: a statement, ended and not too short.
        speaker: Who says it, None for the author.
        concepts: What it is about.
        figures: Its figures and dates.
        numbers: All its numbers above one, those in words included.
    """

    number: int
    document: int
    source: Sentence
    line: str
    lang: str
    place: float
    rank: float
    leans: bool
    whole: bool
    speaker: Speaker | None
    concepts: Concepts
    figures: tuple[Figure, ...] = ()
    numbers: frozenset[Decimal] = frozenset()


@dataclass(slots=True)
class Paper:
    """A document while the digest is made.

    Args:
        number: Its number, from 0, as given.
        path: Where it came from.
        title: Its headline.
        lang: Its language.
        prose: Its sentences; None when it cannot be used.
        problem: Why it cannot be used.
    """

    number: int
    path: str
    title: str = ""
    lang: str = ""
    prose: Prose | None = None
    problem: str = ""
    ranks: list[float] = field(default_factory=list)

    @property
    def words(self) -> int:
        """Number of words of its prose, by white space."""
        return sum(len(line.split()) for line in self.prose.lines) if self.prose else 0

    @property
    def text(self) -> str:
        """Its prose on one line."""
        return " ".join(self.prose.lines) if self.prose else ""


def read_paper(number: int, given: Document | str | SummlibError) -> Paper:
    """Read a document; one that cannot be used says why.

    Args:
        number: Its number, from 0.
        given: The document, its text, or why it could not be read.
    """
    if isinstance(given, SummlibError):
        return Paper(number, "", problem=str(given))
    doc = given if isinstance(given, Document) else Document(given)
    try:
        lang = _language(doc)
        prose = read_prose(doc, lang)
    except InputError as error:
        return Paper(number, doc.path, doc.title, problem=str(error))
    title = " ".join((prose.title or doc.title).split())
    paper = Paper(number, doc.path, title, lang, prose)
    paper.ranks = _ranks(prose, lang)
    return paper


def _language(doc: Document) -> str:
    if not doc.text.strip():
        raise EmptyDocument(f"{doc.path or 'the text'} is blank; there is nothing to read")
    if doc.lang in LANGUAGES:
        return doc.lang
    guess = identify(doc.text)
    if guess.lang in LANGUAGES:
        return guess.lang
    if guess.lang and guess.confidence >= SURE_OF_OTHERS:
        name = LANGUAGE_NAMES.get(guess.lang, guess.lang)
        raise WrongLanguage(f"{doc.path or 'the text'} seems to be {name}, not German or English")
    return "de"


def _ranks(prose: Prose, lang: str) -> list[float]:
    """Return for each sentence how much it matters in its document, from 0 to 1."""
    described = describe(prose.lines, paragraphs=prose.paragraphs, title=prose.title, lang=lang)
    values = salience(described)
    order = sorted(range(len(values)), key=lambda i: values[i])
    last = max(1, len(values) - 1)
    ranks = [0.0] * len(values)
    for rank, i in enumerate(order):
        ranks[i] = rank / last if len(values) > 1 else 1.0
    return ranks


def read_sentences(papers: Sequence[Paper], reader: ConceptReader) -> list[Said]:
    """Return the sentences of all usable documents, one document after the other.

    Args:
        papers: The documents of the digest.
        reader: Finds their concepts.
    """
    lines = [(p, i) for p in papers if p.prose for i in range(len(p.prose.lines))]
    concepts = weighted([reader.read(_line(p, i), p.lang) for p, i in lines])
    speakers = iter([s for p in papers if p.prose for s in find_speakers(p.prose.lines, p.lang)])
    return [
        _said(number, paper, i, found, next(speakers))
        for number, ((paper, i), found) in enumerate(zip(lines, concepts, strict=True))
    ]


def _line(paper: Paper, i: int) -> str:
    return paper.prose.lines[i] if paper.prose else ""


def _said(number: int, paper: Paper, i: int, concepts: Concepts, speaker: Speaker | None) -> Said:
    prose = paper.prose
    if prose is None:
        raise EmptyDocument(f"{paper.path or 'the text'} holds no sentence")
    line = prose.lines[i]
    return Said(
        number=number,
        document=paper.number,
        source=prose.sentences[i],
        line=line,
        lang=paper.lang,
        place=i / len(prose.lines),
        rank=paper.ranks[i],
        leans=opening(line, paper.lang) == "anaphora",
        whole=_is_statement(line, prose.title),
        speaker=speaker,
        concepts=concepts,
        figures=tuple(find_figures(line, paper.lang, sentence=number, concepts=concepts)),
        numbers=find_numbers(line, paper.lang),
    )


def _is_statement(line: str, title: str) -> bool:
    asks = line.rstrip("\"“”«»›‹')’ ").endswith(("?", ":", "!"))
    return finished(line) and not asks and line != title and line.count(" ") + 1 >= _SHORTEST


def by_document(sentences: Sequence[Said]) -> Iterator[list[Said]]:
    """Yield the sentences of one document after the other."""
    group: list[Said] = []
    for said in sentences:
        if group and group[-1].document != said.document:
            yield group
            group = []
        group.append(said)
    if group:
        yield group
