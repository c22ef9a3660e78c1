"""What is fuzzed: functions that take any bytes and fail where summlib breaks a promise.

They know nothing of the fuzzer, so the tests call them as well, with the inputs
that once broke something (``tests/data/fuzz``).
"""

from __future__ import annotations

import io
import json
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import summlib
from fuzz import inputs
from summlib.errors import EmptyDocument, InputError, ModelError, UnreadableDocument
from summlib.records import Document

PACKAGE = str(Path(summlib.__file__).parent)
SLOW_S = 5.0
"""CPU seconds for an input of a few kilobytes, instrumented; far less than the bound for 100 kB."""

Target = Callable[[bytes], None]


@contextmanager
def quick() -> Iterator[None]:
    """Fail where the work takes longer than a small input may."""
    started = time.thread_time()
    yield
    spent = time.thread_time() - started
    assert spent < SLOW_S, f"{spent:.1f} s"


def fuzz_clean(data: bytes) -> None:
    """Every visible character is in one block or drop; spelling maps back."""
    from summlib.text.clean import clean, normalize

    text = inputs.text_of(data)
    for lang in ("de", "en"):
        cleaned = clean(text, lang=lang)
        parts = sorted((*cleaned.blocks, *cleaned.drops), key=lambda part: part.start)
        place = 0
        for part in parts:
            assert place <= part.start < part.end
            assert not text[place : part.start].strip()
            place = part.end
        assert not text[place:].strip()
        found = normalize(text, lang=lang)
        assert len(found.offsets) == len(found.text) + 1
        assert list(found.offsets) == sorted(found.offsets)
        assert found.offsets[-1] == len(text)


def fuzz_split(data: bytes) -> None:
    """Sentences are slices in order, and hold every visible character."""
    from summlib.text.language import identify, languages_by_sentence
    from summlib.text.sentences import split_sentences

    text = inputs.text_of(data)
    for lang in ("de", "en"):
        place = 0
        sentences = split_sentences(text, lang)
        for sentence in sentences:
            assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
            assert sentence.text
            assert place <= sentence.start
            assert not text[place : sentence.start].strip()
            place = sentence.end
        assert not text[place:].strip()
        assert len(languages_by_sentence(text, sentences)) == len(sentences)
    assert 0 <= identify(text).confidence <= 1


def fuzz_layout(data: bytes) -> None:
    """Pieces cover the text, and an engine that repeats its input returns it."""
    from summlib.text.layout import find_protected, restore, segment_layout
    from summlib.text.prepare import plain

    text = inputs.text_of(data)
    for mode in ("reflow", "keep"):
        pieces = segment_layout(text, mode=mode)  # type: ignore[arg-type]
        assert "".join(text[p.start : p.end] for p in pieces) == text
        prose = [text[p.start : p.end] for p in pieces if p.kind == "prose"]
        assert restore(text, pieces, prose) == text
    place = 0
    for span in find_protected(text):
        assert place <= span.start < span.end <= len(text)
        place = span.end
    assert plain(plain(text)) == plain(text)


def fuzz_translate(data: bytes) -> None:
    """With the engine that repeats its input, every character and offset comes back."""
    from summlib.translator import Translator

    text = inputs.text_of(data)
    if not text.strip():
        return
    translator = Translator("echo", source_lang="de", target_lang="en")
    assert translator(text, layout="keep", detect=False).text == text
    said = translator(text, layout="reflow", detect=False)
    for sentence in said.sentences:
        source = sentence.source
        assert text[source.start : source.end] == source.text
        assert said.text[sentence.start : sentence.end] == sentence.text
    json.dumps(said.to_dict())


def fuzz_summarize(data: bytes) -> None:
    """Summaries name sentences that exist; reports and notebooks show any text."""
    from summlib.report import render
    from summlib.summarizer import Summarizer

    text = inputs.text_of(data)
    doc = Document(text)
    try:
        summary = Summarizer("echo", length="2 sentences")(doc, source_lang="de")
    except EmptyDocument:
        return
    for sentence in summary.sentences:
        assert summary.text[sentence.start : sentence.end] == sentence.text
        assert sentence.sources
        assert all(text[s.start : s.end] == s.text for s in sentence.sources)
    assert "<script>alert" not in render(summary, doc)
    assert "<script>alert" not in summary._repr_html_()


def fuzz_digest(data: bytes) -> None:
    """Any texts can be told together; what is cited exists."""
    from summlib.digest import digest

    texts = inputs.text_of(data).split("\x1f")[:4]
    try:
        found = digest(texts, target_lang="de", model="echo")
    except EmptyDocument:
        return
    except InputError as error:
        if "translates English to German" in str(error):
            return
        raise
    for statement in found.statements:
        for citation in statement.citations:
            assert 1 <= citation.document <= len(texts)


