"""What the package promises never to do; SECURITY.md says what for."""

from __future__ import annotations

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

import summlib
from summlib.records import (
    Finding,
    Sentence,
    Summary,
    SummarySentence,
    TranslatedSentence,
    Translation,
)

PACKAGE = Path(summlib.__file__).resolve().parent

NEVER = {
    *("eval", "exec", "compile", "__import__", "input"),
    *("os.system", "os.popen", "os.execv", "os.execvp", "os.spawnv", "pty.spawn"),
    *("pickle.load", "pickle.loads", "pickle.Unpickler", "marshal.load", "marshal.loads"),
    *("shelve.open", "dill.load", "dill.loads", "joblib.load", "yaml.load", "yaml.unsafe_load"),
    *("tempfile.mktemp", "ssl._create_unverified_context", "extractall"),
    *("subprocess.getoutput", "subprocess.getstatusoutput"),
}
"""Calls that run code from data, run a shell, or write where an archive says."""

ARGUMENTS = {
    "torch.load": ("weights_only", True),
    "from_pretrained": ("local_files_only", True),
}
"""Calls that are safe with an argument only: the value that must stand there."""

NO_ARGUMENTS = {
    *(("shell", True), ("trust_remote_code", True), ("allow_pickle", True)),
    *(("verify", False), ("weights_only", False), ("resolve_entities", True)),
}
"""Arguments that make a call unsafe, whatever it is."""

XML = {"xml.etree.ElementTree.parse", "xml.etree.ElementTree.fromstring", "xml.dom", "xml.sax"}
"""Readers of XML that let entities grow without bound."""

NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "requests", "httpx", "aiohttp"}
NETWORK |= {"urllib.request", "httpx2", "huggingface_hub", "mtdata"}
MAY_CONNECT = {
    "summlib.hub.client": {"huggingface_hub"},
    "summlib.documents.web": {"http", "urllib.request"},
    "summlib.training.opus": {"mtdata"},
}
"""The modules that may open connections, and with what."""


@lru_cache(maxsize=1)
def trees() -> dict[str, ast.Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ["summlib", *path.relative_to(PACKAGE).with_suffix("").parts]
        found[".".join(parts)] = ast.parse(path.read_text(encoding="utf-8"))
    return found


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Yield calls with what they call, under the names that imports gave them."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            aliases |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            names = node.names
            aliases |= {
                alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in names
            }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first, dot, rest = ast.unparse(node.func).partition(".")
            yield aliases.get(first, first) + dot + rest, node


def imported(tree: ast.Module) -> set[str]:
    """Return the dotted names that a module imports, as text too (``import_module``)."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.add(str(node.module))
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    for called, node in calls(tree):
        if called.endswith("import_module") and node.args:
            argument = node.args[0]
            if isinstance(argument, ast.Constant):
                found.add(str(argument.value))
            elif isinstance(argument, ast.JoinedStr) and isinstance(
                argument.values[0], ast.Constant
            ):
                found.add(str(argument.values[0].value).rstrip("."))
    return found


def problems(source: str) -> list[str]:
    """Return what a module does that it must not."""
    tree = ast.parse(source) if isinstance(source, str) else source
    found = []
    for called, node in calls(tree):
        last = called.rpartition(".")[2]
        if called in NEVER or last in NEVER - {"compile", "eval", "input"}:
            found.append(f"{node.lineno}: {called}")
        given = {k.arg: ast.unparse(k.value) for k in node.keywords if k.arg}
        found.extend(
            f"{node.lineno}: {called}({key}={value})"
            for key, value in given.items()
            if any(key == bad and value == str(worst) for bad, worst in NO_ARGUMENTS)
        )
        for name, (key, value) in ARGUMENTS.items():
            if (called == name or last == name) and given.get(key) != str(value):
                found.append(f"{node.lineno}: {called} without {key}={value}")
        if called in XML:
            found.append(f"{node.lineno}: {called}")
    return found


@pytest.mark.parametrize("name", sorted(trees()))
def test_the_package_calls_nothing_unsafe(name: str) -> None:
    assert problems(ast.unparse(trees()[name])) == []


@pytest.mark.parametrize(
    "source",
    [
        *(
            "eval(text)",
            "exec(text)",
            "import os\nos.system('ls')",
            "from os import system\nsystem(x)",
        ),
        *("import pickle as p\np.load(f)", "from pickle import loads\nloads(b)"),
        *("import torch\ntorch.load(f)", "import torch\ntorch.load(f, weights_only=False)"),
        "import subprocess\nsubprocess.run('ls', shell=True)",
        "Model.from_pretrained(folder)",
        "Model.from_pretrained(folder, local_files_only=True, trust_remote_code=True)",
        *("import numpy\nnumpy.load(f, allow_pickle=True)", "archive.extractall(folder)"),
        *("from xml.etree.ElementTree import fromstring\nfromstring(x)", "__import__(name)"),
    ],
)
def test_what_is_unsafe_is_seen(source: str) -> None:
    assert problems(source)


@pytest.mark.parametrize(
    "source",
    [
        *("import re\nre.compile('a')", "model.eval()", "torch.compile(network)"),
        "import torch\ntorch.load(f, weights_only=True)",
        "import subprocess\nsubprocess.run(['ls'])",
    ],
)
def test_what_is_safe_is_let_be(source: str) -> None:
    assert problems(source) == []


@pytest.mark.parametrize("name", sorted(trees()))
def test_only_modules_that_say_so_may_connect(name: str) -> None:
    found = imported(trees()[name])
    found |= {module.split(".")[0] for module in found}
    assert found & NETWORK <= MAY_CONNECT.get(name, set())


GUARD = """
import sys
FORBIDDEN = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.Popen", "os.system",
             "os.exec", "os.posix_spawn", "os.spawn", "pickle.find_class")
