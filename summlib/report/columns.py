"""The two texts beside each other, each sentence linked to those it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from summlib.records import Document, Finding
from summlib.report.layout import Block, Piece, merged
from summlib.report.markup import Html, element, escaped, joined
from summlib.report.pages import Pages
from summlib.report.rows import Row

LANGUAGE_NAMES = {"de": "German", "en": "English"}

HOW = {
    "copied": "one whole sentence",
    "compressed": "shortened by rule",
    "rewritten": "in new words",
}
"""How a sentence of a summary was made, in the reader's words."""

SEVERITIES = {"error": "✗ Error", "warning": "⚠ Warning"}


@dataclass(frozen=True)
class Anchors:
    """The ids of the linked pieces of one text.

    Args:
        prefix: Of each id.
        ids: For the number of a sentence the ids of its pieces, in order.
        by_piece: The id of each linked piece.
    """

    prefix: str
    ids: dict[int, list[str]] = field(default_factory=dict)
    by_piece: dict[Piece, str] = field(default_factory=dict)

    def add_blocks(self, blocks: Sequence[Block]) -> Anchors:
        """Name all pieces that belong to a sentence, and return the same anchors."""
        for piece in (p for block in blocks for p in block.pieces if p.numbers):
            name = self.by_piece[piece] = f"{self.prefix}{len(self.by_piece) + 1}"
            for number in piece.numbers:
                self.ids.setdefault(number, []).append(name)
        return self

    def of(self, numbers: Sequence[int]) -> list[str]:
        """Return the ids that belong to any of the sentences, each once."""
        return list(dict.fromkeys(name for n in numbers for name in self.ids.get(n, ())))


def link(content: object, *, name: str, to: Sequence[str], **attributes: object) -> Html:
    """Return text that leads to its counterparts; without any it is only marked."""
    if not to:
        return element("span", content, id=name, **attributes)
    return element("a", content, id=name, href=f"#{to[0]}", data_to=" ".join(to), **attributes)


@dataclass(frozen=True)
class SourceColumn:
    """The document with the sentences marked that the result rests on.

    Args:
        doc: The document.
        here: The anchors of its own pieces.
        there: The anchors of the result.
        pages: Where pages begin.
        marked: Whether to set the sources off from the rest, which in a
            translation would be everything.
        disputed: Numbers of the figures that another document contradicts.
    """

    doc: Document
    here: Anchors
    there: Anchors
    pages: Pages
    marked: bool = True
    disputed: frozenset[int] = frozenset()

    def block(self, block: Block) -> Html:
        """Return a paragraph, or what was left out behind a line that says so."""
        if not block.reasons:
            return element("p", *map(self.piece, block.pieces))
        said = f"Left out here: {', '.join(map(plain_reason, block.reasons))}"
        start, end = block.pieces[0].start, block.pieces[-1].end
        body = element("p", self.doc.text[start:end])
        hidden = element("details", element("summary", said), body, class_="noise")
        return joined([*map(self._page, block.pieces), hidden])  # pages begin in plain sight

    def piece(self, piece: Piece) -> Html:
        """Return one stretch of text with the page break before it, if any."""
        return joined([self._page(piece), self._words(piece)])

    def _page(self, piece: Piece) -> Html:
        if not self.pages.begins(piece.start):
            return Html("")
        label = self.pages.label(piece.start).capitalize()
        return element("span", label, class_="page", lang="en")

    def _words(self, piece: Piece) -> Html:
        text = self.doc.text[piece.start : piece.end]
        if piece.numbers:
            to = self.there.of(piece.numbers)
            cited = element("sup", _aside(", used in sentence "), _listed(piece.numbers))
            words = joined([text, self._doubt(piece), cited])
            kind = "source" if self.disputed.isdisjoint(piece.numbers) else "source disputed"
            marked = link(words, name=self.here.by_piece[piece], to=to, class_=kind)
            return element("mark", marked) if self.marked else marked
        if piece.reason:
            aside = _aside(f" (left out: {plain_reason(piece.reason)})")
            return element("span", text, aside, class_="dropped")
        return escaped(text)

    def _doubt(self, piece: Piece) -> Html:
        """Say that another document contradicts a figure of this piece."""
        if self.disputed.isdisjoint(piece.numbers):
            return Html("")
        said = _aside(", another document gives another figure")
        return element("sup", said, element("span", "✗", aria_hidden="true"), class_="flag")


