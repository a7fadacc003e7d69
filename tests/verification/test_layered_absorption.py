"""Unlike layers in time: right to one in ten thousand, and better with the order claimed."""

import numpy as np
import pytest

from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.problem import Dose
from percuta.science.absorption.resolutions import FINE, LANES, WHAT_IF
from percuta.validation.finite_doses import AS_CODES
from tests.layers_by_laplace import UNLIKE, Layers
from tests.verification.test_absorption import DIFFUSIVITY, LAG, THICKNESS, series

ENDLESS = Dose(np.array([1e9]), np.array([1.0]), np.array([1.0]))
EARLY = 0.3
"""Of a lag time: the flux is still far from steady."""

ALIKE = Layers(np.array([THICKNESS]), np.array([DIFFUSIVITY]), np.array([1.0]))
CUT = Layers(THICKNESS * np.array([0.1, 0.3, 0.6]), np.full(3, DIFFUSIVITY), np.ones(3))


def passed(resolution: Resolution, lags: float) -> float:
    """By the engine, through the unlike layers."""
    told = FiniteVolumes(resolution).absorb(UNLIKE.skin, ENDLESS, until=lags * UNLIKE.lag)
    return float(told.passed[-1, 0])


def error(resolution: Resolution, lags: float = 4.0) -> float:
    return abs(passed(resolution, lags) / UNLIKE.passed(lags * UNLIKE.lag) - 1)


@pytest.mark.parametrize("lags", [EARLY, 1.0, 4.0])
@pytest.mark.parametrize("one", [ALIKE, CUT], ids=["whole", "cut in three"])
def test_the_reference_gives_the_exact_series_of_a_slab(one: Layers, lags: float) -> None:
    assert one.passed(lags * LAG) == pytest.approx(series(lags * LAG), rel=1e-8)
    assert one.lag == pytest.approx(LAG, rel=1e-6)


def test_layers_pass_in_the_end_what_their_resistances_allow() -> None:
    late = Resolution((12, 10, 20), (1.0, 1.0, 1.0), 200, 60.0)
    told = FiniteVolumes(late).absorb(UNLIKE.skin, ENDLESS, until=200 * UNLIKE.lag)
    flux = np.diff(told.passed[:, 0])[-1] / np.diff(told.time)[-1]
    assert flux == pytest.approx(1 / UNLIKE.resistance, rel=1e-4)


@pytest.mark.parametrize("grid", [FINE, AS_CODES], ids=["the finest grid", "beside other codes"])
def test_layers_at_four_lag_times_are_right_to_one_in_ten_thousand(grid: Resolution) -> None:
    assert error(grid) < 1e-4


@pytest.mark.parametrize("lags", [EARLY, 1.0, 4.0])
@pytest.mark.parametrize("grid", [WHAT_IF.finer(4), LANES.finer(8), AS_CODES, FINE])
def test_the_observed_order_in_layers_is_the_second_order_claimed(
    grid: Resolution, lags: float
) -> None:
    errors = [error(grid.finer(factor), lags) for factor in (1, 2, 4)]
    assert np.diff(np.log2(errors)) == pytest.approx([-2.0, -2.0], abs=0.05)


@pytest.mark.parametrize("grid", [WHAT_IF, LANES], ids=["what-if", "lanes"])
def test_coarse_grids_miss_by_less_than_a_line_on_a_plot_is_wide(grid: Resolution) -> None:
    """They are held to 1 % of what is plotted, and would fail the bar of the fine ones."""
    assert 1e-4 < error(grid) < 5e-3
