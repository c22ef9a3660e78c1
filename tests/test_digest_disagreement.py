"""Which figures contradict each other: a false contradiction is worse than a missed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from summlib import store
from summlib.digest import digest
from summlib.digest.concepts import ConceptReader
from summlib.digest.disagreement import Row, tabulate
from summlib.digest.reading import read_paper, read_sentences
from summlib.errors import ModelError
from summlib.records import Document
from summlib.text.lexicon import Lexicon
from summlib.translator import LEXICON

SEEDS = Path(__file__).resolve().parents[1] / "seeds"


@pytest.fixture(scope="module", params=["lexicon", "stems"])
def reader(request: pytest.FixtureRequest) -> ConceptReader:
    if request.param == "stems":
        return ConceptReader()
    try:
        return ConceptReader(Lexicon.open(store.find("de-en").path / LEXICON))
    except ModelError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def lexicon(bundled_model: Path) -> ConceptReader:
    return ConceptReader(Lexicon.open(bundled_model / LEXICON))


REST = "In der Stadt Ulm beraten die Räte seit Wochen über den Umbau der alten Schule am Markt."


def rows(reader: ConceptReader, *texts: str, lang: str = "") -> list[Row]:
    papers = [read_paper(n, Document(f"{text} {REST}", lang=lang)) for n, text in enumerate(texts)]
    return tabulate(read_sentences(papers, reader))


def differences(reader: ConceptReader, *texts: str, lang: str = "") -> list[set[int]]:
    found = [row for row in rows(reader, *texts, lang=lang) if row.differs]
    return [{int(f.value[-1]) for f in row.figures} for row in found]


CONTRADICTORY = [
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Für den Umbau der Schule sind Kosten von 18,5 Millionen Euro vorgesehen."),
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Der Umbau der Schule wird nach Angaben des Kämmerers 23 Millionen Euro kosten."),
    ("Zur Demonstration auf dem Markt kamen 340 Menschen.",
     "Auf dem Markt kamen zur Demonstration 400 Teilnehmer zusammen."),
    ("Zur Demonstration auf dem Markt kamen mehr als 600 Menschen.",
     "Zur Demonstration auf dem Markt kamen laut Polizei 350 Menschen."),
    ("Bei dem Unfall auf der Brücke wurden 12 Menschen verletzt.",
     "Bei dem Unfall auf der Brücke wurden 17 Menschen verletzt."),
    ("Die neue Brücke wird am 3. Mai für den Verkehr geöffnet.",
     "Am 10. Mai wird die neue Brücke für den Verkehr geöffnet."),
    ("Die Arbeitslosenquote im Kreis sank auf 4,1 Prozent.",
     "Im Kreis sank die Arbeitslosenquote auf 4,3 Prozent."),
    ("Der Rat stimmte dem Haushalt mit 23 zu 14 Stimmen zu.",
     "Mit 22 zu 15 Stimmen stimmte der Rat dem Haushalt zu."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), CONTRADICTORY)
def test_contradictions_are_found(lexicon: ConceptReader, one: str, other: str) -> None:
    assert len(differences(lexicon, one, other)) == 1
    assert differences(lexicon, other, one) == differences(lexicon, one, other)


COMPATIBLE = [
    # rounded or hedged
    ("Der Umbau der Schule kostet rund 20 Millionen Euro.",
     "Der Umbau der Schule kostet 19,8 Millionen Euro."),
    ("Zur Demonstration kamen mehr als 300 Menschen.", "Zur Demonstration kamen 340 Menschen."),
    ("Zur Demonstration kamen fast 400 Menschen.", "Zur Demonstration kamen 380 Menschen."),
    ("Die Halle fasst bis zu 80 Gäste.", "Die Halle fasst 60 Gäste."),
    # another thing
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Der Neubau der Schule kostet 31 Millionen Euro."),
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Der Umbau des Rathauses kostet 12 Millionen Euro."),
    ("In Ulm kamen 340 Menschen zur Demonstration.",
     "In Köln kamen 400 Menschen zur Demonstration."),
    ("Der Verein Blau-Weiß hat 340 Mitglieder.", "Der Verein Concordia hat 410 Mitglieder."),
    ("Der Umbau der Schule kostet 20 Millionen Euro.", "Der Umbau der Schule dauert 18 Monate."),
    ("Bei dem Unfall wurden 12 Menschen verletzt.", "Bei dem Unfall starben 17 Menschen."),
    # another time
    ("Im Jahr 2023 kamen 340 Besucher ins Museum der Stadt.",
     "Im Jahr 2024 kamen 400 Besucher ins Museum der Stadt."),
    ("Am 3. Mai kamen 340 Menschen zur Demonstration auf den Markt.",
     "Am 10. Mai kamen 400 Menschen zur Demonstration auf den Markt."),
    ("2023 konnten in Hollerstedt 23 Prozent der Kinder nicht schwimmen.",
     "In der Stadt können 38 Prozent der Kinder nicht schwimmen."),
    ("In Hollerstedt können 23 Prozent der Kinder nicht schwimmen.",
     "In der Stadt können 38 Prozent der Kinder nicht schwimmen."),
    # a part, a rate, a former figure
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Davon kostet der Umbau der Schule allein 8 Millionen Euro."),
    ("Die Stadt zahlt für die Miete der Halle 20.000 Euro.",
     "Die Stadt zahlt für die Miete der Halle 60.000 Euro im Jahr."),
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Der Umbau der Schule kostet 20 statt der zunächst geplanten 17 Millionen Euro."),
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Ursprünglich sollte der Umbau der Schule 17 Millionen Euro kosten."),
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Der Umbau der Schule kostet nicht 17 Millionen Euro."),
    # one document gives both
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Nach einem Gutachten kostet der Umbau der Schule 17 Millionen Euro. Die Stadt rechnet für "
     "den Umbau der Schule mit Kosten von 20 Millionen Euro."),
    # several figures of a sort in one sentence
    ("Für den Umbau der Schule zahlt das Land 8 Millionen Euro und der Bund 3 Millionen Euro.",
     "Für den Umbau der Schule zahlt das Land 3 Millionen Euro und der Bund 8 Millionen Euro."),
    # too different to be one thing
    ("Der Umbau der Schule kostet 20 Millionen Euro.",
     "Der Umbau der Schule kostet jeden Bürger 90 Euro."),
    # dates of different things
    ("Die neue Brücke wird am 3. Mai für den Verkehr geöffnet.",
     "Die alte Brücke wird am 10. Mai für den Verkehr gesperrt."),
    ("Der Stadtrat von Ulm trat am 3. Mai zusammen.",
     "Der Stadtrat von Ulm tritt am 10. Juni wieder zu einer Sitzung zusammen."),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), COMPATIBLE)
def test_what_can_both_be_true_is_no_contradiction(
    reader: ConceptReader, one: str, other: str
) -> None:
    assert differences(reader, one, other) == []
    assert differences(reader, other, one) == []


def test_one_document_does_not_contradict_itself(reader: ConceptReader) -> None:
    text = "Der Umbau der Schule kostet {} Millionen Euro."
    assert differences(reader, f"{text.format(20)} {text.format(18)}") == []


def test_english(reader: ConceptReader) -> None:
    one = "The new bridge across the river costs 20 million euros."
    other = "According to the ministry, the new bridge across the river costs 23 million euros."
    assert differences(reader, one, other, lang="en") == [{20_000_000, 23_000_000}]
    assert differences(reader, one, one.replace("20", "about 20"), lang="en") == []


def test_a_date_that_one_document_gives_up_is_shown(reader: ConceptReader) -> None:
    old = "Die neue Brücke wird am 3. Mai für den Verkehr geöffnet."
    new = "Die neue Brücke wird nicht am 3. Mai, sondern erst am 10. Mai für den Verkehr geöffnet."
    assert differences(reader, old, new) == [{3, 10}]


def test_three_values_stand_in_one_row(reader: ConceptReader) -> None:
    text = "Zur Demonstration auf dem Markt kamen {} Menschen."
    found = [r for r in rows(reader, *(text.format(n) for n in (340, 400, 520, 340))) if r.differs]
    assert len(found) == 1
    assert [[int(f.value[0]) for f in value] for value in found[0].values] == [
        [340, 340], [400], [520],
    ]  # fmt: skip


@pytest.mark.parametrize("name", sorted(p.name for p in SEEDS.iterdir() if p.is_dir()))
def test_a_document_does_not_contradict_its_translation_or_summary(
    lexicon: ConceptReader, name: str
) -> None:
    for files in (
        ("de.txt", "en.txt"),
        ("de.txt", "summary.de.txt"),
        ("en.txt", "summary.en.1.txt"),
    ):
        texts = [(SEEDS / name / file).read_text(encoding="utf-8") for file in files]
        papers = [read_paper(n, Document(text)) for n, text in enumerate(texts)]
        found = [r for r in tabulate(read_sentences(papers, lexicon)) if r.differs]
        assert found == []


def test_differences_are_cited_on_both_sides(bundled_model: Path) -> None:
    made = digest([f"{one} {REST}" for one in CONTRADICTORY[2]], target_lang="de")
    (entry,) = made.contradictions
    assert str(entry) == "340 Menschen [1], 400 Menschen [2]"
