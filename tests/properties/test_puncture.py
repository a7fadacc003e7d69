"""What must hold for needles in skin, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from percuta.errors import OutsideValidity
from percuta.facts.edition import Facts
from percuta.facts.vocabulary import Sex, Zone
from percuta.planning.needling import density_of, reach_of
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
from percuta.science.puncture.efficiency import EfficiencyPrior, measured_efficiency
from percuta.science.skin.thickness import SkinDraws

QUIET = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
MOTIONS: list[Motion] = [
    PenMotion(needles=12, frequency=117, head_width=0.008, scan_speed=0.02, hit_share=0.65),
    RollerMotion(needles=192, diameter=0.02, width=0.02, hit_share=1.0),
    StampMotion(needles=40, area=1e-4, hit_share=0.9),
]
LAWS: list[DepthLaw] = [
    ReducedLaw(tolerance=1.5e-4, indentation=(1e-4, 2e-4), spread=0.1),
    LosslessLaw(tolerance=1.5e-4),
    PublishedJitterLaw(jitter_share=0.15),
]
depths = st.floats(1e-4, 3e-3)


def skin(thicker: float = 1.0) -> SkinDraws:
    rng = stream(5, "skin")
    return SkinDraws(
        epidermis=thicker * rng.uniform(5e-5, 2e-4, 400),
        dermis=thicker * rng.uniform(5e-4, 2e-3, 400),
    )


@pytest.mark.parametrize("motion", MOTIONS)
@given(passes=st.floats(0, 50), more=st.floats(0, 50))
@QUIET
def test_more_passes_never_give_fewer_strikes(
    motion: PenMotion, passes: float, more: float
) -> None:
    fewer = strike_density(motion, passes=passes)
    assert strike_density(motion, passes=passes + more) >= fewer
    assert passes_for(motion, density=fewer) == pytest.approx(passes)


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


@pytest.mark.parametrize("law", LAWS)
@given(set_depth=depths, deeper=st.floats(0, 1e-3))
@QUIET
def test_deeper_never_reaches_less(law: ReducedLaw, set_depth: float, deeper: float) -> None:
    believed = EfficiencyPrior(18, 4).draw(9)
    grid = np.repeat(believed[:, None], 400, axis=1)
    first = law.reached(set_depth, efficiency=grid, rng=stream(1, "a"))
    second = law.reached(set_depth + deeper, efficiency=grid, rng=stream(1, "a"))
    if isinstance(law, PublishedJitterLaw):
        assert np.median(second) >= np.median(first) - 1e-12
    else:
        assert (second >= first - 1e-12).all()
    assert (first >= 0).all()


@pytest.mark.parametrize("law", LAWS)
@given(set_depth=depths, thicker=st.floats(1, 3))
@QUIET
def test_thicker_skin_never_lets_more_needles_through(
    law: ReducedLaw, set_depth: float, thicker: float
) -> None:
    believed = EfficiencyPrior(18, 4).draw(9)
    thin = puncture(law, set_depth, skin=skin(), efficiency=believed, rng=stream(1, "a"))
    thick = puncture(law, set_depth, skin=skin(thicker), efficiency=believed, rng=stream(1, "a"))
    assert thick.passes_dermis.middle <= thin.passes_dermis.middle + 1e-12
    for band in (thin.passes_dermis, thin.reaches_dermis):
        assert 0 <= band.low <= band.middle <= band.high <= 1
    assert thin.passes_dermis.high <= thin.reaches_dermis.high


def test_the_safety_bound_lies_above_the_law_planned_with() -> None:
    believed = EfficiencyPrior(18, 4).draw(41)
    planned = puncture(LAWS[0], 1.5e-3, skin=skin(), efficiency=believed, rng=stream(1, "a"))
    bound = puncture(LAWS[1], 1.5e-3, skin=skin(), efficiency=believed, rng=stream(1, "a"))
    assert bound.passes_dermis.middle >= planned.passes_dermis.high


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


def bench(truth: float, seed: int, needles: int = 30) -> tuple[float, float]:
    rng = stream(seed, "bench")
    set_depth = rng.choice([0.5e-3, 1.0e-3, 1.5e-3], needles)
    dial = set_depth + rng.uniform(-1.5e-4, 1.5e-4, needles)
    reached = np.maximum(truth * dial - 1e-4, 1e-6) * np.exp(rng.normal(0, 0.1, needles))
    found = measured_efficiency(
        EfficiencyPrior(4, 4),
        set_depth=set_depth,
        reached=reached,
        indentation=1e-4,
        spread=0.1,
        tolerance=1.5e-4,
        source="simulated",
    )
    return found.interval(0.9)


def covered(sets: int) -> float:
    rng = stream(9, "truths")
    hits = 0
    for seed in range(sets):
        truth = float(rng.uniform(0.4, 0.9))
        low, high = bench(truth, seed)
        hits += low <= truth <= high
    return hits / sets


def test_bench_data_recover_a_known_efficiency() -> None:
    assert covered(40) >= 0.75


@pytest.mark.soak
def test_bench_data_recover_a_known_efficiency_over_two_hundred_sets() -> None:
    assert 0.85 <= covered(200) <= 0.95


def test_bench_data_narrow_the_belief() -> None:
    low, high = bench(0.7, 1)
    prior = EfficiencyPrior(4, 4).draw(1001)
    assert high - low < np.quantile(prior, 0.95) - np.quantile(prior, 0.05)


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(OutsideValidity):
        strike_density(MOTIONS[0], passes=-1)
    with pytest.raises(OutsideValidity):
        hole_distance(0)
    with pytest.raises(OutsideValidity):
        passes_for(MOTIONS[0], density=-1)
    with pytest.raises(OutsideValidity):
        chance_of_twice_the_plan(1e6, area=1e-4, over_dispersion=0.5)
    for depths_um in ([], [-1.0]):
        with pytest.raises(OutsideValidity):
            measured_efficiency(
                EfficiencyPrior(4, 4),
                set_depth=np.array([1e-3] * len(depths_um)),
                reached=np.array(depths_um),
                indentation=1e-4,
                spread=0.1,
                tolerance=1e-4,
                source="nobody",
            )
