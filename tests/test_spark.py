"""A real Spark on this machine: the uses that ``docs/scale.md`` shows, and a worker that dies."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from summlib.ray_data import SummarizeBatch

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("ignore")]

ROOT = Path(__file__).resolve().parents[1]
SELECT = {"target_lang": "de", "length": "1 sentences", "threads": 1}
COLUMNS = "id int, summary string, error string"
ROWS = 60
BAD = {7: "", 17: "   ", 27: None}


def text_of(number: int) -> str | None:
    good = f"Der Rat der Stadt stimmte am {number}. Tag zu. Alle gingen nach Hause."
    return BAD.get(number, good)


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    sql = pytest.importorskip("pyspark.sql")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("Spark needs Java")
    with pytest.MonkeyPatch.context() as patch:
        paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH")])
        patch.setenv("PYTHONPATH", os.pathsep.join(paths))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        builder = sql.SparkSession.builder.master("local[2,3]")  # a task is tried three times
        for key, value in {
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": "512m",
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "8",
        }.items():
            builder = builder.config(key, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("OFF")  # of the worker that dies on purpose
        yield session
        session.stop()


@pytest.fixture
def pages(spark: Any) -> Any:
    rows = [(number, text_of(number)) for number in range(ROWS)]
    return spark.createDataFrame(rows, "id int, text string").repartition(3)


def check(found: dict[int, tuple[str, str]]) -> None:
    assert sorted(found) == list(range(ROWS))
    assert {number for number, (_, error) in found.items() if error} == set(BAD)
    for number, (summary, _) in found.items():
        expected = "" if number in BAD else f"Der Rat der Stadt stimmte am {number}. Tag zu."
        assert summary == expected


def test_predict_batch_udf_fills_a_struct(pages: Any) -> None:
    from pyspark.ml.functions import predict_batch_udf
    from pyspark.sql.types import StringType, StructField, StructType

    fields = StructType([StructField("summary", StringType()), StructField("error", StringType())])
    made = predict_batch_udf(lambda: SummarizeBatch(**SELECT), return_type=fields, batch_size=8)
    rows = pages.withColumn("result", made("text")).collect()
    assert len(rows) == ROWS
    check({row.id: (row.result.summary, row.result.error) for row in rows})
    assert all(row.text == text_of(row.id) for row in rows)


def test_map_in_pandas(pages: Any) -> None:
    def summarize(frames: Iterable[Any]) -> Iterator[Any]:
        return map(SummarizeBatch(id_column="id", **SELECT), frames)

    rows = pages.mapInPandas(summarize, COLUMNS).collect()
    assert len(rows) == ROWS
    check({row.id: (row.summary, row.error) for row in rows})
    assert next(row.error for row in rows if row.id == 27) == "InputError: no text: NoneType"


def test_map_in_arrow_with_a_worker_that_dies(pages: Any, tmp_path: Path) -> None:
    """Spark does the part of a dead worker again; every row comes once."""
    flag = tmp_path / "died"

    def summarize(batches: Iterable[Any]) -> Iterator[Any]:
        call = SummarizeBatch(id_column="id", **SELECT)
        for batch in batches:
            if 33 in batch["id"].to_pylist() and not flag.exists():
                flag.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            yield call(batch)

    rows = pages.mapInArrow(summarize, COLUMNS).collect()
    assert flag.exists()
    assert len(rows) == ROWS
    check({row.id: (row.summary, row.error) for row in rows})
