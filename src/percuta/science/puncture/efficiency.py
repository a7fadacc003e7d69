"""How much of the set depth a device achieves: a wide prior, or what its own bench measured."""

import numpy as np

from percuta.frozen import frozen
from percuta.science.numerics.sampling import Draws, middles

_POINTS = 2001


@frozen
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
        return self.at(middles(0.0, 1.0, beliefs))

    def at(self, shares: Draws) -> Draws:
        """The efficiency that a share of the belief stays below, rising with the share in 0..1."""
        _, weight = self.on_grid(_POINTS)
        return _read_off(weight, shares)

    def on_grid(self, points: int) -> tuple[Draws, Draws]:
        """Middles of equal cells from 0 to 1, and the belief in each; beliefs sum to 1."""
        grid = middles(0.0, 1.0, points)
        log_density = (self.alpha - 1) * np.log(grid) + (self.beta - 1) * np.log1p(-grid)
        weight = np.exp(log_density - log_density.max())
        return grid, weight / weight.sum()


@frozen(eq=False)
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
        return self.at(middles(0.0, 1.0, beliefs))

    def at(self, shares: Draws) -> Draws:
        """The efficiency that a share of the belief stays below, rising with the share in 0..1."""
        return _read_off(self.weight, shares)

    def interval(self, share: float) -> tuple[float, float]:
        """The central interval that holds ``share`` of the belief."""
        edges = np.array([(1 - share) / 2, (1 + share) / 2])
        low, high = _read_off(self.weight, edges)
        return float(low), float(high)


def _read_off(weight: Draws, at: Draws) -> Draws:
    """Efficiencies at cumulative weights ``at``; cells are equal and fill 0 to 1."""
    edges = np.linspace(0.0, 1.0, weight.size + 1)
    found: Draws = np.interp(at, np.append(0.0, np.cumsum(weight)), edges)
    return found
