"""The normal distribution, without a library that only this would need."""

import math

import numpy as np

from percuta.science.numerics.sampling import Draws

_erf = np.vectorize(math.erf, otypes=[float])


def chance_below(at: Draws) -> Draws:
    """Chance that a standard normal draw lies below each of ``at``, in 0..1."""
    chance: Draws = 0.5 * (1.0 + _erf(at / math.sqrt(2.0)))
    return chance


def density(at: Draws) -> Draws:
    """Density of a standard normal draw at each of ``at``."""
    found: Draws = np.exp(-(at**2) / 2.0) / math.sqrt(2.0 * math.pi)
    return found
