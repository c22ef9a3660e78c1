"""A whole page: the result beside its document, with nothing from elsewhere."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path, PurePath
from string import Template

from summlib import __version__
from summlib.records import Document, Summary
from summlib.report.columns import Anchors, SourceColumn, TargetColumn, named
from summlib.report.figures import compare_figures
from summlib.report.layout import Mark, cut_blocks
from summlib.report.markup import Html, element, escaped, joined
from summlib.report.pages import Pages
from summlib.report.rows import Result, Row, require_source, rows_of
from summlib.report.sections import (
    about_section,
    counted,
    figures_section,
    findings_section,
    left_out,
    left_out_section,
)

_DATA = Path(__file__).parent / "data"


def render(result: Result, doc: Document) -> str:
    """Return a page that shows a summary or translation beside its document.

    The page is one file that loads nothing, works without its script, and can
    be written as UTF-8 whatever the texts hold. The same input gives the same
    page.

    Args:
        result: What ``summarize`` or ``translate`` returned.
        doc: The document it was made from; what its format tells of pages and
            chapters is shown.

    Raises:
        InputError: The result was not made from this document.

    >>> import summlib
    >>> doc = Document("Der Rat stimmte zu. Die Sitzung dauerte drei Stunden.")
    >>> page = render(summlib.summarize(doc, target_lang="de", length="1 sentences"), doc)
    >>> page[:15], "https://" in page
    ('<!doctype html>', False)
    """
    rows = rows_of(result)
    require_source(rows, doc)
    return fill(_Page(result, doc, rows).parts())


def fill(parts: Mapping[str, str]) -> str:
    """Return the page whose places hold these parts, which are HTML already."""
    style, script = _data("report.css"), _data("report.js")
    return Template(_data("report.html")).substitute(
        style=style,
        script=script,
        style_hash=_digest(style),
        script_hash=_digest(script),
        version=escaped(__version__),
        **parts,
    )


@lru_cache(maxsize=4)
def _data(name: str) -> str:
    return (_DATA / name).read_text(encoding="utf-8").strip("\n")


@lru_cache(maxsize=4)
def _digest(text: str) -> str:
    """Return what the page's own policy lets through, and nothing else."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


class _Page:
    """What fills the places of the template."""

    def __init__(self, result: Result, doc: Document, rows: tuple[Row, ...]) -> None:
        self.result, self.doc, self.rows, self.pages = result, doc, rows, Pages(doc)
        self.drops = result.dropped if isinstance(result, Summary) else ()
        self.is_summary = isinstance(result, Summary)
        self.langs = {"source_lang": result.source_lang, "target_lang": result.target_lang}
        sources = [Mark(s.start, s.end, row.number) for row in rows for s in row.sources]
        targets = [Mark(row.start, row.end, row.number) for row in rows]
        self.source = cut_blocks(doc.text, sources, self.drops, self.pages.starts)
        self.target = [] if self.is_summary else cut_blocks(result.text, targets)
        self.there = Anchors("s").add_blocks(self.source)
        self.here = Anchors("t").add_blocks(self.target)
        if self.is_summary:
            self.here.ids.update({row.number: [f"t{row.number}"] for row in rows})
        self.figures = compare_figures(rows, **self.langs)

    def parts(self) -> dict[str, str]:
        """Return HTML by the names of the places."""
        return {
            "title": escaped(self._title()),
            "facts": joined(element("li", fact) for fact in self._facts()),
            "target_title": self._titled("Summary" if self.is_summary else "Translation", "target"),
            "source_title": self._titled("Source document", "source"),
            "target": self._target(),
            "source": self._source(),
            "findings": self._findings(),
            "figures": figures_section(self.figures, self.here, **self.langs),
            "left_out": self._left_out(),
            "about": about_section(self.result, self.doc.path),
        }

    def _title(self) -> str:
        parts = [part for part in PurePath(self.doc.path).parts if part.strip("/\\")]
        name = self.doc.title or "/".join(parts[-2:]) or "a text"
        return f"{'Summary' if self.is_summary else 'Translation'} of {' '.join(name.split())}"

    def _titled(self, title: str, side: str) -> Html:
        return joined([title, " ", element("small", named(self.langs[f"{side}_lang"]))])

    def _facts(self) -> Iterator[str]:
        words, of = len(self.result.text.split()), len(self.doc.text.split())
        yield f"{named(self.langs['source_lang'])} to {named(self.langs['target_lang'])}"
        yield f"{counted(len(self.rows), 'sentence')}, {words:,} words of {of:,}"
        severities = [f.severity for f in self.result.findings]
        errors, warnings = severities.count("error"), severities.count("warning")
        yield f"{counted(errors, 'error')} and {counted(warnings, 'warning')} from the checks"
        if self.figures:
            held = sum(f.status in ("confirmed", "converted") for f in self.figures)
            yield f"{held} of {counted(len(self.figures), 'figure')} confirmed"

    def _target(self) -> Html:
        lang = self.langs["target_lang"]
        translated = lang != self.langs["source_lang"]
        column = TargetColumn(lang, self.here, self.there, self.pages, translated)
        if self.is_summary:
            return element("ol", *map(column.item, self.rows), class_="sentences", role="list")
        text = self.result.text
        paragraphs = (column.block(block, text, self.rows) for block in self.target)
        return element("div", *paragraphs, class_="text", lang=lang)

    def _source(self) -> Html:
        column = SourceColumn(self.doc, self.there, self.here, self.pages, marked=self.is_summary)
        blocks = map(column.block, self.source)
        return element("div", *blocks, class_="text", lang=self.langs["source_lang"])

    def _findings(self) -> Html:
        """Return the findings of a translation; a summary has them below its sentences."""
        if self.is_summary:
            return Html("")
        return joined([element("h2", "Findings"), findings_section(self.rows, self.here)])

    def _left_out(self) -> Html:
        passages = left_out(self.result, self.doc)
        if not self.is_summary and not passages:
            return Html("")
        section = left_out_section(passages, self.pages.noun)
        return joined([element("h2", "Left out"), section])