def guard(event, args):
    if event.startswith(FORBIDDEN):
        sys.stderr.write(f"FORBIDDEN {event} {args}\\n")
        raise RuntimeError(event)
sys.addaudithook(guard)
"""
"""Sees what C code does as well; a patched module would see Python alone."""

TEXT = "Der Rat stimmte am 3. März 2025 zu. Die Sitzung dauerte drei Stunden. Es kamen 35 Leute."

VERBS = {
    "translate": "print(summlib.translate(TEXT, model='echo'))",
    "summarize": "print(summlib.summarize(TEXT, target_lang='de', length='1 sentences'))",
    "check": "print(summlib.check(TEXT, 'It was 53 people.'))",
    "read": "print(summlib.read('artikel.txt'))",
}

COMMANDS = {
    "summarize": ["summarize", "artikel.txt", "--model", "echo"],
    "translate": ["translate", "artikel.txt", "--model", "echo", "--offline"],
    "check": ["check", "artikel.txt", "artikel.txt"],
    "models": ["models"],
    "show": ["models", "show", "klein"],
    "verify": ["models", "check", "klein"],
    "help": ["--help"],
}


def run_guarded(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a process that may open no socket, start no process and unpickle nothing."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(PACKAGE.parent),
        "SUMMLIB_CACHE": str(folder / "cache"),
        "SUMMLIB_MODELS": str(folder / "models"),
    }
    environment.pop("HF_HUB_OFFLINE", None)
    command = [sys.executable, "-c", f"{GUARD}\n{code}"]
    (folder / "artikel.txt").write_text(TEXT, encoding="utf-8")
    return subprocess.run(
        command, capture_output=True, check=False, cwd=folder, env=environment, text=True
    )


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_the_verbs_connect_to_nobody(verb: str, tmp_path: Path) -> None:
    done = run_guarded(f"import summlib\nTEXT = {TEXT!r}\n{VERBS[verb]}", tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "FORBIDDEN" not in done.stderr


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_commands_connect_to_nobody(command: str, tmp_path: Path, make_model: object) -> None:
    make_model("klein")  # type: ignore[operator]
    code = f"from summlib.cli import commands\ncommands({COMMANDS[command]!r})"
    done = run_guarded(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "FORBIDDEN" not in done.stderr
    assert done.stdout or command == "check"


@pytest.mark.parametrize("command", ["translate", "summarize"])
def test_the_bundled_model_connects_to_nobody(
    command: str, tmp_path: Path, bundled_model: Path
) -> None:
    code = f"from summlib.cli import commands\ncommands([{command!r}, 'artikel.txt'])"
    done = run_guarded(code, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "FORBIDDEN" not in done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("command", ["translate", "summarize"])
def test_a_hub_model_that_is_not_there_offline(command: str, tmp_path: Path) -> None:
    words = [command, "artikel.txt", "--model", "Org/nichts", "--offline"]
    done = run_guarded(f"from summlib.cli import commands\ncommands({words!r})", tmp_path)
    assert done.returncode == 3
    assert "FORBIDDEN" not in done.stderr
    assert "Org/nichts" in done.stderr


def test_an_address_is_not_fetched_unasked(tmp_path: Path) -> None:
    words = ["translate", "https://example.org/artikel.html", "--model", "echo"]
    done = run_guarded(f"from summlib.cli import commands\ncommands({words!r})", tmp_path)
    assert done.returncode == 1
    assert "FORBIDDEN" not in done.stderr


def test_the_guard_guards(tmp_path: Path) -> None:
    for code in (
        "import socket; socket.socket()",
        "import os; os.system('true')",
        "import pickle, fractions; pickle.loads(pickle.dumps(fractions.Fraction(1)))",
    ):
        assert "FORBIDDEN" in run_guarded(code, tmp_path).stderr


def test_no_test_may_connect(no_connection_leaves_this_machine: list[str]) -> None:
    """The hook of ``conftest.py``, which the whole suite runs under."""
    for connect in (
        lambda: socket.create_connection(("192.0.2.1", 9), timeout=1),
        lambda: socket.getaddrinfo("example.org", 443),
    ):
        with pytest.raises(OSError, match="may not connect"):
            connect()
        assert no_connection_leaves_this_machine.pop()
    with socket.socket() as waiting, socket.socket() as asking:
        waiting.bind(("127.0.0.1", 0))
        waiting.listen()
        with pytest.raises(OSError, match="may not connect"):
            asking.connect(("192.0.2.1", 9))
        assert no_connection_leaves_this_machine.pop()
        asking.connect(waiting.getsockname())


def test_no_tables_are_written() -> None:
    """A cell that begins with "=" is a formula to a spreadsheet; CSV is read, never written."""
    from summlib.cli.formats import SUFFIXES

    assert set(SUFFIXES) == {"text", "markdown", "json", "html"}
    written = [name for name, tree in trees().items() for call, _ in calls(tree) if "csv.w" in call]
    assert written == []


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def test_what_notebooks_show_is_escaped() -> None:
    source = Sentence(SCRIPT, 0, len(SCRIPT))
    finding = Finding("name", SCRIPT)
    said = TranslatedSentence(SCRIPT, 0, 1, source, (finding,))
    summed = SummarySentence(SCRIPT, 0, 1, (source,), findings=(finding,))
    for shown in (
        Translation(SCRIPT, (said,), "de", "en", SCRIPT),
        Summary(SCRIPT, (summed,), "de", "en", SCRIPT, path=SCRIPT),
    ):
        html = shown._repr_html_()
        assert "&lt;script&gt;" in html
        assert "<script>" not in html
        assert "<img" not in html


@pytest.mark.parametrize("odd", ["../../evil", "/etc/evil", "..\\evil", "a/../../b", "nul\0l", "~"])
def test_results_stay_in_their_folder(odd: str, tmp_path: Path) -> None:
    import json

    from click.testing import CliRunner

    from summlib.cli import commands

    (tmp_path / "in").mkdir()
    row = json.dumps({"id": odd, "path": odd, "title": odd, "text": TEXT})
    (tmp_path / "in" / "a.jsonl").write_text(f"{row}\n", encoding="utf-8")
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    words = ["translate", str(tmp_path / "in"), "-o", str(tmp_path / "deep" / "out")]
    result = CliRunner().invoke(commands, [*words, "--model", "echo"])
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert result.exit_code == 0, result.output
    assert new
    assert all(tmp_path / "deep" / "out" in path.parents for path in new)


def test_a_terminal_obeys_no_document(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from summlib.cli import commands

    source, target = tmp_path / "a.txt", tmp_path / "b.txt"
    source.write_text("Es waren 35 \x1b]0;owned\x07Euro.", encoding="utf-8")
    target.write_text("It was 53 \x1b]0;owned\x07euros.", encoding="utf-8")
    result = CliRunner().invoke(commands, ["check", str(source), str(target)])
    assert "quantity" in result.output
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
