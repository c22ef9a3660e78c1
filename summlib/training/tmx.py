"""Read translation memories in TMX, the exchange format of translators' programs.

TMX 1.4b (OSCAR/LISA 2005): a ``tu`` holds the same text in several languages, each
in a ``tuv`` with a ``seg``; formatting codes stand in elements of their own
(``bpt``, ``ept``, ``it``, ``ph``, ``ut``) and are no text.

The parser is expat, fed piece by piece, so that a memory of any size fits; a
file that declares entities is refused, since they may grow without bound
("billion laughs"), and nothing that a file names is ever opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from summlib.errors import InputError

CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})
"""Elements of a segment whose content is formatting."""

BREAKS = frozenset({"ph", "ut"})
"""Those that often stand where a line break or a picture does, and part two words."""

CHUNK = 1 << 16


def read_tmx(path: Path, *, source_lang: str, target_lang: str) -> Iterator[tuple[str, str]]:
    """Yield source and target of every unit that has both languages.

    Regional variants count (``de-CH``); of several, the first.

    Args:
        path: The file, in any encoding that its head names.
        source_lang: Two-letter code.
        target_lang: Two-letter code.

    Raises:
        InputError: It cannot be read, is not well-formed, or declares entities.
    """
    reader = _Reader(source_lang, target_lang)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                reader.parser.Parse(chunk, False)
                yield from reader.take()
            reader.parser.Parse(b"", True)
            yield from reader.take()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except expat.ExpatError as error:
        raise InputError(f"{path} is not well-formed TMX: {error}") from error


class _Reader:
    """Collects units while expat reads."""

    def __init__(self, source_lang: str, target_lang: str) -> None:
        self.langs = (source_lang, target_lang)
        self.found: list[tuple[str, str]] = []
        self.unit: dict[str, str] = {}
        self.lang, self.depth = "", 0
        self.text: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self.parser.EntityDeclHandler = self._refuse

    def take(self) -> list[tuple[str, str]]:
        """Return the units that are complete, once."""
        found, self.found = self.found, []
        return found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tu":
            self.unit = {}
        elif name == "tuv":
            named = attributes.get("xml:lang") or attributes.get("lang") or ""
            self.lang = named.replace("_", "-").partition("-")[0].lower()
        elif name == "seg":
            self.text, self.depth = [], 0
        elif name in CODES and self.text is not None:
            self.depth += 1
            if name in BREAKS:
                self.text.append(" ")

    def _end(self, name: str) -> None:
        if name == "seg" and self.text is not None:
            self.unit.setdefault(self.lang, "".join(self.text))
            self.text = None
        elif name in CODES and self.text is not None:
            self.depth -= 1
        elif name == "tu":
            source, target = (self.unit.get(lang, "") for lang in self.langs)
            if source.strip() and target.strip():
                self.found.append((source, target))

    def _characters(self, data: str) -> None:
        if self.text is not None and not self.depth:
            self.text.append(data)

    def _refuse(self, name: str, *_: object) -> None:
        raise InputError(
            f"the TMX declares the entity {name!r}, which is refused for safety; "
            "export the memory anew, without a DOCTYPE of its own"
        )
