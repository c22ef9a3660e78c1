"""From the paragraphs of a PDF to its text: marks, whole words, and where each page begins."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from summlib.documents.blocks import Blocks
from summlib.documents.columns import Line
from summlib.documents.hyphens import Hyphens
from summlib.documents.paragraphs import (
    MAX_HEADING_WORDS,
    NOTE,
    Paragraph,
    Type,
    bullet_text,
    find_paragraphs,
)
from summlib.text.language import identify

_MARK = re.compile(r"(?<=[^\s\d⁰¹²³⁴⁵⁶⁷⁸⁹])[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}(?=[\s.,;:!?)“”\"»«]|$)")
_UNIT = re.compile(r"(?<![^\W\d_])[mckd]?m$")
_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_SMALL = 0.95
"""Share of the size of the text below which type is that of notes."""


class Written(NamedTuple):
    """A text with what is known of it.

    Args:
        text: The text.
        title: The headline of the first page, empty where none stands out.
        starts: Pairs of an offset and the page that begins or goes on there.
        dropped: The marks of footnotes that were taken out.
    """

    text: str
    title: str
    starts: list[list[int]]
    dropped: list[dict[str, Any]]


def write_paragraphs(lines: Sequence[Line]) -> Written:
    """Write the lines of a document down as a text.

    Args:
        lines: In the order in which they are read.
    """
    writer = _Writer(lines)
    return writer.write()


class _Writer:
    """Write the paragraphs of a PDF down as text.

    Args:
        lines: In the order in which they are read.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.paragraphs = find_paragraphs(lines)
        self.dropped: list[dict[str, Any]] = []
        self.blocks = Blocks()
        self.runs: list[list[tuple[int, int]]] = []
        self.notes = _notes(self.paragraphs, Type(lines).size)
        self.note_lines = {id(line) for p in self.notes.values() for line in p.lines}
        self.marks: defaultdict[int, set[str]] = defaultdict(set)
        for paragraph in self.notes.values():
            number = NOTE.match(paragraph.lines[0].text)
            if number:
                self.marks[paragraph.lines[0].page].add(number[1].translate(_FIGURES))
        texts = [line.text for line in lines]
        english = identify("\n".join(texts)[:20_000]).lang == "en"
        self.hyphens = Hyphens(texts, lang="en" if english else "de")

    def write(self) -> Written:
        top = _headline(self.paragraphs)
        title = ""
        for paragraph in self.paragraphs:
            before = len(self.blocks)
            text, runs = self._add(paragraph, paragraph is top)
            title = text if paragraph is top else title
            if len(self.blocks) > before:
                self.runs.append(runs)
        starts: list[list[int]] = []
        for start, runs in zip(self.blocks.starts(), self.runs, strict=True):
            for offset, page in runs:
                if not starts or starts[-1][1] != page:
                    starts.append([start + offset if starts else 0, page])
        return Written(self.blocks.text(), title, starts, self.dropped)

    def _add(self, paragraph: Paragraph, is_title: bool) -> tuple[str, list[tuple[int, int]]]:
        """Write a paragraph; return its text and where in it which page begins."""
        if paragraph.kind == "row":
            self.blocks.row(_cell_texts(paragraph.lines[0]))
            return "", [(0, paragraph.lines[0].page)]
        text, runs = self._joined(paragraph)
        note = NOTE.match(text) if id(paragraph) in self.notes else None
        if note:
            mark = note[1].translate(_FIGURES)
            runs = [(max(0, offset - note.end()), page) for offset, page in runs]
            self.blocks.note(text[note.end() :], mark)
        elif paragraph.kind == "item":
            shift = len(text) - len(bullet_text(text))
            runs = [(max(0, offset - shift), page) for offset, page in runs]
            self.blocks.item(bullet_text(text))
        elif _is_heading(paragraph, text):
            self.blocks.heading(text, 1 if is_title else 2)
        else:
            self.blocks.paragraph(text)
        return text, runs

    def _joined(self, paragraph: Paragraph) -> tuple[str, list[tuple[int, int]]]:
        """Return a paragraph on one line, and where in it which page begins."""
        pieces: list[str] = []
        runs: list[tuple[int, int]] = []
        length = 0
        for line in paragraph.lines:
            below = self._without_marks(line)
            if pieces:
                cut, between = self.hyphens.joint(pieces[-1], below)
                pieces[-1] = pieces[-1][: len(pieces[-1]) - cut]
                pieces.append(between)
                length += len(between) - cut
            if not runs or runs[-1][1] != line.page:
                runs.append((length, line.page))
            pieces.append(below)
            length += len(below)
        return "".join(pieces), runs

    def _without_marks(self, line: Line) -> str:
        """Return a line without the marks of footnotes that stand on its page."""
        numbers = self.marks.get(line.page)
        if not numbers or id(line) in self.note_lines:
            return line.text

        def drop(match: re.Match[str]) -> str:
            before = match.string[: match.start()]
            if match[0].translate(_FIGURES) not in numbers or _UNIT.search(before):
                return match[0]
            self.dropped.append({"page": line.page, "reason": "footnote-mark", "text": match[0]})
            return ""

        return _MARK.sub(drop, line.text)


def _notes(paragraphs: Sequence[Paragraph], size: float) -> dict[int, Paragraph]:
    """Return the footnotes by identity: small type that begins with a number."""
    return {
        id(p): p
        for p in paragraphs
        if p.kind == "paragraph" and p.lines[0].size < _SMALL * size and NOTE.match(p.lines[0].text)
    }


def _headline(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Return the largest heading of the first page, the first of them."""
    first = paragraphs[0].lines[0].page if paragraphs else 0
    heads = [p for p in paragraphs if p.kind == "heading" and p.lines[0].page == first]
    heads = [
        p for p in heads if len(" ".join(x.text for x in p.lines).split()) <= MAX_HEADING_WORDS
    ]
    return max(heads, key=lambda p: round(p.lines[0].size, 1), default=None)


def _is_heading(paragraph: Paragraph, text: str) -> bool:
    words = len(text.split())
    return (
        paragraph.kind == "heading"
        and words <= MAX_HEADING_WORDS
        and not text.endswith((".", ",", ";"))
        and any(char.isalpha() for char in text)
    )


def _cell_texts(line: Line) -> list[str]:
    """Return the cells of a row, words that stand close in one."""
    cells = [line.parts[0].text]
    for before, after in pairwise(line.parts):
        if after.left - before.right > 2 * line.size:
            cells.append(after.text)
        else:
            cells[-1] += f" {after.text}"
    return cells
