"""Whether a German word that stands copied in the English is a word left untranslated or a name."""

from __future__ import annotations

import re

from summlib.names import listed

LED_CHARS = 60
"""Letters before a noun in which the word that leads it is looked for."""

_LED = re.compile(
    r"\b(?:d(?:er|ie|as|e[nms])|(?:k?ein|[mds]ein|ihr|unse?r|dies|jed|jen|welch|all|viel|einig)"
    r"(?:e[nmrs]?)?|[ai]m|zu[mr]|beim|vom|ins|ans)(?: [a-zäöüß]+){0,3} $",
    re.IGNORECASE,
)
"""An article and the like, before the small words that may follow it."""

_NEVER_NAMES = ("im ", "am ", "zum ", "ins ")
"""What stands before things alone: "im Keller"."""

_BESIDE = re.compile(r"(?<![.?!:] )(?<![„“\"»«‚‘(])(?<!^)\b[A-ZÄÖÜ][\w-]* $|[-\"„“'’»«‚‘/&] ?$")
"""What a name may begin with, but not the word that opens a sentence."""

_GOES_ON = re.compile(r"-| [A-ZÄÖÜ]")


def is_led(match: re.Match[str]) -> bool:
    """Tell whether a word is written small, or something leads it that names do without.

    Args:
        match: The word in its German sentence.

    >>> is_led(re.search("Garten", "Er zeigte den alten Garten."))
    True
    """
    if match[0][0].islower():
        return True
    before = match.string[: match.start()][-LED_CHARS:]
    led, name = _LED.search(before), match[0] in listed("surnames") | listed("places")
    return led is not None and (not name or before.endswith(_NEVER_NAMES))


def is_bare(match: re.Match[str]) -> bool:
    """Tell whether a word has nothing written large beside it and is listed as no name.

    A common noun that stands so is no name: "Gegen Kaution kam er frei".

    Args:
        match: The word in its German sentence.

    >>> is_bare(re.search("Kaution", "Gegen Kaution kam er frei."))
    True
    >>> is_bare(re.search("Bart", "Sie heißt Shani Bart."))
    False
    """
    name = any(match[0] in listed(kind) for kind in ("surnames", "places", "forenames"))
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return not (name or _BESIDE.search(before) or _GOES_ON.match(behind))
