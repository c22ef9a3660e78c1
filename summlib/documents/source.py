"""Open what a caller names, path, ``-`` or stream, as one kind of byte stream."""

from __future__ import annotations

import errno
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, TypeAlias

from summlib.documents.kinds import is_gzip
from summlib.errors import UnreadableDocument

Source: TypeAlias = str | os.PathLike[str] | IO[Any]

MAX_BYTES = 256 * 2**20
"""Largest document read, unpacked: some 500 books; a gzip bomb ends here."""

_BUFFER, _CHUNK = 1 << 16, 1 << 20


def name_of(source: Source) -> str:
    """Return how messages call the source: its path, ``-``, or nothing.

    A path that is no valid Unicode comes back readable, with U+FFFD.

    >>> name_of(Path("a.txt")), name_of(io.StringIO("Hallo"))
    ('a.txt', '')
    """
    name = os.fspath(source) if isinstance(source, str | os.PathLike) else _stream_name(source)
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _stream_name(stream: IO[Any]) -> str:
    name = getattr(stream, "name", "")
    return name if isinstance(name, str) else ""


@contextmanager
def open_bytes(source: Source) -> Iterator[io.BufferedReader]:
    """Open a source for reading, unpacked when it is gzip.

    A stream that was given stays open; a file is closed at the end.

    Args:
        source: A path, ``-`` for standard input, or a stream of bytes or text.

    Raises:
        UnreadableDocument: It is missing, a folder, protected, or damaged gzip.

    >>> with open_bytes(io.BytesIO(b"Guten Tag")) as stream:
    ...     stream.read()
    b'Guten Tag'
    """
    name = name_of(source) or "the stream"
    try:
        with ExitStack() as stack:
            stream = _opened(source, stack)
            if is_gzip(stream.peek(3)):
                packed: Any = gzip.GzipFile(fileobj=stream)
                stream = stack.enter_context(io.BufferedReader(packed, _BUFFER))
            yield stream
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnreadableDocument(
            f"{name} is damaged gzip data ({error}); fetch or pack it again"
        ) from error
    except OSError as error:
        raise UnreadableDocument(_reason(name, error)) from error


def _opened(source: Source, stack: ExitStack) -> io.BufferedReader:
    """Return a buffered stream; the stack closes it, or lets go of a borrowed one."""
    if isinstance(source, str | os.PathLike) and source != "-":
        if "\0" in os.fspath(source):
            raise OSError(errno.ENOENT, "a NUL character is in the path")
        return stack.enter_context(open(source, "rb"))
    stream = _bytes_of(source)
    if isinstance(stream, io.BufferedReader):
        return stream
    reader = io.BufferedReader(stream, _BUFFER)
    stack.callback(reader.detach)
    return reader


def _bytes_of(source: Any) -> Any:
    if source == "-" or source is sys.stdin:
        if sys.stdin is None:
            raise OSError(errno.EBADF, "there is no standard input")
        return sys.stdin.buffer
    if isinstance(source, io.RawIOBase | io.BufferedIOBase):
        return source
    if not hasattr(source, "read"):
        raise TypeError(f"read() takes a path, '-' or a stream, not {type(source).__name__}")
    data = source.read()
    return io.BytesIO(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data)


def _reason(name: str, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{name} does not exist; check the path (relative ones start at {_here()})"
    if isinstance(error, IsADirectoryError):
        return f"{name} is a folder; name its files one by one"
    if isinstance(error, PermissionError):
        return f"{name} may not be read: {error.strerror}; change its permissions"
    return f"{name} cannot be read: {error.strerror or error}; check the path and the disk"


def _here() -> str:
    try:
        return name_of(Path.cwd())
    except OSError:
        return "a folder that is gone"


def take(stream: io.BufferedReader, name: str) -> bytes:
    """Read a stream to its end.

    Raises:
        UnreadableDocument: It holds more than ``MAX_BYTES``.
    """
    data = bytearray()
    while chunk := stream.read(min(_CHUNK, MAX_BYTES + 1 - len(data))):
        data += chunk
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(
            f"{name or 'the stream'} holds more than {MAX_BYTES >> 20} MB; split it into documents"
        )
    return bytes(data)
