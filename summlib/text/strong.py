"""The strong and irregular verbs of German, whose forms no rule makes of the infinitive.

"hielt" belongs to "halten"; a rule of vowels alone finds "heilen" as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from summlib.text.datafiles import read_rows

_SIBILANTS = ("s", "ß", "z", "x")
_NO_LINK = ("d", "t", *_SIBILANTS)
"""Behind these a past form takes no bare -st or -t: "last" is another word."""


@dataclass(frozen=True, slots=True)
class _Verbs:
    """Forms to infinitives; ``bare`` are participles without ge-, as they stand behind ver-."""

    finite: dict[str, str]
    subjunctive: dict[str, str]
    participle: dict[str, str]
    bare: dict[str, str]


def _rows() -> Iterator[list[str]]:
    return (row.split() for row in read_rows("strong.de.txt"))


@lru_cache(maxsize=1)
def principal_parts() -> dict[str, tuple[str, str, str]]:
    """Return infinitives with he in the present, he in the past, and the participle.

    >>> principal_parts()["halten"]
    ('hält', 'hielt', 'gehalten')
    """
    return {
        infinitive: (present.split("/")[0], past.split("/")[0], participle)
        for infinitive, present, past, _, participle in _rows()
    }


@lru_cache(maxsize=1)
def _verbs() -> _Verbs:
    verbs = _Verbs({}, {}, {}, {})
    for infinitive, present, past, subjunctive, participle in _rows():
        _add(verbs.finite, infinitive, _present(infinitive, present.split("/")))
        _add(verbs.finite, infinitive, _past(past.split("/")))
        _add(verbs.subjunctive, infinitive, _subjunctive(subjunctive.split("/")))
        _add(verbs.participle, infinitive, [participle])
        _add(verbs.bare, infinitive, [participle.removeprefix("ge")])
    return verbs


def _add(table: dict[str, str], infinitive: str, forms: Iterable[str]) -> None:
    for form in forms:
        for spelling in (form, form.replace("ss", "ß")):
            if spelling != infinitive:
                table.setdefault(spelling, infinitive)


def _present(infinitive: str, forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield form
        stem = form.removesuffix("t")
        if infinitive.endswith("ten") and not form.endswith("et"):
            yield form + "st"  # hältst
        elif form != stem:
            yield stem + ("t" if stem.endswith(_SIBILANTS) else "st")


def _past(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield from (form, form + ("n" if form.endswith("e") else "en"))
        if not form.endswith(_NO_LINK):
            yield from (form + "st", form + "t")


def _subjunctive(forms: Iterable[str]) -> Iterator[str]:
    for form in forms:
        yield from (form, form + "n", form + "st", form + "t")


def finite_forms() -> dict[str, str]:
    """Return the forms of present and past that the table knows, with their infinitives.

    >>> finite_forms()["hielt"], finite_forms()["nimmst"], finite_forms()["zogen"]
    ('halten', 'nehmen', 'ziehen')
    """
    return dict(_verbs().finite)


def subjunctive_forms() -> dict[str, str]:
    """Return the forms of the past subjunctive; some are other verbs as well: "führe".

    >>> subjunctive_forms()["käme"]
    'kommen'
    """
    return dict(_verbs().subjunctive)


@lru_cache(maxsize=8)
def _ranks(prefixes: tuple[str, ...]) -> tuple[dict[str, int], int]:
    return {prefix: i for i, prefix in enumerate(prefixes)}, max(map(len, prefixes), default=0)


def prefixes_of(word: str, prefixes: tuple[str, ...]) -> list[str]:
    """Return those of many prefixes that a word begins with, in their order.

    >>> prefixes_of("herausfinden", ("her", "hin", "heraus"))
    ['her', 'heraus']
    """
    ranks, longest = _ranks(prefixes)
    found = (word[:length] for length in range(1, min(longest, len(word)) + 1))
    return sorted((prefix for prefix in found if prefix in ranks), key=ranks.__getitem__)


def infinitives(
    word: str, separable: tuple[str, ...], inseparable: tuple[str, ...]
) -> Iterator[str]:
    """Yield the strong verbs that a form in the indicative or a participle belongs to.

    Args:
        word: In small letters.
        separable: Particles that may stand before it: "an" in "angefangen".
        inseparable: Prefixes that take the place of ge-: "ver" in "verbunden".

    >>> list(infinitives("anfing", ("an",), ())), list(infinitives("verbunden", (), ("ver",)))
    (['anfangen'], ['verbinden'])
    """
    verbs = _verbs()
    for prefix in ("", *prefixes_of(word, separable)):
        rest = word[len(prefix) :]
        if rest in verbs.finite or rest in verbs.participle:
            yield prefix + (verbs.finite.get(rest) or verbs.participle[rest])
    for prefix in prefixes_of(word, inseparable):
        rest = word[len(prefix) :]
        if rest in verbs.finite or rest in verbs.bare:
            yield prefix + (verbs.finite.get(rest) or verbs.bare[rest])


def of_subjunctive(word: str, prefixes: tuple[str, ...]) -> Iterator[str]:
    """Yield the strong verbs that a form in the past subjunctive belongs to.

    >>> list(of_subjunctive("ankäme", ("an",)))
    ['ankommen']
    """
    for prefix in ("", *prefixes_of(word, prefixes)):
        found = _verbs().subjunctive.get(word[len(prefix) :])
        if found:
            yield prefix + found
