"""Reports: whole, escaped, linked both ways, readable, and from nowhere else."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summlib
from summlib import report
from summlib.errors import InputError
from summlib.records import (
    Document,
    Drop,
    Finding,
    Sentence,
    Span,
    Summary,
    SummarySentence,
    TranslatedSentence,
    Translation,
)
from summlib.report.figures import compare_figures
from summlib.report.layout import Mark, cut_blocks
from summlib.report.markup import element, printable
from summlib.report.rows import Row

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(report.__file__).parent / "data"
BLOCKS = {"p", "li", "td", "th", "dd", "dt", "summary"}
VOID = {"meta", "br", "hr", "wbr", "link", "input", "img"}
HOSTILE = (
    "<script>alert(1)</script> </textarea><b>x \"q\" 'a' & &lt; ]]> <!-- "
    "$title ${script} {id} \x00 \x1b[31m \ud800 \u202eabc\u2066 \u200f \ufffe \x85 \r"
)


class Page(HTMLParser):
    """A page, taken apart; what is not closed in order is noted.

    Args:
        html: The page or the fragment.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str]]] = []
        self.problems: list[str] = []
        self.all: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[set[str], str]] = []
        self.feed(html)
        self.close()
        self.problems += [f"{name} stays open" for name, _ in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.problems += [f"{tag} says a thing twice"] * (len(said) != len(attrs))
        self.all.append((tag, said))
        if tag not in VOID:
            self.open.append((tag, said))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.handle_data("\n")
        if not self.open or self.open.pop()[0] != tag:
            self.problems.append(f"</{tag}> closes another")

    def handle_data(self, data: str) -> None:
        inside = {word for name, a in self.open for word in (name, *a.get("class", "").split())}
        self.texts.append((inside, data))

    @property
    def ids(self) -> list[str]:
        return [a["id"] for _, a in self.all if "id" in a]

    def named(self, name: str, **attributes: str) -> list[dict[str, str]]:
        wanted = attributes.items()
        return [a for tag, a in self.all if tag == name and wanted <= a.items()]

    def text(self, inside: str, *, without: tuple[str, ...] = ()) -> str:
        """Return the text inside elements of one class or name."""
        return "".join(t for at, t in self.texts if inside in at and not {*without} & at)

    def references(self) -> Iterator[str]:
        """Yield every id that anything points to."""
        for _, a in self.all:
            if "href" in a:
                yield a["href"].removeprefix("#")
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "data-to"):
                yield from a.get(name, "").split()


def require_sound(html: str) -> Page:
    page = Page(html)
    assert not page.problems
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references()) <= set(page.ids)
    html.encode("utf-8")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    return page


TEXT = (
    "Zum Inhalt springen\nMenü\n\nRat stimmt zu\n\n"
    "Am 3. Mai 2025 kamen 35 Leute. Der Rat stimmte zu.\nEs gab <Applaus>.\n\nImpressum\n"
)


def at(text: str, sentence: str) -> Sentence:
    start = text.index(sentence)
    return Sentence(sentence, start, start + len(sentence))


def drop(text: str, part: str, reason: str) -> Drop:
    return Drop(text.index(part), text.index(part) + len(part), reason, part)


DOC = Document(
    TEXT, path="akten/rat.txt", lang="de", meta={"page_starts": [[0, 1], [TEXT.index("Rat st"), 2]]}
)
FINDING = Finding("quantity", '"35" became "53"', "error", Span(0, 2), Span(15, 17))
SUMMARY = Summary(
    text="On 3 May 2025, 53 people came. There was <applause> in the council.",
    sentences=(
        SummarySentence(
            "On 3 May 2025, 53 people came.",
            *(0, 30, (at(TEXT, "Am 3. Mai 2025 kamen 35 Leute."),), "copied", (FINDING,)),
        ),
        SummarySentence(
            "There was <applause> in the council.",
            31,
            67,
            (at(TEXT, "Der Rat stimmte zu."), at(TEXT, "Es gab <Applaus>.")),
            "rewritten",
        ),
    ),
    source_lang="de",
    target_lang="en",
    signature="select|short|echo",
    dropped=(
        drop(TEXT, "Zum Inhalt springen", "navigation"),
        drop(TEXT, "Menü", "navigation"),
        drop(TEXT, "Impressum", "photo-credit"),
    ),
    path="akten/rat.txt",
)


