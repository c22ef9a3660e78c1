"""Which words of a German sentence are names that the model cannot spell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from summlib.errors import ModelDamaged
from summlib.records import Span
from summlib.text.packed import read_table
from summlib.text.towns import find_towns, town_of

FILE = "words.txt.gz"
"""In a model's folder: the German word forms that its training text held often."""

ENDINGS = ("s", "es", "n", "en", "e", "er", "ern", "in", "innen")
SHORTEST = 3
"""Letters of the shortest word that may be a name."""

ACRONYM = 6
"""Letters of the longest abbreviation that is copied where it is not known."""

TAIL = 4
"""Letters of the shortest last part of a compound."""

_ABSTRACT = re.compile(r"(?:ung|heit|keit|schaft|ismus|ierung|tion|tät)(?:s|en)?$")
"""Endings of German nouns that names do not have."""

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEFORE = re.compile(r"(?<![\w-])([A-ZÄÖÜ][a-zäöüß]{2,}) $")
_PLACES = ("Bad", "Sankt")
"""Begin the names of places."""

_FOREIGN = re.compile(r"(?:[eo]r|it)ies$")
"""Ends of English plurals: "Gigafactories" is no compound that ends in Tories."""


def _has_none(_word: str) -> bool:
    return False


class KnownWords:
    """The word forms that a model has learned, read when first asked for.

    Args:
        path: A compressed list, a form a line; an absent file knows every word.
        listed: Whether a dictionary has a word that the list lacks.
        common: Whether it has it as a noun that is no name.
    """

    def __init__(
        self,
        path: Path,
        *,
        listed: Callable[[str], bool] = _has_none,
        common: Callable[[str], bool] = _has_none,
    ) -> None:
        self.path, self.listed, self.common = path, listed, common

    def forms(self) -> frozenset[str]:
        """Return all forms.

        Raises:
            ModelDamaged: The list cannot be read.
        """
        return _read(self.path)

    def knows(self, word: str) -> bool:
        """Tell whether the model has learned ``word``, an inflection or a part of it."""
        return self.learned(word) or self.composed(word)

    def learned(self, word: str) -> bool:
        """Tell whether ``word`` or another inflection of it stands in the list."""
        forms = self.forms()
        if not forms or word in forms or word.lower() in forms:
            return True
        return any(word.endswith(e) and word[: -len(e)] in forms for e in ENDINGS)

    def composed(self, word: str) -> bool:
        """Tell whether ``word`` looks like a German noun: a compound, or by its ending."""
        forms = self.forms()
        if _FOREIGN.search(word):
            return self.listed(word)
        if any(self._is_noun(word[i:], forms) for i in range(2, len(word) - TAIL + 1)):
            return True
        return bool(_ABSTRACT.search(word)) or self.listed(word)

    @staticmethod
    def _is_noun(tail: str, forms: frozenset[str]) -> bool:
        """Tell whether the end of a word is a known noun: then it is a compound."""
        if tail[0] in "-'’":
            return tail[1:] in forms or tail[1:].lower() in forms
        return tail.capitalize() in forms


@lru_cache(maxsize=4)
def _read(path: Path) -> frozenset[str]:
    if not path.is_file():
        return frozenset()
    try:
        return frozenset(read_table(path).split("\n"))
    except OSError as error:
        raise ModelDamaged(f"{path} cannot be read: {error}; install the model again") from error


_SAYS = frozenset(
    (
        *("sagt", "sagte", "so", "erklärt", "erklärte", "betont", "betonte", "meint", "meinte"),
        *("berichtet", "berichtete", "kritisiert", "kritisierte", "fordert", "forderte", "warnt"),
        *("warnte", "schreibt", "schrieb", "versichert", "versicherte", "ergänzt", "ergänzte"),
        "laut",
    )
)
"""Stand before the name of the one who says it."""

