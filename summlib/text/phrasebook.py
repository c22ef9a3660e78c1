"""The table of verb phrases and plainer words for them, with the forms of both.

``data/phrases.de.tsv`` gives each phrase as an infinitive in the notation of
``parse_phrase``. Rows whose forms no rule is sure of are not read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from summlib.text.conjugation import Forms, conjugate
from summlib.text.datafiles import DATA, read_rows
from summlib.text.stems import CACHED_WORDS


@lru_cache(maxsize=1)
def _lists() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads((DATA / "phrases.toml").read_text(encoding="utf-8"))
    return {name: frozenset(entries.split()) for name, entries in table.items()}


def listed(name: str) -> frozenset[str]:
    """Return a list of ``data/phrases.toml``.

    >>> "weil" in listed("subordinators")
    True
    """
    return _lists()[name]


IRREGULAR: dict[str, Forms] = {
    "sein": {
        "infinitive": "sein", "present": "ist", "present plural": "sind", "past": "war",
        "past plural": "waren", "participle": "gewesen", "reported": "sei",
    },
    "haben": {
        "infinitive": "haben", "present": "hat", "present plural": "haben", "past": "hatte",
        "past plural": "hatten", "participle": "gehabt", "reported": "habe",
    },
    "werden": {
        "infinitive": "werden", "present": "wird", "present plural": "werden", "past": "wurde",
        "past plural": "wurden", "participle": "worden", "reported": "werde",
    },
    "müssen": {
        "infinitive": "müssen", "present": "muss", "present plural": "müssen",
        "past": "musste", "past plural": "mussten", "reported": "müsse",
    },
    "können": {
        "infinitive": "können", "present": "kann", "present plural": "können",
        "past": "konnte", "past plural": "konnten", "reported": "könne",
    },
    "tun": {
        "infinitive": "tun", "present": "tut", "present plural": "tun", "past": "tat",
        "past plural": "taten", "participle": "getan", "reported": "tue",
    },
    "wollen": {
        "infinitive": "wollen", "present": "will", "present plural": "wollen",
        "past": "wollte", "past plural": "wollten", "participle": "gewollt", "reported": "wolle",
    },
    "lassen": {
        "infinitive": "lassen", "present": "lässt", "present plural": "lassen", "past": "ließ",
        "past plural": "ließen", "participle": "gelassen", "reported": "lasse",
    },
}  # fmt: skip


@lru_cache(maxsize=CACHED_WORDS)
def forms_of(verb: str) -> Forms | None:
    """Return the forms of a verb without its particle; none where no rule is sure of them.

    >>> forms_of("ziehen")["present plural"], forms_of("sein")["past"]
    ('ziehen', 'war')
    """
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    found = (conjugate(verb, parted=parted) for parted in (None, False, True))
    forms = next(filter(None, found), None)
    return {**forms, "present plural": forms["infinitive"]} if forms else None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A verb phrase in the infinitive.

    Args:
        fixed: Words that stand before the verb.
        particle: What the verb leaves behind, empty for none.
        verb: Without its particle.
        reflexive: Whether *sich* goes with it.
        preposition: That begins a free phrase, empty for none.
    """

    fixed: tuple[str, ...]
    particle: str
    verb: str
    reflexive: bool
    preposition: str

    @property
    def forms(self) -> Forms | None:
        """The forms of the bare verb by their slots; none where no rule is sure of them."""
        return forms_of(self.verb)

    @property
    def tail(self) -> tuple[str, ...]:
        """What stands at the end of a main clause."""
        return (*self.fixed, *filter(None, (self.particle,)))

    def joined(self, slot: str) -> str:
        """Return a form as it stands at the end of a clause."""
        forms = self.forms or {}
        form = forms.get(slot, "")
        return self.particle + form if form else ""

    @property
    def moves(self) -> bool:
        """Tell whether the perfect is made with *sein*."""
        return self.verb in listed("moves")


_NOTATION = re.compile(
    r"(?P<sich>sich )?(?P<fixed>(?:\S+ )*?)(?:(?P<particle>[a-zäöüß]+)\|)?(?P<verb>[a-zäöüß]+)"
    r"(?: \[(?P<prep>[a-zäöüß]*)\])?"
)


