"""Cut a page into title, headings, prose and noise; nothing vanishes unseen.

Every character of the text that is not whitespace ends up in exactly one
block or one drop, so a caller can show what was left out and why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from summlib.records import Drop, Span
from summlib.text.cues import cues, stamp
from summlib.text.lines import Line, paragraphs
from summlib.text.noise import Unit, judge
from summlib.text.normalization import Normalized, normalize

__all__ = ["Block", "Cleaned", "Normalized", "clean", "normalize"]

BlockKind = Literal["title", "heading", "paragraph", "list-item", "quote", "table"]

_PROSE_KINDS = ("paragraph", "list-item", "quote")
_KIND_OF_LINE: dict[str, BlockKind] = {
    "item": "list-item",
    "heading": "heading",
    "quote": "quote",
    "table": "table",
    "ornament": "table",
}
_OPENERS = "„“\"»«‚‘'([›‹"
_WHOLE_QUOTE = re.compile(r"[„“\"»«][^„“”\"»«]+[“”\"«»]\.?")
_NOT_A_HEADING_END = ".;,:…"
_WORD = re.compile(r"\w+")
_TRUNCATED = re.compile(r"\s*(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*\w{0,12}$")
MAX_HEADING_WORDS, MAX_TITLE_WORDS, MIN_REPEATED_WORDS = 16, 30, 10


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a page that stays.

    Args:
        start: Offset of its first character.
        end: Offset behind its last character.
        kind: What it is.
        body: Offset of its first word, behind a list marker or "# ".
    """

    start: int
    end: int
    kind: BlockKind
    body: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A page in its parts.

    Args:
        text: The page as given.
        blocks: What stays, in order.
        title: The headline, None where none stands out.
        drops: What was taken out, in order, with reasons.
    """

    text: str
    blocks: tuple[Block, ...]
    title: Span | None
    drops: tuple[Drop, ...]

    @property
    def paragraphs(self) -> tuple[Block, ...]:
        """The blocks that hold prose: paragraphs, list items, quotations."""
        return tuple(block for block in self.blocks if block.kind in _PROSE_KINDS)

    @property
    def prose(self) -> tuple[Span, ...]:
        """Where the prose stands, without list markers."""
        return tuple(Span(block.body, block.end) for block in self.paragraphs)


def clean(text: str, *, lang: str = "de") -> Cleaned:
    r"""Tell the prose of a page from what surrounds it.

    Every character that is not whitespace lies in exactly one block or drop.

    Args:
        text: A page or press release as saved, or plain prose.
        lang: ``de`` or ``en``; other languages get the English cues.

    >>> page = "Zum Inhalt springen\nRat stimmt zu\nDer Rat hat am Montag zugestimmt.\n"
    >>> cleaned = clean(page)
    >>> cleaned.title.of(page), [drop.reason for drop in cleaned.drops]
    ('Rat stimmt zu', ['navigation'])
    """
    drops: list[Drop] = []
    units = []
    for group in paragraphs(text, lang=lang):
        unit = _unit(text, group, lang)
        units.append(unit)
        drops += _peel(text, unit, lang)
    judge(units, lang=lang)
    title = _find_title(units)
    _drop_repeats(units, title)
    blocks = _blocks(units, title)
    drops += [_drop(text, x.start, x.end, x.reason) for x in units if x.reason]
    return Cleaned(
        text=text,
        blocks=tuple(blocks),
        title=next((Span(b.body, b.end) for b in blocks if b.kind == "title"), None),
        drops=tuple(sorted(drops, key=lambda drop: drop.start)),
    )


def _unit(text: str, group: list[Line], lang: str) -> Unit:
    first, last = group[0], group[-1]
    body = first.body if first.body < last.end else first.start
    words = normalize(text[body : last.end], lang=lang).text
    return Unit(first.start, body, last.end, words, first.kind)


def _drop(text: str, start: int, end: int, reason: str) -> Drop:
    return Drop(start, end, reason, text[start:end])


def _peel(text: str, unit: Unit, lang: str) -> list[Drop]:
    """Take a stamp off the head and a photo credit off the tail of prose."""
    drops = []
    if unit.kind == "text" and unit.text[:1].isalnum():
        end = _stamp_end(text, unit, lang)
        if end:
            drops.append(_drop(text, unit.start, end, "date"))
            rest = text[end : unit.end]
            unit.start = unit.body = unit.end - len(rest.lstrip())
            unit.text = normalize(text[unit.start : unit.end], lang=lang).text
    start = _credit_start(text, unit, lang) if unit.kind in ("text", "item", "quote") else 0
    if start > unit.body:
        drops.append(_drop(text, start, unit.end, "photo-credit"))
        unit.end = unit.body + len(text[unit.body : start].rstrip())
        unit.text = normalize(text[unit.body : unit.end], lang=lang).text
    return drops


def _stamp_end(text: str, unit: Unit, lang: str) -> int:
    """Return where a stamp before a sentence ends, 0 when there is none.

    "19.01.2026 - 16:30:12Die Union" was glued by the page; a date that a space
    parts from the sentence is a stamp only with its time of day.
    """
    match = stamp(lang).match(text, unit.start, min(unit.end, unit.start + 80))
    if match is None:
        return 0
    rest = text[match.end() : unit.end]
    words = rest.lstrip(" \t\xa0-–—|:·")
    if not words or not (words[0].isupper() or words[0] in _OPENERS):
        return 0
    glued = rest[0].isupper() or rest[0] in _OPENERS
    sentence = Unit(0, 0, 0, normalize(words, lang=lang).text, "text")
    return unit.end - len(words) if glued or (match["time"] and sentence.prose) else 0


def _credit_start(text: str, unit: Unit, lang: str) -> int:
    """Return where a credit behind the last sentence begins, or 0."""
    tail = max(unit.body + 20, unit.end - 120)
    for match in cues(lang, "credit.start").finditer(text, tail, unit.end):
        before, after = text[unit.body : match.start()].rstrip(), text[match.end() : unit.end]
        if not after.lstrip().startswith((":", "©")) or len(after.split()) > 9:
            continue
        start = match.start()
        if before.endswith("(") and after.rstrip(" .").endswith(")"):
            before = before[:-1].rstrip()
            start = text.rindex("(", unit.body, start)
        if before.endswith((".", "!", "?", "“", '"')):
            return start
    return 0


def _headlike(unit: Unit, most_words: int) -> bool:
    """Tell whether a unit could stand above a text."""
    if unit.kind == "heading":
        return True
    if unit.kind != "text" or unit.words > most_words or not unit.single:
        return False
    first = unit.text.lstrip(_OPENERS)[:1]
    last = unit.text.rstrip('"“”»«)')[-1:]
    return bool(first) and not first.islower() and last not in _NOT_A_HEADING_END


def _find_title(units: list[Unit]) -> Unit | None:
    """Choose the headline among the lines above the first paragraph.

    A kicker ("Pressemitteilung") and the menu stand above the headline, so it
    is looked for below them; a site's name between menu and kicker is dropped.
    """
    head: list[Unit] = []
    for unit in units:
        if not unit.reason and not _headlike(unit, MAX_TITLE_WORDS):
            break
        head.append(unit)
    kept = [n for n, x in enumerate(head) if not x.reason]
    if not kept or len(head) == len(units):
        return None
    kickers = [n for n, x in enumerate(head[: kept[-1]]) if x.reason in ("label", "navigation")]
    below = [n for n in kept if not kickers or n > kickers[-1]]
    title = next((n for n in below if head[n].words >= 4), below[0])
    menu = [n for n, x in enumerate(head) if x.reason == "navigation"]
    for number in kept:
        if menu and menu[0] < number < below[0]:
            head[number].reason = "navigation"
    return head[title]


def _drop_repeats(units: list[Unit], title: Unit | None) -> None:
    """Drop the headline's and the lead's repetition, and cut-off teasers."""
    seen: dict[str, Unit] = {_key(title): title} if title else {}
    openings: dict[str, Unit] = {}
    for unit in units:
        if unit.reason or unit is title or unit.kind in ("table", "ornament"):
            continue
        key, opening = _key(unit), " ".join(_WORD.findall(unit.text.casefold())[:6])
        headline = key in seen and seen[key] is title and unit.words >= 3
        # An interview may ask each guest the same question.
        statement = unit.prose and unit.terminated and not unit.text.endswith("?")
        if headline or (key in seen and statement and unit.words >= MIN_REPEATED_WORDS):
            unit.reason = "repeated"
            continue
        earlier = openings.get(opening)
        if earlier and not earlier.reason and _teases(earlier, unit):
            earlier.reason = "repeated"
        elif earlier and not earlier.reason and _nearly_repeats(earlier, unit):
            unit.reason = "repeated"
            continue
        seen.setdefault(key, unit)
        openings[opening] = unit


def _key(unit: Unit) -> str:
    return " ".join(_WORD.findall(unit.text.casefold()))


def _teases(teaser: Unit, unit: Unit) -> bool:
    """Tell whether the earlier one breaks off ("...") where this goes on."""
    cut = _TRUNCATED.search(teaser.text)
    if cut is None or teaser.words < 8:
        return False
    return unit.text.startswith(teaser.text[: cut.start()])


def _nearly_repeats(earlier: Unit, unit: Unit) -> bool:
    """Tell whether running text adds not one word to an earlier paragraph.

    Articles of a law differ in a number or a "nicht" only, so one new word, or
    one figure less, is enough to keep a paragraph.
    """
    if not (earlier.prose and unit.prose and unit.terminated):
        return False
    before, now = (_WORD.findall(x.text.casefold()) for x in (earlier, unit))
    lost = set(before) - set(now)
    same_figures = not any(char.isdigit() for word in lost for char in word)
    return len(now) >= max(12, 0.9 * len(before)) and set(now) <= set(before) and same_figures


def _blocks(units: list[Unit], title: Unit | None) -> list[Block]:
    """Make blocks of what stays; a text without prose is all prose."""
    kept = [unit for unit in units if not unit.reason]
    kinds: list[BlockKind] = []
    for number, unit in enumerate(kept):
        before = kept[number - 1] if number else None
        in_list = bool(kinds) and kinds[-1] == "list-item"
        opens_list = before is not None and before.text.endswith(":")
        below = kept[number + 1] if number + 1 < len(kept) else None
        kind = "title" if unit is title else _kind(unit, below, in_list or opens_list)
        kinds.append(kind)
    if not any(kind in _PROSE_KINDS for kind in kinds):
        kinds = ["paragraph" if kind in ("heading", "title") else kind for kind in kinds]
    return [Block(x.start, x.end, kind, x.body) for x, kind in zip(kept, kinds, strict=True)]


def _kind(unit: Unit, below: Unit | None, in_list: bool) -> BlockKind:
    if unit.kind in _KIND_OF_LINE:
        return _KIND_OF_LINE[unit.kind]
    if _WHOLE_QUOTE.fullmatch(unit.text):
        return "quote" if unit.terminated or unit.words >= 5 else "paragraph"
    short = unit.words <= 40
    if short and (unit.text.endswith(";") or (in_list and unit.text.endswith(","))):
        return "list-item"
    if in_list and short and not unit.terminated:
        return "list-item"
    return "heading" if _is_heading(unit, below) else "paragraph"


def _is_heading(unit: Unit, below: Unit | None) -> bool:
    """Tell a line that heads what stands below from a short paragraph."""
    if below is None:
        return False
    if unit.text.endswith(":"):
        return unit.words <= 6 and unit.single
    if not _headlike(unit, MAX_HEADING_WORDS):
        return False
    # A question may be a paragraph of a dialogue: only prose below tells.
    return not unit.text.endswith(("?", "!")) or (unit.words <= 12 and below.words >= 20)
