"""Tell whether a sentence has lost its verb on the way into English.

"Die Stadtwerke veranschlagen dafür 118,4 Millionen Euro" became "The municipal
utilities for 118.4 million euros for this": every number is right, nothing is
said. A list of forms finds such sentences: on 4,403 human translations whose
German has a finite verb 0.5 % were taken for verbless, most of them headlines.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text import separable, strong
from summlib.text.datafiles import read_words

_WORD = re.compile(r"[a-zäöüß]+(?:['’][a-z]+)?")
_GERMAN = re.compile(r"(?<![\w-])[a-zäöüß]+(?![\w-])")
_LIKELY = re.compile(
    r"(?<!\bzu )(?<![\w-])([a-zäöüß]{2,}(?:t(?= )|(?:en|te)(?= [a-zäöüß\d]|[.!?]?$)))"
)
"""What ends like a verb and has no noun behind it, as an adjective would."""

_PREFIX = re.compile(r"be|ge|er|ver|zer|ent|emp|miss|über|unter|wider|durch|um|hinter|wieder(?=\w)")
SHORTEST_FINITE = 5
"""Letters of a word that is taken for a verb by its end alone."""

_SHORT = re.compile(r"['’](?:m|re|ve|ll|d)$|n['’]t$|^(?:it|s?he|that|th?ere|wh\w+|let)['’]s$")
_NO_VERBS = frozenset(("hundred", "indeed", "kindred", "sacred", "naked", "embed"))

_AUXILIARIES = frozenset(
    (
        *("am", "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "be"),
        *("will", "would", "can", "cannot", "could", "may", "might", "must", "shall", "should"),
        *("ought", "let", "needs", "lets"),
    )
)
GERMAN_AUXILIARIES = frozenset(
    (
        *("ist", "sind", "war", "waren", "hat", "haben", "hatte", "hatten", "wird", "werden"),
        *("wurde", "wurden", "würde", "würden", "kann", "können", "konnte", "konnten", "muss"),
        *("müssen", "musste", "mussten", "soll", "sollen", "sollte", "sollten", "will", "wollen"),
        *("wollte", "wollten", "darf", "dürfen", "durfte", "durften", "sei", "seien", "habe"),
    )
)


@lru_cache(maxsize=1)
def _german_forms() -> frozenset[str]:
    """Return forms that are finite for certain: "planen" may be an infinitive."""
    forms = {*separable.finite_forms(), *strong.finite_forms()}
    sure = (form for form in forms if not form.endswith("en") or form.endswith("ten"))
    return frozenset(sure) | GERMAN_AUXILIARIES


def is_known_finite(word: str) -> bool:
    """Tell whether a German word in small letters is a finite form of a verb that is listed.

    >>> is_known_finite("beschloss"), is_known_finite("wurde"), is_known_finite("heute")
    (True, True, False)
    """
    if word in separable.finite_forms() or word in GERMAN_AUXILIARIES:
        return True
    strong_forms = strong.finite_forms()
    prefix = _PREFIX.match(word)
    return word in strong_forms or (prefix is not None and word[prefix.end() :] in strong_forms)


def looks_finite(word: str) -> bool:
    """Tell whether a German word is a finite verb by its form or, in -t, -te and -ten, by its end.

    >>> looks_finite("tagte"), looks_finite("heute"), looks_finite("neuen")
    (True, False, False)
    """
    if is_known_finite(word):
        return True
    ends = word.endswith(("t", "te", "ten")) and len(word) >= SHORTEST_FINITE
    return ends and word not in read_words("nonverbs.de.txt")


def lacks_verb(source: str, target: str) -> bool:
    """Tell whether a German sentence has a finite verb and its English one none.

    >>> lacks_verb("Der Bau kostet 3 Euro.", "The construction for 3 euros.")
    True
    >>> lacks_verb("Der Bau kostet 3 Euro.", "The construction costs 3 euros.")
    False
    """
    return not _has_english(target) and has_verb(source)


def has_verb(german: str) -> bool:
    """Tell whether a German sentence has what looks like a finite verb.

    >>> has_verb("Der Bau kostet 3 Euro."), has_verb("Drei Euro für den Bau.")
    (True, False)
    """
    if any(match[0] in _german_forms() for match in _GERMAN.finditer(german)):
        return True
    likely = _LIKELY.finditer(german) if german.rstrip().endswith((".", "!", "?")) else ()
    return any(match[1] not in read_words("nonverbs.de.txt") for match in likely)


def _has_english(text: str) -> bool:
    words = [match[0] for match in _WORD.finditer(text.lower())]
    return any(is_finite(word) for word in words)


def is_finite(word: str) -> bool:
    """Tell whether an English word in small letters is a finite form of a verb, by its look.

    >>> is_finite("sank"), is_finite("danced"), is_finite("barge")
    (True, True, False)
    """
    if word in _AUXILIARIES or word in read_words("finite.en.txt") or _SHORT.search(word):
        return True
    return len(word) > 4 and word.endswith("ed") and word not in _NO_VERBS
