"""Conversions: made once, whole or not at all, one for each state of a model."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest
import tiny_checkpoints

from summlib.engines import choice, conversion, ct2
from summlib.engines.base import Options
from summlib.engines.checkpoints import Checkpoint, open_checkpoint
from summlib.engines.ct2 import ConvertedEngine
from summlib.engines.plans import Plan, make_plan
from summlib.engines.pytorch import PytorchEngine
from summlib.errors import EngineError, InputError, ModelError

MISSING = find_spec("torch") is None or find_spec("transformers") is None
pytestmark = [pytest.mark.hub, pytest.mark.skipif(MISSING, reason="needs the extra hub")]

QUICK = Options(beam_size=1, max_pieces=8)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_checkpoints.make("marian", tmp_path_factory.mktemp("hub") / "opus-mt-de-en")


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_checkpoints.make("led", tmp_path_factory.mktemp("hub") / "led")


@pytest.fixture
def checkpoint(folder: Path) -> Checkpoint:
    return open_checkpoint(folder)


def plan_of(checkpoint: Checkpoint) -> Plan:
    task = checkpoint.family.tasks[0]
    return make_plan(checkpoint, task, source_lang="de", target_lang="en")


def everything(root: Path) -> set[str]:
    return {path.name for path in root.rglob("*")}


def test_a_conversion_is_made_once(
    checkpoint: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert conversion.find_converted(checkpoint, root=tmp_path, precision="int8") is None
    assert not any(tmp_path.iterdir())
    made = conversion.convert(checkpoint, root=tmp_path, precision="int8")
    monkeypatch.setattr(ct2, "write_model", None)
    assert conversion.convert(checkpoint, root=tmp_path, precision="int8") == made
    assert conversion.find_converted(checkpoint, root=tmp_path, precision="int8") == made


def test_the_key_names_model_version_precision_and_converter(
    checkpoint: Checkpoint, tmp_path: Path
) -> None:
    import transformers

    made = conversion.convert(checkpoint, root=tmp_path, precision="int8")
    assert made.parent.name == f"opus-mt-de-en@{checkpoint.fingerprint()}"
    versions = f"ct2-{ct2.version()}-tf{transformers.__version__}"
    assert made.name == f"{versions}-{conversion.FORMAT}-int8"
    record = json.loads((made / conversion.RECORD).read_text(encoding="utf-8"))
    assert record["fingerprint"] == checkpoint.fingerprint()
    assert record["bytes"] == (made / "model.bin").stat().st_size


def test_a_model_of_the_hub_is_keyed_by_name_and_commit(tmp_path: Path) -> None:
    folder = tmp_path / "hub" / "Helsinki-NLP--opus-mt-de-en" / ("0123456789abcdef" * 3)[:40]
    tiny_checkpoints.make("marian", folder)
    (folder / "hub.json").write_text("{}", encoding="utf-8")
    made = conversion.convert(open_checkpoint(folder), root=tmp_path / "c", precision="int8")
    assert made.parent.name.startswith("Helsinki-NLP--opus-mt-de-en@0123456789ab@")


def test_a_changed_model_is_converted_again(tmp_path: Path) -> None:
    folder = tiny_checkpoints.make("marian", tmp_path / "m")
    first = conversion.convert(open_checkpoint(folder), root=tmp_path / "c", precision="int8")
    os.utime(folder / "model.safetensors", ns=(1, 1))
    second = conversion.convert(open_checkpoint(folder), root=tmp_path / "c", precision="int8")
    assert first != second
    assert first.is_dir()


def test_int8_is_a_fraction_of_float32(checkpoint: Checkpoint, tmp_path: Path) -> None:
    sizes = [
        (conversion.convert(checkpoint, root=tmp_path, precision=p) / "model.bin").stat().st_size
        for p in ("int8", "float32")
    ]
    assert sizes[0] < 0.45 * sizes[1]


def test_half_a_conversion_is_never_found(
    checkpoint: Checkpoint, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = ct2.write_model

    def die(*args: object, **options: object) -> None:
        write(*args, **options)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ct2, "write_model", die)
        with pytest.raises(KeyboardInterrupt):
            conversion.convert(checkpoint, root=tmp_path, precision="int8")
    assert conversion.find_converted(checkpoint, root=tmp_path, precision="int8") is None
    assert "model.bin" not in everything(tmp_path)
    assert conversion.convert(checkpoint, root=tmp_path, precision="int8").is_dir()


def test_what_a_killed_process_left_is_swept(checkpoint: Checkpoint, tmp_path: Path) -> None:
    made = conversion.convert(checkpoint, root=tmp_path, precision="int8")
    left = made.parent / f".{made.name}.x.part"
    (left / "model").mkdir(parents=True)
    (made / conversion.RECORD).unlink()  # a folder without a record is none of ours
    assert conversion.find_converted(checkpoint, root=tmp_path, precision="int8") is None
    assert conversion.convert(checkpoint, root=tmp_path, precision="int8") == made
    assert not left.exists()
    assert (made / conversion.RECORD).is_file()


def convert_in_process(folder: Path, root: Path) -> str:
    """Convert and translate; runs in a process of its own."""
    checkpoint = open_checkpoint(folder)
    engine = choice.open_engine(plan_of(checkpoint), engine="ct2", root=root)
    return engine.generate(["Der Rat tagt."], options=QUICK)[0][0].text


SLOW = """
import sys, time
from pathlib import Path
from summlib.engines import conversion, ct2
from summlib.engines.checkpoints import open_checkpoint
write = ct2.write_model
def stay(*args, **options):
    write(*args, **options)
    print("written", flush=True)
    time.sleep(600)