def translated(doc: Document, pairs: list[tuple[str, str]], text: str) -> Translation:
    sentences = []
    for source, target in pairs:
        start = text.index(target)
        found = at(doc.text, source)
        sentences.append(TranslatedSentence(target, start, start + len(target), found))
    return Translation(text, tuple(sentences), "de", "en", "echo")


def test_the_page_is_sound_and_loads_nothing() -> None:
    html = report.render(SUMMARY, DOC)
    page = require_sound(html)
    assert html.startswith("<!doctype html>")
    assert not re.search(r"https?://|url\(|@import|\bsrc=|<link", html)
    policy = page.named("meta", **{"http-equiv": "Content-Security-Policy"})[0]["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not any("style" in a or any(n.startswith("on") for n in a) for _, a in page.all)


def test_the_same_input_gives_the_same_page() -> None:
    assert report.render(SUMMARY, DOC) == report.render(SUMMARY, DOC)


def test_sentences_and_sources_are_linked_both_ways() -> None:
    page = require_sound(report.render(SUMMARY, DOC))
    said = {a["id"]: a["data-to"].split() for a in page.named("a", **{"class": "sentence"})}
    sources = {a["id"]: a["data-to"].split() for a in page.named("a", **{"class": "source"})}
    assert [len(to) for to in said.values()] == [1, 2]
    assert all(name in sources[to] for name, tos in said.items() for to in tos)
    assert all(name in said[to] for name, tos in sources.items() for to in tos)
    assert all(a["href"] == f"#{a['data-to'].split()[0]}" for a in page.named("a") if "id" in a)


def test_marked_sources_are_the_source_sentences() -> None:
    page = Page(report.render(SUMMARY, DOC))
    marked = page.text("mark", without=("sup", "aside"))
    assert marked == "".join(s.text for x in SUMMARY.sentences for s in x.sources)


def test_the_source_column_holds_the_whole_document() -> None:
    page = Page(report.render(SUMMARY, DOC))
    shown = page.text("text", without=("sup", "aside", "summary", "page"))
    assert shown.split() == TEXT.split()


def test_overlapping_sources_lead_to_all_their_sentences() -> None:
    doc = Document("Eins zwei drei vier.")
    sources = (Sentence("Eins zwei drei", 0, 14), Sentence("drei vier.", 10, 20))
    sentences = (SummarySentence("A.", 0, 2, sources[:1]), SummarySentence("B.", 3, 5, sources[1:]))
    page = require_sound(report.render(Summary("A. B.", sentences, "de", "en", "echo"), doc))
    told = [a["data-to"] for a in page.named("a", **{"class": "source"})]
    assert told == ["t1", "t1 t2", "t2"]
    assert [a["data-to"] for a in page.named("a", **{"class": "sentence"})] == ["s1 s2", "s2 s3"]


def test_languages_are_named() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert page.named("html", lang="en")
    assert page.named("div", **{"class": "text", "lang": "de"})
    assert all(a["lang"] == "en" for a in page.named("a", **{"class": "sentence"}))


def test_findings_say_the_reason_in_words() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert page.text("findings").strip() == '✗ Error quantity: "35" became "53"'
    assert page.text("flaw") == "53"
    assert page.named("li", **{"class": "error"})


def test_the_numbers_in_the_source_are_those_of_the_sentences() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert [a["data-number"] for a in page.named("li") if "data-number" in a] == ["1", "2"]
    assert page.text("sup", without=("aside",)) == "122"


def test_how_each_sentence_was_made_is_told() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert page.text("how") == "one whole sentence, translatedin new words, translated"
    assert "page 2, characters" in page.text("notes")


def test_what_was_left_out_stands_there_closed_and_with_reasons() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert page.text("noise", without=("summary",)).split() == [
        "Zum",
        "Inhalt",
        "springen",
        "Menü",
        "Impressum",
    ]
    assert "Left out here: navigation" in page.text("noise")
    assert "3 passages left out" in page.text("details")
    assert "photo credit" in page.text("td")
    assert not any("open" in a for a in page.named("details", **{"class": "noise"}))


def test_part_of_a_line_that_was_left_out_is_struck_through() -> None:
    doc = Document("Er kam. Foto: Meier")
    said = (SummarySentence("He came.", 0, 8, (Sentence("Er kam.", 0, 7),)),)
    drops = (Drop(8, 19, "photo-credit", "Foto: Meier"),)
    page = Page(report.render(Summary("He came.", said, "de", "en", "echo", drops), doc))
    assert page.text("dropped") == "Foto: Meier (left out: photo credit)"


def test_pages_are_numbered_where_they_begin() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert page.text("page") == "Page 1Page 2"
    bare = Page(report.render(SUMMARY, Document(TEXT)))
    assert bare.text("page") == ""


def test_chapters_are_numbered_and_other_fields_passed_over() -> None:
    start = TEXT.index("Rat st")
    page = Page(report.render(SUMMARY, Document(TEXT, meta={"chapter_starts": [0, start]})))
    assert page.text("page") == "Chapter 1Chapter 2"
    for told in ("x", 7, [None, "a", [1], [1, "b"], [True, 2], -1], {"a": 1}):
        doc = Document(TEXT, meta={"page_starts": told, "chapter_starts": told, "dropped": told})
        assert Page(report.render(SUMMARY, doc)).text("page") == ""


def test_what_the_reader_of_the_format_dropped_is_told_too() -> None:
    dropped = [{"reason": "running-head", "text": "Amtsblatt <3>", "page": 2}]
    page = Page(report.render(SUMMARY, Document(TEXT, meta={"dropped": dropped})))
    assert "running head\nAmtsblatt <3>\n2\n" in page.text("tbody")
    assert "4 passages left out" in page.text("summary")


def test_signature_model_and_limits_are_told() -> None:
    page = Page(report.render(SUMMARY, DOC))
    assert page.text("code") == SUMMARY.signature
    assert "read the source where it matters" in page.text("dd")


def test_the_limits_are_those_of_the_very_model(make_model, monkeypatch) -> None:
    folder = make_model("klein", version=2, limits=["It knows <no> verse."])
    monkeypatch.setenv("SUMMLIB_MODELS", str(folder.parent))
    for version, told in ((2, True), (3, False)):
        signature = f"select|short|klein@{version}|ct2"
        result = Summary(SUMMARY.text, SUMMARY.sentences, "de", "en", signature)
        page = Page(report.render(result, DOC))
        assert ("It knows <no> verse." in page.text("dd")) is told
        assert "klein" in page.text("dd")


def test_a_translation_is_running_text_with_numbered_findings() -> None:
    doc = Document("Eins kam. Zwei ging.\n\nDrei <blieb>.")
    text = "One came. Two went.\n\nThree <stayed>."
    pairs = [
        ("Eins kam.", "One came."),
        ("Zwei ging.", "Two went."),
        ("Drei <blieb>.", "Three <stayed>."),
    ]
    result = translated(doc, pairs, text)
    first = TranslatedSentence("One came.", 0, 9, result.sentences[0].source, (FINDING,), 0.0, True)
    result = Translation(text, (first, *result.sentences[1:]), "de", "en", "echo")
    page = require_sound(report.render(result, doc))
    assert [a["data-to"] for a in page.named("a", **{"class": "sentence"})] == ["s1", "s2", "s3"]
    assert "cut at the model's length limit" in page.text("findings")
    assert page.text("flag") == ", see finding of sentence ⚠1"
    assert not page.named("mark")
    shown = page.text("text", without=("sup", "aside", "flag", "page"))
    assert shown.split() == (text + "\n" + doc.text).split()


def test_another_document_is_refused() -> None:
    with pytest.raises(InputError, match="not made from this document"):
        report.render(SUMMARY, Document("Etwas anderes."))
    with pytest.raises(InputError, match="not made from this document"):
        report.fragment(SUMMARY, Document("Etwas anderes."))


def test_a_result_without_sentences_is_shown() -> None:
    require_sound(report.render(Summary("", (), "de", "en", "echo"), Document("Text.")))
    require_sound(report.render(Translation("", (), "de", "en", "echo"), Document("")))


def hostile(words: str) -> tuple[Summary, Document]:
    """Return a summary and its document that have the words in every place."""
    finding = Finding(words, words, "error", None, Span(0, 3))
    doc = Document(
        words,
        title=words,
        path=f"a/{words}",
        meta={"page_starts": [[0, 1], [2, 3]], "dropped": [{"reason": words, "text": words}]},
    )
    said = SummarySentence(
        words, 0, len(words), (Sentence(words, 0, len(words)),), "copied", (finding,)
    )
    drops = (Drop(0, 2, words, words),)
    return Summary(words, (said,), "de", "en", words, drops, words), doc


@pytest.mark.parametrize("words", [HOSTILE, HOSTILE * 3, "</style></script>", "\x00", "\udc80" * 9])
def test_hostile_words_stay_words(words: str) -> None:
    summary, doc = hostile(words)
    for html in (report.render(summary, doc), report.fragment(summary, doc)):
        page = require_sound(html)
        assert not page.named("b")
        assert not page.named("textarea")
        assert len(page.named("script")) == html.startswith("<!doctype")
        assert page.text("text" if page.named("main") else "mark").count("alert(1)") >= (
            words.count("alert(1)")
        )


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
def test_any_words_give_a_sound_page(words: str) -> None:
    summary, doc = hostile(words)
    require_sound(report.render(summary, doc))
    require_sound(report.fragment(summary, doc))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(
    st.text("ab \n\r\x0b", max_size=50),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.booleans()), max_size=6),
)
def test_pieces_cover_each_word_once_and_know_their_marks(
    text: str, spans: list[tuple[int, int, bool]]
) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text)), is_drop) for a, b, is_drop in spans]
    marks = [Mark(a, b, n) for n, (a, b, is_drop) in enumerate(spans) if not is_drop]
    drops = [Drop(a, b, "advert", text[a:b]) for a, b, is_drop in spans if is_drop]
    pieces = [p for block in cut_blocks(text, marks, drops) for p in block.pieces]
    covered = [i for p in pieces for i in range(p.start, p.end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)
    for piece in pieces:
        over = [m for m in marks if m.start <= piece.start and piece.end <= m.end > m.start]
        assert piece.numbers == tuple(m.number for m in over)
        assert bool(piece.reason) == any(d.start <= piece.start < d.end for d in drops)


def test_a_source_is_never_hidden_with_what_was_left_out() -> None:
    drops = [Drop(0, 9, "advert", "Eins kam.")]
    assert cut_blocks("Eins kam.", [], drops)[0].reasons == ("advert",)
    assert cut_blocks("Eins kam.", [Mark(0, 9, 1)], drops)[0].reasons == ()


def row(source: str, target: str, how: str = "copied") -> Row:
    return Row(1, target, 0, len(target), (Sentence(source, 0, len(source)),), how)


def figures(source: str, target: str, how: str = "copied") -> list[tuple[str, str, str]]:
    found = compare_figures([row(source, target, how)], source_lang="de", target_lang="en")
    return [(f.source, f.target, f.status) for f in found]


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        (
            "Am Dienstag, dem 20. Januar 2026, kamen 1.200 Leute.",
            "On Tuesday, 20 January 2026, 1,200 people came.",
            [
                ("Dienstag, dem 20. Januar 2026", "Tuesday, 20 January 2026", "confirmed"),
                ("1.200", "1,200", "confirmed"),
            ],
        ),
        (
            "Es kostet 2,6 Mrd. EUR.",
            "It costs 2.6 million euros.",
            [("2,6 Mrd. EUR", "2.6 million euros", "differs")],
        ),
        ("Er lief 100 km.", "He ran 62 miles.", [("100 km", "62 miles", "converted")]),
        ("Es kamen 35 Leute.", "People came.", [("35", "", "missing")]),
        ("Es kamen Leute.", "35 people came.", [("", "35", "added")]),
        ("Um 16.30 Uhr kam er.", "He came at 4:30 p.m.", [("16.30 Uhr", "4:30 p.m.", "confirmed")]),
        ("Er kam.", "He came.", []),
    ],
)
def test_figures_are_compared(
    source: str, target: str, expected: list[tuple[str, str, str]]
) -> None:
    assert figures(source, target) == expected


