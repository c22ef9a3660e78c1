"""Lines in capitals."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib.records import Span
from summlib.text.casing import is_shouted, lower, shout

quick = settings(derandomize=True, deadline=None, max_examples=100)
latin = st.text(st.characters(max_codepoint=0x24F, exclude_characters="ıİ"), max_size=60)


@pytest.mark.parametrize(
    ("sentence", "shouted"),
    [
        *(
            ("NEUE REGELN FÜR KI", True),
            ("NEUE STRAßE GESPERRT", True),
            ("EIL +++ EIL +++ EIL", True),
        ),
        *(
            ("Neue Regeln für KI", False),
            ("USA", False),
            ("USA UND EU", True),
            ("EU UND DE", False),
        ),
        *(
            ("BUNDESVERFASSUNGSGERICHT", False),
            ("", False),
            ("123 456", False),
            ("ÄÖÜ ÄÖÜÄÖ", True),
        ),
        *(("NATO und EU einig", False),),
    ],
)
def test_shouted(sentence: str, shouted: bool) -> None:
    assert is_shouted(sentence) is shouted


@pytest.mark.parametrize(
    ("sentence", "lowered"),
    [
        ("NEUE REGELN", "Neue regeln"),
        ("„NEUE REGELN“", "„Neue regeln“"),
        ("3 NEUE REGELN", "3 Neue regeln"),
        ("SIEHE https://example.org/A UND {NAME}", "Siehe https://example.org/A und {NAME}"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_lower(sentence: str, lowered: str) -> None:
    assert lower(sentence) == lowered


def test_lower_keeps_what_it_is_told() -> None:
    assert lower("REGELN FÜR KI", keep=[Span(11, 13)]) == "Regeln für KI"
    assert lower("KI HILFT", keep=[Span(0, 2)]) == "KI hilft"


@pytest.mark.parametrize(
    ("sentence", "raised"),
    [
        ("New rules", "NEW RULES"),
        ("File {name} at https://example.org/a", "FILE {name} AT https://example.org/a"),
        ("%1$s of %2$d", "%1$s OF %2$d"),
        ("", ""),
    ],
)
def test_shout(sentence: str, raised: str) -> None:
    assert shout(sentence) == raised


@quick
@given(latin, st.integers(0, 60), st.integers(0, 60))
def test_only_case_changes(text: str, start: int, end: int) -> None:
    kept = [Span(start, end)] if start < end <= len(text) else []
    assert lower(text, keep=kept).casefold() == text.casefold()
    assert shout(text).casefold() == text.casefold()


@quick
@given(st.text("ABC xyz.{}", max_size=40))
def test_shouting_is_done_once(text: str) -> None:
    assert shout(shout(text)) == shout(text)
