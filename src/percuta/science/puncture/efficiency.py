"""How much of the set depth a device achieves: a wide prior, or what its own bench measured."""

from dataclasses import dataclass

import numpy as np

from percuta.errors import OutsideValidity
from percuta.science.numerics.sampling import Draws
from percuta.science.puncture.depth import ReducedLaw


@dataclass(frozen=True)
class EfficiencyPrior:
    """A Beta law by kind of device, wide because almost nothing was measured."""

    alpha: float
    beta: float

    def draw(self, beliefs: int) -> Draws:
        """Beliefs at even steps of probability: the same every time, edges included.

        Notes
        -----
        The inverse of the Beta distribution function is read off a fine grid of its density.
        """
        _, weight = _grid(self.alpha, self.beta)
        return _at_even_steps(weight, beliefs)


@dataclass(frozen=True, eq=False)
class MeasuredEfficiency:
    """A device's own efficiency: a posterior on a grid, with the evidence behind it.

    ``grid`` and ``weight`` : Float[ndarray, "grid"]; weights sum to 1. ``needles`` measured
    depths; ``source`` who measured.
    """

    grid: Draws
    weight: Draws
    needles: int
    source: str

    def draw(self, beliefs: int) -> Draws:
        """Beliefs at even steps of probability."""
        return _at_even_steps(self.weight, beliefs)

    def interval(self, share: float) -> tuple[float, float]:
        """The central interval that holds ``share`` of the belief."""
        edges = np.array([(1 - share) / 2, (1 + share) / 2])
        low, high = _read_off(self.weight, edges)
        return float(low), float(high)


_POINTS = 2001


def _grid(alpha: float, beta: float, points: int = _POINTS) -> tuple[Draws, Draws]:
    grid = (np.arange(points) + 0.5) / points
    log_density = (alpha - 1) * np.log(grid) + (beta - 1) * np.log1p(-grid)
    weight = np.exp(log_density - log_density.max())
    return grid, weight / weight.sum()


def _at_even_steps(weight: Draws, beliefs: int) -> Draws:
    return _read_off(weight, _middles(0.0, 1.0, beliefs))


def _read_off(weight: Draws, at: Draws) -> Draws:
    """Efficiencies at cumulative weights ``at``; cells are equal and fill 0 to 1."""
    edges = np.linspace(0.0, 1.0, weight.size + 1)
    found: Draws = np.interp(at, np.append(0.0, np.cumsum(weight)), edges)
    return found


_BENCH_POINTS = 250
_DIAL_POINTS = 25
_YIELD_POINTS = 11
_SPREAD_POINTS = 5
_FAR_OUT = 5  # standard deviations


def measured_efficiency(
    prior: EfficiencyPrior,
    law: ReducedLaw,
    *,
    set_depth: Draws,
    reached: Draws,
    spreads: tuple[float, float],
    source: str,
) -> MeasuredEfficiency:
    """Replace the prior by bench data of the device itself (Bayes on a grid).

    If one dial error is shared by all needles of a device, needles at a single set depth cannot
    tell it from a loss: measure at two set depths or more.

    Parameters
    ----------
    law : ReducedLaw
        The law whose efficiency is sought; its dial error and indentation are not known better.
    set_depth, reached : Float[ndarray, "needles"]
        Dial and measured depth of each needle [m]; a needle that did not enter counts as 0.
        Leaving such needles out would make a device look deeper than it is.
    spreads : tuple of float
        Smallest and largest spread of single needles on a log scale, above 0; the data decide.
    source : str
        Who measured; kept with the result.

    Raises
    ------
    OutsideValidity
        If no needle was measured, a depth is impossible, or no efficiency explains them all.

    Notes
    -----
    ``p(eta | d) ~ p(eta) mean over sigma of product over needles of mean over delta of
    p(d | eta (L + e) - delta, sigma)``. Whether the dial error ``e`` is the device's (mean over
    ``e`` outside the product) or each needle's (inside) is not known: both count alike
    beforehand, and the data weigh them.
    """
    if reached.size == 0 or set_depth.shape != reached.shape:
        raise OutsideValidity("bench data need one set depth for each measured depth")
    if not (np.all(reached >= 0) and np.all(set_depth > 0)):
        raise OutsideValidity("set depths must be above zero, measured depths zero or more")
    deepest = (set_depth + law.tolerance) * np.exp(_FAR_OUT * spreads[1])
    if np.any(reached > deepest):
        raise OutsideValidity("a needle cannot end that much deeper than it was set: check units")
    grid, weight = _grid(prior.alpha, prior.beta, _BENCH_POINTS)
    sigma = _middles(*spreads, _SPREAD_POINTS)
    shared = np.zeros((grid.size, _DIAL_POINTS, sigma.size))
    single = np.zeros((grid.size, 1, sigma.size))
    with np.errstate(divide="ignore"):
        for depth in np.unique(set_depth):
            expected = _expected(law, grid, depth)
            for measured in reached[set_depth == depth]:
                density = _density(measured, expected, sigma)
                shared += np.log(density)
                single += np.log(density.mean(axis=1, keepdims=True))
    most = max(shared.max(), single.max())
    if not np.isfinite(most):
        raise OutsideValidity("no efficiency from 0 to 1 explains all of these depths")
    chance = sum(np.exp(part - most).mean(axis=(1, 2)) for part in (shared, single))
    posterior = weight * chance
    return MeasuredEfficiency(grid, posterior / posterior.sum(), int(reached.size), source)


def _expected(law: ReducedLaw, grid: Draws, set_depth: float) -> Draws:
    """Depth before the spread of single needles, by efficiency, dial error and indentation."""
    dial = set_depth + _middles(-law.tolerance, law.tolerance, _DIAL_POINTS)
    lost = _middles(*law.indentation, _YIELD_POINTS)
    expected: Draws = grid[:, None, None] * dial[:, None] - lost
    return expected


def _density(measured: float, expected: Draws, sigma: Draws) -> Draws:
    """Likelihood of one needle by efficiency, dial error and spread, over its indentation."""
    if measured == 0:
        never: Draws = (expected <= 0).mean(axis=2)[:, :, None]
        return never
    entered = np.where(expected > 0, expected, np.nan)
    misfit = np.log(measured / entered)[..., None] / sigma
    density: Draws = np.nan_to_num(np.exp(-(misfit**2) / 2)).mean(axis=2) / sigma
    return density


def _middles(low: float, high: float, points: int) -> Draws:
    """Middles of equal steps from ``low`` to ``high``."""
    middles: Draws = low + (high - low) * (np.arange(points) + 0.5) / points
    return middles
