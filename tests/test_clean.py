"""What cleaning keeps, drops and calls by its name."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text.clean import Cleaned, clean, normalize

GOLDEN = Path(__file__).parent / "golden"
SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
PAGES = sorted(path.name.removesuffix(".txt") for path in GOLDEN.glob("clean_*.??.txt"))
# Lines as pages have them, so that the rules fire on more than noise.
LINES = st.sampled_from(
    [
        "Zum Inhalt springen",
        "Startseite > Politik > Inland",
        "19.01.2026 - 16:30:12Der Rat hat am Montag zugestimmt.",
        "Foto: dpa/Muster",
        "Der Rat hat am Montag zugestimmt. (Foto: dpa)",
        "• Punkt eins;",
        "> zitiert",
        "# Titel",
        "```",
        "a\tb",
        "-----",
        "Das ist ein kurzer Satz.",
        "Rechen-",
        "zentrum",
        "\ufeff",
        "",
    ]
)
TEXTS = st.text(max_size=200) | st.lists(LINES | st.text(max_size=30)).map("\n".join)


def described(cleaned: Cleaned) -> list[str]:
    """Write blocks and drops one a line, as the golden files do."""
    parts = [(b.start, b.end, b.kind) for b in cleaned.blocks]
    parts += [(d.start, d.end, f"({d.reason})") for d in cleaned.drops]
    return [f"{k}\t{cleaned.text[a:b]}".replace("\n", "⏎") for a, b, k in sorted(parts)]


def kept(text: str, lang: str = "de") -> bool:
    return not clean(text, lang=lang).drops


def reasons(text: str, lang: str = "de") -> list[str]:
    return [drop.reason for drop in clean(text, lang=lang).drops]


@pytest.mark.parametrize("name", PAGES)
def test_golden_pages(name: str) -> None:
    page = (GOLDEN / f"{name}.txt").read_text("utf-8")
    expected = (GOLDEN / f"{name}.expected").read_text("utf-8").splitlines()
    assert described(clean(page, lang=name[-2:])) == expected


def test_there_are_golden_pages() -> None:
    assert len(PAGES) >= 5


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=TEXTS, lang=st.sampled_from(["de", "en", "fr"]))
def test_every_character_is_in_one_block_or_drop(text: str, lang: str) -> None:
    cleaned = clean(text, lang=lang)
    covered = [0] * len(text)
    for part in (*cleaned.blocks, *cleaned.drops):
        assert part.start < part.end
        for position in range(part.start, part.end):
            covered[position] += 1
    assert max(covered, default=0) <= 1
    assert all(n or text[i].isspace() for i, n in enumerate(covered))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=TEXTS)
def test_offsets_name_what_they_say(text: str) -> None:
    cleaned = clean(text)
    assert cleaned.text == text
    assert all(drop.text == text[drop.start : drop.end] for drop in cleaned.drops)
    assert all(b.start <= b.body < b.end for b in cleaned.blocks)
    starts = [block.start for block in cleaned.blocks]
    assert starts == sorted(starts)


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=TEXTS, lang=st.sampled_from(["de", "en"]))
def test_normalize_maps_back(text: str, lang: str) -> None:
    found = normalize(text, lang=lang)
    assert len(found.offsets) == len(found.text) + 1
    assert len(found.ends) == len(found.text)
    assert found.offsets[-1] == len(text)
    assert all(a <= b for a, b in pairwise(found.offsets))
    assert all(a < b for a, b in zip(found.offsets, found.ends, strict=False))
    for char, start in zip(found.text, found.offsets, strict=False):
        if char.isascii() and char.isalnum():
            assert text[start] == char or not text[start].isascii() or text[start] in "AOUaou"
    words = found.original_span(0, len(found.text))
    assert not text[: words.start].strip() or not text[: words.start].isprintable()


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=st.text(alphabet="abcXYZÄöß,.! ", max_size=300))
def test_normalize_leaves_plain_lines_alone(text: str) -> None:
    plain = " ".join(text.split())
    assert normalize(plain).text == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rechen-\nzentrum", "Rechenzentrum"),
        ("Rechen\u00ad\nzentrum", "Rechenzentrum"),
        ("Rechen\u00adzentrum", "Rechenzentrum"),
        ("EU-\nKommission", "EU-Kommission"),
        ("EU-\nweit", "EU-weit"),
        ("Ein- und\nAusfuhr", "Ein- und\nAusfuhr"),
        ("Ein-\nund Ausfuhr", "Ein- und Ausfuhr"),
        ("Haus -\nund Hof", "Haus -\nund Hof"),
        ("10\u00a0Euro", "10 Euro"),
        ("E\u2011Book", "E-Book"),
        ("\ufeffGuten\u200b Tag", "Guten Tag"),
        ("u\u0308ber", "über"),
        ("Eﬃzienz", "Effizienz"),
        ("eins\r\nzwei\u2028drei", "eins\nzwei\ndrei"),
        ("a\x00b\x1bc", "abc"),
        ("a  \t b  \n\n   c", "a b\n\nc"),
    ],
)
def test_normalize_spells_one_way(text: str, expected: str) -> None:
    assert normalize(text).text == expected


def test_normalize_joins_wrapped_lines_and_maps_back() -> None:
    text = (
        "Der Kreistag hat am Mittwochabend nach langer Debatte den Bau einer\n"
        "neuen Feuerwache beschlossen. Sie soll im Jahr 2028 fertig sein und\n"
        "kostet neun Millionen Euro.\nFazit\n"
    )
    found = normalize(text)
    assert "einer neuen Feuerwache" in found.text
    assert found.text.endswith("Euro.\nFazit\n")
    start = found.text.index("einer neuen")
    span = found.original_span(start, start + len("einer neuen"))
    assert span.of(text) == "einer\nneuen"


def test_normalize_keeps_a_hyphen_the_text_spells_elsewhere() -> None:
    text = "A well-known case. It is well-\nknown."
    assert normalize(text, lang="en").text == "A well-known case. It is well-known."


@pytest.mark.parametrize(
    "text",
    [
        "Am Haus\nÄpfel\nBirnen\nKartoffeln",
        "Erster Absatz, der für sich steht und einen ganzen Satz enthält.\nZweiter Absatz.",
        "Quantentechnologie ist das zweite Standbein der neuen Strategie\nNeben der KI zählt sie.",
    ],
)
def test_normalize_keeps_lines_that_nothing_wrapped(text: str) -> None:
    assert normalize(text).text == text


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Wer Cookies setzt, braucht eine Einwilligung; das entschied der Gerichtshof.", "de"),
        ("„Wir verwenden Cookies, um Inhalte zu personalisieren“, stand dort.", "de"),
        ("Der Verlag bietet einen kostenlosen Newsletter an, den man abonnieren kann.", "de"),
        ("Sie können den kostenlosen Ratgeber bei der Behörde bestellen.", "de"),
        ("Das Gesetz regelt, wann Werbung für E-Books als Anzeige gilt.", "de"),
        ("Die Kommission bot an, Ihre Fragen in einem Leitfaden zu beantworten.", "de"),
        ("Weitere Einzelheiten wurden nicht genannt.", "de"),
        ("Weitere Informationen werden erst im Herbst vorliegen.", "de"),
        ("Foto und Film sind in Museen oft verboten.", "de"),
        ("Quelle allen Übels war ein Fehler in der Abrechnung.", "de"),
        ("Stand heute fehlen noch 40 Stimmen.", "de"),
        ("Am 19.01.2026 um 16:30 Uhr begann die Sitzung.", "de"),
        ("19.01.2026 war ein Montag.", "de"),
        ("Er lachte.", "de"),
        ("We use sugar and butter in our cookies.", "en"),
        ("The ministry offers a free guide, which schools can download.", "en"),
        ("A judge said the newsletter was free of errors.", "en"),
        ("Photo albums were lost in the fire.", "en"),
    ],
)
def test_ordinary_prose_survives(text: str, lang: str) -> None:
    around = {
        "de": "Das ist ein Satz davor, der zeigt, wovon die Seite handelt.",
        "en": "This is a sentence before it that shows what the page is about.",
    }[lang]
    assert kept(text, lang)
    assert kept(f"{around}\n{text}\n{around[:-1]}, und mehr.", lang)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Skip to main content", "navigation"),
        ("Startseite » Themen » Energie » Wind", "navigation"),
        ("Impressum | Datenschutz | Kontakt", "navigation"),
        ("Artikel teilen", "share"),
        ("Facebook | X | WhatsApp | E-Mail", "share"),
        ("GettyImages © Erika Muster", "photo-credit"),
        ("Foto: dpa/Max Muster", "photo-credit"),
        ("picture alliance/dpa", "photo-credit"),
        ("Montag, 19. Januar 2026, 16:30 Uhr", "date"),
        ("Veröffentlicht am 3. März 2024", "publication"),
        ("Stand: 03.03.2024", "publication"),
        ("Lesezeit: 4 Min.", "publication"),
        ("4 Minuten Lesezeit", "publication"),
        ("Kostenlosen Leitfaden herunterladen", "advert"),
        ("Anzeige", "advert"),
        ("Lesen Sie mehr über den Hafen.", "more"),
        ("Weitere Informationen sind im Presseportal abrufbar.", "more"),
        ("Quelle: Statistisches Bundesamt", "source"),
        ("Alle Cookies akzeptieren", "cookies"),
        ("Kommentar schreiben", "comments"),
        ("© 2026 Muster GmbH", "copyright"),
        ("* * *", "ornament"),
        ("Seite 3 von 12", "page-number"),
    ],
)
def test_noise_is_dropped_for_its_reason(line: str, reason: str) -> None:
    page = f"{line}\nDer Rat hat am Montag der neuen Satzung zugestimmt.\n"
    assert reasons(page) == [reason]
    assert reasons(page + line) in ([reason, reason], [reason])


def test_a_question_in_an_advert_does_not_save_it() -> None:
    advert = (
        "PS: Sie bauen ein Haus? Der Gratis-Leitfaden zeigt, worauf Sie achten müssen. "
        "Jetzt kostenloses E-Book anfordern"
    )
    assert reasons(f"Der Rat hat am Montag der Satzung zugestimmt.\n{advert}") == ["advert"]


def test_a_cut_off_teaser_is_dropped_for_the_paragraph() -> None:
    lead = "Die Stadt baut im kommenden Jahr drei neue Brücken über den Kanal und die Bahn."
    teaser = lead[: lead.index("über")] + "…"
    cleaned = clean(f"Titel der Seite hier\n{teaser}\n{lead}\n")
    assert [(d.reason, d.text) for d in cleaned.drops] == [("repeated", teaser)]


def test_articles_that_differ_in_one_figure_both_stay() -> None:
    first = "Der Beitrag beträgt für alle Mitglieder des Vereins im laufenden Jahr 20 Euro."
    assert kept(f"{first}\n{first.replace('20', '30')}")


def test_a_chronicle_keeps_its_dates() -> None:
    days = ("3. Oktober 1990", "9. November 1989", "18. März 1990")
    page = "Eine Chronik der Einheit\nEs begann mit einem Satz vor der Presse.\n"
    for number, day in enumerate(days):
        page += f"{day}\nAn diesem Tag geschah etwas, das {number} Folgen hatte.\n"
    assert kept(page)


def test_text_without_prose_is_all_prose() -> None:
    cleaned = clean("Die Katze auf dem Sofa")
    assert cleaned.title is None
    assert [span.of(cleaned.text) for span in cleaned.prose] == ["Die Katze auf dem Sofa"]


def test_prose_comes_without_markers() -> None:
    text = "# Hafen wird größer\n\nDer Rat beschließt folgende Punkte:\n- erstens eine Mole\n"
    cleaned = clean(text)
    assert cleaned.title is not None
    assert cleaned.title.of(text) == "Hafen wird größer"
    assert cleaned.prose[-1].of(text) == "erstens eine Mole"


@pytest.mark.parametrize("text", ["", " \n\t", "\n" * 300_000, "a" * 300_000, "ab. " * 75_000])
def test_large_and_empty_pages_are_quick(text: str) -> None:
    started = time.process_time()
    assert clean(text).text == text
    assert time.process_time() - started < 6


@pytest.mark.skipif(not SAMPLES.exists(), reason="the sample pages are not part of the project")
def test_sample_pages_come_out_whole() -> None:
    found = {}
    for path in sorted(SAMPLES.glob("page-*.de.txt")):
        cleaned = clean(path.read_text("utf-8"))
        kinds = [block.kind for block in cleaned.blocks]
        found[path.name] = (
            [drop.reason for drop in cleaned.drops],
            kinds.count("heading"),
            kinds.count("paragraph"),
            kinds.index("title"),
        )
    assert found == {
        "page-1.de.txt": (["date", "advert", "advert"], 3, 10, 0),
        "page-2.de.txt": (
            [
                "navigation",
                "navigation",
                "label",
                "publication",
                "image-text",
                "photo-credit",
                "more",
                "more",
            ],
            0,
            6,
            0,
        ),
    }
