"""What a generated sentence rests on in the document, through all levels, and its checks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from summlib.checks import check_pair
from summlib.engines.base import Engine, Output
from summlib.prose import Prose
from summlib.records import Finding
from summlib.routes import Route
from summlib.support import find_support
from summlib.windows import Window

WIDENED = 6
"""Sentences looked through for what a check found without support."""


@dataclass(frozen=True, slots=True)
class Node:
    """A sentence of some level: of the document, or of a summary of a part of it.

    Args:
        text: The sentence.
        sources: The numbers of the document's sentences it rests on, the strongest first.
        findings: What is wrong with it.
    """

    text: str
    sources: tuple[int, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """Count the findings that would mislead a reader."""
        return sum(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as one model reads it.

    Args:
        prose: The document's sentences.
        lines: The same in the language the model reads.
        route: The languages it passes through.
    """

    prose: Prose
    lines: tuple[str, ...]
    route: Route


def trace(
    reading: Reading,
    nodes: Sequence[Node],
    members: Sequence[int],
    sentence: str,
    attention: Mapping[int, float],
) -> Node:
    """Find what a sentence rests on, on its level and from there in the document, and check it.

    Args:
        reading: The document.
        nodes: The level the sentence was made from.
        members: The numbers of those that the model read.
        sentence: What it wrote.
        attention: For each member, by its place in ``members``, the share of
            the model's attention.
    """
    lang = reading.route.model
    picked = find_support(
        sentence, [nodes[i].text for i in members], lang=lang, attention=attention
    )
    below = [nodes[members[n]] for n in picked] or [nodes[i] for i in members]
    numbers = list(dict.fromkeys(number for node in below for number in node.sources))
    if not picked or any(len(node.sources) > 1 for node in below):
        lines = [reading.lines[number] for number in numbers]
        numbers = [numbers[n] for n in find_support(sentence, lines, lang=lang) or [0]]
    node = Node(sentence, tuple(numbers))
    node = replace(node, findings=tuple(check(reading, node)))
    if node.errors:
        node = _widened(reading, node, [number for i in members for number in nodes[i].sources])
    if picked:
        return node
    message = "no sentence of the document shares words with it; read the document"
    note = Finding("unsupported", message, "warning")
    return replace(node, findings=(*node.findings, note))


def _widened(reading: Reading, node: Node, near: Sequence[int]) -> Node:
    """Add the sources that hold what a check found without support."""
    numbers = sorted({*near} - {*node.sources})
    lines = [reading.lines[number] for number in numbers]
    for n in find_support(node.text, lines, lang=reading.route.model, most=WIDENED):
        wider = replace(node, sources=(*node.sources, numbers[n]))
        wider = replace(wider, findings=tuple(check(reading, wider)))
        if wider.errors < node.errors:
            node = wider
    return node


def check(reading: Reading, node: Node, *, lang: str | None = None) -> list[Finding]:
    """Return what the checks find in a sentence, against the sentences it rests on.

    Args:
        reading: The document.
        node: The sentence.
        lang: Its language; by default the one the model writes.
    """
    numbers = sorted(node.sources)
    found = check_pair(
        " ".join(reading.prose.lines[number] for number in numbers),
        node.text,
        source_lang=reading.route.source,
        target_lang=lang or reading.route.model,
        direction="target",
    )
    # A place in several sentences strung together is a place in none of them.
    return found if len(numbers) == 1 else [replace(f, source=None) for f in found]


def share_attention(
    engine: Engine, window: Window, sentences: Sequence[str], output: Output
) -> list[dict[int, float]]:
    """Return for each sentence the share of its pieces that look at each member.

    Pieces are told apart by counting those of each part and each sentence;
    where pieces join differently the borders are off by one or two.
    """
    order = {member: n for n, member in enumerate(window.members)}
    added = engine.lengths([""])[0]
    read = [order[part.member] for part in window.parts for _ in range(part.pieces)]
    spoken = [max(1, n - added) for n in engine.lengths(sentences)]
    wrote = [n for n, count in enumerate(spoken) for _ in range(count)]
    counts: list[dict[int, float]] = [{} for _ in sentences]
    for target, source in output.alignment:
        place = source - (added - 1)  # all that is added but the end stands before the text
        if 0 <= place < len(read) and target < len(wrote):
            shares = counts[wrote[target]]
            shares[read[place]] = shares.get(read[place], 0.0) + 1 / spoken[wrote[target]]
    return counts
