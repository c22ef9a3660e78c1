"""Broken and hostile files of every format, made afresh, each with the error it must give."""

from __future__ import annotations

import base64
import gzip
import io
import json
import random
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from summlib.errors import EmptyDocument, InputError, UnreadableDocument, UnsupportedFormat

SENTENCE = "Der Gemeinderat hat am Montag dem neuen Wasserwerk zugestimmt."
Expected = type[Exception] | None


def write_hostile(folder: Path) -> dict[Path, Expected]:
    """Write all files into a folder.

    Returns:
        For each file the error that reading it must raise, None where its text
        must come out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[Path, Expected] = {}
    for name, data, expected in _files():
        path = folder / name
        path.write_bytes(data)
        found[path] = expected
    return found


def _files() -> Iterator[tuple[str, bytes, Expected]]:
    for part in (_texts, _packed, _pdfs, _word, _opendocument, _books, _pages, _mails, _tables):
        yield from part()


def _texts() -> Iterator[tuple[str, bytes, Expected]]:
    yield "empty.txt", b"", EmptyDocument
    yield "blank.txt", "\ufeff \n\u200b\t\n".encode(), EmptyDocument
    yield "nul.txt", bytes(4000), UnreadableDocument
    yield "random.txt", random.Random(5).randbytes(9000), UnreadableDocument
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(50), UnsupportedFormat
    yield "program.txt", b"\x7fELF\x02\x01" + bytes(200), UnsupportedFormat
    yield "feed.md", b"<?xml version='1.0'?><rss><item/></rss>", UnsupportedFormat
    yield "old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), UnsupportedFormat
    yield "letter.txt", b"{\\rtf1\\ansi Der Rat tagt.}", UnsupportedFormat
    yield "utf16.txt", SENTENCE.encode("utf-16-le"), None
    yield "strewn-nul.txt", SENTENCE.replace(" ", " \0").encode(), None
    yield "half-utf8.txt", (SENTENCE + " Größe").encode()[:-2], None


def _packed() -> Iterator[tuple[str, bytes, Expected]]:
    yield "bomb.txt.gz", _repeated_gzip(270), UnreadableDocument
    yield "nested.txt.gz", gzip.compress(gzip.compress(SENTENCE.encode())), UnreadableDocument
    whole = gzip.compress(random.Random(6).randbytes(9000))
    yield "cut.txt.gz", whole[:4000], UnreadableDocument
    yield "packed.jsonl.gz", gzip.compress(b'{"text": 5}\n'), UnreadableDocument


def _repeated_gzip(megabytes: int) -> bytes:
    """Pack zeros; members may follow one another in a file (RFC 1952)."""
    return gzip.compress(bytes(1 << 20)) * megabytes


# --- PDF ---------------------------------------------------------------------------


def pdf(
    content: bytes, *, extra: str = "", resources: str = "", objects: tuple[bytes, ...] = ()
) -> bytes:
    """Return a PDF of one page.

    Args:
        content: The page's stream, with its compression named in ``extra``.
        extra: Further entries of the stream's dictionary.
        resources: Further resources of the page.
        objects: Further objects, the first with number 6.
    """
    body = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>%s>>>>" % resources.encode(),
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), extra.encode(), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        *objects,
    )
    out, places = b"%PDF-1.4\n", []
    for number, item in enumerate(body, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(body) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(body) + 1, len(out))
    return out + head + table + tail


def text_pdf(*lines: str, top: int = 700) -> bytes:
    """Return a PDF of one page with these lines, the first ``top`` points above its foot."""
    shown = b"".join(
        b"1 0 0 1 72 %d Tm (%s) Tj " % (top - 14 * n, line.encode("cp1252"))
        for n, line in enumerate(lines)
    )
    return pdf(b"BT /F1 12 Tf " + shown + b"ET")


def _locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    lock = StandardEncryption("geheim", "geheimer", canPrint=0)
    canvas = Canvas(target, encrypt=lock, invariant=1)
    canvas.drawString(72, 700, SENTENCE)
    canvas.save()
    return target.getvalue()


def _scanned_pdf() -> bytes:
    dots = zlib.compress(bytes(255 - (n % 7) for n in range(200 * 280)))
    image = (
        b"<</Type/XObject/Subtype/Image/Width 200/Height 280/ColorSpace/DeviceGray"
        b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(dots), dots)
    )
    shown = b"q 595 0 0 842 0 0 cm /Im1 Do Q"
    return pdf(shown, resources="/XObject<</Im1 6 0 R>>", objects=(image,))


def _pdfs() -> Iterator[tuple[str, bytes, Expected]]:
    good = text_pdf(SENTENCE)
    packed = zlib.compress(b"q Q " * 2_000_000, 9)
    twice = zlib.compress(packed, 9)
    yield "head.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", UnreadableDocument
    yield "cut.pdf", good[:300], UnreadableDocument
    yield "locked.pdf", _locked_pdf(), UnreadableDocument
    yield "scan.pdf", _scanned_pdf(), EmptyDocument
    yield "bomb.pdf", pdf(packed, extra="/Filter/FlateDecode"), UnreadableDocument
    yield "bomb2.pdf", pdf(twice, extra="/Filter[/FlateDecode/FlateDecode]"), UnreadableDocument
    yield "number.pdf", text_pdf("- 1 -", top=40), EmptyDocument
    yield "loop.pdf", good.replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"), InputError
    yield "brackets.pdf", b"%PDF-1.4\n" + b"<<" * 200_000, UnreadableDocument
    yield "lost-table.pdf", good.replace(b"startxref", b"startxxxx"), None
    yield "rubbish-before.pdf", b"\r\nHTTP/1.1 200 OK\r\n\r\n" + good, None


# --- ZIP packages --------------------------------------------------------------------


def package(files: Mapping[str, bytes | str]) -> bytes:
    """Return a ZIP file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=stored)
    return target.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "haha">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def word(document: str | bytes) -> dict[str, str | bytes]:
    """Return the files of a Word document."""
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_RELS}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
    }


