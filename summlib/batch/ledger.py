"""What of a run is done, and its unfinished files: safe against ``kill -9`` at any moment.

A ledger keeps a journal, to which one line is appended and synced for each
group of documents, and a draft of each output that is not whole. The order is
what makes it safe: drafts are synced before the journal speaks of them, and a
whole draft moves to its place after the journal said so. Opening the ledger
again cuts each draft to the length the journal knows and moves those that were
whole, so that nothing is done twice, lost or doubled (write-ahead logging, as
databases do it).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePath
from typing import IO, Any

from summlib.errors import InputError

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one input is.

    Args:
        stamp: What tells whether it is still the same: its size and time, or a digest.
        place: The output that its results go to.
        records: Its documents that are done or failed.
        done: Those that are done.
        failed: Those that failed.
        unfaithful: Those done in which a check found an error.
        complete: Whether it has no more documents.
        error: What went wrong with it as a whole.
    """

    stamp: str = ""
    place: str = ""
    records: int = 0
    done: int = 0
    failed: int = 0
    unfaithful: int = 0
    complete: bool = False
    error: dict[str, str] | None = None


class Ledger:
    """The journal and the drafts of one kind of run.

    Args:
        folder: Where they stand; made when it is not there.
        root: The folder that the names of outputs start from.
        signature: What decides the results; each signature has a journal of its own.
        fresh: Whether to forget what an earlier run did.

    Raises:
        InputError: Another process works there.
        OSError: The folder cannot be written.
    """

    def __init__(self, folder: Path, root: Path, *, signature: str, fresh: bool = False) -> None:
        self.folder, self.root, self.signature = folder, root, signature
        self.inputs: dict[str, Progress] = {}
        self.sizes: dict[str, int] = {}
        self.whole: set[str] = set()
        self.made: set[str] = set()
        self.finished = self.used = False
        (folder / "drafts").mkdir(parents=True, exist_ok=True)
        self._lock = _locked(folder / "lock")
        digest = hashlib.sha256(signature.encode()).hexdigest()[:16]
        self._path = folder / f"journal-{digest}.jsonl"
        self._file = open(self._path, "a+b")  # noqa: SIM115
        if fresh:
            self._file.truncate(0)
        self._recover()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; what is done stays known."""
        self._file.close()
        self._lock.close()

    def discard(self) -> None:
        """Remove journal and drafts: the run is over and its output stands."""
        shutil.rmtree(self.folder)

    def commit(
        self,
        inputs: Mapping[str, Progress],
        outputs: Mapping[str, str],
        *,
        whole: Collection[str] = (),
    ) -> None:
        """Make a group's results lasting, all or none.

        Memory stays flat: what is complete is known to the journal only, and so
        are the names of whole outputs, until the ledger is opened again.

        Args:
            inputs: How far each input of the group is now.
            outputs: What is added to each output, named from the root.
            whole: The outputs that are complete with this.

        Raises:
            OSError: Something cannot be written; the ledger knows nothing of the group then.
        """
        sizes = {place: self._extend(place, text) for place, text in outputs.items()}
        line = {
            "inputs": {key: _brief(progress) for key, progress in inputs.items()},
            "outputs": sizes,
            "whole": sorted(whole),
        }
        self._append(line)
        self._apply(line)
        for place in whole:
            self._move(place)
            self.sizes.pop(place)
        self.whole.difference_update(whole)
        for key, progress in inputs.items():
            if progress.complete and not progress.error:
                del self.inputs[key]

    def reset(self, place: str) -> None:
        """Begin an output anew."""
        self._append({"reset": place})
        self._apply({"reset": place})
        self._draft(place).unlink(missing_ok=True)

    def owns(self, place: str) -> bool:
        """Tell whether an earlier run with this signature made that output."""
        return place in self.made

    def finish(self) -> None:
        """Note that every input was seen to; more may be committed later all the same."""
        if not self.finished:
            self._append({"finished": True})
            self.finished = True

    def restart(self) -> None:
        """Forget all, but not which outputs were made by runs like this one."""
        for entry, _ in self._entries():
            self.made.update(_made_by(entry))
        self._file.truncate(0)
        for known in (self.inputs, self.sizes, self.whole):
            known.clear()
        self._append({"format": FORMAT, "signature": self.signature, "made": sorted(self.made)})
        self.finished = self.used = False

    def _recover(self) -> None:
        good, lost = 0, list[str]()
        for entry, length in self._entries():
            self._apply(entry)
            self.made.update(_made_by(entry))
            good += length
        self._file.truncate(good)
        if not good:
            self._append({"format": FORMAT, "signature": self.signature})
        for place, size in self.sizes.items():
            draft = self._draft(place)
            if place in self.whole and draft.exists():
                self._move(place)
            elif place not in self.whole and not _holds(draft, size):
                lost.append(place)
        for place in lost:  # a hand other than ours took the draft away
            self.reset(place)

    def _entries(self) -> Iterator[tuple[dict[str, Any], int]]:
        """Yield what the journal says from its beginning on, and the bytes of each line."""
        self._file.seek(0)
        for line in self._file:
            entry = _read_entry(line)
            if entry is None:
                return  # the write that the kill came into, or what a power cut left behind it
            yield entry, len(line)

    def _apply(self, line: Mapping[str, Any]) -> None:
        self.used = self.used or bool(line.get("inputs"))
        for key, fields in line.get("inputs", {}).items():
            progress = fields if isinstance(fields, Progress) else Progress(**fields)
            self.inputs[key] = progress
        self.sizes.update(line.get("outputs", {}))
        self.whole.difference_update(line.get("outputs", {}))
        self.whole.update(line.get("whole", ()))
        self.finished = line.get("finished", False)
        if "reset" in line:
            self.sizes.pop(line["reset"], None)
            self.whole.discard(line["reset"])
            for key in [k for k, p in self.inputs.items() if p.place == line["reset"]]:
                del self.inputs[key]

    def _append(self, line: Mapping[str, Any]) -> None:
        # Escaped, because names need not be valid Unicode.
        self._file.write(json.dumps(line).encode("ascii") + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _draft(self, place: str) -> Path:
        name = hashlib.sha256(place.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        return self.folder / "drafts" / name

    def _extend(self, place: str, text: str) -> int:
        """Add to a draft behind what the journal knows of it; return its new length."""
        known = 0 if place in self.whole else self.sizes.get(place, 0)
        data = text.encode("utf-8", "surrogatepass")
        with open(self._draft(place), "r+b" if known else "wb") as file:
            file.seek(known)
            file.truncate()
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return known + len(data)

    def _move(self, place: str) -> None:
        draft, target = self._draft(place), (self.root / place).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            draft.chmod(target.stat().st_mode)
        os.replace(draft, target)


def _made_by(entry: Mapping[str, Any]) -> list[str]:
    """Return the outputs that an entry of the journal says are whole, now or before."""
    return [*entry.get("whole", ()), *entry.get("made", ())]


def _read_entry(line: bytes) -> dict[str, Any] | None:
    """Return what a line of the journal says, None where it is torn or damaged.

    After a power cut a file may end in zeros or in another file's bytes; what
    stands behind them was not synced, and its work is done again.
    """
    try:
        entry = json.loads(line) if line.endswith(b"\n") else None
        return entry if isinstance(entry, dict) and _is_sound(entry) else None
    except (ValueError, TypeError, RecursionError):
        return None


def _is_sound(entry: Mapping[str, Any]) -> bool:
    """Tell whether the fields of an entry are of the types that ``commit`` writes."""
    inputs, outputs = entry.get("inputs", {}), entry.get("outputs", {})
    if not (isinstance(inputs, dict) and isinstance(outputs, dict)):
        return False
    places = [*entry.get("whole", ()), *entry.get("made", ()), entry.get("reset", "")]
    places += [Progress(**fields).place for fields in inputs.values()]
    return all(map(_stays_inside, places)) and all(
        type(size) is int and size >= 0 for size in outputs.values()
    )


def _stays_inside(place: object) -> bool:
    """Tell whether a name leads to no other folder: results may come with their journal."""
    if not isinstance(place, str) or "\0" in place:
        return False
    path = PurePath(place)
    return not path.is_absolute() and ".." not in path.parts


def _holds(draft: Path, size: int) -> bool:
    return not size or (draft.exists() and draft.stat().st_size >= size)


def _brief(progress: Progress) -> dict[str, Any]:
    return {key: value for key, value in asdict(progress).items() if value}


def _locked(path: Path) -> IO[bytes]:
    """Open a file that one process at a time may hold; a killed process lets go of it.

    Raises:
        InputError: Another process holds it.
    """
    file = open(path, "ab")  # noqa: SIM115
    try:
        import fcntl
    except ImportError:  # Windows refuses to remove a file that is open, which must do
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise InputError(
            f"another run writes to {path.parent.parent}; wait for its end or name another place"
        ) from None
    except OSError:
        return file  # a network file system without locks
    return file
