"""What stands below the texts: figures, what was left out, how it was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summlib import __version__, store
from summlib.errors import ModelError
from summlib.records import Document, Summary
from summlib.report.columns import Anchors, findings_list, named, plain_reason
from summlib.report.figures import LANGUAGES, Figure
from summlib.report.markup import Html, element, escaped, joined
from summlib.report.pages import Pages
from summlib.report.rows import Result, Row

STATUS = {
    "confirmed": "✓ confirmed",
    "converted": "≈ in another unit",
    "differs": "✗ differs",
    "added": "✗ not in the source",
    "missing": "✗ missing",
}

OPEN_ROWS = 40
"""A longer table starts closed, so that what follows it can be found."""

EXCERPT = 160
"""Characters shown of what was left out; the source column has all of it."""

CHECKED = (
    "The checks compare numbers, dates, names and negations, sentence by sentence. They see no "
    "other mistake, and a confirmed figure can still stand in a wrong sentence: read the source "
    "where it matters."
)

_MODEL = re.compile(r"(.+)@(\d{1,9})")


def figures_section(
    figures: Sequence[Figure], anchors: Anchors, *, source_lang: str, target_lang: str
) -> Html:
    """Return the table of numbers and dates, or the line that says why there is none."""
    if not {source_lang, target_lang} <= set(LANGUAGES):
        return element("p", "Figures are compared for German and English only.")
    if not figures:
        return element("p", "No numbers, dates or times stand in these sentences.")
    head = joined(element("th", title, scope="col") for title in ("No.", "Source", "Here", "Check"))
    body = joined(_figure(f, anchors, source_lang, target_lang) for f in figures)
    table = element(
        "table", caption("Figures"), element("thead", element("tr", head)), element("tbody", body)
    )
    said = f"{len(figures)} compared, {sum(f.status == 'confirmed' for f in figures)} confirmed"
    shown = len(figures) <= OPEN_ROWS
    return element("details", element("summary", said), scrolling(table, "Figures"), open=shown)


def _figure(figure: Figure, anchors: Anchors, source_lang: str, target_lang: str) -> Html:
    to = anchors.of([figure.number])
    number = element("a", figure.number, href=f"#{to[0]}") if to else figure.number
    grade = figure.severity or "good"
    return element(
        "tr",
        element("td", number),
        element("td", figure.source or "–", lang=source_lang),
        element("td", figure.target or "–", lang=target_lang),
        element("td", STATUS[figure.status], class_=grade, title=figure.message or None),
    )


def caption(text: str) -> Html:
    """Return the name of a table for those who hear the page."""
    return element("caption", text, class_="aside")


def scrolling(table: Html, name: str) -> Html:
    """Let a wide table scroll by itself, also by keyboard."""
    return element("div", table, class_="wide", tabindex=0, role="group", aria_label=name)


def findings_section(rows: Sequence[Row], anchors: Anchors) -> Html:
    """Return the findings of a translation, each with a link to its sentence."""
    noted = [row for row in rows if row.findings or row.truncated]
    if not noted:
        return element("p", "The checks found nothing to report.")
    return element("ul", *(_noted(row, anchors) for row in noted), class_="noted")


def _noted(row: Row, anchors: Anchors) -> Html:
    to = anchors.of([row.number])
    label = f"Sentence {row.number}"
    named = element("a", label, href=f"#{to[0]}") if to else escaped(label)
    return element("li", named, findings_list(row))


@dataclass(frozen=True, slots=True)
class Passage:
    """Something of the document that was not read as text.

    Args:
        reason: Why, as a short key.
        text: What stood there.
        place: Its page or chapter, empty where none is known.
    """

    reason: str
    text: str
    place: str = ""


def left_out(result: Result, doc: Document | None) -> list[Passage]:
    """Return what cleaning dropped and, after it, what the reader of the format did."""
    pages = Pages(doc)
    drops = result.dropped if isinstance(result, Summary) else ()
    cleaned = [Passage(d.reason, d.text, pages.label(d.start)) for d in drops]
    told = doc.meta.get("dropped") if doc else None
    return cleaned + [
        Passage(str(d["reason"]), str(d["text"]), f"page {d['page']}" if "page" in d else "")
        for d in (told if isinstance(told, (list, tuple)) else ())
        if isinstance(d, dict) and {"reason", "text"} <= d.keys()
    ]


def left_out_section(passages: Sequence[Passage], noun: str = "page") -> Html:
    """Return what was left out, with reasons, behind a line that counts it."""
    if not passages:
        return element("p", "Nothing: all of the document was read.")
    placed = any(p.place for p in passages)
    titles = ("Reason", "Text", *([noun.capitalize()] if placed else []))
    head = joined(element("th", title, scope="col") for title in titles)
    body = joined(_passage(p, placed) for p in passages)
    table = element(
        *("table", caption("Left out")),
        *(element("thead", element("tr", head)), element("tbody", body)),
    )
    said = f"{counted(len(passages), 'passage')} left out"
    return element("details", element("summary", said), scrolling(table, "Left out"))


def _passage(passage: Passage, placed: bool) -> Html:
    line = " ".join(passage.text[: 2 * EXCERPT].split())
    shown = line if len(line) <= EXCERPT else f"{line[:EXCERPT].rstrip()}…"
    place = [element("td", passage.place.split()[-1] if passage.place else "–")] if placed else []
    return element("tr", element("td", plain_reason(passage.reason)), element("td", shown), *place)


def counted(number: int, name: str) -> str:
    """Say how many.

    >>> counted(1, "error"), counted(2000, "error")
    ('1 error', '2,000 errors')
    """
    return f"{number:,} {name}{'s' * (number != 1)}"


def about_section(result: Result, path: str) -> Html:
    """Return how the result was made: languages, settings, model and what it cannot do."""
    names = [named(result.source_lang), named(result.target_lang)]
    told: list[tuple[str, object]] = [
        *([("Document", path)] if path else []),
        ("Languages", names[0] if names[0] == names[1] else f"{names[0]} to {names[1]}"),
        ("Signature", element("code", result.signature)),
        *limits_of(result.signature),
        ("What is checked", CHECKED),
    ]
    return facts_list(told)


def facts_list(told: Sequence[tuple[str, object]]) -> Html:
    """Return how a page was made, as names and what they stand for."""
    rows = (*told, ("Made with", f"summlib {__version__}"))
    return element("dl", *(joined([element("dt", t), element("dd", d)]) for t, d in rows))


def limits_of(signature: str) -> list[tuple[str, object]]:
    """Tell what the card says of the model, if that very version stands on this machine."""
    for part in signature.split("|"):
        named = _MODEL.fullmatch(part)
        if not named:
            continue
        try:
            info = store.find(named[1])
        except (ModelError, OSError, ValueError):
            return [("Model", part)]
        if info.version != int(named[2]):
            return [("Model", part)]
        limits = [str(limit) for limit in info.card.get("limits", ())]
        listed = element("ul", *(element("li", limit) for limit in limits))
        about = f"{info.name}, version {info.version}, license {info.licence}"
        return [("Model", about), *([("Its limits", listed)] if limits else [])]
    return []
