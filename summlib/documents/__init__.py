"""Documents: from a path, stream or address, in one of many formats, to a text.

What a file is gets told by its content; the name decides only what content
leaves open, such as plain text, tables and JSON Lines. Packed files (``.gz``)
are unpacked on the way. All formats beyond plain text and mail need the extra
``documents``.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any, Literal, overload

from summlib.documents.jsonl import is_jsonl, read_records
from summlib.documents.kinds import HEAD, TABLES, kind_of, stem_suffix
from summlib.documents.pages import page_of
from summlib.documents.plain import read_plain
from summlib.documents.source import Source, name_of, open_bytes, take
from summlib.errors import InputError, MissingDependency, UnreadableDocument
from summlib.records import Document

__all__ = ["Source", "page_of", "read", "read_many"]

_FUNCTIONS = {
    "pdf": ("summlib.documents.pdf", "read_pdf"),
    "zip": ("summlib.documents.packages", "read_package"),
    "odt": ("summlib.documents.odt", "read_flat_odt"),
    "html": ("summlib.documents.html", "read_html"),
    "eml": ("summlib.documents.eml", "read_eml"),
}
"""Readers, imported when the first file of their kind comes."""


def read(source: Source, *, column: str | None = None, allow_network: bool = False) -> Document:
    """Read one document.

    The text of a plain text file is the file's, character for character, without
    a byte order mark; other formats give headings, paragraphs, lists and tables
    apart by blank lines, with Markdown's signs before them. Offsets of sentences
    refer to that text.

    Args:
        source: A path, ``-`` for standard input, a stream of bytes or text, or
            an address (``https://``).
        column: Which column of a table or field of a record holds the text.
        allow_network: Whether an address may be fetched.

    Raises:
        UnsupportedFormat: It is of a known format that cannot be read (named in the message).
        UnreadableDocument: It is missing, protected, damaged, or no text.
        EmptyDocument: It holds nothing visible.
        InputError: It holds several records, see ``read_many``; or it is an
            address, and connections are not allowed.
        MissingDependency: Its format needs a package that is not installed.

    >>> import io
    >>> read(io.BytesIO("Grüße".encode("utf-16"))).text
    'Grüße'
    """
    found = list(islice(read_many(source, column=column, allow_network=allow_network), 2))
    if len(found) != 1:
        what = "several documents" if found else "no document"
        raise InputError(f"{name_of(source) or 'the stream'} holds {what}; read_many() yields each")
    return found[0]


@overload
def read_many(
    source: Source,
    *,
    on_error: Literal["raise"] = "raise",
    column: str | None = None,
    allow_network: bool = False,
) -> Iterator[Document]: ...


@overload
def read_many(
    source: Source,
    *,
    on_error: Literal["record"],
    column: str | None = None,
    allow_network: bool = False,
) -> Iterator[Document | InputError]: ...


def read_many(
    source: Source,
    *,
    on_error: Literal["raise", "record"] = "raise",
    column: str | None = None,
    allow_network: bool = False,
) -> Iterator[Document] | Iterator[Document | InputError]:
    r"""Yield every document of a source: one a line of JSON Lines or row of a table, else one.

    The source is opened when the first document is asked for; of JSON Lines and
    tables one line at a time is in memory.

    Args:
        source: A path, ``-`` for standard input, a stream of bytes or text, or
            an address (``https://``).
        on_error: ``raise`` at the first document that cannot be used, or
            ``record``: yield the error in its place and go on.
        column: Which column of a table or field of a record holds the text.
        allow_network: Whether an address may be fetched.

    Raises:
        InputError: As ``read`` does, while iterating, unless errors are recorded.
        MissingDependency: Its format needs a package that is not installed.

    >>> import io
    >>> [doc.text for doc in read_many(io.StringIO('{"text": "Ja."}\n{"text": "Nein."}'))]
    ['Ja.', 'Nein.']
    """
    if on_error not in ("raise", "record"):
        raise InputError(f"on_error is {on_error!r}; use 'raise' or 'record'")
    items = _items(source, column, allow_network)
    return items if on_error == "record" else _raising(items)


def _items(
    source: Source, column: str | None, allow_network: bool
) -> Iterator[Document | InputError]:
    name = name_of(source)
    try:
        with _opened(source, allow_network) as (stream, charset):
            if is_jsonl(name, stream.peek(HEAD)):
                yield from read_records(stream, name, column)
            elif stem_suffix(name) in TABLES:
                yield from importlib.import_module("summlib.documents.csv").read_rows(
                    stream, name, column
                )
            else:
                yield _read_one(take(stream, name), name, charset)
    except InputError as error:
        yield error


@contextmanager
def _opened(source: Source, allow_network: bool) -> Iterator[tuple[Any, str]]:
    """Open a source; what comes from the network may say its encoding beside."""
    charset = ""
    if isinstance(source, str) and "://" in source[:10]:
        from summlib.documents.web import fetch

        source, charset = fetch(source, allow_network=allow_network)
    with open_bytes(source) as stream:
        yield stream, charset


def _read_one(data: bytes, name: str, charset: str = "") -> Document:
    """Read a whole file by its kind; whatever a reader trips over becomes a clear message."""
    kind = kind_of(data, name)
    if kind == "plain":
        return read_plain(data, name)
    reader = _reader(kind)
    try:
        return reader(data, name, charset=charset) if kind == "html" else reader(data, name)
    except (InputError, MissingDependency):
        raise
    except Exception as error:
        # Parsers of damaged files fail in more ways than they document.
        raise UnreadableDocument(
            f"{name or 'the stream'} seems damaged: reading it as {kind} failed "
            f"({type(error).__name__}: {str(error)[:200]}); save it again from its program"
        ) from error


def _reader(kind: str) -> Callable[..., Document]:
    module, function = _FUNCTIONS[kind]
    found: Callable[..., Document] = getattr(importlib.import_module(module), function)
    return found


def _raising(items: Iterator[Document | InputError]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, InputError):
            raise item
        yield item
