"""Select, translate, check: a document in, a short text with its sources out.

Only what is kept is translated, so a long document costs little more than a
short one, and every sentence of the summary knows the sentences it rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import overload

from summlib import __version__
from summlib.errors import EmptyDocument, InputError, WrongLanguage
from summlib.records import Document, Drop, Sentence, Summary, SummarySentence
from summlib.renderer import Rendering
from summlib.selector import Budget, Selector, parse_length
from summlib.text.clean import clean
from summlib.text.language import identify
from summlib.text.normalization import normalize
from summlib.text.sentences import split_sentences
from summlib.translator import LANGUAGE_NAMES, SURE_OF_OTHERS, Translator

LANGUAGES = ("de", "en")


@dataclass(frozen=True, slots=True)
class Prose:
    """What of a document is worth summarizing.

    Args:
        sentences: With offsets into the document as given.
        lines: The same sentences on one line each, in one spelling.
        paragraphs: For each sentence the number of its paragraph.
        title: The headline, empty where none stands out.
        dropped: What was left out, with reasons.
    """

    sentences: tuple[Sentence, ...]
    lines: tuple[str, ...]
    paragraphs: tuple[int, ...]
    title: str
    dropped: tuple[Drop, ...]


class Summarizer:
    """Summarize documents in German or English.

    Args:
        model: Name or folder of the translation model; ``echo`` leaves
            sentences as they are.
        target_lang: Language of the summary, ``de`` or ``en``.
        length: ``short``, ``medium``, ``long``, or such as ``20%``,
            ``80 words``, ``3 sentences``.
        beam_size: As for the translator.
        glossary: German terms with the English that must stand for them.
        threads: Cores to use.
        device: ``cpu``, ``cuda`` or ``auto``.
        translator: One to share; the options before it then do not count.

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
        beam_size: int = 4,
        glossary: Mapping[str, str] | None = None,
        threads: int | None = None,
        device: str | None = None,
        translator: Translator | None = None,
    ) -> None:
        if target_lang not in LANGUAGES:
            raise InputError(f"target_lang is {target_lang!r}; give one of {', '.join(LANGUAGES)}")
        self.budget: Budget = parse_length(length)
        self.target_lang, self.length = target_lang, length
        self.selector = Selector()
        self.translator = translator or Translator(
            model, beam_size=beam_size, glossary=glossary, threads=threads, device=device
        )

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
        """
        if isinstance(texts, (str, Document)):
            return self._summarize([_document(texts)], source_lang)[0]
        return self._summarize([_document(text) for text in texts], source_lang)

    def _summarize(self, docs: list[Document], source_lang: str | None) -> list[Summary]:
        langs = [source_lang or doc.lang or self._identify(doc) for doc in docs]
        proses = [read_prose(doc, lang) for doc, lang in zip(docs, langs, strict=True)]
        chosen = [self._select(p, lang) for p, lang in zip(proses, langs, strict=True)]
        wanted = [
            prose.lines[i]
            for prose, picks, lang in zip(proses, chosen, langs, strict=True)
            if self._translates(lang)
            for i in picks
        ]
        rendered = iter(self.translator.render(wanted) if wanted else [])
        return [
            self._assemble(doc, prose, picks, lang, rendered)
            for doc, prose, picks, lang in zip(docs, proses, chosen, langs, strict=True)
        ]

    def _translates(self, lang: str) -> bool:
        if lang == "en" and self.target_lang == "de":
            raise InputError(
                "no bundled model translates English to German; use target_lang='en' "
                "for an English summary of an English text"
            )
        return lang != self.target_lang

    def _identify(self, doc: Document) -> str:
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

    def _select(self, prose: Prose, lang: str) -> list[int]:
        sentences = [
            replace(s, text=line) for s, line in zip(prose.sentences, prose.lines, strict=True)
        ]
        return self.selector.select(
            sentences,
            paragraphs=prose.paragraphs,
            title=prose.title,
            lang=lang,
            budget=self.budget,
        )

    def _assemble(
        self, doc: Document, prose: Prose, picks: list[int], lang: str, rendered: object
    ) -> Summary:
        sentences: list[SummarySentence] = []
        place = 0
        for i in picks:
            rendering = (
                next(rendered)  # type: ignore[call-overload]
                if self._translates(lang)
                else Rendering(prose.lines[i])
            )
            end = place + len(rendering.text)
            sentences.append(
                SummarySentence(
                    text=rendering.text,
                    start=place,
                    end=end,
                    sources=(prose.sentences[i],),
                    how="copied",
                    findings=rendering.findings,
                )
            )
            place = end + 1
        return Summary(
            text=" ".join(s.text for s in sentences),
            sentences=tuple(sentences),
            source_lang=lang,
            target_lang=self.target_lang,
            signature=self._signature(lang),
            dropped=prose.dropped,
            path=doc.path,
        )

    def _signature(self, lang: str) -> str:
        select = f"select|{self.length}"
        if self._translates(lang):
            return f"{select}|{self.translator.signature}"
        return f"{select}|summlib-{__version__}"


def _document(text: str | Document) -> Document:
    return text if isinstance(text, Document) else Document(text)


def read_prose(doc: Document, lang: str) -> Prose:
    """Return the sentences of a document that are prose, in order.

    Raises:
        EmptyDocument: No sentence is left after cleaning.
    """
    cleaned = clean(doc.text, lang=lang)
    sentences: list[Sentence] = []
    lines: list[str] = []
    paragraphs: list[int] = []
    for number, span in enumerate(cleaned.prose):
        raw = span.of(doc.text)
        normalized = normalize(raw, lang=lang)
        for found in split_sentences(normalized.text, lang):
            original = normalized.original_span(found.start, found.end)
            start, end = span.start + original.start, span.start + original.end
            sentences.append(Sentence(doc.text[start:end], start, end))
            lines.append(" ".join(found.text.split("\n")))
            paragraphs.append(number)
    if not sentences:
        raise EmptyDocument(
            f"{doc.path or 'the text'} holds no sentence to summarize "
            f"({len(cleaned.drops)} stretches were recognised as page noise)"
        )
    title = doc.title or (cleaned.title.of(doc.text) if cleaned.title else "")
    return Prose(tuple(sentences), tuple(lines), tuple(paragraphs), title, cleaned.drops)
