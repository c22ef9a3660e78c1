"""Verb phrases in plainer words, by a table of infinitives.

``data/phrases.de.tsv`` says for a phrase what says the same and is read well: "in
Mitleidenschaft ziehen" is to damage, trains that "ausfallen" are cancelled. Both are
given as infinitives; here a clause that holds the one in any of its forms gets the
other in the same form, where the forms are certain.

Source: simplification before translation (Štajner & Popović 2016).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summlib.text.finite import GERMAN_AUXILIARIES
from summlib.text.participles import is_participle
from summlib.text.phrasebook import IRREGULAR, SLOTS, Phrase, Rule, listed, phrasebook
from summlib.text.senses import readings
from summlib.text.separable import particles_of

ANTECEDENT = 4
"""Words before a clause that may hold a cue: the noun of a relative clause."""

_MARK = re.compile(r"[,;:!?()\"„“»«–]|(?<!\d)\.(?!\w)|\.$")
_CONTRACTED = {
    "an": "am ans",
    "auf": "aufs",
    "bei": "beim",
    "für": "fürs",
    "in": "im ins",
    "von": "vom",
    "zu": "zum zur",
}


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch between marks: its words, the same in small letters, and what stands before."""

    words: list[str]
    lower: list[str]
    before: str

    @property
    def subordinate(self) -> bool:
        """Tell whether it begins as a clause does whose verb comes last."""
        if self.lower[0] in listed("subordinators"):
            return True
        relative = not listed("relatives").isdisjoint(self.lower[:2])
        return relative and self.before.rstrip().endswith(",")


def rephrase(sentence: str) -> str:
    """Return a German sentence with its verb phrases in plainer words.

    Args:
        sentence: As given; its separable verbs are apart.

    >>> rephrase("Der Sturm zog zwei Häuser in Mitleidenschaft.")
    'Der Sturm beschädigte zwei Häuser.'
    """
    for start, end in reversed(list(_stretches(sentence))):
        text = sentence[start:end]
        made = _rephrased(text, sentence[:start])
        if made is not None:
            lead, trail = len(text) - len(text.lstrip()), len(text.rstrip())
            sentence = sentence[:start] + text[:lead] + made + text[trail:] + sentence[end:]
    return sentence


def _stretches(sentence: str) -> Iterator[tuple[int, int]]:
    """Yield where the stretches between marks begin and end."""
    start = 0
    for match in _MARK.finditer(sentence):
        yield start, match.start()
        start = match.end()
    yield start, len(sentence)


def _rephrased(text: str, before: str) -> str | None:
    words, book = text.split(), phrasebook()
    clause = _Clause(words, [w.lower() for w in words], before)
    present, reflexive = frozenset(words), "sich" in clause.lower
    for i, word in enumerate(words):
        for rule in book.rules(word if i else word[:1].lower() + word[1:]):
            if rule.reflexive is reflexive and rule.needs <= present:
                made = _apply(rule, clause, i)
                if made is not None:
                    return " ".join(made)
    return None


def _apply(rule: Rule, clause: _Clause, i: int) -> list[str] | None:
    """Return a clause with the phrase whose verb stands at ``i`` in other words, if it is there."""
    if rule.cues and not _has_cue(rule, clause):
        return None
    made = _in_main(rule, clause, i) or _at_end(rule, clause, i)
    if made is not None:
        made = _with_preposition(rule, made)
    if made is not None and rule.old.reflexive and not rule.new.reflexive:
        made = [w for w in made if w != "sich"]
    return made


def _has_cue(rule: Rule, clause: _Clause) -> bool:
    own = {w.lower() for w in rule.old.fixed}
    before = (w.strip(",;:()").lower() for w in clause.before.split()[-ANTECEDENT:])
    candidates = (w for w in (*clause.lower, *before) if w not in own)
    return any(not rule.cues.isdisjoint(readings(word)) for word in candidates)


def _in_main(rule: Rule, clause: _Clause, i: int) -> list[str] | None:
    """Rephrase a clause whose finite verb stands second and the rest of the phrase last."""
    words, tail = clause.words, rule.old.tail
    slot = _slot(rule.old, words[i] if i else clause.lower[0], joined=False)
    form = (rule.new.forms or {}).get(slot or "", "")
    end = _end_of_clause(clause, i)
    begin = end - len(tail)
    if _is_graded(rule, clause, begin):
        return None
    if not form or begin <= i or tuple(words[begin:end]) != tail:
        return None
    last = clause.lower[end - 1]
    if _is_adjective(clause, i) or last in _helpers():
        return None
    if not tail and (end - 1 == i or last in particles_of(clause.lower[i])):
        return None
    if i == 0 and words[0][:1].isupper():
        form = form[:1].upper() + form[1:]
    return [*words[:i], form, *words[i + 1 : begin], *rule.new.tail, *words[end:]]


def _helpers() -> frozenset[str]:
    """Return verbs that others go with, the subjunctive included."""
    return GERMAN_AUXILIARIES | listed("helpers")


def _is_adjective(clause: _Clause, i: int) -> bool:
    """Tell "der weiten Landschaft" from a verb: a noun behind it, what goes with one before."""
    if not i or not clause.words[i + 1 : i + 2] or not clause.words[i + 1][:1].isupper():
        return False
    before = clause.lower[i - 1]
    inflected = before.endswith(("en", "em", "er", "es")) and before not in ("er", "es")
    return before in listed("determiners") or (inflected and clause.words[i - 1][:1].islower())


