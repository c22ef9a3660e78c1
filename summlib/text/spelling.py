"""English words that no one writes so: regular endings where the language has others.

A small model builds forms by rule, as children do: "shelfs", "memorys", "overwrited",
"inexperienceded". What is right is known for each; forms that are words of their own ("founded",
"grounded", "unleaded") are listed and left as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.conjugation import irregular_verbs

_WORDS = frozenset(
    (
        *("bounded", "cleaved", "costed", "dived", "felled", "forecasted", "founded", "grounded"),
        *("hanged", "kneeled", "leaded", "lied", "meted", "ranged", "ringed", "sated", "sawed"),
        *("seed", "shined", "sited", "strived", "winded", "wounded", "lighted", "sewed", "mowed"),
        *("proved", "swelled", "relayed", "inlayed", "sheared", "rended", "bided", "speeded"),
        *(
            "fitted",
            "wetted",
            "knitted",
            "bested",
            "rented",
            "spited",
            "flied",
            "outed",
            "inputted",
        ),
        *("relied", "relented", "unbounded", "unfounded", "reseed", "reputed", "rebounded"),
        *(
            "layed",
            "leaved",
            "mislayed",
            "unleaded",
            "refounded",
            "foregrounded",
            "uncosted",
            "unwounded",
        ),
        *("ungrounded", "singed", "wined", "teared", "felted", "putted", "misted", "overlayed"),
        *("outputted", "resented", "requited", "missinged", "retorted", "thrived", "pleaded"),
        *("leaped", "dreamed", "learned", "burned", "spelled", "spoiled"),
    )
)
"""Regular forms beside irregular ones, and forms of other verbs."""

_NOUNS = {
    **{f"{stem}fs": f"{stem}ves" for stem in ("shel", "bookshel", "thie", "hal", "cal", "loa")},
    **{f"{stem}fes": f"{stem}ves" for stem in ("li", "nightli", "wi", "housewi", "midwi")},
    **{f"{who}mans": f"{who}men" for who in ("spokes", "police", "chair", "business", "fisher")},
    **{"spokeswomans": "spokeswomen", "womans": "women", "mens": "men", "mices": "mice"},
    **{"louses": "lice", "childs": "children", "grandchilds": "grandchildren", "tooths": "teeth"},
    **{"gooses": "geese", "sheeps": "sheep", "larvas": "larvae", "nucleuses": "nuclei"},
    **{"phenomenons": "phenomena", "bacteriums": "bacteria", "crisises": "crises"},
    **{"analysises": "analyses", "diagnosises": "diagnoses", "lices": "lice"},
}
"""Plurals that no one writes, with the right ones."""

_KEPT = re.compile(
    r"eeded$|^(?:con|pre|re|se|ac|inter|ante)?ceded$|super[sc]eded$|(?:p|mb)eded$|^(?:un)?shredded$"
)
"""Words that end in "-eded" for good: needed, exceeded, superseded, impeded."""

_TENS = "twent|thirt|fort|fift|sixt|sevent|eight|ninet"
_AUXILIARY = (
    r"(?:ha(?:s|d|ve)|is|are|was|were|be|been|being)(?: (?:not|also|already|never|[a-z]+ly))?"
)
_CANDIDATE = re.compile(
    rf"(?:\b(?P<before>{_AUXILIARY}) )?(?<![\w.@/-])(?P<word>[a-z]+(?:ed|s|yth|n't))"
    r"(?![\w@/-]|\.\w)"
)


@lru_cache(maxsize=1)
def _verbs() -> dict[str, tuple[str, str]]:
    """Return forms that no one writes with the past and the participle of their verbs."""
    found: dict[str, tuple[str, str]] = {}
    for base, (past, participle) in irregular_verbs().items():
        regular = f"{base}d" if base.endswith("e") else f"{base}ed"
        doubled = f"{base}{base[-1]}ed"
        right = {
            **dict.fromkeys((regular, doubled, f"{past}ed"), (past, participle)),
            f"{participle}ed": (participle, participle),
        }
        wrong = right.keys() - _WORDS - {past, participle}
        found.update((form, right[form]) for form in wrong)
    return found


def respell(text: str) -> str:
    """Return an English text without forms that are built by rule where there is another.

    >>> respell("The files were overwrited, the shelfs and memorys losted.")
    'The files were overwritten, the shelves and memories lost.'
    >>> respell("in the twentyth century, inexperienceded")
    'in the twentieth century, inexperienced'
    >>> respell("The company was founded where it was needed.")
    'The company was founded where it was needed.'
    """
    return _CANDIDATE.sub(_respelt, text)


def _respelt(match: re.Match[str]) -> str:
    word, before = match["word"], match["before"]
    return match[0].removesuffix(word) + _right(word, bool(before))


def _right(word: str, participle: bool) -> str:
    """Return the right form of a word, which may be itself."""
    if word in _verbs():
        return _verbs()[word][participle]
    if word in _NOUNS:
        return _NOUNS[word]
    if word.endswith("eded") and not _KEPT.search(word):
        return word.removesuffix("ed")
    word = re.sub(rf"^({_TENS})yth$", r"\1ieth", word)
    word = re.sub(r"^cann't$", "can't", word)
    word = {"layed": "laid", "mislayed": "mislaid"}.get(word, word)
    return re.sub(r"(?<![bs])(?<!nn)(?<!rr)(?<=[a-z]{2}[c-df-hj-np-tv-z])ys$", "ies", word)
