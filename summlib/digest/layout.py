"""A digest as plain text or Markdown; as HTML ``summlib.report`` shows it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from summlib.digest.briefing import Briefing, Citation, Entry, Source, Statement, by_speaker, cite

WIDTH = 88
_MARKUP = re.compile(r"([\\`*_\[\]<>|#])")

TITLES: dict[str, dict[str, Any]] = {
    "en": {
        "agreed": "What the documents agree on",
        "positions": "Who says what",
        "differ": "Where they differ",
        "reported": "Also reported",
        "summary": "Summary",
        "figures": "Figures and dates",
        "sources": "Documents",
        "columns": ("Value", "Unit", "About", "Sources"),
        "head": ("Digest of {} document", "Digest of {} documents"),
        "repeats": "{} in another's words",
        "left": "{} left out",
        "words": "{} words",
        "note": "Note",
        "status": {"repeat": "repeats", "other subject": "left out", "failed": "left out"},
    },
    "de": {
        "agreed": "Worin die Texte übereinstimmen",
        "positions": "Wer was sagt",
        "differ": "Worin sie sich widersprechen",
        "reported": "Außerdem",
        "summary": "Zusammenfassung",
        "figures": "Zahlen und Daten",
        "sources": "Texte",
        "columns": ("Wert", "Einheit", "Worum es geht", "Quellen"),
        "head": ("Überblick aus {} Text", "Überblick aus {} Texten"),
        "repeats": "{} davon nachgedruckt",
        "left": "{} weggelassen",
        "words": "{} Wörter",
        "note": "Hinweis",
        "status": {"repeat": "Nachdruck", "other subject": "weggelassen", "failed": "weggelassen"},
    },
}
"""The words of the layout itself, by the language of the briefing."""


def plain(digest: Briefing, *, sources: bool = False) -> str:
    """Return a digest as plain text.

    Args:
        digest: The digest.
        sources: Whether to print under each statement the sentences it rests on.
    """
    titles = TITLES[digest.target_lang]
    parts = [heading(digest), *(f"{titles['note']}: {note}" for note in digest.notes)]
    for title, statements in chapters(digest):
        parts.append(f"{title}\n\n" + "\n".join(_bullets(statements, sources)))
    if digest.contradictions:
        rows = "\n".join(_difference(entry, sources) for entry in digest.contradictions)
        parts.append(f"{titles['differ']}\n\n{rows}")
    if agreeing := _agreeing(digest):
        rows = "\n".join(_table(agreeing, titles["columns"]))
        parts.append(f"{titles['figures']}\n\n{rows}")
    listed = "\n".join(_wrap(describe_source(s, titles), "    ") for s in digest.sources)
    parts.append(f"{titles['sources']}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def heading(digest: Briefing) -> str:
    """Say of how many documents a digest is, and how many of them count."""
    titles = TITLES[digest.target_lang]
    used = [s for s in digest.sources if s.status in ("used", "repeat")]
    repeats = sum(s.status == "repeat" for s in used)
    left = len(digest.sources) - len(used)
    told = titles["head"][len(used) != 1].format(len(used))
    more = [titles["repeats"].format(repeats)] * bool(repeats)
    more += [titles["left"].format(left)] * bool(left)
    return f"{told} ({', '.join(more)})" if more else str(told)


def chapters(digest: Briefing) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    """Yield the chapters that hold something, each with its title."""
    titles = TITLES[digest.target_lang]
    alone = not (digest.agreed or digest.positions)
    chapters = (
        (titles["agreed"], digest.agreed),
        (titles["positions"], digest.positions),
        (titles["summary" if alone else "reported"], digest.reported),
    )
    return ((title, statements) for title, statements in chapters if statements)


def _bullets(statements: tuple[Statement, ...], sources: bool) -> Iterator[str]:
    for speaker, said in by_speaker(statements):
        if speaker:
            yield f"{speaker}:"
        for statement in said:
            yield _wrap(f"- {statement}", "  ")
            if sources:
                yield from _passages(statement.citations)


def _passages(citations: tuple[Citation, ...]) -> Iterator[str]:
    for citation in citations:
        place = f"[{citation.document}] {citation.sentence.start}:{citation.sentence.end}"
        yield _wrap(f"    {place} {' '.join(citation.sentence.text.split())}", "      ")


def _difference(entry: Entry, sources: bool) -> str:
    rows = [_wrap(f"- {entry.about}", "  "), _wrap(f"  {entry}", "    ")]
    if sources:
        rows += [row for value in entry.values for row in _passages(value.citations)]
    return "\n".join(rows)


def _wrap(text: str, indent: str) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        subsequent_indent=indent,
        drop_whitespace=True,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _table(entries: tuple[Entry, ...], columns: tuple[str, ...]) -> Iterator[str]:
    """Yield the rows of the table, what they are about in the last column."""
    value, unit, about, cited = columns
    rows = [(value, unit, cited, about), *((v, u, c, a) for v, u, a, c in _cells(entries))]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    lead = sum(widths) + 6
    for row in rows:
        cells = "  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=False))
        lines = textwrap.wrap(row[3], max(30, WIDTH - lead)) or [""]
        yield f"{cells}  {lines[0]}".rstrip()
        yield from (" " * lead + line for line in lines[1:])


def _agreeing(digest: Briefing) -> tuple[Entry, ...]:
    """Return the figures that nobody disputes; the others have a chapter of their own."""
    return tuple(entry for entry in digest.figures if not entry.contradictory)


def _cells(entries: tuple[Entry, ...]) -> Iterator[tuple[str, str, str, str]]:
    for entry in entries:
        for value in entry.values:
            yield value.value, value.unit, entry.about, cite(value.citations)


def describe_source(source: Source, titles: dict[str, Any]) -> str:
    """Name a document with its number, language, length, and what is to be said of it."""
    place = source.path if source.path != "-" else "stdin"
    facts = (source.lang, titles["words"].format(source.words), place if source.title else "")
    told = ", ".join(fact for fact in facts if fact)
    status = titles["status"].get(source.status)
    name = " ".join(source.name.split()) if source.title or place != "stdin" else place
    return f"[{source.number}] {name} ({told}){f' - {status}: {source.note}' if status else ''}"


def markdown(digest: Briefing, *, sources: bool = False) -> str:
    """Return a digest as Markdown, what documents say escaped.

    Args:
        digest: The digest.
        sources: Whether to quote under each statement the sentences it rests on.
    """
    titles = TITLES[digest.target_lang]
    parts = [f"# {heading(digest)}", *(f"> {_md(note)}" for note in digest.notes)]
    for title, statements in chapters(digest):
        parts.append(f"## {title}\n\n" + "\n".join(_md_bullets(statements, sources)).strip())
    if digest.contradictions:
        rows = "\n".join(f"- {_md(e.about)}  \n  {_md_values(e)}" for e in digest.contradictions)
        parts.append(f"## {titles['differ']}\n\n{rows}")
    if agreeing := _agreeing(digest):
        head = f"| {' | '.join(titles['columns'])} |\n|---|---|---|---|\n"
        rows = "\n".join(
            f"| {_md(v)} | {_md(u)} | {_md(a)} | {c} |" for v, u, a, c in _cells(agreeing)
        )
        parts.append(f"## {titles['figures']}\n\n{head}{rows}")
    listed = "\n".join(f"- {_md(describe_source(s, titles))}" for s in digest.sources)
    parts.append(f"## {titles['sources']}\n\n{listed}")
    return "\n\n".join(parts) + "\n"


def _md_bullets(statements: tuple[Statement, ...], sources: bool) -> Iterator[str]:
    for speaker, said in by_speaker(statements):
        if speaker:
            yield f"\n**{_md(speaker)}**\n"
        for statement in said:
            yield f"- {_md(statement.text)} {cite(statement.citations)}"
            for c in statement.citations if sources else ():
                quoted = _md(" ".join(c.sentence.text.split()))
                yield f"    - [{c.document}] {c.sentence.start}:{c.sentence.end} {quoted}"


def _md_values(entry: Entry) -> str:
    return ", ".join(f"**{_md(f'{v.value} {v.unit}'.strip())}**{_md_remarks(v.speaker, v.note)} "
                     f"{cite(v.citations)}" for v in entry.values)  # fmt: skip


def _md_remarks(*remarks: str) -> str:
    told = ", ".join(_md(r) for r in remarks if r)
    return f" ({told})" if told else ""


def _md(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


class Digest(Briefing):
    """Many documents on one subject in one briefing.

    ``str()`` is the briefing as plain text. Every statement and every figure
    cites the sentences it rests on.
    """

    __slots__ = ()

    @property
    def text(self) -> str:
        """The briefing as plain text."""
        return plain(self)

    def __str__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Return the digest as plain data, with its text."""
        return {"text": self.text, **asdict(self)}

    def _repr_html_(self) -> str:
        from summlib.report import digest_fragment

        return digest_fragment(self)
