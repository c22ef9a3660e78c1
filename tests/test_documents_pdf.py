"""PDF: columns, cut words, running heads and pages, against the article that was set."""

from __future__ import annotations

import io
from itertools import pairwise, product
from pathlib import Path

import pytest
from hostile import pdf, text_pdf
from reportlab.pdfgen.canvas import Canvas
from typesetting import SOFT, Layout, set_article

from summlib.documents import page_of, read
from summlib.documents.columns import reading_order
from summlib.documents.glyphs import Segment
from summlib.documents.hyphens import Hyphens
from summlib.errors import EmptyDocument, UnreadableDocument
from summlib.records import Document
from summlib.summarizer import Summarizer
from summlib.text.sentences import split_sentences

DATA = Path(__file__).parent / "data" / "documents"
TITLE = "Auenfeld erneuert sein Wasserwerk"

# Every break that hyphenation by the rules of German allows is marked with "|".
MARKED = (
    "Die Stadt Auen|feld will ihr Was|ser|werk am Nord|ufer bis zum Jahr 2031 voll|stän|dig "
    "er|neu|ern. Der Ge|mein|de|rat stimm|te dem Vor|ha|ben am Diens|tag|abend mit 24 ge|gen 7 "
    "Stim|men zu. Nach den Be|rech|nun|gen der Ver|wal|tung kos|tet die Er|neu|e|rung 38,5 "
    "Mil|li|o|nen Euro, von de|nen das Land et|wa ein Drit|tel über|nimmt.",
    "Bür|ger|meis|te|rin Han|ne|lo|re Wie|sen|thal sprach von ei|ner Ent|schei|dung, die längst "
    "über|fäl|lig ge|we|sen sei. Die äl|tes|ten Rohr|lei|tun|gen stam|men aus dem Jahr 1927. „Wir "
    "re|pa|rie|ren seit Jahr|zehn|ten nur das Nö|tigs|te“, sag|te sie. „Da|mit muss jetzt Schluss "
    "sein.“",
    "# Streit um die Ge|büh|ren",
    "Um|strit|ten war vor al|lem die Fi|nan|zie|rung. Die Op|po|si|ti|on kri|ti|sier|te, dass die "
    "Was|ser- und Ab|was|ser|ge|büh|ren von 2027 an um 14 Pro|zent stei|gen sol|len. Der "
    "Haus|halts- und Fi|nanz|aus|schuss hat|te die Ge|büh|ren|er|hö|hung im Sep|tem|ber "
    "emp|foh|len. Der CDU-Frak|ti|ons|vor|sit|zen|de Kon|rad Brand|stet|ter nann|te das Kon|zept "
    "un|aus|ge|reift. Er ver|wies auf Ba|den-Würt|tem|berg und auf die Ge|mein|de Lin|den|brunn, "
    "de|ren Was|ser|ver|sor|gungs|ge|nos|sen|schaft oh|ne Ge|büh|ren|er|hö|hung "
    "aus|ge|kom|men sei.",
    "Die Ver|wal|tung wi|der|sprach. In Lin|den|brunn sei|en die Auf|be|rei|tungs|an|la|gen erst "
    "vor zehn Jah|ren mo|der|ni|siert wor|den. Au|ßer|dem las|se sich die dor|ti|ge "
    "EU-För|de|rung nicht auf Auen|feld über|tra|gen, weil das Pro|gramm 2024 aus|ge|lau|fen sei.",
    "# Was ge|baut wird",
    "Das neue Was|ser|werk soll täg|lich 21.000 Ku|bik|me|ter Trink|was|ser lie|fern und da|mit "
    "rund 90.000 Men|schen ver|sor|gen. Ge|plant sind zwei Brun|nen, ei|ne Fil|ter|hal|le und ein "
    "Hoch|be|häl|ter auf dem Gal|gen|berg. Der En|er|gie|be|darf soll um 40 Pro|zent sin|ken, weil "
    "die Pum|pen mit Strom aus ei|ner Pho|to|vol|ta|ik|an|la|ge be|trie|ben wer|den.",
    "Na|tur|schutz|ver|bän|de be|grüß|ten den Be|schluss grund|sätz|lich, for|der|ten aber "
    "Nach|bes|se|run|gen. Die Brun|nen lä|gen am Ran|de ei|nes Schutz|ge|biets, in dem sel|te|ne "
    "Am|phi|bi|en le|ben. Das Land|rats|amt will dar|über bis En|de No|vem|ber ent|schei|den.",
)
ARTICLE = [text.replace("|", SOFT) for text in MARKED]
PLAIN = [text.replace("|", "") for text in MARKED]
LAYOUTS = [
    Layout(columns, indented=indented, justified=justified, by_rows=by_rows)
    for columns, indented, justified, by_rows in product((1, 2, 3), *[(False, True)] * 3)
]


