"""What a generated sentence may not do with the words of its source."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.fidelity import find_unfaithful

QUICK = settings(derandomize=True, deadline=None, max_examples=60)

SOURCE = (
    "Zudem will der Stadtrat (14 Mitglieder) die alte Hafenbrücke bis Herbst sperren, "
    "weil ihre Pfeiler rosten."
)
ENGLISH = "The council will close the old bridge (built in 1903), because its piers are weak."


@pytest.mark.parametrize(
    "text",
    [
        "Zudem will der Stadtrat die alte Hafenbrücke bis Herbst sperren.",
        "Der Stadtrat will die alte Hafenbrücke bis Herbst sperren.",
        "Der Stadtrat (14 Mitglieder) will die alte Hafenbrücke bis Herbst sperren, "
        "weil ihre Pfeiler rosten.",
    ],
)
def test_what_can_go_goes(text: str) -> None:
    assert find_unfaithful(text, [SOURCE], "de") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Der Stadtrat sperrt die alte Hafenbrücke bis Herbst.", 'word: "sperrt"'),
        ("Zudem will der Stadtrat die Hafenbrücke bis Herbst sperren.", 'left out: "alte"'),
        ("Zudem will der Stadtrat die alte Hafenbrücke sperren.", 'left out: "bis Herbst"'),
        ("Zudem will der Stadtrat bis Herbst sperren.", "left out"),
        ("Zudem will die alte Hafenbrücke bis Herbst sperren.", 'left out: "der Stadtrat'),
        ("Die alte Hafenbrücke will der Stadtrat bis Herbst sperren.", "order"),
        ("Der Stadtrat, die Pfeiler, Herbst.", "form: it has no verb"),
        ("Der Stadtrat will die alte Hafenbrücke bis Herbst sperren..", "form: it ends twice"),
        ("will der Stadtrat die alte Hafenbrücke bis Herbst sperren.", "form: it begins"),
        ("Der Stadtrat will die die alte Hafenbrücke bis Herbst sperren.", "form: it says"),
        ("Der Stadtrat will (die alte Hafenbrücke bis Herbst sperren.", "form: a sign"),
        ("Der Stadtrat will.", "form: it is too short"),
        ("Zudem will der Stadtrat die.", 'form: it ends in "die"'),
        ("Der Stadtrat will die Alte Hafenbrücke bis Herbst sperren.", 'word: "Alte"'),
        ("Zudem will der Stadtrat der Stadtrat die alte Hafenbrücke sperren.", "word: "),
    ],
)
def test_what_is_added_lost_or_exchanged_is_found(text: str, reason: str) -> None:
    found = find_unfaithful(text, [SOURCE], "de")
    assert any(finding.startswith(reason) for finding in found), found


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (
            "Der Rat hat heute beschlossen, dass die Brücke bleibt.",
            "Der Rat hat heute beschlossen.",
        ),
        ("Die Stadt baut eine Schule, falls das Land Geld gibt.", "Die Stadt baut eine Schule."),
        ("Der Rat hat dafür gestimmt, was alle freut.", "Der Rat hat dafür gestimmt."),
        ("Alle Personen, die hier wohnen, erhalten Geld.", "Alle Personen erhalten Geld."),
        ("Der Rat bat Ulm, den Bau zu prüfen.", "Der Rat bat Ulm."),
        ("Ulm hat Gäste aus Chur, Bern und Wien.", "Ulm hat Gäste aus Chur und Wien."),
        ("Die Räte und die Gäste sind in Ulm.", "Die Räte die Gäste sind in Ulm."),
        ("Preise (ohne Energie) sind gleich geblieben.", "Preise sind gleich geblieben."),
        ("Ulm will Geld, das hier lag, der Stadt zurückgeben.", "Ulm will Geld, das hier lag."),
        ("Zwölf Gäste aus Ulm und sechs aus Bern sind da.", "Zwölf Gäste aus Ulm sind da."),
    ],
)
def test_what_completes_or_limits_a_sentence_stays(source: str, text: str) -> None:
    assert any(f.startswith("left out") for f in find_unfaithful(text, [source], "de"))


def test_english_sentences_are_held_to_the_same() -> None:
    assert find_unfaithful("The council will close the old bridge.", [ENGLISH], "en") == []
    found = find_unfaithful("The council will close the bridge.", [ENGLISH], "en")
    assert found == ['left out: "old"']


@QUICK
@given(st.integers(0, 10**6))
def test_a_source_says_what_it_says(seed: int) -> None:
    """Of a sentence itself nothing is wrong; with its content words shuffled, something is."""
    assert find_unfaithful(SOURCE, [SOURCE], "de") == []
    words = SOURCE.rstrip(".").split()
    shuffled = words[:]
    random.Random(seed).shuffle(shuffled)
    if shuffled != words:
        assert find_unfaithful(" ".join(shuffled) + ".", [SOURCE], "de")
