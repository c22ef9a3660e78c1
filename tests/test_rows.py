"""Rows are what a dictionary of the same lines would be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.rows import BLOCK, Rows, Sections, in_sections, keys_having, split_sections

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


@given(table=TABLES, others=st.lists(KEYS))
def test_sections_answer_as_a_dictionary(table: dict[str, str], others: list[str]) -> None:
    data = in_sections(f"{key}\t{rest}" for key, rest in table.items()).encode("utf-8")
    sections = Sections.of(data)
    assert dict(sections) == table
    assert len(sections) == len(table)
    assert sorted(keys_having(sections, " ")) == sorted(key for key in table if " " in key)
    for key in [*table, *others, *(f"{key}a" for key in table)]:
        assert sections.get(key) == table.get(key)


@given(st.integers(2 * BLOCK, 20 * BLOCK), st.integers(1, 40))
def test_every_key_of_a_large_table_is_found(size: int, width: int) -> None:
    keys = sorted({f"{number * 7919 % size:0{width}}" for number in range(size // 50)})
    first, second = split_sections("".join(f"{key}\t{key}\n" for key in keys).encode() + b"\n")
    assert not len(second)
    assert all(first[key] == key for key in keys)
    assert list(first) == keys
    assert not any(f"{key}0x" in first for key in keys)


def test_half_a_character_is_no_key() -> None:
    assert "\ud800" not in Rows("Haus\thouse")