def word_body(inner: str) -> str:
    """Return the main part of a Word document."""
    return f"<w:document {_W}><w:body>{inner}</w:body></w:document>"


def _word() -> Iterator[tuple[str, bytes, Expected]]:
    good = word(word_body(f"<w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"))
    missing = {name: data for name, data in good.items() if name != "word/document.xml"}
    laughs = f"{_LAUGHS}]>" + word_body("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")
    deep = word_body("<w:sdt><w:sdtContent>" * 5000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 5000)
    yield "good.docx", package(good), None
    yield "missing.docx", package(missing), UnreadableDocument
    yield "cut.docx", package(good)[:400], UnreadableDocument
    yield "bomb.docx", package(word(bytes(20 << 20))), UnreadableDocument
    yield "laughs.docx", package(word(laughs)), InputError
    yield "deep.docx", package(word(deep)), UnreadableDocument
    yield "no-xml.docx", package(word("Der Rat tagt.")), UnreadableDocument
    yield "empty.docx", package(word(word_body("<w:p/>"))), EmptyDocument
    yield "many.docx", package({f"word/document{n}": "" for n in range(10_001)}), UnreadableDocument
    yield "archive.zip", package({"a.txt": SENTENCE}), UnsupportedFormat
    yield "sheet.xlsx", package({"xl/workbook.xml": "<x/>"}), UnsupportedFormat
    yield "slides.pptx", package({"ppt/presentation.xml": "<x/>"}), UnsupportedFormat


_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT = "application/vnd.oasis.opendocument.text"


