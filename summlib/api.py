"""The four verbs: thin functions over classes that are made once and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, overload

from summlib.hub_models import find_checkpoint
from summlib.progress import in_groups
from summlib.records import Document, Finding, Summary, Translation
from summlib.text.layout import Mode
from summlib.translator import Translator

if TYPE_CHECKING:
    from summlib.summarizer import DocumentSummarizer

Text = str | Document
Glossary = Mapping[str, str]


class TranslateOptions(TypedDict, total=False):
    """The keywords of ``translate``."""

    source_lang: str
    target_lang: str
    layout: Mode
    glossary: Glossary | None
    model: str | None
    beam_size: int
    quick: bool
    threads: int | None
    device: str | None
    engine: str
    detect: bool


class SummarizeOptions(TypedDict, total=False):
    """The keywords of ``summarize``."""

    source_lang: str | None
    target_lang: str
    length: str
    model: str | None
    glossary: Glossary | None
    beam_size: int | None
    quick: bool
    threads: int | None
    device: str | None
    engine: str


@lru_cache(maxsize=4)
def _translator(glossary: tuple[tuple[str, str], ...], **options: Any) -> Translator:
    return Translator(glossary=dict(glossary), **options)


@lru_cache(maxsize=8)
def _summarizer(
    glossary: tuple[tuple[str, str], ...],
    *,
    model: str | None,
    target_lang: str,
    length: str,
    beam_size: int | None,
    **options: Any,
) -> DocumentSummarizer:
    """Return what summarizes with a model: one that reads documents whole, or a translator."""
    if beam_size is not None:  # else each has a default of its own
        options["beam_size"] = beam_size
    terms, checkpoint = dict(glossary), find_checkpoint(model)
    if model and checkpoint and "summarize" in checkpoint.family.tasks:
        from summlib.whole import WholeSummarizer

        return WholeSummarizer(
            model, target_lang=target_lang, length=length, glossary=terms, **options
        )
    from summlib.summarizer import Summarizer  # a translation starts without it

    return Summarizer(model, target_lang=target_lang, length=length, glossary=terms, **options)


def _terms(glossary: Glossary | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((glossary or {}).items()))


@overload
def translate(  # type: ignore[overload-overlap]
    text: Text, **options: Unpack[TranslateOptions]
) -> Translation: ...


@overload
def translate(text: Sequence[Text], **options: Unpack[TranslateOptions]) -> list[Translation]: ...


def translate(
    text: Text | Sequence[Text],
    *,
    source_lang: str = "de",
    target_lang: str = "en",
    layout: Mode = "reflow",
    glossary: Glossary | None = None,
    model: str | None = None,
    beam_size: int = 4,
    quick: bool = False,
    threads: int | None = None,
    device: str | None = None,
    engine: str = "auto",
    detect: bool = True,
) -> Translation | list[Translation]:
    """Translate a text, keeping its layout.

    Args:
        text: A text or document, or a list of them, which shows a bar in a notebook.
        source_lang: Language of the text.
        target_lang: Language wanted.
        layout: ``reflow`` joins hard-wrapped lines; ``keep`` gives a line for a line.
        glossary: German terms with the English that must stand for them.
        model: Name or folder of a model: summlib's own, one of the Hub
            (``Helsinki-NLP/opus-mt-de-en``), or a folder of a transformers model.
        beam_size: 1 (quick) to about 8 (careful).
        quick: Whether to leave it at the first decoding of each sentence: about
            twice as fast, a little worse.
        threads: Cores to use.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        engine: ``ct2`` (quick), ``pytorch`` (the reference) or ``auto``.
        detect: Refuse a text that is clearly in another language.

    Raises:
        InputError: The text or an option cannot be used.
        ModelError: The model is missing or damaged.

    >>> translate("Ein Satz.", model="echo").text
    'Ein Satz.'
    """
    translator = _translator(
        _terms(glossary),
        model=model,
        source_lang=source_lang,
        target_lang=target_lang,
        beam_size=beam_size,
        quick=quick,
        threads=threads,
        device=device,
        engine=engine,
    )
    if isinstance(text, (str, Document)):
        return translator(text, layout=layout, detect=detect)
    return in_groups(lambda texts: translator(texts, layout=layout, detect=detect), text)


@overload
def summarize(  # type: ignore[overload-overlap]
    text: Text, **options: Unpack[SummarizeOptions]
) -> Summary: ...


@overload
def summarize(text: Sequence[Text], **options: Unpack[SummarizeOptions]) -> list[Summary]: ...


def summarize(
    text: Text | Sequence[Text],
    *,
    source_lang: str | None = None,
    target_lang: str = "en",
    length: str = "short",
    model: str | None = None,
    glossary: Glossary | None = None,
    beam_size: int | None = None,
    quick: bool = False,
    threads: int | None = None,
    device: str | None = None,
    engine: str = "auto",
) -> Summary | list[Summary]:
    """Summarize a document.

    Args:
        text: A text or document, or a list of them, which shows a bar in a notebook.
        source_lang: ``de`` or ``en``; identified when not given.
        target_lang: Language of the summary.
        length: ``short``, ``medium``, ``long``, or such as ``20%``,
            ``80 words``, ``3 sentences``.
        model: Name or folder of a model. One that summarizes
            (``facebook/bart-large-cnn``) reads the document whole, translated
            first where it reads no German; one that translates translates the
            sentences that are selected.
        glossary: German terms with the English that must stand for them.
        beam_size: 1 (quick) to about 8 (careful); when not given 8 for the sentences
            that are selected, of which there are few, and 4 for whole documents.
        quick: Whether to leave it at the first decoding of each sentence: about
            twice as fast, a little worse.
        threads: Cores to use.
        device: ``cpu``, ``cuda``, ``cuda:N``, ``mps`` or ``auto``.
        engine: ``ct2`` (quick), ``pytorch`` (the reference) or ``auto``.

    Raises:
        InputError: The text or an option cannot be used.
        ModelError: The model is missing or damaged.

    >>> text = "Der Rat stimmte zu. Die Sitzung dauerte drei Stunden."
    >>> len(summarize(text, target_lang="de", length="1 sentences").sentences)
    1
    """
    summarizer = _summarizer(
        _terms(glossary),
        model=model,
        target_lang=target_lang,
        length=length,
        beam_size=beam_size,
        quick=quick,
        threads=threads,
        device=device,
        engine=engine,
    )
    if isinstance(text, (str, Document)):
        return summarizer(text, source_lang=source_lang)
    return in_groups(lambda texts: summarizer(texts, source_lang=source_lang), text)


summarise = summarize


def check(
    source: str, target: str, *, source_lang: str = "de", target_lang: str = "en"
) -> list[Finding]:
    """Return where a translation disagrees with its source: numbers, dates, names, negations.

    Args:
        source: The text to rely on.
        target: Its translation.
        source_lang: ``de`` or ``en``.
        target_lang: ``de`` or ``en``.

    >>> [str(f) for f in check("Es waren 35 Euro.", "It was 53 euros.")]
    ['quantity: "35 Euro" became "53 euros"']
    """
    from summlib.checks import check_pair

    return check_pair(source, target, source_lang=source_lang, target_lang=target_lang)


def read(path: str | Path, *, column: str | None = None, allow_network: bool = False) -> Document:
    """Read a document from a file; what it is decides its content, not its suffix.

    Args:
        path: A file; an address as well, where ``allow_network`` is given.
        column: Field or column that holds the text of a table or JSON Lines file.
        allow_network: Whether an address may be fetched.

    Raises:
        UnsupportedFormat: Its kind cannot be read.
        UnreadableDocument: It is missing, damaged or no text.
    """
    from summlib.documents import read as read_document

    return read_document(path, column=column, allow_network=allow_network)
