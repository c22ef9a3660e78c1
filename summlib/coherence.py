"""Make a sentence stand without those that stood before it.

A sentence picked out of a text may lean on what came before: "Er", "Dies
teilte die Stadt mit", a bare surname, an abbreviation. Where the text says
beyond doubt what is meant, that is put in its place: the subject of the
sentence before for a pronoun, the name in full, the abbreviation spelled out.
Where it does not, the sentence is said to lean, and the selector takes it only
together with the one before it. Dates relative to the text stay as written.

Only German sentences are changed: an English summary of a German text is
translated from sentences already put right.

Source of the idea: Nenkova and McKeown (2003), References to named entities,
for full names at first mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summlib.salience import opening
from summlib.text.constituents import is_finite, words

_HOUSEHOLD = frozenset(("EU", "UNO", "USA", "NATO", "UN", "SPD", "CDU", "CSU", "FDP", "KI"))
_FAR = 14  # words within which the main verb is looked for
_LONGEST_SUBJECT = 7  # words; a longer one is no name to repeat
_NAME = r"[A-ZÄÖÜ][a-zäöüßéèáóıçñ]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)?"
_ABBREVIATION = r"[A-ZÄÖÜ][A-Za-zÄÖÜäöü]*[A-ZÄÖÜ][A-Za-zÄÖÜäöü]*"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    report = (
        "teilte|teilten|sagte|sagten|gab|gaben|berichtete|meldete|erklärte|geht|gehen|bestätigte"
    )
    return {
        "report": re.compile(rf"(?:Das|Dies) (?:{report})\b|(?:This|That) was announced\b"),
        "masculine": re.compile(
            r"\b(?:den|dem|einen|einem|ihm|ihn|keinen|seinen|ihren|diesen|jeden|vom|zum|beim)\b"
        ),
        "person": re.compile(
            rf"(?P<role>(?:{_NAME}[ -])?(?=[A-ZÄÖÜ])[\w-]*(?i:{_roles()})(?:in)?) "
            rf"(?P<first>{_NAME}) (?P<last>{_NAME})(?! [A-ZÄÖÜ])"
        ),
        "clause": re.compile(
            r"(?:,|\b(?:dass|weil|wenn|ob|als|wie|obwohl|nachdem|und|sondern|damit)) der [A-ZÄÖÜ]"
        ),
        "defined": re.compile(
            rf"\b(?P<article>der|die|das|Der|Die|Das) (?P<long>(?:[A-ZÄÖÜ][a-zäöüß]+e[nrs]? )?"
            rf"[A-ZÄÖÜ][\w-]+(?: (?:für|und|der|des|von|zur|vom|[A-ZÄÖÜa-zäöü][\wäöüß-]+)){{0,7}}?)"
            rf" \((?P<short>{_ABBREVIATION})\)"
        ),
    }


@lru_cache(maxsize=1)
def _roles() -> str:
    return "|".join(sorted(words("role", "de"), key=len, reverse=True))


def is_report(sentence: str) -> bool:
    """Tell whether a sentence only says who told the one before: "Das teilte die Stadt mit."

    >>> is_report("Das teilte die Stadt am Dienstag mit.")
    True
    """
    short = len(sentence.split()) <= 16
    return short and _patterns()["report"].match(sentence) is not None


def subject(sentence: str) -> str:
    """Return what stands before the verb at the start of a German sentence, if that is a subject.

    Only where it is plain: "Der Rat", "Die Stadt Ulm", a name with its role;
    empty otherwise.

    >>> subject("Der Rat der Stadt hat zugestimmt."), subject("Am Montag kam Regen.")
    ('Der Rat der Stadt', '')
    """
    tokens = sentence.split(" ")
    for size, word in enumerate(tokens[: _LONGEST_SUBJECT + 1]):
        if size and is_finite(word.strip(",.;:")):
            front = " ".join(tokens[:size])
            return front if _is_nominative(front) else ""
    return ""


def _is_nominative(front: str) -> bool:
    if re.search(r"[,;:()„“\"»«\d]", front) or not re.search(
        r"[A-ZÄÖÜ]\w+$|[A-ZÄÖÜ][\w-]+$", front
    ):
        return False
    if re.match(r"(?:Der|Die|Das) (?:[a-zäöüß]+ )?[A-ZÄÖÜ]", front):
        return True
    return _patterns()["person"].fullmatch(front) is not None


def resolve(sentence: str, previous: str) -> str:
    """Put the subject of the sentence before in place of "Er" where it must be meant.

    "Er" at the start is taken for the subject of the sentence before when that
    is masculine by its article or role, and nothing else there is masculine
    singular; "Sie" for a woman named with her role, when the verb is singular.
    Everything else comes back unchanged.

    Args:
        sentence: A German sentence.
        previous: The sentence before it in the document.

    >>> resolve("Er kostet zwei Millionen.", "Der Neubau steht am Hafen.")
    'Der Neubau kostet zwei Millionen.'
    >>> resolve("Sie kosten viel.", "Die Stadt baut.")
    'Sie kosten viel.'
    """
    pronoun, _, rest = sentence.partition(" ")
    verb = rest.partition(" ")[0]
    if pronoun not in ("Er", "Sie") or not is_finite(verb):
        return sentence
    meant = subject(previous)
    if not meant or not _agrees(pronoun, meant, verb):
        return sentence
    others = previous[len(meant) :]
    find = _patterns()
    if pronoun == "Er" and (find["masculine"].search(others) or find["clause"].search(others)):
        return sentence
    if find["person"].search(others):
        return sentence
    return f"{meant} {rest}"


def _agrees(pronoun: str, meant: str, verb: str) -> bool:
    person = _patterns()["person"].fullmatch(meant)
    if pronoun == "Er":
        return not person["role"].endswith("in") if person else meant.startswith("Der ")
    singular = not verb.endswith("en") and verb not in ("sind", "waren")
    return singular and person is not None and person["role"].endswith("in")


def leaning(sentence: str, lang: str) -> str:
    """Return how a sentence leans on the one before: ``anaphora``, ``connector`` or nothing.

    Beside what ``salience.opening`` sees, a German sentence leans whose subject
    is a pronoun behind the verb, unless a clause before it can name who is meant:
    "Zudem will er", but not "Weil der Rat tagte, kam er".

    >>> leaning("Eine Stunde später kam er an.", "de"), leaning("Die Stadt baut.", "de")
    ('anaphora', '')
    """
    if is_report(sentence):
        return "anaphora"
    kind = opening(sentence, lang)
    if kind != "anaphora" and lang == "de" and _is_pronominal(sentence):
        return "anaphora"
    return kind


def _is_pronominal(sentence: str) -> bool:
    """Tell whether the first finite verb of a German sentence has a pronoun for its subject."""
    tokens = sentence.split()
    for word, following in pairwise(tokens[1:_FAR]):
        bare = word.strip(",;:")
        if is_finite(bare):
            return following.strip(",.") in (
                "er",
                "sie",
                "ihm",
                "ihnen",
                "diese",
                "dieser",
                "dieses",
            )
    return False


@dataclass(frozen=True, slots=True)
class Mentions:
    """How a document introduces those it names later by less.

    Args:
        names: Surname to role, first name and surname, with where it first stands.
        abbreviations: Abbreviation to its article, its long form and where it stands.
    """

    names: dict[str, tuple[str, int]]
    abbreviations: dict[str, tuple[str, str, int]]


def read_mentions(sentences: Sequence[str]) -> Mentions:
    """Collect the names and abbreviations that a German document introduces.

    >>> read_mentions(["Ministerin Anna Müller kam."]).names["Müller"][0]
    'Ministerin Anna Müller'
    """
    names: dict[str, tuple[str, int]] = {}
    abbreviations: dict[str, tuple[str, str, int]] = {}
    bearers: dict[str, set[str]] = {}
    find = _patterns()
    for i, sentence in enumerate(sentences):
        for match in find["person"].finditer(sentence):
            names.setdefault(match["last"], (match.group(), i))
            bearers.setdefault(match["last"], set()).add(match["first"])
        for article, long, short in _definitions(sentence):
            abbreviations.setdefault(short, (article, long, i))
    single = {last: found for last, found in names.items() if len(bearers[last]) == 1}
    return Mentions(single, abbreviations)


def _definitions(sentence: str) -> Iterator[tuple[str, str, str]]:
    """Yield article, long form and abbreviation of what a sentence spells out."""
    find, place = _patterns()["defined"], 0
    while match := find.search(sentence, place):
        place = match.start() + 1  # a later article may be nearer: "der Fonds der Versicherung (V)"
        article, long, short = match["article"].lower(), match["long"], match["short"]
        nearer = find.search(sentence, place)
        if nearer and nearer.end() == match.end() and _spells(short, nearer["long"]):
            continue
        plain = all(not is_finite(w) or w.endswith("en") for w in long.split())
        plain &= short not in _HOUSEHOLD and _spells(short, long)
        if plain and (article != "der" or _is_oblique(long)):
            yield article, long, short


def _spells(short: str, long: str) -> bool:
    """Tell whether the capitals of an abbreviation stand in its long form in that order."""
    letters = iter(long.lower())
    fits = all(c.lower() in letters for c in short if c.isupper())
    return fits and long[:1].lower() == short[:1].lower()


def _is_oblique(long: str) -> bool:
    """Tell whether what follows "der" is feminine, so that "der" is its dative or genitive."""
    first = long.split()[0]
    feminine = r"(?:ung|heit|keit|schaft|ion|tät|stelle|behörde|kasse|agentur|kommission|liga)$"
    return first.endswith("en") or re.search(feminine, first) is not None


def introduce(
    sentence: str, mentions: Mentions, *, place: int, said: str
) -> tuple[str, frozenset[int]]:
    """Name in full what the sentence is the first to name.

    A surname is completed only where it stands as the subject, an abbreviation
    only behind the very article that its long form had.

    Args:
        sentence: A German sentence.
        mentions: What the document introduces.
        place: The sentence's number in the document.
        said: What the summary says before it.

    Returns:
        The sentence, and the numbers of the sentences that the additions come from.

    >>> mentions = read_mentions(["Ministerin Anna Müller kam.", "Müller ging."])
    >>> introduce("Müller ging.", mentions, place=1, said="")
    ('Ministerin Anna Müller ging.', frozenset({0}))
    """
    used: set[int] = set()
    for last, (full, first) in mentions.names.items():
        if first < place and last in sentence and last not in said and full not in sentence:
            longer = _completed(sentence, last, full)
            used |= {first} if longer != sentence else set()
            sentence = longer
    for short, (article, long, first) in mentions.abbreviations.items():
        if (
            first < place
            and short in sentence
            and short not in said
            and long not in sentence + said
        ):
            longer = _expanded(sentence, short, article, long)
            used |= {first} if longer != sentence else set()
            sentence = longer
    return sentence, frozenset(used)


def _completed(sentence: str, last: str, full: str) -> str:
    head = re.match(rf"{last} (\w+)", sentence)
    if head and is_finite(head[1]):
        return full + sentence[len(last) :]
    verbs = "sagte|erklärte|betonte|so|meinte|kritisierte|sagt|erklärt|betont"
    return re.sub(
        rf"(?<=, )({verbs}) {last}(?=[.,;]| (?:am|im|in|bei|nach)\b)",
        rf"\1 {full}",
        sentence,
        count=1,
    )


def _expanded(sentence: str, short: str, article: str, long: str) -> str:
    either = article if article == "der" else f"{article}|{article.capitalize()}"
    pattern = rf"\b({either}) {re.escape(short)}(?=[ ,.;:])(?! \()"
    return re.sub(pattern, rf"\1 {long} ({short})", sentence, count=1)
