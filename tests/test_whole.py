"""Whole-document summarizers and translators of the Hub, through the two verbs."""

from __future__ import annotations

import json
import logging
import pickle
import warnings
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import tiny_checkpoints

import summlib
from summlib import hub_models
from summlib.engines.base import Options, Output
from summlib.errors import EmptyDocument, InputError, ModelError, ModelNotFound
from summlib.records import Summary
from summlib.translator import Translator
from summlib.whole import WholeSummarizer

MISSING = find_spec("torch") is None or find_spec("transformers") is None
pytestmark = [pytest.mark.hub, pytest.mark.skipif(MISSING, reason="needs the extra hub")]

ARTICLE = """\
Der Rat der Stadt Bremen hat am Montag den Haushalt gebilligt.

Die Brücke über die Weser kostet 35 Millionen Euro. Der Bau beginnt im Mai 2025.
Die Bürgermeisterin nannte den Plan vernünftig. Anwohner klagten über den Lärm.

Im Winter fahren die Züge seltener. Es fehlt Personal, teilte die Bahn mit.
"""
ENGLISH = """\
The council of Bremen approved the budget on Monday.

The bridge over the Weser costs 35 million euros. Building begins in May 2025.
The mayor called the plan reasonable. Residents complained about the noise.

In winter trains run less often. Staff are missing, the railway said.
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(autouse=True)
def cache(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMLIB_CACHE", str(shelf / "cache"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def model(shelf: Path, family: str) -> str:
    path = shelf / family
    return str(path if path.is_dir() else tiny_checkpoints.make(family, path))


class Scribe:
    """An engine whose summaries are given, over the checkpoint of a real one.

    Args:
        plan: Of the engine whose place it takes.
        answers: Makes the hypotheses of a text.
        max_length: Words a text may have.
    """

    signature = "scribe"

    def __init__(self, plan: Any, answers: Any, max_length: int = 1000) -> None:
        self.plan, self.answers, self.max_length = plan, answers, max_length
        self.read: list[str] = []
        self.options: list[Options] = []

    def lengths(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) + 1 for text in texts]

    def generate(
        self, texts: Sequence[str], *, options: Options | None = None
    ) -> list[list[Output]]:
        self.read.extend(texts)
        self.options.append(options or Options())
        return [[o if isinstance(o, Output) else Output(o) for o in self.answers(t)] for t in texts]


@pytest.fixture
def scribe(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Build a summarizer over a scripted engine; the family decides what it reads."""

    def make(answers: Any, *, family: str = "mt5", max_length: int = 1000, **options: Any) -> Any:
        summarizer = WholeSummarizer(model(shelf, family), **options)
        engine = Scribe(summarizer.opened("en").plan, answers, max_length)
        monkeypatch.setattr(summarizer, "opened", lambda lang: engine)
        return summarizer, engine

    return make


def first_sentences(text: str) -> list[str]:
    """Summarize as many baselines do: the first sentence of what is read."""
    return [text.split(". ")[0].rstrip(".") + "."]


def test_a_sentence_knows_where_it_comes_from(scribe: Any) -> None:
    summarizer, _ = scribe(lambda _: ["The bridge costs 35 million euros. Trains run less often."])
    summary: Summary = summarizer(ENGLISH)
    assert [s.sources[0].text for s in summary.sentences] == [
        "The bridge over the Weser costs 35 million euros.",
        "In winter trains run less often.",
    ]
    for sentence in summary.sentences:
        assert summary.text[sentence.start : sentence.end] == sentence.text
        assert all(ENGLISH[s.start : s.end] == s.text for s in sentence.sources)
    assert {s.how for s in summary.sentences} == {"rewritten"}
    assert summary.findings == ()


def test_what_the_source_does_not_say_is_found(scribe: Any) -> None:
    summarizer, _ = scribe(lambda _: ["The bridge costs 53 million euros."])
    (finding,) = summarizer(ENGLISH).findings
    assert (finding.kind, finding.severity) == ("quantity", "error")


def test_a_faithful_hypothesis_goes_before_a_likelier_one(scribe: Any) -> None:
    answers = ["The bridge costs 53 million euros.", "The bridge costs 35 million euros."]
    summarizer, engine = scribe(lambda _: answers)
    summary = summarizer(ENGLISH)
    assert summary.text == answers[1]
    assert summary.findings == ()
    assert engine.options[0].hypotheses == 4


def test_sources_are_widened_to_what_a_check_misses(scribe: Any) -> None:
    text = "The bridge over the Weser, the council of Bremen said, is to be built in May 2025."
    summarizer, _ = scribe(lambda _: [text])
    summary = summarizer(ENGLISH)
    assert summary.findings == ()
    assert any("May 2025" in s.text for s in summary.sentences[0].sources)


def test_what_shares_no_word_is_marked(scribe: Any) -> None:
    summarizer, _ = scribe(lambda _: ["Elephants sleep."])
    summary = summarizer(ENGLISH)
    assert "unsupported" in [f.kind for f in summary.findings]
    assert summary.sentences[0].sources


