"""Tiny random checkpoints of every family, laid out as on the Hub.

Each is written with ``save_pretrained`` beside a vocabulary trained on the
lines below: SentencePiece for most, byte-level pairs for BART and LED. Weights
are drawn wide enough for beams to differ.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

LINES = """\
Der Rat der Stadt hat am Montag getagt und den Plan gebilligt.
Die Brücke bleibt bis zum 30. April gesperrt, teilte die Verwaltung mit.
Es kamen 35 Leute, und viele blieben bis zum Abend im Saal.
Die Kommission hat einen Bericht über die Preise vorgelegt.
Im Winter fahren die Züge seltener, weil Personal fehlt.
The council of the city met on Monday and approved the plan.
The bridge stays closed until 30 April, the administration said.
Thirty-five people came, and many stayed in the hall until the evening.
The commission presented a report on prices this week.
In winter trains run less often because staff are missing.
translate German to English: summarize: a short text about water and schools
Schulen und Kirchen, Wasser und Strom, Kinder und Eltern, Felder und Wälder
schools and churches, water and power, children and parents, fields and woods""".splitlines()

SIZE = {"d_model": 32, "encoder_layers": 2, "decoder_layers": 2}
HEADS = {"encoder_attention_heads": 4, "decoder_attention_heads": 4}
WIDTHS = {"encoder_ffn_dim": 64, "decoder_ffn_dim": 64}
SMALL = {**SIZE, **HEADS, **WIDTHS, "init_std": 0.25, "dropout": 0.0}
T5 = {"d_model": 32, "d_kv": 8, "d_ff": 64, "num_layers": 2, "num_heads": 4, "dropout_rate": 0.0}
SPREAD = 9.0
"""Factor on T5's own initialisation, which is too even for beams to differ."""


def sentencepiece(path: Path, *, kind: str = "unigram", size: int = 180, **options: Any) -> None:
    """Train a SentencePiece model on the lines."""
    import sentencepiece as spm

    with path.open("wb") as file:
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(LINES),
            model_writer=file,
            vocab_size=size,
            model_type=kind,
            hard_vocab_limit=False,
            minloglevel=2,
            **options,
        )


def pieces(path: Path) -> list[str]:
    """Return the pieces of a SentencePiece model in order."""
    import sentencepiece as spm

    model = spm.SentencePieceProcessor(model_file=str(path))
    return [model.id_to_piece(n) for n in range(model.get_piece_size())]


def write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def save(folder: Path, network: Any, **generation: Any) -> Path:
    """Save a network as Hub models are: config.json, model.safetensors, generation settings."""
    for name, value in generation.items():
        setattr(network.generation_config, name, value)
    network.eval().save_pretrained(folder)
    return folder


def marian(folder: Path, *, tags: tuple[str, ...] = (), **options: Any) -> Path:
    """Write an opus-mt: two SentencePiece models and the vocabulary they share."""
    from transformers import MarianConfig, MarianMTModel

    sentencepiece(folder / "source.spm")
    shutil.copy(folder / "source.spm", folder / "target.spm")
    learned = [p for p in pieces(folder / "source.spm") if p not in ("<unk>", "<s>", "</s>")]
    vocabulary = ["</s>", "<unk>", *learned, *tags, "<pad>"]
    write(folder / "vocab.json", {piece: n for n, piece in enumerate(vocabulary)})
    settings = {"tokenizer_class": "MarianTokenizer", "model_max_length": 512}
    languages = {"source_lang": "de", "target_lang": "en"} if not tags else {}
    write(folder / "tokenizer_config.json", {**settings, **languages})
    ids = {"eos_token_id": 0, "bos_token_id": 0, "forced_eos_token_id": 0}
    starts = {n: len(vocabulary) - 1 for n in ("pad_token_id", "decoder_start_token_id")}
    config = MarianConfig(
        vocab_size=len(vocabulary),
        max_position_embeddings=64,
        scale_embedding=True,
        activation_function="swish",
        **{**SMALL, **ids, **starts, **options},
    )
    return save(folder, MarianMTModel(config), bad_words_ids=[[len(vocabulary) - 1]])


