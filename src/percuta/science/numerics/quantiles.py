"""Quantiles off one sort, without what ``numpy.quantile`` imports and checks on its way."""

from collections.abc import Sequence

import numpy as np

from percuta.science.numerics.sampling import Draws


def quantiles(values: Draws, shares: Sequence[float]) -> Draws:
    """Quantiles over the first axis, straight between draws as ``numpy.quantile`` has them.

    Parameters
    ----------
    values : Float[ndarray, "draws ..."]
        None of them ``nan``.
    shares : sequence of float
        Each in 0..1.

    Returns
    -------
    Float[ndarray, "shares ..."]
    """
    ordered = np.sort(values, axis=0)
    at = np.array(shares) * (len(ordered) - 1)
    below = at.astype(np.intp)
    above = np.minimum(below + 1, len(ordered) - 1)
    part = (at - below).reshape(-1, *(1,) * (ordered.ndim - 1))
    low, high = ordered[below], ordered[above]
    apart = high - low
    # From the nearer end, so that neither end is passed by rounding.
    found: Draws = np.where(part < 0.5, low + apart * part, high - apart * (1 - part))
    return found
