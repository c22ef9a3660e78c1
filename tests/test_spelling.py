"""Forms that a small model builds by rule, and sentences that keep German word order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summlib.text.capitals import restore_capitals
from summlib.text.conjugation import inflect
from summlib.text.inversion import subject_before_verb
from summlib.text.lexicon import Entry
from summlib.text.spelling import respell


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("It was stucked and torned.", "It was stuck and torn."),
        ("They throwed it, she has throwed it.", "They threw it, she has thrown it."),
        ("two thiefs and larvas", "two thieves and larvae"),
        ("several inquirys", "several inquiries"),
        ("the worned out shoes", "the worn out shoes"),
        ("Why cann't he?", "Why can't he?"),
        ("They also throwed it.", "They also threw it."),
        ("The stone was layed.", "The stone was laid."),
    ],
)
def test_forms_built_by_rule_are_put_right(wrong: str, right: str) -> None:
    assert respell(wrong) == right


@pytest.mark.parametrize(
    "right",
    [
        "He succeeded and exceeded what was needed; it superseded the embedded one.",
        "The company was founded, the ship grounded, the flag shredded, the claim unfounded.",
        "It relied on flybys; the specimens resented it.",
        "The blouses and mongooses have lumens; the state foots the bill for unleaded petrol.",
        "See www.sandys.de or write to info@shelfs.de about the foregrounded, singed pages.",
        "The Kennedys lied, persons were rebounded and relayed.",
    ],
)
def test_words_of_their_own_are_left(right: str) -> None:
    assert respell(right) == right


@given(st.text(alphabet="abdeinosty '.", max_size=60))
def test_respelling_twice_is_respelling_once(text: str) -> None:
    once = respell(text)
    assert respell(once).split(" ").__len__() == once.split(" ").__len__()
    assert once.count(" ") == text.count(" ")


@pytest.mark.parametrize(
    ("verb", "past"), [("overwrite", "overwrote"), ("outbid", "outbid"), ("relay", "relayed")]
)
def test_verbs_with_a_prefix_are_as_irregular_as_without(verb: str, past: str) -> None:
    assert inflect(verb)["past"] == past


@pytest.mark.parametrize(
    ("source", "kept", "put"),
    [
        (
            "Auf dem Ball der Bäcker tanzten 4.000 Gäste.",
            "On the ball of the bakers, danced 4,000 guests.",
            "On the ball of the bakers, 4,000 guests danced.",
        ),
        (
            "In Leuna scheiterte eine Umbenennung 2017.",
            "In Leuna failed a renaming in 2017.",
            "In Leuna, a renaming failed in 2017.",
        ),
        (
            "Im dichten Rauch erstickten zwei Hunde.",
            "In the dense smoke suffocated two dogs.",
            "In the dense smoke, two dogs suffocated.",
        ),
    ],
)
def test_a_subject_behind_its_verb_changes_place(source: str, kept: str, put: str) -> None:
    assert subject_before_verb(kept, source=source) == put


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Am Morgen fanden Helfer die Leiche.", "In the morning, helpers found the body."),
        ("Am Morgen fanden Helfer die Leiche.", "In the morning helpers found the body."),
        ("Während der Haft nahm Ditta Geld.", "During his arrest Ditta took the money."),
        ("In Bonn ist ein Haus.", "In Bonn is a house."),
        ("Im Jahr 2019 gewann die Partei.", "In 2019 the party won the election."),
        ("Am Dienstag kam Scholz.", "On Tuesday Scholz visited the factory."),
        ("In Deutschland verkauften Händler Waren.", "In Germany dealers sold the goods."),
        ("Im Sommer besuchten Touristen die Insel.", "In summer tourists visited the island."),
        ("Vor 200 Gästen siegte die Elf.", "Over 200 guests attended the festival."),
        ("In der Studie warnen Forscher.", "In the study, published this week, researchers warn."),
        ("Mit neuen Leitungen wird es gehen.", "With new power lines the change will come."),
        ("Unter Zeugen sagte er aus.", "Before witnesses he testified the opposite."),
        ("Gäste tanzten.", "On the ball danced 4,000 guests."),
    ],
)
def test_other_sentences_keep_their_order(source: str, target: str) -> None:
    assert subject_before_verb(target, source=source) == target


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_word_is_lost_when_places_change(source: str, target: str) -> None:
    put = subject_before_verb(target, source=source)
    assert sorted(put.replace(",", " ").split()) == sorted(target.replace(",", " ").split())


@pytest.mark.parametrize(
    ("target", "restored"),
    [
        ("the elbe's water", "the Elbe's water"),
        ("the Elbe", "the Elbe"),
        ("www.elbe.de and a@elbe.de", "www.elbe.de and a@elbe.de"),
        ("a bielbe and elber", "a bielbe and elber"),
    ],
)
def test_names_of_the_source_get_their_capital(target: str, restored: str) -> None:
    entry = Entry("Elbe", "Elbe", 3)
    assert restore_capitals(target, source="die Elbe", lookup=lambda word: entry) == restored


def test_common_words_get_no_capital() -> None:
    entry = Entry("Marsch", "march", 3)
    assert restore_capitals("a march", source="ein Marsch", lookup=lambda word: entry) == "a march"
    month = Entry("März", "March", 3)
    assert restore_capitals("a march", source="im März", lookup=lambda word: month) == "a march"
