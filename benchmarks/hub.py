"""Measure both engines on a random model of the size of opus-mt, side by side.

Four ways of translating the same texts, each in a process of its own, in turn:
torch as most people run it (``generate`` in a loop), torch in batches of 16,
and both engines of summlib. The weights are random, so that every output runs
to the same length and all ways generate as many pieces. Where a GPU is found,
the same runs on it.

Run: ``python benchmarks/hub.py [--sentences N] [--rounds N] [--threads N]``
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from machine import peak_mb
from samples import SEEDS, seed_sentences

ROOT = Path(__file__).resolve().parents[1]
PIECES = 40
"""Pieces of each output; a sentence of news has about so many."""

BEAM = 4
WAYS = ("loop", "batched", "pytorch", "ct2")


def make_model(folder: Path) -> None:
    """Write a random Marian with the sizes of opus-mt-de-en around a small vocabulary."""
    import sentencepiece
    import torch
    from transformers import MarianConfig, MarianMTModel

    texts = [line for path in SEEDS for line in path.read_text(encoding="utf-8").splitlines()]
    folder.mkdir()
    with (folder / "source.spm").open("wb") as file:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_writer=file,
            vocab_size=4000,
            hard_vocab_limit=False,
            minloglevel=2,
        )
    (folder / "target.spm").write_bytes((folder / "source.spm").read_bytes())
    model = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))
    learned = [model.id_to_piece(n) for n in range(3, model.get_piece_size())]
    # The rest of the 58,101 pieces of opus-mt exist in the tables alone.
    rest = [f"▁unbenutzt{n}" for n in range(58_101 - len(learned) - 3)]
    vocabulary = ["</s>", "<unk>", *learned, *rest, "<pad>"]
    write(folder / "vocab.json", {piece: n for n, piece in enumerate(vocabulary)})
    write(folder / "tokenizer_config.json", {"tokenizer_class": "MarianTokenizer"})
    torch.manual_seed(1)
    pad = len(vocabulary) - 1
    config = MarianConfig(
        vocab_size=len(vocabulary),
        d_model=512,
        encoder_layers=6,
        decoder_layers=6,
        encoder_attention_heads=8,
        decoder_attention_heads=8,
        encoder_ffn_dim=2048,
        decoder_ffn_dim=2048,
        max_position_embeddings=512,
        scale_embedding=True,
        activation_function="swish",
        eos_token_id=0,
        pad_token_id=pad,
        decoder_start_token_id=pad,
    )
    network = MarianMTModel(config)
    network.final_logits_bias[0, 0] = -1000.0  # never ends: all ways write as much
    network.save_pretrained(folder)


def write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def plain(folder: Path, size: int, device: str) -> Callable[[list[str]], object]:
    """Return ``generate`` as its documentation shows it, so many texts at a time."""
    import torch
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    network = AutoModelForSeq2SeqLM.from_pretrained(folder).eval().to(device)
    network.generation_config.max_length = None

    def run(texts: list[str]) -> None:
        for first in range(0, len(texts), size):
            batch = tokenizer(texts[first : first + size], return_tensors="pt", padding=True)
            with torch.inference_mode():
                found = network.generate(**batch.to(device), num_beams=BEAM, max_new_tokens=PIECES)
            tokenizer.batch_decode(found, skip_special_tokens=True)

    return run


def engine(folder: Path, name: str, device: str, threads: int) -> Callable[[list[str]], object]:
    """Return an engine of summlib."""
    from summlib.engines.base import Options
    from summlib.engines.checkpoints import open_checkpoint
    from summlib.engines.choice import open_engine
    from summlib.engines.plans import Plan

    plan = Plan(open_checkpoint(folder), "translate", window=512)
    root = folder.parent / "converted"
    opened = open_engine(plan, engine=name, device=device, threads=threads, root=root)
    options = Options(beam_size=BEAM, max_pieces=PIECES)
    return lambda texts: opened.generate(texts, options=options)


def measure(given: argparse.Namespace) -> None:
    """Measure one way in this process and write its figures as JSON."""
    texts = seed_sentences()[: given.sentences]
    if given.way in ("loop", "batched", "pytorch"):
        import torch

        torch.set_num_threads(given.threads)
    if given.way in ("loop", "batched"):
        act = plain(given.folder, 1 if given.way == "loop" else 16, given.device)
    else:
        act = engine(given.folder, given.way, given.device, given.threads)
    act(texts[:2])
    begin = time.perf_counter()
    act(texts)
    seconds = time.perf_counter() - begin
    print(json.dumps({"pieces_s": PIECES * len(texts) / seconds, "peak_mb": peak_mb()}))


def measured(folder: Path, way: str, device: str, given: argparse.Namespace) -> dict[str, float]:
    """Measure one way in a process of its own."""
    command = [sys.executable, __file__, "--way", way, "--folder", str(folder)]
    command += ["--device", device, "--sentences", str(given.sentences)]
    command += ["--threads", str(given.threads)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def compare(folder: Path, device: str, given: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Return the median of each figure for each way, measured in turn."""
    rounds = [
        {way: measured(folder, way, device, given) for way in WAYS} for _ in range(given.rounds)
    ]
    return {
        way: {
            key: statistics.median(figures[way][key] for figures in rounds)
            for key in ("pieces_s", "peak_mb")
        }
        for way in WAYS
    }


def has_gpu() -> bool:
    """Tell whether both engines find a GPU."""
    import torch

    from summlib.engines import ct2

    return torch.cuda.is_available() and ct2.count_gpus() > 0


def main() -> None:
    """Make the model, measure all ways, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--way", choices=WAYS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--device", default="cpu", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.way:
        measure(given)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "opus-mt-random"
        make_model(folder)
        engine(folder, "ct2", "cpu", given.threads)(["Ein Satz."])  # converts
        tables = {d: compare(folder, d, given) for d in ("cpu", *(["cuda"] if has_gpu() else []))}
    for device, table in tables.items():
        print(f"{device}, beam {BEAM}, {given.sentences} sentences, {given.threads} threads")
        for way, figures in table.items():
            print(f"  {way:8} {figures['pieces_s']:8.0f} pieces/s {figures['peak_mb']:7.0f} MB")
        quick = table["ct2"]
        for way in ("loop", "batched"):
            print(
                f"  ct2 : {way} = {quick['pieces_s'] / table[way]['pieces_s']:.1f} in speed, "
                f"{quick['peak_mb'] / table[way]['peak_mb']:.0%} of its memory"
            )
    if "cuda" in tables:
        for way in WAYS:
            ratio = tables["cuda"][way]["pieces_s"] / tables["cpu"][way]["pieces_s"]
            print(f"GPU : CPU, {way} = {ratio:.1f}")


if __name__ == "__main__":
    main()
