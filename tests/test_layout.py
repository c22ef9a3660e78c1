"""Prose and layout: nothing is lost, and the layout comes back as it was."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.text import layout
from summlib.text.layout import find_protected, restore, segment_layout
from summlib.text.lines import lines, paragraphs

LINES = st.sampled_from(
    [
        "# Titel #",
        "- Punkt",
        "  * Punkt, eingerückt  ",
        "12. März war ein Tag",
        "1. Erstens",
        "a) erstens",
        "> zitiert",
        "> > doppelt",
        "| a | b |",
        "|---|:-:|",
        "```python",
        "```",
        "~~~",
        "    Code",
        "-----",
        "<div class='x'>",
        "3,5",
        "Name\tWert",
        "Ein Satz, der ziemlich lang ist und deshalb umbrochen wurde, weil der",
        "nächste Teil nicht mehr in dieselbe Zeile gepasst hat. Das ist nicht un-",
        "gewöhnlich.\r",
        "\ufeff",
        "",
    ]
)
TEXTS = st.text(max_size=200) | st.lists(LINES | st.text(max_size=30)).map("\n".join)
MODES = st.sampled_from(["reflow", "keep"])


def prose(text: str, mode: str = "reflow") -> list[str]:
    pieces = segment_layout(text, mode=mode)  # type: ignore[arg-type]
    return [text[p.start : p.end] for p in pieces if p.kind == "prose"]


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=TEXTS, mode=MODES)
def test_pieces_cover_the_text(text: str, mode: str) -> None:
    pieces = segment_layout(text, mode=mode)  # type: ignore[arg-type]
    assert "".join(text[p.start : p.end] for p in pieces) == text
    assert all(p.start < p.end for p in pieces)
    assert all(a.end == b.start for a, b in pairwise(pieces))


@settings(derandomize=True, deadline=None, max_examples=200)
@given(text=TEXTS, mode=MODES)
def test_the_identity_returns_the_text(text: str, mode: str) -> None:
    pieces = segment_layout(text, mode=mode)  # type: ignore[arg-type]
    assert restore(text, pieces, prose(text, mode)) == text


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=TEXTS)
def test_keep_has_one_line_for_each(text: str) -> None:
    assert all("\n" not in piece and "\r" not in piece for piece in prose(text, "keep"))
    pieces = segment_layout(text, mode="keep")
    shouted = restore(text, pieces, ["X"] * len(prose(text, "keep")))
    assert shouted.count("\n") == text.count("\n")


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=TEXTS)
def test_reflow_without_wrapped_lines_is_keep(text: str) -> None:
    if all(len(group) == 1 for group in paragraphs(text)):
        assert segment_layout(text, mode="reflow") == segment_layout(text, mode="keep")


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=TEXTS, mode=MODES)
def test_prose_is_trimmed_and_has_letters(text: str, mode: str) -> None:
    for piece in prose(text, mode):
        assert piece == piece.strip()
        assert any(char.isalpha() for char in piece)


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=TEXTS)
def test_lines_hold_every_character(text: str) -> None:
    found = lines(text)
    inside = set().union(*(range(x.start, x.end) for x in found)) if found else set()
    assert all(i in inside or char.isspace() for i, char in enumerate(text))
    assert [x for group in paragraphs(text) for x in group] == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Titel\n\nText.", ["Titel", "Text."]),
        ("- eins\n* zwei\n• drei\n1. vier\na) fünf", ["eins", "zwei", "drei", "vier", "fünf"]),
        ("- [ ] offen\n- [x] fertig", ["offen", "fertig"]),
        ("> Zitat\n> > innen", ["Zitat", "innen"]),
        ("| Ort | Zahl |\n|---|---|\n| Kiel | 4 |", ["Ort", "Zahl", "Kiel"]),
        ("Ort\tZahl\nKiel\t4", ["Ort", "Zahl", "Kiel"]),
        ("vor\n```py\nx = 1\n```\nnach", ["vor", "nach"]),
        ("vor\n```\nkein Ende", ["vor", "kein Ende"]),
        ("a\r\nb\r\n", ["a", "b"]),
        ("a\u2028b", ["a", "b"]),
        ("---\n***\n3,5\n=====\n", []),
        ("<div>\nText\n</div>", ["Text"]),
        ("[1]: https://example.org", []),
        ("3. Oktober 1990", ["3. Oktober 1990"]),
        ("20. Jahrhundert", ["20. Jahrhundert"]),
        ("2. Apfel", ["Apfel"]),
        ("A. Müller kam.", ["A. Müller kam."]),
    ],
)
def test_markers_are_layout(text: str, expected: list[str]) -> None:
    assert prose(text) == expected
    assert prose(text, "keep") == expected


def test_wrapped_lines_are_one_piece() -> None:
    text = (
        "Die Gemeinde hat beschlossen, die alte Brücke im Frühjahr abzureißen und\n"
        "durch eine neue zu ersetzen. Der Bau dauert nach den Plänen des Amtes bis\n"
        "zum 3. Oktober.\n\n"
        "- Der erste Punkt der Liste ist so lang, dass er in eine zweite Zeile\n"
        "  laufen muss.\n"
        "- Der zweite nicht.\n"
    )
    assert len(prose(text)) == 3
    assert len(prose(text, "keep")) == 6


def test_a_number_in_mid_sentence_is_no_marker() -> None:
    text = (
        "Nach den Angaben der Behörde kamen zu der Veranstaltung insgesamt nur\n"
        "12. Danach wurden es mehr, und am Ende des Tages waren fast alle da.\n"
    )
    assert len(prose(text)) == 1


def test_verse_is_not_reflowed() -> None:
    text = "Der Abend kommt,\nund still wird es am Fluss,\nwo Boote ruhn."
    assert len(prose(text)) == 3


def test_restore_wants_one_target_for_each() -> None:
    with pytest.raises(ValueError, match="2 targets for 1 prose"):
        restore("a", segment_layout("a"), ["x", "y"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Siehe https://example.org/a_(b)?q=1#x.", ["https://example.org/a_(b)?q=1#x"]),
        ("(mehr unter www.example.org/hilfe)", ["www.example.org/hilfe"]),
        ("Auf europa.eu steht es.", ["europa.eu"]),
        ("Mail an max.muster@example.de!", ["max.muster@example.de"]),
        ("Der Befehl `ls -l` zeigt es.", ["`ls -l`"]),
        ("%1$s hat %d von %s", ["%1$s", "%d", "%s"]),
        ("%(name)s und %HOME%", ["%(name)s", "%HOME%"]),
        ("Hallo {name}, {0} und ${user.id}, {{x}}", ["{name}", "{0}", "${user.id}", "{{x}}"]),
        ("ein <b>fettes</b> Wort<br/>", ["<b>", "</b>", "<br/>"]),
        ("Kind &amp; Kegel&#160;", ["&amp;", "&#160;"]),
        ("in /etc/hosts oder ~/notizen.txt", ["/etc/hosts", "~/notizen.txt"]),
        ("docs/start.md und README.md", ["docs/start.md", "README.md"]),
        (r"unter C:\Daten\x.txt", [r"C:\Daten\x.txt"]),
        ("#Klima und @stadt_kiel sowie @a@b.example", ["#Klima", "@stadt_kiel", "@a@b.example"]),
        ("[Text](docs/x.md)", ["(docs/x.md)"]),
        ("50 % der Fälle, 100%ig, 5 %, 3%d", []),
        ("und/oder, m/w/d, km/h, Bürger/-innen, z.B. a < b und c > d", []),
        ("Nr. 5 & Co. {ein Satz in Klammern} 12.03.2024", []),
        ("Am Ende.Der nächste Satz. Ende.", []),
    ],
)
def test_find_protected(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in find_protected(text)] == expected


@settings(derandomize=True, deadline=None, max_examples=150)
@given(text=st.text(alphabet="ab/.:@#{}<>&;`%$()[]|~-_1 \n", max_size=120) | TEXTS)
def test_protected_spans_are_in_order(text: str) -> None:
    spans = find_protected(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    ["a", "\n", " ", "a. ", "`", "a.", "a@", "{{", "<a", "(](", "~/", "| ", "a\n", "http://", ")"],
)
def test_time_is_linear(text: str) -> None:
    # A quadratic step would take minutes on 200,000 characters; the slowest takes 1 s.
    text = "http://x" + text * (200_000 // len(text))
    started = time.process_time()
    for mode in ("reflow", "keep"):
        segment_layout(text, mode=mode)  # type: ignore[arg-type]
    find_protected(text)
    assert time.process_time() - started < 20


MARKS = "`[]()<>!@:/.&;%$#{}\\~_-+* 1aAsmd"
STARTS = ("http://", "mailto:", "www.", "www.-", "tel:", "doi:", "%(", "${", "&#", "x.de", "C:\\")


@settings(derandomize=True, deadline=None, max_examples=400)
@given(st.lists(st.sampled_from([*MARKS, *STARTS]), max_size=12).map("".join))
def test_what_is_protected_has_a_mark(text: str) -> None:
    assert layout._mark().search(text) or not layout._protected().search(text)
