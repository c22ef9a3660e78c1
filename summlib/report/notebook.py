"""A piece of HTML for notebooks: sentence and source in one row, no script."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from summlib.records import Document, Summary
from summlib.report.columns import (
    Anchors,
    SourceColumn,
    TargetColumn,
    cited,
    findings_list,
    named,
    with_flaws,
)
from summlib.report.layout import Mark, cut_blocks
from summlib.report.markup import Html, element, joined
from summlib.report.pages import Pages
from summlib.report.rows import Result, Row, require_source, rows_of
from summlib.report.sections import counted, left_out, left_out_section

MAX_ROWS = 200
"""A notebook slows down with larger tables; a page from ``render`` has no limit."""

STYLE = """
#{id} table {{ width: 100%; table-layout: fixed; border-collapse: collapse; }}
#{id} table.rows th:first-child {{ width: 3em; }}
#{id} td, #{id} th {{ white-space: normal; vertical-align: top; padding: .3em .6em; }}
#{id} td {{ overflow-wrap: anywhere; unicode-bidi: isolate; }}
#{id} ul {{ list-style: none; margin: .2em 0 0; padding: 0; }}
#{id} small, #{id} ul {{ font-size: .85em; }}
#{id} .flaw {{ text-decoration: underline wavy; }}
#{id} .aside {{ position: absolute; clip-path: inset(50%); }}
#{id} a {{ color: inherit; }}
#{id} mark {{ background: none; color: inherit; border-bottom: 2px solid; }}
#{id} :target, #{id} :target td {{ outline: 2px solid; }}
#{id} p {{ white-space: pre-wrap; }}
"""
"""Colors are the notebook's own, so that light and dark themes both hold."""


def fragment(result: Result, doc: Document | None = None) -> str:
    """Return a table of a result's sentences, each beside the sentences it rests on.

    It holds nothing that runs, its ids differ from those of every other call,
    and it stays readable where a notebook takes out the style.

    Args:
        result: What ``summarize`` or ``translate`` returned.
        doc: The document it was made from; adds the whole of it, with its
            sources marked, and page numbers.

    Raises:
        InputError: The result was not made from this document.

    >>> from summlib.records import Sentence, SummarySentence
    >>> said = SummarySentence("R&D.", 0, 4, (Sentence("F&E.", 7, 11),))
    >>> html = fragment(Summary("R&D.", (said,), "de", "en", "echo"))
    >>> "R&amp;D." in html, "F&amp;E." in html, "<script" in html
    (True, True, False)
    """
    rows = rows_of(result)
    if doc is not None:
        require_source(rows, doc)
    return _Fragment(result, doc, rows, f"summlib-{uuid4().hex[:12]}").whole()


class _Fragment:
    """The parts of one output."""

    def __init__(
        self, result: Result, doc: Document | None, rows: tuple[Row, ...], name: str
    ) -> None:
        self.result, self.doc, self.rows, self.id = result, doc, rows, name
        self.pages = Pages(doc)
        self.here = Anchors(f"{name}-t")
        self.there = Anchors(f"{name}-s")
        self.column = TargetColumn(
            *(result.target_lang, self.here, self.there, self.pages),
            result.source_lang != result.target_lang,
        )

    def whole(self) -> str:
        document = self._document()  # first: it fills the anchors that the rows link to
        style = element("style", Html(STYLE.format(id=self.id)))
        return element("div", style, self._table(), *self._notes(), document, id=self.id, lang="en")

    def _table(self) -> Html:
        kind = "Summary" if isinstance(self.result, Summary) else "Translation"
        names = (named(self.result.target_lang), named(self.result.source_lang))
        titles = ("No.", f"{kind} ({names[0]})", f"Source ({names[1]})")
        head = (element("th", title, scope="col", style="text-align: left") for title in titles)
        body = joined(map(self._row, self.rows[:MAX_ROWS]))
        return element(
            *("table", element("thead", element("tr", *head)), element("tbody", body)),
            class_="rows",
        )

    def _row(self, row: Row) -> Html:
        to = self.there.of([row.number])
        number = element("a", row.number, href=f"#{to[0]}") if to else row.number
        how = self.column.made(row) if isinstance(self.result, Summary) else ""
        text = (element("div", with_flaws(row.text, row.findings), lang=self.result.target_lang),)
        sources = (
            element("div", s.text, lang=self.result.source_lang, dir="auto") for s in row.sources
        )
        place = element("small", joined(filter(None, [how, cited(row, self.pages)]), " · "))
        left = {"style": "text-align: left", "valign": "top"}
        return element(
            "tr",
            element("td", number, **left),
            element("td", *text, findings_list(row), **left),
            element("td", *sources, place, **left),
            id=f"{self.id}-t{row.number}",
        )

    def _notes(self) -> Iterator[Html]:
        if len(self.rows) > MAX_ROWS:
            more = counted(len(self.rows) - MAX_ROWS, "more sentence")
            yield element("p", f"{more}; summlib.report.render shows all.")
        passages = left_out(self.result, self.doc)
        if passages:
            yield left_out_section(passages, self.pages.noun)
        yield element("p", element("small", self.result.signature))

    def _document(self) -> Html:
        if self.doc is None:
            return Html("")
        marks = [Mark(s.start, s.end, row.number) for row in self.rows for s in row.sources]
        drops = self.result.dropped if isinstance(self.result, Summary) else ()
        blocks = cut_blocks(self.doc.text, marks, drops, self.pages.starts)
        self.there.add_blocks(blocks)
        shown = self.rows[:MAX_ROWS]
        self.here.ids.update({row.number: [f"{self.id}-t{row.number}"] for row in shown})
        told_apart = isinstance(self.result, Summary)
        column = SourceColumn(self.doc, self.there, self.here, self.pages, marked=told_apart)
        text = element("div", *map(column.block, blocks), lang=self.result.source_lang)
        return element("details", element("summary", "The whole document, sources marked"), text)
