"""A user's translation memory: read it, clean it, and keep lines back.

Lines that are kept back must not be learned in disguise: a line that equals
one of them on either side, or shares a long run of words with one, is left
out of what is learned (see ``contamination``).
"""

from __future__ import annotations

import lzma
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from summlib.documents.encoding import decode
from summlib.errors import InputError, WrongLanguage
from summlib.text.language import identify
from summlib.training.contamination import Protected
from summlib.training.corpus import Pair, fault
from summlib.training.tmx import read_tmx

SHARE = 0.05
"""Share of the lines that is kept back for the report."""

LEAST, MOST = 20, 500
"""Lines kept back; fewer say nothing, more only take time."""

FEWEST = 3 * LEAST
"""Lines a memory must have: some to learn from, some to stop by, some to report on."""

REHEARSAL = "rehearsal"
"""Name of the pairs that are mixed in so that other text is not forgotten."""

SAMPLE = 200
SURE = 0.7

_SPACE = re.compile(r"\s+")
_BREAK = re.compile(r"\r\n?|\n")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Memory:
    """What a translation memory holds that is fit to learn from.

    Args:
        name: The file's, up to the first full stop.
        file: The file's, without its folder.
        pairs: Its lines, each once.
        refused: Lines left out, by reason.
    """

    name: str
    file: str
    pairs: list[Pair]
    refused: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Split:
    """A memory in three parts that share no line.

    Args:
        learned: What to train on.
        watched: Lines whose loss says when to stop.
        reported: Lines to score before and after; nothing was chosen by them.
        leaked: Lines left out because they repeat one that was kept back.
    """

    learned: list[Pair]
    watched: list[Pair]
    reported: list[Pair]
    leaked: int


def read_memory(path: Path, *, source_lang: str = "de", target_lang: str = "en") -> Memory:
    """Read a translation memory, ``.tmx`` or lines of two columns with a tab between.

    Args:
        path: The file; ``.tsv.xz`` and any usual encoding of it are read too.
            Columns beyond the second are passed over.
        source_lang: Language of the first column.
        target_lang: Language of the second.

    Raises:
        InputError: It cannot be read or too little of it can be used.
        WrongLanguage: The columns are the other way round.
    """
    if path.suffix.lower() == ".tmx":
        rows = list(read_tmx(path, source_lang=source_lang, target_lang=target_lang))
        refused: Counter[str] = Counter()
    else:
        rows, refused = _read_columns(path)
    pairs = list(_clean(rows, path.name.split(".")[0] or "memory", refused))
    if len(pairs) < FEWEST:
        why = ", ".join(f"{n} {reason}" for reason, n in refused.most_common()) or "nothing else"
        raise InputError(
            f"{path} has {len(pairs)} usable pairs ({source_lang}, a tab, {target_lang}) of "
            f"{len(pairs) + refused.total()} (left out: {why}); give at least {FEWEST}"
        )
    _check_direction(pairs, path, source_lang, target_lang)
    return Memory(pairs[0].name, path.name, pairs, refused)


