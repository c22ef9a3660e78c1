"""Tables of many rows of which a short run looks up few: nothing is taken apart or copied."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

BLOCK = 2048
"""Bytes of a table between two places whose keys are known."""

_KEY = re.compile(rb"^[^\t\n]+", re.MULTILINE)


class Rows(Mapping[str, str]):
    r"""The rows of a tab-separated text by what stands before the first tab.

    The text stays as it was read; a look-up goes to the block that may hold its key and
    searches that, in some three microseconds. A caller that asks for the same again
    remembers the answer.

    Args:
        text: A row a line, each key once.

    >>> rows = Rows("Haus\thouse\t12\nStellwerk\tsignal box\t0")
    >>> rows["Stellwerk"], "Werk" in rows, len(rows)
    ('signal box\t0', False, 2)
    """

    def __init__(self, text: str) -> None:
        lines = (line if "\t" in line else f"{line}\t" for line in text.split("\n") if line)
        table = b"".join(sorted(_encoded(f"{line}\n") for line in lines))
        self._index(table, 0, len(table))

    @classmethod
    def sorted(cls, table: bytes, start: int = 0, end: int | None = None) -> Rows:
        """Return the rows of a table, or of a part of it, without a copy.

        Args:
            table: Lines of UTF-8 in the order of their bytes, each with a tab and an end.
            start: Where the first line begins.
            end: Behind the end of the last line; the end of the table when not given.
        """
        rows = cls.__new__(cls)
        rows._index(table, start, len(table) if end is None else end)
        return rows

    def _index(self, table: bytes, start: int, end: int) -> None:
        self._table, self._starts, self._keys = table, [], []
        while start < end and (tab := table.find(b"\t", start, end)) >= 0:
            self._starts.append(start)
            self._keys.append(table[start : tab + 1])
            start = table.find(b"\n", start + BLOCK, end) + 1 or end
        self._starts.append(end)

    def _find(self, key: str) -> tuple[int, int]:
        """Return where the rest of a key's line begins and ends; nowhere is before the table."""
        sought = _encoded(f"{key}\t")
        block = max(bisect_right(self._keys, sought) - 1, 0)
        if not self._keys or "\t" in key or "\n" in key:
            return -1, -1
        start, end = self._starts[block], self._starts[block + 1]
        if not self._table.startswith(sought, start):
            start = self._table.find(b"\n" + sought, start, end) + 1
            if not start:
                return -1, -1
        return start + len(sought), self._table.index(b"\n", start)

    def __getitem__(self, key: str) -> str:
        start, end = self._find(key)
        if start < 0:
            raise KeyError(key)
        return self._table[start:end].decode("utf-8", _SURROGATES)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key)[0] >= 0

    def __iter__(self) -> Iterator[str]:
        found = _KEY.finditer(self._table, self._starts[0], self._starts[-1])
        return (match[0].decode("utf-8", _SURROGATES) for match in found)

    def __bool__(self) -> bool:
        return bool(self._keys)  # to count the rows takes a thousand times as long

    def __len__(self) -> int:
        return self._table.count(b"\n", self._starts[0], self._starts[-1])


_SURROGATES = "surrogatepass"
"""Half of a character, which a text may hold though nothing can be said with it."""


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", _SURROGATES)


class Sections(Mapping[str, str]):
    r"""A table whose keys of several words stand by themselves, since they are few.

    Args:
        single: Rows whose keys hold no space.
        several: Rows whose keys hold one.

    >>> table = Sections.of(b"Haus\thouse\n\nRotes Kreuz\tRed Cross\n")
    >>> table["Rotes Kreuz"], keys_having(table, " ")
    ('Red Cross', ['Rotes Kreuz'])
    """

    def __init__(self, single: Rows, several: Rows) -> None:
        self.single, self.several = single, several

    @classmethod
    def of(cls, table: bytes) -> Sections:
        """Return the sections of a table that ``in_sections`` wrote."""
        return cls(*split_sections(table))

    def _section(self, key: object) -> Rows:
        return self.several if isinstance(key, str) and " " in key else self.single

    def __getitem__(self, key: str) -> str:
        return self._section(key)[key]

    def __contains__(self, key: object) -> bool:
        return key in self._section(key)

    def __iter__(self) -> Iterator[str]:
        yield from self.single
        yield from self.several

    def __bool__(self) -> bool:
        return bool(self.single or self.several)

    def __len__(self) -> int:
        return len(self.single) + len(self.several)


