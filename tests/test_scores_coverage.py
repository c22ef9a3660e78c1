"""What a summary says, beside its overlap with a reference."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.scores.coverage import (
    compression_ratio,
    facts_kept,
    facts_turned,
    novel_bigrams,
    redundancy,
    share_kept,
    unsupported_numbers,
)

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
FACTS = {
    "numbers": [{"source": "3,2 Kilometer", "accept": ["3.2 kilometers", "3.2 km"]}],
    "dates": [{"source": "4. Mai", "accept": ["4 May", "May 4"]}],
    "names": [{"source": "Ulm", "accept": ["Ulm"]}],
    "must_not_turn": [
        {"true_en": "The bridge will not be closed.", "false_en": "The bridge will be closed."},
        {"true_en": "Ulm defeated Aalen.", "false_en": "Aalen defeated Ulm."},
    ],
}
texts = st.text(alphabet="ab .", max_size=40)
quick = settings(derandomize=True, deadline=None, max_examples=60)


@quick
@given(texts, texts)
def test_copies_are_never_novel(before, text):
    assert novel_bigrams(text, f"{before}. {text}") == 0
    assert 0 <= novel_bigrams(text, before) <= 100
    assert 0 <= redundancy(text) < 100


def test_new_words_are_novel():
    assert novel_bigrams("Ein Zug entgleist", "Der Regen fällt") == 100


def test_compression_counts_words():
    assert compression_ratio("zwei Wörter", "hier sind es vier") == 2
    assert compression_ratio("", "vier") == float("inf")


def test_saying_it_twice_is_redundant():
    assert redundancy("Es regnet in Ulm. Es regnet in Ulm.") > 40
    assert redundancy("") == 0


def test_facts_are_found_in_any_accepted_wording():
    kept = facts_kept("On may 4, Ulm opened\n3.2  km of track.", FACTS)
    assert kept == {"numbers": ("3,2 Kilometer",), "dates": ("4. Mai",), "names": ("Ulm",)}
    assert share_kept("On May 4 it rained.", FACTS) == pytest.approx(100 / 3)


def test_a_fact_is_a_whole_word():
    assert facts_kept("13.2 km from Ulmen", FACTS)["numbers"] == ()
    assert facts_kept("13.2 km from Ulmen", FACTS)["names"] == ()


@pytest.mark.parametrize(
    ("sentence", "turned"),
    [
        ("The old bridge will be closed in May.", True),
        ("The old bridge will not be closed in May.", False),
        ("The bridge will never be closed.", False),
        ("Aalen defeated Ulm on Saturday.", True),
        ("Ulm defeated Aalen on Saturday.", False),
        ("It rained.", False),
    ],
)
def test_turned_statements(sentence, turned):
    assert bool(facts_turned([sentence], FACTS)) is turned


@pytest.mark.parametrize(
    ("summary", "source", "found"),
    [
        ("It costs 1,234.5 euros.", "Es kostet 1.234,5 Euro.", ()),
        ("It costs 2.6 billion.", "Es kostet 2,6 Mrd. Euro.", ()),
        ("It costs 2.7 billion euros.", "Es kostet 2,6 Mrd. Euro.", ("2.7 billion euros",)),
        ("The 35 guests stayed.", "Die fünfunddreißig Gäste blieben.", ()),
        ("They won 31-29.", "Sie gewannen 31:29.", ()),
        ("It rained.", "Es regnete 3 Tage.", ()),
    ],
)
def test_unsupported_numbers(summary, source, found):
    assert unsupported_numbers(summary, source) == found


def _seeds():
    return sorted(SEEDS.glob("*/facts.json"))


@pytest.mark.skipif(not _seeds(), reason="no seeds")
def test_translations_of_the_seeds_keep_all_facts():
    for path in _seeds():
        facts = json.loads(path.read_text(encoding="utf-8"))
        english = path.with_name("en.txt").read_text(encoding="utf-8")
        assert share_kept(english, facts) == 100, path