def test_a_rewritten_sentence_may_leave_figures_out() -> None:
    assert figures("Es kamen 35 Leute.", "People came.", "rewritten") == []


def test_figures_of_other_languages_are_not_guessed() -> None:
    assert compare_figures([row("35", "53")], source_lang="fr", target_lang="en") == []
    result = Summary(SUMMARY.text, SUMMARY.sentences, "fr", "en", "echo")
    page = Page(report.render(result, DOC))
    assert "German and English only" in page.text("p")


def test_figures_and_findings_agree() -> None:
    """What the checks find in a pair is what the table does not confirm, and no more."""
    for name in ("waermenetz", "landtag-haushalt", "herzstudie"):
        lines = [
            (ROOT / "seeds" / name / f"{x}.txt").read_text("utf-8").split("\n")
            for x in ("de", "en")
        ]
        for source, target in zip(*lines, strict=True):
            found = summlib.check(source, target)
            doubted = sorted(f.message for f in found if f.kind in ("quantity", "date"))
            table = compare_figures([row(source, target)], source_lang="de", target_lang="en")
            assert sorted(f.message for f in table if f.message) == doubted


def test_the_table_of_figures_names_each_state() -> None:
    page = Page(report.render(SUMMARY, DOC))
    rows = page.text("tbody")
    assert "3. Mai 2025\n3 May 2025\n✓ confirmed\n" in rows
    assert "35\n53\n✗ differs\n" in rows


