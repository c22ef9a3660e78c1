"""Whether a full stop, exclamation or question mark ends its sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import ModuleType

from summlib.text.tables import WordTables

_CHUNK = re.compile(r"[^\s(\[{„\"“”»«‚‘'’/–—]+$")
_PARTS = re.compile(r"(?<![^\W_])(?:[^\W\d_]{1,5}\.\s?){0,4}[^\W\d_]+(?:-[^\W\d_]+)*$")
_LONGEST_PARTS = 32
_BEFORE = re.compile(r"(\S+)\s+$")
_FIGURE = re.compile(r"\d[\d.]*$")
_RANGE = re.compile(r"[-–—]\d")
_LIST_MARK = re.compile(r"[\W_]*(?:\d{1,3}|[^\W\d_]|[ivxIVX]{1,4})\)?$")
_MARK_AHEAD = re.compile(r"\(?(?:[a-z]|\d{1,2}|[ivx]{1,4})\)\s")
_LETTER_AHEAD = re.compile(r"([b-z])\.\s")
_HEAD_LETTER = re.compile(r"\W*([a-y])\.")
_INNER_CAPITAL = re.compile(r"[a-z]{1,2}[A-Z]")
_VOWEL = re.compile(r"[aeiouyäöüáàâéèêíóôú]", re.IGNORECASE)
_ADDRESS = re.compile(r"[@/:_\\]|www\.")
_SPACES = re.compile(r"\s+")
_ROMAN_OR_FIGURE = re.compile(r"[\d§]|[IVX]+\b")
# Names that end in a mark and go on: a closed class.
_NAME_WITH_MARK = re.compile(r"\b(?:Yahoo|Jeopardy|Wham|Joomla|Mamma Mia|Oklahoma|Westward Ho)$")


@dataclass(frozen=True, slots=True)
class Stop:
    """A mark that may end a sentence, with its neighbours.

    Args:
        head: The first characters of the sentence.
        left: What stands before the mark, cut at the left to a few words.
        whole: Whether ``left`` begins where the sentence begins.
        mark: The full stop or other marks.
        embedded: Whether it ends a title quoted inside a sentence.
        gap: White space behind the mark and what closes with it.
        word: The next word, empty where none follows at once.
        ahead: The text from the next word on, cut to a few characters.
        caseless: Whether the paragraph has no capitals at all.
    """

    head: str
    left: str
    whole: bool
    mark: str
    embedded: bool
    gap: str
    word: str
    ahead: str
    caseless: bool


def ends_sentence(stop: Stop, language: ModuleType) -> bool:
    """Say whether the mark ends its sentence.

    Args:
        stop: The mark and its neighbours.
        language: The module of the language, ``german`` or ``english``.
    """
    words: WordTables = language.words()
    if stop.left[-1:] in ("(", "["):
        # A comment on a word, "ein(!) Satz", or an omission, "[...]".
        return False
    if not stop.gap:
        return _glued(stop, words)
    if "!" in stop.mark or "?" in stop.mark:
        return _can_open(stop, words) and not _goes_on(stop, words)
    if len(stop.mark.replace(" ", "")) > 1 or "…" in stop.mark:
        return _can_open(stop, words) and _ellipsis_ends(stop, words)
    return _full_stop_ends(stop, language, words)


def _can_open(stop: Stop, words: WordTables) -> bool:
    """Say whether what follows can be the beginning of a sentence at all."""
    if not stop.word:
        return True
    if stop.caseless:
        return words.opening(stop.word) > 1
    return not stop.word[0].islower() or _item_ahead(stop) or _is_name(stop.word)


def _is_name(word: str) -> bool:
    """Say whether a word begins small but is a name (iPhone, eBay)."""
    return bool(_INNER_CAPITAL.match(word))


def _item_ahead(stop: Stop) -> bool:
    """Say whether a small letter follows that counts a list on: ``b)`` or ``b.`` after ``a.``."""
    if _MARK_AHEAD.match(stop.ahead):
        return True
    letter, head = _LETTER_AHEAD.match(stop.ahead), _HEAD_LETTER.match(stop.head)
    return bool(letter and head and ord(letter[1]) == ord(head[1]) + 1)


def _goes_on(stop: Stop, words: WordTables) -> bool:
    """Say whether ! or ? belongs to a name or a quoted title in mid-sentence."""
    if _NAME_WITH_MARK.search(stop.left) or stop.embedded:
        return words.opening(stop.word) <= 0
    return False


def _ellipsis_ends(stop: Stop, words: WordTables) -> bool:
    """Say whether dots end a sentence: with a space before them they mostly leave words out."""
    if stop.left[-1:].isspace():
        return words.opening(stop.word) > 0
    return True


def _glued(stop: Stop, words: WordTables) -> bool:
    """Say whether a mark without white space behind it ends a sentence (``gut.Das ist``)."""
    if stop.mark[0] in "。！？．":
        return True
    chunk = stop.left[stop.left.rfind(" ") + 1 :]
    if _ADDRESS.search(chunk) or _ADDRESS.search(stop.ahead.split(" ")[0]):
        return False
    if not stop.word[:1].isupper() or len(stop.mark) > 1 or len(stop.word) < 2:
        return False
    if not (chunk[-3:].isalpha() and chunk[-2:].islower()) and not chunk[-1:].isdigit():
        return False
    return words.opening(stop.word) > 1 or "never" in words.classes(stop.word)


def _full_stop_ends(stop: Stop, language: ModuleType, words: WordTables) -> bool:
    """Say whether a single full stop ends its sentence."""
    if stop.whole and _LIST_MARK.match(stop.left):
        return False
    verdict = _abbreviation_ends(stop, words)
    if verdict is not None:
        return verdict
    if not _can_open(stop, words):
        return False
    figure = _FIGURE.search(stop.left)
    chunk = _CHUNK.search(stop.left)
    if figure and chunk and figure[0] == chunk[0].lstrip("-") and stop.word[:1].isalnum():
        if _RANGE.match(stop.ahead):
            return False
        before = _BEFORE.search(stop.left[: figure.start()])
        return bool(language.figure_ends(before[1] if before else "", figure[0], stop.word))
    return _word_ends(stop, chunk[0] if chunk else "", language, words)


def _word_ends(stop: Stop, chunk: str, language: ModuleType, words: WordTables) -> bool:
    """Say whether the stop behind a word that is no listed abbreviation ends the sentence."""
    special = language.word_ends(chunk, stop.word)
    if special is not None:
        return bool(special)
    if len(chunk) == 1 and chunk.isalpha():
        return words.opening(stop.word) > 1
    if _looks_abbreviated(chunk) and "plain" not in words.classes(chunk):
        return words.opening(stop.word) > 0
    return True


def _looks_abbreviated(chunk: str) -> bool:
    """Say whether a word has an abbreviation's shape: ``L.F`` or no vowel (``Dtl``)."""
    if "." in chunk:
        return all(len(part) < 3 and part.isalpha() for part in chunk.split("."))
    return chunk.isalpha() and len(chunk) < 6 and not chunk.isupper() and not _VOWEL.search(chunk)


def _classes(left: str, words: WordTables) -> frozenset[str]:
    """Return the classes of the longest listed abbreviation that ``left`` ends in."""
    found = _PARTS.search(left[-_LONGEST_PARTS:])
    parts = _SPACES.sub("", found[0]) if found else ""
    while parts:
        classes = words.classes(parts)
        if classes:
            return classes
        parts = parts.partition(".")[2]
    return frozenset()


def _abbreviation_ends(stop: Stop, words: WordTables) -> bool | None:
    """Say whether the stop of an abbreviation ends the sentence, None for no abbreviation."""
    classes = _classes(stop.left, words)
    if "never" in classes:
        return False
    if "number" in classes and _ROMAN_OR_FIGURE.match(stop.word):
        return False
    if "final" in classes:
        return _can_open(stop, words)
    if "may" in classes:
        if stop.word[:1].isdigit():
            return False
        return _can_open(stop, words) and words.opening(stop.word) >= 0
    return None
