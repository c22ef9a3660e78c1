"""Broken and hostile files: a clear error or a text, never a traceback, never a hang."""

from __future__ import annotations

import io
import json
import os
import re
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hostile import SENTENCE, book, odt_content, package, text_pdf, word, word_body, write_hostile
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.documents import archive, read_many
from summlib.errors import InputError, UnreadableDocument
from summlib.records import Document

MANY = settings(derandomize=True, deadline=None, max_examples=40)
SECONDS_PER_100_KB = 10
"""Bound on one core; what it catches is work that grows with the square of the input."""

GOOD = {
    "a.txt": SENTENCE.encode(),
    "a.html": f"<html><body><h1>Rat</h1><p>{SENTENCE}</p><ul><li>ja</ul></body></html>".encode(),
    "a.pdf": text_pdf(SENTENCE, "Er tagte lange."),
    "a.docx": package(word(word_body(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"))),
    "a.odt": package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": odt_content(f"<text:p>{SENTENCE}</text:p>"),
        }
    ),
    "a.epub": book({"a.xhtml": f"<html><body><p>{SENTENCE}</p></body></html>"}),
    "a.eml": f"From: a@b.de\nSubject: Rat\nMIME-Version: 1.0\n\n{SENTENCE}\n".encode(),
    "a.csv": f'id,text\n7,"{SENTENCE}"\n'.encode(),
    "a.jsonl": json.dumps({"text": SENTENCE}).encode(),
}

TAGS = str.split("<p> </p> <table> <tr> <td> </table> <li> <ul> <pre> <br> a <h1>")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, type[Exception] | None]:
    return write_hostile(tmp_path_factory.mktemp("hostile"))


def test_there_are_more_than_forty(files: dict[Path, type[Exception] | None]) -> None:
    assert sum(expected is not None for expected in files.values()) >= 40
    assert len(Counter(path.suffix for path in files)) >= 12


def test_each_gives_its_error_or_its_text(files: dict[Path, type[Exception] | None]) -> None:
    for path, expected in files.items():
        started = time.thread_time()
        items = list(read_many(path, on_error="record"))
        spent = time.thread_time() - started
        assert len(items) == 1, path.name
        if expected is None:
            assert isinstance(items[0], Document), f"{path.name}: {items[0]}"
            assert "Gemeinderat" in items[0].text, path.name
        else:
            assert isinstance(items[0], expected), f"{path.name}: {items[0]!r}"
            assert says_what_to_do(str(items[0]), path), str(items[0])
        assert spent < SECONDS_PER_100_KB * max(1, path.stat().st_size / 1e5), path.name


def says_what_to_do(message: str, path: Path) -> bool:
    """Tell whether a message names the file and gives facts and advice, on one short line."""
    rest = message.replace(str(path), "")
    short = len(rest) < 300 and "\n" not in rest
    return str(path) in message and short and re.search(r"[;:(] ?\S", rest) is not None


def test_good_files_are_read() -> None:
    for name, data in GOOD.items():
        (doc,) = read_many(named(data, name))
        assert SENTENCE in doc.text, name


def named(data: bytes, name: str) -> io.BytesIO:
    stream = io.BytesIO(data)
    stream.name = name  # type: ignore[misc]
    return stream


def check_read(data: bytes, name: str) -> None:
    """See that each document is one, or an error that is meant for a person."""
    for item in read_many(named(data, name), on_error="record"):
        if isinstance(item, Document):
            item.text.encode("utf-8")
            json.dumps(item.to_dict())
            assert item.text.strip()
        else:
            assert isinstance(item, InputError)


@pytest.mark.parametrize("name", sorted(GOOD))
@MANY
@given(data=st.binary(max_size=400))
def test_any_bytes_read_or_say_why_not(name: str, data: bytes) -> None:
    check_read(data, name)
    check_read(GOOD[name][:40] + data, name)


@pytest.mark.parametrize("name", sorted(GOOD))
@MANY
@given(data=st.data())
def test_damage_anywhere_reads_or_says_why_not(name: str, data: st.DataObject) -> None:
    good = bytearray(GOOD[name])
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(good) - 1))
        good[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(good) // 2, len(good)))
    check_read(bytes(good[:cut]), name)


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
@MANY
@given(data=st.data())
def test_damage_inside_a_package_reads_or_says_why_not(name: str, data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD[name])) as packed:
        parts = {part: packed.read(part) for part in packed.namelist()}
    part = data.draw(st.sampled_from(sorted(parts)))
    bad = bytearray(parts[part])
    place = data.draw(st.integers(0, len(bad) - 1))
    bad[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    check_read(package({**parts, part: bytes(bad)}), name)


@MANY
@given(
    st.lists(
        st.sampled_from(TAGS),
        max_size=40,
    )
)
def test_any_soup_of_tags_is_read(tags: list[str]) -> None:
    check_read(("<html>" + " ".join(tags)).encode(), "a.html")
    check_read(b"From: a\n\n", "a.eml")


def test_archive_that_lies_about_its_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(package({"a.txt": os.urandom(50)}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    opened = archive.Archive(bytes(data), "a.zip")
    with pytest.raises(UnreadableDocument, match=r"cannot be unpacked at a\.txt"):
        opened.read("a.txt")
    monkeypatch.setattr(archive, "MAX_UNPACKED", 20)
    with pytest.raises(UnreadableDocument, match="unpacks to 50"):
        archive.Archive(package({"a.txt": bytes(50)}), "a.zip")