_BEFORE_GENITIVE = frozenset(
    (
        *("von", "in", "für", "mit", "zu", "auf", "an", "bei", "nach", "aus", "durch", "gegen"),
        *("um", "und", "dass", "ist", "war", "hat", "wird", "unter", "über", "vor", "wie", "als"),
        "auch",
    )
)
_OWN_S = re.compile(
    r"[uios]s$|^(?:Honduras|Texas|(?:Ark|K)ansas|Reims|Cannes|Nantes|Tours|Flims|Wales|Caracas|Dallas|Vegas"
    r"|Bahamas|Ems|Mons|Orleans|Guimaraes|Judas)$"
)
"""Names that are not in the genitive by their last letter, and ends of such: Juventus, Paris."""

_NOUN_NEXT = re.compile(r" (?:[a-zäöüß]{2,}(?:e|en|er|es) )?[A-ZÄÖÜ]")
_GOES_ON = re.compile(r"[-/]| [A-ZÄÖÜ]| (?:der|des|einer|eines|und|oder|von|aus) ")
_ACTS = re.compile(
    r" (?:[a-zäöüß]{2,}te|ist|war|hat|wird|kam|ging|will|kann|soll|muss|gab|sah|schrieb|blieb|nahm"
    r"|sagt|sprach|traf|fand|hielt|bekam|erhielt|gewann|verlor|stand|lag|trat|schoss|lief|sieht)\b"
)
"""What a person does, in the singular."""

_NOBLE = re.compile(r"(?<![\w-])([A-ZÄÖÜ][\wäöüß-]+) von $")
_ADDRESSED = frozenset(("Frau", "Herr", "Herrn", "Kollegin", "Kollege", "Kollegen"))
_TITLE = re.compile(
    r"(?:hersteller|händler|anbieter|betreiber|minister|präsident|direktor|professor|trainer|sprecher"
    r"|leiter|chef|meister|anwalt|pfarrer|bischof|kommissar|general|unternehmer|wissenschaftler"
    r"|forscher|sänger|maler|autor|regisseur|schauspieler|politiker|abgeordneter?)(?:in)?$",
    re.IGNORECASE,
)
"""Ends of nouns for persons and firms, of whom the name comes next."""

_SEVERAL = re.compile(r"(?:en|e)$")
"""Ends of plurals: "der Hersteller Abfindungen" names nobody."""

_DERIVED = re.compile(r"(?:er|s|ische[nmrs]?)$")
"""Ends of adjectives and of genitives: "Dornbirner", "Renamos"."""

_PLACE = re.compile(
    r"(?:burg|dorf|heim|hausen|hofen|kirchen|rode|stedt|büttel|brück|scheid|münde|walde|berg|furt"
    r"|bach|haven|horst|hagen|born)s?$"
)
"""Ends of towns, and of surnames that come from them."""

_LEADS = re.compile(
    r"^(?:d(?:er|ie|as|e[nms])|(?:k?ein|[mds]ein|ihr|unse?r)(?:e[nmrs]?)?|[ai]m|zu[mr]|beim|vom|ins"
    r"|ans)$|^(?!(?:gegen|zwischen|neben|aber|oder|unter|hinter|über)$).*e[nmrs]?$"
)
"""Articles, and ends of adjectives."""

_ADJECTIVE = re.compile(r"isch(?:e[nmrs]?)?$|^Deutsche[nmrs]?$")
"""Part of a name that is made of words: "der Deutsche Städtebaupreis"."""

_TOWARDS = frozenset(("in", "aus", "nach", "bei", "zwischen", "von", "bis"))


def find_names(sentence: str, known: KnownWords) -> list[Span]:
    """Return where names stand that the model has not learned, neighbours joined.

    A word that stands right behind a noun is a name, however much it looks
    like a compound: "die Stadt Lindenfurt" is no place of lime trees. Only the
    sentence itself is asked, so that its translation does not depend on what
    is translated beside it.

    Args:
        sentence: A prepared German sentence.
        known: The words the model has learned.
    """
    towns = {start for start, _, _ in find_towns(sentence)}
    capitalized = (pair for pair in _capitalized(sentence) if pair[0].start() not in towns)
    words = [pair for pair in capitalized if _may_be_name(*pair, known)]
    sure = (
        (m, b)
        for m, b in words
        if m[0] in listed("acronyms")
        or _is_town(m, b)
        or _is_called_like_a_place(m, b, known)
        or _stands_alone(m, b)
        or _follows_first_name(m, b)
        or _is_apposed(m, b, known)
    )
    named = {match[0].removesuffix("s") for match, _ in sure}
    found: list[Span] = []
    for match, _ in words:
        if known.composed(match[0]) and match[0].removesuffix("s") not in named:
            continue
        if found and sentence[found[-1].end : match.start()] == " ":
            found[-1] = Span(found[-1].start, match.end())
        else:
            found.append(Span(_first_name(match), match.end()))
    return found


