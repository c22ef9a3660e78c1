"""Plain text files in any of the usual encodings."""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.documents.encoding import decode
from summlib.documents.kinds import foreign_kind, is_gzip
from summlib.errors import EmptyDocument, UnreadableDocument, UnsupportedFormat
from summlib.records import Document


def read_plain(data: bytes, name: str) -> Document:
    """Read a plain text or Markdown file as one document.

    The text stands in the document as the file has it, line ends included; only
    a byte order mark is left out. ``meta`` names the ``encoding``, and under
    ``replaced`` how many characters could not be read, when there are any.

    Args:
        data: The file.
        name: What messages and the document call it.

    Raises:
        UnsupportedFormat: It is of a known format that cannot be read.
        UnreadableDocument: It is no text, or packed twice.
        EmptyDocument: It holds nothing visible.

    >>> read_plain("Grüße".encode("cp1252"), "a.txt").text
    'Grüße'
    """
    called = name or "the stream"
    kind = foreign_kind(data)
    if kind:
        raise UnsupportedFormat(
            f"{called} is {kind}, which summlib does not read; save it as .docx, .pdf or .txt first"
        )
    if is_gzip(data):
        raise UnreadableDocument(f"{called} is packed twice (.gz in .gz); unpack it once first")
    decoded = decode(data)
    if decoded is None:
        raise UnreadableDocument(
            f"{called} is no text: its {len(data)} bytes look like binary data; give a text file"
        )
    require_visible(decoded.text, called)
    meta: dict[str, object] = {"encoding": decoded.encoding}
    if decoded.replaced:
        meta["replaced"] = decoded.replaced
    return Document(decoded.text, path=name, meta=meta)


def require_visible(text: str, called: str) -> None:
    """Refuse a text in which nothing can be seen.

    Args:
        text: The text.
        called: What the message calls it.

    Raises:
        EmptyDocument: The text has white space and invisible characters only.

    >>> require_visible("Ja.", "a.txt")
    """
    if _visible().search(text) is None:
        facts = f"{len(text)} invisible characters" if text else "0 bytes"
        raise EmptyDocument(f"{called} holds no text ({facts}); give a file with sentences in it")


@lru_cache(maxsize=1)
def _visible() -> re.Pattern[str]:
    r"""White space, control, zero-width and formatting characters do not count."""
    return re.compile(r"[^\s\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
