"""The shape of the package: layers, exports, what importing costs, what code may not do."""

from __future__ import annotations

import ast
import importlib
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest

import summlib
from summlib import errors

PACKAGE = Path(summlib.__file__).resolve().parent

LAYERS = (
    {"errors"},
    {"settings", "records", "progress", "trust"},
    {"text", "hub"},
    {"documents", "store", "engines", "centrality", "faults", "names", "repair", "windows"}
    | {"importance", "routes", "prose"},
    {"copied"},
    {"comparison"},
    {"adequacy", "checks", "fidelity", "salience", "support"},
    {"coherence", "drafts", "provenance", "rendering", "turned"},
    {"rereading"},
    {"renderer", "rewriter", "selector"},
    {"hub_models", "outline", "proposals"},
    {"own_models"},
    {"translator"},
    {"summarizer"},
    {"batch", "digest", "whole"},
    {"ray_data", "report", "scores"},
    {"api"},
    {"training"},
    {"cli"},
    {"__main__"},
)
"""From the bottom up; a module imports from lower layers or from its own folder."""

UPWARD = {("summlib.records", "summlib.report"), ("summlib.digest.layout", "summlib.report")}
"""Records and digests show themselves in a notebook; the page's code is imported only then."""

LEVEL = {unit: level for level, units in enumerate(LAYERS) for unit in units}

OPTIONAL = {
    "ctranslate2": {"engines", "training"},
    "sentencepiece": {"engines", "training"},
    "nltk": {"scores"},
    "torch": {"engines", "training"},
    "transformers": {"engines", "training"},
    "safetensors": {"training"},
    "numpy": {"engines", "training", "ray_data", "scores"},
    "sacrebleu": {"scores", "training"},
    "sumy": {"scores"},
    "click": {"cli", "training"},
    "huggingface_hub": {"hub"},
    "filelock": {"hub", "engines"},
    "pypdfium2": {"documents"},
    "lxml": {"documents"},
    "defusedxml": {"documents"},
    "docx": {"documents"},
    "trafilatura": {"documents"},
    "ray": {"ray_data"},
    "tqdm": {"progress"},
}
"""Where a package from outside may be imported; any other package may nowhere."""

FORBIDDEN = {"print", "eval", "exec", "sys.exit", "exit", "quit", "os._exit", "breakpoint"}

COMMANDS_MAY = {"print", "sys.exit"}
"""What a module that is run with ``python -m`` may do."""

CLICK_ERRORS = {"BrokenOutput", "UsageError", "BadParameter", "BadOptionUsage", "ClickException"}

MAX_LINES = 400

IMPORT_BUDGET_S = 0.03
SLACK = 5
"""Machines that run tests are slow and busy; what this must catch is a heavy import."""


