"""Which language a text is in: German, English, or another of a dozen.

Function words vote, then letters and word endings that few languages have;
between German and English the letter trigrams of all words are weighed too,
so that a headline without a function word can be told. Other scripts are
named by their letters. Case does not matter, and German may be written
without umlauts. Function words as language marks: Grefenstette (1995);
letter n-grams: Cavnar and Trenkle (1994).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from summlib.records import Sentence
from summlib.text.tables import scores, sections, words

# A longer text is judged by its beginning, its middle and its end.
_ENOUGH = 12_000
# Votes of this many words count in full; of a longer text their average,
# so that a document of two languages does not look certain.
_FULL_WEIGHT = 12
# Weights in units of log-odds, set by hand and not fitted.
_FUNCTION_WORD, _SINGLE_LETTER, _LETTER, _ENDING, _GRAMS = 2.5, 0.8, 1.5, 0.8, 0.4
# What an undecided verdict scores: less evidence than one shared function
# word is none.
_UNDECIDED = 1.2
_MAX_GRAMS = 1.2

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WEB = re.compile(r"\S+[@/]\S+|www\.\S+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SCRIPTS = {
    "CYRILLIC": "ru",
    "GREEK": "el",
    "ARABIC": "ar",
    "HEBREW": "he",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "THAI": "th",
    "DEVANAGARI": "hi",
}
_KANA = re.compile("[ぁ-ヿ]")
_UKRAINIAN = frozenset("іїєґ")


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """The language of a text.

    Args:
        lang: ISO 639-1 code, empty when it cannot be told.
        confidence: 0 to 1; 0 when it cannot be told.
    """

    lang: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Cues:
    """Votes by word, letter, ending and trigram: what speaks for which language."""

    words: dict[str, list[str]]
    letters: dict[str, list[str]]
    endings: dict[str, list[str]]
    grams: dict[str, int]


def _by_cue(found: dict[str, list[str]], kind: str) -> dict[str, list[str]]:
    """Return the languages that share each cue of a kind."""
    langs: dict[str, list[str]] = {}
    for section, lines in found.items():
        lang, _, of_kind = section.partition(".")
        if of_kind != kind:
            continue
        for cue in dict.fromkeys(words(lines)):
            langs.setdefault(cue, []).append(lang)
    return langs


@lru_cache(maxsize=1)
def _cues() -> _Cues:
    """Read the tables, once."""
    found = sections("languages.txt")
    by_word = _by_cue(found, "words")
    for word in [word for word, langs in by_word.items() if "de" in langs]:
        by_word.setdefault(word.translate(_UMLAUTS), ["de"])
    grams = scores(sections("ngrams.de-en.txt")[""])
    return _Cues(by_word, _by_cue(found, "letters"), _by_cue(found, "ends"), grams)


def identify(text: str) -> LanguageGuess:
    """Name the language of a sentence or a document.

    Figures, addresses and emoji say nothing; a text of nothing else, or one
    too short to tell, gives an empty code. German, English, French, Italian,
    Spanish, Portuguese, Dutch, Polish, Czech, Swedish and Danish are told
    apart, other scripts are named by their most spoken language.

    Args:
        text: Any text, of any length.

    >>> identify("Der Ausschuss hat heute getagt.").lang
    'de'
    >>> identify("THE COMMITTEE HAS MET.").lang, identify("12:30 👍").lang
    ('en', '')
    """
    tokens = _WORD.findall(_WEB.sub(" ", _sample(text)).lower().replace("’", "'"))
    script = _script(tokens)
    if script:
        return LanguageGuess(script, _share(tokens))
    votes = _votes(tokens)
    scale = min(1.0, _FULL_WEIGHT / max(1, len(tokens)))
    weights = {lang: math.exp(min(score * scale, 50)) for lang, score in votes.items()}
    if not weights:
        return LanguageGuess("", 0.0)
    best = max(weights, key=lambda lang: (weights[lang], lang))
    if votes[best] < _UNDECIDED:
        return LanguageGuess("", 0.0)
    total = sum(weights.values()) + math.exp(_UNDECIDED * scale)
    return LanguageGuess(best, round(weights[best] / total, 4))


def languages_by_sentence(text: str, sentences: Iterable[Sentence]) -> list[LanguageGuess]:
    """Name the language of each sentence; one too short to tell takes the text's.

    The list is as long as the sentences. A sentence that cannot be told has
    the language of the whole text with confidence 0.

    Args:
        text: The text that the sentences come from.
        sentences: Its sentences.

    >>> from summlib.text.sentences import split_sentences
    >>> text = "Das ist ein Satz. This is a sentence. 42."
    >>> [guess.lang for guess in languages_by_sentence(text, split_sentences(text))]
    ['de', 'en', 'de']
    """
    whole = identify(text)
    guesses = [identify(sentence.text) for sentence in sentences]
    return [guess if guess.lang else LanguageGuess(whole.lang, 0.0) for guess in guesses]


def _sample(text: str) -> str:
    """Return the text, of a long one three stretches."""
    if len(text) <= _ENOUGH:
        return text
    third, middle = _ENOUGH // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _votes(tokens: list[str]) -> dict[str, float]:
    """Sum up what speaks for each language, in log-odds."""
    cues, votes = _cues(), defaultdict[str, float](float)
    for token, count in Counter(tokens).items():
        langs = cues.words.get(token, ())
        weight = _FUNCTION_WORD if len(token) > 1 else _SINGLE_LETTER
        for lang in langs:
            votes[lang] += count * weight / len(langs)
        for letter in cues.letters.keys() & set(token):
            for lang in cues.letters[letter]:
                votes[lang] += count * _LETTER
        for lang in _ending(token, cues):
            votes[lang] += count * _ENDING
        grams = _GRAMS * _gram_score(token, cues.grams) if len(token) > 1 else 0.0
        votes["de" if grams > 0 else "en"] += count * min(abs(grams), _MAX_GRAMS)
    return dict(votes)


def _ending(token: str, cues: _Cues) -> list[str]:
    """Return the languages that the longest known ending of a word speaks for."""
    for length in (5, 4, 3):
        if len(token) > length and token[-length:] in cues.endings:
            return cues.endings[token[-length:]]
    return []


def _gram_score(token: str, grams: dict[str, int]) -> float:
    """Return the mean log-odds of a word's trigrams for German against English."""
    padded = f"_{token}_"
    found = [grams.get(padded[i : i + 3], 0) for i in range(len(padded) - 2)]
    return sum(found) / len(found)


def _script(tokens: list[str]) -> str:
    """Return the language of a script other than Latin that most words are in, else empty."""
    scripts = Counter(_SCRIPTS.get(_script_name(token[0]), "") for token in tokens)
    if not scripts:
        return ""
    lang, count = scripts.most_common(1)[0]
    if lang == "ru" and any(_UKRAINIAN & set(token) for token in tokens):
        return "uk"
    if lang == "zh" and any(_KANA.search(token) for token in tokens):
        return "ja"
    return lang if count * 2 > len(tokens) else ""


def _script_name(letter: str) -> str:
    """Return the first word of a letter's Unicode name, its script."""
    return unicodedata.name(letter, "").split(" ")[0]


def _share(tokens: list[str]) -> float:
    """Return the share of words that are in another script than Latin."""
    foreign = sum(_script_name(token[0]) in _SCRIPTS for token in tokens)
    return round(foreign / len(tokens), 4)
