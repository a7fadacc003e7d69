"""What must hold for needles in skin, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.depth.reached_depth import reach_of
from percuta.planning.dose.density import Density, density_of, same_density, strikes_per_cm2
from percuta.planning.dose.passes import whole_passes
from percuta.science.numerics.sampling import stream
from percuta.science.puncture.density import (
    Motion,
    PenMotion,
    RollerMotion,
    StampMotion,
    chance_of_twice_the_plan,
    coverage,
    hole_distance,
    holes_within,
    over_dispersion,
    passes_for,
    strike_density,
)
from percuta.science.puncture.depth import (
    DepthLaw,
    LosslessLaw,
    PublishedJitterLaw,
    ReducedLaw,
    puncture,
)
from percuta.science.skin.thickness import SkinDraws

QUIET = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
DEVICES = ["generic_pen_6", "generic_pen_14", "roller_192_10"]
MOTIONS: list[Motion] = [
    PenMotion(needles=12, frequency=117, head_width=0.008, scan_speed=0.02, hit_share=0.65),
    RollerMotion(needles=192, diameter=0.02, width=0.02, hit_share=1.0),
    StampMotion(needles=40, area=1e-4, hit_share=0.9),
]
LAWS: list[DepthLaw] = [
    ReducedLaw(tolerance=1.5e-4, spread=0.1),
    LosslessLaw(tolerance=1.5e-4),
    PublishedJitterLaw(jitter_share=0.15),
]
BOUNDED: list[DepthLaw] = LAWS[:2]
depths = st.floats(1e-5, 3e-3)


means = st.floats(5e-5, 2.5e-3)
shares = st.floats(0.02, 0.98)
seeds = st.integers(0, 2**32)


def skin(epidermis: float, dermis: float, seed: int) -> SkinDraws:
    """People whose layers scatter around two random means."""
    rng = stream(seed, "skin")
    return SkinDraws(
        epidermis=epidermis * rng.uniform(0.5, 1.5, 400),
        dermis=dermis * rng.uniform(0.3, 1.7, 400),
    )


def beliefs(mean: float, seed: int) -> NDArray[np.float64]:
    """Efficiencies scattered around a random mean."""
    found: NDArray[np.float64] = stream(seed, "beliefs").beta(8 * mean, 8 * (1 - mean), 9)
    return found


def pens() -> st.SearchStrategy[PenMotion]:
    return st.builds(
        PenMotion,
        needles=st.integers(1, 100),
        frequency=st.floats(1, 500),
        head_width=st.floats(1e-3, 3e-2),
        scan_speed=st.floats(1e-3, 0.2),
        hit_share=st.floats(0.01, 1),
    )


def rollers() -> st.SearchStrategy[RollerMotion]:
    return st.builds(
        RollerMotion,
        needles=st.integers(1, 2000),
        diameter=st.floats(5e-3, 6e-2),
        width=st.floats(5e-3, 6e-2),
        hit_share=st.floats(0.01, 1),
    )


def stamps() -> st.SearchStrategy[StampMotion]:
    return st.builds(
        StampMotion,
        needles=st.integers(1, 500),
        area=st.floats(1e-5, 1e-3),
        hit_share=st.floats(0.01, 1),
    )


@given(motion=pens() | rollers() | stamps(), passes=st.floats(0, 50), more=st.floats(0, 50))
@QUIET
def test_more_passes_never_give_fewer_strikes(motion: Motion, passes: float, more: float) -> None:
    fewer = strike_density(motion, passes=passes)
    assert strike_density(motion, passes=passes + more) >= fewer
    assert passes_for(motion, density=fewer) == pytest.approx(passes)


@pytest.mark.parametrize("key", DEVICES)
@given(wish=st.floats(0.1, 20_000))
@QUIET
def test_a_density_is_met_by_the_nearest_whole_passes(key: str, wish: float, facts: Facts) -> None:
    """At least one; the smaller of two that are as near; never a pass more than needed."""
    device = facts.devices[key]
    passes, one = whole_passes(device, wish, facts), strikes_per_cm2(device, 1, facts)
    missed = abs(strikes_per_cm2(device, passes, facts) - wish)
    assert passes >= 1
    assert missed <= abs(strikes_per_cm2(device, passes + 1, facts) - wish)
    assert passes == 1 or missed < abs(strikes_per_cm2(device, passes - 1, facts) - wish) + 1e-9
    assert passes == 1 or missed <= one / 2 + 1e-9


@pytest.mark.parametrize("key", DEVICES)
@given(wish=st.floats(0.1, 20_000), more=st.floats(0, 20_000))
@QUIET
def test_a_denser_wish_never_takes_fewer_passes(
    key: str, wish: float, more: float, facts: Facts
) -> None:
    device = facts.devices[key]
    assert whole_passes(device, wish, facts) <= whole_passes(device, wish + more, facts)


def test_two_numbers_of_passes_as_near_give_the_smaller(facts: Facts) -> None:
    device = facts.devices["roller_192_10"]
    assert whole_passes(device, strikes_per_cm2(device, 2.5, facts), facts) == 2


@pytest.mark.parametrize("key", DEVICES)
@given(passes=st.integers(1, 60), more=st.integers(1, 60))
@QUIET
def test_more_passes_of_a_device_never_leave_fewer_strikes(
    key: str, passes: int, more: int, facts: Facts
) -> None:
    fewer, denser = (density_of(facts.devices[key], n, facts) for n in (passes, passes + more))
    for name in ("strikes_per_cm2", "strikes_per_cm2_low", "strikes_per_cm2_high", "covered_pct"):
        assert getattr(fewer, name) <= getattr(denser, name)


@given(passes=st.integers(1, 60))
@QUIET
def test_the_same_density_on_another_device_is_the_same_density(
    passes: int, facts: Facts, earlier: Facts
) -> None:
    """To half a pass where only whole passes are told, to what is printed where parts are."""
    for edition, least_part in ((facts, 1.0), (earlier, 0.01)):
        roller = edition.devices["roller_192_15"]
        strikes = strikes_per_cm2(roller, passes, edition)
        for other in same_density(roller, passes, edition):
            device = edition.devices[other.device]
            per_pass = strikes_per_cm2(device, 1, edition)
            there = strikes_per_cm2(device, other.passes, edition)
            assert there == pytest.approx(strikes, abs=least_part / 2 * per_pass + 1e-9)


@given(density=st.floats(1, 1e8), more=st.floats(0, 1e8))
@QUIET
def test_coverage_is_a_share_that_rises_and_distance_falls(density: float, more: float) -> None:
    first = coverage(density, hole_radius=3.5e-5)
    assert 0 <= first <= coverage(density + more, hole_radius=3.5e-5) <= 1
    assert hole_distance(density + more) <= hole_distance(density)
    assert holes_within(density, distance=hole_distance(density)) == pytest.approx(np.log(2))


@given(mean=st.floats(0.1, 300), over=st.floats(1, 6))
@QUIET
def test_a_chance_is_a_chance_and_an_uneven_hand_makes_it_larger(mean: float, over: float) -> None:
    even = chance_of_twice_the_plan(mean / 1e-4, area=1e-4, over_dispersion=1)
    chance = chance_of_twice_the_plan(mean / 1e-4, area=1e-4, over_dispersion=over)
    assert 0 <= even <= 1
    assert 0 <= chance <= 1
    if mean > 3:
        assert chance >= even - 1e-9


@pytest.mark.parametrize("law", BOUNDED)
@given(set_depth=depths, deeper=st.floats(0, 1e-3), mean=shares, seed=seeds)
@QUIET
def test_deeper_never_reaches_less_with_the_same_draws(
    law: DepthLaw, set_depth: float, deeper: float, mean: float, seed: int
) -> None:
    grid = np.repeat(beliefs(mean, seed)[:, None], 400, axis=1)
    first = law.reached(set_depth, efficiency=grid, rng=stream(seed, "a"))
    second = law.reached(set_depth + deeper, efficiency=grid, rng=stream(seed, "a"))
    assert (second >= first).all()
    assert (first >= 0).all()


@given(set_depth=depths, deeper=st.floats(0, 1e-3), mean=shares, seed=seeds)
@QUIET
def test_a_normal_jitter_reaches_no_less_on_the_whole(
    set_depth: float, deeper: float, mean: float, seed: int
) -> None:
    law, grid = PublishedJitterLaw(jitter_share=0.15), beliefs(mean, seed)
    first = law.reached(set_depth, efficiency=grid, rng=stream(seed, "a"))
    second = law.reached(set_depth + deeper, efficiency=grid, rng=stream(seed, "a"))
    assert np.median(second) >= np.median(first) - 1e-12


@given(
    set_depth=depths, mean=shares, tolerance=st.floats(0, 5e-4), spread=st.floats(0, 1), seed=seeds
)
@QUIET
def test_no_draw_of_the_law_planned_with_passes_the_lossless_bound(
    set_depth: float, mean: float, tolerance: float, spread: float, seed: int
) -> None:
    grid = np.repeat(beliefs(mean, seed)[:, None], 400, axis=1)
    planned = ReducedLaw(tolerance, spread).reached(
        set_depth, efficiency=grid, rng=stream(seed, "a")
    )
    bound = LosslessLaw(tolerance).reached(set_depth, efficiency=grid, rng=stream(seed, "a"))
    assert (planned <= bound).all()


@pytest.mark.parametrize("law", LAWS)
@given(
    set_depth=depths,
    epidermis=means,
    dermis=means,
    thicker=st.floats(1, 3),
    mean=shares,
    seed=seeds,
)
@QUIET
def test_thicker_skin_never_lets_more_needles_through(
    law: DepthLaw,
    set_depth: float,
    epidermis: float,
    dermis: float,
    thicker: float,
    mean: float,
    seed: int,
) -> None:
    thin, thick = (
        puncture(
            law,
            set_depth,
            skin=skin(factor * epidermis, factor * dermis, seed),
            efficiency=beliefs(mean, seed),
            rng=stream(seed, "a"),
        )
        for factor in (1.0, thicker)
    )
    for outcome in ("passes_dermis", "reaches_dermis"):
        less, more = getattr(thick, outcome), getattr(thin, outcome)
        assert 0 <= more.low <= more.middle <= more.high <= 1
        assert less.low <= more.low + 1e-12
        assert less.middle <= more.middle + 1e-12
        assert less.high <= more.high + 1e-12
    assert thin.passes_dermis.high <= thin.reaches_dermis.high


@given(
    zone=st.sampled_from(Zone),
    sex=st.sampled_from(Sex),
    tenths=st.integers(1, 30),
    key=st.sampled_from(["generic_pen_6", "generic_pen_14", "roller_192_15"]),
)
@QUIET
def test_the_bound_of_a_plan_is_never_below_its_band(
    zone: Zone, sex: Sex, tenths: int, key: str, facts: Facts
) -> None:
    reach = reach_of(zone, tenths / 10, facts.devices[key], sex, facts)
    if reach is not None:
        assert reach.p_through_dermis.high <= reach.p_through_dermis_at_most <= 1


def test_the_same_names_give_the_same_draws_and_others_do_not() -> None:
    assert stream(1, "cheek").random() == stream(1, "cheek").random()  # noqa: PLR0124
    assert stream(1, "cheek").random() != stream(1, "neck").random()
    assert stream(1, "cheek").random() != stream(2, "cheek").random()


def test_left_and_right_are_the_same_skin(facts: Facts) -> None:
    device = facts.devices["generic_pen_14"]
    for zone in Zone:
        if "left" in zone:
            other = Zone(zone.replace("left", "right"))
            for sex in Sex:
                here = reach_of(zone, 1.0, device, sex, facts)
                assert here == reach_of(other, 1.0, device, sex, facts)


def test_a_site_without_a_usable_thickness_says_so(facts: Facts) -> None:
    device = facts.devices["generic_pen_14"]
    assert reach_of(Zone.HAND_LEFT_DORSAL, 0.5, device, Sex.FEMALE, facts) is None
    assert reach_of(Zone.CHEEK_LEFT, 0.5, device, None, facts) is None


def test_pens_and_rollers_are_compared_in_strikes(facts: Facts) -> None:
    roller = density_of(facts.devices["roller_192_15"], 15, facts)
    pen = density_of(facts.devices["generic_pen_14"], 1, facts)
    assert roller.strikes_per_cm2 == pytest.approx(229)
    assert pen.strikes_per_cm2_low <= pen.strikes_per_cm2 <= pen.strikes_per_cm2_high
    assert pen.strikes_per_cm2 > roller.strikes_per_cm2


@given(density=st.floats(1, 1e8), more=st.floats(0, 1e8), unevenness=st.floats(0, 1))
@QUIET
def test_an_uneven_hand_scatters_dense_plans_more(
    density: float, more: float, unevenness: float
) -> None:
    first = over_dispersion(density, area=1e-4, unevenness=unevenness)
    assert 1 <= first <= over_dispersion(density + more, area=1e-4, unevenness=unevenness)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(OutsideValidity):
        strike_density(MOTIONS[0], passes=-1)
    with pytest.raises(OutsideValidity):
        hole_distance(0)
    with pytest.raises(OutsideValidity):
        passes_for(MOTIONS[0], density=-1)
    with pytest.raises(OutsideValidity):
        chance_of_twice_the_plan(1e6, area=1e-4, over_dispersion=0.5)


@pytest.mark.parametrize("passes", [1, 3, 15, 30])
def test_every_figure_of_a_density_lies_between_its_ends(passes: int, facts: Facts) -> None:
    for device in facts.devices.values():
        is_told_between_its_ends(density_of(device, passes, facts))


def is_told_between_its_ends(told: Density) -> None:
    for name in ("strikes_per_cm2", "covered_pct", "hole_distance_mm", "twice_the_plan_pct"):
        low, middle, high = (getattr(told, f"{name}{end}") for end in ("_low", "", "_high"))
        assert 0 <= low <= middle <= high, name
    assert told.covered_pct_low < told.covered_pct_high
    assert told.grade_words
