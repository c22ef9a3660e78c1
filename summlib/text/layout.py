"""What of a text is prose for the engine, and what is layout around it.

The pieces of a text cover it without a gap, so a translation put in the place
of the prose stands in the layout of its source, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from summlib.records import Span
from summlib.text.lines import Line, has_letters, lines, paragraphs

PieceKind = Literal["prose", "verbatim"]
Mode = Literal["reflow", "keep"]

_CELL_EDGE = re.compile(r"[^\S\t]*+[|\t][|\s]*+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that is translated or copied through.

    Args:
        start: Offset of its first character.
        end: Offset behind its last character.
        kind: ``prose`` is for the engine, ``verbatim`` is copied.
    """

    start: int
    end: int
    kind: PieceKind


def segment_layout(text: str, *, mode: Mode = "reflow", lang: str = "de") -> list[Piece]:
    r"""Cut a text into prose and the layout around it.

    The pieces cover the text without a gap, so joining ``text[p.start:p.end]``
    gives the text again; no prose piece is blank or begins or ends blank.

    Args:
        text: Any text.
        mode: ``keep`` makes each line a piece of its own, so that line ends
            come back one by one; ``reflow`` makes one piece of the lines of a
            hard-wrapped paragraph, its inner line ends included.
        lang: Language of the text.

    >>> [text for text in map("# A\n\n- b c".__getitem__,
    ...     (slice(p.start, p.end) for p in segment_layout("# A\n\n- b c")))]
    ['# ', 'A', '\n\n- ', 'b c']
    """
    if mode == "reflow":
        groups = paragraphs(text, lang=lang)
    else:
        groups = [[line] for line in lines(text, lang=lang)]
    pieces: list[Piece] = []
    done = 0
    for start, end in (span for group in groups for span in _prose(text, group)):
        if start > done:
            pieces.append(Piece(done, start, "verbatim"))
        pieces.append(Piece(start, end, "prose"))
        done = end
    if done < len(text):
        pieces.append(Piece(done, len(text), "verbatim"))
    return pieces


def _prose(text: str, group: list[Line]) -> list[tuple[int, int]]:
    """Return the stretches of a paragraph that hold words."""
    first, last = group[0], group[-1]
    if first.kind in ("code", "ornament"):
        return []
    if first.kind != "table":
        return [(first.body, last.end)] if has_letters(text, first.body, last.end) else []
    edges = [(m.start(), m.end()) for m in _CELL_EDGE.finditer(text, first.body, first.end)]
    starts = [first.body, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), first.end]
    cells = zip(starts, ends, strict=True)
    return [(a, b) for a, b in cells if a < b and has_letters(text, a, b)]


def restore(text: str, pieces: Sequence[Piece], targets: Sequence[str]) -> str:
    r"""Put translated prose back into the layout of the text.

    With the prose itself as targets this returns ``text``.

    Args:
        text: The text the pieces were cut from.
        pieces: What ``segment_layout`` returned for it.
        targets: One string for each prose piece, in order.

    Raises:
        ValueError: There are more or fewer targets than prose pieces.

    >>> restore("- ja\n", segment_layout("- ja\n"), ["yes"])
    '- yes\n'
    """
    wanted = sum(piece.kind == "prose" for piece in pieces)
    if wanted != len(targets):
        raise ValueError(f"{len(targets)} targets for {wanted} prose pieces; give one for each")
    supply = iter(targets)
    return "".join(
        next(supply) if piece.kind == "prose" else text[piece.start : piece.end] for piece in pieces
    )


