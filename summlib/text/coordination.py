"""Part a sentence between two clauses that only "und" or a comma joins.

Three kinds are parted where the translation of the whole is doubted: clauses that share their
subject ("Der Rat hat den Plan gebilligt und will bald bauen"; the second half gets it again, and
its English loses it), clauses that each have one, and main clauses with a comma alone between
them. Judged blind where the halves were trusted more by the margin: 21 better, 8 worse of the
first, 25 and 5 of the second, 24 and 7 of the third.

Source of the idea: clauses as sentences of their own (Štajner & Popović 2016).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from summlib.text.casing import with_capital, without_capital
from summlib.text.finite import has_verb, is_finite, is_known_finite
from summlib.text.halves import SHORTEST, Half, has_pronoun
from summlib.text.order import (
    PREPOSITIONS,
    SUBJECT,
    IsCommon,
    is_determined,
    is_opener,
    subject_before,
)
from summlib.text.subject import ADJECTIVES, NOUN, OF
from summlib.text.verbforms import reported_forms

MARKED = re.compile(r"[„“”\"«»‚‘›‹:;()]")
"""What makes a sentence more than a row of clauses."""

_RELATIVE = (
    r"(?:(?:in|an|auf|mit|von|für|bei|aus|durch|über|unter|nach|zu) )?"
    r"(?:der|die|das|den|dem|denen|deren|dessen|welche[rs]?)"
)
_SUBORDINATE = re.compile(
    r"(?:^|, )(?:dass|daß|ob|weil|wenn|als|da|nachdem|während|obwohl|bevor|sobald|damit|um|falls"
    rf"|wo|was|wer|wie|indem|{_RELATIVE}) [^,]*$"
)
"""A clause that depends on another one reaches to the end."""

_CLAUSE_FIRST = re.compile(
    r"(?:(?:Und|Aber|Denn|Nur|Doch|Auch|Selbst|Erst|Immer|Vor allem) )?"
    r"(?i:nachdem|weil|da|obwohl|während|als|wenn|falls|sobald|dass|ob|wie|um|wer|was|bevor|seit"
    r"|damit|sofern|indem|ohne|statt|je) |(?:Sollte|Wäre|Hätte|Würde)n? "
)
_VERB_NEXT = re.compile(
    r"(?:kann|können|muss|müssen|soll|sollen|will|wollen|darf|dürfen|wird|werden|wurde|wurden|hat|haben"
    r"|ist|sind|war|waren)\b|[.]?$"
)
"""What follows the verb of a clause that has it last."""

_PAIRED = re.compile(r"\b(?:zwischen|sowohl|weder|entweder)\b[^,]*$")
_OPENING = re.compile(rf"{SUBJECT} (?P<verb>[a-zäöüß]{{3,}}) ")
_SAME = re.compile(r",? und (?P<verb>[a-zäöüß]{3,}) ")
_MODAL = frozenset(("wollen", "können", "müssen", "sollen", "dürfen", "werden", "würden", "lassen"))
_NO_SUBJECT = frozenset(("da", "doch", "als", "erst", "es"))
_OTHER = re.compile(rf",? und (?P<second>{SUBJECT} (?P<verb>[a-zäöüß]{{3,}}) )")
_COMMA = re.compile(
    rf", (?P<second>(?:(?:d(?:er|ie|as|en|em)|eine?[nmr]?|dies\w+|ihre?\w?|seine?\w?"
    rf"|(?:{PREPOSITIONS})(?: d\w\w| eine?[mnr]?)?) {ADJECTIVES}{NOUN}{OF}"
    r"|dort|hier|nun|jetzt|heute|zudem|außerdem|ausserdem|allerdings|jedoch|dabei|damit|dafür"
    r"|danach|das|dies|es) (?P<verb>[a-zäöüß]{3,}) )"
)
_WORDS = 5, 3
"""Words of the first and the second half that share a subject, at least."""


@dataclass(frozen=True, slots=True)
class SameSubject(Half):
    """The second of two clauses with one subject, which it repeats."""

    def joined(self, first: str, english: str) -> str:
        """Return both translations, the subject but once; nothing where they have no one subject.

        >>> half = SameSubject("Der Rat will bauen.", 20, " and ", margin=0.7)
        >>> half.joined("The council agreed.", "The council wants to build.")
        'The council agreed and wants to build.'
        >>> half.joined("The council agreed.", "Building is planned.")
        ''
        """
        before, own = first.removesuffix(".").split(" "), english.split(" ")
        shared = 0
        for word, same in zip(before, own, strict=False):
            if word != same or is_finite(word.lower()):
                break
            shared += 1
        verbs = (*before[shared : shared + 1], *own[shared : shared + 1])
        one = shared and len(verbs) == 2 and all(is_finite(verb) for verb in verbs)
        return f"{' '.join(before)}{self.joint}{' '.join(own[shared:])}" if one else ""


def find_coordinated(sentence: str, is_common: IsCommon) -> tuple[Half, ...]:
    """Return the clauses of a sentence, nothing where it has not two that can stand apart.

    Args:
        sentence: German, on one line.
        is_common: Tells nouns from names (``summlib.text.order``).

    >>> [h.text for h in find_coordinated(
    ...     "Der Rat hat den Plan gebilligt und will bald neu bauen.", str.istitle)]
    ['Der Rat hat den Plan gebilligt.', 'Der Rat will bald neu bauen.']
    >>> find_coordinated("Der Rat und die Kreise haben den Plan gebilligt.", str.istitle)
    ()
    """
    if MARKED.search(sentence) or not sentence.endswith("."):
        return ()
    return _with_one_subject(sentence, is_common) or _joined(sentence) or _listed(sentence)


def _with_one_subject(sentence: str, is_common: IsCommon) -> tuple[Half, ...]:
    turned = subject_before(sentence, is_common)
    opening = _OPENING.match(without_capital(turned)) or _OPENING.match(turned)
    if opening is None or not is_known_finite(opening["verb"]):
        return ()
    subject = turned[: opening.end("subject")]
    opener = subject.partition(" ")[0]
    if is_opener(opener) or opener.lower() in _NO_SUBJECT:
        return ()
    for match in _SAME.finditer(turned, opening.end() - 1):
        first, rest = turned[: match.start()], turned[match.end() :]
        agree = match["verb"].endswith("en") == opening["verb"].endswith("en")
        agree = agree or "sind" in (match["verb"], opening["verb"])
        long = len(first.split()) >= _WORDS[0] and len(rest.split()) >= _WORDS[1]
        if not (agree and long and is_known_finite(match["verb"])) or "," in first:
            continue
        if opening["verb"] in _MODAL and match["verb"].endswith("en"):
            continue  # an infinitive: "wollen die Stadt sanieren und bauen"
        second = f"{subject} {match['verb']} {rest}"
        start = len(sentence) - len(rest)
        return Half(f"{first}."), SameSubject(second, start, " and ", margin=0.8)
    return ()


def _joined(sentence: str) -> tuple[Half, ...]:
    """Return clauses with "und" between them, each with its subject."""
    for match in _OTHER.finditer(sentence):
        first, start = sentence[: match.start()], match.start("second")
        stands = is_determined(match["second"]) and not _PAIRED.search(first)
        if is_known_finite(match["verb"]) and stands:
            halves = _stand(first, sentence[start:], start, joint=", and ", margin=0.3)
            if halves:
                return halves
    return ()


def _listed(sentence: str) -> tuple[Half, ...]:
    """Return main clauses with a comma between them."""
    if _CLAUSE_FIRST.match(sentence):
        return ()
    for match in _COMMA.finditer(sentence):
        start = match.start("second")
        words = re.findall(r"\w+", sentence[start:])
        claimed = not reported_forms().keys().isdisjoint(words)
        verb_last = _VERB_NEXT.match(sentence, match.end())
        if is_known_finite(match["verb"]) and not (claimed or verb_last):
            first = sentence[: match.start()]
            halves = _stand(first, sentence[start:], start, joint=", ", margin=0.7)
            if halves:
                return halves
    return ()


def _stand(first: str, second: str, start: int, *, joint: str, margin: float) -> tuple[Half, ...]:
    if _SUBORDINATE.search(first) or not has_verb(f"{first}.") or has_pronoun(second):
        return ()
    if min(len(first), len(second)) <= SHORTEST:
        return ()
    return Half(f"{first}."), Half(with_capital(second), start, joint, lower=True, margin=margin)
