"""The programs that are compared, each used as its documentation shows.

``python benchmarks/contenders.py NAME MEASURE FOLDER`` measures one of them in
this process and prints its figures as JSON; ``peers.py`` starts it once for
each figure. Nothing but the standard library is imported before a contender
is, so that start-up and memory are its own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from machine import core_requirements, peak_mb

ROOT = Path(__file__).resolve().parents[1]
MODEL = ROOT / "models" / "de-en"
CLOCKS = {"wall": time.perf_counter, "cpu": time.process_time}
"""With one thread both say the same on a machine at rest; on a busy one only ``cpu`` means much."""

WARM = "Der Stadtrat stimmte dem Plan zu. Die Sitzung dauerte bis in den späten Abend."
MOST_SINGLE = 100
"""Texts that are given one at a time."""

WORDS = 55
"""Of a summary: the length ``short`` of summlib, given to the others as their budget."""

Many = Callable[[Sequence[str]], list[str]]


@dataclass(frozen=True)
class Contender:
    """One way of doing the work.

    Args:
        name: Shown in the table.
        load: Opens it with so many threads; the result takes texts and returns texts.
        task: ``translate`` or ``summarize``.
        module: What a user imports, as ``module:name``.
        needs: Other modules it cannot do without.
        packages: What is installed for it, without what these need.
        reads: The samples it is given in a batch; one at a time it reads sentences
            (``prepared`` ones where it reads those) or articles.
        beam: 1 or 4; equal beams are compared.
        share: The part of the texts that it is given, where the whole would take hours.
        environment: Settings that it reads from environment variables.
    """

    name: str
    load: Callable[[int], Many]
    task: str
    module: str
    packages: tuple[str, ...]
    needs: tuple[str, ...] = ()
    reads: str = "documents"
    beam: int = 4
    share: float = 1.0
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def missing(self) -> list[str]:
        """Name the modules that are not installed."""
        roots = (re.split("[.:]", name)[0] for name in (self.module, *self.needs))
        return [name for name in roots if not find_spec(name)]

    @property
    def reads_single(self) -> str:
        """Name the samples it reads one at a time."""
        return "sentences" if self.reads == "documents" else self.reads


def summlib_translator(threads: int, *, beam: int, quick: bool) -> Many:
    """Return summlib's translator."""
    from summlib import Translator

    translator = Translator(beam_size=beam, quick=quick, threads=threads)
    return lambda texts: [done.text for done in translator(texts)]


def bare_ctranslate2(threads: int, *, beam: int) -> Many:
    """Return CTranslate2 and SentencePiece by hand, on sentences that summlib prepared."""
    import ctranslate2
    import sentencepiece

    # The settings of summlib's engine: the quickest that were found for this model.
    model = ctranslate2.Translator(
        str(MODEL / "ct2"), compute_type="int8", inter_threads=threads, intra_threads=1
    )
    listed = (MODEL / "ct2" / "vmap.txt").is_file()
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(MODEL / "ct2" / "spm.model"))

    def translate(texts: Sequence[str]) -> list[str]:
        rows = [[*row, "</s>"] for row in pieces.encode(texts, out_type=str)]
        done = model.translate_batch(
            rows, beam_size=beam, max_batch_size=1024, batch_type="tokens", use_vmap=listed
        )
        return [pieces.decode(result.hypotheses[0]) for result in done]

    return translate


def argos_translate(threads: int) -> Many:
    """Return Argos Translate; beam and batch stand in its environment variables."""
    import argostranslate.translate

    translation = argostranslate.translate.get_translation_from_codes("de", "en")
    return lambda texts: [translation.translate(text) for text in texts]


def plain_transformers(threads: int, *, beam: int, precision: str) -> Many:
    """Return ``generate`` over the same weights, 16 sentences at a time."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    torch.set_num_threads(threads)
    tokenizer = MarianTokenizer.from_pretrained(MODEL)
    network = MarianMTModel.from_pretrained(MODEL, dtype=getattr(torch, precision)).eval()

    def translate(texts: Sequence[str]) -> list[str]:
        outputs: list[str] = []
        for first in range(0, len(texts), 16):
            batch = tokenizer(list(texts[first : first + 16]), return_tensors="pt", padding=True)
            with torch.inference_mode():
                found = network.generate(**batch, num_beams=beam)
            outputs += tokenizer.batch_decode(found, skip_special_tokens=True)
        return outputs

    return translate


def summlib_summarizer(threads: int, *, quick: bool) -> Many:
    """Return summlib's summarizer."""
    from summlib import Summarizer, Translator

    summarizer = Summarizer(translator=Translator(quick=quick, threads=threads))
    return lambda texts: [done.text for done in summarizer(texts)]


def select_and_translate(threads: int, *, order: str) -> Many:
    """Return a method of sumy that selects, and summlib's translator for what it selects."""
    from summlib import Translator
    from summlib.scores import baselines
    from summlib.text.sentences import split_sentences

    translator = Translator(threads=threads)
    rank = baselines.BASELINES[order]

    def select(text: str) -> list[str]:
        found = [" ".join(sentence.text.split()) for sentence in split_sentences(text)]
        return [found[i] for i in baselines.fill(rank(found, "de"), found, WORDS)]

    def summarize(texts: Sequence[str]) -> list[str]:
        selected = [select(text) for text in texts]
        done = iter(translator.render([s for sentences in selected for s in sentences]))
        return [" ".join(next(done).text for _ in sentences) for sentences in selected]

    return summarize