def lengthened() -> tuple[list[str], list[str]]:
    """Return the article three times over, to be set and to be expected."""
    return ARTICLE * 3, [f"# {TITLE}"] + [text.replace("# ", "## ") for text in PLAIN * 3]


def read_bytes(data: bytes) -> Document:
    return read(io.BytesIO(data))


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_the_article_comes_back_paragraph_by_paragraph(layout: Layout) -> None:
    article, expected = lengthened()
    doc = read_bytes(set_article(TITLE, article, layout))
    assert doc.text.split("\n\n") == expected
    assert doc.title == TITLE
    pages = doc.meta["pages"]
    assert pages > 1
    reasons = [drop["reason"] for drop in doc.meta["dropped"]]
    assert reasons.count("page-number") == pages


@pytest.mark.parametrize("layout", LAYOUTS[:8], ids=str)
def test_each_page_is_named_where_it_begins(layout: Layout) -> None:
    numbered = [f"Dies ist der {n}. Satz von vielen in diesem Absatz." * 3 for n in range(200)]
    doc = read_bytes(set_article(TITLE, numbered, layout))
    starts = doc.meta["page_starts"]
    assert [page for _, page in starts] == list(range(1, doc.meta["pages"] + 1))
    assert starts[0][0] == 0
    for (_, before), (start, page) in pairwise(starts):
        assert page_of(doc, start - 1) == before
        assert page_of(doc, start) == page


def test_no_debris_of_hyphens_reaches_a_summary() -> None:
    article, _ = lengthened()
    doc = read_bytes(set_article(TITLE, article, Layout()))
    summary = Summarizer(target_lang="de", length="5 sentences")(doc)
    sentences = {s.text for text in PLAIN for s in split_sentences(text, "de")}
    assert len(summary.sentences) == 5
    for sentence in summary.sentences:
        assert sentence.text in sentences
        (source,) = sentence.sources
        assert doc.text[source.start : source.end] == source.text
        assert page_of(doc, source.start) in (1, 2)


# --- PDFs of other programs ---------------------------------------------------


def test_pdf_of_libreoffice_is_the_text_of_its_source() -> None:
    doc, source = read(DATA / "article.pdf"), read(DATA / "article.fodt")
    note = "[^1]: Protokoll der Sitzung vom 14. Oktober, Seite 7."
    assert note in doc.text
    # The page puts the footnote below its column, the source at the end.
    assert doc.text.replace(f"{note}\n\n", "") == source.text.replace(f"\n\n{note}", "")
    assert doc.title == source.title == TITLE
    dropped = [(drop["page"], drop["reason"], drop["text"]) for drop in doc.meta["dropped"]]
    head = "Auenfelder Anzeiger, Mittwoch, 15. Oktober 2025"
    for page in (1, 2, 3):
        assert (page, "running-head", head) in dropped
        assert (page, "running-foot", f"Lokales – Seite {page}") in dropped
    assert (2, "footnote-mark", "¹") in dropped
    assert len(dropped) == 7


def test_pdf_of_chromium_in_three_columns() -> None:
    doc = read(DATA / "browser.pdf")
    paragraphs = doc.text.split("\n\n")
    source = read(DATA / "article.fodt").text.split("\n\n")
    prose = [text for text in source if text[0] not in "#|-["]
    assert paragraphs == [f"# {TITLE}", *prose * 3]
    assert "dropped" not in doc.meta


# --- pieces -------------------------------------------------------------------


def test_running_heads_need_company() -> None:
    doc = read_bytes(text_pdf("Der Rat tagt heute im Saal.", top=820))
    assert doc.text == "Der Rat tagt heute im Saal."
    assert "dropped" not in doc.meta


def test_table_in_a_page_is_read_by_rows() -> None:
    rows = [("Posten", "Euro"), ("Brunnen am Nordufer", "6,2"), ("Filterhalle", "19,8")]
    shown = b"".join(
        b"1 0 0 1 72 %d Tm (%s) Tj 1 0 0 1 300 %d Tm (%s) Tj "
        % (600 - 14 * n, left.encode(), 600 - 14 * n, right.encode())
        for n, (left, right) in enumerate(rows)
    )
    doc = read_bytes(pdf(b"BT /F1 12 Tf " + shown + b"ET"))
    assert doc.text == "| Posten | Euro |\n| Brunnen am Nordufer | 6,2 |\n| Filterhalle | 19,8 |"


def test_sideways_text_is_set_aside_and_reported() -> None:
    body = b"1 0 0 1 72 600 Tm (Der Rat hat zugestimmt.) Tj 0 1 -1 0 30 300 Tm (Entwurf) Tj "
    doc = read_bytes(pdf(b"BT /F1 12 Tf " + body + b"ET"))
    assert doc.text == "Der Rat hat zugestimmt."
    assert doc.meta["dropped"] == [{"page": 1, "reason": "sideways", "text": "Entwurf"}]


