"""Participles that open a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.participles import is_participle, participle_last


@pytest.mark.parametrize(
    ("given_", "moved"),
    [
        ("Geklagt hatten zwei Anwohner.", "Zwei Anwohner hatten geklagt."),
        (
            "Abgelehnt wird der Plan hingegen von einigen Verbänden.",
            "Der Plan wird hingegen von einigen Verbänden abgelehnt.",
        ),
        ("Entdeckt hat den Fehler ein Techniker.", "Ein Techniker hat den Fehler entdeckt."),
        ("Betroffen sind vor allem Familien.", "Vor allem Familien sind betroffen."),
        ("Gewonnen hat das Rennen eine Läuferin.", "Eine Läuferin hat das Rennen gewonnen."),
    ],
)
def test_a_participle_goes_behind_its_subject(given_, moved):
    assert participle_last(given_) == moved


@pytest.mark.parametrize(
    "sentence",
    [
        "Verfahren sind teuer.",
        "Gericht und Anwälte haben Zeit.",
        "Unternehmen haben kleine Betriebe gekauft.",
        "Erneut hat die Stadt gewonnen.",
        "Genannt wurden die Lage, die Preise und die Löhne.",
        "Vorgestellt wurden auch das Treffen und der Besuch.",
        "Geladen sind alle bewährten Kräfte.",
    ],
)
def test_what_only_looks_like_it_stays(sentence):
    assert participle_last(sentence) == sentence


@given(st.text(alphabet="Gegtenahd wursi.,", max_size=60))
def test_no_word_is_lost(sentence):
    assert sorted(participle_last(sentence).lower().split()) == sorted(
        sentence.lower().split()
    ) or len(participle_last(sentence).split()) == len(sentence.split())


def test_participles_are_known_by_the_forms_of_their_verbs():
    assert is_participle("abgelehnt")
    assert is_participle("übernommen")
    assert not is_participle("geduld")
    assert not is_participle("unternehmen")
