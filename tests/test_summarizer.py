"""Documents in, short texts with their sources out."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summlib.drafts import Drafter
from summlib.errors import EmptyDocument, InputError, ModelNotFound, WrongLanguage
from summlib.records import Document, Summary
from summlib.renderer import Renderer
from summlib.rendering import Languages
from summlib.summarizer import Prose, Summarizer, read_prose
from summlib.text.sentences import split_sentences
from summlib.translator import Translator

quick = settings(derandomize=True, deadline=None, max_examples=80)

ARTICLE = """Brücke am Hafen bleibt gesperrt

Die Brücke am Hafen von Rostheim bleibt bis zum 30. April gesperrt. Das teilte die Stadt am
Dienstag mit. Bei einer Prüfung waren Risse in zwei Trägern gefunden worden. Die Reparatur kostet
nach ersten Schätzungen 2,4 Millionen Euro.

Täglich fahren rund 18.000 Autos über die Brücke. Der Verkehr wird über die Altstadt umgeleitet.
Händler klagen bereits über lange Staus. „Wir brauchen eine schnelle Lösung“, sagte Bürgermeisterin
Anke Behrens. Sie will das Land um Hilfe bitten.

Die Brücke wurde 1974 gebaut. Ein Neubau war vor zehn Jahren am Widerstand der Anwohner
gescheitert. Nun soll der Stadtrat im Mai erneut beraten. Bis dahin fahren die Busse der Linie 5
nur bis zum Markt.
"""
ENGLISH = (
    "The harbour bridge stays closed until the end of April. Inspectors found cracks in two "
    "girders. The repair will cost about 2.4 million euros, the town said on Tuesday. "
    "Shop owners complain about long traffic jams. The council will discuss the matter in May."
)

SEEDS = sorted(Path(__file__).resolve().parents[1].glob("seeds/*/de.txt"))

pieces = st.sampled_from(
    [
        *("Der Rat der Stadt tagt am Montag.", "Es kamen 1.234,5 Leute.", "Mehr unter www.x.de"),
        *("Er schwieg.", "- ", "# ", "\n", "\n\n", " ", "\u00ad", "\u200b", "\x00", "\ud800"),
        *("Foto: dpa", "Lesen Sie mehr", "„Ja“, sagte sie.", "Rechen-\nzentrum", "😀", "12"),
    ]
)
any_text = st.one_of(
    st.text(st.characters(), min_size=1, max_size=120), st.lists(pieces, min_size=1).map("".join)
)


@quick
@given(any_text, st.sampled_from(["short", "20%", "30 words", "2 sentences"]))
@example("Der Rat tagt.\u200b Er schweigt.\n\nFoto: dpa", "short")
def test_every_sentence_knows_its_source(text: str, length: str) -> None:
    try:
        summary = Summarizer("echo", length=length)(text, source_lang="de")
    except EmptyDocument:
        return
    assert summary.sentences
    last = -1
    for sentence in summary.sentences:
        assert summary.text[sentence.start : sentence.end] == sentence.text
        assert sentence.sources
        for source in sentence.sources:
            assert text[source.start : source.end] == source.text
        assert list(sentence.sources) == sorted(sentence.sources, key=lambda s: s.start)
        assert sentence.sources[-1].start > last
        last = sentence.sources[-1].start
    for drop in summary.dropped:
        assert text[drop.start : drop.end] == drop.text


@quick
@given(st.integers(1, 12))
def test_sentences_are_whole_ordered_and_no_more_than_asked_for(count: int) -> None:
    summary = Summarizer("echo", length=f"{count} sentences")(ARTICLE)
    lines = read_prose(Document(ARTICLE), "de").lines
    assert 1 <= len(summary.sentences) <= count
    sources = [s.sources[-1].text.replace("\n", " ") for s in summary.sentences]
    assert sources == [line for line in lines if line in set(sources)]


def words(text: str) -> int:
    return len(text.split())


def longest() -> int:
    return max(words(line) for line in read_prose(Document(ARTICLE), "de").lines)


@pytest.mark.parametrize("budget", [10, 30, 50, 80])
def test_words_are_kept_within_a_sentence(budget: int) -> None:
    summary = Summarizer("echo", length=f"{budget} words")(ARTICLE)
    assert abs(words(summary.text) - budget) <= longest()


@pytest.mark.parametrize("share", [5, 20, 50])
def test_shares_are_kept_within_a_sentence(share: int) -> None:
    whole = sum(words(line) for line in read_prose(Document(ARTICLE), "de").lines)
    summary = Summarizer("echo", length=f"{share}%")(ARTICLE)
    assert abs(words(summary.text) - whole * share / 100) <= longest()


def test_named_lengths_grow() -> None:
    text = "\n\n".join(path.read_text(encoding="utf-8") for path in SEEDS[:4])
    sizes = [
        words(Summarizer("echo", length=length)(text).text)
        for length in ("short", "medium", "long")
    ]
    assert sizes[0] < sizes[1] < sizes[2] < words(text) / 2


def test_three_sentences_of_the_article_say_what_matters() -> None:
    summary = Summarizer("echo", length="3 sentences")(ARTICLE)
    assert "gesperrt" in summary.text
    assert words(summary.text) < words(ARTICLE) / 2


def test_german_summary_needs_no_model() -> None:
    summary = Summarizer("gibt-es-nicht", target_lang="de", length="2 sentences")(ARTICLE)
    assert (summary.source_lang, summary.target_lang) == ("de", "de")
    assert len(summary.sentences) == 2
    copied = [s for s in summary.sentences if s.how == "copied"]
    assert copied
    assert all(" ".join(s.sources[0].text.split()) == s.text for s in copied)
    assert "gibt-es-nicht" not in summary.signature


def test_english_summary_of_an_english_text_needs_no_model() -> None:
    summary = Summarizer("gibt-es-nicht", length="2 sentences")(ENGLISH)
    assert (summary.source_lang, summary.target_lang) == ("en", "en")
    assert {s.text for s in summary.sentences} < {s.text for s in split_sentences(ENGLISH, "en")}


def test_english_summary_of_a_german_text_needs_the_model() -> None:
    with pytest.raises(ModelNotFound, match="gibt-es-nicht"):
        Summarizer("gibt-es-nicht")(ARTICLE)


def test_english_to_german_says_what_to_do() -> None:
    with pytest.raises(InputError, match=r"no bundled model .* use target_lang='en'"):
        Summarizer("echo", target_lang="de")(ENGLISH)


def test_the_language_of_the_document_goes_before_the_guess() -> None:
    summary = Summarizer("echo")(Document(ARTICLE, lang="en"))
    assert summary.source_lang == "en"
    assert Summarizer("echo")(Document(ARTICLE, lang="en"), source_lang="de").source_lang == "de"


def test_another_language_is_named() -> None:
    french = "Le conseil a décidé que le vieux pont sera réparé. Les travaux durent trois mois."
    with pytest.raises(WrongLanguage, match="French"):
        Summarizer("echo")(french)
    with pytest.raises(WrongLanguage, match=r"lettre\.txt seems to be French"):
        Summarizer("echo")(Document(french, path="lettre.txt"))


@pytest.mark.parametrize("blank", ["", "  \n\t", "\u00a0"])
def test_blank_text_is_refused(blank: str) -> None:
    with pytest.raises(EmptyDocument, match="blank"):
        Summarizer("echo")(blank)


def test_blank_text_of_a_known_language_is_refused() -> None:
    with pytest.raises(EmptyDocument):
        Summarizer("echo")("  \n", source_lang="de")


def read_or_none(text: str) -> Prose | None:
    try:
        return read_prose(Document(text), "de")
    except EmptyDocument:
        return None


@pytest.mark.parametrize("text", ["123", "😀😀", "Ulm", "***\n***", "\x00"])
def test_odd_texts_give_something_or_say_why_not(text: str) -> None:
    summarizer = Summarizer("echo")
    if read_or_none(text) is None:
        with pytest.raises(EmptyDocument, match="no sentence"):
            summarizer(text)
    else:
        assert summarizer(text).text.strip()


PAGE = f"Skip to main content\n\n{ARTICLE}\nFoto: Petra Lind / Agentur\n\nLesen Sie mehr\n"


def test_what_is_left_out_is_reported() -> None:
    summary = Summarizer("echo")(PAGE)
    dropped = {drop.text.strip(): drop.reason for drop in summary.dropped}
    assert "Skip to main content" in dropped
    assert all(dropped.values())
    assert all(PAGE[d.start : d.end] == d.text for d in summary.dropped)
    assert "Skip" not in summary.text


def test_a_list_gives_a_list_in_order() -> None:
    docs = [ARTICLE, Document(ENGLISH, path="en.txt"), ARTICLE.replace("Rostheim", "Wendstadt")]
    summaries = Summarizer("echo", length="2 sentences")(docs)
    assert [type(s) for s in summaries] == [Summary] * 3
    assert [s.source_lang for s in summaries] == ["de", "en", "de"]
    assert [s.path for s in summaries] == ["", "en.txt", ""]
    assert summaries[0] == Summarizer("echo", length="2 sentences")(ARTICLE)
    assert "Wendstadt" in summaries[2].text
    assert Summarizer("echo")([]) == []


def test_little_more_than_what_is_kept_is_translated(scripted: Any) -> None:
    engine = scripted()
    translator = Translator("echo")
    translator._renderer = Renderer(engine, languages=Languages())
    summary = Summarizer(length="2 sentences", translator=translator)(ARTICLE)
    assert {s.text for s in summary.sentences} <= set(engine.read)
    assert len(engine.read) == 4  # 1.6 times two, rounded up
    assert len(engine.calls) == 1


def test_of_two_sentences_that_matter_the_trusted_translation_is_kept(scripted: Any) -> None:
    text = (
        "Die Stadt Ulm baut für 30 Millionen Euro eine neue Brücke über die Donau. "
        "Die neue Brücke der Stadt Ulm kostet den Bund über 12 Millionen Euro im Jahr."
    )
    first, second = (s.text for s in split_sentences(text))
    wrong = {first: ["The city city city city city city builds a bridge for 30 million euros."]}
    right = {second: ["The new bridge costs over 12 million euros a year."]}
    translator = Translator("echo")
    translator._renderer = Renderer(
        scripted({**wrong, **right}), languages=Languages(), drafter=Drafter(), retries=False
    )
    summary = Summarizer(length="1 sentence", translator=translator)(text)
    assert summary.text == right[second][0]
    assert Summarizer("echo", length="1 sentence")(text).sentences[0].text == first


def test_how_tells_what_was_done() -> None:
    text = (
        "Am Freitag, dem 10. Oktober 2025, hat die Kommission sechs neue Fabriken angekündigt. "
        "Das Netz der Fabriken wächst auf 19 Standorte in 16 Staaten."
    )
    summary = Summarizer(target_lang="de", length="2 sentences")(text)
    assert [s.how for s in summary.sentences] == ["compressed", "copied"]
    assert summary.sentences[0].text.startswith("Am 10. Oktober 2025 hat die Kommission")
    assert summary.sentences[0].sources[0].text.startswith("Am Freitag, dem")


def test_a_pronoun_left_alone_becomes_its_name_and_both_sources_are_given() -> None:
    text = (
        "Der Stadtrat tagte. "
        "Er hat den Bau der Brücke über die Donau für 30 Millionen Euro beschlossen."
    )
    summary = Summarizer(target_lang="de", length="1 sentence")(
        Document(text, title="Brücke über die Donau für 30 Millionen Euro beschlossen")
    )
    assert summary.text == (
        "Der Stadtrat hat den Bau der Brücke über die Donau für 30 Millionen Euro beschlossen."
    )
    assert [s.how for s in summary.sentences] == ["rewritten"]
    assert [s.text for s in summary.sentences[0].sources] == [s.text for s in split_sentences(text)]


def test_findings_of_the_translation_come_along(scripted: Any) -> None:
    source = "Der Rat billigte am Montag den Plan nicht."
    engine = scripted({source: ["On Monday, the Council agreed to the plan."]})
    translator = Translator("echo")
    translator._renderer = Renderer(engine, languages=Languages(), drafter=Drafter())
    summary = Summarizer(translator=translator)(source)
    assert [f.kind for f in summary.findings] == ["negation"]
    assert summary.sentences[0].sources[0].text == source


def test_signature_tells_outputs_apart() -> None:
    signatures = {
        Summarizer("echo", length=length, target_lang=lang)(ARTICLE).signature
        for length in ("short", "2 sentences")
        for lang in ("de", "en")
    }
    assert len(signatures) == 4


def test_spelling_of_lengths_does_not_change_the_summary() -> None:
    assert Summarizer("echo", length="20 %")(ARTICLE).text == (
        Summarizer("echo", length="20%")(ARTICLE).text
    )


@pytest.mark.parametrize("length", ["", "tiny", "0 words", "-1 sentences", "101%"])
def test_wrong_length_is_named_at_once(length: str) -> None:
    with pytest.raises(InputError, match="length"):
        Summarizer("echo", length=length)


def test_wrong_target_language_is_named_at_once() -> None:
    with pytest.raises(InputError, match="target_lang is 'fr'; give one of de, en"):
        Summarizer("echo", target_lang="fr")


def test_wrong_source_language_is_named() -> None:
    with pytest.raises(InputError, match="'xx'"):
        Summarizer("echo")(ARTICLE, source_lang="xx")


def test_pickles() -> None:
    summarizer = Summarizer("echo", length="2 sentences")
    summary = summarizer(ARTICLE)
    assert pickle.loads(pickle.dumps(summarizer))(ARTICLE) == summary
    assert pickle.loads(pickle.dumps(summary)) == summary


@pytest.mark.parametrize("path", SEEDS)
def test_seed_documents_are_summarized_in_german(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    summary = Summarizer(target_lang="de", length="3 sentences")(text)
    assert 2 <= len(summary.sentences) <= 3
    for sentence in summary.sentences:
        for source in sentence.sources:
            assert text[source.start : source.end] == source.text