ct2.write_model = stay
conversion.convert(open_checkpoint(Path(sys.argv[1])), root=Path(sys.argv[2]), precision="int8")
"""


def test_killed_while_it_converts(folder: Path, checkpoint: Checkpoint, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(folder), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as converting:
        assert converting.stdout
        assert converting.stdout.readline() == "written\n"
        converting.kill()
    assert any(name.endswith(".part") for name in everything(tmp_path))
    assert conversion.find_converted(checkpoint, root=tmp_path, precision="int8") is None
    made = conversion.convert(checkpoint, root=tmp_path, precision="int8")
    assert conversion.find_converted(checkpoint, root=tmp_path, precision="int8") == made
    assert not any(name.endswith(".part") for name in everything(tmp_path))


def test_two_processes_at_once_do_not_collide(folder: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        futures = [pool.submit(convert_in_process, folder, tmp_path) for _ in range(2)]
        first, second = (future.result(timeout=250) for future in futures)
    assert first == second
    assert len(list(tmp_path.rglob("model.bin"))) == 1
    assert not any(name.endswith(".part") for name in everything(tmp_path))


def test_a_cache_that_cannot_be_written_is_told(checkpoint: Checkpoint, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ModelError, match=r"cannot be written to .*SUMMLIB_CACHE"):
        conversion.convert(checkpoint, root=tmp_path / "file", precision="int8")


def test_auto_converts_and_runs_quick(checkpoint: Checkpoint, tmp_path: Path) -> None:
    engine = choice.open_engine(plan_of(checkpoint), root=tmp_path)
    assert isinstance(engine, ConvertedEngine)
    assert engine.signature.endswith("|int8")
    assert engine.generate(["Der Rat tagt."], options=QUICK)[0][0].text


def test_auto_falls_back_to_torch_with_a_note(
    led: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "summlib"):
        engine = choice.open_engine(plan_of(open_checkpoint(led)), root=tmp_path)
    assert isinstance(engine, PytorchEngine)
    assert "led models run on torch: CTranslate2 has no converter" in caplog.text
    with pytest.raises(EngineError, match=r"no converter for led models; use engine='pytorch'"):
        choice.open_engine(plan_of(open_checkpoint(led)), engine="ct2", root=tmp_path)


def test_auto_falls_back_where_the_converter_fails(
    checkpoint: Checkpoint,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise EngineError("cannot be converted: an activation of its own")

    monkeypatch.setattr(ct2, "write_model", fail)
    with caplog.at_level(logging.WARNING, "summlib"):
        engine = choice.open_engine(plan_of(checkpoint), root=tmp_path)
    assert isinstance(engine, PytorchEngine)
    assert "runs on torch: cannot be converted" in caplog.text
    with pytest.raises(EngineError, match="activation"):
        choice.open_engine(plan_of(checkpoint), engine="ct2", root=tmp_path)


def test_mps_is_a_device_of_torch(
    checkpoint: Checkpoint, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "summlib"):
        engine = choice.open_engine(plan_of(checkpoint), device="mps", root=tmp_path)
    assert isinstance(engine, PytorchEngine)
    assert "mps" in caplog.text
    with pytest.raises(EngineError, match=r"cannot use mps.*engine='pytorch'"):
        choice.open_engine(plan_of(checkpoint), engine="ct2", device="mps", root=tmp_path)


def test_an_unknown_engine_is_refused(checkpoint: Checkpoint, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"'onnx'; give one of auto, ct2, pytorch"):
        choice.open_engine(plan_of(checkpoint), engine="onnx", root=tmp_path)
