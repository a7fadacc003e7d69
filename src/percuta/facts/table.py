"""The strict loader: a fact table is read whole and clean, or not at all.

A cell is never blank. ``unknown`` says that the source does not tell, ``none`` that the
question does not apply; both are values, neither is zero.
"""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import lru_cache

from percuta.errors import FactError
from percuta.facts.schema import Column, Schema
from percuta.facts.vocabulary import Basis
from percuta.frozen import frozen


class Missing(Enum):
    """Why a cell holds no value."""

    UNKNOWN = "unknown"
    NONE = "none"


Value = str | float | int | date | tuple[str, ...] | Missing


@frozen
class Provenance:
    """Who says so, where it is written, how they know it, and of whom."""

    source: tuple[str, ...]
    locator: str
    basis: Basis
    population: str
    note: str


@frozen
class Row:
    """One fact: its cells by column name, and its provenance."""

    table: str
    key: str
    cells: Mapping[str, Value]
    provenance: Provenance


@frozen
class Table:
    """A checked fact table."""

    schema: Schema
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_table(text: str, schema: Schema, known_sources: frozenset[str]) -> Table:
    """Read a CSV text under its schema.

    Parameters
    ----------
    text : str
        The whole CSV file.
    schema : Schema
        What each column must hold.
    known_sources : frozenset of str
        Keys of the edition's bibliography.

    Raises
    ------
    FactError
        Naming every cell that is blank, out of range, outside its closed list, without a
        known source, or whose low end lies above its high end.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    header = next(reader, [])
    if header != list(schema.columns):
        raise FactError([f"{schema.name}.csv: columns are {header}, not {list(schema.columns)}"])
    faults: list[str] = []
    rows: list[Row] = []
    for line, cells in enumerate(reader, start=2):
        if len(cells) != len(header):
            faults.append(f"{schema.name}.csv line {line}: {len(cells)} cells, not {len(header)}")
            continue
        row = _row(dict(zip(header, cells, strict=True)), schema, known_sources, faults)
        if row is not None:
            rows.append(row)
    _check_unique(rows, schema.name, faults)
    if faults:
        raise FactError(faults)
    return Table(schema, tuple(rows))


def _row(
    cells: dict[str, str], schema: Schema, known_sources: frozenset[str], faults: list[str]
) -> Row | None:
    where = f"{schema.name}.csv, row {cells['row'] or '(no key)'}"
    before = len(faults)
    values: dict[str, Value] = {}
    for name, column in schema.columns.items():
        try:
            values[name] = _value(cells[name], column)
        except ValueError as error:
            faults.append(f"{where}, {name}: {error}")
    if len(faults) > before:
        return None
    _check_order(values, where, faults)
    provenance = provenance_in(values)
    faults.extend(
        f"{where}, source: '{key}' is not in sources.bib"
        for key in provenance.source
        if key not in known_sources
    )
    return Row(schema.name, cells["row"], values, provenance)


def _value(cell: str, column: Column) -> Value:
    if cell != cell.strip():
        raise ValueError(f"'{cell}' has a blank at an end")
    if cell == "":
        if column.optional:
            return ""
        raise ValueError("is blank; write the value, 'unknown' or 'none'")
    if cell in {"unknown", "none"} and cell not in column.choices:
        if cell in column.allow:
            return Missing(cell)
        raise ValueError(f"'{cell}' is not allowed here")
    if column.is_numeric:
        return _number(cell, column)
    if column.type == "choice" and cell not in column.choices:
        raise ValueError(f"'{cell}' is not one of {', '.join(column.choices)}")
    if column.type in {"choices", "sources"}:
        return _several(cell, column)
    if column.type == "date":
        return date.fromisoformat(cell)
    return cell


def _number(cell: str, column: Column) -> float | int:
    value = int(cell) if column.type == "integer" else float(cell)
    if not math.isfinite(value):
        raise ValueError(f"'{cell}' is not a finite number")
    low, high = column.low, column.high
    if low is not None and high is not None and not low <= value <= high:
        raise ValueError(f"{cell} {column.unit} lies outside {low} to {high} {column.unit}")
    return value


def _several(cell: str, column: Column) -> tuple[str, ...]:
    parts = tuple(cell.split(";"))
    for part in parts:
        if not part or part != part.strip():
            raise ValueError(f"'{cell}' has an empty part or a blank between its ';'")
        if column.choices and part not in column.choices:
            raise ValueError(f"'{part}' is not one of {', '.join(column.choices)}")
    if len(set(parts)) != len(parts):
        raise ValueError(f"'{cell}' names something twice")
    return parts


def _check_order(values: Mapping[str, Value], where: str, faults: list[str]) -> None:
    for low_name, high_name in _ends(tuple(values)):
        low, high = values[low_name], values[high_name]
        if isinstance(low, int | float) and isinstance(high, int | float) and low > high:
            faults.append(f"{where}: {low_name} {low} lies above {high_name} {high}")


@lru_cache(maxsize=256)
def _ends(columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Low ends with their high ends among a table's columns; the same for each of its rows."""
    pairs = ((name, _high_end(name)) for name in columns)
    return tuple((low, high) for low, high in pairs if high in columns)


def _high_end(name: str) -> str:
    if name == "low":
        return "high"
    for low_mark, high_mark in (("_lo", "_hi"), ("_low", "_high")):
        if name.endswith(low_mark):
            return name.removesuffix(low_mark) + high_mark
    return name.replace("_lo_", "_hi_") if "_lo_" in name else ""


def provenance_in(values: Mapping[str, Value]) -> Provenance:
    """The provenance that the cells of a row tell."""
    source, population = values["source"], values["population"]
    return Provenance(
        source=source if isinstance(source, tuple) else (),
        locator=str(values["locator"]),
        basis=Basis(str(values["basis"])),
        population=population.value if isinstance(population, Missing) else str(population),
        note=str(values["note"]),
    )


def _check_unique(rows: list[Row], table: str, faults: list[str]) -> None:
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            faults.append(f"{table}.csv: row key '{row.key}' occurs twice")
        seen.add(row.key)
