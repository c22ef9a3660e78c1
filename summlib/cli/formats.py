"""How a result is written: text, Markdown, JSON or HTML; beside its source, with citations."""

from __future__ import annotations

import json
import re
import textwrap
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal, TypeAlias

from summlib.cli import notes
from summlib.errors import InputError, SummlibError
from summlib.records import Document, Sentence, Summary, Translation

Result: TypeAlias = Summary | Translation
Format = Literal["text", "markdown", "json", "html"]

SUFFIXES: Mapping[str, str] = {"text": "txt", "markdown": "md", "json": "json", "html": "html"}

SOURCE_WIDTH = 300
"""Characters shown of a source sentence; hardly any is longer."""

COLUMN = 46
"""Characters of each of two columns, so that both fit a page of 96."""

_MARKUP = re.compile(r"[\\`*_\[\]<>|]")
_BLOCK = re.compile(r"^(\s*)([-+#=~]|\d+[.)])", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Style:
    """What a person asked the results to look like; picklable.

    Args:
        format: ``text``, ``markdown``, ``json`` or ``html``.
        bilingual: Whether the source stands beside each sentence.
        citations: Whether sentences are numbered to a list of their sources.
        sources: Whether the sources stand below each sentence, with offsets.
    """

    format: Format = "text"
    bilingual: bool = False
    citations: bool = False
    sources: bool = False

    @property
    def suffix(self) -> str:
        """End of the names of files, without the point."""
        return SUFFIXES[self.format]

    def show(self, doc: Document, result: Result) -> str:
        """Return what is written for one document."""
        if self.format == "json":
            return json_line(doc, result)
        if self.format == "html":
            from summlib.report import render

            return render(result, doc)
        if self.format == "markdown":
            return markdown(doc, result, bilingual=self.bilingual, citations=self.citations)
        return self._text(doc, result)

    def show_line(self, doc: Document, result: Result) -> str:
        """Return one line of JSON Lines, with what ``show`` makes of other formats in it."""
        if self.format in ("text", "json") and not (self.bilingual or self.citations):
            return json_line(doc, result)
        return json_line(doc, result, **{self.format: self.show(doc, result)})

    def _text(self, doc: Document, result: Result) -> str:
        if self.sources:
            return with_sources(result)
        body = side_by_side(result) if self.bilingual else None
        if self.citations:
            cited, passages = citations(doc, result)
            listed = "".join(f"[{n}] {passage}\n" for n, passage in enumerate(passages, 1))
            return f"{body or wrapped(cited)}\n{listed}"
        return body if body is not None else plain(result)


def plain(result: Result) -> str:
    """Return the text: a translation as it is, a summary with a line end."""
    return f"{result.text.rstrip()}\n" if isinstance(result, Summary) else result.text


def wrapped(sentences: list[str]) -> str:
    """Return sentences as they stand, one a line."""
    return "".join(f"{sentence}\n" for sentence in sentences)


def json_line(doc: Document, result: Result, **more: str) -> str:
    """Return the result as one line of JSON, with the path and id of its document.

    >>> json_line(Document("Ja.", path="a.txt"), Translation("Yes.", (), "de", "en", "echo"))[:32]
    '{"path": "a.txt", "text": "Yes."'
    """
    known = named(doc)
    return json.dumps({**known, **result.to_dict(), **more, **known}, ensure_ascii=False) + "\n"


def error_line(
    doc: Document | None, path: str, error: SummlibError, *, record: int | None = None
) -> str:
    """Return what went wrong with a document as one line of JSON.

    Args:
        doc: The document, None when it could not be read.
        path: Its file.
        error: What went wrong.
        record: Which document of the file it is, from 1; None when it is the only one.

    >>> print(error_line(None, "a.pdf", SummlibError("damaged")), end="")
    {"path": "a.pdf", "error": {"kind": "SummlibError", "message": "damaged"}}
    """
    from summlib.batch import describe_error

    known: dict[str, Any] = named(doc) if doc else {"path": path}
    if isinstance(error, InputError) and error.record_id is not None:
        known["id"] = error.record_id
    if record is not None:
        known["record"] = record
    return json.dumps({**known, "error": describe_error(error)}, ensure_ascii=False) + "\n"


def named(doc: Document) -> dict[str, Any]:
    """Return what tells which document it is: its path, and the id or line of a record."""
    found: dict[str, Any] = {"path": doc.path}
    if "id" in doc.meta:
        found["id"] = doc.meta["id"]
    elif "line" in doc.meta:
        found["line"] = doc.meta["line"]
    return found


def pairs(result: Result) -> Iterator[tuple[str, str]]:
    """Yield each sentence with its source."""
    if isinstance(result, Summary):
        for sentence in result.sentences:
            yield " ".join(one_line(s.text) for s in sentence.sources), sentence.text
        return
    for translated in result.sentences:
        yield one_line(translated.source.text), one_line(translated.text)


def with_sources(result: Result) -> str:
    """Return each sentence with its sources, trust and findings below.

    Offsets are those of Python slices: ``[312:402]`` is ``text[312:402]``.

    >>> from summlib.records import SummarySentence
    >>> said = SummarySentence("Yes.", 0, 4, (Sentence("Ja.", 7, 10),))
    >>> print(with_sources(Summary("Yes.", (said,), "de", "en", "echo")), end="")
    Yes.
        [7:10] Ja.
    """
    rows: list[str] = []
    for sentence in result.sentences:
        rows.append(sentence.text)
        for source in _sources(sentence):
            quoted = notes.printable(notes.excerpt(source.text, SOURCE_WIDTH))
            rows.append(f"    [{source.start}:{source.end}] {quoted}")
        if sentence.trust is not None:
            rows.append(f"    trust: {sentence.trust:.0%}")
        rows.extend(f"    {found.severity}: {found}" for found in sentence.findings)
    return "".join(f"{row}\n" for row in rows)


def side_by_side(result: Result) -> str:
    """Return two columns, the source left, a blank line between sentences.

    >>> from summlib.records import SummarySentence
    >>> said = SummarySentence("Yes.", 0, 4, (Sentence("Ja.", 7, 10),))
    >>> print(side_by_side(Summary("Yes.", (said,), "de", "en", "echo")), end="")
    Ja.                                             │ Yes.
    """
    return "\n".join(_columns(source, target) for source, target in pairs(result))


def _columns(left: str, right: str) -> str:
    rows = zip_longest(_lines(left), _lines(right), fillvalue="")
    return "".join(f"{a:<{COLUMN + 1}} │ {b}".rstrip() + "\n" for a, b in rows)


def _lines(text: str) -> list[str]:
    return textwrap.wrap(notes.printable(text), COLUMN, break_on_hyphens=False) or [""]


def citations(doc: Document, result: Result) -> tuple[list[str], list[str]]:
    """Return the sentences with the numbers of their sources, and the list of these.

    A source that two sentences rest on has one number.

    >>> from summlib.records import SummarySentence
    >>> said = SummarySentence("Yes.", 0, 4, (Sentence("Ja.", 7, 10),))
    >>> doc = Document("Nein.\\n\\nJa.", path="a.pdf", meta={"pages": [0, 7]})
    >>> citations(doc, Summary("Yes.", (said,), "de", "en", "echo"))
    (['Yes. [1]'], ['a.pdf, page 2, 7–10: “Ja.”'])
    """
    numbers: dict[Sentence, int] = {}
    cited = []
    for sentence in result.sentences:
        own = [numbers.setdefault(source, len(numbers) + 1) for source in _sources(sentence)]
        marks = "".join(f"[{number}]" for number in dict.fromkeys(own))
        cited.append(f"{one_line(sentence.text)} {marks}".rstrip())
    return cited, [_passage(doc, source) for source in numbers]


def _sources(sentence: Any) -> tuple[Sentence, ...]:
    found: tuple[Sentence, ...] = getattr(sentence, "sources", ())
    return found or (sentence.source,)


def _passage(doc: Document, source: Sentence) -> str:
    page = page_of(doc, source.start)
    where = [doc.path or doc.title or "text", *([f"page {page}"] if page else [])]
    if "line" in doc.meta:
        where.append(f"record {doc.meta.get('id', doc.meta['line'])}")
    place = ", ".join([*where, f"{source.start}–{source.end}"])
    return f"{notes.printable(place)}: “{notes.printable(one_line(source.text))}”"


def page_of(doc: Document, offset: int) -> int | None:
    """Return the number of the page, from 1, that an offset is on; None without pages."""
    starts = doc.meta.get("pages")
    if not isinstance(starts, list | tuple) or not starts:
        return None
    return max(1, bisect_right(starts, offset))


def markdown(doc: Document, result: Result, *, bilingual: bool, citations: bool) -> str:
    """Return the result as Markdown, what checks found below it."""
    parts = [_markdown_body(doc, result, bilingual=bilingual, cited=citations)]
    if result.findings:
        parts.append("".join(f"- **{f.severity}** {escape(str(f))}\n" for f in result.findings))
    if isinstance(result, Summary):
        heading = doc.title or doc.path
        parts = [f"# {escape(heading)}\n", *parts] if heading else parts
    return "\n".join(parts)


def _markdown_body(doc: Document, result: Result, *, bilingual: bool, cited: bool) -> str:
    sentences, passages = citations(doc, result) if cited else ([], [])
    if bilingual:
        body = _table(result, sentences)
    elif cited:
        body = f"{escape(' '.join(sentences), keep_citations=True)}\n"
    else:  # a translation may be of Markdown, which comes back as it is
        body = f"{escape(plain(result).rstrip())}\n" if isinstance(result, Summary) else result.text
    listed = "".join(f"{n}. {escape(passage)}\n" for n, passage in enumerate(passages, 1))
    return f"{body}\n{listed}" if listed else body


def _table(result: Result, cited: list[str]) -> str:
    names = {"de": "Deutsch", "en": "English"}
    head = [names.get(lang, lang) for lang in (result.source_lang, result.target_lang)]
    rows = [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
    for number, (source, target) in enumerate(pairs(result)):
        right = escape(cited[number], keep_citations=True) if cited else escape(target)
        rows.append(f"| {escape(source)} | {right} |")
    return wrapped(rows)


def escape(text: str, *, keep_citations: bool = False) -> str:
    r"""Take the meaning from what Markdown would obey.

    >>> escape("12. März: 3 * 4 <b>")
    '12\\. März: 3 \\* 4 \\<b\\>'
    """
    found = _MARKUP.sub(r"\\\g<0>", one_line(text))
    found = _BLOCK.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", found)
    return re.sub(r"\\\[(\d+)\\\]", r"[\1]", found) if keep_citations else found


def one_line(text: str) -> str:
    """Return a text without line breaks and runs of spaces."""
    return " ".join(text.split())
