"""Whole texts through the translator: layout, offsets, refusals, streams, threads, processes."""

from __future__ import annotations

import multiprocessing
import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import summlib
from summlib.drafts import Drafter
from summlib.engines.base import Options, Output
from summlib.errors import (
    EmptyDocument,
    EngineError,
    InputError,
    ModelNotFound,
    SummlibError,
    WrongLanguage,
)
from summlib.records import Document, Translation
from summlib.renderer import Renderer
from summlib.rendering import Languages
from summlib.translator import LEXICON, Translator, plan_units

ECHO = Translator("echo")
quick = settings(derandomize=True, deadline=None, max_examples=150)

TEXTS = [
    "Ein Satz.",
    "Ein Satz. Noch einer!  Und ein dritter?",
    "Erster Absatz.\n\nZweiter Absatz.\n\n\n\nDritter Absatz.\n",
    "# Überschrift\n\nText mit **fett** und `code`.\n\n- Punkt eins\n- Punkt zwei\n  * tiefer\n",
    "1. Erstens\n2. Zweitens\n\n> Ein Zitat.\n> Noch eine Zeile.\n",
    "\n\n   Eingerückt. \t \n\r\nMit Wagenrücklauf.\r\n",
    "| Stadt | Zahl |\n|---|---|\n| Ulm | 12 |\n",
    "```\nprint('Hallo')\n```\nDanach ein Satz.",
    "Mit wei\u00adchem Trennstrich und schma\u200blem Leerzeichen.",
    "Zwei  Leerzeichen. \u00a0 Geschützt.\u2028Neue Zeile.\x85Noch eine.",
    "A\u0308rger mit Umlaut. ﬁn.",
    "\ufeffMit Marke am Anfang.",
    "NUL\x00 und \x1b Steuerzeichen.",
    "Einzelnes \ud800 Surrogat.",
    "Ende ohne Punkt",
]

letters = st.characters()
pieces = st.sampled_from(
    [
        *("Der Rat tagt.", "Es kamen 1.234,5 Leute", "z. B. am 3. Mai", "„Ja“, sagte er.", "?!"),
        *(" ", "  ", "\n", "\r\n", "\n\n", "\t", "\u00a0", "\u200b", "\u2028", "\x0b", "\x85"),
        *("- ", "* ", "1. ", "# ", "> ", "| ", "```", "`x`", "**", "https://example.org", "%1$s"),
        *("\ud800", "\x00", "\u00ad", "Rechen-", "e\u0308", "ﬁ", "😀", "!", "…"),
    ]
)
texts_of_any_kind = st.one_of(st.text(letters, max_size=80), st.lists(pieces).map("".join))
not_blank = texts_of_any_kind.filter(lambda text: bool(text.strip()))


@pytest.mark.parametrize("text", TEXTS)
def test_keep_with_echo_is_the_identity(text: str) -> None:
    assert ECHO(text, layout="keep", detect=False).text == text


@quick
@given(not_blank)
@example("\x850")
@example("a. \u200b\u00adb.")
def test_keep_with_echo_is_the_identity_for_any_text(text: str) -> None:
    assert ECHO(text, layout="keep", detect=False).text == text


@quick
@given(not_blank, st.sampled_from(["keep", "reflow"]))
def test_offsets_hold_on_both_sides(text: str, layout: Any) -> None:
    translation = ECHO(text, layout=layout, detect=False)
    last = 0
    for sentence in translation.sentences:
        source = sentence.source
        assert text[source.start : source.end] == source.text
        assert translation.text[sentence.start : sentence.end] == sentence.text
        assert last <= source.start < source.end
        last = source.end


@quick
@given(not_blank, st.sampled_from(["keep", "reflow"]))
def test_nothing_visible_is_lost(text: str, layout: Any) -> None:
    units = plan_units(text, lang="de", layout=layout)
    layout_only = "".join(unit.text for unit in units if not unit.sentence)
    outside, place = "", 0
    for sentence in (unit.sentence for unit in units if unit.sentence):
        outside += text[place : sentence.start]
        place = sentence.end
    assert _visible(layout_only) == _visible(outside + text[place:])