def _contenders() -> list[Contender]:
    core = tuple(core_requirements())
    ours = partial(Contender, task="translate", module="summlib:Translator", packages=core)
    bare = partial(
        Contender,
        task="translate",
        module="ctranslate2:Translator",
        packages=("ctranslate2", "sentencepiece"),
        needs=("sentencepiece",),
        reads="prepared",
    )
    argos = partial(
        Contender,
        load=argos_translate,
        task="translate",
        module="argostranslate.translate:translate",
        packages=("argostranslate",),
        needs=("spacy",),
    )
    plain = partial(
        Contender,
        task="translate",
        module="transformers:MarianMTModel",
        packages=("transformers", "torch", "sentencepiece", "sacremoses"),
        needs=("torch",),
        reads="sentences",
        share=0.125,
    )
    summary = partial(Contender, task="summarize", reads="articles")
    sumy = partial(summary, packages=(*core, "sumy", "numpy"), needs=("numpy", "summlib"))
    return [
        ours("summlib", partial(summlib_translator, beam=4, quick=False)),
        ours("summlib quick", partial(summlib_translator, beam=4, quick=True)),
        bare("CTranslate2", partial(bare_ctranslate2, beam=4)),
        argos("Argos Translate"),
        argos(
            "Argos Translate large batches",
            environment=(("ARGOS_BATCH_SIZE", "2048"),),  # pieces; it ships with 32
        ),
        plain("transformers", partial(plain_transformers, beam=4, precision="float32")),
        plain("transformers float16", partial(plain_transformers, beam=4, precision="float16")),
        ours("summlib beam 1", partial(summlib_translator, beam=1, quick=False), beam=1),
        ours("summlib quick beam 1", partial(summlib_translator, beam=1, quick=True), beam=1),
        bare("CTranslate2 beam 1", partial(bare_ctranslate2, beam=1), beam=1),
        argos("Argos Translate beam 1", beam=1),
        plain(
            "transformers beam 1",
            partial(plain_transformers, beam=1, precision="float32"),
            beam=1,
        ),
        summary(
            "summlib summary",
            partial(summlib_summarizer, quick=False),
            module="summlib:Summarizer",
            packages=core,
        ),
        summary(
            "summlib summary quick",
            partial(summlib_summarizer, quick=True),
            module="summlib:Summarizer",
            packages=core,
        ),
        sumy(
            "LexRank, translated",
            partial(select_and_translate, order="LexRank"),
            module="sumy.summarizers.lex_rank:LexRankSummarizer",
        ),
        sumy(
            "TextRank, translated",
            partial(select_and_translate, order="TextRank"),
            module="sumy.summarizers.text_rank:TextRankSummarizer",
        ),
    ]


CONTENDERS = {contender.name: contender for contender in _contenders()}


def settings(contender: Contender) -> dict[str, str]:
    """Return the environment variables that make a contender's settings equal to the others'."""
    return {"ARGOS_BEAM_SIZE": str(contender.beam), **dict(contender.environment)}


def measure(
    contender: Contender, what: str, folder: Path, *, threads: int, clock: str
) -> dict[str, float]:
    """Take one figure of a contender in this process.

    Args:
        contender: Which.
        what: ``import``, ``first``, ``batch``, ``single``, or ``growth-N`` for a
            document of N words.
        folder: Holds the samples as JSON files, each text with the words of its source.
        threads: Cores to use.
        clock: One of ``CLOCKS``.

    Returns:
        ``seconds`` (for ``first`` those since the process began, by the clock
        ``cpu``), and where texts are written ``texts``, ``words`` (of the
        source, before it was prepared) and ``words_out``.
    """
    now = CLOCKS[clock]
    if what == "import":
        begin = now()
        module, _, name = contender.module.partition(":")
        getattr(importlib.import_module(module), name)
        return {"seconds": now() - begin}
    run = contender.load(threads)
    if what == "first":
        texts, _ = _read(folder, contender.reads_single)
        print(json.dumps(run(texts[:1])), flush=True)
        return {"seconds": time.process_time()}
    run([WARM])
    if what == "single":
        texts, words = _read(folder, contender.reads_single)
        count = max(1, round(min(len(texts), MOST_SINGLE) * contender.share))
        return _one_by_one(run, now, texts[:count], words[:count])
    texts, words = _read(folder, contender.reads if what == "batch" else what)
    count = max(1, round(len(texts) * contender.share))
    begin = now()
    outputs = run(texts[:count])
    seconds = now() - begin
    return {**_counted(words[:count], outputs), "seconds": seconds}


def _one_by_one(
    run: Many, now: Callable[[], float], texts: list[str], words: list[int]
) -> dict[str, float]:
    outputs, times = [], []
    for text in texts:
        begin = now()
        outputs += run([text])
        times.append(now() - begin)
    figures = _counted(words, outputs)
    return {**figures, "seconds": sum(times), "median_ms": 1000 * statistics.median(times)}


def _counted(words: list[int], outputs: Sequence[str]) -> dict[str, float]:
    written = sum(len(text.split()) for text in outputs)
    return {"texts": len(words), "words": sum(words), "words_out": written}


def _read(folder: Path, name: str) -> tuple[list[str], list[int]]:
    """Return texts and the words that their sources have."""
    pairs = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    return [text for text, _ in pairs], [words for _, words in pairs]


def main() -> None:
    """Measure one contender as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=CONTENDERS)
    parser.add_argument("measure")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--clock", choices=CLOCKS, default="wall")
    given = parser.parse_args()
    figures = measure(
        CONTENDERS[given.name],
        given.measure,
        given.folder,
        threads=given.threads,
        clock=given.clock,
    )
    print(json.dumps({**figures, "peak_mb": peak_mb()}))


if __name__ == "__main__":
    main()
