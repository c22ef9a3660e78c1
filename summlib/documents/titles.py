"""Titles that programs write into files: a headline, or the name of a file."""

from __future__ import annotations

import re

from summlib.documents.blocks import one_line

_NO_TITLE = re.compile(
    r"""(?ix)
    ^(?:microsoft\ (?:word|powerpoint)\b|(?:word\ )?(?:dokument|document)\s*\d*$|pr.sentation\d*$
      |untitled|unbenannt|ohne\ titel|kein\ folientitel|layout\ \d|print$|\(?anonymous\)?$
      |\(?unspecified\)?$|unknown(?:\ author)?$|unbekannt$)
    |\.(?:docx?|odt|pdf|indd|tex|rtf|pages|qxd|xlsx?|pptx?|html?|txt)$"""
)


def plausible_title(title: str | None) -> str:
    r"""Return a title or author on one line, or nothing when it is a program's or file's name.

    Args:
        title: What the file's properties say.

    >>> plausible_title(" Rat stimmt\nzu "), plausible_title("Microsoft Word - Entwurf_2.doc")
    ('Rat stimmt zu', '')
    >>> plausible_title("(anonymous)")  # as reportlab writes it
    ''
    """
    found = one_line(title or "")
    return "" if _NO_TITLE.search(found) else found