def fuzz_check(data: bytes) -> None:
    """Findings lie within their texts; a text agrees with itself."""
    from summlib.checks import check_pair
    from summlib.faults import find_faults
    from summlib.text.compression import compress

    source, _, target = inputs.text_of(data).partition("\x1f")
    for left, right in (("de", "en"), ("en", "de")):
        for finding in check_pair(source, target, source_lang=left, target_lang=right):
            assert finding.message
            assert finding.source is None or 0 <= finding.source.start < finding.source.end
            assert finding.source is None or finding.source.end <= len(source)
            assert finding.target is None or 0 <= finding.target.start < finding.target.end
            assert finding.target is None or finding.target.end <= len(target)
    find_faults(source, target)
    for lang in ("de", "en"):
        compress(source, lang)


def fuzz_glossary(data: bytes) -> None:
    """A glossary is read or refused, and finds its terms in order."""
    from summlib.text.glossary import read_glossary

    file, _, sentence = data.partition(b"\x1f")
    with tempfile.NamedTemporaryFile(suffix=".tsv") as named:
        Path(named.name).write_bytes(file)
        try:
            glossary = read_glossary(named.name)
        except InputError:
            return
    text = inputs.text_of(sentence)
    place = 0
    for term in glossary.find(text):
        assert place <= term.span.start < term.span.end <= len(text)
        place = term.span.end
    glossary.missing(text, glossary.exchange(text))


def fuzz_records(data: bytes) -> None:
    """Cards of models, records of fetched ones and journals are read, or damage is named."""
    from summlib import store
    from summlib.batch.ledger import Ledger
    from summlib.hub import record

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model.json").write_bytes(data)
        (folder / record.FILE).write_bytes(data)
        for read in (store.describe, record.read):
            with suppress(ModelError):
                read(folder)
        state = folder / "state"
        Ledger(state, folder / "out", signature="x").close()
        (journal,) = state.glob("journal-*")
        journal.write_bytes(journal.read_bytes() + data)
        Ledger(state, folder / "out", signature="x").close()


def check_read(data: bytes, name: str) -> None:
    """Fail unless each document is one, or an error meant for a person that is no bug of ours."""
    from summlib.documents import read_many

    stream = io.BytesIO(data)
    stream.name = name  # type: ignore[misc]
    for item in read_many(stream, on_error="record"):
        if isinstance(item, Document):
            item.text.encode("utf-8")
            json.dumps(item.to_dict())
            assert item.text.strip()
        else:
            assert isinstance(item, InputError)
            assert str(item)
            _refuse_own_fault(item)


def _refuse_own_fault(error: InputError) -> None:
    """Tell damage that a parser found from an exception of summlib's own making."""
    cause = error.__cause__
    if not isinstance(error, UnreadableDocument) or "seems damaged: reading" not in str(error):
        return
    assert cause is not None
    last = traceback.extract_tb(cause.__traceback__)[-1]
    if last.filename.startswith(PACKAGE):
        raise AssertionError(f"{last.filename}:{last.lineno}: {cause!r}") from cause


def _reading(name: str, wrap: Callable[[bytes], bytes] = bytes) -> Target:
    def read_it(data: bytes) -> None:
        check_read(wrap(data), name)

    read_it.__doc__ = f"Any content of a {name} is read or refused."
    return read_it


TARGETS: dict[str, Target] = {
    "clean": fuzz_clean,
    "split": fuzz_split,
    "layout": fuzz_layout,
    "translate": fuzz_translate,
    "summarize": fuzz_summarize,
    "digest": fuzz_digest,
    "check": fuzz_check,
    "glossary": fuzz_glossary,
    "records": fuzz_records,
    "txt": _reading(""),
    "html": _reading("a.html"),
    "eml": _reading("a.eml"),
    "csv": _reading("a.csv"),
    "tsv": _reading("a.tsv"),
    "jsonl": _reading("a.jsonl"),
    "pdf": _reading("a.pdf"),
    "pdfpage": _reading("a.pdf", inputs.pdf),
    "docx": _reading("a.docx", inputs.docx),
    "odt": _reading("a.odt", inputs.odt),
    "fodt": _reading("a.fodt", lambda body: inputs.odf(body, "document")),
    "epub": _reading("a.epub", inputs.epub),
    "zip": _reading("a.docx"),
}
"""By name; the names are those of the folders of ``tests/data/fuzz``."""


def seeds(target: str) -> list[bytes]:
    """Return what a target begins with."""
    if target in ("glossary", "records"):
        journal = json.dumps({"inputs": {"a": {"place": "b"}}, "outputs": {"b": 3}, "whole": ["b"]})
        card = {"format": 1, "name": "x", "task": "translate", "languages": ["de", "en"]}
        card |= {"files": {"a": {"sha256": "0" * 64, "bytes": 1}}, "licence": "x", "version": 1}
        terms = "# Kopf\nKI\tAI\nEuropäische Kommission\tEuropean Commission\n"
        given = terms.encode() + b"\x1f\x00Die KI der Kommission"
        return [given, journal.encode() + b"\n", json.dumps(card).encode()]
    return inputs.file_seeds().get(target) or inputs.text_seeds()


def run(target: str, data: bytes) -> None:
    """Run a target on an input and hold it to its time."""
    with quick():
        TARGETS[target](data)
