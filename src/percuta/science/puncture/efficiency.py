"""How much of the set depth a device achieves: a wide prior, or what its own bench measured."""

from dataclasses import dataclass

import numpy as np

from percuta.errors import OutsideValidity
from percuta.science.numerics.sampling import Draws


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
        grid, weight = _grid(self.alpha, self.beta)
        return _at_even_steps(grid, weight, beliefs)


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
        return _at_even_steps(self.grid, self.weight, beliefs)

    def interval(self, share: float) -> tuple[float, float]:
        """The central interval that holds ``share`` of the belief."""
        edges = np.array([(1 - share) / 2, (1 + share) / 2])
        low, high = np.interp(edges, np.cumsum(self.weight), self.grid)
        return float(low), float(high)


_POINTS = 2001


def _grid(alpha: float, beta: float) -> tuple[Draws, Draws]:
    grid = (np.arange(_POINTS) + 0.5) / _POINTS
    log_density = (alpha - 1) * np.log(grid) + (beta - 1) * np.log1p(-grid)
    weight = np.exp(log_density - log_density.max())
    return grid, weight / weight.sum()


def _at_even_steps(grid: Draws, weight: Draws, beliefs: int) -> Draws:
    steps = (np.arange(beliefs) + 0.5) / beliefs
    drawn: Draws = np.interp(steps, np.cumsum(weight), grid)
    return drawn


def measured_efficiency(
    prior: EfficiencyPrior,
    *,
    set_depth: Draws,
    reached: Draws,
    indentation: float,
    spread: float,
    tolerance: float,
    source: str,
) -> MeasuredEfficiency:
    """Replace the prior by bench data of the device itself (Bayes on a grid).

    Parameters
    ----------
    set_depth, reached : Float[ndarray, "needles"]
        Dial and measured depth of each needle [m]; positive.
    indentation : float
        Depth lost before the skin yields [m].
    spread : float
        Of single needles on a log scale, above 0.
    tolerance : float
        Of the dial, either side [m]; it widens the spread.
    source : str
        Who measured; kept with the result.

    Raises
    ------
    OutsideValidity
        If no needle was measured, or one is not positive.

    Notes
    -----
    ``ln(reached) ~ N(ln m, spread^2 + (eta tolerance / m)^2 / 3)`` with ``m = eta L - delta``:
    the uniform tolerance of the dial enters by its variance, carried through the law.
    """
    if reached.size == 0 or set_depth.shape != reached.shape:
        raise OutsideValidity("bench data need one set depth for each measured depth")
    if not (np.all(reached > 0) and np.all(set_depth > 0)):
        raise OutsideValidity("bench depths must be above zero; leave out needles that failed")
    grid, weight = _grid(prior.alpha, prior.beta)
    expected = np.maximum(grid[:, None] * set_depth - indentation, 1e-9)
    variance = spread**2 + (grid[:, None] * tolerance / expected) ** 2 / 3
    misfit = (np.log(reached) - np.log(expected)) ** 2 / variance
    log_likelihood = -0.5 * (misfit + np.log(variance))
    log_weight = np.log(weight) + log_likelihood.sum(axis=1)
    posterior = np.exp(log_weight - log_weight.max())
    return MeasuredEfficiency(grid, posterior / posterior.sum(), int(reached.size), source)
