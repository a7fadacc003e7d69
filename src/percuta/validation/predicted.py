"""What a model says of a published figure: a middle with its interval, or one figure alone."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from percuta.facts.parameters import NINETY_IN_SIGMAS
from percuta.science.numerics.sampling import Draws


class Spans(StrEnum):
    """What lies between the ends of a prediction."""

    EXACT = "exact"
    BAND = "band"
    RANGE = "range"


@dataclass(frozen=True)
class Predicted:
    """A prediction in the unit of its row.

    ``spans``: a band where the ends hold a ``share`` of people, studies or beliefs, a range where
    they follow from the ends of a parameter, of a rounded figure or of a grid, and exact for a
    count and for the end of another row's band, which have no interval of their own.
    """

    middle: float
    low: float
    high: float
    spans: Spans
    share: float | None = None


NINETY = 0.9
NINETY_SIGMAS = NINETY_IN_SIGMAS / 2
"""Standard deviations of a normal law from its middle to either end of its 90 % band."""


def exactly(value: float) -> Predicted:
    """A count, or the end of another row's band."""
    return Predicted(value, value, value, Spans.EXACT)


def banded(low: float, middle: float, high: float, *, share: float = NINETY) -> Predicted:
    """A middle inside a band that holds a share."""
    return Predicted(middle, low, high, Spans.BAND, share)


def of_draws(draws: Draws, *, share: float = NINETY) -> Predicted:
    """The band of draws that holds a share of them, around their middle."""
    out = (1 - share) / 2
    low, middle, high = (float(end) for end in np.quantile(draws, (out, 0.5, 1 - out)))
    return banded(low, middle, high, share=share)


def ranged(middle: float, *ends: float) -> Predicted:
    """A middle and what the ends of a parameter give, in whichever order."""
    return Predicted(middle, min(middle, *ends), max(middle, *ends), Spans.RANGE)
