"""Documents: from a path or stream, in one of several formats, to a text.

What a file is gets told by its content; the name decides only between plain
text and JSON Lines. Packed files (``.gz``) are unpacked on the way.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Literal, overload

from summlib.documents.jsonl import is_jsonl, read_records
from summlib.documents.kinds import HEAD
from summlib.documents.plain import read_plain
from summlib.documents.source import Source, name_of, open_bytes
from summlib.errors import InputError
from summlib.records import Document

__all__ = ["Source", "read", "read_many"]


def read(source: Source) -> Document:
    """Read one document.

    Its text is the file's, character for character, without a byte order mark.

    Args:
        source: A path, ``-`` for standard input, or a stream of bytes or text.

    Raises:
        UnsupportedFormat: It is of a known format that is no text (named in the message).
        UnreadableDocument: It is missing, protected, damaged, or no text.
        EmptyDocument: It holds nothing visible.
        InputError: It is a JSON Lines file of several records; see ``read_many``.

    >>> import io
    >>> read(io.BytesIO("Grüße".encode("utf-16"))).text
    'Grüße'
    """
    found = list(islice(read_many(source), 2))
    if len(found) != 1:
        what = "several documents" if found else "no document"
        raise InputError(f"{name_of(source) or 'the stream'} holds {what}; read_many() yields each")
    return found[0]


@overload
def read_many(source: Source, *, on_error: Literal["raise"] = "raise") -> Iterator[Document]: ...


@overload
def read_many(
    source: Source, *, on_error: Literal["record"]
) -> Iterator[Document | InputError]: ...


def read_many(
    source: Source, *, on_error: Literal["raise", "record"] = "raise"
) -> Iterator[Document] | Iterator[Document | InputError]:
    r"""Yield every document of a source: one for a text, one a line for JSON Lines.

    The source is opened when the first document is asked for; of a JSON Lines
    file one line at a time is in memory.

    Args:
        source: A path, ``-`` for standard input, or a stream of bytes or text.
        on_error: ``raise`` at the first document that cannot be used, or
            ``record``: yield the error in its place and go on.

    Raises:
        InputError: As ``read`` does, while iterating, unless errors are recorded.

    >>> import io
    >>> [doc.text for doc in read_many(io.StringIO('{"text": "Ja."}\n{"text": "Nein."}'))]
    ['Ja.', 'Nein.']
    """
    if on_error not in ("raise", "record"):
        raise InputError(f"on_error is {on_error!r}; use 'raise' or 'record'")
    items = _items(source)
    return items if on_error == "record" else _raising(items)


def _items(source: Source) -> Iterator[Document | InputError]:
    name = name_of(source)
    try:
        with open_bytes(source) as stream:
            if is_jsonl(name, stream.peek(HEAD)):
                yield from read_records(stream, name)
            else:
                yield read_plain(stream, name)
    except InputError as error:
        yield error


def _raising(items: Iterator[Document | InputError]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, InputError):
            raise item
        yield item
