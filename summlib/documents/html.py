"""Saved web pages: the article, without what stands around it.

The article is found by trafilatura (Barbaresi 2021, "Trafilatura: A Web
Scraping Library and Command-Line Tool for Text Discovery and Extraction").
Where it finds none the page is read as it stands, from top to bottom.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from summlib.documents.blocks import one_line
from summlib.documents.extras import load
from summlib.documents.markup import decode_page, parse_html, read_markup, tame
from summlib.documents.plain import require_visible
from summlib.errors import EmptyDocument, UnreadableDocument
from summlib.records import Document

MAX_EXTRACTED = 8 * 2**20
"""Characters of a page in which an article is looked for, a thousand times a usual one."""

_FIELDS = ("author", "date", "sitename", "url", "description")
_LANGUAGES = ("de", "en")
_HTML_NAMES = {"item": "li", "lb": "br", "quote": "blockquote", "row": "tr", "cell": "td"}
_HTML_NAMES |= {"code": "pre"}
_TITLE = re.compile(r"(?is)<title[^>]{0,200}>([^<]{1,1000})</title>")
_LANG = re.compile(r"""(?i)<html\b[^>]{0,1000}?\slang\s*=\s*["']?([a-z]{2})\b""")


def read_html(data: bytes, name: str, *, charset: str = "") -> Document:
    """Read a saved page.

    The text is the article's, paragraphs apart by blank lines; ``title`` is its
    headline. ``meta`` holds ``author``, ``date``, ``sitename``, ``url`` and
    ``description`` where the page tells them, and ``extractor``: ``article`` or,
    where no article was found, ``page`` for all that a browser would show.

    Args:
        data: The page.
        name: What messages and the document call it.
        charset: Its encoding where the server or a mail told it.

    Raises:
        EmptyDocument: It shows no text, as pages do that a script fills.
        UnreadableDocument: It is no text.
        MissingDependency: trafilatura is not installed.
    """
    called = name or "the stream"
    decoded = decode_page(data, charset)
    if decoded is None:
        raise UnreadableDocument(f"{called} is no web page: its bytes are no text; save it again")
    require_visible(decoded.text, called)
    meta: dict[str, Any] = {"format": "html", "encoding": decoded.encoding}
    if decoded.replaced:
        meta["replaced"] = decoded.replaced
    page = tame(decoded.text)
    found = _article(page)
    text = "" if found is None else read_markup(found.body, _html_name).text()
    meta["extractor"] = "article" if text else "page"
    if not text:
        text = page_text(page)
    if not text:
        raise EmptyDocument(
            f"{called} shows no text ({len(data)} bytes); if a script fills the page, "
            "save it from the browser as a complete page or as PDF"
        )
    require_visible(text, called)
    meta.update({key: value for key in _FIELDS if (value := getattr(found, key, None))})
    title = one_line(getattr(found, "title", None) or _title(page))
    return Document(text, title=title, lang=_lang(page), path=name, meta=meta)


def page_text(page: str) -> str:
    """Return everything that a page shows, from top to bottom.

    Args:
        page: HTML, as ``tame`` gives it.

    Raises:
        MissingDependency: lxml is not installed.
    """
    root = parse_html(page)
    return "" if root is None else read_markup(root).text()


def _article(text: str) -> Any:
    """Return what trafilatura finds, None when that is nothing."""
    trafilatura = load("trafilatura", package="trafilatura", what="reading web pages")
    if len(text) > MAX_EXTRACTED:
        return None
    return trafilatura.bare_extraction(
        text,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        # Looking for dates in running text loads two hundred languages and guesses.
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _html_name(element: Any) -> str:
    """Return what HTML calls an element of the article, which speaks TEI (Guidelines P5)."""
    tag = str(element.tag)
    if tag == "head":
        level = element.get("rend", "h2")
        return level if re.fullmatch("h[1-6]", level) else "h2"
    if tag == "list":
        return "ol" if element.get("rend") == "ol" else "ul"
    return _HTML_NAMES.get(tag, tag)


def _title(page: str) -> str:
    found = _TITLE.search(page)
    return unescape(found[1]) if found else ""


def _lang(page: str) -> str:
    found = _LANG.search(page)
    lang = found[1].lower() if found else ""
    return lang if lang in _LANGUAGES else ""
