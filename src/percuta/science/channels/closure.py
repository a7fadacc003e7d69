"""The barrier's clock: how openness fades after needling, and when the barrier counts as closed.

There is no single closure time: water loss, dye, impedance and pictures differ tenfold. A clock
carries its lifetime with its spread between people, and its upper end is what advice is read off.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from percuta.errors import OutsideValidity
from percuta.science.numerics.sampling import Draws


@dataclass(frozen=True)
class BarrierClock:
    """Openness falls exponentially and counts as closed below ``closed_share``.

    ``lifetime`` [s] is the median time until then, ``spread`` the standard deviation of its
    logarithm between people.
    """

    lifetime: float
    spread: float
    closed_share: float

    def __post_init__(self) -> None:
        if not (self.lifetime > 0 and self.spread >= 0 and 0 < self.closed_share < 1):
            raise OutsideValidity("a clock needs a lifetime above 0 and a share between 0 and 1")

    @property
    def time_constant(self) -> float:
        """In which openness falls to 1/e, in the median person [s]."""
        return self.lifetime / -math.log(self.closed_share)

    def openness(self, time: float) -> float:
        """Share of the first openness that is left, in 0..1, never rising with time."""
        return math.exp(-time / self.time_constant)

    def closed_after(self, share: float) -> float:
        """Time by which the barrier is closed in this share of people [s], rising with it."""
        return self.lifetime * math.exp(self.spread * NormalDist().inv_cdf(share))

    def draw(self, sets: int, rng: np.random.Generator) -> Draws:
        """Time constants of people [s]."""
        drawn: Draws = self.time_constant * np.exp(self.spread * rng.standard_normal(sets))
        return drawn
