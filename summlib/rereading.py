"""Read a doubted sentence in other ways, and keep the reading that is trusted most.

A small model that is lost in a sentence as it stands often finds its way through it in two
halves, in another order of its parts, or with an attribute behind its noun. Other readings are
translated only where the first is doubted, and taken only where ``summlib.trust`` prefers them by
a margin that a judge who did not know which is which has borne out.

Source of the idea: several readings of one source, of which the best is chosen (Dyer et al.
2008).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from summlib.rendering import Rendering, join, trusted_more
from summlib.text.glossary import Glossary
from summlib.text.halves import Half, find_halves
from summlib.text.subordinate import find_clauses

if TYPE_CHECKING:
    from summlib.text.order import IsCommon
    from summlib.text.readings import Reading

DOUBTED = 0.9
"""Log-odds of a translation below which its sentence is read in other ways: a trust of 0.7."""


OVERRATED = 0.3
"""Share of its advantage in log-odds by which a reading that was taken is overrated: of 368 that a
judge read 50 in 100 had no fact wrong, where their trust was 0.57 on average."""


@dataclass(frozen=True, slots=True)
class Rereader:
    """Renders sentences, doubted ones in several ways.

    Args:
        render: Renders sentences as they stand.
        judged: Returns a rendering of other words as one of a sentence: with what the checks
            find in the pair.
        is_common: Tells nouns from names.
        otherwise: Whether sentences are read in other words, too, and not only in parts.
    """

    render: Callable[[Sequence[str], Glossary], dict[str, Rendering]]
    judged: Callable[[str, Rendering, Glossary], Rendering]
    is_common: IsCommon
    otherwise: bool = True

    def __call__(self, sentences: Sequence[str], glossary: Glossary) -> dict[str, Rendering]:
        """Return the most trusted rendering of each sentence.

        Args:
            sentences: On one line each.
            glossary: Terms whose translation is given.
        """
        halves = _parted(sentences, find_halves)
        rendered = self.render([*sentences, *_texts(halves.values())], glossary)
        rendered.update(trusted_more(rendered, halves, rendered))
        whole = [s for s in sentences if s not in halves and rendered[s].is_doubted(s)]
        clauses = _parted(whole, find_clauses)
        doubted = self._doubted(rendered, sentences) if self.otherwise else []
        readings = self._readings(doubted)
        texts = _texts(way for ways in readings.values() for way in ways)
        apart = self.render([*_texts(clauses.values()), *texts], glossary)
        rendered.update(trusted_more(rendered, clauses, apart))
        for sentence, ways in readings.items():
            rendered[sentence] = self._best(sentence, rendered[sentence], ways, apart, glossary)
        return rendered

    def _readings(self, doubted: Sequence[str]) -> dict[str, tuple[Reading, ...]]:
        if not doubted:
            return {}
        # Their patterns take 40 ms to compile, which what holds no doubted sentence is spared.
        from summlib.text.readings import find_readings

        return {s: find_readings(s, self.is_common) for s in doubted}

    def _doubted(self, rendered: Mapping[str, Rendering], sentences: Sequence[str]) -> list[str]:
        known = [s for s in dict.fromkeys(sentences) if rendered[s].first]
        # One beyond the model's positions was split already, and says so.
        whole = (s for s in known if all(f.kind != "split" for f in rendered[s].findings))
        return [s for s in whole if _log_odds(rendered[s], s) < DOUBTED]

    def _best(
        self,
        sentence: str,
        whole: Rendering,
        ways: Sequence[Reading],
        apart: Mapping[str, Rendering],
        glossary: Glossary,
    ) -> Rendering:
        """Return the whole, or of what is trusted more by its margin the most trusted."""
        best = whole
        for way in ways:
            made = join(way, [apart[half.text] for half in way])
            if made is None or made.text == whole.text:
                continue
            other = _as_told(self.judged(sentence, made, glossary), whole)
            if other.if_trusted_more(whole, sentence, margin=way[-1].margin) is other:
                best = other.if_trusted_more(best, sentence, margin=0.0)
        gained = _log_odds(best, sentence) - _log_odds(whole, sentence)
        return replace(best, overrated=OVERRATED * gained) if best is not whole else whole


def _log_odds(rendering: Rendering, sentence: str) -> float:
    return rendering.judged(sentence).log_odds or 0.0


def _as_told(other: Rendering, whole: Rendering) -> Rendering:
    """Return a rendering with as many stand-ins as the whole: they tell of the sentence's words."""
    if other.first is None or whole.first is None:
        return other
    stand_ins = max(other.first.stand_ins, whole.first.stand_ins)
    return replace(other, first=replace(other.first, stand_ins=stand_ins))


def _parted(
    sentences: Iterable[str], find: Callable[[str], tuple[Half, ...]]
) -> dict[str, tuple[Half, ...]]:
    """Return the sentences that are tried in halves as well, with these."""
    halves = ((s, find(s)) for s in dict.fromkeys(sentences))
    return {s: parts for s, parts in halves if len(parts) > 1}


def _texts(parted: Iterable[Sequence[Half]]) -> list[str]:
    return [half.text for parts in parted for half in parts]