def m2m100(folder: Path) -> Path:
    """Write an M2M100: one SentencePiece model, ids from vocab.json, language tokens behind."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration

    sentencepiece(folder / "sentencepiece.bpe.model", kind="bpe")
    learned = pieces(folder / "sentencepiece.bpe.model")[3:]
    vocabulary = ["<s>", "<pad>", "</s>", "<unk>", *learned]
    write(folder / "vocab.json", {piece: n for n, piece in enumerate(vocabulary)})
    settings = {"tokenizer_class": "M2M100Tokenizer", "model_max_length": 1024, "src_lang": "en"}
    write(folder / "tokenizer_config.json", settings)
    size = len(vocabulary) + 100 + 8  # a hundred languages, and eight pieces without a meaning
    config = M2M100Config(vocab_size=size, max_position_embeddings=64, **SMALL)
    return save(folder, M2M100ForConditionalGeneration(config))


def nllb(folder: Path) -> Path:
    """Write an NLLB: the network of M2M100 under another tokenizer."""
    from transformers import M2M100Config, M2M100ForConditionalGeneration, NllbTokenizer

    sentencepiece(folder / "sentencepiece.bpe.model", kind="bpe")
    codes = {"additional_special_tokens": ["deu_Latn", "eng_Latn", "fra_Latn"]}
    settings = {"tokenizer_class": "NllbTokenizer", "model_max_length": 1024, **codes}
    write(folder / "tokenizer_config.json", settings)
    size = len(NllbTokenizer.from_pretrained(folder))
    config = M2M100Config(vocab_size=size, max_position_embeddings=64, **SMALL)
    return save(folder, M2M100ForConditionalGeneration(config))


def mbart50(folder: Path) -> Path:
    """Write an mBART-50, many to many."""
    from transformers import MBart50Tokenizer, MBartConfig, MBartForConditionalGeneration

    sentencepiece(folder / "sentencepiece.bpe.model")
    settings = {"tokenizer_class": "MBart50Tokenizer", "model_max_length": 1024}
    write(folder / "tokenizer_config.json", {**settings, "src_lang": "en_XX"})
    size = len(MBart50Tokenizer.from_pretrained(folder))
    config = MBartConfig(vocab_size=size, max_position_embeddings=64, scale_embedding=True, **SMALL)
    config.tokenizer_class = "MBart50Tokenizer"
    ids = {"decoder_start_token_id": 2, "eos_token_id": 2, "pad_token_id": 1, "bos_token_id": 0}
    config.decoder_start_token_id = 2
    return save(folder, MBartForConditionalGeneration(config), **ids)


def _t5(folder: Path, network: type, config: Any, *, tied: bool = True, **generation: Any) -> Path:
    import torch

    sentencepiece(folder / "spiece.model", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    made = network(config)
    with torch.no_grad():
        for weight in made.parameters():
            weight *= SPREAD if weight.dim() > 1 else 1
    save(folder, made, **generation)
    if not tied:  # transformers 5 writes "true" for what Hub checkpoints have as "false"
        told = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        told.pop("scale_decoder_outputs", None)
        write(folder / "config.json", {**told, "tie_word_embeddings": False})
    return folder


def _t5_settings(folder: Path, extra_ids: int = 10) -> dict[str, int]:
    settings = {"tokenizer_class": "T5Tokenizer", "extra_ids": extra_ids, "model_max_length": 512}
    write(folder / "tokenizer_config.json", settings)
    ids = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0}
    return {"vocab_size": 256, **ids}


def t5(folder: Path, **options: Any) -> Path:
    """Write a T5 of the first kind: tied embeddings, prompts in the configuration."""
    from transformers import T5Config, T5ForConditionalGeneration

    prompts = {
        "summarization": {"prefix": "summarize: ", "max_length": 40, "min_length": 3},
        "translation_en_to_de": {"prefix": "translate English to German: ", "max_length": 60},
    }
    settings = _t5_settings(folder)
    config = T5Config(task_specific_params=prompts, **{**T5, **settings, **options})
    return _t5(folder, T5ForConditionalGeneration, config)


def flan_t5(folder: Path) -> Path:
    """Write a T5 1.1: gated, with an output layer of its own."""
    from transformers import T5Config, T5ForConditionalGeneration

    settings = _t5_settings(folder)
    gated = {"feed_forward_proj": "gated-gelu", "tie_word_embeddings": False}
    config = T5Config(**T5, **settings, **gated)
    return _t5(folder, T5ForConditionalGeneration, config, tied=False)


def mt5(folder: Path) -> Path:
    """Write an mT5 as the multilingual summarizers are, with their generation settings."""
    from transformers import MT5Config, MT5ForConditionalGeneration

    settings = _t5_settings(folder, extra_ids=0)
    config = MT5Config(**T5, **settings)
    generation = {"max_length": 84, "no_repeat_ngram_size": 2, "num_beams": 4}
    return _t5(folder, MT5ForConditionalGeneration, config, tied=False, **generation)


def long_t5(folder: Path) -> Path:
    """Write a LongT5 with transient global attention."""
    from transformers import LongT5Config, LongT5ForConditionalGeneration

    settings = _t5_settings(folder)
    config = LongT5Config(
        encoder_attention_type="transient-global", local_radius=15, **T5, **settings
    )
    config.n_positions = 256
    return _t5(folder, LongT5ForConditionalGeneration, config)


def _byte_pairs(folder: Path, name: str) -> int:
    """Train a byte-level vocabulary and return its size."""
    from tokenizers import ByteLevelBPETokenizer

    trained = ByteLevelBPETokenizer()
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained.train_from_iterator(LINES, vocab_size=400, special_tokens=special, show_progress=False)
    trained.save_model(str(folder))
    settings = {"tokenizer_class": name, "model_max_length": 1024}
    write(folder / "tokenizer_config.json", settings)
    return int(trained.get_vocab_size())


def bart(folder: Path, *, forced: int | None = 0, positions: int = 128) -> Path:
    """Write a BART summarizer as bart-large-cnn is: ``<s>`` forced, lengths prescribed."""
    from transformers import BartConfig, BartForConditionalGeneration

    size = _byte_pairs(folder, "BartTokenizer")
    ids = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}
    config = BartConfig(vocab_size=size, max_position_embeddings=positions, **SMALL, **ids)
    generation = {"forced_bos_token_id": forced, "forced_eos_token_id": 2, "num_beams": 4}
    lengths = {"max_length": 40, "min_length": 8, "no_repeat_ngram_size": 3, "length_penalty": 2.0}
    return save(folder, BartForConditionalGeneration(config), **generation, **lengths)


def pegasus(folder: Path) -> Path:
    """Write a Pegasus."""
    from transformers import PegasusConfig, PegasusForConditionalGeneration, PegasusTokenizer

    sentencepiece(folder / "spiece.model", pad_id=0, eos_id=1, unk_id=2, bos_id=-1)
    write(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PegasusTokenizer", "model_max_length": 64},
    )
    size = len(PegasusTokenizer.from_pretrained(folder)) + 4
    ids = {"pad_token_id": 0, "eos_token_id": 1, "decoder_start_token_id": 0}
    config = PegasusConfig(
        vocab_size=size, max_position_embeddings=64, scale_embedding=True, **SMALL, **ids
    )
    return save(folder, PegasusForConditionalGeneration(config), max_length=40, num_beams=4)


def led(folder: Path) -> Path:
    """Write an LED: BART's vocabulary, windowed attention in the encoder."""
    from transformers import LEDConfig, LEDForConditionalGeneration

    size = _byte_pairs(folder, "LEDTokenizer")
    ids = {"bos_token_id": 0, "pad_token_id": 1, "eos_token_id": 2, "decoder_start_token_id": 2}
    config = LEDConfig(
        vocab_size=size,
        max_encoder_position_embeddings=256,
        max_decoder_position_embeddings=64,
        attention_window=16,
        **SMALL,
        **ids,
    )
    return save(folder, LEDForConditionalGeneration(config), max_length=40, num_beams=2)


MAKERS: dict[str, Callable[..., Path]] = {
    "marian": marian,
    "m2m100": m2m100,
    "nllb": nllb,
    "mbart50": mbart50,
    "t5": t5,
    "flan-t5": flan_t5,
    "mt5": mt5,
    "bart": bart,
    "pegasus": pegasus,
    "led": led,
    "longt5": long_t5,
}
"""One maker for each family, by the family's name."""


def make(family: str, folder: Path, **options: Any) -> Path:
    """Write a checkpoint of a family into a new folder; the same one each time."""
    import torch

    folder.mkdir(parents=True)
    torch.manual_seed(7)
    return MAKERS[family](folder, **options)
