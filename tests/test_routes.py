"""Routes: what is translated before the model reads, what after, what is refused."""

from __future__ import annotations

import pytest

from summlib.errors import InputError
from summlib.routes import choose_route


@pytest.mark.parametrize(
    ("source", "target", "reads", "told", "model"),
    [
        ("de", "en", ["en"], True, "en"),  # German article, English model: translated first
        ("de", "en", [], False, "de"),  # multilingual: read as it is, translated after
        ("de", "de", [], False, "de"),
        ("en", "en", ["en"], False, "en"),
        ("de", "en", ["de"], True, "de"),  # German model: its summary is translated
        ("de", "en", ["de", "en"], True, "de"),
        ("de", "de", ["en"], False, "de"),  # only usual for the family: the caller knows better
    ],
)
def test_the_way_with_the_least_translation(
    source: str, target: str, reads: list[str], told: bool, model: str
) -> None:
    route = choose_route(source, target, reads=reads, told=told)
    assert (route.source, route.model, route.target) == (source, model, target)
    assert route.before == (source != model)
    assert route.after == (model != target)


def test_german_from_an_english_model_is_refused_with_advice() -> None:
    with pytest.raises(InputError, match=r"m reads en, .*'de' of a text in 'de'.*target_lang='en'"):
        choose_route("de", "de", reads=["en"], told=True, name="m")


def test_a_model_of_neither_language_is_refused() -> None:
    with pytest.raises(InputError, match=r"m reads fr, .*multilingual"):
        choose_route("de", "en", reads=["fr"], told=True, name="m")
