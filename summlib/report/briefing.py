"""A digest as a page: the briefing on the left, all its documents on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from uuid import uuid4

from summlib.digest.briefing import (
    Briefing,
    Citation,
    Entry,
    Source,
    Statement,
    Value,
    by_speaker,
)
from summlib.digest.layout import TITLES, chapters, describe_source, heading
from summlib.errors import InputError, SummlibError
from summlib.records import Document
from summlib.report.columns import Anchors, SourceColumn, findings_list, link, with_flaws
from summlib.report.layout import Mark, cut_blocks
from summlib.report.markup import Html, element, escaped, joined
from summlib.report.notebook import MAX_ROWS, STYLE
from summlib.report.page import fill
from summlib.report.pages import Pages
from summlib.report.rows import Row
from summlib.report.sections import caption, counted, facts_list, limits_of, scrolling

Given = Document | str | SummlibError
Cited = tuple[Citation, ...]

CHECKED = (
    "The checks compare numbers, dates, names and negations of each sentence with the first one "
    "it cites. That the other documents cited say the same is judged by their words and figures, "
    "and can be wrong: read the sources where it matters."
)
DIFFER = "✗ documents differ"


def render_digest(made: Briefing, docs: Iterable[Given]) -> str:
    """Return a page that shows a digest beside the documents it was made from.

    It is like the page of a summary: one file that loads nothing, works
    without its script and holds nothing unescaped. A click on a sentence or a
    figure lights up what it rests on in every document; figures on which the
    documents differ are marked on both sides.

    Args:
        made: What ``summlib.digest.digest`` returned.
        docs: The same documents in the same order.

    Raises:
        InputError: The digest was not made from these documents.

    >>> from summlib.digest import digest
    >>> texts = ["Der Rat der Stadt Ulm hat den Umbau der Schule beschlossen.",
    ...          "In Ulm wird die Schule umgebaut, das hat der Rat beschlossen."]
    >>> page = render_digest(digest(texts, target_lang="de"), texts)
    >>> page[:15], 'href="#d2s1"' in page, "https://" in page
    ('<!doctype html>', True, False)
    """
    given = [Document(doc) if isinstance(doc, str) else doc for doc in docs]
    _require_sources(made, given)
    return fill(_Page(made, given).parts())


def _require_sources(made: Briefing, docs: Sequence[Document | SummlibError]) -> None:
    if len(docs) != len(made.sources):
        raise InputError(
            f"the digest is of {len(made.sources)} documents and {len(docs)} are given; "
            "give all of them, in the order in which it was made"
        )
    for citation in _all_citations(made):
        doc, said = docs[citation.document - 1], citation.sentence
        if not isinstance(doc, Document) or doc.text[said.start : said.end] != said.text:
            raise InputError(
                f"the digest was not made from these documents: [{citation.document}] does not "
                f"read {said.text[:40]!r} at {said.start}; give them in the order in which it "
                "was made"
            )


def _all_citations(made: Briefing) -> Iterator[Citation]:
    for statement in made.statements:
        yield from statement.citations
    for entry in made.figures:
        for value in entry.values:
            yield from value.citations


class _Page:
    """What fills the places of the template.

    Statements and the values of the table share one count, by which the
    documents name what rests on a sentence of theirs.
    """

    def __init__(self, made: Briefing, docs: Sequence[Document | SummlibError]) -> None:
        self.made, self.docs, self.titles = made, docs, TITLES[made.target_lang]
        values = [v for entry in made.figures for v in entry.values]
        numbered: list[Statement | Value] = [*made.statements, *values]
        self.cited: list[Cited] = [x.citations for x in numbered]
        self.numbers = {id(x): n for n, x in enumerate(numbered, 1)}
        self.disputed = frozenset(
            self.numbers[id(v)] for entry in made.contradictions for v in entry.values
        )
        self.here = Anchors("t", {n: [f"t{n}"] for n in range(1, len(self.cited) + 1)})
        self.there = Anchors("d")
        self.by_place: dict[tuple[int, int, int], str] = {}
        self.documents = [self._document(n) for n in range(1, len(docs) + 1)]

    def parts(self) -> dict[str, str]:
        """Return HTML by the names of the places."""
        told = [s.number for s in self.made.sources if s.status in ("used", "repeat")]
        return {
            "title": escaped(heading(self.made)),
            "facts": joined(element("li", fact) for fact in self._facts()),
            "target_lang": escaped(self.made.target_lang),
            "target_title": Html("Digest"),
            "target": joined([*self._notes(), *self._chapters()]),
            "findings": self._differences(),
            "figures": self._figures(),
            "left_out": joined([element("h2", "Documents"), self._listed()]),
            "about": self._about(),
            "source_title": Html(f"Source documents <small>{len(told)}</small>"),
            "source": joined(self.documents),
        }

    def _facts(self) -> Iterator[str]:
        yield counted(len(self.made.statements), "sentence")
        used = [s for s in self.made.sources if s.status in ("used", "repeat")]
        yield f"{sum(s.words for s in used):,} words in {counted(len(used), 'document')}"
        severities = [f.severity for f in self.made.findings]
        errors, warnings = severities.count("error"), severities.count("warning")
        yield f"{counted(errors, 'error')} and {counted(warnings, 'warning')} from the checks"
        yield counted(len(self.made.contradictions), "contradiction")

    def _notes(self) -> Iterator[Html]:
        lang = self.made.target_lang
        return (element("p", note, lang=lang, class_="warning") for note in self.made.notes)

    def _chapters(self) -> Iterator[Html]:
        for title, statements in chapters(self.made):
            yield element("h3", title, lang=self.made.target_lang)
            for speaker, said in by_speaker(statements):
                if speaker:
                    yield element("h4", speaker, lang=self.made.target_lang)
                yield element("ol", *map(self._item, said), class_="sentences", role="list")

    def _item(self, statement: Statement) -> Html:
        number = self.numbers[id(statement)]
        sentence = link(
            with_flaws(statement.text, statement.findings),
            name=f"t{number}",
            to=self.there.of([number]),
            class_="sentence",
            lang=self.made.target_lang,
            aria_describedby=f"note{number}",
        )
        about = joined([_witnessed(statement.witnesses), ": ", self._brackets(statement.citations)])
        notes = element("p", about), findings_list(row_of(number, statement))
        note = element("div", *notes, id=f"note{number}", class_="notes")
        return element("li", sentence, note, data_number=number)

    def _brackets(self, citations: Cited) -> Html:
        """Return [1][2], each leading to the sentence of that document."""
        first: dict[int, Citation] = {}
        for citation in citations:
            first.setdefault(citation.document, citation)
        return joined((self._bracket(c) for _, c in sorted(first.items())), " ")

    def _bracket(self, citation: Citation) -> Html:
        said = citation.sentence
        name = self.by_place[citation.document, said.start, said.end]
        label = f"[{citation.document}]"
        return element("a", label, href=f"#{name}", class_="cite", title=said.text[:200])

    def _differences(self) -> Html:
        rows = self.made.contradictions
        if not rows:
            return Html("")
        title = element("h2", self.titles["differ"], lang=self.made.target_lang)
        return joined([title, self._table(rows, self.titles["differ"])])

    def _figures(self) -> Html:
        rows = tuple(entry for entry in self.made.figures if not entry.contradictory)
        if not rows:
            return element("p", "No other number or date stands out.")
        return self._table(rows, self.titles["figures"])

    def _table(self, entries: Sequence[Entry], name: str) -> Html:
        titles = ("No.", self.titles["columns"][0], *self.titles["columns"][2:], "Check")
        head = element("tr", *(element("th", title, scope="col") for title in titles))
        body = joined(row for entry in entries for row in self._rows(entry))
        table = element("table", caption(name), element("thead", head), element("tbody", body))
        return scrolling(table, name)

    def _rows(self, entry: Entry) -> Iterator[Html]:
        span = len(entry.values) if entry.contradictory else None
        for place, value in enumerate(entry.values):
            number, lang = self.numbers[id(value)], self.made.target_lang
            told = link(
                f"{value.value} {value.unit}".strip(),
                name=f"t{number}",
                to=self.there.of([number]),
                class_="sentence",
                lang=lang,
            )
            remarks = ", ".join(filter(None, (value.speaker, value.note)))
            about = [element("td", entry.about, lang=lang, rowspan=span)] if not place else []
            yield element(
                "tr",
                element("td", number),
                element("td", told, f" ({remarks})" if remarks else ""),
                *about,
                element("td", self._brackets(value.citations)),
                self._check(entry, value),
            )

    def _check(self, entry: Entry, value: Value) -> Html:
        if entry.contradictory:
            return element("td", DIFFER, class_="error")
        several = len({citation.document for citation in value.citations}) > 1
        return element("td", "✓ agree" if several else "one document", class_=several and "good")

    def _listed(self) -> Html:
        rows = (element("li", self._source(s)) for s in self.made.sources)
        return element("ul", *rows, class_="noted")

    def _source(self, source: Source) -> Html:
        said, lang = describe_source(source, self.titles), self.made.target_lang
        if not isinstance(self.docs[source.number - 1], Document):
            return element("span", said, lang=lang)
        return element("a", said, href=f"#d{source.number}", lang=lang)

    def _about(self) -> Html:
        return facts_list(
            [
                ("Signature", element("code", self.made.signature)),
                *limits_of(self.made.signature),
                ("What is checked", CHECKED),
            ]
        )

    def _document(self, number: int) -> Html:
        """Return one document with what is cited of it marked."""
        doc, source = self.docs[number - 1], self.made.sources[number - 1]
        if not isinstance(doc, Document):
            return Html("")
        marks = [
            Mark(c.sentence.start, c.sentence.end, row)
            for row, citations in enumerate(self.cited, 1)
            for c in citations
            if c.document == number
        ]
        pages = Pages(doc)
        blocks = cut_blocks(doc.text, marks, (), pages.starts)
        own = Anchors(f"d{number}s").add_blocks(blocks)
        for row, names in own.ids.items():
            self.there.ids.setdefault(row, []).extend(names)
        self._note_places(number, own, marks)
        column = SourceColumn(doc, own, self.here, pages, disputed=self.disputed)
        title = element("h3", f"[{number}] ", element("bdi", source.name), id=f"d{number}")
        told = describe_source(replace(source, title=""), self.titles)
        about = element("p", told.partition(" ")[2], class_="notes", lang=self.made.target_lang)
        text = element("div", *map(column.block, blocks), class_="text", lang=source.lang or None)
        return element("section", title, about, text, class_="document")

    def _note_places(self, number: int, own: Anchors, marks: Sequence[Mark]) -> None:
        """Remember by which id a cited sentence is found."""
        starts = {piece.start: name for piece, name in reversed(own.by_piece.items())}
        for mark in marks:
            inner = (name for start, name in starts.items() if mark.start <= start < mark.end)
            name = starts.get(mark.start) or next(inner, f"d{number}")
            self.by_place[number, mark.start, mark.end] = name


def _witnessed(witnesses: int) -> str:
    return "one document" if witnesses < 2 else f"{witnesses} documents in words of their own"


def row_of(number: int, statement: Statement) -> Row:
    """Return a statement in the form that the parts of a page share."""
    end = len(statement.text)
    sources = tuple(c.sentence for c in statement.citations)
    return Row(number, statement.text, 0, end, sources, "copied", statement.findings)


def digest_fragment(made: Briefing) -> str:
    """Return a digest as a piece of HTML for notebooks: sentence beside sources, no script.

    Args:
        made: What ``summlib.digest.digest`` returned.

    >>> from summlib.digest import digest
    >>> html = digest_fragment(digest(["Der Rat hat <b>400</b> Euro bewilligt."], target_lang="de"))
    >>> "&lt;b&gt;400" in html, "<script" in html
    (True, False)
    """
    name, lang, titles = f"summlib-{uuid4().hex[:12]}", made.target_lang, TITLES[made.target_lang]
    parts = [element("style", Html(STYLE.format(id=name))), element("h3", heading(made))]
    parts += [element("p", element("em", note), lang=lang) for note in made.notes]
    for title, statements in chapters(made):
        rows = (_statement_row(s) for s in statements[:MAX_ROWS])
        parts += [element("h4", title, lang=lang), _side_by_side(rows, (title, titles["sources"]))]
    for title, contradictory in ((titles["differ"], True), (titles["figures"], False)):
        entries = [e for e in made.figures if e.contradictory == contradictory]
        rows = (_value_row(e, v) for e in entries for v in e.values)
        if entries:
            parts.append(element("h4", title, lang=lang))
            parts.append(_side_by_side(rows, (titles["columns"][0], titles["sources"])))
    listed = (element("li", describe_source(s, titles)) for s in made.sources)
    parts += [element("h4", titles["sources"]), element("ul", *listed)]
    parts.append(element("p", element("small", made.signature)))
    return element("div", *parts, id=name, lang=lang)


def _side_by_side(rows: Iterable[Html], titles: tuple[str, str]) -> Html:
    head = element("tr", *(element("th", t, scope="col", style="text-align: left") for t in titles))
    return element("table", element("thead", head), element("tbody", joined(rows)))


def _statement_row(statement: Statement) -> Html:
    said = with_flaws(statement.text, statement.findings)
    if statement.speaker:
        said = joined([element("strong", f"{statement.speaker}: "), said])
    return _cells(joined([said, findings_list(row_of(0, statement))]), statement.citations)


def _value_row(entry: Entry, value: Value) -> Html:
    told = element("strong", f"{value.value} {value.unit}".strip())
    remarks = "".join(f", {remark}" for remark in (value.speaker, value.note) if remark)
    mark = element("div", DIFFER) if entry.contradictory else ""
    about = element("div", element("small", entry.about))
    return _cells(joined([told, remarks, mark, about]), value.citations)


def _cells(said: Html, citations: Cited) -> Html:
    left = {"style": "text-align: left", "valign": "top"}
    quoted = (element("div", f"{c} {c.sentence.text}", dir="auto") for c in citations)
    return element("tr", element("td", said, **left), element("td", *quoted, **left))
