"""Batches of a table in, the same batches with results out: for Ray Data, Spark and HF datasets.

The classes are plain callables that import none of these packages. What Ray
makes an actor of, Spark calls in its Python workers and ``datasets`` maps over
its rows; each holds one model, loaded at the first batch, and a row that fails
has its error in a column instead of ending the run.

::

    import ray
    from summlib.ray_data import SummarizeBatch

    pages = ray.data.read_parquet("pages")
    done = pages.map_batches(
        SummarizeBatch,
        fn_constructor_kwargs={"threads": 2, "id_column": "url"},
        batch_size=64,
        num_cpus=2,
        compute=ray.data.ActorPoolStrategy(size=100),
    )
    done.write_parquet("summaries")
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from summlib.batch import attempt
from summlib.errors import InputError, SummlibError
from summlib.records import Document
from summlib.summarizer import Summarizer
from summlib.translator import Translator

BATCH_SIZE = 64
"""Rows of a batch: enough that the sentences of all fill an engine call."""


class _Batch:
    """What the two classes share: columns in, columns out.

    Args:
        call: Makes the results.
        text_column: Column with the texts.
        id_column: Column that names the rows; None keeps every column.
        output_column: Column for the results' texts.
        error_column: Column for errors.
        details_column: Column for all else, as JSON; None leaves it out.
    """

    def __init__(
        self,
        call: Callable[[list[Any]], Sequence[Any]],
        *,
        text_column: str,
        id_column: str | None,
        output_column: str,
        error_column: str,
        details_column: str | None,
    ) -> None:
        self._call = call
        self.text_column, self.id_column = text_column, id_column
        self.output_column, self.error_column = output_column, error_column
        self.details_column = details_column

    def __call__(self, batch: Any) -> Any:
        """Return the batch with the columns of results, of the kind it came in.

        Args:
            batch: A mapping of columns, a pandas frame, a pyarrow table or record
                batch, or the texts alone, which give a list of one mapping a row.

        Raises:
            InputError: A column is missing.
            ModelError: The model is missing or damaged, so that all would fail.
        """
        if not hasattr(batch, "keys") and not hasattr(batch, "column_names"):
            made = self._columns(_values(batch), [""] * len(batch))
            return [dict(zip(made, row, strict=True)) for row in zip(*made.values(), strict=True)]
        wanted = [self.text_column, *([self.id_column] if self.id_column else [])]
        names = list(batch.column_names if hasattr(batch, "column_names") else batch.keys())
        if missing := [name for name in wanted if name not in names]:
            raise InputError(f"no column {missing[0]!r}; there are {', '.join(map(repr, names))}")
        ids = _values(batch[self.id_column]) if self.id_column else [""] * len(batch[wanted[0]])
        made = self._columns(_values(batch[self.text_column]), ids)
        kept = [self.id_column] if self.id_column else [n for n in names if n not in made]
        return _like(batch, kept, made, text_column=self.text_column)

    def _columns(self, texts: list[Any], ids: list[Any]) -> dict[str, list[str]]:
        docs = [_document(text, name) for text, name in zip(texts, ids, strict=True)]
        good = [doc for doc in docs if isinstance(doc, Document)]
        results = iter(attempt(self._call, good) if good else [])
        rows: list[Any] = [next(results) if isinstance(d, Document) else d for d in docs]
        made = {
            self.output_column: ["" if _is_error(r) else r.text for r in rows],
            self.error_column: [f"{type(r).__name__}: {r}" if _is_error(r) else "" for r in rows],
        }
        if self.details_column:
            made[self.details_column] = ["" if _is_error(r) else _details(r) for r in rows]
        return made


class SummarizeBatch(_Batch):
    """Summarize the texts of a batch.

    A row that cannot be summarized has ``""`` for a summary and what went
    wrong in the error column; every other row has ``""`` there, so that the
    type of no column depends on what a batch holds.

    Args:
        text_column: Column with the texts.
        id_column: Column that names the rows in messages; with it, results
            carry the id and not the text. None keeps every column.
        output_column: Column for the summaries.
        error_column: Column for errors, ``KIND: message``.
        details_column: Column for sentences, sources and findings, as JSON;
            None leaves it out.
        source_lang: ``de`` or ``en``; identified when not given.
        **options: Those of ``Summarizer``, such as ``length`` and ``threads``.

    >>> summarize = SummarizeBatch(target_lang="de", length="1 sentences")
    >>> summarize({"text": ["Der Rat stimmte zu. Alle gingen.", None]})["error"]
    ['', 'InputError: no text: NoneType']
    """

    def __init__(
        self,
        *,
        text_column: str = "text",
        id_column: str | None = None,
        output_column: str = "summary",
        error_column: str = "error",
        details_column: str | None = None,
        source_lang: str | None = None,
        **options: Any,
    ) -> None:
        self.source_lang = source_lang
        self.summarizer = Summarizer(**options)
        super().__init__(
            self._summarize,
            text_column=text_column,
            id_column=id_column,
            output_column=output_column,
            error_column=error_column,
            details_column=details_column,
        )

    def _summarize(self, docs: list[Document]) -> Sequence[Any]:
        return self.summarizer(docs, source_lang=self.source_lang)


class TranslateBatch(_Batch):
    """Translate the texts of a batch; rows, columns and errors as for ``SummarizeBatch``.

    Args:
        text_column: Column with the texts.
        id_column: As for ``SummarizeBatch``.
        output_column: Column for the translations.
        error_column: Column for errors.
        details_column: As for ``SummarizeBatch``.
        layout: ``reflow`` or ``keep``.
        detect: Refuse texts that are clearly in another language.
        **options: Those of ``Translator``, such as ``beam_size`` and ``threads``.

    >>> TranslateBatch(model="echo")(["Ja.", ""])[0]
    {'translation': 'Ja.', 'error': ''}
    """

    def __init__(
        self,
        *,
        text_column: str = "text",
        id_column: str | None = None,
        output_column: str = "translation",
        error_column: str = "error",
        details_column: str | None = None,
        layout: Any = "reflow",
        detect: bool = True,
        **options: Any,
    ) -> None:
        self.layout, self.detect = layout, detect
        self.translator = Translator(**options)
        super().__init__(
            self._translate,
            text_column=text_column,
            id_column=id_column,
            output_column=output_column,
            error_column=error_column,
            details_column=details_column,
        )

    def _translate(self, docs: list[Document]) -> Sequence[Any]:
        return self.translator(docs, layout=self.layout, detect=self.detect)


def map_dataset(
    dataset: Any, callable_class: type[_Batch], *, actors: int, threads: int = 1, **options: Any
) -> Any:
    """Return a Ray dataset with results, made by a pool of actors with a model each.

    An actor that dies is replaced and its batch done again.

    Args:
        dataset: A ``ray.data.Dataset``.
        callable_class: ``SummarizeBatch`` or ``TranslateBatch``.
        actors: Size of the pool, 1 or more.
        threads: Cores of each actor, 1 or more.
        **options: Those of the class.

    Raises:
        MissingDependency: Ray is not installed.
    """
    data = _ray_data()
    return dataset.map_batches(
        callable_class,
        fn_constructor_kwargs={"threads": threads, **options},
        batch_size=BATCH_SIZE,
        num_cpus=threads,
        compute=data.ActorPoolStrategy(size=actors),
    )


def _ray_data() -> Any:
    from summlib.errors import MissingDependency

    try:
        import ray.data
    except ImportError as error:
        raise MissingDependency('Ray is not installed; run: pip install "summlib[ray]"') from error
    return ray.data


def _document(text: Any, name: Any) -> Document | SummlibError:
    if isinstance(text, float) and text != text:
        text = None  # as pandas writes it
    if not isinstance(text, str):
        return InputError(f"no text: {type(text).__name__}")
    return Document(str(text), path="" if name is None else str(name))


def _values(column: Any) -> list[Any]:
    """Return a column as Python values; those of pyarrow and numpy are of other types."""
    for convert in ("to_pylist", "tolist"):
        if hasattr(column, convert):
            return list(getattr(column, convert)())
    return list(column)


def _like(batch: Any, kept: list[str], made: Mapping[str, list[str]], *, text_column: str) -> Any:
    """Return the kept and the new columns as the kind of table that the batch is."""
    if hasattr(batch, "column_names"):  # pyarrow
        table = batch.select(kept)
        in_chunks = hasattr(batch, "to_batches")  # a table, and no record batch
        for name, values in made.items():
            filled = [values] if in_chunks else values
            table = table.append_column(name, filled if values else batch[text_column])
        return table
    if hasattr(batch, "assign"):  # pandas
        return batch[kept].assign(**made)
    like = batch[text_column]
    return {name: batch[name] for name in kept} | {
        name: _column_like(like, values) for name, values in made.items()
    }


def _column_like(like: Iterable[Any], values: list[str]) -> Any:
    if not hasattr(like, "dtype"):
        return values
    if not values:
        return like  # empty too, and of the type that strings have here
    import numpy

    return numpy.array(values, dtype=object)


def _is_error(result: Any) -> bool:
    return isinstance(result, SummlibError)


def _details(result: Any) -> str:
    return json.dumps(result.to_dict(), ensure_ascii=False)
