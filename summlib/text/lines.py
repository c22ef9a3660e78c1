"""Lines and the paragraphs that a fixed width has broken into lines.

A line is cut into marker and body; lists, tables, headings, quotations and
code follow the CommonMark conventions. Positions are character offsets into
the text as given.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Literal, NamedTuple

from summlib.text.cues import cues

LineKind = Literal["text", "item", "heading", "quote", "table", "code", "ornament"]

# str.splitlines() and re disagree on what ends a line; this is the full set.
BREAKS = "\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
BLANK = rf"[^\S{BREAKS}]"
# Narrower than this are verse, addresses and lists, wider are paragraphs that
# stand on one line each: mail wraps at 72 to 78, PDF columns at 40 to 110.
MIN_WIDTH, MAX_WIDTH = 40, 140
# A greedy line breaker leaves a line only when the next word does not fit;
# proportional type lets the count of characters vary by about an eighth.
FILL, FILL_BEFORE_LOWERCASE = 0.88, 0.6
SENTENCE_END = ".!?…:;"
CLOSERS = "\"'»«“”’)]›‹"

_LINE = re.compile(rf"(?<![^{BREAKS}])({BLANK}*+)(\S[^{BREAKS}]*)")
_MARKER = re.compile(
    rf"""(?P<quote>(?:>{BLANK}?)+)?
    (?:(?P<heading>\#{{1,6}}{BLANK}+)
      |(?P<item>(?:[-*+•‣▪◦●○■□·⁃∙»→➔►▶✓✔☐☑]|o|(?P<dash>[–—])|\(?(?P<number>\d{{1,3}})[.)]
        |\(?[a-zA-Z]\)|\(?[ivx]{{2,5}}\)){BLANK}+(?:\[[ xX]\]{BLANK}+)?))?""",
    re.VERBOSE,
)
_FENCE = re.compile(r"^[ \t]{0,3}(`{3,}|~~~)[^`~\n]*$", re.MULTILINE)
_TAGS_ONLY = re.compile(r"(?:\s*</?[A-Za-z!][^<>]{0,500}>)+\s*$")
_DEFINITION = re.compile(r"\[[^\]]{1,200}\]:\s*\S+$")
_CELLS = re.compile(r"\||[^\t|]*+(?:\t|(?<= )\| )")
_LETTER = re.compile(r"[^\W\d_]")
_LAST_WORD = re.compile(r"(?<!\w)[^\W\d_]+\Z")
_WORD = re.compile(r"\S+")
_ONE_BREAK = re.compile(rf"{BLANK}*+(?:\r\n|[{BREAKS}]){BLANK}*+\Z")


class Line(NamedTuple):
    """A line with content: ``[start, body)`` is marker, ``[body, end)`` words."""

    start: int
    body: int
    end: int
    kind: LineKind
    indent: int = 0


def lines(text: str, *, lang: str = "de") -> list[Line]:
    r"""List the lines that are not blank.

    Every character that is not whitespace lies in exactly one line.

    Args:
        text: Any text; all of Unicode's line ends count.
        lang: ``de`` knows that a line may begin with an ordinal ("3. Oktober").

    >>> [(x.kind, "- eins"[x.body:x.end]) for x in lines("- eins\n\n")]
    [('item', 'eins')]
    """
    found: list[Line] = []
    blocks = iter(_code_blocks(text))
    block = next(blocks, None)
    kind: LineKind
    for match in _LINE.finditer(text):
        start, end = match.start(2), match.start(2) + len(match[2].rstrip())
        while block and block[1] < start:
            block = next(blocks, None)
        if block and block[0] <= start:
            kind, body = "code", end
        else:
            kind, body = _kind(text, start, end, found[-1] if found else None, lang)
        found.append(Line(start, body, end, kind, len(match[1])))
    return found


def _code_blocks(text: str) -> list[tuple[int, int]]:
    """Find fenced code; a fence that nothing closes is an ornament."""
    blocks = []
    opening: re.Match[str] | None = None
    for match in _FENCE.finditer(text):
        if opening is None:
            opening = match
        elif match[1].startswith(opening[1]):
            blocks.append((opening.start(), match.end()))
            opening = None
    return blocks


def has_letters(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` holds a letter; "5", "²" and "½" are none.

    >>> has_letters("3,5 m²", 0, 3), has_letters("3,5 m²", 0, 6)
    (False, True)
    """
    if start < end and text[start].isalpha():
        return True
    return any(match[0].isalpha() for match in _LETTER.finditer(text, start, end))


def _kind(
    text: str, start: int, end: int, previous: Line | None, lang: str
) -> tuple[LineKind, int]:
    """Tell what a line outside code is, and where its words begin."""
    if not has_letters(text, start, end):
        return "ornament", end
    if text[start] in "<[" and (
        _TAGS_ONLY.match(text, start, end) or _DEFINITION.match(text, start, end)
    ):
        return "code", end
    if _CELLS.match(text, start, end):
        return "table", start
    marker = _MARKER.match(text, start, end)
    if marker is None or marker.end() == start:
        return "text", start
    if marker["heading"]:
        return "heading", marker.end()
    if marker["item"] and _runs_on(text, marker, previous, lang):
        return ("quote", marker.end("quote")) if marker["quote"] else ("text", start)
    return ("item" if marker["item"] else "quote"), marker.end()


def _runs_on(text: str, marker: re.Match[str], previous: Line | None, lang: str) -> bool:
    """Tell whether what looks like a list marker belongs to the sentence.

    That is so for an ordinal before its noun, and for a number or a dash when
    the line above breaks off in mid-sentence (CommonMark lets only lists that
    start at 1 interrupt a paragraph, for the same reason).
    """
    if marker["number"] and any(
        cues(lang, nouns).match(text, marker.end()) for nouns in ("ordinal", "month")
    ):
        return True
    if not (marker["dash"] or marker["number"]) or marker["number"] == "1":
        return False
    if previous is None or previous.kind != "text" or not _adjacent(text, previous, marker.start()):
        return False
    if ends_sentence(text, previous.end):
        return False
    return bool(marker["number"]) or text[marker.end() : marker.end() + 1].islower()


def ends_sentence(text: str, end: int) -> bool:
    """Tell whether a full stop or the like stands before ``end``.

    >>> ends_sentence("„Ja.“", 5)
    True
    """
    while end > 0 and text[end - 1] in CLOSERS:
        end -= 1
    return end > 0 and text[end - 1] in SENTENCE_END


def _adjacent(text: str, previous: Line, start: int) -> bool:
    """Tell whether one line end, and no blank line, lies between."""
    gap = text[previous.end : start] if start - previous.end < 200 else ""
    return gap == "\n" or bool(_ONE_BREAK.match(gap.rstrip(" \t\xa0")))


def _may_join(text: str, previous: Line, line: Line) -> bool:
    """Tell whether two lines could be of one paragraph, their widths apart."""
    if previous.kind == "quote" or line.kind == "quote":
        alike = previous.kind == line.kind
        return (
            alike and _adjacent(text, previous, line.start) and _same_marker(text, previous, line)
        )
    joinable = previous.kind in ("text", "item") and line.kind == "text"
    return joinable and _adjacent(text, previous, line.start)


def _same_marker(text: str, previous: Line, line: Line) -> bool:
    above, below = text[previous.start : previous.body], text[line.start : line.body]
    return above.strip() == below.strip()


def paragraphs(text: str, *, lang: str = "de") -> list[list[Line]]:
    r"""Group the lines: those a fixed width has broken come together.

    All lines of ``lines(text)`` return, in order, each in one group.

    Args:
        text: Any text.
        lang: Language of the text, for ordinals and suspended hyphens.

    >>> text = ("Der Rat hat am Dienstag eine neue Verordnung\n"
    ...         "angenommen, die den Aufbau von Rechenzentren\nregelt.\nFazit")
    >>> [len(group) for group in paragraphs(text)]
    [3, 1]
    """
    chains = _chains(text, lines(text, lang=lang))
    wraps = [_wrap(text, chain, lang) for chain in chains]
    # Two breaks in mid-sentence show that the whole text was wrapped; then a
    # chain whose only break stands before a (capitalised) noun follows suit.
    page = max(wraps, key=lambda wrap: wrap.breaks, default=_UNWRAPPED)
    if page.breaks < 2:
        page = _UNWRAPPED
    groups: list[list[Line]] = []
    for chain, wrap in zip(chains, wraps, strict=True):
        groups.extend(_split(text, chain, wrap if wrap.breaks else page, lang))
    return groups


def _chains(text: str, found: list[Line]) -> list[list[Line]]:
    """Put lines together between which a paragraph could run on."""
    chains: list[list[Line]] = []
    for line in found:
        if chains and _may_join(text, chains[-1][-1], line):
            chains[-1].append(line)
        else:
            chains.append([line])
    return chains


def _width(text: str, chain: list[Line]) -> int:
    """Return the width the lines were filled to; a bare URL may be longer."""
    return max((x.end - x.start for x in chain if " " in text[x.body : x.end]), default=0)


class _Wrap(NamedTuple):
    """How lines were filled: to what width, and how full a full one is."""

    width: int
    fill: float
    breaks: int


_UNWRAPPED = _Wrap(0, FILL, 0)


def _wrap(text: str, chain: list[Line], lang: str) -> _Wrap:
    """Measure how a chain was wrapped, by the lines that end in mid-sentence.

    Fewer than one break in five shows nothing: about half the words of German
    prose are written small, so it is a list with a stray line.
    """
    if len(chain) < 2 or not MIN_WIDTH <= (width := _width(text, chain)) <= MAX_WIDTH:
        return _UNWRAPPED
    filled = [_filled(text, a, b) for a, b in pairwise(chain) if _breaks_off(text, a, b, lang)]
    filled = [length for length in filled if length >= FILL_BEFORE_LOWERCASE * width]
    if 5 * len(filled) < len(chain) - 1 or not filled:
        return _UNWRAPPED
    # Where no word would have fitted anywhere, the type is of one width and a
    # line that had room for the next word ends its paragraph.
    exact = len(filled) >= 3 and min(filled) > width
    return _Wrap(width, 1.0 if exact else FILL, len(filled))


def _breaks_off(text: str, above: Line, below: Line, lang: str) -> bool:
    """Tell whether a line end stands in mid-sentence.

    It does before a word written small, and behind an article, a preposition
    or a conjunction, none of which ends a line that stands by itself.
    """
    if ends_sentence(text, above.end):
        return False
    last = _LAST_WORD.search(text, max(above.body, above.end - 12), above.end)
    bound = last and last[0].islower() and cues(lang, f"function.{lang}").fullmatch(last[0])
    return text[below.body].islower() or bool(bound)


def _filled(text: str, above: Line, below: Line) -> int:
    """Return how long a line would be with the next line's first word."""
    word = _WORD.match(text, below.body, below.end)
    return above.end - above.start + 1 + (word.end() - word.start() if word else 0)


def _split(text: str, chain: list[Line], wrap: _Wrap, lang: str) -> list[list[Line]]:
    """Cut a chain of lines into its paragraphs."""
    groups = [[chain[0]]]
    for above, below in pairwise(chain):
        if hyphen_join(text, above.end, below.body, lang=lang) or (
            wrap.breaks and _continues(text, above, below, wrap, lang)
        ):
            groups[-1].append(below)
        else:
            groups.append([below])
    return groups


def _continues(text: str, above: Line, below: Line, wrap: _Wrap, lang: str) -> bool:
    """Tell whether a line goes on where the one above was full."""
    length = above.end - above.start
    if length > MAX_WIDTH or below.end - below.start > MAX_WIDTH:
        return False
    if below.indent > above.indent and ends_sentence(text, above.end):
        return False
    share = FILL_BEFORE_LOWERCASE if _breaks_off(text, above, below, lang) else wrap.fill
    return _filled(text, above, below) >= share * wrap.width


def hyphen_join(text: str, end: int, start: int, *, lang: str = "de") -> str:
    r"""Say what becomes of a hyphen at a line's end.

    Args:
        text: The text.
        end: Offset behind the upper line's last character.
        start: Offset of the lower line's first character.
        lang: Language of the text, for "Ein-" before "und Ausfuhr".

    Returns:
        ``drop`` (Rechen-|zentrum), ``keep`` (EU-|Kommission), ``space``
        (Ein-|und Ausfuhr), or nothing when no hyphen links the lines.

    >>> hyphen_join("EU-\nKommission", 3, 4)
    'keep'
    """
    if end < 2 or text[end - 1] not in "-\u2010\u00ad" or not text[end - 2].isalnum():
        return ""
    if not text[start].isalnum():
        return ""
    if text[end - 1] == "\u00ad":
        return "drop"
    if not text[start].islower():
        return "keep"
    if cues(lang, "suspended").match(text, start):
        return "space"
    stem = re.search(r"[^\W_]+\Z", text[max(0, end - 40) : end - 1])
    abbreviation = stem is not None and (stem[0].isupper() or not stem[0].isalpha())
    return "keep" if abbreviation else "drop"