@dataclass(frozen=True)
class TargetColumn:
    """The summary as a list, or the translation as running text.

    Args:
        lang: Its language.
        here: The anchors of its own sentences.
        there: The anchors of the document.
        pages: Where pages of the document begin.
        translated: Whether the summary is in another language than its document.
    """

    lang: str
    here: Anchors
    there: Anchors
    pages: Pages
    translated: bool = True

    def item(self, row: Row) -> Html:
        """Return one sentence of a summary with how it was made, its sources and findings."""
        name, notes = f"{self.here.prefix}{row.number}", f"note{row.number}"
        sentence = link(
            with_flaws(row.text, row.findings),
            name=name,
            to=self.there.of([row.number]),
            class_="sentence",
            lang=self.lang,
            aria_describedby=notes,
        )
        about = joined([self.made(row), " · ", cited(row, self.pages)])
        return element(
            "li",
            sentence,
            element("div", element("p", about), findings_list(row), id=notes, class_="notes"),
            data_number=row.number,
        )

    def made(self, row: Row) -> Html:
        """Say how a sentence of a summary was made."""
        said = HOW.get(row.how, row.how)
        return element("span", f"{said}, translated" if self.translated else said, class_="how")

    def block(self, block: Block, text: str, rows: Sequence[Row]) -> Html:
        """Return a paragraph of a translation."""
        return element("p", *(self.piece(piece, text, rows) for piece in block.pieces))

    def piece(self, piece: Piece, text: str, rows: Sequence[Row]) -> Html:
        """Return one sentence of a translation, or what stands between two."""
        words = text[piece.start : piece.end]
        if not piece.numbers:
            return escaped(words)
        row = rows[piece.numbers[0] - 1]
        name = self.here.by_piece[piece]
        inner = with_flaws(words, row.findings) if words == row.text else escaped(words)
        flag = element("sup", _aside(", see finding of sentence "), f"⚠{row.number}", class_="flag")
        flagged = joined([inner, flag]) if row.findings or row.truncated else inner
        return link(flagged, name=name, to=self.there.of([row.number]), class_="sentence")


def with_flaws(text: str, findings: Sequence[Finding]) -> Html:
    """Return a sentence with the words underlined that its findings name.

    >>> from summlib.records import Span
    >>> with_flaws("It was 53.", [Finding("quantity", "no", target=Span(7, 9))])
    'It was <span class="flaw">53</span>.'
    """
    named = [f.target for f in findings if f.target]
    inside = [(s.start, s.end) for s in named if 0 <= s.start < s.end <= len(text)]
    parts: list[object] = []
    place = 0
    for start, end in merged(inside):
        parts += [text[place:start], element("span", text[start:end], class_="flaw")]
        place = end
    return joined([*parts, text[place:]])


def findings_list(row: Row) -> Html:
    """Return what the checks say of a sentence, in words, not by color alone."""
    said = [element("li", *_finding(f), class_=f.severity) for f in row.findings]
    if row.truncated:
        label = element("strong", SEVERITIES["warning"])
        said.append(element("li", label, " cut at the model's length limit", class_="warning"))
    return element("ul", *said, class_="findings") if said else Html("")


def _finding(finding: Finding) -> tuple[object, ...]:
    label = SEVERITIES.get(finding.severity, finding.severity)
    return element("strong", label), f" {finding.kind}: {finding.message}"


def cited(row: Row, pages: Pages) -> str:
    """Say where the sources of a sentence stand.

    >>> from summlib.records import Sentence
    >>> cited(Row(1, "Yes.", 0, 4, (Sentence("Ja.", 7, 10),), "copied"), Pages(None))
    'characters 7–10'
    """
    places = []
    for source in row.sources:
        label = pages.label(source.start)
        on = f"{label}, " if label else ""
        places.append(f"{on}characters {source.start}–{source.end}")
    return "; ".join(places) or "no source"


def named(lang: str) -> str:
    """Return the English name of a language, its code where none is known."""
    return LANGUAGE_NAMES.get(lang, lang)


def plain_reason(reason: str) -> str:
    """Return the key of a reason in words."""
    return reason.replace("-", " ").replace("_", " ")


def _aside(text: str) -> Html:
    """Say something to those who hear the page; others see it."""
    return element("span", text, class_="aside", lang="en")


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
