"""The schema of one fact table: what every column means, its unit, range and closed words."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from percuta.errors import FactError
from percuta.facts.vocabulary import Basis
from percuta.units import is_known, known_units

PROVENANCE = ("source", "locator", "basis", "population", "note")
"""Columns that close every table: no number without who says so, where, and how they know."""

_TYPES = {"key", "text", "choice", "choices", "number", "integer", "date", "sources"}
_NUMERIC = {"number", "integer"}
_UNIT_ELSEWHERE = {"by_row", "by_scale"}
_KEYS = {"type", "about", "unit", "min", "max", "choices", "allow", "optional"}


@dataclass(frozen=True)
class Column:
    """One column of a fact table.

    ``unit``, ``low`` and ``high`` are set for numeric columns, ``choices`` for closed words;
    ``allow`` names which of ``unknown`` and ``none`` may stand in a cell.
    """

    name: str
    type: str
    about: str
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    allow: frozenset[str] = frozenset()
    optional: bool = False

    @property
    def is_numeric(self) -> bool:
        """Whether cells of this column are numbers."""
        return self.type in _NUMERIC


@dataclass(frozen=True)
class Schema:
    """A table's title, purpose and columns in order.

    ``recipe`` says how a computed table was made; it is empty for a table that people wrote.
    """

    name: str
    title: str
    about: str
    columns: Mapping[str, Column] = field(default_factory=dict)
    recipe: Mapping[str, str] = field(default_factory=dict)


def read_schema(path: Path) -> Schema:
    """Read and check a table's schema.

    Raises
    ------
    FactError
        Naming every fault: a column without meaning, a number without unit or range, a
        suffix that contradicts its unit, a provenance column left out.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FactError([f"{path.name}: cannot be read as a schema: {error}"]) from error
    faults: list[str] = []
    for key in ("title", "about"):
        if not raw.get(key):
            faults.append(f"{path.name}: '{key}' is missing")
    columns = {
        name: _column(name, spec, table=path.stem, faults=faults)
        for name, spec in raw.get("columns", {}).items()
    }
    if tuple(columns)[-len(PROVENANCE) :] != PROVENANCE:
        faults.append(f"{path.name}: the last columns must be {', '.join(PROVENANCE)}")
    elif columns["basis"].choices and set(columns["basis"].choices) != set(Basis):
        faults.append(f"{path.name}: column basis must offer exactly {', '.join(Basis)}")
    if next(iter(columns), None) != "row" or columns["row"].type != "key":
        faults.append(f"{path.name}: the first column must be 'row' of type key")
    if faults:
        raise FactError(faults)
    return Schema(path.stem, raw["title"], raw["about"], columns, _recipe(raw))


def _recipe(raw: Mapping[str, Any]) -> Mapping[str, str]:
    return {name: str(value) for name, value in raw.get("recipe", {}).items()}


def _column(name: str, spec: dict[str, Any], *, table: str, faults: list[str]) -> Column:
    where = f"{table}.toml, column {name}"
    kind = spec.get("type", "")
    faults.extend(f"{where}: unknown entry '{key}'" for key in spec.keys() - _KEYS)
    if kind not in _TYPES:
        faults.append(f"{where}: type '{kind}' is not one of {', '.join(sorted(_TYPES))}")
    if not spec.get("about"):
        faults.append(f"{where}: 'about' is missing")
    if kind in _NUMERIC:
        _check_number(name, spec, where=where, faults=faults)
    if kind in {"choice", "choices"} and not spec.get("choices"):
        faults.append(f"{where}: a {kind} column needs its closed list of choices")
    faults.extend(
        f"{where}: allow can only hold 'unknown' and 'none', not '{word}'"
        for word in set(spec.get("allow", ())) - {"unknown", "none"}
    )
    return Column(
        name=name,
        type=kind,
        about=spec.get("about", ""),
        unit=spec.get("unit"),
        low=spec.get("min"),
        high=spec.get("max"),
        choices=tuple(spec.get("choices", ())),
        allow=frozenset(spec.get("allow", ())),
        optional=bool(spec.get("optional", False)),
    )


def _check_number(name: str, spec: dict[str, Any], *, where: str, faults: list[str]) -> None:
    unit = spec.get("unit")
    if unit is None or not (unit in _UNIT_ELSEWHERE or is_known(unit)):
        faults.append(f"{where}: unit '{unit}' is not one of {', '.join(known_units())}")
    elif is_known(unit) and unit != "1" and not _carries(name, unit):
        faults.append(f"{where}: the name does not carry its unit '{unit}'")
    elif _is_unitless(unit) and any(_carries(name, u) for u in known_units() if u not in "1n"):
        faults.append(f"{where}: the name carries a unit but the schema says '{unit}'")
    low, high = spec.get("min"), spec.get("max")
    if low is None or high is None or low > high:
        faults.append(f"{where}: a number needs its range: min and max, min not above max")


def _is_unitless(unit: str) -> bool:
    return unit == "1" or unit in _UNIT_ELSEWHERE


def _carries(name: str, unit: str) -> bool:
    stem = name.removesuffix("_lo").removesuffix("_hi").removesuffix("_low").removesuffix("_high")
    return stem.removesuffix("_max").removesuffix("_min_age").endswith(f"_{unit}") or stem == unit
