"""Idioms and hearsay in plainer German, and what must stay as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import summlib
from summlib.comparison import Adequacy
from summlib.records import Span
from summlib.text.paraphrases import paraphrase
from summlib.text.rewording import reverses

DATA = Path(summlib.__file__).parent / "text" / "data" / "paraphrases.de.tsv"
ROWS = [r for r in DATA.read_text(encoding="utf-8").splitlines() if not r.startswith("#")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bei dem Unfall kamen zwei Menschen ums Leben.", "Bei dem Unfall starben zwei Menschen."),
        ("Er ist gestern ums Leben gekommen.", "Er ist gestern gestorben."),
        ("Das Gericht gab der Klage statt.", "Das Gericht stimmte der Klage zu."),
        ("Dem Antrag wurde stattgegeben.", "Dem Antrag wurde zugestimmt."),
        ("Der Umsatz brach um 20 Prozent ein.", "Der Umsatz sank um 20 Prozent."),
        ("Die Zahl der Unfälle nahm ab.", "Die Zahl der Unfälle sank."),
        ("Die Preise ziehen wieder an.", "Die Preise steigen wieder."),
        ("Das Feuer griff auf das Dach über.", "Das Feuer breitete sich auf das Dach aus."),
        ("Die Arbeiten beginnen erst 2027.", "Die Arbeiten beginnen nicht vor 2027."),
        ("Er kommt erst am 3. Mai.", "Er kommt nicht vor dem 3. Mai."),
        ("Die Firma streicht 40 Stellen.", "Die Firma baut 40 Stellen ab."),
        ("Die Firma stellte 50 Leute ein.", "Die Firma heuerte 50 Leute an."),
        ("Der Zug traf um sechs ein.", "Der Zug kam um sechs an."),
        ("Der Chef nahm im Mai den Hut.", "Der Chef trat im Mai zurück."),
        ("Er kam gegen 22 Uhr.", "Er kam etwa um 22 Uhr."),
        ("Das Projekt steht auf der Kippe.", "Das Projekt ist gefährdet."),
        ("Sie setzte sich gegen drei Bewerber durch.", "Sie gewann gegen drei Bewerber."),
        ("Die Firma schreibt rote Zahlen.", "Die Firma macht Verluste."),
        ("Der Zug fällt heute aus.", "Der Zug wird heute abgesagt."),
        ("Der Fahrer erlag seinen Verletzungen.", "Der Fahrer starb an seinen Verletzungen."),
        ("Er sprach bei vier Enthaltungen.", "Er sprach mit vier Enthaltungen."),
        ("Sie fuhren zum Fuβballspiel.", "Sie fuhren zum Fußballspiel."),
        (
            "In der Nacht zu Montag brannte es.",
            "In der Nacht von Sonntag auf Montag brannte es.",
        ),
        ("In der Nacht zum Montag brannte es.", "In der Nacht von Sonntag auf Montag brannte es."),
    ],
)
def test_idioms_are_said_plainly(sentence: str, expected: str) -> None:
    assert paraphrase(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der Mann soll ihn verletzt haben.", "Der Mann hat ihn angeblich verletzt."),
        ("Dort soll er gewohnt haben.", "Dort hat er angeblich gewohnt."),
        ("Im Mai soll er Geld genommen haben.", "Im Mai hat er angeblich Geld genommen."),
        ("Drei sollen dabei verletzt worden sein.", "Drei sind angeblich dabei verletzt worden."),
        (
            "Der Mann, der sie getötet haben soll, schweigt.",
            "Der Mann, der sie angeblich getötet hat, schweigt.",
        ),
        ("Der Zeuge will das Auto gesehen haben.", "Der Zeuge hat angeblich das Auto gesehen."),
    ],
)
def test_hearsay_is_told_by_an_adverb(sentence: str, expected: str) -> None:
    assert paraphrase(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Dieb brach in das Haus ein.",
        "Er nahm ihm die Arbeit ab.",
        "Es gab Eis statt Kuchen.",
        "Das Ergebnis fällt besser aus.",
        "Die Firma stellte den Motor neu ein.",
        "Er machte sich auf den Weg.",
        "Die Brücke soll bis Mai fertiggestellt sein.",
        "Die Firma soll bis 2030 alle Ziele erreicht haben.",
        "Die Straße soll gesperrt sein.",
        "Die Anbieter sollen Gelegenheit haben.",
        "Wir wollen das geklärt haben.",
        "Er kam in der Nacht an.",
        "Er ging nach Hause zurück.",
        "Der Strom fiel am Abend aus.",
        "Das Gericht wies die Sache an das Amt zurück.",
        "Erst im Mai hatte er das bestritten.",
        "Das fällt in allen Kantonen auf.",
    ],
)
def test_what_means_something_else_stays(sentence: str) -> None:
    assert paraphrase(sentence) == sentence


def test_the_table_is_sound() -> None:
    for row in ROWS:
        columns = row.split("\t")
        assert len(columns) <= 7, row
        for pair in columns[3].split("|") if len(columns) > 3 and columns[3] else []:
            old, _, new = pair.partition(">")
            assert all((old, new, old != new)), row
            assert paraphrase(f"x {old}.") == paraphrase(f"x {new}."), row
        for pattern in columns[4:]:
            re.compile(pattern)


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert re.findall(r"\d", paraphrase(text)) == re.findall(r"\d", text)


def test_omitted_words_are_placed_in_the_sentence_as_given() -> None:
    read, source = "Zwei Menschen starben dort.", "Zwei Menschen kamen dort ums Leben."
    found = Adequacy(3, (Span(14, 21), Span(22, 26)), 2).placed(read, source)
    assert [span.of(source) for span in found.omitted] == ["dort"]
    assert found.placed(source, source) is found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Der Firma droht die Pleite.", "Die Firma gewärtigt die Pleite."),
        ("Dem neuen Chef drohte eine Strafe.", "Der neue Chef gewärtigte eine Strafe."),
        ("Vielen Betrieben drohen hohe Kosten.", "Viele Betrieben gewärtigen hohe Kosten."),
        ("Er stimmte mit 19 zu 5 Stimmen zu.", "Er stimmte mit 19 gegen 5 Stimmen zu."),
        ("Das ist der erste Zug seit 40 Jahren.", "Das ist der erste Zug nach 40 Jahren."),
        ("Sie enthielt sich der Stimme.", "Sie enthaltierte."),
        ("Er glich in der 80. Minute aus.", "Er egalisierte in der 80. Minute."),
    ],
)
def test_threats_tallies_and_firsts_are_read_plainly(source: str, expected: str) -> None:
    assert paraphrase(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Der Konzern droht mit der Schließung der Filiale.",
        "Der Mann drohte der Frau mit einem Messer.",
        "Es droht ein Streik.",
        "Die Mauer droht auf die Straße zu fallen.",
    ],
)
def test_who_threatens_somebody_faces_nothing(source: str) -> None:
    assert paraphrase(source) == source


def test_a_bare_not_is_no_only() -> None:
    source = "Sie öffnen erst am 3. Mai."
    assert reverses(source, "They do not open on 3 May.")
    assert not reverses(source, "They do not open before 3 May.")
    assert not reverses("Sie öffnen nicht am 3. Mai.", "They do not open on 3 May.")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            "Wer nicht zahlt, verliert den Anspruch.",
            "Jeder, der nicht zahlt, verliert den Anspruch.",
        ),
        ("Wer Hilfe braucht, kann sich melden.", "Wer Hilfe braucht, kann sich melden."),
        ("Wer weiß, ob das stimmt?", "Wer weiß, ob das stimmt?"),
        ("Wer hat, der hat.", "Wer hat, der hat."),
    ],
)
def test_whoever_is_everyone_who(source: str, expected: str) -> None:
    assert paraphrase(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Sie sagten, man habe das behoben.", "Sie sagten, sie hätten das behoben."),
        ("Sie sagte, dass man das tue.", "Sie sagte, dass man das tue."),
        ("Es hieß, dass er gegen das Gesetz verstieß.", "Es hieß, dass er das Gesetz verletzte."),
        ("Das verstößt gegen die Regeln.", "Das verletzt die Regeln."),
        ("Sie will früher in Rente.", "Sie will früher in den Ruhestand gehen."),
        ("Das Land zahlt 5 Euro.", "Der Staat zahlt 5 Euro."),
    ],
)
def test_other_turns_are_read_plainly(source: str, expected: str) -> None:
    assert paraphrase(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "Der Konzern läuft auf dem Grund der Krise schlecht.",
        "Die Verletzten mussten ins Krankenhaus gebracht werden.",
        "Wer hinter dem Anschlag steckt, ist noch unklar.",
        "Der Mann drohte der Frau, sie zu verlassen.",
        "Trump sagte erst am Dienstag die Reise ab.",
        "Das Haus steht nicht erst 2015 leer.",
        "Der Anstieg geht auf Zuwanderung zurück.",
        "Hohe Zinsen ziehen Anleger an.",
        "Er hat gegen das Gesetz verstoßen.",
        "Die Partei stellt sich auf Angriffe.",
        "Die Anwältin tritt wieder gegen Weber an.",
        "Einer der Männer drohte der Bank, alles zu verraten.",
    ],
)
def test_what_only_looks_like_a_turn_of_phrase_stays(source: str) -> None:
    assert paraphrase(source) == source


def test_a_reflexive_clause_behind_wobei_becomes_a_main_clause() -> None:
    source = "Das Netz wächst, wobei sich drei neue Orte dem Verbund der Kreise anschließen."
    plain = "Das Netz wächst; drei neue Orte schließen sich dem Verbund der Kreise an."
    assert paraphrase(source) == plain
