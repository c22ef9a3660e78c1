"""One clause in German and in English, from a verb, its subject and its objects.

The verb stands in any tense, mood or voice, the German words in any of the orders that
German allows; the English is the same for all of them. Voices are verbs derived from
others: "ausgebaut werden" is built like any verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from summlib.text.conjugation import conjugate, inflect
from summlib.text.separable import particles
from summlib.training.nominals import DATA, Case, Nominal, Phrase, Pronoun

HELPERS = {"haben": "hat haben hatte hatten", "sein": "ist sind war waren"}
_MOVABLE = frozenset(
    ("off", "up", "down", "out", "away", "back", "in", "over", "apart", "aside", "together")
)
"""English particles that a pronoun stands before: "slow it down"."""

_BE = {"base": "be", "third": "is", "plural": "are", "past": "was", "pasts": "were"}
_BE |= {"participle": "been", "running": "being"}
_SUBJUNCTIVE = {"haben": "habe hätten hätte hätten", "sein": "sei seien wäre wären"}

# Name: finite forms (singular, plural), what ends the clause, English, English negated.
# AUX, SUB and IRR are haben or sein, in the indicative and both subjunctives.
_TENSES = """
present: - - | particle | {present} | {not present}
past: - - | particle | {past} | {not past}
told: AUX | participle | {past} | {not past}
perfect: AUX | participle | [has|have] {participle} | [has|have] not {participle}
pluperfect: AUX had | participle | had {participle} | had not {participle}
future: wird werden | infinitive | will {base} | will not {base}
can: kann können | infinitive | can {base} | cannot {base}
must: muss müssen | infinitive | [has|have] to {base} | [does|do] not have to {base}
shall: soll sollen | infinitive | [is|are] to {base} | [is|are] not to {base}
wants: will wollen | infinitive | [wants|want] to {base} | [does|do] not want to {base}
may: darf dürfen | infinitive | [is|are] allowed to {base} | [is|are] not allowed to {base}
could: konnte konnten | infinitive | [was|were] able to {base} | could not {base}
had to: musste mussten | infinitive | had to {base} | did not have to {base}
wanted: wollte wollten | infinitive | wanted to {base} | did not want to {base}
might: könnte könnten | infinitive | could {base} | could not {base}
should: sollte sollten | infinitive | should {base} | should not {base}
ought: müsste müssten | infinitive | would have to {base} | would not have to {base}
likely: dürfte dürften | infinitive | [is|are] likely to {base} | [is|are] unlikely to {base}
had: SUB | participle | had {participle} | had not {participle}
would: werde würden | infinitive | would {base} | would not {base}
said can: könne könnten | infinitive | could {base} | could not {base}
said must: müsse müssten | infinitive | had to {base} | did not have to {base}
said shall: solle sollten | infinitive | should {base} | should not {base}
said wants: wolle wollten | infinitive | wanted to {base} | did not want to {base}
said may: dürfe dürften | infinitive | might {base} | might not {base}
said is: sei seien | particle | {past} | {not past}
would have: IRR | participle | would have {participle} | would not have {participle}
if had: IRR | participle | had {participle} | had not {participle}
if would: würde würden | infinitive | would {base} | would not {base}
"""


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in both languages.

    Args:
        finite: German, without particle: he and they in the present, then in the past.
        particle: What stands at the end of a main clause.
        joined: Whether it is written in one with the verb in other clauses.
        participle: German.
        infinitive: German.
        zu: German infinitive with zu.
        helper: haben or sein.
        english: base, third, plural, past, pasts, participle, running.
    """

    finite: tuple[str, ...]
    particle: str
    joined: bool
    participle: str
    infinitive: str
    zu: str
    helper: str
    english: dict[str, str]

    @property
    def passive(self) -> Verb:
        """The verb's passive."""
        done = self.participle
        return Verb(
            ("wird", "werden", "wurde", "wurden"),
            *(done, False, f"{done} worden", f"{done} werden", f"{done} zu werden", "sein"),
            english=_being(self.english["participle"]),
        )


def _being(state: str) -> dict[str, str]:
    return {slot: f"{form} {state}" for slot, form in _BE.items()}


