"""Channels: how open, how long."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.channels.clock_parameters import closing
from percuta.science.channels.clocks import Clock, Closing
from percuta.science.channels.closure import BarrierClock
from percuta.science.channels.open_area import apparent_open_area, conductance
from percuta.science.channels.parameters import barrier_clock, effectiveness
from percuta.science.numerics.lognormal import LognormalTime, Spread
from percuta.science.numerics.sampling import stream


def test_the_apparent_open_area_of_fifteen_rolls_has_the_published_median(facts: Facts) -> None:
    """4e-3, with 2.7e-4 to 5.9e-2 at one and a half deviations (models review, section 3.3)."""
    drawn = effectiveness(facts).draw(40_000, stream(1, "open"))
    acting = apparent_open_area(229e4, hole_radius=35e-6, effectiveness=drawn)
    low, middle, high = np.exp(np.quantile(np.log(acting), [0.0668, 0.5, 0.9332]))
    assert middle == pytest.approx(4e-3, rel=0.05)
    assert (low, high) == pytest.approx((2.7e-4, 5.9e-2), rel=0.08)


@given(density=st.floats(0, 1e9), more=st.floats(1, 10), factor=st.floats(1e-4, 100))
def test_more_holes_never_open_less_and_never_more_than_all(
    density: float, more: float, factor: float
) -> None:
    acting = np.array([factor])
    less, greater = (
        apparent_open_area(d, hole_radius=35e-6, effectiveness=acting)[0]
        for d in (density, density * more)
    )
    assert 0 <= less <= greater <= 1


def test_no_holes_carry_nothing() -> None:
    area = apparent_open_area(0.0, hole_radius=35e-6, effectiveness=np.ones(2))
    assert conductance(area, diffusivity=2e-10, length=5e-4) == pytest.approx(0)


def test_channels_without_length_are_refused() -> None:
    with pytest.raises(OutsideValidity, match="length"):
        conductance(np.ones(1), diffusivity=2e-10, length=0.0)


def clock(facts: Facts, *, covered: bool = True, length_mm: float = 0.75) -> BarrierClock:
    return barrier_clock(facts, covered=covered, site="upper_arm", length_mm=length_mm)


def test_openness_halves_in_the_published_share_of_the_time_until_closed(facts: Facts) -> None:
    """Upper arm, 35 volunteers: half-life 23.69 h and closed after 60.34 h (S24)."""
    told = clock(facts)
    half_life = told.time_constant(0.5) * math.log(2)
    assert half_life / told.closing.closed_by(0.5) == pytest.approx(23.69 / 60.34, rel=0.01)


def test_the_barrier_fades_by_the_clock_that_advice_is_read_off(facts: Facts) -> None:
    """One truth: at the time of the advice, what is open has fallen to what counts as closed."""
    for covered in (True, False):
        told = clock(facts, covered=covered)
        advice = closing(
            Clock.BARRIER, covered=covered, site="upper_arm", length_mm=0.75, facts=facts
        ).closed_by(0.95)
        left = math.exp(-advice / told.time_constant(0.95))
        assert left == pytest.approx(told.closed_share)


def test_a_cover_keeps_the_barrier_open_longer(facts: Facts) -> None:
    covered, bare = (clock(facts, covered=told).time_constant(0.5) for told in (True, False))
    assert covered > 4 * bare


@given(
    lifetime=st.floats(60, 1e6),
    longer=st.floats(1, 10),
    spread=st.floats(0, 1),
    deviation=st.floats(-3, 3),
)
def test_a_longer_lifetime_never_fades_faster_in_anybody(
    lifetime: float, longer: float, spread: float, deviation: float
) -> None:
    short, long = (
        BarrierClock(Closing((LognormalTime(life, (Spread("people", spread),)),)), 0.171)
        for life in (lifetime, lifetime * longer)
    )
    assert short.time_constant(0.95) <= long.time_constant(0.95)
    somebody = np.array([deviation])
    assert short.closing.at(somebody)[0] <= long.closing.at(somebody)[0]
    assert long.time_constant(0.5) <= long.time_constant(0.95)


def test_drawn_clocks_have_the_median_and_the_late_end_of_the_clock(facts: Facts) -> None:
    told = clock(facts)
    drawn = told.draw(20_000, stream(1, "clock"))
    assert np.median(drawn) == pytest.approx(told.time_constant(0.5), rel=0.02)
    assert np.quantile(drawn, 0.95) == pytest.approx(told.time_constant(0.95), rel=0.03)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_an_impossible_clock_is_refused(share: float) -> None:
    with pytest.raises(OutsideValidity):
        BarrierClock(Closing((LognormalTime(1.0, ()),)), share)