@lru_cache(maxsize=1)
def sources() -> dict[str, str]:
    """Return the source of each module by the module's dotted name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ["summlib", *path.relative_to(PACKAGE).with_suffix("").parts]
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text(encoding="utf-8")
    return found


@lru_cache(maxsize=1)
def trees() -> dict[str, ast.Module]:
    """Return each module, parsed."""
    return {name: ast.parse(source) for name, source in sources().items()}


@cache
def imports(name: str) -> frozenset[str]:
    """Return the dotted names a module imports anywhere, functions included."""
    found: set[str] = set()
    for node in ast.walk(trees()[name]):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}:{node.lineno}: imports are absolute"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found.add(full if full in trees() else str(node.module))
    return frozenset(found)


def outside(name: str) -> set[str]:
    """Return the packages of others that a module imports."""
    return {i.split(".")[0] for i in imports(name)} - sys.stdlib_module_names - {"summlib"}


def unit(name: str) -> str:
    """Return the file or folder below ``summlib`` that a module belongs to."""
    return name.split(".")[1] if "." in name else "summlib"


def modules() -> list[str]:
    return sorted(trees())


def test_every_module_has_a_layer() -> None:
    assert {unit(name) for name in modules()} - {"summlib"} <= set(LEVEL)


@pytest.mark.parametrize("name", [name for name in modules() if name != "summlib"])
def test_imports_point_down_or_stay_in_the_folder(name: str) -> None:
    here = unit(name)
    for imported in imports(name):
        there = unit(imported)
        if imported.split(".")[0] != "summlib" or there in ("summlib", here):
            continue
        if (name, imported) not in UPWARD:
            assert LEVEL[there] < LEVEL[here], f"{name} imports {imported}"


def test_folders_have_no_cycles() -> None:
    known = trees().keys()
    edges = {n: {t for t in imports(n) & known if (n, t) not in UPWARD} for n in known}
    done: set[str] = {"summlib"}  # its imports are lazy, and its version is a constant
    while ready := [n for n in edges if n not in done and edges[n] - {n} <= done]:
        done.update(ready)
    packages = {name for name in edges if (PACKAGE.parent / Path(*name.split("."))).is_dir()}
    assert set(edges) - done <= packages, "modules that import one another"


@pytest.mark.parametrize("name", modules())
def test_outside_packages_stay_where_they_belong(name: str) -> None:
    for package in outside(name):
        assert unit(name) in OPTIONAL.get(package, ()), f"{name} imports {package}"


@pytest.mark.parametrize("name", [n for n in modules() if unit(n) not in ("cli", "training")])
def test_outside_packages_are_imported_inside_functions(name: str) -> None:
    at_import = [
        alias.name
        for node in trees()[name].body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module)])
    ]
    assert not {imported.split(".")[0] for imported in at_import} & outside(name)


@pytest.mark.parametrize("package", ["ctranslate2", "nltk", "transformers"])
def test_engines_are_imported_in_one_module(package: str) -> None:
    homes = [name for name in trees() if unit(name) != "training" and package in outside(name)]
    assert len(homes) <= 1, homes


def test_no_module_shares_the_name_of_an_export() -> None:
    assert not {unit(name) for name in modules()} & set(summlib.__all__)


def test_exports_are_the_lazy_names() -> None:
    assert set(summlib.__all__) == set(summlib._HOME)
    assert list(summlib.__all__) == sorted(summlib.__all__)
    assert set(summlib.__all__) <= set(dir(summlib))
    for name in summlib.__all__:
        home = importlib.import_module(f"summlib.{summlib._HOME[name]}")
        assert getattr(summlib, name) is getattr(home, name)


def test_exports_are_known_to_type_checkers() -> None:
    typed = {
        alias.name
        for node in ast.walk(trees()["summlib"])
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("summlib.")
        for alias in node.names
    }
    assert typed == set(summlib.__all__)
    assert (PACKAGE / "py.typed").is_file()


def test_unknown_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'summarice'"):
        _ = summlib.summarice


def test_import_loads_the_standard_library_only() -> None:
    code = (
        "import sys, time; before = set(sys.modules); start = time.process_time(); import summlib;"
        "spent = time.process_time() - start;"
        "print(spent, *sorted({m.split('.')[0] for m in set(sys.modules) - before}))"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=PACKAGE.parent)
    spent, *loaded = done.stdout.split()
    assert set(loaded) - {"summlib"} <= sys.stdlib_module_names
    assert float(spent) < SLACK * IMPORT_BUDGET_S


@pytest.mark.parametrize("name", ["api", "cli", "translator", "summarizer", "selector"])
def test_engines_load_at_first_use_only(name: str) -> None:
    code = f"import sys, summlib.{name}; print(*sys.modules)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=PACKAGE.parent)
    heavy = {"ctranslate2", "sentencepiece", "nltk", "numpy", "torch", "transformers"}
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize("name", modules())
def test_files_stay_short(name: str) -> None:
    assert len(sources()[name].splitlines()) <= MAX_LINES


def test_functions_stay_short() -> None:
    lengths = sorted(
        (node.end_lineno or 0) - node.lineno + 1
        for tree in trees().values()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    )
    assert lengths[len(lengths) // 2] <= 14
    assert lengths[len(lengths) * 9 // 10] <= 50


def is_command(name: str) -> bool:
    return name.endswith("__main__") or 'if __name__ == "__main__":' in sources()[name]


@pytest.mark.parametrize("name", modules())
def test_library_code_does_not_do_what_libraries_must_not(name: str) -> None:
    allowed = COMMANDS_MAY if is_command(name) else set()
    for node in ast.walk(trees()[name]):
        assert not isinstance(node, ast.Assert), f"{name}:{node.lineno} asserts"
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            called = ast.unparse(node.func)
            assert called not in FORBIDDEN - allowed, f"{name}:{node.lineno} calls {called}"
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"{name}:{node.lineno} catches everything"
    assert not {"pickle", "marshal", "shelve"} & {i.split(".")[0] for i in imports(name)}


@pytest.mark.parametrize("name", modules())
def test_what_is_public_is_documented(name: str) -> None:
    tree = trees()[name]
    assert ast.get_docstring(tree), f"{name} has no docstring"
    for node in public(tree):
        assert ast.get_docstring(node), f"{name}:{node.lineno} {node.name} has no docstring"


def public(tree: ast.Module) -> Iterator[ast.ClassDef | ast.FunctionDef]:
    """Yield public functions and classes with the public methods of these."""
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
            if not _is_overload(node):
                yield node
            if isinstance(node, ast.ClassDef):
                yield from public(ast.Module(node.body, []))


def _is_overload(node: ast.ClassDef | ast.FunctionDef) -> bool:
    return any(ast.unparse(d) == "overload" for d in node.decorator_list)


@pytest.mark.parametrize("name", modules())
def test_code_names_no_place_of_one_machine(name: str) -> None:
    literals = [
        node.value
        for node in ast.walk(trees()[name])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    for literal in literals:
        assert not re.search(r"(?<![\w.])/(?:home|root|work|opt|tmp|mnt|Users)/", literal), name
        if name != "summlib.scores.gate":
            assert not re.search(r"(?:^|/)shared(?:/|$)", literal), name


def test_data_files_say_where_they_come_from() -> None:
    for path in sorted((PACKAGE / "text" / "data").glob("*.t[xs][tv]")):
        assert path.read_text(encoding="utf-8").startswith("#"), f"{path.name} has no header"


def exceptions() -> list[type[BaseException]]:
    found = vars(errors).values()
    return [e for e in found if isinstance(e, type) and issubclass(e, BaseException)]


@pytest.mark.parametrize("error", exceptions())
def test_errors_survive_pickling(error: type[BaseException]) -> None:
    raised = error("what happened · the facts · what to do")
    again = pickle.loads(pickle.dumps(raised))
    assert type(again) is error
    assert str(again) == str(raised) == "what happened · the facts · what to do"


@pytest.mark.parametrize("error", exceptions())
def test_errors_stand_in_the_tree_of_the_docstring(error: type[BaseException]) -> None:
    assert error.__doc__
    line = next(x for x in (errors.__doc__ or "").splitlines() if error.__name__ in x.split())
    builtin = [b.__name__ for b in error.__bases__ if b.__module__ == "builtins"]
    said = re.search(r"\((\w+)\)", line)
    assert (said[1] if said else "Exception") == (builtin or ["Exception"])[0]


def test_only_known_exceptions_are_raised_by_name() -> None:
    ours = {e.__name__ for e in exceptions()}
    usual = {"ValueError", "TypeError", "AttributeError", "KeyError", "Exit", "Failure"}
    usual |= {"OSError", "FileNotFoundError"}  # caught where files are opened
    for name, tree in trees().items():
        for node in [] if is_command(name) else ast.walk(tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                raised = ast.unparse(node.exc.func).split(".")[-1]
                assert raised in ours | usual | CLICK_ERRORS, f"{name}:{node.lineno} {raised}"
