"""Channels: how open, how long."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.channels.closure import BarrierClock
from percuta.science.channels.open_area import apparent_open_area, conductance
from percuta.science.channels.parameters import barrier_clock, effectiveness
from percuta.science.numerics.sampling import stream

HOUR = 3600.0


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


def test_the_covered_clock_has_the_published_half_life(facts: Facts) -> None:
    """Upper arm, 35 volunteers: half-life 23.7 h and closed after 60.3 h (S24)."""
    clock = barrier_clock(facts, covered=True)
    assert clock.time_constant * math.log(2) / HOUR == pytest.approx(23.69, rel=0.01)
    assert clock.openness(clock.lifetime) == pytest.approx(clock.closed_share)


def test_a_cover_keeps_the_barrier_open_longer(facts: Facts) -> None:
    covered, bare = (barrier_clock(facts, covered=told) for told in (True, False))
    assert covered.lifetime > 10 * bare.lifetime


@given(
    lifetime=st.floats(60, 1e6),
    longer=st.floats(1, 10),
    spread=st.floats(0, 1),
    time=st.floats(0, 1e6),
)
def test_a_longer_lifetime_is_never_closed_earlier(
    lifetime: float, longer: float, spread: float, time: float
) -> None:
    short, long = (BarrierClock(life, spread, 0.171) for life in (lifetime, lifetime * longer))
    assert short.closed_after(0.95) <= long.closed_after(0.95)
    assert short.openness(time) <= long.openness(time)
    assert long.closed_after(0.5) <= long.closed_after(0.95)


def test_drawn_clocks_have_the_published_median(facts: Facts) -> None:
    clock = barrier_clock(facts, covered=True)
    drawn = clock.draw(20_000, stream(1, "clock"))
    assert np.median(drawn) == pytest.approx(clock.time_constant, rel=0.02)


@pytest.mark.parametrize(("lifetime", "share"), [(0.0, 0.2), (1.0, 0.0), (1.0, 1.0)])
def test_an_impossible_clock_is_refused(lifetime: float, share: float) -> None:
    with pytest.raises(OutsideValidity):
        BarrierClock(lifetime, 0.3, share)
