"""Finding, describing and verifying models."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from summlib import store
from summlib.errors import ModelDamaged, ModelError, ModelNotFound, ModelTooNew

MakeModel = Callable[..., Path]


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make ``SUMMLIB_MODELS`` name one folder."""
    folder = tmp_path / "models"
    monkeypatch.setenv("SUMMLIB_MODELS", str(folder))
    return folder


@pytest.mark.usefixtures("models")
def test_describes_what_the_card_says(make_model: MakeModel) -> None:
    folder = make_model(version=7)
    info = store.find("klein")
    assert (info.name, info.task, info.source_lang, info.target_lang) == (
        *("klein", "translate"),
        *("de", "en"),
    )
    assert (info.version, info.licence, info.path) == (7, "CC0-1.0", folder)
    assert info.size_bytes == len(b"weights") + len(b"pieces") + len(b"Haus\n")
    assert info.card["format"] == 1


def test_a_path_needs_no_search(make_model: MakeModel, tmp_path: Path) -> None:
    folder = make_model("anderswo", parent=tmp_path / "weit" / "weg")
    assert store.find(folder) == store.find(str(folder))
    assert store.find(folder).name == "anderswo"


def test_first_folder_wins(
    make_model: MakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version, parent in enumerate(("eins", "zwei"), 1):
        make_model(parent=tmp_path / parent, version=version)
    places = [str(tmp_path / parent) for parent in ("fehlt", "zwei", "eins")]
    monkeypatch.setenv("SUMMLIB_MODELS", os.pathsep.join(places))
    assert store.find("klein").version == 2
    assert [info.version for info in store.installed() if info.name == "klein"] == [2]


def test_the_environment_goes_before_the_bundled(models: Path, make_model: MakeModel) -> None:
    make_model("de-en", version=99)
    assert store.find("de-en").version == 99
    assert store.folders()[0] == models
    package = Path(store.__file__).resolve().parent
    assert store.folders()[1:] == (package / "bundled", package.parent / "models")


def test_missing_model_lists_places_and_names(models: Path, make_model: MakeModel) -> None:
    make_model()
    with pytest.raises(ModelNotFound) as caught:
        store.find("de-fr")
    said = str(caught.value)
    assert "model 'de-fr' not found in 3 places" in said
    assert all(str(folder) in said for folder in store.folders())
    assert "klein" in said.partition("installed:")[2]
    assert "SUMMLIB_MODELS" in said


def test_a_damaged_neighbour_does_not_hide_that_a_model_is_missing(
    models: Path, make_model: MakeModel
) -> None:
    (make_model("kaputt") / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelNotFound, match="kaputt"):
        store.find("de-fr")


@pytest.mark.usefixtures("models")
def test_a_damaged_model_is_listed_as_such(make_model: MakeModel) -> None:
    make_model("heil")
    (make_model("kaputt") / "model.json").write_text("{", encoding="utf-8")
    make_model("neuer", format=store.FORMAT + 1)
    found = {info.name: info for info in store.installed()}
    assert found["heil"].problem == ""
    assert "cannot be used" in found["kaputt"].problem
    assert "upgrade summlib" in found["neuer"].problem
    assert found["kaputt"].path.name == "kaputt"


@pytest.mark.usefixtures("models")
def test_a_name_of_the_hub_has_its_own_advice() -> None:
    with pytest.raises(ModelNotFound, match="summlib models get Helsinki-NLP/opus-mt-de-en"):
        store.find("Helsinki-NLP/opus-mt-de-en")
    with pytest.raises(ModelNotFound) as caught:
        store.find("de-fr")
    assert "models get" not in str(caught.value)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "klein/", "kl\0ein", "ä\ud800"])
