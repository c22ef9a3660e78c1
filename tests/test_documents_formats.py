"""Word, OpenDocument, e-books, web pages, mail, tables: what of them becomes text."""

from __future__ import annotations

import builtins
import importlib
import io
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from hostile import book, odt_content, package, word, word_body

from summlib.documents import extras, read, read_many
from summlib.documents.html import page_text
from summlib.documents.markup import tame
from summlib.errors import EmptyDocument, InputError, MissingDependency, UnreadableDocument
from summlib.records import Document
from summlib.text.clean import clean

DATA = Path(__file__).parent / "data" / "documents"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read_bytes(data: bytes, name: str = "", **options: Any) -> Document:
    stream = io.BytesIO(data)
    stream.name = name  # type: ignore[misc]
    return read(stream, **options)


# --- one article, saved by LibreOffice in every format ------------------------


@pytest.mark.parametrize("suffix", ["odt", "docx"])
def test_libreoffice_saves_the_same_article(suffix: str) -> None:
    doc, source = read(DATA / f"article.{suffix}"), read(DATA / "article.fodt")
    assert doc.text == source.text
    assert (doc.title, doc.lang) == (source.title, "de")
    assert doc.meta["date"].startswith("2025-10-15T09:00:00")
    assert doc.meta["footnotes"] == 1


def test_the_article_has_its_parts() -> None:
    parts = read(DATA / "article.fodt").text.split("\n\n")
    assert parts[0] == "# Auenfeld erneuert sein Wasserwerk"
    assert [part for part in parts if part.startswith("## ")] == [
        "## Streit um die Gebühren",
        "## Was gebaut wird",
    ]
    assert parts[-2].splitlines()[:2] == ["| Posten | Millionen Euro |", "| Brunnen | 6,2 |"]
    assert parts[-1] == "[^1]: Protokoll der Sitzung vom 14. Oktober, Seite 7."
    assert "- zwei Tiefbrunnen am Nordufer\n- eine Filterhalle mit sechs Becken" in "\n\n".join(
        parts
    )


def test_running_heads_of_word_are_reported() -> None:
    dropped = read(DATA / "article.docx").meta["dropped"]
    assert dropped[0] == {
        "reason": "running-head",
        "text": "Auenfelder Anzeiger, Mittwoch, 15. Oktober 2025",
    }


@pytest.mark.parametrize("suffix", ["epub", "html"])
def test_every_paragraph_survives_in_other_formats(suffix: str) -> None:
    doc, source = read(DATA / f"article.{suffix}"), read(DATA / "article.fodt")
    prose = [text for text in source.text.split("\n\n") if text[0] not in "#|-["]
    found = doc.text.split("\n\n")
    assert [text for text in found if text in prose] == prose
    assert doc.title == source.title


# --- Word ---------------------------------------------------------------------


