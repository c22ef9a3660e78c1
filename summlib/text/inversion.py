"""Put the subject of an English sentence before its verb, where German word order was kept.

"Vor Jersey sank am Montag ein Fischkutter" became "Before Jersey sank a fishing boat on Monday":
behind an adverbial German puts the verb and English the subject. Where the first phrase of both
sentences begins with a preposition, and the first verb of the English one has its subject behind
it, both change places.
"""

from __future__ import annotations

import re

from summlib.text.finite import GERMAN_AUXILIARIES, is_finite

_PREPOSITION = (
    r"(?:in|on|at|with|from|after|for|by|through|during|since|under|over|before|between|among"
    r"|against|behind|within|without|about|around|near|outside|despite|to|into|of|off|as|per|via"
    r"|across|along|above|below|beyond|until|because|due|according|instead|and|or)"
)
_DETERMINER = (
    r"(?:the|an?|this|these|those|his|her|its|their|our|my|many|some|several|both|all|no|each|every"
    r"|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d.,]*)"
)
_PRONOUN = r"(?:he|she|it|they|we|you|i|there|that|which|who|whom|what|where|when|if|not|one)"
_TOKEN = re.compile(r"[^\W_](?:[\w'’/-]|[.,](?=\w))*|[^\w\s]")
_ADVERB = re.compile(
    r"(?!(?:fami|supp|assemb|ital|ju|ral|al|rep|f|ear|on|monopo|anoma)ly$)[a-z]+ly$"
)
_STOPS = re.compile(
    rf"(?:{_PREPOSITION}|{_PRONOUN}|than|less|more|also|again|today|yesterday|so|too|still|already"
    r"|am|is|are|was|were|has|have|had|do|does|did|be|will|would|can|could|may|might|must|should)"
)

_GERMAN = re.compile(
    r"^(?:In|Im|Am|An|Auf|Aus|Bei|Beim|Mit|Nach|Vor|Von|Vom|Für|Durch|Unter|Zu|Zum|Zur"
    r"|Hinter|Neben|Zwischen|Gegen|Wegen|Trotz|Entlang|Ins|Ans|Binnen|Innerhalb) "
)
_OPENS = re.compile(
    r"(?:in|im|am|an|auf|aus|bei|beim|mit|nach|vor|von|vom|für|durch|über|unter|um|zu|zum|zur|seit"
    r"|hinter|neben|zwischen|gegen|ohne|wegen|trotz|während|bis|ins|ans|als|und|oder|sowie|d(?:er|ie"
    r"|as|e[nms])|(?:eine?|sein|ihr|mein|unser|kein|dies|jed)(?:e[nmrs]?|[nmrs])?|beiden?)"
)
"""German words behind which a noun is still to come."""

_AUXILIARIES = frozenset(
    (
        *("am", "is", "are", "was", "were", "has", "have", "had", "do", "does", "did", "be"),
        *("will", "would", "can", "cannot", "could", "may", "might", "must", "shall", "should"),
    )
)
_NOUNS = frozenset(
    (
        *("works", "types", "thanks", "let", "lets", "rates", "needs", "uses", "states"),
        *("lie", "lies", "lay", "stand", "stands", "stood", "hang", "hangs", "hung", "sit", "sits"),
        *("sat", "begin", "begins", "began", "live", "lives", "lived", "grow", "grows", "grew"),
    )
)
"""Forms that are nouns as often, or whose subject English puts behind them, too."""

_CONTRACTED = re.compile(r"[ia]m|beim|vom|zu[mr]|[ia]ns")
_COMPOUND = 15
"""Letters of a German noun that English may need two words for."""

_MOST = 16
"""Words into a sentence at which its first verb is looked for."""

_SHORTEST = 3
"""Letters of a verb."""


def subject_before_verb(target: str, *, source: str) -> str:
    """Return an English sentence with its subject before its verb.

    Args:
        target: The translation of ``source``.
        source: A German sentence.

    >>> subject_before_verb(
    ...     "Before Jersey sank a fishing boat on Monday.",
    ...     source="Vor Jersey sank am Montag ein Fischkutter.",
    ... )
    'Before Jersey, a fishing boat sank on Monday.'
    """
    if not _GERMAN.match(source):
        return target
    tokens = list(_TOKEN.finditer(target))
    place = _verb(tokens)
    if place is None or place > _longest(source, bool(re.match(r"\w+ (?:the|an?) ", target))):
        return target
    place += tokens[place][0] == ","
    end = _subject_end(tokens, place + 1)
    if end is None:
        return target
    verb, last = tokens[place], tokens[end - 1]
    before = target[: verb.start()].rstrip(" ,")
    subject = target[tokens[place + 1].start() : last.end()]
    return f"{before}, {subject} {verb[0]}{target[last.end() :]}"


