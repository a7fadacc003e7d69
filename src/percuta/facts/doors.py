"""From a checked row to the frozen object that planning and science work with.

A door class is a frozen dataclass whose first two fields are ``key`` and ``provenance``; its
other fields carry the names of table columns. Missing cells become ``None`` where the field
says so and are an error where it does not. A field with a default is a column that older
editions lack.
"""

import types
import typing
from collections.abc import Callable
from dataclasses import MISSING, fields
from enum import Enum
from typing import Any, TypeVar

from percuta.errors import FactError
from percuta.facts.table import Missing, Provenance, Row, Table, Value
from percuta.frozen import frozen


@frozen
class Fact:
    """What every typed row has: its key and who says so."""

    key: str
    provenance: Provenance

    @property
    def sources(self) -> tuple[str, ...]:
        """Keys of the bibliography."""
        return self.provenance.source


Door = TypeVar("Door", bound=Fact)
Converters = dict[str, Callable[[Value], Any]]


def typed_rows(door: type[Door], table: Table) -> tuple[Door, ...]:
    """Every row of ``table`` as a ``door`` object, in table order."""
    newer = {field.name for field in fields(door) if field.default is not MISSING}
    converters = {
        name: convert
        for name, convert in _converters(door).items()
        if name in table.schema.columns or name not in newer
    }
    return tuple(_typed(door, converters, row) for row in table)


def _typed(door: type[Door], converters: Converters, row: Row) -> Door:
    values: dict[str, Any] = {"key": row.key, "provenance": row.provenance}
    for name, convert in converters.items():
        try:
            values[name] = convert(row.cells[name])
        except (KeyError, ValueError) as error:
            raise FactError([f"{row.table}.csv, row {row.key}, {name}: {error}"]) from error
    return door(**values)


def _converters(door: type[Fact]) -> Converters:
    hints = typing.get_type_hints(door)
    return {
        field.name: _converter(hints[field.name])
        for field in fields(door)
        if field.name not in {"key", "provenance"}
    }


def _converter(hint: Any) -> Callable[[Value], Any]:
    arms = typing.get_args(hint) if isinstance(hint, types.UnionType) else (hint,)
    optional = type(None) in arms
    inner = next(arm for arm in arms if arm is not type(None))
    plain = _plain(inner)

    def convert(value: Value) -> Any:
        if isinstance(value, Missing):
            if optional:
                return None
            if inner is not str and inner is not tuple:
                raise ValueError(f"'{value.value}' where a value is needed")
            return value.value
        return value if plain is None else plain(value)

    return convert


def _plain(inner: Any) -> Callable[[Any], Any] | None:
    """From the value of a cell to that of a field; ``None`` where they are the same."""
    if typing.get_origin(inner) is tuple:
        element = _plain(typing.get_args(inner)[0])
        return element and (lambda value: tuple(element(part) for part in value))
    if inner is bool:
        return lambda value: {"yes": True, "no": False}[value]
    if isinstance(inner, type) and issubclass(inner, Enum):
        return inner
    return inner if inner in {float, int} else None
