"""Candidates, what is thrown out, and what is left when all is thrown out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from summlib.rewriter import Candidate, Passage, Rewriter, find_unsupported, unsupported_words

SOURCE = "Zudem hat Ministerin Anna Müller am 3. Mai 12 neue Hafenbrücken nicht genehmigt."
PASSAGE = Passage((SOURCE,), "de")


class Scripted:
    """Proposes what it was given, as a trained rewriter would."""

    def __init__(self, *candidates: Candidate) -> None:
        self.candidates = candidates

    def propose(self, passages: Sequence[Passage]) -> list[list[Candidate]]:
        return [list(self.candidates) for _ in passages]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Ministerin Anna Müller hat 13 Brücken nicht genehmigt.", "quantity"),
        ("Ministerin Anna Müller hat 12 Brücken genehmigt.", "negation"),
        ("Ministerin Anna Müller hat am 4. Mai 12 Brücken nicht genehmigt.", "date"),
        ("Ministerin Anna Müller hat die SPD nicht genehmigt.", "name"),
        ("Ministerin Anna Müller hat 12 Straßen nicht genehmigt.", "word"),
        ("Sie hat 12 neue Brücken nicht genehmigt.", "coherence"),
        ("Ministerin Anna Müller hat 12 neue Brücken nicht", "form"),
    ],
)
def test_unsupported_candidates_are_thrown_out(text: str, reason: str) -> None:
    assert any(f.startswith(reason) for f in find_unsupported(text, PASSAGE)), text
    made = Rewriter(proposers=[Scripted(Candidate(text, "rewritten"))])([PASSAGE])[0]
    assert made == [Candidate(SOURCE, "copied")]


def test_a_supported_candidate_goes_first() -> None:
    good = Candidate("Anna Müller hat 12 Brücken nicht genehmigt.", "rewritten", -0.2)
    worse = Candidate("Ministerin Anna Müller hat 12 Brücken nicht genehmigt.", "rewritten", -0.9)
    made = Rewriter(proposers=[Scripted(worse, good)])([PASSAGE])[0]
    assert [c.text for c in made] == [good.text, worse.text, SOURCE]


def test_rules_stand_behind_models_and_the_sentence_behind_both() -> None:
    from summlib.rewriter import RuleProposer

    passage = Passage(("Auch die Stadt Ulm (Bayern) baut neue Schulen.",), "de")
    model = Scripted(Candidate("Ulm baut neue Schulen.", "rewritten"))
    made = Rewriter(proposers=[RuleProposer(), model])([passage])[0]
    assert [c.how for c in made] == ["rewritten", "compressed", "copied"]
    assert made[-1].text == passage.text


def test_several_sentences_may_leave_a_negation_out() -> None:
    passage = Passage(("Die Stadt Ulm baut.", "Das Land zahlt nicht."), "de")
    assert not find_unsupported("Die Stadt Ulm baut.", passage)


def test_nothing_to_rewrite() -> None:
    assert Rewriter()([]) == []
    assert Rewriter(proposers=[])([PASSAGE]) == [[Candidate(SOURCE, "copied")]]


def test_forms_and_compounds_support_a_word() -> None:
    assert unsupported_words("Brücken genehmigte Müllers", SOURCE, "de") == []
    assert unsupported_words("The bridges closed", "The bridge closes.", "en") == []
