"""Sentence splitting: golden cases, what always holds, the development set."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import InputError
from summlib.records import Sentence
from summlib.scores.segmentation import boundary_scores
from summlib.text import split_sentences
from summlib.text.german import figure_ends
from summlib.text.tables import word_tables

GOLDEN = Path(__file__).with_name("golden")
SHARED = Path(__file__).resolve().parents[2] / "shared" / "dev" / "segmentation"
END = " ‖ "

PIECES = st.sampled_from(
    [
        *("Der", "Rat", "tagte", "am", "3", "Mai", "z", "B", "Dr", "Mio", "usw", "II", "ging", "a"),
        *(".", ".", ". ", "! ", "? ", "…", "...", ", ", ": ", " ", " ", " ", "\n", "\n\n", "\r\n"),
        *("„", "“", "»", "«", '"', "'", "(", ")", "[", "]", "–", "- ", "• ", "1. ", "a) ", "👍"),
        *("\t", "\xa0", "\u2028", "。", "1.5", "@", "www.", "ß", "é́", "#", "¹"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
PROPERTY = settings(derandomize=True, deadline=None, max_examples=300)


def golden(lang: str) -> list[str]:
    """Return the cases of a golden file."""
    lines = (GOLDEN / f"sentences_{lang}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def check_golden(case: str, lang: str) -> None:
    expected = [s.strip() for s in case.replace("⏎⏎", END).replace("⏎", "\n").split(END)]
    text = case.replace(END, " ").replace("⏎", "\n")
    assert [s.text for s in split_sentences(text, lang)] == expected


@pytest.mark.parametrize("case", golden("de"))
def test_german_golden(case: str) -> None:
    check_golden(case, "de")


@pytest.mark.parametrize("case", golden("en"))
def test_english_golden(case: str) -> None:
    check_golden(case, "en")


@pytest.mark.parametrize("lang", ["de", "en"])
@PROPERTY
@given(TEXTS)
def test_offsets_hold_and_nothing_is_lost(lang: str, text: str) -> None:
    end = 0
    for sentence in split_sentences(text, lang):
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert not text[end : sentence.start].strip()
        assert sentence.start >= end
        end = sentence.end
    assert not text[end:].strip()


@PROPERTY
@given(TEXTS, TEXTS)
def test_blank_line_separates(first: str, second: str) -> None:
    start = len(first) + 2
    expected = split_sentences(first) + [s.shifted(start) for s in split_sentences(second)]
    assert split_sentences(f"{first}\n\n{second}") == expected


@PROPERTY
@given(st.lists(st.sampled_from(["Wort", "Haus", "geht", "am", "und"]), min_size=1, max_size=60))
def test_words_without_a_mark_are_one_sentence(words: list[str]) -> None:
    assert len(split_sentences(" ".join(words))) == 1


def test_wrapped_prose_is_not_cut_at_line_ends() -> None:
    text = (
        "Der Ausschuss für Umwelt und Verkehr hat in seiner Sitzung vom\n"
        "20. September beschlossen, die Mittel für den Ausbau der Bahn-\n"
        "strecke zu erhöhen. Die Abgeordneten stimmten mit großer\n"
        "Mehrheit zu."
    )
    assert [s.text[:15] for s in split_sentences(text)] == ["Der Ausschuss f", "Die Abgeordnete"]


def test_heading_and_list_items_stand_alone() -> None:
    text = (
        "Rat stimmt zu\n"
        "Der Rat hat gestern mit großer Mehrheit beschlossen, dass die Schule\n"
        "saniert wird. Dafür braucht es:\n"
        "- ein neues Dach\n"
        "- neue Fenster\n"
        "1. Geld\n"
        "2. Zeit"
    )
    found = [s.text.split("\n")[0] for s in split_sentences(text)]
    assert found[0] == "Rat stimmt zu"
    assert found[-4:] == ["- ein neues Dach", "- neue Fenster", "1. Geld", "2. Zeit"]


def test_letter_form_stands_alone() -> None:
    text = "Sehr geehrte Frau Kern,\n\nvielen Dank.\n\nIhr Team"
    assert len(split_sentences(text)) == 3


def test_missing_space_is_seen_but_no_address_is_cut() -> None:
    text = "Das ist gut.Das bleibt so. Der Server mail.Das-Beispiel.de/x.Der läuft.Ja, 2.0.Rc."
    assert [s.text for s in split_sentences(text)] == [
        "Das ist gut.",
        "Das bleibt so.",
        "Der Server mail.Das-Beispiel.de/x.Der läuft.",
        "Ja, 2.0.Rc.",
    ]


def test_nothing_gives_nothing() -> None:
    assert split_sentences("") == split_sentences(" \n\t ") == []


def test_marks_alone_are_kept() -> None:
    assert split_sentences("***") == [Sentence("***", 0, 3)]


def test_long_german_quotation_is_split_inside() -> None:
    inner = "Das ist ein Satz von mittlerer Länge, der nichts Neues sagt. " * 6
    assert len(split_sentences(f"Er sagte: „{inner.strip()}“ Dann ging er.")) == 7


def test_unknown_language_is_refused() -> None:
    with pytest.raises(InputError, match="'xx'"):
        split_sentences("Ein Satz.", "xx")


def test_neighbours_of_a_figure_decide() -> None:
    assert not figure_ends("am", "3", "Mai")
    assert not figure_ends("im", "19", "Jahrhundert")
    assert figure_ends("Platz", "3", "Danach")
    assert figure_ends("Jahr", "2019", "Berlin")


@pytest.mark.parametrize("lang", ["de", "en"])
def test_tables_hold_no_contradiction(lang: str) -> None:
    tables = word_tables(lang)
    exclusive = {"never", "may", "final", "plain"}
    assert [w for w, c in tables.abbreviations.items() if len(c & exclusive) > 1] == []
    assert len(tables.starters) > 2000
    assert all(score != tables.unlisted for score in tables.starters.values())


@pytest.mark.parametrize(
    "text",
    ["wort " * 100_000, "a" * 500_000, "." * 500_000, '"' * 200_000, "Gut. " * 40_000],
    ids=["no stop", "no space", "stops", "quotes", "sentences"],
)
def test_work_is_linear(text: str) -> None:
    started = time.monotonic()
    split_sentences(text)
    # A quadratic pass over half a megabyte would take hours.
    assert time.monotonic() - started < 30


@pytest.mark.skipif(not SHARED.is_dir(), reason="development set not here")
@pytest.mark.parametrize(("name", "floor"), [("german", 98.5), ("english", 97.0)])
def test_development_set(name: str, floor: float) -> None:
    assert boundary_scores(SHARED / f"{name}.jsonl", split_sentences).overall.f1 >= floor
