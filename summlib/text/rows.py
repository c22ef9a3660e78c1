"""Tables of many rows of which a short run looks up few: nothing is taken apart or copied."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping


class Rows(Mapping[str, str]):
    r"""The rows of a tab-separated text by what stands before the first tab.

    The lines stay whole and are searched by halving: a dictionary of the same
    rows takes six times as long to make, and more memory. A look-up takes a
    microsecond, so a caller that asks for the same again remembers the answer.

    Args:
        text: A row a line, each key once; quickest where the lines are sorted.

    >>> rows = Rows("Haus\thouse\t12\nStellwerk\tsignal box\t0")
    >>> rows["Stellwerk"], "Werk" in rows, len(rows)
    ('signal box\t0', False, 2)
    """

    def __init__(self, text: str) -> None:
        lines = [line for line in text.split("\n") if line]
        lines.sort()  # costs next to nothing where they are sorted
        self._lines = lines

    def _find(self, key: str) -> str | None:
        """Return the line of a key."""
        # A line end sorts behind the tab and before all that can stand in a longer key.
        at = bisect_left(self._lines, f"{key}\n") - 1
        if at >= 0 and self._lines[at].partition("\t")[0] == key:
            return self._lines[at]
        return None

    def __getitem__(self, key: str) -> str:
        line = self._find(key)
        if line is None:
            raise KeyError(key)
        return line[len(key) + 1 :]

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        return (line.partition("\t")[0] for line in self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def lines_having(self, part: str) -> list[str]:
        """Return the lines that hold ``part``."""
        return [line for line in self._lines if part in line]


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
    if not isinstance(rows, Rows):
        return [key for key in rows if part in key]
    keys = [line.partition("\t")[0] for line in rows.lines_having(part)]
    return [key for key in keys if part in key]
