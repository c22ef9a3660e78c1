"""Stand-ins for verbs: they keep their form and say nothing of their meaning.

A small model misreads verbs that it saw some hundred times, and with the verb
the sentence. What the dictionary knows of them it can be spared: the model
reads "Er ⟨mask⟩1te sein Angebot" for "Er zurückzog sein Angebot", writes "He
⟨mask⟩1ed his offer", and the English verb comes back in the form that the
ending asks for: "He withdrew his offer".

Source of the idea: placeholders (Luong et al. 2015), lemmas with tags that are
inflected afterwards (Tamchyna et al. 2017).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from summlib.text.conjugation import Forms, conjugate, inflect

GERMAN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "zu": ("zu ", "en"),
        "infinitive": ("", "en"),
        "present": ("", "t"),
        "past": ("", "te"),
        "past plural": ("", "ten"),
        "reported": ("", "e"),
        "participle": ("ge", "t"),
        **{f"participle {e}": ("ge", f"t{e}") for e in ("e", "en", "er", "es", "em")},
        "running": ("", "end"),
        **{f"running {e}": ("", f"end{e}") for e in ("e", "en", "er", "es", "em")},
    }
)
"""What stands before and behind the stand-in for each slot; of a form that fills several, as
"entwickelt" does, the first one counts, and the model tells them apart as a reader does."""

ENGLISH: Mapping[str, str] = MappingProxyType(
    {"base": "", "third": "s", "past": "ed", "participle": "en", "running": "ing"}
)
"""What stands behind the stand-in for each slot."""

_PLAIN = re.compile(r"[a-z]+(?: [a-z]+){0,2}")
_SLOTS = {ending: slot for slot, ending in ENGLISH.items()}


class Told(str):
    """The English of a word that goes through the model as a stand-in.

    Where the model drops it, a word was left out as any other may be; a name or a
    number that it drops is an error.
    """

    __slots__ = ()


class Block(Told):
    """English that is put back as it stands, whatever ending the model writes behind it."""

    __slots__ = ()


class Lemma(Told):
    """An English verb that a stand-in stands for, put back in the form asked for.

    >>> Lemma("turn off").form("ed")
    'turned off'
    """

    __slots__ = ()

    def form(self, ending: str) -> str:
        """Return the form for an ending that stands behind a stand-in.

        Args:
            ending: One of ``ENGLISH``; the base for any other.
        """
        return inflect(self)[_SLOTS.get(ending, "base")]


_DEFECTIVE = frozenset(("be", "can", "will", "may", "must", "would"))
"""English verbs that are not inflected as others are."""

_ALONE = frozenset(("have", "do", "go", "get", "make", "take"))
"""Say too little by themselves: "take", but not "take over"."""

_NO_INFINITIVE = re.compile(
    "offen|selten|trocken|eigen|golden|eben|fern|modern|nüchtern|albern|extern|intern|bescheiden"
    "|verschieden|vollkommen|erfahren|verlegen|erwachsen|zufrieden|angesehen|gelegen|verschwiegen"
    "|einzeln|sieben|neben|wegen|gegen"
)
"""Look like infinitives and are none, or other words nearly always."""


def is_verb(english: str) -> bool:
    """Tell whether an English lemma can be inflected as one verb: "turn off", not "be sick"."""
    first = english.split(" ")[0]
    return first not in _DEFECTIVE and english not in _ALONE and bool(_PLAIN.fullmatch(english))


@dataclass(frozen=True, slots=True)
class Frame:
    """What is written around a stand-in, in place of a word."""

    before: str = ""
    after: str = ""


BARE = Frame()
"""Nothing: the stand-in of a noun, an adjective or a name."""


def german_frame(word: str, infinitive: str) -> Frame | None:
    """Return how a form of a German verb is written as a stand-in, None where none of it.

    Args:
        word: In small letters, with its particle (``summlib.text.separable``).
        infinitive: Of the verb that it may be a form of.

    >>> german_frame("zurückzog", "zurückziehen"), german_frame("umgestellt", "umstellen")
    (Frame(before='', after='te'), Frame(before='ge', after='t'))
    """
    if _NO_INFINITIVE.fullmatch(infinitive):
        return None
    for forms in _conjugations(infinitive):
        slots = {slot for slot, form in forms.items() if form == word}
        if slots:
            return next(Frame(*around) for slot, around in GERMAN.items() if slot in slots)
    return None


def _conjugations(infinitive: str) -> Iterator[Forms]:
    """Yield the forms a verb has, or may have where its prefix is left behind by some only."""
    sure = conjugate(infinitive)
    for forms in (sure,) if sure else (conjugate(infinitive, parted=p) for p in (True, False)):
        if forms:
            yield forms
