"""The ways in which a German sentence can be said otherwise without saying anything else.

Where a translation is doubted (``summlib.trust``), each is translated as well, and taken where it
is trusted more by its margin. Which way pays by how much was found by trials: see the modules.
"""

from __future__ import annotations

from collections.abc import Iterator

from summlib.text.attributes import attribute_last
from summlib.text.coordination import find_coordinated
from summlib.text.embedded import find_apposed, find_embedded
from summlib.text.halves import Half
from summlib.text.order import IsCommon, adverbial_before, clause_last, subject_before
from summlib.text.verbforms import in_indicative, in_passive, in_preterite

Reading = tuple[Half, ...]
"""One sentence that says the same, or clauses that do so together."""

ATTRIBUTE, ORDER, FRONTED, TENSE, MOOD = 0.4, 0.9, 0.8, 0.8, 0.5
"""By how much the log-odds of a reading must be higher than those of the sentence."""


def find_readings(sentence: str, is_common: IsCommon) -> tuple[Reading, ...]:
    """Return other ways to say a sentence, none where no rule applies.

    Args:
        sentence: German, on one line.
        is_common: Tells nouns from names (``summlib.text.order``).

    >>> [r[0].text for r in find_readings("Am Montag wählt der Rat den Chef.", str.istitle)]
    ['Der Rat wählt am Montag den Chef.']
    """
    return tuple(_readings(sentence, is_common))


def _readings(sentence: str, is_common: IsCommon) -> Iterator[Reading]:
    plainer = attribute_last(sentence)
    for said in dict.fromkeys((sentence, plainer)):
        if said != sentence:
            yield (Half(said, margin=ATTRIBUTE),)
        turned = subject_before(said, is_common)
        if turned == said:
            turned = clause_last(said, is_common)
        if turned != said:
            yield (Half(turned, margin=ORDER),)
    fronted = adverbial_before(sentence, is_common)
    if fronted != sentence:
        yield (Half(fronted, margin=FRONTED),)
    for change, margin in ((in_preterite, TENSE), (in_passive, MOOD), (in_indicative, MOOD)):
        changed = change(sentence)
        if changed != sentence:
            yield (Half(changed, margin=margin),)
    clauses = find_coordinated(sentence, is_common)
    for parts in (clauses, find_embedded(sentence), find_apposed(sentence)):
        if parts:
            yield parts
