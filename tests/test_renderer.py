"""Sentences in, checked sentences out, over an engine that answers as told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.drafts import Drafter
from summlib.engines.echo import EchoEngine
from summlib.names import KnownWords
from summlib.renderer import PART, Renderer
from summlib.rendering import Languages, Rendering
from summlib.text.glossary import Glossary
from summlib.text.masks import MARK
from summlib.text.packed import write_table

Make = Callable[..., Renderer]
Scripted = Any  # the class ScriptedEngine of conftest.py

quick = settings(derandomize=True, deadline=None, max_examples=60)
any_text = st.text(st.characters(), max_size=60)


def kinds(rendering: Rendering) -> list[str]:
    return [finding.kind for finding in rendering.findings]


@quick
@given(st.lists(any_text, max_size=8))
def test_echo_renders_every_text_as_itself(texts: list[str]) -> None:
    renderer = Renderer(EchoEngine(), languages=Languages())
    assert [r.text for r in renderer.render(texts)] == texts


@quick
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), max_size=8))
def test_any_text_can_be_prepared(texts: list[str]) -> None:
    renderer = Renderer(EchoEngine(), languages=Languages(), drafter=Drafter())
    assert len(renderer.render(texts, glossary=Glossary({"Rat": "Council"}))) == len(texts)


def test_no_sentences_need_no_engine(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted()
    assert make_renderer(engine).render([]) == []
    assert engine.read == []


def test_what_holds_no_word_is_copied_the_english_way(
    scripted: Scripted, make_renderer: Make
) -> None:
    engine = scripted()
    rendered = make_renderer(engine).render(["1.234,5", "", "***", "😀"])
    assert [r.text for r in rendered] == ["1,234.5", "", "***", "😀"]
    assert engine.read == []


def test_equal_sentences_are_decoded_once(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({"Er kam.": ["He came."], "Sie ging.": ["She left."]})
    rendered = make_renderer(engine).render(["Er kam.", "Sie ging.", "Er kam."])
    assert [r.text for r in rendered] == ["He came.", "She left.", "He came."]
    assert engine.read == ["Er kam.", "Sie ging."]


def test_the_best_hypothesis_wins_when_nothing_is_wrong(
    scripted: Scripted, make_renderer: Make
) -> None:
    engine = scripted({"Der Rat tagt.": ["The Council meets.", "The Council sits."]})
    (rendering,) = make_renderer(engine).render(["Der Rat tagt."])
    assert (rendering.text, rendering.findings) == ("The Council meets.", ())
    assert rendering.score == pytest.approx(-0.1)
    assert engine.read == ["Der Rat tagt."]


def test_a_loop_gives_way_to_the_next_hypothesis(scripted: Scripted, make_renderer: Make) -> None:
    source = "Die Anwohner klagen über Lärm."
    engine = scripted({source: ["residents residents residents", "The residents complain."]})
    (rendering,) = make_renderer(engine).render([source])
    assert (rendering.text, rendering.findings) == ("The residents complain.", ())


def test_the_loop_guard_works_for_plain_engines_too(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Die Anwohner klagen über Lärm."
    engine = scripted({source: ["no no no no no no no", "The residents complain."]})
    (rendering,) = make_renderer(engine, drafter=None).render([source])
    assert rendering.text == "The residents complain."


def test_a_wrong_number_gives_way_to_the_next_hypothesis(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Es kamen 35 Leute."
    engine = scripted({source: ["53 people came.", "35 people came."]})
    (rendering,) = make_renderer(engine).render([source])
    assert (rendering.text, rendering.findings) == ("35 people came.", ())


def test_a_lost_negation_gives_way_to_the_next_hypothesis(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Der Rat billigte das nicht."
    engine = scripted({source: ["The Council agreed.", "The Council did not agree."]})
    (rendering,) = make_renderer(engine).render([source])
    assert rendering.text == "The Council did not agree."


def test_what_no_hypothesis_gets_right_is_reported(scripted: Scripted, make_renderer: Make) -> None:
    source = "Der Rat billigte das nicht."
    engine = scripted({source: ["The Council agreed.", "The Council did agree."]})
    (rendering,) = make_renderer(engine).render([source])
    assert rendering.text == "The Council agreed."
    assert kinds(rendering) == ["negation"]
    assert rendering.errors == 1


def test_a_wrong_number_is_put_right_and_said_so(scripted: Scripted, make_renderer: Make) -> None:
    source = "Es kamen 35 Leute."
    engine = scripted({source: ["53 people came.", "25 people came."]})
    (rendering,) = make_renderer(engine).render([source])
    assert rendering.text == "35 people came."
    assert kinds(rendering) == ["repaired"]
    assert rendering.errors == 0


def test_behind_a_dateline_findings_stand_where_the_reader_sees_them(
    scripted: Scripted, make_renderer: Make
) -> None:
    body, head = "Der Rat billigte das nicht.", "Altenvoerde (dpa) - "
    engine = scripted({body: ["The Council agreed."]})
    alone, behind = make_renderer(engine).render([body, head + body])
    assert behind.text == head + alone.text
    (finding,), (moved,) = alone.findings, behind.findings
    assert moved.source is not None
    assert finding.source is not None
    assert moved.source.of(head + body) == finding.source.of(body) == "nicht"


def test_a_faulty_sentence_is_decoded_again_without_loops(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Die Anwohner klagen über Lärm."
    engine = scripted({source: ["noise noise noise noise"], "Er kam.": ["He came."]})
    make_renderer(engine).render([source, "Er kam."])
    first = engine.calls[0][1]
    again = [(texts, options) for texts, options in engine.calls if options.no_repeat_ngram == 4]
    assert first.no_repeat_ngram == 0
    assert [texts for texts, _ in again] == [[source]]
    assert again[0][1].beam_size >= first.beam_size


def test_protected_parts_go_through_as_stand_ins(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted(
        {
            f"Mehr unter {MARK}1 oder {MARK}2.": [f"More at {MARK}1 or {MARK}2."],
            f"Die Datei {MARK}1 fehlt, siehe {MARK}2.": [f"File {MARK}1 is missing, see {MARK}2."],
        }
    )
    sources = [
        "Mehr unter https://example.org/a?b=1 oder info@example.org.",
        "Die Datei {name} fehlt, siehe `ls -l`.",
    ]
    rendered = make_renderer(engine).render(sources)
    assert [r.text for r in rendered] == [
        "More at https://example.org/a?b=1 or info@example.org.",
        "File {name} is missing, see `ls -l`.",
    ]
    assert not any(r.findings for r in rendered)


@pytest.mark.parametrize(
    "protected",
    ["https://example.org/Ab?c=1#d", "info@example.org", "%1$s", "{name}", "`rm -r`", "<b>"],
)
def test_a_lost_stand_in_falls_back_to_the_bare_sentence(
    scripted: Scripted, make_renderer: Make, protected: str
) -> None:
    source = f"Das ist {protected} hier."
    engine = scripted(
        {
            f"Das ist {MARK}1 hier.": ["This is here."],
            source: [f"This is {protected} here."],
        }
    )
    (rendering,) = make_renderer(engine).render([source])
    assert (rendering.text, rendering.findings) == (f"This is {protected} here.", ())


def test_a_doubled_stand_in_is_a_fault(scripted: Scripted, make_renderer: Make) -> None:
    source = "Das steht auf www.example.org seit Mai."
    engine = scripted(
        {f"Das steht auf {MARK}1 seit Mai.": [f"{MARK}1 {MARK}1 May.", f"On {MARK}1 since May."]}
    )
    (rendering,) = make_renderer(engine).render([source])
    assert rendering.text == "On www.example.org since May."


def test_an_address_that_every_attempt_garbles_is_reported(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Das steht auf www.example.org seit Mai."
    engine = scripted(
        {
            f"Das steht auf {MARK}1 seit Mai.": ["It is there since May."],
            source: ["It is on www.exarnple.org since May."],
        }
    )
    (rendering,) = make_renderer(engine).render([source])
    assert "copied" in kinds(rendering)


def test_an_address_at_the_head_keeps_its_case(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({f"Siehe {MARK}1 dazu.": [f"{MARK}1 has more."]})
    (rendering,) = make_renderer(engine).render(["Siehe https://example.org dazu."])
    assert rendering.text == "https://example.org has more."


def test_unknown_names_go_through_as_stand_ins(
    scripted: Scripted, make_renderer: Make, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt.gz"
    write_table(words, "Herr\nlobte\ndas\n")
    engine = scripted({f"Herr {MARK}1 lobte das.": [f"Mr {MARK}1 praised that."]})
    renderer = make_renderer(engine, drafter=Drafter(known=KnownWords(words)))
    (rendering,) = renderer.render(["Herr Wrzskowiak lobte das."])
    assert rendering.text == "Mr Wrzskowiak praised that."


def test_long_numbers_go_through_as_stand_ins(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({f"Es sind {MARK}1 Tonnen.": [f"That is {MARK}1 tonnes."]})
    (rendering,) = make_renderer(engine).render(["Es sind 1.234,5 Tonnen."])
    assert (rendering.text, rendering.findings) == ("That is 1,234.5 tonnes.", ())


def test_capitals_are_lowered_and_raised(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({"Neue regeln für das handwerk": ["New rules for the trades"]})
    (rendering,) = make_renderer(engine).render(["NEUE REGELN FÜR DAS HANDWERK"])
    assert (rendering.text, rendering.findings) == ("NEW RULES FOR THE TRADES", ())


def test_placeholders_survive_capitals(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted(
        {f"Achtung: {MARK}1 ist schon vorhanden": [f"Attention: {MARK}1 exists already"]}
    )
    (rendering,) = make_renderer(engine).render(["ACHTUNG: {name} IST SCHON VORHANDEN"])
    assert (rendering.text, rendering.findings) == ("ATTENTION: {name} EXISTS ALREADY", ())


def test_glossary_terms_survive_capitals(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({"Neue regeln für AI": ["New rules for AI"]})
    (rendering,) = make_renderer(engine).render(
        ["NEUE REGELN FÜR KI"], glossary=Glossary({"KI": "AI"})
    )
    assert (rendering.text, rendering.findings) == ("NEW RULES FOR AI", ())


def test_a_glossary_term_chooses_the_hypothesis(scripted: Scripted, make_renderer: Make) -> None:
    source = "Der Förderbescheid liegt hier."
    engine = scripted({source: ["The decision is there.", "The grant notice is there."]})
    glossary = Glossary({"Förderbescheid": "grant notice"})
    (rendering,) = make_renderer(engine).render([source], glossary=glossary)
    assert (rendering.text, rendering.findings) == ("The grant notice is there.", ())


def test_a_glossary_term_that_never_comes_is_reported(
    scripted: Scripted, make_renderer: Make
) -> None:
    source, masked = "Der Förderbescheid liegt hier.", f"Der {MARK}1 liegt hier."
    engine = scripted({text: ["The decision is there."] for text in (source, masked)})
    glossary = Glossary({"Förderbescheid": "grant notice"})
    (rendering,) = make_renderer(engine).render([source], glossary=glossary)
    assert kinds(rendering) == ["glossary"]
    assert '"Förderbescheid" should be "grant notice"' in str(rendering.findings[0])


def test_a_glossary_term_that_did_not_come_goes_through_as_a_stand_in(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Der Förderbescheid liegt hier."
    answers = {source: ["The decision is there."], f"Der {MARK}1 liegt hier.": [f"The {MARK}1 is."]}
    glossary = Glossary({"Förderbescheid": "grant notice"})
    (rendering,) = make_renderer(scripted(answers)).render([source], glossary=glossary)
    assert (rendering.text, kinds(rendering)) == ("The grant notice is.", [])


def test_the_engine_gets_the_hints(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted()
    renderer = make_renderer(
        engine, drafter=Drafter(hints=lambda text, glossary: glossary.hints(text))
    )
    renderer.render(["Der Rat tagt."], glossary=Glossary({"Rat": "Council"}))
    assert engine.read[0] == "Der Rat ⟪Council⟫ tagt."


LONG = (
    "Der Rat hat beschlossen, dass die Stadt die Brücke saniert; die Arbeiten beginnen im Mai, "
    "sobald das Geld da ist, und sie dauern, so sagt man im Rathaus, bis zum Herbst."
)


@pytest.mark.parametrize("prepared", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 8, 12, 25])
def test_a_sentence_beyond_the_limit_is_split_and_nothing_is_lost(
    scripted: Scripted, make_renderer: Make, limit: int, prepared: bool
) -> None:
    engine = scripted(max_length=limit)
    (rendering,) = make_renderer(engine, drafter=Drafter() if prepared else None).render([LONG])
    assert rendering.text.lower().split() == LONG.lower().split()
    assert max(engine.lengths(engine.read)) <= limit
    assert not rendering.truncated
    split = next(f for f in rendering.findings if f.kind == "split")
    assert split.severity == "warning"
    assert f"the model reads {limit}" in split.message


def test_the_split_is_at_clauses(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted(max_length=25)
    make_renderer(engine).render([LONG])
    assert engine.read[0] == "Der Rat hat beschlossen, dass die Stadt die Brücke saniert;"


def test_parts_denser_than_the_rest_are_split_further(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Donaudampfschifffahrtsgesellschaft " * 20 + "a " * 60 + "Ende."
    engine = scripted(max_length=20)
    (rendering,) = make_renderer(engine, drafter=None).render([source])
    assert rendering.text.split() == source.split()
    assert max(engine.lengths(engine.read)) <= 20


def test_numbers_are_checked_over_the_whole_of_a_split_sentence(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Der Rat hat 35 Leute eingeladen, die Feier war erst am sehr späten Abend."
    head, tail = source.split(", ")
    engine = scripted(
        {
            f"{head},": ["The Council invited 53 people,"],
            tail: ["the party was in the evening."],
        },
        max_length=12,
    )
    (rendering,) = make_renderer(engine).render([source])
    assert rendering.text == "The Council invited 35 people, the party was in the evening."
    assert "split" in kinds(rendering)
    assert "repaired" in kinds(rendering)


def test_a_loop_in_a_part_is_reported(scripted: Scripted, make_renderer: Make) -> None:
    head, tail = "Der Rat hat die Leute eingeladen;", "die Feier fand am Abend im Rathaus statt."
    engine = scripted({head: ["They came they came they came they came"]}, max_length=10)
    (rendering,) = make_renderer(engine, drafter=None).render([f"{head} {tail}"])
    assert "repeated" in kinds(rendering)


def test_long_and_short_sentences_keep_their_order(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted(max_length=10)
    sources = ["Er kam.", LONG, "Sie ging."]
    texts = [r.text for r in make_renderer(engine, drafter=None).render(sources)]
    assert [t.split() for t in texts] == [s.split() for s in sources]


def test_truncation_is_told(make_renderer: Make, scripted: Scripted) -> None:
    class Cutting(scripted):  # type: ignore[misc]
        def lengths(self, texts: list[str]) -> list[int]:
            return [1 for _ in texts]

        def generate(self, texts: list[str], *, options: Any = None) -> Any:
            from summlib.engines.base import Output

            return [[Output("The Council meets.", truncated=True)] for _ in texts]

    (rendering,) = make_renderer(Cutting()).render(["Der Rat tagt."])
    assert rendering.truncated


def test_an_engine_without_a_hypothesis_gives_an_empty_text(
    make_renderer: Make, scripted: Scripted
) -> None:
    (rendering,) = make_renderer(scripted({"Er kam.": []})).render(["Er kam."])
    assert rendering.text == ""


def test_a_term_inside_an_address_is_no_term(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({f"Mehr auf {MARK}1 dazu.": [f"More on {MARK}1 about it."]})
    glossary = Glossary({"KI": "AI"})
    (rendering,) = make_renderer(engine).render(
        ["Mehr auf https://example.org/KI dazu."], glossary=glossary
    )
    assert rendering.text == "More on https://example.org/KI about it."
    assert rendering.findings == ()


def test_numbers_inside_code_are_left_alone(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({f"Mit {MARK}1 geht es.": [f"It works with {MARK}1."]})
    (rendering,) = make_renderer(engine).render(["Mit `wert=1.234,5` geht es."])
    assert rendering.text == "It works with `wert=1.234,5`."


def test_without_retries_each_sentence_is_decoded_once(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Der Rat billigte das nicht."
    engine = scripted({source: ["The Council agreed."]})
    (rendering,) = make_renderer(engine, retries=False).render([source])
    assert (engine.read, kinds(rendering)) == ([source], ["negation"])


def test_a_number_is_put_right_without_retries_too(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({"Es kamen 35 Leute.": ["53 people came."]})
    (rendering,) = make_renderer(engine, retries=False).render(["Es kamen 35 Leute."])
    assert (rendering.text, kinds(rendering)) == ("35 people came.", ["repaired"])


def test_a_plain_engine_can_be_checked(scripted: Scripted, make_renderer: Make) -> None:
    engine = scripted({"Es kamen 35 Leute.": ["53 people came.", "35 people came."]})
    plain, checked = (
        make_renderer(engine, drafter=None, checked=checked).render(["Es kamen 35 Leute."])[0].text
        for checked in (False, True)
    )
    assert (plain, checked) == ("53 people came.", "35 people came.")


@pytest.mark.parametrize("parallel", [1, 3])
def test_calls_side_by_side_keep_the_order(
    scripted: Scripted, make_renderer: Make, parallel: int
) -> None:
    sources = [f"Satz {'x' * (n % 7)} mit {n}." for n in range(3 * PART)]
    engine = scripted()
    texts = [r.text for r in make_renderer(engine, drafter=None, parallel=parallel).render(sources)]
    assert texts == sources
    assert len(engine.calls) == 3


def test_a_hypothesis_with_a_verb_goes_before_one_without(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Der Bau kostet viel Geld."
    engine = scripted({source: ["The building a lot.", "The building costs a lot."]})
    (rendering,) = make_renderer(engine).render([source])
    assert (rendering.text, rendering.findings) == ("The building costs a lot.", ())


def test_a_lost_verb_is_looked_for_again_and_then_told(
    scripted: Scripted, make_renderer: Make
) -> None:
    source = "Der Bau kostet viel Geld."
    engine = scripted({source: ["The building a lot."]})
    (rendering,) = make_renderer(engine).render([source])
    assert [f.message for f in rendering.findings] == [
        'no verb says what happens in "The building a lot."; read the source'
    ]
    assert len(engine.calls) == 2
    assert engine.calls[1][1].beam_size > engine.calls[0][1].beam_size


def test_an_english_sentence_of_a_german_page_is_copied(
    scripted: Scripted, make_renderer: Make
) -> None:
    caption = "Illustration of a brain, with representations of 1.5 million data points around it."
    engine = scripted({"Der Rat tagt.": ["The Council meets."]})
    rendered = make_renderer(engine).render([caption, "Der Rat tagt."])
    assert [(r.text, r.findings) for r in rendered] == [(caption, ()), ("The Council meets.", ())]
    assert engine.read == ["Der Rat tagt."]
