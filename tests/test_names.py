"""Names that a model has not learned."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import ModelDamaged
from summlib.names import FILE, KnownWords, find_names, is_genitive
from summlib.text.packed import write_table

WORDS = (
    *("Herr", "Haus", "Brücke", "lobte", "das", "und", "kam", "nach", "Tür", "Stadt", "Tag"),
    *("Jäger", "Winter", "Trainer", "nächsten", "Ende", "Bernd"),
)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownWords:
    path = tmp_path_factory.mktemp("model") / FILE
    write_table(path, "\n".join(WORDS))
    return KnownWords(path)


def found(sentence: str, known: KnownWords) -> list[str]:
    return [span.of(sentence) for span in find_names(sentence, known)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Herr Wrzskowiak lobte das.", ["Wrzskowiak"]),
        ("Herr Wrzskowiak und Frau Zqbx", ["Wrzskowiak", "Frau Zqbx"]),
        ("Anna Wrzskowiak kam nach Qwertz.", ["Anna Wrzskowiak", "Qwertz"]),
        ("Das Haus und die Brücke", []),
        ("Bernd Jäger und Herr Winter", ["Bernd Jäger", "Winter"]),
        ("Das lobte Trainer Winters Frau", ["Winters Frau"]),
        ("Nächsten Winter kam Jäger", []),
        ("Im Winter und Ende Winter", []),
        ("Jäger und Winter", []),
        ("Haus und STADT und KI", []),
        ("BAFA und GIZ und Haus", ["BAFA", "GIZ"]),
        ("Das kam nach ÖVP", ["ÖVP"]),
        ("WRZSKOWIAK kam", []),
        ("wrzskowiak kam", []),
        ("Xy kam", []),
        ("Wrzsk-Qwertz lobte das", ["Wrzsk-Qwertz"]),
        ("", []),
    ],
)
def test_names(sentence: str, names: list[str], known: KnownWords) -> None:
    assert found(sentence, known) == names


@pytest.mark.parametrize(
    ("word", "knows"),
    [
        *(("Haus", True), ("haus", False), ("Hauses", True), ("Tage", True), ("Städte", False)),
        *(("Holzhaus", True), ("Steinbrücke", True), ("Stein-Brücke", True), ("Xyzung", True)),
        *(("Xyzkeiten", True), ("Wrzskowiak", False), ("Und", True)),
    ],
)
def test_inflections_and_compounds_are_known(word: str, knows: bool, known: KnownWords) -> None:
    assert known.knows(word) is knows


def test_a_dictionary_may_know_more(known: KnownWords) -> None:
    more = KnownWords(known.path, listed=lambda word: word == "Wrzskowiak")
    assert more.knows("Wrzskowiak")
    assert not more.knows("Qwertz")


def test_no_list_knows_every_word(tmp_path: Path) -> None:
    assert KnownWords(tmp_path / FILE).knows("Wrzskowiak")
    assert find_names("Herr Wrzskowiak", KnownWords(Path())) == []


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.text(st.characters(), max_size=80))
def test_names_are_ordered_and_apart(known: KnownWords, sentence: str) -> None:
    last = -1
    for span in find_names(sentence, known):
        assert last < span.start < span.end <= len(sentence)
        assert span.of(sentence)[0].isupper()
        last = span.end


def test_pickles_with_a_function_of_a_module(known: KnownWords) -> None:
    again = pickle.loads(pickle.dumps(KnownWords(known.path, listed=str.isupper)))
    assert again.forms() == frozenset(WORDS)


def test_a_damaged_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_bytes(b"no gzip")
    with pytest.raises(ModelDamaged, match=FILE):
        KnownWords(path).knows("Haus")


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Er wohnt in Essen.", ["Essen"]),
        ("Sie kommen aus Halle.", ["Halle"]),
        ("Beim Essen schwieg er.", []),
        ("Das Essen war kalt, die Halle auch.", []),
    ],
)
def test_towns_called_like_things_are_names_behind_some_words(
    sentence: str, names: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "words.txt.gz"
    write_table(path, "er\nwohnt\nin\nsie\nkommen\naus\nbeim\nessen\nhalle\ndas\nwar\nkalt\n")
    assert found(sentence, KnownWords(path)) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Jäger sagte das.", ["Jäger"]),
        ("Jäger sagten das.", []),
        ("Das sei so, sagte Jäger.", ["Jäger"]),
        ("So sagte Jäger Meier.", []),
        ("Das sagte Jäger der Stadt.", []),
        ("Das sagten Frau von Jäger und Herr Winter.", ["Jäger"]),
        ("Das kam von Jäger und Wolf.", []),
        ("Jägers Vorschlag kam nach Winters Ende.", ["Jägers", "Winters"]),
        ("Das lobte des Jägers Haus.", []),
        ("Winter kam nach Ende.", []),  # the season as well
    ],
)
def test_a_noun_without_an_article_is_a_name_where_it_would_need_one(
    sentence: str, names: list[str], tmp_path: Path
) -> None:
    path = tmp_path / FILE
    forms = [word for part in (sentence, *WORDS) for word in part.strip(".").split()]
    write_table(path, "\n".join(form.strip(",.").lower() for form in forms))
    assert found(sentence, KnownWords(path)) == names


@pytest.mark.parametrize(
    ("sentence", "name", "genitive"),
    [
        ("Nach Kershaws Rücktritt", "Kershaws", True),
        ("Das zeigt Kershaws neuer Plan", "Kershaws", False),  # "zeigt" is not among the words
        ("Juventus Anteile", "Juventus", False),
        ("Thomas Vogel", "Thomas", False),
        ("Kershaws kam", "Kershaws", False),
    ],
)
def test_a_genitive_stands_before_its_noun(sentence: str, name: str, genitive: bool) -> None:
    start = sentence.index(name)
    assert is_genitive(sentence, start, start + len(name)) == genitive


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Sie melden den Behörden Stromausfälle.", []),
        ("Ein Berliner Luxushotel brennt.", []),
        ("Im Spätsommer taut es.", []),
        ("Das Schiff Morgenstern sank.", ["Morgenstern"]),
        ("Das sagt Professorin Gesa Winkelhake.", ["Gesa Winkelhake"]),
        ("Das sagt der Sprecher Morgenstern.", ["Morgenstern"]),
    ],
)
def test_a_common_noun_is_a_name_only_behind_what_has_names(
    sentence: str, names: list[str], tmp_path: Path
) -> None:
    common = ("Stromausfälle", "Luxushotel", "Spätsommer", "Morgenstern", "Winkelhake")
    forms = sentence.strip(".").lower().split()
    path = tmp_path / FILE
    write_table(path, "\n".join(f for f in forms if f.title() not in (*common, "Gesa")))
    known = KnownWords(path, listed=common.__contains__, common=common.__contains__)
    assert found(sentence, known) == names


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Er kam nach Gelsenkirchen.", ["Gelsenkirchen"]),
        ("Er sah die Gelsenkirchen.", []),
        ("Er sah gelbe Feldkirchen.", []),
    ],
)
def test_what_ends_like_a_place_and_has_no_article_is_one(
    sentence: str, names: list[str], tmp_path: Path
) -> None:
    path = tmp_path / FILE
    write_table(path, "er\nkam\nnach\nsah\ndie\ngelbe\nKirchen\n")
    assert found(sentence, KnownWords(path)) == names
