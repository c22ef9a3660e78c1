"""The page of a digest: every statement and figure linked to its sources in all documents."""

from __future__ import annotations

import re
from html import unescape

import pytest

from summlib import report
from summlib.digest.briefing import Citation, Entry, Source, Statement, Value
from summlib.digest.layout import Digest
from summlib.errors import InputError, UnreadableDocument
from summlib.records import Document, Finding, Sentence, Span

FIRST = Document("Der Umbau kostet 20 Millionen. Alle stimmten zu.", path="a.txt")
SECOND = Document("Bericht\n\nDer Umbau kostet 18 Millionen. Der Rat stimmte zu.", path="b.txt")
DOCS = [FIRST, UnreadableDocument("c.pdf is encrypted"), SECOND]


def at(number: int, words: str) -> Citation:
    text = (FIRST.text, "", SECOND.text)[number - 1]
    start = text.index(words)
    return Citation(number, Sentence(words, start, start + len(words)))


def value(amount: str, number: int) -> Value:
    return Value(f"{amount} million", "", (at(number, f"Der Umbau kostet {amount} Millionen."),))


def make(words: str = "") -> Digest:
    agreed = Statement(
        f"The council agreed{words}.",
        (at(1, "Alle stimmten zu."), at(3, "Der Rat stimmte zu.")),
        witnesses=2,
        findings=(Finding("quantity", f"odd{words}", "error", None, Span(0, 3)),),
    )
    said = Statement("The costs rise.", (at(1, FIRST.text[:30]),), speaker=f"Mayor Kolb{words}")
    sources = (
        Source(1, "a.txt", f"Eins{words}", "de", 8),
        Source(2, "c.pdf", "", "", 0, "failed", note="encrypted"),
        Source(3, "b.txt", "", "de", 9),
    )
    return Digest(
        agreed=(agreed,),
        positions=(said,),
        reported=(),
        figures=(
            Entry(f"The conversion costs{words}", "amount", (value("20", 1), value("18", 3))),
            Entry("The council agreed", "count", (Value("2", "votes", agreed.citations),)),
        ),
        sources=sources,
        target_lang="en",
        signature="digest|medium|echo",
        notes=(f"Few words in common{words}.",) * bool(words),
    )


PAGE = report.render_digest(make(), DOCS)


def targets(html: str, name: str) -> list[str]:
    found = re.search(rf'id="{name}"[^>]*?data-to="([^"]*)"', html)
    return found[1].split() if found else []


def words_of(html: str, name: str) -> str:
    found = re.search(rf'id="{name}"[^>]*>(.*?)</a>', html, re.DOTALL)
    assert found, name
    return unescape(re.sub(r"<sup.*?</sup>|<[^>]*>", "", found[1]))


def test_a_statement_leads_to_its_sources_in_every_document() -> None:
    places = targets(PAGE, "t1")
    assert [words_of(PAGE, place) for place in places] == [
        "Alle stimmten zu.",
        "Der Rat stimmte zu.",
    ]
    assert [place[:2] for place in places] == ["d1", "d3"]
    assert all("t1" in targets(PAGE, place) for place in places)


def test_each_bracket_leads_to_the_sentence_of_its_document() -> None:
    brackets = re.findall(r'<a href="#(d\w+)" class="cite"[^>]*>\[(\d)\]</a>', PAGE)
    assert {number for _, number in brackets} == {"1", "3"}
    for name, number in brackets:
        assert name.startswith(f"d{number}s")
        assert f'id="{name}"' in PAGE


def test_contradictions_are_marked_on_both_sides() -> None:
    assert PAGE.count("✗ documents differ") == 2
    assert [words_of(PAGE, name) for name in ("t3", "t4")] == ["20 million", "18 million"]
    for name in (*targets(PAGE, "t3"), *targets(PAGE, "t4")):
        tag = re.search(rf'<a id="{name}"[^>]*>', PAGE)
        assert tag
        assert 'class="source disputed"' in tag[0]
    assert PAGE.count('class="source disputed"') == 2
    assert "1 contradiction" in PAGE
    assert "✓ agree" in PAGE


def test_all_documents_are_there_and_what_failed_is_listed() -> None:
    assert re.findall(r'<h3 id="(d\d)">', PAGE) == ["d1", "d3"]
    assert "encrypted" in PAGE
    assert "Bericht" in PAGE


def test_every_link_has_a_target_and_ids_are_unique() -> None:
    ids = re.findall(r'\bid="([^"]+)"', PAGE)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', PAGE)) <= set(ids)
    assert {name for to in re.findall(r'data-to="([^"]+)"', PAGE) for name in to.split()} <= set(
        ids
    )


HOSTILE = "<script>alert(1)</script><b> & \" ' \u202e"


@pytest.mark.parametrize("made", ["page", "fragment"])
def test_everything_is_escaped(made: str) -> None:
    digest = make(HOSTILE)
    html = report.render_digest(digest, DOCS) if made == "page" else report.digest_fragment(digest)
    assert html.count("<script>") == (made == "page")
    assert "<b>" not in html
    assert "\u202e" not in html
    assert html.count("&lt;script&gt;alert(1)") >= 4


def test_the_page_loads_nothing_and_is_the_same_each_time() -> None:
    assert not re.search(r"https?://|<link|<img|@import|url\(", PAGE)
    assert report.render_digest(make(), DOCS) == PAGE


def test_a_fragment_shows_sentence_beside_sources() -> None:
    html = report.digest_fragment(make())
    row = next(
        r for r in re.findall(r"<tr>.*?</tr>", html) if "agreed</span>" in r or "council" in r
    )
    assert "[1] Alle stimmten zu." in row
    assert "[3] Der Rat stimmte zu." in row
    assert "✗ documents differ" in html
    assert "<script" not in html


@pytest.mark.parametrize("docs", [DOCS[:2], [SECOND, DOCS[1], FIRST], [DOCS[1], FIRST, SECOND]])
def test_other_documents_are_refused(docs: list[Document]) -> None:
    with pytest.raises(InputError, match="in the order in which it was made"):
        report.render_digest(make(), docs)


def test_overlapping_citations_all_find_a_place() -> None:
    whole = Citation(1, Sentence(FIRST.text, 0, len(FIRST.text)))
    part = at(1, "Alle stimmten zu.")
    made = make()
    object.__setattr__(made, "agreed", (Statement("All.", (whole, part)),))
    page = report.render_digest(made, DOCS)
    assert len(targets(page, "t1")) == 3  # before, between and behind the inner one
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'\bid="([^"]+)"', page))
