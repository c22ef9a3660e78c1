"""Translate whole texts: layout kept, sentence by sentence, each one checked."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal, overload

from summlib import __version__, own_models, settings
from summlib.engines.base import Options
from summlib.engines.choice import check_engine
from summlib.errors import EmptyDocument, InputError, SummlibError, WrongLanguage
from summlib.hub_models import find_checkpoint, open_renderer, version
from summlib.own_models import LEXICON as LEXICON
from summlib.records import Document, Sentence, TranslatedSentence, Translation
from summlib.renderer import CHECKED, Renderer
from summlib.rendering import Languages, Rendering
from summlib.text.glossary import Glossary, bundled_glossary
from summlib.text.language import identify
from summlib.text.layout import Mode, segment_layout
from summlib.text.lines import BREAKS
from summlib.text.normalization import normalize
from summlib.text.sentences import split_sentences

DEFAULT_MODEL = "de-en"
STREAM_CHARS = 40_000
"""Characters of the texts that one engine call of a stream takes together."""

SURE = 0.8
"""Confidence from which English in the place of German, or German of English, is an error."""

SURE_OF_OTHERS = 0.5
"""The same for other languages, which share votes among each other; none of 12,000
German sentences (news, government, encyclopedia) came near it."""

_BREAK = re.compile(f"[{BREAKS}]")

LANGUAGE_NAMES = {
    **{"de": "German", "en": "English", "fr": "French", "it": "Italian", "es": "Spanish"},
    **{"pt": "Portuguese", "nl": "Dutch", "pl": "Polish", "cs": "Czech", "sv": "Swedish"},
    **{"da": "Danish", "ru": "Russian", "uk": "Ukrainian", "el": "Greek", "ar": "Arabic"},
    **{"he": "Hebrew", "ja": "Japanese", "ko": "Korean", "zh": "Chinese", "th": "Thai"},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of a text, or what stands between two.

    Args:
        sentence: Its place in the text as given; None for layout.
        text: The sentence on one line, or the layout itself.
    """

    sentence: Sentence | None
    text: str


