"""Build the dictionary of hints from word lists and from the training text.

The lists say what a word may mean, the training text says which meaning is
the usual one, and how often the model will have seen the word. Format and use
are described in ``summlib.text.lexicon``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from summlib.text.compounds import noun_lemmas, stem
from summlib.text.lexicon import Lexicon
from summlib.text.packed import write_table
from summlib.text.rows import in_sections
from summlib.text.terms import words
from summlib.training.corpus import Pair, read_pairs
from summlib.training.reference import Reference

SETTLED = "written-words"
"""The list whose translations stand alone: it was written to say what a word means in the news."""

TRUST = {
    SETTLED: 100.0,
    "agreed-2-sources": 3.0,
    "german-federal-ministries-states": 2.5,
    "stw-economics": 2.0,
    "cldr-names": 2.0,
    "iso-codes-countries-currencies": 1.5,
    "wiktionary-de-2018": 1.0,
    "wiktionary-en-umb2015": 1.0,
    "apertium-eng-deu": 1.0,
}
"""Weight of a list's vote for a translation; other files in the folder are not read."""

Votes = dict[str, dict[str, float]]
"""Headword to translations with the sum of their votes."""

MAX_WORDS = 4
MAX_TRANSLATIONS = 3
FREQUENT = 500
"""So many of the commonest forms never get a hint: every model knows them."""

KNOWN = 12
"""Occurrences from which a compound is left to the model, which has seen it in context."""

ENOUGH = 400
"""Occurrences of a headword that are looked at to weigh its translations."""

TELLING = 10
"""Occurrences from which a meaning that never shows is taken to be wrong for this text."""

MIN_HEADS = 3
"""Different last parts that a first part must have been seen with."""

COMPOUND = 9
"""Letters from which a first part may be a compound itself, with two words for a meaning."""

PART_SAMPLE = 30
"""Occurrences of a compound that are looked at to learn the meaning of its parts."""

_HEADWORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-' ](?=[^\W\d_]))+")
_TRANSLATION = re.compile(r"[^\W\d_](?:[^\W_]|[-'. ](?=\w))*")
_VAGUE = re.compile(r"\b(?:sth|sb|so|one's|someone|somebody|something|oneself|etc|e\.g)\b", re.I)
_OBSCENE = re.compile(
    r"fuck|cunt|shit|piss|\bcocks?\b|dickhead|\bdick\b|\barse|asshole|blow ?job|whore|slut|nigg|"
    r"faggot|\bfag\b|bitch|wank|jerk off|\btits?\b|pussy|twat|bugger|bastard|\bcum\b|turd|"
    r"bollocks|motherf|\bprick\b|fart|\bcrap\b|\bpoof|\bdyke|negro|\bscrew\b.*\bup\b",
    re.I,
)


def clean(headword: str, translation: str) -> tuple[str, str] | None:
    """Return a pair fit for the dictionary, None for one that would do harm.

    >>> clean("sich erholen", "to recover")
    ('erholen', 'recover')
    >>> clean("Abk.", "abbr. (short)") is None
    True
    """
    headword = headword.strip().removeprefix("sich ")
    translation = re.sub(r"^(?:to|an?|the) (?=\w)", "", translation.strip())
    if not _HEADWORD.fullmatch(headword) or headword.count(" ") >= MAX_WORDS:
        return None
    if not _TRANSLATION.fullmatch(translation) or translation.count(" ") >= MAX_WORDS:
        return None
    if _VAGUE.search(translation) or _OBSCENE.search(translation):
        return None
    return headword, translation


def read_lists(folders: Iterable[Path]) -> Votes:
    """Return headword to translations with their votes, from the lists of some folders."""
    votes: Votes = defaultdict(lambda: defaultdict(float))
    settled: Votes = defaultdict(lambda: defaultdict(float))
    for path in sorted(path for folder in folders for path in folder.glob("*.tsv*")):
        name = path.name.split(".")[0]
        taken = settled if name == SETTLED else votes
        for line in read_pairs(path) if name in TRUST else ():
            for place, translation in enumerate(line.target.split("|")):
                pair = clean(line.source, translation)
                if pair is not None:
                    taken[pair[0]][pair[1]] += TRUST[name] * (1 - 0.2 * place)
    return {**votes, **settled}