def test_page_turned_as_a_whole_is_read() -> None:
    body = b"0 1 -1 0 300 72 Tm (Der Rat hat) Tj 0 1 -1 0 314 72 Tm (gestern lange getagt.) Tj "
    doc = read_bytes(pdf(b"BT /F1 12 Tf " + body + b"ET"))
    assert doc.text == "Der Rat hat gestern lange getagt."


def test_powers_stay_and_marks_of_notes_go() -> None:
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    text = canvas.beginText(72, 600)
    for part, size, rise in (
        *[("Das Becken misst 40 m", 12, 0), ("2", 7, 5), (", sagt der Rat.", 12, 0)],
        *[("1", 7, 5), (" Er tagte in Saal 7.", 12, 0)],
    ):
        text.setFont("Helvetica", size)
        text.setRise(rise)
        text.textOut(part)
    canvas.drawText(text)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(72, 300, "1 Mitteilung vom Montag.")
    canvas.drawString(72, 290, "2 Nach eigenen Messungen.")
    canvas.save()
    doc = read_bytes(target.getvalue())
    notes = "[^1]: Mitteilung vom Montag.\n\n[^2]: Nach eigenen Messungen."
    assert doc.text == f"Das Becken misst 40 m², sagt der Rat. Er tagte in Saal 7.\n\n{notes}"
    assert doc.meta["dropped"] == [{"page": 1, "reason": "footnote-mark", "text": "¹"}]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Rechen-", "zentren", "Rechenzentren"),
        ("die EU-", "Kommission", "die EU-Kommission"),
        ("Ein-", "und Ausfuhr", "Ein- und Ausfuhr"),
        ("Wasser-, Energie-", "oder Gaspreise", "Wasser-, Energie- oder Gaspreise"),
        ("Baden-", "Württemberg", "Baden-Württemberg"),
        ("der 17-", "jährige Sohn", "der 17-jährige Sohn"),
        ("die CO2-", "neutrale Stadt", "die CO2-neutrale Stadt"),
        ("NEUES WASSER-", "WERK GEPLANT", "NEUES WASSERWERK GEPLANT"),
        ("von 1990–", "2000", "von 1990–2000"),
        ("er ging –", "und kam", "er ging – und kam"),
        ("Der Rat", "tagt", "Der Rat tagt"),
        ("ein Gedanken-", "„Zitat“", "ein Gedanken- „Zitat“"),
    ],
)
def test_german_hyphens(above: str, below: str, joined: str) -> None:
    assert Hyphens([], lang="de").join(above, below) == joined


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("inter-", "national", "international"),
        ("govern-", "ments", "governments"),
        ("a well-", "known case", "a well-known case"),
        ("short-", "and long-term", "short- and long-term"),
    ],
)
def test_english_hyphens(above: str, below: str, joined: str) -> None:
    assert Hyphens([], lang="en").join(above, below) == joined


def test_the_document_knows_how_it_spells_its_words() -> None:
    known = Hyphens(["Der mit-denkende Kopf aß Kürbis gern."], lang="de")
    assert known.join("mit-", "denkende") == "mit-denkende"
    assert known.join("Kür-", "bis") == "Kürbis"


def test_columns_of_different_length_below_a_headline() -> None:
    prose = "Der Gemeinderat hat am Montag getagt"
    left = [Segment(f"{prose} {n}", 0, 200, 500 - 12 * n, 10) for n in range(8)]
    right = [s._replace(left=220, right=420) for s in left[:5]]
    head = Segment("Ein Titel über beide Spalten", 0, 420, 520, 18)
    order = reading_order([(1, [*right, *left, head])])
    assert [line.parts[0] for line in order] == [head, *left, *right]


def test_lone_page_number_leaves_nothing() -> None:
    with pytest.raises(EmptyDocument, match="only running heads"):
        read_bytes(text_pdf("- 1 -", top=40))


def test_limit_of_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summlib.documents.pdf.MAX_PAGES", 0)
    with pytest.raises(UnreadableDocument, match="1 pages, more than 0"):
        read_bytes(text_pdf("Ja."))


def test_limit_of_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summlib.documents.pdf.MAX_PAGE_CHARS", 5)
    with pytest.raises(UnreadableDocument, match="more text than any book"):
        read_bytes(text_pdf("Der Rat tagt."))


def test_limit_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summlib.documents.pdf.START_S", -1.0)
    with pytest.raises(UnreadableDocument, match="takes longer"):
        read_bytes(text_pdf("Der Rat tagt."))


def test_pages_of_other_formats_are_unknown() -> None:
    assert page_of(Document("Ja."), 0) is None
