"""The bundled German-English model, run for real."""

from __future__ import annotations

import json
import multiprocessing
import pickle
import shutil
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import summlib
from summlib import store
from summlib.engines.base import Engine, Options
from summlib.engines.ct2 import MAX_INPUT, Ct2Engine
from summlib.errors import ModelDamaged
from summlib.translator import Translator

TEXTS = [
    "Der Rat der Stadt hat am Montag getagt.",
    "",
    "Die Brücke bleibt bis zum 30. April gesperrt.",
    "Es kamen 35 Leute.",
    "  ",
    "Nein.",
]


@pytest.fixture(scope="module")
def engine(bundled_model: Path) -> Ct2Engine:
    return Ct2Engine(bundled_model / "ct2", threads=1)


@pytest.fixture(scope="module")
def translator(bundled_model: Path) -> Translator:
    return Translator(str(bundled_model), threads=1)


@pytest.fixture
def damaged(bundled_model: Path, tmp_path: Path) -> Path:
    """Copy the model to where a test may harm it."""
    return Path(shutil.copytree(bundled_model, tmp_path / "de-en"))


def test_files_are_those_of_the_card(bundled_model: Path) -> None:
    assert store.verify(bundled_model) == []
    info = store.describe(bundled_model)
    assert (info.source_lang, info.target_lang, info.task) == ("de", "en", "translate")
    assert info.licence


def test_same_length_same_order(engine: Ct2Engine) -> None:
    contract: Engine = engine
    outputs = contract.generate(TEXTS)
    assert len(outputs) == len(TEXTS)
    assert [bool(row[0].text) for row in outputs] == [bool(text.strip()) for text in TEXTS]
    assert outputs[2][0].text == engine.generate([TEXTS[2]])[0][0].text
    assert outputs[2] != outputs[3]


def test_empty_in_empty_out(engine: Ct2Engine) -> None:
    assert engine.generate([]) == []
    assert [row[0].text for row in engine.generate(["", " \n"])] == ["", ""]
    assert engine.lengths([]) == []


def test_cores_work_side_by_side_at_the_same_texts(bundled_model: Path, engine: Ct2Engine) -> None:
    several = Ct2Engine(bundled_model / "ct2", threads=2)
    assert (engine.workers, several.workers) == (1, 2)
    ours, theirs = (e.generate(TEXTS, options=Options(beam_size=2)) for e in (several, engine))
    assert [row[0].text for row in ours] == [row[0].text for row in theirs]


def test_nothing_loads_before_the_first_text(bundled_model: Path) -> None:
    fresh = Ct2Engine(bundled_model / "ct2")
    fresh.generate(["", " "])
    assert fresh._model is None
    Ct2Engine("gibt/es/nicht")


def test_hypotheses_come_best_first(engine: Ct2Engine) -> None:
    (row,) = engine.generate([TEXTS[0]], options=Options(beam_size=4, hypotheses=4))
    scores = [output.score for output in row]
    assert len(row) == 4
    assert scores == sorted(scores, reverse=True)
    assert all(score < 0 for score in scores)
    assert len({output.text for output in row}) > 1


def test_no_more_hypotheses_than_beams(engine: Ct2Engine) -> None:
    (row,) = engine.generate([TEXTS[0]], options=Options(beam_size=2, hypotheses=5))
    assert len(row) == 2


def test_a_banned_run_does_not_come_twice(engine: Ct2Engine) -> None:
    text = "Er lief und lief und lief und lief und lief und lief und lief und lief."
    options = Options(no_repeat_ngram=2, repetition_penalty=1.1)
    words = engine.generate([text], options=options)[0][0].text.lower().split()
    pairs = list(zip(words, words[1:], words[2:], strict=False))
    assert len(pairs) == len(set(pairs))


def test_truncation_is_never_silent(engine: Ct2Engine) -> None:
    long = "Der Rat tagt und " * MAX_INPUT + "schweigt."
    (cut,), (whole,) = engine.generate([long, TEXTS[0]])
    assert engine.lengths([long])[0] > engine.max_length
    assert cut.truncated
    assert cut.text
    assert not whole.truncated


def test_lengths_count_what_the_limit_counts(engine: Ct2Engine) -> None:
    words = 1
    while engine.lengths(["ja " * words])[0] <= engine.max_length:
        words += 1
    options = Options(beam_size=1)
    last, beyond = engine.generate(["ja " * (words - 1), "ja " * words], options=options)
    assert (last[0].truncated, beyond[0].truncated) == (False, True)


def test_alignment_points_into_both_texts(engine: Ct2Engine) -> None:
    text = TEXTS[2]
    (row,) = engine.generate([text], options=Options(align=True))
    pieces = engine.lengths([text])[0]
    assert [target for target, _ in row[0].alignment] == list(range(len(row[0].alignment)))
    assert all(0 <= source < pieces for _, source in row[0].alignment)
    assert engine.generate([text])[0][0].alignment == ()


def test_threads_give_what_one_gives(engine: Ct2Engine) -> None:
    texts = [f"Am {n}. Mai kamen {n * 3} Leute in die Stadt." for n in range(1, 25)]
    serial = [engine.generate([text])[0][0].text for text in texts]
    with ThreadPoolExecutor(8) as pool:
        parallel = list(pool.map(lambda text: engine.generate([text])[0][0].text, texts))
    assert parallel == serial


@settings(
    derandomize=True,
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.text(st.characters(), max_size=30), max_size=4))
def test_any_text_is_taken(engine: Ct2Engine, texts: list[str]) -> None:
    assert len(engine.generate(texts, options=Options(beam_size=1))) == len(texts)
    assert len(engine.lengths(texts)) == len(texts)


