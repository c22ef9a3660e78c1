"""Sentences made by rule that turn on one point of German grammar each.

Passives, objects first, pronouns for things, relative and conditional clauses,
reported speech, separable verbs: a small model sees each in the training text some
hundred times, mixed with all else, and reads it by guess. Here nouns and verbs are
drawn at random, so that nothing but the grammar tells who does what to whom.

Sources of the idea: a synchronous grammar (Aho & Ullman 1969); training text made for
single phenomena, as test suites are (Macketanz et al. 2022).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

from summlib.training.actions import (
    AGENTS,
    NEGATED,
    Sides,
    doer,
    draw_action,
    draw_adverb,
    draw_event,
    draw_passive_tense,
    draw_tense,
    fitting,
    negate,
    ordered,
    thing_of,
)
from summlib.training.clauses import Clause, denied, frames, state
from summlib.training.corpus import Pair
from summlib.training.nominals import Case, Phrase, draw_phrase

_SAID = ("had", "had", "would", "said can", "said must", "said shall", "said wants", "said may")
_HELPED = frozenset(("helfen", "danken", "gratulieren", "drohen", "vertrauen", "folgen"))

_STATES = {
    "person": (("krank", "ill"), ("müde", "tired"), ("zu jung", "too young")),
    "group": (("zu klein", "too small"), ("dagegen", "against it"), ("überlastet", "overburdened")),
    "thing": (("kaputt", "broken"), ("zu teuer", "too expensive"), ("veraltet", "outdated")),
    "matter": (("fertig", "finished"), ("veraltet", "outdated"), ("umstritten", "controversial")),
    "place": (("leer", "empty"), ("zu klein", "too small"), ("gesperrt", "closed")),
}  # fmt: skip
_LINKS = (
    *(("weil", "because"), ("obwohl", "although"), ("bevor", "before"), ("nachdem", "after")),
    *(("während", "while"), ("sobald", "as soon as"), ("wenn", "if"), ("da", "since")),
)
_SAYING = (
    *(("sagte", "said"), ("erklärte", "said"), ("betonte", "stressed"), ("behauptete", "claimed")),
    *(("bestritt nicht", "did not deny"), ("gab zu", "admitted"), ("warnte", "warned")),
    *(("versicherte", "assured"), ("meldete", "reported"), ("fürchtete", "feared")),
)
_SOURCES = (
    ("laut", "according to"),
    ("nach Ansicht", "in the view of"),
    ("nach Angaben", "according to"),
)
_TRYING = (
    *(("versprach", "promised to"), ("versuchte", "tried to"), ("beschloss", "decided to")),
    *(("weigerte sich", "refused to"), ("drohte", "threatened to"), ("begann", "began to")),
    *(("plant", "is planning to"), ("hofft", "hopes to"), ("empfahl", "recommended to")),
)


def construct(rng: random.Random) -> Pair:
    """Return one sentence of one construction, drawn at random.

    >>> pair = construct(random.Random(1))
    >>> pair.source[-1] == pair.target[-1] == "."
    True
    """
    german, english = rng.choices(_MAKERS, _SHARES)[0](rng)
    return Pair("constructions", _sentence(german), _sentence(english))


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _active(rng: random.Random) -> Sides:
    return ordered(negate(draw_action(rng, draw_tense(rng)), rng), rng)


def _happening(rng: random.Random) -> Sides:
    return ordered(negate(draw_event(rng, draw_tense(rng)), rng), rng)


def _passive(rng: random.Random) -> Sides:
    frame = rng.choice(frames("acc"))
    tense = draw_passive_tense(rng)
    agent = draw_phrase(AGENTS, rng) if rng.random() < 0.3 else None
    subject = draw_phrase(frame.kinds, rng)
    clause = Clause(subject, frame.verb.passive, tense, adverb=draw_adverb(rng, tense), agent=agent)
    return ordered(negate(clause, rng), rng)


def _potential(rng: random.Random) -> Sides:
    """Return "lässt sich öffnen", "ist zu öffnen", "ist geöffnet" or "man öffnet"."""
    frame = rng.choice(frames("acc"))
    thing = draw_phrase(frame.kinds, rng)
    many, negated = thing.plural, rng.random() < NEGATED
    subject, not_german = thing.german("nom"), "nicht " if negated else ""
    verb, done = frame.verb, frame.verb.english["participle"]
    kind = rng.randrange(4)
    if kind == 0:
        finite = rng.choice((("lässt", "lassen", "can"), ("ließ", "ließen", "could")))
        refused = {"can": "cannot", "could": "could not"}[finite[2]] if negated else finite[2]
        german = f"{subject} {finite[many]} sich {not_german}{verb.infinitive}"
        return german, f"{thing.subject} {refused} be {done}"
    if kind == 1:
        german = f"{subject} {'sind' if many else 'ist'} {not_german}{verb.zu}"
        return german, f"{thing.subject} {'are' if many else 'is'} {'not ' * negated}to be {done}"
    if kind == 2:
        clause = Clause(thing, state(verb.participle, done), rng.choice(("present", "past")))
        return ordered(denied(clause) if negated else clause, rng)
    rest = f"{thing.german('acc')} {not_german}{verb.particle}".strip()
    clause = Clause(thing, verb.passive, "past", negated=negated)
    return f"man {verb.finite[2]} {rest}", clause.english()


def _giving(rng: random.Random) -> Sides:
    """Return somebody giving or taking something, in both voices."""
    frame = rng.choice(frames("dacc"))
    thing = draw_phrase(frame.kinds, rng)
    person = draw_phrase(("person", "person", "group"), rng)
    tense = draw_tense(rng)
    to = person.pronoun if rng.random() < 0.3 else person
    if rng.random() < 0.5:
        clause = Clause(
            *(thing, frame.verb.passive, draw_passive_tense(rng), (("dat", to),)),
            tail=frame.preposition, adverb=draw_adverb(rng, tense, 0.3),
        )  # fmt: skip
        return ordered(clause, rng)
    given: tuple[tuple[Case, Phrase], ...] = (("dat", person), ("acc", thing))
    clause = Clause(draw_phrase(AGENTS, rng), frame.verb, tense, given, tail=frame.preposition)
    return ordered(negate(clause, rng), rng)


def _helping(rng: random.Random) -> Sides:
    frame = rng.choice(frames("dat"))
    person, tense = draw_phrase(frame.kinds, rng), draw_tense(rng)
    if frame.verb.infinitive in _HELPED and rng.random() < 0.4:
        finite = rng.choice(("wurde", "wird"))
        german = f"{person.german('dat')} {finite} {frame.verb.participle}"
        passive = Clause(person, frame.verb.passive, "past" if finite == "wurde" else "present")
        return german, passive.english()
    clause = Clause(draw_phrase(AGENTS, rng), frame.verb, tense, (("dat", person),))
    clause = replace(clause, adverb=draw_adverb(rng, tense))
    return ordered(negate(clause, rng), rng)


def _reason(rng: random.Random) -> Sides:
    """Return a clause and another about its subject or object, named by a pronoun."""
    tense = rng.choice(("told", "past"))
    clause = draw_action(rng, tense, definite=1.0, adverb=0.2)
    subject, thing = doer(clause), thing_of(clause)
    while subject.pronoun.german("nom") == thing.pronoun.german("nom"):
        thing = draw_phrase((thing.noun.kind,), rng, definite=1.0)
    clause = replace(clause, objects=(("acc", thing),))
    meant = rng.choice((subject, thing, thing))
    adjective, english = rng.choice(_STATES[meant.noun.kind])
    verb = state(adjective, english)
    link = rng.choice((("weil", "because"), ("obwohl", "although"), ("da", "since")))
    about = Clause(meant.pronoun, verb, "past", negated=rng.random() < NEGATED)
    return (
        f"{clause.main()}, {link[0]} {about.final()}",
        f"{clause.english()} {link[1]} {about.english()}",
    )


def _taking_up(rng: random.Random) -> Sides:
    """Return two clauses, the second with a pronoun for what the first named."""
    clause = draw_action(rng, "told", definite=1.0, adverb=0.2)
    thing = thing_of(clause)
    frame = rng.choice(fitting(thing.noun.kind))
    second = rng.choice(("told", "wants", "can", "must", "wanted"))
    subject = draw_phrase(AGENTS, rng)
    after = Clause(subject, frame.verb, second, (("acc", thing.pronoun),))
    after = negate(after, rng)
    link = rng.choice((("aber", "but"), ("und", "and"), ("doch", "but"), ("denn", "because")))
    return (
        f"{clause.main()}, {link[0]} {after.main()}",
        f"{clause.english()}, {link[1]} {after.english()}",
    )


def _owning(rng: random.Random) -> Sides:
    """Return somebody doing something to what is his, hers or its own."""
    clause = draw_action(rng, draw_tense(rng))
    subject, thing = doer(clause), thing_of(clause)
    article, determiner = subject.pronoun.possessive
    own = replace(thing, article=article, determiner=determiner)
    clause = negate(replace(clause, objects=(("acc", own),)), rng)
    return clause.main(rng.choice(("", clause.adverb[0]))), clause.english()


def _relative(rng: random.Random) -> Sides:
    """Return a noun with a relative clause in any case, and what it does."""
    event = draw_event(rng, rng.choice(("told", "past", "present")), 0.4)
    head = doer(event)
    aside, english = _aside(head, rng)
    subject = head.german("nom")
    german = event.main().replace(subject, f"{subject}, {aside},", 1)
    return german, f"{head.subject} {english} {event.english_verb()} {event.english_rest()}".strip()


def _aside(head: Phrase, rng: random.Random) -> Sides:
    """Return a relative clause about a noun: as subject, object, dative or owner."""
    tense = rng.choice(("told", "past", "pluperfect", "wants", "can"))
    kind = rng.choice(("acc", "acc", "nom", "dat", "gen"))
    if kind == "acc":
        frame = rng.choice(fitting(head.noun.kind))
        clause = Clause(
            draw_phrase(AGENTS, rng), frame.verb, tense, adverb=draw_adverb(rng, tense, 0.3)
        )
        german, english = head.relative("acc")
        verb = f"{clause.subject.subject} {clause.english_verb()} {clause.english_rest()}".strip()
        return f"{german} {clause.final()}", f"{english} {verb}"
    if kind == "dat" and head.noun.kind in AGENTS:
        frame = rng.choice(fitting(head.noun.kind, "dat"))
        clause = Clause(draw_phrase(AGENTS, rng), frame.verb, tense)
        german, english = head.relative("dat")
        return f"{german} {clause.final()}", f"{english} {clause.english()}"
    if kind == "gen":
        return _whose(head, rng)
    if head.noun.kind in AGENTS:
        clause = replace(negate(draw_action(rng, tense), rng), subject=head)
    else:
        clause = Clause(head, state(*rng.choice(_STATES[head.noun.kind])), "past")
    german, english = head.relative("nom")
    final = clause.final().removeprefix(f"{head.german('nom')} ")
    return f"{german} {final}", f"{english} {clause.english_verb()} {clause.english_rest()}".strip()


def _whose(head: Phrase, rng: random.Random) -> Sides:
    own = draw_phrase(("thing", "matter"), rng, definite=1.0)
    own = replace(own, article="", determiner="", adjective=None)
    frame = rng.choice(fitting(own.noun.kind))
    clause = Clause(own, frame.verb.passive, rng.choice(("told", "past", "shall")))
    german, english = head.relative("gen")
    return f"{german} {clause.final()}", f"{english} {clause.english()}"


def _reported(rng: random.Random) -> Sides:
    """Return what somebody said, in the subjunctive."""
    speaker = draw_phrase(AGENTS, rng, plural=False)
    clause = _said(rng)
    if rng.random() < 0.2:
        lead, english = rng.choice(_SOURCES)
        case: Case = "dat" if lead == "laut" else "gen"
        finite_first = clause.verb_first()
        return (
            f"{lead} {speaker.german(case)} {finite_first}",
            f"{english} {speaker.object}, {clause.english()}",
        )
    verb, english = rng.choice(_SAYING)
    that = rng.random() < 0.3
    german = f"dass {clause.final()}" if that else clause.main(rng.choice(("", clause.adverb[0])))
    link = rng.choice(("", "that ")) if english in ("said", "claimed") else "that "
    return (
        f"{speaker.german('nom')} {verb}, {german}",
        f"{speaker.subject} {english} {link}{clause.english()}",
    )


def _said(rng: random.Random) -> Clause:
    kind = rng.randrange(4)
    if kind == 0:
        subject = draw_phrase(("person", "group", "thing", "matter"), rng)
        verb = state(*rng.choice(_STATES[subject.noun.kind]))
        return Clause(subject, verb, "said is", negated=rng.random() < NEGATED)
    tense = rng.choice(_SAID)
    if kind == 1:
        return negate(draw_event(rng, tense, 0.3), rng)
    if kind == 2:
        frame = rng.choice(frames("acc"))
        clause = Clause(draw_phrase(frame.kinds, rng), frame.verb.passive, tense)
        return clause if tense != "said wants" else replace(clause, tense="said must")
    return negate(draw_action(rng, tense, adverb=0.2), rng)


def _conditional(rng: random.Random) -> Sides:
    """Return a condition with and without "wenn", real or not."""
    unreal = rng.random() < 0.5
    tense, after = ("if had", "would have") if unreal else ("present", "future")
    maker = rng.choice((draw_action, draw_event))
    condition = negate(maker(rng, tense, adverb=0.0), rng)
    result = negate(rng.choice((draw_action, draw_event))(rng, after, adverb=0.2), rng)
    english = f"if {condition.english()}, {result.english()}"
    if not unreal:
        result = replace(result, tense=rng.choice(("present", "future")))
    if rng.random() < 0.4:
        return f"wenn {condition.final()}, {result.verb_first()}", english
    dann = "dann " if rng.random() < 0.3 else ""
    return f"{condition.verb_first()}, {dann}{result.verb_first()}", english


def _participial(rng: random.Random) -> Sides:
    """Return a noun with a participle before it, and what is done to it."""
    frame = rng.choice(frames("acc"))
    thing = draw_phrase(frame.kinds, rng, definite=1.0)
    when = draw_adverb(rng, "past", 0.6)
    agent = draw_phrase(AGENTS, rng) if rng.random() < 0.3 else None
    by = f"von {agent.german('dat')} ".replace("von dem ", "vom ") if agent else ""
    second = rng.choice(fitting(thing.noun.kind))
    clause = Clause(thing, second.verb.passive, rng.choice(("past", "present", "shall", "told")))
    done = frame.verb.english["participle"]
    asides = " ".join(filter(None, (f"by {agent.object}" if agent else "", when[1])))
    thing = replace(thing, adjective=(frame.verb.participle, "" if asides else done))
    clause = replace(clause, subject=thing)
    article, _, rest = clause.main().partition(" ")
    german = f"{article} {when[0]} {by}{rest}".replace("  ", " ")
    behind = f" {done} {asides}" if asides else ""
    return german, f"{thing.subject}{behind} {clause.english_verb()}"


def _instead(rng: random.Random) -> Sides:
    """Return "nicht ... sondern", "weder ... noch" or "kein"."""
    clause = draw_action(rng, rng.choice(("told", "past")), definite=1.0, adverb=0.2)
    clause = replace(clause, subject=draw_phrase(AGENTS, rng, plural=False, definite=1.0))
    one, other = doer(clause), draw_phrase(AGENTS, rng, plural=False, definite=1.0)
    whole, kind = clause.main(), rng.randrange(4)
    subject = one.german("nom")
    rest, english = whole.removeprefix(subject), clause.english().removeprefix(one.subject)
    if kind == 0:
        german = f"nicht {subject}, sondern {other.german('nom')}{rest}"
        return german, f"it was not {one.subject} but {other.subject} that{english}"
    if kind == 1:
        return f"weder {subject} noch {other.german('nom')}{rest}", (
            f"neither {one.subject} nor {other.subject}{english}"
        )
    if kind == 2:
        none = replace(one, article="kein", determiner="no")
        return none.german("nom") + rest, none.subject + english
    thing = thing_of(clause)
    second = draw_phrase((thing.noun.kind,), rng, definite=1.0)
    accusative = thing.german("acc")
    instead = f"nicht {accusative}, sondern {second.german('acc')}"
    negated = replace(clause, negated=True)
    german = whole.replace(accusative, instead, 1)
    return german, f"{negated.english()} but {second.object}"


def _intending(rng: random.Random) -> Sides:
    """Return an infinitive clause: versprach, auszubauen; um, ohne, statt auszubauen."""
    first = draw_action(rng, "told", definite=1.0, adverb=0.2)
    goal = draw_action(rng, "present", adverb=0.3)
    if rng.random() < 0.5:
        finite, english = rng.choice(_TRYING)
        not_german = denied(goal) if rng.random() < NEGATED else goal
        refused = "not " if not_german.negated else ""
        thing = f"{goal.verb.english['base']} {not_german.english_rest()}"
        verb = english.removesuffix(" to")
        subject = replace(first, subject=draw_phrase(AGENTS, rng, plural=False)).subject
        return (
            f"{subject.german('nom')} {finite}, {not_german.infinitive()}",
            f"{subject.subject} {verb} {refused}to {thing}",
        )
    link, english, form = rng.choice(
        (
            ("um", "in order to", "base"),
            ("ohne", "without", "running"),
            ("statt", "instead of", "running"),
        )
    )
    return (
        f"{first.main()}, {link} {goal.infinitive()}",
        f"{first.english()} {english} {goal.verb.english[form]} {goal.english_rest()}",
    )


def _subordinate(rng: random.Random) -> Sides:
    """Return two whole clauses, either first."""
    link, english = rng.choice(_LINKS)
    tense = rng.choice(("present", "past", "told"))
    if link == "nachdem":
        tense = "pluperfect"
    after = {"present": rng.choice(("present", "future"))}.get(tense, "told")
    first = negate(rng.choice((draw_action, draw_event))(rng, tense, adverb=0.2), rng)
    second = negate(rng.choice((draw_action, draw_event))(rng, after, adverb=0.2), rng)
    if rng.random() < 0.5:
        return (
            f"{link} {first.final()}, {second.verb_first()}",
            f"{english} {first.english()}, {second.english()}",
        )
    return (
        f"{second.main()}, {link} {first.final()}",
        f"{second.english()} {english} {first.english()}",
    )


_TABLE: dict[Callable[[random.Random], Sides], int] = {
    **{_active: 6, _happening: 4, _passive: 4, _potential: 3, _giving: 3, _helping: 2},
    **{_reason: 3, _taking_up: 2, _owning: 2, _relative: 4, _reported: 4, _conditional: 3},
    **{_participial: 3, _instead: 3, _intending: 3, _subordinate: 3},
}
_MAKERS, _SHARES = list(_TABLE), list(_TABLE.values())
