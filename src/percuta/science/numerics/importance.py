"""Draws from a posterior in a few dimensions, by importance sampling that adapts."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from percuta.errors import DidNotConverge
from percuta.science.numerics.sampling import Draws

Points = NDArray[np.float64]
LogDensity = Callable[[Points], Draws]

_TAIL = 5
"""Degrees of freedom of the proposal: heavier tails than what is looked for."""

_ROUNDS, _MOST_ROUNDS = 8, 48
_HALVINGS = 30

EFFECTIVE_SHARE = 0.2
"""Of the draws: the effective sample that a proposal is fitted on, and that an answer needs."""


def posterior_draws(
    log_density: LogDensity,
    dimensions: int,
    rng: np.random.Generator,
    *,
    draws: int,
    fitted_on: int,
) -> Points:
    """Equally weighted draws from an unnormalised density over standardised unknowns.

    Parameters
    ----------
    log_density : callable
        Of points ``Float[ndarray, "draws dimensions"]``; finite everywhere, of order one wide
        around the origin before data narrow it.
    draws, fitted_on : int
        How many are given back, and on how many of them the proposal is fitted at first: on
        twice as many whenever ``_ROUNDS`` were not enough.

    Returns
    -------
    Float[ndarray, "draws dimensions"]
        The same for the same generator.

    Raises
    ------
    DidNotConverge
        If the effective sample stays below ``EFFECTIVE_SHARE`` of the draws: a few draws would
        be repeated, and what is read off them would be surer than it is.

    Notes
    -----
    A Student proposal is moved to the weighted mean and covariance, with weights tempered so
    that a fifth of what it is fitted on stays effective, until a fifth of all draws does without
    tempering; then they are resampled systematically. Effective: ``1 / sum(weights**2)``.
    """
    normal = rng.standard_normal((draws, dimensions))
    tails = np.sqrt(_TAIL / rng.chisquare(_TAIL, draws))[:, None]
    raw = normal * tails
    log_proposal = -(_TAIL + dimensions) / 2 * np.log1p((raw**2).sum(axis=1) / _TAIL)
    centre: Draws = np.zeros(dimensions, dtype=np.float64)
    root: Points = np.eye(dimensions, dtype=np.float64)
    for done in range(_MOST_ROUNDS + 1):
        if done >= _ROUNDS:
            points = centre + raw @ root.T
            weights = _normalised(log_density(points) - log_proposal)
            if _is_effective(weights):
                return points[_systematic(weights, rng)]
        few = slice(fitted_on << done // _ROUNDS)
        points = centre + raw[few] @ root.T
        weights = _tempered(log_density(points) - log_proposal[few])
        centre = weights @ points
        apart = points - centre
        root = np.asarray(np.linalg.cholesky((apart * weights[:, None]).T @ apart), np.float64)
    raise DidNotConverge(f"fewer than {EFFECTIVE_SHARE:.0%} of {draws:,} draws count")


def _tempered(log_weights: Draws) -> Draws:
    """Weights to the largest power, at most 1, that leaves enough draws effective."""
    low, high = 0.0, 1.0
    if _is_effective(_normalised(log_weights)):
        return _normalised(log_weights)
    for _ in range(_HALVINGS):
        power = (low + high) / 2
        if _is_effective(_normalised(power * log_weights)):
            low = power
        else:
            high = power
    return _normalised(low * log_weights)


def _is_effective(weights: Draws) -> bool:
    return bool(1.0 / (weights**2).sum() >= EFFECTIVE_SHARE * len(weights))


def _normalised(log_weights: Draws) -> Draws:
    weights = np.exp(log_weights - log_weights.max())
    shares: Draws = weights / weights.sum()
    return shares


def _systematic(weights: Draws, rng: np.random.Generator) -> NDArray[np.intp]:
    """Indices of draws, each as often as its weight says, within one."""
    marks = (rng.random() + np.arange(len(weights))) / len(weights)
    found = np.searchsorted(np.cumsum(weights), marks)
    return rng.permutation(np.minimum(found, len(weights) - 1))
