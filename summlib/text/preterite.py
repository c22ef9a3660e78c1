"""Say in the past tense what a German sentence says in the perfect.

"Die Kammer hat den Antrag der Fraktion abgelehnt" has its verb at the end, where a small model
now and then no longer looks; "Die Kammer ablehnte den Antrag der Fraktion" (prepared, see
``summlib.text.separable``) has it in second place, and means the same. Judged blind where the
reading was trusted more by 0.8 in log-odds: 25 better, 8 worse.
"""

from __future__ import annotations

import re

from summlib.text.attributes import infinitives
from summlib.text.participles import is_participle

_PERFECT = re.compile(
    r"\b(?P<verb>hat|haben) (?P<between>(?:[^\s,;:.!?\"„“()]+ ){3,}?)(?P<participle>[a-zäöüß]+)"
    r"(?=[.,;])"
)
_OTHER = re.compile(r"\b(?:hat|haben|und|oder|wird|werden|zu|sich)\b")
_SUBORDINATE = re.compile(r", (?:dass|weil|wenn|ob|die|der|das|was|wie|wer|den) [^,]*$")


def in_preterite(sentence: str) -> str:
    """Return a sentence with its perfect as the past tense, or as it is where it has none.

    Args:
        sentence: German, on one line.

    >>> in_preterite("Die Kammer hat den Antrag der Fraktion abgelehnt.")
    'Die Kammer ablehnte den Antrag der Fraktion.'
    >>> in_preterite("Er sagt, dass sie den Antrag der Fraktion abgelehnt hat.")
    'Er sagt, dass sie den Antrag der Fraktion abgelehnt hat.'
    """
    match = _PERFECT.search(sentence)
    if match is None or not is_participle(match["participle"]) or _OTHER.search(match["between"]):
        return sentence
    if _SUBORDINATE.search(sentence[: match.start()]):
        return sentence
    found = next(infinitives(match["participle"]), None)
    if found is None:
        return sentence
    past = found[1]["past" if match["verb"] == "hat" else "past plural"]
    return f"{sentence[: match.start()]}{past} {match['between'].rstrip()}{sentence[match.end() :]}"
