"""The form in which the bundled models read German."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.records import Span
from summlib.text.layout import find_protected
from summlib.text.masks import MARK
from summlib.text.prepare import RESERVED, plain, prepare, prepare_around

quick = settings(derandomize=True, deadline=None, max_examples=150)
any_text = st.text(st.characters(), max_size=60)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("„So  nicht“, sagte er.", '"So nicht", sagte er.'),
        ("‚So‘ und ›so‹ und ’s", "'So' und 'so' und 's"),
        ("weich\u00adtrennen \u200bund\ufeff", "weichtrennen und"),
        ("a\u00a0b\u202fc\u2009d\te\nf", "a b c d e f"),
        (f"{MARK}1 ⟪x⟫", "(mask)1 (x)"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Es kostet 1.234,5 Euro, „viel“.", 'Es kostet 1,234.5 Euro, "viel".'),
        ("Am 20. September um 16.30 Uhr.", "Am 20 September um 16:30 Uhr."),
        ("Kein Zahlwort.", "Kein Zahlwort."),
    ],
)
def test_prepare(sentence: str, expected: str) -> None:
    assert prepare(sentence) == expected


@quick
@given(any_text)
def test_reserved_signs_never_come_out(text: str) -> None:
    assert not set(RESERVED) & set(prepare(text))


@quick
@given(any_text)
def test_plain_is_done_once_and_on_one_line(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert len(once.splitlines()) <= 1
    assert once == once.strip()


@quick
@given(st.lists(st.sampled_from(["`a+1,5`", "1.234,5", "{x}", "„Ja“", "\ue000", "am 3. Mai", " "])))
def test_what_is_protected_stays(parts: list[str]) -> None:
    sentence = " ".join(parts)
    spans = find_protected(sentence)
    text, places = prepare_around(sentence, spans)
    assert [p.of(text) for p in places] == [s.of(sentence) for s in spans]


def test_nothing_to_keep_is_just_prepared() -> None:
    assert prepare_around("Es sind 1,5 km.", []) == ("Es sind 1.5 km.", [])


def test_a_kept_stretch_at_both_ends() -> None:
    text, places = prepare_around("`1,5` sind `2,5`", [Span(0, 5), Span(11, 16)])
    assert text == "`1,5` sind `2,5`"
    assert places == [Span(0, 5), Span(11, 16)]