@lru_cache(maxsize=1)
def _protected() -> re.Pattern[str]:
    """Compile what is copied through; bounded repeats keep it linear."""
    extension = (
        r"(?:txt|md|rst|pdf|docx?|odt|xlsx?|pptx?|csv|tsv|jsonl?|ya?ml|toml|ini|cfg|conf|xml|html?"
        r"|css|js|ts|py|sh|bat|exe|dll|jar|zip|gz|xz|tar|png|jpe?g|gif|svg|webp|mp[34]|log)\b"
    )
    domain = r"(?:[\w-]{1,63}\.){1,6}(?:de|at|ch|eu|com|org|net|info|io|gov|int|edu|uk|fr)"
    parts = (
        r"``[^\n]{1,300}?``|`[^`\n]{1,1000}`",
        r"(?<=\])\([^()\s]{1,1000}\)",
        r"<!--.{0,2000}?-->|</?[A-Za-z][^<>\n]{0,500}>",
        r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}",
        r"(?<!\w)(?:https?|ftps?|file|sftp|ssh|git)://[^\s<>\"„“”»«]{1,2000}",
        r"(?<!\w)(?:mailto|tel|doi):[^\s<>\"„“”]{2,500}",
        rf"(?<![\w.@-])(?:www\.[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,6}}|{domain}(?![\w-]))"
        r"(?::\d{1,5})?(?:/[^\s<>\"„“”»«]{0,2000})?",
        r"\$?\{\{?[\w.:!\[\]-]{0,80}\}\}?|#\{[\w.]{1,80}\}|(?<!\w)\$[A-Z_][A-Z0-9_]{2,40}\b",
        r"(?<![\w%])%\(\w{1,60}\)[sdifr]|(?<![\w%])%[A-Z_][A-Z0-9_]{2,40}%",
        r"(?<![\d%])(?<!\d )%(?:\d{1,2}\$)?[-+#0]?\d{0,3}(?:\.\d{1,2})?l{0,2}[sdifuxXeEgG@](?!\w)",
        r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
        r"(?<!\w)[A-Za-z]:\\[^\s\"<>|]{1,500}",
        rf"(?<![\w./~-])(?:~|\.{{1,2}})/[\w.-]{{1,255}}(?:/[\w.-]{{1,255}}){{0,30}}/?"
        rf"|(?<![\w./~-])(?:/[\w.-]{{1,255}}){{2,30}}/?|(?<![\w./~-])/[\w-]{{1,255}}\.{extension}",
        rf"(?<![\w./-])(?:[\w.-]{{1,255}}/){{1,30}}[\w-]{{1,255}}\.{extension}",
        rf"(?<![\w./-])[\w-]{{1,255}}\.{extension}",
        r"(?<![\w&#/])#[^\W\d]\w{1,100}|(?<![\w@.])@\w[\w.]{0,100}(?:@[\w.-]{1,200})?",
    )
    return re.compile("|".join(parts), re.DOTALL)


@lru_cache(maxsize=1)
def _mark() -> re.Pattern[str]:
    """Compile what any of the above has somewhere: few sentences do, and this is quick to see."""
    return re.compile(r"\.[\w-]|/|[%$][\w{(+#.@-]|[`<@{\\#]|&[#A-Za-z]|\]\(|(?:mailto|tel|doi):")


def find_protected(text: str) -> list[Span]:
    """Find what a translation copies unchanged.

    Those are URLs, e-mail addresses, inline code, placeholders, tags and
    entities, file paths, hashtags and handles; the spans are in order and do
    not overlap.

    Args:
        text: A sentence, or any text.

    >>> [s.of("Siehe www.example.org/a.") for s in find_protected("Siehe www.example.org/a.")]
    ['www.example.org/a']
    """
    spans: list[Span] = []
    if not _mark().search(text):
        return spans
    for match in _protected().finditer(text):
        end = _trimmed(text, match.start(), match.end())
        if end > match.start():
            spans.append(Span(match.start(), end))
    return spans


def _trimmed(text: str, start: int, end: int) -> int:
    """Leave the sentence its full stop and the bracket that it opened."""
    if text[start] in "`<(&{$%":
        return end
    unpaired = text.count(")", start, end) - text.count("(", start, end)
    while end > start and (
        text[end - 1] in ".,;:!?'\"…’‘*_" or (unpaired > 0 and text[end - 1] == ")")
    ):
        unpaired -= text[end - 1] == ")"
        end -= 1
    return end
