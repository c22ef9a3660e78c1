"""Tables of texts (CSV, TSV): one document a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from summlib.documents.encoding import decode, mend_surrogates
from summlib.documents.plain import require_visible
from summlib.documents.source import MAX_BYTES
from summlib.errors import EmptyDocument, InputError, UnreadableDocument, of_record
from summlib.records import Document

TEXT_COLUMNS = (
    *("text", "content", "body", "article", "fulltext", "full_text", "document", "maintext"),
    *("artikel", "inhalt", "volltext", "fließtext", "beitrag", "dokument", "meldung"),
)
"""What the column with the text is called, likelier names first."""

_TITLE_COLUMNS = ("title", "headline", "titel", "überschrift", "schlagzeile")
_LANG_COLUMNS = ("lang", "language", "sprache")
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 50
_PROSE_CHARS = 40
"""Mean characters of a cell above which a column seems to hold texts."""

_SAMPLE = 1 << 18


def read_rows(
    stream: io.BufferedReader, name: str, column: str | None = None
) -> Iterator[Document | InputError]:
    r"""Yield a document, or what is wrong with it, for each row below the head.

    ``meta`` holds ``line`` (of the file, from 1) and every other column. One
    row at a time is in memory.

    Args:
        stream: Bytes in any usual encoding.
        name: What messages and the documents call it.
        column: Which column holds the text; by default one that is called so
            (``text``, ``content``, ``Inhalt``), else the only one with prose.

    Raises:
        InputError: No column can be told to hold the text.
        UnreadableDocument: It is no text.

    >>> table = io.BufferedReader(io.BytesIO(b"id;text\n7;Ja, gern."))
    >>> [(doc.text, doc.meta) for doc in read_rows(table, "a.csv")]
    [('Ja, gern.', {'line': 2, 'id': '7'})]
    """
    called = name or "the stream"
    lines = _lines(stream, called)
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    # The limit is the process's; a text longer than 131,072 characters is no error here.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_BYTES))
    rows = _rows(csv.reader(chain([first], lines), delimiter=delimiter), called)
    head = next(rows, None)
    if head is None:
        raise EmptyDocument(f"{called} holds no row; give a table with a head and texts")
    if isinstance(head, InputError):
        raise head
    names = [cell.strip() for cell in head[1]]
    lowered = [name.lower() for name in names]
    sample = list(islice(rows, _SAMPLE_ROWS))
    place = _text_column(
        names, [row[1] for row in sample if not isinstance(row, InputError)], called, column
    )
    for row in chain(sample, rows):
        if isinstance(row, InputError):
            yield row
            continue
        try:
            with of_record(_id_of(row[1], lowered)):
                doc = _document(row[1], names, place, row[0], name)
        except InputError as error:
            yield error
        else:
            yield doc


def _lines(stream: io.BufferedReader, called: str) -> Iterator[str]:
    """Decode line by line; the encoding is told from the beginning."""
    sample = stream.read(_SAMPLE)
    # Half a character at the end of the sample would speak against UTF-8.
    whole = sample[: sample.rfind(b"\n") + 1] if len(sample) == _SAMPLE else sample
    decoded = decode(whole or sample)
    if decoded is None:
        raise UnreadableDocument(f"{called} is no table of texts: its bytes look like binary data")
    encoding = decoded.encoding.split("+")[0] or "utf-8"
    rest = io.BufferedReader(_Joined(sample, stream))
    reader = io.TextIOWrapper(rest, encoding, errors="replace", newline="")
    for number, line in enumerate(reader):
        if len(line) > MAX_BYTES:
            raise UnreadableDocument(f"{called} has a line longer than {MAX_BYTES >> 20} MB")
        # The csv module refuses NUL in Python 3.11 only, and nobody misses it.
        text = line.replace("\0", "")
        yield text.removeprefix("\ufeff") if number == 0 else text


class _Joined(io.RawIOBase):
    """A stream whose beginning was read already.

    Args:
        head: What was read.
        stream: The rest.
    """

    def __init__(self, head: bytes, stream: io.BufferedReader) -> None:
        self._head, self._stream = io.BytesIO(head), stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head.read(len(buffer)) or self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _rows(reader: Any, called: str) -> Iterator[tuple[int, list[str]] | InputError]:
    """Yield each row that is not blank with the line on which it begins."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield UnreadableDocument(
                f"line {line} of {called} is no row of a table ({error}); check its quotation marks"
            )
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _text_column(
    names: Sequence[str], sample: Sequence[Sequence[str]], called: str, column: str | None
) -> int:
    """Return which column holds the text."""
    lowered = [name.lower() for name in names]
    shown = ", ".join(names[:20]) or "none"
    if column is not None:
        if column.lower() in lowered:
            return lowered.index(column.lower())
        raise InputError(f"{called} has no column {column!r}; it has: {shown}")
    for name in TEXT_COLUMNS:
        if name in lowered:
            return lowered.index(name)
    prose = [
        place
        for place in range(len(names))
        if sum(len(row[place]) for row in sample if place < len(row)) > _PROSE_CHARS * len(sample)
        and sum(" " in row[place] for row in sample if place < len(row)) > len(sample) / 2
    ]
    if len(prose) == 1:
        return prose[0]
    raise InputError(
        f"{called} has no column 'text' (its columns: {shown}); call the one with the text so, "
        "or name it: column=..."
    )


def _id_of(row: Sequence[str], lowered: Sequence[str]) -> str | None:
    return (
        next((value for key, value in zip(lowered, row, strict=False) if key == "id"), "") or None
    )


def _document(
    row: Sequence[str], names: Sequence[str], place: int, line: int, path: str
) -> Document:
    called = f"line {line} of {path or 'the stream'}"
    if place >= len(row):
        raise EmptyDocument(
            f"{called} has only {len(row)} of {len(names)} columns; fill its text in"
        )
    text = mend_surrogates(row[place])[0]
    require_visible(text, called)
    meta: dict[str, Any] = {"line": line}
    told = {"title": "", "lang": ""}
    for number, (key, value) in enumerate(zip(names, row, strict=False)):
        lowered = key.lower()
        if number == place or not value:
            continue
        if lowered in _TITLE_COLUMNS:
            told["title"] = value
        elif lowered in _LANG_COLUMNS and re.fullmatch("de|en", value.lower()):
            told["lang"] = value.lower()
        elif key and key != "line":
            meta["id" if lowered == "id" else key] = value
    return Document(text, path=path, meta=meta, **told)
