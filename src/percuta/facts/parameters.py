"""Parameters of the models: of needling, of channels and absorption; and where models fail."""

from dataclasses import dataclass

from percuta.facts.doors import Fact
from percuta.units import to_si


@dataclass(frozen=True)
class ParameterRow(Fact):
    """One parameter with its range and unit, by what it belongs to."""

    quantity: str
    subject: str
    value: float
    low: float
    high: float
    unit: str
    about: str

    def si(self, end: str = "value") -> float:
        """The middle (``value``), ``low`` or ``high`` end in SI."""
        chosen: float = getattr(self, end)
        return to_si(chosen, self.unit)


@dataclass(frozen=True)
class ModelFailure(Fact):
    """One comparison with a publication that a model fails."""

    model: str
    what: str
    statement: str