def _visible(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@quick
@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp"]), max_size=30)))
def test_keep_gives_a_line_for_each_line(lines: list[str]) -> None:
    text = "\n".join(["Anfang", *lines])
    translation = ECHO(text, layout="keep", detect=False)
    assert translation.text.count("\n") == text.count("\n")


WRAPPED = (
    "Der Rat der Stadt hat am Dienstag nach langer Aussprache beschlossen, dass\n"
    "die alte Brücke über den Fluss saniert wird. Die Arbeiten sollen im Früh-\n"
    "jahr beginnen und bis zum Herbst dauern, teilte die Verwaltung am Abend mit.\n"
    "\n"
    "- Erster Punkt\n"
    "- Zweiter Punkt\n"
)


def test_reflow_joins_hard_wrapped_lines() -> None:
    translation = ECHO(WRAPPED)
    prose, _, rest = translation.text.partition("\n\n")
    assert "\n" not in prose
    assert "Frühjahr beginnen" in prose
    assert rest == "- Erster Punkt\n- Zweiter Punkt\n"
    assert len(translation.sentences) == 4


def test_keep_leaves_hard_wrapped_lines() -> None:
    assert ECHO(WRAPPED, layout="keep").text == WRAPPED


@pytest.mark.parametrize("text", TEXTS[:8])
def test_reflow_leaves_what_is_not_wrapped(text: str) -> None:
    assert ECHO(text, detect=False).text == text


class Shouting:
    """An engine whose output can be told from its input."""

    signature = "shouting"
    max_length = 1000

    def lengths(self, texts: list[str]) -> list[int]:
        return [len(text.split()) for text in texts]

    def generate(self, texts: list[str], *, options: Options | None = None) -> list[list[Output]]:
        return [[Output(text.upper(), -0.5)] for text in texts]


@pytest.fixture
def with_engine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Translator]:
    """Make a translator over an engine of the test's own."""

    def make(engine: Any, *, prepared: bool = False, **options: Any) -> Translator:
        translator = Translator("echo", **options)
        renderer = Renderer(engine, languages=Languages(), drafter=Drafter() if prepared else None)
        monkeypatch.setattr(translator, "_renderer", renderer)
        return translator

    return make


def test_layout_stands_around_translated_sentences(
    with_engine: Callable[..., Translator],
) -> None:
    text = (
        "# Titel\n\nDer Rat tagt.  Er stimmt ab.\n\n  * Punkt eins\n\n"
        "```\ncode\n```\n| Ulm | 12 |\n"
    )
    translation = with_engine(Shouting())(text, layout="keep")
    assert translation.text == (
        "# TITEL\n\nDER RAT TAGT.  ER STIMMT AB.\n\n  * PUNKT EINS\n\n"
        "```\ncode\n```\n| ULM | 12 |\n"
    )
    assert [str(s) for s in translation.sentences] == [
        *("TITEL", "DER RAT TAGT.", "ER STIMMT AB.", "PUNKT EINS", "ULM"),
    ]
    assert [s.score for s in translation.sentences] == [-0.5] * 5


def test_sentences_of_all_texts_go_to_the_engine_together(
    with_engine: Callable[..., Translator], scripted: Any
) -> None:
    engine = scripted()
    with_engine(engine)(["Der Rat tagt. Es regnet.", "Der Bus kommt nicht."])
    assert engine.calls[0][0] == ["Der Rat tagt.", "Es regnet.", "Der Bus kommt nicht."]


def test_own_terms_go_before_the_bundled(
    with_engine: Callable[..., Translator], scripted: Any
) -> None:
    source = "Die KI hilft bei der Arbeit."
    answers = ["The AI helps with the work.", "The machine helps with the work."]
    engine = scripted({source.replace("KI", term): answers for term in ("AI", "machine")})
    assert with_engine(engine, prepared=True)(source).text == "The AI helps with the work."
    mine = with_engine(engine, prepared=True, glossary={"KI": "machine"})
    assert mine(source).text == "The machine helps with the work."