def split_sections(table: bytes) -> tuple[Rows, Rows]:
    r"""Return the rows before and behind the empty line of a table.

    Args:
        table: Each of its two sections as ``Rows.sorted`` takes it.

    >>> [dict(rows) for rows in split_sections(b"Haus\thouse\n\n")]
    [{'Haus': 'house'}, {}]
    """
    # Copies of a table cost more than all the rest of a start.
    if table.startswith(b"\n"):
        return Rows(""), Rows.sorted(table.lstrip(b"\n"))
    at = table.find(b"\n\n") + 1 or len(table)
    return Rows.sorted(table, 0, at), Rows.sorted(table, min(at + 1, len(table)))


def in_sections(lines: Iterable[str]) -> str:
    r"""Return a table as ``Sections`` reads it: two sorted sections, an empty line between.

    Args:
        lines: Rows, in any order; those with a space in their key go to the second section.

    >>> in_sections(["Rotes Kreuz\tRed Cross", "Werk\tplant", "Haus\thouse"])
    'Haus\thouse\nWerk\tplant\n\nRotes Kreuz\tRed Cross\n'
    """
    sections: tuple[list[str], list[str]] = ([], [])
    for line in sorted(lines):
        sections[" " in line.partition("\t")[0]].append(f"{line}\n")
    return "".join([*sections[0], "\n", *sections[1]])


class Made(Mapping[str, str]):
    """Rows that are made when they are asked for.

    Args:
        keys: Of the rows.
        make: Returns the row of a key.

    >>> Made(["Haus"], str.upper)["Haus"]
    'HAUS'
    """

    def __init__(self, keys: Collection[str], make: Callable[[str], str]) -> None:
        self._keys, self._make = keys, make

    def __getitem__(self, key: str) -> str:
        if key not in self._keys:
            raise KeyError(key)
        return self._make(key)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class Layers(Mapping[str, str]):
    r"""A table with some rows on top of it, and some of it hidden, without a copy.

    Args:
        base: The table below.
        top: Rows that go before its own.
        hidden: Keys of the table below that are not there any more.

    >>> layers = Layers(Rows("Haus\thouse"), {"Werk": "plant"}, frozenset(("Haus",)))
    >>> list(layers), "Haus" in layers
    (['Werk'], False)
    """

    def __init__(
        self, base: Mapping[str, str], top: Mapping[str, str], hidden: frozenset[str]
    ) -> None:
        self.base, self.top = base, top
        self.hidden = hidden.union(top)

    def __getitem__(self, key: str) -> str:
        if key in self.top:
            return self.top[key]
        if key in self.hidden:
            raise KeyError(key)
        return self.base[key]

    def __contains__(self, key: object) -> bool:
        return key in self.top or (key not in self.hidden and key in self.base)

    def __iter__(self) -> Iterator[str]:
        yield from self.top
        yield from (key for key in self.base if key not in self.hidden)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def keys_having(rows: Mapping[str, str], part: str) -> list[str]:
    """Return the keys of a table that hold ``part``.

    >>> keys_having({"Rotes Kreuz": "Red Cross", "Haus": "house"}, " ")
    ['Rotes Kreuz']
    """
    if isinstance(rows, Layers):
        below = (key for key in keys_having(rows.base, part) if key not in rows.hidden)
        return [*keys_having(rows.top, part), *below]
    if isinstance(rows, Sections) and part == " ":
        return list(rows.several)
    return [key for key in rows if part in key]
