"""Verbs joined with the particles that they left at the end of the clause."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.separable import find_separated, join_separated
from summlib.training.separable import learn_separable

JOINED = [
    ("Die Stadt baut ihr Netz aus.", "Die Stadt ausbaut ihr Netz."),
    (
        "Sie stellt es von Erdgas auf Flusswasser, Abwärme und Holz um.",
        "Sie umstellt es von Erdgas auf Flusswasser, Abwärme und Holz.",
    ),
    (
        "19 Prozent steuert ein Heizkraftwerk bei; der Rest fällt weg.",
        "19 Prozent beisteuert ein Heizkraftwerk; der Rest wegfällt.",
    ),
    ("Nehmen Sie am Treffen teil?", "Teilnehmen Sie am Treffen?"),
    (
        "Er fing an und hörte um 16:30 Uhr wieder auf, sagte sie.",
        "Er anfing und aufhörte um 16:30 Uhr wieder, sagte sie.",
    ),
    ("„Das geht aus dem Bericht hervor“, so Meyer.", "„Das hervorgeht aus dem Bericht“, so Meyer."),
]

KEPT = [
    "Er sagte, dass sie das Netz ausbaut.",
    "Das Haus steht auf dem Berg.",
    "Von 2028 an soll sie 34 Prozent des Bedarfs decken.",
    "Nach und nach kamen alle.",
    "Die Armee bereitstellen will, bleibt ihr frei.",
    "Wir überprüfen die Angaben ab und zu überall.",
    "an",
    "Auf!",
    "",
]


@pytest.mark.parametrize(("text", "joined"), JOINED)
def test_a_particle_goes_before_its_verb(text: str, joined: str) -> None:
    assert join_separated(text) == joined


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_such_verb_stays(text: str) -> None:
    assert join_separated(text) == text


WORDS = ("stellt", "Nimmt", "baut", "an", "aus", "um", "teil", ",", ".", ";", "und", "Das", "3")


@given(st.lists(st.sampled_from(WORDS)))
def test_no_letter_is_lost(words: list[str]) -> None:
    text = " ".join(words)
    for pair in find_separated(text):
        assert pair.word.lower() == (pair.particle.of(text) + pair.verb.of(text)).lower()
    kept = [sorted(t.lower().replace(" ", "")) for t in (text, join_separated(text))]
    assert kept[0] == kept[1]


def test_particles_are_learnt_from_infinitives_and_joined_forms() -> None:
    text = {"auszubauen": 3, "bauen": 9, "baut": 5, "überzugeben": 0, "nimmt": 40}
    joined = {"annimmt": 3, "aufnimmt": 3, "teilnimmt": 2, "übernimmt": 9}
    other = {"bestimmten": 50, "mitbestimmten": 4, "vorbestimmten": 4}
    forms = learn_separable(text | joined | other)
    assert forms["baut"] == {"aus"}
    assert forms["nimmt"] == {"an", "auf", "teil"}
    assert "bestimmten" not in forms
