"""Three clocks on which holes close: the barrier, the epidermis, what imaging still sees.

Published signs of closure differ tenfold, so there is no single time. Each clock is a lognormal
that widens with everything that was not measured.
"""

import math
from enum import StrEnum

import numpy as np

from percuta.frozen import frozen
from percuta.science.numerics.lognormal import LognormalTime, Spread
from percuta.science.numerics.sampling import Draws


class Clock(StrEnum):
    """What has to be closed."""

    BARRIER = "barrier"
    EPITHELIUM = "epithelium"
    VISIBLE = "visible"


@frozen
class Lightness:
    """What measured lightness of the skin does to the time.

    ``effect`` and its ``belief`` are changes of the logarithm for one unit darker, ``middle`` the
    lightness of the people in the studies, ``spread`` that of adults. Names of groups of people
    are never an input.
    """

    effect: float
    belief: float
    middle: float
    spread: float


@frozen
class ClosingLaw:
    """One clock under one cover at one site, before length and lightness.

    ``half_closed`` [s] with its ``studies`` spread, spreads between ``people`` and for a ``site``
    that was not measured, and the power of length with its ``length_belief``, measured at
    ``length_reference`` [m].
    """

    half_closed: float
    studies: float
    people: float
    site: float
    length_power: float
    length_belief: float
    length_reference: float
    lightness: Lightness


@frozen
class Closing:
    """When a clock runs down: the latest of the readings that apply."""

    readings: tuple[LognormalTime, ...]

    def closed_by(self, share: float) -> float:
        """Time by which it is closed in this share of people [s]."""
        return max(reading.by(share) for reading in self.readings)

    def at(self, deviations: Draws) -> Draws:
        """Times of people who lie so many standard deviations from the middle [s]."""
        times: Draws = np.max([reading.at(deviations) for reading in self.readings], axis=0)
        return times

    @property
    def spreads(self) -> tuple[Spread, ...]:
        """What widens the reading with the latest middle."""
        return max(self.readings, key=lambda reading: reading.median).spreads


def closing_time(law: ClosingLaw, *, length: float, lightness: float | None) -> LognormalTime:
    """When one clock has run down.

    Parameters
    ----------
    law : ClosingLaw
        The clock.
    length : float
        Needle length [m], above 0. Longer never closes earlier in any share up to 95 in 100.
    lightness : float or None
        Measured lightness L*, in 0..100. ``None`` widens the time and moves nothing.

    Returns
    -------
    LognormalTime
        With the causes of its spread.

    Notes
    -----
    ``ln T = ln T0 + power ln(length / reference) + effect (middle - lightness)``; beliefs about
    the power and the effect are spreads that grow with the distance from what was measured.
    """
    longer = math.log(length / law.length_reference)
    darker, unsure = _darker(law.lightness, lightness)
    median = law.half_closed * math.exp(law.length_power * longer + darker)
    return LognormalTime(
        median=median,
        spreads=(
            Spread("people", law.people),
            Spread("studies", law.studies),
            Spread("site", law.site),
            Spread("length", law.length_belief * abs(longer)),
            Spread("lightness", unsure),
        ),
    )


def _darker(law: Lightness, measured: float | None) -> tuple[float, float]:
    if measured is None:
        return 0.0, math.hypot(law.effect, law.belief) * law.spread
    distance = law.middle - measured
    return law.effect * distance, law.belief * abs(distance)
