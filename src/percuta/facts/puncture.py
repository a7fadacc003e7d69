"""Parameters of the puncture model: where needles land, how deep they go."""

from dataclasses import dataclass

from percuta.facts.doors import Fact


@dataclass(frozen=True)
class PunctureRow(Fact):
    """One parameter with its range and unit, by device kind."""

    quantity: str
    subject: str
    value: float
    low: float
    high: float
    unit: str
    about: str
