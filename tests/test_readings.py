"""Other ways to say a German sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.attributes import attribute_last
from summlib.text.coordination import SameSubject, find_coordinated
from summlib.text.embedded import Apposed, Embedded, find_apposed, find_embedded
from summlib.text.order import adverbial_before, clause_last, subject_before
from summlib.text.readings import find_readings
from summlib.text.verbforms import in_indicative, in_passive, in_preterite

COMMON = frozenset(("Wohnungen", "Rat", "Stadt", "Plan", "Drohnen", "Gas", "Winter"))


def is_common(word):
    return word in COMMON


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (
            "Die 2019 gegründete Kommission des Landes tagt.",
            "Die Kommission des Landes, die 2019 gegründet wurde, tagt.",
        ),
        (
            "Er lobt die um drei Prozent gestiegenen Preise.",
            "Er lobt die Preise, die um drei Prozent gestiegen sind.",
        ),
        (
            "Das noch heute gepflegte Brauchtum lebt.",
            "Das Brauchtum, das noch heute gepflegt wird, lebt.",
        ),
        (
            "Ein aus Bruchstein gemauerter Turm, der lange stand, ist gefallen.",
            "Ein Turm, der aus Bruchstein gemauert wurde und der lange stand, ist gefallen.",
        ),
        (
            "Von den 27 im Karbon nachgewiesenen Arten sind 8 bekannt.",
            "Von den 27 Arten, die im Karbon nachgewiesen wurden, sind 8 bekannt.",
        ),
        (
            "Über die zu ergreifenden Maßnahmen wird beraten.",
            "Über die Maßnahmen, die zu ergreifen sind, wird beraten.",
        ),
        (
            "Der für Landwirtschaft zuständige Kommissar wich aus.",
            "Der Kommissar, der für Landwirtschaft zuständig ist, wich aus.",
        ),
        (
            "Sie kommen zum Teil aus der 1713 aufgelösten Kapelle.",
            "Sie kommen zum Teil aus der Kapelle, die 1713 aufgelöst wurde.",
        ),
    ],
)
def test_a_participle_goes_behind_its_noun(given_, said):
    assert attribute_last(given_) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "Die neue Brücke kostet mehr.",
        "Die Laute, die im Griechischen vorkommende Zeichen bezeichnen, sind alt.",
        "Die für den 19. September angesetzte Gala entfällt.",
        "Er ist der in Uppsala lebende Neffe der alten, kranken Dichterin.",
        "Das Gesetz gegen das so genannte Verbot gilt.",
        "Mitglieder der über 600 eingetragenen Vereine kamen.",
        "Die von Hubschraubern überflogenen Lastwagen- und Panzer-Konvois kamen an.",
    ],
)
def test_what_is_no_plain_attribute_stays(sentence):
    assert attribute_last(sentence) == sentence


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (
            "Am Montag hat der Rat den Plan beschlossen.",
            "Der Rat hat am Montag den Plan beschlossen.",
        ),
        (
            "In der Nacht trafen sich die Minister in Bern.",
            "Die Minister trafen sich in der Nacht in Bern.",
        ),
        (
            "Dort will die Stadt Wohnungen bauen.",
            "Die Stadt will dort Wohnungen bauen.",
        ),
        (
            "Vom Fachwerkhaus blieb nur die Rückwand stehen.",
            "Nur die Rückwand blieb vom Fachwerkhaus stehen.",
        ),
        (
            "Zehn Jahre später leitete man den Betrieb.",
            "Man leitete zehn Jahre später den Betrieb.",
        ),
        (
            "„Nach dem Spiel waren die Fans müde“, sagte er.",
            "„Die Fans waren nach dem Spiel müde“, sagte er.",
        ),
    ],
)
def test_the_subject_goes_before_its_verb(given_, said):
    assert subject_before(given_, is_common) == said


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Rat hat am Montag den Plan beschlossen.",
        "Dazu gehören der Rat, die Stadt und das Land.",
        "Am Montag wurde der „Rat der Stadt“ gegründet.",
        "In Bayern sind alle nicht geimpften Kinder daheim.",
        "Seit Mai gehört das Haus der Stadt.",
        "Am Montag sagte Dr. Müller aus.",
        "Im Mai gewann Schalke 04 das Spiel.",
        "Zu den in Berlin produzierten Magazinen zählen drei.",
        "In der Stadt liegt die Burg, die 1200 erbaut wurde.",
        "So setzt die Regierung viele Fehler fort.",
        "Dazu kommt die Angst vor dem Krieg.",
        "In der Stadt befindet sich der 1808 eröffnete Alte Friedhof.",
        "Mit ihm.",
    ],
)
def test_where_the_subject_is_not_plain_the_order_stays(sentence):
    assert subject_before(sentence, is_common) == sentence


def test_a_clause_that_opens_goes_last():
    moved = clause_last("Um Schulden zu tilgen, will Finnland Drohnen verkaufen.", is_common)
    assert moved == "Finnland will Drohnen verkaufen, um Schulden zu tilgen."
    told = clause_last("Wie die Polizei mitteilte, war der Wagen deutlich schneller.", is_common)
    assert told == "Der Wagen war deutlich schneller, wie die Polizei mitteilte."
    for kept in ("Als Champion abgetreten, versucht sich der Boxer als Wirt.", "Der Rat tagt."):
        assert clause_last(kept, is_common) == kept


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        (
            "Private Haushalte sparten im Mai viel Gas.",
            "Im Mai sparten private Haushalte viel Gas.",
        ),
        ("Karl drang in Sachsen weiter vor.", "In Sachsen drang Karl weiter vor."),
        ("Das gilt für Stammtische ebenso.", "Für Stammtische gilt das ebenso."),
        ("Den Amtsinhaber forderte in Rastede eine Juristin heraus.", ""),
        ("Rohstoffe werden in Energie, Salze und Elemente geteilt.", ""),
    ],
)
def test_an_adverbial_goes_first(given_, said):
    assert adverbial_before(given_, is_common) == (said or given_)


def test_the_perfect_is_said_as_the_past():
    said = in_preterite("Taucher haben vor Haifa ein altes Schwert geborgen.")
    assert said == "Taucher bargen vor Haifa ein altes Schwert."
    for kept in (
        "Er sagt, dass sie den Antrag der Stadt abgelehnt hat.",
        "Das alte Haus hat lange dem Staat gehört.",
        "Sie hat Zeit.",
    ):
        assert in_preterite(kept) == kept


@pytest.mark.parametrize(
    ("sentence", "halves"),
    [
        (
            "Die Kommission hat den Plan gebilligt und will bald neu bauen.",
            ["Die Kommission hat den Plan gebilligt.", "Die Kommission will bald neu bauen."],
        ),
        (
            "Im Mai schloss Neuer einen Vertrag ab und wurde gleich die Nummer drei.",
            ["Neuer schloss im Mai einen Vertrag ab.", "Neuer wurde gleich die Nummer drei."],
        ),
        (
            "Die Kasse der Gemeinde ist gut gefüllt und die Verwaltung kennt keine Schulden.",
            ["Die Kasse der Gemeinde ist gut gefüllt.", "Die Verwaltung kennt keine Schulden."],
        ),
        (
            "Beim Umzug ging viel Geschirr zu Bruch, die Versicherung kam nicht dafür auf.",
            ["Beim Umzug ging viel Geschirr zu Bruch.", "Die Versicherung kam nicht dafür auf."],
        ),
        ("Der Rat lobt den Plan, den die Stadt und das Land gebilligt haben.", []),
        ("Es soll ihnen nicht das Bier und Motel bezahlt werden.", []),
        ("Wir reden über Geld, und gleichzeitig haben Kinder den Angriff erlebt.", []),
        ("Wir wollen die ganze Stadt sanieren und bauen lassen.", []),
        ("Der Minister wies den Vorwurf zurück, die Regierung habe das Volk belogen.", []),
        ("Und wenn das Ergebnis nicht gut ist, dann müssen wir noch nachsteuern.", []),
    ],
)
def test_clauses_are_parted(sentence, halves):
    assert [half.text for half in find_coordinated(sentence, is_common)] == halves


def test_halves_with_one_subject_name_it_once():
    half = SameSubject("Der Rat will bauen.", 20, " and ", margin=0.7)
    said = half.joined("The council met on Monday.", "The council has to build.")
    assert said == "The council met on Monday and has to build."
    assert half.joined("The council met.", "Met.") == ""
    assert half.joined("The council has met.", "The commission has to build.") == ""
    kept = half.joined("Life is not a good.", "Life is not allowed to be.")
    assert kept == "Life is not a good and is not allowed to be."


def test_a_relative_clause_comes_back_behind_its_noun():
    halves = find_embedded("Die Brücke, die 1944 gesprengt wurde, ist heute ein Denkmal.")
    assert [half.text for half in halves] == [
        "Die Brücke ist heute ein Denkmal.",
        "Die Brücke, die 1944 gesprengt wurde.",
    ]
    assert find_embedded("Im Haus, das brannte, ist niemand.") == ()
    half = Embedded("Die Brücke, die fiel.")
    assert half.joined("Today it is old.", "The bridge that fell.") == ""


def test_an_apposition_comes_back_behind_its_noun():
    halves = find_apposed("Otfried Manske, ein früherer Lehrer, kommt seit 1983.")
    assert [half.text for half in halves] == [
        "Otfried Manske kommt seit 1983.",
        "Otfried Manske ist ein früherer Lehrer.",
    ]
    assert find_apposed("Im Haus, einem Altbau, wohnt niemand.") == ()
    half = Apposed("Basko ist ein Collie.")
    assert half.joined("Basko won.", "A collie he is.") == ""


def test_what_lets_itself_be_done_can_be_done():
    said = in_passive("Am Namen lässt sich ablesen, wer es war.")
    assert said == "Am Namen kann abgelesen werden, wer es war."
    for kept in ("Er lässt sich Zeit.", "Der Minister lässt sich im Mai operieren."):
        assert in_passive(kept) == kept


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("Es fehle an Geld, sagte der Rat.", "Es fehlt an Geld, sagte der Rat."),
        ("Laut Polizei seien zwei geflohen.", "Laut Polizei sind zwei geflohen."),
        ("Man hätte mehr Geld, wenn es regnete, sagte er.", ""),
        ("„Es sei“, sagte er.", ""),
        ("Es lebe der Sport.", ""),
        ("Meine Damen, deswegen fordere ich Sie auf.", ""),
        ("Steuersenkungen würden helfen, meint der Rat.", ""),
    ],
)
def test_reported_speech_is_told_plainly(given_, said):
    assert in_indicative(given_) == (said or given_)


def test_a_sentence_has_several_readings_or_none():
    sentence = "Am Montag hat die Kommission die von der Bank angebotenen Flächen gekauft."
    readings = [reading[0].text for reading in find_readings(sentence, is_common)]
    assert readings == [
        "Die Kommission hat am Montag die von der Bank angebotenen Flächen gekauft.",
        "Am Montag hat die Kommission die Flächen, die von der Bank angeboten wurden, gekauft.",
        "Die Kommission hat am Montag die Flächen, die von der Bank angeboten wurden, gekauft.",
        "Am Montag kaufte die Kommission die von der Bank angebotenen Flächen.",
    ]
    assert find_readings("Es taut.", is_common) == ()


WORDS = st.sampled_from(
    (
        *("Am", "Montag", "hat", "der", "Rat", "den", "Plan", "beschlossen", "und", "will", "die"),
        *(
            "von",
            "Bank",
            "angebotenen",
            "Flächen",
            ",",
            "wurde",
            ".",
            "„",
            "“",
            "2019",
            "sich",
            "das",
        ),
    )
)


@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_orders_keep_every_word(sentence):
    words = sorted(re.findall(r"\w+", sentence.lower()))
    for said in (
        subject_before(sentence, is_common),
        clause_last(sentence, is_common),
        adverbial_before(sentence, is_common),
    ):
        assert sorted(re.findall(r"\w+", said.lower())) == words


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for reading in find_readings(text, is_common):
        assert all(half.text for half in reading)
