"""Reports in a real browser: what a person clicks, presses, sees and prints.

Skipped where Chromium or the package ``playwright`` is missing.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summlib import report
from summlib.records import Document, Drop, Finding, Sentence, Span, Summary, SummarySentence

pytestmark = pytest.mark.slow

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PARAGRAPHS = 60
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"

Open = Callable[..., Any]


def make_result(words: str = "") -> tuple[Summary, Document]:
    """Return a summary of five sentences from all over a long document."""
    paragraphs = [f"In Absatz {n} kamen {n} Leute{words}. Es regnete." for n in range(PARAGRAPHS)]
    text = "Menü\nStartseite\n\n" + "\n\n".join(paragraphs)
    sentences, said = [], []
    for n in (3, 15, 30, 45, 59):
        source = f"In Absatz {n} kamen {n} Leute{words}."
        place = text.index(source)
        sources = [Sentence(source, place, place + len(source))]
        if n == 30:
            rain = text.index("Es regnete.", place)
            sources.append(Sentence("Es regnete.", rain, rain + 11))
        target = f"In paragraph {n}, {n} people came{words}."
        start = sum(len(s) + 1 for s in said)
        found = (Finding("quantity", "odd", "error", None, Span(0, 2)),) if n == 15 else ()
        end = start + len(target)
        sentences.append(SummarySentence(target, start, end, tuple(sources), "copied", found))
        said.append(target)
    drops = (Drop(0, 4, "navigation", "Menü"), Drop(5, 15, "navigation", "Startseite"))
    doc = Document(text, path="regen.txt", meta={"page_starts": [[0, 1], [len(text) // 2, 2]]})
    return Summary(" ".join(said), tuple(sentences), "de", "en", "echo", drops), doc


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.skip(f"no browser found: {', '.join(BROWSERS)}")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Open HTML from a file; a request, a script error or a breach of the policy fails the test."""
    pages, troubles = [], []

    def opened(html: str, *, anchor: str = "", **options: Any) -> Any:
        path = tmp_path / f"{len(pages)}.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(**{"viewport": {"width": 1200, "height": 700}, **options})
        pages.append(page)
        page.set_default_timeout(60_000)
        page.on("console", lambda said: troubles.append(said.text))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("request", lambda r: troubles.append(r.url) if r.url != page.url else None)
        page.goto(path.as_uri() + anchor)
        troubles[:] = [x for x in troubles if not x.startswith(path.as_uri())]
        return page

    yield opened
    for page in pages:
        page.close()
    assert troubles == []


def lit(page: Any) -> list[str]:
    return page.locator("a.lit").evaluate_all("links => links.map(link => link.id)")


def current(page: Any) -> list[str]:
    found = "links => links.map(link => link.id)"
    return page.locator('a[aria-current="true"]').evaluate_all(found)


SEEN = """name => {
  const box = document.getElementById(name).getBoundingClientRect();
  const column = document.getElementById(name).closest(".column").getBoundingClientRect();
  return box.top >= Math.max(0, column.top) && box.bottom <= innerHeight;
}"""


def require_seen(page: Any, name: str) -> None:
    """Wait until an element is inside the window and its column, and stays."""
    page.wait_for_function(SEEN, arg=name, timeout=20_000)
    page.wait_for_timeout(300)
    assert page.evaluate(SEEN, name)


def focused(page: Any) -> str:
    return page.evaluate("document.activeElement.id")


