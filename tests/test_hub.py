"""Models of the Hub in the cache: names, records, verifying, removing; no connection needed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summlib import hub
from summlib.errors import InputError, ModelDamaged, ModelError, ModelNotFound
from summlib.hub import cache, names, record
from summlib.hub.listing import Listing, RemoteFile
from summlib.hub.selection import remaining
from summlib.hub.selection import settings as settings_of

NAME = "Kleine-Org/opus-mt-de-en"
ONE, TWO = "1" * 40, "2" * 40

MakeCached = Callable[..., Path]


@pytest.fixture(autouse=True)
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMLIB_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def make_cached(cache_folder: Path) -> MakeCached:
    """Write a model into the cache as fetching leaves it."""

    def make(name: str = NAME, commit: str = ONE, *, fetched: str = "2026-01-01") -> Path:
        folder = cache.model_folder(name) / commit
        folder.mkdir(parents=True)
        files = {}
        for file, content in (("config.json", b"{}"), ("model.safetensors", b"weights")):
            (folder / file).write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            files[file] = record.FileRecord(digest, len(content))
        model = hub.HubModel(name, "main", commit, folder, files, "marian", fetched=fetched)
        record.write(model, folder)
        return folder

    return make


@pytest.mark.parametrize(
    "text",
    ["Helsinki-NLP/opus-mt-de-en", "google/mt5-small", "a/b", "o_1/n.2-x", "a/b@main", "a/b@v1.0"],
)
def test_names_of_the_hub(text: str) -> None:
    assert hub.is_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "de-en", "/", "a/", "/a", "a/b/c", "../b", "a/..", "./b", "~/b", "a\\b", "a/b\n"),
        *("a/b c", "a--b/c", "a/b..c", "a/b.git", "a/b@", "a/b@../x", "a/b@-x", "ä/b", "a/b\0"),
        *("a/" + "b" * 97, "a/b@" + "c" * 201, "C:/b@x y"),
    ],
)
def test_other_texts_are_no_names(text: str) -> None:
    assert not hub.is_name(text)
    with pytest.raises(InputError):
        names.split(text)


def test_a_revision_is_named_once() -> None:
    assert names.split("a/b@v1") == ("a/b", "v1")
    assert names.split("a/b", "refs/pr/6") == ("a/b", "refs/pr/6")
    assert names.split("a/b") == ("a/b", None)
    with pytest.raises(InputError, match="names a revision already"):
        names.split("a/b@v1", "v2")


@given(st.text(st.sampled_from("ab./\\-_@~:\0 ä9"), max_size=12))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_no_name_leaves_the_cache(text: str) -> None:
    if hub.is_name(text):
        name, _ = names.split(text)
        home = cache.cache_folder() / "hub"
        assert cache.model_folder(name).resolve().parent == home.resolve()


@given(st.text(max_size=40))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_no_file_name_leaves_the_folder(text: str) -> None:
    if record.PLAIN_FILE.fullmatch(text):
        assert Path("/folder", text).parent == Path("/folder")
        assert text == Path(text).name


def test_the_cache_is_where_it_was_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert hub.cache_folder() == tmp_path / "cache"
    monkeypatch.setenv("SUMMLIB_CACHE", "~/models-of-mine")
    assert hub.cache_folder() == Path.home() / "models-of-mine"
    monkeypatch.delenv("SUMMLIB_CACHE")
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert hub.cache_folder() == tmp_path / "xdg" / "summlib"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert hub.cache_folder() == Path.home() / ".cache" / "summlib"


def test_without_a_home_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("SUMMLIB_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    with pytest.raises(ModelError, match="SUMMLIB_CACHE"):
        hub.cache_folder()


def test_reading_creates_nothing(cache_folder: Path) -> None:
    assert hub.installed() == []
    with pytest.raises(ModelNotFound, match="summlib models get a/b"):
        hub.find("a/b")
    with pytest.raises(ModelNotFound):
        hub.remove("a/b")
    assert not cache_folder.exists()


def test_a_model_is_found(make_cached: MakeCached) -> None:
    folder = make_cached()
    model = hub.find(NAME)
    assert (model.path, model.commit, model.size_bytes) == (folder, ONE, 9)
    assert hub.installed() == [model]
    assert hub.verify(model) == []
    assert hub.find(f"{NAME}@{ONE}") == hub.find(NAME, revision=ONE[:7]) == model
    with pytest.raises(ModelNotFound, match=NAME):
        hub.find(NAME, revision="v9")


def test_a_name_means_what_was_fetched_last(make_cached: MakeCached) -> None:
    make_cached(commit=ONE, fetched="2026-01-02")
    make_cached(commit=TWO, fetched="2026-01-01")
    assert hub.find(NAME).commit == ONE
    cache.write_refs(NAME, {cache.CURRENT: TWO, "v1": ONE})
    assert hub.find(NAME).commit == TWO
    assert hub.find(f"{NAME}@v1").commit == ONE


@pytest.mark.parametrize("refs", ["", "[]", "null", "{", "\ufeff", '{"": 5}', "[" * 100_000])
def test_damaged_refs_are_no_refs(make_cached: MakeCached, refs: str) -> None:
    folder = make_cached()
    (folder.parent / "refs.json").write_text(refs, encoding="utf-8")
    assert hub.find(NAME).commit == ONE


def test_damage_is_named(make_cached: MakeCached) -> None:
    folder = make_cached()
    (folder / "model.safetensors").write_bytes(b"weightz")
    (line,) = hub.verify(hub.find(NAME))
    assert line.startswith(f"{folder / 'model.safetensors'} is damaged: sha256 ")
    (folder / "model.safetensors").write_bytes(b"cut")
    assert "is missing or cut" in hub.installed()[0].problem
    with pytest.raises(ModelDamaged, match=f"summlib models get {NAME}@{ONE}"):
        hub.find(NAME)
    (folder / "model.safetensors").unlink()
    assert hub.verify(hub.look_up(NAME)) == [f"{folder / 'model.safetensors'} is missing"]


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "null", "{}", '{"format": 1}', '{"format": "eins"}', "[" * 100_000),
        '{"format": 2}',
    ],
)
def test_a_damaged_record_does_not_break_the_list(make_cached: MakeCached, content: str) -> None:
    make_cached("a/sound")
    (make_cached() / "hub.json").write_text(content, encoding="utf-8")
    damaged, sound = sorted(hub.installed(), key=lambda model: not model.problem)
    assert (sound.name, sound.problem) == ("a/sound", "")
    assert damaged.name == NAME
    assert "hub.json" in damaged.problem or "later summlib" in damaged.problem
    assert hub.verify(damaged) == [damaged.problem]
    with pytest.raises(ModelDamaged):
        hub.find(NAME)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("name", "../../etc"), ("name", 5), ("commit", "main"), ("commit", TWO), ("family", 3)),
        ("name", "other/model"),
        ("files", {"../../../etc/passwd": {"sha256": "0" * 64, "size_bytes": 1}}),
        ("files", {"a": {"sha256": "0" * 63, "size_bytes": 1}}),
        ("files", {"a": {"sha256": "0" * 64, "size_bytes": -1}}),
        ("files", {"a": {"sha256": 7, "size_bytes": "x"}}),
        *(("files", ["a"]), ("languages", 3), ("new field", "from another version")),
    ],
)
def test_a_record_is_not_believed_unseen(make_cached: MakeCached, key: str, value: object) -> None:
    folder = make_cached()
    found = json.loads((folder / "hub.json").read_text(encoding="utf-8"))
    (folder / "hub.json").write_text(json.dumps({**found, key: value}), encoding="utf-8")
    assert hub.installed()[0].problem
    with pytest.raises(ModelDamaged):
        hub.find(NAME)


def test_removing_one_version_keeps_the_other(make_cached: MakeCached) -> None:
    first, second = make_cached(commit=ONE), make_cached(commit=TWO)
    cache.write_refs(NAME, {cache.CURRENT: ONE, "main": ONE, "v2": TWO})
    assert hub.remove(NAME, revision="main") == [first]
    assert not first.exists()
    assert hub.find(NAME).path == second
    assert cache.read_refs(NAME) == {"v2": TWO}
    assert hub.remove(f"{NAME}@v2") == [second]
    assert not second.parent.exists()


def test_removing_takes_all_and_only_that(make_cached: MakeCached, cache_folder: Path) -> None:
    make_cached(commit=ONE), make_cached(commit=TWO)
    other = make_cached("a/other")
    part = cache_folder / "partial" / names.folder_name(NAME) / ("3" * 40)
    part.mkdir(parents=True)
    (part / "model.safetensors.part").write_bytes(b"half")
    assert len(hub.remove(NAME)) == 2
    assert [model.name for model in hub.installed()] == ["a/other"]
    assert other.is_dir()
    assert list((cache_folder / "partial").iterdir()) == []


def test_conversions_belong_to_their_version(make_cached: MakeCached, cache_folder: Path) -> None:
    for commit in (ONE, TWO):
        make_cached(commit=commit)
    made = [
        cache_folder / "converted" / f"Kleine-Org--opus-mt-de-en@{c[:12]}@abc" for c in (ONE, TWO)
    ]
    other = cache_folder / "converted" / "Kleine-Org--opus-mt-de-en-big@abc@abc"
    for folder in (*made, other):
        (folder / "int8").mkdir(parents=True)
        (folder / "int8" / "conversion.json").write_text("{}", encoding="utf-8")
    assert hub.conversions(hub.look_up(NAME, revision=ONE)) == [made[0] / "int8"]
    hub.remove(NAME, revision=ONE)
    assert [folder.exists() for folder in (*made, other)] == [False, True, True]
    hub.remove(NAME)
    assert [folder.exists() for folder in (*made, other)] == [False, False, True]


def test_removing_follows_no_link(
    make_cached: MakeCached, cache_folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "precious.txt").write_text("kept", encoding="utf-8")
    folder = make_cached()
    (folder / "link").symlink_to(elsewhere)
    place = cache.model_folder("a/linked")
    place.parent.mkdir(exist_ok=True)
    place.symlink_to(elsewhere)
    hub.remove(NAME)
    hub.remove("a/linked")
    assert (elsewhere / "precious.txt").read_text(encoding="utf-8") == "kept"
    assert list((cache_folder / "hub").iterdir()) == []


def listing(*files: str, **sizes: int) -> Listing:
    """Return a repository with files of one byte."""
    entries = [RemoteFile(file, sizes.get(file.partition(".")[0], 1), "0" * 64) for file in files]
    return Listing(NAME, ONE, tuple(entries), "somewhere")


def test_what_is_taken(tmp_path: Path) -> None:
    wanted = ["config.json", "vocab.json", "spiece.model", "source.spm", "model.safetensors"]
    unwanted = [
        *(
            "pytorch_model.bin",
            "tf_model.h5",
            "rust_model.ot",
            "model.py",
            "train.sh",
            ".gitignore",
        ),
        *("onnx/model.onnx", "onnx/model.safetensors", "../model.safetensors", "/etc/vocab.json"),
        *("model.fp16.safetensors", "adapter.safetensors", "..\\vocab.json", "vocab.json/../x.spm"),
    ]
    found = listing(*wanted, *unwanted)
    taken = [*settings_of(found), *remaining(found, tmp_path)]
    assert sorted(file.name for file in taken) == sorted(wanted)
    assert taken[-1].name == "model.safetensors"


def test_shards_are_those_of_the_index(tmp_path: Path) -> None:
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    files = ("config.json", "model.safetensors.index.json", "model-1.safetensors")
    complete = listing(*files, "model-2.safetensors", "model-3.safetensors")
    names_taken = [file.name for file in remaining(complete, tmp_path)]
    assert names_taken == ["model-1.safetensors", "model-2.safetensors"]
    with pytest.raises(ModelError, match=r"model-2\.safetensors"):
        remaining(listing(*files), tmp_path)


@pytest.mark.parametrize(
    "index",
    [
        {"weight_map": {"a": "../../other.safetensors"}},
        {"weight_map": {"a": "pytorch_model.bin"}},
        {"weight_map": {"a": "/etc/passwd"}},
        *({"weight_map": {}}, {"weight_map": [1]}, {}, [], "text"),
    ],
)
def test_an_index_that_leads_elsewhere_is_refused(tmp_path: Path, index: object) -> None:
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps(index), encoding="utf-8")
    files = ("config.json", "model.safetensors.index.json", "pytorch_model.bin")
    with pytest.raises(ModelError):
        remaining(listing(*files, "../../other.safetensors", "/etc/passwd"), tmp_path)


def test_files_too_large_for_what_they_are_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="more than such a file may have"):
        settings_of(listing("config.json", "model.safetensors", config=10**9))
    with pytest.raises(ModelError, match="more than such a file may have"):
        remaining(listing("vocab.json", "model.safetensors", vocab=10**10), tmp_path)
    assert remaining(listing("model.safetensors", model=10**12), tmp_path)
