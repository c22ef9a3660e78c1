"""Verb phrases in plainer words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text import phrasebook, phrases
from summlib.text.phrasebook import Phrase, parse_phrase, read_rule
from summlib.text.phrases import rephrase

ROWS = """
in Mitleidenschaft ziehen\tbeschädigen
aus|fallen\tgestrichen werden\tzug züge flug flüge unterricht
sich ein|stellen [auf]\tsich vor|bereiten [auf]
sich berufen [auf]\tnennen\tbericht
infrage kommen\tmöglich sein
ein|stellen\tbeenden\tproduktion ermittlung ermittlungen
sich weiten\tgrößer werden
zu Ende gehen\tfertig werden
schützen\tbewahren\tkind kinder
verkehren\tunterwegs sein\tzug züge
"""


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a few rows in the place of the table."""
    rows = ROWS.strip().splitlines()
    assert all(read_rule(row) for row in rows)
    book = phrasebook.Phrasebook(rows)
    monkeypatch.setattr(phrases, "phrasebook", lambda: book)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("Es wurden zwei Autos in Mitleidenschaft gezogen.", "Es wurden zwei Autos beschädigt."),
        ("Der Sturm zog das Dach in Mitleidenschaft.", "Der Sturm beschädigte das Dach."),
        ("Sie hat ihn in Mitleidenschaft gezogen.", "Sie hat ihn beschädigt."),
        ("Ohne ihn in Mitleidenschaft zu ziehen, ging es.", "Ohne ihn zu beschädigen, ging es."),
        ("Am Montag fallen Züge aus.", "Am Montag werden Züge gestrichen."),
        ("Am 3. Mai fiel der Unterricht aus.", "Am 3. Mai wurde der Unterricht gestrichen."),
        ("Die Züge, die ausfielen, fehlen.", "Die Züge, die gestrichen wurden, fehlen."),
        ("Die Flüge sind ausgefallen.", "Die Flüge sind gestrichen worden."),
        ("Der Flug droht auszufallen.", "Der Flug droht gestrichen zu werden."),
        ("Viele müsste man auf Flüge verweisen.", "Viele müsste man auf Flüge verweisen."),
        ("Sie müssen sich auf Regen einstellen.", "Sie müssen sich auf Regen vorbereiten."),
        ("Auf Regen stellt er sich ein.", "Auf Regen bereitet er sich vor."),
        ("Er beruft sich auf einen Bericht.", "Er nennt einen Bericht."),
        ("Er beruft sich auf den Bericht auf der Seite.", "Er nennt den Bericht auf der Seite."),
        ("Das ist infrage gekommen.", "Das ist möglich gewesen."),
        ("Das ist zu Ende gegangen.", "Das ist fertig geworden."),
        ("Der Bericht, auf den er sich berief, fehlt.", "Der Bericht, den er nannte, fehlt."),
        ("Auf den Bericht berief er sich.", "Den Bericht nannte er."),
        ("Der Zug verkehrt, der Bus nicht.", "Der Zug ist unterwegs, der Bus nicht."),
        ("Wenn der Zug verkehrt, hilft das.", "Wenn der Zug unterwegs ist, hilft das."),
        ("Das könne nicht infrage kommen.", "Das könne nicht möglich sein."),
        ("Sie stellten die Produktion ein und gingen.", "Sie beendeten die Produktion und gingen."),
    ],
)
def test_a_phrase_is_said_in_its_form(sentence: str, plain: str) -> None:
    assert rephrase(sentence) == plain


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    "sentence",
    [
        "Die Wahl fällt aus.",  # no cue
        "Die Stadt stellt Lehrer ein.",  # no cue
        "Er stellt sich vor, was kommt.",  # another verb
        "In der weiten Landschaft fühlt er sich wohl.",  # an adjective
        "Er beruft sich auf Bericht und auf Brief.",  # which "auf" is not known
        "Am Markt auf Rat berief er sich.",  # it goes with the noun before it
        "Der Zug fällt auf, der Flug nicht.",  # another particle
        "Die Produktion ist eingestellt.",  # a state
        "",
    ],
)
def test_what_is_not_certain_stays(sentence: str) -> None:
    assert rephrase(sentence) == sentence


def test_a_row_that_cannot_be_carried_out_is_not_read() -> None:
    assert read_rule("stellen\tlegen\t") is None  # a verb alone without cues
    assert read_rule("zu Ende gehen\tsich nähern\t") is None  # nobody knows where "sich" goes
    assert read_rule("sich haben\tbesitzen\t") is None
    assert read_rule("2024\tx\t") is None


def test_the_notation() -> None:
    assert parse_phrase("vor die Tür setzen") == Phrase(
        ("vor", "die", "Tür"), "", "setzen", False, ""
    )
    assert parse_phrase("sich aus|sprechen [für]") == Phrase((), "aus", "sprechen", True, "für")
    assert parse_phrase("Zug") is None


def test_every_row_of_the_table_is_read() -> None:
    rows = phrasebook.rows()
    assert rows
    unread = [row for row in rows if read_rule(row) is None]
    assert not unread
    assert len({row.split("\t")[0] + row.split("\t")[2] for row in rows}) == len(rows)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(rephrase(text), str)


def test_what_holds_no_phrase_stays_to_the_letter() -> None:
    text = "  Der Rat schweigt ,  wie es war ;\nmorgen "
    assert rephrase(text) == text
