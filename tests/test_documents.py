"""Reading: any encoding, any source, and a clear word about what is no text."""

from __future__ import annotations

import codecs
import gzip
import io
import os
import random
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.documents import encoding, read, read_many, source
from summlib.documents.kinds import foreign_kind, holds_several, is_readable, kind_of
from summlib.errors import EmptyDocument, InputError, UnreadableDocument, UnsupportedFormat
from summlib.records import Document

TEXT = "Über die Brücke führt künftig eine Straße.\r\nDer Bau kostet 3 Millionen Euro.\n"
TYPED = "„Wir hören zu“, sagte die Bürgermeisterin – und schloß für 5 € die Tür.\n"
PLAIN = settings(derandomize=True, deadline=None, max_examples=60)


def text_of(data: bytes) -> str:
    return read(io.BytesIO(data)).text


# --- encodings ---------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
        *("utf-32", "utf-32-le", "utf-32-be", "latin-1", "cp1252", "cp850", "mac-roman"),
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(name))
    assert read(path).text == TEXT


@pytest.mark.parametrize("name", ["cp1252", "mac-roman"])
def test_typographic_signs_of_one_byte_encodings(name: str) -> None:
    assert text_of(TYPED.encode(name)) == TYPED


@PLAIN
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_utf8_comes_back_exactly(text: str) -> None:
    text = f"Satz. {text}\n"
    assert text_of(text.encode()) == text
    assert text_of(codecs.BOM_UTF8 + text.encode()) == text


@PLAIN
@given(st.binary())
def test_any_bytes_decode_to_clean_text_or_none(data: bytes) -> None:
    decoded = encoding.decode(data)
    if decoded is not None:
        decoded.text.encode("utf-8")
        assert decoded.replaced >= 0


@PLAIN
@given(st.text(st.characters(codec="latin-1", exclude_categories=("Cc",))))
def test_latin1_loses_no_character(text: str) -> None:
    data = f"Käse und Grüße: {text}".encode("latin-1")
    decoded = encoding.decode(data)
    assert decoded is not None
    assert decoded.replaced == 0
    assert len(decoded.text) == len(data) or decoded.encoding == "utf-8"


def test_lines_in_two_encodings() -> None:
    mixed = "Größe\n".encode() + "Maße\n".encode("cp1252") + b"ASCII\n"
    decoded = encoding.decode(mixed)
    assert decoded == encoding.Decoded("Größe\nMaße\nASCII\n", "utf-8+cp1252", 0)


def test_broken_utf8_is_replaced_and_counted() -> None:
    data = "Über Flüsse und Täler.".encode().replace("ä".encode(), b"\xc3")
    doc = read(io.BytesIO(data))
    assert doc.text == "Über Flüsse und T\ufffdler."
    assert doc.meta == {"encoding": "utf-8", "replaced": 1}


def test_utf16_with_half_a_character_at_its_end() -> None:
    doc = read(io.BytesIO("Guten Tag".encode("utf-16") + b"\x41"))
    assert doc.text == "Guten Tag\ufffd"
    assert doc.meta["replaced"] == 1


def test_lone_surrogates_are_replaced_pairs_joined() -> None:
    data = "Ein \ud83d\ude00 und ein \ud800.".encode("utf-8", "surrogatepass")
    doc = read(io.BytesIO(data))
    assert doc.text == "Ein \U0001f600 und ein \ufffd."
    assert doc.meta["replaced"] == 1


@PLAIN
@given(st.text(st.characters()))
def test_mended_text_can_be_encoded(text: str) -> None:
    mended, replaced = encoding.mend_surrogates(text)
    mended.encode("utf-8")
    assert replaced == 0 or mended != text


def test_control_characters_stay_in_a_text() -> None:
    text = "Der\x00 Rat\x07 tagt am Montag.\x1b[0m\n"
    assert text_of(text.encode()) == text


def test_fifty_megabytes_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Der Fluss führt Hochwasser. " * 1_850_000, encoding="utf-8")
    started = time.process_time()
    doc = read(path)
    assert len(doc.text) == 28 * 1_850_000
    # Some 0.2 s; the bound only catches work that is not linear.
    assert time.process_time() - started < 20


