"""Forms of German and English verbs, to know a form by its slot or to make one.

A form is named by its slot ("present", "past", "participle"); a form that fills
several slots ("entwickelt") can be exchanged where the other verb's forms of
those slots are one as well. Strong verbs come from ``summlib.text.strong``,
irregular English ones from ``data/irregular.en.txt``, all others from rules.
"""

from __future__ import annotations

import re
from functools import lru_cache

from summlib.text.datafiles import read_rows
from summlib.text.separable import particles, particles_of
from summlib.text.stems import CACHED_WORDS, english_stem
from summlib.text.strong import prefixes_of, principal_parts

Forms = dict[str, str]
"""Slot to form."""

_FIXED = ("be", "ver", "zer", "ent", "er", "emp", "miss", "ge")
_EITHER = ("über", "um", "unter", "durch", "wider", "wieder", "hinter", "voll")
"""Prefixes that part from some verbs and stay with others, which no list here tells."""

_WEAK = frozenset(("bereiten", "begleiten"))
"""Weak verbs that look like a prefix before a strong one."""

_AUXILIARIES = frozenset(
    ("sein", "haben", "werden", "können", "müssen", "sollen", "wollen", "dürfen", "mögen", "lassen")
)
_ENDINGS = ("e", "en", "er", "es", "em")
_LINKED = re.compile(r"(?:[dt]|ch[mn]|[^lrhmnaeiouäöü][mn])$")
_DOUBLED = re.compile(
    r"^[^aeiou]*[aeiou][bdfglmnprt]$|(?<!li)(?<!vo)mit$|(?<!f)fer$|(?:cur|deter|quip|quit|pel|trol|gret|gin|(?<!tar)get|nul|nrol|lfil|nap|strip|rebel|(?<!ne)fit|pin|tap)$"
)
_VOWEL = re.compile(r"[aeiouäöü]")
_PREFIXES = ("over", "out", "under", "re", "un", "fore", "mis")
_REGULAR = frozenset(("relay",))
"""What looks like an irregular verb behind a prefix and is none."""


@lru_cache(maxsize=CACHED_WORDS)
def conjugate(infinitive: str, *, parted: bool | None = None) -> Forms | None:
    """Return the forms of a German verb, None where no rule is sure of them.

    Separable verbs are joined throughout ("ausbaut"), as the model reads them
    (``summlib.text.separable``).

    Args:
        infinitive: In small letters.
        parted: Whether a prefix that some verbs leave behind and others keep ("um",
            "über") is left behind; without it verbs with one have no forms, nor have those
            with a particle that is not known to go with them.

    >>> conjugate("entwickeln")["past"], conjugate("aushalten")["participle"]
    ('entwickelte', 'ausgehalten')
    >>> conjugate("umstellen"), conjugate("umstellen", parted=True)["participle"]
    (None, 'umgestellt')
    """
    if infinitive in _AUXILIARIES or not re.fullmatch(r"[a-zäöüß]{2,}e[lr]?n", infinitive):
        return None
    either = infinitive.startswith(_EITHER)
    if either and parted is None:
        return None
    particle = next(iter(prefixes_of(infinitive, particles())), "")
    base = infinitive[len(particle) :]
    if (particle and not _has_stem(base)) or (either and not parted):
        particle, base = "", infinitive
    prefixes = (*_FIXED, *_EITHER) if either else _FIXED
    fixed = next((p for p in prefixes if base.startswith(p) and _has_stem(base[len(p) :])), "")
    present, past, participle = _strong(base, fixed) or _weak(base, fixed)
    if particle and not parted and particle not in particles_of(present):
        if not base.endswith("ieren"):
            return None  # "angeln" and "einigen" have none
        particle, base, participle = "", infinitive, particle + present  # "annullieren"
        present, past = participle, f"{participle}e"
    return _fill(particle, base, present, past, participle)


def _has_stem(rest: str) -> bool:
    return _VOWEL.search(re.sub(r"e?n$", "", rest)) is not None and len(rest) >= 4


def _strong(base: str, fixed: str) -> tuple[str, str, str] | None:
    """Return present, past and participle of a verb that ends as a strong one does."""
    table = principal_parts()
    if base in _WEAK:
        return None
    if base in table:
        return table[base]
    parts = table.get(base[len(fixed) :]) if fixed else None
    if parts is None:
        return None
    present, past, participle = parts
    return fixed + present, fixed + past, fixed + participle.removeprefix("ge")


