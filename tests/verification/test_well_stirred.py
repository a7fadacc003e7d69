"""The analytic engine judges the fast one wherever both must agree."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from percuta.science.absorption.engine import AbsorptionEngine
from percuta.science.absorption.finite_volume import FiniteVolumes, Resolution
from percuta.science.absorption.problem import Absorbed, Body, Channels, Dose, LayeredSkin
from percuta.science.absorption.well_stirred import WellStirred

HOUR = 3600.0
SETS = 3
SKIN = LayeredSkin(
    thickness=np.array([[13e-6, 15e-6, 20e-6], [1e-4] * 3, [1.8e-3] * 3]),
    diffusivity=np.array([[1e-15, 1e-14, 1e-13], [1.2e-10] * 3, [1.2e-10] * 3]),
    partition=np.array([[20.0, 8.0, 3.0], [2.0] * 3, [2.0] * 3]),
    clearance=np.array([[0.0] * 3, [0.0] * 3, [1e-3, 2e-4, 1e-3]]),
)
CHANNELS = Channels(
    np.array([1e-9, 1e-8, 0.0]), np.array([4e3, 1e5, 1e4]), np.full((1, SETS), 6e-4)
)
BODY = Body(
    np.full(SETS, 0.02), np.array([60.0, 7200.0, 600.0]), np.full(SETS, 0.06), np.full(SETS, 1e-5)
)
QUANTITIES = ("on_skin", "cleared", "wiped_off", "plasma")


def dose(amount: float, removed_at: float = float("inf")) -> Dose:
    return Dose(np.full(SETS, amount), np.full(SETS, 1e-3), np.full(SETS, 4.0), removed_at)


def stirred(steps: int) -> FiniteVolumes:
    """The fast engine with one cell a layer: the same vessels, stepped instead of exact."""
    return FiniteVolumes(Resolution((1, 1, 1), (1.0, 1.0, 1.0), steps, 12 * HOUR / steps))


def run(engine: AbsorptionEngine, given_dose: Dose, *, channels: bool) -> Absorbed:
    opened = CHANNELS if channels else None
    return engine.absorb(SKIN, given_dose, until=12 * HOUR, channels=opened, body=BODY)


def gap(one: Absorbed, other: Absorbed, name: str) -> float:
    """Largest difference at the end, over the judge's largest value."""
    mine, judged = getattr(one, name), getattr(other, name)
    return float((np.abs(mine[-1] - judged[-1]) / np.abs(judged).max(axis=0).clip(1e-30)).max())


@pytest.mark.parametrize("name", ["on_skin", "cleared", "plasma"])
def test_steps_approach_the_exact_answer_with_the_order_claimed(name: str) -> None:
    exact = run(WellStirred(steps=40, first_step=60.0), dose(1e-3), channels=False)
    errors = [
        gap(run(stirred(steps), dose(1e-3), channels=False), exact, name)
        for steps in (100, 200, 400)
    ]
    orders = [np.log2(one / two) for one, two in zip(errors, errors[1:], strict=False)]
    assert orders == pytest.approx([2.0, 2.0], abs=0.35)


@pytest.mark.parametrize("amount", [1e-4, 4e-3, 0.05])
@pytest.mark.parametrize("removed_at", [HOUR, float("inf")])
@pytest.mark.parametrize("channels", [False, True])
def test_stirred_vessels_agree(amount: float, removed_at: float, channels: bool) -> None:
    judge = run(WellStirred(steps=60, first_step=20.0), dose(amount, removed_at), channels=channels)
    fast = run(stirred(800), dose(amount, removed_at), channels=channels)
    for name in QUANTITIES:
        assert gap(fast, judge, name) < 2e-3, name


def test_a_thin_fast_slab_needs_no_cells_inside() -> None:
    thickness, diffusivity, one = (np.full((1, 1), value) for value in (2e-5, 1e-9, 1.0))
    slab = LayeredSkin(thickness, diffusivity, one, 0.02 * one)
    small = Dose(np.array([1e-3]), np.array([1e-3]), np.array([10.0]))
    fast = FiniteVolumes(Resolution((40,), (1.0,), 400, 0.01))
    judged = WellStirred(steps=50, first_step=1.0).absorb(slab, small, until=HOUR)
    computed = fast.absorb(slab, small, until=HOUR)
    assert judged.cleared[-1, 0] > 0.1 * small.amount[0]
    assert computed.cleared[-1, 0] == pytest.approx(judged.cleared[-1, 0], rel=5e-3)


def test_a_thick_slow_slab_does_and_the_judge_would_be_wrong() -> None:
    """The judge's own limit: it lets the first of a dose through too soon."""
    thickness, diffusivity, one = (np.full((1, 1), value) for value in (1e-3, 1e-10, 1.0))
    slab = LayeredSkin(thickness, diffusivity, one, 0 * one, is_sink_below=True)
    endless = Dose(np.array([1e9]), np.array([1.0]), np.array([1.0]))
    lag = 1e-6 / 6e-10
    judged = WellStirred(steps=50, first_step=1.0).absorb(slab, endless, until=lag / 3)
    computed = FiniteVolumes(Resolution((80,), (1.0,), 160, 1.0)).absorb(
        slab, endless, until=lag / 3
    )
    assert judged.passed[-1, 0] > 1.5 * computed.passed[-1, 0]


@given(amount=st.floats(1e-5, 0.1), hours=st.floats(0.1, 11.0))
@settings(max_examples=15, deadline=None)
def test_the_judge_keeps_mass(amount: float, hours: float) -> None:
    done = run(WellStirred(steps=20, first_step=60.0), dose(amount, hours * HOUR), channels=True)
    assert done.imbalance.max() < 1e-9


@pytest.mark.parametrize("engine", [FiniteVolumes, WellStirred])
def test_engines_are_final(engine: type[AbsorptionEngine]) -> None:
    assert issubclass(engine, AbsorptionEngine)
    assert getattr(engine, "__final__", False)
