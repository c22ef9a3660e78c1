"""From chosen sentences to a briefing: translated, cited, laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from summlib import __version__
from summlib.digest.agreement import Support
from summlib.digest.briefing import Citation, Entry, Source, Statement, Value
from summlib.digest.disagreement import Row
from summlib.digest.duplicates import witnesses
from summlib.digest.figures import Figure, agree, same_sort
from summlib.digest.layout import Digest
from summlib.digest.reading import Said
from summlib.digest.selection import Choice, Chooser, Pick, speaker_names
from summlib.digest.speakers import AUTHOR
from summlib.digest.wording import around, spell_unit, spell_value
from summlib.records import Summary
from summlib.rendering import Rendering
from summlib.text.lexicon import Lexicon
from summlib.text.units import unit_names
from summlib.translator import Translator

_ENTRIES = {"short": 8, "medium": 16, "long": 32}
_TABLED = ("amount", "count", "percent", "measure", "votes", "date", "month")
"""Kinds that are worth a line though one document alone has them."""

_WORTH_KNOWING = 0.4  # rank from which a sentence's figures are tabled though one document has them
_CITED = 40  # sentences cited for one statement at most; the count of witnesses is not cut


class Writer:
    """Turns what was chosen into statements and entries.

    Args:
        sentences: Of all documents.
        support: What bears them out.
        chooser: Knows witnesses and wordings.
        translator: Translates what is shown.
        lexicon: German words with their English, for speakers that are no persons.
        target_lang: Language of the briefing.
    """

    def __init__(
        self,
        sentences: Sequence[Said],
        support: Sequence[Support],
        chooser: Chooser,
        *,
        translator: Translator,
        lexicon: Lexicon | None,
        target_lang: str,
    ) -> None:
        self._sentences, self._support, self._chooser = sentences, support, chooser
        self._translator, self._lexicon, self._target = translator, lexicon, target_lang
        self._names = speaker_names(sentences)
        self._rendered: dict[str, Rendering] = {}

    def write(
        self, choice: Choice, rows: Sequence[Row], *, sources: Sequence[Source], length: str,
        notes: Sequence[str],
    ) -> Digest:  # fmt: skip
        """Return the briefing.

        Args:
            choice: The statements.
            rows: The figures side by side.
            sources: The documents as given.
            length: The length asked for, which also bounds the table.
            notes: What a reader should know.
        """
        picks = [*choice.agreed, *choice.positions, *choice.reported]
        shown = {p.wordings[0].number for p in picks}
        tabled = self._tabled(rows, shown, _ENTRIES.get(length, _ENTRIES["medium"]))
        leads = {id(row): self._lead(row, shown) for row in tabled}
        self._render([*(s for p in picks for s in p.wordings), *leads.values()])
        return Digest(
            agreed=tuple(map(self._statement, choice.agreed)),
            positions=tuple(map(self._statement, choice.positions)),
            reported=tuple(map(self._statement, choice.reported)),
            figures=tuple(self._entry(row, leads[id(row)]) for row in tabled),
            sources=tuple(sources),
            target_lang=self._target,
            signature=self._signature(length),
            notes=tuple(notes),
        )

    def write_summary(
        self,
        summary: Summary,
        document: int,
        rows: Sequence[Row],
        *,
        sources: Sequence[Source],
        length: str,
    ) -> Digest:
        """Return the briefing of a single document: its summary and its figures.

        Args:
            summary: What the summarizer made of it.
            document: Its number, from 0.
            rows: Its figures.
            sources: The documents as given.
            length: The length asked for.
        """
        made = self.write(Choice(), rows, sources=sources, length=length, notes=())
        said = tuple(
            Statement(
                s.text, tuple(Citation(document + 1, x) for x in s.sources), findings=s.findings
            )
            for s in summary.sentences
        )
        return replace(made, reported=said)

    def _signature(self, length: str) -> str:
        translated = any(s.lang != self._target for s in self._sentences)
        rest = self._translator.signature if translated else f"summlib-{__version__}"
        return f"digest|{length}|{rest}"

    def _render(self, said: Iterable[Said]) -> None:
        """Translate in one go what is not in the briefing's language."""
        lines = list(dict.fromkeys(s.line for s in said if s.lang != self._target))
        if lines:
            rendered = self._translator.render(lines)
            self._rendered.update(zip(lines, rendered, strict=True))

    def _rendering(self, said: Said) -> Rendering:
        return self._rendered.get(said.line) or Rendering(said.line)

    def _statement(self, pick: Pick) -> Statement:
        """Show the wording that the model rendered with the fewest errors and least doubt."""
        said = min(pick.wordings, key=self._doubt)
        rendering = self._rendering(said)
        return Statement(
            text=rendering.text,
            citations=self._citations(said),
            witnesses=self._chooser.witnesses(said),
            speaker=self._speaker(pick.speaker),
            findings=rendering.findings,
        )

    def _doubt(self, said: Said) -> tuple[int, float, int]:
        rendering = self._rendering(said)
        return (rendering.errors, -rendering.score, said.number)

    def _citations(self, said: Said) -> tuple[Citation, ...]:
        own = [said]
        others = [
            s
            for document, sentences in sorted(self._support[said.number].by.items())
            if document != said.document
            for s in sentences
        ]
        return tuple(_cite(s) for s in (*own, *others)[:_CITED])

    def _speaker(self, key: str) -> str:
        """Return how the briefing calls a speaker."""
        if not key:
            return ""
        if key.startswith(AUTHOR):
            number = int(key.removeprefix(AUTHOR)) + 1
            return (
                f"The writers of [{number}]"
                if self._target == "en"
                else f"Verfasser von [{number}]"
            )
        return self._in_target(self._names.get(key, key))

    def _in_target(self, name: str) -> str:
        """Translate the name of a body by the dictionary where it has it: Polizei, police."""
        if self._target != "en" or self._lexicon is None or " " in name:
            return name
        entry = self._lexicon.lookup(name)
        known = entry is not None and entry.translation and entry.headword[:1].isupper()
        return entry.translation if entry and known else name

    def _tabled(self, rows: Sequence[Row], shown: set[int], most: int) -> list[Row]:
        """Choose the rows of the table: contradictions, then what most documents state."""
        fit = [row for row in rows if self._fits(row, shown)]
        ranked = sorted(fit, key=lambda row: (-self._weight(row, shown), self._order(row)))[:most]
        return sorted(ranked, key=lambda row: (not row.differs, self._order(row)))

    def _fits(self, row: Row, shown: set[int]) -> bool:
        first, said = next(row.figures), self._said(row)
        if first.former or not _named(first) or not any(map(self._chooser.renders, said)):
            return False
        if row.differs or self._witnesses(row.values[0]) > 1:
            return True
        known = any(s.number in shown or s.rank >= _WORTH_KNOWING for s in said)
        return known and first.kind in _TABLED and not _lasts(first)

    def _said(self, row: Row) -> list[Said]:
        return [self._sentences[f.sentence] for f in row.figures]

    def _witnesses(self, figures: Sequence[Figure]) -> int:
        said = {self._sentences[f.sentence].document: self._sentences[f.sentence] for f in figures}
        return witnesses(list(said), [s.line for s in said.values()], self._chooser.groups)

    def _weight(self, row: Row, shown: set[int]) -> float:
        said = self._said(row)
        return (
            10 * row.differs
            + self._witnesses(list(row.figures))
            + max(s.rank for s in said)
            + 0.5 * any(s.number in shown for s in said)
        )

    def _order(self, row: Row) -> tuple[float, int]:
        first = self._sentences[next(row.figures).sentence]
        return (first.place, first.number)

    def _lead(self, row: Row, shown: set[int]) -> Said:
        """Return the sentence that says what a row is about."""
        disputed = self._sentences[row.disputed.sentence] if row.disputed else None
        if disputed and self._chooser.renders(disputed):
            return disputed
        able = [self._sentences[f.sentence] for f in row.values[0]]
        able = [s for s in able if self._chooser.renders(s)] or self._said(row)
        return min(
            able,
            key=lambda s: (
                s.lang != self._target, s.leans, s.number not in shown, len(s.line), s.number,
            ),
        )  # fmt: skip

    def _entry(self, row: Row, lead: Said) -> Entry:
        text = self._rendering(lead).text
        figure = next(f for f in row.figures if f.sentence == lead.number)
        return Entry(
            about=around(text, figure, self._target),
            kind=figure.kind,
            values=tuple(self._value(value, row, lead, text) for value in row.values),
        )

    def _value(self, figures: Sequence[Figure], row: Row, lead: Said, text: str) -> Value:
        first = next((f for f in figures if f.sentence == lead.number), figures[0])
        unit = spell_unit(
            next(f for f in row.figures if f.sentence == lead.number),
            self._target,
            rendered=text,
            source_lang=lead.lang,
            lexicon=self._lexicon,
        )
        cited = sorted({f.sentence for f in figures})[:_CITED]
        return Value(
            value=spell_value(first, self._target),
            unit=unit,
            citations=tuple(_cite(self._sentences[n]) for n in cited),
            speaker=self._giver(figures) if row.differs else "",
            note=self._given_up(first, row),
        )

    def _giver(self, figures: Sequence[Figure]) -> str:
        """Name who gives a figure, where all sentences that name somebody name the same."""
        speakers = [self._sentences[f.sentence].speaker for f in figures]
        keys = {s.key for s in speakers if s and s.how == "source"}
        if len(keys) != 1:
            return ""
        giver = next(s for s in speakers if s and s.key in keys)
        name = self._in_target(self._names.get(giver.key, giver.name))
        if self._target == "de":
            return f"laut {name}"
        return f"according to {name if giver.person else f'the {name}'}"

    def _given_up(self, figure: Figure, row: Row) -> str:
        """Say that a document which gives another figure takes this one back."""
        for other in row.figures:
            said = self._sentences[other.sentence]
            if any(
                f.former and same_sort(f, figure, langs=(said.lang, said.lang)) and agree(f, figure)
                for f in said.figures
            ):
                number = said.document + 1
                return (
                    f"no longer, says [{number}]"
                    if self._target == "en"
                    else f"laut [{number}] überholt"
                )
        return ""


def _named(figure: Figure) -> bool:
    """Tell whether a figure says enough for a table: a lone month does not."""
    return not (figure.kind == "month" and not figure.value[0])


def _lasts(figure: Figure) -> bool:
    """Tell a length of time: "fifty years" is mostly a manner of speaking."""
    return dict(unit_names().values()).get(figure.unit) == "time"


def _cite(said: Said) -> Citation:
    return Citation(said.document + 1, said.source)
