"""The highest blood level after numbing as studies measured it, with its spread: no bound.

Notes
-----
The logarithm of one person's peak is normal about a line in what was put on for how long, and
rises in proportion to the area and falls in proportion to the body's mass: a label prints the
first, one compartment gives the second. Its variance is that of the line's coefficients, of
studies among each other and of people. So a limit that one new person in a new study stays below
is wide, since few studies were made.
"""

import math

import numpy as np
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.frozen import frozen

Vector = NDArray[np.float64]

TERMS = ("base", "time", "cover", "face", "rate")
"""What the line is made of: a level, then log time, cover, face, and log amount on a surface."""


@frozen
class Exposure:
    """What lies on skin.

    ``rate`` [kg/m2] of one drug, ``area`` [m2], ``time`` [s], body ``mass`` [kg]; ``cover`` and
    ``face`` are 1 or 0, and a half where nobody told.
    """

    rate: float
    area: float
    time: float
    mass: float
    cover: float
    face: float

    def __post_init__(self) -> None:
        if min(self.rate, self.area, self.time, self.mass) <= 0:
            raise OutsideValidity("a peak needs amount, area, time and mass above 0")


@frozen
class Centre:
    """The exposure at which every term of the line but its base is 0; SI."""

    rate: float
    area: float
    time: float
    mass: float


@frozen
class PeakLaw:
    """The fitted line: means and covariance of its coefficients, and both spreads of logarithms.

    The base is the logarithm of a level in kg/m3.
    """

    centre: Centre
    coefficients: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    study_spread: float
    person_spread: float

    def middle(self, exposure: Exposure) -> float:
        """The middle of people and studies [kg/m3]."""
        line = float(terms(exposure, self.centre) @ np.array(self.coefficients))
        return math.exp(line) * proportion(exposure, self.centre)

    def spread(self, exposure: Exposure) -> float:
        """Standard deviation of the logarithm for one new person in a new study."""
        x = terms(exposure, self.centre)
        line = float(x @ np.array(self.covariance) @ x)
        return math.sqrt(line + self.study_spread**2 + self.person_spread**2)

    def limit(self, exposure: Exposure, *, deviations: float) -> float:
        """What stays above one new person's level by so many standard deviations [kg/m3]."""
        return self.middle(exposure) * math.exp(deviations * self.spread(exposure))


def terms(exposure: Exposure, centre: Centre) -> Vector:
    """The values of the line's terms."""
    return np.array(
        [
            1.0,
            math.log(exposure.time / centre.time),
            exposure.cover,
            exposure.face,
            math.log(exposure.rate / centre.rate),
        ]
    )


def proportion(exposure: Exposure, centre: Centre) -> float:
    """What area and body mass make of a level."""
    return exposure.area / centre.area * centre.mass / exposure.mass
