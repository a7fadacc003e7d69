"""Parameters of the models: of needling, of channels and absorption; and where models fail."""

import math
from statistics import NormalDist

from percuta.facts.doors import Fact
from percuta.frozen import frozen
from percuta.units import to_si

NINETY_IN_SIGMAS = 2 * NormalDist().inv_cdf(0.95)
"""Width of a 90 % range in standard deviations of a normal law."""


@frozen
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

    @property
    def spread(self) -> float:
        """Standard deviation, where ``low`` and ``high`` are the 90 % range."""
        return (self.high - self.low) / NINETY_IN_SIGMAS

    @property
    def log_spread(self) -> float:
        """Standard deviation of the logarithm, where ``low`` and ``high`` are its 90 % range."""
        return math.log(self.high / self.low) / NINETY_IN_SIGMAS


@frozen
class ModelFailure(Fact):
    """One comparison with a publication that a model fails."""

    model: str
    what: str
    statement: str
