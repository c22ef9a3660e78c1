"""Pack ``models/de-en`` for Argos Translate: the same weights behind another program.

A package is a zip archive named ``.argosmodel`` that holds one folder with
``metadata.json``, a CTranslate2 model in ``model/``, ``sentencepiece.model``,
and something that finds sentences. What it would fetch for that from the net
(a MiniSBD, Stanza or spaCy model) is replaced by an empty German pipeline of
spaCy, to which Argos Translate adds the sentence finder of its own accord when
``ARGOS_CHUNK_TYPE`` is ``SPACY``: it cuts at full stops, and is quicker than
the networks.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

NAME = "translate-de_en-1_0"


def pack(model: Path, target: Path) -> Path:
    """Write an ``.argosmodel`` from one of summlib's own models.

    Args:
        model: Folder with ``ct2/``.
        target: Folder for the archive.

    Returns:
        The archive.
    """
    import spacy

    folder = target / NAME
    shutil.copytree(model / "ct2", folder / "model")
    shutil.move(folder / "model" / "spm.model", folder / "sentencepiece.model")
    config = json.loads((folder / "model" / "config.json").read_text(encoding="utf-8"))
    # summlib ends each line itself; Argos Translate leaves that to the model.
    _write(folder / "model" / "config.json", {**config, "add_source_eos": True})
    _write(
        folder / "metadata.json",
        {
            "package_version": "1.0",
            "argos_version": "1.9",
            "from_code": "de",
            "from_name": "German",
            "to_code": "en",
            "to_name": "English",
        },
    )
    spacy.blank("de").to_disk(folder / "spacy")
    archive = target / f"{NAME}.argosmodel"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.rglob("*")):
            file.write(path, path.relative_to(target))
    shutil.rmtree(folder)
    return archive


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content), encoding="utf-8")


def environment(home: Path) -> dict[str, str]:
    """Return the variables that keep Argos Translate within a folder, and off the net."""
    return {
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "ARGOS_PACKAGES_DIR": str(home / "packages"),
        "ARGOS_CHUNK_TYPE": "SPACY",
        "ARGOS_COMPUTE_TYPE": "int8",
        "ARGOS_DEVICE_TYPE": "cpu",
    }


def install(model: Path, home: Path) -> None:
    """Pack a model and install it as Argos Translate does, into a folder of its own.

    Args:
        model: Folder of the model.
        home: A folder that does not exist yet.
    """
    # At import it looks for a multilingual pipeline, and fetches it where there is none.
    found = home / "cache" / "argos-translate" / "spacy" / "senter" / "model"
    found.parent.mkdir(parents=True)
    found.touch()
    os.environ.update(environment(home))
    archive = pack(model, home)
    from argostranslate import package

    package.install_from_path(archive)
    archive.unlink()


if __name__ == "__main__":
    import sys

    install(Path(sys.argv[1]), Path(sys.argv[2]))
