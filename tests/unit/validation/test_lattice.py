"""The raster covers what its holes cover, and the lattice has as many holes as needles went in."""

import math

import numpy as np
import pytest

from percuta.validation.lattice import covered_share, roller_lattice

SIDE, RADIUS = 0.01, 35e-6


def test_one_hole_covers_its_own_area() -> None:
    found = covered_share(np.array([[1e-3, -2e-3]]), side=SIDE, radius=RADIUS)
    assert found == pytest.approx(math.pi * RADIUS**2 / SIDE**2, rel=0.02)


def test_a_hole_on_the_same_place_covers_nothing_more_and_one_apart_does() -> None:
    one, twice, apart = (
        covered_share(np.array(holes), side=SIDE, radius=RADIUS)
        for holes in ([[0.0, 0.0]], [[0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [2 * RADIUS, 0.0]])
    )
    assert twice == one
    assert apart == pytest.approx(2 * one, rel=0.02)


def test_half_of_a_hole_on_the_edge_is_inside() -> None:
    whole = covered_share(np.array([[0.0, 0.0]]), side=SIDE, radius=RADIUS)
    half = covered_share(np.array([[SIDE / 2, 0.0]]), side=SIDE, radius=RADIUS)
    assert half == pytest.approx(whole / 2, rel=0.1)


def test_a_lattice_leaves_one_hole_a_needle_and_turn() -> None:
    lattice = roller_lattice(needles=192, rows=8, diameter=0.02, width=0.02)
    counts = [len(lattice.holes(15, side=SIDE, seed=seed)) for seed in range(20)]
    expected = 15 * 192 / (math.pi * 0.02 * 0.02) * SIDE**2
    assert np.mean(counts) == pytest.approx(expected, rel=0.04)