def test_a_seed_document_gives_a_small_page() -> None:
    """3,131 words; the bar is 400 kB."""
    doc = summlib.read(ROOT / "seeds" / "stadtchronik-flussbad" / "de.txt")
    summary = summlib.summarize(doc, target_lang="de", length="long")
    html = report.render(summary, doc)
    require_sound(html)
    assert len(html.encode()) < 100_000


def many(number: int) -> tuple[Summary, Document]:
    source = "Am 3. Mai kamen 35 <Leute>."
    target = "On 3 May 35 <people> came."
    doc = Document(f"{source} " * number)
    sentences = []
    for n in range(number):
        start, place = n * (len(source) + 1), n * (len(target) + 1)
        sources = (Sentence(source, start, start + len(source)),)
        sentences.append(SummarySentence(target, place, place + len(target), sources))
    return Summary(f"{target} " * number, tuple(sentences), "de", "en", "echo"), doc


def test_the_work_grows_with_the_document_and_no_faster() -> None:
    """Ten times the sentences take ten times as long, with room for a busy machine."""
    spent = []
    for number in (200, 2000):
        summary, doc = many(number)
        start = time.process_time()
        report.render(summary, doc)
        spent.append(time.process_time() - start)
    assert spent[1] < 40 * spent[0] + 0.5


