"""From bytes to text: which encoding a file is in, told from its bytes.

A byte order mark decides, then the zero bytes that UTF-16 and UTF-32 put
between Western letters, then UTF-8, whose rules other encodings break almost
at once. What is left is read line by line, because files pasted together hold
several encodings: lines that are UTF-8 as such, the others in the one-byte
encoding whose umlauts stand where letters belong. No character is lost
silently: ``replaced`` counts those that could not be read.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from typing import NamedTuple

SAMPLE = 1 << 20
"""Bytes that are looked at to choose between one-byte encodings."""

REPLACEMENT = "\ufffd"
MAX_CONTROLS = 0.3
"""A short text may hold a stray NUL or two; a third of it and it is no text."""

MAX_ONE_BYTE_CONTROLS = 0.05
"""Random bytes, which any one-byte encoding can read, hold 10 % control characters."""

# UTF-32's mark begins with UTF-16's, so it stands first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ONE_BYTE = ("cp1252", "cp850", "mac-roman")
_NOT_ASCII = bytes(range(0x80, 0x100))
_WIDE = {"x0x0": "utf-16-le", "0x0x": "utf-16-be", "x000": "utf-32-le", "000x": "utf-32-be"}
_CONTROLS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b") | {0x7F})
_INSIDE_WORD = re.compile(rb"(?<=[A-Za-z])[\x80-\xff](?=[a-z])")


class Decoded(NamedTuple):
    """A text and how it was read.

    Args:
        text: The text, without a byte order mark.
        encoding: Such as ``utf-8`` or ``cp1252``; ``utf-8+cp1252`` when lines differ.
        replaced: How many characters could not be read and stand as U+FFFD.
    """

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes) -> Decoded | None:
    """Read bytes as text; None when they are none.

    Every sequence of bytes gives a result, and the text never holds a lone
    surrogate.

    Args:
        data: The whole of a file.

    >>> decode("Größe".encode("latin-1"))
    Decoded(text='Größe', encoding='cp1252', replaced=0)
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    wide = _wide_encoding(data[:4096])
    if wide:
        return _decode_as(data, wide)
    return _decode_as(data, "utf-8") if _is_utf8(data) else _decode_lines(data)


def mend_surrogates(text: str) -> tuple[str, int]:
    r"""Join surrogate pairs, replace lone ones, and count those replaced.

    Halves of a character come from JSON escapes and from programs that cut
    UTF-16 at the wrong place; no encoder takes them.

    Args:
        text: Any text.

    >>> mend_surrogates("\ud83d\ude00 \ud800") == ("\U0001f600 \ufffd", 1)
    True
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        mended = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return mended, mended.count(REPLACEMENT) - text.count(REPLACEMENT)
    return text, 0


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(data: bytes, encoding: str) -> Decoded | None:
    """Read in a known encoding; None when hardly anything makes sense in it."""
    try:
        text, replaced = mend_surrogates(data.decode(encoding, "surrogatepass"))
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        replaced = text.count(REPLACEMENT) - data.count(REPLACEMENT.encode(encoding))
    bad = replaced + _controls(text[:SAMPLE].encode())
    return None if bad > MAX_CONTROLS * len(text) + 1 else Decoded(text, encoding, replaced)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _wide_encoding(head: bytes) -> str:
    """Recognise UTF-16 and UTF-32 without a mark by where their zero bytes stand."""
    zeros = [head[i::4].count(0) / max(1, len(head[i::4])) for i in range(4)]
    wide = "".join("0" if share > 0.4 else "x" if share < 0.1 else "?" for share in zeros)
    return _WIDE.get(wide, "")


def _decode_lines(data: bytes) -> Decoded | None:
    """Read each line as UTF-8 where it is, else in the likeliest one-byte encoding."""
    sample = data[:SAMPLE]
    if _controls(sample) > MAX_ONE_BYTE_CONTROLS * len(sample):
        return None
    one_byte = _one_byte_encoding(sample)
    lines = [_decode_line(line, one_byte) for line in data.splitlines(keepends=True)]
    used = {line.encoding for line in lines} - {"ascii"}
    return Decoded(
        "".join(line.text for line in lines),
        "+".join(sorted(used, reverse=True)),
        sum(line.replaced for line in lines),
    )


def _decode_line(line: bytes, one_byte: str) -> Decoded:
    if line.isascii():
        return Decoded(line.decode("ascii"), "ascii")
    if _is_utf8(line):
        text, replaced = mend_surrogates(line.decode("utf-8", "surrogatepass"))
        return Decoded(text, "utf-8", replaced)
    text = line.decode("utf-8", "replace")
    replaced = text.count(REPLACEMENT)
    letters = len(text) - replaced - len(line.translate(None, _NOT_ASCII))
    if letters < replaced:
        text = line.decode(one_byte, "replace")
        return Decoded(text, one_byte, text.count(REPLACEMENT))
    return Decoded(text, "utf-8", replaced)


def _one_byte_encoding(sample: bytes) -> str:
    """Choose the encoding in which most bytes inside words are umlauts."""
    found = Counter(_INSIDE_WORD.findall(sample))

    def umlauts(encoding: str) -> int:
        return sum(n for byte, n in found.items() if byte.decode(encoding, "replace") in "äöüß")

    return max(_ONE_BYTE, key=umlauts)
