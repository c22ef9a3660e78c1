"""Batches of tables: numpy, pandas, pyarrow, plain columns; a real Ray, with actors that die."""

from __future__ import annotations

import json
import os
import pickle
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from summlib import ray_data
from summlib.errors import InputError, ModelNotFound
from summlib.ray_data import SummarizeBatch, TranslateBatch

GERMAN = "Der Rat der Stadt stimmte zu. Alle gingen nach Hause."
RUSSIAN = "Совет города сегодня обсуждает новый мост через реку. " * 9
SELECT = {"target_lang": "de", "length": "1 sentences"}


@pytest.fixture
def summarize() -> SummarizeBatch:
    return SummarizeBatch(**SELECT)


def test_plain_columns(summarize: SummarizeBatch) -> None:
    batch = {"text": [GERMAN, "", None, 7, RUSSIAN], "id": [1, 2, 3, 4, 5], "page": list("abcde")}
    made = summarize(batch)
    assert list(made) == ["text", "id", "page", "summary", "error"]
    assert made["summary"] == ["Der Rat der Stadt stimmte zu.", "", "", "", ""]
    kinds = [error.partition(":")[0] for error in made["error"]]
    assert kinds == ["", "EmptyDocument", "InputError", "InputError", "WrongLanguage"]


def test_an_id_replaces_the_text(summarize: SummarizeBatch) -> None:
    batch = SummarizeBatch(id_column="url", text_column="body", **SELECT)
    made = batch({"body": [GERMAN, "x" * 9], "url": ["a", "b"], "more": [1, 2]})
    assert list(made) == ["url", "summary", "error"]
    assert made["url"] == ["a", "b"]


def test_errors_name_the_row() -> None:
    made = SummarizeBatch(id_column="id", **SELECT)({"id": ["n7"], "text": [" "]})
    assert made["error"][0].startswith("EmptyDocument: n7 is blank")


def test_details_hold_sources(summarize: SummarizeBatch) -> None:
    made = SummarizeBatch(details_column="details", **SELECT)({"text": [GERMAN, ""]})
    found = json.loads(made["details"][0])
    assert found["sentences"][0]["sources"][0]["end"] == 29
    assert made["details"][1] == ""


def test_rows_alone_give_rows() -> None:
    """As Spark's ``predict_batch_udf`` wants them for a struct: a list of mappings."""
    numpy = pytest.importorskip("numpy")
    made = TranslateBatch(model="echo")(numpy.array([GERMAN, None], dtype=object))
    assert made[0] == {"translation": GERMAN, "error": ""}
    assert made[1] == {"translation": "", "error": "InputError: no text: NoneType"}
    assert all(numpy.isscalar(value) for row in made for value in row.values())


def test_numpy(summarize: SummarizeBatch) -> None:
    numpy = pytest.importorskip("numpy")
    batch = {"text": numpy.array([GERMAN, ""]), "id": numpy.arange(2)}
    made = summarize(batch)
    assert all(isinstance(column, numpy.ndarray) for column in made.values())
    assert made["summary"].tolist() == ["Der Rat der Stadt stimmte zu.", ""]
    empty = summarize({"text": numpy.array([], dtype=str), "id": numpy.arange(0)})
    assert empty["error"].dtype.kind == "U"


def test_pandas(summarize: SummarizeBatch) -> None:
    pandas = pytest.importorskip("pandas")
    made = summarize(pandas.DataFrame({"text": [GERMAN, None], "id": [1, 2]}, index=[7, 9]))
    assert made.columns.tolist() == ["text", "id", "summary", "error"]
    assert made.index.tolist() == [7, 9]
    assert made["error"].iloc[1] == "InputError: no text: NoneType"


@pytest.mark.parametrize("form", ["table", "batch"])
def test_pyarrow(summarize: SummarizeBatch, form: str) -> None:
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table({"text": [GERMAN, None], "id": [1, 2]})
    if form == "batch":  # as Spark's mapInArrow hands it over
        table = table.to_batches()[0]
    made = summarize(table)
    assert type(made) is type(table)
    assert made.column_names == ["text", "id", "summary", "error"]
    assert made["summary"].to_pylist() == ["Der Rat der Stadt stimmte zu.", ""]
    assert summarize(table.slice(0, 0)).schema == made.schema