class Evidence:
    """What the training text says: how often a word occurs, and beside which translation."""

    def __init__(self, votes: Votes) -> None:
        self.votes = votes
        self.lexicon = Lexicon(dict.fromkeys(votes, "-\t0"))
        self.parts = PartEvidence(votes)
        self.forms: Counter[str] = Counter()
        self.english: Counter[str] = Counter()
        self.occurrences: Counter[str] = Counter()
        self.copied: Counter[str] = Counter()
        self.beside: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self, pairs: Iterable[Pair]) -> None:
        """Count the words of the pairs."""
        for pair in pairs:
            tokens, reference = words(pair.source), Reference(pair.target)
            self.english.update(reference.words[1:])
            for _, _, entry in self.lexicon.phrases(tokens):
                self._weigh(entry.headword, reference)
            for token in tokens:
                self._count(token.text, token.first, reference)

    def _count(self, form: str, first: bool, reference: Reference) -> None:
        self.forms[form] += 1
        found = self.lexicon.lookup(form, first=first)
        if self.forms[form] > ENOUGH:
            if found is not None:
                self.occurrences[found.headword] += 1
            return
        if form[0].isupper():
            self.copied[form] += form in reference.words
            if self.forms[form] <= PART_SAMPLE:
                self.parts.read(form, reference)
        if found is not None:
            self._weigh(found.headword, reference)

    def _weigh(self, headword: str, reference: Reference) -> None:
        self.occurrences[headword] += 1
        if self.occurrences[headword] <= ENOUGH:
            for translation in self.votes.get(headword, ()):  # "Klägerin" may come of "Kläger"
                if reference.find(translation):
                    self.beside[headword][translation] += 1

    def ranked(self, headword: str) -> list[str]:
        """Return the translations, best first; none when the text never uses any of them."""
        votes, beside = self.votes[headword], self.beside[headword]
        seen = min(self.occurrences[headword], ENOUGH)
        settled = max(votes.values()) >= TRUST[SETTLED]
        if seen >= TELLING and not settled and not any(beside.values()):
            return []
        score: dict[str, float] = defaultdict(float)
        for translation, vote in votes.items():
            score[self.cased(translation)] += vote + 12 * beside[translation] / (seen + 6)
        order = sorted(score, key=lambda t: (t == headword, -score[t], len(t), t))
        return [t for t in order if score[t] >= score[order[0]] / 2][:MAX_TRANSLATIONS]

    def cased(self, translation: str) -> str:
        """Take back a capital that the list gave and English does not use."""
        first, space, rest = translation.partition(" ")
        usual = self.english[first.lower()] > self.english[first]
        goes_on = rest[:1].isupper()  # "New Zealand"
        given = not (usual and first.istitle()) or goes_on
        return translation if given else first.lower() + space + rest

    def is_name(self, form: str) -> bool:
        """Tell whether a form mostly stands in the English text unchanged."""
        seen = min(self.forms[form], ENOUGH)
        return seen >= 2 and self.copied[form] >= 0.5 * seen


class PartEvidence:
    """What the parts of compounds mean, learnt from the compounds of the training text.

    The word before a translation of the last part translates the first: "main station".
    """

    def __init__(self, votes: Votes) -> None:
        self._votes = votes
        self._splits: dict[str, list[tuple[str, str]]] = {}
        self.first: dict[str, Counter[str]] = defaultdict(Counter)
        self.seen: Counter[str] = Counter()
        self.heads: dict[str, set[str]] = defaultdict(set)
        self.last: dict[str, Counter[str]] = defaultdict(Counter)

    def read(self, form: str, reference: Reference) -> None:
        """Learn from one occurrence of a word that may be a compound."""
        if form not in self._splits:
            self._splits[form] = list(self._possible(form))
        for modifier, head in self._splits[form]:
            for translation in self._votes[head]:
                place = reference.find(translation)
                if place is None:
                    continue
                self.last[head][translation] += 1
                self.seen[modifier] += 1
                if place[0]:
                    before = reference.words[max(0, place[0] - 2) : place[0]]
                    self.first[modifier].update({before[-1], " ".join(before)})
                    self.heads[modifier].add(head)
                break

    def _possible(self, form: str) -> Iterator[tuple[str, str]]:
        """Yield the two longest heads with the letters before them, linking element included."""
        found = 0
        for i in range(3, len(form) - 3):
            noun = form[i:].capitalize()
            head = next((h for h in (noun, *noun_lemmas(noun)) if h in self._votes), "")
            if head and form.isalpha() and found < 2:
                found += 1
                yield form[:i].lower(), head

    def rows(self, evidence: Evidence) -> Iterator[tuple[str, str, int]]:
        """Yield ``haupt+ main`` and ``+Kampf fight`` with how often they were seen."""
        function_words = {w for w, _ in evidence.english.most_common(150) if len(w) < 6}
        learnt: dict[str, tuple[str, int]] = {}
        for modifier in sorted(self.first):
            best, count = _clearest(self.first[modifier], function_words, evidence)
            whole = " " not in best or len(modifier) >= COMPOUND
            clear = count >= max(5, 0.3 * self.seen[modifier])
            if whole and clear and len(self.heads[modifier]) >= MIN_HEADS:
                learnt[modifier] = best, count
        for modifier, (best, count) in learnt.items():
            shorter = (modifier[:i] for i in range(4, len(modifier) - 2))
            if " " in best or not any(start in learnt for start in shorter):
                yield f"{modifier}+", best, count.bit_length() + 3
        for head, counts in self.last.items():
            best = max(counts, key=lambda t: (counts[t], t))
            if counts[best] >= 5 and best not in evidence.ranked(head)[:1]:
                yield f"+{head}", best, evidence.occurrences[head].bit_length()


