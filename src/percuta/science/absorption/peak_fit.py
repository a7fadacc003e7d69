"""The line of measured peaks, fitted to published arms: normal algebra, no sampling.

Notes
-----
An arm prints a mean, a median or the highest of some people. Each says where the middle of its
people lies, with an error that follows from their number and spread. Arms of one study share half
of the variance between studies. The spread of studies is weighed over a grid; what comes out are
the means and variances over it.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from percuta.frozen import frozen
from percuta.science.absorption.measured_peak import (
    Centre,
    Exposure,
    PeakLaw,
    Vector,
    proportion,
    terms,
)
from percuta.science.numerics.normal import chance_below, density

_SHARED = 0.5
"""Of the variance between studies, the part that arms of one study have together."""

_GRID = np.arange(0.05, 2.0001, 0.05)
_QUADRATURE = np.linspace(-8.0, 10.0, 3601)
_MEDIAN_EFFICIENCY = math.pi / 2
_UNKNOWN_PEOPLE = 8


@frozen
class Arm:
    """One published peak [kg/m3] of a study; ``people`` is ``None`` where nobody told."""

    study: str
    exposure: Exposure
    statistic: str
    peak: float
    people: int | None


@frozen
class Belief:
    """What is believed of the line before any arm: normal laws of its terms, and of the spread."""

    means: tuple[float, ...]
    deviations: tuple[float, ...]
    study_scale: float


@lru_cache(maxsize=64)
def highest_of(people: int) -> tuple[float, float]:
    """Mean and variance of the highest of so many standard normal values."""
    x = _QUADRATURE
    law = people * density(x) * chance_below(x) ** (people - 1)
    step = float(x[1] - x[0])
    mean = float((x * law).sum() * step)
    return mean, float((x * x * law).sum() * step) - mean * mean


def pooled_spread(spreads: Sequence[tuple[float, float]]) -> float:
    """The spread of people's logarithms from spreads and their degrees of freedom."""
    weight = sum(freedom for _, freedom in spreads)
    return math.sqrt(sum(freedom * spread**2 for spread, freedom in spreads) / weight)


def spread_of_mean(mean: float, deviation: float) -> float:
    """The spread of logarithms of a skewed law with that mean and standard deviation."""
    return math.sqrt(math.log1p((deviation / mean) ** 2))


def spread_of_highest(middle: float, highest: float, people: int) -> tuple[float, float]:
    """The spread that puts the highest of people where it was seen, with degrees of freedom."""
    mean, variance = highest_of(people)
    return math.log(highest / middle) / mean, mean**2 / variance / 2


def fitted(arms: Sequence[Arm], belief: Belief, centre: Centre, *, person_spread: float) -> PeakLaw:
    """The line after all arms."""
    x = np.array([terms(arm.exposure, centre) for arm in arms])
    seen = [_middle(arm, centre, person_spread) for arm in arms]
    y = np.array([value for value, _ in seen])
    error = np.diag([variance for _, variance in seen])
    same = np.array([[float(one.study == other.study) for other in arms] for one in arms])
    shape = _SHARED * same + (1 - _SHARED) * np.eye(len(arms))
    parts = [_given(tau, x, y, error, shape, belief) for tau in _GRID]
    return _over_the_grid(parts, centre, person_spread)


def _middle(arm: Arm, centre: Centre, spread: float) -> tuple[float, float]:
    """The logarithm of the middle of an arm's people at the centre, and its variance."""
    value = math.log(arm.peak / proportion(arm.exposure, centre))
    people = arm.people or _UNKNOWN_PEOPLE
    if arm.statistic == "mean":
        return value - spread**2 / 2, math.expm1(spread**2) / people
    if arm.statistic == "median":
        return value, _MEDIAN_EFFICIENCY * spread**2 / people
    mean, variance = highest_of(people)
    return value - spread * mean, variance * spread**2


@frozen
class _Part:
    tau: float
    log_weight: float
    means: Vector
    covariance: Vector


def _given(tau: float, x: Vector, y: Vector, error: Vector, shape: Vector, belief: Belief) -> _Part:
    """The line and the weight of the evidence for one spread of studies."""
    prior = np.diag(np.square(belief.deviations))
    total = error + tau**2 * shape + x @ prior @ x.T
    left = y - x @ np.array(belief.means)
    gain = prior @ x.T @ np.linalg.inv(total)
    likelihood = -(np.linalg.slogdet(total)[1] + left @ np.linalg.solve(total, left)) / 2
    return _Part(
        tau=tau,
        log_weight=float(likelihood) - (tau / belief.study_scale) ** 2 / 2,
        means=np.array(belief.means) + gain @ left,
        covariance=prior - gain @ x @ prior,
    )


def _over_the_grid(parts: Sequence[_Part], centre: Centre, person_spread: float) -> PeakLaw:
    weights = np.exp([part.log_weight - max(p.log_weight for p in parts) for part in parts])
    weights /= weights.sum()
    means = np.array([part.means for part in parts])
    middle = weights @ means
    inner = sum(w * part.covariance for w, part in zip(weights, parts, strict=True))
    between = (means - middle).T @ np.diag(weights) @ (means - middle)
    spread = math.sqrt(float(weights @ np.square([part.tau for part in parts])))
    return PeakLaw(
        centre=centre,
        coefficients=tuple(float(value) for value in middle),
        covariance=tuple(tuple(map(float, row)) for row in np.asarray(inner) + between),
        study_spread=spread,
        person_spread=person_spread,
    )
