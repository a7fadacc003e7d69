"""What was done where a figure was measured, and single cells of the evidence, for predictions."""

from typing import TypeVar

from percuta.errors import FactError
from percuta.facts.edition import Facts

Value = TypeVar("Value")


def done(facts: Facts, quantity: str, row: str, end: str = "value") -> float:
    """The dose, device or time behind a validation row, in SI."""
    return facts.validation_inputs[quantity, row].si(end)


def cell(facts: Facts, reference: str, column: str = "value") -> float:
    """One number of an evidence row that is named ``table/key``.

    Raises
    ------
    FactError
        If the cell holds no number.
    """
    value = facts.row(reference).cells[column]
    if not isinstance(value, int | float):
        raise FactError([f"{reference}, {column}: holds no number"])
    return float(value)


def known(value: Value | None, what: str) -> Value:
    """A value that a prediction cannot do without.

    Raises
    ------
    FactError
        If it is missing.
    """
    if value is None:
        raise FactError([f"{what}: missing, and a validation row rests on it"])
    return value