def _longest(source: str, article: bool) -> int:
    """Return how many English words what stands before the German verb can take.

    Args:
        source: A German sentence; none where its verb is an auxiliary.
        article: Whether the English one has an article behind its first word.
    """
    waits, length, before = True, 0, ""
    for word in (source[:1].lower() + source[1:]).split(" "):
        if not word[:1].islower():
            waits = False
            length += len(word) > _COMPOUND  # of two English words
        elif _OPENS.fullmatch(word):
            waits = True
            length += bool(re.fullmatch("de[rs]", word) and before[:1].isupper())  # of the
        elif not waits:
            return 0 if word in GERMAN_AUXILIARIES else length
        length += 1 + (article and bool(_CONTRACTED.fullmatch(word)))
        before = word
    return 0


def _verb(tokens: list[re.Match[str]]) -> int | None:
    """Return where a verb stands whose subject is behind it, behind phrases with prepositions."""
    words = [token[0].lower() for token in tokens]
    if not tokens or not re.fullmatch(_PREPOSITION, words[0]):
        return None
    expected = True  # whether a preposition waits for its noun
    for i, word in enumerate(words[1:_MOST], 1):
        if re.fullmatch(_PREPOSITION, word):
            expected = True
        elif word == ",":
            behind = i + 1 < len(words) and _is_verb(tokens[i + 1]) and _opens(tokens, i + 2)
            return i if behind and not expected else None
        elif not expected and _is_verb(tokens[i]) and _opens(tokens, i + 1):
            return i
        elif not word[0].isalnum() or re.fullmatch(_PRONOUN, word):
            return None
        elif word[0].isdigit():
            return None  # a year, behind which a subject may begin, or a quantity
        elif re.fullmatch(_DETERMINER, word):
            if not expected:
                return None  # a subject begins
        elif word in _AUXILIARIES or (not expected and tokens[i][0][0].isupper()):
            return None  # a name behind a noun may be the subject: "On Tuesday Scholz visited"
        else:
            expected = False
    return None


def _goes_on(tokens: list[re.Match[str]], start: int) -> bool:
    """Tell whether another verb follows in the clause, or a clause about the subject."""
    for token in tokens[start:]:
        if token[0] in ("that", "which", "who", "whose"):
            return True  # a clause that would be parted from its noun
        if token[0] in (",", ";", ":", "and", "when", "where", "as"):
            return False
        if token[0] in _AUXILIARIES or _is_verb(token):
            return True
    return False


def _is_verb(token: re.Match[str]) -> bool:
    word = token[0]
    alone = word in _AUXILIARIES or word in _NOUNS
    return (
        len(word) >= _SHORTEST
        and word.isalpha()
        and word.islower()
        and not alone
        and is_finite(word)
    )


def _opens(tokens: list[re.Match[str]], place: int) -> bool:
    """Tell whether a noun phrase with a determiner begins at a place."""
    if place >= len(tokens):
        return False
    return bool(re.fullmatch(_DETERMINER, tokens[place][0].lower()))


def _subject_end(tokens: list[re.Match[str]], start: int) -> int | None:
    """Return the end of the noun phrase that begins at a place, with phrases with "of"."""
    end = start + 1
    for i in range(start + 1, len(tokens)):
        word, before = tokens[i][0].lower(), tokens[i - 1][0].lower()
        if word == "of":
            continue
        opens = re.fullmatch(_DETERMINER, word)
        if word == ",":
            return None  # "published this week, a study": the subject is still to come
        if word == "and" and i + 1 < len(tokens) and tokens[i + 1][0][0].isupper():
            return None
        if _is_verb(tokens[i]):
            return None  # it may have its subject before it already
        if (opens and before != "of") or not word[0].isalnum():
            break
        if _STOPS.fullmatch(word) or _ADVERB.fullmatch(word):
            break
        end = i + 1
    return end if end - start > 1 and not _goes_on(tokens, end) else None
