"""Notebooks: stored without outputs, in order, and run from top to bottom.

``make notebooks`` runs them, also in CI; the other tests are part of ``make test``.
"""

from __future__ import annotations

import ast
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MAX_CELLS = 20

pytestmark = pytest.mark.skipif(not NOTEBOOKS, reason="notebooks/ is not part of what is installed")


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def code(path: Path) -> list[str]:
    return ["".join(c["source"]) for c in read(path)["cells"] if c["cell_type"] == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_outputs_are_stripped(notebook: Path) -> None:
    """An output would show a machine's paths and make every run a change."""
    for cell in read(notebook)["cells"]:
        assert not cell.get("outputs"), f"run: jupyter nbconvert --clear-output {notebook}"
        assert cell.get("execution_count") is None
        assert cell["metadata"] == {}
    assert set(read(notebook)["metadata"]) == {"kernelspec", "language_info"}
    assert read(notebook)["metadata"]["language_info"] == {"name": "python"}


def test_each_is_short_and_says_what_it_shows(notebook: Path) -> None:
    cells = read(notebook)["cells"]
    assert len(cells) <= MAX_CELLS
    assert cells[0]["cell_type"] == "markdown"
    opening = "".join(cells[0]["source"])
    assert opening.startswith("# ")
    assert 'pip install "summlib[notebook]"' in opening


def test_code_names_no_place_and_loads_nothing(notebook: Path) -> None:
    for source in code(notebook):
        ast.parse(source)
        assert not re.search(
            r"https?://|^[!%]|/(?:home|root|tmp|work|Users)/", source, re.MULTILINE
        )


@pytest.mark.notebook
@pytest.mark.timeout(900)
def test_it_runs_from_top_to_bottom(
    notebook: Path, bundled_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a kernel of its own, from its own folder, without a connection."""
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("ipywidgets")
    for package in ("matplotlib", "pandas"):
        if any(package in source for source in code(notebook)):
            pytest.importorskip(package)
    for name, value in {
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).strip(":"),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "MPLCONFIGDIR": str(tmp_path / "matplotlib"),
        "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        "HF_HUB_OFFLINE": "1",
        "TMPDIR": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    book = nbformat.read(notebook, as_version=4)
    client = nbclient.NotebookClient(
        book, timeout=600, resources={"metadata": {"path": notebook.parent}}
    )
    client.execute()
    shown = [output for cell in book.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [o.text for o in shown if o.get("name") == "stderr"] == []
    assert all(cell.outputs for cell in book.cells if cell.cell_type == "code" and _shows(cell))
    assert any("text/html" in o.get("data", {}) for o in shown)
    assert any(WIDGET in o.get("data", {}) for o in shown) == shows_progress(notebook)


WIDGET = "application/vnd.jupyter.widget-view+json"


def shows_progress(path: Path) -> bool:
    """Tell whether a notebook hands a list over, which shows a bar."""
    return any(re.search(r"summarize\((?:docs|texts)\b", source) for source in code(path))


def _shows(cell: Any) -> bool:
    """Tell whether a cell ends with something to see."""
    last = ast.parse(cell.source).body[-1]
    return isinstance(last, ast.Expr)
