"""Summarize documents with one model that reads them whole: BART, mT5, Pegasus, LED, ...

What does not fit into the model's window is read in several, on sentence
borders; their summaries are summarized again, level by level, until the length
asked for is met. Every sentence of the summary knows the sentences of the
document it rests on, through all levels, and is checked against them as usual.

Sources: summarizing in a tree after Wu et al. (2021), "Recursively summarizing
books with human feedback"; sources by overlap and attention in ``support``.
"""

from __future__ import annotations

import math
import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from summlib import __version__, settings
from summlib.engines.base import Options, Output
from summlib.engines.checkpoints import Checkpoint
from summlib.engines.choice import check_engine
from summlib.engines.seq2seq import Seq2SeqEngine
from summlib.errors import InputError, ModelNotFound
from summlib.hub_models import find_checkpoint, open_hub_engine, version
from summlib.prose import read_prose
from summlib.provenance import Node, Reading, check, share_attention, trace
from summlib.records import Document, Finding, Summary, SummarySentence
from summlib.routes import Route, choose_route
from summlib.selector import Budget, parse_length
from summlib.summarizer import LANGUAGES, DocumentSummarizer, identify_lang
from summlib.text.sentences import split_sentences
from summlib.translator import Translator
from summlib.windows import Window, pack

USUAL_PIECES = 142
"""Pieces of an output where the model prescribes none; what bart-large-cnn prescribes."""

MOST_LEVELS = 8
"""Each level is at most half of the one before: a window's worth of windows and more."""

SLACK = 1.2
"""How far a summary may run over the words asked for: whole sentences do not stop on time."""

_SPACE = re.compile(r"\s*(?:<n>|\s)\s*")
_LOOSE = re.compile(r"\s+(?=[.,;:!?](?:\s|$))")
_END = re.compile(r"[.!?…][\"'”’»“)\]]*$")