@pytest.mark.slow
def test_ten_thousand_sentences_make_a_page() -> None:
    summary, doc = many(10_000)
    start = time.process_time()
    html = report.render(summary, doc)
    assert time.process_time() - start < 30
    assert len(Page(html).named("a", **{"class": "sentence"})) == 10_000


def test_fragments_stand_together_on_one_page() -> None:
    both = report.fragment(SUMMARY, DOC) + report.fragment(SUMMARY) + report.fragment(SUMMARY, DOC)
    page = require_sound(both)
    assert not page.named("script")
    assert not any(name.startswith("on") for _, a in page.all for name in a)
    styles = "".join(text for where, text in page.texts if "style" in where)
    rules = [rule.strip() for rule in styles.split("}") if rule.strip()]
    assert all(
        re.match(r"#summlib-[0-9a-f]{12} ", x)
        for rule in rules
        for x in rule.split("{")[0].split(", ")
    )


def test_a_fragment_reads_without_its_style() -> None:
    page = Page(report.fragment(SUMMARY))
    cells = page.text("td")
    for sentence in SUMMARY.sentences:
        assert sentence.text in cells
        assert all(source.text in cells for source in sentence.sources)
    assert '✗ Error quantity: "35" became "53"' in cells
    assert page.named("th", scope="col")


