"""Draws from a posterior: right where it is known, and refused where they would be too few."""

import numpy as np
import pytest

from percuta.errors import DidNotConverge
from percuta.science.numerics.importance import EFFECTIVE_SHARE, LogDensity, Points, posterior_draws
from percuta.science.numerics.sampling import Draws, stream

DRAWS = 4096
MIDDLES, WIDTHS = np.array([40.0, -3.0, 0.5]), np.array([1e-3, 1.0, 0.2])


def found(density: LogDensity, dimensions: int, *, fitted_on: int = DRAWS) -> Points:
    rng = stream(1, "a test")
    return posterior_draws(density, dimensions, rng, draws=DRAWS, fitted_on=fitted_on)


def far_and_narrow(points: Points) -> Draws:
    """A normal law far from where the search begins, narrow in one direction."""
    height: Draws = -(((points - MIDDLES) / WIDTHS) ** 2).sum(axis=1) / 2
    return height


def bent_wire(points: Points) -> Draws:
    """Wide along a bend that no ellipse follows, a millionth wide across it."""
    across = (points[:, 0] - np.sin(3 * points[:, 1])) / 1e-6
    height: Draws = -(across**2 + (points**2).sum(axis=1)) / 2
    return height


@pytest.mark.parametrize("fitted_on", [DRAWS, DRAWS // 4])
def test_a_far_and_narrow_law_is_found(fitted_on: int) -> None:
    points = found(far_and_narrow, 3, fitted_on=fitted_on)
    assert points.mean(axis=0) == pytest.approx(MIDDLES, abs=0.05 * WIDTHS.max())
    assert (points - MIDDLES).std(axis=0) == pytest.approx(WIDTHS, rel=0.06)
    assert len(np.unique(points, axis=0)) > EFFECTIVE_SHARE * DRAWS


def test_too_few_draws_that_count_are_no_answer() -> None:
    with pytest.raises(DidNotConverge, match="draws"):
        found(bent_wire, 2)


def test_the_same_generator_gives_the_same_draws() -> None:
    assert (found(far_and_narrow, 3) == found(far_and_narrow, 3)).all()