def _clearest(found: Counter[str], function_words: set[str], evidence: Evidence) -> tuple[str, int]:
    """Return what stood there most often, and both words where they mostly stood together."""
    cased: Counter[str] = Counter()
    for phrase, count in found.items():
        if function_words.isdisjoint(phrase.lower().split()) and phrase.replace(" ", "").isalpha():
            cased[evidence.cased(phrase)] += count
    ranked = sorted(cased.items(), key=lambda item: (-item[1], item[0]))
    best, count = next((item for item in ranked if " " not in item[0]), ("", 0))
    for phrase, together in ranked:
        if phrase.endswith(f" {best}") and together >= 0.6 * count:
            return phrase, together
    return best, count


def rows(evidence: Evidence) -> Iterator[tuple[str, str, int]]:
    """Yield headword, translations and bucket of every line of the dictionary."""
    common = [form for form, _ in evidence.forms.most_common(FREQUENT)]
    blank = {form.lower() for form in common if form[0].islower()}
    listed: dict[str, str] = {}
    for headword in evidence.votes:
        best = evidence.ranked(headword)
        name = evidence.is_name(headword) and headword not in best
        if " " not in headword or _is_term(headword, blank):
            listed[headword] = "" if name or headword in blank else "|".join(best)
    for headword in sorted(blank - listed.keys()):
        yield headword, "", 20
    seen = evidence.occurrences | _of_phrases(evidence.occurrences, listed)
    for headword, translations in sorted(listed.items()):
        yield headword, translations, seen[headword].bit_length()
    parts = list(evidence.parts.rows(evidence))
    yield from parts
    yield from _known(evidence, listed, parts)


def _of_phrases(occurrences: Counter[str], listed: Iterable[str]) -> Counter[str]:
    """Count phrases together that are forms of each other: the text cannot tell them apart."""
    keys = {p: tuple(map(stem, p.split(" "))) for p in {*occurrences, *listed} if " " in p}
    together: Counter[tuple[str, ...]] = Counter()
    for phrase, key in keys.items():
        together[key] += occurrences[phrase]
    return Counter({phrase: together[key] for phrase, key in keys.items()})


def _is_term(phrase: str, common: set[str]) -> bool:
    """Tell a term of several words, which has a noun, from an idiom or a scrap of a sentence."""
    first, *_, last = phrase.split(" ")
    edges = {first.lower(), last.lower()}
    return not edges & common and any(word[0].isupper() for word in phrase.split(" "))


def _known(
    evidence: Evidence, listed: dict[str, str], parts: list[tuple[str, str, int]]
) -> Iterator[tuple[str, str, int]]:
    """Yield names that look like a word or a compound, and compounds that the text teaches."""
    lines = {h: f"{t}\t{evidence.occurrences[h].bit_length()}" for h, t in listed.items()}
    draft = Lexicon(lines | {part: f"{t}\t{bucket}" for part, t, bucket in parts})
    for form, count in sorted(evidence.forms.items()):
        name = evidence.is_name(form)
        if form in listed or form.isupper() or not (name or count >= KNOWN):
            continue
        entry = draft.gloss(form)
        if entry is not None and entry.translation and (name or "+" in entry.headword):
            yield form, "", count.bit_length()


def build(folders: Iterable[Path], pairs: Iterable[Pair], out: Path) -> int:
    """Write the dictionary and return its number of lines.

    Args:
        folders: Hold the word lists (``TRUST`` names them).
        pairs: The training text.
        out: The file to write, ``.rows``.
    """
    evidence = Evidence(read_lists(folders))
    evidence.read(pairs)
    lines = sorted(f"{h}\t{t}\t{b}" for h, t, b in rows(evidence))
    write_table(out, in_sections(lines))
    return len(lines)
