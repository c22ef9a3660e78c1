"""Sentences in the form the engine reads: prepared, with stand-ins and hints.

One sentence can be drafted in several ways; the renderer tries the next when
the first did not come out well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from summlib.adequacy import TranslationTable
from summlib.names import KnownWords, find_dateline, find_names, is_genitive
from summlib.records import Span
from summlib.text.blocks import find_blocks
from summlib.text.casing import is_shouted, lower
from summlib.text.conjugation import inflect
from summlib.text.glossary import Glossary
from summlib.text.layout import find_protected
from summlib.text.lexicon import Entry, Hint, Lexicon, annotate
from summlib.text.masks import MOST, Masked, find_numbers, mask
from summlib.text.paraphrases import paraphrase
from summlib.text.participles import participle_last
from summlib.text.prepare import prepare_around
from summlib.text.ranges import ranges_last
from summlib.text.senses import find_senses
from summlib.text.subject import subject_first
from summlib.text.told import find_told, in_number
from summlib.text.verbmasks import BARE, Block, Frame, Lemma, Told, german_frame, is_verb
from summlib.text.verbs import listed_verb, verb_gloss, verb_hints

RARE_VERB = 6
"""Largest bucket of a verb that goes through in English from the first decoding: up to 63
occurrences. With 8 the lines concerned lose a BLEU point, with 6 they gain a little."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence in the form one attempt gives to the engine.

    Args:
        source: The sentence as given.
        text: What the engine reads.
        originals: What the stand-ins in ``text`` stand for.
        shouted: Whether the translation is to be raised to capitals.
    """

    source: str
    text: str
    originals: tuple[str, ...] = ()
    shouted: bool = False


@dataclass(frozen=True, slots=True)
class StandIn:
    """What stands for a word: its English, and how the stand-in is written in German."""

    english: Told
    frame: Frame = BARE


class Drafter:
    """Draft sentences for a model that was trained on prepared text.

    Args:
        known: Words the model has learned; decides which names are masked.
        hints: Returns the dictionary's hints for a prepared sentence; those of the
            glossary alone when not given.
        table: Knows how single words are rendered.
        verbs: Whether the model carries stand-ins for verbs (``summlib.text.verbmasks``).
    """

    def __init__(
        self,
        *,
        known: KnownWords | None = None,
        hints: Callable[[str, Glossary], list[Hint]] | None = None,
        table: TranslationTable | None = None,
        verbs: bool = False,
    ) -> None:
        self.verbs = verbs
        self.known = known or KnownWords(Path())
        self.hints = hints or (lambda text, glossary: [])
        self.table = table or TranslationTable(Path(), Lexicon({}))

    def draft(self, sentence: str, glossary: Glossary, *, every_number: bool = False) -> Draft:
        """Draft a sentence with stand-ins for names, numbers and listed terms, and with hints.

        Args:
            sentence: As given.
            glossary: Its terms become hints.
            every_number: Whether short numbers get a stand-in as well.
        """
        text, spans, shouted = self._masks(sentence, glossary, every_number=every_number)
        masked = _masked(text, spans, self._terms(text, spans, glossary))
        hinted = annotate(masked.text, self.hints(masked.text, glossary))
        return Draft(sentence, hinted, masked.originals, shouted)

    def dateline(self, sentence: str) -> tuple[str, str]:
        """Return what a news agency puts before a sentence, in German and in English.

        A sentence reads worse behind it: "zwei Jahre und neun Monate" became "two and
        nine months". Both are empty where a sentence opens otherwise, or with a word that
        may be no place.
        """
        match = find_dateline(sentence)
        if match is None:
            return "", ""
        place, shouted = match["place"], match["place"].isupper()
        entry = self.table.lexicon.lookup(place.title() if shouted else place)
        english = entry.translation if entry else self.table.gloss(place) or place
        # A noun that no dictionary has is a place more often than anything else.
        unheard = english == place and bool(match["date"] or match["agency"] or " " not in place)
        if not (english[:1].isupper() if entry else unheard):
            return "", ""
        english = english.upper() if shouted else english
        rest = match[0][len(place) :]
        if match["month"]:
            rest = rest.replace(match["month"], self.table.gloss(match["month"]))
        return match[0], english + _ORDINAL.sub("", rest)

    def enforced(self, sentence: str, glossary: Glossary) -> Draft:
        """Draft a sentence with stand-ins for the terms of the glossary.

        The model carries them through where it did not follow a hint; the
        price is that the term stands as the glossary gives it, without ending.
        """
        text, spans, shouted = self._masks(sentence, glossary)
        terms = {term.span: StandIn(Told(term.target)) for term in glossary.find(text)}
        spans = [s for s in spans if _is_free(s, terms)]
        masked = _masked(text, spans, terms)
        return Draft(sentence, masked.text, masked.originals, shouted)

    def bare(self, sentence: str) -> Draft:
        """Draft a sentence with numbers prepared and nothing else."""
        shouted = is_shouted(sentence)
        read = lowered(sentence, None) if shouted else sentence
        return Draft(sentence, prepare_around(read, find_protected(read))[0], (), shouted)

    def told(self, sentence: str, glossary: Glossary, words: Iterable[str]) -> Draft | None:
        """Draft a sentence so that the model is told how to render some of its words.

        Nouns, adjectives and, where the model knows such, verbs go through it as
        stand-ins for their English, which it copies more surely than it follows a
        hint; other words get a hint.

        Args:
            sentence: As given.
            glossary: Its terms become hints.
            words: Words of the sentence that an earlier attempt left out.

        Returns:
            The draft, or None where the rendering of none of the words is known.
        """
        text, spans, shouted = self._masks(sentence, glossary)
        terms = self._terms(text, spans, glossary)
        verbs = {w: g for w in words if (g := verb_gloss(w) or self._opening_verb(text, w))}
        glosses = {w: g for w in words if (g := verbs.get(w) or self.table.gloss(w))}
        plain = self._plain_verbs(text, words) if self.verbs else {}
        if not (glosses or plain):
            return None
        taken = _merge(spans, [*terms, *plain], len(text))
        found = {**plain, **self._stand_ins(text, glosses, taken)}
        masked = _masked(text, spans, {**found, **terms})
        others = [w for w in glosses if w not in {span.of(text) for span in found}]
        hints = self._hints(masked.text, glossary, {w: glosses[w] for w in others})
        return Draft(sentence, annotate(masked.text, hints), masked.originals, shouted)

    def unfronted(self, sentence: str, glossary: Glossary) -> Draft | None:
        """Draft a sentence that opens with a participle with it at the end of its clause.

        Returns:
            The draft, or None for a sentence that opens otherwise.
        """
        moved = participle_last(sentence)
        if moved == sentence:
            return None
        return replace(self.draft(moved, glossary), source=sentence)

    def marked(self, sentence: str, glossary: Glossary) -> Draft | None:
        """Draft a sentence so that its first noun can only be the subject.

        "Die Forscherin leitet das Institut" does not show who leads what, "Der ⟨mask⟩1
        leitet das Institut" does.

        Returns:
            The draft, or None where the first noun is not in the singular or not known.
        """
        text, spans, shouted = self._masks(sentence, glossary)
        match = _SINGULAR.match(text)
        gloss = self.table.gloss(match["noun"]) if match else ""
        if match is None or not gloss:
            return None
        terms = self._terms(text, spans, glossary)
        terms.setdefault(Span(*match.span("noun")), StandIn(Told(gloss)))
        masked = _masked(f"Der{text[len('Die') :]}", spans, terms)
        hinted = annotate(masked.text, self.hints(masked.text, glossary))
        return Draft(sentence, hinted, masked.originals, shouted)

    def _masks(
        self, sentence: str, glossary: Glossary, *, every_number: bool = False
    ) -> tuple[str, list[Span], bool]:
        """Prepare a sentence; return also what in it gets a stand-in, and whether it shouted."""
        shouted = is_shouted(sentence)
        meant = _meant(lowered(sentence, glossary) if shouted else sentence, glossary)
        read = glossary.exchange(meant)
        text, protected = prepare_around(read, find_protected(read))
        text = text if protected else ranges_last(subject_first(text))
        names = [] if shouted else find_names(text, self.known)
        free = _merge(names, find_numbers(text, every=every_number), len(text))
        free = [s for s in free if not glossary.covers(s.of(text))]
        return text, _merge(protected, free, len(text)), shouted

    def _terms(self, text: str, spans: Sequence[Span], glossary: Glossary) -> dict[Span, StandIn]:
        """Return where words stand that are told in English, as many as stand-ins are left."""
        taken = [*spans, *(term.span for term in glossary.find(text))]
        found = {
            Span(h.start, h.end): StandIn(Told(h.translation))
            for h in find_told(text, self.table.lexicon)
        }
        if self.verbs:
            words = {Span(h.start, h.end) for h in verb_hints(text, rare=RARE_VERB)}
            # A verb may look like an adjective, too; where its clause tells its sense, that counts.
            found |= {span: verb for span in words if (verb := self._listed_verb(span.of(text)))}
            plain = self._plain_verbs(text, [span.of(text) for span in words])
            found |= {span: verb for span, verb in plain.items() if span in words}
        blocks = {Span(h.start, h.end): StandIn(Block(h.translation)) for h in find_blocks(text)}
        found = {s: word for s, word in found.items() if _is_free(s, blocks)} | blocks
        free = ((s, word) for s, word in sorted(found.items(), key=_start) if _is_free(s, taken))
        return dict(islice(free, max(0, MOST - len(spans))))

    def _listed_verb(self, word: str) -> StandIn | None:
        return self._verb(word, self.table.lexicon.lookup(word))

    def _plain_verbs(self, text: str, words: Iterable[str]) -> dict[Span, StandIn]:
        """Return the verbs of some words whose clause says which sense they have."""
        found: dict[Span, StandIn] = {}
        for sense in find_senses(text):
            word = text[sense.start : sense.end]
            frame = german_frame(word, sense.infinitive) if word in words else None
            if frame and is_verb(sense.english):
                found[Span(sense.start, sense.end)] = StandIn(Lemma(sense.english), frame)
        return found

    def _stand_ins(
        self, text: str, glosses: Mapping[str, str], spans: Sequence[Span]
    ) -> dict[Span, StandIn]:
        """Return the words that can go through in English, as many as stand-ins are left."""
        room = MOST - len(spans)
        found: dict[Span, StandIn] = {}
        for word, gloss in glosses.items():
            span = _find(text, word)
            free = span is not None and len(found) < room and _is_free(span, [*spans, *found])
            told = self._stand_in(text, span, gloss) if span and free else None
            if span and told:
                found[span] = told
        return found

    def _opening_verb(self, text: str, word: str) -> str:
        """Return the English of a verb that opens a sentence and has its capital for that alone."""
        opens = word and _find(text, word) == Span(0, len(word))
        return "" if not opens or self.table.is_common(word) else verb_gloss(word.lower())

    def _stand_in(self, text: str, span: Span, gloss: str) -> StandIn | None:
        """Return what stands for a word, None for one that had better be hinted at."""
        word = span.of(text)
        if word[0].isupper() and (span.start or self.table.is_common(word)):
            return StandIn(Told(self._in_number(text, span, gloss)))
        word = word[0].lower() + word[1:]  # the first one has its capital for another reason
        entry = self.table.lexicon.lookup(word)
        if entry is not None and entry.headword[0].isupper():
            return StandIn(Told(self._in_number(text, span, gloss)))
        verb = self._verb(word, entry) if self.verbs else None
        if verb or entry is None or not _ADJECTIVE.fullmatch(word.removeprefix(entry.headword)):
            return verb
        infinitive = word == entry.headword and word.endswith("n")
        return None if infinitive else StandIn(Told(gloss))

    def _verb(self, word: str, entry: Entry | None) -> StandIn | None:
        """Return what stands for a verb, None where it is none that is known."""
        infinitive, english = listed_verb(word), verb_gloss(word)
        if entry and not infinitive and entry.headword.endswith("n"):
            # Of several translations the one that people chose most often for this form.
            learnt, listed = self.table.gloss(word), (entry.translation, *entry.others)
            chosen = (lemma for lemma in listed if learnt in inflect(lemma).values())
            infinitive, english = entry.headword, next(chosen, entry.translation)
        frame = german_frame(word, infinitive) if infinitive else None
        return StandIn(Lemma(english), frame) if frame and is_verb(english) else None

    def _in_number(self, text: str, span: Span, gloss: str) -> str:
        """Return the plural of a noun's gloss where one stands for plurals, too."""
        entry = self.table.lexicon.gloss(span.of(text))
        # What was learnt for this very form stands in its number already.
        if entry and gloss in (entry.translation, self.table.gloss(entry.headword)):
            return in_number(text, span, replace(entry, translation=gloss), self.table.lexicon)
        return gloss

    def _hints(self, text: str, glossary: Glossary, glosses: dict[str, str]) -> list[Hint]:
        """Return the hints of the glossary, those for some words, and the dictionary's."""
        found = ((_find(text, word), gloss) for word, gloss in glosses.items())
        told = [Hint(span.start, span.end, gloss) for span, gloss in found if span]
        hints: list[Hint] = []
        for hint in (*glossary.hints(text), *told, *self.hints(text, glossary)):
            if all(hint.end <= h.start or hint.start >= h.end for h in hints):
                hints.append(hint)
        return hints


