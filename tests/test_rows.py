"""Rows are what a dictionary of the same lines would be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.rows import Rows, keys_having

KEYS = st.text(st.characters(exclude_characters="\t\n", exclude_categories=["Cs"]), min_size=1)
TABLES = st.dictionaries(KEYS, st.sampled_from(["", "x", "a b\t3", "\t"]))


@given(table=TABLES, others=st.lists(KEYS))
def test_rows_answer_as_a_dictionary(table: dict[str, str], others: list[str]) -> None:
    rows = Rows("\n".join(f"{key}\t{rest}" for key, rest in table.items()))
    assert dict(rows) == table
    assert len(rows) == len(table)
    for key in [*table, *others, *(key[:1] for key in table), *(f"{key}a" for key in table)]:
        assert (key in rows) == (key in table)
        assert rows.get(key) == table.get(key)


@given(table=TABLES, part=st.sampled_from([" ", "a", "-"]))
def test_keys_that_hold_a_part(table: dict[str, str], part: str) -> None:
    rows = Rows("\n".join(f"{key}\t{rest}" for key, rest in table.items()))
    assert sorted(keys_having(rows, part)) == sorted(keys_having(table, part))


def test_a_line_may_be_a_key_alone() -> None:
    rows = Rows("Haus\nHausboot\thouseboat\n\n")
    assert (rows["Haus"], rows["Hausboot"], len(rows)) == ("", "houseboat", 2)
    assert not {"Hau", "Haus\nHausboot", 1} & set(rows)
    assert 1 not in rows
    assert "Hausboot\thouseboat" not in rows
    with pytest.raises(KeyError):
        rows["Hausb"]