def _weak(base: str, fixed: str) -> tuple[str, str, str]:
    stem = re.sub(r"e?n$", "", base) if not re.search(r"e[lr]n$", base) else base[:-1]
    link = "e" if _LINKED.search(stem) else ""
    ge = "" if fixed or base.endswith("ieren") else "ge"
    return f"{stem}{link}t", f"{stem}{link}te", f"{ge}{stem}{link}t"


def _fill(particle: str, base: str, present: str, past: str, participle: str) -> Forms:
    plural = past + ("n" if past.endswith("e") else "en")
    forms = {
        "infinitive": particle + base,
        "present": particle + present,
        "past": particle + past,
        "past plural": particle + plural,
        "participle": particle + participle,
        "running": f"{particle}{base}d",
    }
    if base.endswith("en"):
        forms["reported"] = particle + base[:-1]
    if particle:
        forms["zu"] = f"{particle}zu{base}"
    for slot in ("participle", "running"):
        forms |= {f"{slot} {ending}": forms[slot] + ending for ending in _ENDINGS}
    return forms


@lru_cache(maxsize=1)
def irregular_verbs() -> dict[str, tuple[str, str]]:
    """Return past and participle of the irregular English verbs, those with a prefix too.

    >>> irregular_verbs()["take"], irregular_verbs()["overtake"]
    (('took', 'taken'), ('overtook', 'overtaken'))
    """
    split = (row.split() for row in read_rows("irregular.en.txt"))
    own = {base: (past, participle) for base, past, participle in split}
    joined = {f"{p}{base}": tuple(p + f for f in own[base]) for p in _PREFIXES for base in own}
    return {b: (past, part) for b, (past, part) in joined.items() if b not in _REGULAR} | own


@lru_cache(maxsize=1)
def irregular_forms() -> dict[str, str]:
    """Return the forms that only one of past and participle has, with which of them it is.

    >>> irregular_forms()["took"], irregular_forms()["taken"], irregular_forms().get("met")
    ('past', 'participle', None)
    """
    own: dict[str, set[str]] = {}
    for base, (past, participle) in irregular_verbs().items():
        for form, slot in ((base, "base"), (past, "past"), (participle, "participle")):
            own.setdefault(form, set()).add(slot)
    return {
        form: slots.pop() for form, slots in own.items() if len(slots) == 1 and "base" not in slots
    }


@lru_cache(maxsize=CACHED_WORDS)
def inflect(lemma: str) -> Forms:
    """Return the forms of an English verb; of several words the first is inflected.

    >>> inflect("switch off")["past"], inflect("plan")["running"], inflect("carry")["third"]
    ('switched off', 'planning', 'carries')
    """
    verb, space, rest = lemma.partition(" ")
    base, third = verb, f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"
    if re.search(r"[^aeiou]y$", verb):
        base, third = f"{verb[:-1]}i", f"{verb[:-1]}ies"
    doubled = verb + verb[-1] if _DOUBLED.search(verb) else verb
    past = f"{base}d" if verb.endswith("e") else f"{doubled if base == verb else base}ed"
    past, participle = irregular_verbs().get(verb, (past, past))
    stem = re.sub(r"(?<=[^eoy])e$", "", doubled)
    running = f"{verb[:-2]}ying" if verb.endswith("ie") else f"{stem}ing"
    forms = {"base": verb, "third": third, "past": past, "participle": participle}
    return {slot: form + space + rest for slot, form in {**forms, "running": running}.items()}


@lru_cache(maxsize=CACHED_WORDS)
def verb_stems(english: str) -> frozenset[str]:
    """Return the stems of all forms of an English verb, of which "won" and "win" differ.

    Args:
        english: The base form, also of several words, of which the first counts.

    >>> sorted(verb_stems("win over"))
    ['win', 'won']
    """
    return frozenset(map(english_stem, inflect(english.split(" ")[0]).values()))


def transfer(form: str, forms: Forms, others: Forms) -> str:
    """Return the form of another verb for ``form`` of this one; empty where there is not one.

    >>> transfer("baut", conjugate("bauen"), conjugate("entwickeln"))
    'entwickelt'
    >>> transfer("entwickelt", conjugate("entwickeln"), conjugate("bauen"))
    ''
    """
    found = {others.get(slot, "") for slot, own in forms.items() if own == form}
    return found.pop() if len(found) == 1 else ""