def test_attention_ties_what_shares_no_word(scribe: Any) -> None:
    looks = tuple((n, 12) for n in range(3))  # words 9 to 17 are the second sentence
    summarizer, _ = scribe(lambda _: [Output("Elephants sleep well.", alignment=looks)])
    summary = summarizer(ENGLISH)
    assert summary.sentences[0].sources[0].text.startswith("The bridge over the Weser")
    assert "unsupported" not in [f.kind for f in summary.findings]


def test_long_documents_are_read_in_windows_and_levels(scribe: Any) -> None:
    facts = [f"Fact number {n} is about the town of Alpha{n}." for n in range(60)]
    summarizer, engine = scribe(first_sentences, max_length=60, length="8 words")
    summary = summarizer(" ".join(facts), source_lang="en")
    read = " ".join(engine.read)
    assert all(fact in read for fact in facts)  # nothing is cut
    assert max(engine.lengths(engine.read)) <= 60
    assert len(engine.options) >= 3  # levels
    (sentence,) = summary.sentences
    (source,) = sentence.sources
    assert source.text == sentence.text == facts[0]
    assert summary.findings == ()


def test_every_level_keeps_the_sources(scribe: Any) -> None:
    facts = [f"Fact {n} is about the town of Alpha{n}." for n in range(40)]

    def last(text: str) -> list[str]:
        return [text.rstrip(".").split(". ")[-1] + "."]

    summarizer, _ = scribe(last, max_length=50, length="8 words")
    (sentence,) = summarizer(" ".join(facts), source_lang="en").sentences
    assert sentence.text == facts[-1]
    assert [s.text for s in sentence.sources] == [facts[-1]]


def test_a_longer_summary_is_made_from_more_windows(scribe: Any) -> None:
    facts = [f"Fact number {n} is about the town of Alpha{n}." for n in range(60)]
    texts = {}
    for length in ("10 words", "60 words"):
        summarizer, _ = scribe(first_sentences, max_length=200, length=length)
        texts[length] = summarizer(" ".join(facts), source_lang="en").text.split()
    assert 5 <= len(texts["10 words"]) <= 12
    assert 20 <= len(texts["60 words"]) <= 72


def test_sentences_can_be_counted(scribe: Any) -> None:
    summarizer, _ = scribe(lambda text: [text], length="2 sentences")
    assert len(summarizer(ENGLISH).sentences) == 2


def test_an_unfinished_sentence_is_left_out(scribe: Any) -> None:
    cut = Output("The bridge costs 35 million euros. The mayor called the", truncated=True)
    summarizer, _ = scribe(lambda _: [cut])
    assert summarizer(ENGLISH).text == "The bridge costs 35 million euros."


def test_an_unfinished_only_sentence_is_marked(scribe: Any) -> None:
    summarizer, _ = scribe(lambda _: [Output("The mayor called the plan", truncated=True)])
    assert [f.kind for f in summarizer(ENGLISH).findings] == ["truncated"]


def test_line_marks_and_loose_stops_are_tidied(scribe: Any) -> None:
    summarizer, _ = scribe(lambda _: ["The bridge costs 35 million euros .<n>Staff are missing ."])
    assert summarizer(ENGLISH).text == "The bridge costs 35 million euros. Staff are missing."


def test_lengths_reach_the_engine(scribe: Any) -> None:
    summarizer, engine = scribe(first_sentences, family="bart", length="20 words")
    summarizer(ENGLISH)
    (options,) = engine.options
    assert options.no_repeat_ngram == 3
    assert options.length_penalty == 2.0
    assert 16 <= (options.max_pieces or 0) <= 40
    assert options.min_pieces <= 8


def test_german_is_translated_for_an_english_model(scribe: Any, bundled_model: Path) -> None:
    summarizer, engine = scribe(first_sentences, family="bart")
    summary = summarizer(ARTICLE)
    assert "council" in engine.read[0].lower() or "city" in engine.read[0].lower()
    assert (summary.source_lang, summary.target_lang) == ("de", "en")
    source = summary.sentences[0].sources[0]
    assert source.text.startswith("Der Rat der Stadt Bremen")
    assert ARTICLE[source.start : source.end] == source.text
    assert "de-en@" in summary.signature


def test_a_multilingual_model_reads_german_itself(scribe: Any, bundled_model: Path) -> None:
    summarizer, engine = scribe(lambda _: ["Die Brücke kostet 35 Millionen Euro."])
    summary = summarizer(ARTICLE)
    assert engine.read[0].startswith("Der Rat der Stadt Bremen")
    assert "35 million euros" in summary.text
    assert summary.sentences[0].sources[0].text.startswith("Die Brücke über die Weser")
    german, _ = scribe(lambda _: ["Die Brücke kostet 35 Millionen Euro."], target_lang="de")
    assert german(ARTICLE).text == "Die Brücke kostet 35 Millionen Euro."


