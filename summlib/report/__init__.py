"""Something to look at: a result beside its document, every sentence linked to its sources.

``render`` and ``render_digest`` give a page for a browser or a printer,
``fragment`` and ``digest_fragment`` a piece of HTML for notebooks, which needs
no script.
"""

from __future__ import annotations

from summlib.report.briefing import digest_fragment, render_digest
from summlib.report.notebook import fragment
from summlib.report.page import render

__all__ = ["digest_fragment", "fragment", "render", "render_digest"]
