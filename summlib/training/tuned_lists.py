"""The lists beside a model that was trained further: what the memory holds often is known now."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from summlib.names import FILE, KnownWords
from summlib.text.lexicon import Lexicon
from summlib.text.packed import read_table, write_table
from summlib.text.prepare import prepare
from summlib.text.rows import in_sections
from summlib.text.terms import words
from summlib.training.corpus import Pair
from summlib.training.wordlist import frequent_forms
from summlib.translator import LEXICON


def write_lists(start: Path, folder: Path, pairs: Sequence[Pair]) -> None:
    """Write dictionary and word list of the new model: what the memory holds often is known now.

    Args:
        start: Folder of the model that was started from.
        folder: Folder of the new one.
        pairs: What was learned.
    """
    sources = [prepare(pair.source) for pair in pairs]
    if (start / FILE).is_file():
        known = KnownWords(start / FILE).forms() | set(frequent_forms(sources))
        write_table(folder / FILE, "\n".join(sorted(known)))
    if (start / LEXICON).is_file():
        lines = raise_buckets(start / LEXICON, sources)
        write_table(folder / LEXICON, in_sections(lines))
    for path in (*start.glob("*.t[xs][tv].gz"), *start.glob("*.rows")):
        if not (folder / path.name).exists():
            shutil.copyfile(path, folder / path.name)


def raise_buckets(lexicon: Path, sources: Sequence[str]) -> list[str]:
    """Return the dictionary's lines, each with how often its word has been seen by now.

    A word that the memory holds often gets no hint any more: the memory's word
    for it shall win over the dictionary's.

    Args:
        lexicon: The dictionary.
        sources: Prepared lines that were learned.
    """
    found, counts = Lexicon.open(lexicon), Counter[str]()
    for source in sources:
        tokens = words(source)
        entries = (found.lookup(token.text, first=token.first) for token in tokens)
        counts.update(entry.headword for entry in entries if entry is not None)
        counts.update(entry.headword for _, _, entry in found.phrases(tokens))
    lines = []
    for line in filter(None, read_table(lexicon).split("\n")):
        rest, _, bucket = line.rpartition("\t")
        seen = counts[line.partition("\t")[0]]
        # A bucket is the bit length of a count; the smallest such count is taken for it.
        least = 1 << (int(bucket) - 1) if int(bucket) else 0
        lines.append(f"{rest}\t{max(int(bucket), (least + seen).bit_length())}" if seen else line)
    return lines
