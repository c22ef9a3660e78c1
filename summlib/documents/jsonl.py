"""JSON Lines: one document a line, ``{"text": ..., "title": ..., "id": ..., "lang": ...}``."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from typing import Any

from summlib.documents.encoding import mend_surrogates
from summlib.documents.plain import require_visible
from summlib.documents.source import MAX_BYTES
from summlib.errors import InputError, UnreadableDocument, of_record
from summlib.records import Document

SUFFIXES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")

_OPENING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[ \t]*"(?:text|title|id|lang)"\s*:')
_STRINGS = ("title", "lang")


def is_jsonl(name: str, head: bytes) -> bool:
    r"""Tell by its name, or without a telling name by its beginning.

    Args:
        name: Path; a file named ``.txt`` is text whatever it holds.
        head: First bytes.

    >>> is_jsonl("a.jsonl", b""), is_jsonl("-", b'{"text": "Ja."}'), is_jsonl("-", b"{x}")
    (True, True, False)
    >>> is_jsonl("facts.json", b'{\n  "id": 7')  # spread over lines it is no record a line
    False
    """
    lowered = name.lower()
    if lowered.endswith(SUFFIXES):
        return True
    return not lowered.endswith((".txt", ".md", ".txt.gz")) and bool(_OPENING.match(head))


def read_records(
    stream: io.BufferedReader, name: str, column: str | None = None
) -> Iterator[Document | InputError]:
    """Yield a document, or what is wrong with it, for each line that is not blank.

    Only one line is in memory at a time. ``meta`` holds ``line`` (from 1) and
    every field of the record that a document has no place for, ``id`` among them.

    Args:
        stream: Bytes in UTF-8.
        name: What messages and the documents call it.
        column: The field with the text, ``text`` unless told otherwise.

    >>> lines = io.BufferedReader(io.BytesIO(b'{"text": "Ja.", "id": 7}'))
    >>> [(doc.text, doc.meta) for doc in read_records(lines, "a.jsonl")]
    [('Ja.', {'line': 1, 'id': 7})]
    """
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield _document(line, number, name, column or "text")
        except InputError as error:
            yield error


def _document(line: bytes, number: int, name: str, column: str) -> Document:
    called = f"line {number} of {name or 'the stream'}"
    record = _record(line, called)
    with of_record(record.get("id")):
        _require_fields(record, called, column)
        text, replaced = mend_surrogates(record.pop(column))
        require_visible(text, called)
    strings = {key: mend_surrogates(record.pop(key, None) or "")[0] for key in _STRINGS}
    meta = {"line": number, **({"replaced": replaced} if replaced else {}), **record}
    return Document(text, path=name, meta=meta, **strings)


def _record(line: bytes, called: str) -> dict[str, Any]:
    """Parse one line; what is no object has no field either."""
    if len(line) > MAX_BYTES:
        raise UnreadableDocument(f"{called} is longer than {MAX_BYTES >> 20} MB; split the text")
    try:
        record = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(
            f"{called} is no JSON in UTF-8 ({error}); write one object a line"
        ) from error
    return record if isinstance(record, dict) else {}


def _require_fields(record: dict[str, Any], called: str, column: str) -> None:
    """See that the fields of a record are of the right type."""
    if not isinstance(record.get(column), str):
        raise UnreadableDocument(
            f'{called} has no "{column}"; write {{"{column}": "..."}} on each line'
        )
    for key in _STRINGS:
        if not isinstance(record.get(key, ""), str | None):
            raise UnreadableDocument(f'{called}: "{key}" is no string; put it in quotation marks')
