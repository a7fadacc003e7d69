"""Other local anaesthetic of the day as rows of a form: which drug, and how many milligrams."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from percuta.facts.edition import Facts
from percuta.planning.case.case import AnaestheticDose

DRUG_ROWS = 20
"""Rows that are read: as many as a case may hold, so that none is lost."""

_SHOWN = 3
"""Empty rows that a form shows at first."""


@dataclass(frozen=True)
class DrugRow:
    """One row as it stands in the form."""

    number: int
    drug: str
    amount_mg: str


@dataclass(frozen=True)
class OtherDrugs:
    """The rows, drugs with a published maximum to pick from, and whether any row holds a drug."""

    rows: tuple[DrugRow, ...]
    known: tuple[str, ...]

    @property
    def is_told(self) -> bool:
        """Whether a row is filled."""
        return any(row.drug or row.amount_mg for row in self.rows)


def drugs_of(doses: Iterable[AnaestheticDose], facts: Facts) -> OtherDrugs | None:
    """Rows of what was told; nothing under an edition that knows no maximum of any drug."""
    told = [(dose.drug.replace("_", " "), f"{dose.amount_mg:g}") for dose in doses]
    return _rows(told, facts)


def drugs_typed(fields: Mapping[str, object], facts: Facts) -> OtherDrugs | None:
    """Rows as they were sent, right or wrong."""
    pairs = [
        (str(fields.get(f"other_drug_{n}", "")), str(fields.get(f"other_mg_{n}", "")))
        for n in range(1, DRUG_ROWS + 1)
    ]
    return _rows([pair for pair in pairs if any(pair)], facts)


def _rows(told: list[tuple[str, str]], facts: Facts) -> OtherDrugs | None:
    if not facts.dose_maxima:
        return None
    filled = [*told, *[("", "")] * max(1, _SHOWN - len(told))][:DRUG_ROWS]
    known = sorted({row.drug.replace("_", " ") for row in facts.dose_maxima})
    rows = (DrugRow(number, *pair) for number, pair in enumerate(filled, start=1))
    return OtherDrugs(tuple(rows), tuple(known))
