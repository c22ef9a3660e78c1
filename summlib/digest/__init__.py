"""Many documents on one subject in one briefing, every sentence of it cited.

What two or more documents say in words of their own is told once; who says
what follows; figures and dates stand in a table, those on which documents
differ side by side. A reprint of an agency's text is cited, but is no second
witness. Only what is shown is translated. The time taken grows with the
length of all documents together.

Sources: Broder (1997) for repeated texts; Erkan and Radev (2004) and
Carbonell and Goldstein (1998) for what matters and what repeats; the layout
of statements with citations follows practice in press reviews.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from summlib import adequacy, store
from summlib.digest.agreement import find_support
from summlib.digest.briefing import Citation, Entry, Source, Statement, Status, Value
from summlib.digest.concepts import ConceptReader
from summlib.digest.disagreement import tabulate
from summlib.digest.duplicates import Repeat, find_repeats
from summlib.digest.layout import Digest
from summlib.digest.reading import Paper, read_paper, read_sentences
from summlib.digest.selection import Chooser, make_room
from summlib.digest.subject import find_subject, profile
from summlib.digest.writer import Writer
from summlib.errors import EmptyDocument, InputError, ModelError, SummlibError
from summlib.records import Document
from summlib.selector import parse_length
from summlib.summarizer import BEAM, LANGUAGES, Summarizer
from summlib.text.lexicon import Lexicon
from summlib.translator import DEFAULT_MODEL, LEXICON, Translator

__all__ = ["Citation", "Digest", "Entry", "Source", "Statement", "Value", "digest"]

_SHORT = 40  # words below which a document is too short to tell its subject
NOTES = {
    "en": {
        "unlike": "The documents share few telling words; they may be on different subjects.",
        "strangers": "Left out as being on another subject: {}.",
        "repeat": "[{of}], {share:.0%} of it word for word",
    },
    "de": {
        "unlike": "Die Texte haben kaum sprechende Wörter gemeinsam und handeln vielleicht nicht "
        "vom selben.",
        "strangers": "Weggelassen, weil sie von etwas anderem handeln: {}.",
        "repeat": "von [{of}], zu {share:.0%} wörtlich",
    },
}
_STRANGER = "on another subject than the others"
Given = Document | str | SummlibError


def digest(
    docs: Iterable[Given],
    *,
    target_lang: str = "en",
    length: str = "medium",
    model: str | None = None,
    glossary: Mapping[str, str] | None = None,
    beam_size: int = BEAM,
    quick: bool = False,
    threads: int | None = None,
    device: str | None = None,
    engine: str = "auto",
    translator: Translator | None = None,
) -> Digest:
    """Turn documents on one subject into one briefing.

    Every statement and figure cites the sentences it rests on, with their
    offsets. A document on another subject, in another language or without a
    sentence is left out and listed with the reason.

    Args:
        docs: Documents or texts, German and English mixed; an error in the place
            of one that could not be read is listed among the sources.
        target_lang: Language of the briefing. English is not translated to
            German: in a German briefing English documents are cited only.
        length: ``short``, ``medium``, ``long``, or such as ``20%``,
            ``80 words``, ``3 sentences``, for all statements together. Named
            lengths grow with the number of documents.
        model: Name or folder of the translation model.
        glossary: German terms with the English that must stand for them.
        beam_size: 1 (quick) to about 8 (careful).
        quick: Whether to leave it at the first decoding of each sentence: about
            twice as fast, a little worse.
        threads: Cores to use.
        device: ``cpu``, ``cuda`` or ``auto``.
        engine: ``ct2`` (quick), ``pytorch`` (the reference) or ``auto``.
        translator: One to share; the options from ``model`` on then do not count.

    Raises:
        EmptyDocument: There is no document with a sentence in it.
        InputError: An option cannot be used.
        ModelError: The model is missing or damaged.

    >>> texts = ["Der Rat der Stadt Ulm hat den Umbau der Schule beschlossen.",
    ...          "In Ulm wird die Schule umgebaut, das hat der Rat beschlossen."]
    >>> [c.document for c in digest(texts, target_lang="de").statements[0].citations]
    [1, 2]
    """
    if target_lang not in LANGUAGES:
        raise InputError(f"target_lang is {target_lang!r}; give one of {', '.join(LANGUAGES)}")
    budget = parse_length(length)
    translator = translator or Translator(
        model,
        beam_size=beam_size,
        quick=quick,
        glossary=glossary,
        threads=threads,
        device=device,
        engine=engine,
    )
    given = [docs] if isinstance(docs, (str, Document)) else docs
    papers: list[Paper] = []
    latest: Given = ""
    for number, doc in enumerate(given):
        papers.append(read_paper(number, doc))
        latest = doc if papers[-1].prose else latest
    lexicon = _lexicon(translator)
    reader = _reader(translator, lexicon)
    notes = _leave_out_strangers(papers, reader, target_lang)
    used = [paper for paper in papers if paper.prose]
    _require(papers, used, target_lang)
    repeats = _repeats(papers)
    sentences = read_sentences(papers, reader)
    support = find_support(sentences)
    rows = tabulate(sentences)
    groups = [repeat.of if repeat else n for n, repeat in enumerate(repeats)]
    chooser = Chooser(sentences, support, groups, rows, target_lang=target_lang)
    own = [p for p, repeat in zip(papers, repeats, strict=True) if p.prose and not repeat]
    writer = Writer(
        sentences, support, chooser, translator=translator, lexicon=lexicon, target_lang=target_lang
    )
    listed = [_source(p, r, target_lang) for p, r in zip(papers, repeats, strict=True)]
    if len(used) == 1 and not isinstance(latest, SummlibError):
        summarizer = Summarizer(target_lang=target_lang, length=length, translator=translator)
        summary = summarizer(latest, source_lang=used[0].lang)
        return writer.write_summary(summary, used[0].number, rows, sources=listed, length=length)
    room = make_room(budget, words=sum(p.words for p in own), documents=len(own))
    choice = chooser.choose(room)
    return writer.write(choice, rows, sources=listed, length=length, notes=notes)


def _lexicon(translator: Translator) -> Lexicon | None:
    """Open the dictionary of the model, or of the bundled one; do without where there is none."""
    path = _data(translator, LEXICON)
    return Lexicon.open(path) if path else None


def _reader(translator: Translator, lexicon: Lexicon | None) -> ConceptReader:
    path = _data(translator, adequacy.FILE) if lexicon else None
    return ConceptReader(
        lexicon, adequacy.TranslationTable(path, lexicon) if path and lexicon else None
    )


def _data(translator: Translator, name: str) -> Path | None:
    """Find a file of the model's folder, or of the bundled one's."""
    for model in dict.fromkeys((translator.model, DEFAULT_MODEL)):
        try:
            path = store.find(model).path / name
        except ModelError:
            continue
        if path.is_file():
            return path
    return None


def _require(papers: Sequence[Paper], used: Sequence[Paper], target_lang: str) -> None:
    """Refuse to make a briefing of nothing."""
    if not papers:
        raise EmptyDocument("no document was given; there is nothing to make a digest of")
    if not used:
        why = "; ".join(dict.fromkeys(p.problem for p in papers[:3]))
        raise EmptyDocument(f"none of {len(papers)} documents holds a sentence to use: {why}")
    if target_lang == "de" and all(p.lang == "en" for p in used):
        raise InputError(
            "no bundled model translates English to German; use target_lang='en' "
            "for an English digest of English documents"
        )


def _leave_out_strangers(
    papers: Sequence[Paper], reader: ConceptReader, target_lang: str
) -> list[str]:
    """Take documents on other subjects out; return what there is to say of it."""
    judged = [p for p in papers if p.prose and p.words >= _SHORT]
    if len(judged) < 2:
        return []
    profiles = [
        profile([reader.read(line, p.lang) for line in p.prose.lines]) for p in judged if p.prose
    ]
    members = find_subject(profiles, [p.lang for p in judged])
    if not members:
        return [NOTES[target_lang]["unlike"]]
    left = [paper for number, paper in enumerate(judged) if number not in set(members)]
    if not left:
        return []
    for paper in left:
        paper.prose, paper.problem = None, _STRANGER
    numbers = ", ".join(f"[{p.number + 1}]" for p in left[:10])
    more = f" +{len(left) - 10}" if len(left) > 10 else ""
    return [NOTES[target_lang]["strangers"].format(f"{numbers}{more}")]


def _repeats(papers: Sequence[Paper]) -> list[Repeat | None]:
    """Return for each document what it repeats; an unusable one repeats nothing."""
    usable = [p for p in papers if p.prose]
    found: list[Repeat | None] = [None] * len(papers)
    for paper, repeat in zip(usable, find_repeats(p.text for p in usable), strict=True):
        if repeat:
            found[paper.number] = Repeat(usable[repeat.of].number, repeat.share)
    return found


def _source(paper: Paper, repeat: Repeat | None, target_lang: str) -> Source:
    status: Status = "used"
    note = paper.problem
    if paper.problem:
        status = "other subject" if paper.problem == _STRANGER else "failed"
    elif repeat:
        status = "repeat"
        note = NOTES[target_lang]["repeat"].format(of=repeat.of + 1, share=repeat.share)
    return Source(
        number=paper.number + 1,
        path=paper.path,
        title=paper.title,
        lang=paper.lang,
        words=paper.words,
        status=status,
        repeats=repeat.of + 1 if repeat else 0,
        note=note,
    )
