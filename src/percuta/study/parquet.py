"""A study's rows as Parquet: the same rows give the same bytes, with units and provenance inside.

No file holds a time of day. Figures keep seven digits, which hides the last bit in which
processors may differ.
"""

import io
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from percuta.errors import StudyError
from percuta.facts.vocabulary import Sex, Zone
from percuta.study.chunks import PlanRows
from percuta.study.columns import WHAT, WHO, Figure, figures_of
from percuta.study.design import Study
from percuta.study.identity import Identity

ROWS_IN_A_GROUP = 100_000
_KEY = b"percuta"
_WORDS = pa.dictionary(pa.int32(), pa.string())
_TYPES = {
    "person": pa.int64(),
    "sex": _WORDS,
    "age_years": pa.int16(),
    "plan": pa.int32(),
    "device": _WORDS,
    "zone": _WORDS,
    "set_depth_mm": pa.float32(),
    "strikes_per_cm2": pa.float32(),
    "covered": pa.bool_(),
}
_CHOSEN_BY = [column.name for column in (*WHO, *WHAT)]
_OPTIONS = {
    "compression": "snappy",
    "use_dictionary": _CHOSEN_BY,
    "write_statistics": _CHOSEN_BY,
}
"""Figures hardly repeat, and nobody picks rows by them: a dictionary of them costs three times the
time and a third more room, their least and most a fifth of the time."""


def schema_of(study: Study, identity: Identity, **about: object) -> pa.Schema:
    """Columns with their units and grades, and what the file belongs to."""
    fields = [
        pa.field(
            column.name,
            _TYPES.get(column.name, pa.float32()),
            nullable=False,
            metadata=_described(column.about, column.unit, column),
        )
        for column in (*WHO, *WHAT, *figures_of(study))
    ]
    told = json.dumps({**asdict(identity), **about}, sort_keys=True)
    return pa.schema(fields, metadata={_KEY: told.encode()})


def _described(about: str, unit: str | None, column: object) -> dict[str, str]:
    told = {"about": about} | ({"unit": unit} if unit else {})
    if isinstance(column, Figure):
        told |= {"grade": column.grade.value, "grade_words": column.grade.words}
    return told


def part_bytes(rows: Iterable[PlanRows], devices: Iterable[str], schema: pa.Schema) -> bytes:
    """One chunk as a Parquet file."""
    known = list(devices)
    columns = [_columns(each, known) for each in rows]
    arrays = [
        _array(np.concatenate([each[field.name] for each in columns]), field, known)
        for field in schema
    ]
    file = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), file, **_OPTIONS)
    return file.getvalue()


def _columns(rows: PlanRows, devices: list[str]) -> dict[str, NDArray[Any]]:
    plan, people, count = rows.plan, rows.people, rows.zone.size
    return {
        "person": people.number,
        "sex": people.sex,
        "age_years": people.age_years,
        "plan": np.full(count, plan.number),
        "device": np.full(count, devices.index(plan.device)),
        "zone": rows.zone,
        "set_depth_mm": np.full(count, plan.depth_mm),
        "strikes_per_cm2": np.full(count, plan.strikes_per_cm2),
        "covered": np.full(count, plan.covered),
        **rows.figures,
    }


def _array(values: NDArray[Any], field: pa.Field, devices: list[str]) -> pa.Array:
    if field.type != _WORDS:
        return pa.array(values.astype(field.type.to_pandas_dtype()), type=field.type)
    words: dict[str, list[Any]] = {"sex": list(Sex), "zone": list(Zone), "device": devices}
    texts = pa.array([str(word) for word in words[field.name]])
    return pa.DictionaryArray.from_arrays(pa.array(values.astype(np.int32)), texts)


def belongs(part: bytes, schema: pa.Schema) -> bool:
    """Whether a part can be read and is of this study, facts and chunk."""
    try:
        there = pq.read_schema(pa.BufferReader(part))
    except (OSError, pa.ArrowException):
        return False
    return bool(there.equals(schema, check_metadata=True))


def rows_of(part: bytes) -> pa.Table:
    """What a part holds."""
    return pq.ParquetFile(pa.BufferReader(part)).read()


def write_result(tables: Iterator[pa.Table], schema: pa.Schema, path: Path) -> None:
    """All rows in one file, in groups of a fixed size.

    Raises
    ------
    StudyError
        If it cannot be written.
    """
    try:
        with pq.ParquetWriter(path, schema, **_OPTIONS) as writer:
            for group in _groups(_ahead(tables), schema):
                writer.write_table(group, row_group_size=ROWS_IN_A_GROUP)
    except OSError as error:
        raise StudyError([f"{path}: cannot be written: {error.strerror or error}"]) from error


def _ahead(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Read the next table while the one before is written."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, tables, None)
        while (table := coming.result()) is not None:
            coming = reader.submit(next, tables, None)
            yield table


def _groups(tables: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        waiting.append(table.cast(schema))
        rows += table.num_rows
        if rows >= ROWS_IN_A_GROUP:
            joined = pa.concat_tables(waiting)
            whole = rows - rows % ROWS_IN_A_GROUP
            yield joined.slice(0, whole)
            waiting, rows = [joined.slice(whole)], rows - whole
    if rows:
        yield pa.concat_tables(waiting)