def test_findings_name_places_in_the_sentence(
    with_engine: Callable[..., Translator], scripted: Any
) -> None:
    engine = scripted({"Er kam nicht.": ["He came."]})
    translation = with_engine(engine, prepared=True)("Der Rat tagt heute. Er kam nicht.")
    (finding,) = [f for f in translation.sentences[1].findings if f.kind == "negation"]
    assert finding.source is not None
    assert "nicht" in finding.source.of(translation.sentences[1].source.text)
    assert finding in translation.findings


def test_one_gives_one_and_a_list_gives_a_list() -> None:
    one = ECHO("Der Rat tagt.")
    assert isinstance(one, Translation)
    assert ECHO(["Der Rat tagt.", "Es regnet hier."])[0] == one
    assert ECHO(Document("Der Rat tagt.")) == one
    assert ECHO([]) == []


def test_result_says_what_it_is() -> None:
    translation = ECHO("Der Rat tagt.")
    assert str(translation) == translation.text
    assert (translation.source_lang, translation.target_lang) == ("de", "en")
    assert translation.signature == ECHO.signature
    assert translation.signature.split("|") == [
        *("echo@0", "echo", "beam4", f"summlib-{summlib.__version__}"),
    ]


@pytest.mark.parametrize("blank", ["", " ", "\n\n\t", "\u00a0\u2003", "\x0b\x0c\x1c"])
def test_blank_text_is_refused(blank: str) -> None:
    with pytest.raises(EmptyDocument, match="blank"):
        ECHO(blank)
    with pytest.raises(EmptyDocument):
        ECHO(["Der Rat tagt.", blank])


ENGLISH = "The council has decided that the old bridge will be repaired. Work starts in spring."
FRENCH = "Le conseil a décidé que le vieux pont sera réparé. Les travaux commencent au printemps."


@pytest.mark.parametrize(("text", "name"), [(ENGLISH, "English"), (FRENCH, "French")])
def test_another_language_is_named(text: str, name: str) -> None:
    with pytest.raises(WrongLanguage, match=f"seems to be {name}, not German"):
        ECHO(text)
    assert ECHO(text, detect=False).text == text


def test_german_is_refused_where_english_is_asked_for() -> None:
    english = Translator("echo", source_lang="en", target_lang="de")
    assert english(ENGLISH).source_lang == "en"
    with pytest.raises(WrongLanguage, match="German, not English"):
        english("Der Rat hat beschlossen, dass die alte Brücke saniert wird.")


@pytest.mark.parametrize("text", ["123", "😀😀😀", "1.234,5 €", "***", "Ulm", "OK", "\x00"])
def test_texts_of_no_language_pass(text: str) -> None:
    assert ECHO(text).text == text


@pytest.mark.parametrize(
    ("options", "said"),
    [({"beam_size": 0}, "beam_size"), ({"threads": 0}, "threads"), ({"device": "tpu"}, "device")],
)
def test_wrong_options_are_named_at_once(options: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=said):
        Translator("echo", **options)


def test_wrong_layout_is_named() -> None:
    with pytest.raises(InputError, match="'reflow' or 'keep'"):
        ECHO("Der Rat tagt.", layout="pretty")  # type: ignore[call-overload]


def test_unknown_source_language_is_named() -> None:
    with pytest.raises(InputError, match="'xx'"):
        Translator("echo", source_lang="xx")("Ein Satz.", detect=False)


def test_constructing_opens_nothing() -> None:
    translator = Translator("gibt-es-nicht")
    with pytest.raises(ModelNotFound, match="gibt-es-nicht"):
        translator("Der Rat tagt.")


def test_model_of_another_direction_is_refused(make_model: Callable[..., Path]) -> None:
    folder = make_model(languages=["fr", "en"])
    with pytest.raises(InputError, match="translates fr to en, not de to en"):
        Translator(str(folder))("Der Rat tagt.")


