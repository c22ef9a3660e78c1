"""Sentences shortened by rule: shorter, grammatical, and nothing new said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.checks import check_pair
from summlib.text.compression import compress
from summlib.text.constituents import constituent, is_finite, words

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
quick = settings(derandomize=True, deadline=None, max_examples=120)

SHORTER = [
    ("Zudem will die Stadt neue Schulen bauen.", "Die Stadt will neue Schulen bauen."),
    ("Außerdem hat sich der Rat schnell geeinigt.", "Der Rat hat sich schnell geeinigt."),
    ("Außerdem hat sich der Rat auf Regeln geeinigt.", None),
    ("Darüber hinaus soll er im Mai nach Bonn reisen.", "Er soll im Mai nach Bonn reisen."),
    ("Ferner werden am Montag die Wege gesperrt.", None),
    ("Zudem soll der Anteil am Umsatz steigen.", None),
    ("Weiter kommt die Überstellung verurteilter Täter hinzu.", None),
    ("Allerdings werden diese ihre Wirkung erst spät entfalten.", None),
    ("Zudem, so die Stadt, wird es teurer.", None),
    ("Auch die Stadt Ulm baut neue Schulen.", "Die Stadt Ulm baut neue Schulen."),
    ("Auch wenn es regnet, wird gebaut.", None),
    ("Auch soll die Stadt neue Schulen bauen.", None),
    ("Doch die Zahl der Gäste stieg.", "Die Zahl der Gäste stieg."),
    ("Doch sehen sich viele Städte im Nachteil.", None),
    ("Die Stadt (20.000 Einwohner) baut neu.", "Die Stadt baut neu."),
    ("Die Stadt (ohne das Umland) baut neu.", None),
    ("Alle Bürger(innen) der Stadt zahlen mehr.", None),
    ("Es gibt A (rot), B (blau) und C (grün).", None),
    ("Der Eintritt – bisher drei Euro – wird teurer.", "Der Eintritt wird teurer."),
    ("Der Eintritt – wenn überhaupt – wird teurer.", None),
    ("Das Programm Natur – Landschaft – Armee läuft aus.", None),
    ("Viele Kantone, insbesondere Bern und Genf, haben Bedenken.", "Viele Kantone haben Bedenken."),
    ("Sie bauen Wege, etwa in Bern, Schulen und Parks.", None),
    ("Die Anlage hat sich bewährt, etwa im August, erklärte er.", None),
    ("Während einige Städte, namentlich Bern, zahlt der Bund.", None),
    ("Das gilt – bei entsprechender Nachfrage – ab Mai.", None),
    ("Das Amt – und somit die Stadt – zahlen alles.", None),
    (
        "Am Freitag, dem 10. Oktober 2025, hat der Rat getagt.",
        "Am 10. Oktober 2025 hat der Rat getagt.",
    ),
    (
        "Er tagte am Freitag, dem 10. Oktober, weil es eilte.",
        "Er tagte am 10. Oktober, weil es eilte.",
    ),
    (
        "Die Brücke sei sicher, sagte Bauleiter Kai Lind am Montag in Ulm.",
        "Die Brücke sei sicher, sagte Bauleiter Kai Lind.",
    ),
    (
        "Die Bahn sperrt die Strecke bis Mai, wie sie am Montag mitteilte.",
        "Die Bahn sperrt die Strecke bis Mai.",
    ),
    ("Die Strecke ist bis Mai gesperrt, wie die Polizei mitteilte.", None),
    ("Die Bahn habe richtig gehandelt, wie sie mitteilte.", None),
    ("Der Plan ist zudem sehr teuer geworden.", "Der Plan ist sehr teuer geworden."),
    ("Der Plan ist teuer und jedoch nicht gut.", None),
    ("„Zudem wird die Stadt bauen“, sagte sie.", None),
    ("Zudem wird die Stadt neu bauen», sagte sie.", None),
]


@pytest.mark.parametrize(("sentence", "shorter"), SHORTER)
def test_german(sentence: str, shorter: str | None) -> None:
    made = compress(sentence, "de")
    assert made.text == (shorter or sentence)
    assert bool(made.rules) is (shorter is not None)


@pytest.mark.parametrize(
    ("sentence", "shorter"),
    [
        ("However, the town will build.", "The town will build."),
        ("But the town will build.", "The town will build."),
        ("But when it rains, nobody builds.", None),
        ("The town (20,000 people) will build.", "The town will build."),
        ("Most towns, including Bern, have doubts about it.", "Most towns have doubts about it."),
        ("They build roads, including paths, and parks.", None),
        ("The fee – three francs so far – will rise.", "The fee will rise."),
    ],
)
def test_english(sentence: str, shorter: str | None) -> None:
    assert compress(sentence, "en").text == (shorter or sentence)


def test_an_abbreviation_needed_elsewhere_stays() -> None:
    sentence = "Das Bundesamt für Energie (BFE) baut aus."
    assert "BFE" not in compress(sentence, "de").text
    assert compress(sentence, "de", spared=frozenset(("BFE",))).text == sentence


def sentences_of_seeds() -> list[str]:
    from summlib.text.sentences import split_sentences

    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*/de.txt"))]
    return [
        s.text
        for text in texts
        for line in text.split("\n")
        if line.strip()
        for s in split_sentences(line)
    ]


def test_what_is_left_says_nothing_new() -> None:
    changed = 0
    for sentence in sentences_of_seeds():
        made = compress(sentence, "de")
        assert not check_pair(sentence, made.text, target_lang="de", direction="target")
        negated = [
            f for f in check_pair(sentence, made.text, target_lang="de") if f.kind == "negation"
        ]
        assert not negated, made.text
        known = set(re.findall(r"\w+", sentence.lower()))
        assert set(re.findall(r"\w+", made.text.lower())) <= known
        changed += bool(made.rules)
    assert changed > 20


pieces = st.sampled_from(
    [
        *(
            "Zudem",
            "Auch",
            "will",
            "die Stadt",
            "sich",
            "(2 Euro)",
            "–",
            ",",
            "insbesondere",
            "Ulm",
        ),
        *("am Freitag, dem 3. Mai", "sagte sie", "„Ja“", "nicht", "bauen", "wie er mitteilte", "("),
    ]
)


@quick
@given(st.lists(pieces, min_size=1, max_size=10), st.sampled_from(["de", "en"]))
def test_any_sentence_stays_a_sentence(parts: list[str], lang: str) -> None:
    sentence = " ".join(parts) + "."
    made = compress(sentence, lang)
    assert made.text.endswith(".")
    assert len(made.text) <= len(sentence)
    assert (made.text == sentence) is (not made.rules)
    assert compress(sentence, lang) == made


def test_finite_verbs_and_constituents() -> None:
    assert all(map(is_finite, ("will", "wurden", "sank", "beschloss", "prüft")))
    assert not any(map(is_finite, ("nicht", "seit", "Stadt", "für", "insgesamt", "")))
    assert constituent("der neue Rat hat") == len("der neue Rat")
    assert constituent("der Rat der Stadt hat") == 0
    assert constituent("morgen kommt") == 0


def test_word_lists_are_there() -> None:
    assert "januar" in words("month", "de")
    assert not words("month", "en")
    assert json.dumps(sorted(words("weekday", "de")))
