"""Which sentences carry a document."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.centrality import neighbours, stem, vectors, weighted
from summlib.errors import InputError
from summlib.records import Sentence
from summlib.salience import FEATURES, describe, opening, salience, weights
from summlib.scores.rouge import rouge
from summlib.selector import Budget, Selector, parse_length
from summlib.text import split_sentences

DEV = Path(__file__).resolve().parents[2] / "shared" / "dev" / "summ"
ARTICLE = (
    "In Ulm ist am Montag ein Güterzug entgleist. Der Lokführer wurde leicht verletzt. "
    "Die Strecke nach Augsburg bleibt bis Freitag gesperrt. Dazu kommt der Regen. "
    "Bei dem Güterzug war eine Achse gebrochen, teilte die Bahn in Ulm mit. "
    "Für Rückfragen: Telefon 030 12345. Der Güterzug hatte Kies geladen. "
    "Reisende von Ulm nach Augsburg müssen auf Busse umsteigen."
)
quick = settings(derandomize=True, deadline=None, max_examples=40)


def sentences(texts):
    found, start = [], 0
    for text in texts:
        found.append(Sentence(text, start, start + len(text)))
        start += len(text) + 1
    return found


words = st.sampled_from(
    ["Zug", "Ulm", "Regen", "Er", "Dazu", "fährt", "nach", "12", "Montag", "Brücke", "www.x.de"]
)
documents = st.lists(
    st.lists(words, min_size=1, max_size=12).map(lambda w: " ".join(w) + "."), max_size=15
)
budgets = st.sampled_from(
    ["short", "medium", "long", "20%", "100%", "10|words", "40|words", "3|sentences"]
)


@quick
@given(documents, budgets)
def test_picks_are_ordered_unique_and_within_the_budget(texts, length):
    budget = parse_length(length.replace("|", " "))
    picked = Selector().select(sentences(texts), budget=budget)
    sizes = [len(text.split()) for text in texts]
    assert picked == sorted(set(picked))
    assert bool(picked) is bool(texts)
    assert len(picked) <= budget.sentences
    taken = sum(sizes[i] for i in picked)
    assert taken <= budget.words(sum(sizes)) + max((sizes[i] for i in picked), default=0)
    assert Selector().select(sentences(texts), budget=budget) == picked


def test_news_before_contact_lines():
    picked = Selector().select(
        split_sentences(ARTICLE), title="Güterzug in Ulm entgleist", budget="2 sentences"
    )
    assert 0 in picked
    assert not {3, 5} & set(picked)


def test_an_answer_of_a_few_words_is_no_statement_whoever_speaks():
    texts = ["Dr. Lind: Auch das nicht.", "Der Verband baut in Ulm einen Brunnen."]
    assert Selector().select(sentences(texts), budget="1 sentence") == [1]


def test_nothing_is_said_twice():
    texts = ["In Ulm ist ein Güterzug entgleist."] * 3 + ["Es gab drei Verletzte am Bahnhof."]
    picked = Selector().select(sentences(texts), budget="3 sentences")
    assert len(picked) == 2
    assert 3 in picked


def test_a_leaning_sentence_waits_for_the_one_before():
    texts = ["Die Stadt Ulm baut eine neue Brücke.", "Sie kostet die Stadt Ulm viel."]
    lone = Selector().select(sentences(["Es regnet.", *reversed(texts)]), budget="1 sentence")
    assert lone == [2]
    assert Selector().select(sentences(texts), budget="2 sentences") == [0, 1]


def test_headings_are_no_statements():
    texts = ["Güterzug Ulm Brücke", "Ein Güterzug ist in Ulm von der Brücke gestürzt."]
    assert Selector().select(sentences(texts), budget="1 sentence") == [1]


@pytest.mark.parametrize("texts", [["12."], ["😀 😀"], ["Überschrift"], ["?", "!"]])
def test_odd_documents_give_something(texts):
    assert Selector().select(sentences(texts))


def test_no_sentences_no_picks():
    assert Selector().select([]) == []


def test_paragraphs_must_match():
    with pytest.raises(InputError, match="2 paragraph numbers for 1 sentences"):
        Selector().select(sentences(["Eins."]), paragraphs=[0, 1])


@pytest.mark.parametrize(
    ("said", "budget"),
    [
        ("20%", Budget(20, "percent")),
        ("20 %", Budget(20, "percent")),
        ("12.5%", Budget(12.5, "percent")),
        ("80 words", Budget(80, "words")),
        ("1 word", Budget(1, "words")),
        ("3 Sentences", Budget(3, "sentences")),
        ("Medium", Budget(120, "named")),
        (Budget(5, "words"), Budget(5, "words")),
    ],
)
def test_lengths(said, budget):
    assert parse_length(said) == budget


@pytest.mark.parametrize(
    "said", ["", "tiny", "0%", "101%", "-3 words", "2.5 sentences", "0 words", "80", "80 Wörter"]
)
def test_unreadable_lengths_name_what_is_accepted(said):
    with pytest.raises(InputError, match="short, medium, long"):
        parse_length(said)


def test_named_lengths_grow_with_the_document():
    short = parse_length("short")
    assert short.words(60) == 30
    assert short.words(600) == 55
    assert 70 < short.words(10_000) < 80


@pytest.mark.parametrize(
    ("sentence", "lang", "leans"),
    [
        ("Er sagte nichts.", "de", "anaphora"),
        ("„Damit ist es gut.“", "de", "anaphora"),
        ("Das wurde teuer.", "de", "anaphora"),
        ("Das neue Haus wurde teuer.", "de", ""),
        ("Die Stadt baut.", "de", ""),
        ("Auch Ulm baut.", "de", "connector"),
        ("This was expensive.", "en", "anaphora"),
        ("However, it rained.", "en", "connector"),
        ("The town builds.", "en", ""),
        ("", "de", ""),
    ],
)
def test_openings(sentence, lang, leans):
    assert opening(sentence, lang) == leans


@pytest.mark.parametrize(
    ("left", "right", "lang"),
    [
        ("Häuser", "Hauses", "de"),
        ("Brücke", "Brücken", "de"),
        ("Entscheidung", "Entscheidungen", "de"),
        ("decisions", "decision", "en"),
        ("closed", "closes", "en"),
    ],
)
def test_forms_of_a_word_share_a_stem(left, right, lang):
    assert stem(left, lang) == stem(right, lang)


def test_a_very_long_text_is_compared_no_further_than_memory_allows(monkeypatch):
    texts = weighted(vectors([f"Rathaus Brücke Haushalt Wort{i}" for i in range(400)], "de"))
    whole = sum(map(len, neighbours(texts)))
    monkeypatch.setattr("summlib.centrality._COMPARED", 10 * len(texts))
    near = neighbours(texts)
    assert sum(map(len, near)) <= 2 * 10 * len(texts) < whole
    assert all(near[1:-1])  # every sentence still has neighbours


@quick
@given(documents)
def test_neighbours_are_mutual_and_bounded(texts):
    near = neighbours(weighted(vectors(texts, "de")))
    for i, row in enumerate(near):
        for j, likeness in row.items():
            assert near[j][i] == likeness
            assert 0 < likeness <= 1 + 1e-9


@quick
@given(documents)
def test_every_sentence_is_described_and_weighed(texts):
    described = describe(texts, title="Zug nach Ulm")
    assert [len(row) for row in described.rows] == [len(FEATURES)] * len(texts)
    assert len(salience(described)) == len(texts)


def test_weights_stand_for_every_feature():
    assert len(weights()) == len(FEATURES)


def test_english_is_selected_too():
    text = "A freight train derailed in Ulm on Monday. This was sad. The line stays closed."
    picked = Selector().select(
        split_sentences(text, "en"), title="Train derailed in Ulm", lang="en", budget="1 sentence"
    )
    assert picked == [0]


def test_a_book_takes_near_linear_time():
    texts = [
        f"Im Kapitel {i} fährt Zug {i % 97} nach Ort {i % 89} über Brücke." for i in range(4000)
    ]
    start = time.process_time()
    few = Selector().select(sentences(texts[:500]), budget="20%")
    middle = time.process_time()
    many = Selector().select(sentences(texts), budget="20%")
    # Eight times the sentences: the square of it would be 64 times the work.
    assert time.process_time() - middle < 40 * max(middle - start, 0.02)
    assert len(few) < len(many)


@pytest.mark.skipif(not DEV.is_dir(), reason="no development sets")
@pytest.mark.parametrize(("lang", "floor"), [("de", 34.0), ("en", 39.5)])
def test_selection_beats_the_lead(lang, floor):
    lines = (DEV / f"swiss-lead-{lang}.jsonl").read_text(encoding="utf-8").split("\n")
    records = [json.loads(line) for line in lines if line][:150]
    outputs = [selected(record, lang) for record in records]
    assert rouge(outputs, [record["summary"] for record in records])[0].value > floor


def selected(record, lang):
    found, numbers, offset = [], [], 0
    for number, paragraph in enumerate(record["text"].split("\n")):
        for sentence in split_sentences(paragraph, lang):
            found.append(sentence.shifted(offset))
            numbers.append(number)
        offset += len(paragraph) + 1
    picked = Selector().select(
        found, paragraphs=numbers, title=record["title"], lang=lang, budget="50 words"
    )
    return " ".join(found[i].text for i in picked)


def test_a_lead_set_apart_is_found():
    lead = "Die Stadt Ulm baut für 30 Millionen Euro eine neue Brücke über die Donau."
    rest = [
        "Die alte Brücke über die Donau stammt von 1950 und ist marode.",
        "Der Rat der Stadt Ulm stimmte der neuen Brücke gestern zu.",
        "Für die Brücke zahlt der Bund der Stadt 12 Millionen Euro.",
        "Gebaut wird die Brücke ab Mai, die Donau bleibt für Schiffe offen.",
    ]
    rows = describe([lead, *rest], paragraphs=[0, 1, 1, 2, 2], title="Neue Brücke in Ulm").rows
    place = FEATURES.index("opening")
    assert [row[place] for row in rows] == [1, 0, 0, 0, 0]
    lasting = FEATURES.index("opening_lasting")
    strange = describe(["Am Wochenende schien die Sonne.", *rest], paragraphs=[0, 1, 1, 2, 2]).rows
    assert rows[0][lasting] > 0.5 > strange[0][lasting]


def test_word_importance_is_learnt_from_other_texts():
    pytest.importorskip("numpy")
    from summlib.training.importance import common_stems, count, count_odds, fit_words

    body = ["Der Rat beschließt Neues.", "Es kostet Geld.", "Ein Haus am Bau.", "Leute klagen."]
    docs = [count(body, "Haus", "Der Rat beschließt ein Haus.", "de") for _ in range(100)]
    common = common_stems(["Der Rat beschließt Geld."] * 2 + ["Ein Bau."], "de", least=2)
    odds = count_odds(docs, common)
    assert odds[stem("beschließt", "de")] > 0 > odds[stem("Geld", "de")]
    assert stem("Bau", "de") not in odds  # common enough here, but not in other texts
    weights = fit_words(docs, {"de": common})
    assert weights["lead_odds"] > 0


def test_word_lists_are_written_and_read(tmp_path, monkeypatch):
    from summlib import importance
    from summlib.text import datafiles
    from summlib.training.importance import write_odds

    write_odds(tmp_path / "leadwords.de.txt", {"rat": 0.5, "geld": -1.25, "bau": 0.0})
    monkeypatch.setattr(datafiles, "DATA", tmp_path)
    importance.lead_odds.cache_clear()
    try:
        assert importance.lead_odds("de") == {"rat": 0.5, "geld": -1.25, "bau": 0.0}
    finally:
        importance.lead_odds.cache_clear()
