"""A user's translation memory: TSV and TMX read, lines kept back without a leak."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.errors import InputError, WrongLanguage
from summlib.training.contamination import NGRAM
from summlib.training.corpus import Pair
from summlib.training.memory import FEWEST, LEAST, read_memory, split
from summlib.training.tmx import read_tmx

QUICK = settings(derandomize=True, deadline=None, max_examples=40)

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="de-DE" datatype="xml"/><body>
<tu tuid="1"><prop type="x">never</prop>
 <tuv xml:lang="de-DE"><seg>Der <bpt i="1">&lt;b&gt;</bpt>Antrag<ept
 i="1">&lt;/b&gt;</ept> gilt.</seg> </tuv>
 <tuv xml:lang="fr-FR"><seg>La demande est valable.</seg></tuv>
 <tuv xml:lang="EN_US"><seg>The application is valid.</seg></tuv></tu>
<tu><tuv lang="de"><seg>Zeile<ph x="1">&lt;br/&gt;</ph>zwei &amp; drei</seg></tuv>
 <tuv lang="en"><seg>Line<ph x="1">&lt;br/&gt;</ph>two &amp; three</seg></tuv></tu>
<tu><tuv xml:lang="de"><seg>Nur Deutsch</seg></tuv></tu>
</body></tmx>
"""

BOMB = """<?xml version="1.0"?>
<!DOCTYPE tmx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<tmx version="1.4"><body><tu><tuv xml:lang="de"><seg>&b;</seg></tuv>
<tuv xml:lang="en"><seg>x</seg></tuv></tu></body></tmx>
"""

NUMBERS = ("eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn")
ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def row(i: int) -> tuple[str, str]:
    tens, ones = divmod(i, 10)
    german = f"Der Antrag {NUMBERS[tens]} {NUMBERS[ones]} liegt seit gestern im Amt."
    return german, f"Application {ENGLISH[tens]} {ENGLISH[ones]} has been at the office since then."


ROWS = [row(i) for i in range(90)]


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def tsv(rows: list[tuple[str, str]]) -> str:
    return "".join(f"{a}\t{b}\n" for a, b in rows)


# TMX


def test_tmx_gives_text_without_codes_in_the_two_languages(tmp_path: Path) -> None:
    path = written(tmp_path / "m.tmx", TMX)
    assert list(read_tmx(path, source_lang="de", target_lang="en")) == [
        ("Der Antrag gilt.", "The application is valid."),
        ("Zeile zwei & drei", "Line two & three"),
    ]
    assert list(read_tmx(path, source_lang="en", target_lang="fr")) == [
        ("The application is valid.", "La demande est valable.")
    ]


def test_tmx_is_read_in_the_encoding_it_names(tmp_path: Path) -> None:
    wide = TMX.replace("UTF-8", "UTF-16").replace("Antrag", "Fördersatz")
    path = written(tmp_path / "m.tmx", wide, "utf-16")
    first = next(iter(read_tmx(path, source_lang="de", target_lang="en")))
    assert first[0] == "Der Fördersatz gilt."


def test_a_tmx_that_declares_entities_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "bomb.tmx", BOMB)
    with pytest.raises(InputError, match="declares the entity 'a'"):
        list(read_tmx(path, source_lang="de", target_lang="en"))