def odt_content(inner: str, head: str = "") -> str:
    """Return the main part of an OpenDocument text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content '
        f'xmlns:office="{_ODF}office:1.0" xmlns:text="{_ODF}text:1.0"><office:body><office:text>'
        f"{inner}</office:text></office:body></office:document-content>"
    )


def _opendocument() -> Iterator[tuple[str, bytes, Expected]]:
    def odt(content: str, **others: str) -> bytes:
        return package({"mimetype": _ODT, "content.xml": content, **others})

    outside = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    locked = {"META-INF/manifest.xml": "<m><encryption-data/></m>"}
    yield "laughs.odt", odt(odt_content("<text:p>&j;</text:p>", f"{_LAUGHS}]>")), UnreadableDocument
    yield "outside.odt", odt(odt_content("<text:p>&a;</text:p>", outside)), UnreadableDocument
    yield "locked.odt", odt("\x8f\x13", **locked), UnreadableDocument
    yield (
        "deep.odt",
        odt(odt_content("<text:section>" * 9000 + "</text:section>" * 9000)),
        InputError,
    )
    yield "missing.odt", package({"mimetype": _ODT, "meta.xml": "<x/>"}), UnreadableDocument
    yield "sheet.ods", package({"mimetype": _ODT.replace("text", "spreadsheet")}), UnsupportedFormat
    yield "bomb.odt", odt(odt_content(" " * (20 << 20))), UnreadableDocument


def book(spine: Mapping[str, str], **files: str) -> bytes:
    """Return an e-book.

    Args:
        spine: Chapters by the names that the package gives them.
        files: Further files.
    """
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(spine)
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(spine)))
    package_document = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Wasser</dc:title>'
        "<dc:language>de-DE</dc:language></metadata>"
        f"<manifest>{items}</manifest><spine>{refs}{refs}</spine></package>"
    )
    container = (
        '<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>'
    )
    chapters = {f"OEBPS/{name}": text for name, text in spine.items() if text}
    parts = {"META-INF/container.xml": container, "OEBPS/content.opf": package_document}
    return package({"mimetype": "application/epub+zip", **parts, **chapters, **files})


def _books() -> Iterator[tuple[str, bytes, Expected]]:
    chapter = f"<html><body><h1>Eins</h1><p>{SENTENCE}</p></body></html>"
    lock = '<encryption><CipherReference URI="OEBPS/a.xhtml"/></encryption>'
    locked = {"META-INF/encryption.xml": lock}
    climb = {"../../../../../../etc/passwd": "", "/etc/passwd": ""}
    yield "twice.epub", book({"a.xhtml": chapter}), None
    yield "climbs.epub", book(climb), EmptyDocument
    yield "locked.epub", book({"a.xhtml": "\x01\x02"}, **locked), UnreadableDocument
    yield "bare.epub", package({"mimetype": "application/epub+zip"}), UnreadableDocument
    no_root = {"META-INF/container.xml": "<container/>"}
    yield (
        "no-root.epub",
        package({"mimetype": "application/epub+zip", **no_root}),
        UnreadableDocument,
    )


# --- pages, mail, tables ------------------------------------------------------------------


def _pages() -> Iterator[tuple[str, bytes, Expected]]:
    nested = "<html><body>" + "<div>" * 900_000 + SENTENCE + "</div>" * 900_000
    attributes = " ".join(f"a{n}=b" for n in range(120_000))
    yield "nested.html", nested.encode(), EmptyDocument
    yield (
        "script.html",
        b"<html><body><script>document.write('x')</script></body></html>",
        (EmptyDocument),
    )
    yield "attributes.html", f"<html><body {attributes}><p>{SENTENCE}</p>".encode(), None
    yield "strewn-nul.html", f"<html>\0<p>{SENTENCE}\0</p>".encode(), None
    yield "utf16.html", f"<html><p>{SENTENCE}</p></html>".encode("utf-16-le"), None
    yield "unclosed.html", f"<html><b><i><p>{SENTENCE}<table><tr><td".encode(), None
    yield "comment.html", b"<!doctype html><html><!-- " + SENTENCE.encode(), EmptyDocument
    yield "binary.html", b"<html>" + random.Random(7).randbytes(9000), InputError


def _mails() -> Iterator[tuple[str, bytes, Expected]]:
    head = b"From: a@example.org\r\nSubject: =?utf-8?q?Rat_sagt?= ja\r\nMIME-Version: 1.0\r\n"
    charset = b'Content-Type: text/plain; charset="x-\xff-unknown"\r\n\r\n'
    attached = (
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: attachment\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(b"%PDF-1.7")
    )
    inside = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(2000)
    )
    yield "charset.eml", head + charset + "Größe: ".encode("cp1252") + SENTENCE.encode(), None
    yield (
        "bad-base64.eml",
        head + b"Content-Transfer-Encoding: base64\r\n\r\n\xff===",
        EmptyDocument,
    )
    yield "attached.eml", head + attached, EmptyDocument
    yield "headers.eml", head + b"\r\n", EmptyDocument
    yield "deep.eml", head + inside, InputError


def _tables() -> Iterator[tuple[str, bytes, Expected]]:
    yield "broken.jsonl", b'{"text": "Ja', UnreadableDocument
    yield "list.jsonl", b'["Ja."]\n', UnreadableDocument
    yield "depth.jsonl", b'{"text": ' + b"[" * 100_000, UnreadableDocument
    yield "halves.jsonl", json.dumps({"text": SENTENCE + " \ud800"}).encode(), None
    yield "columns.csv", b"a,b\n1,2\n", InputError
    yield "binary.csv", random.Random(8).randbytes(9000), UnreadableDocument
    yield "short.csv", b"id,text\n7\n", EmptyDocument
    yield "quote.csv", b'text\n"' + SENTENCE.encode(), None
    yield "empty.csv", b"", EmptyDocument