def _first_name(match: re.Match[str]) -> int:
    """Return where a name begins with the first name before it, which may be one learned.

    Parted from its surname a first name stays behind: "Frank ⟨mask⟩1 ⟨mask⟩2te" came out
    as "Frank abstained Ohlendorf".
    """
    before = _BEFORE.search(match.string, 0, match.start())
    return before.start() if before and _is_first(before[1]) else match.start()


def _is_first(word: str) -> bool:
    return word in _PLACES or word in listed("forenames")


def _capitalized(sentence: str) -> Iterator[tuple[re.Match[str], re.Match[str] | None]]:
    """Yield the capitalised words that may be names, each with the word before it."""
    before: re.Match[str] | None = None
    for match in _WORD.finditer(sentence):
        if len(match[0]) >= SHORTEST and match[0][0].isupper():
            yield match, before
        before = match


def _may_be_name(match: re.Match[str], before: re.Match[str] | None, known: KnownWords) -> bool:
    """Tell whether the model has not learned a word, or it is the Jäger of "Bernd Jäger"."""
    if match[0].isupper():  # shouted, or an abbreviation: "BAFA" was spelled "OAG"
        known_word = known.knows(match[0]) or known.knows(match[0].capitalize())
        return match[0] in listed("acronyms") or (len(match[0]) <= ACRONYM and not known_word)
    if not known.learned(match[0]) or _follows_first_name(match, before):
        return True
    if _is_town(match, before) or _stands_alone(match, before):
        return True
    if not _is_surname(match[0]) or before is None or len(before[0]) < SHORTEST:
        return False  # "Im Sommer"
    return before[0].lower() not in known.forms() and _is_apposed(match, before, known)


def _follows_first_name(match: re.Match[str], before: re.Match[str] | None) -> bool:
    """Tell whether a word stands right behind a first name: "Friederike Anselm"."""
    if before is None or before.end() + 1 != match.start():
        return False
    return match.string[before.end()] == " " and before[0] in listed("forenames")


def _is_surname(word: str) -> bool:
    words = listed("surnames")
    return word in words or word.removesuffix("s") in words


def _stands_alone(match: re.Match[str], before: re.Match[str] | None) -> bool:
    """Tell whether a surname that is a word stands where the word would have an article.

    "Jäger sagte", "sagte Jäger", "Frau von Jäger", "Jägers Vorschlag"; but not "Jäger sagten",
    "er ist Jäger", "des Jägers Hund".
    """
    word = match[0]
    if not _is_surname(word):
        return False
    behind = match.string[match.end() :]
    said = before[0] if before and match.string[before.end() : match.start()] == " " else ""
    if said in _SAYS and not _GOES_ON.match(behind):
        return True
    if word not in listed("surnames"):
        return is_genitive(match.string, match.start(), match.end())
    if word not in listed("persons"):
        return False
    if before is None:
        return bool(_ACTS.match(behind))
    noble = _NOBLE.search(match.string, 0, match.start()) if said == "von" else None
    return noble is not None and (noble[1] in _ADDRESSED or noble[1] in listed("forenames"))


def is_genitive(sentence: str, start: int, end: int) -> bool:
    """Tell whether a name between two offsets stands in the genitive before its noun.

    >>> is_genitive("Jägers Vorschlag", 0, 6), is_genitive("Annas Vorschlag", 0, 5)
    (True, True)
    >>> is_genitive("Thomas Vogel", 0, 6), is_genitive("Honduras Küste", 0, 8)
    (False, False)
    """
    name, before = sentence[start:end], sentence[:start].rpartition(" ")[0].rpartition(" ")[2]
    opens = not before or before.lower() in _BEFORE_GENITIVE
    listed_so = name in listed("forenames") or name in listed("places")
    own = not name.endswith("s") or _OWN_S.search(name) or listed_so
    return opens and not own and bool(_NOUN_NEXT.match(sentence, end))