_ORDINAL = re.compile(r"(?<=\d)\.(?= )")
"""The point of "3. März"."""

_ADJECTIVE = re.compile(r"(?:e[nrsm]?)?")
"""Endings behind an adjective as it stands in the dictionary."""


_SINGULAR = re.compile(
    r"(?:Die|Das) (?:[a-zäöüß]+e ){0,2}(?P<noun>[A-ZÄÖÜ][\wäöüß-]+)"
    r"(?: (?:des|der|eines|einer) (?:[a-zäöüß]+ ){0,2}[A-ZÄÖÜ][\wäöüß-]+)? [a-zäöüß]+[a-mo-zß](?= )"
)
"""A sentence whose verb has the ending of the singular."""


def _masked(text: str, spans: Sequence[Span], told: Mapping[Span, StandIn]) -> Masked:
    """Put stand-ins for what is copied and for what is told, the latter in English."""
    places = _merge(spans, sorted(told, key=lambda s: s.start), len(text))
    masked = mask(text, places, {span: word.frame for span, word in told.items()})
    english = (told[s].english if s in told else _copied(text, s) for s in places[:MOST])
    return Masked(masked.text, tuple(english))


def _copied(text: str, span: Span) -> str:
    """Return a name as it goes into English, in the genitive with its apostrophe."""
    name = span.of(text)
    return f"{name[:-1]}'s" if is_genitive(text, span.start, span.end) else name


def lowered(sentence: str, glossary: Glossary | None) -> str:
    """Lower a sentence in capitals; acronyms of the glossary keep theirs."""
    terms = glossary.find(sentence) if glossary else []
    return lower(sentence, keep=[term.span for term in terms])


def _find(text: str, word: str) -> Span | None:
    match = re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)
    return Span(*match.span()) if match else None


def _start(item: tuple[Span, object]) -> int:
    return item[0].start


def _is_free(span: Span, taken: Iterable[Span]) -> bool:
    return all(span.end <= t.start or span.start >= t.end for t in taken)


def _merge(first: Sequence[Span], second: Sequence[Span], length: int) -> list[Span]:
    """Return the spans of both in order; where two overlap the first list's wins."""
    taken = bytearray(length + 1)
    for span in first:
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    free = [s for s in second if not any(taken[s.start : s.end])]
    return sorted([*first, *free], key=lambda s: s.start)


def _meant(sentence: str, glossary: Glossary) -> str:
    """Return a sentence in plainer words, unless a term of the glossary got lost in them."""
    plain = paraphrase(sentence)
    return plain if len(glossary.find(plain)) >= len(glossary.find(sentence)) else sentence