def test_a_file_that_a_tmx_names_is_not_opened(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret.txt", "streng geheim")
    text = TMX.replace(
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">', f'<!DOCTYPE tmx SYSTEM "{secret.as_uri()}">'
    )
    pairs = read_tmx(written(tmp_path / "m.tmx", text), source_lang="de", target_lang="en")
    assert not any("geheim" in side for pair in pairs for side in pair)


@pytest.mark.parametrize("text", ["", "<tmx><body><tu>", "kein XML", TMX[: len(TMX) // 2]])
def test_a_damaged_tmx_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError, match="not well-formed"):
        list(read_tmx(written(tmp_path / "m.tmx", text), source_lang="de", target_lang="en"))


def test_a_memory_in_tmx_is_read_whole(tmp_path: Path) -> None:
    german, english = '<tuv xml:lang="de-CH"><seg>', '<tuv xml:lang="en"><seg>'
    end = "</seg></tuv>"
    units = "".join(f"<tu>{german}{a}{end}{english}{b}{end}</tu>" for a, b in ROWS)
    path = written(tmp_path / "firm.tmx", f'<tmx version="1.4"><body>{units}</body></tmx>')
    memory = read_memory(path)
    assert [(p.source, p.target) for p in memory.pairs] == ROWS
    assert (memory.name, memory.file) == ("firm", "firm.tmx")


# TSV


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_columns_are_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    memory = read_memory(written(tmp_path / "m.tsv", tsv(ROWS), encoding))
    assert [(p.source, p.target) for p in memory.pairs] == ROWS


def test_compressed_columns_with_more_of_them_and_odd_line_ends(tmp_path: Path) -> None:
    text = "".join(f"{a}\t{b}\t2024\tMiller\r\n" for a, b in ROWS)
    (tmp_path / "m.tsv.xz").write_bytes(lzma.compress(text.encode()))
    assert [(p.source, p.target) for p in read_memory(tmp_path / "m.tsv.xz").pairs] == ROWS


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    more = [ROWS[0], ("Nur Deutsch hier.", " "), ("12", "12"), ("Öffne das Tor", "Öffne das Tor")]
    text = tsv(ROWS + more) + "eine Zeile ohne\n\n"
    memory = read_memory(written(tmp_path / "m.tsv", text))
    assert len(memory.pairs) == len(ROWS)
    assert memory.refused == {
        **{"without a tab": 1, "duplicate": 1, "blank": 1, "no words": 1, "untranslated": 1}
    }


def test_quotes_of_a_spreadsheet_are_undone(tmp_path: Path) -> None:
    quoted = ('"Er sagte ""ja"" dazu."', '"He said ""yes"" to that."')
    memory = read_memory(written(tmp_path / "m.tsv", tsv([*ROWS, quoted])))
    assert memory.pairs[-1].source == 'Er sagte "ja" dazu.'


def test_too_few_lines_are_refused_with_the_reasons(tmp_path: Path) -> None:
    text = tsv(ROWS[: FEWEST - 1]) + "ohne\n" * 7
    with pytest.raises(InputError, match=f"{FEWEST - 1} usable .*7 without a tab"):
        read_memory(written(tmp_path / "m.tsv", text))
    with pytest.raises(InputError, match="cannot be read"):
        read_memory(tmp_path / "absent.tsv")
    (tmp_path / "image.tsv").write_bytes(bytes(range(256)) * 40)
    with pytest.raises(InputError):
        read_memory(tmp_path / "image.tsv")


def test_swapped_columns_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "m.tsv", tsv([(b, a) for a, b in ROWS]))
    with pytest.raises(WrongLanguage, match="swap them"):
        read_memory(path)
    assert len(read_memory(path, source_lang="en", target_lang="de").pairs) == len(ROWS)


# Division


def plain_pairs(count: int) -> list[Pair]:
    return [Pair("x", f"Satz w{i} v{i}", f"line w{i} u{i}") for i in range(count)]


@given(st.integers(70, 1500), st.integers(0, 5))
@QUICK
def test_a_division_loses_nothing_and_repeats_nothing(count: int, seed: int) -> None:
    pairs = plain_pairs(count)
    parts = split(pairs, seed=seed)
    together = [*parts.learned, *parts.watched, *parts.reported]
    assert sorted(p.source for p in together) == sorted(p.source for p in pairs)
    assert len(parts.reported) == len(parts.watched) == max(LEAST, round(0.05 * count))
    assert parts == split(pairs, seed=seed)


def test_a_number_may_be_given() -> None:
    parts = split(plain_pairs(200), held_out=50)
    assert (len(parts.reported), len(parts.watched), len(parts.learned)) == (50, 50, 100)


def test_what_repeats_a_line_kept_back_is_not_learned() -> None:
    run = " ".join(f"r{i}" for i in range(NGRAM))
    kin = [
        Pair("x", "Speichern", "Save"),
        Pair("x", "SPEICHERN!", "Store it"),
        Pair("x", "Sichern", "Save"),
        Pair("x", f"Zuerst {run}", "first this"),
        Pair("x", f"{run} danach", "then that"),
    ]
    for seed in range(30):
        parts = split([*plain_pairs(100), *kin], seed=seed, held_out=20)
        for held in ({*parts.reported}, {*parts.watched}):
            shorts, longs = set(kin[:3]), set(kin[3:])
            for family in (shorts, longs):
                if kin[0] in held and family is shorts:
                    assert not family & {*parts.learned}
                if held & longs and family is longs:
                    assert not family & {*parts.learned}
        total = len(parts.learned) + len(parts.watched) + len(parts.reported)
        assert parts.leaked == 105 - total


def test_a_memory_of_one_line_in_many_numbers_leaves_nothing_to_learn() -> None:
    long = " ".join(f"w{i}" for i in range(NGRAM + 2))
    pairs = [Pair("x", f"{long} {i}", f"y{i} z") for i in range(100)]
    with pytest.raises(InputError, match="0 are left to learn"):
        split(pairs)
