"""The real lattices of devices judge the formulas that treat holes as thrown at random."""

import math

import numpy as np
import pytest

from percuta.facts.edition import Facts
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.density import (
    chance_of_twice_the_plan,
    coverage,
    hole_distance,
    strike_density,
)
from percuta.science.puncture.parameters import hole_radius, motion_of

PATCH = 0.01  # m: one square centimetre
NEEDLES_ROUND, ROWS = 24, 8


def roller_holes(passes: int, seed: int) -> np.ndarray:
    """Holes in a patch after passes of a 192-needle drum in random directions and phases."""
    rng = stream(seed, "roller lattice")
    step = math.pi * 0.02 / NEEDLES_ROUND
    gap = 0.02 / ROWS
    along, across = np.meshgrid(np.arange(-0.06, 0.06, step), np.arange(-0.06, 0.06, gap))
    lattice = np.column_stack([along.ravel(), across.ravel()])
    found = []
    for _ in range(passes):
        angle = rng.uniform(0, math.pi)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        holes = (lattice + rng.uniform(0, 1, 2) * (step, gap)) @ turn.T
        found.append(holes[(np.abs(holes) < PATCH / 2 + 1e-4).all(axis=1)])
    return np.vstack(found)


def inside(holes: np.ndarray) -> np.ndarray:
    kept: np.ndarray = holes[(np.abs(holes) < PATCH / 2).all(axis=1)]
    return kept


def covered_share(holes: np.ndarray, radius: float, seed: int) -> float:
    rng = stream(seed, "probes")
    probes = rng.uniform(-PATCH / 2, PATCH / 2, (60_000, 2))
    hit = np.zeros(len(probes), dtype=bool)
    for hole in holes:
        hit |= ((probes - hole) ** 2).sum(axis=1) < radius**2
    return float(hit.mean())


def test_the_roller_formula_counts_the_holes_of_its_lattice(facts: Facts) -> None:
    expected = strike_density(motion_of(facts.devices["roller_192_15"], facts), passes=15)
    counts = [len(inside(roller_holes(15, seed))) for seed in range(40)]
    assert np.mean(counts) == pytest.approx(expected * PATCH**2, rel=0.03)


def test_boolean_coverage_is_that_of_the_lattice(facts: Facts) -> None:
    """V2: within 5 %."""
    radius = hole_radius(facts)
    shares, formulas = [], []
    for seed in range(12):
        holes = roller_holes(15, seed)
        shares.append(covered_share(holes, radius, seed))
        formulas.append(coverage(len(inside(holes)) / PATCH**2, hole_radius=radius))
    assert np.mean(shares) == pytest.approx(np.mean(formulas), rel=0.05)


def test_hole_distance_is_that_of_holes_thrown_at_random() -> None:
    rng = stream(1, "thrown")
    holes = rng.uniform(0, 1, (2_000, 2))
    nearest = []
    for hole in holes:
        away = np.sqrt(((holes - hole) ** 2).sum(axis=1))
        nearest.append(np.partition(away, 1)[1])
    for share in (0.25, 0.5, 0.75):
        formula = hole_distance(2_000, share=share)
        assert np.quantile(nearest, share) == pytest.approx(formula, rel=0.06)


@pytest.mark.parametrize("over_dispersion", [1.0, 2.0, 4.0])
@pytest.mark.parametrize("mean", [5.0, 20.0])
def test_chance_of_twice_the_plan_is_that_of_drawn_counts(
    mean: float, over_dispersion: float
) -> None:
    rng = stream(2, "counts")
    if over_dispersion == 1:
        counts = rng.poisson(mean, 400_000)
    else:
        size = mean / (over_dispersion - 1)
        counts = rng.negative_binomial(size, 1 / over_dispersion, 400_000)
    formula = chance_of_twice_the_plan(mean / 1e-4, area=1e-4, over_dispersion=over_dispersion)
    assert (counts > 2 * mean).mean() == pytest.approx(formula, abs=0.002)
