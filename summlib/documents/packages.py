"""ZIP packages: Word, OpenDocument or an e-book, told by the files inside."""

from __future__ import annotations

from summlib.documents.archive import Archive
from summlib.documents.docx import read_docx
from summlib.documents.epub import CONTAINER, read_epub
from summlib.documents.odt import read_odt
from summlib.errors import UnreadableDocument, UnsupportedFormat
from summlib.records import Document

_OTHERS = {
    "xl/workbook.xml": "an Excel workbook; save the sheet with the texts as .csv",
    "ppt/presentation.xml": "a PowerPoint presentation; save it as .pdf",
    "AndroidManifest.xml": "a program",
    "META-INF/MANIFEST.MF": "a program",
    "Index/Document.iwa": "an Apple Pages document; save it as .docx",
}


def read_package(data: bytes, name: str) -> Document:
    """Read the document in a ZIP file.

    Args:
        data: The file.
        name: What messages and the document call it.

    Raises:
        UnsupportedFormat: It holds no document that can be read.
        UnreadableDocument: It is damaged, locked, or unpacks to too much.
        EmptyDocument: It holds no text.
        MissingDependency: A package is not installed.
    """
    called = name or "the stream"
    archive = Archive(data, called)
    kind = archive.mimetype()
    if kind.startswith("application/vnd.oasis.opendocument.text"):
        return read_odt(archive, name)
    if kind == "application/epub+zip" or CONTAINER in archive.names:
        return read_epub(archive, name)
    if any(part.startswith("word/document") for part in archive.names):
        return read_docx(archive, name)
    if kind.startswith("application/vnd.oasis.opendocument"):
        raise UnsupportedFormat(f"{called} is an OpenDocument file without text; save it as .pdf")
    for part, what in _OTHERS.items():
        if part in archive.names:
            raise UnsupportedFormat(f"{called} is {what}; summlib does not read it")
    if "[Content_Types].xml" in archive.names:
        raise UnreadableDocument(f"{called} is an Office document without text; save it again")
    raise UnsupportedFormat(
        f"{called} is a ZIP archive ({len(archive.names)} files); unpack it and name the files"
    )
