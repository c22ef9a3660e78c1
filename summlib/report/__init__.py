"""Something to look at: a result beside its document, every sentence linked to its sources.

``render`` gives a page for a browser or a printer, ``fragment`` a piece of
HTML for notebooks, which needs no script.
"""

from __future__ import annotations

from summlib.report.notebook import fragment
from summlib.report.page import render

__all__ = ["fragment", "render"]
