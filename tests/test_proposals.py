"""What the rewriter's model is asked, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Sequence

from summlib.engines.base import Options, Output
from summlib.proposals import ModelProposer, mark
from summlib.rewriter import LEAST_SCORE, Passage, Rewriter, RuleProposer

SOURCE = "Auch der Stadtrat (14 Mitglieder) will die alte Hafenbrücke im Herbst sperren."
SAID = "Der Stadtrat will die Hafenbrücke im Herbst sperren."


class Scripted:
    """An engine that answers every text alike and remembers what it was asked."""

    signature = "scripted"
    max_length = 12

    def __init__(self, *outputs: Output) -> None:
        self.outputs, self.asked, self.options = list(outputs), list[str](), Options()

    def lengths(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        self.asked += texts
        self.options = options or Options()
        return [self.outputs for _ in texts]


def passage(text: str = "Ein Satz.", **changes: str) -> Passage:
    return Passage((text,), "de", **changes)


def test_marks_tell_language_title_and_sentences_apart() -> None:
    assert mark(["A ⟨de⟩ b."], lang="en") == "⟨en⟩ ⟨sentence⟩ A (de) b."
    assert mark(["A."], title=" ", lang="de") == "⟨de⟩ ⟨sentence⟩ A."


def test_all_passages_are_asked_about_in_one_call() -> None:
    engine = Scripted(Output("Zwei  Worte.", -0.5), Output("", 0.0), Output("Halb", truncated=True))
    made = ModelProposer(engine, beam_size=3).propose([passage(), passage(title="Wetter")])
    assert engine.asked == ["⟨de⟩ ⟨sentence⟩ Ein Satz.", "⟨de⟩ ⟨title⟩ Wetter ⟨sentence⟩ Ein Satz."]
    assert (engine.options.beam_size, engine.options.hypotheses) == (3, 3)
    assert [[(c.text, c.how, c.score) for c in m] for m in made] == [
        [("Zwei Worte.", "rewritten", -0.5)]
    ] * 2


def test_a_passage_too_long_for_the_model_gets_no_candidate() -> None:
    engine = Scripted(Output("Kurz.", -0.1))
    long = passage("Wort " * 20)
    assert [len(m) for m in ModelProposer(engine).propose([long, passage(), long])] == [0, 1, 0]
    assert ModelProposer(engine).propose([]) == []


def made_of(text: str, score: float) -> list[str]:
    engine = Scripted(Output(text, score))
    engine.max_length = 100
    rewriter = Rewriter(proposers=[ModelProposer(engine), RuleProposer()])
    return [c.how for c in rewriter([passage(SOURCE)])[0]]


def test_a_faithful_answer_goes_before_rule_and_source() -> None:
    assert made_of(SAID, -0.3) == ["rewritten", "compressed", "copied"]


def test_a_guess_and_an_unfaithful_answer_leave_rule_and_source() -> None:
    assert made_of(SAID, LEAST_SCORE - 0.1) == ["compressed", "copied"]
    assert made_of(SAID.replace("will", "soll"), -0.3) == ["compressed", "copied"]
    assert made_of(SAID.replace("sperren", "öffnen"), -0.3) == ["compressed", "copied"]
