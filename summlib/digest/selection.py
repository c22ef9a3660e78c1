"""Which sentences of many documents make the briefing."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from summlib.digest.agreement import Memory, Support
from summlib.digest.disagreement import Row
from summlib.digest.duplicates import witnesses
from summlib.digest.reading import Said
from summlib.digest.speakers import AUTHOR
from summlib.selector import Budget

AGREED, POSITIONS = 0.5, 0.8
"""Share of the room from which agreement, and from which positions as well, take no more."""

_WORDINGS = 3  # wordings of one statement of which the surest translation is shown
_IN_TARGET = 0.3  # what it is worth that a sentence needs no translation
_LEANING = 0.3  # what a pronoun at its head costs a sentence that stands under its speaker
_PER_SPEAKER = 3
_REPEAT = 1.5  # what it costs to say again all that has been said


@dataclass(frozen=True, slots=True)
class Pick:
    """A statement of the briefing before it is translated.

    Args:
        wordings: Sentences that say it, the preferred first; one of them is shown.
        speaker: Key of who says it, empty for the documents.
    """

    wordings: tuple[Said, ...]
    speaker: str = ""


@dataclass(slots=True)
class Choice:
    """What was chosen, chapter by chapter."""

    agreed: list[Pick] = field(default_factory=list)
    positions: list[Pick] = field(default_factory=list)
    reported: list[Pick] = field(default_factory=list)


class Room:
    """How much of the length asked for is filled.

    Args:
        words: Words there are in all, infinite when sentences are counted.
        sentences: Sentences there are in all, infinite when words are counted.
    """

    def __init__(self, words: float, sentences: float) -> None:
        self.words, self.sentences = words, sentences
        self.filled_words = self.filled_sentences = 0

    def open(self, share: float) -> bool:
        """Return whether less than a share of the room is filled."""
        few = self.filled_sentences < math.ceil(share * min(self.sentences, 10**9))
        return few and self.filled_words < share * self.words

    def fill(self, said: Said) -> None:
        """Count a sentence."""
        self.filled_words += said.line.count(" ") + 1
        self.filled_sentences += 1


def make_room(budget: Budget, *, words: int, documents: int) -> Room:
    """Return how much a digest may hold.

    A named length grows with the number of documents: there is more to say.

    Args:
        budget: The length asked for.
        words: Words of all documents that are no repeats.
        documents: Number of these documents.
    """
    room = budget.words(words)
    if budget.unit == "named":
        room = min(room * (1 + math.log2(max(1, documents)) / 2), max(words / 2, 1))
    return Room(room, budget.sentences)


class Chooser:
    """Picks statements, the best backed first, each once.

    Args:
        sentences: Of all documents.
        support: What bears them out.
        groups: For each document the one whose words it repeats, or itself.
        rows: The figures side by side.
        target_lang: Language of the briefing.
    """

    def __init__(
        self,
        sentences: Sequence[Said],
        support: Sequence[Support],
        groups: Sequence[int],
        rows: Sequence[Row],
        *,
        target_lang: str,
    ) -> None:
        self.sentences, self.support, self.groups = sentences, support, groups
        self.target_lang = target_lang
        self.memory = Memory(sentences, support)
        self._contested = {f.sentence for row in rows if row.differs for f in row.figures}
        self._witnesses: dict[int, int] = {}

    def choose(self, room: Room) -> Choice:
        """Return the statements that fill the room."""
        choice = Choice()
        free = [s for s in self.sentences if s.whole and self.renders(s)]
        told = [s for s in free if not _voice(s)]
        choice.agreed = self._agreed(told, room)
        choice.positions = self._positions([s for s in free if _voice(s)], room)
        choice.reported = self._reported(told, room)
        return choice

    def renders(self, said: Said) -> bool:
        """Return whether a sentence can be shown: English is not translated to German."""
        return said.lang == self.target_lang or said.lang == "de"

    def witnesses(self, said: Said) -> int:
        """Return how many documents say it in words of their own."""
        if said.number not in self._witnesses:
            by = self.support[said.number].by
            texts = [" ".join(s.line for s in sentences) for sentences in by.values()]
            self._witnesses[said.number] = witnesses(list(by), texts, self.groups)
        return self._witnesses[said.number]

    def _worth(self, said: Said) -> float:
        in_target = _IN_TARGET * (said.lang == self.target_lang)
        return math.log2(1 + self.witnesses(said)) + said.rank + in_target

    def _agreed(self, told: Sequence[Said], room: Room) -> list[Pick]:
        """Pick what two or more documents say in words of their own."""
        backed = [s for s in told if len(self.support[s.number].by) > 1 and not s.leans]
        backed = [s for s in backed if s.number not in self._contested and self.witnesses(s) > 1]
        return sorted(self._fill(backed, room, AGREED), key=self._place)

    def _fill(self, candidates: Sequence[Said], room: Room, share: float) -> list[Pick]:
        """Take the worthiest until a share of the room is filled, less what they repeat.

        Worth only falls, so a heap with values that may be out of date serves:
        what comes up is valued anew and put back if it fell (Minoux 1978).
        """
        heap = [(-self._worth(s), s.number) for s in candidates]
        heapq.heapify(heap)
        picks = []
        while heap and room.open(share):
            value, number = heapq.heappop(heap)
            said = self.sentences[number]
            if self.memory.repeats(number):
                continue
            now = _REPEAT * self.memory.share(number) - self._worth(said)
            if now > value + 1e-9:
                heapq.heappush(heap, (now, number))
                continue
            picks.append(self._take(said, room))
        return picks

    def _take(self, said: Said, room: Room, *, speaker: str = "") -> Pick:
        self.memory.take([said.number])
        room.fill(said)
        return Pick((said, *self._wordings(said)), speaker)

    def _wordings(self, said: Said) -> list[Said]:
        """Return other sentences that say the same, borne out by as many."""
        backed = [s for s in self.support[said.number].by.values() if len(s) == 1]
        others = [
            s
            for (s,) in backed
            if s.line != said.line
            and s.whole
            and not s.leans
            and _voice(s) == _voice(said)
            and self.renders(s)
            and said.document in self.support[s.number].by
            and self.witnesses(s) >= self.witnesses(said)
        ]
        return sorted(others, key=lambda s: (-self._worth(s), s.number))[: _WORDINGS - 1]

    def _place(self, pick: Pick) -> tuple[float, int]:
        """Order by where documents say it on average: news tells the main thing first."""
        said = pick.wordings[0]
        places = [s[0].place for s in self.support[said.number].by.values()]
        return (round(sum(places) / len(places), 3), said.number)

    def _positions(self, voiced: Sequence[Said], room: Room) -> list[Pick]:
        """Pick what speakers say: first one sentence of each, then the next of each."""
        queues: dict[str, list[Said]] = {}
        for said in voiced:
            if not said.leans or _pronoun_only(said):
                queues.setdefault(_speaker_key(said), []).append(said)
        for queue in queues.values():
            queue.sort(key=lambda s: (-self._worth(s) + _LEANING * s.leans, s.number))
        order = sorted(queues, key=lambda k: (k.startswith(AUTHOR), -self._renown(queues[k]), k))
        picks: list[Pick] = []
        for _ in range(_PER_SPEAKER):
            for key in order:
                following = self._next(queues[key])
                if following and room.open(POSITIONS):
                    picks.append(self._take(following, room, speaker=key))
        return sorted(picks, key=lambda p: (order.index(p.speaker), p.wordings[0].number))

    def _renown(self, queue: Sequence[Said]) -> float:
        """Rank a speaker by the number of documents, then by what matters most."""
        groups = {self.groups[s.document] for s in queue}
        return 10 * len(groups) + max(self._worth(s) for s in queue)

    def _next(self, queue: list[Said]) -> Said | None:
        while queue:
            said = queue.pop(0)
            if not self.memory.repeats(said.number):
                return said
        return None

    def _reported(self, told: Sequence[Said], room: Room) -> list[Pick]:
        """Pick what matters most of the rest."""
        rest = [s for s in told if not s.leans and s.number not in self._contested]
        return sorted(self._fill(rest, room, 1.0), key=lambda p: p.wordings[0].number)


def _voice(said: Said) -> str:
    return said.speaker.key if said.speaker and said.speaker.how == "says" else ""


def _speaker_key(said: Said) -> str:
    key = _voice(said)
    return f"{AUTHOR}{said.document}" if key == AUTHOR else key


def _pronoun_only(said: Said) -> bool:
    """Tell whether a sentence leans on the one before by "er" or "sie" alone."""
    return said.line.split()[0].lower() in ("er", "sie", "he", "she", "they")


def speaker_names(sentences: Iterable[Said]) -> dict[str, str]:
    """Return for each speaker the fullest name that any document gives.

    Args:
        sentences: Of all documents.
    """
    names: dict[str, str] = {}
    for said in sentences:
        if said.speaker is None or said.speaker.key == AUTHOR:
            continue
        known = names.get(said.speaker.key, "")
        if (said.speaker.name.count(" "), len(said.speaker.name)) > (known.count(" "), len(known)):
            names[said.speaker.key] = said.speaker.name
    return names
