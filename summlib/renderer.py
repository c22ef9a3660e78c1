"""Sentences in, checked sentences out: the heart of the translator.

Each sentence is prepared (numbers, quotation marks, capitals), what must be
copied goes through as stand-ins, dictionary hints are added, and all go to
the engine in one call. Of the beam's hypotheses the best one without a fault
wins; a sentence where none is without fault is decoded again in other ways,
and the reading with the fewest faults is kept, its faults reported.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from summlib.checks import check_pair
from summlib.comparison import NOTHING, Adequacy
from summlib.drafts import Draft, Drafter, lowered
from summlib.engines.base import Engine, Options, Output
from summlib.faults import find_faults, find_lost, stands_in_told
from summlib.records import Finding
from summlib.rendering import Languages, Rendering
from summlib.repair import repair_numbers
from summlib.rereading import Rereader
from summlib.text.capitals import restore_capitals
from summlib.text.casing import shout
from summlib.text.clauses import split_clauses
from summlib.text.finish import finish
from summlib.text.finite import lacks_verb
from summlib.text.glossary import Glossary
from summlib.text.language import identify
from summlib.text.masks import unmask
from summlib.text.paraphrases import paraphrase
from summlib.text.prepare import prepare
from summlib.text.rewording import reverses
from summlib.trust import FirstReading, joined, shortness
from summlib.turned import turns_round

ENGLISH = 0.97
"""Confidence from which a sentence is taken for English; none of 4,995 German lines reaches it."""

PART = 128
"""Sentences that go to the engine together."""

ROUNDS = 2
"""Times that a sentence is decoded anew because words are left out."""

CHECKED = frozenset({"de", "en"})
"""Languages that the checks read."""

_LETTER = re.compile(r"[^\W\d_]")


class Renderer:
    """Translate sentences and vouch for each.

    Args:
        engine: What generates.
        languages: Source and target.
        drafter: Gives sentences the form the engine was trained on; without
            one it reads them as they are.
        options: Beam and the like.
        retries: Whether to decode again what came out badly.
        checked: Whether to compare each pair; with a drafter they always are.
        parallel: Calls of the engine that may run side by side.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        languages: Languages,
        drafter: Drafter | None = None,
        options: Options | None = None,
        retries: bool = True,
        checked: bool = False,
        parallel: int = 1,
    ) -> None:
        self.engine, self.languages, self.drafter = engine, languages, drafter
        self.options = options or Options(hypotheses=4)
        self.retries, self.checked = retries, checked or drafter is not None
        self.parallel = parallel

    def render(
        self,
        sentences: Sequence[str],
        *,
        glossary: Glossary | None = None,
        reread: bool = True,
    ) -> list[Rendering]:
        """Translate sentences, each by itself, in one batch.

        Args:
            sentences: Without line breaks; blank ones and bare numbers are copied.
            glossary: Terms whose translation is given.
            reread: Whether doubted sentences are read in other ways as well.

        Returns:
            One rendering for each sentence, in order.
        """
        glossary = glossary or Glossary({})
        heads = [self._dateline(s, glossary) for s in sentences]
        bodies = [s[len(german) :] for s, (german, _) in zip(sentences, heads, strict=True)]
        rendered = self._reader(reread=reread)(bodies, glossary)
        found = [rendered[s].vouched(s) if self.drafter else rendered[s] for s in bodies]
        return [r.behind(*head) for r, head in zip(found, heads, strict=True)]

    def _fitting(self, drafts: Sequence[Draft]) -> list[Draft]:
        """Return the drafts that the engine can read whole."""
        lengths = self.engine.lengths([d.text for d in drafts]) if drafts else []
        return [d for d, n in zip(drafts, lengths, strict=True) if n <= self.engine.max_length]

    def _reader(self, *, reread: bool) -> Callable[[Sequence[str], Glossary], dict[str, Rendering]]:
        """Return what renders sentences: in several ways where they are doubted, if there are."""
        if not self.drafter or not self.retries or self.languages != Languages("de", "en"):
            return self._render
        is_common = self.drafter.table.is_common
        return Rereader(self._render, self._judged_as, is_common, otherwise=reread)

    def _judged_as(self, sentence: str, rendering: Rendering, glossary: Glossary) -> Rendering:
        """Return a rendering of the same in other words as one of a sentence."""
        text = rendering.text
        unplaced = [f for f in rendering.findings if not (f.source or f.target)]
        found = (*find_faults(sentence, text), *self._compare(sentence, text, glossary))
        return replace(
            rendering,
            findings=(*dict.fromkeys((*unplaced, *found)),),
            adequacy=self._adequacy(sentence, text),
            verbless=self._loses_verb(sentence, text),
            shortness=shortness(sentence, text),
        )

    def _dateline(self, sentence: str, glossary: Glossary) -> tuple[str, str]:
        """Return what stands before a sentence and is translated apart, and its English."""
        if not self.drafter or self.languages != Languages("de", "en"):
            return "", ""
        german, english = self.drafter.dateline(sentence)
        return ("", "") if german and glossary.find(german) else (german, english)

    def _render(self, sentences: Sequence[str], glossary: Glossary) -> dict[str, Rendering]:
        best = {s: self._copy(s) for s in sentences if not _LETTER.search(s)}
        best |= {s: Rendering(s) for s in sentences if s not in best and self._is_english(s)}
        wanted = [s for s in dict.fromkeys(sentences) if s not in best]
        best.update(self._first(wanted, glossary))
        if self.drafter:
            self._improve(best, wanted, glossary, self.drafter)
        return best

    def _improve(
        self, best: dict[str, Rendering], wanted: list[str], glossary: Glossary, drafter: Drafter
    ) -> None:
        """Decode again, in other ways, what left words out or came out wrong."""
        unlike = [s for s in wanted if any(f.kind == "glossary" for f in best[s].findings)]
        enforced = [drafter.enforced(s, glossary) for s in unlike]
        self._retry(best, enforced, glossary, self.options)
        if self.retries:
            self._tell(best, wanted, glossary, drafter)
            verbless = [drafter.bare(s) for s in wanted if best[s].verbless and not best[s].errors]
            self._retry(best, verbless, glossary, self._careful())
            self._correct(best, wanted, glossary, drafter)
        best.update({s: self._repaired(s, best[s], glossary) for s in wanted if best[s].errors})

    def _tell(
        self, best: dict[str, Rendering], wanted: list[str], glossary: Glossary, drafter: Drafter
    ) -> None:
        """Decode again with the words told that were left out, and those left out then.

        What is turned round is decoded with its subject marked in the same calls, what
        opens with a participle in another order.
        """
        told: dict[str, list[str]] = {s: [] for s in wanted}
        moved = [drafter.unfronted(s, glossary) for s in wanted if best[s].suspect]
        self._retry(best, [d for d in moved if d], glossary, self.options)
        for _ in range(ROUNDS):
            new = {s: [w for w in best[s].to_tell(s) if w not in told[s]] for s in wanted}
            for sentence, words in new.items():
                told[sentence] += words
            drafts = [drafter.told(s, glossary, told[s]) for s, words in new.items() if words]
            drafts += [drafter.marked(s, glossary) for s in wanted if best[s].turned]
            self._retry(best, [d for d in drafts if d], glossary, self.options)

    def _correct(
        self, best: dict[str, Rendering], wanted: list[str], glossary: Glossary, drafter: Drafter
    ) -> None:
        """Decode again what would mislead a reader."""
        for every_number, options in ((True, self.options), (False, self._careful())):
            faulty = [s for s in wanted if best[s].errors]
            drafts = [drafter.draft(s, glossary, every_number=every_number) for s in faulty]
            self._retry(best, drafts, glossary, options)
        # Now and then stand-ins and hints are what confuses.
        bare = [drafter.bare(s) for s in wanted if best[s].errors]
        self._retry(best, bare, glossary, self.options)

    def _retry(
        self,
        best: dict[str, Rendering],
        drafts: Sequence[Draft],
        glossary: Glossary,
        options: Options,
    ) -> None:
        """Decode drafts and keep what beats the reading so far."""
        for sentence, rendering in self._decode(self._fitting(drafts), glossary, options):
            if rendering.beats(best[sentence]):
                best[sentence] = replace(rendering, first=best[sentence].first)

    def _careful(self) -> Options:
        """Return options with a ban on repeated runs and a wider beam."""
        width = max(6, self.options.beam_size)
        return replace(
            self.options,
            no_repeat_ngram=4,
            repetition_penalty=1.1,
            beam_size=width,
            hypotheses=width,
        )

    def _is_english(self, sentence: str) -> bool:
        """Tell an English sentence of a German page, which a translation would only spoil."""
        if not self.drafter or self.languages != Languages("de", "en"):
            return False
        guess = identify(sentence)
        return guess.lang == "en" and guess.confidence >= ENGLISH

    def _copy(self, sentence: str) -> Rendering:
        """Copy what holds no word; bare numbers are written the English way."""
        return Rendering(prepare(sentence) if self.drafter else sentence)

    def draft(self, sentence: str, glossary: Glossary) -> Draft:
        """Return a sentence in the form that the engine reads first."""
        if self.drafter:
            return self.drafter.draft(sentence, glossary)
        return Draft(sentence, sentence)

    def _first(self, sentences: list[str], glossary: Glossary) -> dict[str, Rendering]:
        """Decode all, the ones too long for the model in parts."""
        drafts = [self.draft(s, glossary) for s in sentences]
        lengths = self.engine.lengths([d.text for d in drafts])
        limit = self.engine.max_length
        fitting = [d for d, n in zip(drafts, lengths, strict=True) if n <= limit]
        rendered = dict(self._decode(fitting, glossary, self.options))
        for draft, length in zip(drafts, lengths, strict=True):
            if length > limit:
                rendered[draft.source] = self._in_parts(draft.source, length, glossary)
        return rendered

    def _in_parts(self, sentence: str, length: int, glossary: Glossary) -> Rendering:
        """Translate a sentence beyond the model's positions clause by clause."""
        limit = self.engine.max_length
        parts = self._parts(sentence, length, glossary)
        drafts = [self.draft(p, glossary) for p in parts]
        rendered = dict(self._decode(drafts, glossary, self.options))
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
                *(self._compare(sentence, text, glossary) if self.checked else ()),
            ),
            truncated=any(p.truncated for p in pieces),
            adequacy=self._adequacy(sentence, text),
            first=joined(p.first for p in pieces),
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
        lengths = self.engine.lengths([self.draft(p, glossary).text for p in parts])
        pairs = zip(parts, lengths, strict=True)
        return [smaller for p, n in pairs for smaller in self._parts(p, n, glossary)]

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

    def _decode(
        self, drafts: Sequence[Draft], glossary: Glossary, options: Options
    ) -> list[tuple[str, Rendering]]:
        """Decode drafts in parts: one is judged while the engine works at the next.

        Returns:
            Sentences with their renderings; one that was drafted twice stands there twice.
        """
        if len(drafts) > PART:  # the engine sorts what it gets, but only that
            drafts = sorted(drafts, key=lambda d: -len(d.text))  # so none waits for a long one
        parts = [drafts[i : i + PART] for i in range(0, len(drafts), PART)]
        rendered: list[tuple[str, Rendering]] = []
        pool = ThreadPoolExecutor(self.parallel)
        try:
            generate = self.engine.generate
            running = [pool.submit(generate, [d.text for d in p], options=options) for p in parts]
            for part, future in zip(parts, running, strict=True):
                for draft, hypotheses in zip(part, future.result(), strict=True):
                    rendered.append((draft.source, self._choose(draft, hypotheses, glossary)))
        finally:
            pool.shutdown(cancel_futures=True)
        return rendered

    def _choose(self, draft: Draft, hypotheses: list[Output], glossary: Glossary) -> Rendering:
        """Return the best hypothesis without an error, or the one with fewest."""
        waiting = deque(sorted(hypotheses, key=lambda output: -output.score))
        read: list[Rendering] = []
        best: Rendering | None = None
        while waiting or read:
            # Quality is the score less what is found wrong: what scores lower need not be read.
            while waiting and not (read and read[0].quality >= waiting[0].score):
                insort(read, self.read(draft, waiting.popleft()), key=lambda r: -r.quality)
            rendering = self._judge(draft, read.pop(0), glossary)
            if best is None or rendering.errors < best.errors:
                best = rendering
            if not best.errors:
                break
        return best or Rendering("")

    def read(self, draft: Draft, output: Output) -> Rendering:
        """Turn what the engine wrote into English, stand-ins put back."""
        if not self.drafter:
            return Rendering(output.text, output.score, (), output.truncated)
        text = finish(unmask(output.text, draft.originals), source=draft.source)
        lookup = self.drafter.table.lexicon.lookup
        text = restore_capitals(text, source=draft.source, lookup=lookup)
        return Rendering(
            text,
            output.score,
            find_lost(output.text, draft.originals, draft.source, text),
            output.truncated,
            self._adequacy(draft.source, text),
            self._loses_verb(draft.source, text),
            turns_round(paraphrase(draft.source), text, self.drafter.table),
            shortness(draft.source, text),
            FirstReading(output.total, output.score, len(draft.originals))
            if output.total
            else None,
        )

    def _adequacy(self, source: str, target: str) -> Adequacy:
        """Compare what the model was given to read with what it wrote."""
        if not self.drafter:
            return NOTHING
        meant = paraphrase(source)
        return self.drafter.table.compare(meant, target).placed(meant, source)

    def _loses_verb(self, source: str, target: str) -> bool:
        return self.languages == Languages("de", "en") and lacks_verb(source, target)

    def _judge(self, draft: Draft, reading: Rendering, glossary: Glossary) -> Rendering:
        """Return a reading with what the guards and the checks find."""
        source, text = draft.source, reading.text
        findings = [*reading.findings, *find_faults(source, text)]
        if self.drafter and reverses(source, text):
            findings.append(Finding("negation", '"erst" came out as "not"'))
        if not self.checked:
            return replace(reading, findings=tuple(findings))
        read = lowered(source, glossary) if draft.shouted else source
        found = self._compare(read, text, glossary)
        findings += [f for f in found if not stands_in_told(f, text, draft.originals)]
        return replace(
            reading, text=shout(text) if draft.shouted else text, findings=tuple(findings)
        )

    def _compare(self, source: str, target: str, glossary: Glossary) -> list[Finding]:
        """Return what the glossary and the checks find in a pair."""
        found = glossary.missing(source, target)
        langs = self.languages
        if {langs.source, langs.target} <= CHECKED:
            found += check_pair(source, target, source_lang=langs.source, target_lang=langs.target)
        return found