def test_a_fragment_sets_no_color_of_its_own() -> None:
    assert not re.search(r"color:(?! inherit)|#[0-9a-f]{3,6};", report.fragment(SUMMARY))


def test_a_long_result_is_cut_in_a_notebook_and_says_so() -> None:
    summary, doc = many(230)
    page = require_sound(report.fragment(summary, doc))
    assert "30 more sentences; summlib.report.render shows all." in page.text("p")
    assert len([a for a in page.named("tr") if "id" in a]) == 200


def test_elements_escape_what_they_are_given() -> None:
    assert element("td", "<&>", title='"<') == '<td title="&quot;&lt;">&lt;&amp;&gt;</td>'
    assert element("br") == "<br>"


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(st.characters(exclude_categories=())))
def test_printable_keeps_positions(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    shown.encode("utf-8")
    assert printable(shown) == shown


def colors() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the named colors of the light page and of the dark one."""
    css = (DATA / "report.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    for name, block in (("light", light), ("dark", dark)):
        yield name, dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def luminance(color: str) -> float:
    """Relative luminance after WCAG 2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT_ON = {
    "ink": ("ground", "panel", "marked", "lit"),
    "quiet": ("ground", "panel"),
    "link": ("ground", "panel"),
    "error": ("ground",),
    "warning": ("ground", "lit"),
    "good": ("ground",),
}
EDGE_ON = {
    "line": ("ground", "panel"),
    "marked-line": ("ground", "marked"),
    "lit-line": ("lit",),
    "link": ("ground", "panel", "lit", "marked"),
}


@pytest.mark.parametrize(("scheme", "named"), list(colors()))
def test_contrast_meets_level_aa(scheme: str, named: dict[str, str]) -> None:
    """4.5 for text and 3 for edges: WCAG 2.2, 1.4.3 and 1.4.11."""
    for wanted, pairs in ((4.5, TEXT_ON), (3.0, EDGE_ON)):
        for front, grounds in pairs.items():
            for ground in grounds:
                ratio = contrast(named[front], named[ground])
                assert ratio >= wanted, f"{scheme}: {front} on {ground} {ratio:.2f}"


def test_both_schemes_name_the_same_colors_and_no_rule_another() -> None:
    (_, light), (_, dark) = colors()
    assert light.keys() == dark.keys()
    css = (DATA / "report.css").read_text(encoding="utf-8")
    assert len(re.findall(r"#[0-9a-fA-F]{3,8};", css)) == len(light) + len(dark)
    assert set(re.findall(r"var\(--([\w-]+)\)", css)) == set(light)
