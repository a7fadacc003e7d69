"""What must hold for needles in skin, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from percuta.errors import OutsideValidity
from percuta.facts.devices import Device
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
from percuta.science.puncture.efficiency import EfficiencyPrior, measured_efficiency
from percuta.science.puncture.parameters import depth_spreads, efficiency_prior, reduced_law
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


def bench(device: Device, seed: int, facts: Facts, needles: int = 30) -> tuple[bool, float]:
    """One simulated bench: whether the 90 % interval held the truth, and its width.

    Everything is drawn as the law believes it: efficiency, dial error (one for the device in
    every other set, one for each needle in the rest), indentation, spread; failed needles stay.
    """
    rng = stream(seed, "bench", device.key)
    law, prior = reduced_law(device, facts), efficiency_prior(device, facts)
    truth = float(rng.beta(prior.alpha, prior.beta))
    set_depth = rng.choice([0.5e-3, 1.0e-3, 1.5e-3], needles)
    dial_errors = 1 if seed % 2 else needles
    dial = set_depth + rng.uniform(-law.tolerance, law.tolerance, dial_errors)
    lost = rng.uniform(*law.indentation, needles)
    spread = rng.uniform(*depth_spreads(facts))
    reached = np.maximum(truth * dial - lost, 0) * np.exp(rng.normal(0, spread, needles))
    found = measured_efficiency(
        prior,
        law,
        set_depth=set_depth,
        reached=reached,
        spreads=depth_spreads(facts),
        source="simulated",
    )
    low, high = found.interval(0.9)
    return low <= truth <= high, high - low


def covered(device: Device, sets: int, facts: Facts) -> float:
    return float(np.mean([bench(device, seed, facts)[0] for seed in range(sets)]))


def test_bench_data_recover_a_known_efficiency(facts: Facts) -> None:
    """22 of 30: fewer would happen to a right interval once in a hundred runs."""
    assert covered(facts.devices["generic_pen_6"], 30, facts) >= 22 / 30


@pytest.mark.soak
@pytest.mark.parametrize("key", ["generic_pen_6", "generic_pen_14", "roller_192_15"])
def test_bench_data_recover_a_known_efficiency_over_two_hundred_sets(
    key: str, facts: Facts
) -> None:
    assert 0.85 <= covered(facts.devices[key], 200, facts) <= 0.95


def test_bench_data_narrow_the_belief(facts: Facts) -> None:
    device = facts.devices["roller_192_15"]
    prior = efficiency_prior(device, facts).draw(1001)
    assert bench(device, 1, facts)[1] < np.quantile(prior, 0.95) - np.quantile(prior, 0.05)


def test_needles_that_failed_to_enter_lower_the_belief(facts: Facts) -> None:
    device = facts.devices["roller_192_05"]
    found = []
    for failed in (0, 10):
        reached = np.array([1e-4] * 10 + [0.0] * failed)
        posterior = measured_efficiency(
            efficiency_prior(device, facts),
            reduced_law(device, facts),
            set_depth=np.full(reached.shape, 5e-4),
            reached=reached,
            spreads=depth_spreads(facts),
            source="simulated",
        )
        found.append(posterior.interval(0.5))
    assert found[1] < found[0]


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
    law = ReducedLaw(tolerance=1e-4, indentation=(1e-4, 2e-4), spread=0.1)
    impossible: list[list[float]] = [[], [-1.0], [0.5]]
    for reached in impossible:
        with pytest.raises(OutsideValidity):
            measured_efficiency(
                EfficiencyPrior(4, 4),
                law,
                set_depth=np.array([1e-3] * len(reached)),
                reached=np.array(reached),
                spreads=(0.05, 0.2),
                source="nobody",
            )
