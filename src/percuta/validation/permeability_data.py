"""A data base of measured permeability that may not be passed on, read from a copy: V18.

The columns are those of the file ``data/huskinDB.csv`` that its authors published with doi
10.1038/s41597-020-00764-z.
"""

import csv
import io
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from percuta.errors import Faults
from percuta.facts.edition import Facts
from percuta.planning.small_file import small_text
from percuta.science.absorption.parameters import potts_guy
from percuta.science.absorption.relations import PottsGuy
from percuta.science.numerics.sampling import stream
from percuta.units import to_si
from percuta.validation.predicted import Predicted, banded

_LAYER = "used layer"
_PERMEABILITY, _LOG_P, _MASS = "logkp (cm/s)", "LogP", "molecular weight"
_JUDGED = "epidermis"
_RESAMPLED = 2_000


@dataclass(frozen=True)
class Measured:
    """One measurement on epidermis: ``log_permeability`` as log10 of cm/s, mass in g/mol."""

    log_permeability: float
    log_p: float
    grams_per_mole: float


def read_measured(path: Path, facts: Facts) -> tuple[Measured, ...]:
    """Every measurement on epidermis.

    Raises
    ------
    Faults
        If the file is not such a table, or tells no number where one belongs.
    """
    reader = csv.DictReader(io.StringIO(small_text(path, facts, Faults)))
    needed = (_LAYER, _PERMEABILITY, _LOG_P, _MASS)
    lacking = [name for name in needed if name not in (reader.fieldnames or ())]
    if lacking:
        raise Faults([f"{path}: column '{name}' is missing" for name in lacking])
    rows = [row for row in reader if (row[_LAYER] or "").strip() == _JUDGED]
    if not rows:
        raise Faults([f"{path}: no row has '{_JUDGED}' under '{_LAYER}'"])
    try:
        return tuple(
            Measured(float(row[_PERMEABILITY]), float(row[_LOG_P]), float(row[_MASS]))
            for row in rows
        )
    except (TypeError, ValueError) as error:
        raise Faults([f"{path}: a row on {_JUDGED} holds no number: {error}"]) from error


def relation_error(facts: Facts, measured: tuple[Measured, ...]) -> Predicted:
    """V18: root mean square error of Potts and Guy, and of samples of the measurements."""
    relation = potts_guy(facts)
    squares = np.array([_miss(relation, one) ** 2 for one in measured])
    rng = stream(18, "V18")
    again = rng.choice(squares, (_RESAMPLED, squares.size)).mean(axis=1)
    low, high = (float(end) for end in np.sqrt(np.quantile(again, (0.05, 0.95))))
    return banded(low, math.sqrt(float(squares.mean())), high)


def _miss(relation: PottsGuy, one: Measured) -> float:
    """Predicted less measured, in powers of ten."""
    told = relation.of(log_p=one.log_p, grams_per_mole=one.grams_per_mole)
    return math.log10(told / to_si(1.0, "cm_per_s")) - one.log_permeability