def _read_columns(path: Path) -> tuple[list[tuple[str, str]], Counter[str]]:
    try:
        data = path.read_bytes()
        decoded = decode(lzma.decompress(data) if path.suffix == ".xz" else data)
    except (OSError, lzma.LZMAError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if decoded is None:
        raise InputError(f"{path} is no text; give lines of two columns (.tsv) or a .tmx")
    rows, refused = [], Counter[str]()
    for line in _BREAK.split(decoded.text):
        cells = [_unquoted(cell) for cell in line.split("\t")]
        if len(cells) >= 2:
            rows.append((cells[0], cells[1]))
        elif line.strip():
            refused["without a tab"] += 1
    return rows, refused


def _unquoted(cell: str) -> str:
    """Undo the quotation marks that spreadsheets put round a cell that holds some.

    >>> _unquoted('"Er sagte ""ja""."'), _unquoted('"Ja"')
    ('Er sagte "ja".', '"Ja"')
    """
    inner = cell.strip()
    if len(inner) > 2 and inner[0] == inner[-1] == '"' and '""' in inner[1:-1]:
        return inner[1:-1].replace('""', '"')
    return cell


def _clean(rows: Iterable[tuple[str, str]], name: str, refused: Counter[str]) -> Iterator[Pair]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        source, target = (_SPACE.sub(" ", side).strip() for side in row)
        pair = Pair(name, source, target)
        reason = fault(pair) if source and target else "blank"
        key = (source.lower(), target.lower())
        reason = reason or ("duplicate" if key in seen else "")
        if reason:
            refused[reason] += 1
        else:
            seen.add(key)
            yield pair


def _check_direction(pairs: Sequence[Pair], path: Path, source_lang: str, target_lang: str) -> None:
    """Refuse a memory whose columns are clearly swapped: it would teach the wrong direction."""
    first = identify(" ".join(pair.source for pair in pairs[:SAMPLE]))
    second = identify(" ".join(pair.target for pair in pairs[:SAMPLE]))
    swapped = (first.lang, second.lang) == (target_lang, source_lang)
    if swapped and min(first.confidence, second.confidence) > SURE:
        raise WrongLanguage(
            f"{path}: the first column seems to be {target_lang} and the second {source_lang}; "
            f"swap them: {source_lang}, a tab, {target_lang}"
        )


def split(pairs: Sequence[Pair], *, held_out: int = 0, seed: int = 1) -> Split:
    """Divide a memory by chance; equal input and seed give an equal division.

    Args:
        pairs: Lines, each once.
        held_out: Lines to report on; 0 for 5 % of them, at least 20, at most 500.
        seed: Seed of the choice.

    Raises:
        InputError: Too little would be left to learn from.

    >>> made = split([Pair("x", f"Satz {i}", f"Line {i}") for i in range(1000)])
    >>> len(made.learned), len(made.watched), len(made.reported), made.leaked
    (900, 50, 50, 0)
    """
    count = held_out or max(LEAST, min(MOST, round(SHARE * len(pairs))))
    drawn = list(pairs)
    random.Random(f"{seed}:split").shuffle(drawn)
    reported, rest = drawn[:count], drawn[count:]
    guard = _Guard(reported)
    # A share as large as the reported one says when to stop.
    rest = [pair for pair in rest if not guard.holds(pair)]
    watched, learned = rest[:count], rest[count:]
    guard = _Guard(watched)
    learned = [pair for pair in learned if not guard.holds(pair)]
    if len(learned) < LEAST:
        raise InputError(
            f"of {len(pairs)} pairs {len(learned)} are left to learn from, {2 * count} being "
            "kept back with all that repeat them; give more lines, or a smaller number to keep back"
        )
    leaked = len(pairs) - len(learned) - len(watched) - len(reported)
    return Split(learned, watched, reported, leaked)


def rehearsal(path: Path, parts: Split, **langs: str) -> list[Pair]:
    """Return the lines of other text that are to be rehearsed, none that was kept back.

    Args:
        path: Lines of general text in the form of a memory.
        parts: The division of the memory itself.
        langs: ``source_lang`` and ``target_lang``.

    Raises:
        InputError: As ``read_memory``.
    """
    guard = _Guard([*parts.reported, *parts.watched])
    pairs = (replace(pair, name=REHEARSAL) for pair in read_memory(path, **langs).pairs)
    return [pair for pair in pairs if not guard.holds(pair)]


class _Guard:
    """Lines kept back, equal ones of any length included."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self.lines = {_key(side) for pair in pairs for side in (pair.source, pair.target)}
        self.runs = Protected(side for pair in pairs for side in (pair.source, pair.target))

    def holds(self, pair: Pair) -> bool:
        """Tell whether either side repeats a line kept back."""
        return any(
            _key(side) in self.lines or self.runs.holds(side) for side in (pair.source, pair.target)
        )


def _key(line: str) -> str:
    return " ".join(_WORD.findall(line.lower()))
