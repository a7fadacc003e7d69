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


def positive_normal(rng: np.random.Generator, mean: Draws, sd: Draws) -> Draws:
    """Normal draws that cannot fall below a twentieth of their mean.

    Thickness has no negative values; the floor is far below any published layer and is met in
    fewer than one draw in a thousand for spreads under a quarter of the mean.

    Parameters
    ----------
    mean, sd : Float[ndarray, "draws"]
        Of each draw, in the same unit, positive.
    """
    drawn: Draws = rng.normal(mean, sd)
    return np.maximum(drawn, mean / 20)
