"""The three clocks: a later or longer closure never means earlier advice, cover never helps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.science.channels.clock_parameters import closing
from percuta.science.channels.clocks import Clock

SHARES = st.floats(0.01, 0.95)
SITES = st.sampled_from(["cheek", "abdomen", "upper_arm", "forearm", "scalp"])
LENGTHS = st.floats(0.1, 3.0)
CLOCKS = st.sampled_from(list(Clock))
LIGHTNESS = st.none() | st.floats(20, 90)


@given(clock=CLOCKS, site=SITES, length=LENGTHS, share=SHARES, lightness=LIGHTNESS)
def test_covered_never_closes_earlier(
    clock: Clock, site: str, length: float, share: float, lightness: float | None, facts: Facts
) -> None:
    in_air, covered = (
        closing(
            clock, covered=cover, site=site, length_mm=length, facts=facts, lightness=lightness
        ).closed_by(share)
        for cover in (False, True)
    )
    assert covered >= in_air


@given(clock=CLOCKS, site=SITES, lengths=st.tuples(LENGTHS, LENGTHS), share=st.floats(0.5, 0.95))
def test_longer_needles_never_close_earlier(
    clock: Clock, site: str, lengths: tuple[float, float], share: float, facts: Facts
) -> None:
    short, long = (
        closing(clock, covered=True, site=site, length_mm=length, facts=facts).closed_by(share)
        for length in sorted(lengths)
    )
    assert long >= short * (1 - 1e-12)


@given(clock=CLOCKS, site=SITES, shares=st.tuples(SHARES, SHARES))
def test_more_people_closed_is_never_earlier(
    clock: Clock, site: str, shares: tuple[float, float], facts: Facts
) -> None:
    found = closing(clock, covered=True, site=site, length_mm=1.0, facts=facts)
    assert found.closed_by(max(shares)) >= found.closed_by(min(shares))


@pytest.mark.parametrize("clock", Clock)
def test_lightness_that_was_not_measured_widens_and_moves_nothing(
    clock: Clock, facts: Facts
) -> None:
    middle = facts.closure["lightness_middle", "any"].value
    known, unknown = (
        closing(
            clock, covered=True, site="cheek", length_mm=1.0, facts=facts, lightness=lightness
        ).readings[-1]
        for lightness in (middle, None)
    )
    assert unknown.median == pytest.approx(known.median)
    assert unknown.sigma > known.sigma


@pytest.mark.parametrize("clock", Clock)
def test_only_measured_darkness_takes_longer(clock: Clock, facts: Facts) -> None:
    dark, light = (
        closing(
            clock, covered=True, site="cheek", length_mm=1.0, facts=facts, lightness=lightness
        ).closed_by(0.5)
        for lightness in (30.0, 70.0)
    )
    assert dark > light


@pytest.mark.parametrize("clock", Clock)
def test_a_site_that_was_not_measured_is_wider(clock: Clock, facts: Facts) -> None:
    measured, unmeasured = (
        closing(clock, covered=True, site=site, length_mm=1.0, facts=facts).readings[-1].sigma
        for site in ("upper_arm", "cheek")
    )
    assert unmeasured > measured


def test_a_share_of_everybody_has_no_time(facts: Facts) -> None:
    found = closing(Clock.BARRIER, covered=True, site="cheek", length_mm=1.0, facts=facts)
    with pytest.raises(OutsideValidity):
        found.closed_by(1.0)
