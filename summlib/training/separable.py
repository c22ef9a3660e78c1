"""Learn which German verb forms go with which separable particles, from plain text.

Infinitives tell it beyond doubt: "auszubauen" is "aus" + "bauen". Forms that
no rule makes of an infinitive ("nimmt", "ging") count when they stand joined
to three particles or more at the ends of clauses ("annimmt", "aufnimmt").
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from summlib.centrality import stopwords
from summlib.text.strong import finite_forms, subjunctive_forms

_LIST = """
ab an auf aus auseinander bei bekannt bereit bevor dar davon ein empor entgegen fern fest fort
frei gegenüber gleich heim her heran heraus herab herauf herbei herein hervor herum herunter
hin hinab hinauf hinaus hinein hinterher hinweg hinzu kennen los mit nach nieder offen sicher
statt still teil umher vor voran voraus vorbei vorüber weg weiter zu zurecht zurück zusammen
durch um unter wider wieder über
"""

PARTICLES = tuple(_LIST.split())

AMBIGUOUS = frozenset({"durch", "um", "unter", "wider", "wieder", "über"})
"""Particles that more often stand fast ("übergab"): the infinitive alone is evidence."""

LEAST_COUNT = 2
LEAST_PARTICLES = 3

_SUBJUNCTIVES = ("stünde", "stünden", "ginge", "gäbe", "käme", "nähme")
STRONG = {
    **finite_forms(),
    **{form: subjunctive_forms()[form] for form in _SUBJUNCTIVES},
    **dict.fromkeys(("stimmte", "stimmten"), "stimmen"),
}
"""Strong forms and their infinitives, whose particles they share."""

_WORD = re.compile(r"(?<![\w-])[a-zäöüß]{2,}(?![\w-])")
_EXTRA_E = re.compile(r"(?:[td]|[^aeiouäöürlh][mn])$")
_NO_VERB = re.compile(
    r"^(?:ge|zu|an|aus)|(?:end\w{0,2}|bare?n?|lich(?:en)?|ige?n?|isch|ung|los(?:e\w?)?|e[rsm]|sam|lichen?)$"
)

Forms = dict[str, set[str]]


def count_words(lines: Iterable[str]) -> Counter[str]:
    """Count the words in small letters."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(_WORD.findall(line))
    return counts


def learn_separable(counts: Mapping[str, int]) -> Forms:
    """Return for each finite verb form the particles that it leaves behind.

    >>> forms = learn_separable({"auszubauen": 5, "bauen": 9, "baut": 7, "baute": 3})
    >>> forms["baut"]
    {'aus'}
    """
    forms: Forms = defaultdict(set)
    infinitives = _infinitives(counts)
    for form, infinitive in STRONG.items():
        forms[form] |= infinitives.get(infinitive, set())
    for infinitive, particles in infinitives.items():
        for form in _conjugate(infinitive):
            if counts.get(form, 0) >= LEAST_COUNT:
                forms[form] |= particles
    for form, particles in _joined(counts).items():
        if form in STRONG or (form not in forms and len(particles) >= LEAST_PARTICLES):
            forms[form] |= particles
    stop = stopwords("de") - {"lassen"}
    return {form: particles for form, particles in forms.items() if particles and form not in stop}


def _infinitives(counts: Mapping[str, int]) -> Forms:
    found: Forms = defaultdict(set)
    for word, count in counts.items():
        for particle in PARTICLES:
            base = word.removeprefix(f"{particle}zu")
            known = len(base) >= 4 and counts.get(base, 0) > 0
            if base != word and known and count >= LEAST_COUNT and base.endswith("n"):
                found[base].add(particle)
    return found


def _conjugate(infinitive: str) -> set[str]:
    """Return the weak forms; those that a strong verb lacks occur in no text.

    >>> sorted(_conjugate("leiten"))
    ['leite', 'leiten', 'leitest', 'leitet', 'leitete', 'leiteten', 'leitetet']
    """
    stem = infinitive.removesuffix("n").removesuffix("e")
    link = "e" if _EXTRA_E.search(stem) and infinitive.endswith("en") else ""
    endings = ("t", "te", "ten", "st", "tet")
    return {infinitive, stem + "e", *(stem + link + ending for ending in endings)}


def _joined(counts: Mapping[str, int]) -> Forms:
    found: Forms = defaultdict(set)
    for word, count in counts.items():
        for particle in PARTICLES:
            form = word.removeprefix(particle)
            if form == word or particle in AMBIGUOUS or len(form) < 3 or count < LEAST_COUNT:
                continue
            if counts.get(form, 0) >= 5 and not _NO_VERB.search(form):
                found[form].add(particle)
    return found


def write_separable(forms: Forms, path: Path, *, drop: Iterable[str] = ()) -> int:
    """Write ``form particle particle ...`` a line, the head of the file kept; return the lines."""
    head = [row for row in path.read_text(encoding="utf-8").splitlines() if row.startswith("#")]
    unwanted = set(drop)
    rows = [
        f"{form} {' '.join(sorted(forms[form]))}" for form in sorted(forms) if form not in unwanted
    ]
    path.write_text("\n".join([*head, *rows, ""]), encoding="utf-8")
    return len(rows)
