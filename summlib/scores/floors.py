"""Floors: what was measured once and must not get worse unseen.

``python -m summlib.scores.floors`` measures seeds/ and the behaviours and writes
``tests/floors.json``; a floor that would sink is refused without ``--lower``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from summlib.scores.behaviours import FOLDER, score_behaviours
from summlib.scores.references import score_seeds
from summlib.translator import Translator

ROOT = Path(__file__).resolve().parents[2]

EPSILONS = (
    ("ROUGE", 0.6, "another processor rounds int8 products otherwise and turns a few words"),
    ("behaviours", 2.0, "plain instead of vector instructions turned four of the 202 sentences"),
    ("facts kept", 1.5, "three facts of some two hundred may fall to another rounding"),
    ("errors found", 4.0, "one sentence in 25 may fall to another rounding"),
    ("unsupported", 2.2, "one more number in the 45 or so sentences of all summaries"),
    ("turned round", 0.0, "a statement turned round is never tolerated"),
)
"""Part of a figure's name, how far it may move, and why."""


@dataclass(frozen=True, slots=True)
class Floor:
    """What a figure was and how far it may move; ``at_most`` for figures that should be low."""

    name: str
    measured: float
    epsilon: float
    reason: str
    at_most: bool = False

    def holds(self, value: float) -> bool:
        """Tell whether ``value`` is no worse than the floor allows."""
        if self.at_most:
            return value <= self.measured + self.epsilon
        return value >= self.measured - self.epsilon

    def __str__(self) -> str:
        sign = "<=" if self.at_most else ">="
        limit = self.measured + self.epsilon if self.at_most else self.measured - self.epsilon
        return f"{sign} {limit:.2f} (measured {self.measured}, {self.reason})"


def read_floors(path: Path) -> list[Floor]:
    """Read the floors of a file."""
    table = json.loads(path.read_text(encoding="utf-8"))
    return [Floor(name=name, **floor) for name, floor in table["floors"].items()]


def measure(translator: Translator) -> dict[str, float]:
    """Return every figure that has a floor, by its name.

    Args:
        translator: Translates seeds/ and the behaviours.
    """

    def translate(sources: list[str]) -> list[str]:
        return [rendering.text for rendering in translator.render(sources)]

    accepted = score_behaviours(translate)[-1].score.value
    figures = score_seeds(ROOT / "seeds", translator)
    return {**figures, "behaviours accepted %": round(accepted, 2)}


def references_sha256(folder: Path, pattern: str = "*/*") -> str:
    """Return one digest over all references of a folder.

    Args:
        folder: Laid out like seeds/.
        pattern: Which of its files count.
    """
    digest = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def digests() -> dict[str, str]:
    """Return the digests that belong to the floors of this checkout, by their keys."""
    return {
        "references_sha256": references_sha256(ROOT / "seeds"),
        "behaviours_sha256": references_sha256(FOLDER, "*.toml"),
    }


def make_floor(name: str, value: float) -> Floor:
    """Return the floor of a figure just measured."""
    epsilon, reason = next((e, r) for part, e, r in EPSILONS if part in name)
    at_most = not any(part in name for part in ("ROUGE", "kept", "accepted"))
    return Floor(name, value, epsilon, reason, at_most)


def sunk(old: Mapping[str, Floor], new: Mapping[str, Floor]) -> list[str]:
    """Return the names whose new floor is lower than the old one."""
    both = [(floor, new[name]) for name, floor in old.items() if name in new]
    return [
        then.name
        for then, now in both
        if (now.measured > then.measured if then.at_most else now.measured < then.measured)
    ]


def write_floors(path: Path, floors: Mapping[str, Floor], *, references: Mapping[str, str]) -> None:
    """Write floors with the digests of the references they belong to."""
    table = {
        name: {
            "measured": floor.measured,
            "epsilon": floor.epsilon,
            "reason": floor.reason,
            "at_most": floor.at_most,
        }
        for name, floor in floors.items()
    }
    content = {**references, "floors": table}
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Measure and write; return 1 when a floor would sink."""
    parser = argparse.ArgumentParser(description="Measure and write tests/floors.json.")
    parser.add_argument("--lower", action="store_true", help="allow floors to sink")
    options = parser.parse_args()
    path = ROOT / "tests" / "floors.json"
    new = {name: make_floor(name, value) for name, value in measure(Translator()).items()}
    old = {floor.name: floor for floor in read_floors(path)} if path.is_file() else {}
    worse = sunk(old, new)
    for name, floor in new.items():
        sys.stdout.write(f"{name:50} {floor.measured:8.2f}{'  SINKS' if name in worse else ''}\n")
    if worse and not options.lower:
        sys.stdout.write("not written: some would sink; --lower writes them all the same\n")
        return 1
    write_floors(path, new, references=digests())
    return 0


if __name__ == "__main__":
    sys.exit(main())