def test_a_missing_column_is_named(summarize: SummarizeBatch) -> None:
    with pytest.raises(InputError, match="no column 'text'; there are 'body'"):
        summarize({"body": [GERMAN]})


def test_a_missing_model_is_no_row_error() -> None:
    with pytest.raises(ModelNotFound):
        TranslateBatch(model="nirgends")({"text": [GERMAN]})


def test_wrong_options_are_refused_when_it_is_made() -> None:
    with pytest.raises(InputError):
        SummarizeBatch(target_lang="fr")
    with pytest.raises(TypeError):
        SummarizeBatch(lenght="short")


@pytest.mark.parametrize("made", [SummarizeBatch(**SELECT), TranslateBatch(model="echo")])
def test_it_can_be_sent_to_other_machines(made: Any) -> None:
    again = pickle.loads(pickle.dumps(made))
    assert again({"text": [GERMAN]}) == made({"text": [GERMAN]})


def test_hugging_face_datasets(summarize: SummarizeBatch) -> None:
    datasets = pytest.importorskip("datasets")
    rows = datasets.Dataset.from_dict({"text": [GERMAN, ""], "id": [1, 2]})
    made = rows.map(summarize, batched=True, batch_size=64)
    assert made.column_names == ["text", "id", "summary", "error"]
    assert made[0]["summary"] == "Der Rat der Stadt stimmte zu."


def test_ray_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from summlib.errors import MissingDependency

    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    monkeypatch.setitem(__import__("sys").modules, "ray.data", None)
    with pytest.raises(MissingDependency, match=r"summlib\[ray\]"):
        ray_data.map_dataset(None, SummarizeBatch, actors=1)


# --- a real Ray ------------------------------------------------------------------


class Mortal(SummarizeBatch):
    """Kills its own process at one text, the first time any actor comes to it."""

    def __init__(self, *, flag: str, **options: Any) -> None:
        super().__init__(**options)
        self.flag = Path(flag)

    def __call__(self, batch: Any) -> Any:
        if 1000 in list(batch["id"]) and not self.flag.exists():
            self.flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().__call__(batch)


@pytest.fixture(scope="session")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray")
    pytest.importorskip("ray.data")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        here = Path(__file__).resolve().parent
        ray.init(
            num_cpus=2,
            include_dashboard=False,
            log_to_driver=False,
            configure_logging=False,
            runtime_env={"env_vars": {"PYTHONPATH": f"{here.parent}{os.pathsep}{here}"}},
        )
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield ray
        ray.shutdown()


def text_of(number: int) -> Any:
    if number % 50 == 7:
        return ["", "  ", None, RUSSIAN][number // 50 % 4]
    return f"Der Rat der Stadt stimmte am {number}. Tag zu. Alle gingen nach Hause."


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore")
def test_two_thousand_rows_with_an_actor_that_dies(ray: Any, tmp_path: Path) -> None:
    rows = [{"id": number, "text": text_of(number)} for number in range(2000)]
    dataset = ray.data.from_items(rows, override_num_blocks=20)
    flag = tmp_path / "died"
    made = ray_data.map_dataset(
        dataset, Mortal, actors=2, threads=1, id_column="id", flag=str(flag), **SELECT
    )
    found = {row["id"]: row for row in made.take_all()}
    assert flag.exists()
    assert made.count() == len(found) == 2000
    bad = {number for number in range(2000) if number % 50 == 7}
    assert {number for number, row in found.items() if row["error"]} == bad
    assert all(bool(row["summary"]) != bool(row["error"]) for row in found.values())
    assert found[1000]["summary"].startswith("Der Rat der Stadt stimmte am 1000. Tag zu.")
    assert set(found[0]) == {"id", "summary", "error"}


@pytest.mark.ray
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("batch_format", ["numpy", "pandas", "pyarrow"])
def test_every_batch_format(ray: Any, batch_format: str) -> None:
    rows = [{"id": number, "text": text_of(number)} for number in range(120)]
    made = ray.data.from_items(rows).map_batches(
        TranslateBatch,
        fn_constructor_kwargs={"model": "echo", "threads": 1, "detect": False},
        batch_size=32,
        batch_format=batch_format,
        num_cpus=1,
        compute=ray.data.ActorPoolStrategy(size=1),
    )
    found = sorted(made.take_all(), key=lambda row: row["id"])
    assert [row["translation"] or None for row in found] == [
        row["text"] if row["text"] and row["text"].strip() else None for row in rows
    ]
