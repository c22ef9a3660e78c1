"""What the digest is made of: repeats, subjects, speakers, figures, wording, layout."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.digest import digest
from summlib.digest.briefing import Citation, Entry, Source, Statement, Value, cite
from summlib.digest.concepts import ConceptReader, coverage, weighted
from summlib.digest.duplicates import find_repeats, witnesses
from summlib.digest.figures import agree, find_figures
from summlib.digest.layout import Digest, markdown, plain
from summlib.digest.speakers import AUTHOR, find_speakers
from summlib.digest.subject import find_subject, profile
from summlib.digest.wording import around, spell_number, spell_unit, spell_value
from summlib.errors import EmptyDocument
from summlib.prose import read_prose
from summlib.records import Document, Sentence
from summlib.report import render_digest
from summlib.text.lexicon import Lexicon
from summlib.translator import LEXICON

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
READER = ConceptReader()


def figures(line: str, lang: str = "de"):
    return find_figures(line, lang, sentence=0, concepts=READER.read(line, lang))


# Repeats

WORDS = tuple("abcdefghijklmn")
LONG = " ".join(f"{word}{n}" for n in range(12) for word in WORDS)


def test_a_lightly_edited_text_repeats() -> None:
    words = LONG.split()
    words[10::25] = ["anders"] * len(words[10::25])
    edited = " ".join([*words[:-8], "ganz", "neue", "Worte"])
    first, second = find_repeats([LONG, edited])
    assert first is None
    assert second is not None
    assert second.of == 0
    assert 0.6 < second.share < 1


def test_a_cut_out_part_repeats_whatever_the_order() -> None:
    part = " ".join(LONG.split()[30:70])
    for texts, whole in (([part, LONG], 1), ([LONG, part], 0)):
        found = find_repeats(texts)
        assert found[whole] is None
        repeat = found[1 - whole]
        assert repeat is not None
        assert (repeat.of, repeat.share) == (whole, 1.0)


def test_copies_of_copies_are_one_group() -> None:
    words = LONG.split()
    versions = [" ".join(words[n * 25 :] + [f"neu{n}{i}" for i in range(n * 25)]) for n in range(4)]
    assert [r.of if r else None for r in find_repeats(versions)] == [None, 0, 0, 0]


def test_reports_of_one_event_written_apart_do_not_repeat() -> None:
    names = ("rathaus", "verein", "kommentar")
    texts = [(SEEDS / f"hallenbad-{n}" / "de.txt").read_text(encoding="utf-8") for n in names]
    assert find_repeats(texts) == [None, None, None]


def test_empty_and_tiny_texts() -> None:
    assert find_repeats([]) == []
    assert find_repeats(["", "Ja.", ""]) == [None, None, None]


def test_witnesses() -> None:
    said = "Der Rat hat am Abend die Sanierung des alten Bades am Markt beschlossen."
    other = "Beschlossen ist die Sanierung des Bades."
    assert witnesses([0, 1], [said, other], [0, 1]) == 2
    assert witnesses([0, 1], [said, other], [0, 0]) == 1, "one prints the other's text"
    assert witnesses([0, 1, 2], [said, said, other], [0, 1, 2]) == 2, "word for word"
    assert witnesses([0, 1], ["Es regnet.", "Es regnet."], [0, 1]) == 2, "too short to be copied"


# Subjects


def profiles(model: Path, *files: Path):
    found = []
    reader = ConceptReader(Lexicon.open(model / LEXICON))
    for file in files:
        lang = file.stem
        prose = read_prose(Document(file.read_text(encoding="utf-8")), lang)
        found.append(profile([reader.read(line, lang) for line in prose.lines]))
    return found


def test_the_subject_is_where_documents_lie_closest(bundled_model: Path) -> None:
    events = sorted(SEEDS.glob("hallenbad-*/de.txt"))
    others = [f for f in sorted(SEEDS.glob("*/de.txt")) if f not in events]
    files = [*others[:7], *events, *others[7:]]
    assert find_subject(profiles(bundled_model, *files), ["de"] * len(files)) == [7, 8, 9, 10, 11]


def test_nothing_alike_is_no_subject(bundled_model: Path) -> None:
    files = [SEEDS / name / "de.txt" for name in ("herzstudie", "bahnstrecke", "landtag-haushalt")]
    assert find_subject(profiles(bundled_model, *files), ["de"] * 3) == []


# Speakers


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("„Das reicht uns nicht“, sagte Bürgermeisterin Anna Kolb.", "Anna Kolb"),
        ("Der Vorsitzende der Liste, Malte Diek, warf dem Rat Untätigkeit vor.", "Malte Diek"),
        ("Kämmerer Dr. Tobias Rein betonte, dass keine Steuern steigen.", "Tobias Rein"),
        ("Innenminister Kai Rosen (CDU) entgegnete, das Land habe gezahlt.", "Kai Rosen"),
        ("Dass es teuer werde, weist Ministerin Ute Olm (parteilos) zurück.", "Ute Olm"),
        ("Ein Sprecher der Polizei erklärte, es sei ruhig geblieben.", "Sprecher der Polizei"),
        ("Nach Angaben der Feuerwehr waren 40 Helfer im Einsatz.", "Feuerwehr"),
        ("Dem Gutachten zufolge ist die Decke beschädigt.", "Gutachten"),
        ("Die Gewerkschaft fordert mehr Lohn.", "Gewerkschaft"),
        # nobody speaks
        ("Die Sanierung kostet zwei Millionen Euro.", ""),
        ("Das Konzept stellte eine Gruppe von Firmen in Berlin vor.", ""),
        ("Das Wetter spricht für einen Ausflug.", ""),
        ("Kritischer wird es im Herbst.", ""),
        ("Die Zahlen nennt der Bericht im Anhang.", ""),
    ],
)
def test_german_speakers(line: str, name: str) -> None:
    (speaker,) = find_speakers([line], "de")
    assert (speaker.name if speaker else "") == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("“We cannot wait,” said Mayor Anna Kolb.", "Anna Kolb"),
        ("Finance minister Dr. Renate Holler (CDU) defended the borrowing.", "Renate Holler"),
        ("The leader, Malte Diek, on the other hand, accused the council.", "Malte Diek"),
        ("According to the police, 340 people came.", "police"),
        ("The renovation costs two million euros.", ""),
    ],
)
def test_english_speakers(line: str, name: str) -> None:
    (speaker,) = find_speakers([line], "en")
    assert (speaker.name if speaker else "") == name


def test_reported_speech_goes_on_with_the_speaker_before() -> None:
    lines = [
        "Rätin Ute Kolb warnt vor Eile.",
        "Man habe noch Zeit.",
        "„Wir warten bis zum Herbst.“",
        "Den Vorwurf der Trägheit wies sie zurück.",
        "Der Rat tagte drei Stunden.",
        "Es gebe keinen Streit.",
    ]
    assert [bool(s) for s in find_speakers(lines, "de")] == [True] * 4 + [False] * 2


def test_reported_speech_with_a_speaker_of_its_own_does_not_go_on() -> None:
    lines = [
        "Rätin Ute Kolb warnt vor Eile.",
        "Wer warte, verliere Geld, kritisierte die Opposition.",
    ]
    assert [s.name for s in find_speakers(lines, "de") if s] == ["Ute Kolb", "Opposition"]


def test_the_writers_speak_for_themselves() -> None:
    first, second = find_speakers(
        ["Wir fordern eine Halle.", "„Wir fordern es“, sagte Ute Kolb."], "de"
    )
    assert first is not None
    assert first.key == AUTHOR
    assert second is not None
    assert second.name == "Ute Kolb"


def test_names_are_one_speaker_in_both_languages() -> None:
    (german,) = find_speakers(["„Nein, das geht nicht“, sagte Wiebke Harms."], "de")
    (english,) = find_speakers(["“No, that will not do,” Wiebke Harms said."], "en")
    assert german is not None
    assert english is not None
    assert german.key == english.key


# Figures


@pytest.mark.parametrize(
    ("line", "kind", "value", "marks"),
    [
        ("Das kostet 18,5 Mio. Euro.", "amount", ["18500000"], set()),
        ("Davon zahlt das Land 6 Millionen Euro.", "amount", ["6000000"], {"davon"}),
        ("Die Miete beträgt 640.000 Euro im Jahr.", "amount", ["640000"], {"rate"}),
        ("Der Etat stieg im Jahr 2024 auf 640.000 Euro im Jahr 2025.", "amount", ["640000"], set()),
        ("Es kamen 1.260 Gäste.", "count", ["1260"], set()),
        ("Mit 23 zu 14 Stimmen beschlossen.", "votes", ["23", "14"], set()),
        ("Am 3. Mai 2026 ist Schluss.", "date", ["2026", "5", "3"], set()),
        ("Im April 2028 ist Schluss.", "month", ["2028", "4"], set()),
    ],
)
def test_figures(line: str, kind: str, value: list[str], marks: set[str]) -> None:
    figure = next(f for f in figures(line) if f.kind == kind)
    assert [str(int(v)) for v in figure.value] == value
    assert figure.marks == marks


@pytest.mark.parametrize(
    ("line", "former"),
    [
        ("Das kostet 20 statt 17 Millionen Euro.", {17}),
        ("Ursprünglich sollte das 17 Millionen Euro kosten.", {17}),
        ("Das Bad schließt nicht am 1. Juni, sondern am 15. Juni.", {1}),
        ("Das kostet 20 Millionen Euro.", set()),
        ("The bridge opens not on 3 May but on 10 May.", {3}),
    ],
)
def test_former_figures(line: str, former: set[int]) -> None:
    lang = "en" if line.startswith("The") else "de"
    found = {f for f in figures(line, lang) if f.former}
    assert {int(f.value[-1] if f.dated else f.value[0] / 10**6) for f in found} == former


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("rund 400 Gäste", "385 Gäste", True),
        ("mehr als 300 Gäste", "340 Gäste", True),
        ("fast 400 Gäste", "390 Gäste", True),
        ("fast 400 Gäste", "410 Gäste", False),
        ("340 Gäste", "400 Gäste", False),
        ("1.234 Gäste", "1.230 Gäste", True),
        ("1.234 Gäste", "1.235 Gäste", False),
        ("am 3. Mai", "am 3. Mai 2026", True),
        ("am 3. Mai 2025", "am 3. Mai 2026", False),
    ],
)
def test_agreement_of_figures(one: str, other: str, both: bool) -> None:
    (left,), (right,) = figures(f"Es waren {one}."), figures(f"Es waren {other}.")
    assert agree(left, right) is agree(right, left) is both


def test_numbers_in_words_of_the_briefing() -> None:
    (amount,) = figures("Das kostet rund 2,6 Mrd. Euro.")
    assert spell_value(amount, "en") == "about 2.6 billion"
    assert spell_value(amount, "de") == "rund 2,6 Milliarden"
    assert spell_unit(amount, "en", rendered="", source_lang="de") == "euros"
    (day,) = figures("Am 3. Mai 2026 ist Schluss.")
    assert (spell_value(day, "en"), spell_value(day, "de")) == ("3 May 2026", "3. Mai 2026")
    assert spell_number(Decimal("1234567"), "en") == "1,234,567"
    assert spell_number(Decimal("1000000"), "de") == "1 Million"
    assert spell_number(Decimal("18.5e6"), "en") == "18.5 million"
    assert spell_number(Decimal("3" * 40), "en").replace(",", "") == "3" * 40


def test_what_is_counted_is_taken_from_the_translation() -> None:
    (count,) = figures("Es kamen 340 Leute.")
    said = {"rendered": "On Tuesday, 340 people came.", "source_lang": "de"}
    assert spell_unit(count, "en", **said) == "people"
    assert spell_unit(count, "de", rendered="", source_lang="de") == "Leute"


def test_long_sentences_are_cut_around_the_figure() -> None:
    (amount,) = figures("Das kostet 20 Millionen Euro.")
    text = (
        f"{'It rains and rains, ' * 9}and the pool costs 20 million euros, {'which is much, ' * 9}"
    )
    part = around(text, amount, "en")
    assert "20 million euros" in part
    assert len(part) < 130
    assert part.startswith("…")
    assert around("It costs 20 million euros.", amount, "en") == "It costs 20 million euros."


# Concepts


def test_rare_words_count_more_than_common_ones() -> None:
    lines = ["Die Stadt saniert das Hallenbad.", "Die Stadt baut Schulen.", "Die Stadt feiert."]
    first, *_ = weighted([READER.read(line, "de") for line in lines])
    weights = {c.word: c.weight for c in first.items}
    assert weights["Stadt"] < weights["Hallenbad"]


def test_a_long_sentence_covers_a_short_one_and_not_the_reverse() -> None:
    long, short = "Der Verbrauch sinkt um die Hälfte, die Kosten auch.", "Der Verbrauch sinkt."
    one, other = READER.read(long, "de"), READER.read(short, "de")
    assert coverage(other, one) == 1.0
    assert coverage(one, other) < 0.8


def test_compounds_meet_their_heads(bundled_model: Path) -> None:
    reader = ConceptReader(Lexicon.open(bundled_model / LEXICON))
    whole, part = reader.read("die Stadtverwaltung", "de"), reader.read("die Verwaltung", "de")
    other = reader.read("die Stadt", "de")
    assert coverage(part, whole) > coverage(other, whole)
    assert coverage(reader.read("the school", "en"), reader.read("die Schulen", "de")) == 1.0


# Layout

PLACE = Sentence("Ja | <b>.", 0, 9)
MADE = Digest(
    agreed=(Statement("It *costs* | <b>much</b>.", (Citation(1, PLACE), Citation(2, PLACE)), 2),),
    positions=(Statement("No.", (Citation(2, PLACE),), speaker="<i>Kolb</i>"),),
    reported=(),
    figures=(
        Entry("A | b", "amount", (Value("20 million", "euros", (Citation(1, PLACE),)),
                                  Value("18.5 million", "euros", (Citation(2, PLACE),)))),
        Entry("<c>", "count", (Value("340", "people", (Citation(1, PLACE),)),)),
    ),
    sources=(Source(1, "a.txt", "T <1>", "de", 9),
             Source(2, "b.txt", "", "en", 8, "repeat", 1, "x")),
    target_lang="en",
    signature="s",
    notes=("<n>",),
)  # fmt: skip


def test_markdown_keeps_its_table_whole() -> None:
    text = markdown(MADE, sources=True)
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == 3
    assert all(row.replace(r"\|", "").count("|") == 5 for row in rows)
    assert r"It \*costs\* \| \<b\>much\</b\>. [1][2]" in text
    assert "**20 million euros** [1], **18.5 million euros** [2]" in text


def test_plain_text_shows_sources_when_asked() -> None:
    assert "0:9 Ja | <b>." in plain(MADE, sources=True)
    assert "0:9" not in plain(MADE)
    assert max(map(len, plain(MADE).splitlines())) <= 88


def test_many_citations_are_counted() -> None:
    cited = [Citation(n, PLACE) for n in range(500, 0, -1)]
    assert cite(cited) == "[1][2][3][4][5][6] and 494 more"


# Whatever is given

TEXT = st.text(
    alphabet=st.sampled_from("aäbe ENRst„“\"'.,:;!?()[]<>%€0123456789\n-–/|*_#"), max_size=120
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(TEXT, max_size=4))
def test_no_text_makes_it_raise_and_citations_fit(texts: list[str]) -> None:
    try:
        made = digest([Document(text, lang="de") for text in texts], target_lang="de")
    except EmptyDocument:
        return
    for citation in [c for s in made.statements for c in s.citations]:
        place = citation.sentence
        assert texts[citation.document - 1][place.start : place.end] == place.text
    assert len(made.sources) == len(texts)
    assert plain(made)
    assert markdown(made)
    assert render_digest(made, texts)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(max_size=200), st.sampled_from(["de", "en"]))
def test_no_line_makes_the_readers_raise(text: str, lang: str) -> None:
    line = " ".join(text.split())
    found = find_figures(line, lang, sentence=0, concepts=READER.read(line, lang))
    assert all(0 <= f.start < f.end <= len(line) for f in found)
    assert len(find_speakers([line, line], lang)) == 2
