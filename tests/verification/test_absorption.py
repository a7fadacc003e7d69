"""The equations of absorption are solved right: known solutions, order, mass, monotony."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.problem import Absorbed, Body, Channels, Dose, LayeredSkin

THICKNESS, DIFFUSIVITY = 1e-3, 1e-10
LAG = THICKNESS**2 / (6 * DIFFUSIVITY)


def slab() -> LayeredSkin:
    """One layer over a perfect sink."""
    thickness, diffusivity, partition, clearance = (
        np.full((1, 1), value) for value in (THICKNESS, DIFFUSIVITY, 1.0, 0.0)
    )
    return LayeredSkin(thickness, diffusivity, partition, clearance, is_sink_below=True)


def endless(sets: int = 1) -> Dose:
    """A dose that nothing exhausts."""
    return Dose(np.full(sets, 1e9), np.full(sets, 1.0), np.full(sets, 1.0))


def series(time: float) -> float:
    """What has passed a slab by a moment: the exact series (Crank, 1975, eq. 4.24)."""
    terms = np.arange(1, 200)
    reduced = DIFFUSIVITY * time / THICKNESS**2
    sums = np.sum((-1.0) ** terms / terms**2 * np.exp(-reduced * (terms * np.pi) ** 2))
    return float(THICKNESS * (reduced - 1 / 6 - 2 / np.pi**2 * sums))


def error(cells: int, steps: int) -> float:
    """Relative error of the amount passed at four lag times."""
    end = 4 * LAG
    engine = FiniteVolumes(Resolution((cells,), (1.0,), steps, end / steps))
    passed = engine.absorb(slab(), endless(), until=end).passed[-1, 0]
    return abs(float(passed) / series(end) - 1)


def test_a_slab_at_four_lag_times_is_right_to_one_in_ten_thousand() -> None:
    assert error(80, 160) < 1e-4


def test_the_observed_order_is_the_second_order_claimed() -> None:
    coarse, middle, fine = (error(cells, 2 * cells) for cells in (20, 40, 80))
    assert np.log2(coarse / middle) == pytest.approx(2.0, abs=0.05)
    assert np.log2(middle / fine) == pytest.approx(2.0, abs=0.05)


def test_the_order_in_time_alone_is_second() -> None:
    end = 4 * LAG

    def passed(steps: int) -> float:
        engine = FiniteVolumes(Resolution((40,), (1.0,), steps, end / steps))
        return float(engine.absorb(slab(), endless(), until=end).passed[-1, 0])

    exact = passed(2560)
    errors = [abs(passed(steps) - exact) for steps in (40, 80, 160)]
    orders = [np.log2(one / other) for one, other in zip(errors, errors[1:], strict=False)]
    assert orders == pytest.approx([2.0, 2.0], abs=0.15)


def ensemble(sets: int, seed: int) -> tuple[LayeredSkin, Channels, Body]:
    """Random skins, channels and bodies around plausible values."""
    draw = np.random.default_rng(seed)

    def around(middle: float, spread: float) -> NDArray[np.float64]:
        values: NDArray[np.float64] = np.exp(np.log(spread) * draw.standard_normal(sets))
        return middle * values

    skin = LayeredSkin(
        np.array([around(13e-6, 1.3), around(1e-4, 1.3), around(1.8e-3, 1.3)]),
        np.array([around(1e-14, 4.0), around(1.2e-10, 1.5), around(1.2e-10, 1.5)]),
        np.array([around(5.0, 2.0), around(0.7, 1.3), around(0.7, 1.3)]),
        np.array([np.zeros(sets), np.zeros(sets), around(1e-3, 2.0)]),
    )
    reach = np.sort(draw.uniform(2e-4, 1.5e-3, (5, sets)), axis=0)
    channels = Channels(around(1e-9, 6.0), around(4e3, 3.0), reach)
    body = Body(around(0.04, 1.5), around(7200.0, 1.5), around(0.09, 1.3), around(1.6e-5, 1.3))
    return skin, channels, body


ENGINE = FiniteVolumes(Resolution((8, 6, 16), (1.0, 1.0, 1.15), 80, 1.0))


def absorb(
    *, seed: int = 1, amount: float = 0.05, openness: float = 1.0, until: float = 86400.0
) -> Absorbed:
    """A dose of an hour on twenty random people."""
    skin, channels, body = ensemble(20, seed)
    wider = Channels(channels.conductance * openness, channels.closing, channels.reach)
    dose = Dose(np.full(20, amount), np.full(20, 1e-3), np.full(20, 20.0), removed_at=3600.0)
    return ENGINE.absorb(skin, dose, until=until, channels=wider, body=body)


@given(seed=st.integers(0, 10_000), amount=st.floats(1e-4, 1.0), openness=st.floats(0, 100))
@settings(max_examples=30, deadline=None)
def test_mass_is_kept_to_ten_digits(seed: int, amount: float, openness: float) -> None:
    assert absorb(seed=seed, amount=amount, openness=openness).imbalance.max() < 1e-10


@given(seed=st.integers(0, 10_000), more=st.floats(1.0, 50.0))
@settings(max_examples=20, deadline=None)
def test_more_on_the_skin_never_absorbs_less(seed: int, more: float) -> None:
    less, greater = (absorb(seed=seed, amount=amount).absorbed for amount in (0.01, 0.01 * more))
    assert np.all(greater >= less * (1 - 1e-9))


@given(seed=st.integers(0, 10_000), more=st.floats(1.0, 50.0))
@settings(max_examples=20, deadline=None)
def test_wider_open_channels_never_absorb_less(seed: int, more: float) -> None:
    less, greater = (absorb(seed=seed, openness=open_).absorbed for open_ in (1.0, more))
    assert np.all(greater[-1] >= less[-1] * (1 - 1e-6))


@given(seed=st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_absorption_never_goes_back_nor_beyond_the_dose(seed: int) -> None:
    done = absorb(seed=seed)
    assert np.all(np.diff(done.absorbed, axis=0) >= -1e-9 * 0.05)
    assert np.all(done.absorbed <= 0.05 * (1 + 1e-12))
