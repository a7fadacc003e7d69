"""A data base of measured permeability that may not be passed on, read from a copy: V18.

The columns are those of the file ``data/huskinDB.csv`` that its authors published with doi
10.1038/s41597-020-00764-z.
"""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.planning.case.text_file import small_text
from percuta.science.absorption.parameters import potts_guy
from percuta.science.absorption.relations import PottsGuy
from percuta.science.numerics.sampling import stream
from percuta.units import to_si
from percuta.validation.predicted import Predicted, banded

_ROW = "V18"
_LAYER = "used layer"
_ASKED = {
    "logkp (cm/s)": "log_permeability",
    "LogP": "log_p",
    "molecular weight": "molar_mass",
}
"""What a column holds; in which range is a row of the table ``validation_inputs``."""

_JUDGED = "epidermis"
_RESAMPLED = 2_000


@dataclass(frozen=True)
class Measured:
    """One measurement on epidermis: ``log_permeability`` as log10 of cm/s, mass in g/mol."""

    log_permeability: float
    log_p: float
    grams_per_mole: float


def read_measured(path: Path, facts: Facts) -> tuple[Measured, ...]:
    """Every measurement on epidermis: as many as the row is about, each a number that can be one.

    Raises
    ------
    Faults
        If the file is not such a table, a cell holds no plausible number, or rows are missing or
        too many: a figure over one set of measurements is not judged on another.
    """
    rows = _on_epidermis(path, small_text(path, facts, Faults))
    faults = [f"{path}: {fault}" for line, row in rows for fault in _implausible(line, row, facts)]
    about = int(facts.validation_inputs["measurements", _ROW].value)
    if len(rows) != about:
        faults.append(
            f"{path}: {len(rows)} rows have '{_JUDGED}' under '{_LAYER}'; row {_ROW} is about "
            f"{about} measurements, those of the file of December 2020"
        )
    if faults:
        raise Faults(faults)
    return tuple(Measured(*(float(row[column]) for column in _ASKED)) for _, row in rows)


def _on_epidermis(path: Path, text: str) -> list[tuple[int, dict[str, str]]]:
    """Rows on the layer that is judged, each with its line."""
    reader = csv.DictReader(io.StringIO(text), strict=True, restval="")
    try:
        lacking = [name for name in (_LAYER, *_ASKED) if name not in (reader.fieldnames or ())]
        if lacking:
            raise Faults([f"{path}: column '{name}' is missing" for name in lacking])
        return [(reader.line_num, row) for row in reader if row[_LAYER].strip() == _JUDGED]
    except csv.Error as broken:
        raise Faults([f"{path}: is not CSV after line {reader.line_num}: {broken}"]) from broken


def _implausible(line: int, row: dict[str, str], facts: Facts) -> Iterator[str]:
    """Cells that hold no number, or one that cannot be what the column says."""
    for column, quantity in _ASKED.items():
        bounds, told = facts.validation_inputs[quantity, _ROW], row[column]
        try:
            is_plausible = bounds.low <= float(told) <= bounds.high
        except ValueError:
            yield f"line {line}, '{column}': '{told}' is no number"
            continue
        if not is_plausible:
            ends = f"{bounds.low:g} to {bounds.high:g}"
            yield f"line {line}, '{column}': '{told}' does not lie in {ends}"


def relation_error(facts: Facts, measured: tuple[Measured, ...]) -> Predicted:
    """V18: root mean square error of Potts and Guy, and of samples of the measurements."""
    relation = potts_guy(facts)
    squares = np.array([_miss(relation, one) ** 2 for one in measured])
    rng = stream(18, _ROW)
    again = rng.choice(squares, (_RESAMPLED, squares.size)).mean(axis=1)
    low, high = (float(end) for end in np.sqrt(np.quantile(again, (0.05, 0.95))))
    return banded(low, math.sqrt(float(squares.mean())), high)


def _miss(relation: PottsGuy, one: Measured) -> float:
    """Predicted less measured, in powers of ten."""
    told = relation.of(log_p=one.log_p, grams_per_mole=one.grams_per_mole)
    return math.log10(told / to_si(1.0, "cm_per_s")) - one.log_permeability
