"""Cut a text into windows that a model can read, on sentence borders, losing nothing.

Lengths are those the model itself counts, prompt and special pieces included.
Windows come out about equally long: a last window of one sentence would give
that sentence as much of the summary as all of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summlib.text.clauses import split_clauses

Lengths = Callable[[Sequence[str]], list[int]]


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence in a window, or a part of one that no window holds whole.

    Args:
        text: What is read.
        member: The number of the sentence.
        pieces: How many pieces it takes.
    """

    text: str
    member: int
    pieces: int


@dataclass(frozen=True, slots=True)
class Window:
    """What a model reads in one go.

    Args:
        parts: Sentences or parts of them, in order.
    """

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """What the model is given."""
        return " ".join(part.text for part in self.parts)

    @property
    def members(self) -> tuple[int, ...]:
        """The numbers of its sentences, each once, in order."""
        return tuple(dict.fromkeys(part.member for part in self.parts))


def pack(sentences: Sequence[str], *, lengths: Lengths, limit: int, least: int = 1) -> list[Window]:
    """Cut sentences into as few windows of about the same length as hold them all.

    The words of all windows are the words of all sentences, in order. A
    sentence that is too long for a window is cut between clauses, a word that
    is too long between letters.

    Args:
        sentences: Without blank ones.
        lengths: Counts the pieces of texts, each with what the model adds.
        limit: Pieces a window may have, with what the model adds.
        least: Windows to make at least, as far as there are sentences.

    >>> words = lambda texts: [len(text.split()) for text in texts]
    >>> [w.text for w in pack(["Ja, so.", "Nein.", "Er kam."], lengths=words, limit=3)]
    ['Ja, so. Nein.', 'Er kam.']
    """
    if not sentences:
        return []
    added = lengths([""])[0]
    room = max(1, limit - added)
    counts = [max(1, n - added) for n in lengths(sentences)]
    parts = [
        part
        for i, (text, count) in enumerate(zip(sentences, counts, strict=True))
        for part in _cut(Part(text, i, count), lengths, added, room)
    ]
    total = sum(part.pieces for part in parts)
    wanted = max(-(-total // room), min(least, len(parts)))
    windows = _fill(parts, room=room, aim=total / wanted)
    # Pieces of joined sentences need not add up: what is still too long is halved.
    return [fit for window in windows for fit in _halved(window, lengths, limit)]


def _cut(part: Part, lengths: Lengths, added: int, room: int) -> list[Part]:
    """Cut a part until each fits, however dense its text is."""
    if part.pieces <= room or len(part.text) < 2:
        return [part]
    chars = max(1, len(part.text) * room * 2 // (3 * part.pieces))
    if " " in part.text:  # no word is cut as long as there are spaces left
        chars = max(chars, *map(len, part.text.split(" ")))
    texts = split_clauses(part.text, max_chars=min(chars, len(part.text) - 1))
    counts = lengths(texts)
    smaller = [Part(t, part.member, max(1, n - added)) for t, n in zip(texts, counts, strict=True)]
    return [piece for one in smaller for piece in _cut(one, lengths, added, room)]


def _fill(parts: list[Part], *, room: int, aim: float) -> list[Window]:
    """Put parts into windows, each until it is nearer to its share than with one more."""
    windows: list[list[Part]] = [[]]
    size = done = 0
    for part in parts:
        full = size + part.pieces > room
        share = aim * len(windows)
        if windows[-1] and (full or done + part.pieces / 2 > share):
            windows.append([])
            size = 0
        windows[-1].append(part)
        size += part.pieces
        done += part.pieces
    return [Window(tuple(window)) for window in windows]


def _halved(window: Window, lengths: Lengths, limit: int) -> list[Window]:
    if len(window.parts) < 2 or lengths([window.text])[0] <= limit:
        return [window]
    middle = len(window.parts) // 2
    halves = (Window(window.parts[:middle]), Window(window.parts[middle:]))
    return [fit for half in halves for fit in _halved(half, lengths, limit)]