def word_bytes(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def test_word_document_made_by_python_docx() -> None:
    document = docx.Document()
    document.core_properties.title = "Wasser für Auenfeld"
    document.core_properties.author = "Eva Beispiel"
    document.add_heading("Wasser", level=0)
    document.add_heading("Kosten", level=1)
    document.add_paragraph("Der Bau kostet\u00a038,5 Millionen Euro.")
    for text in ("Brunnen", "Halle"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("ein Becken", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Jahr", "Euro"), ("2024", "3 | 4")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    doc = read_bytes(word_bytes(document))
    assert doc.text == (
        "# Wasser\n\n## Kosten\n\nDer Bau kostet\u00a038,5 Millionen Euro.\n\n"
        "1. Brunnen\n2. Halle\n- ein Becken\n\n| Jahr | Euro |\n| 2024 | 3 / 4 |"
    )
    assert (doc.title, doc.meta["author"]) == ("Wasser für Auenfeld", "Eva Beispiel")


def test_tracked_changes_fields_and_boxes() -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    inner = (
        f"<w:p>{run.format('Der Rat ')}<w:del><w:r><w:delText>hat</w:delText></w:r></w:del>"
        f"<w:ins>{run.format('wird')}</w:ins><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:hyperlink>{run.format(' bald')}</w:hyperlink><w:r><w:tab/><w:t>ta</w:t>"
        "<w:softHyphen/><w:t>gen</w:t><w:br/><w:t>müssen.</w:t></w:r>"
        f"<w:r><w:txbxContent><w:p>{run.format('Im Kasten.')}</w:p></w:txbxContent></w:r></w:p>"
        f"<w:p>{run.format('40 m')}<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr>"
        "<w:t>2</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run.format('Im Feld.')}</w:p></w:sdtContent></w:sdt>"
    )
    doc = read_bytes(package(word(word_body(inner))))
    assert doc.text == "Der Rat wird bald ta\u00adgen\nmüssen.\n\nIm Kasten.\n\n40 m²\n\nIm Feld."


def test_table_that_only_lays_out_prose_gives_paragraphs() -> None:
    long = "Der Gemeinderat hat am Montag getagt. " * 10
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = long, "Kurz."
    assert read_bytes(word_bytes(document)).text == f"{long.strip()}\n\nKurz."


def test_nested_lists_are_numbered_by_level() -> None:
    document = docx.Document()
    number = f'<w:numPr {W}><w:ilvl w:val="{{}}"/><w:numId w:val="5"/></w:numPr>'
    for text, level in [("a", 0), ("b", 1), ("c", 1), ("d", 0), ("e", 1)]:
        paragraph = document.add_paragraph(text)
        paragraph._p.get_or_add_pPr().append(parse_xml(number.format(level)))
    lines = read_bytes(word_bytes(document)).text.splitlines()
    assert [line.strip()[-1] for line in lines] == list("abcde")
    assert [len(line) - len(line.lstrip()) for line in lines] == [0, 2, 2, 0, 2]


# --- OpenDocument -------------------------------------------------------------


def test_opendocument_blanks_notes_and_changes() -> None:
    content = odt_content(
        "<text:tracked-changes><text:p>alt</text:p></text:tracked-changes>"
        "<text:h text:outline-level='2'>Kosten</text:h>"
        "<text:p>Drei<text:s text:c='3'/>Mio.<text:tab/>Euro<text:note><text:note-citation>*"
        "</text:note-citation><text:note-body><text:p>Vorläufig.</text:p></text:note-body>"
        "</text:note>\n genau</text:p><text:list><text:list-item><text:p>eins</text:p>"
        "<text:list><text:list-item><text:p>zwei</text:p></text:list-item></text:list>"
        "</text:list-item></text:list>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    doc = read_bytes(package({"mimetype": kind, "content.xml": content}))
    assert doc.text == "### Kosten\n\nDrei Mio. Euro genau\n\n- eins\n  - zwei\n\n[^1]: Vorläufig."


# --- e-books ------------------------------------------------------------------


def test_chapters_come_in_the_order_of_the_spine() -> None:
    page = "<html><head><title>x</title></head><body><h1>{0}</h1><p>Im {0}.</p></body></html>"
    data = book(
        {"b.xhtml": page.format("Winter"), "a%20a.xhtml": ""},
        **{"OEBPS/a a.xhtml": page.format("Sommer")},
    )
    doc = read_bytes(data)
    assert doc.text == "# Winter\n\nIm Winter.\n\n# Sommer\n\nIm Sommer."
    assert (doc.title, doc.lang) == ("Wasser", "de")
    starts = doc.meta["chapter_starts"]
    assert [doc.text[start:][:8] for start in starts] == ["# Winter", "# Sommer"]


# --- web pages ----------------------------------------------------------------

PAGE = """<!doctype html><html lang="de"><head><title>Rat stimmt zu - Anzeiger</title>
<meta charset="{charset}"><meta name="author" content="Eva Beispiel">
<meta property="article:published_time" content="2025-10-15T09:00:00+02:00"></head><body>
<nav><ul><li><a href="/">Start</a><li><a href="/p">Politik</a></ul></nav>
<article><h1>Rat stimmt zu</h1>
<p>Der Gemeinderat hat am Dienstag dem neuen <b>Wasserwerk</b> zugestimmt,
nach einer langen Aussprache im großen Saal.</p>
<h2>Die Kosten</h2>
<p>Der Bau kostet 38,5 Millionen Euro, von denen das Land ein Drittel zahlt, sagte sie.</p>
<p>Begonnen wird im Frühjahr, fertig soll das Werk im Jahr 2031 sein, hieß es weiter.</p>
</article><footer><a href="/i">Impressum</a> <a href="/d">Datenschutz</a></footer></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "iso-8859-15"])
def test_article_of_a_saved_page(charset: str) -> None:
    doc = read_bytes(PAGE.format(charset=charset).encode(charset), "seite.html")
    assert doc.text.split("\n\n") == [
        "# Rat stimmt zu",
        "Der Gemeinderat hat am Dienstag dem neuen Wasserwerk zugestimmt, nach einer langen "
        "Aussprache im großen Saal.",
        "## Die Kosten",
        "Der Bau kostet 38,5 Millionen Euro, von denen das Land ein Drittel zahlt, sagte sie.",
        "Begonnen wird im Frühjahr, fertig soll das Werk im Jahr 2031 sein, hieß es weiter.",
    ]
    assert (doc.title, doc.lang) == ("Rat stimmt zu", "de")
    assert doc.meta["author"] == "Eva Beispiel"
    assert doc.meta["date"] == "2025-10-15"
    assert doc.meta["extractor"] == "article"


def test_cleaning_finds_the_paragraphs_of_a_page() -> None:
    doc = read_bytes(PAGE.format(charset="utf-8").encode())
    cleaned = clean(doc.text)
    assert [block.kind for block in cleaned.blocks] == [
        *("title", "paragraph", "heading", "paragraph", "paragraph")
    ]
    assert not cleaned.drops


def test_page_is_read_from_top_to_bottom() -> None:
    page = (
        "<html><head><title>Plan &amp; Ziel</title></head><body><h3>Plan</h3>Erst<br>dann "
        "<script>x()</script><ol start=1><li>eins<ul><li>innen</li></ul></li><li>zwei</li></ol>"
        "<table><tr><th>Jahr<td>Euro<tr><td>2024<td>3</table><pre>a\n  b</pre>"
        "<div hidden>nie</div><!-- nie --><p>Ende&nbsp;&ndash; gut</p></body></html>"
    )
    assert page_text(tame(page)) == (
        "### Plan\n\nErst\ndann\n\n1. eins\n  - innen\n2. zwei\n\n| Jahr | Euro |\n| 2024 | 3 |"
        "\n\na\nb\n\nEnde\u00a0– gut"
    )


def test_page_in_which_no_article_is_found() -> None:
    deep = "<div>" * 1000 + "Der Rat hat getagt.<br>Er war einig." + "</div>" * 1000
    page = f"<html><head><title>Plan &amp; Ziel</title></head><body>{deep}</body></html>"
    doc = read_bytes(page.encode())
    assert doc.meta["extractor"] == "page"
    assert (doc.title, doc.text) == ("Plan & Ziel", "Der Rat hat getagt.\nEr war einig.")


def test_marks_of_footnotes_are_no_part_of_a_sentence() -> None:
    mark = '<sup class="reference"><a href="#cite-1"><span>[</span>1<span>]</span></a></sup>'
    text = f"Der Rat{mark} hat 40 m<sup>2</sup> und CO<sub>2</sub>.{mark} Gut."
    assert (
        read_bytes(f"<html><body><p>{text}</p></body></html>".encode()).text
        == "Der Rat hat 40 m² und CO2. Gut."
    )


def test_page_in_another_encoding_than_the_western_ones() -> None:
    page = '<html><meta charset="iso-8859-2"><body><p>Łódź liegt in Polen.</p></body></html>'
    assert read_bytes(page.encode("iso-8859-2")).text == "Łódź liegt in Polen."


# --- mail ---------------------------------------------------------------------


def mail(**parts: Any) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Eva Müller <eva@example.org>", "rat@example.org"
    message["Subject"], message["Date"] = (
        "Wasserwerk für Auenfeld",
        "Wed, 15 Oct 2025 09:00:00 +0200",
    )
    message["Message-ID"] = "<1@example.org>"
    if "plain" in parts:
        message.set_content(parts["plain"], charset=parts.get("charset", "utf-8"))
    if "page" in parts:
        add = message.add_alternative if "plain" in parts else message.set_content
        add(parts["page"], subtype="html")
    for name in parts.get("attached", ()):
        message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename=name)
    return message


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_mail_with_both_kinds_of_text(charset: str) -> None:
    text = "Guten Tag,\n\nder Rat hat für die Brücke gestimmt.\n"
    data = mail(plain=text, charset=charset, page="<p>Anders</p>", attached=["plan.pdf"]).as_bytes()
    doc = read_bytes(data)
    assert doc.text == text.strip()
    assert doc.title == "Wasserwerk für Auenfeld"
    assert doc.meta["author"] == "Eva Müller <eva@example.org>"
    assert doc.meta["dropped"] == [{"reason": "attachment", "text": "plan.pdf"}]


def test_mail_of_html_only() -> None:
    page = "<html><body><p>Guten Tag,</p><p>der Rat hat <b>getagt</b>.</p></body></html>"
    assert read_bytes(mail(page=page).as_bytes()).text == "Guten Tag,\n\nder Rat hat getagt."


def test_page_that_a_browser_saved_in_one_file() -> None:
    message = EmailMessage()
    message["From"], message["Snapshot-Content-Location"] = (
        "<Saved by Blink>",
        "https://example.org",
    )
    message["MIME-Version"] = "1.0"
    message.set_content(PAGE.format(charset="utf-8"), subtype="html")
    del message["MIME-Version"]
    message["MIME-Version"] = "1.0"
    doc = read_bytes(message.as_bytes(), "seite.mhtml")
    assert doc.title == "Rat stimmt zu"
    assert doc.text.startswith("# Rat stimmt zu\n\nDer Gemeinderat")


# --- tables -------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_rows_are_documents(tmp_path: Path, delimiter: str, encoding: str) -> None:
    rows = [
        ["id", "Titel", "Inhalt", "lang", "Ort"],
        ["7", "Zwei Sätze", '"Der Rat tagt,\r\nund; das | lange."', "de", "Auenfeld"],
        ["8", "", "Größe", "xx", ""],
    ]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    if delimiter in ",|;":
        path.write_bytes(
            "\r\n".join(
                delimiter.join(f'"{cell.strip(chr(34))}"' for cell in row) for row in rows
            ).encode(encoding)
        )
    first, second = read_many(path)
    assert first.text == "Der Rat tagt,\r\nund; das | lange."
    assert (first.title, first.lang) == ("Zwei Sätze", "de")
    assert first.meta == {"line": 2, "id": "7", "Ort": "Auenfeld"}
    assert (second.text, second.lang, second.meta["line"]) == ("Größe", "", 4)


def test_column_with_prose_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("nr,meine spalte\n1,Der Rat hat gestern lange über das Wasser gesprochen.\n")
    assert read(path).text.startswith("Der Rat")


def test_column_may_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("text\tNotiz\nEins.\tZwei.\n")
    assert read(path, column="notiz").text == "Zwei."
    with pytest.raises(InputError, match="no column 'fehlt'; it has: text, Notiz"):
        read(path, column="fehlt")


def test_bad_rows_are_recorded_in_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,Eins.\n2\n\n3,\n4,Vier.\n")
    items = list(read_many(path, on_error="record"))
    assert [str(items[n]) for n in (0, 3)] == ["Eins.", "Vier."]
    assert isinstance(items[1], EmptyDocument)
    assert str(items[2]).startswith(f"line 5 of {path}")


def test_cells_longer_than_the_module_allows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\n" + "Der Rat tagt. " * 20_000 + "\nZwei.\n")
    assert [len(doc.text) > 200_000 for doc in read_many(path)] == [True, False]


# --- packages that are missing ------------------------------------------------


@pytest.mark.parametrize(
    ("file", "package"),
    [
        ("article.pdf", "pypdfium2"),
        ("article.docx", "python-docx"),
        ("article.html", "trafilatura"),
    ],
)
def test_missing_package_is_named_with_its_pip_line(
    monkeypatch: pytest.MonkeyPatch, file: str, package: str
) -> None:
    def refuse(name: str, *_: Any) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", lambda name: _without(name, refuse))
    with pytest.raises(MissingDependency, match=package) as caught:
        read(DATA / file)
    assert extras.PIP_LINE in str(caught.value)


def _without(name: str, refuse: Any) -> Any:
    """Import our own modules only."""
    if not name.startswith("summlib"):
        refuse(name)
    builtins.__import__(name)
    return sys.modules[name]


def test_damaged_word_document_says_so() -> None:
    with pytest.raises(UnreadableDocument, match="damaged Word document"):
        read_bytes(package(word("<w:document")))
