"""Which rows two editions hold differently, and an edition with one of them put back."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from percuta.errors import FactError
from percuta.facts.edition import Facts
from percuta.facts.table import Row, Table
from percuta.planning.case.case import Frozen

_SAYS_WHO = {"source", "locator", "basis", "population", "note"}
"""Columns that say who vouches for a row: a change of them alone moves no number."""

_NOT_PLANNED_WITH = ("validation", "validation_inputs", "model_failures", "outcome_checks")
"""Tables that judge models, and of which nothing in a plan is made."""


class ChangeKind(StrEnum):
    """How the newer edition holds a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


class RowChange(Frozen):
    """One row that the newer edition holds otherwise, and in which columns."""

    table: str
    key: str
    kind: ChangeKind
    columns: tuple[str, ...] = ()

    @property
    def reference(self) -> str:
        """The row as plans name it."""
        return f"{self.table}/{self.key}"


def row_changes(old: Facts, new: Facts) -> tuple[RowChange, ...]:
    """Every row whose values differ, in the order of the tables.

    A row of which only source, place, basis, population or note changed is left out.
    """
    names = sorted({*old.table_names, *new.table_names} - set(_NOT_PLANNED_WITH))
    return tuple(change for name in names for change in _of_table(name, old, new))


def _of_table(name: str, old: Facts, new: Facts) -> Iterator[RowChange]:
    before, after = _rows(name, old), _rows(name, new)
    for key in dict.fromkeys((*before, *after)):
        if key not in before:
            yield RowChange(table=name, key=key, kind=ChangeKind.ADDED)
        elif key not in after:
            yield RowChange(table=name, key=key, kind=ChangeKind.REMOVED)
        elif columns := _differing(before[key], after[key]):
            yield RowChange(table=name, key=key, kind=ChangeKind.CHANGED, columns=columns)


def _rows(name: str, facts: Facts) -> dict[str, Row]:
    return {row.key: row for row in facts.table(name)} if name in facts.table_names else {}


def _differing(before: Row, after: Row) -> tuple[str, ...]:
    shared = [name for name in after.cells if name in before.cells and name not in _SAYS_WHO]
    return tuple(name for name in shared if before.cells[name] != after.cells[name])


def put_back(change: RowChange, old: Facts, new: Facts) -> Facts:
    """The newer edition with one row as the older one has it.

    A row that was added is left out; one that was removed stands again. What a column that only the
    newer edition has held stays as it is.

    Raises
    ------
    FactError
        If the row cannot stand in the newer edition's table.
    """
    table = new.table(change.table) if change.table in new.table_names else None
    if table is None:
        raise FactError([f"{change.reference}: the newer edition has no such table"])
    rows = {row.key: row for row in table}
    if change.kind is ChangeKind.ADDED:
        del rows[change.key]
    else:
        before = old.row(change.reference)
        rows[change.key] = _as_of(before, rows.get(change.key), table)
    return new.with_table(Table(table.schema, tuple(rows.values())))


def _as_of(before: Row, after: Row | None, table: Table) -> Row:
    newer: dict[str, Any] = dict(after.cells) if after is not None else {}
    cells = {**newer, **{k: v for k, v in before.cells.items() if k in table.schema.columns}}
    lacking = [name for name in table.schema.columns if name not in cells]
    if lacking:
        raise FactError([f"{before.table}/{before.key}: nothing is known of {', '.join(lacking)}"])
    return Row(before.table, before.key, cells, before.provenance)