def _is_town(match: re.Match[str], before: re.Match[str] | None) -> bool:
    """Tell whether a word is a town here: "in Essen", but "beim Essen" and "das Essen"."""
    return before is not None and before[0] in _TOWARDS and match[0] in listed("places")


def _is_called_like_a_place(
    match: re.Match[str], before: re.Match[str] | None, known: KnownWords
) -> bool:
    """Tell whether a word that no dictionary has ends like a place and stands without an article.

    "In Gelsenkirchen" is no place of yellow churches.
    """
    if not _PLACE.search(match[0]) or known.common(match[0]) or before is None:
        return False
    beside = before.end() + 1 == match.start() and match.string[before.end()] == " "
    return beside and before[0].islower() and not _LEADS.search(before[0])


def _is_apposed(match: re.Match[str], before: re.Match[str] | None, known: KnownWords) -> bool:
    """Tell whether a word stands right behind a noun that is no measure.

    A common noun is a name there only behind what has names ("das Schiff Morgenstern"):
    "melden die Behörden Stromausfälle", "Berliner Luxushotels", "Tausende Lehmhäuser".
    """
    if before is None or not before[0][0].isupper() or before.end() + 1 != match.start():
        return False
    if match.string[before.end()] != " " or before[0] in listed("measures"):
        return False
    if before.start() == 0 and _is_small(before[0], known):
        return False
    if known.common(match[0]) and not _is_surname(match[0]):
        return _has_name(before[0], match[0], known, opens=before.start() == 0)
    made = _ADJECTIVE.search(before[0]) or town_of(before[0])
    return not (made and known.composed(match[0]))


def _has_name(noun: str, word: str, known: KnownWords, *, opens: bool) -> bool:
    """Tell whether what stands before a common noun is called by it, or seems a first name.

    What opens a sentence may be an adjective that has its capital for that alone.
    """
    if noun in listed("named") or (_TITLE.search(noun) and not _SEVERAL.search(word)):
        return True
    derived = opens or _DERIVED.search(noun)
    return not (derived or known.learned(noun) or known.listed(noun))


def _is_small(opening: str, known: KnownWords) -> bool:
    """Tell whether the word that opens a sentence has its capital for that alone."""
    return len(opening) < SHORTEST or opening.lower() in known.forms()


_AGENCY = r"\([A-Za-z/ ]{2,15}\)"
_DATELINE = re.compile(
    r"(?P<place>(?!D(?:er|ie|as) )[A-ZÄÖÜ][\wäöüß]+(?:[ -][A-ZÄÖÜ][\wäöüß]+)?)"
    r"(?P<river>/[A-ZÄÖÜ]\w+)?"
    r"(?P<date>, \d{1,2}\.(?:\d{1,2}\.\d{4}| (?P<month>[A-ZÄÖÜ]\w{2,8})(?: \d{4})?))?"
    rf"(?P<agency> {_AGENCY})?"
    r" ?[-–—] (?=[„“»«\"'‚]?[A-ZÄÖÜ\d]\S*(?: \S+){3})(?(agency)|(?!.* [-–—] ))"
)
"""What a dash follows may also be the first word before an aside, which ends in a dash too."""


def find_dateline(sentence: str) -> re.Match[str] | None:
    """Find the place from which a news agency reports, up to the dash behind it.

    Returns:
        A match with the groups ``place``, ``river`` ("/Main"), ``date``, in it ``month``,
        and ``agency``; None where the sentence opens otherwise.

    >>> find_dateline("Osnabrück (dpa) - Es taut seit gestern früh.")[0]
    'Osnabrück (dpa) - '
    """
    return _DATELINE.match(sentence)


@lru_cache(maxsize=8)
def listed(name: str) -> frozenset[str]:
    """Return the words of one of the bundled German lists: surnames, places and others."""
    path = Path(__file__).with_name("text") / "data" / f"{name}.de.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
