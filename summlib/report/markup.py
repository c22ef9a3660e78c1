"""HTML that is escaped because of how it is made, not because someone remembered.

Only :class:`Html` passes through unescaped, and only :func:`element` and
:func:`joined` make it from text. The idea is that of MarkupSafe, which the
core does without.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

REPLACEMENT = "\ufffd"

_UNSHOWABLE = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, which HTML forbids or reads as others
    "\u202a-\u202e\u2066-\u2069"  # turn the reading order round, also of what follows
    "\ud800-\udfff"  # halves of pairs: no UTF-8 can hold them
    "\ufdd0-\ufdef\ufffe\uffff"
    "]"
)
_VOID = frozenset(("br", "hr", "wbr"))


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


def printable(text: str) -> str:
    r"""Replace each character that a page must not hold by one ``U+FFFD``.

    The length stays, so positions still hold. A line separator counts as space.

    >>> printable("a\x00b\u202ec") == "a\ufffdb\ufffdc"
    True
    """
    return _UNSHOWABLE.sub(REPLACEMENT, text.replace("\r", "\n"))


def escaped(content: object) -> Html:
    """Return HTML as it is and anything else as text that shows itself.

    >>> escaped('<script>"&"')
    '&lt;script&gt;&quot;&amp;&quot;'
    >>> escaped(escaped("<"))
    '&lt;'
    """
    return content if isinstance(content, Html) else Html(escape(printable(str(content))))


def joined(parts: Iterable[object], separator: str = "") -> Html:
    """Return the parts, each escaped, one after the other.

    >>> joined(["a", Html("<br>"), "<b>"], ", ")
    'a, <br>, &lt;b&gt;'
    """
    return Html(escape(separator).join(escaped(part) for part in parts))


def element(name: str, *content: object, **attributes: object) -> Html:
    """Return an HTML element with what it holds, everything escaped.

    Args:
        name: Its tag.
        content: What stands in it, one after the other.
        attributes: ``class_`` stands for ``class``, ``aria_label`` for
            ``aria-label``; those that are None or False are left out, True
            gives the bare name.

    >>> element("a", "R&D", href="#s1", class_="src", hidden=False)
    '<a href="#s1" class="src">R&amp;D</a>'
    """
    said = "".join(map(_attribute, attributes.items()))
    if name in _VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{joined(content)}</{name}>")


def _attribute(named: tuple[str, object]) -> str:
    name, value = named[0].rstrip("_").replace("_", "-"), named[1]
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escaped(value)}"'
