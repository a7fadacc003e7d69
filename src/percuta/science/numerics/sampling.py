"""Seeded random draws: the same seed and names give the same draws, whatever else is drawn."""

import hashlib

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """An independent stream for what ``names`` say, for example a site and a sex.

    Adding or leaving out other streams does not change this one.
    """
    digest = hashlib.sha256("\x1f".join(names).encode()).digest()
    words = np.frombuffer(digest, dtype=np.uint32)
    return np.random.default_rng(np.random.SeedSequence([seed, *(int(word) for word in words)]))


def middles(low: float, high: float, points: int) -> Draws:
    """Middles of equal steps from ``low`` to ``high``."""
    found: Draws = low + (high - low) * (np.arange(points) + 0.5) / points
    return found


FLOOR = 1 / 20
"""Least share of itself that a drawn thickness keeps.

A device of the sampling and no fact: a normal law knows no zero, a thickness does. Draws below
it sit on it, which is the thin side: it never hides a needle that passes. Fewer than one draw in
a thousand for spreads under a quarter of the mean, one in fifty for every row as printed, one in
twelve where stand-in rows are widened (to 0.64 of the mean).
"""


def positive_normal(rng: np.random.Generator, mean: Draws, sd: Draws) -> Draws:
    """Normal draws that never fall below ``FLOOR`` of their mean.

    Parameters
    ----------
    mean, sd : Float[ndarray, "draws"]
        Of each draw, in the same unit, positive.
    """
    drawn: Draws = rng.normal(mean, sd)
    return np.maximum(drawn, FLOOR * mean)


def thinned(whole: Draws, upper: Draws) -> Draws:
    """What is left of a ``whole`` below its ``upper`` layer, never less than ``FLOOR`` of it."""
    return np.maximum(whole - upper, FLOOR * whole)
