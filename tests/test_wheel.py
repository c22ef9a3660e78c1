"""The wheel works away from the checkout, with the bundled models and without torch."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SETUPTOOLS = 77
"""The first that reads the licence fields of setup.cfg as they are written."""

PARTS = ("summlib", "models", "setup.cfg", "pyproject.toml", "README.md", "LICENSE")

pytestmark = pytest.mark.slow


def setuptools_version() -> int:
    try:
        return int(version("setuptools").split(".")[0])
    except PackageNotFoundError:
        return 0


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy: building leaves folders behind."""
    if setuptools_version() < SETUPTOOLS:
        pytest.skip(f"building without a connection needs setuptools {SETUPTOOLS} here")
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__py*"))
        elif (ROOT / part).is_file():
            shutil.copy(ROOT / part, source / part)
    built = tmp_path_factory.mktemp("dist")
    build = ["pip", "wheel", ".", "--no-deps", "--no-build-isolation", "--quiet", "-w", str(built)]
    subprocess.run([sys.executable, "-m", *build], cwd=source, check=True, timeout=250)
    (found,) = built.glob("summlib-*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a bare environment that borrows the dependencies of this one."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, with_pip=False, symlinks=os.name == "posix")
    binaries = folder / ("Scripts" if os.name == "nt" else "bin")
    found = binaries / ("python.exe" if os.name == "nt" else "python")
    site = next(p for p in folder.rglob("site-packages") if p.is_dir())
    install = ["pip", "--python", str(found), "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([sys.executable, "-m", *install, str(wheel)], check=True, timeout=250)
    borrowed = [p for p in sys.path if p.endswith("site-packages")]
    (site / "borrowed.pth").write_text("\n".join(borrowed) + "\n", encoding="utf-8")
    return found


def run(python: Path, *args: str, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run Python at the root of the file system, where no checkout is in sight."""
    hidden = {"PYTHONPATH", "SUMMLIB_MODELS", "PYTHONWARNINGS"}
    return subprocess.run(
        [str(python), *args],
        cwd=Path(python.anchor),
        env={k: v for k, v in os.environ.items() if k not in hidden},
        input=text,
        capture_output=True,
        encoding="utf-8",
        timeout=200,
    )


def test_everything_is_inside(names: set[str]) -> None:
    for path in sorted((ROOT / "summlib").rglob("*.py")):
        assert path.relative_to(ROOT).as_posix() in names
    for path in sorted((ROOT / "summlib" / "text" / "data").iterdir()):
        assert path.relative_to(ROOT).as_posix() in names
    assert "summlib/py.typed" in names


def test_nothing_else_is_inside(names: set[str]) -> None:
    assert {name.split("/")[0].split("-")[0] for name in names} == {"summlib"}
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pt")]


@pytest.mark.parametrize(
    "card", sorted(ROOT.glob("models/*/model.json")), ids=lambda p: p.parent.name
)
def test_models_are_inside(names: set[str], card: Path) -> None:
    folder = f"summlib/bundled/{card.parent.name}"
    files = json.loads(card.read_text(encoding="utf-8"))["files"]
    needed = {name for name, entry in files.items() if not entry.get("optional")}
    assert {f"{folder}/model.json", *(f"{folder}/{name}" for name in needed)} <= names


def test_core_requirements_leave_torch_out(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        lines = archive.read(name).decode("utf-8").split("\n")
    core = [x for x in lines if x.startswith("Requires-Dist:") and "extra ==" not in x]
    required = {x.split()[1].split(">")[0].split(";")[0] for x in core}
    assert required == {"click", "ctranslate2", "sentencepiece", "nltk"}


def test_it_runs_from_where_it_was_installed(python: Path) -> None:
    done = run(python, "-c", "import summlib; print(summlib.__file__)")
    assert str(ROOT) not in done.stdout
    assert "site-packages" in done.stdout


def test_command_is_installed(python: Path) -> None:
    done = run(python, "-m", "summlib", "--version")
    assert done.returncode == 0, done.stderr
    assert list(python.parent.glob("summlib*"))


ARTICLE = (
    "Die Brücke am Hafen bleibt bis zum 30. April gesperrt. Das teilte die Stadt am Dienstag mit. "
    "Bei einer Prüfung waren Risse in zwei Trägern gefunden worden. Die Reparatur kostet 2,4 "
    "Millionen Euro. Täglich fahren rund 18.000 Autos über die Brücke."
)


def test_german_summary_needs_no_model(python: Path) -> None:
    args = ("summarize", "-", "--target-lang", "de", "--length", "1 sentences")
    done = run(python, "-m", "summlib", *args, text=ARTICLE)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ARTICLE


@pytest.mark.skipif(
    not (ROOT / "models" / "de-en" / "model.json").is_file(), reason="no bundled model yet"
)
def test_english_summary_from_the_wheel_without_torch(python: Path) -> None:
    code = (
        "import sys; sys.modules.update(torch=None, transformers=None)\n"
        "import summlib; print(summlib.summarize(sys.stdin.read(), length='2 sentences'))\n"
        "from summlib import store; print(store.find('de-en').path)"
    )
    done = run(python, "-c", code, text=ARTICLE)
    assert done.returncode == 0, done.stderr
    summary, place = done.stdout.strip().rsplit("\n", 1)
    assert summary
    assert Path(place).parts[-3:] == ("summlib", "bundled", "de-en")
