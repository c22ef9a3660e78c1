"""The README's examples run, and its links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from summlib import store
from summlib.errors import ModelError

ROOT = Path(__file__).resolve().parents[1]
PAGES = [path for path in (ROOT / "README.md", ROOT / "seeds" / "README.md") if path.is_file()]
SKIP = "<!-- not run -->"

_FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)\s#]+)")


@dataclass(frozen=True)
class Example:
    """A block of code and the place it stands at."""

    page: Path
    line: int
    info: str
    code: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def examples() -> list[Example]:
    """Return the blocks of all pages that are not marked as not run."""
    found = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for match in _FENCE.finditer(text):
            if not text[: match.start()].rstrip().endswith(SKIP):
                line = text.count("\n", 0, match.start()) + 1
                found.append(Example(page, line, match["info"].strip(), match["code"]))
    return found


def python_examples() -> list[Example]:
    return [example for example in examples() if example.code.lstrip().startswith(">>>")]


def commands() -> list[tuple[Example, str, str]]:
    """Return each ``$ summlib ...`` with the output that the page shows for it."""
    found = []
    for example in examples():
        for part in re.split(r"^\$ ", example.code, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            while command.endswith("\\"):
                more, _, shown = shown.partition("\n")
                command = f"{command[:-1]} {more.strip()}"
            if "summlib" in command.split():
                found.append((example, command, shown.strip()))
    return found


@pytest.fixture
def model() -> None:
    try:
        store.find("de-en")
    except ModelError as error:
        pytest.skip(f"the bundled model is not there: {error}")


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize("example", python_examples(), ids=str)
def test_python_examples(example: Example, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    parsed = doctest.DocTestParser().get_doctest(
        example.code, {}, str(example), str(example.page), example.line
    )
    report: list[str] = []
    results = doctest.DocTestRunner(optionflags=flags).run(parsed, out=report.append)
    assert not results.failed, "".join(report)


@pytest.mark.usefixtures("model")
@pytest.mark.parametrize(
    ("example", "command", "shown"), commands(), ids=[command for _, command, _ in commands()]
)
def test_commands(example: Example, command: str, shown: str, tmp_path: Path) -> None:
    """Run a command at the root; what a page writes goes to a folder of the test's own."""
    done = subprocess.run(
        ["bash", "-c", command.replace("summlib", f"{shlex.quote(sys.executable)} -m summlib", 1)],
        cwd=_workplace(tmp_path),
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PYTHONWARNINGS": ""},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, f"{example}: {done.stderr}"
    if shown:
        checker = doctest.OutputChecker()
        flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
        output = done.stdout + done.stderr
        assert checker.check_output(f"{shown}\n", output, flags), f"{example} prints\n{output}"


def _workplace(folder: Path) -> Path:
    """Make a folder that looks like the checkout, so that nothing is written into it."""
    for name in ("seeds", "models"):
        if (ROOT / name).is_dir():
            (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    return folder


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    for target in _LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_two_commands_stand_at_the_top() -> None:
    if not (ROOT / "README.md").is_file():
        pytest.skip("no README.md in this distribution")
    top = (ROOT / "README.md").read_text(encoding="utf-8")[:2500]
    assert "make demo" in top
    assert "make test" in top


def test_make_knows_the_commands() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("demo", "test", "gate", "bench"):
        assert re.search(rf"^{target}:", targets, re.MULTILINE)


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("$ summlib models\nde-en\n", 1),
        ("$ make test\n", 0),
        ("$ cat a | summlib translate \\\n  -\n", 1),
    ],
)
def test_commands_are_found(
    code: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Text\n\n```console\n{code}```\n\n{SKIP}\n\n```\n$ summlib no\n```\n")
    monkeypatch.setattr(sys.modules[__name__], "PAGES", [page])
    found = commands()
    assert len(found) == count
    assert all("\\" not in command for _, command, _ in found)