# --- what is no text -----------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"PK\x05\x06" + bytes(18), "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image"),
        (b"\x00\x00\x00\x18ftypmp42", "video"),
        (b"ID3\x03\x00", "sound"),
        (b"\x7fELF\x02\x01", "program"),
        (b"SQLite format 3\x00", "database"),
        (b"<?xml version='1.0'?><feed/>", "XML"),
    ],
)
def test_known_formats_are_named(tmp_path: Path, head: bytes, kind: str) -> None:
    path = tmp_path / "artikel.txt"
    path.write_bytes(head + (b"" if kind == "ZIP" else bytes(range(256))))
    with pytest.raises(UnsupportedFormat, match=kind) as caught:
        read(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"\r\nrubbish%PDF-1.7\n", "a.pdf", "pdf"),
        (b"PK\x03\x04", "a", "zip"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html>\n<html>", "a.txt", "html"),
        ("<html><p>Ja.".encode("utf-16"), "a", "html"),
        ("<html><p>Ja.".encode("utf-16-be"), "a", "html"),
        (b"<!-- saved from url=(0014)about:internet -->\n<html>", "a", "html"),
        (b"<p class='x'>Ja.</p>", "", "html"),
        (b"Ja. <br> Nein.", "a.htm", "html"),
        (b"Ja. <br> Nein.", "a.txt", "plain"),
        (b"<p>Ja.</p>", "a.md", "plain"),
        (b"<b>fett</b>", "", "plain"),
        (b"From: a@b.de\nMessage-ID: <1>\nSubject: x\n\nJa.", "", "eml"),
        (b"From: a@b.de\nMessage-ID: <1>\n\nJa.", "a.txt", "plain"),
        (b"Received: by x\n by y\nFrom: a@b.de\n\nJa.", "-", "eml"),
        (b"Subject: x\n\nJa.", "a.eml", "eml"),
        (b"Thema: Wasser\nOrt: Auenfeld\n\nJa.", "", "plain"),
        (b"From: Berlin\nTo: Bonn\n\nJa.", "", "plain"),
        (b"<?xml version='1.0'?>\n<office:document x='y'>", "a.fodt", "odt"),
    ],
)
def test_content_decides_what_a_file_is(head: bytes, name: str, kind: str) -> None:
    assert kind_of(head, name) == kind


@PLAIN
@given(st.binary(max_size=200), st.sampled_from(["", "a.txt", "a.html", "a.eml", "a.pdf"]))
def test_any_bytes_are_of_some_kind(data: bytes, name: str) -> None:
    assert kind_of(data, name) in {"pdf", "zip", "odt", "html", "eml", "plain"}


@pytest.mark.parametrize(
    "text", ["BM ist kurz.", "MZ steht hier.", "PK 7", "<b>fett</b>", "ID3-Tags", "fLaC!"]
)
def test_texts_that_only_begin_like_a_format(text: str) -> None:
    assert foreign_kind(text.encode()) == ""
    assert text_of(text.encode()) == text


def test_unknown_binary_data_is_refused() -> None:
    for data in (random.Random(1).randbytes(5000), bytes(5000)):
        with pytest.raises(UnreadableDocument, match="no text: its 5000 bytes"):
            read(io.BytesIO(data))


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u200b\xad\n".encode()]
)
def test_nothing_visible_is_an_empty_document(data: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read(io.BytesIO(data))


@pytest.mark.parametrize("text", ["4711", "🙂", "…"])
def test_digits_and_signs_are_read(text: str) -> None:
    assert text_of(text.encode()) == text


# --- sources -------------------------------------------------------------------


def test_missing_file_names_path_and_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableDocument, match=r"fehlt\.txt does not exist") as caught:
        read("fehlt.txt")
    assert str(tmp_path) in str(caught.value)


def test_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="is a folder"):
        read(tmp_path)


def test_protected_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(UnreadableDocument, match="may not be read: Permission denied"):
        read(tmp_path / "a.txt")


@pytest.mark.parametrize("name", ["a\0b", "a" * 5000, "a.txt/b"])
def test_impossible_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Ja.")
    with pytest.raises(UnreadableDocument):
        read(name)


def test_path_that_is_no_unicode_has_a_printable_name(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("Kaffee ist da.", encoding="utf-8")
    doc = read(os.fsdecode(path))
    assert doc.path.endswith("/caf\ufffd.txt")


def test_streams_stay_open() -> None:
    raw, text = io.BytesIO(b"Guten Tag"), io.StringIO("Guten Tag")
    assert read(raw).text == read(text).text == "Guten Tag"
    assert not raw.closed
    assert not text.closed


def test_stream_that_only_reads() -> None:
    with tempfile.SpooledTemporaryFile() as spooled:
        spooled.write("Grüße".encode())
        spooled.seek(0)
        assert read(spooled).text == "Grüße"


def test_text_stream_with_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode("cp1252"))
    with path.open(encoding="cp1252", newline="") as stream:
        assert read(stream) == Document(TEXT, path=str(path), meta={"encoding": "utf-8"})


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("utf-16"))))
    doc = read("-")
    assert (doc.text, doc.path) == (TEXT, "-")


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UnreadableDocument, match="no standard input"):
        read("-")


def test_what_is_no_source() -> None:
    with pytest.raises(TypeError, match="not int"):
        read(3)  # type: ignore[arg-type]


