"""What the fuzzers begin with: awkward pieces of text, and small files of every format."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Mapping

PIECES = (
    *("Der Rat", "die Stadt", "nicht", "kein", "hat", "wird", "Größe", "straße", "E-", "Rechen-"),
    *("am 3. Mai 2025", "1.234,5", "3,5 Mio. Euro", "12 %", "z. B.", "§ 433 Abs. 1 S. 2 BGB"),
    *("Dr. Anna Weber", "Art. 5", "usw.", "ca.", "XIV.", "drei", "zwölftausend", "Uhr", "km/h"),
    *(".", ". ", "! ", "? ", "…", "...", ", ", ": ", "; ", " ", "  ", "\n", "\n\n", "\r\n", "\t"),
    *("„", "“", "”", "»", "«", "‚", "‘", '"', "'", "(", ")", "[", "]", "{", "}", "<", ">", "&"),
    *("- ", "* ", "• ", "1. ", "a) ", "# ", "> ", "| ", " | ", "|---|", "```\n", "~~~\n", "    "),
    *("https://a.de/b?c=d", "a.b@c.de", "`x = 1`", "{{x}}", "%1$s", "<b>", "&amp;", "/a/b.txt"),
    *("\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff", "\u2028", "\x85", "\x00", "\x1b[2J"),
    *("e\u0308", "ﬁ", "😀", "👨\u200d👩\u200d👧", "🇩🇪", "ß", "ſ", "İ", "ǆ", "\ud800", "\udfff"),
    *("שלום", "مرحبا", "你好。", "①", "²", "½", "٣", "Ⅷ", "[1]", "Foto: dpa", "Lesen Sie mehr"),
    *("The council", "not", "said", "on 3 May", "1,234.5", "five million", "Mrs. Hill", "'s"),
    *("A", "B", "C", "x", "y", "0", "7", "99", "-", "–", "_", "/", "\\", "@", "§", "$", "€", "="),
)
"""Stretches that text is built from where the bytes say so: rules look for such words."""

SENTENCE = "Der Gemeinderat hat am Montag dem neuen Wasserwerk zugestimmt."
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT = "application/vnd.oasis.opendocument.text"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def text_of(data: bytes) -> str:
    """Turn bytes into text in one of four ways, which the first byte chooses.

    >>> text_of(b"\\x00ja"), text_of(b"\\x03\\x00\\x25")
    ('ja', 'Der Rat. ')
    """
    way, rest = data[:1], data[1:]
    if way == b"\x03":
        return "".join(PIECES[byte % len(PIECES)] for byte in rest)
    if way == b"\x02":
        return rest[: len(rest) // 2 * 2].decode("utf-16-le", "surrogatepass")
    return rest.decode("latin-1" if way == b"\x01" else "utf-8", "replace")


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def docx(body: bytes) -> bytes:
    """Return a Word document with these bytes as the content of its body."""
    relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    types = (
        f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
    )
    head, tail = f'<w:document xmlns:w="{_WORD}"><w:body>', "</w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{relation}'
            "</Relationships>",
            "word/document.xml": head.encode() + body + tail.encode(),
        }
    )


def odf(body: bytes, root: str = "document-content") -> bytes:
    """Return the main part of an OpenDocument text with these bytes as its content."""
    names = " ".join(f'xmlns:{x}="{_ODF}{x}:1.0"' for x in ("office", "text", "table", "style"))
    head = f'<?xml version="1.0"?><office:{root} {names} office:mimetype="{_ODT}"><office:body>'
    tail = f"</office:text></office:body></office:{root}>"
    return f"{head}<office:text>".encode() + body + tail.encode()


def odt(body: bytes) -> bytes:
    """Return an OpenDocument text with these bytes as its content."""
    return zipped({"mimetype": _ODT, "content.xml": odf(body)})


def epub(chapter: bytes) -> bytes:
    """Return an e-book of one chapter, which is these bytes."""
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/><manifest><item id="c" '
        'href="c.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="c"/></spine></package>'
    )
    container = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
    parts = {"META-INF/container.xml": container, "c.opf": opf, "c.xhtml": chapter}
    return zipped({"mimetype": "application/epub+zip", **parts})


def pdf(content: bytes) -> bytes:
    """Return a PDF of one page with this stream."""
    body = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(body, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(body) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(body) + 1, len(out))
    return out + head + table + tail


def text_seeds() -> list[bytes]:
    """Return texts to begin with, in each of the ways of ``text_of``."""
    page = (
        "Zum Inhalt springen\nPressemitteilung\nRat stimmt zu\n19.01.2026 - 16:30 Uhr\n"
        f"{SENTENCE} Foto: dpa\n\n- eins\n- zwei\n\n| Ort | Zahl |\n|---|---|\n| Kiel | 3 |\n"
    )
    wrapped = (
        "Der Ausschuss für Umwelt und Verkehr hat in seiner Sitzung vom\n20. September "
        "beschlossen, die Mittel für den Ausbau der Bahn-\nstrecke zu erhöhen."
    )
    pairs = "Am 3. Mai kamen 1.200 Leute.\x1fOn 3 May, 1,300 people did not come to Dr. Hill."
    seeds = [
        page,
        wrapped,
        pairs,
        "„Nein“, sagte sie (leise). a) ja b) nein",
        "KI\tAI\nRat\tcouncil",
    ]
    found = [b"\x00" + seed.encode() for seed in seeds]
    found += [b"\x02" + page.encode("utf-16-le"), b"\x01" + wrapped.encode("latin-1", "replace")]
    return [*found, *(b"\x03" + bytes(range(n, 200, 7)) for n in range(7))]


def file_seeds() -> dict[str, list[bytes]]:
    """Return contents to begin with for each format."""
    html = f"<html><head><title>Rat</title></head><body><h1>Rat</h1><p>{SENTENCE}</p><ul><li>ja"
    table = "<table><tr><td>a</td><td>b</td></tr></table><pre>x\n y</pre><blockquote>q<br>r"
    head = "From: a@b.de\r\nSubject: =?utf-8?q?R=C3=A4t?=\r\nMIME-Version: 1.0\r\n"
    parts = (
        'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
        f"charset=latin1\r\n\r\n{html}\r\n--x\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\nSmEu\r\n--x--"
    )
    run = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>'
    cells = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    item = "<text:list><text:list-item><text:p>eins</text:p></text:list-item></text:list>"
    odt_table = "<table:table><table:table-row><table:table-cell><text:p>a</text:p>"
    odt_table += "</table:table-cell></table:table-row></table:table>"
    heading = f'<text:h text:outline-level="1">Rat</text:h><text:p>{SENTENCE}</text:p>'
    shown = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (Der Rat tagt.) Tj 1 0 0 1 72 680 Tm (Er geht.) Tj ET"
    record = json.dumps({"text": SENTENCE, "title": "Rat", "id": 7, "lang": "de"}).encode()
    return {
        "txt": [SENTENCE.encode(), SENTENCE.encode("utf-16"), gzip.compress(SENTENCE.encode())],
        "html": [html.encode(), (html + table).encode()],
        "eml": [f"{head}\r\n{SENTENCE}\r\n".encode(), (head + parts).encode()],
        "csv": [f'id,text\n7,"{SENTENCE}"\n'.encode(), b"a;text\r\n1;ja\r\n"],
        "tsv": [f"id\ttext\n7\t{SENTENCE}\n".encode()],
        "jsonl": [record, record + b'\n{"text": ""}\n[1]'],
        "pdf": [pdf(shown)],
        "pdfpage": [shown],
        "docx": [(run + cells).encode()],
        "odt": [(heading + item + odt_table).encode()],
        "fodt": [heading.encode()],
        "epub": [
            html.encode(),
            f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{SENTENCE}</p>'
            "</body></html>".encode(),
        ],
        "zip": [docx(run.encode()), odt(heading.encode()), epub(html.encode())],
    }