class Translator:
    """Translate texts with one model.

    Cheap to construct and to pickle: the model loads at first use. Safe to
    share between threads; not to be used across ``fork()`` once loaded.

    Args:
        model: Name or folder of a model of summlib, name on the Hub or folder of
            a transformers model; ``echo`` returns its input.
        source_lang: Language of the texts.
        target_lang: Language wanted.
        beam_size: 1 (quick) to about 8 (careful).
        quick: Whether to leave it at the first decoding, where by default a
            sentence that left words out is decoded up to twice more.
        glossary: German terms with the English that must stand for them.
        threads: Cores to use; by default those this process may use, at most 4.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        engine: ``ct2`` (quick), ``pytorch`` (the reference), or ``auto``: ``ct2``
            where the model can be converted for it.

    >>> str(Translator("echo")("Ein Satz.\\n\\n- Punkt eins"))
    'Ein Satz.\\n\\n- Punkt eins'
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        source_lang: str = "de",
        target_lang: str = "en",
        beam_size: int = 4,
        quick: bool = False,
        glossary: Mapping[str, str] | None = None,
        threads: int | None = None,
        device: str | None = None,
        engine: str = "auto",
    ) -> None:
        if beam_size < 1:
            raise InputError(f"beam_size is {beam_size}; give 1 or more")
        self.model = model or DEFAULT_MODEL
        self.languages = Languages(source_lang, target_lang)
        self.beam_size, self.quick = beam_size, quick
        self.threads = settings.threads(threads)
        self.device = settings.device(device)
        self.engine = check_engine(engine)
        self.glossary = Glossary({**bundled_glossary(), **(glossary or {})})
        self._lock = threading.Lock()
        self._renderer: Renderer | None = None
        self._version: int | str = 0

    def __getstate__(self) -> dict[str, Any]:
        # Weights and locks stay behind: a process that gets the pickle opens its own.
        return {**self.__dict__, "_lock": None, "_renderer": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.Lock())

    @property
    def signature(self) -> str:
        """Name all that decides the output; equal signatures mean comparable outputs."""
        engine = self.renderer.engine.signature
        name = f"{self.model}@{self._version}"
        effort = f"beam{self.beam_size}{'-quick' if self.quick else ''}"
        return f"{name}|{engine}|{effort}|summlib-{__version__}"

    @property
    def renderer(self) -> Renderer:
        """The sentence translator, opened at first use."""
        with self._lock:
            if self._renderer is None:
                self._renderer = self._open()
            return self._renderer

    def _open(self) -> Renderer:
        options = Options(beam_size=self.beam_size, hypotheses=self.beam_size)
        if self.model == "echo":
            from summlib.engines.echo import EchoEngine

            return Renderer(EchoEngine(), languages=self.languages, options=options)
        checkpoint = find_checkpoint(self.model)
        if checkpoint:
            self._version = version(checkpoint)
            return open_renderer(
                checkpoint,
                self.languages,
                options=options,
                engine=self.engine,
                threads=self.threads,
                device=self.device,
            )
        info = own_models.find(self.model, self.languages, reference=self._on_torch)
        self._version = info.version
        return own_models.open_renderer(
            info,
            self.languages,
            options=options,
            reference=self._on_torch,
            retries=not self.quick,
            threads=self.threads,
            device=self.device,
        )

    @property
    def _on_torch(self) -> bool:
        """Whether one of summlib's own models runs on torch."""
        return self.engine == "pytorch" or (self.engine == "auto" and self.device == "mps")

    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, texts: str | Document, *, layout: Mode = ..., detect: bool = ...
    ) -> Translation: ...

    @overload
    def __call__(
        self, texts: Sequence[str | Document], *, layout: Mode = ..., detect: bool = ...
    ) -> list[Translation]: ...

    def __call__(
        self,
        texts: str | Document | Sequence[str | Document],
        *,
        layout: Mode = "reflow",
        detect: bool = True,
    ) -> Translation | list[Translation]:
        """Translate one text, or several in one go.

        Args:
            texts: A text or document gives one translation, a list gives a list.
            layout: ``reflow`` joins hard-wrapped lines first; ``keep`` gives
                exactly one line for each line.
            detect: Refuse texts that are clearly in another language.

        Raises:
            EmptyDocument: A text is blank.
            WrongLanguage: A text is in another language than ``source_lang``.
            ModelNotFound: The model stands nowhere.
            ModelDamaged: A file of the model is missing or altered.
        """
        if layout not in ("reflow", "keep"):
            raise InputError(f"layout is {layout!r}; give 'reflow' or 'keep'")
        if isinstance(texts, (str, Document)):
            return self._translate([str(texts)], layout, detect)[0]
        return self._translate([str(text) for text in texts], layout, detect)

    def stream(
        self,
        texts: Iterable[str | Document],
        *,
        layout: Mode = "reflow",
        detect: bool = True,
        on_error: Literal["raise", "record"] = "raise",
    ) -> Iterator[Translation | SummlibError]:
        """Translate any number of texts, in order, with bounded memory.

        Args:
            texts: Read as far as needed.
            layout: As in a call.
            detect: As in a call.
            on_error: ``record`` yields the error in the place of the text.
        """
        if on_error not in ("raise", "record"):
            raise InputError(f"on_error is {on_error!r}; give 'raise' or 'record'")
        return self._stream(iter(texts), layout, detect, on_error)

    def _stream(
        self, texts: Iterator[str | Document], layout: Mode, detect: bool, on_error: str
    ) -> Iterator[Translation | SummlibError]:
        while group := _take(texts):
            try:
                yield from self._translate(group, layout, detect)
            except SummlibError:
                if on_error == "raise":
                    raise
                for text in group:
                    yield self._one(text, layout, detect)

    def _one(self, text: str, layout: Mode, detect: bool) -> Translation | SummlibError:
        try:
            return self._translate([text], layout, detect)[0]
        except SummlibError as error:
            return error

    def _translate(self, texts: list[str], layout: Mode, detect: bool) -> list[Translation]:
        for text in texts:
            self._examine(text, detect)
        lang = _splitting(self.languages.source)
        plans = [plan_units(text, lang=lang, layout=layout) for text in texts]
        sentences = [unit.text for plan in plans for unit in plan if unit.sentence]
        rendered = iter(self.render(sentences))
        return [self._assemble(plan, rendered) for plan in plans]

    def render(self, sentences: Sequence[str], *, reread: bool = True) -> list[Rendering]:
        """Translate bare sentences, in order; the summarizer's way in.

        Args:
            sentences: On one line each.
            reread: Whether doubted ones are read in other ways as well.
        """
        return self.renderer.render(sentences, glossary=self.glossary, reread=reread)

    def _examine(self, text: str, detect: bool) -> None:
        if not text.strip():
            raise EmptyDocument("the text is blank; there is nothing to translate")
        if not detect:
            return
        guess = identify(text)
        sure = SURE if guess.lang in ("de", "en") else SURE_OF_OTHERS
        if guess.lang and guess.lang != self.languages.source and guess.confidence >= sure:
            found = LANGUAGE_NAMES.get(guess.lang, guess.lang)
            wanted = LANGUAGE_NAMES.get(self.languages.source, self.languages.source)
            raise WrongLanguage(
                f"the text seems to be {found}, not {wanted} ({guess.confidence:.0%} sure); "
                "give source_lang with detect=False (--source-lang) if it is not"
            )

    def _assemble(self, plan: list[Unit], rendered: Iterator[Rendering]) -> Translation:
        parts: list[str] = []
        sentences = []
        place = 0
        for unit in plan:
            text = unit.text
            if unit.sentence:
                rendering = next(rendered)
                text = _spelt(unit.sentence, rendering.text, unit.text)
                sentences.append(
                    TranslatedSentence(
                        text=text,
                        start=place,
                        end=place + len(text),
                        source=unit.sentence,
                        findings=rendering.findings,
                        score=rendering.score,
                        truncated=rendering.truncated,
                        trust=rendering.trust,
                    )
                )
            parts.append(text)
            place += len(text)
        return Translation(
            text="".join(parts),
            sentences=tuple(sentences),
            source_lang=self.languages.source,
            target_lang=self.languages.target,
            signature=self.signature,
        )


