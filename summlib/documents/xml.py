"""XML out of documents, parsed so that no entity can blow it up or reach outside."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from summlib.documents.extras import load
from summlib.errors import UnreadableDocument

MAX_DEPTH = 200
"""Elements in one another; lists in tables in text boxes reach thirty."""


def parse_xml(data: bytes, called: str) -> Element:
    """Return the root of an XML file.

    Args:
        data: The file.
        called: What messages call it.

    Raises:
        UnreadableDocument: It is no XML, defines entities, or nests without end.
        MissingDependency: defusedxml is not installed.
    """
    module = load("defusedxml.ElementTree", package="defusedxml", what="reading documents")
    defused = load("defusedxml.common", package="defusedxml", what="reading documents")
    try:
        root: Element = module.fromstring(data)
    except (SyntaxError, ValueError, LookupError) as error:
        why = "defines entities" if isinstance(error, defused.DefusedXmlException) else str(error)
        raise UnreadableDocument(
            f"{called} holds XML that cannot be read ({why}); save it again from its program"
        ) from error
    _check_depth(root, called)
    return root


def _check_depth(root: Element, called: str) -> None:
    level = [root]
    for _ in range(MAX_DEPTH):
        level = [child for element in level for child in element]
        if not level:
            return
    raise UnreadableDocument(
        f"{called} nests more than {MAX_DEPTH} elements in one another; save it again"
    )


def local(element: Any) -> str:
    """Return an element's name without its namespace.

    >>> from xml.etree.ElementTree import fromstring
    >>> local(fromstring('<a:p xmlns:a="x"/>'))
    'p'
    """
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """Return the attribute of that name, whatever its namespace, empty when there is none.

    >>> from xml.etree.ElementTree import fromstring
    >>> attribute(fromstring('<p xmlns:a="x" a:id="7"/>'), "id")
    '7'
    """
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""
