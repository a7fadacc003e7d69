"""From depths that a device reached on a bench to its own efficiency (Bayes on a grid)."""

import math

import numpy as np

from percuta.errors import OutsideValidity
from percuta.frozen import frozen
from percuta.science.numerics.normal import chance_below, density
from percuta.science.numerics.sampling import Draws, middles
from percuta.science.puncture.depth import ReducedLaw
from percuta.science.puncture.efficiency import EfficiencyPrior, MeasuredEfficiency


@frozen
class Bench:
    """What a bench can tell.

    ``reading_error``, a standard deviation [m]; ``shallowest`` depth that is seen at all [m],
    anything less is read as 0; ``spreads``, smallest and largest spread of single needles on a
    log scale, above 0: the data decide between them.
    """

    reading_error: float
    shallowest: float
    spreads: tuple[float, float]


_EFFICIENCIES = 250
_SPREADS = 12
_DIAL_POINTS = 15
_FAR_OUT = 5  # standard deviations


def measured_efficiency(
    prior: EfficiencyPrior,
    law: ReducedLaw,
    *,
    set_depth: Draws,
    reached: Draws,
    bench: Bench,
    source: str,
) -> MeasuredEfficiency:
    """Replace the prior by bench data of the device itself.

    If one dial error is shared by all needles of a device, needles at a single set depth cannot
    tell it from a loss: measure at two set depths or more.

    Parameters
    ----------
    law : ReducedLaw
        The law whose efficiency is sought; its dial error is not known better than the law says.
    set_depth, reached : Float[ndarray, "needles"]
        Dial and measured depth of each needle [m]; a needle that did not enter counts as 0.
        Leaving such needles out would make a device look deeper than it is.
    bench : Bench
        What the bench can tell.
    source : str
        Who measured; kept with the result.

    Raises
    ------
    OutsideValidity
        If no needle was measured, a depth is impossible, or no efficiency explains them all.

    Notes
    -----
    ``p(eta | d) ~ p(eta) mean over sigma of product over needles of p(d | eta, L + e, sigma)``.
    Whether the dial error ``e`` is the device's (mean over ``e`` outside the product) or each
    needle's (inside) is not known: both count alike beforehand, and the data weigh them. The
    steps in ``e`` narrow with the root of the number of needles, as what they tell of it does:
    a coarser grid makes the interval too sure.
    """
    _refuse_the_impossible(set_depth, reached, law, bench)
    grid, weight = prior.on_grid(_EFFICIENCIES)
    sigma = middles(*bench.spreads, _SPREADS)
    points = math.ceil(_DIAL_POINTS * math.sqrt(reached.size))
    error = middles(-law.tolerance, law.tolerance, points)
    shared = np.zeros((grid.size, error.size, sigma.size))
    single = np.zeros((grid.size, 1, sigma.size))
    with np.errstate(divide="ignore"):
        for dial, depth in zip(set_depth, reached, strict=True):
            chance = _likelihood(depth, np.maximum(dial + error, 0.0), grid, sigma, bench)
            shared += np.log(chance)
            single += np.log(chance.mean(axis=1, keepdims=True))
    most = max(shared.max(), single.max())
    if not np.isfinite(most):
        raise OutsideValidity("no efficiency from 0 to 1 explains all of these depths")
    explained = sum(np.exp(part - most).mean(axis=(1, 2)) for part in (shared, single))
    posterior = weight * explained
    return MeasuredEfficiency(grid, posterior / posterior.sum(), int(reached.size), source)


def _refuse_the_impossible(set_depth: Draws, reached: Draws, law: ReducedLaw, bench: Bench) -> None:
    if reached.size == 0 or set_depth.shape != reached.shape:
        raise OutsideValidity("bench data need one set depth for each measured depth")
    if not (np.all(reached >= 0) and np.all(set_depth > 0)):
        raise OutsideValidity("set depths must be above zero, measured depths zero or more")
    if np.any(reached > set_depth + law.tolerance + _FAR_OUT * bench.reading_error):
        raise OutsideValidity("a needle cannot end deeper than it sticks out: check units")


def _likelihood(depth: float, out: Draws, grid: Draws, sigma: Draws, bench: Bench) -> Draws:
    """Likelihood of one measured depth, by efficiency, how far needles stick ``out``, spread."""
    if depth < bench.shallowest:
        return _unseen(out, grid, sigma, bench)
    with np.errstate(divide="ignore"):
        misfit = math.log(depth) - np.log(out)[None, :] - np.log(grid)[:, None]
    wide = np.hypot(sigma, bench.reading_error / depth)
    partly = np.exp(-((misfit[..., None] / wide) ** 2) / 2) / (
        wide * depth * math.sqrt(2.0 * math.pi)
    )
    partly *= chance_below((out - depth) / bench.reading_error)[None, :, None]
    whole = chance_below(np.log(grid)[:, None] / sigma)
    at_the_end = density((depth - out) / bench.reading_error) / bench.reading_error
    found: Draws = partly + whole[:, None, :] * at_the_end[None, :, None]
    return found


def _unseen(out: Draws, grid: Draws, sigma: Draws, bench: Bench) -> Draws:
    """Chance that a needle stays above the shallowest depth that a bench can see."""
    with np.errstate(divide="ignore"):
        short = math.log(bench.shallowest) - np.log(out)[None, :] - np.log(grid)[:, None]
    return chance_below(short[..., None] / sigma)
