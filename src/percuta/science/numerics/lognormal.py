"""A time that is lognormal, with the causes of its spread told apart."""

import math
from statistics import NormalDist

import numpy as np

from percuta.errors import OutsideValidity
from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws


@frozen
class Spread:
    """One cause of not knowing a time, and its standard deviation on the log scale."""

    cause: str
    amount: float


@frozen
class LognormalTime:
    """A time [s] whose causes of spread are independent.

    ``median`` is above 0; no spread is negative.
    """

    median: float
    spreads: tuple[Spread, ...]

    def __post_init__(self) -> None:
        if not self.median > 0 or any(spread.amount < 0 for spread in self.spreads):
            raise OutsideValidity("a time needs a median above 0 and spreads not below 0")

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm."""
        return math.hypot(*(spread.amount for spread in self.spreads))

    def by(self, share: float) -> float:
        """Time by which this share is through [s], never falling with the share in 0..1."""
        if not 0 < share < 1:
            raise OutsideValidity(f"a share of {share} has no time: between 0 and 1 is needed")
        return self.median * math.exp(self.sigma * NormalDist().inv_cdf(share))

    def at(self, deviations: Draws) -> Draws:
        """Times that lie so many standard deviations from the middle [s], rising with them."""
        times: Draws = self.median * np.exp(self.sigma * deviations)
        return times