class WholeSummarizer(DocumentSummarizer):
    """Summarize documents in German or English with a sequence-to-sequence model.

    Cheap to construct and to pickle: the model loads at first use. Safe to
    share between threads; not to be used across ``fork()`` once loaded.

    Args:
        model: Name on the Hub or folder of a transformers model.
        target_lang: Language of the summary, ``de`` or ``en``.
        length: ``short``, ``medium``, ``long``, or such as ``20%``,
            ``80 words``, ``3 sentences``.
        beam_size: 1 (quick) to about 8 (careful).
        quick: As for the translator, where something is translated.
        glossary: German terms with the English that must stand for them, where
            something is translated.
        threads: Cores to use.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        engine: ``auto``, ``ct2`` or ``pytorch``.
        prompt: What stands before each text, when not what the family asks for.
        translator: Translates where the model does not read or write a language.

    Raises:
        ModelNotFound: No Hub model of that name.
        InputError: The model does not summarize, or an option cannot be used.
    """

    def __init__(
        self,
        model: str,
        *,
        target_lang: str = "en",
        length: str = "short",
        beam_size: int = 4,
        quick: bool = False,
        glossary: Mapping[str, str] | None = None,
        threads: int | None = None,
        device: str | None = None,
        engine: str = "auto",
        prompt: str | None = None,
        translator: Translator | None = None,
    ) -> None:
        if target_lang not in LANGUAGES:
            raise InputError(f"target_lang is {target_lang!r}; give one of {', '.join(LANGUAGES)}")
        if beam_size < 1:
            raise InputError(f"beam_size is {beam_size}; give 1 or more")
        self.model, self.target_lang, self.length = model, target_lang, length
        self.budget: Budget = parse_length(length)
        self.beam_size, self.engine, self.prompt = beam_size, check_engine(engine), prompt
        self.glossary, self.translator, self.quick = glossary, translator, quick
        self.threads, self.device = settings.threads(threads), settings.device(device)
        self.checkpoint = _require(model)
        self._lock = threading.Lock()
        self._engines: dict[str, Seq2SeqEngine] = {}

    def __getstate__(self) -> dict[str, Any]:
        # Weights and locks stay behind: a process that gets the pickle opens its own.
        return {**self.__dict__, "_lock": None, "_engines": {}}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.Lock())

    def _summarize(self, docs: list[Document], source_lang: str | None) -> list[Summary]:
        return [self._one(doc, source_lang) for doc in docs]

    def _one(self, doc: Document, source_lang: str | None) -> Summary:
        lang = source_lang or doc.lang or identify_lang(doc)
        route = self._route(lang)
        reading = self._read(doc, route)
        nodes = self._reduce(reading)
        return self._assemble(doc, reading, self._shortened(nodes, reading))

    def _route(self, lang: str) -> Route:
        told = self.checkpoint.languages
        reads = self.checkpoint.family.languages if told is None else told
        return choose_route(
            lang,
            self.target_lang,
            reads=reads,
            told=told is not None,
            name=self.checkpoint.folder.name,
        )

    def _read(self, doc: Document, route: Route) -> Reading:
        prose = read_prose(doc, route.source)
        lines = prose.lines
        if route.before:
            translator = self._translator(route.source, route.model)
            lines = tuple(r.text or " " for r in translator.render(lines))
        return Reading(prose, lines, route)

    def _translator(self, source: str, target: str) -> Translator:
        with self._lock:
            if self.translator is None:
                self.translator = Translator(
                    source_lang=source,
                    target_lang=target,
                    quick=self.quick,
                    glossary=self.glossary,
                    threads=self.threads,
                    device="auto" if self.device == "mps" else self.device,
                )
            return self.translator

    def opened(self, lang: str) -> Seq2SeqEngine:
        """Return the engine for texts of a language, opened at first use."""
        with self._lock:
            if lang not in self._engines:
                self._engines[lang] = open_hub_engine(
                    self.checkpoint,
                    "summarize",
                    source_lang=lang,
                    target_lang=lang,
                    engine=self.engine,
                    threads=self.threads,
                    device=self.device,
                    prompt=self.prompt,
                )
            return self._engines[lang]

    def _reduce(self, reading: Reading) -> list[Node]:
        """Summarize level by level until the length asked for is met."""
        nodes = [Node(line, (i,)) for i, line in enumerate(reading.lines) if line.strip()]
        words = self.budget.words(_words(nodes))
        for _ in range(MOST_LEVELS):
            level = self._level(reading, nodes, words)
            shrunk = _words(level) < _words(nodes)
            nodes = level
            if not shrunk or self._enough(nodes, words):
                break
        return nodes

    def _enough(self, nodes: list[Node], words: float) -> bool:
        return _words(nodes) <= words * SLACK and len(nodes) <= self.budget.sentences

    def _level(self, reading: Reading, nodes: list[Node], words: float) -> list[Node]:
        """Summarize the sentences of one level, window by window."""
        engine = self.opened(reading.route.model)
        texts = [node.text for node in nodes]
        pieces = sum(engine.lengths(texts)) / max(1, _words(nodes))  # of a word, roughly
        usual = engine.plan.prescribed.max_pieces or USUAL_PIECES
        wanted = min(words * pieces, USUAL_PIECES if math.isinf(words) else math.inf)
        windows = pack(
            texts,
            lengths=engine.lengths,
            limit=engine.max_length,
            least=max(1, int(wanted // usual)),
        )
        options = self._options(engine, wanted / len(windows), last=len(windows) == 1)
        outputs = engine.generate([w.text for w in windows], options=options)
        return [
            made
            for window, hypotheses in zip(windows, outputs, strict=True)
            for made in self._choose(reading, nodes, window, hypotheses)
        ]

    def _options(self, engine: Seq2SeqEngine, wanted: float, *, last: bool) -> Options:
        """Return how to generate a summary of about so many pieces from a window.

        A part's summary may be longer than its share: what matters is chosen
        among the parts' summaries on the level above.
        """
        own = engine.plan.prescribed
        usual = own.max_pieces or USUAL_PIECES
        longest = max(16, math.ceil(SLACK * wanted)) if last else max(usual, math.ceil(wanted))
        longest = min(longest, max(8, engine.max_length // 2))
        return replace(
            own,
            beam_size=self.beam_size,
            hypotheses=self.beam_size,
            align=True,
            min_pieces=max(1, min(own.min_pieces, longest // 2)),
            max_pieces=longest,
        )

    def _choose(
        self, reading: Reading, nodes: list[Node], window: Window, hypotheses: list[Output]
    ) -> list[Node]:
        """Return the sentences of the first hypothesis without an error, or of the best."""
        best: list[Node] = []
        fewest = math.inf
        for output in hypotheses:
            made = self._nodes(reading, nodes, window, output)
            errors = sum(node.errors for node in made)
            if made and errors < fewest:
                best, fewest = made, errors
            if not fewest:
                break
        return best or [nodes[i] for i in window.members[:1]]

    def _nodes(
        self, reading: Reading, nodes: list[Node], window: Window, output: Output
    ) -> list[Node]:
        """Cut an output into sentences and find the sources of each."""
        text = _LOOSE.sub("", _SPACE.sub(" ", output.text)).strip()
        sentences = [s.text for s in split_sentences(text, reading.route.model)]
        cut = output.truncated and bool(sentences) and not _END.search(sentences[-1])
        if cut and len(sentences) > 1:
            sentences, cut = sentences[:-1], False
        engine = self.opened(reading.route.model)
        looked = share_attention(engine, window, sentences, output)
        made = [
            trace(reading, nodes, window.members, sentence, shares)
            for sentence, shares in zip(sentences, looked, strict=True)
        ]
        if cut and made:
            note = Finding("truncated", "the model did not finish the sentence", "warning")
            made[-1] = replace(made[-1], findings=(*made[-1].findings, note))
        return made

    def _shortened(self, nodes: list[Node], reading: Reading) -> list[Node]:
        """Keep whole sentences as far as the length asked for goes, one at least."""
        words = self.budget.words(sum(len(line.split()) for line in reading.lines)) * SLACK
        kept: list[Node] = []
        for node in nodes:
            if kept and (len(kept) >= self.budget.sentences or _words([*kept, node]) > words):
                break
            kept.append(node)
        return kept

    def _assemble(self, doc: Document, reading: Reading, nodes: list[Node]) -> Summary:
        route, prose = reading.route, reading.prose
        if route.after:
            nodes = self._translated(reading, nodes)
        sentences: list[SummarySentence] = []
        place = 0
        for node in nodes:
            end = place + len(node.text)
            sources = tuple(prose.sentences[number] for number in sorted(node.sources))
            sentences.append(
                SummarySentence(node.text, place, end, sources, "rewritten", node.findings)
            )
            place = end + 1
        return Summary(
            text=" ".join(s.text for s in sentences),
            sentences=tuple(sentences),
            source_lang=route.source,
            target_lang=route.target,
            signature=self._signature(route),
            dropped=prose.dropped,
            path=doc.path,
        )

    def _translated(self, reading: Reading, nodes: list[Node]) -> list[Node]:
        """Translate a summary sentence by sentence; each is checked against the document."""
        route = reading.route
        rendered = self._translator(route.model, route.target).render([n.text for n in nodes])
        made = []
        for node, rendering in zip(nodes, rendered, strict=True):
            kept = [f for f in node.findings if f.kind in ("truncated", "unsupported")]
            noted = [replace(f, source=None) for f in rendering.findings]
            node = replace(node, text=rendering.text)
            found = check(reading, node, lang=route.target)
            known = {f.message for f in found}
            findings = (*kept, *found, *(f for f in noted if f.message not in known))
            made.append(replace(node, findings=findings))
        return made

    def _signature(self, route: Route) -> str:
        engine = self.opened(route.model).signature
        name = f"{self.model}@{version(self.checkpoint)}"
        parts = [f"whole|{self.length}|{name}|{engine}|beam{self.beam_size}"]
        if route.before or route.after:
            ends = (route.source, route.model) if route.before else (route.model, route.target)
            parts.append(self._translator(*ends).signature)
        elif self.prompt is not None:
            parts.append(f"prompt={self.prompt!r}")
        return "|".join([*parts, f"summlib-{__version__}"])


def _require(model: str) -> Checkpoint:
    checkpoint = find_checkpoint(model)
    if checkpoint is None:
        raise ModelNotFound(f"{model!r} is no model of the Hub; give ORG/NAME or a folder")
    if "summarize" not in checkpoint.family.tasks:
        raise InputError(
            f"{model!r} is a {checkpoint.family.name} model, which translates; "
            "Summarizer selects sentences and translates them with it"
        )
    return checkpoint


def _words(nodes: Sequence[Node]) -> int:
    return sum(len(node.text.split()) for node in nodes)