def _end_of_clause(clause: _Clause, i: int) -> int:
    """Return where the clause of a verb ends: at a conjunction with a verb behind it, or last."""
    lower = clause.lower
    for j in range(i + 1, len(lower)):
        behind = lower[j + 1 : j + 6]
        if lower[j] in ("und", "oder", "aber") and any(
            word in GERMAN_AUXILIARIES or particles_of(word) for word in behind
        ):
            return j
    return len(lower)


def _slot(phrase: Phrase, word: str, *, joined: bool) -> str | None:
    """Return which finite form a word is; none for another word or one of several forms."""
    forms = phrase.forms or {}
    found = [s for s in SLOTS if (phrase.joined(s) if joined else forms.get(s)) == word]
    if "present plural" in found and "reported" in found:
        found.remove("reported")
    return found[0] if len(found) == 1 else None


def _at_end(rule: Rule, clause: _Clause, i: int) -> list[str] | None:
    """Rephrase a clause whose phrase stands together at its end."""
    old, new, words = rule.old, rule.new, clause.words
    apart = i > 0 and clause.lower[i - 1] == "zu"
    if apart and old.particle:
        return None  # "zu haben" is no form of "teilhaben"
    begin = i - apart - len(old.fixed)
    if begin < 0 or tuple(words[begin : i - apart]) != old.fixed:
        return None
    if _is_graded(rule, clause, begin):
        return None
    behind = clause.lower[i + 1 : i + 2]
    if behind and behind[0] not in _helpers() | listed("joins"):
        return None
    zu = apart or (bool(old.particle) and words[i] == f"{old.particle}zu{old.verb}")
    slot = "zu" if zu else _final_slot(rule, clause, i)
    if slot in SLOTS and not old.particle and not clause.subordinate:
        form = (new.forms or {}).get(slot, "")  # "Der Rat tagt": a main clause that ends here
        return [*words[:begin], form, *new.tail, *words[i + 1 :]] if not old.fixed else None
    verb = _written(new, slot) if slot else ""
    return [*words[:begin], *new.fixed, *verb.split(), *words[i + 1 :]] if verb else None


def _is_graded(rule: Rule, clause: _Clause, begin: int) -> bool:
    """Tell whether a degree stands before the fixed words: "sehr gut abschneiden"."""
    return bool(rule.old.fixed) and begin > 0 and clause.lower[begin - 1] in listed("degrees")


def _written(new: Phrase, slot: str) -> str:
    if slot == "zu":
        return f"{new.particle}zu{new.verb}" if new.particle else f"zu {new.verb}"
    passive = bool(new.fixed) and is_participle(new.fixed[-1])
    if new.verb == "werden" and slot == "participle" and not passive:
        return "geworden"  # "ist gültig geworden", but "ist gestrichen worden"
    return new.joined(slot)


def _final_slot(rule: Rule, clause: _Clause, i: int) -> str | None:
    """Return which form the last verb of a clause has, as far as its other verbs tell."""
    word, old = clause.words[i], rule.old
    others = {w for k, w in enumerate(clause.lower) if k != i} & (_helpers() | {"worden"})
    is_participle = word == old.joined("participle")
    if is_participle and (others or word != old.joined("present")):
        if word == old.joined("infinitive") and others.isdisjoint(listed("have") | listed("be")):
            return "infinitive" if others else None
        return "participle" if _has_participle(rule, others) else None
    if word == old.joined("infinitive"):
        if others - listed("have") - listed("be"):
            return "infinitive"
        return None if others else "present plural"
    return None if others else _slot(old, word, joined=True)


def _has_participle(rule: Rule, others: set[str]) -> bool:
    """Tell whether the other phrase has the same auxiliaries as this one."""
    old, new = rule.old, rule.new
    passive = not others.isdisjoint(listed("become") | {"worden"})
    if passive:
        return not (new.reflexive or new.verb in IRREGULAR or new.moves)
    have, be = (not others.isdisjoint(listed(name)) for name in ("have", "be"))
    if have and not be:
        return not new.moves
    return be and not have and new.moves and old.moves


def _with_preposition(rule: Rule, words: list[str]) -> list[str] | None:
    """Exchange the preposition of the free phrase; none where it is not to be found."""
    old, new = rule.old.preposition, rule.new.preposition
    places = [k for k, w in enumerate(words) if w.lower() == old and not _of_noun(words, k)]
    if old == new:
        short = _CONTRACTED.get(old, "").split()
        return words if not old or places or _has_any(short, words) else None
    if len(places) != 1:
        return None
    k = places[0]
    made = [*words[:k], *([new] if new else []), *words[k + 1 :]]
    if k == 0 and made and words[0][:1].isupper():
        made[0] = made[0][:1].upper() + made[0][1:]
    return made


def _of_noun(words: list[str], k: int) -> bool:
    """Tell whether a preposition may go with the noun before it: "der Markt für Strom"."""
    return k > 1 and words[k - 1][:1].isupper()  # the first word has its capital for its place


def _has_any(forms: list[str], words: list[str]) -> bool:
    return any(word.lower() in forms for word in words)
