"""Families, checkpoints and plans: what is read from a folder without loading a model."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from summlib.engines.base import Options
from summlib.engines.checkpoints import Checkpoint, card_languages, open_checkpoint
from summlib.engines.families import families, find_family
from summlib.engines.plans import make_plan
from summlib.errors import InputError, ModelDamaged, ModelError, ModelNotFound


def folder_of(
    path: Path,
    config: dict[str, Any],
    *,
    tokenizer: dict[str, Any] | None = None,
    generation: dict[str, Any] | None = None,
    vocabulary: tuple[str, ...] = (),
    weights: str = "model.safetensors",
) -> Path:
    """Write the files that describe a checkpoint; the weights are a few bytes."""
    path.mkdir(parents=True, exist_ok=True)
    files = {"config.json": config, "tokenizer_config.json": tokenizer}
    files["generation_config.json"] = generation
    files["vocab.json"] = {piece: n for n, piece in enumerate(("<unk>", *vocabulary))}
    for name, content in files.items():
        if content is not None:
            (path / name).write_text(json.dumps(content), encoding="utf-8")
    (path / weights).write_bytes(b"weights")
    return path


def opened(path: Path, *args: Any, **options: Any) -> Checkpoint:
    return open_checkpoint(folder_of(path, *args, **options))


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"model_type": "marian"}, "marian"),
        ({"model_type": "m2m_100"}, "m2m100"),
        ({"model_type": "m2m_100", "tokenizer_class": "NllbTokenizer"}, "nllb"),
        ({"model_type": "m2m_100", "tokenizer_class": "NllbTokenizerFast"}, "nllb"),
        ({"model_type": "mbart", "tokenizer_class": "MBart50Tokenizer"}, "mbart50"),
        ({"model_type": "mbart", "tokenizer_class": "MBartTokenizer"}, "mbart"),
        ({"model_type": "t5", "feed_forward_proj": "relu"}, "t5"),
        ({"model_type": "t5", "feed_forward_proj": "gated-gelu"}, "flan-t5"),
        ({"model_type": "mt5", "feed_forward_proj": "gated-gelu"}, "mt5"),
        ({"model_type": "bart"}, "bart"),
        ({"model_type": "pegasus"}, "pegasus"),
        ({"model_type": "led"}, "led"),
        ({"model_type": "longt5"}, "longt5"),
    ],
)
def test_settings_tell_the_family(settings: dict[str, str], name: str) -> None:
    assert find_family(settings).name == name


def test_every_family_is_whole() -> None:
    for family in families():
        assert set(family.engines) <= {"ct2", "pytorch"}
        assert family.engines[-1] == "pytorch"  # the reference runs them all
        assert set(family.tasks) <= {"translate", "summarize"}
        assert family.half in ("float16", "bfloat16")
        assert family.default_window >= 512
        assert not family.codes or {"de", "en"} <= set(family.codes)


def test_an_unknown_type_is_refused_with_those_known() -> None:
    with pytest.raises(ModelError, match=r"'gpt2'.*bart.*marian"):
        find_family({"model_type": "gpt2"})


def test_a_null_in_the_configuration_hides_nothing(tmp_path: Path) -> None:
    config = {"model_type": "m2m_100", "tokenizer_class": None}
    checkpoint = opened(tmp_path / "m", config, tokenizer={"tokenizer_class": "NllbTokenizer"})
    assert checkpoint.family.name == "nllb"


def test_a_folder_without_a_configuration_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match=r"config\.json"):
        open_checkpoint(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", "\x00"])
def test_a_broken_configuration_is_damaged(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"config\.json"):
        open_checkpoint(tmp_path)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    folder_of(tmp_path, {"model_type": "bart"}, weights="pytorch_model.bin")
    with pytest.raises(ModelError, match=r"only pickled weights \(pytorch_model\.bin\).*code"):
        open_checkpoint(tmp_path)


@pytest.mark.parametrize(
    ("config", "tokenizer", "window"),
    [
        ({"model_type": "bart", "max_position_embeddings": 1024}, {}, 1024),
        ({"model_type": "marian", "max_position_embeddings": 512}, {"model_max_length": 512}, 512),
        (
            {"model_type": "pegasus", "max_position_embeddings": 1024},
            {"model_max_length": 512},
            512,
        ),
        ({"model_type": "mt5"}, {"model_max_length": int(1e30)}, 512),
        ({"model_type": "t5", "n_positions": 512}, {}, 512),
        ({"model_type": "led", "max_encoder_position_embeddings": 16384}, {}, 16384),
        ({"model_type": "longt5"}, {}, 4096),
    ],
)
def test_the_window_is_the_least_of_what_is_told(
    tmp_path: Path, config: dict[str, Any], tokenizer: dict[str, Any], window: int
) -> None:
    assert opened(tmp_path / "m", config, tokenizer=tokenizer).window == window


def test_the_fingerprint_changes_with_the_checkpoint(tmp_path: Path) -> None:
    path = folder_of(tmp_path / "m", {"model_type": "bart"})
    first = open_checkpoint(path).fingerprint()
    assert open_checkpoint(path).fingerprint() == first
    os.utime(path / "model.safetensors", ns=(1, 1))
    second = open_checkpoint(path).fingerprint()
    folder_of(path, {"model_type": "bart", "scale_embedding": True})
    assert len({first, second, open_checkpoint(path).fingerprint()}) == 3


@pytest.mark.parametrize(
    ("card", "languages"),
    [
        ("---\nlanguage: de\nlicense: mit\n---\nText", ("de",)),
        ("---\nlanguage:\n- de\n- en\ntags: [a]\n---\n", ("de", "en")),
        ("---\nlanguage: [de, fr]\n---\n", ("de", "fr")),
        ("---\ntags: x\nlanguage:\n  - multilingual\n  - de\n---\n", ()),
        ("---\nlicense: mit\n---\nlanguage: de", None),
        ("language: de", None),
    ],
)
def test_languages_come_from_the_head_of_the_card(
    tmp_path: Path, card: str, languages: tuple[str, ...] | None
) -> None:
    (tmp_path / "README.md").write_text(card, encoding="utf-8")
    assert card_languages(tmp_path / "README.md") == languages
    assert card_languages(tmp_path / "missing.md") is None


MARIAN = {"model_type": "marian", "max_position_embeddings": 512}


def plan_of(checkpoint: Checkpoint, task: Any = "translate", **languages: Any) -> Any:
    return make_plan(checkpoint, task, **{"source_lang": "de", "target_lang": "en", **languages})


def test_a_marian_pair_needs_no_tag(tmp_path: Path) -> None:
    told = {"source_lang": "de", "target_lang": "en"}
    plan = plan_of(opened(tmp_path / "m", MARIAN, tokenizer=told))
    assert (plan.source_tag, plan.source_code, plan.target_token) == ("", "", "")


def test_a_marian_of_another_direction_is_refused(tmp_path: Path) -> None:
    told = {"source_lang": "eng", "target_lang": "deu"}
    checkpoint = opened(tmp_path / "opus-mt-en-de", MARIAN, tokenizer=told)
    with pytest.raises(InputError, match="'opus-mt-en-de' translates en to de, not de to en"):
        plan_of(checkpoint)


@pytest.mark.parametrize(
    ("vocabulary", "tag"),
    [((">>fra<<", ">>eng<<"), ">>eng<<"), ((">>en<<", ">>fr<<"), ">>en<<")],
)
def test_a_marian_with_several_targets_gets_its_tag(
    tmp_path: Path, vocabulary: tuple[str, ...], tag: str
) -> None:
    told = {"source_lang": "gmw", "target_lang": "roa"}
    checkpoint = opened(tmp_path / "m", MARIAN, tokenizer=told, vocabulary=vocabulary)
    assert plan_of(checkpoint).source_tag == tag


def test_a_target_without_a_tag_is_refused_with_those_known(tmp_path: Path) -> None:
    checkpoint = opened(tmp_path / "m", MARIAN, vocabulary=(">>fra<<", ">>spa<<"))
    with pytest.raises(InputError, match=r"does not translate to 'en'; it knows fra, spa"):
        plan_of(checkpoint)


@pytest.mark.parametrize(
    ("config", "tokenizer", "code", "token"),
    [
        ({"model_type": "m2m_100"}, {"tokenizer_class": "NllbTokenizer"}, "deu_Latn", "eng_Latn"),
        ({"model_type": "m2m_100"}, {"tokenizer_class": "M2M100Tokenizer"}, "de", "__en__"),
        ({"model_type": "mbart"}, {"tokenizer_class": "MBart50Tokenizer"}, "de_DE", "en_XX"),
    ],
)
def test_languages_get_the_codes_of_the_family(
    tmp_path: Path, config: dict[str, Any], tokenizer: dict[str, Any], code: str, token: str
) -> None:
    plan = plan_of(opened(tmp_path / "m", config, tokenizer=tokenizer))
    assert (plan.source_code, plan.target_token) == (code, token)


def test_codes_of_the_family_pass_and_others_are_refused(tmp_path: Path) -> None:
    nllb = {"tokenizer_class": "NllbTokenizer"}
    checkpoint = opened(tmp_path / "m", {"model_type": "m2m_100"}, tokenizer=nllb)
    assert plan_of(checkpoint, source_lang="bar_Latn").source_code == "bar_Latn"
    with pytest.raises(InputError, match=r"'xx' is no language of the nllb models.*deu_Latn"):
        plan_of(checkpoint, source_lang="xx")


def test_prompts_come_from_the_checkpoint_then_from_the_family(tmp_path: Path) -> None:
    special = {"summarization": {"prefix": "tl;dr: ", "max_length": 50, "min_length": 5}}
    bare = opened(tmp_path / "bare", {"model_type": "t5"})
    told = opened(tmp_path / "told", {"model_type": "t5", "task_specific_params": special})
    assert plan_of(bare, "summarize").prompt == "summarize: "
    assert plan_of(bare).prompt == "translate German to English: "
    assert plan_of(told, "summarize").prompt == "tl;dr: "
    assert plan_of(told).prompt == "translate German to English: "
    assert plan_of(told, "summarize", prompt="").prompt == ""
    assert plan_of(opened(tmp_path / "mt5", {"model_type": "mt5"}), "summarize").prompt == ""


def test_prescribed_lengths_leave_out_the_start(tmp_path: Path) -> None:
    generation = {"max_length": 142, "min_length": 56, "no_repeat_ngram_size": 3}
    config = {"model_type": "bart", "max_length": 20, "length_penalty": 2.0}
    checkpoint = opened(tmp_path / "m", config, generation=generation)
    assert plan_of(checkpoint, "summarize").prescribed == Options(
        no_repeat_ngram=3, length_penalty=2.0, min_pieces=55, max_pieces=141
    )


def test_a_task_that_a_family_does_not_do_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can translate, not summarize"):
        plan_of(opened(tmp_path / "m", MARIAN), "summarize")
    with pytest.raises(InputError, match="can summarize, not translate"):
        plan_of(opened(tmp_path / "b", {"model_type": "bart"}))


def test_a_window_may_be_smaller_and_never_larger(tmp_path: Path) -> None:
    checkpoint = opened(tmp_path / "m", MARIAN)
    assert plan_of(checkpoint, window=192).window == 192
    assert plan_of(checkpoint, window=9999).window == 512
