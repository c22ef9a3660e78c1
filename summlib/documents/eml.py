"""Mail (RFC 5322), and web pages that a browser saved in one file (MHTML)."""

from __future__ import annotations

import codecs
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from itertools import islice
from typing import Any

from summlib.documents.blocks import one_line
from summlib.documents.encoding import decode, mend_surrogates
from summlib.documents.html import page_text, read_html
from summlib.documents.markup import decode_page, tame
from summlib.documents.plain import require_visible
from summlib.errors import EmptyDocument
from summlib.records import Document

MAX_PARTS, MAX_HEADER = 1000, 10_000
_FIELDS = {"from": "author", "date": "date", "to": "to", "message-id": "message_id"}


def read_eml(data: bytes, name: str) -> Document:
    """Read a mail: its subject is the title, its text the document's.

    The plain text is taken where there is one, else the HTML. ``meta`` holds
    ``author``, ``to``, ``date`` and ``message_id``, and under ``dropped`` the
    names of what was attached, which is not read.

    Args:
        data: The mail.
        name: What messages and the document call it.

    Raises:
        EmptyDocument: It holds no text.
        MissingDependency: It is HTML, and lxml is not installed.
    """
    called = name or "the stream"
    # The classic policy: the newer one raises at headers that break the rules.
    message = BytesParser().parsebytes(data)
    parts = [p for p in islice(message.walk(), MAX_PARTS) if not p.is_multipart()]
    plain = [p for p in parts if p.get_content_type() == "text/plain" and not _is_attached(p)]
    pages = [p for p in parts if p.get_content_type() == "text/html" and not _is_attached(p)]
    if pages and _is_saved_page(message):
        return read_html(_payload(pages[0]), name, charset=_charset(pages[0]))
    text = "\n\n".join(filter(None, map(_plain_text, plain))) or "\n\n".join(
        filter(None, map(_page_text, pages))
    )
    attached = [str(p.get_filename() or p.get_content_type()) for p in parts if _is_attached(p)]
    if not text.strip() and attached:
        raise EmptyDocument(
            f"{called} holds no text but {len(attached)} attachments; save them and read those"
        )
    require_visible(text, called)
    meta: dict[str, Any] = {"format": "eml"}
    meta.update({key: value for h, key in _FIELDS.items() if (value := _header(message, h))})
    if attached:
        meta["dropped"] = [
            {"reason": "attachment", "text": mend_surrogates(a)[0]} for a in attached
        ]
    return Document(text, title=_header(message, "subject"), path=name, meta=meta)


def _is_saved_page(message: Message) -> bool:
    sender = _header(message, "from").lower()
    return "snapshot-content-location" in message or sender.startswith("<saved by")


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or not part.get_content_type().startswith(
        "text/"
    )


def _header(message: Message, name: str) -> str:
    """Return a header as text, its encoded words decoded where they can be."""
    raw = str(message.get(name, ""))[:MAX_HEADER]
    try:
        found = str(make_header(decode_header(raw)))
    except (HeaderParseError, LookupError, ValueError):
        found = raw
    return one_line(mend_surrogates(found)[0])


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    """Return the encoding that a part names, empty when there is no such encoding."""
    try:
        return codecs.lookup(str(part.get_content_charset() or "")).name
    except (LookupError, ValueError):
        return ""


def _plain_text(part: Message) -> str:
    data = _payload(part)
    try:
        text = data.decode(_charset(part) or "utf-8")
    except UnicodeError:
        decoded = decode(data)
        text = decoded.text if decoded else ""
    return mend_surrogates(text)[0].replace("\r\n", "\n").strip("\n")


def _page_text(part: Message) -> str:
    decoded = decode_page(_payload(part), _charset(part))
    return page_text(tame(decoded.text)) if decoded else ""
