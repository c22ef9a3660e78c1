"""Which languages a document passes through on its way to a summary.

A whole-document model reads some languages and writes the one it reads. What
it cannot read is translated first, what it did not write in is translated
after, and what cannot work is refused before anything is loaded.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from summlib.errors import InputError


@dataclass(frozen=True, slots=True)
class Route:
    """The way from a document to its summary.

    Args:
        source: Language of the document.
        model: Language in which the model reads and writes.
        target: Language of the summary.
    """

    source: str
    model: str
    target: str

    @property
    def before(self) -> bool:
        """Whether the document is translated before the model reads it."""
        return self.source != self.model

    @property
    def after(self) -> bool:
        """Whether what the model wrote is translated."""
        return self.model != self.target


def choose_route(
    source: str, target: str, *, reads: Collection[str], told: bool, name: str = "the model"
) -> Route:
    """Choose the way with the least translation.

    Args:
        source: Language of the document.
        target: Language of the summary.
        reads: Languages the model reads, empty for all.
        told: Whether its card says so; what is only usual for its family does
            not stand against a caller who wants German from German.
        name: The model's, for the message.

    Raises:
        InputError: The model reads neither language.

    >>> choose_route("de", "en", reads=["en"], told=True)
    Route(source='de', model='en', target='en')
    >>> choose_route("de", "en", reads=[], told=False).after
    True
    """
    if not reads or source in reads:
        return Route(source, source, target)
    if target != source and target in reads:
        return Route(source, target, target)
    if not told and source == target:
        return Route(source, source, target)
    wish = f"a summary in {target!r} of a text in {source!r}"
    better = [lang for lang in ("en", "de") if lang in reads and lang != target]
    advice = f"; use target_lang={better[0]!r}" if better and source != better[0] else ""
    raise InputError(
        f"{name} reads {', '.join(sorted(reads))}, so that it cannot make {wish}{advice}, "
        "or take a multilingual model or the bundled one"
    )
