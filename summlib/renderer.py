"""Sentences in, checked sentences out: the heart of the translator.

Each sentence is prepared (numbers, quotation marks, capitals), what must be
copied goes through as stand-ins, dictionary hints are added, and all go to
the engine in one call. Of the beam's hypotheses the best one without a fault
wins; a sentence where none is without fault is decoded again in other ways,
and the reading with the fewest faults is kept, its faults reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from summlib.checks import check_pair
from summlib.engines.base import Engine, Options, Output
from summlib.faults import find_faults
from summlib.names import KnownWords, find_names
from summlib.records import Finding, Span
from summlib.repair import repair_numbers
from summlib.text.casing import is_shouted, lower, shout
from summlib.text.clauses import split_clauses
from summlib.text.finish import finish
from summlib.text.glossary import Glossary
from summlib.text.layout import find_protected
from summlib.text.masks import find_numbers, kept, mask, unmask
from summlib.text.prepare import prepare, prepare_around

UNSURE = -0.75
"""Mean log-probability per piece below which the model is unsure of a sentence. On 750
lines of three development sets three fifths lie below, with a mean chrF of 46, and the
rest above, with 59."""

_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Rendering:
    """One translated sentence.

    Args:
        text: The translation.
        score: Mean log-probability per piece.
        findings: What is wrong with it, as far as the checks see.
        truncated: Whether the engine hit a limit.
    """

    text: str
    score: float = 0.0
    findings: tuple[Finding, ...] = ()
    truncated: bool = False

    @property
    def errors(self) -> int:
        """Count the findings that would mislead a reader."""
        return sum(finding.severity == "error" for finding in self.findings)


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


@dataclass(frozen=True)
class Languages:
    """Source and target of a pair."""

    source: str = "de"
    target: str = "en"


class Renderer:
    """Translate sentences and vouch for each.

    Args:
        engine: What generates.
        languages: Source and target.
        prepared: Whether the engine was trained on prepared text (numbers the
            English way, stand-ins, hints); other engines read plain sentences.
        known: Words the model has learned; decides which names are masked.
        hint: Adds dictionary hints to a prepared sentence.
        options: Beam and the like.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        languages: Languages,
        prepared: bool = False,
        known: KnownWords | None = None,
        hint: Callable[[str, Glossary], str] | None = None,
        options: Options | None = None,
    ) -> None:
        self.engine, self.languages, self.prepared = engine, languages, prepared
        self.known, self.hint = known or KnownWords(Path()), hint
        self.options = options or Options(hypotheses=4)

    def render(
        self, sentences: Sequence[str], *, glossary: Glossary | None = None
    ) -> list[Rendering]:
        """Translate sentences, each by itself, in one batch.

        Args:
            sentences: Without line breaks; blank ones and bare numbers are copied.
            glossary: Terms whose translation is given.

        Returns:
            One rendering for each sentence, in order.
        """
        glossary = glossary or Glossary({})
        wanted = list(dict.fromkeys(s for s in sentences if _LETTER.search(s)))
        best = dict.fromkeys(sentences, Rendering(""))
        best.update({s: self._copy(s) for s in sentences if not _LETTER.search(s)})
        best.update(self._first(wanted, glossary))
        for attempt in (self._without_numbers, self._without_loops, self._bare):
            faulty = [s for s in wanted if best[s].errors] if self.prepared else []
            for sentence, rendering in attempt(faulty, glossary).items():
                if rendering.errors < best[sentence].errors:
                    best[sentence] = rendering
        best.update({s: self._repaired(s, best[s], glossary) for s in wanted if best[s].errors})
        return [best[s] for s in sentences]

    def _copy(self, sentence: str) -> Rendering:
        """Copy what holds no word; bare numbers are written the English way."""
        return Rendering(prepare(sentence) if self.prepared else sentence)

    def _first(self, sentences: list[str], glossary: Glossary) -> dict[str, Rendering]:
        """Decode all, the ones too long for the model in parts."""
        drafts = [self._draft(s, glossary) for s in sentences]
        lengths = self.engine.lengths([d.text for d in drafts])
        limit = self.engine.max_length
        fitting = [d for d, n in zip(drafts, lengths, strict=True) if n <= limit]
        rendered = self._decode(fitting, glossary, self.options)
        for draft, length in zip(drafts, lengths, strict=True):
            if length > limit:
                rendered[draft.source] = self._in_parts(draft.source, length, glossary)
        return rendered

    def _in_parts(self, sentence: str, length: int, glossary: Glossary) -> Rendering:
        """Translate a sentence beyond the model's positions clause by clause."""
        limit = self.engine.max_length
        parts = self._parts(sentence, length, glossary)
        drafts = [self._draft(p, glossary) for p in parts]
        rendered = self._decode(drafts, glossary, self.options)
        pieces = [rendered[p] for p in parts]
        text = " ".join(p.text for p in pieces)
        message = (
            f"the sentence has {length} pieces, the model reads {limit}: split into {len(parts)}"
        )
        # What a part's finding says of a place is no longer true of the whole.
        unplaced = [f for p in pieces for f in p.findings if not (f.source or f.target)]
        return Rendering(
            text=text,
            score=sum(p.score for p in pieces) / len(pieces),
            findings=(
                Finding("split", message, "warning"),
                *unplaced,
                *(self._compare(sentence, text, glossary) if self.prepared else ()),
            ),
            truncated=any(p.truncated for p in pieces),
        )

    def _parts(self, sentence: str, length: int, glossary: Glossary) -> list[str]:
        """Split a sentence until the engine can read each part, however dense it is."""
        limit = self.engine.max_length
        if length <= limit or len(sentence) < 2:
            return [sentence]
        chars = max(1, len(sentence) * limit * 2 // (3 * length))
        if " " in sentence:  # no word is cut as long as there are spaces left
            chars = max(chars, *map(len, sentence.split(" ")))
        parts = split_clauses(sentence, max_chars=chars)
        lengths = self.engine.lengths([self._draft(p, glossary).text for p in parts])
        pairs = zip(parts, lengths, strict=True)
        return [smaller for p, n in pairs for smaller in self._parts(p, n, glossary)]

    def _without_numbers(self, sentences: list[str], glossary: Glossary) -> dict[str, Rendering]:
        """Decode once more with a stand-in for every number, however short."""
        drafts = [self._draft(s, glossary, every_number=True) for s in sentences]
        return self._decode([d for d in drafts if self._fits(d)], glossary, self.options)

    def _repaired(self, sentence: str, rendering: Rendering, glossary: Glossary) -> Rendering:
        """Put wrong numbers right where the checks name both places, if that helps."""
        text = repair_numbers(sentence, rendering.text, rendering.findings)
        if text == rendering.text:
            return rendering
        unplaced = [f for f in rendering.findings if not (f.source or f.target)]
        note = Finding(
            "repaired", f'a number was put right; decoded was "{rendering.text}"', "warning"
        )
        findings = (note, *unplaced, *self._compare(sentence, text, glossary))
        repaired = replace(rendering, text=text, findings=findings)
        return repaired if repaired.errors < rendering.errors else rendering

    def _without_loops(self, sentences: list[str], glossary: Glossary) -> dict[str, Rendering]:
        """Decode once more with a ban on repeated runs and a wider beam."""
        options = replace(
            self.options,
            no_repeat_ngram=4,
            repetition_penalty=1.1,
            beam_size=max(6, self.options.beam_size),
            hypotheses=max(6, self.options.hypotheses),
        )
        drafts = [self._draft(s, glossary) for s in sentences]
        return self._decode([d for d in drafts if self._fits(d)], glossary, options)

    def _bare(self, sentences: list[str], glossary: Glossary) -> dict[str, Rendering]:
        """Decode without stand-ins and hints: now and then they are what confuses."""
        drafts = [self._draft(s, None) for s in sentences]
        return self._decode([d for d in drafts if self._fits(d)], glossary, self.options)

    def _fits(self, draft: Draft) -> bool:
        return self.engine.lengths([draft.text])[0] <= self.engine.max_length

    def _draft(
        self, sentence: str, glossary: Glossary | None, *, every_number: bool = False
    ) -> Draft:
        """Give a sentence the form the engine reads; None for the barest one."""
        if not self.prepared:
            return Draft(sentence, sentence)
        shouted = is_shouted(sentence)
        read = _lowered(sentence, glossary) if shouted else sentence
        read = glossary.exchange(read) if glossary else read
        text, protected = prepare_around(read, find_protected(read))
        if glossary is None:
            return Draft(sentence, text, (), shouted)
        names = [] if shouted else find_names(text, self.known)
        free = _merge(names, find_numbers(text, every=every_number), len(text))
        free = [s for s in free if not glossary.covers(s.of(text))]
        masked = mask(text, _merge(protected, free, len(text)))
        hinted = self.hint(masked.text, glossary) if self.hint else masked.text
        return Draft(sentence, hinted, masked.originals, shouted)

    def _decode(
        self, drafts: list[Draft], glossary: Glossary, options: Options
    ) -> dict[str, Rendering]:
        outputs = self.engine.generate([d.text for d in drafts], options=options)
        return {
            draft.source: self._choose(draft, hypotheses, glossary)
            for draft, hypotheses in zip(drafts, outputs, strict=True)
        }

    def _choose(self, draft: Draft, hypotheses: list[Output], glossary: Glossary) -> Rendering:
        """Return the first hypothesis without an error, or the one with fewest."""
        best: Rendering | None = None
        for output in hypotheses:
            rendering = self._judge(draft, output, glossary)
            if best is None or rendering.errors < best.errors:
                best = rendering
            if not best.errors:
                break
        return best or Rendering("")

    def _judge(self, draft: Draft, output: Output, glossary: Glossary) -> Rendering:
        source, text = draft.source, output.text
        if not self.prepared:
            return Rendering(text, output.score, tuple(find_faults(source, text)), output.truncated)
        text = finish(unmask(text, draft.originals), source=source)
        findings = find_faults(source, text)
        if not kept(output.text, len(draft.originals)) or not _holds_protected(source, text):
            findings.append(Finding("copied", "something to be copied through was lost"))
        if output.score < UNSURE:
            findings.append(Finding("unsure", "the model is unsure; read the source", "warning"))
        read = _lowered(source, glossary) if draft.shouted else source
        findings += self._compare(read, text, glossary)
        if draft.shouted:
            text = shout(text)
        return Rendering(text, output.score, tuple(findings), output.truncated)

    def _compare(self, source: str, target: str, glossary: Glossary) -> list[Finding]:
        """Return what the glossary and the checks find in a pair."""
        found = check_pair(
            source,
            target,
            source_lang=self.languages.source,
            target_lang=self.languages.target,
        )
        return [*glossary.missing(source, target), *found]


def _lowered(sentence: str, glossary: Glossary | None) -> str:
    """Lower a sentence in capitals; acronyms of the glossary keep theirs."""
    terms = glossary.find(sentence) if glossary else []
    return lower(sentence, keep=[term.span for term in terms])


def _holds_protected(source: str, target: str) -> bool:
    """Tell whether all addresses, placeholders and the like of the source are in the target."""
    return all(span.of(source) in target for span in find_protected(source))


def _merge(first: Sequence[Span], second: Sequence[Span], length: int) -> list[Span]:
    """Return the spans of both in order; where two overlap the first list's wins."""
    taken = bytearray(length + 1)
    for span in first:
        taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    free = [s for s in second if not any(taken[s.start : s.end])]
    return sorted([*first, *free], key=lambda s: s.start)
