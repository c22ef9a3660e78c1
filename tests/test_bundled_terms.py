"""The list of terms that the model is told: its form, its reach, and what it is good for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from summlib import Translator
from summlib.text.blocks import find_blocks
from summlib.text.glossary import Glossary, bundled_blocks, bundled_glossary, bundled_terms
from summlib.text.lexicon import Entry, Lexicon
from summlib.text.masks import unmask
from summlib.text.nounsenses import set_phrases
from summlib.text.plurals import pluralize
from summlib.text.told import find_told

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "summlib" / "text" / "data" / "terms.de-en.tsv"
LEXICON = Lexicon.open(ROOT / "models" / "de-en" / "lexicon.rows").layered(bundled_terms())

row = str.split
AMBIGUOUS = set(
    row(
        """Abgeordneter Absatz Abzug Anlage Anschlag Anstalt Aufgabe Auflage Auflauf Ausschlag Bank
    Bauer Berufung Bescheid Beteiligung Bremse Decke Einsatz Entwurf Erde Fall Feder Flügel Gang
    Gericht Geschoss Hahn Kiefer Kosten Kreis Lage Land Leiter Linse Mangel Mark Mutter Nagel
    Niederschlag Note Ordnung Pass Post Promotion Rat Raum Rezept Satz Schild Schloss Schein
    Schlange See Spitze Stelle Steuer Stimme Stock Strom Tafel Ton Tor Unterhalt Verband Vorsitz
    Wahl Weiche Zug"""
    )
)
"""Words whose English depends on what they stand in."""

SENTENCES = [
    ("Die Stadt will das Netz der Fernwärme ausbauen.", "district heating"),
    ("Der Antrag wurde bei drei Enthaltungen angenommen.", "abstention"),
    ("Das neue Rechenzentrum verbraucht viel Strom.", "data center"),
    ("Die Stadtwerke haben die Preise erhöht.", "municipal utilities"),
    ("Die Stichwahlen sind im Juni.", "runoff election"),
    ("Vor dem Amtsgericht begann am Montag der Prozess.", "local court"),
    ("Wegen einer Sturmflut wurden die Deiche gesperrt.", "dike"),
    ("In den Kläranlagen fehlt es an Personal.", "wastewater treatment plant"),
    ("Die Lokführer haben den Streik beendet.", "train driver"),
    ("Der Betriebsrat lehnt die Pläne ab.", "works council"),
    ("Die Bürgermeister fordern mehr Radschnellwege.", "cycle highway"),
    ("An den Bahnsteigen warteten Hunderte.", "platform"),
    ("Die Hebammen bekommen mehr Geld.", "midwife"),
    (
        "In der Nacht fiel in drei Orten der Strom aus; Grund des Stromausfalls war ein Sturm.",
        "power outage",
    ),
    ("Nach dem Erdrutsch ist die Straße gesperrt.", "landslide"),
    ("Der Pendler fährt jeden Tag zwei Stunden.", "commuter"),
    ("Viele Wahlberechtigte wählten per Brief.", "eligible voter"),
    ("Das Hallenbad bleibt bis Ostern geschlossen.", "indoor pool"),
    ("Forscher haben zwei Stammzellen untersucht.", "stem cell"),
    ("Die Tarifverträge gelten bis Ende des Jahres.", "collective agreement"),
    ("Der Landkreis baut zwei neue Umspannwerke.", "substation"),
    ("Die Feuerwehr rettete zwei Fledermäuse.", "bat"),
    ("Das Land plant einen Nachtragshaushalt.", "supplementary budget"),
    ("Er wurde zu einer Bewährungsstrafe verurteilt.", "suspended sentence"),
]
"""Sentences with the English that must stand for one of their words."""

HONOURED = 22
"""Of these so many at least; without the list it was 8 of 24."""


def rows() -> list[list[str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def told(sentence: str, lexicon: Lexicon = LEXICON) -> list[str]:
    """Return the terms of a sentence in English."""
    return [hint.translation for hint in find_told(sentence, lexicon, rare=-1)]


def forms(term: str) -> Iterator[str]:
    """Yield what may be its other forms; that of an adjective is the weak one."""
    *before, noun = term.split()
    weak = [re.sub("e[rsn]?$", "en", word) if word[0].isupper() else word for word in before]
    for ending in ("s", "es", "n", "en", "e", "nen"):
        yield " ".join((*weak, noun + ending))
    yield " ".join((*weak, noun))


def test_the_file_is_sorted_and_has_each_word_once() -> None:
    german = [row[0] for row in rows()]
    assert all(a < b for a, b in pairwise(german))
    assert 1000 < len(german) == len(bundled_terms())


def test_each_row_is_german_and_english() -> None:
    for row in rows():
        german, english = row
        assert re.fullmatch(r"[A-Za-zÄÖÜäöü][\wäöüß-]+(?: [\wäöüß-]+)*", german), german
        assert re.fullmatch(r"[A-Za-z0-9][\w'-]*(?: [\w'-]+)*", english), english
        assert german != english  # or the model would not be told


def test_no_term_is_in_the_glossary_as_well() -> None:
    assert not bundled_terms().keys() & bundled_glossary().keys()


def test_no_term_has_several_meanings() -> None:
    assert not AMBIGUOUS & bundled_terms().keys()


def test_each_term_is_found_as_it_stands_and_in_another_form() -> None:
    for term, english in bundled_terms().items():
        both = {english, pluralize(english)}
        assert both & set(told(f"Es geht um {term} und mehr.")), term
        others = [told(f"Es geht um {form} und mehr.") for form in forms(term)]
        assert any(both & set(other) for other in others), term


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Trotz der Erdrutsche fuhren Züge.", ["landslides"]),
        ("In den Altenheimen fehlt Personal.", ["retirement homes"]),
        ("Die beiden Stauseen sind leer.", ["reservoirs"]),
        ("Das Urteil des Oberlandesgerichts steht aus.", ["higher regional court"]),
        ("Bürgerentscheide sind selten.", ["local referendums"]),
        ("Für Wahlberechtigte und Obdachlose", ["eligible voters", "homeless people"]),
        ("Der Lokführer sah die Lokführer.", ["train driver", "train drivers"]),
        ("Das Landgericht und die Landgerichte", ["regional court", "regional courts"]),
        ("Eine einstweilige Verfügung liegt vor.", ["temporary injunction"]),
        ("Die AI-Fabriken und ein UN-Botschafter", ["AI factories"]),
        ("Die STADTWERKE sparen.", ["municipal utilities"]),
        ("Er las das Ende des Buches und lag am Boden.", []),
        ("Die Staats- und Regierungschefs tagen.", []),
        ("Der Rat Kleinwesterhausen tagt.", []),
    ],
)
def test_terms_come_in_their_number(sentence: str, expected: list[str]) -> None:
    assert told(sentence) == expected


def test_the_users_glossary_goes_before() -> None:
    drafter = Translator(threads=1).renderer.drafter
    assert drafter is not None
    draft = drafter.draft("Die Fernwärme wird teurer.", Glossary({"Fernwärme": "heat from afar"}))
    assert draft.text == "Die Fernwärme ⟪heat from afar⟫ wird teurer."
    assert drafter.draft("Die Fernwärme kommt.", Glossary({})).originals == ("district heating",)


def test_a_term_that_is_not_followed_is_no_finding() -> None:
    assert not Glossary(bundled_glossary()).missing("Die Fernwärme wird teurer.", "It gets dearer.")


def test_a_word_is_told_however_common_it_is() -> None:
    common = Lexicon({"Verband": "association|bandage\t12"})
    assert not common.hints("Der Verband klagt.")
    layered = common.layered({"Verband": "federation"})
    assert [hint.translation for hint in layered.hints("Der Verband klagt.")] == ["federation"]
    assert layered.lookup("Verbands") == Entry(
        "Verband", "federation", 12, ("association", "bandage")
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("in a ⟨mask⟩1", "in an expert opinion"),
        ("An ⟨mask⟩2", "A union"),
        ("a ⟨mask⟩3", "a FIFA"),
        ("a ⟨mask⟩4", "an honorary citizen"),
    ],
)
def test_an_article_fits_the_term_put_behind_it(text: str, whole: str) -> None:
    assert unmask(text, ["expert opinion", "union", "FIFA", "honorary citizen"]) == whole


@pytest.fixture(scope="module")
def english() -> list[str]:
    translator = Translator(quick=True, threads=1)
    return [r.text for r in translator.render([german for german, _ in SENTENCES])]


def test_the_model_uses_the_terms(english: list[str]) -> None:
    missed = [
        (german, text)
        for (german, term), text in zip(SENTENCES, english, strict=True)
        if not re.search(rf"\b(?:{term}|{pluralize(term)})\b", text, re.IGNORECASE)
    ]
    assert len(missed) <= len(SENTENCES) - HONOURED, missed


def test_blocks_stand_in_order_once_and_have_no_figures() -> None:
    german = [row[0] for row in block_rows()]
    assert all(a < b for a, b in pairwise(german))
    assert len(german) == len(bundled_blocks()) > 200
    for source, english in block_rows():
        assert source != english
        assert not re.search(r"[\d<>⟨⟩]", source + english), source
        assert not {source} & (
            bundled_terms().keys() | bundled_glossary().keys() | set_phrases().keys()
        )


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Das Schiff sank vor der Küste von Ghana.", ["off the coast of"]),
        ("Sie ging zu Fuß zur Messe.", ["on foot"]),
        ("Zu Fuß kam niemand.", ["on foot"]),
        ("Das Werk liegt nahe der Grenze.", ["near the"]),
        ("Er hob die linke Hand, nicht die Linke-Fahne.", []),
    ],
)
def test_blocks_are_told_as_they_stand(sentence: str, expected: list[str]) -> None:
    assert [hint.translation for hint in find_blocks(sentence)] == expected


def block_rows() -> list[list[str]]:
    """Return the rows of the file of blocks."""
    lines = FILE.with_name("blocks.de-en.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]