def test_odd_names_are_not_found(name: str) -> None:
    with pytest.raises(ModelNotFound):
        store.find(name)


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "null", "{}", '"text"', "\ufeff{}"),
        *('{"format": "eins"}', '{"format": null}', '{"format": 1, "files": []}'),
    ],
)
def test_damaged_card_is_named(make_model: MakeModel, content: str) -> None:
    folder = make_model()
    (folder / "model.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelDamaged, match=r"model\.json cannot be used"):
        store.find("klein")


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    "fields",
    [
        *({"languages": ["de"]}, {"languages": 3}, {"files": {"ct2/model.bin": {"bytes": 7}}}),
        *({"files": {"ct2/model.bin": {"sha256": "ab"}}}, {"files": {"a": "b"}}),
    ],
)
def test_damaged_fields_are_damage(make_model: MakeModel, fields: dict[str, object]) -> None:
    make_model(**fields)
    with pytest.raises(ModelDamaged, match=r"model\.json cannot be used"):
        store.find("klein")


@pytest.mark.parametrize("field", ["format", "name", "task", "languages", "files", "version"])
def test_every_field_is_needed(make_model: MakeModel, field: str) -> None:
    folder = make_model()
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    del card[field]
    (folder / "model.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelDamaged, match=field):
        store.describe(folder)


def test_card_that_is_no_text(make_model: MakeModel) -> None:
    folder = make_model()
    (folder / "model.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ModelDamaged):
        store.describe(folder)


def test_later_format_asks_for_an_upgrade(make_model: MakeModel) -> None:
    folder = make_model(format=store.FORMAT + 1)
    with pytest.raises(ModelTooNew, match="upgrade summlib"):
        store.find(folder)


def test_a_sound_model_opens(make_model: MakeModel) -> None:
    folder = make_model()
    assert store.verify(folder) == []
    assert store.open_verified(folder).path == folder


@pytest.mark.parametrize("file", ["ct2/model.bin", "ct2/spm.model"])
def test_altered_file_is_named(make_model: MakeModel, file: str) -> None:
    folder = make_model()
    (folder / file).write_bytes(b"weightz")
    with pytest.raises(ModelDamaged, match=f"{file} is damaged: sha256") as caught:
        store.open_verified(folder)
    assert str(folder) in str(caught.value)
    assert [str(folder / file) in line for line in store.verify(folder)] == [True]


def test_missing_file_is_named(make_model: MakeModel) -> None:
    folder = make_model()
    (folder / "ct2/model.bin").unlink()
    with pytest.raises(ModelDamaged, match=r"model\.bin is missing"):
        store.open_verified(folder)


def test_all_problems_are_told_at_once(make_model: MakeModel) -> None:
    folder = make_model()
    (folder / "ct2/model.bin").unlink()
    (folder / "words.txt").write_bytes(b"Hund\n")
    assert len(store.verify(folder)) == 2


def test_optional_files_may_be_missing_but_not_altered(make_model: MakeModel) -> None:
    entry = {"sha256": "0" * 64, "bytes": 5, "optional": True}
    folder = make_model(files={"torch.bin": entry})
    assert store.verify(folder) == []
    (folder / "torch.bin").write_bytes(b"other")
    assert len(store.verify(folder)) == 1


def test_repair_is_seen(make_model: MakeModel) -> None:
    folder = make_model()
    sound = (folder / "ct2/model.bin").read_bytes()
    (folder / "ct2/model.bin").write_bytes(b"")
    with pytest.raises(ModelDamaged):
        store.open_verified(folder)
    (folder / "ct2/model.bin").write_bytes(sound)
    assert store.open_verified(folder).name == "klein"


def test_opening_follows_the_environment(
    make_model: MakeModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version, parent in enumerate(("eins", "zwei"), 1):
        make_model(parent=tmp_path / parent, version=version)
        monkeypatch.setenv("SUMMLIB_MODELS", str(tmp_path / parent))
        assert store.open_verified("klein").version == version


def test_nothing_is_created(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMLIB_MODELS", str(tmp_path / "fehlt"))
    store.installed()
    with pytest.raises(ModelError):
        store.find("nichts")
    assert list(tmp_path.iterdir()) == []
