"""The barrier's clock: how openness fades after needling, until the barrier counts as closed.

There is no single closure time: water loss, dye, impedance and pictures differ tenfold. The clock
is the same one that advice is read off; here it tells how much is still open meanwhile.
"""

import math

import numpy as np

from percuta.errors import OutsideValidity
from percuta.frozen import frozen
from percuta.science.channels.clocks import Closing
from percuta.science.numerics.sampling import Draws


@frozen
class BarrierClock:
    """Openness falls exponentially and counts as closed below ``closed_share``.

    ``closing`` is when it counts as closed, with everything that is not known of it.
    """

    closing: Closing
    closed_share: float

    def __post_init__(self) -> None:
        if not 0 < self.closed_share < 1:
            raise OutsideValidity("a clock needs a share between 0 and 1 below which it is closed")

    def time_constant(self, share: float) -> float:
        """In which openness falls to 1/e, or faster, in this ``share`` of people [s]."""
        return self.closing.closed_by(share) * self._constant

    def draw(self, sets: int, rng: np.random.Generator) -> Draws:
        """Time constants of people [s], each above 0."""
        return self.at(rng.standard_normal(sets))

    def at(self, deviations: Draws) -> Draws:
        """Time constants of people who lie so many standard deviations from the middle [s]."""
        constants: Draws = self.closing.at(deviations) * self._constant
        return constants

    @property
    def _constant(self) -> float:
        """Time constant over the time until closed."""
        return 1 / -math.log(self.closed_share)