def test_engine_pickles_without_its_weights(engine: Ct2Engine) -> None:
    engine.generate([TEXTS[0]])
    pickled = pickle.dumps(engine)
    assert len(pickled) < 1000
    again = pickle.loads(pickled)
    assert again.generate([TEXTS[0]])[0][0].text == engine.generate([TEXTS[0]])[0][0].text


@pytest.mark.parametrize("file", ["model.bin", "spm.model"])
def test_engine_without_a_file_is_damaged(damaged: Path, file: str) -> None:
    (damaged / "ct2" / file).unlink()
    with pytest.raises(ModelDamaged, match="ct2"):
        Ct2Engine(damaged / "ct2").generate(["Ja."])


@pytest.mark.parametrize("file", ["model.bin", "spm.model"])
def test_engine_with_half_a_file_is_damaged(damaged: Path, file: str) -> None:
    path = damaged / "ct2" / file
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(ModelDamaged, match="ct2"):
        Ct2Engine(damaged / "ct2").generate(["Ja."])


@pytest.mark.parametrize("file", ["ct2/model.bin", "ct2/spm.model", "lexicon.rows", "words.txt.gz"])
def test_a_flipped_byte_is_seen_before_the_first_sentence(damaged: Path, file: str) -> None:
    content = bytearray((damaged / file).read_bytes())
    content[len(content) // 2] ^= 0x10
    (damaged / file).write_bytes(content)
    with pytest.raises(ModelDamaged, match=f"{file} is damaged"):
        Translator(str(damaged))("Der Rat tagt heute.")


def test_a_model_whose_dictionary_is_not_listed_is_damaged(damaged: Path) -> None:
    card = json.loads((damaged / "model.json").read_text("utf-8"))
    del card["files"]["lexicon.rows"]
    (damaged / "model.json").write_text(json.dumps(card), "utf-8")
    (damaged / "lexicon.rows").unlink()
    with pytest.raises(ModelDamaged, match=r"lexicon\.rows.*install the model again"):
        Translator(str(damaged))("Der Rat tagt heute.")


def test_translates_a_sentence(translator: Translator) -> None:
    text = translator("Die Kommission hat am Montag einen Bericht vorgelegt.").text
    assert "Commission" in text or "commission" in text
    assert "Monday" in text
    assert "report" in text


def test_translates_with_the_layout_kept(translator: Translator) -> None:
    text = (
        "# Bericht\n\nEs kamen 1.250 Leute. Mehr unter https://example.org/a?b=1.\n\n- ja\n- nein\n"
    )
    lines = translator(text, layout="keep").text.split("\n")
    assert len(lines) == text.count("\n") + 1
    assert lines[0].startswith("# ")
    assert "1,250" in lines[2]
    assert "https://example.org/a?b=1" in lines[2]
    assert [line[:2] for line in lines[4:6]] == ["- ", "- "]
    assert lines[1] == lines[3] == lines[6] == ""


def test_dates_survive(translator: Translator) -> None:
    text = translator("Die Sitzung findet am 20. September 2024 um 16.30 Uhr statt.").text
    assert "20" in text
    assert "September" in text
    assert "2024" in text
    assert "16:30" in text


def test_translations_are_the_same_in_any_company(translator: Translator) -> None:
    texts = [text for text in TEXTS if text.strip()]
    together = translator(texts, detect=False)
    assert [t.text for t in together] == [translator(t, detect=False).text for t in texts]


def test_a_sentence_beyond_the_limit_is_split_and_told(translator: Translator) -> None:
    clause = "der Rat hat die Sache geprüft, und die Stadt hat den Plan gebilligt, "
    translation = translator("Am Montag kam es so, dass " + clause * 12 + "dann war Schluss.")
    (sentence,) = translation.sentences
    assert [f.kind for f in sentence.findings].count("split") == 1
    assert not sentence.truncated
    assert "council" in sentence.text.lower()


def test_years_are_not_made_up_where_years_stand(translator: Translator) -> None:
    text = str(translator("Der Wochenmarkt in Bad Lindach verlässt nach 46 Jahren den Kirchplatz."))
    assert "46 years" in text


@pytest.mark.parametrize(
    "text", ["\x00", "😀", "12.345,6", "a\ud800b", "x" * 500, "ß" * 9, "⟨mask⟩1", "\u200f"]
)
def test_odd_texts_pass(translator: Translator, text: str) -> None:
    assert len(translator(text, detect=False).sentences) <= 1


def test_signature_names_model_engine_and_beam(translator: Translator) -> None:
    import ctranslate2

    model, engine, precision, beam, version = translator.signature.split("|")
    assert "@" in model
    assert engine == f"ct2-{ctranslate2.__version__}"
    assert (precision, beam, version) == ("int8", "beam4", f"summlib-{summlib.__version__}")


def test_eight_threads_share_a_translator(translator: Translator) -> None:
    texts = [f"Am {n}. Mai kamen {n * 3} Leute in die Stadt." for n in range(1, 13)]
    serial = [translator(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(translator, texts)) == serial


def test_a_spawned_pool_gives_what_this_process_gives(translator: Translator) -> None:
    texts = [text for text in TEXTS if text.strip()]
    here = [translator(text, detect=False) for text in texts]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        futures = [pool.submit(translator, text, detect=False) for text in texts]
        assert [future.result(timeout=120) for future in futures] == here