def parse_phrase(text: str) -> Phrase | None:
    """Read the notation of the table; none for what is not in it.

    >>> parse_phrase("sich ein|stellen [auf]")
    Phrase(fixed=(), particle='ein', verb='stellen', reflexive=True, preposition='auf')
    """
    match = _NOTATION.fullmatch(text.strip())
    if match is None:
        return None
    fixed = tuple(match["fixed"].split())
    return Phrase(
        fixed, match["particle"] or "", match["verb"], bool(match["sich"]), match["prep"] or ""
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    old: Phrase
    new: Phrase
    cues: frozenset[str] = field(default_factory=frozenset)
    needs: frozenset[str] = field(init=False)
    reflexive: bool = field(init=False)

    def __post_init__(self) -> None:
        """Note what a clause has to have: looked at for some hundred rules in each sentence."""
        object.__setattr__(self, "needs", frozenset(self.old.fixed))
        object.__setattr__(self, "reflexive", self.old.reflexive)

    @property
    def weight(self) -> tuple[int, int, int, int]:
        """Orders rules: what names more words is tried first."""
        old = self.old
        return (len(old.fixed), bool(old.preposition), old.reflexive, bool(self.cues))


SLOTS = ("present", "present plural", "past", "past plural", "reported")


def rows() -> list[str]:
    """Return the rows of the table."""
    return read_rows("phrases.de.tsv")


class Phrasebook:
    """Finds the rules for a word; rows are read and verbs inflected when a text has them.

    Args:
        rows: Of the table.
    """

    def __init__(self, rows: Iterable[str]) -> None:
        self._rows: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            key = _verb_of(row)
            self._rows.setdefault(key, []).append(row)
        self._verbs: dict[str, list[tuple[str, str]]] = {}
        for key in self._rows:
            for form in _triggers(*key):
                self._verbs.setdefault(form, []).append(key)
        self._rules: dict[tuple[str, str], list[Rule]] = {}
        self._found: dict[str, list[Rule]] = {}

    def rules(self, word: str) -> list[Rule]:
        """Return the rules whose verb a word may be a form of, the most definite first."""
        if word not in self._found:
            found = [rule for key in self._verbs.get(word, ()) for rule in self._of(key)]
            found.sort(key=lambda rule: rule.weight, reverse=True)
            if not found:
                return found
            self._found[word] = found
        return self._found[word]

    def _of(self, key: tuple[str, str]) -> list[Rule]:
        if key not in self._rules:
            self._rules[key] = [rule for row in self._rows[key] if (rule := read_rule(row))]
        return self._rules[key]


@lru_cache(maxsize=1)
def phrasebook() -> Phrasebook:
    """Return the bundled table."""
    return Phrasebook(rows())


def _verb_of(row: str) -> tuple[str, str]:
    """Return particle and verb of a row without reading it: the last word but a preposition."""
    phrase = row.partition("\t")[0].partition(" [")[0]
    particle, _, verb = phrase.rpartition(" ")[2].rpartition("|")
    return particle, verb


def read_rule(row: str) -> Rule | None:
    """Read a row of the table; none where it cannot be carried out with certainty."""
    old, new, cues = (*row.split("\t"), "", "")[:3]
    before, after = parse_phrase(old), parse_phrase(new)
    if before is None or after is None or not before.forms or not after.forms:
        return None
    if after.reflexive and not before.reflexive:
        return None
    if before.verb in IRREGULAR and not before.tail:
        return None
    bare = not (before.fixed or before.reflexive or before.preposition)
    if bare and not cues.strip():
        return None
    return Rule(before, after, frozenset(cues.split()))


def _triggers(particle: str, verb: str) -> set[str]:
    """Return the forms of a verb that a phrase with it is looked up by."""
    forms = forms_of(verb) or {}
    found = {forms[slot] for slot in (*SLOTS, "participle", "infinitive") if slot in forms}
    if not particle:
        return found
    return found | {particle + form for form in found} | {f"{particle}zu{verb}"}
