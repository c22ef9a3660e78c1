"""Given terms: found with their endings, asked for in the translation."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import InputError
from summlib.text import terms
from summlib.text.glossary import Glossary, bundled_glossary, read_glossary
from summlib.text.terms import TermFinder

GLOSSARY = Glossary(
    {
        "Förderbescheid": "grant notice",
        "KI": "AI",
        "EU-Kommission": "European Commission",
        "Kommission": "commission",
        "Richtlinie": "policy",
        "Rotes Kreuz": "Red Cross",
    }
)


@pytest.mark.parametrize(
    ("sentence", "terms"),
    [
        ("Der Förderbescheid kam.", ["grant notice"]),
        ("Erhalt des Förderbescheids und der Förderbescheide", ["grant notice", "grant notice"]),
        ("Die EU-Kommission rügt die Kommission.", ["European Commission", "commission"]),
        ("Die KI und die KIs", ["AI", "AI"]),
        ("Kino, KIT und Ki", []),
        ("Förderbescheidstelle", []),
        ("Vor-KI", []),
        ("Die KI-Fabrik", ["AI"]),
        ("Das Rote Kreuz", ["Red Cross"]),
        ("Rotes Kreuz", ["Red Cross"]),
        ("https://example.org/KI und `KI`", []),
        ("", []),
    ],
)
def test_terms_are_found(sentence: str, terms: list[str]) -> None:
    found = GLOSSARY.find(sentence)
    assert [term.target for term in found] == terms
    assert all(sentence[t.span.start : t.span.end] for t in found)
    assert bool(terms) is GLOSSARY.covers(sentence)


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        ("The grant notice came.", 0),
        ("The Grant Notices came.", 0),
        ("The grant notice's end", 0),
        ("The grant came.", 1),
        ("The grant noticed it.", 1),
    ],
)
def test_terms_are_looked_for(target: str, missing: int) -> None:
    findings = GLOSSARY.missing("Der Förderbescheid kam.", target)
    assert len(findings) == missing
    for finding in findings:
        assert (finding.kind, finding.severity) == ("glossary", "error")
        assert finding.source is not None
        assert finding.source.of("Der Förderbescheid kam.") == "Förderbescheid"


@pytest.mark.parametrize("target", ["a policy", "Policies", "policies"])
def test_plural_in_ies(target: str) -> None:
    assert GLOSSARY.missing("Die Richtlinien", target) == []


def test_hints_carry_the_place_and_the_translation() -> None:
    (hint,) = GLOSSARY.hints("Die KI hilft.")
    assert (hint.start, hint.end, hint.translation) == (4, 6, "AI")


def test_acronyms_are_exchanged_outside_of_addresses() -> None:
    sentence = "Die KI-Fabrik nutzt KI und die Richtlinie, siehe example.org/KI."
    assert GLOSSARY.exchange(sentence) == (
        "Die AI-Fabrik nutzt AI und die Richtlinie, siehe example.org/KI."
    )


def test_empty_terms_do_not_count() -> None:
    assert not Glossary({"": "x", " ": "y", "Rat": " "})
    assert Glossary({}).find("Der Rat") == []
    assert Glossary({" Rat ": " Council "}).terms == {"Rat": "Council"}


@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    st.dictionaries(st.text(st.characters(), max_size=8), st.text(st.characters(), max_size=8)),
    st.text(st.characters(), max_size=40),
)
def test_any_terms_can_be_looked_for(terms: dict[str, str], sentence: str) -> None:
    glossary = Glossary(terms)
    for term in glossary.find(sentence):
        assert terms_stripped(terms)[term.source] == term.target
        assert 0 <= term.span.start < term.span.end <= len(sentence)
    glossary.missing(sentence, sentence)


def terms_stripped(terms: dict[str, str]) -> dict[str, str]:
    return {source.strip(): target.strip() for source, target in terms.items()}


@pytest.mark.parametrize("term", ["C++", "a.b", "(x)", "50 %", "[neu]", "Q&A", "\\d", "|"])
def test_signs_in_terms_are_only_signs(term: str) -> None:
    assert [t.source for t in Glossary({term: "y"}).find(f"Mit {term} hier")] == [term]


def test_pickles() -> None:
    assert pickle.loads(pickle.dumps(GLOSSARY)).find("Die KI") == GLOSSARY.find("Die KI")


def test_bundled_terms_are_sound() -> None:
    terms = bundled_glossary()
    assert terms["KI"] == "AI"
    assert "EU-Kommission" in terms
    assert all(source.strip() and target.strip() for source, target in terms.items())


def test_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "begriffe.tsv"
    path.write_bytes("\ufeff# Kopf\nRat\tCouncil\r\n\nKI\t AI \n".encode())
    assert read_glossary(path).terms == {"Rat": "Council", "KI": "AI"}


@pytest.mark.parametrize("line", ["Rat", "Rat\t", "\tCouncil", "Rat\t "])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "begriffe.tsv"
    path.write_text(f"KI\tAI\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"begriffe\.tsv, line 2: write German, a tab, English"):
        read_glossary(path)


def test_a_file_that_is_not_in_utf8_is_an_input_error(tmp_path: Path) -> None:
    path = tmp_path / "begriffe.tsv"
    path.write_bytes(b"Rat\tCouncil\xff\n")
    with pytest.raises(InputError, match=r"begriffe\.tsv"):
        read_glossary(path)
    with pytest.raises(FileNotFoundError, match=r"fehlt\.tsv"):
        read_glossary(tmp_path / "fehlt.tsv")


FORMS = (
    *("Häuser", "häusern", "Hause", "ging", "gegangen", "geht", "aß", "gegessen", "Ämter", "AMT"),
    *("gesprungen", "sprang", "abgesprungen", "Aemter", "Straße", "Strasse", "Gesprungene", "Ölen"),
)


@pytest.mark.parametrize("word", FORMS)
def test_a_first_letter_tells_no_form_apart_from_its_term(
    word: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = ["Haus", "gehen", "essen", "Amt", "springen", "abspringen", "Straße", "Öl"]
    found = TermFinder(listed).find(word)
    monkeypatch.setattr(terms, "_initial", lambda word: "")
    assert TermFinder(listed).find(word) == found


def test_the_longer_term_wins_where_two_begin() -> None:
    glossary = Glossary({"Rat": "council", "Rat der Stadt": "city council", "EU": "EU"})
    found = glossary.find("Der Rat der Stadt und die EU, der Rat.")
    assert [t.source for t in found] == ["Rat der Stadt", "EU", "Rat"]
