"""Draws from a posterior in a few dimensions, by importance sampling that adapts."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from percuta.science.numerics.sampling import Draws

Points = NDArray[np.float64]
LogDensity = Callable[[Points], Draws]

_TAIL = 5
"""Degrees of freedom of the proposal: heavier tails than what is looked for."""

_ROUNDS = 8
_EFFECTIVE_SHARE = 0.2
_HALVINGS = 30


def posterior_draws(
    log_density: LogDensity, dimensions: int, rng: np.random.Generator, *, draws: int
) -> Points:
    """Equally weighted draws from an unnormalised density over standardised unknowns.

    Parameters
    ----------
    log_density : callable
        Of points ``Float[ndarray, "draws dimensions"]``; finite everywhere, of order one wide
        around the origin before data narrow it.

    Returns
    -------
    Float[ndarray, "draws dimensions"]
        The same for the same generator.

    Notes
    -----
    A Student proposal is moved to the weighted mean and covariance, with weights tempered so
    that a fifth of the draws stays effective; then the draws are resampled systematically.
    """
    normal = rng.standard_normal((draws, dimensions))
    tails = np.sqrt(_TAIL / rng.chisquare(_TAIL, draws))[:, None]
    raw = normal * tails
    log_proposal = -(_TAIL + dimensions) / 2 * np.log1p((raw**2).sum(axis=1) / _TAIL)
    centre: Draws = np.zeros(dimensions, dtype=np.float64)
    root: Points = np.eye(dimensions, dtype=np.float64)
    for _ in range(_ROUNDS):
        points = centre + raw @ root.T
        weights = _tempered(log_density(points) - log_proposal)
        centre = weights @ points
        apart = points - centre
        root = np.asarray(np.linalg.cholesky((apart * weights[:, None]).T @ apart), np.float64)
    points = centre + raw @ root.T
    return points[_systematic(_normalised(log_density(points) - log_proposal), rng)]


def _tempered(log_weights: Draws) -> Draws:
    """Weights to the largest power, at most 1, that leaves enough draws effective."""
    least = _EFFECTIVE_SHARE * len(log_weights)
    low, high = 0.0, 1.0
    if 1.0 / (_normalised(log_weights) ** 2).sum() >= least:
        return _normalised(log_weights)
    for _ in range(_HALVINGS):
        power = (low + high) / 2
        if 1.0 / (_normalised(power * log_weights) ** 2).sum() >= least:
            low = power
        else:
            high = power
    return _normalised(low * log_weights)


def _normalised(log_weights: Draws) -> Draws:
    weights = np.exp(log_weights - log_weights.max())
    shares: Draws = weights / weights.sum()
    return shares


def _systematic(weights: Draws, rng: np.random.Generator) -> NDArray[np.intp]:
    """Indices of draws, each as often as its weight says, within one."""
    marks = (rng.random() + np.arange(len(weights))) / len(weights)
    found = np.searchsorted(np.cumsum(weights), marks)
    return rng.permutation(np.minimum(found, len(weights) - 1))