def test_a_click_lights_the_sources_and_brings_them_into_view(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    assert not page.evaluate(SEEN, "s3")
    page.click("#t3")
    assert (current(page), lit(page)) == (["t3"], ["s3", "s4"])
    require_seen(page, "s3")
    require_seen(page, "t3")
    assert page.url.endswith("#t3")
    assert "In Absatz 30" in page.inner_text("#status")
    page.click("#t1")
    assert (current(page), lit(page)) == (["t1"], ["s1"])
    require_seen(page, "s1")


def test_sentences_are_numbered(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    number = "item => getComputedStyle(item, '::before').content"
    found = [item.evaluate(number) for item in page.locator(".sentences > li").all()]
    assert found == ['"1"', '"2"', '"3"', '"4"', '"5"']


def test_a_source_lights_its_sentence(open_page: Open) -> None:
    page = open_page(report.render(*make_result()), viewport={"width": 1200, "height": 460})
    page.click("#s6")
    assert (current(page), lit(page)) == (["s6"], ["t5"])
    require_seen(page, "t5")


def test_what_is_lit_looks_different_beyond_its_color(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    look = "e => { const s = getComputedStyle(e); return [s.boxShadow, s.borderBottomColor]; }"
    before = page.locator("#s2").evaluate(look)
    page.click("#t2")
    after = page.locator("#s2").evaluate(look)
    assert before[0] == "none"
    assert after[0] != "none"
    assert before[1] != after[1]


def test_the_keyboard_does_all_that_the_mouse_does(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    for _ in range(5):
        page.keyboard.press("Tab")
        if focused(page) == "t1":
            break
    assert focused(page) == "t1"
    page.keyboard.press("Enter")
    assert (current(page), lit(page)) == (["t1"], ["s1"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert (focused(page), lit(page)) == ("t3", ["s3", "s4"])
    require_seen(page, "s3")
    page.keyboard.press("Space")
    assert (focused(page), lit(page)) == ("s3", ["t3"])
    page.keyboard.press("Enter")
    assert (focused(page), lit(page)) == ("t3", ["s3", "s4"])
    page.keyboard.press("ArrowUp")
    assert focused(page) == "t2"
    page.keyboard.press("Escape")
    assert (current(page), lit(page), page.inner_text("#status")) == ([], [], "")


def test_the_focus_is_seen(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    page.focus("#t1")
    page.keyboard.press("ArrowDown")
    style = page.locator("#t2").evaluate("e => getComputedStyle(e).outline")
    assert "3px" in style
    assert "solid" in style


def test_a_link_to_a_sentence_opens_it(open_page: Open) -> None:
    page = open_page(report.render(*make_result()), anchor="#t4")
    assert (current(page), lit(page)) == (["t4"], ["s5"])
    require_seen(page, "s5")


def test_the_page_works_without_its_script(open_page: Open) -> None:
    page = open_page(report.render(*make_result()), java_script_enabled=False)
    page.click("#t3")
    page.wait_for_timeout(200)
    assert page.url.endswith("#s3")
    assert page.locator("#s3:target").count() == 1
    assert not page.is_visible("#hint")


def test_selecting_text_to_copy_chooses_nothing(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    box = page.locator("#t1").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 8, steps=5)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()").strip() in page.inner_text("#t1")
    assert len(page.evaluate("getSelection().toString()")) > 5
    assert lit(page) == []


def test_what_was_left_out_opens(open_page: Open) -> None:
    page = open_page(report.render(*make_result()))
    assert not page.is_visible("text=Startseite")
    page.click("details.noise > summary")
    assert page.is_visible("details.noise >> text=Startseite")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_rule_of_accessibility_is_broken(open_page: Open, scheme: str) -> None:
    """The rules are those of axe-core; contrast is measured as it is painted."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (1200, 420):
        size = {"width": width, "height": 700}
        page = open_page(report.render(*make_result()), color_scheme=scheme, viewport=size)
        page.locator("details").evaluate_all("all => all.forEach(e => { e.open = true; })")
        page.click("#t2")
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_dark_mode_is_dark(open_page: Open) -> None:
    found = {}
    for scheme in ("light", "dark"):
        page = open_page(report.render(*make_result()), color_scheme=scheme)
        color = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
        found[scheme] = sum(map(int, re.findall(r"\d+", color)[:3]))
    assert found["light"] > 700
    assert found["dark"] < 120


@pytest.mark.parametrize("width", [320, 420, 1200])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    """320 is the width at which WCAG 1.4.10 wants text to reflow."""
    html = report.render(*make_result("x" * 300))
    page = open_page(html, viewport={"width": width, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for column in page.locator(".column").all():
        assert column.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_print_sets_one_column_after_the_other_with_citations(open_page: Open) -> None:
    page = open_page(report.render(*make_result()), color_scheme="dark")
    page.click("#t1")
    page.emulate_media(media="print", color_scheme="dark")
    first, second = (column.bounding_box() for column in page.locator(".column").all())
    assert second["y"] >= first["y"] + first["height"]
    assert first["x"] == second["x"]
    assert not page.is_visible("#hint")
    assert page.is_visible("#s1 > sup")
    assert "page 1, characters" in page.inner_text("#note1")
    ground = page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 3


def test_hostile_words_run_nowhere(open_page: Open) -> None:
    page = open_page(report.render(*make_result(HOSTILE)))
    assert page.title() == "Summary of regen.txt"
    assert HOSTILE in page.inner_text("#t1")
    assert page.locator("img").count() == 0
    page = open_page(f"<!doctype html><title>own</title>{report.fragment(*make_result(HOSTILE))}")
    assert page.title() == "own"


def test_words_that_turn_the_reading_order_stay_in_their_sentence(open_page: Open) -> None:
    page = open_page(report.render(*make_result(" \u202eabc\u2067 \u05d0\u05d1")))
    notes = page.locator("#note1 .how").bounding_box()
    assert notes["x"] < page.locator("#note1").bounding_box()["x"] + 50
    assert page.locator("#t1").inner_text().startswith("In paragraph 3")


def test_a_document_of_3000_words_opens_in_a_second(open_page: Open, browser: Any) -> None:
    """Processor time of the page's thread: a busy machine makes the clock's second longer."""
    words = " ".join(["wort"] * 50)
    html = report.render(*make_result(f" {words}"))
    page = browser.new_page()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.set_content(html)
    told = {m["name"]: m["value"] for m in session.send("Performance.getMetrics")["metrics"]}
    page.close()
    assert len(html.encode()) < 400_000
    assert told["TaskDuration"] < 1


def test_fragments_share_a_page_without_a_script(open_page: Open) -> None:
    result, doc = make_result()
    two = report.fragment(result, doc) + report.fragment(result)
    page = open_page(f"<!doctype html><title>x</title>{two}", java_script_enabled=False)
    first, second = page.locator("table.rows").all()
    cells = first.locator("tbody tr").nth(0).locator("td").all()
    assert cells[1].bounding_box()["x"] < cells[2].bounding_box()["x"]
    assert second.locator("a").count() == 0
    page.click("details:has-text('The whole document') > summary")
    first.locator("a").nth(2).click()
    assert page.locator("mark a:target").inner_text().startswith("In Absatz 30")


# --- the page of a digest -------------------------------------------------------


def make_digest_page(words: str = "") -> str:
    from summlib.digest import digest

    texts = [
        f"Der Rat der Stadt Ulm hat am Montag den Umbau der Schule beschlossen{words}.\n\n"
        + "Es regnete den ganzen Tag in Strömen. " * 40
        + "\n\nDer Umbau der Schule in Ulm kostet nach dem Beschluss 20 Millionen Euro.",
        "In Ulm hat der Rat der Stadt am Montag den Umbau der Schule beschlossen.\n\n"
        + "Die Sonne schien an diesem Tag nur kurz. " * 40
        + "\n\nDer Umbau der Schule in Ulm kostet nach dem Beschluss 18 Millionen Euro.",
    ]
    made = digest(texts, target_lang="de", length="2 sentences")
    assert made.agreed
    assert made.contradictions
    return report.render_digest(made, texts)


def test_a_statement_of_a_digest_lights_its_sources_in_all_documents(open_page: Open) -> None:
    page = open_page(make_digest_page())
    page.click("#t1")
    assert current(page) == ["t1"]
    assert {name[:2] for name in lit(page)} == {"d1", "d2"}
    require_seen(page, lit(page)[0])
    page.click("a.cite:has-text('[2]') >> nth=0")
    (chosen,) = current(page)
    assert chosen.startswith("d2s")
    assert "t1" in lit(page)
    require_seen(page, chosen)


def test_contradictions_of_a_digest_look_different_beyond_their_color(open_page: Open) -> None:
    page = open_page(make_digest_page())
    assert page.locator("td:has-text('✗ documents differ')").count() == 2
    style = "e => getComputedStyle(e).borderBottomStyle"
    assert page.locator(".disputed").first.evaluate(style) == "double"
    assert page.locator(".source:not(.disputed)").first.evaluate(style) == "solid"
    page.click(".wide a.sentence >> nth=1")
    assert {name[:2] for name in lit(page)} == {"d2"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_digest_breaks_no_rule_of_accessibility(open_page: Open, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    for width in (1200, 420):
        size = {"width": width, "height": 700}
        page = open_page(make_digest_page(), color_scheme=scheme, viewport=size)
        page.click("#t1")
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_hostile_words_of_a_digest_run_nowhere(open_page: Open) -> None:
    page = open_page(make_digest_page(f" {HOSTILE}"))
    assert page.title() == "Überblick aus 2 Texten"
    assert page.locator("img").count() == 0
