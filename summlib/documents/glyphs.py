"""From the characters of a PDF page to stretches of text that stand on one line.

PDF says only where each character is painted. PDFium, the reader of Chromium,
tells their places and puts in the blanks that were never painted; here they
are put together as far as their order and their places leave no doubt.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from summlib.documents.blocks import raised
from summlib.documents.encoding import mend_surrogates
from summlib.documents.extras import load

GAP = 1.2
"""Blank, in units of the type size, beyond which two stretches may be of two columns."""

_LINE_END_HYPHEN = 2
_BOLD = re.compile(rb"(?i)bold|black|heavy|(?:-|_)bd\b")


class Segment(NamedTuple):
    """A stretch of text on one line; lengths are in points, upwards and to the right.

    Args:
        text: What stands there.
        left: Where it begins.
        right: Where it ends.
        baseline: The line it stands on.
        size: Of its type.
        bold: Whether the type is.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False


class Page(NamedTuple):
    """What stands on a page.

    Args:
        number: From 1.
        segments: In the order in which they are painted.
        top: The upper edge of the page.
        bottom: The lower edge.
        aside: Texts that run in another direction or lie outside the page.
    """

    number: int
    segments: list[Segment]
    top: float
    bottom: float
    aside: str


class _Glyph(NamedTuple):
    """A character; its place is told along the direction in which it is read."""

    char: str
    left: float
    right: float
    baseline: float
    size: float
    direction: int
    place: int


def read_page(pdf: Any, number: int, max_chars: int) -> Page:
    """Return what stands on a page of an opened PDF.

    Args:
        pdf: A ``pypdfium2.PdfDocument``.
        number: Of the page, from 1.
        max_chars: Characters after which the rest of the page is left out.
    """
    raw = load("pypdfium2.raw", package="pypdfium2", what="reading PDF documents")
    page = pdf[number - 1]
    textpage = page.get_textpage()
    try:
        glyphs = _glyphs(raw, textpage, min(textpage.count_chars(), max_chars))
        turn = _main_direction(glyphs)
        left, bottom, right, top = page.get_bbox()
        corners = [_turned(turn, x, y) for x, y in ((left, bottom), (right, top))]
        lefts, levels = sorted(x for x, _ in corners), sorted(y for _, y in corners)
        inside: list[_Glyph] = []
        aside: list[_Glyph] = []
        for glyph in glyphs:
            seen = lefts[0] - 1 <= glyph.left <= lefts[1] + 1
            seen = seen and levels[0] - 1 <= glyph.baseline <= levels[1] + 1
            (inside if seen and glyph.direction == turn else aside).append(glyph)
        segments = _segments(inside, lambda index: _is_bold(raw, textpage, index))
        return Page(number, segments, levels[1], levels[0], "".join(g.char for g in aside))
    finally:
        textpage.close()
        page.close()


def _glyphs(raw: Any, textpage: Any, count: int) -> list[_Glyph]:
    """Read what PDFium knows of each character; line ends that it made up are left out."""
    handle = textpage.raw
    x, y, box, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    found: list[_Glyph] = []
    before, turn, size = (0.0, 0.0), 0, 1.0
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        if code in (0, 10, 13):
            continue
        if raw.FPDFText_IsGenerated(handle, index):
            if found:
                found.append(found[-1]._replace(char=" ", left=found[-1].right, place=-1))
            continue
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        font_size = raw.FPDFText_GetFontSize(handle, index)
        # On one line of one size nothing turns; asking each time takes a third of the time.
        if (y.value, font_size) != before:
            before = (y.value, font_size)
            raw.FPDFText_GetMatrix(handle, index, matrix)
            turn = _direction(matrix.a, matrix.b)
            size = abs(font_size * (math.hypot(matrix.c, matrix.d) or 1.0)) or 1.0
        char = "-" if code == _LINE_END_HYPHEN else chr(min(code, 0x10FFFF))
        if turn in (0, 4):
            place = (box.left, box.right, y.value)
        else:
            ends = (_turned(turn, box.left, box.bottom)[0], _turned(turn, box.right, box.top)[0])
            place = (min(ends), max(ends), _turned(turn, x.value, y.value)[1])
        found.append(_Glyph(char, *place, size, turn, index))
    return found


def _direction(a: float, b: float) -> int:
    """Return in which of four directions a text runs, quarter turns to the left; 4 for others."""
    turn = round(2 * math.atan2(b, a) / math.pi, 2) % 4
    return int(turn) if turn == int(turn) else 4


def _turned(direction: int, x: float, y: float) -> tuple[float, float]:
    """Return a place as it would be if the text ran to the right."""
    return ((x, y), (y, -x), (-x, -y), (-y, x), (x, y))[direction]


def _main_direction(glyphs: list[_Glyph]) -> int:
    counts = Counter(glyph.direction for glyph in glyphs)
    return counts.most_common(1)[0][0] if counts else 0


def _is_bold(raw: Any, textpage: Any, index: int) -> bool:
    """Tell by the name of the font; the weight that PDFium reports is often the default."""
    name = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(textpage, index, name, 200, ctypes.c_int())
    return bool(_BOLD.search(name.value))


def _segments(glyphs: list[_Glyph], is_bold: Callable[[int], bool]) -> list[Segment]:
    """Put characters together that follow one another on a line."""
    found: list[Segment] = []
    run: list[_Glyph] = []
    last: _Glyph | None = None
    for glyph in glyphs:
        blank = glyph.char.isspace()
        if last and not _follows(run[0], last, glyph, blank):
            found += _segment(run, is_bold)
            run, last = [], None
        run.append(glyph)
        last = last if blank and last else glyph
    return found + _segment(run, is_bold)


def _follows(first: _Glyph, last: _Glyph, glyph: _Glyph, blank: bool) -> bool:
    """Tell whether a character stands on the line of others and close to the last of them."""
    size = first.size if first.size > last.size else last.size
    if abs(glyph.baseline - first.baseline) > 0.5 * size or glyph.size > 1.8 * first.size:
        return False
    return blank or last.left - 0.5 * size <= glyph.left <= last.right + GAP * size


def _segment(run: list[_Glyph], is_bold: Callable[[int], bool]) -> list[Segment]:
    """Make a segment, or none of blanks only; raised figures become superscripts."""
    seen = [glyph for glyph in run if not glyph.char.isspace()]
    if not seen:
        return []
    size = Counter(round(glyph.size, 1) for glyph in seen).most_common(1)[0][0]
    usual = Counter(round(g.baseline, 1) for g in seen if g.size > 0.85 * size)
    baseline = usual.most_common(1)[0][0] if usual else seen[0].baseline
    chars = []
    for glyph in run:
        high = glyph.size < 0.85 * size and glyph.baseline > baseline + 0.15 * size
        chars.append(raised(glyph.char) if high else glyph.char)
    text, _ = mend_surrogates(" ".join("".join(chars).split()))
    bold = is_bold(seen[0].place) and is_bold(seen[-1].place)
    left, right = min(g.left for g in seen), max(g.right for g in seen)
    return [Segment(text, left, right, baseline, size, bold)]
