"""What a generated sentence may not do with the words of its source."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.fidelity import find_unfaithful

QUICK = settings(derandomize=True, deadline=None, max_examples=60)

SOURCE = (
    "Der Stadtrat will die alte Hafenbrücke voraussichtlich bis Herbst sperren, "
    "wie die Sprecherin am Montag sagte."
)
ENGLISH = "The council will probably close the old harbour bridge, the mayor said on Monday."


@pytest.mark.parametrize(
    "text",
    [
        "Der Stadtrat will die Hafenbrücke voraussichtlich bis Herbst sperren.",
        "Der Stadtrat will die Brücke voraussichtlich bis Herbst sperren.",
        "Bis Herbst will der Stadtrat die alte Hafenbrücke voraussichtlich sperren.",
    ],
)
def test_shortened_and_turned_sentences_stand(text: str) -> None:
    assert find_unfaithful(text, [SOURCE], "de") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Der Stadtrat sperrt die Hafenbrücke voraussichtlich bis Herbst.", 'verb: "will"'),
        ("Der Stadtrat will die Hafenbrücke bis Herbst sperren.", 'limit: "voraussichtlich"'),
        ("Der Stadtrat will die Hafenbrücke voraussichtlich sperren.", 'limit: "bis"'),
        ("Der Stadtrat soll die Brücke voraussichtlich bis Herbst sperren.", 'verb: "soll"'),
        ("Der Stadtrat will die Autobahn voraussichtlich bis Herbst sperren.", "word"),
        ("Der Stadtrat will gegen die Brücke voraussichtlich bis Herbst sperren.", "word"),
        ("Montag sagte die Hafenbrücke, wie der Stadtrat die Sprecherin sperren will.", "order"),
        ("Der Stadtrat die Hafenbrücke der Sprecherin.", "form: it has no verb"),
        ("will die Hafenbrücke voraussichtlich bis Herbst sperren.", "form: it begins"),
        ("Der Stadtrat will die die Brücke voraussichtlich bis Herbst sperren.", "form: it says"),
        ("Der Stadtrat will (die Brücke voraussichtlich bis Herbst sperren.", "form: a sign"),
        ("Der Stadtrat will.", "form: it is too short"),
    ],
)
def test_what_is_added_lost_or_exchanged_is_found(text: str, reason: str) -> None:
    found = find_unfaithful(text, [SOURCE], "de")
    assert any(finding.startswith(reason) for finding in found), found


def test_english_sentences_are_held_to_the_same() -> None:
    assert find_unfaithful("The council will probably close the bridge.", [ENGLISH], "en") == []
    found = find_unfaithful("The council will close the bridge.", [ENGLISH], "en")
    assert found == ['limit: "probably" is lost']
    found = find_unfaithful("The council would probably close the bridge.", [ENGLISH], "en")
    assert any(finding.startswith("verb") for finding in found)


def test_a_limit_goes_with_its_clause() -> None:
    source = ["Die Stadt baut eine Schule, falls das Land Geld gibt, und ein Bad."]
    assert find_unfaithful("Die Stadt baut eine Schule.", source, "de") == []
    found = find_unfaithful("Die Stadt baut eine Schule, das Land gibt Geld.", source, "de")
    assert 'limit: "falls" is lost' in found


@QUICK
@given(st.integers(0, 10**6))
def test_a_source_says_what_it_says(seed: int) -> None:
    """Of a sentence itself nothing is wrong; with its content words shuffled, something is."""
    assert find_unfaithful(SOURCE, [SOURCE], "de") == []
    words = SOURCE.rstrip(".").split()
    shuffled = words[:]
    random.Random(seed).shuffle(shuffled)
    back = sum(words.index(a) > words.index(b) for a, b in pairwise(shuffled))
    if back > 9:
        assert find_unfaithful(" ".join(shuffled) + ".", [SOURCE], "de")