def _splitting(lang: str) -> str:
    """Return by which language's rules texts are split: the English ones for all but German.

    A code of a model's own, such as ``bar_Latn``, passes; an unknown one stays to be refused.
    """
    foreign = lang in LANGUAGE_NAMES or "_" in lang
    return "en" if foreign and lang not in CHECKED else lang


def plan_units(text: str, *, lang: str, layout: Mode) -> list[Unit]:
    r"""Cut a text into sentences and the layout between them.

    Args:
        text: Any text.
        lang: Its language.
        layout: ``reflow`` or ``keep``.

    >>> [unit.text for unit in plan_units("Ja. Nein.\n\n* Gut.", lang="de", layout="reflow")]
    ['Ja.', ' ', 'Nein.', '\n\n* ', 'Gut.']
    """
    units: list[Unit] = []
    for piece in segment_layout(text, mode=layout, lang=lang):
        raw = text[piece.start : piece.end]
        if piece.kind == "verbatim":
            units.append(Unit(None, raw))
        else:
            units.extend(_sentences(raw, piece.start, lang))
    return units


def _sentences(raw: str, offset: int, lang: str) -> Iterator[Unit]:
    """Yield the sentences of one piece of prose and the white space between them."""
    normalized = normalize(raw, lang=lang)
    done = place = 0
    for found in split_sentences(normalized.text, lang):
        span = normalized.original_span(found.start, found.end)
        yield from _gap(raw[place : span.start], normalized.text[done : found.start])
        sentence = Sentence(raw[span.start : span.end], span.start + offset, span.end + offset)
        yield Unit(sentence, " ".join(found.text.split("\n")))
        done, place = found.end, span.end
    yield from _gap(raw[place:], normalized.text[done:])


def _gap(raw: str, normalized: str) -> Iterator[Unit]:
    """Yield what stands between two sentences: as given, or a space where lines are joined."""
    gap = normalized if _BREAK.search(raw) else raw
    if gap:
        yield Unit(None, gap)


def _spelt(sentence: Sentence, text: str, read: str) -> str:
    """Return a sentence that the engine left as it was in the spelling of the source.

    Its runs of spaces and invisible characters come back; joined lines stay joined.
    """
    return sentence.text if text == read and not _BREAK.search(sentence.text) else text


def _take(texts: Iterator[str | Document]) -> list[str]:
    """Take texts until they fill one engine call."""
    group: list[str] = []
    size = 0
    for text in islice(texts, 256):
        group.append(str(text))
        size += len(group[-1])
        if size >= STREAM_CHARS:
            break
    return group