def test_packed_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(TEXT.encode("cp1252")))
    assert read(path).text == TEXT


def test_damaged_packed_file(tmp_path: Path) -> None:
    packed = gzip.compress(random.Random(2).randbytes(9000))
    for data in (packed[:4000], packed[:3000] + bytes(500) + packed[3500:]):
        with pytest.raises(UnreadableDocument, match="damaged gzip data"):
            read(io.BytesIO(data))


def test_file_packed_twice() -> None:
    with pytest.raises(UnreadableDocument, match="packed twice"):
        read(io.BytesIO(gzip.compress(gzip.compress(b"Guten Tag"))))


def test_names_tell_what_can_be_read() -> None:
    assert all(map(is_readable, ["a.txt", "A.PDF", "b.jsonl.gz", "c.d.docx", "x/y.md"]))
    assert not any(map(is_readable, ["a", "a.png", "a.docx.bak", ".txt.swp", "txt"]))
    assert holds_several("a.csv")
    assert not holds_several("a.pdf")


def test_size_limit_counts_what_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MAX_BYTES", 2**20)
    with pytest.raises(UnreadableDocument, match="more than 1 MB"):
        read(io.BytesIO(gzip.compress(b"a" * (2**20 + 1))))
    assert len(read(io.BytesIO(gzip.compress(b"a" * 2**20))).text) == 2**20


# --- JSON Lines ------------------------------------------------------------------

RECORDS = b'{"text": "Eins.", "title": "A", "id": "x-1", "lang": "de"}\n\n{"text": "Zwei."}\n'


def test_records(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(codecs.BOM_UTF8 + RECORDS)
    assert list(read_many(path)) == [
        Document("Eins.", "A", "de", str(path), {"line": 1, "id": "x-1"}),
        Document("Zwei.", "", "", str(path), {"line": 3}),
    ]


def test_records_are_told_by_content_without_a_telling_name(tmp_path: Path) -> None:
    assert len(list(read_many(io.BytesIO(RECORDS)))) == 2
    path = tmp_path / "a.txt"
    path.write_bytes(RECORDS)
    assert read(path).text == RECORDS.decode()


def test_packed_records(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(RECORDS))
    assert [doc.text for doc in read_many(path)] == ["Eins.", "Zwei."]


def test_a_text_is_one_document(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    assert [doc.text for doc in read_many(path)] == [TEXT]


def test_read_takes_one_record_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Eins."}\n')
    assert read(path).text == "Eins."
    path.write_bytes(RECORDS)
    with pytest.raises(InputError, match="several documents"):
        read(path)
    path.write_bytes(b"\n")
    with pytest.raises(InputError, match="no document"):
        read(path)


@pytest.mark.parametrize(
    ("line", "match"),
    [
        (b"kein JSON", "no JSON in UTF-8"),
        (b'{"text": "abgeschn', "no JSON in UTF-8"),
        ('{"text": "Größe"}'.encode("cp1252"), "no JSON in UTF-8"),
        (b"[" * 100_000, "no JSON in UTF-8"),
        (b'["text"]', 'no "text"'),
        (b'{"text": 3}', 'no "text"'),
        (b'{"text": "Ja.", "title": 3}', '"title" is no string'),
        (b'{"text": " "}', "holds no text"),
    ],
)
def test_bad_records_are_told_apart_by_line(tmp_path: Path, line: bytes, match: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Eins."}\n' + line + b'\n{"text": "Drei."}\n')
    items = list(read_many(path, on_error="record"))
    assert [str(item) for item in (items[0], items[2])] == ["Eins.", "Drei."]
    assert isinstance(items[1], InputError)
    assert str(items[1]).startswith(f"line 2 of {path}")
    with pytest.raises(InputError, match=match):
        list(read_many(path))


def test_another_field_holds_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"body": "Ja.", "text": 3}\n')
    doc = read(path, column="body")
    assert (doc.text, doc.meta) == ("Ja.", {"line": 1, "text": 3})
    with pytest.raises(UnreadableDocument, match='no "inhalt"'):
        read(path, column="inhalt")


def test_surrogates_in_json_escapes(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "\\ud83d\\ude00 \\ud800", "title": "\\udfff"}\n')
    doc = read(path)
    assert (doc.text, doc.title, doc.meta["replaced"]) == ("\U0001f600 \ufffd", "\ufffd", 1)


def test_recorded_errors_cover_the_file_itself() -> None:
    (item,) = read_many("gibt/es/nicht.txt", on_error="record")
    assert isinstance(item, UnreadableDocument)


def test_wrong_on_error_is_refused_at_the_call() -> None:
    with pytest.raises(InputError, match="on_error"):
        read_many("a.txt", on_error="ignore")  # type: ignore[call-overload]