def test_german_from_a_model_whose_card_says_english_is_refused(shelf: Path) -> None:
    folder = tiny_checkpoints.make("bart", shelf / "bart-english")
    (folder / "README.md").write_text("---\nlanguage: en\n---\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"bart-english reads en, .*target_lang='en'"):
        summlib.summarize(ARTICLE, model=str(folder), target_lang="de")


@pytest.mark.parametrize("family", ["bart", "mt5", "t5", "flan-t5", "mbart50", "pegasus", "led"])
def test_summarize_takes_every_family(shelf: Path, family: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        summary = summlib.summarize(ENGLISH * 3, model=model(shelf, family), beam_size=2)
    assert summary.target_lang == "en"
    assert summary.sentences
    assert summary.signature.startswith("whole|short|")
    assert all(s.sources and s.how == "rewritten" for s in summary.sentences)
    json.dumps(summary.to_dict())


@pytest.mark.parametrize("family", ["marian", "m2m100", "nllb", "mbart50", "t5", "flan-t5", "mt5"])
@pytest.mark.parametrize("engine", ["auto", "pytorch"])
def test_translate_takes_every_family(shelf: Path, family: str, engine: str) -> None:
    text = "# Bericht\n\nDer Rat tagt. Es kamen 35 Leute.\n\n- ja\n- nein\n"
    found = summlib.translate(
        text, model=model(shelf, family), layout="keep", engine=engine, beam_size=2, detect=False
    )
    lines = found.text.split("\n")
    assert len(lines) == text.count("\n") + 1
    assert [line[:2] for line in (lines[0], lines[4], lines[5])] == ["# ", "- ", "- "]
    assert len(found.sentences) == 5
    for sentence in found.sentences:
        assert found.text[sentence.start : sentence.end] == sentence.text
        assert text[sentence.source.start : sentence.source.end] == sentence.source.text
    assert found.findings  # random weights write nonsense, and the checks say so
    assert ("ct2" if engine == "auto" else "pytorch") in found.signature


def test_sentences_beyond_the_window_are_split_and_told(shelf: Path) -> None:
    long = "der Rat tagt, und die Stadt schweigt; " * 12 + "dann war Schluss."
    found = summlib.translate(long, model=model(shelf, "marian"), detect=False, beam_size=1)
    assert "split" in [f.kind for f in found.findings]


def test_summarize_with_a_translation_model_selects(shelf: Path) -> None:
    summary = summlib.summarize(ARTICLE, model=model(shelf, "marian"), beam_size=1)
    assert summary.signature.startswith("select|")
    with pytest.raises(InputError, match="which translates"):
        WholeSummarizer(model(shelf, "marian"))


def test_a_summary_model_does_not_translate(shelf: Path) -> None:
    with pytest.raises(InputError, match="can summarize, not translate"):
        summlib.translate("Ja.", model=model(shelf, "bart"), detect=False)


def test_lists_come_back_as_lists(shelf: Path) -> None:
    summaries = summlib.summarize([ENGLISH, ENGLISH], model=model(shelf, "t5"), beam_size=1)
    assert len(summaries) == 2
    assert summaries[0] == summaries[1]
    with pytest.raises(EmptyDocument, match="blank"):
        summlib.summarize(" ", model=model(shelf, "t5"))


def test_summarizers_pickle_without_weights(shelf: Path) -> None:
    summarizer = WholeSummarizer(model(shelf, "bart"), beam_size=1)
    summary = summarizer(ENGLISH)
    pickled = pickle.dumps(summarizer)
    assert len(pickled) < 20_000
    assert pickle.loads(pickled)(ENGLISH) == summary


def test_the_bundled_model_runs_on_torch_too(bundled_model: Path) -> None:
    quick, reference = (Translator(str(bundled_model), engine=e) for e in ("ct2", "pytorch"))
    text = "Die Kommission hat am Montag einen Bericht vorgelegt."
    assert quick(text).text == reference(text).text
    assert "pytorch" in reference.signature


@pytest.mark.parametrize(
    ("option", "match"),
    [
        ({"engine": "onnx"}, "engine is 'onnx'"),
        ({"beam_size": 0}, "beam_size is 0"),
        ({"target_lang": "fr"}, "target_lang is 'fr'"),
        ({"device": "tpu"}, "device is 'tpu'"),
    ],
)
def test_wrong_options_are_refused_before_anything_loads(
    shelf: Path, option: dict[str, Any], match: str
) -> None:
    with pytest.raises(InputError, match=match):
        WholeSummarizer(model(shelf, "bart"), **option)


def test_a_model_that_is_nowhere_is_told() -> None:
    with pytest.raises(ModelNotFound, match="gibt-es-nicht"):
        summlib.summarize(ARTICLE, model="gibt-es-nicht")
    with pytest.raises(ModelError, match="org/missing"):
        summlib.summarize(ENGLISH, model="org/missing")
    assert hub_models.find_checkpoint(None) is None


def test_notes_stay_off_stderr(shelf: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert any(isinstance(h, logging.NullHandler) for h in logging.getLogger("summlib").handlers)
    summlib.summarize(ENGLISH, model=model(shelf, "led"), beam_size=1)
    capfd.readouterr()
    summlib.summarize(ENGLISH * 2, model=model(shelf, "led"), beam_size=1)
    assert capfd.readouterr() == ("", "")
