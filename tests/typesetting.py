"""Set an article in columns with reportlab, as a small newspaper would: to be read back."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

FONT, BOLD = "Times-Roman", "Times-Bold"
SOFT = "\u00ad"


@dataclass(frozen=True)
class Layout:
    """How a page is set; lengths are in points.

    Args:
        columns: Columns on a page.
        indented: Whether paragraphs begin with an indent, else with a gap above.
        justified: Whether lines are spaced out to the column's width.
        by_rows: Whether lines are painted across all columns from the top down.
        size: Of the type.
    """

    columns: int = 2
    indented: bool = False
    justified: bool = True
    by_rows: bool = False
    size: float = 10.0

    @property
    def width(self) -> float:
        return (475 - 20 * (self.columns - 1)) / self.columns


@dataclass(frozen=True)
class _Set:
    """A line in its place."""

    text: str
    x: float
    y: float
    page: int
    font: str = FONT
    size: float = 10.0
    stretch: float = 0.0


def set_article(title: str, paragraphs: Sequence[str], layout: Layout) -> bytes:
    """Return a PDF of the article, with running heads and page numbers.

    Args:
        title: Stands above all columns of the first page.
        paragraphs: With soft hyphens where a word may be broken; those that
            begin with ``#`` are headings.
        layout: How it is set.
    """
    lines = _flow(paragraphs, layout)
    pages = max(line.page for line in lines)
    lines.append(_Set(title, 60, 740, 0, BOLD, 18))
    for page in range(pages + 1):
        head = "Auenfelder Anzeiger" if page % 2 else "Lokales, Mittwoch, 15. Oktober 2025"
        lines.append(_Set(head, 60, 800, page, FONT, 8))
        lines.append(_Set(f"– {page + 7} –", 290, 40, page, FONT, 8))
    if layout.by_rows:
        lines.sort(key=lambda line: (line.page, -line.y, line.x))
    else:
        lines.sort(key=lambda line: line.page)
    return _paint(lines)


def _flow(paragraphs: Sequence[str], layout: Layout) -> list[_Set]:
    """Break all paragraphs into lines and put these into the columns."""
    found: list[_Set] = []
    page, column, y = 0, 0, 700.0
    for text in paragraphs:
        heading = text.startswith("#")
        font, size = (BOLD, 12.0) if heading else (FONT, layout.size)
        y -= 0 if layout.indented and not heading else 6
        indent = 12 if layout.indented and not heading else 0
        broken = break_lines(text.lstrip("# "), layout.width, font, size, indent)
        for number, line in enumerate(broken):
            if y < 90:
                column += 1
                page, column = (page + 1, 0) if column == layout.columns else (page, column)
                y = 700.0 if page == 0 else 760.0
            shift = indent if number == 0 else 0
            x = 60 + column * (layout.width + 20) + shift
            spare = layout.width - shift - stringWidth(line, font, size)
            full = layout.justified and number + 1 < len(broken)
            stretch = spare / max(1, line.count(" ")) if full else 0
            found.append(_Set(line, x, y, page, font, size, stretch))
            y -= 1.2 * size
    return found


def break_lines(text: str, width: float, font: str, size: float, indent: float = 0) -> list[str]:
    """Break a text into lines no wider than the column, at blanks and hyphens."""
    lines, line = [], ""
    for word in text.split(" "):
        rest = word
        while rest:
            space = width - (0 if lines else indent)
            head = f"{line} " if line else ""
            if stringWidth(head + rest.replace(SOFT, ""), font, size) <= space:
                line, rest = head + rest.replace(SOFT, ""), ""
                continue
            for place in [m.end() for m in re.finditer(f"(?<=.)[{SOFT}-](?=.)", rest)][::-1]:
                begun = rest[: place - 1].replace(SOFT, "") + "-"
                if stringWidth(head + begun, font, size) <= space:
                    line, rest = head + begun, rest[place:]
                    break
            lines.append(line)
            line = ""
    return [*lines, line] if line else lines


def _paint(lines: Sequence[_Set]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(595, 842), invariant=1)
    canvas.setAuthor("Eva Beispiel")
    page = 0
    for line in lines:
        if line.page != page:
            canvas.showPage()
            page = line.page
        text = canvas.beginText(line.x, line.y)
        text.setFont(line.font, line.size)
        text.setWordSpace(line.stretch)
        text.textOut(line.text)
        canvas.drawText(text)
    canvas.save()
    return target.getvalue()