def state(german: str, english: str) -> Verb:
    """Return "to be" with what follows it as one verb.

    >>> state("krank", "ill").infinitive, state("krank", "ill").english["past"]
    ('krank sein', 'was ill')
    """
    return Verb(
        tuple(HELPERS["sein"].split()),
        *(german, False, f"{german} gewesen", f"{german} sein", f"{german} zu sein", "sein"),
        english=_being(english),
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb with what it takes: acc, dat, dacc or intr, and the kinds of noun that fit."""

    verb: Verb
    takes: str
    kinds: tuple[str, ...]
    preposition: str = ""


def make_verb(infinitive: str, english: str, helper: str) -> Verb:
    """Return a verb from its dictionary form.

    Raises:
        KeyError: The forms of the German verb are not known.

    >>> make_verb("ausbauen", "expand", "haben").zu
    'auszubauen'
    """
    forms = conjugate(infinitive)
    if forms is None:
        raise KeyError(infinitive)
    particle = next((p for p in particles() if infinitive.startswith(p)), "")
    particle = particle if "zu" in forms else ""
    listed = (forms["present"], infinitive, forms["past"], forms["past plural"])
    theirs = inflect(english)
    return Verb(
        tuple(form[len(particle) :] for form in listed),
        *(particle, True, forms["participle"], infinitive),
        *(forms.get("zu", f"zu {infinitive}"), helper),
        english={**theirs, "plural": theirs["base"], "pasts": theirs["past"]},
    )


@lru_cache(maxsize=8)
def frames(takes: str) -> Sequence[Frame]:
    """Return the listed verbs that take an object of a kind: acc, dat, dacc or intr."""
    rows = (DATA / "frames.de-en.tsv").read_text(encoding="utf-8").splitlines()
    split = (row.split("\t") for row in rows if not row.startswith("#"))
    return [
        Frame(make_verb(infinitive, english, helper), kind, tuple(kinds.split(",")), *rest)
        for infinitive, english, helper, kind, kinds, *rest in split
        if kind == takes
    ]


@lru_cache(maxsize=1)
def _tenses() -> dict[str, tuple[str, str, str, str]]:
    table = {}
    for row in _TENSES.strip().splitlines():
        name, _, rest = row.partition(": ")
        finite, tail, positive, negative = rest.split(" | ")
        table[name] = (finite, tail, positive, negative)
    return table


@dataclass(frozen=True, slots=True)
class Clause:
    """A subject, a verb in a tense, objects and an adverbial.

    Args:
        subject: Who.
        verb: Does what.
        tense: A name of the table of tenses.
        objects: German case and what stands in it, in the order of the German middle field.
        negated: Whether there is a "nicht".
        adverb: German and English; empty for none.
        tail: English preposition before a dative object, behind the direct one.

    >>> from summlib.training.nominals import Phrase, nouns
    >>> town = Phrase(next(noun for noun in nouns("group") if noun.forms[0] == "Stadt"))
    >>> clause = Clause(town, make_verb("aufgeben", "give up", "haben"), "told", negated=True)
    >>> clause.main(), clause.final(), clause.english()
    ('die Stadt hat nicht aufgegeben', 'die Stadt nicht aufgegeben hat', 'the city did not give up')
    """

    subject: Nominal
    verb: Verb
    tense: str
    objects: tuple[tuple[Case, Nominal], ...] = ()
    negated: bool = False
    adverb: tuple[str, str] = ("", "")
    tail: str = ""
    agent: Phrase | None = None

    def finite(self) -> tuple[str, str]:
        """Return the finite verb and what ends a main clause."""
        forms, tail, _, _ = _tenses()[self.tense]
        many = self.subject.plural
        if forms == "- -":
            pair = self.verb.finite[:2] if self.tense == "present" else self.verb.finite[2:]
        elif forms.startswith(("AUX", "SUB", "IRR")):
            table = HELPERS if forms.startswith("AUX") else _SUBJUNCTIVE
            pair = tuple(table[self.verb.helper].split())
            pair = pair[2:] if forms in ("AUX had", "IRR") else pair[:2]
        else:
            pair = tuple(forms.split())
        return pair[many], str(getattr(self.verb, tail))

    def _middle(self, first: str = "") -> list[str]:
        """Return what stands between the two parts of the verb, without what stands first."""
        given = [thing.german(case) for case, thing in self.objects]
        agent = f"von {self.agent.german('dat')}" if self.agent else ""
        parts = [self.adverb[0], *given, re.sub(r"^von dem\b", "vom", agent)]
        if first in parts:
            parts.remove(first)
        kein = any(getattr(thing, "article", "") == "kein" for _, thing in self.objects)
        return [*parts, "nicht" if self.negated and not kein else ""]

    def main(self, first: str = "") -> str:
        """Return the German main clause.

        Args:
            first: What stands first instead of the subject: the adverbial or an object,
                as it stands in German.
        """
        finite, end = self.finite()
        subject = self.subject.german("nom")
        start = [first, finite, subject] if first else [subject, finite]
        return _join([*start, *self._middle(first), end])

    def final(self) -> str:
        """Return the German clause with its verb at the end."""
        finite, end = self.finite()
        _, tail, _, _ = _tenses()[self.tense]
        joined = tail == "particle" and self.verb.joined
        closing = [end + finite] if joined else [end, finite]
        return _join([self.subject.german("nom"), *self._middle(), *closing])

    def verb_first(self) -> str:
        """Return the German clause as a condition without "wenn"."""
        finite, end = self.finite()
        return _join([finite, self.subject.german("nom"), *self._middle(), end])

    def infinitive(self) -> str:
        """Return the German clause as an infinitive with zu, without its subject."""
        return _join([*self._middle(), self.verb.zu])

    def english_verb(self) -> str:
        """Return the English verb of the clause, with its negation."""
        _, _, positive, negative = _tenses()[self.tense]
        template = negative if self.negated else positive
        many = self.subject.plural
        text = re.sub(r"\[(\w+)\|(\w+)\]", r"\2" if many else r"\1", template)
        english = self.verb.english
        present, past = ("plural", "pasts") if many else ("third", "past")
        forms = {
            **english,
            "present": english[present],
            "past": english[past],
            "not present": self._refused(present, "do" if many else "does"),
            "not past": self._refused(past, "did"),
        }
        return re.sub(r"\{([\w ]+)\}", lambda match: forms[match[1]], text)

    def _refused(self, form: str, helper: str) -> str:
        english = self.verb.english
        if english["base"].startswith("be "):
            verb, _, rest = english[form].partition(" ")
            return f"{verb} not {rest}"
        return f"{helper} not {english['base']}"

    def english_rest(self) -> str:
        """Return what stands behind the English verb."""
        direct = [thing.object for case, thing in self.objects if case == "acc" or not self.tail]
        distant = [thing.object for case, thing in self.objects if case == "dat" and self.tail]
        told = [f"{self.tail} {thing}" for thing in distant]
        agent = f"by {self.agent.object}" if self.agent else ""
        return _join([*direct, *told, agent, self.adverb[1]])

    def english(self) -> str:
        """Return the English clause."""
        verb, rest = self.english_verb(), self.english_rest()
        before, _, particle = verb.rpartition(" ")
        pronoun = next((n.object for _, n in self.objects if isinstance(n, Pronoun)), "")
        if pronoun and particle in _MOVABLE and rest.startswith(pronoun):
            verb, rest = f"{before} {pronoun} {particle}", rest.removeprefix(pronoun).strip()
        return _join([self.subject.subject, verb, rest])


def _join(parts: Sequence[str]) -> str:
    return " ".join(filter(None, parts))


def denied(clause: Clause) -> Clause:
    """Return the clause negated, by "kein" where its direct object is indefinite."""
    objects = tuple(
        (case, _none_of(thing) if isinstance(thing, Phrase) and case == "acc" else thing)
        for case, thing in clause.objects
    )
    return replace(clause, negated=True, objects=objects)


def _none_of(thing: Phrase) -> Phrase:
    if thing.article not in ("ein", ""):
        return thing
    return replace(thing, article="kein", determiner="any" if thing.plural else "a")
