"""What the rewriter's model is asked, and what becomes of its answers."""

from __future__ import annotations

from collections.abc import Sequence

from summlib.engines.base import Options, Output
from summlib.proposals import LEAST_SCORE, ModelProposer, mark
from summlib.rewriter import Passage, Rewriter, RuleProposer

SOURCE = "Auch der Stadtrat (14 Mitglieder) will die Brücke sperren, weil die Pfeiler rosten."
SAID = "Der Stadtrat will die Brücke sperren."


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


TEXT = "Die Stadt baut (endlich) ein Bad."


def passage(text: str = TEXT, **changes: str) -> Passage:
    return Passage((text,), "de", **changes)


def test_marks_tell_language_title_and_sentences_apart() -> None:
    assert mark(["A ⟨de⟩ b."], lang="en") == "⟨en⟩ ⟨sentence⟩ A (de) b."
    assert mark(["A."], title=" ", lang="de") == "⟨de⟩ ⟨sentence⟩ A."


def test_every_passage_is_asked_about_with_its_title() -> None:
    said = "Die Stadt  baut ein Bad."
    engine = Scripted(Output(said, -0.4), Output("", 0.0), Output(said, truncated=True))
    made = ModelProposer(engine, beam_size=3).propose([passage(), passage(title="Bad")])
    assert engine.asked == [f"⟨de⟩ ⟨sentence⟩ {TEXT}", f"⟨de⟩ ⟨title⟩ Bad ⟨sentence⟩ {TEXT}"]
    assert (engine.options.beam_size, engine.options.hypotheses) == (3, 3)
    assert [[(c.text, c.how, c.score) for c in m] for m in made] == [
        [("Die Stadt baut ein Bad.", "rewritten", -0.4)]
    ] * 2


def test_a_passage_too_long_for_the_model_gets_no_candidate() -> None:
    engine = Scripted(Output("Die Stadt baut ein Bad.", -0.1))
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


def test_a_quotation_keeps_its_marks() -> None:
    engine = Scripted(Output('Die Stadt nennt es "Bad" und baut.', -0.1))
    text = "Die Stadt nennt es «Bad» (endlich) und baut."
    assert ModelProposer(engine).propose([passage(text)]) == [[]]
    assert len(
        ModelProposer(engine).propose([passage(text.replace("«", '"').replace("»", '"'))])[0]
    )


def test_an_abbreviation_that_others_rely_on_stays() -> None:
    engine = Scripted(Output("Die Stadt baut ein Bad.", -0.1))
    text = "Die Stadt (ABC) baut ein Bad."
    spared = Passage((text,), "de", spared=frozenset({"ABC"}))
    made = ModelProposer(engine).propose([spared, passage(text)])
    assert [len(candidates) for candidates in made] == [0, 1]
