"""Tables of a model's folder: what is written is read again, and damage is an OSError."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest

from summlib.text.packed import read_table, write_table

TEXT = "Brücke\tbridge\t2\nZug\ttrain|pull\t3"


def test_what_is_written_is_gzip_and_the_same_each_time(tmp_path: Path) -> None:
    path, again = tmp_path / "a.tsv.gz", tmp_path / "b.tsv.gz"
    write_table(path, TEXT)
    write_table(again, TEXT)
    assert gzip.decompress(path.read_bytes()).decode("utf-8") == read_table(path) == TEXT
    assert path.read_bytes() == again.read_bytes()
    assert path.read_bytes()[4:8] == bytes(4), "a time is kept"


def test_what_gzip_packed_elsewhere_is_read(tmp_path: Path) -> None:
    path = tmp_path / "words.txt.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:  # with its name and the time
        file.write(TEXT)
    assert read_table(path) == TEXT


def flipped(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


PACKED = gzip.compress(TEXT.encode("utf-8"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no archive",
        TEXT.encode("utf-8"),
        lzma.compress(TEXT.encode("utf-8")),
        PACKED[: len(PACKED) // 2],
        PACKED[:-1],
        flipped(PACKED, len(PACKED) // 2),
        flipped(PACKED, len(PACKED) - 8),
        gzip.compress("Brücke".encode("latin-1")),
    ],
    ids=["empty", "text", "table", "xz", "half", "short", "content", "checksum", "latin-1"],
)
def test_damage_is_an_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "words.txt.gz"
    path.write_bytes(data)
    with pytest.raises(OSError, match="damaged"):
        read_table(path)
