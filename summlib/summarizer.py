"""Select, shorten, translate, check: a document in, a short text with its sources out.

Little more than what is kept is translated, so a long document costs hardly
more than a short one, and every sentence of the summary knows the sentences
it rests on. Of the sentences that matter about as much, those are kept whose
translation can be trusted most (``summlib.outline``).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import overload

from summlib import __version__
from summlib.errors import EmptyDocument, InputError, WrongLanguage
from summlib.outline import Outline
from summlib.prose import Prose, read_prose
from summlib.records import Document, Summary, SummarySentence
from summlib.rendering import Rendering
from summlib.rereading import DOUBTED
from summlib.rewriter import Rewriter
from summlib.selector import Budget, Selector, parse_length
from summlib.text.language import identify
from summlib.translator import LANGUAGE_NAMES, SURE_OF_OTHERS, Translator

__all__ = ["LANGUAGES", "Prose", "Summarizer", "read_prose"]

LANGUAGES = ("de", "en")

BEAM = 8
"""Hypotheses kept for each sentence of a summary: on 400 lines each of three development sets
+0.3 BLEU over the 4 of the translator, for a tenth of a second a summary."""


class DocumentSummarizer(ABC):
    """What is called with documents and returns summaries, one or several."""

    @overload
    def __call__(  # type: ignore[overload-overlap]
        self, texts: str | Document, *, source_lang: str | None = ...
    ) -> Summary: ...

    @overload
    def __call__(
        self, texts: Sequence[str | Document], *, source_lang: str | None = ...
    ) -> list[Summary]: ...

    def __call__(
        self, texts: str | Document | Sequence[str | Document], *, source_lang: str | None = None
    ) -> Summary | list[Summary]:
        """Summarize one document, or several in one go.

        Args:
            texts: A text or document gives one summary, a list gives a list.
            source_lang: ``de`` or ``en``; identified when not given.

        Raises:
            EmptyDocument: Nothing to summarize is left after cleaning.
            WrongLanguage: The text is neither German nor English.
            InputError: The model reads neither the text nor a translation of it.
        """
        if isinstance(texts, (str, Document)):
            return self._summarize([_document(texts)], source_lang)[0]
        return self._summarize([_document(text) for text in texts], source_lang)

    @abstractmethod
    def _summarize(self, docs: list[Document], source_lang: str | None) -> list[Summary]:
        """Summarize documents, in order."""


class Summarizer(DocumentSummarizer):
    """Summarize documents in German or English.

    Args:
        model: Name or folder of the translation model; ``echo`` leaves
            sentences as they are.
        target_lang: Language of the summary, ``de`` or ``en``.
        length: ``short``, ``medium``, ``long``, or such as ``20%``,
            ``80 words``, ``3 sentences``.
        beam_size: As for the translator, but 8 when not given: a summary has few
            sentences, so the search can be wider.
        quick: As for the translator.
        glossary: German terms with the English that must stand for them.
        threads: Cores to use.
        device: ``cpu``, ``cuda`` or ``auto``.
        engine: ``ct2`` (quick), ``pytorch`` (the reference) or ``auto``.
        translator: One to share; the options before it then do not count.
        rewriter: What says sentences shorter; by rule when not given.

    >>> text = "Der Rat hat zugestimmt. Er tagte lange. " * 3
    >>> summary = Summarizer(target_lang="de", length="1 sentences")(text)
    >>> summary.sentences[0].sources[0].text
    'Der Rat hat zugestimmt.'
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        target_lang: str = "en",
        length: str = "short",
        beam_size: int | None = None,
        quick: bool = False,
        glossary: Mapping[str, str] | None = None,
        threads: int | None = None,
        device: str | None = None,
        engine: str = "auto",
        translator: Translator | None = None,
        rewriter: Rewriter | None = None,
    ) -> None:
        if target_lang not in LANGUAGES:
            raise InputError(f"target_lang is {target_lang!r}; give one of {', '.join(LANGUAGES)}")
        self.budget: Budget = parse_length(length)
        self.target_lang, self.length = target_lang, length
        self.selector, self.rewriter = Selector(), rewriter or Rewriter()
        self.translator = translator or Translator(
            model,
            beam_size=BEAM if beam_size is None else beam_size,
            quick=quick,
            glossary=glossary,
            threads=threads,
            device=device,
            engine=engine,
        )

    def _summarize(self, docs: list[Document], source_lang: str | None) -> list[Summary]:
        langs = [source_lang or doc.lang or identify_lang(doc) for doc in docs]
        proses = [read_prose(doc, lang) for doc, lang in zip(docs, langs, strict=True)]
        outlines = [self._outline(p, lang) for p, lang in zip(proses, langs, strict=True)]
        rendered: dict[str, Rendering] = {}
        self._render(outlines, rendered, reread=False)
        for outline in outlines:
            outline.choose(rendered)
        self._render(outlines, rendered, reread=not self.translator.quick)
        return [self._assemble(d, o, rendered) for d, o in zip(docs, outlines, strict=True)]

    def _outline(self, prose: Prose, lang: str) -> Outline:
        return Outline(
            prose,
            lang,
            self.budget,
            translated=self._translates(lang),
            selector=self.selector,
            rewriter=self.rewriter,
        )

    def _render(
        self, outlines: list[Outline], rendered: dict[str, Rendering], *, reread: bool
    ) -> None:
        """Translate what is wanted and not there yet, in one batch.

        Only what was chosen is read in other ways where it is doubted: of the shortlist, what
        is doubted is mostly left out.
        """
        texts = [text for o in outlines if o.translated for text in o.wanted()]
        done = {t for t in texts if t in rendered and not (reread and _is_doubted(rendered[t]))}
        wanted = [text for text in dict.fromkeys(texts) if text not in done]
        if wanted:
            said = self.translator.render(wanted, reread=reread)
            rendered.update(zip(wanted, said, strict=True))

    def _translates(self, lang: str) -> bool:
        if lang == "en" and self.target_lang == "de":
            raise InputError(
                "no bundled model translates English to German; use target_lang='en' "
                "for an English summary of an English text"
            )
        return lang != self.target_lang

    def _assemble(
        self, doc: Document, outline: Outline, rendered: Mapping[str, Rendering]
    ) -> Summary:
        sentences: list[SummarySentence] = []
        place = 0
        for line in outline.lines:
            said = rendered[line.text] if outline.translated else Rendering(line.text)
            end = place + len(said.text)
            sentences.append(
                SummarySentence(
                    text=said.text,
                    start=place,
                    end=end,
                    sources=outline.sources(line),
                    how=line.how,
                    findings=said.findings,
                    trust=said.trust,
                )
            )
            place = end + 1
        return Summary(
            text=" ".join(s.text for s in sentences),
            sentences=tuple(sentences),
            source_lang=outline.lang,
            target_lang=self.target_lang,
            signature=self._signature(outline.lang),
            dropped=outline.prose.dropped,
            path=doc.path,
        )

    def _signature(self, lang: str) -> str:
        select = f"select|{self.length}"
        if self._translates(lang):
            return f"{select}|{self.translator.signature}"
        return f"{select}|summlib-{__version__}"


def _is_doubted(rendering: Rendering) -> bool:
    return rendering.log_odds is not None and rendering.log_odds < DOUBTED


def identify_lang(doc: Document) -> str:
    """Return the language of a document, German where it cannot be told.

    Raises:
        EmptyDocument: It is blank.
        WrongLanguage: It is neither German nor English.

    >>> identify_lang(Document("The council has decided that the bridge will be repaired."))
    'en'
    """
    if not doc.text.strip():
        raise EmptyDocument(f"{doc.path or 'the text'} is blank; there is nothing to summarize")
    guess = identify(doc.text)
    if guess.lang in LANGUAGES:
        return guess.lang
    if guess.lang and guess.confidence >= SURE_OF_OTHERS:
        name = LANGUAGE_NAMES.get(guess.lang, guess.lang)
        raise WrongLanguage(
            f"{doc.path or 'the text'} seems to be {name} ({guess.confidence:.0%} sure); "
            "summlib reads German and English; give source_lang if it is one of them"
        )
    return "de"


def _document(text: str | Document) -> Document:
    return text if isinstance(text, Document) else Document(text)