@pytest.mark.parametrize("missing", ["ct2", "lexicon"])
def test_model_without_its_files_is_an_error_with_a_message(
    make_model: Callable[..., Path], missing: str
) -> None:
    folder = make_model()
    if missing == "ct2":
        (folder / LEXICON).write_bytes(b"")
    with pytest.raises(SummlibError) as caught:
        Translator(str(folder))("Der Rat tagt.")
    assert str(folder) in str(caught.value)


def test_stream_is_lazy_and_ordered() -> None:
    taken = []

    def numbered() -> Iterator[str]:
        for n in range(2000):
            taken.append(n)
            yield f"Der Rat tagt zum {n}. Mal im Rathaus."

    stream = ECHO.stream(numbered())
    assert taken == []
    first = next(stream)
    assert str(first).startswith("Der Rat tagt zum 0.")
    assert 0 < len(taken) < 2000
    rest = [str(t) for t in stream]
    assert rest == [f"Der Rat tagt zum {n}. Mal im Rathaus." for n in range(1, 2000)]


def test_stream_raises_at_the_text_that_fails() -> None:
    with pytest.raises(EmptyDocument):
        list(ECHO.stream(["Der Rat tagt.", " ", "Es regnet."]))


def test_stream_records_errors_in_their_place() -> None:
    texts = ["Der Rat tagt.", " ", ENGLISH, "Es regnet heute."]
    results = list(ECHO.stream(texts, on_error="record"))
    assert [type(r) for r in results] == [Translation, EmptyDocument, WrongLanguage, Translation]
    assert str(results[3]) == "Es regnet heute."


def test_stream_checks_its_options_at_the_call() -> None:
    with pytest.raises(InputError, match="on_error"):
        ECHO.stream([], on_error="ignore")  # type: ignore[arg-type]


def test_stream_of_documents_with_a_layout() -> None:
    (translation,) = ECHO.stream([Document(WRAPPED)], layout="keep")
    assert str(translation) == WRAPPED


def test_an_engine_that_fails_fails_the_call(with_engine: Callable[..., Translator]) -> None:
    class Failing(Shouting):
        def generate(self, texts: Any, *, options: Any = None) -> Any:
            raise EngineError("no memory left")

    translator = with_engine(Failing())
    with pytest.raises(EngineError):
        translator("Der Rat tagt.")
    (error,) = translator.stream(["Der Rat tagt."], on_error="record")
    assert isinstance(error, EngineError)


MANY = [f"Der Rat tagt zum {n}. Mal. Es kommen {n * 7} Leute.\n\n- Punkt {n}" for n in range(64)]


def test_eight_threads_give_what_one_gives() -> None:
    shared = Translator("echo")
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared, MANY)) == [ECHO(text) for text in MANY]


def test_threads_open_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    original = Translator._open

    def counting(self: Translator) -> Renderer:
        opened.append(self)
        return original(self)

    monkeypatch.setattr(Translator, "_open", counting)
    shared = Translator("echo")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(shared, MANY))
    assert len(opened) == 1


def test_pickles_before_and_after_use() -> None:
    translator = Translator("echo", beam_size=2, glossary={"Rat": "Council"})
    fresh = pickle.loads(pickle.dumps(translator))
    assert fresh("Der Rat tagt.") == translator("Der Rat tagt.")
    used = pickle.loads(pickle.dumps(translator))
    assert used("Der Rat tagt.") == translator("Der Rat tagt.")
    assert used.signature == translator.signature
    assert used.glossary.terms == translator.glossary.terms


def test_a_spawned_pool_gives_what_this_process_gives() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(ECHO, MANY[:8], timeout=60)) == [ECHO(text) for text in MANY[:8]]


def test_errors_come_back_from_a_pool() -> None:
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, mp_context=context) as pool,
        pytest.raises(WrongLanguage, match="English"),
    ):
        pool.submit(ECHO, ENGLISH).result(timeout=60)


@pytest.mark.parametrize(
    "text", ["x" * 300_000, "Wort " * 60_000, ". " * 100_000, "\n" * 200_000 + "Ende."]
)
def test_very_long_texts_pass(text: str) -> None:
    assert ECHO(text, layout="keep", detect=False).text == text
